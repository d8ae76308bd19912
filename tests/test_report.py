"""Reading: encodings, bad input, sections, broken paragraphs, passages, place and year."""

from __future__ import annotations

import codecs
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.report import parse_report, passages, read_report, views
from qa.report.files import MAX_BYTES
from qa.text import UNSEEN, plain
from qa.types import QaError, Report

WORDS = "2023年，全县新建步道12公里。"

ANY_REPORT = st.lists(
    st.sampled_from(
        [
            *("一、工作回顾", "（一）收入", "1. 道路", "# 标题", "## 小节", "新气象", "——再出发"),
            *(
                "全县新建步道12公里。",
                "各位代表：",
                "各位代表！",
                "■ 本报记者 甲乙",
                "来源：",
                "大",
            ),
            *(
                "首批示范街",
                "区已经开放，居民称便。",
                "（一）收入。全年3亿元，增长4%。",
                "】",
                "“",
                "”",
            ),
            *(
                "新建了道路，改造了管网，整治了小巷，方便了居民出行，文化路卫",
                "1.",
                "\t",
                " ",
                "\r\n",
            ),
        ]
    )
    | st.text(max_size=30),
    max_size=20,
).map("\n".join)


def blocks(text: str) -> list[str]:
    """The paragraphs of a text as they are read."""
    return [view.text for view in views(parse_report(text, "doc"))]


def names(text: str) -> list[str]:
    """The sections of a text with what they lie in, the title's among them."""
    return [section.name for section in parse_report(text, "doc").sections]


def titles(report: Report) -> list[str]:
    return [section.title for section in report.sections if section.level == 1]


def section_of(report: Report, words: str) -> str:
    """The name of the section in which a text's words are cited."""
    return next(p.section for p in passages(report) if words in plain(p.text))


# ---- files ----


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_encodings_are_told_apart_and_a_byte_order_mark_is_no_text(
    tmp_path: Path, encoding: str, bom: bytes
) -> None:
    path = tmp_path / "青山县.txt"
    path.write_bytes(bom + WORDS.encode(encoding))
    report = read_report(path)
    assert report.text == WORDS
    assert report.id == "青山县"


def test_the_text_kept_is_the_text_read_down_to_its_line_ends(tmp_path: Path) -> None:
    text = "\r\n　　２０２３年，完成①项Ⅲ类工程。\r\n\r\n全年１２.5％\r"
    path = tmp_path / "a.md"
    path.write_bytes(text.encode())
    assert read_report(path).text == text


