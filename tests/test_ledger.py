"""The ledger: what each figure measures, for when and for whom.

Each case shows a text and, line by line, what is written down of its figures:
`figure → indicator, measure, period, scope`, and the qualifier behind `|` where there is one.
The report speaks of 云水县 in 2024 unless it says otherwise.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.ledger import build_ledger
from qa.report import parse_report
from qa.types import Figure


def ledger(text: str) -> tuple[Figure, ...]:
    return build_ledger(parse_report(text + "\n", "云水", place="云水县", year=2024))


def line(figure: Figure) -> str:
    parts = (figure.indicator, figure.measure, figure.period, figure.scope)
    qualifier = f" | {figure.qualifier}" if figure.qualifier else ""
    return f"{figure.text} → {', '.join(parts)}{qualifier}"


def check(text: str, lines: str) -> None:
    expected = [row.strip() for row in lines.strip().splitlines()]
    assert [line(figure) for figure in ledger(text)] == expected


def field(text: str, name: str) -> list[tuple[str, str]]:
    """Each figure as printed, with one of its fields."""
    return [(figure.text, str(getattr(figure, name))) for figure in ledger(text)]


# ---- whose figure it is ----


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "地区生产总值312.6亿元，同比增长6.1%。",
            """312.6亿元 → 地区生产总值, level, 2024年, 云水县
            6.1% → 地区生产总值, growth, 2024年, 云水县""",
        ),
        (
            "预计全县接待游客510万人次，增长12%，旅游综合收入突破38亿元。",
            """510万人次 → 接待游客, level, 2024年, 全县 | 预计
            12% → 接待游客, growth, 2024年, 全县
            38亿元 → 旅游综合收入, level, 2024年, 全县 | 突破""",
        ),
        (
            "引进各类人才600人，总量达9800人。",
            """600人 → 引进各类人才, count, 2024年, 云水县
            9800人 → 引进各类人才总量, count, 2024年, 云水县""",
        ),
        (
            "建成5G基站1200个，每万人拥有5G基站28个。",
            """1200个 → 5G基站, count, 2024年, 云水县
            28个 → 每万人拥有5G基站, count, 2024年, 云水县""",
        ),
        (
            "新建农村公路120公里，改造危桥9座，受益群众4.6万人。",
            """120公里 → 农村公路, level, 2024年, 云水县
            9座 → 危桥, count, 2024年, 云水县
            4.6万人 → 受益群众, count, 2024年, 云水县""",
        ),
        (
            "进出口总额9.7亿元，其中出口6.2亿元。",
            """9.7亿元 → 进出口总额, level, 2024年, 云水县
            6.2亿元 → 出口, level, 2024年, 云水县""",
        ),
    ],
    ids=["growth", "subject changes", "total", "of its own", "three clauses", "part of it"],
)
def test_a_clause_without_a_subject_takes_the_one_before(text: str, lines: str) -> None:
    check(text, lines)


def test_a_new_sentence_inherits_no_subject() -> None:
    first, second = ledger("粮食产量24.7万吨。增长6.1%。")
    assert "粮食" in first.words
    assert "粮食" not in second.words


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "第一产业、第二产业、第三产业增加值分别增长3.1%、7.4%和5.9%。",
            """3.1% → 第一产业增加值, growth, 2024年, 云水县
            7.4% → 第二产业增加值, growth, 2024年, 云水县
            5.9% → 第三产业增加值, growth, 2024年, 云水县""",
        ),
        (
            "茶叶、蜂蜜产量分别为1.26万吨、300吨。",
            """1.26万吨 → 茶叶产量, level, 2024年, 云水县
            300吨 → 蜂蜜产量, level, 2024年, 云水县""",
        ),
        (
            "固定资产投资、工业投资、民间投资分别增长8%、12%、5%以上。",
            """8% → 固定资产投资, growth, 2024年, 云水县
            12% → 工业投资, growth, 2024年, 云水县
            5% → 民间投资, growth, 2024年, 云水县 | 以上""",
        ),
        (
            "城乡居民人均可支配收入分别达到4.1万元和2.3万元。",
            """4.1万元 → 城镇居民人均可支配收入, level, 2024年, 云水县
            2.3万元 → 农村居民人均可支配收入, level, 2024年, 云水县""",
        ),
    ],
    ids=["three", "shared tail", "hedged last", "town and country"],
)
def test_a_list_is_dealt_out_in_order(text: str, lines: str) -> None:
    check(text, lines)


def test_a_list_of_whole_clauses_is_dealt_out_in_order() -> None:
    rows = field("粮食产量24.7万吨，茶叶产量1.26万吨，分别增长1.2%、9.5%。", "words")
    assert "粮食" in dict(rows)["1.2%"]
    assert "茶叶" in dict(rows)["9.5%"]


def test_a_second_list_is_dealt_out_like_the_first() -> None:
    text = "城镇居民、农村居民收入分别增长4.6%、6.8%，达到4.1万元、2.3万元。"
    rows = dict(field(text, "words"))
    assert "城镇" in rows["4.1万元"]
    assert "农村" in rows["2.3万元"]


def test_items_of_a_list_have_words_of_their_own() -> None:
    rows = ledger("培育高新技术企业81家、专精特新企业12家、上云企业260家。")
    assert [(f.text, f.indicator[-6:]) for f in rows] == [
        ("81家", "高新技术企业"),
        ("12家", "专精特新企业"),
        ("260家", "上云企业"),
    ]
    assert "高新" not in rows[1].words + rows[2].words


def test_figures_side_by_side_belong_to_what_follows_them() -> None:
    investment, kinds, items = ledger("完成投资42.1亿元，涉及8类23项民生实事。")
    assert "民生实事" in kinds.words
    assert "民生实事" in items.words
    assert "民生实事" not in investment.words


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "规模以上工业企业由86家增至103家。",
            """86家 → 规模以上工业企业, count, 此前, 云水县
            103家 → 规模以上工业企业, count, 2024年, 云水县""",
        ),
        (
            "常住人口城镇化率从56.2%提高到58.9%。",
            """56.2% → 常住人口城镇化率, level, 此前, 云水县
            58.9% → 常住人口城镇化率, level, 2024年, 云水县""",
        ),
    ],
)
def test_what_something_came_from_is_of_before(text: str, lines: str) -> None:
    check(text, lines)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "散居和集中养育孤儿补贴标准提高到不低于1200元/月和1700元/月。",
            {"1200元/月": "散居", "1700元/月": "集中"},
        ),
        (
            "生产钾肥749万吨、碳酸锂13.5万吨，分别增长4.8%、22.3%。",
            {"4.8%": "钾肥", "22.3%": "碳酸锂"},
        ),
        (
            "生产钾肥749万吨、增长4.8%，碳酸锂13.5万吨、增长22.3%。",
            {"4.8%": "钾肥", "22.3%": "碳酸锂"},
        ),
        ("汽车产量继续保持40%以上增长、达357万辆。", {"40%": "汽车产量", "357万辆": "汽车产量"}),
        (
            "农村自来水、卫生户厕普及率分别提升至97.2%、99.8%。",
            {"97.2%": "自来水普及率", "99.8%": "户厕普及率"},
        ),
        ("实际使用内外资分别增长10%、6.4%。", {"10%": "内资", "6.4%": "外资"}),
        (
            "对南方出口增长9%，全县进出口总值创历史新高，达到53亿元。",
            {"9%": "南方", "53亿元": "进出口总值"},
        ),
        ("县道四级公路提升三级公路1200公里。", {"1200公里": "三级公路"}),
        ("“十大产业项目”完成投资36亿元。", {"36亿元": "十大产业项目"}),
    ],
)
def test_a_figures_words_name_what_it_measures(text: str, words: dict[str, str]) -> None:
    rows = dict(field(text, "words"))
    assert {printed: word in rows[printed] for printed, word in words.items()} == dict.fromkeys(
        words, True
    )


def test_growth_after_another_things_level_is_not_that_things() -> None:
    rows = dict(field("生产钾肥749万吨、增长4.8%，碳酸锂13.5万吨、增长22.3%。", "words"))
    assert "碳酸锂" not in rows["4.8%"]
    assert "钾肥" not in rows["22.3%"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("培育形成3个优势产业。", "优势产业"),
        ("加快推进12项重大改革。", "重大改革"),
        ("粮食产量连续16年居全国首位。", "粮食产量"),
        ("税收占比达到75%以上、亩均收益增长10%。", "亩均收益"),
        ("持续推进“十件急难愁盼事项”。", "急难愁盼事项"),
    ],
)
def test_a_name_is_no_verb_and_no_hedge(text: str, name: str) -> None:
    assert ledger(text)[-1].indicator == name


@pytest.mark.parametrize(
    "text", ["五年来成绩来之不易。", "深入开展治本攻坚三年行动。", "坚定实施十年禁渔。"]
)
def test_years_that_say_when_or_belong_to_a_name_are_no_figures(text: str) -> None:
    assert ledger(text) == ()


# ---- which aspect of it ----


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("粮食产量达到24.7万吨。", "24.7万吨 level"),
        ("PM2.5平均浓度下降到28微克/立方米。", "28微克/立方米 level"),
        ("森林覆盖率提高到58.6%。", "58.6% level"),
        ("工业用电量同比下降2.3%。", "2.3% growth"),
        ("出口额增长近两成。", "两成 growth"),
        ("居民消费价格上涨0.4%。", "0.4% growth"),
        ("税收收入占比达到71.3%。", "71.3% share"),
        ("制造业增加值占地区生产总值的比重为31%。", "31% share"),
        ("新能源汽车销量位居全国第七位。", "第七位 rank"),
        ("改造老旧小区47个。", "47个 count"),
        ("空气优良天数比例提高1.3个百分点。", "1.3个百分点 change"),
        ("2024年5月18日正式通车。", "2024年5月18日 date"),
        ("到2027年，森林覆盖率达到60%。", "60% target"),
        ("细颗粒物浓度改善16.5%。", "16.5% growth"),
        ("汽车产量保持40%以上增长。", "40% growth"),
        ("边民补助标准再提高1200元。", "1200元 change"),
        ("边民补助标准提高到1200元。", "1200元 level"),
        ("增加床位20张。", "20张 count"),
        ("完成林分优化提升200万亩。", "200万亩 level"),
        ("80%以上的园区完成改造。", "80% share"),
    ],
)
def test_a_figure_has_the_measure_that_its_clause_says(text: str, measures: str) -> None:
    assert [f"{f.text} {f.measure}" for f in ledger(text)] == [measures]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        pytest.param(
            "税收收入占一般公共预算收入的71.3%。",
            "share",
        ),
        pytest.param(
            "外贸出口额翻了一番。",
            "growth",
        ),
        pytest.param(
            "新增就业6300人，为全年任务的105%。",
            "level",
        ),
    ],
)
def test_the_measure_is_that_of_the_last_figure(text: str, measure: str) -> None:
    assert ledger(text)[-1].measure == measure


# ---- for when ----


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("粮食产量24.7万吨。", ["2024年"]),
        ("2023年粮食产量24万吨，油菜产量3万吨。", ["2023年", "2023年"]),
        ("2023年全县完成造林1.8万亩，2024年完成造林2.1万亩。", ["2023年", "2024年"]),
        ("茶叶产量比上年增长9.5%。", ["2024年"]),
        ("较2020年增长9.5%。", ["2024年"]),
        ("2024年前三季度接待游客40万人次。", ["2024年前三季度"]),
        ("到2027年，森林覆盖率达到60%。", ["2027年目标"]),
        ("今年，粮食产量力争达到26万吨。", ["2025年目标"]),
    ],
    ids=[
        "report's",
        "sentence's",
        "nearest",
        "上年 is a base",
        "较 is a base",
        "part",
        "by",
        "今年",
    ],
)
def test_a_figure_is_of_the_period_that_its_sentence_names(text: str, periods: list[str]) -> None:
    assert [f.period for f in ledger(text)] == periods


def test_what_was_built_since_a_plan_began_is_done() -> None:
    (figure,) = ledger("“十四五”以来，累计建成高标准农田31万亩。")
    assert not figure.period.endswith("目标")


SECTIONS = """# 云水县报告

