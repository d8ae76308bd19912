"""Lists: 分别 deals figures out to things in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.ledger.place import trimmed
from qa.ledger.words import PUNCTUATION, is_bare
from qa.lexicon import table, words
from qa.types import Quantity

_HEADS = "数额率量值费积比价入出资款金"
"""Last characters of an item that has a head of its own: 起数和死亡人数 share none."""


# 普及率, 参与率 and 饱和度 are words: their 及, 与 and 和 join nothing.
_AND = re.compile(
    r"""
    、 | 以及
  | (?<=.) (?<![饱共缓总温调中柔谐]) 和 (?![谐平美睦]) (?=.)
  | (?<=.) (?<![参给]) 与 (?=.)
  | (?<=.) (?<![普涉危波惠触提埃遍以]) 及 (?=.)
    """,
    re.VERBOSE,
)


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
    # 新增各类总部机构80家、大企业16家 deals nothing out.
    marks = list(re.finditer("分别|各(?![类级种项地界方族])", text[clause[0] : found[i].start]))
    mark = clause[0] + marks[-1].start() if marks else -1
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
    items: list[str] | None = None
    if mark < 0:
        items, told = _paired(text[edge + 1 : run[0].start], text, run)
        verb = told if items else verb
    again = found[i] is not run[0] or (mark < 0 and is_bare(verb))
    if items is None and again and len(dealt) == len(run):
        items = list(dealt)
    elif mark < 0 and items is None and _follows(text, clause, found, run, verb):
        items = list(subjects[-len(run) :]) if found[i] is run[0] else list(dealt) or None
    elif items is None and mark >= 0:
        head = _without(text, clause[0], mark, found).strip(PUNCTUATION)
        items = _items(head, len(run))
        if items is None and is_bare(head):
            items = list(subjects[-len(run) :]) if len(subjects) >= len(run) else None
            earlier = text[: clause[0]].rstrip(PUNCTUATION)
            cut = max(earlier.rfind(c) for c in "，。；") + 1
            items = _items(_without(text, cut, len(earlier), found), len(run)) or items
    if items is None:
        return None
    return items, f"{items[run.index(found[i])]} {verb}".strip()


def _follows(
    text: str,
    clause: tuple[int, int],
    found: Sequence[Quantity],
    run: Sequence[Quantity],
    verb: str,
) -> bool:
    """接待游客2亿人次、收入4000亿元，增长18%和23%: as many figures as the clause before has, and no 分别;
    or as many clauses before, each with one figure of one unit: 城镇1元，农村2元，增长3%和4%.
    """
    if not is_bare(verb) or len({q.unit for q in run}) > 1:
        return False
    cut = max(text.rfind(c, 0, clause[0] - 1) for c in "，。；") + 1
    sentence = max(text.rfind(c, 0, clause[0]) for c in "。；") + 1
    told = [q for q in found if sentence <= q.start < clause[0] and q.kind != "date"]
    before = [q for q in told if q.start >= cut]
    if len(before) == 1 and len(told) >= len(run) > 1:
        row = [*told[-len(run) :], run[0]]
        apart = all("，" in text[a.stop : b.start] for a, b in pairwise(row))
        return apart and len({q.unit for q in row[:-1]}) == 1
    return len(before) == len(run)


def _paired(head: str, text: str, run: Sequence[Quantity]) -> tuple[list[str] | None, str]:
    """散居和集中养育标准提高到1200元和1700元: as many things as figures of one unit, without 分别."""
    joints = {text[a.stop : b.start].strip() for a, b in pairwise(run)}
    head = head.strip(PUNCTUATION)
    name = trimmed(head)
    verb = head.partition(name)[2] if name else ""
    things = len([part for part in _AND.split(name) if part])
    pair = len(run) == 2 and any(both in name for both in table("clause")["both"])
    one_kind = len({q.unit for q in run}) == 1 or things == len(run) > 2
    alike = one_kind and joints <= {"、", "和", "与", "及"}
    # 城镇和农村人均住房面积32.9平方米、37.1平方米: without a verb only what makes a pair.
    bare = len(run) == 2 and any(one in name and other in name for one, other in _both())
    if not (alike and (verb or bare) and (things == len(run) or (pair and things == 1))):
        return None, verb
    return _items(name, len(run)), verb


def _both() -> list[tuple[str, str]]:
    """城镇 and 农村, and what else reports tell of in pairs."""
    return [(one, other) for one, other in table("clause")["both"].values()]


def _without(text: str, start: int, stop: int, found: Sequence[Quantity]) -> str:
    """A stretch of text without its quantities: 钾肥749万吨、碳酸锂13.5万吨 lists two things."""
    for q in reversed(found):
        last = q.stop >= stop or text[q.stop] in "、，,和与及以左"
        if start <= q.start and q.stop <= stop and last and q.kind not in ("date", "grade"):
            text, stop = text[: q.start] + text[q.stop :], stop - (q.stop - q.start)
    return text[start:stop]


def _items(head: str, n: int) -> list[str] | None:
    head = head.strip(PUNCTUATION)
    # 软件和信息技术服务业、租赁和商务服务业: the 和 within an item joins no items.
    listed = [part for part in head.split("、") if part]
    items = listed if len(listed) == n else [part for part in _AND.split(head) if part]
    for both, (one, other) in table("clause")["both"].items():
        if n == 2 and both in head and (len(items) < n or both == "城乡"):
            return [head.replace(both, one), head.replace(both, other)]
    if len(items) < n:
        # 粮肉奶产量分别…: a product a character.
        products = head[:n]
        each = len(items) == 1 and n > 2 and set(products) <= set(words("clause", "products"))
        return [char + head[n:] for char in products] if each else None
    if len(items) > n:
        items = items[-n:]
    if all(re.fullmatch("第?[一二三]", item) for item in items[:-1]):
        # 一、二、三产业增加值: of each of them.
        tail = re.sub("^第?[一二三]", "", items[-1])
        return [f"第{item.removeprefix('第')[0]}{tail}" for item in items]
    first = items[0]
    for word in words("clause", "lead"):
        first = first.removeprefix(word)
    items[0] = first
    items[-1] = re.sub("(?<=..)(?:平均)?每$", "", items[-1])  # 最低收购价平均每50公斤
    tail = _shared_tail(items)
    items = [item if item.endswith(tail) or item[-1] in _HEADS else item + tail for item in items]
    return _of_one_event(items)


def _of_one_event(items: list[str]) -> list[str]:
    """生产安全事故起数、死亡人数: those who died, died in what the first counts."""
    ends = (end for end in words("clause", "occurrences") if items[0].endswith(end))
    event = items[0].removesuffix(next(ends, items[0]))
    losses = words("clause", "losses")
    return [event + item if item.startswith(losses) else item for item in items]


def _shared_tail(items: Sequence[str]) -> str:
    """What the last item says for all: 原煤、原油、天然气[产量], 刑事、治安[案件], 炼铁、炼钢[先进产能占比]."""
    *others, last = items
    n = len(items)
    for one, other in _both():
        if others == [one] and last.startswith(other):
            return last[len(other) :]  # 城镇和农村[人均住房面积]
    size = len(others[-1])
    tail = next((t for t in words("clause", "tails") if last.endswith(t) and last != t), "")
    # Two of one length may be so by chance: 地表水、近岸海域水质优良比例
    alike = all(len(item) == size for item in others) and (size == 2 or (size > 2 and n > 2))
    if alike and len(last) > size and (not tail or last[0] == others[-1][0]):
        return last[size:] if len(last) - size >= len(tail) else tail
    if not tail and last.endswith(("率", "比例")):
        return last[-3:] if last.endswith("率") else last[-4:]
    return tail
