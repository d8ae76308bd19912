"""What kind of figure is asked for: measure, unit, and what is counted."""

from __future__ import annotations

import re

from qa.lexicon import table, words
from qa.lexicon.own import Lexicon
from qa.question.cues import (
    against_wider,
    amount_in,
    begins_a_word,
    leading_unit,
    says,
    units_as_said,
)
from qa.question.slots import Term
from qa.question.terms import is_english, terms_of
from qa.types import Measure

# 研发的钱占经济总量的多少
_SHARE = re.compile(r"占[^，。？]{2,12}(?:多少|几)(?![\u4e00-\u9fff])")

# 一百个孩子里有几个上了幼儿园, 占千分之几
_OF_A_HUNDRED = re.compile(
    r"(?:一百|100)[个人户块斤度处家辆名亩][^，,？?]{0,14}[里中]|千分之[几多]"
)
# 养老金涨到多少 asks how much it is now.
_REACHES = re.compile(r"(?:上涨|上升|提高|提升|增加|增长|降低|下降|减少|[涨升提加增长降跌减缩])到")

# 一亩比前年多打了多少 asks for a change, in whatever unit.
_MORE_THAN = re.compile(
    rf"比(?:{'|'.join(words('asking', 'before'))}|(?:19|20)\d\d年)[^，,。？?]{{0,6}}?[多少][^，,。？?]{{0,4}}?多少"
)

Wanted = tuple[Measure | None, tuple[str, ...], bool, Term | None]
"""Measure, units, whether the question itself names the unit, and what is counted."""


_FROM_TO = re.compile(r"[从由](?:多少|几)[^，。？]*?[到至]了?(?:多少|几)")


def is_from_to(part: str) -> bool:
    """Whether it asks from what to what something went: 从多少提高到多少."""
    return _FROM_TO.search(part) is not None


def is_more_than(part: str) -> bool:
    """Whether it asks by how much there is more or less than before: 比上年多收了多少."""
    return _MORE_THAN.search(part) is not None


def wanted(cues: str, part: str, lexicon: Lexicon) -> Wanted:
    """What kind of figure is asked for; the first rule that fits decides."""
    return _plainly(cues, part) or _by_amount(cues, part, lexicon)


def _plainly(cues: str, part: str) -> Wanted | None:
    """What is asked for by words that leave no doubt: how long, when, which in a row."""
    if says(cues, "duration"):
        return None, (), False, None
    if is_from_to(part):
        return None, (), False, None
    if against_wider(part):
        return "change", ("个百分点",), False, None
    if says(cues, "when") and not says(cues, "either_year"):
        return "date", (), False, None
    if says(cues, "rank"):
        row = re.search("第几(?P<unit>[个家座位名批届轮次])", cues)
        return "rank", (row["unit"],) if row else (), False, None
    if says(part, "portion"):
        return "share", ("%",), False, None
    if _OF_A_HUNDRED.search(part):
        return None, ("%", "‰"), True, None
    return None


def _by_amount(cues: str, part: str, lexicon: Lexicon) -> Wanted:
    amount = amount_in(part)
    scale = re.match(r"[万亿千百十]*", part[amount.end() :]) if amount else None
    after = part[amount.end() + scale.end() :] if amount and scale else ""
    if is_english(part) or (amount and amount[0].endswith(("成", "分之几", "分之多少"))):
        after = ""  # no unit follows how much, nor 几成
    for key in ("units_said", "units_likely") if amount and "牌" not in part else ():
        if units := units_as_said(after, key):
            return None, units, key == "units_said", None
    if scale and scale[0] and not _bare(after):
        # 卖了多少亿 asks for money, 增加了几千 for no per cent.
        return "level", ("元",) if "亿" in scale[0] else (), False, None
    if amount and after and (unit := leading_unit(after)) and unit != "点":
        return _counted(unit, cues, after, lexicon)
    if says(cues, "grade"):
        return None, ("类", "级"), True, None
    if says(cues, "share") or _SHARE.search(cues):
        return "share", ("%",), False, None
    if is_more_than(part):
        money = after.startswith("钱")
        return (None, ("元",), True, None) if money else ("growth", (), False, None)
    # 新增了多少城镇就业 asks how many, 就业增长了多少 by how much.
    cues = _REACHES.sub("", cues)
    counted = _bare(after) and not says(cues, "rate")
    if (says(cues, "decline") or says(cues, "growth")) and not counted:
        return "growth", ("%",), False, None
    if says(cues, "percent"):
        return None, ("%",), "百分之" in part, None
    found = _named_dimension(part, amount, after, lexicon)
    if found == (None, (), False, None) and says(cues, "level"):
        return "level", (), False, None
    return found


