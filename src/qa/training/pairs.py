"""Pairs of a question-like text and the text that holds its answer, made from the corpora."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from qa.text import clauses, sentences
from qa.training.corpora import chunks, news, reports, rows, squeeze
from qa.training.questions import Asker
from qa.training.settings import Settings
from qa.training.wordlists import english, said

Floats = npt.NDArray[np.float32]

_PART_SIZES = (80, 200, 400)
"""Characters of the parts that an article is cut into."""


class Pair(NamedTuple):
    """`round` parts what must not meet: no two pairs of a round have the same positive."""

    round: int
    anchor: str
    positive: str


def make_pairs(folder: Path, tokenizer: Tokenizer, settings: Settings) -> dict[str, list[Pair]]:
    """All the pairs by source; DRCD's dev set and the question sets are not among them."""
    asker = Asker(tokenizer, random.Random(settings.seed), said(), english())
    rng = random.Random(settings.seed + 1)
    return {
        "qa": list(_from_questions(folder)),
        "paraphrase": [
            Pair(0, row["a"], row["b"])
            for row in rows(folder / "train/paraphrase.jsonl.gz")
            if row["same"]
        ],
        "title_body": list(_from_titles(folder, asker, rng)),
        "zh_en": list(_from_translations(folder)),
        "news": [pair for text in news(folder) for pair in _from_article(text, asker, rng)],
        "reports": list(_from_reports(folder, asker, rng)),
    }


def arrange(
    pairs: dict[str, list[Pair]],
    settings: Settings,
    seed: int,
    vectors: dict[str, Floats],
    typo: Callable[[str], str],
) -> list[tuple[str, str]]:
    """One epoch's order. Pairs that are alike stand together, as each other's negatives.

    Alike are: pairs whose positives are near to each other, for a source with `vectors` (a row
    per pair), else pairs of the same round: sentences of one report have the same words and
    another indicator.
    """
    rng = np.random.default_rng(seed)
    blocks: list[list[Pair]] = []
    for source, made in pairs.items():
        rounds: dict[int, list[int]] = defaultdict(list)
        for i, pair in enumerate(made):
            rounds[pair.round].append(i)
        for _ in range(settings.repeats.get(source, 1)):
            for some in rounds.values():
                among = rng.permutation(some)
                if source in vectors:
                    groups = _near(vectors[source], among, settings.neighbours, rng)
                else:
                    groups = np.array_split(among, max(1, len(some) // settings.neighbours))
                blocks += [[made[i] for i in group] for group in groups]
    order = rng.permutation(len(blocks))
    chosen = rng.random(sum(map(len, blocks))) < settings.typo_share
    ordered = (pair for i in order for pair in blocks[i])
    return [
        (typo(pair.anchor) if wrong else pair.anchor, pair.positive)
        for pair, wrong in zip(ordered, chosen, strict=True)
    ]


def _near(
    vectors: Floats, among: npt.NDArray[np.int64], size: int, rng: np.random.Generator
) -> list[npt.NDArray[np.int64]]:
    """Groups of at most `size`, by halving again and again between two chosen at random."""
    if len(among) <= size:
        return [among]
    one, other = rng.choice(len(among), 2, replace=False)
    side = vectors[among] @ (vectors[among[one]] - vectors[among[other]])
    order = among[np.argsort(side, kind="stable")]
    half = len(order) // 2
    return [*_near(vectors, order[:half], size, rng), *_near(vectors, order[half:], size, rng)]


def _from_questions(folder: Path) -> Iterator[Pair]:
    """A question with its passage, and with the sentences that hold the answer."""
    asked: Counter[str] = Counter()
    for row in rows(folder / "train/qa.jsonl.gz"):
        question, passage = row["question"], squeeze(row["passage"])
        turn = asked[passage]
        asked[passage] += 1
        yield Pair(2 * turn, question, passage)
        answer = (row["answer"] or [""])[0]
        near = [text for text in map("".join, chunks(passage, 60)) if answer and answer in text]
        if near and len(passage) > 150:
            yield Pair(2 * turn + 1, question, near[0])


def _from_titles(folder: Path, asker: Asker, rng: random.Random) -> Iterator[Pair]:
    seen: Counter[str] = Counter()
    for row in rows(folder / "train/title_body.jsonl.gz"):
        title, body = row["title"], row["body"]
        seen[title] += 1
        yield Pair(seen[title], title, body)
        chunk = rng.choice(chunks(body, 100) or [[body]])
        yield Pair(0, asker.ask(rng.choice(chunk)[:60]), "".join(chunk))


def _from_translations(folder: Path) -> Iterator[Pair]:
    for row in rows(folder / "train/zh_en.jsonl.gz"):
        yield Pair(0, row["en"], row["zh"])
        yield Pair(1, row["zh"], row["en"])
        yield Pair(2, row["en"], row["zh"])


def _from_article(text: str, asker: Asker, rng: random.Random) -> Iterator[Pair]:
    """The headline with a later part, and asked sentences with the part they stand in."""
    parts = [c for c in chunks(text, rng.choice(_PART_SIZES)) if sum(map(len, c)) >= 25]
    if len(parts) > 1 and 8 <= len(parts[0][0]) <= 120:
        yield Pair(0, parts[0][0], "".join(rng.choice(parts[1:])))
    for part in rng.sample(parts, min(4, len(parts))):
        i = rng.randrange(len(part))
        rest = part if rng.random() < 0.85 else part[:i] + part[i + 1 :]
        if len(part[i]) >= 8 and sum(map(len, rest)) >= 20:
            yield Pair(0, asker.ask(_piece(part[i], rng)), "".join(rest))


def _piece(sentence: str, rng: random.Random) -> str:
    """Some clauses of the sentence that follow each other, as long as a question may be."""
    spans = list(clauses(sentence))
    first = rng.randrange(len(spans))
    start, stop = spans[first]
    longest = rng.choice((12, 24, 40))
    for _, end in spans[first + 1 :]:
        if end - start > longest:
            break
        stop = end
    return sentence[start : min(stop, start + 60)]


def _from_reports(folder: Path, asker: Asker, rng: random.Random) -> Iterator[Pair]:
    """Asked clauses with their sentence, three times over with other words left out."""
    for number, lines in enumerate(reports(folder)):
        whole = [line[start:stop] for line in lines for start, stop in sentences(line)]
        for turn in range(3):
            for sentence in whole:
                parts = [sentence[a:b] for a, b in clauses(sentence) if b - a >= 5]
                if len(sentence) >= 10 and parts:
                    i = rng.randrange(len(parts))
                    clause = "".join(parts[i : i + rng.choice((1, 1, 2))])
                    yield Pair(3 * number + turn, asker.ask(clause), sentence)
