"""The times a text speaks of: years, spans of years, five-year plans, 去年 and its like.

A period is found as printed (`find_periods`), given years against the year that a report is about
(`resolve`), and named in one way (`label`), so that two names of one span compare equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from qa.text import fold

PeriodKind = Literal["year", "years", "part", "named", "relative"]


@dataclass(frozen=True, slots=True)
class Period:
    """A time as printed at start..stop. `first` and `last` are years, None while unresolved.

    `kind`: year (2023年), years (2021—2025年), part (2023年1—9月, 上半年), named (“十四五”时期),
    relative (去年, 过去五年). `target`: the text looks ahead to it (到2030年, 2024年目标).
    """

    start: int
    stop: int
    text: str
    first: int | None
    last: int | None
    target: bool = False
    kind: PeriodKind = "year"


_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "十": 10}
# A work report is given early in the year after the one that it reports on.
_OFFSETS = {
    "前年": -1, "前一年": -1, "上年": -1, "上一年": -1, "上年度": -1, "上一年度": -1,
    "去年": 0, "过去一年": 0, "过去的一年": 0, "一年来": 0, "一年以来": 0, "当年": 0, "本年": 0,
    "本年度": 0, "全年": 0, "年内": 0, "年度内": 0,
    "今年": 1, "今年内": 1, "明年": 2,
}  # fmt: skip
# 账上一年进几个亿, 网上一年卖多少: 上 belongs to the noun.
_NOUN_BEFORE = dict.fromkeys(
    ("上一年", "上年"), "(?<![账路网矿地街船车天线身手海河山水村县市乡省会台桌桥岸算])"
)
# 学前一年, 提前一年
_NOUN_BEFORE["前一年"] = "(?<![学提以之年])"
# 2025年内蒙古 speaks of 内蒙古.
_WORDS = [
    # … and 上年纪的 of the old.
    _NOUN_BEFORE.get(word, "")
    + re.escape(word)
    + {"年内": "(?!蒙古)", "上年": "(?!纪|龄|岁)", "一年": "(?!级)"}.get(word[-2:], "")
    for word in _OFFSETS
]
_PLAN_MARK = "”’」』\"'"

_SEP = r"\s?(?:[-–—―~～]{1,2}|至|到)\s?"
_YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][〇零九][〇零一二三四五六七八九]{2})"
_COUNT = r"(?:[0-9]{1,2}|[一二两三四五六七八九十])"
_SEVERAL = r"(?:(?<![0-9])(?:[2-9]|1[0-9])|[二两三四五六七八九十])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_PART = rf"""
    (?: [上下]半年 | 前?(?:第)?[一二三四两1-4]\s?(?:个)?季度 | 前\s?{_COUNT}\s?个?月
      | {_MONTH}(?:\s?月?{_SEP}{_MONTH})?\s?月(?!后|市|三(?!十))(?:份|底|末|初|[0-9]{{1,2}}日)? )
