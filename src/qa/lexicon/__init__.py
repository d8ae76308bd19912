"""Data about the language: aliases, units, hedges, question words. Facts of Chinese, not of one report."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed table `<name>.toml` of this folder."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of the list `<name>.txt` of this folder, cut at white space; # begins a comment."""
    lines = files(__name__).joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if not line.startswith("#"))


@cache
def listed(name: str) -> frozenset[str]:
    """All words of the list `<name>.txt`."""
    return frozenset(word for row in rows(name) for word in row)


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """A list of words of a table, longest first, so that the longest match wins."""
    return tuple(sorted(set(table(name)[key]), key=lambda word: (-len(word), word)))


def without(text: str, name: str, *keys: str) -> str:
    """The text with the words of some lists of a table taken out, the longest first: 平均每年, not 均."""
    return _any_of(name, keys).sub("", text)


@cache
def _any_of(name: str, keys: tuple[str, ...]) -> re.Pattern[str]:
    listed = {word for key in keys for word in words(name, key)}
    return re.compile("|".join(map(re.escape, sorted(listed, key=lambda w: (-len(w), w)))))


def last(text: str, name: str, key: str) -> int:
    """Where the last word of a list of a table begins in a text, −1 where none does."""
    return max(text.rfind(word) for word in words(name, key))


@cache
def unit_families() -> dict[str, str]:
    """Unit → what its group of units counts: money, time, things and persons …"""
    return {u: group["about"] for group in table("units")["group"] for u in group["units"].split()}


@cache
def medals() -> dict[str, str]:
    """Unit → what it counts, where no other word says so."""
    return dict(table("units")["medals"])


RELATIVE = ("%", "‰", "倍")
"""Units that tell of another number: by how much, which part, how many times."""


def counts(unit: str) -> bool:
    """Whether the unit is a measure word of things or persons, and not a physical one."""
    return unit_families().get(unit, "").startswith("things")


@cache
def apart(unit: str, other: str) -> bool:
    """Whether two measure words count what is never the same: 户 and 人. 个 counts anything but
    what only names (三大攻坚战).
    """
    if "大" in (unit, other):
        return unit != other
    if "个" in (unit, other):
        return False
    rows = [row.split() for row in table("units")["apart"]]
    one, two = ({i for i, row in enumerate(rows) if word in row} for word in (unit, other))
    return one.isdisjoint(two) and bool(one | two)


@cache
def alike(unit: str, other: str) -> bool:
    """Whether two measure words can stand for each other in asking: 几家企业, 几户企业."""
    return any({unit, other} <= set(group.split()) for group in table("units")["alike"])