def test_a_file_of_one_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.TXT"
    path.write_text(WORDS, encoding="utf-8")
    report = read_report(path)
    assert [p.text for p in passages(report)] == [WORDS]
    assert report.sections == ()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.txt", b"", "没有文字"),
        ("白.txt", codecs.BOM_UTF8 + " \r\n\t　".encode(), "没有文字"),
        ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "二进制"),
        ("乱.txt", b"\xff\xff\xff\xff abc", "编码"),
        ("半.txt", codecs.BOM_UTF8 + "年".encode()[:2], "编码"),
        ("报告.pdf", b"%PDF-1.7", "只读 .txt 和 .md"),
    ],
)
def test_a_file_that_is_no_report_is_refused_in_a_sentence_that_names_it(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(QaError, match=says) as raised:
        read_report(path)
    assert name in str(raised.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(QaError, match="没有这个文件"):
        read_report(tmp_path / "none.txt")
    with pytest.raises(QaError, match="文件夹"):
        read_report(tmp_path)


def test_a_path_that_the_system_refuses_is_an_error_for_the_user(tmp_path: Path) -> None:
    with pytest.raises(QaError, match="读不了"):
        read_report(tmp_path / ("长" * 400 + ".txt"))


def test_200_megabytes_are_refused_by_their_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)  # a hole: were it read it would be called binary
    with pytest.raises(QaError, match="200 MB"):
        read_report(path)
    assert MAX_BYTES < 200_000_000


def test_a_line_of_millions_of_characters_without_a_full_stop_becomes_passages() -> None:
    report = parse_report("道路" * 500_000, "doc")
    found = passages(report)
    assert "".join(p.text for p in found) == report.text
    assert max(len(p.text) for p in found) <= 120


# ---- sections ----


def test_markdown_headings_nest_and_a_lone_first_one_is_the_title() -> None:
    text = (
        "# 总结\n\n引言在此。\n\n## 经济 ##\n\n"
        "### **工业**\n产值8亿元。\n\n## 民生\n\n建成食堂5个。"
    )
    assert names(text) == ["总结", "经济", "经济 › 工业", "民生"]
    report = parse_report(text, "doc")
    assert section_of(report, "引言") == "总结"
    assert section_of(report, "8亿元") == "经济 › 工业"
    assert section_of(report, "食堂") == "民生"


def test_markdown_headings_of_the_same_level_leave_no_title() -> None:
    assert names("# 甲\n\n甲文。\n\n# 乙\n\n乙文。") == ["甲", "乙"]


def test_in_markdown_a_short_line_is_no_heading() -> None:
    assert names("# 甲\n\n短行\n\n这一段文字说明了全年各项工作的情况。\n\n# 乙\n\n乙文。") == [
        "甲",
        "乙",
    ]


def test_numbered_headings_of_every_style_nest_by_style() -> None:
    text = (
        "第一章 总则\n一、2023年工作回顾\n（一）农业\n1. 粮食\n粮食产量3万吨。\n"
        "2. 果蔬\n果蔬产量2万吨。\n（二）工业\n产值8亿元。\n"
        "二、2024年打算\n明年再建5公里。\n第二章 附则\n本报告由县政府解释。"
    )
    assert names(text) == [
        "第一章 总则",
        "第一章 总则 › 一、2023年工作回顾",
        "第一章 总则 › 一、2023年工作回顾 › （一）农业",
        "第一章 总则 › 一、2023年工作回顾 › （一）农业 › 1. 粮食",
        "第一章 总则 › 一、2023年工作回顾 › （一）农业 › 2. 果蔬",
        "第一章 总则 › 一、2023年工作回顾 › （二）工业",
        "第一章 总则 › 二、2024年打算",
        "第二章 附则",
    ]


def test_a_heading_that_runs_on_names_the_section_and_its_paragraph_stays_whole() -> None:
    paragraph = "（一）收入稳中有进。全县财政收入3.2亿元，增长4%。"
    report = parse_report(f"一、预算执行\n{paragraph}\n（二）支出。支出8亿元。", "doc")
    assert report.sections[1].path == ("一、预算执行", "（一）收入稳中有进")
    assert section_of(report, "3.2亿元") == "一、预算执行 › （一）收入稳中有进"
    assert paragraph in [view.text for view in views(report)]


@pytest.mark.parametrize(
    "line",
    [
        "一是狠抓项目建设，全年完成投资3亿元，新建学校2所。",
        "一、二、三产业增加值分别增长4%、6%、7%。",
        "12.5公里道路建成通车，方便了沿线群众出行。",
        "2023年，全县新建步道12公里。",
        "“聚力建设生态县。”",
        "各位代表：",
        "1.完成全年投资3亿元，新建学校2所，新增床位300张，改造小巷15条，惠及居民4万余人。",
        "2023年青山县新建步道\n，全县上下无不称便，这是多年努力的结果。",
        "甲村\n乙村\n丙村\n丁村\n戊村",
        "一是",
        "来源：\n青山日报",
        "abcd39f1fb7f426d9dfb6bd0fa1f2146:",
        "图为步道一景 资料图",
        "青山7月25日电",
    ],
)
def test_enumerations_figures_quotations_and_salutations_head_nothing(line: str) -> None:
    assert names(f"{line}\n这一段文字说明了全年各项工作的情况，共有若干方面。") == []


def test_a_title_that_a_web_page_says_again_heads_nothing() -> None:
    title = "2024年青山县工作报告"
    text = (
        f"{title}\n一、回顾\n全年新建步道12公里。\n青山县工作报告\n以上报告，请予审议并提出意见。"
    )
    assert names(text) == ["2024年青山县工作报告", "一、回顾"]


def test_a_list_of_numbered_lines_is_a_list() -> None:
    assert names("工作如下：\n1.投资3亿元\n2.学校2所\n3.床位300张\n以上各项均已完成。") == []


def test_a_table_of_contents_does_not_double_the_sections() -> None:
    text = "一、回顾……1\n二、打算……5\n一、回顾\n全年新建步道12公里。\n二、打算\n明年再建5公里。"
    assert names(text) == ["一、回顾", "二、打算"]


NEWSPAPER = """小城交出新答卷

新台阶

——绿色优先 再上层楼

“守好一方水土。”

全年植树400余亩，空气优良率达91.2%。

新活力

——转型探路 样本初成

全年引进企业30余家，产值6亿元。

■ 本报记者 甲乙丙

小城的成绩单，见证了全年的奋斗。

新生活

——民生为大 共享成果

全年改造小巷15条，惠及居民4万余人。
"""


def test_a_short_line_and_its_dash_line_are_one_heading_of_a_newspaper() -> None:
    report = parse_report(NEWSPAPER, "doc")
    assert titles(report) == [
        "新台阶 ——绿色优先 再上层楼",
        "新活力 ——转型探路 样本初成",
        "新生活 ——民生为大 共享成果",
    ]
    assert (report.sections[0].title, report.sections[0].level) == ("小城交出新答卷", 0)
    assert section_of(report, "400余亩") == "新台阶 ——绿色优先 再上层楼"


def test_a_byline_in_mid_page_opens_the_lead_and_belongs_to_the_whole() -> None:
    report = parse_report(NEWSPAPER, "doc")
    assert section_of(report, "成绩单") == "小城交出新答卷"
    assert section_of(report, "甲乙丙") == "小城交出新答卷"
    assert "■本报记者甲乙丙" in [view.text for view in views(report)]


def test_turning_to_the_assembly_leaves_the_points_of_a_list() -> None:
    text = (
        "一、回顾\n（一）农业。粮食产量3万吨。\n（二）工业。产值8亿元。\n"
        "各位代表！五年来，全县面貌一新。\n二、打算\n明年再建5公里。"
    )
    assert section_of(parse_report(text, "doc"), "五年来") == "一、回顾"


def test_furniture_of_a_web_page_stays_findable_and_names_no_section() -> None:
    text = (
        "下载\n打印\n【字号：\n大\n中\n小\n】\n2024年青山县政府工作报告\n来源：\n青山日报\n时间：2024-01-20\n"
        "青山县县长 甲乙\n各位代表：\n现在，我代表县人民政府向大会报告工作，请予审议。\n"
        "一、2023年工作回顾\n全年新建步道12公里。\n扫一扫在手机打开当前页\n打印本页\n2024年青山县政府工作报告\n"
    )
    assert names(text) == ["2024年青山县政府工作报告", "一、2023年工作回顾"]
    assert "青山日报" in blocks(text)
    assert "青山县县长甲乙" in blocks(text)


def test_an_unnumbered_heading_within_a_numbered_series_lies_in_it_and_after_it_does_not() -> None:
    text = (
        "一、回顾\n重点工程\n全年新建步道12公里，改造小巷15条。\n二、打算\n明年再建5公里。\n"
        "名词解释\n步道是指供居民步行和休闲的道路。"
    )
    assert names(text) == ["一、回顾", "一、回顾 › 重点工程", "二、打算", "名词解释"]


# ---- paragraphs that a layout broke ----


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", "\n　　"])
def test_a_paragraph_broken_in_mid_sentence_is_one_and_its_receipt_spans_the_break(
    gap: str,
) -> None:
    text = f"全县扎实推进各项改革，取得明显成效。首批示范社{gap}区建设收官，面貌一新。"
    report = parse_report(text, "doc")
    assert blocks(text) == ["全县扎实推进各项改革，取得明显成效。首批示范社区建设收官，面貌一新。"]
    cited = next(p for p in passages(report) if "示范社" in p.text)
    assert cited.text == f"首批示范社{gap}区建设收官，面貌一新。"
    assert report.text[cited.start : cited.stop] == cited.text


@pytest.mark.parametrize(
    "after",
    [
        "二、打算",
        "新生活\n——民生为大 共享成果",
        "■ 本报记者 甲乙丙",
        "来源：青山日报",
        "打印本页",
        "- 新增企业",
    ],
)
def test_a_broken_paragraph_is_not_glued_to_headings_bylines_or_furniture(after: str) -> None:
    broken = "全县扎实推进各项改革，取得明显成效，首批示范社区建设已经收官"
    assert blocks(f"{broken}\n{after}\n下文到此为止，不再多说什么了。")[0] == broken


def test_words_that_a_web_page_broke_at_its_links_are_read_on() -> None:
    text = "由企业找技术、成果找市场的“双向\n揭榜\n挂帅”机制，带动团队\n揭榜\n；成效明显\n。"
    assert blocks(text) == [
        "由企业找技术、成果找市场的“双向揭榜挂帅”机制，带动团队揭榜；成效明显。"
    ]


def test_a_short_line_goes_on_with_the_sentence_that_breaks_off_above_it() -> None:
    text = "全县扎实推进改革，成效十分明显，面貌焕然一新，首批\n示范社区\n已经收官，居民交口称好。"
    assert blocks(text) == [text.replace("\n", "")]


def test_a_point_whose_number_stands_alone_is_read_with_its_words() -> None:
    assert blocks("一是\n狠抓项目建设，全年完成投资3亿元。") == [
        "一是狠抓项目建设，全年完成投资3亿元。"
    ]


def test_a_reporters_name_in_brackets_ends_the_paragraph() -> None:
    text = "全县扎实推进各项改革，首批示范社区建设收官。（记者 甲乙）"
    assert blocks(f"{text}\n居民纷纷点赞")[0] == plain(text)


def test_the_caption_of_a_picture_ends_where_it_names_who_took_it() -> None:
    caption = "2月3日，青山县第九届人民代表大会第四次会议开幕。本报记者 甲乙摄"
    assert blocks(f"{caption}\n大会听取了工作报告")[0] == plain(caption)


def test_rows_of_a_table_stay_rows() -> None:
    rows = ["指标\t数量\t增长", "粮食，万吨\t12.3\t1.2", "果蔬，万吨\t4.5\t2.1"]
    assert len(blocks("\n".join(rows))) == 3


# ---- passages ----


def test_a_sentence_is_a_passage_and_short_neighbours_go_together() -> None:
    text = "全年新建步道12公里，改造小巷15条。成效好。全年植树400余亩，空气优良率达91.2%。"
    assert [p.text for p in passages(parse_report(text, "doc"))] == [
        "全年新建步道12公里，改造小巷15条。成效好。",
        "全年植树400余亩，空气优良率达91.2%。",
    ]


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    sentence = "，".join(f"第{i}街区改造小巷{i}条并新增停车位{i}00个" for i in range(1, 16)) + "。"
    found = [p.text for p in passages(parse_report(sentence, "doc"))]
    assert "".join(found) == sentence
    assert all(40 <= len(words) <= 120 for words in found)
    assert all(words[-1] in "，。" for words in found)


def test_a_number_is_never_cut_in_two() -> None:
    text = "步道" * 59 + "3" + "1234567.89公里" * 30
    cut = [p.stop for p in passages(parse_report(text, "doc"))][:-1]
    assert not [i for i in cut if text[i - 1].isdigit() and text[i].isdigit()]


# ---- place and year ----

COMMUNIQUE = """青山县2024年国民经济和社会发展统计公报
青山县统计局
2025年3月20日

一、综合

初步核算，全年全县生产总值88.6亿元，比上年增长5.2%。
"""
BUDGET = """关于临江市2024年预算执行情况与2025年预算草案的报告
——2025年1月8日在临江市第九届人民代表大会第四次会议上
各位代表：
受市人民政府委托，现将有关情况报告如下，请予审议。
一、预算执行
全市一般公共预算收入31.2亿元，完成预算的101%。
"""
ANNUAL = """蓝湖科技股份有限公司2023年年度报告摘要
公司总部设在上海市，主要生产传感器，现有员工1200人。
"""
SPEECH = """2024年青山县政府工作报告
——2024年1月20日在青山县第九届人民代表大会第四次会议上
各位代表：
现在，我代表县人民政府向大会报告工作，请予审议。
"""
REVIEW = """政府工作报告
一、2023年和今年以来工作回顾
全县新建步道12公里。到2027年，青山县步道将达100公里；青山县有林地，青山县有湖。
"""
STORY = """小城见闻
山水区今年有喜事。2023年，山水区新建步道12公里，比2019年多；到2030年，全省还要再建。
2024年，西宁市山水区将再建5公里。山水区的小巷变了样。
"""


@pytest.mark.parametrize(
    ("text", "place", "year"),
    [
        (COMMUNIQUE, "青山县", 2024),
        (BUDGET, "临江市", 2024),
        (ANNUAL, "蓝湖科技股份有限公司", 2023),
        (SPEECH, "青山县", 2023),
        (REVIEW, "青山县", 2023),
        (STORY, "山水区", 2023),
        ("西宁市山水区有步道。西宁市山水区有小巷。西宁市山水区有湖。", "山水区", None),
        (
            "西区有湖。西区有山。西区有林。云西区植树，云西区修路，云西区办学。",
            "云西区",
            None,
        ),
        ("2015年以来修路。2015年起植树。2023年建成步道。从2015年算起已有八载。", "", 2023),
        ("今天天气不错，适合散步。", "", None),
    ],
    ids=[
        *("communique", "budget", "company", "speech", "review", "story"),
        *("district of a city", "short for a district", "years compared with", "neither"),
    ],
)
def test_place_and_year_are_what_the_report_is_about(
    text: str, place: str, year: int | None
) -> None:
    report = parse_report(text, "doc")
    assert (report.place, report.year) == (place, year)


def test_the_name_of_the_file_helps_where_the_text_says_little() -> None:
    report = parse_report("全省生产总值增长5%。", "四川省2024")
    assert (report.place, report.year) == ("四川省", 2024)


def test_the_caller_may_say_place_and_year() -> None:
    report = parse_report(COMMUNIQUE, "doc", place="某地", year=1999)
    assert (report.place, report.year) == ("某地", 1999)
    assert parse_report(COMMUNIQUE, "doc", place="").place == ""


# ---- any text at all ----


@settings(max_examples=300, deadline=None)
@given(ANY_REPORT)
def test_any_text_parses_into_blocks_sections_and_passages_in_order(text: str) -> None:
    report = parse_report(text, "doc")
    pieces = [piece for block in report.blocks for piece in block]
    ends = [i for piece in pieces for i in piece]
    assert ends == sorted(ends)
    assert all(0 <= start < stop <= len(text) for start, stop in pieces)
    inside = {i for start, stop in pieces for i in range(start, stop)}
    visible = {i for i, char in enumerate(text) if not char.isspace() and char not in UNSEEN}
    assert visible <= inside

    found = passages(report)
    assert all(text[p.start : p.stop] == p.text for p in found)
    assert all(a.stop <= b.start for a, b in pairwise(found))
    assert visible <= {i for p in found for i in range(p.start, p.stop)}

    starts = [section.start for section in report.sections]
    assert starts == sorted(starts)
    assert len(report.block_sections) == len(report.blocks)
    for block, index in zip(report.blocks, report.block_sections, strict=True):
        if index >= 0:
            section = report.sections[index]
            assert section.start <= block[0][0] < block[-1][1] <= section.stop


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_bytes(data)
    try:
        report = read_report(path)
    except QaError:
        return
    assert report.text.strip()


# ---- the reports at hand ----


def test_the_newspaper_page_has_its_five_sections_and_its_lead_apart(shared: Path) -> None:
    report = read_report(shared / "report" / "chengxi-2023.txt")
    heads = ["新作为 ——", "新台阶 ——", "新活力 ——", "新生活 ——", "新动能 ——"]
    assert [title[: len("新作为 ——")] for title in titles(report)] == heads
    assert (report.place, report.year) == ("城西区", 2023)
    assert (
        section_of(report, "172.2亿元") == section_of(report, "张国静") == report.sections[0].title
    )


@pytest.mark.parametrize(
    "words",
    [
        "首批智慧社区试点工作",
        "文汇路卫生服务中心",
        "以走在前作表率为牵引",
        "以实施为民办实事项目为牵引",
        "优化整合政务服务事项204类",
        "作为推动高质量发展",
    ],
)
def test_what_the_page_broke_is_read_across_the_break(shared: Path, words: str) -> None:
    report = read_report(shared / "report" / "chengxi-2023.txt")
    assert any(words in view.text for view in views(report))
    assert any(words in plain(passage.text) for passage in passages(report))


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("四川省2026", ["一、", "二、", "三、", "名词解释"]),
        ("甘肃省2026", ["“十四五”时期", "“十五五”时期", "2026年重点工作"]),
        ("山东省2026", ["一、", "二、", "三、"]),
        ("宁夏回族自治区2026", ["一、", "二、", "三、"]),
        ("山西省2026", ["一、", "二、", "三、", "四、"]),
        ("广西壮族自治区2026", ["一、", "二、", "三、"]),
        ("河北省2026", ["一、", "二、", "三、"]),
        ("陕西省2026", ["一、", "二、", "三、"]),
        ("黑龙江省2026", ["一、", "二、", "三、", "四、"]),
    ],
)
def test_provincial_reports_have_their_parts_and_are_about_the_year_before(
    shared: Path, name: str, sections: list[str]
) -> None:
    report = read_report(shared / "reports" / f"{name}.txt")
    found = titles(report)
    assert len(found) == len(sections)
    assert all(a.startswith(b) for a, b in zip(found, sections, strict=True))
    assert report.sections[0].title.endswith("工作报告")
    assert (report.place, report.year) == (name.removesuffix("2026"), 2025)
