"""How the grammar reads a text: folded, and with names and idioms covered up.

Both readings have the text's own length, so that an offset means the same in all three.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from qa.lexicon import table
from qa.text import fold

COVER = "\0"

_NUMERAL = "〇零一二三四五六七八九十百千万亿两"
# Folding makes digits of ² and ①, letters of Ⅴ, and of a full-width comma the mark of thousands.
_AS_PRINTED = re.compile(
    r"""
    [\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u24ea\u2160-\u217f]
  | (?<![０-９])，
  | ，(?![０-９])
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(r"[“‘「『\"][^“”‘’「」『』\"，。；\n]{1,14}[”’」』\"]")
# In a short quotation three of something is a name (“三个集中”); 六大 says how many there are.
_SLOGAN = re.compile(rf"(?<![{_NUMERAL}第])[一二三四五六七八九十两](?=[个条张场块位级区家次道])")


@dataclass(frozen=True, slots=True)
class Source:
    """`plain` is folded; in `masked` what is no figure is covered with NUL characters."""

    plain: str
    masked: str


def read(text: str) -> Source:
    """The two readings of a text."""
    plain = fold(text)
    if not text.isascii():
        plain = _patch(plain, [(m.start(), m.end(), m.group()) for m in _AS_PRINTED.finditer(text)])
    covers = [(m.start(), m.end(), COVER * len(m.group())) for m in _words().finditer(plain)]
    masked = _patch(plain, covers)
    shaped = [(m.start(), m.end(), COVER * len(m.group())) for m in _shapes().finditer(masked)]
    shaped += [
        (slogan.start(), slogan.end(), COVER)
        for quoted in _QUOTED.finditer(masked)
        for slogan in _SLOGAN.finditer(masked, quoted.start(), quoted.end())
    ]
    return Source(plain, _patch(masked, shaped))


def _patch(text: str, changes: list[tuple[int, int, str]]) -> str:
    if not changes:
        return text
    chars = list(text)
    for start, stop, new in changes:
        chars[start:stop] = new
    return "".join(chars)


@cache
def _words() -> re.Pattern[str]:
    by_first: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(table("not_figures")["words"].split()), key=lambda w: (-len(w), w)):
        by_first[word[0]].append(word[1:])
    branches = []
    for first, rests in by_first.items():
        # 十二元 holds 二元 and 一百年 holds 百年: a word that begins with a numeral begins there.
        guard = f"(?<![{_NUMERAL}0-9])" if first in _NUMERAL else ""
        branches.append(f"{guard}{first}(?:{'|'.join(map(re.escape, rests))})")
    return re.compile("|".join(branches))


@cache
def _shapes() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in table("not_figures")["patterns"]), re.VERBOSE)
