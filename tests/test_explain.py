"""Why an answer is what it is: the rule that decided, the slots, the parts of every score."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from qa import Bot
from qa.choose.choice import RULES, Rule
from qa.choose.explain import explain, filled
from qa.choose.score import weighted
from qa.cli.explanation import SLOTS, print_all
from qa.question import Ask
from qa.types import Slot
from yunshui import bot_of, open_bot


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    return open_bot(tmp_path_factory.mktemp("report"))


@pytest.mark.parametrize(
    ("question", "rules"),
    [
        ("粮食产量有多少万吨？", ["sure"]),
        ("粮食产量是24.7万吨吗？", ["stated"]),
        ("高铁里程是多少公里？", ["unsure"]),
        ("哪个镇有银龄食堂？", ["fact"]),
        ("谁主持了高铁动工典礼？", ["no_fact"]),
        ("老旧小区改造有哪些数字？", ["list"]),
        ("主要预期目标有哪些数字？", ["sentence"]),
        ("学校新建几所，名额多少个？", ["sure", "sure"]),
        ("是多少呢？", ["no_words"]),
        ("粮食和茶叶产量分别是多少？", ["sure", "sure"]),
    ],
)
def test_each_thing_asked_tells_the_rule_that_decided(
    bot: Bot, question: str, rules: list[Rule]
) -> None:
    assert [choice.rule for choice in bot.explain(question)] == rules


def test_the_operands_of_what_is_reckoned_are_explained(bot: Bot) -> None:
    level, growth = bot.explain("由今年反推，2023年地区生产总值是多少？")
    assert (level.ask.measure, growth.ask.measure) == ("level", "growth")


def test_every_rule_is_said_in_chinese_and_english() -> None:
    assert set(RULES) == set(get_args(Rule))
    for chinese, english in RULES.values():
        assert chinese.endswith("。")
        assert english.isascii()


def test_every_slot_has_a_chinese_name() -> None:
    internal = {"text", "terms", "query", "lexicon"}
    assert {field.name for field in fields(Ask)} - internal | set(get_args(Slot)) <= set(SLOTS)


def test_what_is_explained_is_what_is_answered(bot: Bot) -> None:
    for question in ("地区生产总值是多少？", "城镇和农村居民收入分别增长多少？", "有哪些学校？"):
        explained = [figure for choice in bot.explain(question) for figure in choice.figures]
        assert tuple(explained) == bot.ask(question).figures


def test_history_is_explained_too(bot: Bot) -> None:
    (choice,) = bot.explain("那茶叶产量呢？", ["粮食产量增长多少？"])
    assert [figure.text for figure in choice.figures] == ["9.5%"]


def test_only_filled_slots_are_told(bot: Bot) -> None:
    (ask,) = bot.parse("2024年地区生产总值增长多少？").asks
    slots = filled(ask)
    assert slots["measure"] == "growth"
    assert slots["period"] == "2024年"
    assert not {"places", "target", "head", "stated"} & set(slots)


def test_the_parts_of_a_score_add_up_to_it_largest_first(bot: Bot) -> None:
    (choice,) = bot.explain("粮食产量有多少万吨？")
    for candidate in choice.candidates:
        parts = weighted(candidate)
        assert sum(parts.values()) == pytest.approx(candidate.score)
        sizes = [abs(value) for value in parts.values()]
        assert sizes == sorted(sizes, reverse=True)
        assert 0.0 not in sizes


def test_terms_are_told_with_their_official_names(bot: Bot) -> None:
    (choice,) = bot.explain("GDP是多少？")
    assert explain(choice)["terms"][0]["official"] == "地区生产总值"


def test_a_candidate_that_is_out_tells_which_slot_fails(bot: Bot) -> None:
    (choice,) = bot.explain("2024年地区生产总值增长多少？")
    fails = {c["figure"].text: c["fails"] for c in explain(choice)["candidates"]}
    assert fails["6.1%"] == ()
    assert "period" in fails["6.5%"]
    assert "measure" in fails["312.6亿元"]


def test_a_person_is_shown_ten_candidates(bot: Bot, capsys: pytest.CaptureFixture[str]) -> None:
    choices = bot.explain("粮食产量有多少万吨？")
    assert len(choices[0].candidates) > 10
    print_all(choices)
    printed = capsys.readouterr().out
    assert sum(line.startswith(("  ✓", "  ✗", "  ·")) for line in printed.splitlines()) == 10
    assert "✓ 24.7万吨" in printed
    assert "sure" in printed


def test_what_is_explained_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_all(bot_of("全县粮食产量24.7万吨。").explain("\x1b[31m粮食产量是多少？"))
    assert "\x1b" not in capsys.readouterr().out
