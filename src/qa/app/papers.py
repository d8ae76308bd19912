"""What lies on the right of the page: the source, the ledger, and the line that names the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from qa.app.markup import MEASURES, bilingual, measure, number, receipt, words
from qa.paths import bundled_report
from qa.text import fold, sentences, sha256
from qa.types import Figure, Report

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


def matching(
    figures: Iterable[Figure], text: str = "", section: str = "", measure: str = ""
) -> tuple[Figure, ...]:
    """The figures whose indicator or number holds the text, of that section and measure if given."""
    wanted = fold(text).split()
    return tuple(
        f
        for f in figures
        if (not section or f.section == section)
        and (not measure or f.measure == measure)
        and all(word in fold(f"{f.indicator} {f.text} {f.period} {f.scope}") for word in wanted)
    )


def section_choices(figures: Iterable[Figure]) -> list[tuple[str, str]]:
    """The choices of the section filter, in the order of the report."""
    names = dict.fromkeys(f.section for f in figures if f.section)
    return [("全部 all", ""), *((name, name) for name in names)]


def measure_choices(figures: Iterable[Figure]) -> list[tuple[str, str]]:
    """The choices of the measure filter: those that occur."""
    found = {f.measure for f in figures}
    names = [(" ".join(label), name) for name, label in MEASURES.items() if name in found]
    return [("全部 all", ""), *names]


def ledger(figures: Sequence[Figure], of: int, reports: Mapping[str, Report]) -> str:
    """The ledger as a table; `of` is how many figures there are without a filter."""
    heads = (("数字", "figure"), ("指标", "indicator"), ("量", "measure"), ("时期", "period"))
    head = "".join(f'<th scope="col">{bilingual(*each)}</th>' for each in heads)
    head += f'<th scope="col">{bilingual("范围", "scope")}</th>'
    head += f'<th scope="col">{bilingual("章节", "section")}</th>'
    rows = "".join(_row(figure, reports) for figure in figures)
    empty = (
        "" if figures else '<p class="nothing">没有符合的数字 <span class="en">no figure</span></p>'
    )
    return (
        f'<p class="count"><b>{len(figures)}</b> / {of} 个数字 <span class="en">figures</span></p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="台账 ledger"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{rows}</tbody></table>{empty}</div>"
    )


def _row(figure: Figure, reports: Mapping[str, Report]) -> str:
    report = reports[figure.report]
    link = receipt(figure.report, [figure], [figure.clause])
    where = figure.section.rsplit(" › ", 1)[-1]
    scope = figure.scope or (report.place if len(reports) > 1 else "")
    return (
        f'<tr data-measure="{figure.measure}"><td><button type="button" class="show" {link}>'
        f"{number(figure, report.text)}</button></td><td>{words(figure.indicator)}</td>"
        f"<td>{measure(figure.measure)}</td><td>{words(figure.period)}</td><td>{words(scope)}</td>"
        f'<td title="{words(figure.section)}">{words(where)}</td></tr>'
    )
