"""Which figures answer, or which slot fails: candidates from the hits, scored part by part.

A candidate must fit every slot that the question fills (measure, unit, period, scope). Among those
that fit, a linear score over readable parts ranks, and a second one says how sure the best is; both
sets of weights are fitted on questions and lie in `lexicon/weights.toml`. Nothing is answered below
the bar: then the nearest figure and the slot that keeps it from answering are named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from qa.choose.around import Around, is_listed
from qa.choose.candidates import Candidates, is_vague, numbers
from qa.choose.choice import Choice, Rule, comparable
from qa.choose.honours import honours
from qa.choose.score import PARTS, Candidate, surety, weights
from qa.choose.zones import NAMED, coverage, found, of_people, speaks, subgroups
from qa.index import Index
from qa.lexicon import words
from qa.question import Ask, Question, asked_of_itself, is_english, is_from_to
from qa.text import fold, plain
from qa.types import Figure, Missing, Passage, Slot

__all__ = ["Choice", "Chooser", "comparable"]

_NEAR = 0.6
"""How much of what is asked a figure's own words must speak of to be taken beside a sister."""
_RIVAL = 0.5
"""A stated figure this much worse than the best candidate is another thing's."""
_AGAIN = 1.0
"""Another value of the same thing is no worse than this beside the best one."""
_QUOTES = 3
"""How many passages an answer quotes at most."""
_LIKE = 3.0
"""A figure that a word tells from the stated one is no worse than this beside it."""
# 高校增至80所 beside 新设立3所: what there is of all, and what came newly.
_RISEN = re.compile("(?:增加?|上?升|提高|扩大|发展)[至到]")
_OF_ITS_OWN = 0.2
_THEME = 0.02
_NOTHING = 4.0
_VERY = 0.85
"""From here on a figure's own words speak of the very thing."""
_NAMED = 0.4
"""How much of a question a figure's own words must speak of to be the one that it states."""