## 2024年工作回顾

一年来，主要做了这些事：

粮食产量25万吨。2023年茶叶产量9000吨，干茶均价每斤86元。

油菜产量3万吨。

## 今年重点工作

粮食产量稳定在26万吨。

## “十五五”时期主要目标

森林覆盖率达到62%。到2028年，建成水库3座。
"""


@pytest.mark.parametrize(
    ("printed", "period", "measure"),
    [
        ("25万吨", "2024年", "level"),
        ("9000吨", "2023年", "level"),
        ("86元", "2023年", "level"),
        ("3万吨", "2024年", "level"),
        ("26万吨", "2025年目标", "target"),
        ("62%", "“十五五”时期目标", "target"),
        ("3座", "2028年目标", "target"),
    ],
    ids=["lead-in", "sentence", "its next clause", "new paragraph", "今年", "plan", "by a year"],
)
def test_a_period_holds_until_another_is_named(printed: str, period: str, measure: str) -> None:
    (figure,) = [f for f in ledger(SECTIONS) if f.text == printed]
    assert (figure.period, figure.measure) == (period, measure)


REVIEW = """# 云水县报告

## 一、“十三五”时期和2024年工作回顾

{0}

——农业。粮食产量25万吨。

{1}

### （一）工业

油菜产量3万吨。

