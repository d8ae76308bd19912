"""A visitor's desk: the bot that answers now, and the reports that lie on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from qa.bot import Bot
from qa.types import Figure, QaError, Report


class Desk:
    """What a visitor asks: the served reports, those that the visitor has brought, or some of both.

    Never changed but by `clear`, so that a handler that began with one desk ends with it, whatever
    is chosen meanwhile. Two desks are never equal: each new one makes the tabs render themselves
    anew. No dataclass: Gradio would copy all its fields, the bots' whole indexes, for each visitor.
    """

    def __init__(self, served: Bot, own: Iterable[Bot] = (), chosen: Bot | None = None) -> None:
        """`own` are the visitor's reports, each with its own index; `chosen` is the bot over the
        reports that are asked, where these aren't just all that are served."""
        self.served = served
        self.own = tuple(own)
        self._asked = chosen or served
        self._left = False

    @property
    def bot(self) -> Bot:
        """What answers. QaError where the visitor's reports have been taken off the desk."""
        if self._left:
            raise QaError(
                "您的报告已经清除（页面离开太久），请刷新页面后重新上传。"
                "Your reports have been removed, as the page was away for long: "
                "reload it and upload them again."
            )
        return self._asked

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """The reports that are asked, by id."""
        return {report.id: report for report in self._asked.reports}

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the reports that are asked."""
        return self._asked.ledger()

    @property
    def mine(self) -> tuple[Report, ...]:
        """The visitor's own reports, as they were brought."""
        return tuple(report for bot in self.own for report in bot.reports)

    def bring(self, bot: Bot) -> Desk:
        """The desk with one more report of the visitor's; those of the visitor's are then asked."""
        own = (*self.own, bot)
        asked = self.reports if self.own else ()
        return self._with(own, {*asked, *(report.id for report in bot.reports)})

    def replace(self, report: str, bot: Bot) -> Desk:
        """The desk with a report of the visitor's read anew; what is asked stays as it is."""
        own = tuple(bot if _is(each, report) else each for each in self.own)
        return self._with(own, self.reports)

    def remove(self, report: str) -> Desk:
        """The desk without a report of the visitor's."""
        own = tuple(each for each in self.own if not _is(each, report))
        return self._with(own, self.reports)

    def choose(self, reports: Iterable[str]) -> Desk:
        """The desk with just these reports (ids) asked; all that are served if none of them is here."""
        return self._with(self.own, set(reports))

    def clear(self) -> None:
        """The visitor has gone: nothing of what was brought is kept."""
        if self.own:
            self._left, self.own, self._asked = True, (), self.served
            self.__dict__.pop("reports", None)

    def _with(self, own: tuple[Bot, ...], asked: Collection[str]) -> Desk:
        served = {report.id for report in self.served.reports}
        here = served | {report.id for bot in own for report in bot.reports}
        asked = here & set(asked) or served
        chosen = None if asked == served else self.served.join(*own, only=asked)
        return Desk(self.served, own, chosen)

    def __deepcopy__(self, _: Any) -> Desk:
        # Gradio copies a state for each visitor: what is frozen needs no copy, and a bot is large.
        return self


def _is(bot: Bot, report: str) -> bool:
    return any(each.id == report for each in bot.reports)
