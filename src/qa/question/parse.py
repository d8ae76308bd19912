"""From the words of a question to its slots."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from qa.lexicon import RELATIVE, counts, words
from qa.lexicon.own import PROJECT, Lexicon
from qa.question.cues import (
    against_wider,
    amount_in,
    asks_amount,
    is_cued,
    leading_unit,
    mask_periods,
    says,
    spoken,
    which_is,
)
from qa.question.follow import CONTEXT_WEIGHT, as_before, continued
from qa.question.operands import (
    TOTAL,
    difference_parts,
    operands,
    rest_parts,
    share_parts,
    sum_parts,
    times_parts,
)
from qa.question.parts import Part, split
from qa.question.places import in_chinese, places_in, short_forms
from qa.question.said import (
    asked_periods,
    base_of,
    given_in,
    in_unit,
    last_of,
    measure_of,
    periods_of,
    said_to_fall,
    scopes_in,
    stated_in,
    units_of,
)
from qa.question.slots import Ask, Form, Question, Reckoning, Term
from qa.question.terms import as_said, is_english, names, terms_of, told
from qa.question.wanted import is_from_to, is_more_than, usual_units, wanted
from qa.text import fold
from qa.types import Quantity

# 少等了多长时间, 多收了多少: how far something came.
_MOVED = re.compile(r"[多少][\u4e00-\u9fff]了?(?:多少|多长|几)")
# 完成年度目标任务的百分之多少: what has been done of a target is none.
_DONE = re.compile(r"(?:完成|达成|实现)了?[^，。？]{0,6}?(?:目标|任务)+")
# 国际最高奖, 最高等级: names, and nothing is compared.
_HIGHEST = re.compile(
    r"最[高大强](?:奖|荣誉|等级|级别|规格|人民|荣誉奖|法院|检察)|最低(?:生活|工资|收购|保障|标准)"
)
# 今年定了多少 asks for a target; 认定了多少 for none.
_SET = re.compile(
    r"(?<![\u4e00-\u9fff])定了?多少|[年标是]定了?多少|(?<![认敲确评选约判订测固稳])定的是"
)
_RATES = (*RELATIVE, "番", "个百分点", "")
# 三项准则是什么: how many there are is known.
_WHAT_IS = re.compile(r"(?:是|有|叫)(?:什么|啥)[？?]*$")
# 五年前有多少, 今年一年: when, and no words of what is asked for.
_YEARS_AGO = re.compile(
    r"(?:[一二两三四五六七八九十]|\d+)年(?:之|以)?前|\0一年(?:里|内|间)?|(?:^|那|光|单)一年"
)
BESIDE_WEIGHT = 0.8
"""Of the words around the part that asks: in a rambling question, in a short one."""
_RAMBLING = 45
"""From how many characters on a question's other clauses are a story that leads up to it."""


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
    own = [short_forms((place,)) for place in dict.fromkeys(places) if place]
    known = short_forms(tuple(places))
    said = stated_in(text)
    amount = asks_amount(text)
    # 哪个景区评上了5A级 asks for a name; the grade in it is no statement.
    names = (says(text, "which") or _WHAT_IS.search(text)) and not says(text, "sure")
    # 把十件实事里的数都列给我 is an order, and states nothing.
    claims = bool(said) and not says(text, "listed")
    checks = not amount and not names and (claims or says(text, "yesno"))
    # 全国排名53位，没写错吧: what has the word of a how much is stated none the less.
    checks = checks or (bool(said) and not says(text, "amount") and says(text, "sure"))
    form = _form(text, amount, checks, said)
    checks = checks and form != "compare"
    stated = said if checks else ()
    parts = split(text, form, checks, own)
    if form == "compare" and len(parts) < 2:
        form = "ask"
    asks = [_ask(part, stated, known, checks, lexicon) for part in parts]
    if form == "every" and "多少" not in text:
        # 几种污染物的降幅都列出来: which ones, and not how many.
        asks = [replace(ask, units=(), unit_said=False) if ask.unit_said else ask for ask in asks]
    if form == "every" and (unit := in_unit(text)):
        asks = [replace(ask, units=(unit,), unit_said=True) for ask in asks]
    asks = [asks[0], *(as_before(ask, asks[0]) for ask in asks[1:])]
    if form == "compare":
        asks = [replace(ask, wants="figure") for ask in asks]
        if not says(text, "rate") and "幅度" not in text:
            # 哪个每斤提得更多: by how much, in per cent or not.
            asks = [replace(a, units=()) if a.measure == "growth" else a for a in asks]
    if form == "every" and len({p.text for p in asked_periods(text)}) > 1:
        # 去年的、今年的都要: of any time.
        asks = [replace(ask, period=None, target=None) for ask in asks]
    if len(asks) == 1 and len(units := units_of(stated)) > 1 and "" not in units:
        # 12个村都超过50万元: each figure that is stated is looked for by itself.
        asks = [replace(asks[0], units=(unit,), unit_said=True) for unit in units]
    if history and not says(text, "topic"):
        before = _parse(history[-1], history[:-1], places, lexicon)
        asks = [continued(ask, before.asks[-1], text) for ask in asks]
    reckoning, needed, form = _reckoned(text, form, asks, stated, known, lexicon)
    return Question(
        text=question,
        form=form,
        asks=tuple(asks),
        stated=stated,
        checks=checks,
        smallest=says(text, "smaller") or which_is(text) in tuple("低少小慢短"),
        items=tuple(part.item for part in parts),
        numbers=says(text, "numbers") or (says(text, "measured") and says(text, "listed")),
        reckoning=reckoning,
        operands=needed,
        english=english,
    )


