"""From the words of a question to its slots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from qa.figures import find_quantities
from qa.lexicon import counts, table, words
from qa.lexicon.own import PROJECT, Lexicon
from qa.periods import Period, find_periods
from qa.question.cues import (
    against_wider,
    asks_amount,
    is_cued,
    leading_unit,
    pattern,
    says,
    spoken,
    unit_as_said,
    which_is,
)
from qa.question.operands import TOTAL, difference_parts, operands, share_parts
from qa.question.parts import Part, split
from qa.question.places import gazetteer, in_chinese, places_in, short_forms
from qa.question.slots import Ask, Form, Question, Term
from qa.question.terms import is_english, names, pairs, terms_of, told
from qa.text import fold
from qa.types import Measure, Quantity

CONTEXT_WEIGHT = 0.4
# 研发的钱占经济总量的多少
_SHARE = re.compile(r"占[^，。？]{2,12}(?:多少|几)(?![\u4e00-\u9fff])")
# 3岁以下婴幼儿: the figure says which, and not how many.
_LIMIT = re.compile(r"以[上下内外][的]?(?![了吗呢吧是对])[\u4e00-\u9fff]")
# 少等了多长时间, 多收了多少: how far something came.
_MOVED = re.compile(r"[多少][\u4e00-\u9fff]了?(?:多少|多长|几)")
BESIDE_WEIGHT = 0.8
"""Of the words around the part that asks: in a rambling question, in a short one."""
_RAMBLING = 45
"""From how many characters on a question's other clauses are a story that leads up to it."""
_NUMBER = re.compile(r"(?<![a-z\d.])\d+(?:\.\d+)?a?(?![a-z\d])")


def parse(
    question: str,
    history: Sequence[str] = (),
    *,
    places: Iterable[str] = (),
    lexicon: Lexicon = PROJECT,
) -> Question:
    """Take the question apart by the lexicon; `places` are those of the reports."""
    return _parse(question, tuple(history), tuple(places), lexicon)


# A conversation is read question by question, each against the one before it.
@lru_cache(maxsize=4096)
def _parse(
    question: str, history: tuple[str, ...], places: tuple[str, ...], lexicon: Lexicon
) -> Question:
    text = spoken(fold(question).strip())
    english = is_english(text)
    text = in_chinese(text)
    if says(text, "orders"):
        return Question(question, "ask", (Ask(text, (), "fact"),), english=english)
    own = [short_forms([place]) for place in dict.fromkeys(places) if place]
    known = short_forms(places)
    said = _stated(text)
    amount = asks_amount(text)
    # 哪个景区评上了5A级 asks for a name; the grade in it is no statement.
    names = says(text, "which") and not says(text, "sure")
    checks = not amount and not names and (bool(said) or says(text, "yesno"))
    form = _form(text, amount, checks, said)
    checks = checks and form != "compare"
    stated = said if checks else ()
    parts = split(text, form, checks, own)
    if form == "compare" and len(parts) < 2:
        form = "ask"
    asks = [_ask(part, stated, known, checks, lexicon) for part in parts]
    asks = [asks[0], *(_as_before(ask, asks[0]) for ask in asks[1:])]
    if form == "compare":
        asks = [replace(ask, wants="figure") for ask in asks]
    if len(asks) == 1 and len(units := _units_of(stated)) > 1 and "" not in units:
        # 12个村都超过50万元: each figure that is stated is looked for by itself.
        asks = [replace(asks[0], units=(unit,), unit_said=True) for unit in units]
    if history and not says(text, "topic"):
        before = _parse(history[-1], history[:-1], places, lexicon)
        asks = [_continue(ask, before.asks[-1], text) for ask in asks]
    reckoning, needed = (None, ()) if form == "compare" else operands(text, asks[0])
    if reckoning == "difference":
        form = "derive"
    if form == "derive" and reckoning is None:
        form = "ask"
    if reckoning is None and len(asks) == 1:
        shared = share_parts(text)
        apart = None if against_wider(text) else difference_parts(text)
        if sides := apart or shared:
            needed = tuple(_ask(Part(f"{side}是多少"), (), known, False, lexicon) for side in sides)
            reckoning = "difference" if apart else "share"
            form = "derive" if apart else form
    return Question(
        text=question,
        form=form,
        asks=tuple(asks),
        stated=stated,
        checks=checks,
        smallest=says(text, "smaller") or which_is(text) in tuple("低少小慢短"),
        items=tuple(part.item for part in parts),
        numbers=says(text, "numbers"),
        reckoning=reckoning,
        operands=needed,
        english=english,
    )


