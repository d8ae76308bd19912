"""The conversation: each answer as a card, made from the `Answer` itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qa.app.markup import bilingual, inside, marked, measure, number, receipt, words
from qa.types import Answer, Citation, Derived, Figure, Missing, Report, Slot, Verdict

Reports = Mapping[str, Report]

_END = "？?。！!. "
_SLOTS: dict[Slot, tuple[str, str]] = {
    "indicator": ("没有所问的指标或事情", "no such indicator or fact"),
    "measure": ("有这个指标，但没有所问的量：数量、增幅、占比或单位", "not this measure of it"),
    "period": ("有这个指标，但不是所问的时期", "not for this period"),
    "scope": ("有这个指标，但不是所问的地区或范围", "not for this place or scope"),
}
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "confirmed": ("与报告一致", "confirmed"),
    "contradicted": ("与报告不符", "contradicted"),
}


def greeting() -> str:
    """What stands in the conversation before the first question."""
    return (
        '<div class="greeting"><p class="hello">问报告一个问题。</p>'
        "<p>回答只引用报告里印着的数字，并在原文里标出来；报告没有说的，就说没有。</p>"
        '<p class="en" lang="en">Ask the report a question. Every figure is quoted from it '
        "and marked in the source; what it does not say is said to be missing.</p></div>"
    )


def question(text: str) -> str:
    """The user's words."""
    return f'<div class="asked"><span>{words(text)}</span></div>'


def trouble(message: str) -> str:
    """A card for an error that the user can mend."""
    return f'<article class="card error" data-status="error"><p>{words(message)}</p></article>'


def card(answer: Answer, reports: Reports, asked: str) -> str:
    """The answer with its figures, its quotes and its receipts; or what of `asked` is missing."""
    if answer.status == "not_found":
        missing = _missing(answer.missing, reports, asked)
        return f'<article class="card" data-status="not_found">{missing}</article>'
    parts = [_verdict(answer.verdict)] if answer.verdict else []
    parts += [f'<p class="ahead">{words(answer.ahead)}</p>'] if answer.ahead else []
    parts += [_derived(each) for each in answer.derived]
    parts += [_figure(each, reports) for each in answer.figures]
    parts += [_quote(each, answer.figures) for each in answer.citations]
    many = " many" if len(answer.figures) > 2 else ""
    return f'<article class="card{many}" data-status="answered">{"".join(parts)}</article>'


def _verdict(verdict: Verdict) -> str:
    return f'<p class="verdict {verdict}">{bilingual(*_VERDICTS[verdict])}</p>'


def _about(figure: Figure, reports: Reports) -> str:
    chips = [f'<span class="chip">{measure(figure.measure)}</span>']
    place = reports[figure.report].place if len(reports) > 1 else ""
    said = (figure.period, figure.scope, place)
    chips += [f'<span class="chip">{words(each)}</span>' for each in dict.fromkeys(said) if each]
    return f'<div class="chips">{"".join(chips)}</div>'


def _figure(figure: Figure, reports: Reports) -> str:
    return (
        f'<div class="figure"><div class="value">{number(figure, reports[figure.report].text)}'
        f'</div><div class="what"><div class="indicator">{words(figure.indicator)}</div>'
        f"{_about(figure, reports)}</div></div>"
    )


def _quote(citation: Citation, figures: Iterable[Figure]) -> str:
    cited = inside(citation, figures)
    text = marked(citation.text, citation.start, [(f.start, f.stop) for f in cited])
    section = f'<p class="section">{words(citation.section)}</p>' if citation.section else ""
    link = receipt(citation.report, cited, [(citation.start, citation.stop)])
    return (
        f'<figure class="quote"><blockquote>{text}</blockquote><figcaption>{section}'
        f'<button type="button" class="show" {link}>{bilingual("查看原文", "source")}</button>'
        f'<code class="receipt">{_address(citation)}</code></figcaption></figure>'
    )


def _address(citation: Citation) -> str:
    return f"{words(citation.report)} · {citation.sha256[:8]} · {citation.start}–{citation.stop}"


def _derived(derived: Derived) -> str:
    value = format(derived.value, "f")
    return (
        f'<div class="derived"><div class="value"><span class="number">{words(value)}'
        f"{words(derived.unit)}</span></div><div class='what'>"
        f'<div class="indicator">{bilingual("由原文数字算得", "derived")}</div>'
        f'<code class="formula">{words(derived.formula)}</code></div></div>'
    )


def _missing(missing: Missing | None, reports: Reports, asked: str) -> str:
    title = f'<p class="none">{bilingual("报告里没有找到", "not in the report")}</p>'
    if missing is None:
        return title
    # The question stands right above: only the part of it that fails is worth saying again.
    whole = missing.asked.rstrip(_END) == asked.rstrip(_END)
    part = "" if whole or missing.asked not in asked else missing.asked
    lack = f'<p class="lack" data-slot="{missing.slot}">{bilingual(*_SLOTS[missing.slot])}'
    lack += f" <b>{words(part)}</b></p>" if part else "</p>"
    return title + lack + (_nearest(missing.nearest, reports) if missing.nearest else "")


def _nearest(figure: Figure, reports: Reports) -> str:
    link = receipt(figure.report, [figure], [figure.clause])
    clause = reports[figure.report].text[slice(*figure.clause)]
    return (
        f'<div class="nearest"><p class="label">{bilingual("最接近的数字，不是答案", "nearest, not an answer")}'
        f'</p>{_figure(figure, reports)}<p class="clause">{words(clause)}</p><div class="where">'
        f'<p class="section">{words(figure.section)}</p><button type="button" class="show" {link}>'
        f"{bilingual('查看原文', 'source')}</button></div></div>"
    )
