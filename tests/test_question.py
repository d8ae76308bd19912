"""What is asked: the slots that a question fills, and those that it leaves to the one before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.question import Ask, Question, parse

HERE = ("云水县",)


def one(question: str, *history: str) -> Ask:
    """The one thing asked for."""
    (ask,) = parse(question, history, places=HERE).asks
    return ask


def said(ask: Ask) -> list[str]:
    """The content words that an ask goes by, without units and other single characters."""
    return [term.text for term in ask.terms if term.weight >= 0.5]


# ---- the measure ----


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("粮食产量是多少？", None),
        ("粮食产量增长了多少？", "growth"),
        ("粮食产量的增速", "growth"),
        ("粮食产量比上年多了几成？", "growth"),
        ("工业用电量下降了多少？", "growth"),
        ("民营经济占比是多少？", "share"),
        ("制造业增加值占地区生产总值的比重是多少？", "share"),
        ("经济总量在全市排第几？", "rank"),
        ("这是第几批示范县？", "rank"),
        ("云河大桥哪年建成？", "date"),
        ("大桥什么时候通车？", "date"),
        ("增值税收入是多少？", None),
        ("工业增加值是多少？", None),
    ],
)
def test_a_question_says_which_aspect_it_wants(question: str, measure: str | None) -> None:
    ask = one(question)
    assert (ask.wants, ask.measure) == ("figure", measure)


@pytest.mark.parametrize(
    ("question", "falling"), [("用电量下降了多少？", True), ("用电量增长了多少？", False)]
)
def test_a_decline_is_a_growth_that_falls(question: str, falling: bool) -> None:
    assert one(question).falling is falling


@pytest.mark.parametrize("question", ["企业增加了多少家？", "里程净增多少公里？"])
def test_how_far_something_came_is_no_growth_in_per_cent(question: str) -> None:
    ask = one(question)
    assert ask.moved
    assert "%" not in ask.units


@pytest.mark.parametrize("question", ["哪个镇有银龄食堂？", "谁承办了茶博会？", "为什么要建水厂？"])
def test_a_question_for_a_name_or_a_reason_wants_no_figure(question: str) -> None:
    assert one(question).wants == "fact"


# ---- units ----


@pytest.mark.parametrize(
    ("question", "units", "named"),
    [
        ("改造了多少个老旧小区？", ("个",), True),
        ("新建道路多少公里？", ("公里",), True),
        ("总投资多少亿元？", ("元",), True),
        ("接待了多少万人次？", ("人次",), True),
        ("优良率提高了多少个百分点？", ("个百分点", "%"), True),
        ("水质是几类？", ("类",), True),
        ("粮食产量是多少？", ("吨",), False),
        ("补贴多少钱？", ("元",), True),
        ("粮食产量增长多少？", ("%",), False),
    ],
)
def test_the_unit_is_the_one_asked_for_or_the_indicators_own(
    question: str, units: tuple[str, ...], named: bool
) -> None:
    ask = one(question)
    assert (ask.units, ask.unit_said) == (units, named)


@pytest.mark.parametrize(
    ("question", "counted"),
    [("有多少个学位？", "学位"), ("接待了多少游客？", "游客"), ("学位有多少个？", None)],
)
def test_what_is_counted_stands_behind_the_unit(question: str, counted: str | None) -> None:
    head = one(question).head
    assert (head.text if head else None) == counted


# ---- terms ----


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("GDP是多少？", ["gdp"]),
        ("ＧＤＰ２０２４年是多少？", ["gdp"]),
        ("粮食产量", ["粮食产量"]),
        ("GDP 增速 目标", ["gdp"]),
        ("请问一下，粮食产量大概是多少呢？", ["粮食产量"]),
        ("改造了多少个老旧小区？", ["改造", "老旧小区"]),
        ("What was the GDP in 2024?", ["gdp"]),
    ],
)
def test_terms_are_the_words_that_speak_of_the_matter(question: str, terms: list[str]) -> None:
    assert sorted(said(one(question))) == sorted(terms)


def test_an_alias_knows_the_official_name() -> None:
    (term,) = one("GDP是多少？").terms
    assert term.indicator
    assert "地区生产总值" in term.names


def test_a_word_doesnt_reach_into_an_official_name() -> None:
    assert "地区生产总值" in said(one("制造业增加值占地区生产总值的比重是多少？"))


@pytest.mark.parametrize(
    ("question", "word"),
    [("农村居民收入是多少？", "农村"), ("民营企业有多少家？", "民营"), ("出口额是多少？", "出口")],
)
def test_words_that_tell_one_of_a_pair_are_kept(question: str, word: str) -> None:
    assert word in one(question).told


def test_a_name_that_merely_contains_such_a_word_tells_nothing() -> None:
    assert one("地区生产总值是多少？").told == ()


@pytest.mark.parametrize(
    ("question", "english"), [("What was the GDP in 2024?", True), ("GDP是多少？", False)]
)
def test_english_is_told_from_chinese(question: str, english: bool) -> None:
    assert parse(question).english is english


@pytest.mark.parametrize(
    ("question", "measure"),
    [("How much did GDP grow?", "growth"), ("What was the growth of GDP?", "growth")],
)
def test_english_asks_like_chinese(question: str, measure: str) -> None:
    ask = one(question)
    assert (ask.measure, said(ask)) == (measure, ["gdp"])


# ---- period, target, place ----


@pytest.mark.parametrize(
    ("question", "period", "target"),
    [
        ("2023年粮食产量是多少？", "2023年", None),
        ("“十四五”时期粮食产量年均增长多少？", "“十四五”时期", None),
        ("粮食产量是多少？", None, None),
        ("粮食产量比上年增长多少？", None, None),
        ("今年粮食产量的目标是多少？", "今年", True),
        ("计划改造多少个老旧小区？", None, True),
        ("去年实际改造了多少个老旧小区？", "去年", False),
        ("What was the GDP in 2024?", "2024年", None),
    ],
)
def test_a_question_names_a_period_or_a_target(
    question: str, period: str | None, target: bool | None
) -> None:
    ask = one(question)
    assert (ask.period.text if ask.period else None, ask.target) == (period, target)


@pytest.mark.parametrize(
    ("question", "places", "scopes"),
    [
        ("云水县的粮食产量是多少？", ("云水县",), ()),
        ("云水粮食产量是多少？", ("云水",), ()),
        ("兰州的粮食产量是多少？", ("兰州",), ()),
        ("内蒙古粮食产量是多少？", ("内蒙古",), ()),
        ("全国粮食产量是多少？", (), ("全国",)),
        ("小区里新建了几个社区？", (), ()),
    ],
)
def test_a_question_names_places_and_wider_bodies(
    question: str, places: tuple[str, ...], scopes: tuple[str, ...]
) -> None:
    ask = one(question)
    assert (ask.places, ask.scopes) == (places, scopes)


def test_the_reports_own_place_is_no_content_word() -> None:
    assert said(one("云水县的粮食产量是多少？")) == ["粮食产量"]


# ---- follow-ups ----


def test_a_follow_up_takes_measure_and_period_from_the_question_before() -> None:
    ask = one("那茶叶产量呢？", "2023年粮食产量增长多少？")
    assert said(ask)[0] == "茶叶产量"
    assert ask.measure == "growth"
    assert ask.period is not None
    assert ask.period.text == "2023年"


def test_what_a_follow_up_asks_for_counts_more_than_what_was_asked_before() -> None:
    ask = one("那茶叶产量呢？", "粮食产量增长多少？")
    weights = {term.text: term.weight for term in ask.terms}
    assert weights["茶叶产量"] > weights.get("粮食产量", 0.0)


def test_a_follow_up_without_an_indicator_takes_the_one_before() -> None:
    ask = one("增长多少？", "粮食产量是多少？")
    assert (said(ask), ask.measure) == (["粮食产量"], "growth")


def test_a_follow_up_changes_the_period_alone() -> None:
    ask = one("2023年呢？", "2024年粮食产量增长多少？")
    assert (said(ask), ask.measure) == (["粮食产量"], "growth")
    assert ask.period is not None
    assert ask.period.text == "2023年"


def test_a_follow_up_asks_for_the_target_of_the_same() -> None:
    ask = one("今年的目标呢？", "粮食产量是多少？")
    assert (said(ask), ask.target) == (["粮食产量"], True)


def test_a_chain_of_follow_ups_reaches_back_to_the_first_question() -> None:
    ask = one("那蜂蜜呢？", "2023年粮食产量增长多少？", "茶叶产量呢？")
    assert ask.measure == "growth"
    assert ask.period is not None
    assert ask.period.text == "2023年"


@pytest.mark.parametrize(
    "question",
    ["对了，改造了多少个老旧小区？", "换个话题，老旧小区改造了多少个？"],
)
def test_nothing_is_taken_over_where_the_topic_changes(question: str) -> None:
    ask = one(question, "2023年粮食产量增长多少？")
    assert "粮食产量" not in said(ask)
    assert ask.measure is None
    assert ask.period is None


def test_a_question_that_is_whole_takes_nothing_over() -> None:
    whole = "全县去年新建成的口袋公园有多少个？"
    assert one(whole, "粮食产量增长多少？") == one(whole)


# ---- several things at once ----


def parts(question: str) -> list[list[str]]:
    return [said(ask) for ask in parse(question, places=HERE).asks]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("粮食产量和茶叶产量分别是多少？", [["粮食产量"], ["茶叶产量"]]),
        ("粮食、茶叶、水果产量各是多少？", [["粮食产量"], ["茶叶产量"], ["水果产量"]]),
        ("城乡居民收入分别增长多少？", [["城镇居民收入"], ["农村居民收入"]]),
        ("新建学校几所？口袋公园多少个？", [["新建学校"], ["口袋公园"]]),
    ],
)
def test_things_asked_for_together_are_asked_for_one_by_one(
    question: str, asked: list[list[str]]
) -> None:
    assert [words[: len(want)] for words, want in zip(parts(question), asked, strict=True)] == asked


def test_each_of_several_has_the_measure_that_is_said_once() -> None:
    asks = parse("城乡居民收入分别增长多少？").asks
    assert [ask.measure for ask in asks] == ["growth", "growth"]


def test_a_later_clause_knows_of_the_first_but_goes_by_its_own_words() -> None:
    _, second = parse("改造了多少个小区，惠及多少户居民？").asks
    weights = {term.text: term.weight for term in second.terms}
    assert weights["居民"] > weights["小区"] > 0
    assert second.units == ("户",)


def test_the_same_question_of_two_places_is_asked_of_each() -> None:
    asks = parse("四川和甘肃的粮食产量各是多少？", places=("四川省", "甘肃省")).asks
    assert [ask.places for ask in asks] == [("四川",), ("甘肃",)]
    assert [said(ask) for ask in asks] == [["粮食产量"], ["粮食产量"]]


# ---- comparisons ----


@pytest.mark.parametrize(
    ("question", "items", "smallest"),
    [
        ("进口和出口哪个增长快？", ("进口", "出口"), False),
        ("第一产业、第二产业、第三产业谁增速最慢？", ("第一产业", "第二产业", "第三产业"), True),
        ("粮食产量和茶叶产量哪个多？", ("粮食产量", "茶叶产量"), False),
        ("粮食产量增速跑赢茶叶产量了吗？", ("粮食产量增速", "茶叶产量"), False),
    ],
)
def test_a_comparison_names_its_items(
    question: str, items: tuple[str, ...], smallest: bool
) -> None:
    asked = parse(question, places=HERE)
    assert (asked.form, asked.items, asked.smallest) == ("compare", items, smallest)
    assert len(asked.asks) == len(items)
    assert all(ask.wants == "figure" for ask in asked.asks)


def test_two_reports_are_held_against_each_other_by_their_places() -> None:
    asked = parse("四川和甘肃的粮食产量哪个多？", places=("四川省", "甘肃省"))
    assert (asked.form, asked.items) == ("compare", ("四川", "甘肃"))


def test_items_that_are_named_come_before_the_reports_places() -> None:
    asked = parse("进口和出口哪个增长快？", places=("四川省", "甘肃省"))
    assert asked.items == ("进口", "出口")


def test_which_is_higher_may_have_the_indicator_in_between() -> None:
    asked = parse("四川和甘肃哪个地区生产总值高？", places=("四川省", "甘肃省"))
    assert asked.form == "compare"


# ---- statements ----


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("粮食产量是24.7万吨对吗？", ["24.7万吨"]),
        ("老旧小区改造30个，是真的吗？", ["30个"]),
        ("覆盖率过半了吗？", ["50%"]),
        ("是不是新建了两所学校？", ["两所"]),
    ],
)
def test_a_figure_that_the_user_states_is_to_be_checked(question: str, stated: list[str]) -> None:
    asked = parse(question)
    assert asked.checks
    assert [quantity.text for quantity in asked.stated] == stated


@pytest.mark.parametrize("question", ["在2023年建了多少所学校？", "第二产业增加值是多少？"])
def test_a_figure_in_an_open_question_is_not_stated(question: str) -> None:
    asked = parse(question)
    assert (asked.checks, asked.stated) == (False, ())


def test_each_figure_that_is_stated_is_looked_for_by_its_unit() -> None:
    asks = parse("12个村都超过50万元，对吗？").asks
    assert [ask.units for ask in asks] == [("个",), ("元",)]


# ---- reckoning and lists ----


@pytest.mark.parametrize(
    ("question", "reckoning", "measures"),
    [
        ("倒推一下，前一年的粮食产量大概是多少？", "previous", ["level", "growth"]),
        ("平均每所学校有多少个学位？", "mean", ["level", "count"]),
        ("茶叶产量占粮食产量的百分之几？", "share", [None, None]),
        ("粮食产量是多少？", None, []),
    ],
)
def test_what_must_be_reckoned_says_with_what(
    question: str, reckoning: str | None, measures: list[str | None]
) -> None:
    asked = parse(question)
    assert asked.reckoning == reckoning
    assert [ask.measure for ask in asked.operands] == measures


@pytest.mark.parametrize(
    ("question", "numbers"),
    [("民生方面有哪些数字？", True), ("教育方面有哪些措施？", False)],
)
def test_everything_on_a_matter_is_a_list_of_figures_or_of_sentences(
    question: str, numbers: bool
) -> None:
    asked = parse(question)
    assert (asked.form, asked.numbers) == ("every", numbers)


# ---- anything at all ----


@pytest.mark.parametrize("question", ["", "  ", "？？？", "…", "\0", "的"])
def test_a_question_without_a_word_asks_for_nothing(question: str) -> None:
    assert all(said(ask) == [] for ask in parse(question).asks)


PIECES = """
粮食 产量 茶叶 GDP 增长 下降 占 比重 多少 几 第几 哪个 谁 更高 最低 和 、 ， ？ 分别 各 是 对吗 24.7万吨 30% 去年
今年 2023年 目标 比 上年 城乡 云水县 四川 全国 平均 每所 倒推 哪些 那 呢 对了 what grow
"""
_WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=15).map("".join)


@settings(deadline=None, max_examples=200)
@given(_WORDS | st.text(max_size=60), st.lists(_WORDS | st.text(max_size=30), max_size=3))
def test_any_words_can_be_taken_apart_and_always_alike(question: str, history: list[str]) -> None:
    asked: Question = parse(question, history, places=("云水县", "四川省"))
    assert asked.asks
    assert asked == parse(question, history, places=("云水县", "四川省"))
    assert asked.form != "compare" or len(asked.items) == len(asked.asks) >= 2


def test_a_whole_question_takes_no_year_from_the_question_before() -> None:
    (asked,) = parse("GDP增长6.5%对吗？", ["2022年GDP是多少？"]).asks
    assert asked.period is None
    (asked,) = parse("那财政收入呢？", ["2022年GDP是多少？"]).asks
    assert asked.period is not None
