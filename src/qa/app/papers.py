"""What lies on the right of the page: the source, and the line that names the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from qa.app.markup import bilingual, words
from qa.paths import bundled_report
from qa.text import sentences, sha256
from qa.types import Report

_HEADING = re.compile(r"#{1,6}[ \t]+")


def title(report: Report) -> str:
    """The report's own heading, or its id where it has none."""
    return report.sections[0].title if report.sections else report.id


def about(report: Report) -> str:
    """Place and year of the report, as far as they are known."""
    return " · ".join(filter(None, (report.place, f"{report.year}年" if report.year else "")))


def digest_note(report: Report) -> str:
    """What the bundled report says of itself: that it is a digest, and of which report."""
    if report.sha256 != sha256(bundled_report().read_text("utf-8")):
        return ""
    start, stop = report.blocks[1][0]
    return next(report.text[start + a : start + b] for a, b in sentences(report.text[start:stop]))


def header(reports: Sequence[Report]) -> str:
    """The page's head: which reports are served, of what place and year."""
    served = "".join(_served(report) for report in reports[:3])
    if len(reports) > 1:
        served += f'<p class="more">共 {len(reports)} 份报告 <span class="en">reports</span></p>'
    return (
        '<header><p class="brand"><span class="seal" aria-hidden="true">数</span>'
        f"<span>{bilingual('报告问答', 'Ask the report')}</span></p>"
        f'<div class="served">{served}</div></header>'
    )


def _served(report: Report) -> str:
    note = digest_note(report)
    digest = (
        f'<p class="digest"><span class="badge">{bilingual("摘编", "digest")}</span>{words(note)}</p>'
        if note
        else ""
    )
    place = about(report)
    known = f'<span class="about">{words(place)}</span>' if place else ""
    return f'<div><p class="title"><b>{words(title(report))}</b>{known}</p>{digest}</div>'


def source(reports: Sequence[Report]) -> str:
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