def _form(text: str, amount: bool, checks: bool, said: Sequence[Quantity]) -> Form:
    if (says(text, "compare") or which_is(text)) and not (checks and said):
        return "compare"
    if says(text, "derive") and not checks:
        return "derive"
    several = not amount or says(text, "joint") or says(text, "listed")
    return "every" if says(text, "every") and not checks and several else "ask"


def _stated(text: str) -> tuple[Quantity, ...]:
    """The figures of a question but for times and what only names the thing: 3岁以下, 优于Ⅲ类的比例."""
    rate = says(text, "percent") or says(text, "share")
    found = tuple(
        q
        for q in find_quantities(text)
        if q.kind != "date" and q.unit != "年" and not _LIMIT.match(text[q.stop :])
    )
    # 5A级景区有18个: the grade says which.
    counted = tuple(q for q in found if q.kind != "grade")
    return counted if counted or rate else found


def _ask(
    asked: Part,
    stated: Sequence[Quantity],
    known: Sequence[str],
    checks: bool,
    lexicon: Lexicon,
) -> Ask:
    part, context = asked.text, asked.context
    periods = _asked_periods(part) or (_asked_periods(context) if context else ())
    masked = _mask_periods(part)
    for place in known:
        masked = masked.replace(place, "\0" * len(place))
    for quantity in stated:
        masked = masked.replace(fold(quantity.text), "\0")
    terms = terms_of(_mask_unit(masked), lexicon)
    # What the question says itself is no modifier that makes another indicator of it.
    terms = tuple(
        replace(term, excludes=tuple(w for w in term.excludes if w not in part), said=part)
        for term in terms
    )
    if says(part, "total"):
        terms += (TOTAL,)
    named = [term for term in terms if term.indicator]
    # 增值税 asks for no growth: cues are looked for outside the indicators' names.
    cues = masked
    for term in named:
        if not says(term.text, "growth"):
            cues = cues.replace(term.text, "\1" * len(term.text))
    measure, units, said, head = _wanted(cues, part, lexicon)
    if stated:
        units, measure = _units_of(stated) or units, measure or _measure_of(stated)
    if not units and measure in (None, "level"):
        units = tuple(dict.fromkeys(u for t in named for u in names(lexicon)[0][t.text].units))
    if context and not (named and len(part + context) > _RAMBLING):
        beside = CONTEXT_WEIGHT if asked.item or len(part + context) > _RAMBLING else BESIDE_WEIGHT
        seen = {term.text for term in terms}
        terms += tuple(
            replace(term, weight=term.weight * beside)
            for term in terms_of(_mask_periods(context), lexicon)
            if term.text not in seen and not (named and term.indicator)
        )
    target: bool | None = None
    if says(cues, "target"):
        target = True
    elif says(cues, "done"):
        target = False
    figure = asks_amount(cues) or measure or stated or not (checks or is_cued(cues))
    return Ask(
        text=part,
        terms=terms,
        wants="figure" if figure else "fact",
        measure=measure,
        units=units,
        unit_said=said,
        amount=says(cues, "amount"),
        period=_told(periods),
        target=target,
        places=places_in(_mask_periods(part), known),
        scopes=() if checks else _scopes(part),
        checks=checks,
        told=told(part, terms),
        head=head,
        falling=says(cues, "decline"),
        goal=says(cues, "goal"),
        given=() if stated or checks else _given(masked),
        earlier=says(part, "earlier"),
        query=masked.replace("\0", ""),
        moved=says(part, "moved") or _MOVED.search(part) is not None,
        base=_base(part),
        stated=tuple(stated),
        core=_core(part, terms),
        lexicon=lexicon,
    )


