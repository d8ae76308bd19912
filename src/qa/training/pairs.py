"""Pairs of a question-like text and the text that holds its answer, made from the corpora."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from pypinyin import lazy_pinyin
from tokenizers import Tokenizer

from qa.text import clauses, sentences
from qa.training import corpora
from qa.training.settings import Settings

Pair = tuple[str, str]

_NUMBER = re.compile(r"[0-9][0-9.,]*(?:余|多)?[万亿]*(?:个百分点|[%％])?")
_ASK_NUMBER = ("多少", "几", "多少", "")
_TAILS = ("是多少？", "有多少？", "达到多少？", "多少", "怎么样？", "情况如何？", "是什么？", "？", "", "", "")
_HEADS = ("", "", "", "", "请问", "去年", "今年", "全年", "我想知道")


class Typos:
    """Writes a wrong character of the same sound, as people who type pinyin do."""

    def __init__(self, texts: list[str], common: int = 3500) -> None:
        counts: dict[str, int] = defaultdict(int)
        for text in texts:
            for char in text:
                if "一" <= char <= "鿿":
                    counts[char] += 1
        self._sound: dict[str, str] = {}
        self._same: dict[str, list[str]] = defaultdict(list)
        for char in sorted(counts, key=lambda c: (-counts[c], c))[:common]:
            sound = lazy_pinyin(char)[0]
            self._sound[char] = sound
            self._same[sound].append(char)

    def write(self, text: str, rng: random.Random) -> str:
        """The text with one character in ten or so (one at least) replaced."""
        places = [i for i, char in enumerate(text) if len(self._same[self._sound.get(char, "")]) > 1]
        chars = list(text)
        for i in rng.sample(places, min(len(places), 1 + len(text) // 20)):
            chars[i] = rng.choice([c for c in self._same[self._sound[chars[i]]] if c != chars[i]])
        return "".join(chars)


class Asker:
    """Turns a statement into something that a user might type to find it."""

    def __init__(self, tokenizer: Tokenizer, rng: random.Random) -> None:
        self._tokenizer = tokenizer
        self._rng = rng

    def ask(self, statement: str) -> str:
        """Figures masked, some words left out, now and then in question form."""
        rng = self._rng
        if rng.random() < 0.85:
            statement = _NUMBER.sub(lambda _: rng.choice(_ASK_NUMBER), statement)
        keep = rng.choice((0.4, 0.55, 0.7, 0.85, 1.0))
        encoding = self._tokenizer.encode(statement)
        words = [statement[a:b] for a, b in encoding.offsets if rng.random() < keep]
        if rng.random() < 0.2:
            rng.shuffle(words)
        return rng.choice(_HEADS) + "".join(words).rstrip("，。；、：") + rng.choice(_TAILS)


def _chunks(text: str, size: int) -> Iterator[list[str]]:
    """Runs of consecutive sentences of about `size` characters."""
    chunk: list[str] = []
    for start, stop in sentences(text):
        chunk.append(text[start:stop].strip())
        if sum(map(len, chunk)) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _from_article(text: str, asker: Asker, rng: random.Random) -> Iterator[Pair]:
    chunks = [c for c in _chunks(text, rng.choice((80, 150, 300))) if sum(map(len, c)) >= 25]
    if len(chunks) > 1:
        lead = chunks[0][0]
        if 8 <= len(lead) <= 120:
            yield lead, "".join(rng.choice(chunks[1:]))
    for chunk in rng.sample(chunks, min(3, len(chunks))):
        i = rng.randrange(len(chunk))
        if len(chunk[i]) < 8:
            continue
        rest = chunk if rng.random() < 0.6 else chunk[:i] + chunk[i + 1 :]
        if sum(map(len, rest)) >= 20:
            yield asker.ask(chunk[i][:60]), "".join(rest)


def _from_report(text: str, asker: Asker, rng: random.Random) -> Iterator[Pair]:
    for line in text.splitlines():
        for start, stop in sentences(line):
            sentence = line[start:stop]
            parts = [sentence[a:b] for a, b in clauses(sentence) if b - a >= 5]
            if len(sentence) < 10 or not parts:
                continue
            i = rng.randrange(len(parts))
            yield asker.ask("".join(parts[i : i + rng.choice((1, 1, 2))])), sentence


def make_pairs(folder: Path, tokenizer: Tokenizer, settings: Settings) -> dict[str, list[list[Pair]]]:
    """Pairs by source; each inner list comes from one document, whose pairs train side by side."""
    rng = random.Random(settings.seed)
    asker = Asker(tokenizer, rng)
    made: dict[str, list[list[Pair]]] = {}

    by_passage: dict[str, list[Pair]] = defaultdict(list)
    for row in corpora.rows(folder / "train/qa.jsonl.gz"):
        question, passage = row["question"], corpora.squeeze(row["passage"])
        by_passage[passage[:40]].append((question, passage))
        answer = (row["answer"] or [""])[0]
        near = [c for c in _chunks(passage, 60) if answer and answer in "".join(c)]
        if near and len(passage) > 150:
            by_passage[passage[:40]].append((question, "".join(near[0])))
    made["qa"] = list(by_passage.values())

    made["paraphrase"] = [
        [(row["a"], row["b"])]
        for row in corpora.rows(folder / "train/paraphrase.jsonl.gz")
        if row["same"]
    ]
    by_title: dict[str, list[Pair]] = defaultdict(list)
    for row in corpora.rows(folder / "train/title_body.jsonl.gz"):
        title, body = row["title"], row["body"]
        by_title[title.split()[0]].append((title, body))
        chunk = rng.choice(list(_chunks(body, 100)) or [[body]])
        by_title[title.split()[0]].append((asker.ask(rng.choice(chunk)[:60]), "".join(chunk)))
    made["title_body"] = list(by_title.values())

    made["zh_en"] = [
        pair
        for row in corpora.rows(folder / "train/zh_en.jsonl.gz")
        for pair in ([(row["en"], row["zh"])], [(row["zh"], row["en"])], [(row["en"], row["zh"])])
    ]
    made["news"] = [list(_from_article(text, asker, rng)) for text in corpora.news(folder)]
    made["reports"] = [
        [pair for _ in range(3) for pair in _from_report(text, asker, rng)]
        for text in corpora.reports(folder)
    ]
    return made


def arrange(
    made: dict[str, list[list[Pair]]], settings: Settings, seed: int, typo: Callable[[str], str]
) -> list[Pair]:
    """One epoch's order: at most `same_document` pairs of one document stand together.

    Neighbours are each other's negatives: sentences of the same report with the same words and
    another indicator are the hard ones.
    """
    rng = random.Random(seed)
    blocks: list[list[Pair]] = []
    for documents in made.values():
        for pairs in documents:
            order = rng.sample(pairs, len(pairs))
            blocks += [
                order[i : i + settings.same_document]
                for i in range(0, len(order), settings.same_document)
            ]
    rng.shuffle(blocks)
    return [
        (typo(anchor) if rng.random() < settings.typo_share else anchor, positive)
        for block in blocks
        for anchor, positive in block
    ]
