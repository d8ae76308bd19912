"""Questions to click: drawn from the ledger, and shown only where the bot answers them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from qa import lexicon
from qa.choose.candidates import is_vague
from qa.text import plain
from qa.types import Answer, Figure, Measure

if TYPE_CHECKING:
    from qa.bot import Bot

_FORMS: dict[Measure, str] = {
    "level": "{}是多少？",
    "growth": "{}增长了多少？",
    "share": "{}是多少？",
    "count": "{}有多少？",
}
# 在全省的区县里 is where, and no name.
_NO_NAME = ("在", "把", "将", "对", "让", "使", "由", "从", "以", "被")
_NAME = re.compile(r"[\w“”]{3,14}")
_TRIED = 12
_TELLING = 5
"""Characters from which a name says by itself what it names: not 公园, not 专项整治."""
_KEPT: WeakKeyDictionary[Bot, dict[tuple[str, int], str]] = WeakKeyDictionary()


def examples(bot: Bot, most: int = 4) -> tuple[str, ...]:
    """Up to `most` questions on well-known indicators that the bot answers with the figure meant.

    Where the report knows none of the lexicon's indicators, its own names for them are asked.
    """
    names = {entry["name"] for entry in lexicon.table("aliases")["indicator"]}
    figures = [figure for figure in bot.ledger() if figure.measure in _FORMS]
    known = [(figure, name) for figure in figures if (name := _known(figure, names))]
    own = [(figure, figure.indicator) for figure in figures if 3 <= len(figure.indicator) <= 12]
    return _take(bot, known, most) or _take(bot, own, most)


def follow_ups(bot: Bot, answer: Answer, asked: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Up to `most` questions on what stands around the answer's figures, none of them asked yet."""
    stated = answer.figures or tuple(each for d in answer.derived for each in d.operands)
    spots = [(figure.report, figure.start) for figure in stated]
    spots += [(citation.report, citation.start) for citation in answer.citations]
    if not spots:
        return ()
    told = {(figure.report, figure.start) for figure in stated}
    around = [f for f in _around(bot, *spots[0]) if (f.report, f.start) not in told]
    # What else the report says of the same thing comes first: how much it grew.
    names = {figure.indicator for figure in stated}
    around.sort(key=lambda figure: figure.indicator not in names)
    return _answerable(bot, around, asked, most)


def instead(bot: Bot, answer: Answer, asked: str, most: int = 3) -> tuple[str, ...]:
    """Up to `most` questions that the report answers, near to the one that it does not."""
    nearest = answer.missing.nearest if answer.missing else None
    if nearest is not None:
        around = [nearest, *_around(bot, nearest.report, nearest.start)]
        return _answerable(bot, around, (asked,), most)
    found = [_around(bot, hit.passage.report, hit.passage.start) for hit in bot.search(asked, k=1)]
    near = _answerable(bot, found[0], (asked,), most) if found else ()
    return near or tuple(each for each in examples(bot, most) if each != asked)


def _known(figure: Figure, names: set[str]) -> str:
    least = max(_TELLING, len(figure.indicator) / 2)
    found = [name for name in names if name in figure.indicator and len(name) >= least]
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


def _around(bot: Bot, report: str, at: int) -> list[Figure]:
    """The figures of the report, those that stand nearest to the offset first."""
    figures = [figure for figure in bot.ledger() if figure.report == report]
    return sorted(figures, key=lambda figure: (abs(figure.start - at), figure.start))


def _answerable(
    bot: Bot, figures: Iterable[Figure], asked: Iterable[str], most: int
) -> tuple[str, ...]:
    known = set(asked)
    found: dict[str, None] = {}
    for figure in islice(figures, _TRIED):
        if len(found) == most:
            break
        question = _question(bot, figure)
        if question and question not in known:
            found[question] = None
    return tuple(found)


def _question(bot: Bot, figure: Figure) -> str:
    """A question that the bot answers with just this figure, "" where none is found.

    Kept for each bot: neighbours are looked at again and again, and asking takes its time.
    """
    kept = _KEPT.setdefault(bot, {})
    key = (figure.report, figure.start)
    if key not in kept:
        kept[key] = _verified(bot, figure)
    return kept[key]


def _verified(bot: Bot, figure: Figure) -> str:
    name = plain(figure.indicator)
    if figure.measure not in _FORMS or not _NAME.fullmatch(name) or is_vague(figure):
        return ""
    if name.startswith(_NO_NAME) or name.count("“") != name.count("”"):
        return ""
    places = {report.id: report.place for report in bot.reports}
    if len(places) > 1 and not name.startswith(places[figure.report]):
        name = places[figure.report] + name
    question = _FORMS[figure.measure].format(name)
    found = [(each.report, each.start) for each in bot.ask(question).figures]
    return question if found == [(figure.report, figure.start)] else ""
