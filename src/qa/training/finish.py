"""The second stage: how people talk, mixed with some of what was learned before."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from qa.training.settings import Settings
from qa.training.train import train, vectors_of
from qa.types import QaError

COLLOQUIAL = Path(__file__).parent / "colloquial"
"""Written for this project: clauses with what one might ask, and words that mean the same."""


def colloquial(folder: Path = COLLOQUIAL) -> list[tuple[str, str]]:
    """Each question with its clause, each word with the first of its group.

    QaError where there are none: a wheel leaves the folder out.
    """
    pairs = [pair for file in sorted(folder.glob("*.jsonl")) for pair in _pairs(file)]
    if not pairs:
        raise QaError(f"No colloquial pairs in {folder}; train in a checkout")
    return pairs


def _pairs(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "clause" in row:
            yield from ((question, row["clause"]) for question in row["questions"])
        else:
            first, *others = row["words"]
            yield from ((word, first) for word in others)


def mix(
    spoken: Sequence[tuple[str, str]], general: Sequence[tuple[str, str]], settings: Settings
) -> list[tuple[str, str]]:
    """The spoken pairs many times over among some general ones, shuffled.

    Never more than the first stage has, so that a short try is short in both.
    """
    rng = random.Random(settings.seed)
    some = rng.sample(general, min(settings.finish_general, len(general)))
    mixed = [*spoken] * settings.finish_repeats + some
    rng.shuffle(mixed)
    return mixed[: settings.steps * settings.batch]


def finish(
    model: SentenceTransformer,
    mixed: Sequence[tuple[str, str]],
    tokenizer: Tokenizer,
    settings: Settings,
) -> SentenceTransformer:
    """Go on from the model's vectors, once over the mixed pairs."""
    settings = replace(settings, learning_rate=settings.finish_rate, learned_share=1.0)
    return train(mixed, tokenizer, vectors_of(model), settings)
