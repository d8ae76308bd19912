"""The source pane: the reports' whole texts, in which every figure is marked and tells its record."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

import gradio as gr

from qa.app.desk import Desk
from qa.app.markup import Span, bilingual, label, words
from qa.app.masthead import about, title
from qa.app.parts import QUIET, html
from qa.export import MEASURES
from qa.figures import phrase
from qa.text import plain
from qa.types import Figure, Report, Section

_HEADING = re.compile(r"#{1,6}[ \t]+")


def source(desk: gr.State, house: Desk) -> None:
    """The pane with the reports on the desk."""

    def shown(desk: Desk) -> str:
        return texts(tuple(desk.reports.values()), desk.figures)

    pane = html(shown(house), "source")
    desk.change(shown, desk, pane, **QUIET)


def texts(reports: Sequence[Report], figures: Iterable[Figure] = ()) -> str:
    """The reports' whole texts; each leaf knows its offset, so that the page can mark any span."""
    found: dict[str, list[Figure]] = {report.id: [] for report in reports}
    for figure in figures:
        found[figure.report].append(figure)
    contents = "".join(_contents(report, shown=i == 0) for i, report in enumerate(reports))
    pages = "".join(
        _article(report, found[report.id], shown=i == 0) for i, report in enumerate(reports)
    )
    return f'<div class="bar">{_choice(reports)}{contents}</div>{pages}'


def _choice(reports: Sequence[Report]) -> str:
    if len(reports) < 2:
        return ""
    options = "".join(
        f'<option value="{words(r.id)}">{words(title(r))} {words(about(r))}</option>'
        for r in reports
    )
    return f'<select class="choose" aria-label="{label("报告", "Report")}">{options}</select>'


def _contents(report: Report, *, shown: bool) -> str:
    """The report's table of contents: its sections, each a way to its heading."""
    if len(report.sections) < 2:
        return ""
    top = min(section.level for section in report.sections)
    lines = "".join(_line(section, section.level - top) for section in report.sections)
    said = bilingual("目录", "Contents")
    return (
        f'<details class="contents" data-report="{words(report.id)}"{_hidden(shown)}>'
        f"<summary>{said}</summary><ol>{lines}</ol></details>"
    )


def _line(section: Section, depth: int) -> str:
    return (
        f'<li style="--depth:{depth}"><button type="button" data-do="goto" '
        f'data-at="{section.start}">{words(section.title)}</button></li>'
    )


def _article(report: Report, figures: Sequence[Figure], *, shown: bool) -> str:
    levels = {section.start: section.level for section in report.sections}
    blocks = zip(report.blocks, report.block_sections, strict=True)
    body = "".join(
        "<section>"
        + "".join(_block(report, figures, block, levels.get(block[0][0])) for block, _ in group)
        + "</section>"
        for _, group in groupby(blocks, key=lambda pair: pair[1])
    )
    name = words(report.id)
    return f'<article class="report" data-report="{name}"{_hidden(shown)}>{body}</article>'


def _hidden(shown: bool) -> str:
    return "" if shown else " hidden"


def _block(
    report: Report, figures: Sequence[Figure], pieces: Sequence[Span], level: int | None
) -> str:
    leaves: list[str] = []
    for start, stop in pieces:
        if level is not None and (sign := _HEADING.match(report.text, start, stop)):
            start = sign.end()
        leaves += _leaves(report, figures, start, stop)
    if level is None:
        return f"<p>{''.join(leaves)}</p>"
    tag = f"h{min(level + 2, 6)}"
    return f'<{tag} data-section="{pieces[0][0]}">{"".join(leaves)}</{tag}>'


def _leaves(report: Report, figures: Sequence[Figure], start: int, stop: int) -> Iterator[str]:
    """The text from start to stop, cut where a figure begins and ends."""
    at = start
    for i in range(bisect_left(figures, start, key=_start), bisect_left(figures, stop, key=_start)):
        figure = figures[i]
        # One that a page layout breaks in two stands in no single leaf: it is only marked.
        if at <= figure.start and figure.stop <= stop:
            yield from _leaf(report, at, figure.start)
            yield from _leaf(report, figure.start, figure.stop, _record(figure, first=not i))
            at = figure.stop
    yield from _leaf(report, at, stop)


def _start(figure: Figure) -> int:
    return figure.start


def _leaf(report: Report, start: int, stop: int, extra: str = "") -> Iterator[str]:
    if start < stop:
        text = _verbatim(report.text[start:stop])
        yield f'<span data-start="{start}" data-stop="{stop}"{extra}>{text}</span>'


def _record(figure: Figure, *, first: bool) -> str:
    """What the ledger says of the figure, for the page's script to show.

    Tab reaches the first alone, and the arrows the others from there.
    """
    value = f"{figure.value:f}" + (f"–{figure.high:f}" if figure.high is not None else "")
    record = {
        "text": phrase(plain(figure.text), figure.qualifier),
        "indicator": plain(figure.indicator),
        "measure": label(*MEASURES[figure.measure]),
        "period": figure.period,
        "scope": figure.scope,
        "value": "" if figure.kind == "date" else value + figure.unit,
    }
    data = escape(json.dumps(record, ensure_ascii=False))
    return f' class="printed" role="button" tabindex="{0 if first else -1}" data-record="{data}"'


def _verbatim(text: str) -> str:
    # Not `words`: offsets are counted in the page, so that no character may go.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
