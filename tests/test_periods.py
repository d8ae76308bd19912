"""Periods: what time a text speaks of, and one name for it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.periods import Period, find_periods, label, resolve


def one(text: str) -> Period:
    (found,) = find_periods(text)
    return found


@pytest.mark.parametrize(
    ("text", "printed", "kind", "first", "last"),
    [
        ("2023年全区财政收入", "2023年", "year", 2023, 2023),
        ("到了2025年底建成", "2025年底", "year", 2025, 2025),
        ("二〇二五年的成绩", "二〇二五年", "year", 2025, 2025),
        ("2021—2025年实施", "2021—2025年", "years", 2021, 2025),
        ("2019年至2022年连续增长", "2019年至2022年", "years", 2019, 2022),
        ("2023年1—9月完成", "2023年1—9月", "part", 2023, 2023),
        ("2024年上半年增长", "2024年上半年", "part", 2024, 2024),
        ("2025年一季度开工", "2025年一季度", "part", 2025, 2025),
        ("“十四五”时期年均增长", "“十四五”时期", "named", 2021, 2025),
        ("十五五期间要办的事", "十五五期间", "named", 2026, 2030),
        ("比“十三五”时期多", "“十三五”时期", "named", 2016, 2020),
        ("较“十三五”末增长", "“十三五”末", "year", 2020, 2020),
        ("第十四个五年规划纲要", "第十四个五年规划", "named", 2021, 2025),
        ("“九五”时期的工程", "“九五”时期", "named", 1996, 2000),
    ],
)
def test_a_period_is_found_as_printed_with_its_years(
    text: str, printed: str, kind: str, first: int, last: int
) -> None:
    found = one(text)
    assert (found.text, found.kind, found.first, found.last) == (printed, kind, first, last)
    assert text[found.start : found.stop] == found.text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("去年增长多少", "2025年"),
        ("过去一年的工作", "2025年"),
        ("今年的目标", "2026年"),
        ("明年开工", "2027年"),
        ("比上年增长", "2024年"),
        ("全年新增", "2025年"),
        ("年内完成", "2025年"),
        ("过去五年的成绩", "“十四五”时期"),
        ("五年来累计", "“十四五”时期"),
        ("近三年平均", "2023—2025年"),
        ("未来五年的任务", "“十五五”时期"),
        ("今年上半年", "2026年上半年"),
        ("前三季度", "2025年前三季度"),
        ("1—9月", "2025年1—9月"),
        ("2021—2025年", "“十四五”时期"),
        ("2020—2023年", "2020—2023年"),
    ],
)
def test_a_period_is_named_as_seen_from_a_report_on_2025(text: str, name: str) -> None:
    assert label(resolve(one(text), 2025)) == name


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("到2030年，人均产值翻番", True),
        ("力争到2027年建成", True),
        ("2024年目标是多少", True),
        ("今后五年要办的事", True),
        ("2023年完成投资", False),
        ("从2020年的3万元提高到2025年的5万元", False),
    ],
)
def test_a_period_that_the_text_looks_ahead_to_is_a_target(text: str, target: bool) -> None:
    assert [p.target for p in find_periods(text)][-1] is target


@pytest.mark.parametrize(
    "text", ["十五个村", "“九五”普法规划", "第五年级", "三分之二", "12个月以后", "工期30天"]
)
def test_what_is_no_period_is_left_alone(text: str) -> None:
    assert find_periods(text) == ()


def test_a_period_without_years_keeps_its_own_words_as_its_name() -> None:
    assert label(one("去年增长多少")) == "去年"


def test_resolving_twice_changes_nothing() -> None:
    once = resolve(one("近三年平均"), 2025)
    assert resolve(once, 1999) == once


WORDS = """
2023 2025 年 底 度 — 至 1 9 月 上半年 季度 第 一 三 十 四 五 “ ” 时期 末 过去 近 未来 来 去年 今年
全年 到 目标 ， 个 规划
"""
_WORDS = st.sampled_from(WORDS.split())


@settings(deadline=None, max_examples=300)
@given(st.lists(_WORDS, max_size=30).map("".join) | st.text(max_size=100), st.integers(1950, 2100))
def test_any_text_gives_spans_that_hold_and_periods_that_can_be_named(text: str, year: int) -> None:
    last = 0
    for period in find_periods(text):
        assert text[period.start : period.stop] == period.text
        assert last <= period.start < period.stop
        last = period.stop
        seen = resolve(period, year)
        assert seen.first is not None
        assert seen.last is not None
        assert label(seen)
