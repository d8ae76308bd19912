"""Candidates: the figures of the best passages, each with the parts of its score."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from qa.choose import slots
from qa.choose.rarity import Rarity
from qa.choose.score import Candidate, ranked
from qa.choose.zones import (
    NAMED,
    Zone,
    added,
    counts_another,
    coverage,
    exactness,
    found,
    head,
    is_elided,
    is_formal,
    is_of_each,
    is_only_a_part,
    is_only_new,
    lacks_subgroup,
    mismatched,
    names_another,
    of_people,
    sibling,
    speaks,
    speaks_of_formal,
    subgroups,
    surplus,
    told_apart,
)
from qa.index import Index
from qa.lexicon import medals
from qa.question import Ask, Term, says, terms_of
from qa.retrieve import Legs, scores
from qa.text import clauses, fold, plain
from qa.types import Figure, Passage, Report, Slot

_OWN = 0.5
"""How much of a follow-up's own words a figure's must speak of."""
_LESS = 0.3
"""… and how much less than the figure that has the most of them."""
_HEAD = 16
"""How many passages the head of a report has at most, …"""
_SHORT = 120
"""… and how many characters each."""
PASSAGES = 24
"""How many passages, best first, give candidates."""


@dataclass(slots=True)
class Candidates:
    """The figures of an index, each in its place, ready to be held against a question."""

    index: Index
    _reports: dict[str, Report] = field(init=False)
    _home: list[int] = field(init=False)
    _figures_of: dict[int, list[int]] = field(init=False)
    _row: dict[Figure, int] = field(init=False)
    _zones: dict[int, Zone] = field(default_factory=dict)
    _near: dict[int, NDArray[np.float32]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        starts = [(p.report, p.start) for p in self.index.passages]
        self._reports = {report.id: report for report in self.index.reports}
        self._home = [
            bisect_right(starts, (figure.report, figure.start)) - 1 for figure in self.index.figures
        ]
        self._figures_of = {}
        for i, passage in enumerate(self._home):
            self._figures_of.setdefault(passage, []).append(i)
        self._row = {figure: i for i, figure in enumerate(self.index.figures)}

    def text(self, report: str) -> str:
        """A report's text, by its id."""
        return self._reports[report].text

    def row(self, figure: Figure) -> int:
        """The figure's place among all."""
        return self._row[figure]

    def home(self, figure: Figure) -> int:
        """The row of the passage that the figure stands in."""
        return self._home[self._row[figure]]

    def in_passage(self, row: int) -> list[Figure]:
        """The figures of a passage."""
        return [self.index.figures[i] for i in self._figures_of.get(row, ())]

    def head(self, report: str) -> list[Passage]:
        """The short passages that a report begins with: titles, who gave it, when and where."""
        there = (p for p in self.index.passages if p.report == report)
        return [p for p in islice(there, _HEAD) if len(p.text) < _SHORT]

    def passage_of(self, figure: Figure) -> Passage:
        """The passage that the figure stands in."""
        return self.index.passages[self.home(figure)]

    def of(self, ask: Ask) -> list[Candidate]:
        """The candidates for what is asked, best first; ties by report, then position."""
        rows, legs = self.hits(ask)
        listed = [(i, row) for row in rows for i in self._figures_of.get(row, ())]
        if not listed:
            return []
        dense = self._dense(ask, [i for i, _ in listed])
        rarity = Rarity.of(ask.terms, ask.query, self.index)
        people = subgroups(ask)
        fused = max(float(legs.fused[rows[0]]), 1e-6)
        spread = bool(legs.fused.any())  # one passage alone has no z-score
        found = []
        for (i, row), cosine in zip(listed, dense.tolist(), strict=True):
            passage = (
                float(legs.dense[row]),
                max(float(legs.fused[row]) / fused, 0.0) if spread else 1.0,
            )
            found.append(self._candidate(ask, i, cosine, passage, rarity, people))
        found.sort(key=lambda c: (-c.score, c.figure.report, c.figure.start))
        return self._of_own(ask, found) if ask.own else found

    def _of_own(self, ask: Ask, candidates: list[Candidate]) -> list[Candidate]:
        """那智慧养老院呢: where a figure has all of a follow-up's own words, one with fewer is another's."""
        spoken = [coverage(ask.own, self.zone_of(c.figure).near) for c in candidates]
        most = max((s for c, s in zip(candidates, spoken, strict=True) if not c.fails), default=0.0)
        return [
            replace(c, fails=("indicator",)) if not c.fails and s < most - _LESS else c
            for c, s in zip(candidates, spoken, strict=True)
        ]

    def hits(self, ask: Ask) -> tuple[list[int], Legs]:
        """The best passages, best first, and the scores of all."""
        legs = scores(self.index, ask.expanded)
        wanted = self.reports_of(ask)
        order = np.argsort(-legs.fused, kind="stable").tolist()
        if len(wanted) < len(self._reports):
            there = (i for i in order if self.index.passages[i].report in wanted)
            return list(islice(there, PASSAGES)), legs
        return order[:PASSAGES], legs

    def reports_of(self, ask: Ask) -> set[str]:
        """The reports that the question names by their place; all where it names none."""
        named = {
            r.id
            for r in self.index.reports
            if any(slots.same_place(p, r.place) for p in ask.places)
        }
        return named or set(self._reports)

    def _dense(self, ask: Ask, figures: Sequence[int]) -> NDArray[np.float32]:
        fresh = [i for i in figures if i not in self._near]
        if fresh:
            rows = self.index.encoder.encode([self.zone(i).near for i in fresh])
            self._near.update(zip(fresh, rows, strict=True))
        query = self.index.encoder.encode([ask.words])[0]
        cosines: NDArray[np.float32] = np.stack([self._near[i] for i in figures]) @ query
        return cosines

    def zone_of(self, figure: Figure) -> Zone:
        """The words around a figure."""
        return self.zone(self._row[figure])

    def zone(self, i: int) -> Zone:
        """The words around figure i."""
        if i not in self._zones:
            figure = self.index.figures[i]
            text = self._reports[figure.report].text
            home = self.index.passages[self._home[i]]
            self._zones[i] = Zone(
                fold(
                    " ".join((figure.words, figure.indicator, medals().get(figure.unit, "")))
                ).strip(),
                fold(plain(text[figure.clause[0] : figure.clause[1]])),
                fold(plain(text[_clause_before(text, home.start, figure) : figure.clause[1]])),
                fold(plain(home.text)) + " " + fold(figure.section),
            )
        return self._zones[i]

    def _candidate(
        self,
        ask: Ask,
        i: int,
        cosine: float,
        passage: tuple[float, float],
        rarity: Rarity,
        people: Sequence[Term],
    ) -> Candidate:
        figure, zone = self.index.figures[i], self.zone(i)
        report = self._reports[figure.report]
        unit, measure = slots.unit(ask, figure, zone.near), slots.measure(ask, figure)
        period = slots.period(ask, figure, report)
        scope = slots.scope(ask, figure, zone, report)
        named = [term for term in ask.terms if term.indicator and term.weight >= 0.7]
        own = fold(figure.indicator)
        elided = {t for t in named if len(own) > 1 and is_elided(t, zone, own)}
        held = [max(found(term, zone.near), NAMED * (term in elided)) for term in named]
        indicator = max(held, default=None)
        lacks, conflict = told_apart(ask, zone)
        counted, uncounted = head(ask, zone)
        more = surplus(ask, own, report.place)
        near = coverage(ask.terms, zone.near)
        reach, sentence = coverage(ask.terms, zone.reach), coverage(ask.terms, zone.sentence)
        parts = (
            near,
            reach,
            sentence,
            max(sentence - reach, 0.0),
            exactness(ask.terms, zone.near),
            cosine,
            *passage,
            indicator if indicator is not None else 0.0,
            1.0 - min(held, default=1.0),
            counted,
            uncounted,
            unit,
            float(ask.unit_said and unit < 0),
            max(measure, -0.5),
            max(period, -0.8),
            max(scope, -0.5),
            lacks,
            conflict,
            float(
                indicator is not None
                and indicator < 0.9
                and any(term.indicator for term in terms_of(zone.near, ask.lexicon))
            ),
            sibling(named, zone.near),
            *added(ask, zone.near),
            mismatched(ask.text, zone.near, "several"),
            mismatched(ask.text, zone.near, "mean"),
            float(is_vague(figure)),
            *rarity.parts(zone),
            coverage(ask.core, zone.near),
        )
        fails: list[Slot] = []
        if scope <= -1 or lacks_subgroup(ask, people, zone) or rarity.is_elsewhere(zone):
            fails.append("scope")
        sums = says(ask.text, "alone") and speaks(zone.near, "altogether")
        if period <= -1 or sums or not slots.base(ask, zone, report):
            fails.append("period")
        only_bounds = bounds(figure, report.text)
        if measure <= -1 or unit <= -1 or only_bounds or is_only_new(ask, zone.near):
            fails.append("measure")
        named_there = (
            speaks_of_formal(ask, zone.near)
            or speaks_of_formal(ask, zone.reach)
            or elided.issuperset(t for t in named if is_formal(t))
        )
        if ask.own and coverage(ask.own, zone.near) < _OWN and not of_people(ask.own, zone.near):
            fails.append("indicator")  # 那企业呢 after 经营主体: another thing of the same sentence
        elif (
            is_of_each(ask, zone.near)
            or is_only_a_part(ask, zone.near)
            or not named_there
            or (not elided and names_another(ask, zone))
            or more > 0.5
        ):
            # Asked for by its official name, nothing else will do: no other indicator, no part of it.
            fails.append("indicator")
        elif ask.unit_said and figure.unit == "元" and is_vague(figure):
            fails.append("indicator")  # 多少亿元 asks for more than 跨越千亿元台阶
        elif counts_another(ask, zone):
            fails.append("indicator")
        elif max(near, sentence) < 0.2 and passage[0] < 0.2:
            fails.append("indicator")  # nothing of the question is there, neither word nor meaning
        elif any(n not in zone.sentence or n in numbers(figure.text) for n in ask.given):
            # 810个项目, 5A级: the numbers by which a thing is named stand beside it, and don't answer.
            fails.append("indicator")
        return Candidate(figure, parts, tuple(fails), ranked(parts))


def _clause_before(text: str, start: int, figure: Figure) -> int:
    """Where the clause before the figure's begins, within its passage."""
    before = [at for at, _ in clauses(text[start : figure.clause[0]])]
    return start + before[-1] if before else figure.clause[0]


def is_vague(figure: Figure) -> bool:
    """百亿元, 首个: printed without a numeral of its own."""
    return not any(char.isnumeric() and char not in "十百千万亿" for char in figure.text)


_BOUND = re.compile(r"及?(?:以上|以下|以内)的?[\u4e00-\u9fff]")


def bounds(figure: Figure, text: str) -> bool:
    """Whether it only says which are meant, and not how many: 亿元以上项目, 65岁以上老人."""
    which = is_vague(figure) or figure.kind == "grade" or figure.unit in ("岁", "周岁")
    return which and _BOUND.match(text, figure.stop) is not None


def numbers(text: str) -> list[str]:
    """The numbers printed in a text."""
    return re.findall(r"\d+(?:\.\d+)?", text)
