"""A visitor's own reports: real files, a real server, real visitors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from browser.visits import SIZES, Visit, serving

TOWN = """\
甲市2024年政府工作报告

一、经济

2024年，甲市地区生产总值达到1234.5亿元，增长6.1%。建成甲市绿道88公里。甲市财政收入77亿元。
"""
BULLETIN = """\
丁市2024年统计公报

一、经济

2024年，丁市地区生产总值为1234.5亿元，比上年增长6.1%。社会消费品零售总额为77亿元，比上年增长5.5%。

二、建设

年末全市有绿道88公里。
"""
COUNTY = TOWN.replace("甲市", "乙县").replace("77亿元", "5.5亿元").replace("88公里", "13公里")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files to upload: good ones, and one of each kind that can't be taken."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "甲市.txt").write_text(TOWN, "utf-8")
    (folder / "乙县.md").write_text(COUNTY, "gb18030")
    (folder / "空.txt").write_bytes(b"")
    (folder / "图.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "表.pdf").write_text(TOWN, "utf-8")
    (folder / "大.txt").write_text(TOWN * 9000, "utf-8")
    return folder


def open_shelf(visit: Visit) -> Locator:
    visit.tab("报告")
    shelf = visit.page.locator("#shelf")
    expect(shelf.locator(".pick")).to_be_visible()
    return shelf


def bring(visit: Visit, *files: Path) -> None:
    visit.page.locator("#shelf input[type=file]").set_input_files(list(files))


def mine(visit: Visit) -> Locator:
    return visit.page.locator("#shelf li:has(input[data-mine])")


def said(visit: Visit) -> Locator:
    return visit.page.locator("#shelf-said li")


@pytest.mark.parametrize("size", SIZES)
def test_an_uploaded_report_says_what_was_found_and_is_asked(
    new_visit: Callable[..., Visit], address: str, files: Path, size: str
) -> None:
    visit = new_visit(size).open(address)
    open_shelf(visit)
    bring(visit, files / "甲市.txt")
    expect(said(visit)).to_contain_text("已读入")
    expect(mine(visit)).to_have_count(1)
    expect(mine(visit).locator(".found")).to_contain_text("4 数字")
    expect(mine(visit).get_by_label("地区")).to_have_value("甲市")
    expect(visit.page.locator("#masthead")).to_contain_text("甲市2024年政府工作报告")
    visit.back()
    turn = visit.ask("绿道建成多少公里？")
    expect(turn.locator(".figure .number")).to_have_text("88公里")
    expect(visit.marks).to_have_text("88公里")
    assert visit.page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]


def test_an_uploaded_report_takes_the_place_of_the_served_one_on_every_part_of_the_page(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit.page
    visit.ask("财政收入是多少？")
    for name in ("台账", "图表"):
        visit.tab(name)
    expect(page.locator("figure.chart")).to_contain_text("财政收入")
    path = tmp_path / "丁市.txt"
    path.write_text(BULLETIN, "utf-8")
    open_shelf(visit)
    bring(visit, path)
    page.get_by_role("button", name="去提问").click()
    expect(visit.box).to_be_focused()
    expect(page.locator("#masthead")).to_contain_text("丁市2024年统计公报")
    expect(page.locator("#offers")).to_contain_text("社会消费品零售总额")
    turn = visit.ask("绿道有多少公里？")
    turn.get_by_role("button", name="查看原文").click()
    expect(visit.marks).to_have_text("88公里")
    expect(page.locator("#source article")).to_have_count(1)
    visit.tab("台账")
    expect(page.locator("#ledger .count")).to_contain_text("5 个数字")
    visit.tab("图表")
    expect(page.locator("figure.chart")).to_contain_text("社会消费品零售总额")
    expect(page.locator("figure.chart")).not_to_contain_text("市场主体")


def test_what_one_visitor_uploads_no_other_sees(
    new_visit: Callable[..., Visit], address: str, files: Path
) -> None:
    one, other = new_visit().open(address), new_visit().open(address)
    for visit in (one, other):
        open_shelf(visit)
    bring(one, files / "甲市.txt")
    expect(mine(one)).to_have_count(1)
    bring(other, files / "乙县.md")
    expect(mine(other)).to_have_count(1)
    expect(one.ask("财政收入是多少？").locator(".figure .number")).to_have_text("77亿元")
    expect(other.ask("财政收入是多少？").locator(".figure .number")).to_have_text("5.5亿元")
    fresh = new_visit().open(address)
    open_shelf(fresh)
    expect(mine(fresh)).to_have_count(0)
    expect(fresh.ask("财政收入是多少？").locator(".figure .number")).to_have_text("10.66亿元")


def test_one_report_or_all_are_asked_as_the_visitor_chooses(visit: Visit, files: Path) -> None:
    shelf = open_shelf(visit)
    bring(visit, files / "甲市.txt", files / "乙县.md")
    expect(mine(visit)).to_have_count(2)
    number = ".figure .number"
    shelf.get_by_role("checkbox", name="乙县").uncheck()
    expect(visit.page.locator("#masthead")).not_to_contain_text("乙县")
    expect(visit.ask("财政收入是多少？").locator(number)).to_have_text("77亿元")
    open_shelf(visit).get_by_role("button", name="全都问").click()
    expect(visit.page.locator("#masthead")).to_contain_text("共 3 份报告")
    expect(visit.ask("乙县财政收入是多少？").locator(number)).to_have_text("5.5亿元")
    open_shelf(visit).get_by_role("button", name="只问本站的").click()
    expect(visit.page.locator("#masthead")).not_to_contain_text("甲市")
    expect(visit.ask("财政收入是多少？").locator(number)).to_have_text("10.66亿元")


def test_place_and_year_are_corrected_and_the_report_is_read_anew(
    visit: Visit, files: Path
) -> None:
    open_shelf(visit)
    bring(visit, files / "甲市.txt")
    form = mine(visit).locator("form")
    form.get_by_label("地区").fill("丙州")
    form.get_by_label("年份").fill("2021")
    form.get_by_role("button", name="更正").click()
    expect(visit.page.locator("#masthead")).to_contain_text("丙州 · 2021年")
    form.get_by_label("年份").fill("去年")
    form.get_by_role("button", name="更正").click()
    expect(said(visit)).to_contain_text("年份应为四位数字")


def test_no_link_leads_to_a_report_of_ones_own(visit: Visit, files: Path) -> None:
    open_shelf(visit)
    bring(visit, files / "甲市.txt")
    expect(visit.page.locator("#masthead")).to_contain_text("甲市2024年政府工作报告")
    visit.back()
    turn = visit.ask("财政收入是多少？")
    expect(turn.get_by_role("button", name="复制引用")).to_be_visible()
    expect(turn.get_by_role("button", name="链接")).to_have_count(0)


def test_a_report_that_is_removed_is_asked_no_more(visit: Visit, files: Path) -> None:
    open_shelf(visit)
    bring(visit, files / "甲市.txt")
    mine(visit).get_by_role("button", name="移除").click()
    expect(mine(visit)).to_have_count(0)
    expect(visit.page.locator("#masthead")).to_contain_text("城西区")


def test_each_file_that_cannot_be_taken_says_why_and_the_others_are_kept(
    new_visit: Callable[..., Visit], files: Path, digest: Path, tmp_path: Path
) -> None:
    with serving(digest, log=tmp_path / "log", options=["--max-upload", "1"]) as address:
        visit = new_visit().open(address)
        open_shelf(visit)
        names = ("空.txt", "图.txt", "表.pdf", "大.txt", "甲市.txt", "甲市.txt")
        bring(visit, *(files / name for name in names))
        expect(said(visit)).to_have_count(len(names))
        whys = ("没有文字", "二进制", "只读 .txt", "超过上限 1 MB", "已读入", "已在架上")
        for line, why in zip(said(visit).all(), whys, strict=True):
            expect(line).to_contain_text(why)
        expect(mine(visit)).to_have_count(1)


def test_there_is_room_for_eight_reports(visit: Visit, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(9)]
    for number, path in enumerate(paths):
        path.write_text(TOWN.replace("88", f"8{number}"), "utf-8")
    open_shelf(visit)
    bring(visit, *paths)
    expect(said(visit)).to_have_count(9, timeout=60_000)
    expect(said(visit).last).to_contain_text("最多放 8 份")
    expect(mine(visit)).to_have_count(8)


def test_closing_the_page_makes_room_for_the_next_visitor(
    new_visit: Callable[..., Visit], files: Path, digest: Path, tmp_path: Path
) -> None:
    # All visitors' reports together have as many characters as one file may have bytes.
    padded = tmp_path / "长.txt"
    padded.write_text(TOWN + "a" * 1000, "utf-8")
    limit = padded.stat().st_size / 1_000_000
    with serving(digest, log=tmp_path / "log", options=["--max-upload", str(limit)]) as address:
        one, other = new_visit().open(address), new_visit().open(address)
        for visit in (one, other):
            open_shelf(visit)
        bring(one, padded)
        expect(mine(one)).to_have_count(1)
        bring(other, padded)
        expect(said(other)).to_contain_text("来客的报告太多")
        one.page.goto("about:blank")
        # The server hears of it in its own time.
        for again in range(20):
            padded = padded.rename(tmp_path / f"长{again}.txt")
            bring(other, padded)
            expect(said(other)).to_contain_text(padded.name)
            if mine(other).count():
                break
        expect(mine(other)).to_have_count(1)


def test_nothing_that_is_uploaded_lies_on_the_disk(
    new_visit: Callable[..., Visit],
    files: Path,
    digest: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    with serving(digest, log=tmp_path / "log") as address:
        visit = new_visit().open(address)
        open_shelf(visit)
        bring(visit, files / "甲市.txt")
        expect(mine(visit)).to_have_count(1)
        assert [path for path in (tmp_path / "tmp").rglob("*") if path.is_file()] == []


def test_where_uploading_is_off_there_is_no_shelf(
    new_visit: Callable[..., Visit], digest: Path, tmp_path: Path
) -> None:
    with serving(digest, log=tmp_path / "log", options=["--no-upload"]) as address:
        visit = new_visit().open(address)
        expect(visit.page.get_by_role("tab", name="原文")).to_be_visible()
        expect(visit.page.get_by_role("tab", name="报告")).to_have_count(0)
        reply = visit.page.request.post(f"{address}upload", headers={"X-QA-Upload": "1"}, data="a")
        assert reply.status in (404, 405)
