"""Takes docs/screenshot.png: the page over the bundled report, after a question and a follow-up.

Run it as `PYTHONPATH=src:tests python -m browser.screenshot` with Chromium installed.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from browser.visits import FLAGS, enter, serving

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "src" / "qa" / "reports" / "chengxi-2023.md"
PICTURE = ROOT / "docs" / "screenshot.png"


def main() -> None:
    """Serve, ask, wait for the mark to stand still, and save the picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        with serving(REPORT, log=Path(folder) / "log") as address:
            visit = enter(browser).open(address)
            # Without motion the picture is taken of the end of a movement, not of its middle.
            visit.page.emulate_media(reduced_motion="reduce")
            visit.ask("国土绿化面积是多少？")
            visit.ask("那森林覆盖率呢？")
            expect(visit.marks).to_be_in_viewport(ratio=1)
            visit.page.screenshot(path=PICTURE, animations="disabled")
        browser.close()


if __name__ == "__main__":
    main()