def _bare(text: str) -> str:
    """Without the particles that end a question."""
    return text.replace("来着", "").strip("呢吗啊了呀啦哦嘛哈吧?？，。 ")


def _counted(unit: str, cues: str, after: str, lexicon: Lexicon) -> Wanted:
    """多少套, 几个学位, 多少个百分点, 多少倍: the question names the unit."""
    if unit in ("个百分点", "百分点"):
        return None, ("个百分点", "%"), True, None
    if unit == "倍":
        return ("growth" if says(cues, "growth") else None), (unit,), True, None
    noun = re.split(r"[，,了的、]", after[len(unit) :])[0]
    unit = table("units")["alias"].get(unit, unit)
    named = [term for term in terms_of(noun, lexicon) if len(term.text) > 1]
    # 公办小学: what is counted stands last.
    return None, (unit,), True, max(named, key=lambda t: noun.rfind(t.text), default=None)


def _is_longer(noun: str, text: str, lexicon: Lexicon) -> bool:
    """Whether the text begins with an indicator's name that only begins with the noun."""
    return any(
        t.indicator and t.text.startswith(noun) and t.text != noun and text.startswith(t.text)
        for t in terms_of(text, lexicon)
    )


def usual_units(part: str) -> tuple[str, ...]:
    """The units of what is asked for right before the how much: 出让收益是多少, 总里程有多少."""
    amount = amount_in(part)
    if amount is None:
        return ()
    before = part[: amount.start()].rstrip("是有为达到了共总一 ")
    nouns = table("synonyms")["dimension_words"]
    found = next(
        (noun for noun in sorted(nouns, key=len, reverse=True) if before.endswith(noun)), ""
    )
    units = tuple(nouns[found]) if found and not {"date", "time"} & set(nouns[found]) else ()
    # In a keyword query a word ends before the space, and only money is sure to be what it means.
    return units if units == ("元",) or not part[: amount.start()].endswith(" ") else ()


def _named_dimension(
    part: str, amount: re.Match[str] | None, after: str, lexicon: Lexicon
) -> Wanted:
    """多少钱, 多少游客, 多长, and 长度 at the end of a keyword query."""
    if re.search(r"(?<!名)额[度是有为达到共一总]*多少", part):
        return None, ("元",), True, None
    nouns = table("synonyms")["dimension_words"]
    for noun in sorted(nouns, key=lambda word: (-len(word), word)):
        at = part.find(noun)
        if amount and at == amount.end() and _is_longer(noun, after, lexicon):
            continue  # 多少银行贷款 asks for no banks
        if at >= 0 and begins_a_word(noun[-1], part[at + len(noun) :]):
            continue  # 多少年轻人 asks for no years
        verb = amount is not None and at + len(noun) == amount.end() and not _bare(after)
        counted = amount is not None and (at in (amount.start(), amount.end()) or verb)
        keyword = amount is None and at + len(noun) == len(part.rstrip("呢吗啊?？ "))
        if at >= 0 and (counted or keyword):
            if {"date", "time"} & set(nouns[noun]):
                return "date", (), False, None
            head = next(iter(terms_of(noun, lexicon)), None) if counted and noun in after else None
            return None, tuple(nouns[noun]), counted and tuple(nouns[noun]) == ("元",), head
    return None, (), False, None
