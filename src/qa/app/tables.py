"""Several figures in one card: held against each other as bars, or listed with a CSV to take away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from qa.app.markup import bilingual, button, label, measure, number, receipt, words
from qa.export import MEASURES
from qa.figures import phrase
from qa.text import plain
from qa.types import Answer, Figure, Report

Reports = Mapping[str, Report]

_AHEAD = re.compile(r"(?P<who>.+?)(?P<how>[更最])(?P<what>[高低])：(?P<rest>.+)", re.DOTALL)
_HOW = {"更高": "higher", "最高": "the highest", "更低": "lower", "最低": "the lowest"}
_FORMULA = re.compile(r"[=+\-@\t]")
_COLUMNS = ("数字", "指标", "量", "时期", "范围", "章节", "报告", "起", "止")


def comparison(answer: Answer, reports: Reports) -> str:
    """Who is ahead, in words and as bars; the bars are a table's, so that they can be read aloud."""
    best, how = _best(answer)
    most = max((abs(figure.value) for figure in answer.figures), default=Decimal(0))
    names = _names(answer.figures, reports)
    rows = "".join(
        _bar(figure, name, reports, most, how if figure is best else "")
        for figure, name in zip(answer.figures, names, strict=True)
    )
    heads = (("比较", "compared"), ("数字", "figure"), ("大小", "size"))
    head = "".join(f'<th scope="col">{bilingual(*each)}</th>' for each in heads)
    return (
        f'<p class="ahead">{_ahead(answer.ahead)}</p><table class="bars">'
        f'<thead class="unseen"><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def listing(figures: Sequence[Figure], reports: Reports) -> str:
    """The figures as a table; each leads to its place in the source."""
    heads = (("数字", "Figure"), ("指标", "Indicator"), ("量", "Measure"), ("时期", "Period"))
    head = "".join(f'<th scope="col">{bilingual(*each)}</th>' for each in heads)
    body = "".join(_row(figure, reports) for figure in figures)
    count = bilingual(f"{len(figures)} 个数字", f"{len(figures)} figures")
    data = f'data-csv="{_attribute(as_csv(figures))}"'
    name = label("数字列表", "List of figures")
    return (
        f'<div class="listing"><div class="does"><p class="label">{count}</p>'
        f"{button(('下载 CSV', 'Download CSV'), data, 'csv')}</div>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></div>"
    )


def as_csv(figures: Sequence[Figure]) -> str:
    """The figures as CSV; no cell is one that a spreadsheet would take for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for f in figures:
        said = phrase(plain(f.text), f.qualifier)
        row = (said, f.indicator, MEASURES[f.measure][0], f.period, f.scope, f.section, f.report)
        writer.writerow([*map(_cell, row), f.start, f.stop])
    return out.getvalue()


def _cell(text: str) -> str:
    shown = plain(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def _attribute(text: str) -> str:
    return "&#10;".join(words(line) for line in text.splitlines())


def _best(answer: Answer) -> tuple[Figure | None, str]:
    """The figure that the line names first, and what it is said to be; None where all are equal."""
    found = _AHEAD.fullmatch(answer.ahead)
    if found is None:
        return None, ""
    first = [f for f in answer.figures if found["rest"].startswith(f"{plain(f.text)}（")]
    return (first[0] if first else None), found["how"] + found["what"]


def _ahead(line: str) -> str:
    found = _AHEAD.fullmatch(line)
    if found is None:
        return bilingual(words(line), words(line.replace("两者相同", "Equal")))
    who = f'<span class="who">{words(found["who"])}</span>'
    how = found["how"] + found["what"]
    rest = f'<span class="order">{words(found["rest"])}</span>'
    return bilingual(f"{who}{how}", f"{who}: {_HOW[how]}") + rest


def _names(figures: Sequence[Figure], reports: Reports) -> list[str]:
    """What tells each figure from the others: its indicator, or else its place, scope or period."""
    ways = [
        [plain(f.indicator) for f in figures],
        [reports[f.report].place for f in figures],
        [f.scope for f in figures],
        [f.period for f in figures],
    ]
    apart = next((way for way in ways[1:] if len(set(way)) == len(way) and all(way)), None)
    if len(set(ways[0])) == len(figures) or apart is None:
        return ways[0]
    return apart


def _bar(figure: Figure, name: str, reports: Reports, most: Decimal, how: str) -> str:
    share = float(abs(figure.value) / most * 100) if most else 0.0
    winner = f' <span class="badge">{bilingual(how, _HOW[how])}</span>' if how else ""
    return (
        f'<tr{" class=best" if how else ""}><th scope="row">{words(name)}{winner}</th>'
        f'<td class="value">{number(figure, reports[figure.report].text)}</td>'
        f'<td class="bar"><span style="width:{share:.1f}%"></span></td></tr>'
    )


def _row(figure: Figure, reports: Reports) -> str:
    link = receipt(figure.report, [figure], [figure.clause])
    place = reports[figure.report].place if len(reports) > 1 else ""
    when = " ".join(filter(None, (figure.period, place)))
    return (
        f'<tr><td class="figure"><button type="button" class="show" {link}>'
        f"{number(figure, reports[figure.report].text)}</button></td>"
        f"<td>{words(figure.indicator)}</td><td>{measure(figure.measure)}</td>"
        f"<td>{words(when)}</td></tr>"
    )
