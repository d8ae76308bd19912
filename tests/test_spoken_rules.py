"""How people count, measure and date what they ask for; each test fails without its rule."""

from __future__ import annotations

import pytest

from qa import Bot, parse_report
from qa.choose import slots
from qa.ledger import build_ledger
from qa.lexicon import apart
from yunshui import bot_of, stated

TEXT = """
# 云水县政府工作报告

## 一、2024年工作回顾
### （一）锚定目标攻坚，经济稳中有进
全县招募支教志愿者260名。建成露天滑冰场12块。公交充电站年供电4.6万千瓦时。
茶叶产量居全省第7位。学前三年毛入园率达到91.5%。船舶待泊时间同比减少3.5小时。
城乡居民基础养老金提高到每人每月218元。争取中央预算内投资3.2亿元。网络零售额增速达到9.8%。
新进站博士后31名。管道天然气价格每立方米下调0.18元。航线每周增至14班。
外商投资企业新设9家。京企来县投资项目14个。等级民宿达到86家。政府承诺投入2亿元办好35件民生实事。
人均体育场地面积达到3.12平方米，同比提高0.18平方米。前三季度固定资产投资增长5.9%。新增县级示范农场23个。高铁站到省城时间缩短到2小时。

## 二、2025年工作安排
招募支教志愿者300名。
"""


@pytest.fixture(scope="module")
def bot() -> Bot:
    return bot_of(TEXT)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("去年招募的支教志愿者有多少个？", "260名"),
        ("露天滑冰场建成了多少块？", "12块"),
        ("公交充电站一年供多少度电？", "4.6万千瓦时"),
        ("高铁站到省城要几个钟头？", "2小时"),
        ("茶叶产量在全省排老几？", "第7位"),
        ("一百个三岁的孩子里有几个入园，毛入园率是多少？", "91.5%"),
        ("学前三年毛入园率是几成？", "91.5%"),
    ],
)
def test_what_is_counted_may_be_printed_with_another_measure_word(
    bot: Bot, question: str, figure: str
) -> None:
    assert stated(bot, question) == [figure]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("船舶待泊时间缩短了多少？", "3.5小时"),
        ("管道天然气价格便宜了多少？", "0.18元"),
        ("城乡居民基础养老金涨到多少？", "218元"),
        ("人均体育场地面积比前一年提高了多少？", "0.18平方米"),
        ("网络零售额增长多少？", "9.8%"),
    ],
)
def test_how_far_something_came_and_what_it_came_to_are_two_things(
    bot: Bot, question: str, figure: str
) -> None:
    assert stated(bot, question) == [figure]


def test_three_names_of_nine_months_are_one(bot: Bot) -> None:
    for named in ("前三季度", "前九个月", "1—9月"):
        assert stated(bot, f"{named}固定资产投资增长多少？") == ["5.9%"]


def test_beneath_a_title_of_what_is_done_an_aim_is_no_target() -> None:
    report = parse_report(f"# 云水县报告\n\n{TEXT}", "云水", place="云水县", year=2024)
    periods = {f.text: f.period for f in build_ledger(report)}
    assert (periods["260名"], periods["300名"]) == ("2024年", "2025年目标")
    # What was striven for in a review was got.
    assert periods["3.2亿元"] == "2024年"


def test_only_a_plan_or_what_comes_next_turns_from_what_is_done() -> None:
    text = "# 报告\n\n## 一、2024年工作回顾\n### （三）下一步打算\n新建学校5所。\n"
    report = parse_report(text, "云水", place="云水县", year=2024)
    assert [f.period for f in build_ledger(report)] == ["2025年目标"]


def test_a_line_with_a_figures_year_is_no_date_of_the_report() -> None:
    text = "政府工作报告\n\n各位代表：现在报告工作。\n\n2007年产量达到50150万吨。\n"
    assert parse_report(text, "全国2008").year == 2007


def test_a_title_before_a_count_makes_no_rank_of_it(bot: Bot) -> None:
    assert stated(bot, "新进站的博士后有多少名？") == ["31名"]


def test_what_is_right_in_a_statement_needs_no_correction(bot: Bot) -> None:
    answer = bot.ask("去年那35件民生实事，政府投入了3亿元，对吗？")
    assert (answer.verdict, [f.text for f in answer.figures]) == ("contradicted", ["2亿元"])
    assert [q.text for q in bot.parse("那35件实事投入了3亿元，对吗？").stated] == ["3亿元"]
    answer = bot.ask("去年政府承诺投入2亿元办好36件民生实事，对吗？")
    assert (answer.verdict, [f.text for f in answer.figures]) == ("contradicted", ["35件"])


