"""Follow-ups: what a question leaves out and takes from the one before it."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.periods import Period, find_periods
from qa.question.cues import asks_amount, mask_periods, says
from qa.question.places import gazetteer
from qa.question.slots import Ask
from qa.question.terms import as_said, pairs, terms_of

CONTEXT_WEIGHT = 0.4
"""Of the words that a question takes from around it."""


_LIKEWISE = re.compile(r"(?:又|则|又是|呢)?(?:如何|怎么样|怎样|咋样)[呢]?[？?]?$")
# 这个区, 这份报告: where we are, and nothing that the question before named.
_HERE = re.compile(r"[这该](?:个|座|份|里)?(?:省|市|区|县|州|旗|镇|乡|村|地方|城市|报告|报道)")
# 好不好, 方便吗, 怎么样: a question of its own, not the rest of one.
_JUDGES = re.compile(r"(.)不\1|(?<![对是])[吗嘛](?=[？?]?$)|怎么样|咋样")


def as_before(ask: Ask, first: Ask) -> Ask:
    """去年增长多少，今年目标又定多少: the second part asks for the first one's measure, of another time."""
    own = [term for term in terms_of(mask_periods(ask.text), ask.lexicon) if term.weight >= 0.5]
    if own or ask.measure or ask.unit_said or first.measure in (None, "date"):
        return ask
    return replace(ask, measure=first.measure, units=first.units)


def _swapped(ask: Ask, before: Ask) -> Ask | None:
    """农村的呢 after 城镇居民收入: the question before with one of a pair in the other's place."""
    for word in ask.told:
        others = {other for row in pairs()[word] for other in row}
        for other in sorted(others, key=len, reverse=True):
            if any(other in term.text for term in before.terms):
                terms = tuple(
                    new
                    for term in before.terms
                    for new in (
                        terms_of(term.text.replace(other, word), before.lexicon)
                        if other in term.text
                        else (term,)
                    )
                )
                return replace(before, terms=terms)
    return None


def _carried(ask: Ask, named: bool) -> float:
    """How much of the weight of the question before its words keep beside a follow-up's own."""
    if "呢" in ask.text:
        factor = 0.1  # 那白银呢 puts one thing in another's place
    elif says(ask.text, "anaphora"):
        factor = 0.8  # 那今年改造多少 asks of the same thing
    else:
        factor = 0.0 if named else 0.15  # 学习研讨有多少 says all by itself
    # 那交了多少份提案 asks of another thing by its name.
    most = CONTEXT_WEIGHT / 2 if asks_amount(ask.text) and ask.unit_said else CONTEXT_WEIGHT
    return min(factor, most) if named else factor


_YEAR_BEFORE = ("前一年", "上一年", "上年", "上年度", "上一年度")


def _before(period: Period, before: Period) -> Period:
    """前一年 after 2023年 is 2022年, and 上一年 after 今年 去年: seen from what was asked before."""
    if period.text not in _YEAR_BEFORE:
        return period
    if before.first is not None and before.first == before.last:
        return find_periods(f"{before.first - 1}年")[0]
    seen = {"今年": "去年", "去年": "前年", "明年": "今年"}.get(before.text)
    return find_periods(seen)[0] if seen else period


def continued(ask: Ask, before: Ask, text: str) -> Ask:
    """Fill the slots that a follow-up leaves open from the question before it."""
    if _LIKEWISE.search(ask.text) and any(term.indicator for term in ask.terms):
        # 第二产业又如何 is 第二产业呢
        asked = _LIKEWISE.sub("呢", ask.text)
        ask, text = replace(ask, text=asked, wants="figure"), asked
    if re.fullmatch(r"那?.呢[？?]?", ask.text):  # 镍呢: a single character is all there is
        ask = replace(ask, terms=tuple(replace(term, weight=1.0) for term in ask.terms))
    own = [term for term in ask.terms if term.weight >= 0.5 and term.text not in ask.scopes]
    named = any(term.indicator for term in own)
    # GDP增长6.5%对吗, 这个区的空气好不好, 看病方便吗 say all by themselves.
    judged = bool(own) and not ask.stated and _JUDGES.search(ask.text) is not None
    whole = judged or (named and (ask.checks or asks_amount(ask.text)))
    if (len(ask.text) > 12 or whole) and not says(_HERE.sub("", ask.text), "anaphora"):
        return ask
    factor = _carried(ask, named) if own else 1.0
    swapped = _swapped(ask, before)
    if swapped is not None:
        before, factor = swapped, 1.0
    seen = {term.text for term in ask.terms}
    terms = ask.terms + tuple(
        replace(term, weight=term.weight * factor)
        for term in as_said(before.terms, f"{before.text} {ask.text}")
        if factor and term.text not in seen and not (named and term.indicator)
    )
    if says(text, "part_of") and before.measure != "share":
        # 其中南北山占多少: of the same unit as what it is a part of.
        ask = replace(ask, measure=None, units=())
    bare = ask.measure is None and not (asks_amount(ask.text) and own) and not ask.unit_said
    # 那企业呢, 其中改造多少; 机场运了多少人呢 says all by itself.
    full = asks_amount(ask.text) and text.rstrip("？?").endswith("呢") and text.count("呢") == 1
    told = own if ("呢" in text and not full) or "其中" in text else ()
    filled = replace(ask, terms=terms, own=tuple(told))
    if bare:
        filled = replace(
            filled,
            wants=before.wants if ask.wants == "fact" and not says(ask.text, "fact") else ask.wants,
            measure=before.measure,
            units=ask.units if ask.units and before.measure is None else before.units,
            unit_said=before.unit_said and not own,
            falling=before.falling,
            amount=before.amount,
        )
    if ask.period is not None and before.period is not None:
        filled = replace(filled, period=_before(ask.period, before.period))
    if ask.period is None and (ask.target is None or not own):
        # 比上年多了多少 after 今年的规模: of the same time, though 了 sounds done.
        filled = replace(filled, period=before.period, target=before.target)
    if not ask.places:
        filled = replace(filled, places=tuple(p for p in before.places if p in gazetteer()))
    return filled
