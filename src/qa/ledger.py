"""The ledger: every figure of a report with what it measures, for when and for whom.

A figure is read in its clause. What the clause leaves out it takes from before: `同比增长5.6%`
measures what the clause before it measured, `总量达…` too; `分别` deals a list out in order; a period
holds until the sentence, the paragraph or the section names another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.figures import find_quantities
from qa.lexicon import counts, words
from qa.periods import Period, find_periods, label, resolve
from qa.report import views
from qa.text import View, clauses, fold, sentences
from qa.types import Figure, Measure, Quantity, Report, Section

_PUNCTUATION = " 　，,。；;：:、！!？?（）()【】[]《》“”\"'‘’—-~～·"
_STOP = re.compile(r"[，,。；;：:、！!？?（(]")
_AHEAD = re.compile(
    r"力争|目标[是为]|预期目标|争取|确保|(?:将|要)(?:达到|实现|建成|完成|新增)|(?:^|[，年])(?:计划|拟)"
)
_HEADS = "数额率量值费积比价入出资款金"
"""Last characters of an item that has a head of its own: 起数和死亡人数 share none."""
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
    clock = _Clock(report)
    for view, section in zip(views(report), report.block_sections, strict=True):
        clock.enter(report.sections[section] if section >= 0 else None, view.text)
        for start, stop in sentences(view.text):
            figures.extend(_read_sentence(report, view, start, stop, section, clock))
    return tuple(figures)


class _Clock:
    """Which period the text is speaking of: report's year < section's title < lead-in < paragraph."""

    def __init__(self, report: Report) -> None:
        self.year = report.year
        self.default = Period(0, 0, "", report.year, report.year, False, "year")
        self.section: Section | None = None
        self.in_section = self.default
        self.in_block = self.default
        self.in_sentence = self.default

    def enter(self, section: Section | None, block: str) -> None:
        if section is not self.section:
            self.section = section
            self.in_section = self._of_titles(section)
        lead = self._leading(block)
        if lead and len(block) < 60 and not find_quantities(block):
            self.in_section = replace(lead, target=lead.target or self.in_section.target)
        self.in_block = lead or self.in_section

    def sentence(self, text: str) -> None:
        lead = self._leading(text)
        if lead:
            self.in_block = lead
        self.in_sentence = self.in_block

    def at(self, text: str, clause: tuple[int, int], before: int) -> Period:
        """The period of a figure: the last one named before it in the sentence, else what holds."""
        named = [p for p in find_periods(text[:before]) if not _is_base(text, p)]
        found = self._resolve(named[-1], text[clause[0] : before]) if named else self.in_sentence
        if _AHEAD.search(text[clause[0] : before]):
            found = replace(found, target=True)
        if "年均" in text[max(clause[0], before - 8) : before] and found.first == found.last:
            found = _plan_of(found)
        return found

    def _of_titles(self, section: Section | None) -> Period:
        found = self.default
        for title in section.path if section else ():
            periods = [self._resolve(p, title) for p in find_periods(title)]
            done = _has(title, words("clause", "done"))
            target = _has(title, words("clause", "target")) and not done
            if periods:
                # 2025年及“十四五”时期工作回顾: what stands alone is said of the year itself.
                found = min(periods, key=lambda p: (p.last or 0) - (p.first or 0))
            if target or done:
                found = replace(found, target=target)
            if target and not periods and found.last == self.year and self.year is not None:
                found = replace(found, first=self.year + 1, last=self.year + 1)
        return found

    def _leading(self, text: str) -> Period | None:
        periods = find_periods(re.split(r"[，,。；;：:]", text, maxsplit=1)[0][:24])
        if not periods or periods[0].start > 8 or _is_base(text, periods[0]):
            return None
        period = self._resolve(periods[0], text[: periods[0].stop + 6])
        inherited = self.in_section
        if inherited.target and period.last is not None and period.last >= (inherited.first or 0):
            period = replace(period, target=True)
        return period

    def _resolve(self, period: Period, around: str) -> Period:
        found = resolve(period, self.year) if self.year is not None else period
        if found.first is not None and self.year is not None and found.first > self.year:
            found = replace(found, target=True)
        return found


def _plan_of(period: Period) -> Period:
    """年均 speaks of several years: where only one is named, of its five-year plan."""
    if period.last is None:
        return period
    first = period.last - (period.last - 1) % 5
    return replace(period, first=first, last=first + 4)


def _is_base(text: str, period: Period) -> bool:
    """比上年增长: the year is what the figure is held against, not its own."""
    return re.search(r"(?:比|较|与|和|同)$", text[: period.start]) is not None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quantity stands in its sentence: the words before it and after it that are its own."""

    clause: tuple[int, int]
    left: str
    right: str


