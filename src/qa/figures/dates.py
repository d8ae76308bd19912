"""Dates: years, months and days, told from durations (2025年 from 5年)."""

from __future__ import annotations

import re
from decimal import Decimal

from qa.figures.found import Found
from qa.figures.numerals import chinese, year
from qa.figures.reading import Source

_SEP = r"\ ?(?:[-–—―~～]{1,2}|至|到)\ ?"
_YEAR = r"(?:(?:18|19|20)[0-9]{2}|[一二][〇零一二三四五六七八九]{3})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"

_PATTERN = re.compile(
    rf"""
    (?:
        (?P<y1> {_YEAR} ) (?: \ ?年 (?={_SEP}) )? (?P<years> {_SEP} (?P<y2> {_YEAR} ) )? \ ?年
        (?: 度 | 底 | 末 | 初 )?
        (?: \ ? (?P<m1> {_MONTH} ) (?: \ ?月? {_SEP} (?P<m2> {_MONTH} ) )? \ ?月
            (?: \ ? (?P<d1> {_DAY} ) \ ?[日号] | 份 | 底 | 末 | 初 )?
        )?
      | (?P<m3> {_MONTH} ) (?: \ ?月? {_SEP} (?P<m4> {_MONTH} ) )? \ ?月
        (?: \ ? (?P<d2> {_DAY} ) \ ?[日号] | 份 | 底 | 末 | 初 )?
      | (?P<d3> 3[01] | [12][0-9] | 0?[1-9] ) \ ?日 (?![内均])
    )
    """,
    re.VERBOSE,
)
# 2023、2024年: the year that a list leaves without 年
_LISTED = re.compile(r"((?:19|20)[0-9]{2})(?=(?:[、和与](?:19|20)[0-9]{2}){1,8}年)")


def date(source: Source, start: int) -> Found | None:
    """2025年底, 2021—2025年, 10月31日, 1—9月; the value is yyyymmdd as far as it is given"""
    before = source.plain[max(0, start - 1) : start]
    if before and (before in "第0123456789.,前" or (before.isascii() and before.isalpha())):
        return None
    if match := _LISTED.match(source.masked, start):
        return Found(match.end(), "date", Decimal(match[1]), "年")
    match = _PATTERN.match(source.masked, start)
    if match is None or (match["m3"] and before and before in "十百千万零"):
        return None
    year_, month = match["y1"], match["m1"] or match["m3"]
    day = match["d1"] or match["d2"] or match["d3"]
    high = None
    if match["y2"]:
        high = _value(match["y2"], None, None)
    elif later := match["m2"] or match["m4"]:
        high = _value(year_, later, None)
    unit = "日" if day else "月" if month else "年"
    return Found(match.end(), "date", _value(year_, month, day), unit, high)


def _value(years: str | None, month: str | None, day: str | None) -> Decimal:
    parts = [part for part in (years, month, day) if part]
    if not years:
        return Decimal("".join(f"{_int(p):02}" for p in parts))
    return Decimal(f"{_year(years)}" + "".join(f"{_int(p):02}" for p in parts[1:]))


def _int(word: str) -> int:
    if word.isascii():
        return int(word)
    read = chinese(word)
    return int(read[0]) if read else 0


def _year(word: str) -> int:
    return int(word) if word.isascii() else year(word) or 0
