"""Each answer as a card, made from the `Answer` itself."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from urllib.parse import urlencode

from qa.answer import TWICE, unlike
from qa.app import tables
from qa.app.markup import (
    bilingual,
    button,
    inside,
    label,
    marked,
    measure,
    number,
    questions,
    receipt,
    words,
)
from qa.app.masthead import title
from qa.figures import phrase
from qa.text import plain
from qa.types import Answer, Citation, Derived, Figure, Missing, Report, Slot, Verdict

Reports = Mapping[str, Report]

_END = "？?。！!. "
_OPEN = 2
"""How many quotes are shown before the reader asks for the others."""
_SLOTS: dict[Slot, tuple[str, str]] = {
    "indicator": ("没有所问的指标或事情", "There is no such indicator or fact"),
    "measure": (
        "有这个指标，但没有所问的量：数量、增幅、占比或单位",
        "It is there, but not this measure of it",
    ),
    "period": ("有这个指标，但不是所问的时期", "It is there, but not for this period"),
    "scope": (
        "有这个指标，但不是所问的地区或范围",
        "It is there, but not for this place or scope",
    ),
}
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "confirmed": ("与报告一致", "Confirmed by the report"),
    "contradicted": ("与报告不符，报告是这样写的", "Contradicted: the report says this"),
}


def trouble(message: str) -> str:
    """A card for an error that the user can mend."""
    parts = [words(part) for part in re.split(r"\n| / ", message, maxsplit=1)]
    said = bilingual(parts[0], parts[-1])
    return f'<article class="card error" data-status="error"><p>{said}</p></article>'


def card(
    answer: Answer,
    reports: Reports,
    asked: str,
    near: Sequence[str] = (),
    mine: Container[str] = (),
) -> str:
    """The answer with its figures, its quotes and its receipts; or what of `asked` is missing.

    `near` are questions that the reports do answer, for where they don't answer this one; `mine` are
    the visitor's own reports (ids), to which no link leads from elsewhere.
    """
    if answer.status == "not_found":
        body = _missing(answer.missing, reports, asked) + _instead(near)
    else:
        body = _verdict(answer.verdict) if answer.verdict else ""
        body += "".join(_derived(each) for each in answer.derived)
        body += _figures(answer, reports) + _quotes(answer, reports, mine)
        body += _lacking(answer.missing) if answer.missing else ""
    said = words(spoken(answer))
    return (
        f'<article class="card" data-status="{answer.status}" data-said="{said}" '
        f'data-text="{_attribute(answer.text)}">{body}</article>'
    )


def spoken(answer: Answer) -> str:
    """The answer in one line, for those who hear the page."""
    if answer.status == "not_found":
        return label("报告里没有找到", "Not in the report")
    said = [f"{plain(f.indicator)} {phrase(plain(f.text), f.qualifier)}" for f in answer.figures]
    return "；".join([*said, *(derived.formula for derived in answer.derived)]) or label(
        "报告原文见引文", "The report's words are quoted"
    )


def copied(citation: Citation, figures: Iterable[Figure], reports: Reports) -> str:
    """Figure, quote, source and receipt in one line."""
    figures = tuple(figures)
    said = "、".join(f"{plain(f.indicator)} {phrase(plain(f.text), f.qualifier)}" for f in figures)
    period = next((f"（{f.period}）" for f in figures if f.period), "")
    section = f" § {plain(citation.section)}" if citation.section else ""
    source = f"《{plain(title(reports[citation.report]))}》{section}"
    return f"{said}{period}：“{plain(citation.text)}”——{source} [{_address(citation)}]".lstrip("：")


def _verdict(verdict: Verdict) -> str:
    return f'<p class="verdict {verdict}">{bilingual(*_VERDICTS[verdict])}</p>'


def _figures(answer: Answer, reports: Reports) -> str:
    if answer.ahead:
        return tables.comparison(answer, reports)
    if len(answer.figures) > 2:
        return tables.listing(answer.figures, reports)
    shown = "".join(_figure(each, reports) for each in answer.figures)
    if unlike(answer.figures):
        shown += f'<p class="twice">{bilingual(*TWICE)}</p>'
    return shown


def _chips(figure: Figure, reports: Reports) -> str:
    chips = [f'<span class="chip">{measure(figure.measure)}</span>']
    place = reports[figure.report].place if len(reports) > 1 else ""
    said = (figure.period, figure.scope, place)
    chips += [f'<span class="chip">{words(each)}</span>' for each in dict.fromkeys(said) if each]
    return f'<div class="chips">{"".join(chips)}</div>'


def _context(figure: Figure, reports: Reports) -> str:
    """Where the figure stands: its section, and which report where there are several."""
    report = f"《{words(title(reports[figure.report]))}》" if len(reports) > 1 else ""
    section = f'<span class="section">{words(figure.section)}</span>' if figure.section else ""
    return f'<p class="context">{report}{section}</p>' if report or section else ""


def _figure(figure: Figure, reports: Reports) -> str:
    return (
        f'<div class="figure"><div class="value">{number(figure, reports[figure.report].text)}'
        f'</div><div class="what"><p class="indicator">{words(figure.indicator)}</p>'
        f"{_context(figure, reports)}{_chips(figure, reports)}</div></div>"
    )


def _quotes(answer: Answer, reports: Reports, mine: Container[str]) -> str:
    quotes = [
        _quote(each, answer.figures, reports, linked=each.report not in mine)
        for each in answer.citations
    ]
    shown, folded = quotes[:_OPEN], quotes[_OPEN:]
    if not folded:
        return "".join(shown)
    count = len(folded)
    said = bilingual(f"另外 {count} 处引文", f"{count} more quotes")
    return "".join(shown) + (
        f'<details class="more"><summary>{said}</summary>{"".join(folded)}</details>'
    )


def _quote(citation: Citation, figures: Iterable[Figure], reports: Reports, *, linked: bool) -> str:
    figures = tuple(figures)
    cited = inside(citation, figures)
    text = marked(citation.text, citation.start, [(f.start, f.stop) for f in cited])
    # One or two figures say themselves where they stand.
    told = len(figures) < 3 and any(figure.section == citation.section for figure in cited)
    section = "" if told else f'<p class="section">{words(citation.section)}</p>'
    link = receipt(citation.report, cited, [(citation.start, citation.stop)])
    span = cited[0] if len(cited) == 1 else citation
    address = urlencode({"receipt": f"{citation.report}:{span.start}-{span.stop}"})
    copy = f'data-copy="{_attribute(copied(citation, cited, reports))}"'
    address = f'data-address="?{words(address)}"'
    share = button(("复制链接", "Copy link"), address, "share") if linked else ""
    return (
        f'<figure class="quote"><blockquote>{text}</blockquote><figcaption>{section}'
        f'<div class="does">{button(("查看原文", "View source"), link)}'
        f"{button(('复制引用', 'Copy quote'), copy, 'copy')}{share}</div>"
        f'<code class="receipt">{words(_address(citation))}</code></figcaption></figure>'
    )


def _address(citation: Citation) -> str:
    return f"{citation.report} · {citation.sha256[:8]} · {citation.start}–{citation.stop}"


def _attribute(text: str) -> str:
    # A line break in an attribute stands as written only if it is spelt out.
    return "&#10;".join(words(line) for line in text.split("\n"))


def _derived(derived: Derived) -> str:
    # The formula ends in the result as the report would print it: 3.42亿元, not 342000000元.
    _, sign, result = derived.formula.replace("≈", "=").rpartition("=")
    value = result.strip() if sign else f"{derived.value:f}{derived.unit}"
    about = "≈ " if "≈" in derived.formula else ""
    return (
        f'<div class="derived"><div class="value"><span class="qualifier">{about}</span>'
        f'<span class="number">{words(value)}</span></div><div class="what">'
        f'<p class="indicator"><span class="badge">{bilingual("推算", "Derived")}</span> '
        f"{bilingual('报告里没有印着这个数', 'The report does not print this number')}</p>"
        f'<code class="formula">{words(derived.formula)}</code></div></div>'
    )


def _missing(missing: Missing | None, reports: Reports, asked: str) -> str:
    none = f'<p class="none">{bilingual("报告里没有找到", "Not in the report")}</p>'
    if missing is None:
        return none
    # The question stands right above: only the part of it that fails is worth saying again.
    whole = missing.asked.rstrip(_END) == asked.rstrip(_END)
    part = "" if whole or missing.asked not in asked else missing.asked
    lack = f'<p class="lack" data-slot="{missing.slot}">{bilingual(*_SLOTS[missing.slot])}'
    lack += f" <b>{words(part)}</b></p>" if part else "</p>"
    return none + lack + (_nearest(missing.nearest, reports) if missing.nearest else "")


def _lacking(missing: Missing) -> str:
    said = bilingual("其中一问报告没有说", "One part is not in the report")
    slot = bilingual(*_SLOTS[missing.slot])
    return f'<p class="lack" data-slot="{missing.slot}">{said} <b>{words(missing.asked)}</b> · {slot}</p>'


def _nearest(figure: Figure, reports: Reports) -> str:
    link = receipt(figure.report, [figure], [figure.clause])
    clause = reports[figure.report].text[slice(*figure.clause)]
    said = bilingual("最接近的数字，不是答案", "The nearest figure, not an answer")
    return (
        f'<div class="nearest"><p class="label">{said}</p>{_figure(figure, reports)}'
        f'<p class="clause">{words(clause)}</p>'
        f'<div class="does">{button(("查看原文", "View source"), link)}</div></div>'
    )


def _instead(near: Sequence[str]) -> str:
    if not near:
        return ""
    said = bilingual("报告能回答的问题", "What the report does answer")
    return f'<div class="instead"><p class="label">{said}</p>{questions(near)}</div>'