def _core(text: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms right before and right behind the how much."""
    amount = pattern("asking", "amount").search(text)
    if amount is None or is_english(text):
        return ()
    near = text[max(0, amount.start() - 5) : amount.end() + 6]
    return tuple(term for term in terms if term.weight >= 0.5 and term.text in near)


def _told(periods: Sequence[Period]) -> Period | None:
    """The last period, one that has its years before one that hasn't: “十五五”这五年."""
    return max(periods, key=lambda p: (p.first is not None, p.start), default=None)


def _scopes(text: str) -> tuple[str, ...]:
    """全国 and its like; 全国重点实验室 is a name and holds for no country."""
    named = "|".join(words("clause", "national"))
    return tuple(w for w in words("clause", "scopes") if re.search(f"{w}(?!{named})", text))


def _asked_periods(text: str) -> tuple[Period, ...]:
    """The periods that a question asks for; 比上年 names none, it only says that growth is meant."""
    return tuple(p for p in find_periods(text) if not re.search(r"[比较跟和与]$", text[: p.start]))


def _given(text: str) -> tuple[str, ...]:
    """The numbers and grades by which the thing asked for is named: 810个项目, 优于Ⅲ类."""
    grades = (q.text for q in find_quantities(text) if q.kind == "grade")
    return tuple(dict.fromkeys((*_NUMBER.findall(text), *grades)))


def _base(text: str) -> Period | None:
    """2020年 in 和2020年相比少了多少; the year before is what a change is measured from anyway."""
    found = (p for p in find_periods(text) if re.search(r"[比较跟和与][“”]?$", text[: p.start]))
    return next((base for base in found if not says(base.text, "before")), None)


def _mask_periods(text: str) -> str:
    for period in reversed(find_periods(text)):
        text = text[: period.start] + "\0" * (period.stop - period.start) + text[period.stop :]
    return text


def _mask_unit(text: str) -> str:
    """Without the measure word that is asked for: 多少头猪 asks of 猪, not of 头猪."""
    amount = re.search(r"(?:多少|[^哪]几)[万亿千百十]*", text)
    unit = leading_unit(text[amount.end() :]) if amount else ""
    if amount is None or not counts(unit):
        return text
    stop = amount.end()
    return text[:stop] + "\0" * len(unit) + text[stop + len(unit) :]


Wanted = tuple[Measure | None, tuple[str, ...], bool, Term | None]
"""Measure, units, whether the question itself names the unit, and what is counted."""


def _wanted(cues: str, part: str, lexicon: Lexicon) -> Wanted:
    """What kind of figure is asked for; the first rule that fits decides."""
    return _plainly(cues, part) or _by_amount(cues, part, lexicon)


def _plainly(cues: str, part: str) -> Wanted | None:
    """What is asked for by words that leave no doubt: how long, when, which in a row."""
    if says(cues, "duration"):
        return None, (), False, None
    if against_wider(part):
        return "change", ("个百分点",), False, None
    if says(cues, "when"):
        return "date", (), False, None
    if says(cues, "rank"):
        return "rank", (), False, None
    return None


def _by_amount(cues: str, part: str, lexicon: Lexicon) -> Wanted:
    amount = pattern("asking", "amount").search(part)
    scale = re.match(r"[万亿千百十]*", part[amount.end() :]) if amount else None
    after = part[amount.end() + scale.end() :] if amount and scale else ""
    if is_english(part):
        after = ""  # no Chinese unit follows how much
    if amount and "牌" not in part and (unit := unit_as_said(after)):
        return None, ("个百分点", "%") if unit == "%" else (unit,), True, None
    if scale and scale[0] and not _bare(after):
        # 卖了多少亿 asks for money, 增加了几千 for no per cent.
        return "level", ("元",) if "亿" in scale[0] else (), False, None
    if amount and after and (unit := leading_unit(after)) and unit != "点":
        return _counted(unit, cues, after, lexicon)
    if says(cues, "grade"):
        return None, ("类", "级"), True, None
    if says(cues, "share") or _SHARE.search(cues):
        return "share", ("%",), False, None
    # 新增了多少城镇就业 asks how many, 就业增长了多少 by how much.
    counted = _bare(after) and not says(cues, "rate")
    if (says(cues, "decline") or says(cues, "growth")) and not counted:
        return "growth", ("%",), False, None
    if says(cues, "percent"):
        return None, ("%",), "百分之" in part, None
    wanted = _named_dimension(part, amount, after, lexicon)
    if wanted == (None, (), False, None) and says(cues, "level"):
        return "level", (), False, None
    return wanted


def _bare(text: str) -> str:
    """Without the particles that end a question."""
    return text.replace("来着", "").strip("呢吗啊了呀啦哦嘛哈吧?？，。 ")


def _counted(unit: str, cues: str, after: str, lexicon: Lexicon) -> Wanted:
    """多少套, 几个学位, 多少个百分点, 多少倍: the question names the unit."""
    if unit in ("个百分点", "百分点"):
        return None, ("个百分点", "%"), True, None
    if unit == "倍":
        return ("growth" if says(cues, "growth") else None), (unit,), True, None
    noun = terms_of(re.split(r"[，,了的、]", after[len(unit) :])[0], lexicon)
    return None, (unit,), True, next((term for term in noun if len(term.text) > 1), None)


def _named_dimension(
    part: str, amount: re.Match[str] | None, after: str, lexicon: Lexicon
) -> Wanted:
    """多少钱, 多少游客, 多长, and 长度 at the end of a keyword query."""
    if re.search(r"额[度是有为达到共一总]*多少", part):
        return None, ("元",), True, None
    nouns = table("synonyms")["dimension_words"]
    for noun in sorted(nouns, key=lambda word: (-len(word), word)):
        at = part.find(noun)
        counted = amount is not None and at in (amount.start(), amount.end())
        keyword = amount is None and at + len(noun) == len(part.rstrip("呢吗啊?？ "))
        if at >= 0 and (counted or keyword):
            if {"date", "time"} & set(nouns[noun]):
                return "date", (), False, None
            head = next(iter(terms_of(noun, lexicon)), None) if counted and noun in after else None
            return None, tuple(nouns[noun]), counted and tuple(nouns[noun]) == ("元",), head
    return None, (), False, None


def _units_of(stated: Sequence[Quantity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(q.unit for q in stated if q.unit))


def _measure_of(stated: Sequence[Quantity]) -> Measure | None:
    return "rank" if any(q.kind == "ordinal" for q in stated) else None


def _as_before(ask: Ask, first: Ask) -> Ask:
    """去年增长多少，今年目标又定多少: the second part asks for the first one's measure, of another time."""
    own = [term for term in terms_of(_mask_periods(ask.text), ask.lexicon) if term.weight >= 0.5]
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


def _continue(ask: Ask, before: Ask, text: str) -> Ask:
    """Fill the slots that a follow-up leaves open from the question before it."""
    if re.fullmatch(r"那?.呢[？?]?", ask.text):  # 镍呢: a single character is all there is
        ask = replace(ask, terms=tuple(replace(term, weight=1.0) for term in ask.terms))
    own = [term for term in ask.terms if term.weight >= 0.5 and term.text not in ask.scopes]
    named = any(term.indicator for term in own)
    whole = named and (ask.checks or asks_amount(ask.text))
    if (len(ask.text) > 12 or whole) and not says(ask.text, "anaphora"):
        return ask  # GDP增长6.5%对吗 says all by itself
    if not own:
        factor = 1.0
    elif "呢" in ask.text:
        factor = 0.1  # 那白银呢 puts one thing in another's place
    elif says(ask.text, "anaphora"):
        factor = 0.8  # 那今年改造多少 asks of the same thing
    else:
        factor = 0.0 if named else 0.15  # 学习研讨有多少 says all by itself
    factor = min(factor, CONTEXT_WEIGHT) if named else factor
    swapped = _swapped(ask, before)
    if swapped is not None:
        before, factor = swapped, 1.0
    seen = {term.text for term in ask.terms}
    terms = ask.terms + tuple(
        replace(term, weight=term.weight * factor)
        for term in before.terms
        if factor and term.text not in seen and not (named and term.indicator)
    )
    bare = ask.measure is None and not (asks_amount(ask.text) and own) and not ask.unit_said
    told = own if "呢" in text or "其中" in text else ()
    filled = replace(ask, terms=terms, own=tuple(told))
    if bare:
        filled = replace(
            filled,
            wants=before.wants if ask.wants == "fact" and not says(ask.text, "fact") else ask.wants,
            measure=before.measure,
            units=ask.units if ask.units and before.measure is None else before.units,
            unit_said=before.unit_said and not own,
            falling=before.falling,
        )
    if ask.period is None and ask.target is None:
        filled = replace(filled, period=before.period, target=before.target)
    if not ask.places:
        filled = replace(filled, places=tuple(p for p in before.places if p in gazetteer()))
    return filled
