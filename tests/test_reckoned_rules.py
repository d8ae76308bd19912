"""Rules of sums and gaps, of lists by the clause, of other times and other words, and where they
end.
"""

from __future__ import annotations

import pytest

from qa import Bot, parse_report
from qa.figures import find_quantities
from qa.ledger import build_ledger
from qa.periods import find_periods
from qa.types import Figure
from yunshui import bot_of, stated

TEXT = """
# 云水县政府工作报告

## 一、过去五年工作回顾
城镇居民家庭人均可支配收入，由2019年的29000元增加到38000元，平均每年实际增长5.1%。
农村居民家庭人均纯收入由13000元增加到19000元，平均每年实际增长6.9%。
中职学校由9所优化整合为4所。可再生能源装机规模由120万千瓦增至350万千瓦以上。
研究与试验开发经费，从3亿元增加到6亿元。

## 二、2024年工作回顾
一般公共预算收入达到84亿元、增长5%。办理人大代表建议125件、政协提案143件。
一、二、三产业增加值分别增长3.7%、5.9%、4.3%。粮食总产量64万吨，粮食增产2万吨。
小麦、稻谷最低收购价平均每50公斤分别提高7元和9元。新增停车泊位850个、养老床位460张。
淘汰落后炼钢炼铁产能900万吨、水泥120万吨、平板玻璃360万重量箱。
新建健身中心6个、篮球场15个、体育公园3个。新登记经营主体2.4万户，其中企业0.6万户。
设区城市空气质量优良天数比例为96.3%，PM2.5平均浓度为每立方米21微克。新增上市公司4家，占全市增量的1/4。
建成北山机场泊位5个，北山机场集装箱吞吐量居全市前列。在20个县（区）推行养老保险试点。
广义货币M
2
增长8.6%，符合预期。居民储蓄存款新增4万多亿元。建成社区食堂31个。
清理文件230件，废止83件，修订32件。地区生产总值跨越千亿元台阶。

## 三、2025年工作安排
安排财政赤字16亿元，比去年增加2亿元，其中中央财政赤字11亿元、地方财政赤字5亿元。
改造老旧小区80个。新建公办幼儿园托班托额300个。新建农村“水窖”90个，其中小型水库7座、蓄水池83个。
城镇低保人均补助标准提高5%、农村低保人均补助标准提高8%。
"""


@pytest.fixture(scope="module")
def bot() -> Bot:
    return bot_of(TEXT)


@pytest.fixture(scope="module")
def ledger() -> dict[str, Figure]:
    """Each figure of the text by what is printed."""
    report = parse_report(TEXT, "云水", place="云水县", year=2024)
    return {figure.text: figure for figure in build_ledger(report)}


@pytest.mark.parametrize(
    ("figure", "indicator"),
    [
        ("38000元", "城镇居民家庭人均可支配收入"),
        ("5.1%", "城镇居民家庭人均可支配收入"),
        ("6.9%", "农村居民家庭人均纯收入"),
        ("4所", "中职学校优化整合"),
        ("350万千瓦", "可再生能源装机规模"),
        ("6亿元", "研究与试验开发经费"),
        ("3.7%", "第一产业增加值"),
        ("4.3%", "第三产业增加值"),
        ("7元", "小麦最低收购价"),
        ("850个", "新增停车泊位"),
        ("8.6%", "广义货币M2"),
    ],
)
def test_a_figure_is_named_by_what_is_said_before_it(
    ledger: dict[str, Figure], figure: str, indicator: str
) -> None:
    assert ledger[figure].indicator == indicator


def test_what_something_was_before_it_was_merged_is_of_before(ledger: dict[str, Figure]) -> None:
    assert ledger["9所"].period == "此前"


def test_a_part_of_all_is_a_share(ledger: dict[str, Figure]) -> None:
    assert ledger["1/4"].measure == "share"


def test_what_else_is_counted_so_in_brackets_hides_nothing(ledger: dict[str, Figure]) -> None:
    assert "养老保险试点" in ledger["20个"].words


@pytest.mark.parametrize(
    ("text", "printed"),
    [("新增4万多亿元", "4万多亿元"), ("平板玻璃360万重量箱", "360万重量箱")],
)
def test_a_scale_may_be_hedged_inside_and_a_case_is_a_unit(text: str, printed: str) -> None:
    assert [quantity.text for quantity in find_quantities(text)] == [printed]


def test_characters_that_nobody_sees_part_no_numeral() -> None:
    report = parse_report("生产总值达到74.4\u200b万亿元。", "云水", place="云水县", year=2024)
    (figure,) = build_ledger(report)
    assert (figure.text, int(figure.value)) == ("74.4\u200b万亿元", 74_400_000_000_000)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("“十四五”头三年", 2021, 2023), ("“十三五”的前四年", 2016, 2019)],
)
def test_the_first_years_of_a_plan_are_a_time(text: str, first: int, last: int) -> None:
    (period,) = find_periods(text)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("text", ["学前一年免费教育", "提前一年实现目标"])
