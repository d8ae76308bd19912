"""Rarity: how telling each word of a question is in these reports.

产量 stands in a hundred clauses of a report and 钾肥 in one: a figure that has only the first is of
another thing. Inverse document frequency (Spärck Jones, 1972) over the reports' passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from qa.choose.zones import Zone, found
from qa.index import Index
from qa.question import Term

CONTENT = 0.7
"""From this weight on a term is a word of content."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """The content terms of a question with how rare each is, 0 to 1; `known` are in the reports."""

    terms: tuple[Term, ...]
    weights: tuple[float, ...]
    known: tuple[bool, ...]

    @classmethod
    def of(cls, terms: Sequence[Term], index: Index) -> Rarity:
        """Count each term by any of its names in the text of the passages."""
        content = tuple(term for term in terms if term.weight >= CONTENT)
        most = log(len(index.passages) + 1)
        weights, known = [], []
        for term in content:
            names = {term.text, *term.names}
            seen = sum(index.lexical.text.count(name) for name in names if name)
            weights.append(max(1.0 - log(seen + 1) / most, 0.1) if most else 1.0)
            known.append(seen > 0)
        return cls(content, tuple(weights), tuple(known))

    def parts(self, zone: Zone) -> tuple[float, float, float, float, float]:
        """(share of the rarity in the own words, in reach, what of the rarest word is in reach,
        how rare the rarest word is that the reports know and the passage hasn't, the share of terms
        that are in none of the reports).
        """
        if not self.terms:
            return 0.0, 0.0, 0.0, 0.0, 0.0
        near = [found(term, zone.near) for term in self.terms]
        reach = [max(n, found(t, zone.reach)) for n, t in zip(near, self.terms, strict=True)]
        total = sum(self.weights)
        rarest = max(range(len(self.terms)), key=lambda i: self.weights[i])
        elsewhere = max(
            (
                weight * (1.0 - max(here, found(term, zone.sentence)))
                for term, weight, here, known in zip(
                    self.terms, self.weights, reach, self.known, strict=True
                )
                if known
            ),
            default=0.0,
        )
        return (
            sum(w * f for w, f in zip(self.weights, near, strict=True)) / total,
            sum(w * f for w, f in zip(self.weights, reach, strict=True)) / total,
            reach[rarest],
            elsewhere,
            1.0 - sum(self.known) / len(self.known),
        )
