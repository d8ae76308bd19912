"""Which aspect of its indicator a figure gives, and for which body it holds."""

from __future__ import annotations

import re
from functools import cache

from qa.ledger.place import Place
from qa.ledger.words import PUNCTUATION, has
from qa.lexicon import RELATIVE, counts, last, words
from qa.periods import Period
from qa.text import fold
from qa.types import Measure, Quantity

_BESIDE = re.compile(
    r"(?:高于|低于|快于|慢于|好于|优于|高出|超过|占|居|列|排|比|较|与|为|第一|领先|贡献)(?:了)?$"
)
_AFTER = re.compile(r"平均|同期|水平|的?(?:[0-9一二三四五六七八九十]|比重)")
_HEDGES = "(?:了|约|近|超|超过|逾|达)*"
_RISE = re.compile(
    r"^(?:以上|左右|以下)?的?(?:同比|年均|两位数|正|较快|快速|高速)*(?:增长|增速|增幅|涨幅|降幅|下降)(?![到至为])"
)
_OF_ALL = re.compile(r"占[^，。；、]{0,12}(?:的|近|约|超|超过)$")
_RATE = re.compile(rf"(?:{'|'.join(words('clause', 'rates'))})[^，。；、]{{0,6}}$")
_PART = re.compile(r"^(?:以上|左右|以下)?的(?![增涨降速税利年比水目高低超])")


def measure_of(quantity: Quantity, left: str, place: Place, period: Period) -> Measure:
    """The measure, told by the kind of number and the words before it."""
    if quantity.kind == "date":
        return "date"
    if quantity.kind == "ordinal" or quantity.text.startswith("前"):
        return "rank"  # 第三, 全球前1%
    if quantity.kind == "points":
        return "change"
    relative = quantity.unit in RELATIVE
    tail = fold(left)[-8:]
    # 对经济增长贡献率45% is a share.
    moves = max(last(tail, "clause", key) for key in ("growth", "decline", "better"))
    # 增速达到9.8% is a growth, though it says 达到.
    rate = _RATE.search(fold(left)) is not None
    moved = moves > (last(tail, "clause", "share") if quantity.unit in ("%", "‰") else -1)
    to = re.search(r"(?:到|至|达)$", left.rstrip())
    if quantity.unit == "番" or "翻" in quantity.text:
        return "growth"
    if relative and (rate or (moved and not to) or _RISE.match(fold(place.right))):
        return "growth"
    if _is_share(quantity, left, place):
        return "share"
    if moved and not to and has(fold(left), words("clause", "against_before")):
        return "change"  # 较上年增加2100人
    if quantity.kind == "amount" and _moved_by(left, place):
        return "change"  # 补助标准提高1200元
    if period.target:
        return "target"
    if quantity.kind == "amount" and counts(quantity.unit):
        return "count"
    return "level"


def _is_share(quantity: Quantity, left: str, place: Place) -> bool:
    """Whether the figure is a part of a whole: 占比12%, 将80%的资金, 占全国增量的1/4."""
    if quantity.kind == "ratio":
        return _OF_ALL.search(fold(left)) is not None
    if quantity.unit not in ("%", "‰"):
        return False
    whose = not left.strip(PUNCTUATION) or left.endswith(
        ("将", "把", "使", *words("clause", "scopes"))
    )
    return has(left, words("clause", "share")) or bool(whose and _PART.match(place.right))


def _moved_by(left: str, place: Place) -> bool:
    """Whether the figure is by how much something moved: 标准提高1200元, or 达到290天、增加19天; but not
    增加床位20张.
    """
    verb = _moves().search(fold(left))
    if verb is None:
        return False
    before = fold(left)[: verb.start()].strip(PUNCTUATION)
    if has(before, ("完成", "实施", "推进", "开展")):
        return False  # 完成林分优化提升200万亩 is as much as was done
    return not place.right.strip(PUNCTUATION)


@cache
def _moves() -> re.Pattern[str]:
    verbs = [w for key in ("growth", "decline") for w in words("clause", key) if len(w) > 1]
    return re.compile(rf"(?<![新净])(?:{'|'.join(verbs)}){_HEDGES}$")


def scope_of(left: str, quantity: Quantity, otherwise: str) -> str:
    """The body that a figure holds for; 高于全国 only holds the place against it."""
    found = [
        (m.start(), word)
        for word in words("clause", "scopes")
        for m in re.finditer(word, left)
        if quantity.kind == "ordinal"
        or not (_BESIDE.search(left[: m.start()]) or _AFTER.match(left, m.end()))
        if not _named().match(left, m.end())
    ]
    return max(found)[1] if found else otherwise


@cache
def _named() -> re.Pattern[str]:
    # 全国重点实验室 and 全国文明城市 are names
    return re.compile("|".join(words("clause", "national")))
