"""The bundled report is a digest: every figure and name of the original, none of its sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

DIGEST = (files("qa") / "reports" / "chengxi-2023.md").read_text(encoding="utf-8")
QUESTIONS = Path(__file__).parent / "questions" / "chengxi-digest.jsonl"
LONGEST_SHARED_RUN = 15

# What the original states, per section of the digest: each figure with the words
# that say what it measures and with its qualifier (预计, 余, 均超过, 高于 …).
FIGURES = {
    "导语：2023年的成绩单": """
        地区生产总值完成421.17亿元 比上年增长5.6% 社会消费品零售总额为172.2亿元 比上年增长17.5%
        财政收入完成10.66亿元 比上年增长14.9% 居民人均可支配收入为44136元 比上年增长4.4%
        税费收入达到108亿元 首个超过百亿元""",
    "新作为：党建引领": """
        学习研讨17次 专题研讨300余次 62项调研成果 三年行动 六大品牌 10个专项整治""",
    "新台阶：生态优先": """
        国土绿化面积4000余亩 森林覆盖率为42.84%，高于全市平均水平 前两轮反馈 第三轮中央环保督察
        持续保持Ⅲ类 公共建筑节能改造完成10万平方米 低氮锅炉改造完成210蒸吨 空气优良率为94.8%
        垃圾分类示范区的覆盖率为40% 宁静小区的覆盖率为50% 全省首座垃圾分拣中心 拆除护栏30.7公里
        景观节点共高标准打造了18处 第七批国家生态文明建设示范区
        第2个获评的省会城市辖区 唯一获评的市辖区""",
    "新活力：探索转型": """
        地区生产总值预计完成421.17亿元 比上年增长5.6% 税费收入108亿元 首个税费收入超过百亿元
        招商引资六大行动 到位资金18亿元 空置楼宇盘活2.7万平方米 产值为5.97亿元 外贸额为1.03亿元
        留抵退税总额1.04亿元 受惠企业5800余户 授信金额为21.86亿元 新增9592户 比上年增长57.5%
        共发行7200张 电子消费券共投放280万元 带动消费3000余万元 首届半程马拉松
        旅游收入为137.77亿元 青海首座人工智能算力中心""",
    "新生活：保障民生": """
        3条道路 长度1.5公里 混接错接点整治了65处 共探测1697公里 道路病害整治了96处
        老旧小区住房改造了6482套 保障性租赁住房分配了166套 “保交楼”交付了900余套
        老旧电梯更新改造了20部 5个社区服务中心 8类23项为民办实事项目""",
    "新动能：深化改革": """
        扶持资金1000万元 12个村的集体经济收入均超过50万元 总量为3875.84万元 首批智慧社区
        政务服务事项有204类 “跨省通办”的服务有81项 十大典型案例 5项工作""",
    "展望：2024年": "2024年 十大国家级科技创新平台 五年行动计划",
}

NAME_LIST = """
    奋进中的西区拼出新成绩新作为 张国静 西宁市 城西区 青海 西北五省 主题教育 “走在前作表率”
    “两个确立” 习近平新时代中国特色社会主义思想 习近平生态文明思想 政治责任 主体责任 领导责任
    “思想大解放、作风大转变、行动大提速” “四下基层” 人工智能中心 《城西区社区居家养老服务规范》
    “干部要干、思路要清、律己要严” 政治要件 闭环管理机制 党建基础工作提升三年行动 “六大品牌”
    廉政责任体系 纪检监察干部队伍教育整顿 现代化新青海 “国之大者” “高地” 国家生态安全屏障
    “林长+检察长+警长+网格员” 中央环保督察 湟水流域 湟水河（城西段） “一张图” 火烧沟 水槽沟
    “无废城市” “花园城区” “宁静城区” 垃圾分拣中心 拆墙透绿工程 虎台公园 花街 花桥
    国家生态环境部 国家生态文明建设示范区 招商引资六大行动 龙工场 助企暖企春风行动 增值税留抵退税
    “甘霖工程” “1+1+1+4+N” “甘霖生活卡” 半程马拉松 人工智能算力中心 “新赛道” 北气象巷 “保交楼”
    行知小学 文汇路卫生服务中心 妇计中心 东交通巷 科普路 “零工爱心驿站” “温暖的家”
    爱老幸福食堂扩面提质增效行动 家庭医生人网格 家庭适老化改造 “三大医疗”联盟 全国医养结合示范区
    村集体经济 智慧社区 文亨巷社区 全省改革创新先进集体 夏都月嫂 全省家政服务提质扩容示范区
    高坠双重预防体系 政务服务中心 一窗通办 “跨省通办” “1+N+N” 智慧政务地图 建筑垃圾电子准运证
    “有诉必应马上办” 商事制度改革 国务院督查激励 省市优化营商环境十大典型案例 政府财政运行
    知识产权 省政府激励表扬 “在顶上着力、在背上聚力、在进上发力、在稳上用力” 产业“四地”
    现代服务业高地 现代生活消费中心 高品质生活标杆 “结新果” “建新功” “下功夫” “挖潜力”
    “增优势” “出成绩” “暖民心” “提水平” “一个创新基地、三个中心城市” 十大国家级科技创新平台
    新型城镇化战略五年行动计划 兰西城市群 西宁—海东都市圈