@dataclass(slots=True)
class Chooser:
    """The figures of an index, ready to be chosen from."""

    index: Index
    candidates: Candidates = field(init=False)
    around: Around = field(init=False)

    def __post_init__(self) -> None:
        self.candidates = Candidates(self.index)
        self.around = Around(self.candidates)

    def decide(self, question: Question) -> tuple[list[Choice], list[Choice]]:
        """A choice for each thing asked, and, where they must be reckoned with, for each operand."""
        if question.form == "derive":
            printed = self._printed(question)
            return ([printed], []) if printed else ([], self._operands(question))
        if question.form == "every":
            return [self._every(question.asks[0], question.numbers)], []
        if question.form == "compare":
            return self._sides(question), []
        choices = self._apart([self.choose(ask) for ask in question.asks])
        choices = [self._beside(choice, choices) for choice in choices]
        if question.operands and not any(c.figures or c.passages for c in choices):
            return choices, self._operands(question)
        return choices, []

    def _apart(self, choices: Sequence[Choice]) -> list[Choice]:
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

    def _operands(self, question: Question) -> list[Choice]:
        """What to reckon with; the growth of a level is the one that is printed of it."""
        # The second is the narrower one: 退税, and 留抵退税 of it.
        found = self._apart([self.choose(ask) for ask in question.operands[::-1]])[::-1]
        if question.reckoning == "previous" and not found[0].figures:
            # 上年的支出规模, where only this year's is set and by how much that is more.
            open_ = [replace(ask, target=None) for ask in question.operands]
            found = list(map(self.choose, open_))
        beside: Figure | None = None
        if question.reckoning == "previous" and found[0].figures:
            found[0] = self._of_all(found[0])
            beside = self.around.moved(found[0].figures[0])
        elif question.reckoning == "mean" and found[0].figures and not found[1].figures:
            beside = self.around.reached(found[0].figures[0])
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

    def _sides(self, question: Question) -> list[Choice]:
        """A figure for each side of a comparison: each speaks of its side, and both go together."""
        choices = [self.choose(ask) for ask in question.asks]
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
        zones = [self.candidates.zone_of(c.figure) for c in fit]
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

    def _printed(self, question: Question) -> Choice | None:
        """A mean, or what this year is more than the last, that the report prints itself needs no
        reckoning.
        """
        if (
            question.reckoning == "difference"
            and len(question.asks) == 1
            and question.asks[0].target
        ):
            change = self.choose(replace(question.asks[0], measure="change", moved=True))
            return replace(change, ask=question.asks[0]) if change.figures else None
        if question.reckoning not in ("mean", "sum"):
            return None
        choice = self.choose(question.asks[0])
        if question.reckoning == "sum":
            # 大学、大专加起来, where only all 高校 are told by name: they are the sum.
            parts = [(c.ask.terms, f) for c in self._operands(question) for f in c.figures[:1]]
            named = [coverage(t, self.candidates.zone_of(f).near) >= NAMED for t, f in parts]
            alike = len({bool(_RISEN.search(f.words)) for _, f in parts}) == 1
            return None if all(named) and alike else choice
        near = "".join(self.candidates.zone_of(figure).near for figure in choice.figures)
        return choice if any(word in near for word in words("clause", "mean")) else None

    def _beside(self, choice: Choice, all_: Sequence[Choice]) -> Choice:
        """What is unsure by itself is sure beside a sister that was found: in 改造了多少个小区、惠及多少户 the
        only figure of its unit in the passage, in 家电和手机各增长多少 the next one of its kind.
        """
        sister = next((c.figures[0] for c in all_ if c.figures), None)
        if choice.rule != "unsure" or sister is None:
            return choice
        taken = {figure for other in all_ for figure in other.figures}
        home = self.candidates.home(sister)
        near, indicator, unit = (PARTS.index(name) for name in ("near", "indicator", "unit"))
        there = [
            c
            for c in choice.candidates
            if not c.fails and c.figure not in taken and self.candidates.home(c.figure) == home
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

    def choose(self, ask: Ask) -> Choice:
        """The figures or passages that answer, or what is missing."""
        if told := self._head(ask):
            return Choice(ask, "head", passages=told)
        if not any(term.weight >= 0.5 for term in ask.terms):
            return Choice(ask, "no_words", missing=Missing("indicator", ask.text))
        candidates = self.candidates.of(ask)
        if ask.wants == "fact":
            return self._fact(ask, candidates)
        fit = [c for c in candidates if not c.fails]
        said = [c for c in fit if _is_stated(ask, c)] or [c for c in fit if _has_digits(ask, c)]
        if said and said[0].score > fit[0].score - _RIVAL:
            meant = _told_apart(said[0], fit) or said[0]
            return Choice(ask, "stated", (meant.figure,), candidates=tuple(candidates))
        sure = surety(ask, fit, candidates) if fit else 0.0
        if fit and self._is_shadowed(ask, fit[0], candidates):
            sure = 0.0
        # Of an English question only the words that the lexicon knows are held against the report.
        bar = weights()["bar"]["english" if is_english(ask.text) else "figure"]
        if sure >= bar:
            best = fit[0].figure
            if ask.checks and is_vague(best):
                # 首座, 唯一: a name of rank, proved by its sentence.
                return self._fact(ask, candidates)
            both = ask.moved and (best.unit != "%" or is_from_to(ask.text))
            earlier = self.around.before(best) if both else None
            grown = None if earlier else self._grown(ask, best)
            figures = (best, *self._again(ask, fit))
            if grown and grown.measure == "change":
                figures = (grown,)
            else:
                figures = (earlier, best) if earlier else (best, grown) if grown else figures
            return Choice(ask, "sure", figures, (), None, tuple(candidates), sure, bar)
        if ask.checks:
            return self._fact(ask, candidates)
        missing = self._missing(ask, candidates)
        return Choice(ask, "unsure", (), (), missing, tuple(candidates), sure, bar)

    def _grown(self, ask: Ask, level: Figure) -> Figure | None:
        """How a level moved where it is asked how much more that is, and not in per cent: 收入比前年多了多少元.
        A level is no answer to that.
        """
        asked = ask.moved and ask.unit_said and not {"%", "个百分点"} & set(ask.units)
        new = speaks(level.words, "added") or level.measure not in ("level", "count")
        moved = self.around.moved(level) if asked and not new and level.unit != "%" else None
        return moved if moved and moved.measure in ("growth", "change") else None

    def _is_shadowed(self, ask: Ask, best: Candidate, candidates: Sequence[Candidate]) -> bool:
        """Whether the report has the very thing, of another time or measure, by a word that the sentence of
        the best that fits has not: 社区托育托额, and only 幼儿园托班托额 as a target.
        """
        zone = self.candidates.zone_of(best.figure)
        lacks = [
            term
            for term in ask.terms
            if term.weight >= 1.0
            and len(term.text) > 1
            and max(found(term, zone.near), found(term, zone.reach)) < 0.3
        ]
        return any(
            c.fails
            and set(c.fails) <= {"period", "measure"}
            and c.score > best.score + _AGAIN
            and c.parts[PARTS.index("near")] > _VERY
            and any(found(t, self.candidates.zone_of(c.figure).near) >= NAMED for t in lacks)
            for c in candidates[:8]
        )

    def _again(self, ask: Ask, fit: Sequence[Candidate]) -> tuple[Figure, ...]:
        """What the report says of the very same thing elsewhere, and not alike: another value, or the
        same one as 预计 and as done.
        """
        best, name = fit[0].figure, fold(fit[0].figure.indicator)
        same = ("report", "unit", "measure", "period", "scope")
        for candidate in fit[1:] if not ask.moved and len(name) > 2 else ():
            figure = candidate.figure
            if (
                fold(figure.indicator) == name
                and all(getattr(figure, key) == getattr(best, key) for key in same)
                and self.candidates.home(figure) != self.candidates.home(best)
                and (figure.value, figure.qualifier) != (best.value, best.qualifier)
                and (figure.value == best.value or candidate.score > fit[0].score - _AGAIN)
            ):
                return (figure,)
        return ()

    def _head(self, ask: Ask) -> tuple[Passage, ...]:
        """What the head of a report says of the report itself: who gave it, and where."""
        key = asked_of_itself(ask.text)
        told = words("clause", key) if key else ()
        found = [
            next((p for p in self.candidates.head(r) if any(w in p.text for w in told)), None)
            for r in sorted(self.candidates.reports_of(ask))
        ]
        return tuple(passage for passage in found if passage)[:_QUOTES]

    def _missing(self, ask: Ask, candidates: Sequence[Candidate]) -> Missing:
        """The slot that keeps the nearest candidate from answering, in the question's own words."""
        strong = [c for c in candidates if c.parts[0] >= 0.5]
        if not strong:
            said = [term.text for term in ask.terms if term.weight >= 0.9]
            return Missing("indicator", "、".join(said) or ask.text)
        nearest = strong[0].figure
        slot: Slot = strong[0].fails[0] if strong[0].fails else "indicator"
        if slot == "period" and (ask.base or ask.period):
            told = [period.text for period in (ask.period, ask.base) if period]
            return Missing(slot, "、".join(told), nearest)
        if slot == "scope":
            told = [*ask.places, *ask.scopes, *(term.text for term in subgroups(ask))]
            return Missing(slot, "、".join(told), nearest)
        if slot == "measure":
            names = {"growth": "增幅", "share": "占比", "rank": "位次", "date": "时间"}
            wanted = names.get(ask.measure or "", "") or "、".join(ask.units)
            return Missing(slot, wanted or ask.text, nearest)
        zone = self.candidates.zone_of(nearest)
        lacking = [t.text for t in ask.terms if t.weight >= 0.3 and found(t, zone.near) < 0.5]
        return Missing(slot, "、".join(lacking) or ask.text, nearest)

    def _fact(
        self, ask: Ask, candidates: Sequence[Candidate], only: Collection[int] | None = None
    ) -> Choice:
        """The sentences that answer, of the passages `only` where such are given."""
        rows, legs = self.candidates.hits(ask)
        rows = rows if only is None else [row for row in rows if row in only]
        if not any(term.weight >= 0.8 for term in ask.terms):
            missing = self._missing(ask, candidates)
            return Choice(ask, "no_words", missing=missing, candidates=tuple(candidates))
        top = max(float(legs.fused[rows[0]]), 1e-6) if rows else 1.0
        best: list[tuple[float, int]] = []
        for row in rows[:12]:
            passage = self.index.passages[row]
            covered = coverage(ask.terms, fold(plain(passage.text) + " " + passage.section))
            meant = max(float(legs.dense[row]), 0.0)
            best.append((2.0 * covered + float(legs.fused[row]) / top + meant, row))
        best.sort(key=lambda pair: (-pair[0], pair[1]))
        bar = weights()["bar"]["checked" if ask.checks else "fact"]
        score = best[0][0] if best else 0.0
        if score < bar:
            missing = self._missing(ask, candidates)
            return Choice(ask, "no_fact", (), (), missing, tuple(candidates), score, bar)
        # What scores nearly as well proves as much; a reader takes in three short quotes.
        chosen: list[Passage] = []
        for near, row in best[:_QUOTES]:
            length = sum(len(p.text) for p in chosen) + len(self.index.passages[row].text)
            if near >= weights()["bar"]["beside"] * score and (not chosen or length <= 300):
                chosen.append(self.index.passages[row])
        return Choice(ask, "fact", (), tuple(chosen), None, tuple(candidates), score, bar)

    def _every(self, ask: Ask, numbers: bool) -> Choice:
        """All that the reports say of a thing: figures whose own words speak of it, or sentences."""
        there = self.candidates.reports_of(ask)
        told = honours(ask, (p for p in self.index.passages if p.report in there))
        if told and not numbers:
            return Choice(ask, "honours", passages=told)
        open_ = replace(ask, units=(), measure=None, unit_said=False)
        candidates = self.candidates.of(ask if ask.unit_said or ask.measure else open_)
        if numbers:
            found = [
                c
                for c in candidates
                if not c.fails
                and c.parts[0] >= weights()["bar"]["every"]
                and _is_of_list(ask, c.figure)
                and (not ask.unit_said or c.parts[PARTS.index("unit")] >= 0.4)
            ]
            found += self.around.in_row(ask, found, candidates)
            found += self.around.in_list(ask, found, candidates)
            found.sort(key=lambda c: (c.figure.report, c.figure.start))
            if found:
                figures = self.around.with_themes(ask, [c.figure for c in found])
                return Choice(ask, "list", figures, candidates=tuple(candidates))
        # Of another time, or elsewhere, no sentence answers.
        barred = {c.figure for c in candidates if {"period", "scope"} & set(c.fails)}
        home = {self.candidates.home(c.figure) for c in candidates if c.figure not in barred}
        fact = self._fact(ask, candidates, home if numbers and barred else None)
        listed = self.around.sentence(fact.passages[0]) if numbers and fact.passages else ()
        listed = tuple(f for f in listed if _is_of_list(ask, f) and f not in barred)
        listed = _parts_of(_spoken_of(listed, candidates))
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


def _told_apart(stated: Candidate, fit: Sequence[Candidate]) -> Candidate | None:
    """The one that a statement is on where a word tells it from the one that has the stated figure:
    完工 is said of it, and 开工 of the other.
    """
    row = PARTS.index("conflict")
    return next(
        (
            c
            for c in fit
            if c.parts[row] < stated.parts[row]
            and c.figure.unit == stated.figure.unit
            and c.score > stated.score - _LIKE
        ),
        None,
    )


def _has_digits(ask: Ask, candidate: Candidate) -> bool:
    """Whether it has the digits that the user states, of another scale or unit, and is of the thing: 2709亩,
    where 2709万亩 is printed.
    """
    digits = [d for q in ask.stated for d in numbers(fold(q.text)) if len(d) > 2]
    near = candidate.parts[PARTS.index("near")] >= _NAMED
    return near and any(d in numbers(fold(candidate.figure.text)) for d in digits)


def _is_stated(ask: Ask, candidate: Candidate) -> bool:
    """Whether it is the very figure that the user states, of the thing that the user names."""
    figure, parts = candidate.figure, dict(zip(PARTS, candidate.parts, strict=True))
    same = any(q.value == figure.value and q.unit == figure.unit for q in ask.stated)
    due = figure.period.endswith("目标") and not ask.target
    return (
        same and parts["near"] >= _NAMED and parts["period"] >= 0 and not (due or is_vague(figure))
    )
