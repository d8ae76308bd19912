"""What reports leave out and how people ask for it; each test fails without its rule."""

from __future__ import annotations

import pytest

from qa import Bot
from yunshui import bot_of, stated

TEXT = """
# 2025年云水县政府工作报告

2025年1月9日在云水县第十八届人民代表大会第四次会议上

云水县县长 林青

## 一、2024年工作回顾
治沙、造林分别完成年度目标任务的113%、220%。交通集团营收增长1.1倍、文旅集团营收增长4.3倍。新增婴幼儿托位1800个。
“天天有戏”唱响旅游新乐章，接待游客273万人次、实现收入41.4亿元，增长18.6%和23.4%。
36项检验结果和52项检查结果互认共享。细颗粒物年均浓度30.5微克/立方米，PM2.5浓度改善5.1%。
老旧小区改造开工742个、完工548个。12个国考断面优良率和8个水功能区达标率均为100%。
完成矿业权出让11宗、出让收益超过1.3亿元。新改扩建公办幼儿园10所。预计产煤129万吨。
运动员在省运会上勇夺8金9银6铜。完成农村危房改造120户。旅客列车开行3200列。
新增地铁运营里程43公里，地铁运营里程总里程达到879公里。新增家庭养老床位982张。
脱贫地区农村居民人均可支配收入增长6.8%，全县农村居民人均可支配收入增长6.6%。
东西部协作投入帮扶资金3400万元、实施项目80个、共建园区5个。入企检查频次压减45%。
高被引科学家达31人次，城镇调查失业率5.3%。灌区水稻产销量分别增长7%、9%。

## 二、2025年工作安排
还有6300名失能老人、1.5万名残疾人，服务要跟上。新增智慧养老院3家，培育社区嵌入式养老服务机构20家。
新建家庭养老床位200张。力争2027年建成万亿级产业6个。要围绕发展布局谋划好项目。“十五五”规划要提前编好。各乡要逐一招商，力争引进到位资金57亿元以上。
"""


@pytest.fixture(scope="module")
def bot() -> Bot:
    return bot_of(TEXT)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("去年治沙完成年度目标任务的百分之多少？", ["113%"]),
        ("文旅集团的营收增长了多少？", ["4.3倍"]),
        ("婴幼儿托位去年多了多少？", ["1800个"]),
        ("去年全县旅游收入多少钱？", ["41.4亿元"]),
        ("旅游收入增长多少？", ["23.4%"]),
        ("互认共享的检验结果有多少项？", ["36项"]),
        ("去年细颗粒物年均浓度是多少？", ["30.5微克/立方米"]),
        ("国考断面的优良率是多少？", ["100%"]),
        ("矿业权出让收益是多少？", ["1.3亿元"]),
        ("去年挖了多少煤？", ["129万吨"]),
        ("去年给多少户乡下人家改造了危房？", ["120户"]),
        ("去年新开通的地铁有多长？", ["43公里"]),
        ("入企检查频次压减了多少？", ["45%"]),
        ("失能老人现在有多少？", ["6300名"]),
        ("今年要引进到位资金多少？", ["57亿元"]),
        ("到2027年力争建成几个万亿级产业？", ["6个"]),
        ("灌区水稻销量增长多少？", ["9%"]),
    ],
)
def test_what_a_report_says_in_few_words_answers_who_asks_in_more(
    bot: Bot, question: str, figures: list[str]
) -> None:
    assert stated(bot, question) == figures


@pytest.mark.parametrize(
    ("question", "unit"),
    [("想招揽多少年轻人？", "年"), ("有多少乡下人进了城？", "乡"), ("建成几个万亿级产业？", "元")],
)
def test_the_beginning_of_a_word_is_no_unit(bot: Bot, question: str, unit: str) -> None:
    assert unit not in bot.parse(question).asks[0].units


def test_an_emoji_is_no_word(bot: Bot) -> None:
    assert [t.text for t in bot.parse("森林😂多少").asks[0].terms] == ["森林"]


@pytest.mark.parametrize(
    "question", ["去年海淀区接待了多少游客？", "去年新改扩建了多少所公办小学？"]
)
def test_another_place_and_another_thing_of_its_kind_are_not_answered(
    bot: Bot, question: str
) -> None:
    assert bot.ask(question).status == "not_found"


def test_a_mountain_district_in_a_province_is_no_district_of_that_name(bot: Bot) -> None:
    assert bot.parse("河南山区有多少学校？").asks[0].places == ("河南",)


def test_who_gave_the_report_is_said_by_its_head(bot: Bot) -> None:
    assert "林青" in bot.ask("这份报告是谁在人代会上作的？").citations[0].text


def test_a_medal_is_counted_in_its_own_unit(bot: Bot) -> None:
    assert stated(bot, "银牌呢？", "运动员在省运会上拿了几枚金牌？") == ["9银"]


def test_a_follow_up_asks_for_what_has_all_of_its_words(bot: Bot) -> None:
    assert stated(bot, "智慧养老院呢？", "今年要培育多少家社区嵌入式养老服务机构？") == ["3家"]


@pytest.mark.parametrize(
    "statement", ["去年老旧小区改造完工了742个，对吗？", "去年PM2.5浓度上升了5.1%，对吗？"]
)
def test_a_figure_of_another_stage_or_direction_is_contradicted(bot: Bot, statement: str) -> None:
    assert bot.ask(statement).verdict == "contradicted"


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("家庭养老床位，去年新增的和今年打算新建的，哪一年更多？", {"982张", "200张"}),
        ("脱贫地区农村居民的收入增速，和全县农村居民比哪个更快？", {"6.8%", "6.6%"}),
        ("接待游客人次和旅游收入哪个增长更快？", {"18.6%", "23.4%"}),
    ],
)
def test_the_sides_of_a_comparison_may_be_years_or_said_in_half(
    bot: Bot, question: str, figures: set[str]
) -> None:
    assert set(stated(bot, question)) == figures


def test_a_list_has_all_of_a_sentence_that_begins_with_its_theme(bot: Bot) -> None:
    assert stated(bot, "东西部协作的各项数字有哪些？") == ["3400万元", "80个", "5个"]


def test_how_many_in_english_is_no_per_cent(bot: Bot) -> None:
    assert "5.3%" not in stated(bot, "How many urban jobs were added?")


def test_what_is_rare_since_a_year_is_not_of_that_year_and_a_first_is_of_its_own() -> None:
    bot = bot_of(
        "有效应对1961年以来最强暴雨，转移群众3.2万人。2022年首次突破40亿元，茶叶产值41亿元。"
    )
    periods = {figure.text: figure.period for figure in bot.ledger()}
    assert (periods["3.2万人"], periods["41亿元"]) == ("2024年", "2022年")
