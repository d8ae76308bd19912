"""qa: answers questions on Chinese reports by quoting their figures, each with a receipt.

>>> import qa
>>> bot = qa.Bot.open("index")                      # doctest: +SKIP
>>> bot.ask("老小区改了多少套？").figures[0].text      # doctest: +SKIP
'6482套'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.bot import Bot
    from qa.report import parse_report, read_report
    from qa.types import (
        Answer,
        Citation,
        Derived,
        Figure,
        Hit,
        Missing,
        Passage,
        QaError,
        Report,
        Section,
    )

_HOMES = {"Bot": "qa.bot", "parse_report": "qa.report", "read_report": "qa.report"}

__all__ = [
    "Answer",
    "Bot",
    "Citation",
    "Derived",
    "Figure",
    "Hit",
    "Missing",
    "Passage",
    "QaError",
    "Report",
    "Section",
    "parse_report",
    "read_report",
]


def __getattr__(name: str) -> Any:
    # Loaded when first used, so that `import qa` costs next to nothing.
    if name not in __all__:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "qa.types")), name)


def __dir__() -> list[str]:
    return __all__