## 二、2025年重点工作

全年新增企业80户。

## 三、加强自身建设

办理建议30件。
"""


def test_a_review_holds_the_period_that_it_turned_to() -> None:
    text = REVIEW.format("过去五年，我们牢记嘱托。", "刚刚过去的2024年，我们顶住压力。")
    assert [f.period for f in ledger(text)] == [
        "2020—2024年",
        "2024年",
        "2025年目标",
        "2025年目标",
    ]


def test_a_review_that_turns_at_a_paragraphs_end_has_turned() -> None:
    text = REVIEW.format("2024年是收官之年。五年来，我们感恩奋进。", "过去一年，我们顶住压力。")
    assert [f.period for f in ledger(text)][:2] == ["2020—2024年", "2024年"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("投入强度创10年来新高，技术合同成交额增长17.8%。", "2024年"),
        ("三季度增长4.6%。", "2024年三季度"),
        ("广西三月三接待游客300万人次。", "2024年"),
    ],
)
def test_what_names_no_time_of_the_figure_leaves_the_reports(text: str, period: str) -> None:
    assert [f.period for f in ledger(text)][-1] == period


def test_the_next_sentence_says_nothing_of_this_ones_period() -> None:
    now, then = ledger("新建学校6所。2022年新建学校5所。")
    assert (now.period, then.period) == ("2024年", "2022年")


# ---- for whom ----


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("地区生产总值312.6亿元。", ["云水县"]),
        ("全县地区生产总值312.6亿元，增长6.1%。", ["全县", "全县"]),
        ("全国文明村达到4个，全省示范村19个。", ["云水县", "云水县"]),
        ("全国居民消费价格上涨0.2%，全市上涨0.4%。", ["全国", "全市"]),
        ("经济总量居全市第三位。", ["全市"]),
        ("全市经济总量突破5000亿元。地区生产总值312.6亿元。", ["全市", "云水县"]),
    ],
)
def test_a_figure_is_of_the_place_that_its_sentence_names(text: str, scopes: list[str]) -> None:
    assert [f.scope for f in ledger(text)] == scopes


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("全市经济总量突破5000亿元，我县地区生产总值312.6亿元。", id="我县 ends 全市"),
        pytest.param("森林覆盖率达到58.6%，比全省平均水平高4.2个百分点。", id="比全省"),
        pytest.param("地区生产总值增长6.1%，高于全省1.2个百分点。", id="高于全省"),
        pytest.param("全国重点实验室增至16家。", id="全国重点实验室"),
        pytest.param("贡献了全国38.7%的贸易增量。", id="贡献了全国"),
        pytest.param("全省首个银龄食堂投入使用，老年人每餐补贴3元。", id="全省首个"),
    ],
)
def test_the_last_figure_is_the_reports_own(text: str) -> None:
    assert ledger(text)[-1].scope == "云水县"


# ---- what is said around it ----


@pytest.mark.parametrize(
    ("text", "printed", "qualifier"),
    [
        ("预计全年接待游客510万人次。", "510万人次", "预计"),
        ("旅游综合收入超过38亿元。", "38亿元", "超过"),
        ("零售总额突破96亿元。", "96亿元", "突破"),
        ("惠及居民3200余户。", "3200余户", ""),
        ("城镇登记失业率控制在3.5%以内。", "3.5%", "以内"),
        ("地区生产总值增长6.5%左右。", "6.5%", "左右"),
    ],
)
def test_a_qualifier_stays_with_its_figure(text: str, printed: str, qualifier: str) -> None:
    assert field(text, "qualifier") == [(printed, qualifier)]


def test_a_year_by_itself_is_no_figure_and_a_day_is() -> None:
    assert [f.text for f in ledger("2024年，云河大桥建成。2024年5月18日通车。")] == [
        "2024年5月18日"
    ]


def test_a_date_is_of_what_happened_on_it() -> None:
    (date,) = ledger("2024年5月18日，云河大桥正式通车。")
    assert "云河大桥" in date.words + date.indicator


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("茶叶产量比上年增长9.5%。|茶叶产量", id="比"),
        pytest.param("新能源汽车销量位居全国第七位。|新能源汽车销量", id="位居全国"),
        pytest.param("空气优良天数比例达96.2%，比上年提高1.3个百分点。|空气优良天数比例", id="达"),
    ],
)
def test_an_indicators_name_ends_with_the_name(name: str) -> None:
    text, indicator = name.split("|")
    assert ledger(text)[-1].indicator == indicator


# ---- offsets and order ----


def test_a_figure_broken_by_the_page_is_read_across_and_its_receipt_holds() -> None:
    text = "改造老旧小区47个，新建口袋公园12个，新增停车泊位18\n50个，群众称便。\n"
    report = parse_report(text, "云水", place="云水县", year=2024)
    figures = build_ledger(report)
    assert figures[-1].value == 1850
    assert [report.text[f.start : f.stop] for f in figures] == [f.text for f in figures]


def test_each_figure_lies_in_its_clause_and_they_come_in_the_order_of_the_text() -> None:
    figures = ledger(SECTIONS)
    assert [f.start for f in figures] == sorted(f.start for f in figures)
    assert all(f.clause[0] <= f.start < f.stop <= f.clause[1] for f in figures)


def test_a_ratio_lies_in_its_clause() -> None:
    (ratio,) = ledger("城乡居民收入比缩小到2：1。")
    assert ratio.clause[0] <= ratio.start < ratio.stop <= ratio.clause[1]


PIECES = """
全县 粮食 产量 茶叶 达 增长 下降 分别 和 、 ， 。 ； 由 从 增至 提高到 6.1% 24.7万吨 86家 3200余户 两成
1.3个百分点 第三位 2024年 2023年 今年 去年 到2027年 目标 占 比重 全国 城乡 居民 各 比上年 （ ） “ ” ## 一、
"""


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=40).map("".join) | st.text())
def test_any_text_gives_figures_whose_receipts_hold(text: str) -> None:
    report = parse_report("云水县报告\n" + text, "云水", year=2024)
    for figure in build_ledger(report):
        assert report.text[figure.start : figure.stop] == figure.text
        assert figure.clause[0] <= figure.start < figure.stop <= figure.clause[1]


def test_the_same_report_gives_the_same_ledger() -> None:
    assert ledger(SECTIONS) == ledger(SECTIONS)
