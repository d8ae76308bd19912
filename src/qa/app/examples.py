"""Questions to click: drawn from the ledger, and shown only where the bot answers them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from qa.types import Figure, Measure

if TYPE_CHECKING:
    from qa.bot import Bot

_FORMS: dict[Measure, str] = {
    "level": "{}是多少？",
    "growth": "{}增长了多少？",
    "share": "{}是多少？",
    "rank": "{}排第几？",
    "count": "{}有多少？",
}
_TRIED = 12


def examples(bot: Bot, most: int = 4) -> tuple[str, ...]:
    """Up to `most` questions, one for each measure, that the bot answers with the figure meant."""
    found: dict[str, str] = {}
    for measure, form in _FORMS.items():
        fit = (f for f in bot.ledger() if f.measure == measure and 3 <= len(f.indicator) <= 12)
        for figure in islice(fit, _TRIED):
            question = form.format(figure.indicator)
            if figure.indicator not in found and _answers(bot, question, figure):
                found[figure.indicator] = question
                break
    return tuple(found.values())[:most]


def _answers(bot: Bot, question: str, figure: Figure) -> bool:
    return [f.text for f in bot.ask(question).figures] == [figure.text]
