"""A question's slips are mended where the report leaves no doubt, and only there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes import BigramEncoder
from qa.index import Index, build_index
from qa.report import parse_report, passages, read_report
from qa.respell import respell, to_simplified, unpack
from qa.training.bigrams import AT_LEAST, count, pack

if TYPE_CHECKING:
    from pathlib import Path

    from qa.types import Report

REPORT = """北川县报告
县委理论学习中心组开展专题研讨九次，完成低氮锅炉改造三百蒸吨。
宁静小区覆盖率达到六成。
绵羊存栏两万只。全市运动场馆四座。
"""


def index_of(report: Report) -> Index:
    return build_index([report], BigramEncoder(), figures=[], passages=passages(report))


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(parse_report(REPORT, "北川"))


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("宁境小曲复盖律是多少", "宁静小区覆盖率是多少"),
        ("低蛋锅炉改了多少正吨", "低氮锅炉改了多少蒸吨"),
        ("妍讨搞了几次", "研讨搞了几次"),
    ],
)
def test_a_slip_that_sounds_like_the_report_is_mended(index: Index, slip: str, meant: str) -> None:
    assert respell(slip, index) == meant


@pytest.mark.parametrize(
    "right",
    [
        "青海湖的门票多少钱一张？",
        "坐高铁到兰州要多久",
        "护照到期了去哪里换",
        "绵阳的经济总量是多少",
        "成都世运会拿了几枚金牌",
        "PM2.5降到了多少？",
        "",
        "？",
        "𠮷野家有几家",
    ],
)
def test_words_that_the_report_lacks_stay_as_they_are(index: Index, right: str) -> None:
    assert respell(right, index) == right


def test_a_doubtful_slip_stays(index: Index) -> None:
    doubtful = index_of(parse_report("报告\n区委开会。\n区卫换届。\n", "两可"))
    assert respell("区萎", doubtful) == "区萎"


def test_of_the_known_questions_only_the_misspelt_ones_change(shared: Path) -> None:
    index = index_of(read_report(shared / "report" / "chengxi-2023.txt"))
    changed = set()
    for name in ("chengxi", "provinces"):
        for line in (shared / "questions" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            question = to_simplified(row["question"])
            if respell(question, index) != question:
                changed.add(row["id"])
    assert changed == {"q-098", "q-099", "q-106"}


@settings(deadline=None)
@given(st.text())
def test_no_question_grows_or_shrinks(index: Index, text: str) -> None:
    assert len(respell(text, index)) == len(text)
    assert len(to_simplified(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("城西區拆牆透綠一共拆了多少公里護欄？", "城西区拆墙透绿一共拆了多少公里护栏？"),
        ("政務服務中心把事項優化整合成了幾類", "政务服务中心把事项优化整合成了几类"),
        ("頭髮與發展", "头发与发展"),
        ("乾隆年间的著作", "乾隆年间的著作"),
        ("GDP 2.0", "GDP 2.0"),
    ],
)
def test_traditional_characters_become_simplified(text: str, simplified: str) -> None:
    assert to_simplified(text) == simplified


def test_pairs_seen_often_enough_survive_packing() -> None:
    pairs = count(["森林，森岭"] * (AT_LEAST - 1) + ["湖泊 森林"] + ["a森\U00020bb7"])
    assert [int(p).to_bytes(4, "big").decode("gb2312") for p in unpack(pack(pairs))] == ["森林"]