@pytest.mark.parametrize(
    "words", ["先行县去年有几个项目", "真金白银投了多少", "东南亚来的货有多少", "四平方公里的园子"]
)
def test_what_is_made_of_words_is_no_place(bot: Bot, words: str) -> None:
    assert bot.parse(words).asks[0].places == ()


@pytest.mark.parametrize(
    ("words", "place"),
    [("来宾去年的产量", "来宾"), ("上海东方枢纽投了多少", "上海"), ("吉安装了多少充电桩", "吉安")],
)
def test_what_begins_like_a_word_is_a_place_none_the_less(bot: Bot, words: str, place: str) -> None:
    assert place in bot.parse(words).asks[0].places


def test_an_autonomous_countys_short_name_is_a_place(bot: Bot) -> None:
    assert bot.ask("大通县去年招募了多少名支教志愿者？").status == "not_found"


def test_a_place_may_be_printed_by_one_character(bot: Bot) -> None:
    assert stated(bot, "北京来的企业投资的项目有多少个？") == ["14个"]


def test_foreigners_may_be_told_of_by_what_they_bring(bot: Bot) -> None:
    assert stated(bot, "外国人来投资的企业新设了几家？") == ["9家"]


@pytest.mark.parametrize(
    "words", ["给上年纪的人办了多少事", "村集体账上一年进几个亿", "上一年级的娃多少"]
)
def test_what_only_looks_like_the_year_before_names_no_time(bot: Bot, words: str) -> None:
    assert bot.parse(words).asks[0].period is None


def test_an_english_word_is_not_cut_in_two(bot: Bot) -> None:
    assert "%" not in bot.parse("How many rated homestays are there?").asks[0].units


def test_some_that_are_only_described_are_not_asked_for(bot: Bot) -> None:
    asked = bot.parse("听说好几个县都在弄，咱们新增县级示范农场多少个？")
    assert len(asked.asks) == 1
    assert bot.parse("用了几十年的老楼改造了几栋？").asks[0].units == ("栋",)


def test_so_many_of_a_hundred_is_a_rate_and_so_many_a_hundred_households_a_count(bot: Bot) -> None:
    assert "%" in bot.parse("一百个孩子里有几个上了幼儿园？").asks[0].units
    assert bot.parse("每百户拥有多少辆汽车？").asks[0].units == ("辆",)


def test_what_was_settled_is_no_target(bot: Bot) -> None:
    assert not bot.parse("新农场认定了多少个？").asks[0].goal
    assert bot.parse("今年定了多少？").asks[0].goal


ROW = """
# 云水县报告

2024年，新增农产品区域公用品牌5个、企业品牌10个、产品品牌20个。新增农机合作社3个。
"""


def test_a_list_has_the_whole_row_that_a_sentence_gives() -> None:
    question = "2024年农产品新增了哪几类品牌，每类各多少个？全部列一下"
    assert stated(bot_of(ROW), question) == ["5个", "10个", "20个"]


KINDS = """
# 云水县报告

2024年，全县地区生产总值312亿元。汽车产量突破11万辆，新能源汽车产量突破7万辆。
招商引资签约亿元以上项目25个、总金额46亿元。为经营主体降低物流等成本3亿元以上。粮食总产达到24.7万吨。
"""


@pytest.fixture(scope="module")
def kinds() -> Bot:
    return bot_of(KINDS)


def test_what_another_thing_exceeded_is_not_borne_out(kinds: Bot) -> None:
    answer = kinds.ask("2024年云水县汽车产量突破7万辆，对吗？")
    assert (answer.verdict, [f.text for f in answer.figures]) == ("contradicted", ["11万辆"])
    assert kinds.ask("2024年云水县汽车产量突破10万辆，对吗？").verdict == "confirmed"


def test_a_figure_that_says_which_are_meant_answers_no_how_much(kinds: Bot) -> None:
    assert stated(kinds, "招商引资签约的亿元以上项目，总金额有多少？") == ["46亿元"]


def test_a_verb_of_falling_states_no_rate_where_a_sum_is_stated(kinds: Bot) -> None:
    answer = kinds.ask("去年为经营主体降低物流等成本300万元以上，对吗？")
    assert (answer.verdict, [f.text for f in answer.figures]) == ("contradicted", ["3亿元"])


def test_an_alias_may_hold_the_how_much(kinds: Bot) -> None:
    assert kinds.parse("地里一共打了多少粮食？").asks[0].amount


