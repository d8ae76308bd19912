"""A real server and a real browser for every test of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from browser.visits import FLAGS, Served, Visit, enter, serving


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, digest: Path) -> Iterator[str]:
    """Where the bundled report is served, to all the tests: a visitor leaves nothing behind."""
    with serving(digest, log=tmp_path_factory.mktemp("server") / "log") as started:
        yield started


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, address: str, digest: Path
) -> Iterator[Served]:
    """A function that serves reports and gives the address; the same reports are served once."""
    with ExitStack() as stack:
        addresses: dict[tuple[Path, ...], str] = {(digest,): address}

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


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=15_000)
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

    def let_in(size: str = "desktop", *, dark: bool = False) -> Visit:
        visits.append(enter(browser, size, dark=dark))
        return visits[-1]

    yield let_in
    for visit in visits:
        visit.page.context.close()
        assert visit.hosts <= {"127.0.0.1", ""}
        assert visit.errors == []


@pytest.fixture
def visit(new_visit: Callable[..., Visit], address: str) -> Visit:
    """A visitor on a desktop with the page of the bundled report open."""
    return new_visit().open(address)
