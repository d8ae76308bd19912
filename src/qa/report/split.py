"""A report's paragraphs as they are read, and cut into the passages that are cited."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from qa.text import View, clauses, sentences
from qa.types import Passage, Report

# In characters. A passage is one thought: long enough to mean something, short enough to quote.
LONGEST = 120
SHORTEST = 12
CLAUSES = 40
USUAL = 90

# Where a clause without a comma is cut: after an enumeration comma or a space, else anywhere
# but inside a number.
_CHUNK = re.compile(
    rf".{{{CLAUSES},{LONGEST - 1}}}[、 ]|.{{1,{LONGEST - 1}}}[^\d.,]|.{{1,{LONGEST}}}", re.DOTALL
)


def views(report: Report) -> tuple[View, ...]:
    """Each block as it is read, layout breaks left out; one `View` per block, in order."""
    return tuple(View.of(report.text, block) for block in report.blocks)


def passages(report: Report) -> tuple[Passage, ...]:
    """Every passage of the report in order: sentences, the long ones cut at their clauses.

    `Passage.text` is the report's own text, so a layout break may stand in it. No passage
    crosses a block, hence none a section.
    """
    found = []
    for block, index in zip(report.blocks, report.block_sections, strict=True):
        view = View.of(report.text, block)
        section = report.sections[index].name if index >= 0 else ""
        for span in _passages(view.text):
            start, stop = view.raw(*span)
            found.append(Passage(report.id, section, start, stop, report.text[start:stop]))
    return tuple(found)


def _passages(text: str) -> Iterator[tuple[int, int]]:
    begin = end = 0
    for start, stop in sentences(text):
        if stop - start > LONGEST:
            if end > begin:
                yield begin, end
            yield from _pack(text, start, stop)
            begin = end = stop
        elif end - begin and min(end - begin, stop - start) < SHORTEST:
            end = stop
        else:
            if end > begin:
                yield begin, end
            begin, end = start, stop
    if end > begin:
        yield begin, end


def _pack(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """A long sentence in parts of like length, each ending where the nearest clause does."""
    size = (stop - start) / math.ceil((stop - start) / USUAL)
    goal = start + size
    begin = end = start
    for left, right in _short_clauses(text, start, stop):
        if end > begin and goal - end <= right - goal:
            yield begin, end
            begin = left
            goal += size
        end = right
    yield begin, end


def _short_clauses(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    for span in clauses(text[start:stop]):
        left, right = start + span[0], start + span[1]
        if right - left <= LONGEST:
            yield left, right
        else:
            yield from (chunk.span() for chunk in _CHUNK.finditer(text, left, right))
