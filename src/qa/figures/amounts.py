"""The rule for numbers with a unit: 421.17亿元, 900余套, 3至5个, 两成, 46万."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from qa.figures.found import Found
from qa.figures.numerals import DIGITS, Number, number, scaled
from qa.figures.reading import Source
from qa.figures.units import Tail, Unit, measure, tail
from qa.lexicon import table

_PERCENT = Unit("%", "percent", True, False)
_TENTHS = re.compile(r"成([一二三四五六七八九])?(?![0-9个多])")
_RANGE = re.compile(r"\ ?(?:[-–—―~～]{1,2}|至|到)\ ?")
_LIST = re.compile(r"\ ?(?:[、,，和与及]|以及)\ ?")
_LIST_LENGTH = 8
_MILLIONS = re.compile(r"[一二三四五六七八九十两][一二三四五六七八九十百千]*[万亿]+")
_END = re.compile(r"[，,。；;、！\s大级]|$")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A numeral with its tail."""

    number: Number
    tail: Tail

    @property
    def stop(self) -> int:
        return self.tail.stop

    @property
    def unit(self) -> Unit | None:
        return self.tail.unit

    @property
    def naked(self) -> bool:
        return not (self.tail.unit or self.tail.power or self.tail.hedged)

    def value(self, power: int | None = None) -> Decimal:
        """Scale and half multiplied out; `power` is a scale that a range or a list lends."""
        half = Decimal("0.5") if self.tail.half else Decimal(0)
        return scaled(self.number.value + half, self.tail.power if power is None else power)

    def high(self) -> Decimal | None:
        high = self.number.high
        return None if high is None else scaled(high, self.tail.power)


def quantity(source: Source, start: int) -> Found | None:
    """421.17亿元, 三千二百万元, 900余套, 3至5个, 4.5%—5%, 两成, 46万"""
    text = source.masked
    left = _read(text, start)
    if left is None or not free(source, start, left.unit):
        return None
    right = _upper_end(source, start, left)
    if right is not None:
        # 3—5万元 begins at 3万元, 5000—2万元 at 5000元.
        for power in (left.tail.power or right.tail.power, left.tail.power):
            if right.value() > (value := left.value(power)):
                return _found(right.stop, right.unit, value, right.value())
    shared = _shared(text, start, left)
    if shared is not None:
        unit, power = shared
        return _found(left.stop, unit, left.value(power), None)
    if not _counts(source, start, left):
        return None
    return _found(left.stop, left.unit, left.value(), left.high())


def free(source: Source, start: int, unit: Unit | None) -> bool:
    """Whether the numeral at `start` is not the rest of an ordinal or of a code (T1000, C-919)."""
    before = source.plain[max(0, start - 3) : start]
    last, last_but_one = before[-1:], before[-2:-1]
    if last == "第":
        return False
    if not source.masked[start : start + 1].isascii():
        return True
    if last and last in "0123456789/_#№":
        return False
    if last == "-":
        return not _latin(last_but_one)
    if _latin(last):
        # APP15个 counts, L4级 and PM10 don't.
        return unit is not None and (
            unit.kind in ("percent", "points") or (unit.kind == "amount" and _latin(last_but_one))
        )
    return True


def _read(text: str, start: int) -> _Amount | None:
    found = number(text, start)
    if found is None:
        return None
    if measure(text, found.stop, "tenth"):
        match = _TENTHS.match(text, found.stop)
        half = Decimal(DIGITS[match[1]]) / 10 if match and match[1] else Decimal(0)
        stop = match.end() if match else found.stop + 1
        whole = Number(found.stop, found.value + half, found.high, found.style, found.word)
        return _Amount(whole, Tail(stop, 1, False, _PERCENT))
    return _Amount(found, tail(text, found.stop))


def _found(stop: int, unit: Unit | None, value: Decimal, high: Decimal | None) -> Found:
    return Found(stop, unit.kind if unit else "amount", value, unit.name if unit else "", high)


def _counts(source: Source, start: int, found: _Amount) -> bool:
    """Whether a numeral with this tail says how many, rather than being part of a word."""
    unit, word, power = found.unit, found.number.word, found.tail.power
    if found.number.style == "digits":
        return not found.naked and not (unit and unit.name == "大" and len(word) > 2)
    if found.number.style == "scale":
        return _bare_scale(source, start, found)
    if found.number.value == 0:
        return False
    if unit is None:
        return bool(_MILLIONS.fullmatch(word)) or (not found.naked and (power > 0 or word != "一"))
    if word in ("一", "二") and not power:
        # 一个, 一条 are articles rather than counts, and 上一级 is a direction.
        direction = source.plain[max(0, start - 1) : start] in ("上", "下", "进", "新", "这", "每")
        return found.tail.half or (unit.name in ("倍", "%", "级") and not direction)
    if len(word) == 1 and not power:
        return unit.spoken
    return unit.name not in ("期", "代") or power > 0


def _bare_scale(source: Source, start: int, found: _Amount) -> bool:
    """千亿元, 万吨级, 近百家, 突破千亿; but not 百姓 and not 每万人."""
    unit, power = found.unit, len(str(int(found.value()))) - 1
    if source.plain[max(0, start - 1) : start] in ("每", "成"):
        return False
    if found.tail.hedged and (unit or power >= 2):
        return True
    if _before_scale().search(source.plain, max(0, start - 6), start):
        return unit is not None or bool(_END.match(source.masked, found.stop))
    if unit is None:
        return power >= 6 and bool(_steps().match(source.masked, found.stop))
    if unit.kind == "grade":
        return power >= (6 if unit.name == "级" else 3)
    return unit.bare and power >= 6


def _upper_end(source: Source, start: int, left: _Amount) -> _Amount | None:
    """The upper end of a range that `left` begins; 由689万户到951万户 is a change, not a range."""
    between = _RANGE.match(source.masked, left.stop)
    if between is None:
        return None
    moved = source.plain[max(0, start - 1) : start] in ("由", "从")
    if moved and between.group().strip() in ("至", "到"):
        return None
    right = _read(source.masked, between.end())
    if right is None or right.naked or right.number.style == "scale":
        return None
    if not _counts(source, between.end(), right):
        return None
    if left.unit is None:
        return None if left.tail.hedged else right
    return right if right.unit and left.unit.name == right.unit.name else None


def _shared(text: str, start: int, left: _Amount) -> tuple[Unit, int] | None:
    """Unit and scale that a list lends its earlier members: 5.2、3.6个百分点, 3.4个、1个百分点."""
    half_said = left.unit is not None and left.unit.name == "个"
    if left.number.style != "digits" or not (left.naked or half_said):
        return None
    if start == 0 or text[start - 1] in "\n（(":  # the number of a heading
        return None
    stop = left.stop
    for _ in range(_LIST_LENGTH):
        link = _LIST.match(text, stop)
        member = _read(text, link.end()) if link else None
        if member is None or member.number.style != "digits":
            return None
        unit = member.unit
        if unit and (unit.kind == "points" or (left.naked and unit.name != "个")):
            return unit, member.tail.power
        if unit and unit.name != "个":
            return None
        if not unit and not member.naked:
            return None
        stop = member.stop
    return None


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


@cache
def _before_scale() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(table('hedges')['bare'])})$")


@cache
def _steps() -> re.Pattern[str]:
    return re.compile("|".join(table("hedges")["steps"]))
