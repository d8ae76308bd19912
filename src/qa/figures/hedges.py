"""The qualifier: words around a number that belong to its truth."""

from __future__ import annotations

import re
from functools import cache

from qa.lexicon import table

_NEAR = 24  # characters in which hedges pile up directly before a number
_CLAUSE = 60
_ASKED = re.compile(r"\(\?[^)]*\)")
_BREAK = re.compile(r"[，。；;：:！？!?\n]|,(?![0-9])")


def qualifier(plain: str, start: int, stop: int, unit: str) -> str:
    """The hedges of the number at start..stop as printed, those before it first."""
    clause = plain[max(0, start - _CLAUSE) : start]
    for match in _BREAK.finditer(clause):
        clause = plain[max(0, start - _CLAUSE) + match.end() : start]
    near = _before().search(clause, max(0, len(clause) - _NEAR))
    direct = _hedge().findall(near.group()) if near else []
    if direct and direct[-1] == "近" and unit in table("hedges")["no_near"].split():
        direct = direct[:-1]
    # 近五年 ends there; what stands before the direct hedges still rules the clause
    scene = clause[: near.start()] if near else clause
    softened = _clause().findall(scene)
    behind = _behind().match(plain, stop)
    words = [*softened[-1:], *direct, *([behind.group().strip()] if behind else [])]
    return "".join(dict.fromkeys(words))


def phrase(text: str, qualifier: str) -> str:
    """A figure with its qualifier in reading order: ("730亿斤", "力争以上") is 力争730亿斤以上."""
    behind = re.search(f"(?:{_either('behind')})$", qualifier)
    if behind is None:
        return qualifier + text
    return qualifier[: behind.start()] + text + behind.group()


def _either(key: str) -> str:
    # longest word first; what is asked of its neighbours is no part of the word
    return "|".join(sorted(table("hedges")[key], key=lambda w: (-len(_ASKED.sub("", w)), w)))


@cache
def _hedge() -> re.Pattern[str]:
    return re.compile(f"(?:{_either('before')})")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_either('before')})(?:{_either('between')}|了|\s)*){{1,4}}$")


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(_either("clause"))


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"\ ?(?:{_either('behind')})")
