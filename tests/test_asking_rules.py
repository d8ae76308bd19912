"""How a question is taken: which ones, how long, of whom, from when; each test fails without its rule."""

from __future__ import annotations

import pytest

from qa import Bot
from yunshui import bot_of, stated

TEXT = """
# 云水县政府工作报告

## 一、2024年工作回顾
2024年，全县地区生产总值312.6亿元、增长6.1%，高于全市1.2个百分点。东港集装箱吞吐量突破40万标箱。
经营主体净增2.1万户，其中企业净增0.6万户。高新技术企业新增35家。人均生产总值8.9万元。
居民人均可支配收入3.2万元、增长5%。改造老旧小区47个。生产食盐21万吨，纯碱8万吨、增长12%。
技术人才新增1.9万人，技能人才新增2.6万人。县城到市区车程最短缩至25分钟，客流增长30%。
先进制造业增加值占规模以上工业比重36.7%，高技术制造业增加值占规模以上工业比重21.5%。
凤鸣古镇评上国家4A级旅游景区。城乡居民收入比缩小至2.31：1，17个村摘帽。
央地合作设立产业基金4只、总规模96亿元。运动员在全运会上获8金4银5铜。
一季度地区生产总值增长5.2%，四季度地区生产总值增长6.8%。

## 二、2025年工作安排
2025年，全县地区生产总值增长6.5%。改造老旧小区30个。城市和农村低保标准提高到900元/月和700元/月。
"""


@pytest.fixture(scope="module")
def bot() -> Bot:
    return bot_of(TEXT)


def test_which_ones_asks_for_a_name_and_checks_nothing(bot: Bot) -> None:
    answer = bot.ask("哪个古镇评上了国家4A级景区？")
    assert (answer.figures, answer.verdict) == ((), None)
    assert "凤鸣古镇" in answer.citations[0].text


def test_how_long_is_answered_by_a_time_though_a_growth_stands_beside_it(bot: Bot) -> None:
    assert stated(bot, "从县城去市区最快要多久？") == ["25分钟"]


def test_a_comma_between_two_numbers_withholds_no_answer(bot: Bot) -> None:
    assert stated(bot, "城乡居民收入比是多少？") == ["2.31：1"]


@pytest.mark.parametrize("question", ["去年云水县地区生产总值增长多少？", "GDP比全市高多少？"])
def test_what_stands_before_a_place_makes_no_other_place_of_it(bot: Bot, question: str) -> None:
    asked = bot.parse(question).asks[0]
    assert set(asked.places) <= {"云水县", "云水"}
    assert bot.ask(question).status == "answered"


def test_how_far_ahead_is_no_growth_and_a_growth_not_how_far_ahead(bot: Bot) -> None:
    assert stated(bot, "地区生产总值增速比全市高多少？") == ["1.2个百分点"]
    assert stated(bot, "去年地区生产总值增长百分之几？") == ["6.1%"]


def test_the_second_part_takes_the_measure_of_the_first(bot: Bot) -> None:
    assert stated(bot, "地区生产总值去年增长多少？今年定的目标又是多少？") == ["6.1%", "6.5%"]


def test_a_quarter_is_no_other_quarter(bot: Bot) -> None:
    answer = bot.ask("去年一季度和四季度，地区生产总值哪个季度增长更快？")
    assert {f.text for f in answer.figures} == {"5.2%", "6.8%"}


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("新增的技术人才多还是技能人才多？", {"1.9万人", "2.6万人"}),
        ("技术人才和技能人才，去年新增哪个更多？", {"1.9万人", "2.6万人"}),
    ],
)
def test_a_comparison_has_a_figure_for_each_side(
    bot: Bot, question: str, figures: set[str]
) -> None:
    answer = bot.ask(question)
    assert {figure.text for figure in answer.figures} == figures
    assert answer.ahead.startswith(("技能人才", "新增的技能人才"))


