"""Which figures answer, or which slot fails: candidates from the hits, scored part by part.

A candidate must fit every slot that the question fills (measure, unit, period, scope); among those
that fit, the words decide. Nothing is answered below the bar: then the nearest figure and the slot
that keeps it from answering are named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from qa.index import Index
from qa.lexicon import counts, unit_families
from qa.periods import Period, find_periods, resolve
from qa.question import Ask, Question, Term, _names
from qa.retrieve import scores
from qa.text import fold, plain
from qa.types import Figure, Missing, Passage, Report, Slot

PASSAGES = 40
"""How many passages, best first, give candidates."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure with the parts of its score, each 0 to 1 unless said; `fails` are slots that don't fit."""

    figure: Figure
    passage: int
    near: float
    clause: float
    sentence: float
    exact: float
    dense: float
    hit: float
    unit: float
    measure: float
    period: float
    scope: float
    fails: tuple[Slot, ...]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """What one ask came to: figures, or passages for a fact, or what is missing."""

    ask: Ask
    figures: tuple[Figure, ...] = ()
    passages: tuple[Passage, ...] = ()
    missing: Missing | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """The words around a figure, folded: its own, its clause's, its passage's with the section."""

    near: str
    clause: str
    sentence: str
    own: frozenset[str]


