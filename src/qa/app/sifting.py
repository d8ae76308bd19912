"""Sifting the ledger: which figures a visitor asks for, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from qa.app.forms import number, said
from qa.export import declines
from qa.text import fold
from qa.types import Figure, Report

ROWS = 100
"""Figures on a page of the table."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the form asks for. `section` is a report's id and a section's name, a line each;
    `unit` is `unit:亩` or `kind:percent`; empty is all.
    """

    text: str = ""
    report: str = ""
    section: str = ""
    measure: str = ""
    period: str = ""
    unit: str = ""
    sort: str = "place"
    down: bool = False
    page: int = 0

    @classmethod
    def read(cls, data: Mapping[str, Any] | None) -> Query:
        """The query that a browser sent."""
        return cls(
            text=said(data, "text"),
            report=said(data, "report"),
            section=said(data, "section"),
            measure=said(data, "measure"),
            period=said(data, "period"),
            unit=said(data, "unit"),
            sort="value" if said(data, "sort") == "value" else "place",
            down=said(data, "down") == "1",
            page=number(data, "page", 9999),
        )


def sift(
    figures: Sequence[Figure], query: Query, reports: Mapping[str, Report]
) -> tuple[Figure, ...]:
    """The figures that have all the words and fit every choice, in the order asked for."""
    wanted = fold(query.text).split()
    found = [f for f in figures if _fits(f, query) and all(w in _text(f) for w in wanted)]
    if query.sort == "value":
        found.sort(key=lambda f: signed(f, reports), reverse=query.down)
    elif query.down:
        found.reverse()
    return tuple(found)


def signed(figure: Figure, reports: Mapping[str, Report]) -> Decimal:
    """The value, negative for a decline."""
    return -figure.value if declines(figure, reports) else figure.value


def by_number(values: Iterable[str]) -> list[str]:
    """The values that occur, the most frequent first, each once."""
    return [value for value, _ in Counter(filter(None, values)).most_common()]


def _fits(figure: Figure, query: Query) -> bool:
    report, _, section = query.section.partition("\n")
    of, _, unit = query.unit.partition(":")
    return (
        query.report in ("", figure.report)
        and (not query.section or (report, section) == (figure.report, figure.section))
        and query.measure in ("", figure.measure)
        and query.period in ("", figure.period)
        and (not query.unit or unit == (figure.kind if of == "kind" else figure.unit))
    )


def _text(figure: Figure) -> str:
    parts = (figure.indicator, figure.text, figure.qualifier, figure.period, figure.scope)
    return fold(" ".join((*parts, figure.section)))
