"""Rules of lists, turns of phrase, honours and slips; each test fails without its rule."""

from __future__ import annotations

import pytest

from qa import Bot, parse_report
from qa.figures import find_quantities
from qa.ledger import build_ledger
from yunshui import bot_of, stated

TEXT = """
# 云水县政府工作报告

## 一、过去五年工作回顾
2024年，外贸出口由2019年的18亿元增加到31亿元。绿道总长达到74公里。

## 二、2024年工作回顾
生产安全事故起数、死亡人数分别下降9.1%、11.5%。粮肉奶产量分别稳定在80万吨、6万吨、16万吨。
软件和信息技术服务业、租赁和商务服务业增加值分别增长10.9%、10.4%。
城镇居民人均可支配收入38000元，农村居民人均可支配收入19000元，实际增长4.8%和6.5%。
城镇和农村人均住房面积41.2平方米、52.7平方米。
空气优良天数达到290天、增加19天。日均新设企业1万6千多户。
高新技术企业新增35家、总数达到270家。新建高速公路47公里。残疾人护理补贴标准提高20元。
安排财政赤字12亿元，其中县本级财政赤字8亿元。接待游客273万人次、增速6%。
预计全年退税25亿元，其中留抵退税15亿元。汽车保有量由25万辆增至32万辆。科技支出增长30%。
在20个乡镇开展新型养老保险试点。分配保障性租赁住房166套。更新改造老旧电梯21部。电解铜产量增长47%。
我县被命名为国家生态文明建设示范区。社会救助覆盖5万人。夏都社区获评全省先进集体。商事制度改革获得国务院督查激励。
跨境电商交易额居全省第一。建成全省首个数字乡村。

## 三、2025年工作安排
安排财政赤字15亿元，比上年增加3亿元。一般公共预算支出规模29.7亿元、比上年增加1.2亿元。
"""


@pytest.fixture(scope="module")
def bot() -> Bot:
    return bot_of(TEXT)


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    """Each figure of the text with its indicator."""
    report = parse_report(TEXT, "云水", place="云水县", year=2024)
    return {figure.text: figure.indicator for figure in build_ledger(report)}


@pytest.mark.parametrize(
    ("figure", "indicator"),
    [
        ("11.5%", "生产安全事故死亡人数"),
        ("6万吨", "肉产量"),
        ("10.9%", "软件和信息技术服务业增加值"),
        ("10.4%", "租赁和商务服务业增加值"),
        ("4.8%", "城镇居民人均可支配收入"),
        ("6.5%", "农村居民人均可支配收入"),
        ("41.2平方米", "城镇人均住房面积"),
        ("52.7平方米", "农村人均住房面积"),
    ],
)
def test_what_a_list_says_once_is_said_of_each(
    names: dict[str, str], figure: str, indicator: str
) -> None:
    assert names[figure] == indicator


def test_the_year_that_something_came_from_is_not_that_of_what_follows() -> None:
    report = parse_report(TEXT, "云水", place="云水县", year=2024)
    periods = {figure.text: figure.period for figure in build_ledger(report)}
    assert periods["31亿元"] == periods["74公里"] == "2024年"


def test_a_numeral_may_be_half_digits() -> None:
    (quantity,) = find_quantities("日均新设企业1万6千多户")
    assert (quantity.text, int(quantity.value)) == ("1万6千多户", 16000)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("空气优良天数比上年多了多少？", ["19天"]),
        ("汽车保有量从多少增加到多少？", ["25万辆", "32万辆"]),
        ("今年的财政赤字比去年多安排多少？", ["3亿元"]),
        ("去年生产安全事故里丢了性命的人少了百分之几？", ["11.5%"]),
        ("不说城镇，去年农村居民人均可支配收入实际增长多少？", ["6.5%"]),
        ("去年財政赤字一共安排多少？", ["12亿元"]),
    ],
)
def test_a_change_and_a_whole_are_asked_for_in_many_ways(
    bot: Bot, question: str, figures: list[str]
) -> None:
    assert stated(bot, question) == figures


@pytest.mark.parametrize(
    "question",
    [
        "高速公路总里程有多少公里？",
        "提高之后残疾人护理补贴标准每月是多少元？",
        "去年加装了多少部电梯？",
        "去年电解铝产量增长多少？",
        "社会救助覆盖的女性有多少人？",
    ],
)
def test_a_sister_of_what_is_asked_for_does_not_answer(bot: Bot, question: str) -> None:
    assert stated(bot, question) == []


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("去年新增之前，高新技术企业有多少家？", "235家"),
        ("推算一下，上年的一般公共预算支出规模是多少？", "28.5亿元"),
        ("预计退税里头，刨掉留抵退税，还剩多少？", "10亿元"),
    ],
)
def test_what_was_before_and_what_is_left_is_reckoned(bot: Bot, question: str, result: str) -> None:
    assert result in bot.ask(question).text


def test_a_fall_that_was_a_rise_is_contradicted(bot: Bot) -> None:
    assert bot.ask("科技支出少了30%，对吗？").verdict == "contradicted"


def test_all_honours_are_quoted_and_those_of_a_level(bot: Bot) -> None:
    cited = [c.text for c in bot.ask("我县获得了哪些荣誉？都列出来").citations]
    assert all(any(word in text for text in cited) for word in ("示范区", "先进集体", "激励"))
    national = " ".join(c.text for c in bot.ask("我县拿到了哪些国家级荣誉？").citations)
    assert "示范区" in national
    assert "先进集体" not in national


def test_all_that_is_the_first_is_quoted(bot: Bot) -> None:
    cited = " ".join(
        c.text for c in bot.ask("报告里有哪些是全省第一、全省首个？都列出来").citations
    )
    assert "跨境电商" in cited
    assert "数字乡村" in cited


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("跨境店商交易额", "跨境电商"),
        ("接代油客多少", "接待游客"),
        ("收入增素是多少", "增速"),
        ("盖了几家养老院", "几家养老院"),
    ],
)
def test_a_name_is_told_by_its_sound(bot: Bot, slip: str, meant: str) -> None:
    assert meant in bot.parse(slip).text
