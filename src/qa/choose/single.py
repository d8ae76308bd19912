"""Choosing for one thing asked: the figures or the sentences that answer, or what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qa.choose.around import Around
from qa.choose.candidates import Candidates, is_vague, numbers
from qa.choose.choice import Choice
from qa.choose.score import PARTS, Candidate, surety, weights
from qa.choose.zones import NAMED, coverage, found, speaks, subgroups
from qa.lexicon import words
from qa.question import Ask, asked_of_itself, is_english, is_from_to
from qa.text import fold, plain
from qa.types import Figure, Missing, Passage, Slot

_RIVAL = 0.5
"""A stated figure this much worse than the best candidate is another thing's."""
_AGAIN = 1.0
"""Another value of the same thing is no worse than this beside the best one."""
_QUOTES = 3
"""How many passages an answer quotes at most."""
_LIKE = 3.0
"""A figure that a word tells from the stated one is no worse than this beside it."""
_VERY = 0.5
"""From here on a figure's own words speak of the thing that is asked for."""
_NAMED = 0.4
"""How much of a question a figure's own words must speak of to be the one that it states."""


@dataclass(frozen=True, slots=True)
class Single:
    """Chooses among the candidates for one ask."""

    candidates: Candidates
    around: Around

    def choose(self, ask: Ask) -> Choice:
        """The figures or passages that answer, or what is missing."""
        if told := self._head(ask):
            return Choice(ask, "head", passages=told)
        if not any(term.weight >= 0.5 for term in ask.terms):
            return Choice(ask, "no_words", missing=Missing("indicator", ask.text))
        candidates = self.candidates.of(ask)
        if ask.wants == "fact":
            return self.fact(ask, candidates)
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
                return self.fact(ask, candidates)
            both = ask.moved and (best.unit != "%" or is_from_to(ask.text))
            figures = (best, *self._again(ask, fit))
            if both and (earlier := self.around.before(best)):
                figures = (earlier, best)
            elif grown := self._grown(ask, best):
                figures = (grown,) if grown.measure == "change" else (best, grown)
            return Choice(ask, "sure", figures, (), None, tuple(candidates), sure, bar)
        if ask.checks:
            return self.fact(ask, candidates)
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
            and term.text not in (*words("clause", "scopes"), *words("clause", "added"))
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

    def fact(
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
            passage = self.candidates.index.passages[row]
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
            length = sum(len(p.text) for p in chosen) + len(
                self.candidates.index.passages[row].text
            )
            if near >= weights()["bar"]["beside"] * score and (not chosen or length <= 300):
                chosen.append(self.candidates.index.passages[row])
        return Choice(ask, "fact", (), tuple(chosen), None, tuple(candidates), score, bar)


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
