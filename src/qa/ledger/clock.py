"""The clock: for when a figure holds, where its clause doesn't say."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.figures import find_quantities
from qa.ledger.words import has
from qa.lexicon import without, words
from qa.periods import Period, find_periods, resolve
from qa.text import fold, sentences
from qa.types import Report, Section

_AHEAD = re.compile(
    r"力争|目标[是为]|预期目标|确保|(?:将|要)(?:达到|实现|建成|完成|新增)|(?:^|，|\d年|今年|明年)(?:计划|拟)"
)

_WITHIN = ("全年", "年内", "年度内")
"""Of the year that is spoken of anyway, be it the next one."""

_QUOTED = re.compile(r"[“‘][^”’]*[”’]")

# 全区有280万农牧民, 还有63万失能老人: what there is, said among what is still to be done.
_STANDS = re.compile(r"(?:^|[现还仍共已]|目前|[全我][省市区县州国])有[约近超]?(?:$|\d)")

# How a speaker turns to a period: 各位代表！刚刚过去的2025年, ——这五年
_OPENING = re.compile(r"^[—–-]*(?:各位代表)?[！!，,：:]?(?:刚刚过去的|回首|回顾|总结)?")
# 创10年来新高, 6年来首次: the years are what the figure is held against.
_RECORD = re.compile(r"[的，]?(?:首|最|新高|新低|同期|第一|未有|罕见|平均)")

# 1961年以来最热: how rare it is.
_SINCE = re.compile(
    r"(?:以来|至今|有[^，。]{0,6}以来)[^，。\d]{0,6}?(?:最[高低大多少热冷强]|首次|新高|新低|罕见)"
)
# 做好“十五五”规划编制工作 speaks of a paper.
_PLANNING = re.compile(
    r"(?:规划)?(?:编制|纲要|建议|草案)|[^，。；、\d]{0,14}(?:方案|专项规划)(?=[，。、；和与及])"
)


class Clock:
    """Which period the text is speaking of: report's year < section's title < lead-in < paragraph."""

    def __init__(self, report: Report) -> None:
        self.year = report.year
        self.default = Period(0, 0, "", report.year, report.year, False, "year")
        self.section: Section | None = None
        self.turned: dict[str, Period] = {}  # where a titled part has turned to another period
        self.in_section = self.default
        self.in_block = self.default
        self.in_sentence = self.default

    def enter(self, section: Section | None, block: str) -> None:
        if section is not self.section:
            self.section = section
            before, self.in_section = self.in_section, self._of_titles(section)
            if turned := self.turned.get(_part(section)):
                self.in_section = turned
            elif before.target and _says_nothing(section):
                self.in_section = before  # 三、加强政府自身建设: still to be done
        lead = self._leading(block)
        # The day on which a speech was held is no time that it speaks of.
        if lead and "日" not in lead.text and len(block) < 60 and not find_quantities(block):
            self.in_section = replace(lead, target=lead.target or self.in_section.target)
        self.in_block = lead or self.in_section
        self._turn(block)

    def _turn(self, block: str) -> None:
        """Where a section looks back on several periods, the one that it turns to holds on.

        过去五年 and 刚刚过去的2025年 hold beyond their paragraph, until the next of their kind. They
        open one, or close one that has no figures: 2025年是收官之年。五年来，我们感恩奋进。
        """
        titles = "".join(_titles(self.section))
        if self.year is None:
            return
        if _says_nothing(self.section) and (lead := self._leading(block)):
            if lead.first == lead.last == self.year + 1 and "日" not in lead.text:
                # 2025年是…之年, 今年的主要预期目标是: from here on it is still to be done.
                lead = replace(lead, target=True)
                self.in_section = self.turned[_part(self.section)] = lead
            return
        if not has(titles, words("clause", "done")):
            return
        named = [(p.first, p.last) for p in find_periods(titles)]
        for start, stop in sentences(block):
            lead = self._leading(block[start:stop])
            if lead is None and not start:
                # 我们编制了“十五五”规划纲要: where the title has that plan too, it comes now.
                plans = [p for p in find_periods(block[:stop]) if (p.first, p.last) in named]
                ahead = [p for p in plans if p.first is not None and p.first > self.year]
                lead = self._resolve(ahead[0], "") if ahead else None
            if lead is None or lead.first is None or lead.last is None:
                continue
            if start and _measured(block[start:]):
                continue
            span = (lead.first, lead.last)
            if lead.target:
                turns = span in named and lead.first > self.year
            elif span == (self.year, self.year):
                turns = "过去" in block[start : start + 16] or lead.text.startswith("一年")
            else:
                turns = span in named or span == (self.year - 4, self.year)
            if turns:
                self.in_section = self.turned[_part(self.section)] = lead

    def sentence(self, text: str) -> None:
        lead = self._leading(text)
        if lead and self.in_section.target and (lead.last or 0) > (self.in_section.last or 0):
            # 围绕“十五五”规划谋划项目。力争…: the plan comes up, and the year is what holds on.
            self.in_sentence = lead
            return
        if lead:
            self.in_block = lead
        self.in_sentence = self.in_block

    def at(self, text: str, clause: tuple[int, int], before: int) -> Period:
        """The period of a figure: the last one named before it in the sentence, else what holds."""
        named = [
            p
            for p in find_periods(text[:before])
            if not _is_base(text, p) and not _is_start(text, p, before)
        ]
        within = named and named[-1].text in _WITHIN and self.in_sentence.target
        found = self.in_sentence
        if named and not within:
            found = self._resolve(named[-1], text[clause[0] : before])
        own = text[clause[0] : before]
        if _AHEAD.search(own):
            found = replace(found, target=True)
        elif not named and found.target and _STANDS.search(own):
            found = self.default
        spoken = without(own[-8:], "clause", "mean_of_year")
        several = "年均" in spoken or "平均每年" in spoken
        if several and found.first == found.last:
            found = self._years_of(found)
        return found

    def _years_of(self, period: Period) -> Period:
        """The years that what holds speaks of and that the period is one of, else those of its plan."""
        for years in (self.in_sentence, self.in_block, self.in_section, self.default):
            if years.first is None or years.last is None or period.last is None:
                continue
            if years.first < years.last and years.first <= period.last <= years.last:
                return years
        return _plan_of(period)

    def _of_titles(self, section: Section | None) -> Period:
        found = self.default
        marks = words("clause", "target")
        for title in _titles(section):
            periods = [self._resolve(p, title) for p in find_periods(title)]
            done = has(title, words("clause", "done"))
            target = has(_QUOTED.sub("", title), marks) and not done
            if done:  # 一、2024年工作回顾（一）锚定目标攻坚: what follows is done, unless 下一步
                marks = words("clause", "next")
            if periods:
                # 2025年及“十四五”时期工作回顾: what stands alone is said of the year itself.
                found = min(periods, key=lambda p: (p.last or 0) - (p.first or 0))
            if target or (done and (found.first or 0) <= (self.year or 0)):
                found = replace(found, target=target)
            if target and not periods and found.last == self.year and self.year is not None:
                found = replace(found, first=self.year + 1, last=self.year + 1)
        return found

    def _leading(self, text: str) -> Period | None:
        opening = _OPENING.match(text)
        text = text[opening.end() :] if opening else text
        periods = find_periods(re.split(r"[，,。；;：:]", text, maxsplit=1)[0][:24])
        if not periods or periods[0].start > 8 or _is_base(text, periods[0]):
            return None
        if _is_start(text, periods[0], len(text)):
            return None  # 出口由1997年的1828亿美元增加到…: from then on nothing is of 1997
        if periods[0].text in _WITHIN and self.in_section.target:
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
    """比上年增长, 创10年来新高: the years are what the figure is held against, not its own."""
    several = period.kind == "relative" and period.text[-1] in "年来" and "年" in period.text
    if (several and _RECORD.match(text, period.stop)) or _PLANNING.match(text, period.stop):
        return True
    if _SINCE.match(text, period.stop):
        return True
    # 提前完成“十四五”目标 is said of the year.
    return re.search(r"(?:比|较|与|和|同|完成|实现)$", text[: period.start]) is not None


def _is_start(text: str, period: Period, before: int) -> bool:
    """由2003年的77%提高到96%: the year is that of what it came from."""
    from_ = re.search(r"[从由]$", text[: period.start]) is not None
    return from_ and re.search(r"\d.*(?:到|至|为|达)", text[period.stop : before]) is not None


def _titles(section: Section | None) -> tuple[str, ...]:
    """The titles that a text stands under, without the report's own, whose year is its date."""
    if section is None:
        return ()
    own = len(section.path) > section.level or section.path[0].endswith(("报告", "公报"))
    return section.path[1:] if own else section.path


def _says_nothing(section: Section | None) -> bool:
    """Whether the titles say neither when nor that something is done, nor stand apart."""
    titles = _titles(section)
    marks = (*words("clause", "done"), *words("clause", "target"), *words("clause", "apart"))
    return bool(titles) and not any(find_periods(t) or has(t, marks) for t in titles)


def _measured(text: str) -> bool:
    """Whether a text has figures in digits, other than a count of years."""
    return any(
        q.kind != "date" and q.unit != "年" and re.search("[0-9]", fold(q.text))
        for q in find_quantities(text)
    )


def _part(section: Section | None) -> str:
    """The titled part of a report that a section lies in: the outermost title that says when."""
    for title in section.path if section else ():
        if find_periods(title):
            return title
    return section.path[-1] if section else ""
