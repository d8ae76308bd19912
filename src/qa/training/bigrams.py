"""`python -m qa.training.bigrams CORPORA`: the pairs of characters that Chinese is written in.

They go to lexicon/bigrams.bin, where `qa.respell` looks up whether two characters ever meet.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from qa.training.corpora import everything

if TYPE_CHECKING:
    from collections.abc import Iterable

AT_LEAST = 5
"""A pair rarer than this in the corpora may be a slip of the pen itself."""

_CHARACTERS = 8_000_000


def count(texts: Iterable[str]) -> npt.NDArray[np.uint32]:
    """The pairs of GB 2312's Chinese characters that the texts have often enough, sorted.

    A pair is the number that its four GB 2312 bytes make.
    """
    codes = np.zeros(0x110000, np.uint32)
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF - 5 * (high == 0xD7)):
            codes[ord(bytes((high, low)).decode("gb2312"))] = high << 8 | low
    seen, counts = np.zeros(0, np.uint32), np.zeros(0, np.int64)
    for block in _blocks(texts):
        points = np.frombuffer(block.encode("utf-32-le", "surrogatepass"), np.uint32)
        left, right = codes[points[:-1]], codes[points[1:]]
        pairs = (left << np.uint32(16) | right)[(left > 0) & (right > 0)]
        fresh, times = np.unique(pairs, return_counts=True)
        seen, where = np.unique(np.concatenate((seen, fresh)), return_inverse=True)
        counts = np.bincount(where, np.concatenate((counts, times))).astype(np.int64)
    return seen[counts >= AT_LEAST]


def pack(pairs: npt.NDArray[np.uint32]) -> bytes:
    """Sorted numbers as zlib'ed differences, the bytes of each place together."""
    steps = np.diff(pairs, prepend=np.uint32(0)).astype("<u4")
    return zlib.compress(steps.view(np.uint8).reshape(-1, 4).T.tobytes(), 9)


def _blocks(texts: Iterable[str]) -> Iterable[str]:
    block: list[str] = []
    size = 0
    for text in texts:
        block.append(text)
        size += len(text)
        if size > _CHARACTERS:
            yield "\n".join(block)
            block, size = [], 0
    yield "\n".join(block)


if __name__ == "__main__":
    target = Path(__file__).parents[1] / "lexicon" / "bigrams.bin"
    target.write_bytes(pack(count(everything(Path(sys.argv[1])))))
