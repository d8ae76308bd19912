"""The ledger tab: searched, filtered, sorted, downloaded, and seen in the source."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from browser.visits import SIZES, Served, Visit
from qa.app.desk import Desk
from qa.app.sifting import ROWS, Query, sift
from qa.bot import Bot
from qa.types import Figure
from yunshui import NAME, TEXT

LONG = "# 乙市2024年报告\n\n## 一、项目\n\n" + "\n\n".join(
    f"2024年，乙市{place}建成公园{number}个。"
    for number, place in enumerate((f"{a}{b}镇" for a in "东西南北中" for b in "一二三四五" * 5), 1)
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / NAME
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with more figures than a page of the table holds."""
    path = tmp_path_factory.mktemp("reports") / "乙市.md"
    path.write_text(LONG, "utf-8")
    return path


@pytest.fixture(scope="module")
def desk(county: Path) -> Desk:
    return Desk(Bot.from_report(county))


@pytest.fixture(params=SIZES)
def ledger(
    request: pytest.FixtureRequest, new_visit: Callable[..., Visit], served: Served, county: Path
) -> Page:
    """The ledger tab of a county's report, on a desktop and on a phone."""
    return opened(new_visit(request.param).open(served(county)))


def opened(visit: Visit) -> Page:
    visit.tab("台账")
    expect(rows(visit.page).first).to_be_visible()
    return visit.page


def rows(page: Page) -> Locator:
    return page.locator("#ledger tbody tr")


def expect_texts(page: Page, figures: Sequence[Figure]) -> None:
    expect(page.locator("#ledger tbody .number")).to_have_text([f.text for f in figures])


def sifted(desk: Desk, **query: str | bool) -> tuple[Figure, ...]:
    return sift(desk.figures, Query(**query), desk.reports)  # type: ignore[arg-type]


def choose(page: Page, name: str, option: str) -> None:
    page.get_by_role("combobox", name=name).select_option(label=option)


def test_the_table_is_the_ledger_in_the_order_of_the_report(ledger: Page, desk: Desk) -> None:
    expect_texts(ledger, desk.figures)
    expect(ledger.locator("#ledger .count")).to_contain_text(f"{len(desk.figures)} 个数字")


def test_words_are_found_in_indicator_figure_period_and_section(ledger: Page, desk: Desk) -> None:
    search = ledger.get_by_role("searchbox", name="搜索")
    for words in ("收入", "６.１%", "2025年目标 收入", "民生保障 6300"):
        search.fill(words)
        found = sifted(desk, text=words)
        assert 0 < len(found) < len(desk.figures)
        expect_texts(ledger, found)
    search.fill("没有这样的指标")
    expect(ledger.locator("#ledger .nothing")).to_be_visible()
    expect(ledger.locator("#ledger-query [role=status]")).to_contain_text("0")


def test_choices_narrow_each_other_and_are_cleared_together(ledger: Page, desk: Desk) -> None:
    choose(ledger, "量", "增长")
    expect_texts(ledger, sifted(desk, measure="growth"))
    choose(ledger, "时期", "2024年")
    expect_texts(ledger, sifted(desk, measure="growth", period="2024年"))
    section = desk.figures[0].section
    choose(ledger, "章节", section)
    report = desk.figures[0].report
    found = sifted(desk, measure="growth", period="2024年", section=f"{report}\n{section}")
    expect_texts(ledger, found)
    expect(ledger.locator("#ledger .count")).to_contain_text(f"{len(found)} / {len(desk.figures)}")
    ledger.get_by_role("button", name="清除").click()
    expect_texts(ledger, desk.figures)
    choose(ledger, "单位", "元")
    expect_texts(ledger, sifted(desk, unit="unit:元"))
    choose(ledger, "单位", "序数")
    expect_texts(ledger, sifted(desk, unit="kind:ordinal"))


