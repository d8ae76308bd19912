"""The ledger tab: every figure in a table, to search, filter, sort, download and see in the source."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.app.forms import Names, Option, select
from qa.app.markup import bilingual, label, measure, number, receipt, words
from qa.app.parts import QUIET, html
from qa.app.sifting import ROWS, Query, by_number, sift
from qa.export import MEASURES, as_csv, as_xlsx, declines
from qa.types import Figure, Report

if TYPE_CHECKING:
    from qa.app.desk import Desk

Asked = dict[str, Any]
Reports = Mapping[str, Report]

KINDS: dict[str, Names] = {
    "amount": ("数量", "amount"),
    "percent": ("百分比", "percent"),
    "points": ("百分点", "points"),
    "ordinal": ("序数", "ordinal"),
    "grade": ("等级", "grade"),
    "ratio": ("比", "ratio"),
    "date": ("日期", "date"),
}
"""What a kind of number is called on the page."""

# The form is read when the request leaves, so that what leaves last is what the form says last.
_READ = "(desk, asked) => [desk, qaForms.values('ledger-query')]"
_FORM = """qaLedger.listen(element, {
  query: () => trigger('query'), csv: () => trigger('csv'), xlsx: () => trigger('xlsx'),
})"""
_TABLE = "watch('value', () => qaLedger.shown(element))"


def ledger_tab(desk: gr.State, house: Desk) -> None:
    """The tab: a form above, the table below."""
    asked = gr.JSON({}, visible=False)
    parcel = gr.JSON(visible=False)
    form = html(query_form(house.figures, house.reports), "ledger-form", _FORM)
    rows = html(_show(house, {}), "ledger", _TABLE)
    form.query(_show, [desk, asked], rows, js=_READ, trigger_mode="always_last", **QUIET)
    for fetch, pack in ((form.csv, _csv), (form.xlsx, _xlsx)):
        packed = fetch(pack, [desk, asked], parcel, js=_READ, **QUIET)
        packed.then(None, parcel, None, js="(file) => qaForms.save(file)")
    desk.change(_renew, desk, [form, rows], **QUIET)


def _show(desk: Desk, asked: Asked | None) -> str:
    query = Query.read(asked)
    return table(sift(desk.figures, query, desk.reports), len(desk.figures), query, desk.reports)


def _renew(desk: Desk) -> tuple[str, str]:
    return query_form(desk.figures, desk.reports), _show(desk, {})


def _csv(desk: Desk, asked: Asked | None) -> dict[str, str]:
    found = sift(desk.figures, Query.read(asked), desk.reports)
    # Excel takes a file for UTF-8 only where it begins with a mark.
    return _parcel(desk, "csv", "text/csv", as_csv(found, desk.reports).encode("utf-8-sig"))


def _xlsx(desk: Desk, asked: Asked | None) -> dict[str, str]:
    found = sift(desk.figures, Query.read(asked), desk.reports)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _parcel(desk, "xlsx", kind, as_xlsx(found, desk.reports))


def _parcel(desk: Desk, ending: str, kind: str, data: bytes) -> dict[str, str]:
    """A file for the browser to save: nothing of a visitor's is left on the server's disk."""
    ids = list(desk.reports)
    name = ids[0] if len(ids) == 1 else f"{len(ids)}份报告"
    return {"name": f"台账-{name}.{ending}", "type": kind, "data": b64encode(data).decode()}


def query_form(figures: Sequence[Figure], reports: Reports) -> str:
    """What can be asked of the ledger: words, and a choice for each property that differs."""
    choices = "".join(
        select(name, names, groups | {"": [("", label(*names)), *groups.get("", ())]})
        for name, names, groups in _choices(figures, reports)
        if sum(map(len, groups.values())) > 1
    )
    search = (
        f'<input type="search" name="text" aria-label="{label("搜索", "Search")}" autocomplete="off" '
        f'placeholder="{label("搜指标、数字、地区…", "Search indicators, figures, places…")}" maxlength="100">'
    )
    saves = "".join(
        f'<button type="button" class="save" data-save="{ending}" '
        f'aria-label="{label(f"下载 {ending.upper()}", f"Download {ending.upper()}")}">'
        f"{ending.upper()}</button>"
        for ending in ("csv", "xlsx")
    )
    clear = f'<button type="button" data-clear hidden>{bilingual("清除", "Clear")}</button>'
    return (
        f'<form id="ledger-query" role="search"><div class="search">{search}{saves}</div>'
        f'<div class="choices">{choices}{clear}</div>'
        '<input type="hidden" name="sort" value="place"><input type="hidden" name="down" value="">'
        '<input type="hidden" name="page" value="0">'
        '<p class="unseen" role="status"></p></form>'
    )


def _choices(
    figures: Sequence[Figure], reports: Reports
) -> list[tuple[str, Names, dict[str, list[Option]]]]:
    measures = {f.measure for f in figures}
    kinds = {f.kind for f in figures}
    units = {label("种类", "Kind"): [(f"kind:{k}", label(*KINDS[k])) for k in KINDS if k in kinds]}
    units[label("单位", "Unit")] = [(f"unit:{u}", u) for u in by_number(f.unit for f in figures)]
    return [
        ("report", ("报告", "Report"), {"": [(id_, _name(reports[id_])) for id_ in reports]}),
        ("section", ("章节", "Section"), _sections(figures, reports)),
        (
            "measure",
            ("量", "Measure"),
            {"": [(m, label(*n)) for m, n in MEASURES.items() if m in measures]},
        ),
        (
            "period",
            ("时期", "Period"),
            {"": [(p, p) for p in by_number(f.period for f in figures)]},
        ),
        ("unit", ("单位", "Unit"), units),
    ]


def _sections(figures: Sequence[Figure], reports: Reports) -> dict[str, list[Option]]:
    """The sections in the order of each report, under the report's name where there are several."""
    groups: dict[str, list[Option]] = {}
    for report, name in dict.fromkeys((f.report, f.section) for f in figures if f.section):
        heading = _name(reports[report]) if len(reports) > 1 else ""
        groups.setdefault(heading, []).append((f"{report}\n{name}", name))
    return groups


