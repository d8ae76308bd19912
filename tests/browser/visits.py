"""A server in a process of its own, and a visitor who watches what the page asks for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {"desktop": (1280, 800), "phone": (390, 800)}
Served = Callable[..., str]


@dataclass
class Visit:
    """A visitor's page with what it asked of the network and what went wrong in it."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    def open(self, url: str) -> Visit:
        """Go to the page and wait until a question can be typed."""
        self.page.goto(url)
        self.box.wait_for()
        return self

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("^(问题|Question)$"))

    @property
    def turns(self) -> Locator:
        return self.page.locator("#conversation .turn")

    @property
    def marks(self) -> Locator:
        """The characters marked in the source."""
        return self.page.locator("#source mark")

    def tab(self, name: str) -> Locator:
        """Open a tab of the papers as a user does, on a phone after sliding them in; the tab."""
        way = self.page.get_by_role("button", name="打开原文和台账")
        if way.is_visible():
            way.click()
        tab = self.page.get_by_role("tab", name=name)
        tab.click()
        return tab

    def back(self) -> None:
        """On a phone, slide the papers away."""
        way = self.page.locator('#back [data-do="back"]')
        if way.is_visible():
            way.click()

    def ask(self, question: str) -> Locator:
        """Ask as a user does; the turn with its answer."""
        turn = self.turns.nth(self.turns.count())
        self.box.fill(question)
        self.box.press("Enter")
        turn.locator(".card").wait_for()
        return turn


@contextmanager
def serving(*reports: Path, log: Path, options: Sequence[str] = ()) -> Iterator[str]:
    """The address of a server over the reports; it ends with the block, and must not have failed."""
    named = [word for report in reports for word in ("--report", str(report))]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    with log.open("w") as errors:
        server = subprocess.Popen(
            [sys.executable, "-m", "qa", "serve", "--port", "0", *named, *options],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=environment,
        )
    with server:
        assert server.stdout is not None
        try:
            said = server.stdout.readline()
            address = re.search(r"http://\S+", said)
            assert address, f"no address in {said!r}:\n{log.read_text()}"
            yield address[0]
        finally:
            server.terminate()
    assert "Traceback" not in log.read_text(), log.read_text()


def enter(browser: Browser, size: str = "desktop", *, dark: bool = False) -> Visit:
    """Let a visitor in, with a screen of this size."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        permissions=["clipboard-read", "clipboard-write"],
    )
    visit = Visit(context.new_page())
    visit.page.on("request", lambda request: visit.hosts.add(_host(request.url)))
    visit.page.on("websocket", lambda socket: visit.hosts.add(_host(socket.url)))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    return visit


def _host(url: str) -> str:
    # What the page made itself (data:, blob:) has no host and asks nobody.
    return "" if url.startswith(("data:", "blob:")) else urlsplit(url).hostname or url