def test_a_head_sorts_by_value_and_by_place_and_keeps_the_focus(ledger: Page, desk: Desk) -> None:
    choose(ledger, "量", "增长")
    head = ledger.get_by_role("columnheader", name="数字")
    expect(head).to_have_attribute("aria-sort", "none")
    button = head.get_by_role("button")
    button.focus()
    button.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect_texts(ledger, sifted(desk, measure="growth", sort="value", down=True))
    # A decline is less than any growth.
    expect(rows(ledger).last).to_contain_text("2.3%")
    expect(rows(ledger).last.get_by_role("img", name="下降")).to_be_visible()
    expect(button).to_be_focused()
    button.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(rows(ledger).first).to_contain_text("2.3%")
    ledger.get_by_role("columnheader", name="章节").get_by_role("button").click()
    expect_texts(ledger, sifted(desk, measure="growth"))


def test_a_click_anywhere_on_a_row_shows_the_figure_in_the_source(ledger: Page) -> None:
    rows(ledger).filter(has_text="58.6%").locator("td").nth(1).click()
    expect(ledger.locator("#source mark")).to_have_text("58.6%")
    expect(ledger.locator("#source mark")).to_be_in_viewport(ratio=1)


def test_rows_are_walked_by_arrow_keys_and_opened_by_enter(ledger: Page) -> None:
    buttons = ledger.locator("#ledger tbody .show")
    expect(ledger.locator("#ledger tbody [tabindex='0']")).to_have_count(1)
    buttons.first.focus()
    ledger.keyboard.press("ArrowDown")
    ledger.keyboard.press("ArrowDown")
    expect(buttons.nth(2)).to_be_focused()
    text = buttons.nth(2).locator(".number").inner_text()
    ledger.keyboard.press("Enter")
    expect(ledger.locator("#source mark")).to_have_text(text)


def test_what_is_filtered_is_downloaded_as_csv_that_excel_reads(ledger: Page, desk: Desk) -> None:
    choose(ledger, "量", "增长")
    found = sifted(desk, measure="growth")
    expect_texts(ledger, found)
    with ledger.expect_download() as waiting:
        ledger.get_by_role("button", name="CSV").click()
    assert waiting.value.suggested_filename == "台账-云水县2024.csv"
    data = waiting.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(r["text"], Decimal(r["value"])) for r in lines] == [(f.text, f.value) for f in found]


def test_what_is_filtered_is_downloaded_as_a_workbook(ledger: Page, desk: Desk) -> None:
    ledger.get_by_role("searchbox").fill("收入")
    found = sifted(desk, text="收入")
    expect_texts(ledger, found)
    with ledger.expect_download() as waiting:
        ledger.get_by_role("button", name="XLSX").click()
    assert waiting.value.suggested_filename == "台账-云水县2024.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    table, receipts = book.worksheets
    heads = [str(cell.value).split()[-1] for cell in table[1]]
    column = heads.index("value") + 1
    values = [table.cell(row, column).value for row in range(2, table.max_row + 1)]
    assert [Decimal(str(value)) for value in values] == [f.value for f in found]
    spans = [row[2:4] for row in receipts.iter_rows(min_row=2, values_only=True)]
    assert spans == [(f.start, f.stop) for f in found]


@pytest.mark.parametrize("size", SIZES)
def test_a_long_ledger_comes_page_by_page(
    new_visit: Callable[..., Visit], served: Served, long: Path, size: str
) -> None:
    page = opened(new_visit(size).open(served(long)))
    expect(rows(page)).to_have_count(ROWS)
    following = page.get_by_role("button", name="下一页")
    following.click()
    expect(rows(page)).to_have_count(125 - ROWS)
    expect(rows(page).last).to_contain_text("125个")
    expect(following).to_be_disabled()
    page.get_by_role("searchbox").fill("东一镇")
    expect(page.locator("#ledger .pager")).to_have_count(0)
    expect(rows(page).first).to_contain_text("1个")


def test_of_several_reports_one_is_chosen_with_its_sections(
    new_visit: Callable[..., Visit], served: Served, county: Path, long: Path, desk: Desk
) -> None:
    page = opened(new_visit().open(served(county, long)))
    choose(page, "报告", "云水县 2024")
    expect_texts(page, desk.figures)
    groups = page.locator("select[name=section] optgroup:not([disabled])")
    expect(groups).to_have_count(1)
    expect(groups).to_have_attribute("label", "云水县 2024")
