"""A visitor's desk: the bot that answers now, and what lies on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qa.bot import Bot
from qa.types import Figure, Report


@dataclass(frozen=True)
class Desk:
    """What a visitor asks: the served reports, or those that the visitor has chosen.

    Frozen, so that a handler that began with one desk ends with it, whatever is chosen meanwhile.
    """

    bot: Bot

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """The reports by id."""
        return {report.id: report for report in self.bot.reports}

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the reports."""
        return self.bot.ledger()
