"""Choosing all that the reports say of a thing: figures, the sentence that has them, or honours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.choose.around import is_listed
from qa.choose.candidates import is_vague
from qa.choose.choice import Choice
from qa.choose.honours import honours
from qa.choose.score import PARTS, Candidate, weights
from qa.choose.single import Single
from qa.question import Ask, says
from qa.text import fold
from qa.types import Figure

_OF_ITS_OWN = 0.2
"""From here on a figure's own words speak of what the question asks for, …"""
_THEME = 0.02
"""… and below this they have nothing of it: it stands before, over all of the sentence."""
_NOTHING = 4.0
"""The score below which a figure has nothing to do with the question."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Chooses all there is, by the choice for one."""

    single: Single

    def every(self, ask: Ask, numbers: bool) -> Choice:
        """All that the reports say of a thing: figures whose own words speak of it, or sentences."""
        there = self.single.candidates.reports_of(ask)
        told = honours(ask, (p for p in self.single.candidates.index.passages if p.report in there))
        if told and not numbers:
            return Choice(ask, "honours", passages=told)
        open_ = replace(ask, units=(), measure=None, unit_said=False)
        candidates = self.single.candidates.of(ask if ask.unit_said or ask.measure else open_)
        if numbers:
            found = [
                c
                for c in candidates
                if not c.fails
                and c.parts[0] >= weights()["bar"]["every"]
                and _is_of_list(ask, c.figure)
                and (not ask.unit_said or c.parts[PARTS.index("unit")] >= 0.4)
            ]
            found += self.single.around.in_row(ask, found, candidates)
            found += self.single.around.in_list(ask, found, candidates)
            found.sort(key=lambda c: (c.figure.report, c.figure.start))
            # 包括哪几种: one alone is the whole, and its sentence tells the kinds.
            if len(found) > 1 or (found and not says(ask.text, "kinds")):
                figures = self.single.around.with_themes(ask, [c.figure for c in found])
                return Choice(ask, "list", figures, candidates=tuple(candidates))
        # Of another time, or elsewhere, no sentence answers.
        barred = {c.figure for c in candidates if {"period", "scope"} & set(c.fails)}
        home = {self.single.candidates.home(c.figure) for c in candidates if c.figure not in barred}
        if not home:
            barred = set()  # nothing fits: the sentence itself says of when and where it is
        fact = self.single.fact(ask, candidates, home if numbers and barred else None)
        listed = self.single.around.sentence(fact.passages[0]) if numbers and fact.passages else ()
        listed = tuple(f for f in listed if _is_of_list(ask, f) and f not in barred)
        listed = tuple(_parts_of(_spoken_of(listed, candidates)))
        if listed:
            # 主要预期目标有哪些数字: the sentence that speaks of the thing, and all that it says.
            asked = tuple(
                f
                for f in listed
                if (ask.unit_said and f.unit in ask.units) or f.measure == ask.measure
            )
            listed = asked if len(asked) > 1 else listed
            return replace(fact, rule="sentence", figures=listed, passages=())
        return fact


def _is_of_list(ask: Ask, figure: Figure) -> bool:
    """Whether a list of what is asked for has the figure: not what the question says itself (十件实事
    里的数), nor what only names (三级网络, 六大行动).
    """
    said = figure.kind != "date" and fold(figure.text) in ask.text
    names = figure.unit in ("级", "大")
    return is_listed(figure) and not said and not is_vague(figure) and not names


def _spoken_of(listed: Sequence[Figure], candidates: Sequence[Candidate]) -> Sequence[Figure]:
    """Those of a sentence that the question speaks of: where one has its words for its own (发明专利产业化率
    42%), what has nothing of it is of another thing; under a theme (主要预期目标是…) it may be of it.
    """
    scored = {c.figure: c for c in candidates}
    own = [f for f in listed if f in scored and scored[f].parts[0] >= _OF_ITS_OWN]
    first = scored[listed[0]].parts if listed and listed[0] in scored else None
    theme = first is None or (first[0] < _THEME and first[1] >= _OF_ITS_OWN)
    if not own or theme:
        return listed
    return [f for f in listed if f in scored and scored[f].score >= _NOTHING]


def _parts_of(listed: Sequence[Figure]) -> Sequence[Figure]:
    """包括哪几种: without the one that is the sum of the others."""
    total = sum(figure.value for figure in listed)
    return [f for f in listed if len(listed) < 3 or f.kind != "amount" or f.value * 2 != total]
