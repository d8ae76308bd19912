"""The ledger: every figure of a report with what it measures, for when and for whom.

A figure is read in its clause. What the clause leaves out it takes from before: `同比增长5.6%`
measures what the clause before it measured, `总量达…` too; `分别` deals a list out in order; a period
holds until the sentence, the paragraph or the section names another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.figures import find_quantities
from qa.ledger.clock import Clock
from qa.ledger.lists import dealt_out
from qa.ledger.words import PUNCTUATION, has, is_bare
from qa.lexicon import counts, words
from qa.periods import Period, find_periods, label
from qa.report import views
from qa.text import View, clauses, fold, sentences
from qa.types import Figure, Measure, Quantity, Report

_STOP = re.compile(r"[，,。；;：:、！!？?（(]")
_BESIDE = re.compile(
    r"(?:高于|低于|快于|慢于|好于|优于|超过|占|居|列|排|比|较|与|为|第一|领先)(?:了)?$"
)
_FROM = re.compile(r"(?:由|从)[^，。；、]*$")
_TO = re.compile(
    r"^(?:[^，。；]{0,12}?)(?:增|升|提高|提升|扩大|缩小|缩短|降|减|发展|上升|下降|变|到|至|跃)"
)


def build_ledger(report: Report) -> tuple[Figure, ...]:
    """Every figure of the report, in the order of the text."""
    figures: list[Figure] = []
    clock = Clock(report)
    for view, section in zip(views(report), report.block_sections, strict=True):
        clock.enter(report.sections[section] if section >= 0 else None, view.text)
        for start, stop in sentences(view.text):
            figures.extend(_read_sentence(report, view, start, stop, section, clock))
    return tuple(figures)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quantity stands in its sentence: the words before it and after it that are its own."""

    clause: tuple[int, int]
    left: str
    right: str


def _read_sentence(
    report: Report, view: View, start: int, stop: int, section: int, clock: Clock
) -> Iterator[Figure]:
    text = view.text[start:stop]
    found = find_quantities(text)
    clock.sentence(text)
    if not found:
        return
    spans = list(clauses(text))
    subjects: list[str] = []
    dealt: list[str] = []
    scene, scope = "", report.place
    for i, quantity in enumerate(found):
        if _is_time(quantity):
            continue
        clause = next(c for c in spans if c[0] <= quantity.start < c[1])
        place = _place(text, clause, found, i)
        near = _own_words(place)
        items = dealt_out(text, clause, found, i, subjects, dealt)
        if items is not None:
            dealt, near = items
        elif quantity.kind == "date" and not near:
            near = text[quantity.stop :].strip(PUNCTUATION)[:40]
        elif is_bare(near) and subjects:
            near = subjects[-1] + near
        named = _name(near, place)
        # What stands before the clause and has no figure is the scene: 龙头企业落户，实现产值…
        scene = text[spans[max(0, spans.index(clause) - 1)][0] : clause[0]]
        raw_start, raw_stop = view.raw(start + quantity.start, start + quantity.stop)
        clause_start, clause_stop = view.raw(start + clause[0], start + clause[1])
        period = clock.at(text, clause, quantity.start)
        inherits = bool(subjects) and (
            is_bare(_own_words(place)) or report.place.endswith(scope.removeprefix("全"))
        )
        scope = _scope(place.left, quantity, scope if inherits else report.place)
        before = _FROM.search(place.left) and _TO.search(text[quantity.stop : clause[1]])
        yield Figure(
            report=report.id,
            start=raw_start,
            stop=raw_stop,
            text=report.text[raw_start:raw_stop],
            kind=quantity.kind,
            value=quantity.value,
            unit=quantity.unit,
            high=quantity.high,
            qualifier=quantity.qualifier,
            indicator=named or _name(scene, place),
            measure=_measure(quantity, place.left if items is None else near, period),
            period="此前" if before else label(period) + ("目标" if period.target else ""),
            scope=scope,
            section=report.sections[section].name if section >= 0 else "",
            clause=(clause_start, clause_stop),
            words=near,
        )
        if quantity.kind != "date":
            subjects.append(named)


