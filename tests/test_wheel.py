"""The wheel on its own, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's contents, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (archive,) = folder.glob("*.whl")
    with ZipFile(archive) as file:
        file.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_serves_the_bundled_report_without_a_checkout(
    wheel: Path, tmp_path: Path
) -> None:
    code = (
        "import qa, qa.paths\nindex = qa.paths.bundled_index()\n"
        "print(qa.__file__, index, sep='\\n')\n"
        "print(qa.Bot.open(index).ask('森林覆盖率是多少？').figures[0].text)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(wheel), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    package = wheel / "qa"
    assert run.stdout.split("\n")[:3] == [
        str(package / "__init__.py"),
        str(package / "index"),
        "42.84%",
    ]


def test_the_wheel_brings_types_data_and_the_command(wheel: Path) -> None:
    for name in ("py.typed", "reports/chengxi-2023.md", "lexicon/units.toml", "encoder", "index"):
        assert (wheel / "qa" / name).exists(), name
    (entry,) = wheel.glob("qa-*.dist-info/entry_points.txt")
    assert "qa = qa.cli:main" in entry.read_text("utf-8")
    assert not (wheel / "tests").exists()
