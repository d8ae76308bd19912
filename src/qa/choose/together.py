"""Choosing for several things at once: asked for together, held against each other, reckoned with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.choose.choice import Choice, Rule, comparable
from qa.choose.score import PARTS, Candidate, surety, weights
from qa.choose.single import Single
from qa.choose.zones import NAMED, coverage, of_people, speaks
from qa.lexicon import words
from qa.question import Question
from qa.text import fold
from qa.types import Figure

_NEAR = 0.6
"""How much of what is asked a figure's own words must speak of to be taken beside a sister."""
# 高校增至80所 beside 新设立3所: what there is of all, and what came newly.
_RISEN = re.compile("(?:增加?|上?升|提高|扩大|发展)[至到]")


@dataclass(frozen=True, slots=True)
class Together:
    """Chooses figures that go together, each by the choice for one."""

    single: Single

    def apart(self, choices: Sequence[Choice]) -> list[Choice]:
        """No figure answers two things that are asked for together: the next best does, if it is sure."""
        taken: set[Figure] = set()
        found: list[Choice] = []
        for choice in choices:
            if choice.figures and taken.issuperset(choice.figures):
                pool = [c for c in choice.candidates if not c.fails and c.figure not in taken]
                sure = surety(choice.ask, pool, choice.candidates) if pool else 0.0
                best = (pool[0].figure,) if sure >= choice.bar > 0 else ()
                rule: Rule = "sure" if best else "unsure"
                choice = replace(choice, rule=rule, figures=best, sure=sure)
            taken.update(choice.figures)
            found.append(choice)
        return found

    def operands(self, question: Question) -> list[Choice]:
        """What to reckon with; the growth of a level is the one that is printed of it."""
        # The second is the narrower one: 退税, and 留抵退税 of it.
        found = self.apart([self.single.choose(ask) for ask in question.operands[::-1]])[::-1]
        if question.reckoning == "previous" and not found[0].figures:
            # 上年的支出规模, where only this year's is set and by how much that is more.
            open_ = [replace(ask, target=None) for ask in question.operands]
            found = list(map(self.single.choose, open_))
        beside: Figure | None = None
        if question.reckoning == "previous" and found[0].figures:
            found[0] = self._of_all(found[0])
            beside = self.single.around.moved(found[0].figures[0])
        elif question.reckoning == "mean" and found[0].figures and not found[1].figures:
            beside = self.single.around.reached(found[0].figures[0])
        if beside is not None:
            found[1] = replace(found[1], rule="beside", figures=(beside,), missing=None)
        return found

    @staticmethod
    def _of_all(choice: Choice) -> Choice:
        """What there is of all, where the choice is what came newly: 总数达36家 beside 新增15家."""
        new = choice.figures[0]
        whole = [
            c.figure
            for c in choice.candidates
            if not c.fails and c.figure.unit == new.unit and c.figure.value > new.value
        ]
        if not speaks(new.words, "newly") or not whole or speaks(whole[0].words, "newly"):
            return choice
        return replace(choice, figures=(whole[0],))

    def sides(self, question: Question) -> list[Choice]:
        """A figure for each side of a comparison: each speaks of its side, and both go together."""
        choices = [self.single.choose(ask) for ask in question.asks]
        pools = [self._of_side(question, i, choice) for i, choice in enumerate(choices)]
        first, *others = pools
        best: tuple[float, tuple[Candidate, ...]] | None = None
        for candidate in first:
            row = [candidate]
            for pool in others:
                fit = (c for c in pool if c.figure not in [r.figure for r in row])
                row += [c for c in fit if comparable([candidate.figure, c.figure])][:1]
            total = sum(c.score for c in row)
            if len(row) == len(pools) and (best is None or total > best[0]):
                best = total, tuple(row)
        if best is None:
            return [
                choice if not choice.figures or pool else replace(choice, rule="unsure", figures=())
                for choice, pool in zip(choices, pools, strict=True)
            ]
        return [
            choice
            if choice.figures == (c.figure,)
            else replace(choice, rule="side", figures=(c.figure,), passages=(), missing=None)
            for choice, c in zip(choices, best[1], strict=True)
        ]

    def _of_side(self, question: Question, i: int, choice: Choice) -> list[Candidate]:
        """The candidates for side i that speak of what tells it from the other sides."""
        other_sides = [fold(item) for j, item in enumerate(question.items) if j != i]
        others = "".join(other_sides)
        own = [
            term
            for term in choice.ask.terms
            if term.weight >= 0.5 and term.text in question.items[i] and term.text not in others
        ]
        # 城市群的PM10和PM2.5: what the list says once tells no side from the other.
        own = [term for term in own if term.indicator] or own
        fit = [c for c in choice.candidates if not c.fails]
        zones = [self.single.candidates.zone_of(c.figure) for c in fit]
        pool = [
            c
            for c, zone in zip(fit, zones, strict=True)
            if not own
            or max(coverage(own, zone.near), coverage(own, zone.clause)) >= _NEAR
            or of_people(own, zone.near)
            or (own[0].indicator and c.parts[PARTS.index("indicator")] >= NAMED)
        ]
        # 推进稀土产业集聚，力争全产业链产值突破…: said before, where no other side is spoken of.
        pool = pool or [
            c
            for c, zone in zip(fit, zones, strict=True)
            if coverage(own, zone.reach) >= _NEAR and not any(o in zone.clause for o in other_sides)
        ]
        sure = surety(choice.ask, pool, choice.candidates) if pool else 0.0
        return pool[:5] if pool and sure >= weights()["bar"]["side"] else []

    def derived(self, question: Question) -> tuple[list[Choice], list[Choice]]:
        """What the report prints itself of what is to be reckoned, else what to reckon it from."""
        if question.reckoning == "sum":
            operands = self.operands(question)
            if self._add_up(operands):
                return [], operands
            return [self.single.choose(question.asks[0])], []
        printed = self._printed(question)
        return ([printed], []) if printed else ([], self.operands(question))

    def _add_up(self, operands: Sequence[Choice]) -> bool:
        """Whether figures are of the things to be summed, each by its name: in 大学、大专加起来, where only all
        高校 are told by name, they are the sum themselves.
        """
        parts = [(choice.ask.terms, f) for choice in operands for f in choice.figures[:1]]
        zones = (self.single.candidates.zone_of(figure).near for _, figure in parts)
        named = all(coverage(t, near) >= NAMED for (t, _), near in zip(parts, zones, strict=True))
        alike = len({bool(_RISEN.search(figure.words)) for _, figure in parts}) == 1
        return named and alike and len({figure for _, figure in parts}) == len(parts)

    def _printed(self, question: Question) -> Choice | None:
        """A mean, or what this year is more than the last, that the report prints itself needs no
        reckoning.
        """
        if (
            question.reckoning == "difference"
            and len(question.asks) == 1
            and question.asks[0].target
        ):
            change = self.single.choose(replace(question.asks[0], measure="change", moved=True))
            return replace(change, ask=question.asks[0]) if change.figures else None
        if question.reckoning != "mean":
            return None
        choice = self.single.choose(question.asks[0])
        near = "".join(self.single.candidates.zone_of(figure).near for figure in choice.figures)
        return choice if any(word in near for word in words("clause", "mean")) else None

    def beside(self, choice: Choice, all_: Sequence[Choice]) -> Choice:
        """What is unsure by itself is sure beside a sister that was found: in 改造了多少个小区、惠及多少户 the
        only figure of its unit in the passage, in 家电和手机各增长多少 the next one of its kind.
        """
        sister = next((c.figures[0] for c in all_ if c.figures), None)
        if choice.rule != "unsure" or sister is None:
            return choice
        taken = {figure for other in all_ for figure in other.figures}
        home = self.single.candidates.home(sister)
        near, indicator, unit = (PARTS.index(name) for name in ("near", "indicator", "unit"))
        there = [
            c
            for c in choice.candidates
            if not c.fails
            and c.figure not in taken
            and self.single.candidates.home(c.figure) == home
        ]
        of_unit = [c for c in there if choice.ask.unit_said and c.parts[unit] == 1.0]
        of_kind = [
            c
            for c in there
            if max(c.parts[near], c.parts[indicator]) >= _NEAR
            and (c.figure.measure, c.figure.unit) == (sister.measure, sister.unit)
        ]
        fit = of_unit if len(of_unit) == 1 else of_kind
        if not fit:
            return choice
        return replace(choice, rule="beside", figures=(fit[0].figure,), missing=None)