SUMS = """
# 云水县报告

2024年，全年新增市场主体9592户、增长57.5%。中欧班列累计开行3600列。庭院绿化面积6000亩，完成营造林106万亩。
港口货物吞吐量突破14亿吨，清江港沿海货物吞吐量稳居全省第2位。
餐饮、住宿营业额分别增长8.6%、6.1%。森林覆盖率达58.6%，宁静小区覆盖率达50%。
出口总值增长6.3%，其中电动汽车出口表现突出、增长77.6%。空气中PM2.5浓度下降8.4%。
税费收入达108亿元，成为全省首个税费收入超百亿元的县。绿化任务完成100万亩，其中南山绿化工程20万亩。
"""


@pytest.fixture(scope="module")
def sums() -> Bot:
    return bot_of(SUMS)


def test_what_came_newly_has_grown(sums: Bot) -> None:
    assert stated(sums, "新增市场主体增长了多少？") == ["57.5%"]
    assert [f.indicator for f in sums.ledger() if f.text == "57.5%"] == ["新增市场主体"]


def test_all_till_then_is_not_one_years(sums: Bot) -> None:
    assert sums.ask("中欧班列光是2024年这一年开行了多少列？").status == "not_found"
    assert stated(sums, "中欧班列累计开行了多少列？") == ["3600列"]


def test_how_many_ten_thousands_expects_as_many(sums: Bot) -> None:
    assert stated(sums, "绿化造林多少万亩？") == ["106万亩"]
    few, many = (f for f in sums.ledger() if f.text in ("6000亩", "106万亩"))
    ask = sums.parse("绿化造林多少万亩？").asks[0]
    assert slots.unit(ask, few, "") < slots.unit(ask, many, "")


def test_a_place_of_a_later_clause_is_not_this_figures(sums: Bot) -> None:
    assert sums.ask("清江港货物吞吐量是多少吨？").status == "not_found"


def test_what_is_compared_is_named_without_these_two(sums: Bot) -> None:
    answer = sums.ask("餐饮和住宿这两行，去年营业额谁涨得更快？")
    assert [f.text for f in answer.figures] == ["8.6%", "6.1%"]
    assert "餐饮" in answer.ahead


def test_a_list_may_be_asked_for_in_two_clauses(sums: Bot) -> None:
    assert stated(sums, "报告提到哪几个“覆盖率”，分别是多少？") == ["58.6%", "50%"]


def test_how_something_went_makes_no_other_thing_of_it(sums: Bot) -> None:
    answer = sums.ask("电动汽车出口增长了6.3%，对吗？")
    assert (answer.verdict, [f.text for f in answer.figures]) == ("contradicted", ["77.6%"])


def test_what_fell_did_not_climb(sums: Bot) -> None:
    assert sums.ask("PM2.5浓度升高了8.4%，对吗？").verdict == "contradicted"


def test_a_place_in_a_row_is_no_matter_of_a_sum(sums: Bot) -> None:
    assert sums.ask("税费收入过百亿，是全省头一个吗？").verdict == "confirmed"


def test_a_part_has_the_unit_of_what_it_is_a_part_of(sums: Bot) -> None:
    assert stated(sums, "其中南山绿化工程占多少？", "绿化任务完成了多少亩？") == ["20万亩"]


def test_china_europe_is_no_place(sums: Bot) -> None:
    asked = sums.parse("How many China-Europe freight trains ran in all?").asks[0]
    assert asked.places == ()


def test_how_big_a_part_is_a_share(sums: Bot) -> None:
    assert sums.parse("宁静小区占了多大份儿？").asks[0].measure == "share"


def test_of_the_same_time_as_before_though_it_sounds_done() -> None:
    bot = bot_of(
        "2024年预算支出规模25亿元。\n\n## 2025年安排\n预算支出规模28亿元、比上年增加3亿元。\n"
    )
    assert stated(bot, "比上年多了多少？", "今年预算支出规模是多少？") == ["3亿元"]


def test_what_it_was_before_is_not_asked_where_what_it_is_now_is(bot: Bot) -> None:
    asked = bot.parse("养老金原先二百块现在涨到多少了？").asks[0]
    assert not asked.earlier


def test_an_english_question_is_searched_for_by_what_reports_print() -> None:
    bot = bot_of("2024年，全县拆除护栏30公里，建成充电桩320个，口袋公园12个。\n")
    asked = bot.parse("How many kilometres of railings were torn down?").asks[0]
    assert "护栏" in asked.words
    assert "护栏" in asked.expanded
    question = "How many charging piles were built last year?"
    assert stated(bot, question) == ["320个"]
    assert bot.explain(question)[0].bar > bot.explain("去年建成多少充电桩？")[0].bar


def test_what_only_names_counts_nothing() -> None:
    assert apart("大", "个")
    assert not apart("大", "大")
    assert not apart("名", "个")
