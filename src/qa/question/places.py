"""Places that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from qa.encode import words as pieces
from qa.lexicon import listed, table
from qa.question.cues import begins_a_word
from qa.text import fold


@lru_cache(maxsize=1024)
def short_forms(places: tuple[str, ...]) -> tuple[str, ...]:
    """The places with their short forms, longest first: 四川省, 四川."""
    found: set[str] = set()
    for place in map(fold, filter(None, places)):
        found |= {place, *(name for name in gazetteer() if place.startswith(name))}
        if len(place) > 2 and place[-1] in "省市县州":
            found.add(place[:-1])
    return tuple(sorted(found, key=lambda place: (-len(place), place)))


@cache
def gazetteer() -> tuple[str, ...]:
    """Provinces and prefectures, full and short, and countries, longest first."""
    places = table("places")
    names = set(places["short"].values()) | set(places["provinces"])
    for province, prefectures in places["provinces"].items():
        names |= set(prefectures) | {province[:-1] if province[-1] in "省市" else province}
        names |= {name.removesuffix("盟") for name in prefectures if len(name) > 3}
    names |= set(places["abroad"]["names"])
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


# No place has a word in its name by which a sentence is made: 全省的县, 有多少贵州.
_COUNTY = re.compile(
    r"(?:^|[，、和与跟])([^\W\da-z_的了在是有多少几去今全各该本我咱你这那里年月日们个把被给从到为]{1,4}?"
    r"[市区县州盟旗])(?![场民政])"
)


def _listed_counties(text: str) -> Iterator[str]:
    """China's counties and districts by their full names: 海淀区, but not 南山区 in 河南山区."""
    before = table("places")["county"]["before"] + "省市州盟"
    for end in re.finditer("[县区市旗]", text):
        if begins_a_word(end[0], text[end.end() :]):
            continue
        for start in range(max(0, end.end() - 11), end.end() - 2):
            char = text[start - 1 : start]
            if (not char.isalnum() or char in before) and text[start : end.end()] in _counties():
                yield text[start : end.end()]
                break


@cache
def _counties() -> frozenset[str]:
    """China's counties and districts, and the short names of autonomous ones: 大通县."""
    full = listed("counties")
    bare = (re.match("(..+?)[^族]{1,3}族.*自治([县旗])$", name) for name in full)
    return full | {match[1] + match[2] for match in bare if match}


@cache
def _within() -> re.Pattern[str]:
    return re.compile("|".join(table("places")["county"]["within"]))


@cache
def _latin() -> re.Pattern[str]:
    return re.compile(r"(?<![a-z-])(?:" + "|".join(table("places")["latin"]) + r")(?:'s)?(?![a-z])")


def in_chinese(text: str) -> str:
    """The text with the provinces' names in Latin letters made Chinese: hunan的gdp."""
    names = table("places")["latin"]
    return _latin().sub(lambda match: names[match[0].removesuffix("'s")], text)


def places_in(text: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """The places that a question names, longest first, none inside another."""
    text = _within().sub("、", text)
    found: list[str] = []
    common = tuple(table("places")["county"]["common"])
    counties = [
        c
        for c in (found.lstrip("来去到在从往进回离") for found in _COUNTY.findall(text))
        if len(c) > 2 and not c.endswith(common) and not c[1:].endswith((*known, *gazetteer()))
        # 先行县, 省级度假区: what is made of words is no name.
        if not any(len(piece) > 1 for piece in pieces(c[:-1]))
    ]
    for place in (*known, *gazetteer(), *_listed_counties(text), *counties):
        if place in text and not any(place in longer for longer in found):
            found.append(place)
    return tuple(found)
