"""Takes the pictures that the README shows, over the bundled report: docs/screenshot*.png.

Run it as `make screenshots`, or `PYTHONPATH=src:tests python -m browser.screenshot`, with Chromium
installed.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from browser.visits import FLAGS, enter, serving

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "src" / "qa" / "reports" / "chengxi-2023.md"
DOCS = ROOT / "docs"
COMPARED = "垃圾分类示范区和宁静小区的覆盖率哪个高？"


@dataclass(frozen=True)
class Picture:
    """One picture: what is asked on the way to it, and how the page is dressed."""

    name: str
    questions: tuple[str, ...]
    size: str = "desktop"
    dark: bool = False
    language: str = "zh"
    source: bool = False
    tab: str = ""


PICTURES = (
    Picture("screenshot", ("国土绿化面积是多少？", "那森林覆盖率呢？")),
    Picture("screenshot-dark", (COMPARED,), dark=True),
    Picture("screenshot-english", ("2030年财政收入是多少？",), language="en"),
    Picture("screenshot-phone", (COMPARED,), "phone"),
    Picture("screenshot-ledger", ("空气优良率是多少？",), tab="台账"),
    Picture("screenshot-charts", ("社会消费品零售总额增长了多少？",), tab="图表"),
    Picture("screenshot-phone-source", ("森林覆盖率是多少？",), "phone", source=True),
)


def main() -> None:
    """Serve, and take every picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        with serving(REPORT, log=Path(folder) / "log") as address:
            for picture in PICTURES:
                take(browser, address, picture)
        browser.close()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Ask, wait until all has come and stands still, and save the picture."""
    visit = enter(browser, picture.size, dark=picture.dark)
    # Without motion the picture is taken of the end of a movement, not of its middle.
    visit.page.emulate_media(reduced_motion="reduce")
    visit.open(f"{address}?lang={picture.language}")
    for question in picture.questions:
        turn = visit.ask(question)
        expect(visit.page.locator("#offers .tools")).to_be_visible()
    if picture.source:
        turn.locator("[data-receipt]").first.click()
        expect(visit.marks).to_be_in_viewport(ratio=1)
    if picture.tab:
        visit.tab(picture.tab)
        expect(visit.page.locator("#ledger tbody tr, figure.chart svg").last).to_be_visible()
    visit.page.screenshot(path=DOCS / f"{picture.name}.png", animations="disabled")
    visit.page.context.close()


if __name__ == "__main__":
    main()
