"""Which figures may stand in one chart: one measure, one unit, one period, results or targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from qa import lexicon
from qa.app.forms import number, said
from qa.app.sifting import by_number, signed
from qa.ledger.words import is_bare
from qa.types import Figure, Report

Kind = Literal["growth", "level", "share", "count"]
KINDS: tuple[Kind, ...] = ("growth", "level", "share", "count")

TELLING = 12
"""Figures in a chart before anyone chooses."""
MOST = 40
"""Figures in a chart at most."""

_NUMBERS: dict[Kind, tuple[str, ...]] = {
    "growth": ("percent", "ratio"),
    "level": ("amount", "percent"),
    "share": ("percent",),
    "count": ("amount",),
}
_AHEAD = "目标"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asks to see; empty is whatever suits best. `names` None: nobody has chosen."""

    kind: str = ""
    ahead: bool = False
    report: str = ""
    section: str = ""
    scope: str = ""
    unit: str = ""
    period: str = ""
    names: tuple[str, ...] | None = None
    english: bool = False
    width: int = 640

    @classmethod
    def read(cls, data: Mapping[str, Any] | None) -> Wish:
        """The wish that a browser sent."""
        names = (data or {}).get("names", [])
        listed = names if isinstance(names, list) else [names]
        return cls(
            kind=said(data, "kind"),
            ahead=said(data, "ahead") == "1",
            report=said(data, "report"),
            section=said(data, "section"),
            scope=said(data, "scope"),
            unit=said(data, "unit"),
            period=said(data, "period"),
            names=tuple(map(str, listed)) if said(data, "named") == "1" else None,
            english=said(data, "language") == "en",
            width=max(260, number(data, "width", 1000)),
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """What the ledger has for a wish: the options of each kind, what of them holds, the figures.

    `names` are all indicators to choose from, the most telling first; `figures` those drawn, the
    largest first; `left` is how many more were chosen than a chart holds.
    """

    kinds: tuple[Kind, ...]
    kind: Kind
    both: bool
    ahead: bool
    reports: tuple[str, ...]
    sections: tuple[str, ...]
    scopes: tuple[str, ...]
    units: tuple[str, ...]
    unit: str
    periods: tuple[str, ...]
    period: str
    names: tuple[str, ...]
    chosen: tuple[str, ...]
    figures: tuple[Figure, ...]
    left: int


def kind_of(figure: Figure) -> Kind | None:
    """The kind of chart that the figure may stand in; None for ranks, dates, grades and the like."""
    kind: str = figure.measure
    if kind == "target":
        kind = "count" if lexicon.counts(figure.unit) else "level"
    for each in KINDS:
        if each == kind:
            return each if figure.unit and figure.kind in _NUMBERS[each] else None
    return None


def looks_ahead(figure: Figure) -> bool:
    """Whether the figure is still to be reached."""
    return figure.measure == "target" or figure.period.endswith(_AHEAD)


def choose(figures: Iterable[Figure], wish: Wish, reports: Mapping[str, Report]) -> Choice | None:
    """The comparable figures for a wish; what it asks for in vain is as if not asked.

    None where the ledger has nothing to compare.
    """
    pool = [f for f in figures if kind_of(f)]
    kinds = tuple(kind for kind in KINDS if any(kind_of(f) == kind for f in pool))
    if not kinds:
        return None
    kind = next((each for each in kinds if each == wish.kind), kinds[0])
    pool = [f for f in pool if kind_of(f) == kind]
    both = len({looks_ahead(f) for f in pool}) == 2
    ahead = wish.ahead if both else looks_ahead(pool[0])
    pool = [f for f in pool if looks_ahead(f) == ahead]
    of = tuple(dict.fromkeys(f.report for f in pool))
    pool = [f for f in pool if wish.report in ("", f.report)] or pool
    sections = tuple(dict.fromkeys(f.section for f in pool if f.section))
    scopes = tuple(by_number(f.scope for f in pool))
    pool = [f for f in pool if wish.section in ("", f.section)] or pool
    pool = [f for f in pool if wish.scope in ("", f.scope)] or pool
    units = tuple(by_number(f.unit for f in pool))
    unit = wish.unit if wish.unit in units else units[0]
    pool = [f for f in pool if f.unit == unit]
    periods = tuple(by_number(f.period for f in pool)) or ("",)
    period = wish.period if wish.period in periods else periods[0]
    pool = _once(f for f in pool if f.period == period)
    names = telling(pool)
    chosen = _default(names, pool) if wish.names is None else _among(wish.names, names)
    drawn = [f for f in pool if f.indicator in chosen]
    drawn.sort(key=lambda f: -signed(f, reports))
    return Choice(
        kinds=kinds,
        kind=kind,
        both=both,
        ahead=ahead,
        reports=of,
        sections=sections,
        scopes=scopes,
        units=units,
        unit=unit,
        periods=periods,
        period=period,
        names=names,
        chosen=chosen,
        figures=tuple(drawn[:MOST]),
        left=max(0, len(drawn) - MOST),
    )


def telling(figures: Sequence[Figure]) -> tuple[str, ...]:
    """The indicators: first what most reports speak of, what the lexicon knows, what is said first."""
    places = {f.indicator: i for i, f in reversed(list(enumerate(figures)))}
    spread = Counter(name for name, _ in {(f.indicator, f.report) for f in figures})
    return tuple(
        sorted(
            places, key=lambda name: (not _tells(name), -spread[name], -_known(name), places[name])
        )
    )


def _tells(name: str) -> bool:
    return len(name) > 1 and not is_bare(name)


def _known(name: str) -> bool:
    return any(known in name for known in _indicators())


@cache
def _indicators() -> tuple[str, ...]:
    return tuple(entry["name"] for entry in lexicon.table("aliases")["indicator"])


def _default(names: Sequence[str], figures: Sequence[Figure]) -> tuple[str, ...]:
    many = Counter(f.indicator for f in figures)
    taken: list[str] = []
    for name in names:
        if taken and sum(many[each] for each in taken) + many[name] > TELLING:
            break
        taken.append(name)
    return tuple(taken)


def _among(wanted: Iterable[str], names: Sequence[str]) -> tuple[str, ...]:
    known = set(names)
    return tuple(dict.fromkeys(name for name in wanted if name in known))


def _once(figures: Iterable[Figure]) -> list[Figure]:
    """What a report says twice is drawn once."""
    first: dict[tuple[Any, ...], Figure] = {}
    for f in figures:
        first.setdefault((f.report, f.indicator, f.scope, f.value, f.high), f)
    return list(first.values())
