"""What the second stage learns: how people talk, mixed with some of what was learned before."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from qa.training.settings import Settings
from qa.training.wordlists import groups
from qa.types import QaError

COLLOQUIAL = Path(__file__).parent / "colloquial"
"""Written for this project: clauses with what one might ask, sisters beside each other."""

Pairs = list[tuple[str, str]]


def colloquial(folder: Path = COLLOQUIAL) -> list[Pairs]:
    """Runs of pairs, no positive twice in a run: questions with their clauses, words with theirs.

    Successive pairs of a run are alike. QaError where there are none: a wheel leaves them out.
    """
    runs = [run for file in sorted(folder.glob("*.jsonl")) for run in _turns(asked_clauses(file))]
    if not runs:
        raise QaError(f"No colloquial pairs in {folder}; train in a checkout")
    return [*runs, *_turns((first, others) for first, *others in groups())]


def asked_clauses(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Each clause of a file with the questions that it answers."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["clause"], row["questions"]


def _turns(said: Iterator[tuple[str, list[str]]]) -> Iterator[Pairs]:
    """The first anchor of every positive, then the second of each that has one, and so on."""
    by_positive: dict[str, list[str]] = {}
    for to, anchors in said:
        by_positive.setdefault(to, []).extend(anchors)
    for turn in range(max(map(len, by_positive.values()), default=0)):
        yield [(anchors[turn], to) for to, anchors in by_positive.items() if len(anchors) > turn]


def mix(
    spoken: Sequence[Pairs],
    general: Sequence[tuple[str, str]],
    settings: Settings,
    typo: Callable[[str], str],
) -> Pairs:
    """The spoken pairs many times over among some general ones, alike ones side by side.

    Never more than the first stage has, so that a short try is short in both.
    """
    rng = random.Random(settings.seed)
    size = settings.neighbours
    blocks: list[Pairs] = []
    for _ in range(settings.finish_repeats):
        for run in spoken:
            first = rng.randrange(size)
            cuts = [0, *range(first, len(run), size), len(run)]
            blocks += [
                [(typo(q) if rng.random() < settings.typo_share else q, to) for q, to in run[a:b]]
                for a, b in pairwise(cuts)
            ]
    starts = range(0, len(general) - size + 1, size)
    for start in rng.sample(starts, min(settings.finish_general // size, len(starts))):
        blocks.append(list(general[start : start + size]))
    rng.shuffle(blocks)
    return [pair for block in blocks for pair in block][: settings.steps * settings.batch]
