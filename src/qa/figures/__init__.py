"""The figure grammar: every quantity of a text, where it stands, and what it is worth.

`find_quantities` is all that others need; `explain` also says which rule fired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.figures.hedges import phrase, qualifier
from qa.figures.numerals import skip
from qa.figures.reading import Source, read
from qa.figures.rules import RULES, TRIGGER
from qa.types import Quantity

__all__ = ["explain", "find_quantities", "phrase"]

# | stands where a span would begin or end
_INSIDE = re.compile(r"[0-9]\|\.?[0-9]|[0-9]\.\|[0-9]")


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of any text in reading order; none overlaps another.

    `text[q.start:q.stop] == q.text` holds for each; offsets count the characters of `text`.
    Names and idioms that hold numerals (十四五, 一带一路, 12345热线) are left out.
    """
    return tuple(quantity for _, quantity in explain(text))


def explain(text: str) -> Iterator[tuple[str, Quantity]]:
    """Each quantity with the name of the rule that found it."""
    source = read(text)
    place = 0
    while match := TRIGGER.search(source.masked, place):
        place = match.start()
        for rule in RULES:
            found = rule(source, place)
            if found is not None and not _cuts(source, place, found.stop):
                stop = found.stop
                yield (
                    rule.__name__,
                    Quantity(
                        place,
                        stop,
                        text[place:stop],
                        found.kind,
                        found.value,
                        found.unit,
                        found.high,
                        qualifier(source.plain, place, stop, found.unit),
                    ),
                )
                place = stop
                break
        else:
            place = skip(source.masked, place)


def _cuts(source: Source, start: int, stop: int) -> bool:
    """Whether a span would begin or end inside a run of digits or a decimal."""
    return any(
        _INSIDE.search(source.plain[max(0, i - 2) : i] + "|" + source.plain[i : i + 2])
        for i in (start, stop)
    )
