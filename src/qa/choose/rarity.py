"""Rarity: how telling each word of a question is in these reports.

产量 stands in a hundred clauses of a report and 钾肥 in one: a figure that has only the first is of
another thing. Inverse document frequency (Spärck Jones, 1972) over the reports' passages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from qa.choose.zones import Zone, found
from qa.index import Index
from qa.lexicon import words
from qa.question import Term

CONTENT = 0.7
"""From this weight on a term is a word of content."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """The content terms of a question with how rare each is, 0 to 1; `known` are in the reports."""

    terms: tuple[Term, ...]
    weights: tuple[float, ...]
    known: tuple[bool, ...]
    named: tuple[str, ...]

    @classmethod
    def of(cls, terms: Sequence[Term], said: str, index: Index) -> Rarity:
        """Count each term of what was `said` by any of its names in the text of the passages."""
        content = tuple(term for term in terms if term.weight >= CONTENT)
        most = log(len(index.passages) + 1)
        weights, known = [], []
        for term in content:
            names = {term.text, *term.names}
            seen = sum(index.lexical.count(name) for name in names if name)
            weights.append(max(1.0 - log(seen + 1) / most, 0.1) if most else 1.0)
            known.append(seen > 0)
        return cls(content, tuple(weights), tuple(known), _named(said, content))

    def parts(self, zone: Zone) -> tuple[float, float, float]:
        """(what of the rarest word is within reach, the share of terms that are in none of the
        reports, what lacks of the word that is least within reach).
        """
        if not self.terms:
            return 0.0, 0.0, 0.0
        reach = [max(found(t, zone.near), found(t, zone.reach)) for t in self.terms]
        rarest = max(range(len(self.terms)), key=lambda i: self.weights[i])
        return reach[rarest], 1.0 - sum(self.known) / len(self.known), 1.0 - min(reach)

    def is_elsewhere(self, zone: Zone) -> bool:
        """Whether the question names a place (盐田港, 虹桥机场) that the sentence doesn't speak of."""
        return any(name not in zone.until for name in self.named)


def _named(said: str, terms: Sequence[Term]) -> tuple[str, ...]:
    """What tells which port, airport, bridge is meant: 盐田 of 盐田港; 国际 and 公办 tell of none."""
    ends = "|".join(words("clause", "facilities"))
    known = {
        name for term in terms for name in (term.text, *term.names) if term.names != (term.text,)
    }
    return tuple(
        match["name"]
        for match in re.finditer(
            rf"(?P<name>[\u4e00-\u9fff]{{2}})(?:国际)?(?:{ends})(?![澳口籍区股币资里])", said
        )
        if not any(match[0] in name for name in known)
        and not set(match["name"]) & set(words("clause", "particles"))
        and match["name"] not in words("clause", "kinds")
    )