@dataclass(slots=True)
class Chooser:
    """The figures of an index, ready to be chosen from."""

    index: Index
    _of_passage: dict[int, list[int]] = field(default_factory=dict)
    _zones: dict[int, Zone] = field(default_factory=dict)
    _near: dict[int, np.ndarray] = field(default_factory=dict)  # type: ignore[type-arg]
    _reports: dict[str, Report] = field(default_factory=dict)
    _home: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        starts = [(p.report, p.start) for p in self.index.passages]
        for i, figure in enumerate(self.index.figures):
            passage = bisect_right(starts, (figure.report, figure.start)) - 1
            self._of_passage.setdefault(passage, []).append(i)
            self._home[i] = passage
        self._reports = {report.id: report for report in self.index.reports}

    def passage_of(self, figure: Figure) -> Passage:
        """The passage that the figure stands in."""
        return self.index.passages[self._home[self.index.figures.index(figure)]]

    def decide(self, question: Question) -> list[Choice]:
        """A choice for each thing asked."""
        return [self.choose(ask) for ask in question.asks]

    def choose(self, ask: Ask) -> Choice:
        """The figures or passages that answer, or what is missing."""
        if not any(term.weight >= 0.3 for term in ask.terms):
            return Choice(ask, missing=Missing("indicator", ask.text))
        candidates = self.candidates(ask)
        if ask.wants == "fact":
            return self._fact(ask, candidates)
        fit = [c for c in candidates if not c.fails]
        if fit and fit[0].score >= BAR:
            return Choice(ask, figures=(fit[0].figure,), candidates=tuple(candidates))
        return Choice(ask, missing=self._missing(ask, candidates), candidates=tuple(candidates))

    def candidates(self, ask: Ask) -> list[Candidate]:
        """The candidates, best first; ties by report, then position."""
        rows, fused = self._hits(ask)
        listed = [(i, row) for row in rows for i in self._of_passage.get(row, ())]
        if not listed:
            return []
        dense = self._dense(ask, [i for i, _ in listed])
        top = max(float(fused[rows[0]]), 1e-6)
        found = [
            self._candidate(ask, i, row, float(d), max(float(fused[row]) / top, 0.0))
            for (i, row), d in zip(listed, dense, strict=True)
        ]
        found.sort(key=lambda c: (-c.score, c.figure.report, c.figure.start))
        return found

    def _hits(self, ask: Ask) -> tuple[list[int], np.ndarray]:  # type: ignore[type-arg]
        query = expanded(ask)
        fused = scores(self.index, query).fused
        wanted = self.reports_of(ask)
        order = np.argsort(-fused, kind="stable").tolist()
        rows = [i for i in order if self.index.passages[i].report in wanted][:PASSAGES]
        return rows, fused

    def reports_of(self, ask: Ask) -> set[str]:
        """The reports that the question names by their place; all where it names none."""
        named = {
            r.id for r in self.index.reports if any(_same_place(p, r.place) for p in ask.places)
        }
        return named or set(self._reports)

    def _dense(self, ask: Ask, figures: Sequence[int]) -> np.ndarray:  # type: ignore[type-arg]
        fresh = [i for i in figures if i not in self._near]
        if fresh:
            rows = self.index.encoder.encode([self.zone(i).near for i in fresh])
            self._near.update(zip(fresh, rows, strict=True))
        query = self.index.encoder.encode([ask.words])[0]
        return np.stack([self._near[i] for i in figures]) @ query

    def zone(self, i: int) -> Zone:
        """The words around figure i."""
        if i not in self._zones:
            figure = self.index.figures[i]
            text = self._reports[figure.report].text
            near = fold(figure.words + " " + figure.indicator)
            clause = fold(plain(text[figure.clause[0] : figure.clause[1]]))
            home = self.index.passages[self._home[i]]
            sentence = fold(plain(home.text)) + " " + fold(figure.section)
            self._zones[i] = Zone(near, clause, sentence, _terms_in(near))
        return self._zones[i]

    def _candidate(self, ask: Ask, i: int, row: int, dense: float, hit: float) -> Candidate:
        figure, zone = self.index.figures[i], self.zone(i)
        near = _coverage(ask.terms, zone.near)
        clause = _coverage(ask.terms, zone.clause)
        sentence = _coverage(ask.terms, zone.sentence)
        unit = _unit(ask, figure)
        measure = _measure(ask, figure)
        period = _period(ask, figure, self._reports[figure.report])
        scope = self._scope(ask, figure, zone)
        fails: list[Slot] = []
        if scope < 0:
            fails.append("scope")
        if period < 0:
            fails.append("period")
        if measure < 0 or unit < 0:
            fails.append("measure")
        exact = _exactness(ask.terms, zone.near)
        score = (
            3.0 * near
            + 1.5 * clause
            + 1.0 * sentence
            + 0.7 * exact
            + 1.5 * dense
            + 1.0 * hit
            + 0.8 * unit
            + 0.5 * measure
            + 0.8 * period
            + 0.8 * scope
        )
        return Candidate(
            figure, row, near, clause, sentence, exact, dense, hit, unit, measure, period, scope,
            tuple(fails), score,
        )

    def _scope(self, ask: Ask, figure: Figure, zone: Zone) -> float:
        report = self._reports[figure.report]
        asked = [p for p in ask.places if not _same_place(p, report.place)]
        if asked:
            return 1.0 if all(p in zone.near or p in zone.clause for p in asked) else -1.0
        if figure.scope != report.place and not _covers(figure.scope, report.place):
            return -0.3
        return 0.0

    def _missing(self, ask: Ask, candidates: Sequence[Candidate]) -> Missing:
        strong = [c for c in candidates if c.near >= 0.5 or c.score >= BAR]
        if not strong:
            return Missing("indicator", ask.words or ask.text)
        nearest = strong[0]
        slot: Slot = nearest.fails[0] if nearest.fails else "indicator"
        return Missing(slot, ask.text, nearest.figure)

    def _fact(self, ask: Ask, candidates: Sequence[Candidate]) -> Choice:
        rows, fused = self._hits(ask)
        best: list[tuple[float, int]] = []
        for row in rows[:12]:
            text = fold(plain(self.index.passages[row].text))
            covered = _coverage(ask.terms, text + " " + fold(self.index.passages[row].section))
            best.append((2.0 * covered + float(fused[row]) / max(float(fused[rows[0]]), 1e-6), row))
        best.sort(key=lambda pair: (-pair[0], pair[1]))
        if not best or best[0][0] < FACT_BAR:
            return Choice(ask, missing=self._missing(ask, candidates))
        chosen = [self.index.passages[best[0][1]]]
        return Choice(ask, passages=tuple(chosen), candidates=tuple(candidates))


BAR = 5.0
FACT_BAR = 1.9


