"""Where the files that the package brings along lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from qa.types import QaError

PACKAGE = Path(__file__).parent
BUNDLED = "chengxi-2023"


def bundled_index() -> Path:
    """The folder of the bundled report's built index: `index/` of the checkout, else the wheel's.

    Raises QaError where neither is there, with the command that builds it.
    """
    for folder in (PACKAGE.parents[1] / "index", PACKAGE / "index"):
        if (folder / "manifest.json").is_file():
            return folder
    raise QaError(
        f"自带报告的索引不在，请运行 qa index {bundled_report()} -o index\n"
        f"The bundled report has no index; build it: qa index {bundled_report()} -o index"
    )


def bundled_report() -> Path:
    """The bundled report's own text."""
    return PACKAGE / "reports" / f"{BUNDLED}.md"
