"""What the user reads: templates over figures and quotes, each with its receipt, and the proof.

No digit leaves here that isn't in a citation, in a derivation or in the user's own words: an answer
whose digits can't be shown is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from qa.answer.reckon import reckon, winner
from qa.answer.verdict import at_odds, check, falls
from qa.choose import Choice
from qa.figures import find_quantities, phrase
from qa.question import Question
from qa.text import fold, plain
from qa.types import (
    Answer,
    Citation,
    Derived,
    Figure,
    Measure,
    Missing,
    Passage,
    Report,
    Slot,
    Verdict,
)

__all__ = ["TWICE", "cite", "compose", "not_found", "receipt", "reckon", "unlike", "unproved"]

_SLOTS: Mapping[tuple[Slot, bool], str] = {
    ("indicator", False): "所问的事项（指标）",
    ("measure", False): "所问的是数量、增幅、占比还是单位",
    ("period", False): "时期",
    ("scope", False): "地区范围",
    ("indicator", True): "the indicator",
    ("measure", True): "the measure or unit",
    ("period", True): "the period",
    ("scope", True): "the place",
}
_VERDICTS: Mapping[tuple[Verdict, bool], str] = {
    ("confirmed", False): "**说得对。** 报告是这样写的：",
    ("contradicted", False): "**与报告不符。** 报告是这样写的：",
    ("confirmed", True): "**Confirmed.** The report says:",
    ("contradicted", True): "**Not what the report says.** It says:",
}
TWICE = (
    "报告里说到两次，说法不一样，两处都在下面。",
    "The report says it twice, and not alike; both are quoted.",
)
"""What is said of `unlike` figures, in Chinese and in English."""
_ASPECTS: Mapping[Measure, str] = {"growth": "增幅", "share": "占比", "rank": "位次"}
# 1,170 is one number; in 收入比为2.31:1，17个区 two stand beside a comma.
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)*")
_RECEIPT = re.compile(r"〔[^〕]*〕")


def compose(
    question: Question,
    choices: Sequence[Choice],
    reports: Mapping[str, Report],
    passage_of: Callable[[Figure], Passage],
    derived: Sequence[Derived] = (),
) -> Answer:
    """Put the choices into words. Where some are found, what is missing is said beside them."""
    found = [choice for choice in choices if choice.figures or choice.passages]
    compared = question.form == "compare"
    printed = any(choice.ask is question.asks[0] for choice in found)
    if (
        not found
        or (compared and len(found) < len(choices))
        or (question.form == "derive" and not derived and not printed)
    ):
        lacking = next((c.missing for c in choices if c.missing is not None), None)
        return not_found(lacking, reports, question.english)
    verdict = check(question, found, reports)
    figures = _once(figure for choice in found for figure in choice.figures)
    if verdict == "contradicted":
        figures = at_odds(question, figures) or figures
    parts = [_VERDICTS[verdict, question.english]] if verdict else []
    ahead = winner(question, choices) if compared else ""
    if ahead:
        parts.append(ahead)
    parts += [_state(figure, reports) for figure in figures]
    if any(choice.rule == "sure" and unlike(choice.figures) for choice in found):
        parts.append(TWICE[question.english])
    parts += [f"推算（报告里没有这个数）：{item.formula}" for item in derived]
    quoted = [
        passage
        for choice in found
        for passage in (*choice.passages, *(passage_of(figure) for figure in choice.figures))
    ]
    citations = [cite(passage, reports[passage.report]) for passage in dict.fromkeys(quoted)]
    parts += [_quote(citation) for citation in citations]
    for choice in choices:
        if choice not in found:
            parts.append(f"报告没有说：{choice.ask.text.strip()}")
    answer = Answer(
        status="answered",
        text="\n\n".join(parts),
        figures=tuple(figures),
        citations=tuple(citations),
        verdict=verdict,
        derived=tuple(derived),
        missing=next((c.missing for c in choices if c not in found and c.missing), None),
        ahead=ahead.replace("*", ""),
    )
    return not_found(None, reports, question.english) if unproved(answer, question.text) else answer


def not_found(
    missing: Missing | None, reports: Mapping[str, Report], english: bool = False
) -> Answer:
    """Say that the report doesn't say it, which slot fails, and the nearest figure, set apart."""
    if missing is None:
        return Answer("not_found", "The report does not say." if english else "报告里没有说。")
    slot = _SLOTS[missing.slot, english]
    asked = (f" ({missing.asked})" if english else f"：{missing.asked}") if missing.asked else ""
    parts = [
        f"The report does not say. What does not match: **{slot}**{asked}."
        if english
        else f"报告里没有找到答案，对不上的是**{slot}**{asked}"
    ]
    citations: tuple[Citation, ...] = ()
    if missing.nearest is not None:
        near, report = missing.nearest, reports[missing.nearest.report]
        start, stop = near.clause
        text = report.text[start:stop]
        citations = (Citation(report.id, report.sha256, near.section, start, stop, text),)
        lead = "Nearest, not what was asked" if english else "最接近的一句（不是所问）"
        parts.append(f"{lead}：“{plain(text).strip('，,。；;、')}”")
        parts.append(receipt(citations[0]))
    return Answer("not_found", "\n\n".join(parts), citations=citations, missing=missing)


