"""The page's face: two languages, light and dark, every size, and readers who see none of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser.visits import Visit

ASKED = (
    "财政收入是12亿元吗？",
    "垃圾分类示范区和宁静小区的覆盖率哪个高？",
    "2030年财政收入是多少？",
)

# What is the page's own and is seen: the texts of its parts without those of reports and users.
OWN = """
(() => {
  const parts = "#masthead, #talk, #back, #source .bar, #papers .tab-container, #ledger-form, "
    + "#ledger :is(.count, thead), #charts :is(form, .chart-saves, summary), #shelf, #shelf-said";
  const said = ".served, .asked, .indicator, .number, .qualifier, .chip:not(:first-child), .section, "
    + ".question, blockquote, .contents ol, .receipt, .clause, th[scope=row], .order, .formula, .who, b, "
    + ".names label, .tick, .found li:not(:has(b)), .rules, "
    // Of what a visitor chooses from, the report's own words: sections, periods, units.
    + "select:not([name=measure]) option:not([value='']):not([value^='kind:'])";
  const texts = [];
  for (const part of document.querySelectorAll(parts)) {
    for (const each of [part, ...part.querySelectorAll("*")]) {
      const seen = each.closest("select") ?? each;
      if (!seen.checkVisibility({ visibilityProperty: true }) || each.closest(said)) continue;
      for (const name of ["aria-label", "title", "placeholder", "label"]) texts.push(each.getAttribute(name));
      for (const node of each.childNodes) if (node.nodeType === 3) texts.push(node.data);
    }
  }
  return texts.map((text) => (text ?? "").trim()).filter(Boolean);
})()
"""


def own_texts(page: Page) -> list[str]:
    return [str(text) for text in page.evaluate(OWN)]


def converse(visit: Visit) -> None:
    for question in ASKED:
        visit.ask(question)
    expect(visit.page.locator("#offers .tools")).to_be_visible()


def tabs(visit: Visit) -> Iterator[str]:
    """Open each tab of the papers in turn and wait until it shows what it has."""
    way = visit.page.locator('[data-do="papers"]')
    if way.is_visible():
        way.click()
    shown = {
        "source": "#source article",
        "ledger": "#ledger tbody tr",
        "charts": "figure.chart svg",
        "shelf": "#shelf .pick",
    }
    for name, content in shown.items():
        visit.page.locator(f"#{name}-tab-button").click()
        expect(visit.page.locator(content).first).to_be_visible()
        yield name


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_only_the_language_chosen_is_seen_and_heard(
    new_visit: Callable[..., Visit], address: str, size: str, language: str
) -> None:
    visit = new_visit(size).open(f"{address}?lang={language}")
    other = r"[A-Za-z]{3,}" if language == "zh" else r"[\u4e00-\u9fff]"
    files = {"CSV", "XLSX", "下载 CSV", "下载 XLSX", "PNG", "SVG", "下载 PNG", "下载 SVG"}
    allowed = {"zh": {"切换为英文 English"} | files, "en": {"中文", "Switch to Chinese 中文", "数"}}
    texts = own_texts(visit.page)
    converse(visit)
    texts += own_texts(visit.page)
    for _ in tabs(visit):
        texts += own_texts(visit.page)
    assert len(texts) > 120
    foreign = {text for text in texts if re.search(other, text)} - allowed[language]
    assert not foreign
    assert not [text for text in texts if "\u2063" in text]
    assert visit.page.title() == {"zh": "报告问答", "en": "Ask the report"}[language]


def test_the_language_is_switched_without_a_reload_and_remembered(visit: Visit) -> None:
    page = visit.page
    visit.ask("财政收入是多少？")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="切换为英文").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(visit.turns).to_have_count(1)
    expect(page.get_by_role("tab", name="Source")).to_be_visible()
    expect(page.get_by_role("button", name="View source")).to_be_visible()
    expect(visit.box).to_have_attribute("placeholder", "Ask a question, press Enter")
    page.reload()
    expect(page.get_by_role("tab", name="Source")).to_be_visible()
    page.get_by_role("button", name="Switch to Chinese").click()
    expect(page.get_by_role("tab", name="原文")).to_be_visible()


def paper(visit: Visit) -> int:
    """How light the page's ground is, 0 to 255."""
    color = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    return min(map(int, re.findall(r"\d+", color)[:3]))


def test_the_page_is_dark_in_the_dark_until_the_reader_says_otherwise(
    new_visit: Callable[..., Visit], address: str
) -> None:
    light, dark = new_visit().open(address), new_visit(dark=True).open(address)
    assert paper(light) > 200
    assert paper(dark) < 60
    dark.page.get_by_role("button", name="深色或浅色").click()
    assert paper(dark) > 200
    dark.page.reload()
    dark.box.wait_for()
    assert paper(dark) > 200


def test_the_page_turns_dark_when_the_machine_does(visit: Visit) -> None:
    assert paper(visit) > 200
    visit.page.emulate_media(color_scheme="dark")
    expect(visit.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert paper(visit) < 60


@pytest.mark.parametrize(
    ("size", "dark", "language"),
    [
        ("desktop", False, "zh"),
        ("desktop", True, "en"),
        ("phone", True, "zh"),
        ("phone", False, "en"),
    ],
)
def test_axe_finds_nothing_serious_on_any_tab(
    new_visit: Callable[..., Visit], address: str, size: str, dark: bool, language: str
) -> None:
    visit = new_visit(size, dark=dark).open(f"{address}?lang={language}")
    visit.page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
    found = serious(visit.page, "start")
    converse(visit)
    found += serious(visit.page, "conversation")
    for name in tabs(visit):
        found += serious(visit.page, name)
    assert found == []


def serious(page: Page, where: str) -> list[str]:
    faults = Axe().run(page).response["violations"]
    return [
        f"{where}: {fault['id']}: {node['html'][:160]}"
        for fault in faults
        if fault["impact"] in {"serious", "critical"}
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 400), (390, 800)])
def test_nothing_is_cut_off_on_a_small_screen_or_zoomed_in(
    new_visit: Callable[..., Visit], address: str, width: int, height: int
) -> None:
    # 1280 × 800 at 200 % is 640 × 400 for the page.
    visit = new_visit("phone").open(address)
    visit.page.set_viewport_size({"width": width, "height": height})
    converse(visit)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    for part in visit.page.locator(".turn:last-child :is(.card p, button)").all():
        box = part.bounding_box()
        assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= width + 1)
    visit.box.scroll_into_view_if_needed()
    expect(visit.box).to_be_in_viewport(ratio=1)


def test_everything_is_done_by_keyboard(visit: Visit) -> None:
    page = visit.page
    expect(visit.box).to_be_focused()
    page.keyboard.type("森林覆盖率是多少？")
    page.keyboard.press("Enter")
    turn = visit.turns.first
    expect(turn.locator(".figure .number")).to_have_text("42.84%")
    # Back from the box: what is offered, the card's buttons, the conversation.
    reached = []
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
        if "复制引用" in reached[-1]:
            break
    assert any("导出" in text for text in reached)
    page.keyboard.press("Enter")
    assert "42.84%" in page.evaluate("navigator.clipboard.readText()")


def test_an_answer_is_told_to_those_who_hear_the_page(visit: Visit) -> None:
    visit.ask("财政收入是多少？")
    expect(visit.page.locator("#voice")).to_have_text("财政收入 10.66亿元")
    visit.ask("2030年财政收入是多少？")
    expect(visit.page.locator("#voice")).to_have_text("报告里没有找到")
