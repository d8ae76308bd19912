"""Meanings: which words of a report are like a question's words, by the bundled word vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qa.choose.zones import found
from qa.encode import open_encoder, words
from qa.question import Term

FLOOR, CEILING, MOST = 0.3, 0.8, 0.9
"""Cosines at which two words begin to be alike and are as alike as can be; what that is worth."""

Alike = Callable[[str], NDArray[np.float32]]
"""For a zone: how alike each of a question's terms is to the nearest of the zone's words, 0 to 1."""


@dataclass(slots=True)
class Meanings:
    """The vectors of the words met so far."""

    _rows: dict[str, int] = field(default_factory=dict)
    _vectors: NDArray[np.float32] = field(
        default_factory=lambda: np.zeros((0, open_encoder().dim), np.float32)
    )

    def alike(self, terms: Sequence[Term], zones: Iterable[str]) -> Alike:
        """What measures any of the zones against the terms."""
        said = {zone: _content(zone) for zone in zones}
        fresh = dict.fromkeys(w for ws in said.values() for w in ws if w not in self._rows)
        if fresh:
            first = len(self._rows)
            self._rows.update({word: first + i for i, word in enumerate(fresh)})
            self._vectors = np.vstack([self._vectors, open_encoder().encode(list(fresh))])
        asked = open_encoder().encode([term.text for term in terms])

        def measure(zone: str) -> NDArray[np.float32]:
            rows = [self._rows[word] for word in said[zone]]
            if not rows or not len(asked):
                return np.zeros(len(asked), np.float32)
            cosines = (asked @ self._vectors[rows].T).max(axis=1)
            worth: NDArray[np.float32] = np.clip((cosines - FLOOR) / (CEILING - FLOOR), 0, 1)
            return worth * np.float32(MOST)

        return measure


def softly(terms: Sequence[Term], zone: str, alike: Alike) -> float:
    """The weighted share of the terms that the zone speaks of in its own or in like words."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    near = alike(zone).tolist()
    return (
        sum(t.weight * max(found(t, zone), like) for t, like in zip(terms, near, strict=True))
        / total
    )


@lru_cache(maxsize=32768)
def _content(zone: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words(zone) if len(word) > 1))
