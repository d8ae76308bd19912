"""A lexicon of the user's own: indicators and groups of words, added to the project's.

```toml
groups = [["驿站", "歇脚点"]]    # words that mean the same

[[indicator]]
name = "一般公共预算收入"        # as reports print it
aliases = ["地方财力"]           # english, units, excludes: as in aliases.toml
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qa.lexicon import table, unit_families
from qa.types import QaError

Entry = Mapping[str, Any]
"""An indicator as aliases.toml has it."""
Problem = tuple[str, str]
"""What is wrong and what to do, in Chinese and in English."""

_LISTS = ("aliases", "english", "units", "excludes")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What the user adds to the project's lexicon: whole entries, and groups of words.

    A question is read by one lexicon, and what it asks (`Ask`, `Term`) carries that along to where a
    report's words are held against it. No global says which lexicon is in force, so that bots with
    different ones answer side by side, in any number of threads. Lexicons are equal only to
    themselves: by that the caches of names and terms keep them apart.
    """

    indicators: tuple[Entry, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words that the user may ask with, longest first."""
        names = (word for entry in self.indicators for word in (entry["name"], *entry["aliases"]))
        found = {*names, *(word for group in self.groups for word in group)}
        return tuple(sorted(found, key=lambda word: (-len(word), word)))


PROJECT = Lexicon()
"""The project's lexicon with nothing added."""


def read_lexicon(path: str | Path) -> Lexicon:
    """The lexicon in a TOML file. QaError where it is broken.

    An indicator that the project knows, by any of its names, gets the new words in addition; so it
    does where a group holds one of its names. An alias is then the user's before the project's.
    """
    path = Path(path)
    data = _data(path)
    for chinese, english in _problems(data):
        raise QaError(f"词典 {path}：{chinese}\nThe lexicon {path}: {english}")
    own: dict[str, Entry] = {}
    groups: list[tuple[str, ...]] = []
    for entry in data.get("indicator", ()):
        _add(own, entry["name"], entry)
    mine = {word: name for name, entry in own.items() for word in (name, *entry["aliases"])}
    for group in data.get("groups", ()):
        named = [word for word in group if word in mine or word.lower() in _known()]
        if named:
            _add(own, mine.get(named[0], named[0]), {"aliases": group})
        else:
            groups.append(tuple(group))
    return Lexicon(tuple(own.values()), tuple(groups))


def _add(own: dict[str, Entry], name: str, entry: Entry) -> None:
    """Add the entry's words to the indicator of that name, the user's or the project's."""
    known = _known().get(name.lower(), {"name": name})
    held = own.get(known["name"], known)
    lists = {key: [*entry.get(key, ()), *held.get(key, ())] for key in _LISTS}
    own[known["name"]] = {"name": known["name"], **lists}


@cache
def _known() -> Mapping[str, Entry]:
    """Official name or alias → the project's entry; an official name is its own entry's."""
    entries = table("aliases")["indicator"]
    aliases = {alias.lower(): entry for entry in reversed(entries) for alias in entry["aliases"]}
    return aliases | {entry["name"].lower(): entry for entry in entries}


def _data(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise QaError(
            f"读不了词典 {path}（{error.strerror}），请检查路径\n"
            f"The lexicon {path} can't be read ({error.strerror}): check the path"
        ) from error
    except ValueError as error:  # no UTF-8, or no TOML
        raise QaError(
            f"词典 {path} 不是 UTF-8 编码的 TOML（{error}），请改正\n"
            f"The lexicon {path} is no TOML in UTF-8 ({error}): mend it there"
        ) from error


def _problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the file, in its order."""
    if others := data.keys() - {"indicator", "groups"}:
        yield _unknown(min(others), "[[indicator]], groups")
    entries, groups = data.get("indicator", []), data.get("groups", [])
    if not _are(dict, entries):
        yield "indicator 应写成 [[indicator]]", "write [[indicator]], with two brackets"
    elif not _are(list, groups):
        yield 'groups 应是 [["词", "词"], …]', 'groups must be [["word", "word"], …]'
    else:
        for at, entry in enumerate(entries, 1):
            for chinese, english in _of_entry(entry):
                yield f"第 {at} 个 [[indicator]]：{chinese}", f"[[indicator]] {at}: {english}"
        for at, group in enumerate(groups, 1):
            if len(group) < 2 or not all(map(_is_word, group)):
                yield (
                    f"第 {at} 组同义词要有至少两个词，每个词至少两个字",
                    f"group {at} needs two words or more, each of two characters or more",
                )


def _of_entry(entry: Entry) -> Iterator[Problem]:
    if others := entry.keys() - {"name", *_LISTS}:
        yield _unknown(min(others), f"name, {', '.join(_LISTS)}")
    if not _is_word(entry.get("name")):
        yield "要有 name，至少两个字", "needs a name of two characters or more"
        return
    for key in _LISTS:
        if not _are(str, entry.get(key, [])):
            yield f'{key} 应是 ["…", "…"]', f'{key} must be ["…", "…"]'
            return
    name = _known().get(entry["name"].lower(), entry)["name"]
    for alias in entry.get("aliases", ()):
        other = _known().get(alias.lower(), entry)["name"]
        if not _is_word(alias):
            yield f"别名“{alias}”不足两个字", f"the alias “{alias}” has under two characters"
        elif alias.lower() == other.lower() and other != name:
            yield (
                f"别名“{alias}”是另一指标的正式名称，请去掉",
                f"the alias “{alias}” is another indicator's official name: leave it out",
            )
    for unit in entry.get("units", ()):
        bare = re.sub("^[十百千万亿]+", "", unit)
        if unit not in unit_families() and bare in unit_families():
            yield f"单位“{unit}”请写作“{bare}”", f"the unit “{unit}” is to be written “{bare}”"


def _unknown(key: str, known: str) -> Problem:
    return f"没有“{key}”这一项，可用的有 {known}", f"there is no “{key}”; known are {known}"


def _are(kind: type, values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, kind) for value in values)


def _is_word(word: object) -> bool:
    # A lone character is in too many words to stand for one.
    return isinstance(word, str) and len(word.strip()) > 1
