"""The source pane: its contents, the record of every figure, and its way in and out on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.visits import Visit
from qa.bot import Bot


@pytest.fixture
def phone(new_visit: Callable[..., Visit], address: str) -> Visit:
    """A visitor on a phone."""
    return new_visit("phone").open(address)


def test_every_figure_of_the_ledger_is_marked_in_the_text(visit: Visit, digest: Path) -> None:
    figures = Bot.from_report(digest).ledger()
    printed = visit.page.locator("#source .printed")
    assert printed.all_text_contents() == [figure.text for figure in figures]


def test_a_figure_tells_its_record_when_it_is_pointed_at(visit: Visit) -> None:
    record = visit.page.get_by_role("tooltip")
    visit.page.locator("#source .printed", has_text="17.5%").hover()
    expect(record).to_be_visible()
    expect(record).to_contain_text("社会消费品零售总额")
    expect(record.locator("dd")).to_have_text(
        ["社会消费品零售总额", "增长", "2023年", "全区", "17.5%"]
    )
    visit.page.locator("#masthead .brand").hover()
    expect(record).to_be_hidden()


def test_figures_are_walked_with_the_arrows_and_escape_closes_the_record(visit: Visit) -> None:
    page = visit.page
    first = page.locator("#source .printed").first
    first.focus()
    record = page.get_by_role("tooltip")
    expect(record).to_contain_text("421.17亿元")
    expect(first).to_have_attribute("aria-describedby", "record")
    page.keyboard.press("ArrowRight")
    expect(record).to_contain_text("5.6%")
    page.keyboard.press("Escape")
    expect(record).to_be_hidden()
    expect(page.locator("#source .printed[tabindex='0']")).to_have_count(1)


def test_the_contents_lead_to_each_section(visit: Visit) -> None:
    contents = visit.page.locator("#source .contents")
    contents.locator("summary").click()
    names = contents.get_by_role("button").all_text_contents()
    assert len(names) > 5
    contents.get_by_role("button", name=names[-1]).click()
    expect(contents.get_by_role("button", name=names[-1])).to_be_hidden()
    heading = visit.page.locator("#source").get_by_role("heading", name=names[-1])
    expect(heading).to_be_in_viewport(ratio=1)


def test_the_open_contents_are_closed_by_escape(visit: Visit) -> None:
    contents = visit.page.locator("#source .contents")
    contents.locator("summary").click()
    expect(contents.get_by_role("button").first).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(contents.get_by_role("button").first).to_be_hidden()
    expect(contents.locator("summary")).to_be_focused()


def test_on_a_phone_the_source_slides_in_and_the_way_back_leads_to_what_opened_it(
    phone: Visit,
) -> None:
    source = phone.page.locator("#source")
    turn = phone.ask("森林覆盖率是多少？")
    expect(source).to_be_hidden()
    opener = turn.get_by_role("button", name="查看原文")
    back = phone.page.get_by_role("button", name="返回对话")
    for way in ("the button", "Escape", "the way back"):
        opener.click()
        expect(phone.marks).to_be_in_viewport(ratio=1)
        expect(back).to_be_focused()
        if way == "the button":
            back.click()
        elif way == "Escape":
            phone.page.keyboard.press("Escape")
        else:
            phone.page.go_back()
        expect(source).to_be_hidden()
        expect(opener).to_be_focused()
    assert phone.page.url.startswith("http://127.0.0.1")
    expect(phone.turns).to_have_count(1)


def test_on_a_phone_the_source_can_be_read_before_anything_is_asked(phone: Visit) -> None:
    phone.page.get_by_role("button", name="打开原文和台账").click()
    expect(phone.page.locator("#source h2")).to_be_in_viewport()
    # What lies beneath can't be reached.
    expect(phone.page.locator("#talk")).to_have_attribute("inert", "")
    phone.page.get_by_role("tab", name="台账").click()
    expect(phone.page.locator("#ledger tbody tr").first).to_be_visible()