"""
_PATTERN = re.compile(
    rf"""
    (?P<early>[“"‘「]?(?:十[一二三四五六七八九]?)五[{_PLAN_MARK}]?(?:时期|期间|规划)?)的?[前头]\s?(?P<years>[二两三四])\s?年
  | (?<![0-9])(?P<from>{_YEAR})\s?年?{_SEP}(?P<to>{_YEAR})\s?年
  | (?<![0-9])(?P<year>{_YEAR})\s?年(?:度|底|末|初)?(?:\s?(?P<part>{_PART}))?
  | 第(?P<nth>十[一二三四五六七八九]?)个五年(?:规划|计划)(?:期间|时期)?
  | (?P<open>[“"‘「]?)(?P<plan>十[一二三四五六七八九]?|[一二三四五六七八九])五
        (?P<close>[{_PLAN_MARK}]?)
        (?P<tail>时期|期间|以来|规划期内|规划期|规划|五年间|五年|期末|末)?
  | (?P<ahead>未来|今后|接下来的?)\s?(?P<next>{_COUNT})\s?年
  | (?:过去的?|近|这|最近|前|以往)\s?(?P<past>{_SEVERAL})\s?年(?:来|间|以来|中|里)?
  | (?P<since>{_SEVERAL})\s?年(?:来|以来|间)|(?<![0-9十二三四])(?P<plain>五)年里
  | (?P<word>{"|".join(sorted(_WORDS, key=len, reverse=True))})(?:\s?(?P<wordpart>{_PART})|[底末](?!端))?
  | (?<![0-9年前第上下])(?P<bare>{_PART})
    """,
    re.VERBOSE,
)
_AHEAD = re.compile(r"(?:^|[，。；：、,;:（\s])(?:力争|预计|计划)?[到至]$")
_TARGET = re.compile(r"[的]?(?:主要|预期|工作|发展)*(?:目标|预期|计划|力争|拟)")


def find_periods(text: str) -> tuple[Period, ...]:
    """The periods of a text in reading order, none overlapping another, with exact spans."""
    return tuple(_find(text))


def resolve(period: Period, year: int) -> Period:
    """The period with its years, seen from a report about `year`: 去年 is that year, 今年 the next.

    A period that has its years already is returned as it is.
    """
    if period.first is not None:
        return period
    text = fold(period.text)
    match = _PATTERN.match(text)
    if match is None:
        return period
    if match["next"]:
        return replace(period, first=year + 1, last=year + _small(match["next"]), kind="years")
    if count := match["past"] or match["since"] or match["plain"]:
        return replace(period, first=year - _small(count) + 1, last=year, kind="years")
    shift = _OFFSETS.get(match["word"] or "", 0)
    kind: PeriodKind = "part" if match["wordpart"] or match["bare"] else "year"
    return replace(period, first=year + shift, last=year + shift, kind=kind)


def label(period: Period) -> str:
    """One name for one span: 2023年, 2023年1—9月, “十四五”时期, 2019—2022年."""
    if period.first is None or period.last is None:
        return period.text
    if period.first == period.last:
        return f"{period.first}年{part(period.text) if period.kind == 'part' else ''}"
    if plan := _plan(period.first, period.last):
        return f"“{plan}”时期"
    return f"{period.first}—{period.last}年"


def _find(text: str) -> Iterator[Period]:
    folded = fold(text)
    for match in _PATTERN.finditer(folded):
        start, stop = match.span()
        first, last = _years(match)
        kind = _kind(match)
        if match["plan"] and not _is_plan(match):
            continue
        if match["plan"] and match["tail"] in ("末", "期末"):
            first, kind = last, "year"
        named = match["year"] or match["plan"]
        ahead = match["ahead"] or (named and _AHEAD.search(folded[max(0, start - 6) : start]))
        target = bool(ahead or _TARGET.match(folded, stop))
        yield Period(start, stop, text[start:stop], first, last, target, kind)


def _is_plan(match: re.Match[str]) -> bool:
    # 十五 is fifteen and 九五 a law-school term unless more says that a plan is meant.
    number = _small(match["plan"])
    before = match.string[match.start() - 1 : match.start()] if match.start() else ""
    quoted = bool(match["open"] and match["close"])
    if before in tuple("第一二三四五六七八九十百千万"):
        return False
    if number <= 10:
        return match["tail"] in ("时期", "期间", "以来", "末", "期末") and (number > 2 or quoted)
    return True


def _kind(match: re.Match[str]) -> PeriodKind:
    if match["from"] or match["early"]:
        return "years"
    if match["year"]:
        return "part" if match["part"] else "year"
    if match["nth"] or match["plan"]:
        return "named"
    return "part" if match["bare"] or match["wordpart"] else "relative"


def _years(match: re.Match[str]) -> tuple[int | None, int | None]:
    if match["early"]:  # “十一五”前四年
        first = _begins(_small(match["early"].strip("“”\"‘’「」'").partition("五")[0]))
        return first, first + _small(match["years"]) - 1
    if match["from"]:
        return _year(match["from"]), _year(match["to"])
    if match["year"]:
        return _year(match["year"]), _year(match["year"])
    if plan := match["nth"] or match["plan"]:
        number = _small(plan)
        first = _begins(number)
        return first, first + 4
    return None, None


def _begins(number: int) -> int:
    """The first year of a five-year plan."""
    # 1963–65 belongs to no plan; from the third on they follow each other
    return 1966 + 5 * (number - 3) if number >= 3 else 1953 + 5 * (number - 1)


def _plan(first: int, last: int) -> str | None:
    number, rest = divmod(first - 1966, 5)
    number += 3
    if rest or last != first + 4 or not 3 <= number <= 19:
        return None
    ones = "〇一二三四五六七八九"[number % 10] if number % 10 else ""
    return ("十" if number >= 10 else "") + ones + "五"


def part(text: str) -> str:
    """The part of a year that a period names, "" for whole years: 三季度, 上半年, 1—9月."""
    match = _PATTERN.match(fold(text))
    if match is None:
        return ""
    return match["part"] or match["wordpart"] or match["bare"] or ""


def months(part: str) -> str:
    """A part of a year by its months, so that two names of one part compare equal: 1-6 for 上半年,
    前六个月 and 1—6月; the part itself where it has no such other name.
    """
    part = re.sub(r"\s", "", part)
    if half := {"上半年": "1-6", "下半年": "7-12"}.get(part):
        return half
    if match := re.fullmatch(r"(前)?(第)?([一二三四两1-4])(个)?季度", part):
        last = _small(match[3]) * 3
        several = match[1] or (match[4] and not match[2])
        return f"{1 if several else last - 2}-{last}"
    if match := re.fullmatch(rf"前({_COUNT})个?月", part):
        return f"1-{_small(match[1])}"
    if match := re.fullmatch(rf"({_MONTH})月?(?:{_SEP}({_MONTH}))?月(?:份|底|末|初)?", part):
        first = _small(match[1])
        return f"{first}-{_small(match[2]) if match[2] else first}"
    return part.removeprefix("第")


def _small(word: str) -> int:
    """A count up to nineteen, in digits or Chinese."""
    if word.isascii():
        return int(word)
    return sum(_DIGITS[c] for c in word)


def _year(word: str) -> int:
    return int(word) if word.isascii() else int("".join(str(_DIGITS[c]) for c in word))
