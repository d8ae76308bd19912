"""Mending a question's characters: traditional ones, and wrong ones that sound like the report's.

Nothing here makes a question longer or shorter.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise, product
from typing import TYPE_CHECKING

import numpy as np

from qa import lexicon
from qa.encode import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from qa.index import Index

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_LONGEST = 8
_TIED = 0.5
"""In what share of its places the rarer of two characters must stand with the other: one word."""


def to_simplified(text: str) -> str:
    """Traditional characters made simplified, one for one; simplified text comes back as it is."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        # Only here: GB 2312 has simplified characters alone, and most questions nothing else.
        from opencc import OpenCC

        converter = OpenCC("t2s")
        simplified = str(converter.convert(text))
        if len(simplified) == len(text):
            return simplified
        return "".join(c if len(s := converter.convert(c)) != 1 else s for c in text)
    return text


def respell(query: str, index: Index, kept: Sequence[str] = ()) -> str:
    """Replace characters that are out of place by ones of the same sound (tones aside).

    宁境小曲复盖律 becomes 宁静小区覆盖率 where the index speaks of that and of nothing else that
    sounds so. Out of place is what meets its neighbour neither in the index nor in the language
    at large: what the reports don't have (门票, 高铁) doesn't turn into what they have. The words
    `kept` are left as they are.
    """
    chars = list(query)
    masked = query
    for word in kept:
        masked = masked.replace(word, "\0" * len(word))
    for match in _CHINESE.finditer(masked):
        chars[match.start() : match.end()] = _respell_run(match[0], index)
    return "".join(chars)


def _respell_run(run: str, index: Index) -> str:
    if not any(_strange(run, index)):
        return run
    run = _named(run, index)
    free = _free(run, index)
    found = [
        (start, stretch)
        for start in range(len(run) - 1)
        if any(free[start : start + _LONGEST])
        for stretch in _stretches(run, start, free, index)
    ]
    for start, stretch in sorted(found, key=lambda pair: -len(pair[1])):
        stop = start + len(stretch)
        if _mends(run, start, stretch, index):
            run = run[:start] + stretch + run[stop:]
    return run


def _named(run: str, index: Index) -> str:
    """The run with names that the reports have in place of what sounds the same from end to end and
    has half of their characters: 高薪技术其业 is 高新技术企业, though 高薪 and 技术 are words.
    """
    strange = _strange(run, index)
    for length in range(min(_LONGEST, len(run)), 2, -1):
        for start in range(len(run) - length + 1):
            if not any(strange[start : start + length - 1]):
                continue
            name = _sounding(run[start : start + length], index)
            if name and _may_change(run, start, name):
                run = run[:start] + name + run[start + length :]
    return run


def _sounding(said: str, index: Index) -> str:
    """The name that the reports have and that sounds as what was said, "" if there is none."""
    text = index.lexical.text
    starts = product(_sounds(said[0]), _sounds(said[1]))
    names = chain.from_iterable(_names().get((len(said), *two), ()) for two in starts)
    for name in dict.fromkeys(names):
        same = sum(map(str.__eq__, said, name))
        alike = all(_sounds(a) & _sounds(b) for a, b in zip(said, name, strict=True))
        if len(said) > same >= len(said) / 2 and alike and name in text and said not in text:
            return name
    return ""


def _may_change(run: str, start: int, name: str) -> bool:
    """Whether no character that would change is grammar (几家养老院), nor, of a short name, one that
    makes a word with its neighbour (榨季全国 is no 居全国).
    """
    changed = [start + i for i, char in enumerate(name) if run[start + i] != char]
    if any(run[i] in lexicon.table("respell")["kept"] for i in changed):
        return False
    if len(name) > 3:
        return True
    inside = _in_word(run)
    return not any(inside[i] for i in changed)


def _in_word(run: str) -> list[bool]:
    """Which characters are part of a word of two characters or more."""
    inside, at = [False] * len(run), 0
    for word in words(run):
        found = run.find(word, at)
        if found >= 0:
            at = found + len(word)
            inside[found:at] = [len(word) > 1] * len(word)
    return inside


@cache
def _names() -> dict[tuple[int, str, str], tuple[str, ...]]:
    """The lexicon's printed names of three characters and more, by length and the first two sounds."""
    indicators = lexicon.table("aliases")["indicator"]
    listed = {name for entry in indicators for name in (entry["name"], *entry["aliases"])}
    listed |= {row[0] for row in lexicon.rows("colloquial")} | _asking()
    found: dict[tuple[int, str, str], tuple[str, ...]] = {}
    for name in sorted(listed):
        if 2 < len(name) <= _LONGEST and _CHINESE.fullmatch(name):
            for one, other in product(_sounds(name[0]), _sounds(name[1])):
                key = (len(name), one, other)
                found[key] = (*found.get(key, ()), name)
    return found


