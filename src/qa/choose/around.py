"""What stands around a figure in its sentence: how it moved, what it came from, whom it reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.choose.candidates import Candidates
from qa.choose.score import Candidate
from qa.choose.zones import NAMED, exactness, found, speaks
from qa.lexicon import counts, unit_families, without, words
from qa.question import Ask
from qa.text import fold, plain
from qa.types import Figure, Passage

_WHOLE = 0.7
"""From here on a figure's own words say no more than the question."""
# 45个运动场、4个公园; 钢9000万吨以上、水泥2.3亿吨
_JOINS = re.compile(r"^(?:以上|以下|左右)?[、和及]|[、和及]$")


@dataclass(frozen=True, slots=True)
class Around:
    """The figures of an index, each with those beside it."""

    candidates: Candidates

    def before(self, figure: Figure) -> Figure | None:
        """What the figure came from, where one clause says both: 由689万户增至951万户."""
        row = self.candidates.row(figure)
        for other in self.candidates.index.figures[max(0, row - 3) : row]:
            alike = other.clause == figure.clause and other.unit == figure.unit
            if alike and other.period == "此前":
                return other
        return None

    def moved(self, level: Figure) -> Figure | None:
        """By how much a level grew or fell, where the report says it right behind."""
        row, name = self.candidates.row(level), level.indicator
        for figure in self.candidates.index.figures[row + 1 : row + 7]:
            moved = figure.measure == "growth" or (
                figure.measure == "change" and figure.unit == level.unit
            )
            if moved and name and name in figure.words and figure.report == level.report:
                return figure
        for figure in self.candidates.index.figures[max(0, row - 2) : row + 4]:
            # 粮食增产42.2亿斤、总产466亿斤; 总产量1640亿斤、增量39.7亿斤
            alike = figure.unit == level.unit != "%" and figure.period == level.period
            moved = figure.measure == "change" or figure.indicator.endswith("增量")
            near = self.candidates.home(figure) == self.candidates.home(level)
            if moved and alike and near and figure is not level and figure.value < level.value:
                return figure
        there = self.candidates.in_passage(self.candidates.home(level))
        new = (f for f in there if f is not level and f.unit == level.unit)
        return next((f for f in new if speaks(f.words, "newly") and _one_thing(f, level)), None)

    def reached(self, total: Figure) -> Figure | None:
        """Those whom a total reaches, right behind it: 发放救助资金118亿元、惠及310万人."""
        row, home = self.candidates.row(total), self.candidates.home(total)
        for figure in self.candidates.index.figures[row + 1 : row + 3]:
            named = any(word in figure.words for word in words("clause", "reaches"))
            if named and counts(figure.unit) and self.candidates.home(figure) == home:
                return figure
        return None

    def with_themes(self, ask: Ask, figures: Sequence[Figure]) -> tuple[Figure, ...]:
        """东西部协作投入资金34亿元、实施项目807个: all of a sentence that begins with what is asked for."""
        if ask.unit_said or ask.measure:
            return tuple(figures)
        whole = list(figures)
        for figure in figures:
            passage = self.candidates.passage_of(figure)
            start = fold(plain(passage.text)).lstrip("—-“”·、 ")
            names = (name for t in ask.terms if t.weight >= 1 for name in t.names)
            theme = next((name for name in names if start.startswith(name)), "")
            if theme and _has_object(fold(figure.words).replace(theme, "")):
                whole += [f for f in self.sentence(passage) if f.start >= passage.start]
        return tuple(sorted(set(whole), key=lambda f: (f.report, f.start)))

    def in_row(
        self, ask: Ask, kept: Sequence[Candidate], candidates: Sequence[Candidate]
    ) -> list[Candidate]:
        """What a sentence lists beside those kept, alike and by a word of the question: 公用品牌5个、
        企业品牌10个、产品品牌20个.
        """
        alike = {self._row(c.figure) for c in kept}
        said = [term for term in ask.terms if term.weight >= 0.9]
        return [
            c
            for c in candidates
            if not c.fails
            and c not in kept
            and self._row(c.figure) in alike
            and any(found(term, self.candidates.zone_of(c.figure).near) >= NAMED for term in said)
        ]

    def in_list(
        self, ask: Ask, kept: Sequence[Candidate], candidates: Sequence[Candidate]
    ) -> list[Candidate]:
        """What a list joined by 、 has beside those kept: two of it, or the first, whose own words say more
        than is asked for (淘汰落后炼钢产能9000万吨、水泥2.3亿吨 for 落后产能).
        """
        chosen = {c.figure for c in kept}
        there = {c.figure: c for c in candidates}
        found: list[Candidate] = []
        for row in dict.fromkeys(self._chain(c.figure) for c in kept):
            both = [figure for figure in row if figure in chosen]
            opens = (
                both == [row[0]]
                and exactness(ask.terms, self.candidates.zone_of(row[0]).near) < _WHOLE
            )
            if len(both) > 1 or opens:
                found += [there[f] for f in row if f in there and f not in chosen]
        return found

    def _chain(self, figure: Figure) -> tuple[Figure, ...]:
        """The figures of the list that a figure stands in: of one clause, measure and time, 、 between."""
        whole = [
            f for f in self.candidates.in_passage(self.candidates.home(figure)) if f.kind != "date"
        ]
        text = self.candidates.text(figure.report)
        chain: list[Figure] = []
        for other in whole:
            alike = (other.clause, other.period) == (figure.clause, figure.period)
            if not alike or (other.measure == "growth") != (figure.measure == "growth"):
                continue
            if chain and not _JOINS.search(text[chain[-1].stop : other.start]):
                if figure in chain:
                    break
                chain = []
            chain.append(other)
        return tuple(chain) if figure in chain else (figure,)

    def _row(self, figure: Figure) -> tuple[str, str, str, int]:
        """What the figures of one row of a sentence have in common: 16个、170家 are both counts."""
        unit = "个" if counts(figure.unit) else figure.unit
        return unit, figure.measure, figure.period, self.candidates.home(figure)

    def sentence(self, passage: Passage) -> tuple[Figure, ...]:
        """The figures of the whole sentence that the passage is a part of."""
        first = last = self.candidates.index.passages.index(passage)
        while first and self._goes_on(first - 1):
            first -= 1
        while self._goes_on(last):
            last += 1
        return tuple(
            figure
            for row in range(first, last + 1)
            for figure in self.candidates.in_passage(row)
            if is_listed(figure)
        )

    def _goes_on(self, row: int) -> bool:
        """Whether the passage's sentence goes on in the next one."""
        ended = (
            self.candidates.index.passages[row]
            .text.rstrip("”’」』）) \n")
            .endswith(tuple("。！？!?"))
        )
        return not ended and self.candidates.index.passages[row + 1 : row + 2] != ()


def _one_thing(added: Figure, level: Figure) -> bool:
    """新增新能源装机1258万千瓦、总量达到6437万千瓦: what came newly, and what there is of it now."""
    name = added.indicator.removeprefix("新增").removeprefix("净增")
    return len(name) > 1 and name in level.words and not speaks(level.words, "newly")


def _has_object(rest: str) -> bool:
    """Whether a theme does something to another thing: 投入帮扶资金, and not only 改造."""
    return len(without(rest, "clause", "verbs").strip()) > 1


def is_listed(figure: Figure) -> bool:
    """Whether a list of numbers has it: no date, and no 十年 that only says when."""
    return figure.kind != "date" and unit_families().get(figure.unit) != "time"
