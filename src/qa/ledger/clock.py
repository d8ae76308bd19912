"""The clock: for when a figure holds, where its clause doesn't say."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.figures import find_quantities
from qa.ledger.words import has
from qa.lexicon import words
from qa.periods import Period, find_periods, resolve
from qa.types import Report, Section

_AHEAD = re.compile(
    r"力争|目标[是为]|预期目标|争取|确保|(?:将|要)(?:达到|实现|建成|完成|新增)|(?:^|[，年])(?:计划|拟)"
)

_WITHIN = ("全年", "年内", "年度内")
"""Of the year that is spoken of anyway, be it the next one."""


class Clock:
    """Which period the text is speaking of: report's year < section's title < lead-in < paragraph."""

    def __init__(self, report: Report) -> None:
        self.year = report.year
        self.default = Period(0, 0, "", report.year, report.year, False, "year")
        self.section: Section | None = None
        self.in_section = self.default
        self.in_block = self.default
        self.in_sentence = self.default

    def enter(self, section: Section | None, block: str) -> None:
        if section is not self.section:
            self.section = section
            self.in_section = self._of_titles(section)
        lead = self._leading(block)
        if lead and len(block) < 60 and not find_quantities(block):
            self.in_section = replace(lead, target=lead.target or self.in_section.target)
        self.in_block = lead or self.in_section

    def sentence(self, text: str) -> None:
        lead = self._leading(text)
        if lead:
            self.in_block = lead
        self.in_sentence = self.in_block

    def at(self, text: str, clause: tuple[int, int], before: int) -> Period:
        """The period of a figure: the last one named before it in the sentence, else what holds."""
        named = [p for p in find_periods(text[:before]) if not _is_base(text, p)]
        within = named and named[-1].text in _WITHIN and self.in_sentence.target
        found = self.in_sentence
        if named and not within:
            found = self._resolve(named[-1], text[clause[0] : before])
        if _AHEAD.search(text[clause[0] : before]):
            found = replace(found, target=True)
        if "年均" in text[max(clause[0], before - 8) : before] and found.first == found.last:
            found = _plan_of(found)
        return found

    def _of_titles(self, section: Section | None) -> Period:
        found = self.default
        for title in section.path if section else ():
            periods = [self._resolve(p, title) for p in find_periods(title)]
            done = has(title, words("clause", "done"))
            target = has(title, words("clause", "target")) and not done
            if periods:
                # 2025年及“十四五”时期工作回顾: what stands alone is said of the year itself.
                found = min(periods, key=lambda p: (p.last or 0) - (p.first or 0))
            if target or done:
                found = replace(found, target=target)
            if target and not periods and found.last == self.year and self.year is not None:
                found = replace(found, first=self.year + 1, last=self.year + 1)
        return found

    def _leading(self, text: str) -> Period | None:
        periods = find_periods(re.split(r"[，,。；;：:]", text, maxsplit=1)[0][:24])
        if not periods or periods[0].start > 8 or _is_base(text, periods[0]):
            return None
        period = self._resolve(periods[0], text[: periods[0].stop + 6])
        inherited = self.in_section
        if inherited.target and period.last is not None and period.last >= (inherited.first or 0):
            period = replace(period, target=True)
        return period

    def _resolve(self, period: Period, around: str) -> Period:
        found = resolve(period, self.year) if self.year is not None else period
        if found.first is not None and self.year is not None and found.first > self.year:
            found = replace(found, target=True)
        return found


def _plan_of(period: Period) -> Period:
    """年均 speaks of several years: where only one is named, of its five-year plan."""
    if period.last is None:
        return period
    first = period.last - (period.last - 1) % 5
    return replace(period, first=first, last=first + 4)


def _is_base(text: str, period: Period) -> bool:
    """比上年增长: the year is what the figure is held against, not its own."""
    return re.search(r"(?:比|较|与|和|同)$", text[: period.start]) is not None