def test_a_year_before_school_or_before_time_is_no_time(text: str) -> None:
    assert find_periods(text) == ()


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("一般公共预算收入比前年多了多少亿元？", "4亿元"),
        ("代表建议和政协提案去年加起来办了多少件？", "268件"),
        ("人大代表建议加上政协提案一共多少件？", "268件"),
        ("城镇居民收入和农村居民收入差多少元？", "19000元"),
        ("城镇居民收入是农村居民的几倍？", "2倍"),
        ("中职学校合并以后少了几所？", "5所"),
        ("新登记的经营主体里，企业大约占百分之几？", "25%"),
        ("照报告的数推算，2023年粮食总产量是多少？", "62万吨"),
        ("按今年的安排往回算，去年财政赤字是多少？", "14亿元"),
    ],
)
def test_what_is_not_printed_is_reckoned_from_what_is(bot: Bot, question: str, result: str) -> None:
    assert result in [item.formula.split(" ")[-1] for item in bot.ask(question).derived]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("淘汰了哪些落后产能，各是多少？", ["900万吨", "120万吨", "360万重量箱"]),
        ("新建了哪些健身场地，各多少个？", ["6个", "15个", "3个"]),
        ("去年的两个数：空气优良天数比例、PM2.5浓度各是多少？", ["96.3%", "21微克"]),
        ("三次产业增加值各涨了多少？", ["3.7%", "5.9%", "4.3%"]),
        ("农村“水窖”包括哪几种，各建多少？", ["7座", "83个"]),
        ("今年的财政赤字，中央和地方各安排多少？", ["11亿元", "5亿元"]),
    ],
)
def test_a_list_has_all_that_belongs_to_it_and_no_more(
    bot: Bot, question: str, figures: list[str]
) -> None:
    assert sorted(stated(bot, question)) == sorted(figures)


@pytest.mark.parametrize(
    ("history", "question", "figures"),
    [
        (["2024年一般公共预算收入是多少？"], "前一年呢？", []),
        (["今年要办理多少件政协提案？"], "上一年办了多少件？", ["143件"]),
        (["清理了多少件文件？"], "其中改了多少件？", ["32件"]),
        (["城里人的人均收入是多少？"], "乡下人呢？", ["19000元"]),
        (["机场有多少泊位？"], "换个事问：去年政协提案办了多少件？", ["143件"]),
    ],
)
def test_a_follow_up_is_seen_from_what_was_asked_before(
    bot: Bot, history: list[str], question: str, figures: list[str]
) -> None:
    assert [figure.text for figure in bot.ask(question, history).figures] == figures


@pytest.mark.parametrize(
    "question",
    [
        "北山机场去年装卸了多少万标准箱？",
        "养老保险试点有多少农民参保？",
        "去年地区生产总值达到多少亿元？",
        "今年一季度一般公共预算收入增长多少？",
        "去年贸易顺差是多少亿元？",
        "去年淘汰了多少万吨焦炭产能？",
        "今年打算新建社区食堂多少个？",
    ],
)
def test_what_is_only_like_it_does_not_answer(bot: Bot, question: str) -> None:
    assert stated(bot, question) == []


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("今年财政赤字一共安排多少？", ["16亿元"]),
        ("去年政协提案办了多少件？别给我今年的数。", ["143件"]),
        ("上市公司新增的占全市的多少？", ["1/4"]),
        ("新增上市公司几家？", ["4家"]),
    ],
)
def test_what_is_not_wanted_is_no_cue(bot: Bot, question: str, figures: list[str]) -> None:
    assert stated(bot, question) == figures


def test_people_are_told_by_where_they_live(bot: Bot) -> None:
    answer = bot.ask("今年低保人均补助标准，城里和乡下哪边提得多？")
    assert [figure.text for figure in answer.figures] == ["5%", "8%"]
    assert "乡下" in answer.ahead


def test_the_right_digits_of_another_scale_are_contradicted(bot: Bot) -> None:
    answer = bot.ask("去年清理文件230万件，对吗？")
    assert answer.verdict == "contradicted"
    assert [figure.text for figure in answer.figures] == ["230件"]


def test_a_reason_is_no_figure(bot: Bot) -> None:
    assert bot.parse("为啥今年没定经济增速目标？").asks[0].wants == "fact"


def test_some_of_a_kind_are_no_word_of_another(bot: Bot) -> None:
    assert all("家电" not in term.text for term in bot.parse("那几家电商有多少？").asks[0].terms)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("养老保险试点有多少人参加？", []),
        ("2024年一般公共预算收入比2022年增长多少？", []),
        ("北山机场改造和新建了多少个泊位、多少张养老床位？", ["5个", "460张"]),
    ],
)
def test_how_many_places_say_not_how_many_people_nor_a_year_another(
    bot: Bot, question: str, figures: list[str]
) -> None:
    assert stated(bot, question) == figures


def test_what_was_said_to_widen_and_fell_is_contradicted() -> None:
    bot = bot_of("# 报告\n2024年，贸易顺差比上年减少6.4%。")
    assert bot.ask("贸易顺差比上一年扩大了6.4%，是吗？").verdict == "contradicted"


def test_how_much_there_is_is_no_growth() -> None:
    bot = bot_of("# 报告\n2024年，粮食总产量增产3877吨。全年粮食总产量达到46947吨。")
    assert stated(bot, "粮食总产量达到多少吨？") == ["46947吨"]
