"""The grammar: small rules, tried in order at each place where a figure may begin.

A rule takes the two readings of a text and a place, and returns what it found there or None.
The first that finds something wins, and reading goes on behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from qa.figures.amounts import free, quantity
from qa.figures.dates import date
from qa.figures.found import Found
from qa.figures.numerals import chinese, number, scaled
from qa.figures.reading import Source
from qa.figures.units import measure, tail

Rule = Callable[[Source, int], Found | None]

_HUNDREDTHS = re.compile(r"([百千万])分之")
_SLASH = re.compile(r"(?<![0-9/.\-])([1-9])/([1-9][0-9]?)(?![0-9/.a-z])")
_PROPORTION = re.compile(
    r"""
    ([0-9]{1,6}(?:\.[0-9]{1,6})?) \ ?[:∶]\ ?
    ([0-9]{1,6}(?:\.[0-9]{1,6})?) (\ ?[:∶]\ ?[0-9]{1,6}\.[0-9]{1,6})? (?![0-9:∶.])
    """,
    re.VERBOSE,
)
_DOUBLING = re.compile("翻了?")
_ROMAN = re.compile(r"劣?(?P<roman>[Ⅰ-Ⅻⅰ-ⅻ]|iii|ii|iv|i|vi|v)(?P<unit>[类级])")
_STARS = re.compile(r"([1-9])a(?:级|(?=景区|旅游|国家))|(a{2,5})级")
_MODEL = re.compile(r"([a-z])([0-9]{1,4})级")
_ASCII_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}

# what may follow an ordinal that has no measure word
_PLACE = re.compile(r"[\s，,。；;、：:（(）)！!？?\]】”’」』》\0的和与及以左]|$")
_RANKED = re.compile(r"[^\n。；！？，,;（(]$")
# 目前10个 and 今后5位 are no 前10个 and no 后5位
_NOT_LEADING = {
    "前": "此目提当日年以之先从会赛餐产眼跟支面史生空",
    "后": "今最先以此之其然随落背灾士战产售术病疫婚会课",
}
_SEVERAL = re.compile(
    r"""
    (?: (?<![总人指位次户系多少无倍参读个件级单岁车额分函基天年月套])数
      | (?<![十百千])(?:好几|几)
      | (?P<over> (?<![以之网线路向史海地晚早马迈跃登站])上 )
    )
    (?P<scale> [十百千万亿]{1,3} )
    """,
    re.VERBOSE,
)
# what may follow a number without a unit, and the words before it that make it a level
_AFTER_LEVEL = re.compile(r"[，,。；;、）)\s]|$|[以左]|[降升增减提扩缩到至上下]")
_LEVEL = re.compile(r"(?:由|从|至|到|达|为|超过?|[低高]于|突破|约|近|[比率数值])$")
_REACHED = re.compile(r"(?:[降升增减提高少大小]至|到|达|超过|突破|[低高]于)$")
_MOVING = re.compile(r"[增升提扩缩下降减上]")
_PURE = re.compile(r"比|指数|系数|倍率")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def hundredths(source: Source, start: int) -> Found | None:
    """百分之五点六, 千分之三"""
    match = _HUNDREDTHS.match(source.masked, start)
    found = number(source.masked, match.end()) if match else None
    if match is None or found is None:
        return None
    unit = {"百": "%", "千": "‰", "万": "‱"}[match[1]]
    return Found(found.stop, "percent", found.value, unit, found.high)


def fraction(source: Source, start: int) -> Found | None:
    """三分之一, 1/3"""
    text = source.masked
    if match := _SLASH.match(text, start):
        part, whole = Decimal(match[1]), Decimal(match[2])
        return Found(match.end(), "ratio", part / whole, "") if part < whole else None
    below = number(text, start)
    if below is None or below.style == "scale" or not below.value:
        return None
    above = number(text, below.stop + 2) if text.startswith("分之", below.stop) else None
    if above is None:
        return None
    return Found(above.stop, "ratio", above.value / below.value, "")


def proportion(source: Source, start: int) -> Found | None:
    """2.2:1, 8.3∶41.4∶50.3; the value is the first by the second"""
    match = _PROPORTION.match(source.masked, start)
    if not match or not Decimal(match[2]):
        return None
    if not match[3] and not re.search("[比例]", source.plain[max(0, start - 8) : start]):
        return None
    return Found(match.end(), "ratio", Decimal(match[1]) / Decimal(match[2]), "")


def doubling(source: Source, start: int) -> Found | None:
    """翻一番, 翻了两番; the value counts the doublings"""
    match = _DOUBLING.match(source.masked, start)
    found = number(source.masked, match.end()) if match else None
    if found is None or not source.masked.startswith("番", found.stop):
        return None
    return Found(found.stop + 1, "ratio", found.value, "番")


def half(source: Source, start: int) -> Found | None:
    """半数, 一半"""
    if source.masked.startswith(("半数", "一半"), start):
        return Found(start + 2, "ratio", Decimal("0.5"), "")
    return None


def grade(source: Source, start: int) -> Found | None:
    """Ⅲ类, 劣Ⅴ类, 5A级, T800级"""
    text, before = source.masked, source.plain[max(0, start - 1) : start]
    if before.isascii() and before.isalnum():
        return None
    if match := _ROMAN.match(text, start):
        roman = match["roman"]
        value = _ASCII_ROMAN.get(roman) or ord(roman.upper()) - ord("Ⅰ") + 1
        return Found(match.end(), "grade", Decimal(value), match["unit"])
    if match := _STARS.match(text, start):
        value = int(match[1]) if match[1] else len(match[2])
        return Found(match.end(), "grade", Decimal(value), "A级")
    if match := _MODEL.match(text, start):
        return Found(match.end(), "grade", Decimal(match[2]), f"{match[1].upper()}级")
    return None


def ordinal(source: Source, start: int) -> Found | None:
    """第七批, 第3位, 全国第八"""
    text = source.masked
    found = number(text, start + 1) if text.startswith("第", start) else None
    if found is None or found.style == "scale":
        return None
    unit = measure(text, found.stop, "rank")
    # 第一，要… counts the speaker's arguments.
    ranked = _PLACE.match(text, found.stop) and _RANKED.search(source.plain[:start][-1:])
    if not unit and not ranked:
        return None
    return Found(found.stop + len(unit), "ordinal", found.value, unit, found.high)


def leading(source: Source, start: int) -> Found | None:
    """前两轮, 前10位, 全国前三, 后十位; 前11个月 is a date"""
    text, side = source.masked, source.masked[start]
    if side not in _NOT_LEADING or (start and source.plain[start - 1] in _NOT_LEADING[side]):
        return None
    found = number(text, start + 1)
    if found is None or found.style == "scale" or found.word == "一":
        return None
    if side == "前" and text.startswith("个月", found.stop):
        return Found(found.stop + 2, "date", found.value, "个月")
    if text.startswith(("%", "‰", "‱"), found.stop):
        return Found(found.stop + 1, "percent", found.value, text[found.stop])
    unit = measure(text, found.stop, "rank")
    if unit in ("年", "天") or (side == "后" and unit not in ("位", "名")):
        return None
    if not unit and not _PLACE.match(text, found.stop):
        return None
    return Found(found.stop + len(unit), "ordinal", found.value, unit, found.high)


def first(source: Source, start: int) -> Found | None:
    """首个, 首批, 居全国首位"""
    if source.masked[start] != "首" or (start and source.plain[start - 1] in "元部榜匕岁魁自"):
        return None
    unit = measure(source.masked, start + 1, "first")
    return Found(start + 1 + len(unit), "ordinal", Decimal(1), unit) if unit else None


def several(source: Source, start: int) -> Found | None:
    """数十, 几百家, 上千家: at least one of the scale"""
    match = _SEVERAL.match(source.masked, start)
    base = chinese(match["scale"]) if match else None
    if match is None or base is None:
        return None
    end = tail(source.masked, match.end())
    value = scaled(base[0], end.power)
    if end.unit is None:
        return None if match["over"] else Found(end.stop, "amount", value, "")
    return Found(end.stop, end.unit.kind, value, end.unit.name)


def level(source: Source, start: int) -> Found | None:
    """收入比降至2.2, 由3.27缩小至2.93: a number without a unit, told by the verb before it"""
    text = source.masked
    found = number(text, start)
    if found is None or found.style != "digits" or not free(source, start, None):
        return None
    before = source.plain[max(0, start - 24) : start]
    if not _LEVEL.search(before) or not _AFTER_LEVEL.match(text, found.stop):
        return None
    if "." in found.word:
        # 升级到2.0 is a version, a ratio of 2.0 is not.
        pure = not found.word.endswith(".0") or _PURE.search(before)
        return Found(found.stop, "ratio", found.value, "") if pure else None
    moving = before.endswith(("由", "从")) and _MOVING.match(text, found.stop)
    if not (moving or _REACHED.search(before)) or _YEAR.fullmatch(found.word):
        return None
    return Found(found.stop, "amount", found.value, "")


RULES: tuple[Rule, ...] = (
    date,
    hundredths,
    fraction,
    proportion,
    doubling,
    half,
    grade,
    ordinal,
    leading,
    first,
    several,
    quantity,
    level,
)

# Where any rule may begin.
TRIGGER = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两第前后首半数几好上翻劣Ⅰ-Ⅻⅰ-ⅻa-z]")