def unlike(figures: Sequence[Figure]) -> bool:
    """Whether these are two figures of the very same thing: 预计421.17亿元, and elsewhere 421.17亿元."""
    things = {(f.report, f.indicator, f.unit, f.measure, f.period, f.scope) for f in figures}
    return len(figures) == 2 and len(things) == 1


def cite(passage: Passage, report: Report) -> Citation:
    """The receipt of a passage."""
    return Citation(
        passage.report, report.sha256, passage.section, passage.start, passage.stop, passage.text
    )


def unproved(answer: Answer, asked: str) -> list[str]:
    """The digits of an answer that neither a citation, a derivation nor the question shows."""
    shown = " ".join(
        [
            fold(asked),
            *(
                fold(plain(c.text)) + " " + fold(c.section) + " " + c.report
                for c in answer.citations
            ),
            *(d.formula for d in answer.derived),
        ]
    )
    known = set(_DIGITS.findall(shown))
    return [d for d in _DIGITS.findall(fold(_RECEIPT.sub("", answer.text))) if d not in known]


def _state(figure: Figure, reports: Mapping[str, Report]) -> str:
    said = phrase(plain(figure.text), figure.qualifier)
    where = f"（{figure.report}）" if len(reports) > 1 else ""
    aspect = _ASPECTS.get(figure.measure, "")
    if figure.measure == "growth" and falls(figure, reports):
        aspect = "降幅"
    name = _named(figure)
    if aspect and aspect not in name:
        name = f"{name}（{aspect}）" if name else aspect
    return f"{where}{name}：**{said}**" if name else f"{where}**{said}**"


def _named(figure: Figure) -> str:
    """The indicator without a figure that stands in its words: 钾肥749万吨的增幅 is of 钾肥."""
    name = plain(figure.indicator)
    for quantity in reversed(find_quantities(name)):
        if quantity.kind == "amount" and quantity.text[:1].isdigit():
            name = name[: quantity.start] + name[quantity.stop :]
    return name


def receipt(citation: Citation) -> str:
    """One line by which anyone can check the quote: report, section, offsets, hash."""
    section = f" · {citation.section}" if citation.section else ""
    span = f"{citation.start}–{citation.stop}"
    return f"〔{citation.report}{section} · {span} · {citation.sha256[:8]}〕"


def _quote(citation: Citation) -> str:
    return f"> {plain(citation.text)}\n>\n> {receipt(citation)}"


def _once(figures: Iterable[Figure]) -> list[Figure]:
    """Each printed figure once; the same value said twice is one answer, if it is said alike."""
    found: dict[tuple[str, str, str], Figure] = {}
    for figure in figures:
        found.setdefault((figure.report, plain(figure.text), figure.qualifier), figure)
    return list(found.values())
