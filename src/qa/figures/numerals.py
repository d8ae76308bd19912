"""Numerals: digits with their groups, and Chinese numerals, read as exact decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

_EXACT = Context(prec=80)
_LONGEST = 40  # digits; what is longer is a code

_ARABIC = re.compile(
    r"""
    (?: [0-9]{1,3}(?:,[0-9]{3})+(?![0-9])       # 12,345
      | [0-9]{1,3}(?:\ [0-9]{3})+(?![0-9%年])    # 1 234
      | [0-9]+
    )
    (?:\.[0-9]+)?
    """,
    re.VERBOSE,
)
# 1万6千, 3千5百: each scale a tenth of the one before.
_MIXED = re.compile(
    r"([1-9][0-9]{0,3})(?:万(?=[1-9]千)|千(?=[1-9]百)|亿(?=[1-9]千万))([1-9])(?=[百千])"
)
_CHINESE = re.compile(r"[〇零一二三四五六七八九十百千万亿两]+(?:点[〇零一二三四五六七八九]+)?")
_SECTION = re.compile(
    r"""
    (?:(?P<q>[一二三四五六七八九两])千)?
    (?:零?(?P<b>[一二三四五六七八九两])百)?
    (?:零?(?P<s>[一二三四五六七八九])?(?P<ten>十))?
    (?:[零〇]?(?P<g>[一二三四五六七八九两]))?
    """,
    re.VERBOSE,
)
# two or three, seventeen or eighteen, twenty or thirty
_ABOUT = re.compile(r"(十?)([一二三四五六七八两])([二三四五六七八九])([十百千万亿]{0,2})")
_SHORT = re.compile(r"(.*([百千万亿]))([一二三四五六七八九])")


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral at its place. `style`: digits, chinese, or scale (千亿: no digit at all)."""

    stop: int
    value: Decimal
    high: Decimal | None
    style: str
    word: str


def scaled(value: Decimal, power: int) -> Decimal:
    """value × 10**power, exact, written without an exponent where it is whole."""
    product = _EXACT.multiply(value, Decimal(10**power))
    return Decimal(int(product)) if power and product == int(product) else product


def skip(text: str, start: int) -> int:
    """Where the run of numerals at `start` ends, whether it is a number or not."""
    match = _ARABIC.match(text, start) or _CHINESE.match(text, start)
    return match.end() if match else start + 1


def number(text: str, start: int) -> Number | None:
    """The numeral that begins at `start`, if one does."""
    if match := _ARABIC.match(text, start):
        word = match.group()
        if len(word) > _LONGEST:
            return None
        value = Decimal(word.replace(",", "").replace(" ", ""))
        if mixed := _MIXED.match(text, start):
            # 1万6千多户: read up to its last digit, in the scale that follows that.
            whole = Decimal(mixed[1]) * 10 + Decimal(mixed[2])
            return Number(mixed.end(), whole, None, "digits", mixed[0])
        return Number(match.end(), value, None, "digits", word)
    match = _CHINESE.match(text, start)
    if not match or match.end() - start > _LONGEST:
        return None
    word = match.group()
    # 五百千瓦: the last 千 belongs to the unit.
    if len(word) > 1 and word[-1] == "千" and text[match.end() : match.end() + 1] in _AFTER_KILO:
        word = word[:-1]
    read = chinese(word)
    if read is None:
        return None
    style = "chinese" if any(c in DIGITS for c in word) or word == "十" else "scale"
    return Number(start + len(word), read[0], read[1], style, word)


_AFTER_KILO = frozenset("瓦米克伏卡焦")


def chinese(word: str) -> tuple[Decimal, Decimal | None] | None:
    """The value of a Chinese numeral, or both ends of 三四 and 二三十; None for 十五五."""
    whole, _, part = word.partition("点")
    if match := _ABOUT.fullmatch(whole):
        low, high = DIGITS[match[2]], DIGITS[match[3]]
        if high != low + 1 and whole != "三五":
            return None
        base, power = (10, 0) if match[1] else (0, sum(POWERS[c] for c in match[4]))
        return scaled(Decimal(base + low), power), scaled(Decimal(base + high), power)
    if match := _SHORT.fullmatch(whole):
        head = _whole(match[1])
        tail = DIGITS[match[3]] * _TIMES[match[2]] // 10
        value = None if head is None else head + tail
    else:
        value = _whole(whole)
    if value is None:
        return None
    digits = "".join(str(DIGITS[c]) for c in part)
    return (Decimal(f"{value}.{digits}") if digits else Decimal(value)), None


def year(word: str) -> int | None:
    """A year written figure by figure: 二〇二五."""
    return int("".join(str(DIGITS[c]) for c in word)) if all(c in DIGITS for c in word) else None


def _whole(word: str) -> int | None:
    for mark in "亿万":
        head, found, tail = word.rpartition(mark)
        if found:
            left = _whole(head) if head else 1
            if tail and tail[0] in "百千万亿":
                return None
            right = _whole(tail) if tail else 0
            return None if left is None or right is None else left * _TIMES[mark] + right
    return _section(word)


def _section(word: str) -> int | None:
    if word in ("百", "千"):
        return _TIMES[word]
    match = _SECTION.fullmatch(word)
    if not match or not any(match.groups()):
        return None
    tens = DIGITS[match["s"]] if match["s"] else 1
    return (
        1000 * DIGITS.get(match["q"], 0)
        + 100 * DIGITS.get(match["b"], 0)
        + (10 * tens if match["ten"] else 0)
        + DIGITS.get(match["g"], 0)
    )