def _is_time(quantity: Quantity) -> bool:
    """2023年 by itself says when; a day or a month that something happened on is a figure."""
    return quantity.kind == "date" and not re.search(r"[月日号]", quantity.text)


def _place(text: str, clause: tuple[int, int], found: Sequence[Quantity], i: int) -> _Place:
    quantity = found[i]
    left_edge = clause[0]
    for other in found[:i]:
        if other.start >= clause[0] and other.kind != "date":
            left_edge = other.stop
    right_edge = clause[1]
    stop = quantity.stop
    for other in found[i + 1 :]:
        if other.start >= clause[1]:
            break
        if other.start == stop:
            stop = other.stop  # 8类23项 stand together: both belong to what follows
            continue
        right_edge = other.start
        break
    left = text[left_edge : quantity.start]
    if left_edge != clause[0] and not left.strip("、和及与") and i:
        left = _place(text, clause, found, i - 1).left
    right = text[stop:right_edge]
    cut = _STOP.search(right)
    return _Place(clause, left, right[: cut.start()] if cut else right)


def _own_words(place: _Place) -> str:
    left = place.left
    # An item of a list has words of its own: …企业81家、上云企业2万家
    cut = max(left.rfind(mark) for mark in "、；")
    if cut > 0 and not is_bare(left[cut + 1 :]):
        left = left[cut + 1 :] if not left[:cut].strip(PUNCTUATION) else left
    return (left + " " + place.right).strip(PUNCTUATION)


def _name(near: str, place: _Place) -> str:
    """A name to show: the words on the figure's left without verbs, else those on its right."""
    text = re.sub(r"\s.*", "", near) if place.left.strip(PUNCTUATION) else near
    text = _trimmed(text)
    if len(text) < 2 or is_bare(text):
        right = place.right.strip(PUNCTUATION)
        text = right if len(right) >= 2 else (text or right)
    return text[-40:]


def _trimmed(text: str) -> str:
    """Without the period, the verbs and the adverbs around an indicator."""
    text = text.strip(PUNCTUATION)
    for p in reversed(find_periods(text)):
        text = text[: p.start] + text[p.stop :]
    changed = True
    while changed:
        changed = False
        text = text.strip(PUNCTUATION).rstrip("了的有比较")
        if text.endswith(words("clause", "whole")):
            break
        for name in ("level_verbs", "growth", "decline", "rank", "scopes"):
            for word in words("clause", name):
                if text.endswith(word) and len(text) > len(word) + 1:
                    text, changed = text[: -len(word)], True
        for word in words("clause", "lead"):
            if text.startswith(word) and len(text) > len(word) + 1:
                text, changed = text[len(word) :], True
    return text


def _measure(quantity: Quantity, left: str, period: Period) -> Measure:
    if quantity.kind == "date":
        return "date"
    if quantity.kind == "ordinal":
        return "rank"
    if quantity.kind == "points":
        return "change"
    tail = fold(left)[-8:]
    moved = has(tail, words("clause", "growth")) or has(tail, words("clause", "decline"))
    to = re.search(r"(?:到|至|达)$", left.rstrip())
    if quantity.unit == "番" or "翻" in quantity.text:
        return "growth"
    if quantity.unit in ("%", "‰", "倍") and moved and not to:
        return "growth"
    if quantity.unit in ("%", "‰") and has(left, words("clause", "share")):
        return "share"
    if moved and not to and has(fold(left), words("clause", "against_before")):
        return "change"  # 较上年增加2100人
    if period.target:
        return "target"
    if quantity.kind == "amount" and counts(quantity.unit):
        return "count"
    return "level"


def _scope(left: str, quantity: Quantity, otherwise: str) -> str:
    """The body that a figure holds for; 高于全国 only holds the place against it."""
    found = [
        (m.start(), word)
        for word in words("clause", "scopes")
        for m in re.finditer(word, left)
        if quantity.kind == "ordinal" or not _BESIDE.search(left[: m.start()])
    ]
    return max(found)[1] if found else otherwise
