"""The charts tab: comparable figures drawn with their receipts, and saved as pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from browser.visits import SIZES, Served, Visit
from qa.app.comparable import Choice, Wish, choose
from qa.app.desk import Desk
from qa.bot import Bot
from yunshui import NAME, TEXT


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / NAME
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture(scope="module")
def desk(county: Path) -> Desk:
    return Desk(Bot.from_report(county))


@pytest.fixture(params=SIZES)
def charts(
    request: pytest.FixtureRequest, new_visit: Callable[..., Visit], served: Served, county: Path
) -> Page:
    """The charts tab of a county's report, on a desktop and on a phone."""
    return opened(new_visit(request.param).open(served(county)))


def opened(visit: Visit) -> Page:
    visit.tab("图表")
    expect(lines(visit.page).first).to_be_visible()
    return visit.page


def lines(page: Page) -> Locator:
    return page.locator("figure.chart .hit")


def chosen(desk: Desk, wish: Wish) -> Choice:
    choice = choose(desk.figures, wish, desk.reports)
    assert choice is not None
    return choice


def expect_drawn(page: Page, choice: Choice) -> None:
    """The picture has a line for each figure, with what the report prints at its end, in order."""
    expect(lines(page)).to_have_count(len(choice.figures))
    printed = page.locator("figure.chart .values_marks text").all_text_contents()
    for text, figure in zip(printed, choice.figures, strict=True):
        assert figure.text in text


def left(bar: Locator) -> float:
    box = bar.bounding_box()
    assert box is not None
    return box["x"]


def test_growth_is_ranked_and_a_decline_is_drawn_to_the_left_of_zero(
    charts: Page, desk: Desk
) -> None:
    expect_drawn(charts, chosen(desk, Wish()))
    expect(charts.locator("figure.chart .falls_marks path")).to_have_count(1)
    fall = charts.locator("figure.chart .falls_marks path")
    assert left(fall) < left(charts.locator("figure.chart .bars_marks path").first)
    expect(charts.locator("figure.chart .values_marks text").last).to_have_text("↓ 2.3%")


def test_the_picture_fits_the_screen(charts: Page) -> None:
    assert charts.evaluate("document.documentElement.scrollWidth <= innerWidth")
    pane = charts.locator(".chart-scroll")
    assert pane.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_kind_and_unit_are_chosen_and_targets_stand_apart(charts: Page, desk: Desk) -> None:
    charts.get_by_role("radio", name="水平").check()
    expect(charts.locator("figure.chart .title_marks")).to_contain_text("水平")
    expect_drawn(charts, chosen(desk, Wish(kind="level")))
    charts.get_by_role("combobox", name="单位").select_option("吨")
    expect(charts.locator("figure.chart .below_marks")).to_contain_text("吨")
    expect_drawn(charts, chosen(desk, Wish(kind="level", unit="吨")))
    charts.get_by_role("radio", name="目标").check()
    expect(charts.locator("figure.chart .title_marks")).to_contain_text("2025年目标")
    choice = chosen(desk, Wish(kind="level", unit="吨", ahead=True))
    expect_drawn(charts, choice)
    assert choice.ahead


def test_indicators_are_chosen_and_the_list_stays_open(charts: Page) -> None:
    charts.locator("#charts summary", has_text="指标").click()
    box = charts.get_by_role("checkbox", name="茶叶产量")
    before = lines(charts).count()
    box.uncheck()
    expect(lines(charts)).to_have_count(before - 1)
    expect(box).to_be_visible()
    expect(box).to_be_focused()
    expect(charts.locator("figure.chart .names_marks")).not_to_contain_text("茶叶产量")


def test_a_line_shows_its_receipt_on_hover_and_on_focus(charts: Page, desk: Desk) -> None:
    figure = chosen(desk, Wish()).figures[0]
    tip = charts.locator("#charts .tip")
    for reach in (lines(charts).first.hover, lines(charts).first.focus):
        reach()
        expect(tip).to_be_visible()
        for said in (figure.indicator, figure.text, figure.period, figure.section):
            expect(tip).to_contain_text(said)
        expect(tip).to_contain_text(f"{figure.start}–{figure.stop}")
        charts.keyboard.press("Escape")
        charts.mouse.move(1, 1)
        expect(tip).to_be_hidden()


@pytest.mark.parametrize("way", ["click", "Enter"])
def test_a_line_leads_to_its_place_in_the_source(charts: Page, desk: Desk, way: str) -> None:
    figure = chosen(desk, Wish()).figures[0]
    if way == "click":
        lines(charts).first.click()
    else:
        lines(charts).first.press(way)
    expect(charts.locator("#source mark")).to_have_text(figure.text)
    expect(charts.locator("#source mark")).to_be_in_viewport(ratio=1)


def test_the_picture_is_told_in_a_table(charts: Page, desk: Desk) -> None:
    charts.locator("#charts summary", has_text="数据表").click()
    shown = charts.get_by_role("table").locator("tbody .number")
    expect(shown).to_have_text([f.text for f in chosen(desk, Wish()).figures])
    for line, figure in zip(lines(charts).all(), chosen(desk, Wish()).figures, strict=True):
        assert figure.text in (line.get_attribute("aria-label") or "")


def test_the_picture_is_saved_as_svg_that_stands_by_itself(charts: Page, desk: Desk) -> None:
    with charts.expect_download() as waiting:
        charts.get_by_role("button", name="SVG").click()
    assert waiting.value.suggested_filename == "增长率-2024年.svg"
    text = waiting.value.path().read_text("utf-8")
    tree = ET.fromstring(text)  # noqa: S314
    said = "".join(tree.itertext())
    for figure in chosen(desk, Wish()).figures:
        assert figure.text in said
        assert figure.indicator in said
    assert "来源：云水县2024年政府工作报告" in said
    assert "http" not in text.replace("http://www.w3.org", "")
    assert "data-receipt" not in text


def test_the_picture_is_saved_as_png(charts: Page) -> None:
    with charts.expect_download() as waiting:
        charts.get_by_role("button", name="PNG").click()
    assert waiting.value.suggested_filename == "增长率-2024年.png"
    image = Image.open(io.BytesIO(waiting.value.path().read_bytes()))
    wide = charts.locator("figure.chart svg").get_attribute("width")
    assert image.format == "PNG"
    assert image.width == 3 * int(wide or 0)
    # White paper, ink, the colours of growth and of decline.
    colours = {colour for _, colour in image.convert("RGB").getcolors(1 << 24) or ()}
    assert {(255, 255, 255), (0x2F, 0x71, 0x69), (0xA8, 0x32, 0x1F)} <= colours


def test_the_picture_speaks_the_language_of_the_page(charts: Page) -> None:
    charts.evaluate("document.documentElement.lang = 'en'")
    expect(charts.locator("figure.chart .title_marks")).to_contain_text("Growth rates")
    expect(charts.locator("figure.chart .source_marks")).to_contain_text("Source: ")
