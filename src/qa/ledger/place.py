"""Where a quantity stands in its sentence: the words around it that are its own, and its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from qa.ledger.words import PUNCTUATION, is_bare, is_verbal
from qa.lexicon import words
from qa.periods import find_periods
from qa.types import Quantity

_STOP = re.compile(r"[，,。；;：:、！!？?（(]")
_QUOTED = re.compile(r"“[^“”，。；]{1,24}”")
# What a hedge leaves of the figure before: 500家[以上]、亩均税收增长…
_BEHIND = re.compile(r"^(?:（含）)?(?:及?以上|及?以下|左右|上下|[以之]内)")
_OR_ALIKE = re.compile(r"^([省市县区旗乡镇村])[（(][省市县区旗乡镇村、州盟自治直辖]{1,12}[）)]")
_JOINTS = "、和及与"


@dataclass(frozen=True, slots=True)
class Place:
    """The clause of a quantity, and the words before it and after it that are its own; `beyond` are
    those behind the next one that are said of both: 36项检验结果和52项检查结果[互认共享].
    """

    clause: tuple[int, int]
    left: str
    right: str
    beyond: str = ""


def place_of(text: str, clause: tuple[int, int], found: Sequence[Quantity], i: int) -> Place:
    """The place of `found[i]`; its words end where another quantity of the clause begins."""
    quantity = found[i]
    quotes = [m.span() for m in _QUOTED.finditer(text, *clause)]
    edges = [q for q in found if _bounds(text, q, quantity, quotes)]
    left_edge = clause[0]
    for other in edges:
        if clause[0] <= other.start < quantity.start:
            left_edge = other.stop
    right_edge, after = clause[1], 0
    stop = quantity.stop
    for other in edges:
        if other.start <= quantity.start:
            continue
        if other.start >= clause[1]:
            break
        if other.start == stop:
            stop = other.stop  # 8类23项 stand together: both belong to what follows
            continue
        right_edge, after = other.start, found.index(other)
        break
    left = text[left_edge : quantity.start]
    if left_edge != clause[0]:
        left = _BEHIND.sub("", left)
        if not left.strip(_JOINTS) and i:
            left = place_of(text, clause, found, i - 1).left
    # 2133个县（市、区）建立了…: what else is counted so stands in brackets.
    right = _OR_ALIKE.sub(r"\1", text[stop:right_edge])
    cut = _STOP.search(right)
    right = right[: cut.start()] if cut else right
    beyond = ""
    if not right.strip(_JOINTS):
        right = ""
    elif after and right.endswith(("和", "与", "及")):
        more = (q.start for q in found[after + 1 :] if q.start < clause[1])
        right, beyond = right[:-1], _STOP.split(text[found[after].stop : next(more, clause[1])])[0]
    if right and left_edge != clause[0] and left.endswith(tuple(_JOINTS)) and not is_bare(right):
        # 181项检验结果和300项检查结果: what stands between is the first one's, the verb before is both's.
        verb = place_of(text, clause, found, i - 1).left
        left = verb if is_verbal(verb) else ""
    return Place(clause, left, right, beyond)


def _bounds(
    text: str, other: Quantity, quantity: Quantity, quotes: Sequence[tuple[int, int]]
) -> bool:
    """Whether a quantity ends the words of another; 二级 of 二级医院 and what is quoted do not."""
    if other.kind == "date":
        return other.start > quantity.start
    if other.kind == "grade" and other.stop < len(text) and text[other.stop] not in PUNCTUATION:
        return False
    return not any(
        start < other.start < stop and not start < quantity.start < stop for start, stop in quotes
    )


def own_words(place: Place) -> str:
    """The words of the clause that are the figure's own."""
    left = place.left
    # An item of a list has words of its own: …企业81家、上云企业2万家
    cut = max(left.rfind(mark) for mark in "、；")
    if cut > 0 and not is_bare(left[cut + 1 :]):
        left = left[cut + 1 :] if not left[:cut].strip(PUNCTUATION) else left
    return " ".join((left, place.right, place.beyond)).strip(PUNCTUATION)


def name_of(near: str, place: Place) -> str:
    """A name to show: the words on the figure's left without verbs, else those on its right."""
    right = _BEHIND.sub("", place.right).strip(PUNCTUATION)
    if place.left.endswith(("“", "‘")) and len(right) >= 2:
        return re.split("[”’]", right)[0][-40:]
    before = place.left.strip(PUNCTUATION) or place.beyond
    text = re.sub(r"\s.*", "", near) if before else near
    text = trimmed(text)
    if len(text) < 2 or is_bare(text) or is_verbal(text):
        text = right if len(right) >= 2 else (text or right)
    return _quoted(text[-40:])


def _quoted(text: str) -> str:
    """“保交楼”交付, whose first quotation mark was trimmed off with the words before it."""
    if text.count("”") > text.count("“"):
        return "“" + text
    return text + "”" if text.count("“") > text.count("”") else text


@cache
def _behind() -> tuple[str, ...]:
    """What is said between an indicator and its figure, the longest first: 年均 before 均."""
    keys = ("level_verbs", "growth", "decline", "rank", "scopes", "adverbs")
    return tuple(
        sorted({w for key in keys for w in words("clause", key)}, key=lambda w: (-len(w), w))
    )


def trimmed(text: str) -> str:
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
        for word in _behind():
            if text.endswith(word) and len(text) > len(word) + 1:
                text, changed = text[: -len(word)], True
                break
        for word in words("clause", "lead"):
            if text.startswith(word) and len(text) > len(word) + 1:
                text, changed = text[len(word) :], True
    return text
