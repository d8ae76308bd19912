"""The page's head: its name, and which reports are served."""

from __future__ import annotations

from collections.abc import Sequence

from qa.app.markup import bilingual, label, words
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
    """The page's head: which reports are served, of what place and year, and the page's switches."""
    served = "".join(_served(report) for report in reports[:3])
    if len(reports) > 1:
        count = bilingual(f"共 {len(reports)} 份报告", f"{len(reports)} reports")
        served += f'<p class="more">{count}</p>'
    return (
        '<header><p class="brand"><span class="seal" aria-hidden="true">数</span>'
        f"<span>{bilingual('报告问答', 'Ask the report')}</span></p>"
        f'<div class="served">{served}</div>{_switches()}</header>'
    )


def way_back() -> str:
    """On a phone, where the papers lie over the conversation: the way back to it."""
    said = bilingual("返回对话", "Back to the conversation")
    return f'<button type="button" data-do="back"><span aria-hidden="true">‹</span> {said}</button>'


def _switches() -> str:
    papers = label("打开原文和台账", "Open the source and the ledger")
    tongue = label("切换为英文 English", "Switch to Chinese 中文")
    theme = label("深色或浅色", "Dark or light")
    return (
        '<div class="switches">'
        f'<button type="button" data-do="papers" aria-controls="papers" title="{papers}" '
        f'aria-label="{papers}">{bilingual("原文", "Source")}</button>'
        f'<button type="button" data-do="language" title="{tongue}" aria-label="{tongue}">'
        f"{bilingual('EN', '中文')}</button>"
        f'<button type="button" data-do="theme" title="{theme}" aria-label="{theme}">'
        '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.5"/>'
        '<path class="half" d="M12 3.5a8.5 8.5 0 0 1 0 17z"/></svg></button></div>'
    )


def _served(report: Report) -> str:
    note = digest_note(report)
    digest = (
        f'<p class="digest"><span class="badge">{bilingual("摘编", "Digest")}</span>{words(note)}</p>'
        if note
        else ""
    )
    place = about(report)
    known = f'<span class="about">{words(place)}</span>' if place else ""
    return f'<div><p class="title"><b>{words(title(report))}</b>{known}</p>{digest}</div>'