def _read_sentence(
    report: Report, view: View, start: int, stop: int, section: int, clock: _Clock
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
        items = _dealt_out(text, clause, found, i, subjects, dealt)
        if items is not None:
            dealt, near = items
        elif quantity.kind == "date" and not near:
            near = text[quantity.stop :].strip(_PUNCTUATION)[:40]
        elif _is_bare(near) and subjects:
            near = subjects[-1] + near
        named = _name(near, place)
        # What stands before the clause and has no figure is the scene: 龙头企业落户，实现产值…
        scene = text[spans[max(0, spans.index(clause) - 1)][0] : clause[0]]
        raw_start, raw_stop = view.raw(start + quantity.start, start + quantity.stop)
        clause_start, clause_stop = view.raw(start + clause[0], start + clause[1])
        period = clock.at(text, clause, quantity.start)
        inherits = bool(subjects) and (
            _is_bare(_own_words(place)) or report.place.endswith(scope.removeprefix("全"))
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
    if cut > 0 and not _is_bare(left[cut + 1 :]):
        left = left[cut + 1 :] if not left[:cut].strip(_PUNCTUATION) else left
    return (left + " " + place.right).strip(_PUNCTUATION)


def _strip_all(text: str, lists: Sequence[str]) -> str:
    for name in lists:
        for word in words("clause", name):
            text = text.replace(word, "")
    return text.strip(_PUNCTUATION)


def _is_bare(near: str) -> bool:
    """Nothing is left but verbs, measures and heads that name no indicator."""
    for period in reversed(find_periods(near)):
        near = near[: period.start] + near[period.stop :]
    rest = re.sub(r"[\s，、的了和与以]", "", near)
    rest = _strip_all(rest, ("growth", "decline", "share", "rank", "level_verbs", "generic"))
    return not rest


def _dealt_out(
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
    verb = text[edge + 1 : run[0].start].removeprefix("别").strip(_PUNCTUATION)
    if found[i] is not run[0] and len(dealt) == len(run):
        items: list[str] | None = list(dealt)
    elif mark < 0:
        items = list(dealt) if len(dealt) == len(run) and _is_bare(verb) else None
    else:
        head = text[clause[0] : mark].strip(_PUNCTUATION)
        items = _items(head, len(run))
        if items is None and _is_bare(head):
            items = list(subjects[-len(run) :]) if len(subjects) >= len(run) else None
            earlier = text[: clause[0]].rstrip(_PUNCTUATION)
            cut = max(earlier.rfind(c) for c in "，。；") + 1
            items = _items(earlier[cut:], len(run)) or items
    if items is None:
        return None
    return items, f"{items[run.index(found[i])]} {verb}".strip()


def _items(head: str, n: int) -> list[str] | None:
    head = head.strip(_PUNCTUATION)
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


def _name(near: str, place: _Place) -> str:
    """A name to show: the words on the figure's left without verbs, else those on its right."""
    text = re.sub(r"\s.*", "", near) if place.left.strip(_PUNCTUATION) else near
    text = _trimmed(text)
    if len(text) < 2 or _is_bare(text):
        right = place.right.strip(_PUNCTUATION)
        text = right if len(right) >= 2 else (text or right)
    return text[-40:]


def _trimmed(text: str) -> str:
    """Without the period, the verbs and the adverbs around an indicator."""
    text = text.strip(_PUNCTUATION)
    for p in reversed(find_periods(text)):
        text = text[: p.start] + text[p.stop :]
    changed = True
    while changed:
        changed = False
        text = text.strip(_PUNCTUATION).rstrip("了的有比较")
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
    moved = _has(tail, words("clause", "growth")) or _has(tail, words("clause", "decline"))
    to = re.search(r"(?:到|至|达)$", left.rstrip())
    if quantity.unit == "番" or "翻" in quantity.text:
        return "growth"
    if quantity.unit in ("%", "‰", "倍") and moved and not to:
        return "growth"
    if quantity.unit in ("%", "‰") and _has(left, words("clause", "share")):
        return "share"
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


def _has(text: str, vocabulary: Sequence[str]) -> bool:
    return any(word in text for word in vocabulary)
