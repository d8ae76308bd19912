"""What tests have in common: the material beside the checkout, a browser, saved results."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--save-results",
        action="store_true",
        help="write tests/questions/results anew instead of comparing with them",
    )


def missing(what: str) -> NoReturn:
    """Skip, saying why; with CI=true whatever is missing is a failure."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material for developing, `../shared`; the test skips where it is missing."""
    folder = ROOT.parent / "shared"
    if not (folder / "questions").is_dir():
        missing("no ../shared beside the checkout: the reports and question sets lie there")
    return folder


@pytest.fixture(scope="session")
def more_reports(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the 31 provincial reports of 2025 (浙江省2025.txt) and the national ones since 2000."""
    folder = tmp_path_factory.mktemp("more-reports")
    with gzip.open(shared / "corpora/train/reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["kind"] in ("gov_province_2025", "gov_national"):
                path = folder / f"{row['place']}{row['year']}.txt"
                path.write_text(row["text"], encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; the test skips where none is installed."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    missing("no Chromium: install it, e.g. apt-get install chromium")
