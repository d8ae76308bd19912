"""What is reckoned, inherited and told apart between figures; each test fails without its rule."""

from __future__ import annotations

import pytest

from qa import Bot
from qa.bot import make_index
from qa.encode import open_encoder
from qa.report import parse_report
from yunshui import bot_of, stated

TEXT = """
规上工业增加值增长8.3%，高于全国2.5个百分点。城镇调查失业率4.5%、低于全国0.6个百分点。
发放社会救助资金1.2亿元、惠及3万人。新增新能源装机125万千瓦、总量达到643万千瓦。
一般公共预算收入预计完成18.4亿元。接待游客273万人次。每千人口托位数4.7个。
第一产业增加值增长6.6%，第二产业增加值增长7.6%。原煤、原油、天然气产量达到66万吨、12万吨、9亿立方米。
食糖产量连续33个榨季排全省第一，水果产量连续7年排全省第一。
工业对地区生产总值增长贡献率45%。老旧小区改造惠及居民6482户。

县里开会总结：一般公共预算收入完成18.4亿元。
"""


@pytest.fixture(scope="module")
def bot() -> Bot:
    return bot_of(TEXT)


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("推算一下，去年全国规上工业增加值增速是多少？", "5.8%"),
        ("推算一下，去年全国城镇调查失业率是多少？", "5.1%"),
        ("社会救助资金平均到每个人头上多少钱？", "4000元"),
        ("倒推一下，前一年的新能源装机是多少？", "518万瓦"),
    ],
)
def test_what_the_report_does_not_print_is_reckoned_from_what_stands_beside(
    bot: Bot, question: str, result: str
) -> None:
    (derived,) = bot.ask(question).derived
    assert derived.formula.split()[-1].replace("千瓦", "瓦") == result.replace("千瓦", "瓦")


def test_the_same_value_as_expected_and_as_done_is_said_so_with_both_receipts(bot: Bot) -> None:
    answer = bot.ask("一般公共预算收入是多少？")
    assert {figure.qualifier for figure in answer.figures} == {"预计", ""}
    assert "两次" in answer.text
    assert len(answer.citations) == 2


@pytest.mark.parametrize("question", ["去年的外国游客有多少人次？", "一共有多少个托位？"])
def test_neither_a_part_nor_a_mean_is_given_for_the_whole(bot: Bot, question: str) -> None:
    assert not {"273万人次", "4.7个"} & set(stated(bot, question))


def test_a_judgement_of_its_own_takes_nothing_from_the_question_before(bot: Bot) -> None:
    before = "老旧小区改造惠及居民多少户？"
    assert stated(bot, before) == ["6482户"]
    assert stated(bot, "老百姓看病方便吗？", before) == []
    assert stated(bot, "这个县的空气好不好？", before) == []


def test_a_follow_up_by_how_puts_one_thing_in_anothers_place(bot: Bot) -> None:
    assert stated(bot, "第二产业又如何？", "第一产业增加值增长了多少？") == ["7.6%"]


def test_three_things_and_three_figures_are_dealt_out_without_a_word_for_it(bot: Bot) -> None:
    assert stated(bot, "原油产量是多少？") == ["12万吨"]


def test_how_long_something_lasts_is_stated_and_checked(bot: Bot) -> None:
    assert bot.ask("水果产量已经连续33年排全省第一了，对不对？").verdict == "contradicted"


def test_what_something_contributes_to_a_growth_is_a_share(bot: Bot) -> None:
    measures = {figure.text: figure.measure for figure in bot.ledger()}
    assert measures["45%"] == "share"


def test_a_town_in_the_province_does_not_answer_for_the_province() -> None:
    text = "2024年，酒泉地区生产总值1042亿元。\n\n"
    report = parse_report(f"# 甘肃省报告\n\n{text}", "甘肃", place="甘肃省", year=2024)
    assert stated(Bot(make_index([report], open_encoder())), "地区生产总值是多少？") == []
