"""The ledger as a table: every figure of the reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qa.app.markup import MEASURES, bilingual, measure, number, receipt, words
from qa.text import fold
from qa.types import Figure, Report


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