def _sounds(char: str) -> frozenset[str]:
    """The syllables that a character is read as, each by the characters that are read so."""
    return frozenset(_groups().get(char, ()))


def _free(run: str, index: Index) -> list[bool]:
    """Which characters may change: those beside a strange pair that neither are grammar nor make
    a word with a neighbour."""
    strange = [False, *_strange(run, index), False]
    if not any(strange):
        return strange[1:]
    kept = lexicon.table("respell")["kept"]
    return [
        (left or right) and char not in kept and not inside
        for char, (left, right), inside in zip(run, pairwise(strange), _in_word(run), strict=True)
    ]


def _stretches(run: str, start: int, free: list[bool], index: Index) -> Iterator[str]:
    """What the reports have that sounds like run[start:…] where that may change: for each length
    the only one, if there is only one."""
    lexical = index.lexical
    choices = [
        _alike(char, index) if may else (char,)
        for char, may in zip(run[start:], free[start : start + _LONGEST], strict=False)
    ]
    stretches = list(choices[0])
    for i, others in enumerate(choices[1:], start + 2):
        longer = [s + char for s in stretches for char in others if lexical.has(s[-1] + char)]
        # Two characters are a pair of the index; only more must be looked for in its text.
        stretches = [s for s in longer if len(s) == 2 or s in lexical.text]
        asking = [s for s in stretches if s in _asking()]
        if len(found := asking or stretches) == 1 and found[0] != run[start:i]:
            yield found[0]


def _mends(run: str, start: int, stretch: str, index: Index) -> bool:
    """Whether the stretch in its place makes the run less strange, and reads as a word."""
    stop = start + len(stretch)
    changed = [i for i in range(start, stop) if run[i] != stretch[i - start]]
    before = _strange(run, index)
    gain = sum(before) - sum(_strange(run[:start] + stretch + run[stop:], index))
    alone = all(all(before[max(i - 1, 0) : i + 1]) for i in changed)
    # 增素是多少: a word of asking is meant though the wrong character may go with the next one.
    alone = alone or stretch in _asking()
    if gain < 1 or (gain < 2 and not alone) or len(changed) == len(stretch):
        return False
    text = index.lexical.text
    return (
        len(stretch) > 2
        or words(stretch) == [stretch]
        or text.count(stretch) >= _TIED * min(map(text.count, stretch))
    )


@cache
def _asking() -> frozenset[str]:
    """Words by which questions ask for a change or a share."""
    keys = ("growth", "decline", "share", "rate", "percent")
    return frozenset(word for key in keys for word in lexicon.words("asking", key))


def _strange(run: str, index: Index) -> list[bool]:
    """For each pair of neighbours whether they meet neither in the index nor in the language."""
    return [not index.lexical.has(pair) and not _in_language(pair) for pair in _pairs(run)]


def _pairs(run: str) -> list[str]:
    return list(map("".join, pairwise(run)))


def _in_language(pair: str) -> bool:
    """Whether Chinese is known to write the pair; characters beyond GB 2312 are left in peace."""
    try:
        code = int.from_bytes(pair.encode("gb2312"))
    except UnicodeEncodeError:
        return True
    known = _language()
    at = int(np.searchsorted(known, np.uint32(code)))
    return at < len(known) and int(known[at]) == code


@cache
def _language() -> NDArray[np.uint32]:
    """The pairs that `qa.training.bigrams` counted, sorted."""
    return unpack((files(lexicon) / "bigrams.bin").read_bytes())


def unpack(packed: bytes) -> NDArray[np.uint32]:
    """The sorted numbers that `qa.training.bigrams.pack` packed."""
    steps = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(4, -1).T.copy()
    return steps.view("<u4").ravel().cumsum(dtype=np.uint32)


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for group in lexicon.table("sounds")["syllables"].values():
        for char in group:
            groups[char] = (*groups.get(char, ()), group)
    return groups


def _alike(char: str, index: Index) -> tuple[str, ...]:
    """The character and those of its sound that the reports use."""
    others = dict.fromkeys(chain((char,), *_groups().get(char, ())))
    return tuple(other for other in others if other in index.lexical.chars)
