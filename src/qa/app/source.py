"""The source pane: the reports' whole texts, in which every figure can be found and marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

import gradio as gr

from qa.app.desk import Desk
from qa.app.markup import words
from qa.app.masthead import about, title
from qa.app.parts import QUIET, html
from qa.types import Report

_HEADING = re.compile(r"#{1,6}[ \t]+")


def source(desk: gr.State, house: Desk) -> None:
    """The pane with the reports on the desk."""
    pane = html(texts(tuple(house.reports.values())), "source")
    desk.change(lambda now: texts(tuple(now.reports.values())), desk, pane, **QUIET)


def texts(reports: Sequence[Report]) -> str:
    """The reports' whole texts; each leaf knows its offset, so that the page can mark any span."""
    choice = ""
    if len(reports) > 1:
        options = "".join(
            f'<option value="{words(r.id)}">{words(title(r))} {words(about(r))}</option>'
            for r in reports
        )
        choice = f'<select class="choose" aria-label="报告 report">{options}</select>'
    pages = (_article(report, shown=i == 0) for i, report in enumerate(reports))
    return choice + "".join(pages)


def _article(report: Report, *, shown: bool) -> str:
    levels = {section.start: section.level for section in report.sections}
    blocks = zip(report.blocks, report.block_sections, strict=True)
    body = "".join(
        "<section>"
        + "".join(_block(report, block, levels.get(block[0][0])) for block, _ in group)
        + "</section>"
        for _, group in groupby(blocks, key=lambda pair: pair[1])
    )
    hidden = "" if shown else " hidden"
    return f'<article class="report" data-report="{words(report.id)}"{hidden}>{body}</article>'


def _block(report: Report, pieces: Iterable[tuple[int, int]], level: int | None) -> str:
    leaves = []
    for start, stop in pieces:
        if level is not None and (sign := _HEADING.match(report.text, start, stop)):
            start = sign.end()
        leaves.append(
            f'<span data-start="{start}" data-stop="{stop}">{_verbatim(report.text[start:stop])}</span>'
        )
    tag = "p" if level is None else f"h{min(level + 2, 6)}"
    return f"<{tag}>{''.join(leaves)}</{tag}>"


def _verbatim(text: str) -> str:
    # Not `words`: offsets are counted in the page, so that no character may go.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
