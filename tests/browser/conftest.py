"""A real server in a process of its own, and a real browser that watches what it asks for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright

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
SERVE = """
import sys
from qa.app import serve
from qa.bot import Bot
serve(Bot.from_report(*sys.argv[1:]), port=0)
"""

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
        return self.page.get_by_role("textbox", name="问题 Question")

    @property
    def turns(self) -> Locator:
        return self.page.locator("#conversation .turn")

    @property
    def marks(self) -> Locator:
        """The characters marked in the source."""
        return self.page.locator("#source mark")

    def ask(self, question: str) -> Locator:
        """Ask as a user does; the turn with its answer."""
        turn = self.turns.nth(self.turns.count())
        self.box.fill(question)
        self.box.press("Enter")
        turn.locator(".card").wait_for()
        return turn


@contextmanager
def serving(*reports: Path, log: Path) -> Iterator[str]:
    """The address of a server over the reports; it ends with the block, and must not have failed."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    with log.open("w") as errors:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, *map(str, reports)],
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


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A function that serves reports and gives the address; the same reports are served once."""
    with ExitStack() as stack:
        addresses: dict[tuple[Path, ...], str] = {}

        def serve(*reports: Path) -> str:
            if reports not in addresses:
                log = tmp_path_factory.mktemp("server") / "log"
                addresses[reports] = stack.enter_context(serving(*reports, log=log))
            return addresses[reports]

        yield serve


@pytest.fixture(scope="session")
def digest(root: Path) -> Path:
    """The bundled report."""
    return root / "src" / "qa" / "reports" / "chengxi-2023.md"


@pytest.fixture(scope="module")
def address(served: Served, digest: Path) -> str:
    """Where the bundled report is served."""
    return served(digest)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
    yield opened
    opened.close()


@pytest.fixture
def new_visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """A function that lets a visitor in; none may ask another machine or meet an error."""
    visits: list[Visit] = []

    def enter(size: str = "desktop", **options: object) -> Visit:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        visit = Visit(context.new_page())
        visit.page.on("request", lambda request: visit.hosts.add(_host(request.url)))
        visit.page.on("websocket", lambda socket: visit.hosts.add(_host(socket.url)))
        visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
        visits.append(visit)
        return visit

    yield enter
    for visit in visits:
        visit.page.context.close()
        assert visit.hosts <= {"127.0.0.1", ""}
        assert visit.errors == []


@pytest.fixture
def visit(new_visit: Callable[..., Visit], address: str) -> Visit:
    """A visitor on a desktop with the page of the bundled report open."""
    return new_visit().open(address)


def _host(url: str) -> str:
    # What the page made itself (data:, blob:) has no host and asks nobody.
    return "" if url.startswith(("data:", "blob:")) else urlsplit(url).hostname or url