def _reckoned(
    text: str,
    form: Form,
    asks: Sequence[Ask],
    stated: Sequence[Quantity],
    known: Sequence[str],
    lexicon: Lexicon,
) -> tuple[Reckoning | None, tuple[Ask, ...], Form]:
    """How to reckon what is asked for, what with, and the form that the question has by that."""
    reckoning: Reckoning | None = None
    needed: tuple[Ask, ...] = ()
    rest = rest_parts(text)
    if form != "compare" and not rest and not stated:
        reckoning, needed = operands(text, asks[0])
    if reckoning == "difference" and len(asks) > 1:
        reckoning, needed = None, ()  # 费用是多少、比上年涨了多少: each is asked for by itself
    if reckoning == "difference" or (reckoning == "previous" and says(text, "previous")):
        form = "derive"
    if form == "derive" and reckoning is None:
        form = "ask"
    if reckoning is not None or len(asks) > 1:
        return reckoning, needed, form
    apart = rest or (None if against_wider(text) else difference_parts(text))
    summed = () if apart or stated else sum_parts(text)
    ratio = None if apart or summed or stated else times_parts(text)
    sides = apart or summed or ratio or share_parts(text)
    if not sides:
        return reckoning, needed, form
    needed = tuple(_ask(Part(f"{side}是多少"), (), known, False, lexicon) for side in sides)
    # 甲和乙去年加起来办了多少件: when, and in what unit, is said once.
    told = asks[0]
    needed = tuple(
        a if a.period else replace(a, period=told.period, target=told.target) for a in needed
    )
    if summed and told.unit_said:
        needed = tuple(replace(a, units=told.units, unit_said=True) for a in needed)
    way: Reckoning = "difference" if apart else "sum" if summed else "times" if ratio else "share"
    return way, needed, "derive" if way in ("difference", "sum") else form


def _form(text: str, amount: bool, checks: bool, said: Sequence[Quantity]) -> Form:
    if (says(_HIGHEST.sub("", text), "compare") or which_is(text)) and not (checks and said):
        return "compare"
    if says(text, "derive") and not checks:
        return "derive"
    several = not amount or says(text, "joint") or says(text, "listed")
    return "every" if says(text, "every") and not checks and several else "ask"