def test_this_years_target_is_held_against_last_years_result(bot: Bot) -> None:
    answer = bot.ask("今年计划改造的老旧小区比去年少多少个？")
    (derived,) = answer.derived
    assert derived.formula == "47个 − 30个 = 17个"


def test_a_mean_counts_by_any_measure_word(bot: Bot) -> None:
    (derived,) = bot.ask("产业基金平均每只规模有多大？").derived
    assert derived.formula == "96亿元 ÷ 4只 ≈ 24亿元"


def test_the_year_before_is_reckoned_where_the_question_says_so(bot: Bot) -> None:
    (derived,) = bot.ask("根据报告推算，2023年纯碱大约生产了多少万吨？").derived
    assert derived.formula == "8万吨 ÷ (1 + 12%) ≈ 7.14万吨"
    assert bot.ask("2022年纯碱大约生产了多少万吨？").derived == ()


def test_a_stated_figure_of_another_thing_is_contradicted_by_the_right_one(bot: Bot) -> None:
    answer = bot.ask("先进制造业占规上工业的比重是21.5%，对吗？")
    assert (answer.verdict, [f.text for f in answer.figures]) == ("contradicted", ["36.7%"])


def test_more_than_so_much_is_not_borne_out_by_another_scale(bot: Bot) -> None:
    assert bot.ask("地区生产总值超过300万元，对吗？").verdict == "contradicted"
    assert bot.ask("地区生产总值超过300亿元，对吗？").verdict == "confirmed"


@pytest.mark.parametrize(
    ("question", "not_that"),
    [
        ("农村居民人均可支配收入是多少？", "3.2万元"),
        ("西山港集装箱吞吐量是多少？", "40万标箱"),
        ("高新技术企业总数有多少家？", "35家"),
        ("先进制造业企业有多少家？", "36.7%"),
    ],
)
def test_a_part_a_namesake_or_what_is_new_never_answers(
    bot: Bot, question: str, not_that: str
) -> None:
    assert not_that not in stated(bot, question)


def test_of_each_person_is_not_of_all() -> None:
    bot = bot_of("人均生产总值8.9万元。")
    assert stated(bot, "地区生产总值是多少？") == []
    assert stated(bot, "人均生产总值是多少？") == ["8.9万元"]


def test_a_follow_up_is_answered_by_what_it_names_itself(bot: Bot) -> None:
    assert stated(bot, "那其中企业呢？", "经营主体净增多少户？") == ["0.6万户"]


def test_medals_are_no_money(bot: Bot) -> None:
    assert stated(bot, "全运会上拿了几块金牌？") in ([], ["8金"])


def test_a_list_without_distribution_is_dealt_out_in_order(bot: Bot) -> None:
    assert stated(bot, "今年城市低保标准提高到多少？") == ["900元/月"]


def test_latin_names_of_provinces_are_places_and_air_speaks_of_no_ai() -> None:
    bot = bot_of("云水县空气优良天数比例达95%。")
    asked = bot.parse("hunan的gdp是多少").asks[0]
    assert asked.places == ("湖南",)
    terms = bot.parse("What share of days had good air quality?").asks[0].terms
    assert "ai" not in [term.text for term in terms]


def test_the_measure_word_is_no_part_of_the_thing(bot: Bot) -> None:
    (asked,) = bot.parse("去年出栏了多少头猪？").asks
    assert "头猪" not in [term.text for term in asked.terms]


def test_a_reports_title_and_the_day_of_the_speech_date_no_figure() -> None:
    bot = bot_of(
        "# 2025年云水县政府工作报告\n2025年1月13日在县人民代表大会上\n\n"
        "## 一、奋力开创新局面\n\n改造老旧小区47个。\n\n"
        "## 二、牢记使命再出发\n\n2025年是收官之年。\n\n建设充电桩900个。\n"
    )
    periods = {f.text: f.period for f in bot.ledger() if f.kind == "amount"}
    assert periods == {"47个": "2024年", "900个": "2025年目标"}
