"""Right or wrong, and whether a figure was misstated: the rules of docs/evaluation.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.evaluate.sets import Question
from qa.text import fold
from qa.types import Answer, Citation, Figure, Hit, Report

MOST_CITATIONS = 3
MOST_CHARACTERS = 300
_FREE = frozenset({"compare", "cross"})

_HEDGES = re.compile(r"^(?:超过|不低于|不少于|突破|[近约超达])+|(?:左右|以上|以下)+$")
_CHINESE = "零〇一二三四五六七八九十百千万亿两几半首"
# The number with its hedges and scales; what follows is the unit or the measure word.
_NUMBER = re.compile(rf"[第\d.,+\-~—–至余多来{_CHINESE}ivxⅰ-ⅻ]*")
_DIGIT = re.compile(rf"[\d{_CHINESE}]")


@dataclass(frozen=True, slots=True)
class Judgement:
    """`why` says what is wrong, "" where the answer is right."""

    right: bool
    misstated: bool
    why: str = ""


def bare(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def same_figure(one: str, other: str) -> bool:
    """Whether two printed figures are the same: 近12个 is 12个村; 12个 is neither 112个 nor 12%."""
    one, other = _plain(one), _plain(other)
    if one == other:
        return True
    number, unit = _split(one)
    other_number, other_unit = _split(other)
    if number != other_number or not unit or not other_unit:
        return False
    short, long = sorted((unit, other_unit), key=len)
    return long.startswith(short) and not _DIGIT.search(long[len(short) :])


def judge(question: Question, answer: Answer) -> Judgement:
    """Whether the answer is right, and whether it states a figure that the gold doesn't have."""
    stated = [figure.text for figure in answer.figures]
    extra = [text for text in stated if not _allowed(text, question)]
    misstated = answer.status == "answered" and bool(extra)
    why = next(_faults(question, answer, stated, extra), "")
    return Judgement(not why, misstated, why)


def broken_receipts(answer: Answer, reports: Mapping[str, Report]) -> tuple[str, ...]:
    """What the answer states or cites that isn't the report's own characters at its receipt.

    A stated figure that lies in none of the citations is broken as well.
    """
    broken: list[str] = []
    nearest = [answer.missing.nearest] if answer.missing and answer.missing.nearest else []
    operands = [figure for derived in answer.derived for figure in derived.operands]
    records: list[Figure | Citation] = [*answer.figures, *operands, *nearest, *answer.citations]
    for record in records:
        report = reports.get(record.report)
        if report is None or report.text[record.start : record.stop] != record.text:
            broken.append(f"{record.report}[{record.start}:{record.stop}] {record.text}")
    for citation in answer.citations:
        report = reports.get(citation.report)
        if report is not None and report.sha256 != citation.sha256:
            broken.append(f"{citation.report} sha256 {citation.sha256}")
    broken.extend(
        f"{figure.report}[{figure.start}:{figure.stop}] {figure.text} uncited"
        for figure in answer.figures
        if not any(_holds(citation, figure) for citation in answer.citations)
    )
    return tuple(broken)


def evidence_share(question: Question, hits: Sequence[Hit]) -> float | None:
    """The share of the evidence that the hits hold together; None where there is none to look for.

    Without verbatim evidence each gold figure counts, in a passage of a section named.
    """
    if question.evidence:
        texts = list(_joined(hits))
        found = [any(bare(piece) in text for text in texts) for piece in question.evidence]
    elif question.figures and question.sections:
        texts = [bare(hit.passage.text) for hit in hits if _in(hit.passage.section, question)]
        found = [any(_stands_in(figure, text) for text in texts) for figure in question.figures]
    else:
        return None
    return sum(found) / len(found)


def _faults(
    question: Question, answer: Answer, stated: Sequence[str], extra: Sequence[str]
) -> Iterator[str]:
    if not question.answerable:
        if answer.status != "not_found":
            yield "the report doesn't say it"
        return
    if answer.status != "answered":
        yield "not answered"
    if question.verdict and answer.verdict != question.verdict:
        yield f"verdict {answer.verdict}, not {question.verdict}"
    if question.figures:
        lacking = [gold for gold in question.figures if not _among(gold, stated)]
        spare = len(stated) // 5 if question.category == "list" else 0
        if lacking:
            yield f"lacks {'、'.join(lacking)}"
        if len(extra) > spare:
            yield f"besides states {'、'.join(extra)}"
    elif question.evidence:
        yield from _uncited(question, answer.citations)
    elif question.sections and not any(_in(c.section, question) for c in answer.citations):
        yield f"cites nothing of {'；'.join(question.sections)}"
    if question.winner and bare(fold(question.winner)) not in bare(fold(answer.text)):
        yield f"doesn't name {question.winner}"


def _uncited(question: Question, citations: Sequence[Citation]) -> Iterator[str]:
    texts = [bare(citation.text) for citation in citations]
    for piece in question.evidence:
        if not any(bare(piece) in text for text in texts):
            yield f"doesn't cite {piece}"
    if len(citations) > MOST_CITATIONS:
        yield f"{len(citations)} citations"
    if (length := sum(len(citation.text) for citation in citations)) > MOST_CHARACTERS:
        yield f"cites {length} characters"


def _allowed(text: str, question: Question) -> bool:
    if question.answerable and _among(text, question.figures):
        return True
    return question.category in _FREE and any(
        _stands_in(text, bare(piece)) for piece in question.evidence
    )


def _among(text: str, others: Iterable[str]) -> bool:
    return any(same_figure(text, other) for other in others)


def _stands_in(figure: str, text: str) -> bool:
    """Whether the figure stands in the text as a whole number, not inside a longer one."""
    return bool(re.search(rf"(?<![\d.,]){re.escape(_plain(figure))}(?![\d万亿])", fold(text)))


def _plain(figure: str) -> str:
    figure = bare(fold(figure))
    return _HEDGES.sub("", figure) or figure


def _split(figure: str) -> tuple[str, str]:
    match = _NUMBER.match(figure)
    at = match.end() if match else 0
    return figure[:at], figure[at:]


def _in(section: str, question: Question) -> bool:
    return any(bare(name) in bare(section) for name in question.sections)


def _holds(citation: Citation, figure: Figure) -> bool:
    return (
        citation.report == figure.report
        and citation.start <= figure.start
        and figure.stop <= citation.stop
    )


def _joined(hits: Sequence[Hit]) -> Iterator[str]:
    """The hits' texts without white space, neighbours of one report as one text."""
    text, report, stop = "", "", -1
    for passage in sorted((hit.passage for hit in hits), key=lambda p: (p.report, p.start)):
        if (passage.report, passage.start) != (report, stop):
            yield bare(text)
            text = ""
        text, report, stop = text + passage.text, passage.report, passage.stop
    yield bare(text)
