"""Questions to click: drawn from the ledger, and shown only where the bot answers them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from qa import lexicon
from qa.types import Figure, Measure

if TYPE_CHECKING:
    from qa.bot import Bot

_FORMS: dict[Measure, str] = {
    "level": "{}是多少？",
    "growth": "{}增长了多少？",
    "share": "{}是多少？",
    "count": "{}有多少？",
}
_TRIED = 12


def examples(bot: Bot, most: int = 4) -> tuple[str, ...]:
    """Up to `most` questions on well-known indicators that the bot answers with the figure meant.

    Where the report knows none of the lexicon's indicators, its own names for them are asked.
    """
    names = {entry["name"] for entry in lexicon.table("aliases")["indicator"]}
    figures = [figure for figure in bot.ledger() if figure.measure in _FORMS]
    known = [(figure, name) for figure in figures if (name := _known(figure, names))]
    own = [(figure, figure.indicator) for figure in figures if 3 <= len(figure.indicator) <= 12]
    return _take(bot, known, most) or _take(bot, own, most)


def _known(figure: Figure, names: set[str]) -> str:
    found = [name for name in names if name in figure.indicator]
    return max(found, key=lambda name: (len(name), name), default="")


def _take(bot: Bot, choices: list[tuple[Figure, str]], most: int) -> tuple[str, ...]:
    lines = [_answered(bot, [(f, n) for f, n in choices if f.measure == each]) for each in _FORMS]
    found: dict[str, str] = {}
    # Each measure in turn, so that the examples show what can be asked.
    while lines and len(found) < most:
        for line in list(lines):
            fresh = next(((name, question) for name, question in line if name not in found), None)
            if fresh is None:
                lines.remove(line)
            else:
                found.setdefault(*fresh)
    return tuple(found.values())[:most]


def _answered(bot: Bot, choices: list[tuple[Figure, str]]) -> Iterator[tuple[str, str]]:
    for figure, name in islice(choices, _TRIED):
        question = _FORMS[figure.measure].format(name)
        if [each.text for each in bot.ask(question).figures] == [figure.text]:
            yield name, question
