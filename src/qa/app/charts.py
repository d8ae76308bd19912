"""The charts tab: comparable figures of the ledger drawn, each leading to its place in the source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.app import drawing, masthead
from qa.app.comparable import Choice, Wish, choose
from qa.app.forms import Names, Option, select
from qa.app.markup import bilingual, label, number, receipt, words
from qa.app.parts import QUIET, html
from qa.app.sifting import signed
from qa.export import declines
from qa.text import plain
from qa.types import Figure, Report

if TYPE_CHECKING:
    from qa.app.desk import Desk

Reports = Mapping[str, Report]

_KINDS: dict[str, Names] = {
    "growth": ("增长率", "Growth rates"),
    "level": ("水平", "Levels"),
    "share": ("占比", "Shares"),
    "count": ("数量", "Counts"),
}
_TARGETS: Names = ("目标", "targets")
# 全区 in a report on a district is the district.
_WHOLE = re.compile("全[省市区县州盟旗镇乡]|全自治[区州县]")
_WAITING = '<div class="waiting"></div>'
_READ = "(desk, asked) => [desk, qaCharts.values()]"
_SCRIPT = """qaCharts.listen(element, () => trigger('query'));
watch('value', () => qaCharts.shown(element));"""


def charts(desk: gr.State) -> None:
    """The tab. It is drawn when it is first seen: how wide it may be is known only then."""
    asked = gr.JSON({}, visible=False)
    drawn = html(_WAITING, "charts", _SCRIPT)
    drawn.query(_draw, [desk, asked], drawn, js=_READ, trigger_mode="always_last", **QUIET)
    desk.change(lambda: _WAITING, None, drawn, **QUIET)


def _draw(desk: Desk, asked: dict[str, Any] | None) -> str:
    return chart(desk.figures, Wish.read(asked), desk.reports)


def chart(figures: Sequence[Figure], wish: Wish, reports: Reports) -> str:
    """The form, the picture of what is chosen, and the same as a table."""
    choice = choose(figures, wish, reports)
    if choice is None:
        nothing = bilingual("报告里没有可以比较的数字", "Nothing to compare in the report")
        return f'<p class="nothing">{nothing}</p>'
    form = _form(choice, wish, reports)
    if not choice.figures:
        pick = bilingual("请选择指标", "Choose an indicator")
        return f'<div class="chart-scroll">{form}<p class="nothing">{pick}</p></div>'
    left = f'<p class="left">{bilingual(f"另有 {choice.left} 个没有画出", f"{choice.left} more not drawn")}</p>'
    name = "-".join((_KINDS[choice.kind][wish.english], choice.period))
    return (
        f'<div class="chart-scroll">{form}<figure class="chart" data-name="{words(name)}">'
        f"{_picture(choice, wish, reports)}</figure>{left if choice.left else ''}"
        f'<div class="tips" hidden>{_tips(choice, reports)}</div>{_saves()}'
        f'{_table(choice, reports)}<div class="tip" role="presentation" hidden></div></div>'
    )


def _picture(choice: Choice, wish: Wish, reports: Reports) -> str:
    factor, unit = drawing.scale(choice.figures)
    bars = tuple(_bar(each, choice, reports, factor) for each in choice.figures)
    kind = _KINDS[choice.kind][wish.english]
    ahead = f" · {_TARGETS[wish.english]}" if choice.ahead and "目标" not in choice.period else ""
    sources = dict.fromkeys(masthead.title(reports[f.report]) for f in choice.figures)
    frame = drawing.Frame(
        title=" · ".join(filter(None, (kind, choice.period))) + ahead,
        below=("Unit: " if wish.english else "单位：") + unit,
        source=("Source: " if wish.english else "来源：") + "；".join(sources),
        width=wish.width,
        full=100 if choice.kind == "share" and max(bar.value for bar in bars) <= 100 else 0,
    )

    def hit(i: int) -> str:
        figure = choice.figures[i]
        link = receipt(figure.report, [figure], [figure.clause])
        says = escape(_says(figure, reports))
        return f'class="hit" data-tip="{i}" tabindex="0" role="button" aria-label="{says}" {link}'

    return drawing.svg(bars, frame, hit, frame.title)


def _bar(figure: Figure, choice: Choice, reports: Reports, factor: int) -> drawing.Bar:
    falls = declines(figure, reports)
    high = None if figure.high is None or falls else float(figure.high / factor)
    return drawing.Bar(
        name=_named(figure, choice, reports),
        printed=drawing.said(figure, falls=falls),
        value=float(signed(figure, reports) / factor),
        high=high,
    )


def _named(figure: Figure, choice: Choice, reports: Reports) -> str:
    """The indicator, and what tells its line from others: the place, a scope other than it."""
    parts = [plain(figure.indicator)]
    place = reports[figure.report].place or figure.report
    if len({f.report for f in choice.figures}) > 1:
        if len(choice.chosen) == 1:
            parts = []
        parts.append(place)
    if figure.scope != place and not _WHOLE.fullmatch(figure.scope):
        parts.append(figure.scope)
    return " · ".join(dict.fromkeys(filter(None, parts))) or plain(figure.indicator)


def _says(figure: Figure, reports: Reports) -> str:
    printed = drawing.said(figure, falls=declines(figure, reports))
    parts = (plain(figure.indicator), printed, figure.period, figure.scope, figure.section)
    return "，".join(filter(None, parts))


def _tips(choice: Choice, reports: Reports) -> str:
    return "".join(
        f'<div data-of="{i}"><p class="value">{_printed(figure, reports)}</p>'
        f'<p class="indicator">{words(figure.indicator)}</p>'
        f"<p>{words(' · '.join(filter(None, (figure.period, figure.scope))))}</p>"
        f'<p class="section">{words(figure.section)}</p>'
        f'<code class="receipt">{words(figure.report)} · {figure.start}–{figure.stop}</code></div>'
        for i, figure in enumerate(choice.figures)
    )


def _printed(figure: Figure, reports: Reports) -> str:
    falls = f'<span class="fall">{bilingual("下降", "down")}</span> '
    printed = number(figure, reports[figure.report].text)
    return (falls if declines(figure, reports) else "") + printed


def _table(choice: Choice, reports: Reports) -> str:
    """The picture in words, for those who can't see it and those who want to copy it."""
    heads = (("指标", "Indicator"), ("数字", "Figure"), ("时期", "Period"), ("范围", "Scope"))
    head = "".join(f'<th scope="col">{bilingual(*each)}</th>' for each in heads)
    rows = "".join(
        f'<tr {receipt(f.report, [f], [f.clause])}><th scope="row">{words(_named(f, choice, reports))}</th>'
        f'<td><button type="button" class="show">{_printed(f, reports)}</button></td>'
        f"<td>{words(f.period)}</td><td>{words(f.scope)}</td></tr>"
        for f in choice.figures
    )
    return (
        f'<details class="chart-table" id="chart-table"><summary id="chart-table-head">'
        f"{bilingual('数据表', 'Table')}</summary><div><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _saves() -> str:
    buttons = "".join(
        f'<button type="button" data-picture="{kind}" '
        f'aria-label="{label(f"下载 {kind.upper()}", f"Download {kind.upper()}")}">{kind.upper()}</button>'
        for kind in ("png", "svg")
    )
    return f'<div class="chart-saves">{buttons}</div>'


def _form(choice: Choice, wish: Wish, reports: Reports) -> str:
    kinds = "".join(
        _radio("kind", kind, bilingual(*_KINDS[kind]), checked=kind == choice.kind)
        for kind in choice.kinds
    )
    when = "".join(
        _radio("ahead", value, name, checked=(value == "1") == choice.ahead)
        for value, name in (("", bilingual("结果", "results")), ("1", bilingual(*_TARGETS)))
    )
    ahead = _group(("结果或目标", "Results or targets"), when) if choice.both else ""
    named = "" if wish.names is None else "1"
    return (
        f'<form id="charts-query"><div class="kinds">{_group(("图表", "Chart"), kinds)}{ahead}</div>'
        f'<div class="choices">{_choices(choice, wish, reports)}</div>{_names(choice)}'
        f'<input type="hidden" name="named" value="{named}"></form>'
    )


def _group(names: Names, inner: str) -> str:
    return f'<div class="segments" role="radiogroup" aria-label="{label(*names)}">{inner}</div>'


def _radio(name: str, value: str, shown: str, *, checked: bool) -> str:
    return (
        f'<label><input type="radio" name="{name}" id="chart-{name}-{value or "none"}" '
        f'value="{value}"{" checked" if checked else ""}><span>{shown}</span></label>'
    )


def _choices(choice: Choice, wish: Wish, reports: Reports) -> str:
    of = [(id_, f"{reports[id_].place or id_} {reports[id_].year or ''}") for id_ in choice.reports]
    offered: list[tuple[str, Names, Sequence[Option], str, bool]] = [
        ("unit", ("单位", "Unit"), _same(choice.units), choice.unit, False),
        ("period", ("时期", "Period"), _same(choice.periods), choice.period, False),
        ("report", ("报告", "Report"), of, wish.report, True),
        ("section", ("章节", "Section"), _same(choice.sections), wish.section, True),
        ("scope", ("范围", "Scope"), _same(choice.scopes), wish.scope, True),
    ]
    return "".join(
        select(
            name,
            names,
            {"": [*([("", label(*names))] if every else []), *options]},
            chosen,
            prefix="chart-",
        )
        for name, names, options, chosen, every in offered
        if len(options) > 1
    )


def _same(values: Sequence[str]) -> list[Option]:
    return [(value, value) for value in values]


def _names(choice: Choice) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="names" id="chart-name-{i}" value="{escape(name)}"'
        f"{' checked' if name in choice.chosen else ''}><span>{words(name)}</span></label>"
        for i, name in enumerate(choice.names)
    )
    counted = f"<b>{len(choice.chosen)}</b> / {len(choice.names)}"
    return (
        f'<details class="names" id="chart-names"><summary id="chart-names-head">'
        f"{bilingual('指标', 'Indicators')} {counted}</summary><div>{boxes}</div></details>"
    )
