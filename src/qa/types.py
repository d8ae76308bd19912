"""The words of the project as records: what is read, what is found, what is answered.

Offsets always count characters of `Report.text`, and `text[x.start:x.stop] == x.text`
holds for every record that has the three.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, is_dataclass
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["amount", "percent", "points", "ordinal", "grade", "ratio", "date"]
"""What a printed number is: 3000余万元 · 42.84% · 8.5个百分点 · 第七批 · Ⅲ类 · 收入比2.2 · 2025年10月31日"""

Measure = Literal["level", "growth", "share", "rank", "count", "change", "target", "date"]
"""Which aspect of the indicator a figure gives; `target` is a level still to be reached."""

Status = Literal["answered", "not_found"]
Verdict = Literal["confirmed", "contradicted"]
Slot = Literal["indicator", "measure", "period", "scope"]


class QaError(Exception):
    """Something the user can mend; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a report. `path` holds the titles from the outermost down to its own."""

    title: str
    level: int
    start: int
    stop: int
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        return " › ".join(self.path)


@dataclass(frozen=True, slots=True)
class Report:
    """One source document, fixed once read.

    `place` and `year` are what the report is about, read from its text unless the caller says.
    `blocks` are the paragraphs as an author wrote them: each a tuple of (start, stop) pieces,
    more than one where a page layout broke the paragraph in mid-sentence.
    `block_sections[i]` is the index in `sections` of block i, or -1 before the first heading.
    """

    id: str
    text: str
    sha256: str
    place: str
    year: int | None
    sections: tuple[Section, ...]
    blocks: tuple[tuple[tuple[int, int], ...], ...]
    block_sections: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is embedded and cited: a sentence, or some clauses of a long one."""

    report: str
    section: str
    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed, before anyone knows what it measures.

    `value` counts `unit`s with the scale multiplied out (421.17亿元 is 42117000000 元; 两成 is 20 %).
    `high` is the upper end of a range, else None. `qualifier` is what stands around the number and
    belongs to its truth (预计, 近, 超过, 以上, 左右); hedges inside the number (余, 多) stay in `text`.
    """

    start: int
    stop: int
    text: str
    kind: Kind
    value: Decimal
    unit: str
    high: Decimal | None = None
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of a report with all that the report says of it: one line of the ledger.

    `words` is the text that ties the figure to its indicator: the clause's own words around it and
    the subject that the clause inherits; `clause` is that clause's span.
    """

    report: str
    start: int
    stop: int
    text: str
    kind: Kind
    value: Decimal
    unit: str
    high: Decimal | None
    qualifier: str
    indicator: str
    measure: Measure
    period: str
    scope: str
    section: str
    clause: tuple[int, int]
    words: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A receipt: `report` (whose text has this `sha256`) says `text` at start..stop."""

    report: str
    sha256: str
    section: str
    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A number that the report does not print, with the formula and the figures it comes from."""

    value: Decimal
    unit: str
    formula: str
    operands: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Why nothing was found: the slot that does not match, what was asked, and the nearest figure."""

    slot: Slot
    asked: str
    nearest: Figure | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores; similarity, higher is better."""

    passage: Passage
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What `Bot.ask` returns; `figures` are those that answer the question, no more and no fewer.

    `missing` says what wasn't found; in an answered one, of which part of the question. `ahead` is
    the line that names a comparison's winner.
    """

    status: Status
    text: str
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    verdict: Verdict | None = None
    derived: tuple[Derived, ...] = ()
    missing: Missing | None = None
    ahead: str = ""


def as_json(value: Any) -> Any:
    """Records as JSON values; a Decimal is a string, so that no digit of it is lost."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    match value:
        case Decimal():
            return format(value, "f")
        case dict():
            return {key: as_json(each) for key, each in value.items()}
        case list() | tuple():
            return [as_json(each) for each in value]
    return value