def expanded(ask: Ask) -> str:
    """The question with the official names of the indicators that it speaks of."""
    names = [term.names[0] for term in ask.terms if term.indicator and term.names[0] != term.text]
    return " ".join([ask.text, *(t.text for t in ask.terms if t.text not in ask.text), *names])


def _coverage(terms: Sequence[Term], zone: str) -> float:
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    return sum(term.weight * _found(term, zone) for term in terms) / total


def _found(term: Term, zone: str) -> float:
    """How surely the zone speaks of the term: 1 by one of its names, less by a part of it."""
    if term.text in zone and not _excluded(term.text, term, zone):
        return 1.0
    best = 0.0
    for name in term.names:
        if name in zone and not _excluded(name, term, zone):
            return 0.95
    if len(term.text) >= 2:
        grams = {a + b for a, b in zip(term.text, term.text[1:], strict=False)}
        best = 0.7 * sum(g in zone for g in grams) / len(grams)
        if best == 0.0:
            best = 0.25 * sum(c in zone for c in set(term.text)) / len(set(term.text))
    return best


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


def _exactness(terms: Sequence[Term], near: str) -> float:
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


def _unit(ask: Ask, figure: Figure) -> float:
    """1 the unit asked for, 0 not said or one that can stand for it, −1 another dimension."""
    if figure.kind == "date":
        return 0.0
    if not ask.units:
        return 0.0
    if figure.unit in ask.units or any(figure.unit.endswith(u) for u in ask.units if len(u) > 1):
        return 1.0
    families = unit_families()
    mine = families.get(figure.unit)
    asked = {families.get(unit) for unit in ask.units}
    if mine is not None and mine in asked:
        return 0.4
    if figure.unit == "":
        return 0.0
    if counts(figure.unit) and any(map(counts, ask.units)):
        return 0.2
    return -1.0


def _measure(ask: Ask, figure: Figure) -> float:
    wanted, given = ask.measure, figure.measure
    if wanted is None:
        if given == "growth" and "%" not in ask.units and "倍" not in ask.units:
            return -1.0
        if given in ("rank", "date", "change") and not ask.unit_said:
            return -0.5
        return 0.0
    if wanted == given:
        return 1.0
    if wanted == "growth" and given == "change":
        return 0.3
    if wanted in ("level", "count", "target") and given in ("level", "count", "target"):
        return 0.5
    if wanted == "share" and figure.unit == "%" and given == "level":
        return 0.2
    return -1.0


def _period(ask: Ask, figure: Figure, report: Report) -> float:
    target = figure.period.endswith("目标")
    if figure.period == "此前":
        return -0.8
    given = _span(figure.period.removesuffix("目标"))
    if ask.period is None:
        if ask.target is True:
            return 0.6 if target else -0.1
        if target:
            return -0.4 if ask.target is None else -0.8
        return 0.2 if given and report.year in given else 0.0
    asked = resolve(ask.period, report.year) if report.year is not None else ask.period
    if asked.first is None or asked.last is None or given is None:
        return 0.0
    if (asked.first, asked.last) == given:
        if ask.target is True and not target and asked.last <= (report.year or 0):
            return -0.3
        return 1.0
    if asked.first == asked.last == given[1] and figure.measure != "growth" and not target:
        return 0.5
    if given[0] == given[1] == asked.last and figure.measure != "growth":
        return 0.3
    return -1.0


@cache
def _span(text: str) -> tuple[int, int] | None:
    periods: Iterable[Period] = find_periods(text)
    for period in periods:
        if period.first is not None and period.last is not None:
            return period.first, period.last
    return None


def _same_place(asked: str, place: str) -> bool:
    bare = asked.rstrip("省市区县州盟")
    return bool(place) and (asked in place or place in asked or (len(bare) >= 2 and bare in place))


def _covers(scope: str, place: str) -> bool:
    kinds = {"全区": "区", "全市": "市", "全省": "省", "全县": "县", "全州": "州"}
    return scope in kinds and (place.endswith(kinds[scope]) or kinds[scope] in place)


def _terms_in(text: str) -> frozenset[str]:
    return frozenset(name for name in _names()[0] if name in text)
