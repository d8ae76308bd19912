"""Which figures stand in one chart: only those that can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

import pytest

from qa.app.comparable import TELLING, Choice, Wish, choose, looks_ahead
from qa.app.drawing import Bar, Frame, svg
from qa.app.sifting import signed
from qa.ledger import build_ledger
from qa.report import parse_report
from qa.types import Figure, Report
from yunshui import TEXT

OTHER = """# 石门县2024年政府工作报告

2024年，全县地区生产总值达到200亿元，同比增长7.2%。茶叶产量3.5万吨，增长2%。
"""
MANY = "# 丙县2024年报告\n\n" + "\n\n".join(
    f"2024年，丙县{name}产量增长{n}%。"
    for n, name in enumerate("稻麦玉薯豆棉油糖菜果茶桑药林牧渔", 1)
)


def ledger(*texts: tuple[str, str]) -> tuple[list[Figure], dict[str, Report]]:
    reports = {id_: parse_report(text, id_, place=f"{id_}县", year=2024) for text, id_ in texts}
    return [f for report in reports.values() for f in build_ledger(report)], reports


@pytest.fixture(scope="module")
def county() -> tuple[list[Figure], dict[str, Report]]:
    return ledger((TEXT, "云水"))


def chosen(county: tuple[list[Figure], Mapping[str, Report]], wish: Wish) -> Choice:
    choice = choose(*county[:1], wish, county[1])
    assert choice is not None
    return choice


@pytest.mark.parametrize("kind", ["growth", "level", "share", "count"])
@pytest.mark.parametrize("ahead", [False, True])
def test_one_chart_has_one_unit_one_period_and_targets_apart(
    county: tuple[list[Figure], dict[str, Report]], kind: str, ahead: bool
) -> None:
    choice = chosen(county, Wish(kind=kind, ahead=ahead))
    assert choice.kind == kind
    assert choice.figures
    assert {f.unit for f in choice.figures} == {choice.unit}
    assert {f.period for f in choice.figures} == {choice.period}
    assert {looks_ahead(f) for f in choice.figures} == {choice.ahead}
    if not choice.ahead:
        assert {f.measure for f in choice.figures} == {kind}


def test_growth_is_ranked_and_a_decline_stands_below_zero(
    county: tuple[list[Figure], dict[str, Report]],
) -> None:
    choice = chosen(county, Wish())
    values = [signed(f, county[1]) for f in choice.figures]
    assert choice.kind == "growth"
    assert values == sorted(values, reverse=True)
    assert (choice.figures[-1].text, values[-1]) == ("2.3%", Decimal("-2.3"))


def test_ranks_grades_and_dates_are_in_no_chart() -> None:
    figures, reports = ledger(("# 甲县2024年报告\n\n2024年，甲县经济总量居全市第三位。\n", "甲"))
    assert figures
    assert choose(figures, Wish(), reports) is None


def test_a_unit_is_chosen_and_what_does_not_occur_is_as_if_not_asked(
    county: tuple[list[Figure], dict[str, Report]],
) -> None:
    choice = chosen(county, Wish(kind="level", unit="吨"))
    assert {f.unit for f in choice.figures} == {"吨"}
    assert chosen(county, Wish(kind="level", unit="光年")).unit == choice.units[0]
    assert chosen(county, Wish(kind="pie")).kind == "growth"


def test_the_indicators_that_were_chosen_are_drawn_and_no_others(
    county: tuple[list[Figure], dict[str, Report]],
) -> None:
    choice = chosen(county, Wish(names=("茶叶产量", "没有")))
    assert [f.text for f in choice.figures] == ["9.5%"]
    assert chosen(county, Wish(names=())).figures == ()


def test_unless_chosen_the_most_telling_are_drawn() -> None:
    choice = chosen(ledger((MANY, "丙")), Wish())
    assert len(choice.names) == 16
    assert len(choice.figures) == TELLING


def test_of_several_reports_the_indicator_that_they_share_comes_first() -> None:
    choice = chosen(ledger((TEXT, "云水"), (OTHER, "石门")), Wish())
    assert set(choice.names[:2]) == {"地区生产总值", "茶叶产量"}
    assert {f.text for f in choice.figures} >= {"6.1%", "7.2%"}
    assert {f.report for f in chosen(ledger((OTHER, "石门")), Wish(report="石门")).figures} == {
        "石门"
    }


def test_what_a_report_says_twice_is_drawn_once() -> None:
    twice = "# 丁县2024年报告\n\n2024年，丁县茶叶产量增长3%。\n\n2024年，丁县茶叶产量增长3%。\n"
    assert len(chosen(ledger((twice, "丁")), Wish()).figures) == 1


def test_the_axis_counts_in_numbers_that_are_read_at_once() -> None:
    frame = Frame("占比", "单位：%", "来源：甲", width=400, full=100)
    picture = svg((Bar("甲", "65%", 65.0), Bar("乙", "7%", 7.0)), frame, lambda i: f'id="{i}"', "x")
    assert ">20<" in picture
    assert not re.search(r">\d+e\+\d+<", picture)
    assert re.findall(r'<path id="(\d)"', picture) == ["0", "1"]
