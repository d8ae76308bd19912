"""Operands: what a question that must be reckoned out needs from the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.lexicon import words
from qa.periods import find_periods
from qa.question.cues import says
from qa.question.parts import in_full
from qa.question.slots import Ask, Reckoning, Term

TOTAL = Term("总量", 0.4, ("总量", "总额", "总计", "合计", "总数", "总规模", "共计"))
"""What a question for a sum asks for besides its own words."""

_EACH = re.compile(
    r"(?:平均|人均|户均|摊到|均摊)(?:下来|算下来|而言|起来|到)?[，,]?(?:每|一)?(?:一)?"
    r"(?P<unit>[个户家人名条座所处村套项次只台部亩件块支辆头])?"
)
# 今年计划比去年多改多少, 2026年的目标要比2025年提高几个百分点
_AHEAD_OF = re.compile(
    r"比(?:去年|上年|上一年|(?:19|20)\d\d年)(?:实际|完成|的|底|末|增速|增幅|水平)*"
    r"[^，。？]{0,3}?(?:[多少高低快慢]|提高|增加|下降|降低|减少)"
)
# 离今年要突破的规模还差多少
_SHORT_OF = re.compile(r"[离距][^,。?]*?差(?:着|了)?(?:多少|几)")
_SHARE = re.compile(
    r"(?P<part>.{2,}?)(?:占|相当于)(?:了)?(?P<whole>.{2,}?)的?(?:百分之|几成|多少|比例|比重|几分之)"
)


def operands(text: str, ask: Ask) -> tuple[Reckoning | None, tuple[Ask, ...]]:
    """How to reckon, and the asks for what to reckon with; (None, ()) where nothing is wanted."""
    ahead = (ask.target or says(text, "goal")) and not says(text, "previous")
    if (than := _AHEAD_OF.search(text)) and ahead and ask.period:
        return "difference", _of_two_years(ask, than[0])
    if ahead and _SHORT_OF.search(text):
        return "difference", _of_two_years(ask, "")
    if says(text, "derive") and _of_wider(ask):
        here = replace(ask, scopes=(), wants="figure", unit_said=False, units=("%",))
        apart = replace(ask, measure="change", units=("个百分点",), wants="figure", unit_said=True)
        return "wider", (here, apart)
    guessed = says(text, "estimate") and ask.period and ask.measure != "share"
    if says(text, "previous") or guessed:
        asked = replace(ask, unit_said=False, period=None, wants="figure", target=False)
        level = replace(asked, measure="level", units=_units(ask))
        growth = replace(asked, measure="growth", units=("%",), given=())
        return "previous", (level, growth)
    each = _EACH.search(text)
    if each and each["unit"]:
        total = replace(
            ask,
            terms=(*ask.terms, TOTAL),
            units=_units(ask) or ask.units,
            measure="level",
            head=None,
            unit_said=False,
            wants="figure",
        )
        count = replace(
            ask, units=(each["unit"],), measure="count", head=None, unit_said=True, wants="figure"
        )
        return "mean", (total, count)
    return None, ()


def _of_wider(ask: Ask) -> bool:
    """Whether a rate of the whole country or province is asked for, not the place's own."""
    rates = ask.measure == "growth" or any(term.text.endswith("率") for term in ask.terms)
    return rates and bool(set(ask.scopes) & {"全国", "全省", "全市"})


def _of_two_years(ask: Ask, than: str) -> tuple[Ask, ...]:
    """What is still to be done this year, and what was done in the year before."""
    units = ("%",) if "个百分点" in ask.units else ask.units
    told = replace(ask, units=units, base=None, moved=False, falling=False, wants="figure")
    if ask.measure == "growth" and not says(ask.text.replace(than, ""), "rate"):
        told = replace(told, measure=None)
    before = next(iter(find_periods(than)), None)
    return (
        replace(told, target=True),
        replace(told, period=before, target=False, goal=False),
    )


def _units(ask: Ask) -> tuple[str, ...]:
    return tuple(unit for unit in ask.units if unit != "%")


