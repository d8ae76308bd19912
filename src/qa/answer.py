"""What the user reads: templates over figures and quotes, each with its receipt, and the proof.

No digit leaves here that isn't in a citation, in a derivation or in the user's own words: an answer
whose digits can't be shown is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from qa.choose import Choice
from qa.question import Question
from qa.text import fold, plain
from qa.types import (
    Answer,
    Citation,
    Derived,
    Figure,
    Missing,
    Passage,
    Report,
    Slot,
    Verdict,
)

_SLOTS: Mapping[Slot, str] = {
    "indicator": "指标",
    "measure": "口径（数量、增幅、占比或单位）",
    "period": "时期",
    "scope": "地区范围",
}
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_RECEIPT = re.compile(r"〔[^〕]*〕")


def compose(
    question: Question,
    choices: Sequence[Choice],
    reports: Mapping[str, Report],
    passage_of: Callable[[Figure], Passage],
    *,
    verdict: Verdict | None = None,
    derived: Sequence[Derived] = (),
    lead: str = "",
) -> Answer:
    """Put the choices into words. Some found: answered, and what is missing is said beside it."""
    found = [choice for choice in choices if choice.figures or choice.passages]
    if not found:
        return not_found(choices[0].missing if choices else None, reports)
    figures = _once(figure for choice in found for figure in choice.figures)
    citations: list[Citation] = []
    parts: list[str] = [lead] if lead else []
    if verdict is not None:
        parts.append("**属实。** 报告是这样写的：" if verdict == "confirmed" else "**与报告不符。** 报告是这样写的：")
    for choice in found:
        for figure in choice.figures:
            if figure in figures:
                parts.append(_state(figure, len(reports) > 1))
        quoted = [*choice.passages, *(passage_of(figure) for figure in choice.figures)]
        for passage in dict.fromkeys(quoted):
            citation = cite(passage, reports[passage.report])
            if citation not in citations:
                citations.append(citation)
                parts.append(_quote(citation))
    for item in derived:
        parts.append(f"推算（报告里没有这个数）：{item.formula}")
    for choice in choices:
        if choice not in found and choice.missing is not None:
            parts.append(f"报告没有说：{choice.ask.text.strip()}")
    answer = Answer(
        status="answered",
        text="\n\n".join(parts),
        figures=tuple(figures),
        citations=tuple(citations),
        verdict=verdict,
        derived=tuple(derived),
    )
    if unproved(answer, question.text):
        return not_found(None, reports)
    return answer


def not_found(missing: Missing | None, reports: Mapping[str, Report]) -> Answer:
    """Say that the report doesn't say it, which slot fails, and the nearest figure, set apart."""
    if missing is None:
        return Answer("not_found", "报告里没有找到答案。\n\nThe report does not say.")
    parts = [f"报告里没有找到答案：对不上的是**{_SLOTS[missing.slot]}**。"]
    citations: tuple[Citation, ...] = ()
    if missing.nearest is not None:
        near = missing.nearest
        clause = plain(reports[near.report].text[near.clause[0] : near.clause[1]])
        citations = (
            Citation(
                near.report,
                reports[near.report].sha256,
                near.section,
                near.clause[0],
                near.clause[1],
                reports[near.report].text[near.clause[0] : near.clause[1]],
            ),
        )
        parts.append(f"最接近的一句（不是所问）：“{clause.strip('，,。；;')}”")
    parts.append("The report does not say.")
    return Answer("not_found", "\n\n".join(parts), citations=citations, missing=missing)


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
            *(fold(plain(c.text)) + " " + fold(c.section) + " " + c.report for c in answer.citations),
            *(d.formula for d in answer.derived),
        ]
    )
    return [d for d in _DIGITS.findall(fold(_RECEIPT.sub("", answer.text))) if d not in shown]


def _state(figure: Figure, named: bool) -> str:
    text = plain(figure.text)
    before, after = _hedges(figure)
    where = f"（{figure.report}）" if named else ""
    name = plain(figure.indicator)
    return f"{where}{name}：**{before}{text}{after}**" if name else f"{where}**{before}{text}{after}**"


def _hedges(figure: Figure) -> tuple[str, str]:
    behind = ("以上", "以下", "左右", "上下", "以内", "之内", "之多", "开外", "有余", "不等", "不到")
    words = figure.qualifier.split()
    after = "".join(word for word in words if word in behind)
    return "".join(word for word in words if word not in behind), after


def _quote(citation: Citation) -> str:
    text = plain(citation.text)
    section = f" · {citation.section}" if citation.section else ""
    receipt = f"〔{citation.report}{section} · {citation.start}–{citation.stop} · {citation.sha256[:8]}〕"
    return f"> {text}\n>\n> {receipt}"


def _once(figures: Iterable[Figure]) -> list[Figure]:
    """Each printed figure once; the same value said twice is one answer."""
    found: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        found.setdefault((figure.report, plain(figure.text)), figure)
    return list(found.values())
