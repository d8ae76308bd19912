"""Measures how soon an answer is seen: `PYTHONPATH=src:tests python -m browser.speed`.

Prints milliseconds; nothing is asserted, for machines differ.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, sync_playwright

from browser.screenshot import REPORT
from browser.visits import FLAGS, enter, serving

FIRST = "财政收入是多少？"
LATER = ("增长了多少？", "森林覆盖率是多少？", "2030年财政收入是多少？", "税费收入是多少？")
TIMES = 5

# From the key that asks to the first frame that shows the answer.
SEEN = """
async (question) => {
  const box = document.querySelector("#question input");
  const count = document.querySelectorAll("#conversation .card").length;
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(done));
  const start = performance.now();
  box.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true }));
  while (document.querySelectorAll("#conversation .card").length === count)
    await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - start;
}
"""


def main() -> None:
    """Serve the bundled report, visit it with an empty cache, ask, and print the times."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        started = perf_counter()
        with serving(REPORT, log=Path(folder) / "log") as address:
            print(f"ready          {(perf_counter() - started) * 1000:6.0f} ms")
            cold = [_cold(browser, address) for _ in range(TIMES)]
            print(f"first answer   {median(cold):6.0f} ms, at most {max(cold):.0f} ms")
            later = _later(browser, address)
            print(f"later answers  {median(later):6.0f} ms, at most {max(later):.0f} ms")
        browser.close()


def _cold(browser: Browser, address: str) -> float:
    """From opening an address that asks, with nothing cached, to the answer."""
    visit = enter(browser)
    start = perf_counter()
    visit.page.goto(f"{address}?q={FIRST}", wait_until="commit")
    visit.page.locator("#conversation .card").wait_for()
    passed = (perf_counter() - start) * 1000
    visit.page.context.close()
    return passed


def _later(browser: Browser, address: str) -> list[float]:
    visit = enter(browser).open(address)
    visit.ask(FIRST)
    return [float(visit.page.evaluate(SEEN, question)) for _ in range(TIMES) for question in LATER]


if __name__ == "__main__":
    main()
