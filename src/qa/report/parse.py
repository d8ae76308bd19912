"""A text becomes a report."""

from __future__ import annotations

from qa.report.about import Gist, find_place, find_year
from qa.report.layout import read_blocks
from qa.report.sections import find_title, nest
from qa.text import sha256
from qa.types import Report


def parse_report(
    text: str,
    id: str,  # noqa: A002 - the word of `Report`
    *,
    place: str | None = None,
    year: int | None = None,
) -> Report:
    """The report that a text holds. `place` and `year` are read from it unless they are given;
    where nothing tells them they are '' and None."""
    blocks = read_blocks(text)
    title = find_title(blocks)
    sections, owners = nest(blocks, title)
    gist = Gist.of(blocks, title, id)
    return Report(
        id=id,
        text=text,
        sha256=sha256(text),
        place=find_place(gist) if place is None else place,
        year=find_year(gist) if year is None else year,
        sections=sections,
        blocks=tuple(block.pieces for block in blocks),
        block_sections=owners,
    )
