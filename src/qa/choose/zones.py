"""Zones: the words around a figure, and how much of a question they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from qa.lexicon import words
from qa.question import Ask, Term, pairs, terms_of


@dataclass(frozen=True, slots=True)
class Zone:
    """The words around a figure, folded: its own, its clause's, with those of the clause before
    (`reach`), its passage's with the section's title.
    """

    near: str
    clause: str
    reach: str
    sentence: str


def coverage(terms: Sequence[Term], zone: str) -> float:
    """The weighted share of the terms that the zone speaks of, 0 to 1."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    return sum(term.weight * found(term, zone) for term in terms) / total


def found(term: Term, zone: str) -> float:
    """How surely the zone speaks of the term: 1 by one of its names, less by a part of it."""
    if term.text in zone and not _excluded(term.text, term, zone):
        return 1.0
    for name in term.names:
        if name in zone and not _excluded(name, term, zone):
            return 0.95
    if len(term.text) < 2:
        return 0.0
    if term.indicator and _both_parts(term.text, zone):
        return 0.9
    grams, chars = _pieces(term.text)
    shared = sum([gram in zone for gram in grams]) / len(grams)
    if shared:
        return (0.4 if term.indicator else 0.7) * shared
    return 0.25 * sum([char in zone for char in chars]) / len(chars)


def _both_parts(name: str, zone: str) -> bool:
    """市场主体全年新增9592户 speaks of 新增市场主体."""
    return any(
        name.startswith(word) and word in zone and name[len(word) :] in zone
        for word in words("clause", "added")
    )


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The distinct bigrams and characters of a word."""
    grams = (a + b for a, b in pairwise(text))
    return tuple(dict.fromkeys(grams)), tuple(dict.fromkeys(text))


def _excluded(name: str, term: Term, zone: str) -> bool:
    """Every occurrence has beside it a modifier that makes it another indicator."""
    if not term.excludes:
        return False
    start = zone.find(name)
    while start >= 0:
        around = zone[max(0, start - 8) : start + len(name) + 4]
        if not any(word in around and word not in term.text for word in term.excludes):
            return False
        start = zone.find(name, start + 1)
    return True


def exactness(terms: Sequence[Term], near: str) -> float:
    """How much of the figure's own words the question speaks of: what it leaves is another thing."""
    chars = {c for c in near if c.isalnum()}
    if not chars:
        return 0.0
    said = {c for term in terms for c in term.text}
    for term in terms:
        for name in term.names:
            if name in near:
                said |= set(name)
    return len(chars & said) / len(chars)


def sibling(named: Sequence[Term], near: str) -> float:
    """1 where the own words name an indicator beside the one asked for: 支出 and 收入 of one budget,
    原煤 and 粮食 both by their 产量.
    """
    if not named or any(found(term, near) >= 0.9 for term in named):
        return 0.0
    asked = [term.names[0] for term in named]
    given = [term.names[0] for term in terms_of(near) if term.indicator]
    return float(any(_kin(one, other) for one in asked for other in given))


def _kin(one: str, other: str) -> bool:
    return one != other and (one[-2:] == other[-2:] or one[:3] == other[:3])


def mismatched(text: str, near: str, key: str) -> float:
    """1 where only one of question and own words has a word of the list `key` of clause.toml."""
    return float(_has(text, key) != _has(near, key))


def _has(text: str, key: str) -> bool:
    return any(word in text for word in words("clause", key))


def head(ask: Ask, zone: Zone) -> tuple[float, float]:
    """Whether what is counted is there: (in the clause, not in the passage)."""
    if ask.head is None:
        return 0.0, 0.0
    return found(ask.head, zone.clause), 1.0 - found(ask.head, zone.sentence)


def told_apart(ask: Ask, zone: Zone) -> tuple[float, float]:
    """(how many words that tell one of a pair are lacking, for how many the other one is there)."""
    lacks = conflict = 0.0
    for word in ask.told:
        if any(word in t.text and found(t, zone.near) >= 0.9 for t in ask.terms if t.indicator):
            continue
        if word in zone.sentence:
            if word not in zone.near and any(
                other in zone.near for row in pairs()[word] for other in row
            ):
                conflict += 1.0
            continue
        lacks += 1.0
        if any(other in zone.clause for row in pairs()[word] for other in row):
            conflict += 1.0
    return min(lacks, 2.0), min(conflict, 2.0)
