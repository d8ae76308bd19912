"""Cues: the words by which a question says how much, when, who, or that it wants a check."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from qa.lexicon import table, words
from qa.periods import find_periods


@cache
def all_units() -> tuple[str, ...]:
    units = table("units")
    listed = {unit for group in units["group"] for unit in group["units"].split()}
    return tuple(sorted(listed, key=lambda unit: (-len(unit), unit)))


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    return re.compile("|".join(map(_whole, words(name, key))))


def _whole(word: str) -> str:
    """A pattern of the word; a Latin one stands by itself: no rate in rated."""
    bare = re.escape(word)
    return rf"(?<![a-z]){bare}(?![a-z])" if word.isascii() and word.isalpha() else bare


# 好几十年的老院, 前几年, 没几个学生: no number is asked for.
_SOME = "(?:[好没头前这那近]|[这那]么)"
# 几个县一起种的特产: nor where what has the number is only described.
_DESCRIBES = re.compile(r"几[^，,。；？?]*的[^，,。；？?]{0,4}$")


def amount_in(text: str) -> re.Match[str] | None:
    """The how much that is asked for: the last one, which stands behind those that only describe."""
    found = [
        match
        for match in pattern("asking", "amount").finditer(text)
        if match[0] != "几" or not re.search(f"{_SOME}$", text[: match.start()])
    ]
    return found[-1] if found and not found[-1][0].isascii() else next(iter(found), None)


def only_describes(clause: str) -> bool:
    """Whether a clause has a 几 only to describe what the next one asks of."""
    certain = re.sub(f"{_SOME}几", "", clause)
    return not asks_amount(certain) or (
        _DESCRIBES.search(clause) is not None and not asks_amount(_DESCRIBES.sub("", certain))
    )


@lru_cache(maxsize=8192)  # every candidate of a question asks it the same
def says(text: str, key: str) -> bool:
    """Whether the question has a word of the list `key` of asking.toml."""
    return pattern("asking", key).search(text) is not None


def asks_amount(text: str) -> bool:
    """Whether a number is asked for: how much, how many, which in a row, when."""
    text = _NAMES.sub("", text)
    return any(says(text, key) for key in ("amount", "rank", "grade")) or says(text, "when")


# 哪几家, 哪两座: which ones, and not how many.
_NAMES = re.compile(r"哪[几两](?=[\u4e00-\u9fff])(?![批轮届])")


def is_cued(part: str) -> bool:
    """Whether the part has any question word at all."""
    return asks_amount(part) or any(
        says(part, key) for key in ("fact", "growth", "share", "decline", "joint")
    )


def leading_unit(text: str) -> str:
    """The unit that the text begins with; 城镇就业 begins with none, though 城 counts cities."""
    for unit in all_units():
        if text.startswith(unit) and not begins_a_word(unit, text[len(unit) :]):
            return unit
    return ""


def begins_a_word(unit: str, rest: str) -> bool:
    """Whether a unit begins another word with what stands behind it: 年 of 年轻, 区 of 区域."""
    others = "|".join(table("units")["follow"].get(unit, ()))
    return bool(others) and re.match(others, rest) is not None


def units_as_said(text: str, key: str) -> tuple[str, ...]:
    """The units that the text begins with as people say them: 几个点, 几个亿, 几百块, 多少度电.

    `key` names the table of asking.toml: what is said, or only likely.
    """
    for said, units in table("asking")[key].items():
        if re.match(said, text):
            return tuple(units.split())
    return ()


def asked_of_itself(text: str) -> str:
    """The list of clause.toml by which a report's head answers what is asked of the report itself."""
    found = (key for said, key in table("asking")["itself"].items() if re.search(said, text))
    return str(next(found, ""))


def against_wider(text: str) -> bool:
    """Whether it asks how far the place is ahead of a wider one: 比全国高多少."""
    scopes = "|".join(words("clause", "scopes"))
    return (
        re.search(rf"比(?:{scopes})[^，。？]{{0,8}}?[高低快慢多少](?:出|了)?(?:多少|几)", text)
        is not None
    )


def spoken(text: str) -> str:
    """Figures as people say them made figures: 过半 is 超过50%."""
    for said, figure in table("asking")["spoken"].items():
        text = text.replace(said, figure)
    # 全年的（不是今年的目标）: what isn't asked for is no cue.
    text = re.sub(r"[（(，,]而?不是(?![吗吧么])[^）)，,。？?]+[）)]?", "", text)
    # 不说去年打了多少粮，…
    text = re.sub(
        r"(^|[，,。])(?:先|咱)?(?:不说|不问|不管|不看|别管|不提)[^，,。？?]*[，,]", r"\1", text
    )
    # …？别给我去年单年的数。
    text = re.sub(
        r"([，,。？?！!])(?:别|不要|可别|不用)(?:给我?|说|报|拿|告诉我|算)[^，,。？?]*", r"\1", text
    )
    text = re.sub(r"(?:最近|过去|[这那近前])几年[来里]?", "近年", text)
    # 只有我们区这一个 is the only one.
    text = re.sub(r"只有([^,。?]{1,10}?)这一(?=[个家所座名位条项])", r"\1唯一", text)
    # 那几家电商: some, and no 家电.
    some = (
        r"([这那])几(?:[家个项座所条处种类名位样款件批支片](?=[\u4e00-\u9fff]))?(?=[\u4e00-\u9fff])"
    )
    text = re.sub(rf"{some}(?![年天日月])", r"\1些", text)
    # 去年的三个数：甲、乙、丙各是多少
    text = re.sub(
        r"(?:[两二三四五六七八九十几这那]|\d+)+个(?:数字?|数据|指标|增速|增幅)[:：]", ",", text
    )
    text = re.sub(r"\b(in|of|for|by|during) ((?:19|20)\d\d)\b", r"\1 \2年", text)
    # 2001到2005这五年
    text = re.sub(r"((?:19|20)\d\d)([到至—-]+)((?:19|20)\d\d)(?!\d|年)", r"\1\2\3年", text)
    # A keyword query leaves the 年 out: 社零 2023.
    return re.sub(r"(^|\s)((?:19|20)\d\d)(?=[\s?？]|$)", r"\1\2年", text)


_WHICH_IS = re.compile(
    r"(?:哪个|哪家|哪项|哪样|哪省|哪一?[类种边块方]|谁)(?:省|市|县)?[^，。？]{0,14}?"
    r"(?P<end>[高多大快强猛长低少小慢短])(?![区学微中校])"
)
_EITHER_IS = re.compile(
    r"(?P<end>[多少高低快慢大小猛长短])(?:一些|一点|些|点)?[，,]?还是[^，,。？]{2,}?(?P=end)"
)


def which_is(text: str) -> str:
    """The word by which 哪个地区生产总值高 compares, "" where nothing is compared so."""
    match = _WHICH_IS.search(text) or _EITHER_IS.search(text)
    return match["end"] if match else ""


def mask_periods(text: str) -> str:
    """The text with its periods taken out, its length kept."""
    for period in reversed(find_periods(text)):
        text = text[: period.start] + "\0" * (period.stop - period.start) + text[period.stop :]
    return text