def _name(report: Report) -> str:
    about = f"{report.place} {report.year or ''}".strip()
    return about or report.id


def table(figures: Sequence[Figure], of: int, query: Query, reports: Reports) -> str:
    """A page of the figures; `of` is how many the ledger has."""
    pages = max(1, -(-len(figures) // ROWS))
    page = min(query.page, pages - 1)
    shown = figures[page * ROWS : (page + 1) * ROWS]
    rows = "".join(_row(figure, reports, first=i == 0) for i, figure in enumerate(shown))
    nothing = f'<p class="nothing">{bilingual("没有符合的数字", "No such figure")}</p>'
    whole = "" if len(figures) == of else f" / {of}"
    return (
        f'<p class="count"><b>{len(figures)}</b>{whole} {bilingual("个数字", "figures")}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label("台账", "Ledger")}">'
        f"<table><thead><tr>{_heads(query)}</tr></thead><tbody>{rows}</tbody></table>"
        f"{'' if figures else nothing}{_pager(page, pages, len(figures))}</div>"
    )


def _heads(query: Query) -> str:
    heads = (
        ("value", "数字", "Figure"),
        ("", "指标", "Indicator"),
        ("", "量", "Measure"),
        ("", "时期", "Period"),
        ("", "范围", "Scope"),
        ("place", "章节", "Section"),
    )
    return "".join(_head(query, *head) for head in heads)


def _head(query: Query, key: str, chinese: str, english: str) -> str:
    name = bilingual(chinese, english)
    if not key:
        return f'<th scope="col">{name}</th>'
    order = "none"
    if query.sort == key:
        order = "descending" if query.down else "ascending"
    # A column is first sorted the way that is asked for most: the largest first, the report's order.
    down = (key == "value") if order == "none" else not query.down
    return (
        f'<th scope="col" aria-sort="{order}"><button type="button" id="sort-{key}" '
        f'data-sort="{key}" data-down="{"1" if down else ""}">{name}</button></th>'
    )


def _row(figure: Figure, reports: Reports, *, first: bool) -> str:
    report = reports[figure.report]
    link = receipt(figure.report, [figure], [figure.clause])
    where = figure.section.rsplit(" › ", 1)[-1]
    scope = figure.scope or (report.place if len(reports) > 1 else "")
    return (
        f'<tr data-measure="{figure.measure}" {link}>'
        f'<td><button type="button" class="show" tabindex="{0 if first else -1}">'
        f"{fall(figure, reports)}{number(figure, report.text)}</button></td>"
        f"<td>{words(figure.indicator)}</td><td>{measure(figure.measure)}</td>"
        f"<td>{words(figure.period)}</td><td>{words(scope)}</td>"
        f'<td title="{words(figure.section)}">{words(where)}</td></tr>'
    )


def fall(figure: Figure, reports: Reports) -> str:
    """A sign before a decline: the report prints a decline's number without one."""
    if not declines(figure, reports):
        return ""
    return f'<span class="fall" role="img" aria-label="{label("下降", "down")}">↓</span>'


def _pager(page: int, pages: int, count: int) -> str:
    if pages == 1:
        return ""
    turns = (
        ("previous", page - 1, "上一页", "Previous"),
        ("next", page + 1, "下一页", "Next"),
    )
    before, after = (
        f'<button type="button" id="{name}-page" data-page="{to}"{"" if 0 <= to < pages else " disabled"}>'
        f"{bilingual(chinese, english)}</button>"
        for name, to, chinese, english in turns
    )
    here = f"{page * ROWS + 1}–{min(count, (page + 1) * ROWS)} / {count}"
    return f'<nav class="pager" aria-label="{label("翻页", "Pages")}">{before}<span>{here}</span>{after}</nav>'
