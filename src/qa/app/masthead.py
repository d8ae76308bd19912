"""The page's head: its name, and which reports are served."""

from __future__ import annotations

from collections.abc import Sequence

from qa.app.markup import bilingual, words
from qa.paths import bundled_report
from qa.text import sentences, sha256
from qa.types import Report


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
