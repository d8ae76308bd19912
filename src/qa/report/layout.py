"""Lines become blocks: paragraphs as their author wrote them, and headings.

A page layout breaks paragraphs in mid-sentence; what no sentence mark closes is joined to what
follows, never across a heading and never to page furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from qa.report.lines import (
    FIRST_ARABIC,
    MARKDOWN,
    PLAIN,
    Line,
    is_credit,
    is_dated,
    lexicon,
    read_lines,
)

_PROSE = re.compile(r"[，。；、：！？,;]|\. ")
_SENTENCE = re.compile(r"[。！？；]")
_CLOSED = re.compile(r"(?:[。！？!?；;：:…]|[A-Za-z0-9%)]\.)[”’」』）)】》\"']*$")
_ASIDE = re.compile(r"[（(【\[][^（(【\[]{0,40}[）)】\]]$")
_STARTS_CLOSED = re.compile(r"[，。、；：！？”’）》】」』…]")
_SALUTATION = re.compile(
    r"(?:尊敬的)?(?:各位|同志们|女士们|先生们|朋友们|代表们)[^。]{0,30}[：:！!，,]?$"
)
_ADDRESS = re.compile(r"(?:尊敬的)?(?:各位|同志们|女士们|先生们|朋友们)[^。，：:]{0,8}[！!]")
_QUOTED = re.compile(r"“[^“”]*”$|「[^「」]*」$|\"[^\"]*\"$")
_VALUE = re.compile(r"\d[.．]\d|[%％‰]|\d$|^\d+(?![\d年])\S{0,2}$")
_COMMENT = re.compile(r"[。！？!?；;…：:，,、]$|[。！？；]|[：:].{12}|>>|https?:|www\.")
_POINT = re.compile(r"[一二三四五六七八九十]{1,2}[是要]$")

_SHORT = 30  # characters; a heading without a number is no longer
_FULL = 24  # prose that a layout broke is no shorter, unless it ends in a comma or holds a sentence
_CHAIN = 3  # title, heading, sub-heading: more short lines in a row are a list
_OPENING = "“‘（(《【「『"
_CLOSING = "”’）)》】」』"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading; `lines` has more than one where a layout broke it."""

    lines: tuple[Line, ...]

    @property
    def head(self) -> Line:
        return self.lines[0]

    @property
    def pieces(self) -> tuple[tuple[int, int], ...]:
        return tuple((line.start, line.stop) for line in self.lines)

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order; together they hold every character that is no white space."""
    lines = _mark_values(list(read_lines(text)))
    lines = _drop_contents(_mark_items(lines))
    markdown = any(MARKDOWN < line.rank < 7 for line in lines)
    return tuple(_join(lines if markdown else _mark_headings(lines)))


def is_address(text: str) -> bool:
    """Whether a line begins by turning to those who listen: 各位代表！"""
    return _ADDRESS.match(text) is not None


def is_prose(text: str) -> bool:
    """Whether a line is running text: a sentence that is closed, or a long stretch of one."""
    if _SALUTATION.match(text) or is_credit(text[-60:]) or text.isascii():
        return False
    return len(text) >= 60 or (len(text) >= 12 and _CLOSED.search(text[-9:]) is not None)


def _mark_values(lines: list[Line]) -> list[Line]:
    """`来源：` alone on its line makes the next one (`四川日报`) furniture too."""
    marked: list[Line] = []
    label = False
    for line in lines:
        value = label and line.look in ("plain", "byline") and len(line.text) <= 20
        marked.append(replace(line, look="furniture") if value else line)
        label = line.look == "label"
    return marked


def _mark_items(lines: list[Line]) -> list[Line]:
    """`1. …` lines that follow one another with nothing below them are a list, not headings."""
    marked: list[Line] = []
    series: dict[int, int] = {}
    for line, below in zip_longest(lines, lines[1:]):
        arabic = line.look == "heading" and FIRST_ARABIC <= line.rank < PLAIN
        headed = line.number == 1 or series.get(line.rank) == line.number - 1
        if arabic and (below is None or below.rank == line.rank or not headed):
            marked.append(replace(line, look="item", title=""))
        else:
            marked.append(line)
            if arabic:
                series[line.rank] = line.number
    return marked


def _drop_contents(lines: list[Line]) -> list[Line]:
    """Headings that a table of contents prints before the real ones are items of a list."""
    last = {_bare(line.title): i for i, line in enumerate(lines) if line.look == "heading"}
    kept: list[Line] = []
    for i, line in enumerate(lines):
        listed = line.look == "heading" and line.rank > 6 and lines[i + 1 : i + 2] != []
        listed = listed and lines[i + 1].look == "heading" and last[_bare(line.title)] > i
        kept.append(replace(line, look="item", title="") if listed else line)
    return kept


def _bare(title: str) -> str:
    return re.sub(r"[\s.…·\d]+$", "", title)


def _mark_headings(lines: list[Line]) -> list[Line]:
    """Short lines on their own above prose, a subtitle or another heading are headings."""
    marked = list(lines)
    chain = 0
    for i in range(len(lines) - 2, -1, -1):
        line, below = lines[i], marked[i + 1]
        above = lines[i - 1] if i else None
        if not _may_head(line) or _STARTS_CLOSED.match(below.text):
            chain = 0
        elif below.look == "subtitle" or (_heads(below) and not (above and _breaks_off(above))):
            chain = chain + 1 if below.rank == PLAIN else 1
            marked[i] = replace(line, look="heading", rank=PLAIN, title=line.text)
            if chain > _CHAIN:
                marked[i : i + chain] = lines[i : i + chain]
        else:
            chain = 0
    return marked


def _heads(below: Line) -> bool:
    """Whether what stands below a short line makes it a heading."""
    return below.look in ("heading", "run_in") or (below.look == "plain" and is_prose(below.text))


def _breaks_off(above: Line) -> bool:
    """Whether the line above a short one is prose that goes on in it."""
    if above.look not in ("plain", "run_in", "item") or not _PROSE.search(above.text):
        return False
    return _is_open(above.text[-80:], len(above.text), _balance(above.text))


def _may_head(line: Line) -> bool:
    text = line.text
    return (
        line.look == "plain"
        and 2 <= len(text) <= _SHORT
        and sum(char.isalpha() for char in text) >= 2
        and _balance(text) == 0
        and not (
            _COMMENT.search(text)
            or _POINT.match(text)
            or _QUOTED.match(text)
            or _VALUE.search(text)
        )
        and not (_SALUTATION.match(text) or _STARTS_CLOSED.match(text))
        and not (is_dated(text) or is_credit(text))
    )


@dataclass(slots=True)
class _Paragraph:
    """A block under construction, with what is known of its text so far."""

    lines: list[Line] = field(default_factory=list)
    tail: str = ""
    size: int = 0
    depth: int = 0
    prose: bool = False

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.tail = (self.tail + line.text)[-80:]
        self.size += len(line.text)
        self.depth = max(0, self.depth + _balance(line.text))
        self.prose = self.prose or _PROSE.search(line.text) is not None

    def takes(self, line: Line) -> bool:
        """Whether the line goes on with this paragraph."""
        if not self.lines:
            return False
        if self.lines[-1].look == "heading":
            return line.look == "subtitle" and self.lines[-1].rank == PLAIN
        if self.lines[0].look in ("furniture", "label", "byline", "subtitle"):
            return False
        if line.look in ("plain", "furniture") and _STARTS_CLOSED.match(line.text):
            return self.prose or self.depth > 0
        if line.look != "plain" or _SALUTATION.match(line.text):
            return False
        if _POINT.match(self.tail) and len(self.lines) == 1:
            return True
        return self.prose and _is_open(self.tail, self.size, self.depth)


def _join(lines: Sequence[Line]) -> Iterator[Block]:
    paragraph = _Paragraph()
    for line in lines:
        if not paragraph.takes(line):
            if paragraph.lines:
                yield Block(tuple(paragraph.lines))
            paragraph = _Paragraph()
        paragraph.add(line)
    if paragraph.lines:
        yield Block(tuple(paragraph.lines))


def _is_open(tail: str, size: int, depth: int) -> bool:
    """Whether prose of that size which ends in `tail` stops before its sentence does."""
    if _CLOSED.search(tail) or is_credit(tail[-60:]) or tail.endswith(tuple(_documents())):
        return False
    if _CLOSED.search(_ASIDE.sub("", tail)):
        return False
    return size >= _FULL or depth > 0 or tail[-1] in "，、," or _SENTENCE.search(tail) is not None


def _documents() -> list[str]:
    return lexicon("layout")["documents"]


def _balance(text: str) -> int:
    """Brackets and quotation marks opened here and not closed; below 0 where closed ones lead."""
    return sum(text.count(mark) for mark in _OPENING) - sum(text.count(mark) for mark in _CLOSING)
