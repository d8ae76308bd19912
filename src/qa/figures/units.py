"""What follows a numeral: hedge, scale, and unit, read from the table of units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from qa.lexicon import table
from qa.types import Kind

# 余热, 余额, 多元, 多式联运: not 余 and 多 of "more than"
_NOT_OVER = "[热额下生波粮震数杭姚干元样媒式维云层]"


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit. `spoken` and `bare` are explained in units.toml."""

    name: str
    kind: Kind
    spoken: bool
    bare: bool


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a numeral up to `stop`; `power` is the scale's power of ten."""

    stop: int
    power: int
    hedged: bool
    unit: Unit | None
    half: bool = False


def tail(text: str, start: int) -> Tail:
    """Scale, unit, and the hedges among them at `start`; an empty tail where there are none."""
    match = _tail().match(text, start)
    if match is None:  # not reached: every part of the pattern may be absent
        return Tail(start, 0, False, None)
    scale, printed = match["scale"], match["unit"]
    hedged = any(match[name] for name in ("hedge", "hedge2", "more"))
    unit = _unit(printed, match["per"]) if printed else None
    stop = match.end()
    if unit and unit.bare and text.startswith("级", stop) and not match["per"]:
        unit = Unit(unit.name + "级", "grade", unit.spoken, True)
        stop += 1
    power = table("units")["scale"][scale] if scale else 0
    return Tail(stop, power, hedged, unit, half=bool(printed) and "半" in printed)


def measure(text: str, start: int, key: str) -> str:
    """The measure word at `start` among those of the table's list `key`, else ''."""
    match = _list(key).match(text, start)
    return match.group() if match else ""


def _unit(printed: str, per: str | None) -> Unit:
    kind, spoken, bare = _units()[printed]
    alias = table("units")["alias"]
    name = alias.get(printed, printed)
    for part in re.split(r"[/每·]\ ?", per or "")[1:]:
        name += "/" + alias.get(part, part)
    # 元/吨 and 人次/平方公里 are amounts whatever is divided
    return Unit(name, kind, spoken, bare)


@cache
def _units() -> dict[str, tuple[Kind, bool, bool]]:
    return {
        word: (group.get("kind", "amount"), group.get("spoken", False), group.get("bare", False))
        for group in table("units")["group"]
        for word in group["units"].split()
    }


def _either(words: list[str] | dict[str, object]) -> str:
    """An alternation, longest first, in which no word is the beginning of another word."""
    follow = table("units")["follow"]
    branches = []
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        branch = re.escape(word)
        if word[-1].isascii() and word[-1].isalpha():
            branch += "(?![a-z0-9])"
        elif others := follow.get(word):
            branch += f"(?!{'|'.join(others)})"
        branches.append(branch)
    return "|".join(branches)


@cache
def _list(key: str) -> re.Pattern[str]:
    return re.compile(_either(table("units")[key]["units"].split()))


@cache
def _tail() -> re.Pattern[str]:
    scales = sorted(table("units")["scale"], key=lambda w: (-len(w), w))
    # 千 of 千瓦 and 百 of 百分点 belong to the unit
    not_before = {"千": "(?![瓦米克伏卡焦赫帕])", "百": "(?!分)"}
    scale = "|".join(s + not_before.get(s, "") for s in scales)
    unit = _either(list(_units()))
    per = _either(table("units")["per"]["units"].split())
    return re.compile(
        rf"""
        (?: \ {{0,2}}
            (?P<hedge> [余多来几] (?=\ ?(?:{scale}|{unit})) | 余 (?!{_NOT_OVER}) )
        )?
        (?: \ {{0,2}} (?P<scale> {scale} ) )?
        (?P<hedge2> [余多来] (?=\ ?(?:{unit})) | (?(scale) [余多] (?!{_NOT_OVER}) | (?!) ) )?
        (?: \ {{0,2}}
            (?P<unit> {unit} )
            (?P<per> (?: [/每·]\ ?(?:{per}) )+ )?
            (?P<more> (?<=[年倍月时亿]) 多 (?![元样次个种方家部项级地层渠点年月于媒式维云少]) )?
        )?
        """,
        re.VERBOSE,
    )