"""
NAMES = NAME_LIST.split()


def squeeze(text: str) -> str:
    """The text without white space, punctuation and signs."""
    return re.sub(r"[\W_]", "", text)


def sections(markdown: str) -> dict[str, str]:
    """Heading to squeezed body."""
    parts = re.split(r"(?m)^#+ (.+)$", markdown)
    return dict(zip(parts[1::2], map(squeeze, parts[2::2]), strict=True))


def copied_runs(text: str, original: str) -> Iterator[str]:
    """Runs of 16 characters of `text` that `original` has too and that no listed name holds."""
    text, original = squeeze(text), squeeze(original)
    size = LONGEST_SHARED_RUN + 1
    seen = {original[i : i + size] for i in range(len(original) - size + 1)}
    names = [squeeze(name) for name in NAMES]
    for i in range(len(text) - size + 1):
        run = text[i : i + size]
        if run in seen and not any(run in name for name in names):
            yield run


def numbers(text: str) -> set[str]:
    """Every Arabic number with the hedge and scale behind it, every grade and ordinal."""
    return set(
        re.findall(r"\d+(?:\.\d+)?[余多]?[万亿%]?|[ⅠⅡⅢⅣⅤ]类|第[一二三四五六七八九十\d]", text)
    )


def test_first_lines_say_that_it_is_a_digest_and_of_which_report() -> None:
    opening = DIGEST.split("\n## ")[0]
    for words in ("摘编", "不是原文", "《奋进中的西区拼出新成绩新作为》", "张国静", "报纸"):
        assert words in opening


@pytest.mark.parametrize("section", FIGURES)
def test_section_states_each_figure_with_its_qualifier(section: str) -> None:
    body = sections(DIGEST)[section]
    assert [words for words in FIGURES[section].split() if squeeze(words) not in body] == []


def test_the_figure_that_the_original_gives_twice_is_expected_once_and_completed_once() -> None:
    assert DIGEST.count("预计完成421.17亿元") == 1
    assert DIGEST.count("421.17亿元") == 2


def test_every_name_is_kept() -> None:
    assert [name for name in NAMES if name not in DIGEST] == []


def test_figures_are_those_of_the_original_no_fewer_and_no_more(shared: Path) -> None:
    original = (shared / "report" / "chengxi-2023.txt").read_text(encoding="utf-8")
    assert numbers(DIGEST) == numbers(original)


def test_every_listed_name_stands_in_the_original(shared: Path) -> None:
    original = squeeze((shared / "report" / "chengxi-2023.txt").read_text(encoding="utf-8"))
    assert [name for name in NAMES if squeeze(name) not in original] == []


def test_no_sentence_of_the_original_is_copied(shared: Path) -> None:
    original = (shared / "report" / "chengxi-2023.txt").read_text(encoding="utf-8")
    assert list(copied_runs(DIGEST, original)) == []


def test_a_copied_clause_would_be_seen_and_a_name_would_not() -> None:
    clause = "今天早上他沿着那条河一直走到城外去看望老朋友"
    assert list(copied_runs(f"据说，{clause}。", f"{clause[:9]} \n {clause[9:]}"))
    name = "“在顶上着力、在背上聚力、在进上发力、在稳上用力”"
    assert not list(copied_runs(f"他说{name}。", f"用{name}来概括"))


def test_gold_figures_of_the_question_set_stand_in_the_section_it_names() -> None:
    bodies = sections(DIGEST)
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        named = "".join(bodies[name] for name in row["section"].split("；") if name)
        assert bool(named) == row["answerable"], row["id"]
        assert [g for g in row["figures"] if squeeze(g) not in named] == [], row["id"]
