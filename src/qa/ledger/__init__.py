"""The ledger: every figure of a report with what it measures, for when and for whom.

A figure is read in its clause. What the clause leaves out it takes from before: `同比增长5.6%`
measures what the clause before it measured, `总量达…` too; `分别` deals a list out in order; a period
holds until the sentence, the paragraph or the section names another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from qa.figures import find_quantities
from qa.ledger.aspect import measure_of, scope_of
from qa.ledger.clock import Clock
from qa.ledger.lists import dealt_out
from qa.ledger.place import name_of, own_words, place_of
from qa.ledger.words import PUNCTUATION, is_bare, is_verbal
from qa.lexicon import words
from qa.periods import find_periods, label
from qa.report import views
from qa.text import View, clauses, sentences
from qa.types import Figure, Quantity, Report

_FROM = re.compile(r"(?:由|从)[^，。；、]*$")
_NEW = ("新增", "净增")
_TO = re.compile(
    r"^(?:[^，。；]{0,12}?)(?:增|升|提高|提升|扩大|缩小|缩短|降|减|发展|上升|下降|变|到|至|跃|[\u4e00-\u9fff]{2,6}为(?=[0-9]))"
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


def _read_sentence(
    report: Report, view: View, start: int, stop: int, section: int, clock: Clock
) -> Iterator[Figure]:
    text = view.text[start:stop]
    found = [q for q in find_quantities(text) if not _is_span(text, q)]
    clock.sentence(text)
    if not found:
        return
    spans = list(clauses(text))
    subjects: list[str] = []
    dealt: list[str] = []
    new = ("", "")
    scene, scope, came_from = "", report.place, False
    for i, quantity in enumerate(found):
        if _is_time(quantity):
            continue
        clause = next(c for c in spans if c[0] <= quantity.start < c[1])
        place = place_of(text, clause, found, i)
        near = own_words(place)
        items = dealt_out(text, clause, found, i, subjects, dealt)
        if items is not None:
            dealt, near = items
        elif quantity.kind == "date" and not near:
            near = text[quantity.stop :].strip(PUNCTUATION)[:40]
        elif (is_bare(near) or (came_from and is_verbal(near))) and (
            subject := _subject(text, clause, found[:i], subjects)
        ):
            # 新增企业9592户、增长5%: what came newly has grown; 总量达951万户 is of them all.
            grown = subject == new[1] and quantity.unit == "%"
            near = (_as_new(subject, new[0]) if grown else subject) + near
        named = name_of(near, place)
        # What stands before the clause and has no figure is the scene: 龙头企业落户，实现产值…
        scene = text[spans[max(0, spans.index(clause) - 1)][0] : clause[0]]
        raw_start, raw_stop = view.raw(start + quantity.start, start + quantity.stop)
        clause_start, clause_stop = view.raw(start + clause[0], start + clause[1])
        period = clock.at(text, clause, quantity.start)
        inherits = bool(subjects) and (
            is_bare(own_words(place)) or report.place.endswith(scope.removeprefix("全"))
        )
        scope = scope_of(place.left, quantity, scope if inherits else report.place)
        before = _FROM.search(place.left) and _TO.search(text[quantity.stop : clause[1]])
        came_from = bool(before) or (came_from and quantity.kind == "date")
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
            indicator=_as_new(_without_place(named or name_of(scene, place), report.place), near),
            measure=measure_of(quantity, place.left if items is None else near, place, period),
            period="此前" if before else label(period) + ("目标" if period.target else ""),
            scope=scope,
            section=report.sections[section].name if section >= 0 else "",
            clause=(clause_start, clause_stop),
            words=near,
        )
        if quantity.kind != "date":
            told = not (is_bare(named) or is_verbal(named))
            subjects.append(named if told or not subjects else subjects[-1])
            new = (near, subjects[-1])


def _subject(
    text: str, clause: tuple[int, int], before: Sequence[Quantity], subjects: Sequence[str]
) -> str:
    """What a clause without a subject speaks of: a statistic named since the last figure (进出口总值
    创新高，达到…), else what that figure measured."""
    start = max([0, *(q.stop for q in before if q.kind != "date")])
    first, *parts = text[start : clause[0]].split("，")
    # 城镇居民人均可支配收入，由5160元增加到7703元: all that the first clause says.
    parts = parts if start else [f"{first}，", *parts]
    named = [m for part in parts if (m := _named().match(part))]
    if not named and not start and text[clause[0] : clause[1]].startswith(("从", "由")):
        # 研究与试验开发经费，从509亿元增加到1161亿元
        last_clause = text[: clause[0]].rstrip("，").rpartition("，")[2]
        return last_clause if 1 < len(last_clause) <= 24 else ""
    return named[-1][1] if named else subjects[-1] if subjects else ""


@cache
def _named() -> re.Pattern[str]:
    ends = [w for key in ("tails", "statistic") for w in words("clause", key)]
    ends = [w for w in ends if w not in words("clause", "things")]
    return re.compile(rf"([^，。；、（）“”]{{1,16}}(?:{'|'.join(ends)}))(?=.)")


def _is_span(text: str, quantity: Quantity) -> bool:
    """五年来 says when, and 三年行动 is a name: their years are no figures."""
    if quantity.unit != "年" or quantity.kind != "amount" or "续" in text[: quantity.start][-1:]:
        return False
    if _names_years().match(text, quantity.stop):
        return True
    if text[: quantity.start].endswith("的") and text[quantity.stop :][:1] in "，。；！":
        return True  # 极不平凡的五年
    return any(p.start <= quantity.start and quantity.stop <= p.stop for p in find_periods(text))


@cache
def _names_years() -> re.Pattern[str]:
    return re.compile(rf"(?:滚动|发展)?(?:{'|'.join(words('clause', 'named_years'))})(?!时|期)")


def _as_new(name: str, near: str) -> str:
    """新增市场主体 of 市场主体全年新增9592户: what came newly is not all there is."""
    new = next((word for word in _NEW if word in near and word not in name), "")
    return new + name if name and new else name


def _without_place(name: str, place: str) -> str:
    """地区生产总值 of 西宁市城西区地区生产总值 in a report of 城西区: whose it is says the scope."""
    at = name.find(place) if place else -1
    rest = name[at + len(place) :] if 0 <= at <= 4 else name
    return rest if len(rest) > 2 and not rest.startswith("的") else name


def _is_time(quantity: Quantity) -> bool:
    """2023年 by itself says when; a day or a month that something happened on is a figure."""
    return quantity.kind == "date" and not re.search(r"[月日号]", quantity.text)
