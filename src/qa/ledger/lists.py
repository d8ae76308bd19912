"""Lists: 分别 deals figures out to things in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.ledger.words import PUNCTUATION, is_bare
from qa.lexicon import words
from qa.types import Quantity

_HEADS = "数额率量值费积比价入出资款金"
"""Last characters of an item that has a head of its own: 起数和死亡人数 share none."""


def dealt_out(
    text: str,
    clause: tuple[int, int],
    found: Sequence[Quantity],
    i: int,
    subjects: Sequence[str],
    dealt: Sequence[str],
) -> tuple[list[str], str] | None:
    """For `甲、乙、丙产量分别增长1%、2%、3%` the items, and the words of the i-th with its verb.

    The items stand before 分别, or in the clauses before it (甲1吨，乙2吨，分别增长…); a second list
    of as many figures (，达到4吨、5吨、6吨) is dealt to the same items.
    """
    mark = max(text.rfind(word, clause[0], found[i].start) for word in ("分别", "各"))
    after = [
        q for q in found if max(mark, clause[0] - 1) < q.start < clause[1] and q.kind != "date"
    ]
    if found[i] not in after:
        return None
    # Only quantities of one list: joined by 、 or 和, right behind each other.
    runs = [[after[0]]]
    for previous, q in pairwise(after):
        if re.fullmatch(r"(?:以上|以下|左右)?[、，,和及与]\s*", text[previous.stop : q.start]):
            runs[-1].append(q)
        else:
            runs.append([q])
    run = next(r for r in runs if found[i] in r)
    if len(run) < 2:
        return None
    edge = max([mark, clause[0] - 1, *(q.stop - 1 for q in found if q.stop <= run[0].start)])
    verb = text[edge + 1 : run[0].start].removeprefix("别").strip(PUNCTUATION)
    if found[i] is not run[0] and len(dealt) == len(run):
        items: list[str] | None = list(dealt)
    elif mark < 0:
        items = list(dealt) if len(dealt) == len(run) and is_bare(verb) else None
    else:
        head = text[clause[0] : mark].strip(PUNCTUATION)
        items = _items(head, len(run))
        if items is None and is_bare(head):
            items = list(subjects[-len(run) :]) if len(subjects) >= len(run) else None
            earlier = text[: clause[0]].rstrip(PUNCTUATION)
            cut = max(earlier.rfind(c) for c in "，。；") + 1
            items = _items(earlier[cut:], len(run)) or items
    if items is None:
        return None
    return items, f"{items[run.index(found[i])]} {verb}".strip()


def _items(head: str, n: int) -> list[str] | None:
    head = head.strip(PUNCTUATION)
    if n == 2 and "城乡" in head:
        return [head.replace("城乡", "城镇"), head.replace("城乡", "农村")]
    items = [part for part in re.split(r"[、]|(?<=.)[和与及](?=.)|以及", head) if part]
    if len(items) < n:
        return None
    if len(items) > n:
        items = items[-n:]
    first = items[0]
    for word in words("clause", "lead"):
        first = first.removeprefix(word)
    items[0] = first
    tail = _shared_tail(items)
    return [item if item.endswith(tail) or item[-1] in _HEADS else item + tail for item in items]


def _shared_tail(items: Sequence[str]) -> str:
    """What the last item says for all: 原煤、原油、天然气[产量], 刑事、治安[案件], 炼铁、炼钢[先进产能占比]."""
    *others, last = items
    size = len(others[-1])
    tail = next((t for t in words("clause", "tails") if last.endswith(t) and last != t), "")
    alike = all(len(item) == size for item in others) and size >= 2
    if alike and len(last) > size and (not tail or last[0] == others[-1][0]):
        return last[size:] if len(last) - size >= len(tail) else tail
    return tail