_SHARE_OF = re.compile(
    r"(?P<whole>[^,。?]{2,}?)(?:里头|里面|里边|当中|之中|[里中])[,]?(?P<part>[^,。?]{2,}?)"
    r"(?:大约|大概|差不多)?(?:占了?)(?:百分之|几成|多少|多大|几分之)"
)


def share_parts(text: str) -> tuple[str, str] | None:
    """甲占乙的百分之几, 乙里，甲占几成 → 甲, 乙."""
    match = _SHARE.search(text) or _SHARE_OF.search(text)
    return (match["part"], match["whole"]) if match else None


_SUM = re.compile(
    r"(?P<all>[^,。?]{2,}?(?:和|与|跟|加上|、)[^,。?]{2,}?)[,]?(?:一共|总共|全部|都)?"
    r"(?:加起来|加在一起|加一起|加一块|合起来|合在一起|相加|合计|加总)[^。?]*?(?:多少|几)"
)
# 建成的加上在建的一共多少座
_PLUS_ALL = re.compile(
    r"(?P<all>[^,。?]{2,}?加上[^,。?]{2,}?)[,]?(?:一共|总共|共|拢共|统共)(?:有|是)?(?:多少|几)"
)
_PLUS = re.compile("[、]|加上|以及|和|与|跟")


def sum_parts(text: str) -> Sequence[str]:
    """甲和乙加起来多少 → 甲, 乙; what they are of is said once. Empty where nothing is summed."""
    match = _SUM.search(text) or _PLUS_ALL.search(text)
    items = [item.strip(",") for item in _PLUS.split(match["all"])] if match else []
    return in_full(items) if len(items) > 1 and all(len(i) > 1 for i in items) else []


_REST = re.compile(
    r"(?P<whole>[^，。]{2,}?)(?:里头|里面|里边|当中|之中|[里中])?[，,]?"
    r"(?:刨掉|刨去|刨除|除掉|除去|去掉|扣掉|扣除|扣去|减去|减掉|剔除|不算)(?P<part>[^，,。？?]{2,}?)"
    r"(?:以后|之后|之外|以外|[后外])?[，,]?(?:还|就)?(?:剩|余下|其余|其他|其它)[^，。？?]*?(?:多少|几)"
)


def rest_parts(text: str) -> tuple[str, str] | None:
    """甲里头，刨掉乙，还剩多少 → 甲, 乙."""
    match = _REST.search(text)
    return (match["whole"], match["part"]) if match else None


_THAN = re.compile(
    r"(?P<one>[^，。]{2,}?)(?<![占对同环相])比(?P<other>[^，。]{2,}?)(?:多|少|高|低|快|慢|大|小|长|短)(?:了|出)?(?:多少|几)"
)


_TIMES = re.compile(r"(?P<one>[^,。?]{2,}?)是(?P<other>[^,。?]{2,}?)的?(?:几|多少)倍")


def times_parts(text: str) -> tuple[str, str] | None:
    """甲是乙的几倍 → 甲, 乙; what 甲 has of it, 乙 has too: 城镇居民收入是农村居民的几倍."""
    match = _TIMES.search(text)
    if match is None or find_periods(match["other"]) or says(match["other"], "before"):
        return None
    one, other = match["one"], match["other"].rstrip("的")
    tail = next((t for t in words("clause", "tails") if one.endswith(t) and one != t), "")
    return one, other if not tail or other.endswith(tail) else other + tail


_BETWEEN = re.compile(
    r"(?P<one>[^,。?]{2,}?)(?:和|与|跟)(?P<other>[^,。?]{2,}?)(?:之间)?[,]?(?:相差|差了|差距|差)(?:有|是)?(?:多少|多大|几)(?!倍)"
)


def difference_parts(text: str) -> tuple[str, str] | None:
    """甲比乙多多少, 甲和乙差多少 → 甲, 乙; 比上年多多少 asks for a change and holds no two things together."""
    if between := _BETWEEN.search(text):
        one, other = in_full([between["one"], between["other"]])
        return one, other
    match = _THAN.search(text)
    if match is None or find_periods(match["other"]) or says(match["other"], "before"):
        return None
    return match["one"], match["other"]
