"""Which passages speak of the question: meaning and words, standardised and summed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.index import Index, top
from qa.types import Hit

DENSE_WEIGHT = 1.5
LEXICAL_WEIGHT = 1.0
COVERED = 0.2
"""Fitted with the weights on our question sets: docs/encoder.md."""

Scores = NDArray[np.float32]


class Legs(NamedTuple):
    """Scores of every passage of the index, in its order; higher is better.

    `fused` is the weighted sum of the z-scores of `dense` (cosine) and `lexical` (BM25). Where no
    passage has more than a few of the query's words, chance decides which has the most of them: the
    lexical weight falls with the share of the highest score there can be that the best one reaches.
    """

    fused: Scores
    dense: Scores
    lexical: Scores


def scores(index: Index, query: str) -> Legs:
    """Score every passage by both legs; all zeros for a query without a word."""
    if not query.strip():
        nothing = np.zeros(len(index.passages), np.float32)
        return Legs(nothing, nothing, nothing)
    dense, lexical = index.dense(query), index.lexical.scores(query)
    covered = float(lexical.max(initial=0.0)) / max(index.lexical.most(query), 1e-9)
    weight = LEXICAL_WEIGHT * min(1.0, covered / COVERED)
    fused = DENSE_WEIGHT * standard(dense) + weight * standard(lexical)
    return Legs(fused, dense, lexical)


def search(index: Index, query: str, k: int = 5) -> list[Hit]:
    """The k best passages, best first, ties by report, then position; [] for nothing asked."""
    fused, dense, lexical = scores(index, query)
    if not dense.any() and not lexical.any():
        return []
    return [
        Hit(index.passages[i], float(fused[i]), float(dense[i]), float(lexical[i]))
        for i in top(fused, k)
    ]


def standard(values: Scores) -> Scores:
    """The z-scores of the values; zeros where all are equal."""
    if not len(values):
        return values
    # In double precision: a mean rounded to float32 would make equal scores look unequal to zero.
    wide = values.astype(np.float64)
    spread = wide.std()
    if spread < 1e-12:
        return np.zeros_like(values)
    standard: Scores = ((wide - wide.mean()) / spread).astype(np.float32)
    return standard
