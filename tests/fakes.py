"""A small deterministic encoder: hashed character bigrams, so that like texts get like vectors."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from qa.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class BigramEncoder:
    """Counts the bigrams of the folded text in `dim` buckets; `seen` keeps what was encoded."""

    def __init__(self, name: str = "bigrams", digest: str = "0" * 64, dim: int = 64) -> None:
        self.name = name
        self.digest = digest
        self.dim = dim
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen.extend(texts)
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(rows, map(fold, texts), strict=True):
            for pair in itertools.pairwise(text):
                row[crc32("".join(pair).encode("utf-8", "surrogatepass")) % self.dim] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        rows /= np.maximum(lengths, np.float32(1e-9))
        return rows
