"""The figure grammar: what is a figure, where it ends, what it is worth."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.figures import explain, find_quantities, phrase
from qa.figures.numerals import chinese
from qa.types import Quantity

# In the sentences below a figure stands in square brackets; what has none must not be found.

AMOUNTS = """
完成投资[421.17亿元]，涉及[8类][23项]
全年造林[4000余亩]，带动消费[3000余万元]
新修[3条]道路[1.5公里]
让[13.07万户][46万]群众搬进新家
盘活厂房[2.7万平方米]，拆除围挡[30.7公里]
[12个]村集体收入过关，[116个]国家派队参赛
联通[39县][3市]，覆盖[24省份]
旅客[340万人次]，货物[117万吨]，常住人口[3400万人]
装机[1.39亿千瓦]，其中储能[1亿千瓦]
算力达到[15万P]，机架[8万架]
浓度降到[28.5微克每立方米]，去年为[30微克/立方米]
补助标准为[300元/月]，限速[80公里/小时]
锅炉改造[210蒸吨]，节约[12万吨标准煤]
总量[1.2万亿元]，贷款[9万亿元]
外资[38亿美元]，船舶[5.2万载重吨]，吞吐[1800万标准箱]
发电[8100亿千瓦时]，线路电压[750千伏]
人均寿命[80.5岁]，受教育[11.7年]
发行[12,345元]的债券，另有[1 234元]的余款
占地[４２．８４亩]，投入[２０００万元]
新增[1万余个]岗位，服务[300余次]，捐款[5亿多元]
学习持续[3个多月]，工程拖了[两年半]，每天走[1个半小时]
走了[10多公里]，种下[20来棵]树
增加[300多万亩]林地，惠及[80余万名]婴儿
投资[3000万元]的技改项目，[96.4米]高的塔
出口整车[110万辆]、电池[4.2万套]
产能[400万吨/年]，排放[0.3克/千瓦时]
新建[2.6万套]（间）公寓，买了[210台]（套）设备
管线[2000公里]以上，学位[9000个]左右
调解[7万余件]，避险[100余起]，救助[4900余人]
[6户]企业、[10家]医院、[20所]学校、[14座]电站、[5部]规章
开展[103场]活动，出动[2000列]班列，放映[9.5万场次]电影
每月多领[65元]，一次补助[8000元]
设立[10亿元]基金、[7个]工作组、[2个]专班
应对[19轮]强降雨，连续[129天]供电
地震[6.2级]，风力[12级]
办理[1253件]建议，出台[16件]文件
完成[61%]的污水厂改造，规模[720兆瓦]
气产量[22亿方]，水库[9.5亿立方米]
培训[40万人次]，考生[86.5万名]
"""

CHINESE = """
拨付[三千二百万元]，落实[二十三项]任务，走访[一百零五个]村
推进[六大]行动和“[五大]工程”，打造“[六大]品牌”
实施[三年]行动，编制[五年]规划
[两所]高校、[三家]医院、[四条]线路
西北[五省]联动，[两市]共建
[十二个]乡镇、[三十个]社区、[一百二十户]人家
占全国近[三成]
[两成]以上的企业，[八成]左右的家庭，[三成五]的订单
[十余个]品种、[三十余万元]罚款、[二十多亿元]订单
[三五个]人，[十七八岁]的青年
[两三年]见效，[二三十个]点位
[百分之五点六]的增速，[千分之三]的费率
[三分之一]的村，[四分之三]以上的户
产值[翻一番]，用户[翻了两番]，增长[一倍]
[半数]以上的委员，[一半]的预算
来了[数十人]，投入[数百万元]，上门[几百次]
[上千家]商户，[上万人]观看，[上百万元]损失
投资突破[千亿元]，跨过[两个][万亿元]大关，连上[三个][千亿]台阶
过[百亿元]的县，近[百家]企业，超[千万人次]，突破[百亿次]
[亿元]以上项目[28个]，[百万亩]方田
[万吨级]泊位，[千亿级]集群，[300万吨级]装置，[50万千瓦级]机组
[百余名]干部，[千余户]居民
[十个]亮点，[十年]树木，[七天]之内
"""

PERCENTAGES = """
增长[5.6%]，占[42.84％]，费率[3‰]
高于全国[8.5个百分点]，提高[1.5个多百分点]，降[0.3百分点]
分别快于全国[3.4个]、[1个百分点]
分别增长[5.2]、[3.6个百分点]
分别增长[4%]、[6%]和[12.5%]
占[20%—30%]，定在[4.5—5%]，预期[5%-6%]
从[91%]提高到[95%]
排在全国[前1%]
[1个]学科进入全球[前1‱]
奥运会上斩获[8金][4银][4铜]，金融、银行、铜矿
总算力[7000PF]，服务科考船[2152航次]，双向[8车道]
[2群]鹿，附件2 名词解释，实现“[17连增]”
"""

ORDINALS = """
命名为[第七批]示范区，是[第2个]获评的县
居全国[第3位]、西部[第一]、中部[第5]
列世界[第二]，增速排全国[第八]
全国[前三]，[前10位]，[前五名]，世界[前十]
完成[前两轮]整改，迎接[第三轮]督察
全省[首个]，西南[首家]，国内[首台]（套），[首批]试点，[首届]赛事，[首座]电站
摆在[首位]
[第一次]开会，[第一个]报名，[第一年]见效
[第十五届]全运会，[第22届]展会，[第三代]芯片
退出[后十位]
"""

GRADES = """
水质保持[Ⅲ类]，上游达[Ⅱ类]，支流为[劣Ⅴ类]
出境断面为[III类]
[5A级]景区，[4A级]景区，[5A]景区，[AAA级]信用
[三级]医院，[二级]以上公路，[一级]博物馆
[L4级]自动驾驶，[T800级]纤维
启动[Ⅱ级]响应
"""

DATES = """
[2025年10月31日]印发，[3月份]开工，[1—9月]完成
[2025年底]建成，[2030年]前达峰，[2021—2025年]实施
[2023年1—9月]，[二〇二五年]，[2022年12月]，[5月]
[2023]、[2024年]连续增长
[10月31日]闭幕，[15日]开放
[12月底]见分晓，[2024年初]动工，[2025年度]预算
[前11个月]的进出口
历时[5年]，存续[30年]，计划工期[18个月]
"""

RANGES = """
选[3至5个]点，用[3～5年]，补[300—500元]
投[1.5万到2万元]，或[3—5万元]，或[5000—2万元]
[三至五个]品种，[0—6岁]儿童，[10-15分钟]路程
[10%至15%]的股份，[2个至3个]名额
由[689万户]增至[951万户]
从[5万户]到[8万户]
由[369位]上升到[235位]
"""

RATIOS = """
收入比降至[2.2]，收入比值由[3.27]缩小至[2.93]
增长[4.3倍]，扩大[3倍多]，是过去的[两倍]
城乡收入比为[2.1:1]
三产结构调为[8.3∶41.4∶50.3]
指数达到[105.2]，系数降到[0.35]以下
总数由[20]增至[35]
约占[1/3]
"""

NAMES = """
十四五收官，“十五五”开局，“十三五”末
一带一路，“一带一路”，五位一体，三会一课
拨打12345热线，“12345”热线，110报警，119、120联动
形成“1+1+1+4+N”体系，推行“1+N+N”，构建“14+1”链，健全“1+ N”
升级“甘霖工程”2.0，自贸区3.0版，推进1.2.3节
5G基站，4K频道，3D打印，6G试验，T1000纤维，C919客机，G20峰会，C-919
PM2.5下降，PM10、CO2达标
统一市场，唯一入选，进一步巩固，一体化推进，一系列举措，一批项目，一定成效，一流环境
四川、三峡、九寨沟、三星堆、八一路、五台山、十堰、三亚、百色、万州
千方百计，千家万户，万众一心，百姓，四面八方，成千上万，十全十美，十分
三农，两会，两岸，两院院士，三公经费，“两重”“两新”，“四下基层”
“两个确立”，“四个意识”，“三个集中”，“四个不摘”，八项规定
第一产业，第二产业，第一书记，第一时间，第一线，第三方，第一责任人
国发〔2023〕12号，107国道，地铁1号线，8号楼
电话0971-6118888，上午8:30，15时30分，7×24小时
世界500强，民企百强，90后，80年代，20世纪
一、总体要求（一）主要目标
1.加快建设
党的二十大，二十届四中全会，省委十二届八次全会
每千人口床位，每万人拥有量，万元地区生产总值能耗
14引领性改革，8所以为的
三元催化，两用设施，两位数增长，三次产业，三产融合
首次公开，首要任务，首都，首先，首府
一季度，前三季度，第二季度
3·15晚会，千兆网络，百年变局，千年古城
机场三期，电厂二期，新一代，新一轮，一号旅游公路
多元化，四方，四处走动，零跑腿，双千计划
"""

LONG = """
全区[六大]类[23个]指标，[三个]超额完成，增速排全省[第二]
建成[首批]中心[50个]，[9所]学校入选[第二轮]名单
公路新增[3000公里]、突破[1.1万公里]、居全国[第3位]
[5年]增长[18.7%]，其中[2024年]增长[4.1%]
占比由[2020年]的[7.2%]提到[7.4%]
小区[3000个]、街区[120个]，惠及[4.5万户][13万人]
与[40个]国家往来，开通[26条]航线
[750千伏]和[330千伏]工程[16个]
满[3岁]入园，[60岁]以上免费
“[15分钟]生活圈”和“[30件]实事”
"""

# Mistakes that were caught while reading reports, in other words.
CAUGHT = """
[第七批]示范县，[首批]发布的名单
[18处]在建工地，[8项]目标任务，[20家]园区，[3场]地震
[10名]医生，[100名]优秀教师，[5部]地方性法规，[20部]长篇小说
[14种]农产品，[2支]农业服务队，[第三轮]机构改革
新建12项目、35升级、60学习，都没有量词
[5户]用水大户，[12台]风电机组，[10家]电商
损失[10亿多元]，补发[2万多人]的工资
PM2.5.2023个
防洪由[二十年]一遇提到[五十年]一遇
粮食[76.28亿斤]，重[1300万吨]，连续[16年]排[第一]
实行“三个一批”，共[9个]项目
提振预期等领域提出[18条]举措
（[1个]县、[2个]市）先行，[1.5小时]到省城
①[3个]中心②[5个]基地
面积为５平方以外的[３平方公里]
引进[6万]人才，覆盖[20万人]口以上的城市
"""

MARKED = [
    line
    for block in (
        AMOUNTS, CHINESE, PERCENTAGES, ORDINALS, GRADES, DATES, RANGES, RATIOS, NAMES, LONG, CAUGHT,
    )
    for line in block.strip().splitlines()
]  # fmt: skip


def marked(sentence: str) -> tuple[str, list[str]]:
    """The sentence without its marks, and the figures that they mark."""
    return re.sub(r"[\[\]]", "", sentence), re.findall(r"\[(.+?)\]", sentence)


def mark(text: str) -> str:
    """The text with what the grammar finds in it in square brackets."""
    out, last = [], 0
    for q in find_quantities(text):
        out += [text[last : q.start], "[", q.text, "]"]
        last = q.stop
    return "".join(out) + text[last:]


def one(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found


@pytest.mark.parametrize("sentence", MARKED)
def test_a_sentence_gives_its_marked_figures_and_no_other(sentence: str) -> None:
    assert mark(marked(sentence)[0]) == sentence


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("421.17亿元", "amount", "42117000000", "元"),
        ("3000余万元", "amount", "30000000", "元"),
        ("三千二百万元", "amount", "32000000", "元"),
        ("1.2万亿元", "amount", "1200000000000", "元"),
        ("12,345元", "amount", "12345", "元"),
        ("８５．５公里", "amount", "85.5", "公里"),
        ("一百零五个", "amount", "105", "个"),
        ("三百二十户", "amount", "320", "户"),
        ("两年半", "amount", "2.5", "年"),
        ("46万", "amount", "460000", ""),
        ("28.5微克每立方米", "amount", "28.5", "微克/立方米"),
        ("300元/人·月", "amount", "300", "元/人/月"),
        ("15万P", "amount", "150000", "P"),
        ("5公斤", "amount", "5", "千克"),
        ("7平米", "amount", "7", "平方米"),
        ("5.6%", "percent", "5.6", "%"),
        ("３‰", "percent", "3", "‰"),
        ("两成", "percent", "20", "%"),
        ("三成五", "percent", "35", "%"),
        ("百分之五点六", "percent", "5.6", "%"),
        ("8.5个百分点", "points", "8.5", "个百分点"),
        ("0.5百分点", "points", "0.5", "个百分点"),
        ("第七批", "ordinal", "7", "批"),
        ("首个", "ordinal", "1", "个"),
        ("前10位", "ordinal", "10", "位"),
        ("Ⅲ类", "grade", "3", "类"),
        ("劣Ⅴ类", "grade", "5", "类"),
        ("5A级", "grade", "5", "A级"),
        ("千亿级", "grade", "100000000000", "级"),
        ("4.3倍", "ratio", "4.3", "倍"),
        ("翻两番", "ratio", "2", "番"),
        ("四分之一", "ratio", "0.25", ""),
        ("2025年", "date", "2025", "年"),
        ("2025年10月31日", "date", "20251031", "日"),
        ("二〇二五年三月", "date", "202503", "月"),
        ("5年", "amount", "5", "年"),
        ("六大", "amount", "6", "大"),
        ("数百家", "amount", "100", "家"),
    ],
)
def test_a_figure_is_worth_what_it_says(text: str, kind: str, value: str, unit: str) -> None:
    found = one(text)
    assert (found.kind, found.value, found.unit) == (kind, Decimal(value), unit)
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3至5个", "3", "5", "个"),
        ("300—500万元", "3000000", "5000000", "元"),
        ("5000—2万元", "5000", "20000", "元"),
        ("1.5万到2万元", "15000", "20000", "元"),
        ("4.5%—5%", "4.5", "5", "%"),
        ("2021—2025年", "2021", "2025", "年"),
        ("1—9月", "1", "9", "月"),
        ("三四个", "3", "4", "个"),
    ],
)
def test_a_range_has_both_its_ends(text: str, low: str, high: str, unit: str) -> None:
    found = one(text)
    assert (found.value, found.high, found.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("text", "figure", "qualifier"),
    [
        ("预计完成地区生产总值421.17亿元", "421.17亿元", "预计"),
        ("参赛者近4000名", "4000名", "近"),
        ("力争产量突破120万辆", "120万辆", "力争突破"),
        ("粮食产量730亿斤以上", "730亿斤", "以上"),
        ("争取达到5%左右", "5%", "争取左右"),
        ("均超过50万元", "50万元", "超过"),
        ("不少于100批次", "100批次", "不少于"),
        ("大约30个", "30个", "大约"),
        ("总量达108亿元", "108亿元", ""),
        ("人均预期寿命达到80岁", "80岁", ""),
        ("项目签约3543亿元", "3543亿元", ""),
        ("近五年投入6亿元", "五年", ""),
        ("连续跨过3个台阶", "3个", ""),
        ("赶超20个城市", "20个", ""),
        ("行动计划投资5亿元", "5亿元", ""),
        ("今年计划投资5亿元", "5亿元", "计划"),
        ("力争早日建成，投资5亿元", "5亿元", ""),
        ("达到二级及以上的医院", "二级", "及以上"),
    ],
)
def test_hedges_that_bound_a_number_are_kept_and_others_are_not(
    text: str, figure: str, qualifier: str
) -> None:
    found = next(q for q in find_quantities(text) if q.text == figure)
    assert found.qualifier == qualifier


def test_a_figure_is_said_with_each_hedge_on_its_own_side() -> None:
    assert phrase("730亿斤", "力争以上") == "力争730亿斤以上"
    assert phrase("421.17亿元", "预计") == "预计421.17亿元"
    assert phrase("5%", "") == "5%"


def test_the_members_of_a_list_share_its_unit() -> None:
    first, second = find_quantities("分别高于全国3.4个、1个百分点")
    assert first.kind == second.kind == "points"
    assert first.unit == second.unit == "个百分点"
    first, second = find_quantities("产量分别为7000、1280万吨")
    assert (first.value, second.value) == (Decimal(70000000), Decimal(12800000))


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("十", 10), ("二十", 20), ("一百零五", 105), ("一千零二十", 1020), ("三百二", 320),
        ("两万", 20000), ("三千二百万", 32000000), ("一亿二千万", 120000000),
        ("千亿", 100000000000), ("三万亿", 3000000000000),
        ("十五五", None), ("一带", None), ("万千", None), ("千百万", None),
    ],
)  # fmt: skip
def test_chinese_numerals_are_read_and_nonsense_is_not(word: str, value: int | None) -> None:
    read = chinese(word) if all(c in "零一二三四五六七八九十百千万亿两" for c in word) else None
    assert (read[0] if read else None) == value


def test_the_rule_that_fired_can_be_told() -> None:
    rules = [rule for rule, _ in explain("居第3位，比2024年增加8个，成为首个")]
    assert rules == ["ordinal", "date", "quantity", "first"]


# Properties

PIECES = """
1 12 3.5 1,234 2025 ０９ ① ² Ⅲ 一 二 三 十 百 千 万 亿 两 零 〇 点 第 前 后 首 数 几 上 半 翻 番 成
分之 余 多 来 个 百分点 % ‰ 元 亩 年 月 日 天 大 级 类 批 位 倍 至 到 — - ～ 、 ， 。 ： : / 每 + ×
“ ” （ ） a PM2.5 5G 约 近 超 预计 以上 左右 十四五 之一 统一 .
"""
_PIECES = st.sampled_from([*PIECES.split(), " ", "\n", "\t"])
_NUMBERISH = st.lists(_PIECES, max_size=40).map("".join)


def check(text: str) -> None:
    last = 0
    folded = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    for q in find_quantities(text):
        assert text[q.start : q.stop] == q.text
        assert last <= q.start < q.stop <= len(text)
        last = q.stop
        for i in (q.start, q.stop):
            left, right = folded[max(0, i - 2) : i], folded[i : i + 2]
            assert not (re.search(r"[0-9]\Z", left) and re.match(r"[0-9]|\.[0-9]", right)), q
            assert not (re.search(r"[0-9]\.\Z", left) and re.match("[0-9]", right)), q
        assert q.high is None or q.high > q.value or q.kind == "date"


@settings(deadline=None, max_examples=400)
@given(_NUMBERISH)
def test_spans_hold_and_never_cut_a_number_in_any_jumble_of_numbers(text: str) -> None:
    check(text)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_spans_hold_in_any_text(text: str) -> None:
    check(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(MARKED), min_size=1, max_size=5))
def test_sentences_are_read_alike_in_any_company(sentences: list[str]) -> None:
    text, figures = marked("。\n".join(sentences))
    assert [q.text for q in find_quantities(text)] == figures


@settings(deadline=None)
@given(
    st.integers(0, 10**12),
    st.sampled_from(["", "万", "亿", "万亿"]),
    st.sampled_from(["元", "吨", "公里", "个", "人次", "平方米"]),
)
def test_any_number_with_scale_and_unit_is_worth_number_times_scale(
    number: int, scale: str, unit: str
) -> None:
    found = one(f"合计{number}{scale}{unit}。")
    power = {"": 0, "万": 4, "亿": 8, "万亿": 12}[scale]
    assert (found.text, found.value, found.unit) == (
        f"{number}{scale}{unit}", Decimal(number) * 10**power, unit,
    )  # fmt: skip


@pytest.mark.parametrize(
    "piece",
    ["1", "一", "十五", "1,", "1、", "1个、", "3至", "第", "“三个", "1+", "a1", "预计", "约达"],
)
def test_a_hundred_thousand_characters_of_one_kind_are_read_through(piece: str) -> None:
    check(piece * (100_000 // len(piece)))


def test_every_report_at_hand_keeps_its_figures_where_they_stand(shared: Path) -> None:
    for path in sorted(shared.glob("rep*/*.txt")):
        text = path.read_text("utf-8")
        found = find_quantities(text)
        assert len(found) > 50
        for q in found:
            assert text[q.start : q.stop] == q.text