def _ask(
    asked: Part,
    stated: Sequence[Quantity],
    known: Sequence[str],
    checks: bool,
    lexicon: Lexicon,
) -> Ask:
    part, context = asked.text, asked.context
    periods = periods_of(part, context)
    masked = _YEARS_AGO.sub(lambda m: "\0" * len(m[0]), mask_periods(part))
    for place in known:
        masked = masked.replace(place, "\0" * len(place))
    for quantity in stated:
        masked = masked.replace(fold(quantity.text), "\0")
    terms = terms_of(_mask_unit(masked), lexicon)
    terms = as_said(terms, part)
    if says(part, "total") and not any(word in part for word in words("clause", "added")):
        terms += (TOTAL,)
    named = [term for term in terms if term.indicator]
    # 增值税 asks for no growth: cues are looked for outside the indicators' names.
    cues = masked
    for term in named:
        if not says(term.text, "growth"):
            cues = cues.replace(term.text, "\1" * len(term.text))
    measure, units, said, head = wanted(cues, part, lexicon)
    if stated:
        units, measure = units_of(stated) or units, measure or measure_of(stated)
        if measure == "growth" and not any(q.unit in _RATES for q in stated):
            measure = None  # 降低成本1000亿元: the verb is of the thing, and no rate is stated
    if not units and measure in (None, "level"):
        usual = usual_units(part)
        # 民生实事安排资金多少 asks for money, though 实事 are counted.
        units = usual if usual == ("元",) else _hinted(terms, lexicon) or usual
    if context and not (named and len(part + context) > _RAMBLING):
        beside = CONTEXT_WEIGHT if asked.item or len(part + context) > _RAMBLING else BESIDE_WEIGHT
        seen = {term.text for term in terms}
        terms += tuple(
            replace(term, weight=term.weight * beside)
            for term in as_said(terms_of(mask_periods(context), lexicon), f"{context} {part}")
            if term.text not in seen and not (named and term.indicator)
        )
    cues = _DONE.sub("", cues)
    target: bool | None = None
    goal = says(cues, "goal") or _SET.search(cues) is not None
    if goal or says(cues, "target"):
        target = True
    elif says(cues, "done"):
        target = False
    figure = asks_amount(cues) or measure or stated or not (checks or is_cued(cues))
    figure = figure and (stated or asks_amount(cues) or not says(part, "why"))
    return Ask(
        text=part,
        terms=terms,
        wants="figure" if figure else "fact",
        measure=measure,
        units=units,
        unit_said=said,
        amount=says(part, "amount"),
        period=last_of(periods),
        target=target,
        places=places_in(mask_periods(part), known),
        scopes=() if checks else scopes_in(part),
        checks=checks,
        told=told(part, terms),
        head=head,
        falling=says(cues, "decline") or said_to_fall(part, stated),
        goal=goal,
        given=() if stated or checks or is_english(part) else given_in(masked),
        earlier=says(part, "earlier") and not says(part, "now") and not is_from_to(part),
        query=masked.replace("\0", ""),
        moved=says(part, "moved")
        or is_more_than(part)
        or is_from_to(part)
        or _MOVED.search(part) is not None,
        base=base_of(part),
        stated=tuple(stated),
        core=_core(part, terms),
        lexicon=lexicon,
    )


def _hinted(terms: Sequence[Term], lexicon: Lexicon) -> tuple[str, ...]:
    """The usual units of what is asked for: 国考断面的优良率 asks for per cent, though 断面 are counted."""
    others = words("clause", "no_rates")
    rates = [t for t in terms if t.text.endswith("率") and not t.text.endswith(others)]
    if rates and not any(term.indicator for term in rates):
        return ("%",)
    telling = [term for term in rates or terms if term.indicator]
    return tuple(dict.fromkeys(u for term in telling for u in names(lexicon)[term.names[0]].units))


def _core(text: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms right before and right behind the how much."""
    amount = amount_in(text)
    if amount is None or is_english(text):
        return ()
    near = text[max(0, amount.start() - 5) : amount.end() + 6]
    return tuple(term for term in terms if term.weight >= 0.5 and term.text in near)


def _mask_unit(text: str) -> str:
    """Without the measure word that is asked for: 多少头猪 asks of 猪, not of 头猪."""
    amounts = list(re.finditer(r"(?:多少|[^哪]几)[万亿千百十]*", text))
    amount = amounts[-1] if amounts else None
    unit = leading_unit(text[amount.end() :]) if amount else ""
    if amount is None or not (counts(unit) or amount[0][-1] in "亿万"):
        return text
    stop = amount.end()
    return text[:stop] + "\0" * len(unit) + text[stop + len(unit) :]
