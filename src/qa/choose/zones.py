"""Zones: the words around a figure, and how much of a question they speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from qa.lexicon import table, without, words
from qa.question import Ask, Term, official, pairs, says, terms_of


@dataclass(frozen=True, slots=True)
class Zone:
    """The words around a figure, folded: its own, its clause's, with those of the clause before
    (`reach`), its passage's with the section's title.
    """

    near: str
    clause: str
    reach: str
    sentence: str

    @property
    def until(self) -> str:
        """The passage up to the figure's clause, and the section: what a later clause is of tells
        nothing of this one.
        """
        before, _, _ = self.sentence.partition(self.clause)
        return f"{before}{self.clause} {self.sentence.rpartition(' ')[2]}"


NAMED = 0.9
"""From here on a zone has a term by one of its names, and not by a part of it."""


def coverage(terms: Sequence[Term], zone: str) -> float:
    """The weighted share of the terms that the zone speaks of, 0 to 1."""
    total = spoken = 0.0
    for term in terms:
        total += term.weight
        spoken += term.weight * found(term, zone)
    return spoken / total if total else 0.0


@lru_cache(maxsize=65536)
def found(term: Term, zone: str) -> float:
    """How surely the zone speaks of the term: 1 by one of its names, less by a part of it."""
    if term.text in zone and not _is_another(term.text, term, zone):
        return 1.0
    for name in term.names:
        if name in zone and not _is_another(name, term, zone):
            return 0.95
    if len(term.text) < 2:
        return 0.0
    if term.indicator and _both_parts(term.text, zone):
        return 0.9
    grams, chars = _pieces(term.text)
    shared = sum([gram in zone for gram in grams]) / len(grams)
    if shared:
        return (0.4 if term.indicator else 0.7) * shared
    return 0.25 * sum([char in zone for char in chars]) / len(chars)


def _both_parts(name: str, zone: str) -> bool:
    """市场主体全年新增9592户 speaks of 新增市场主体, 经营主体活力增强、总量达951万户 of 经营主体总量, and
    粮食播种面积1570万亩、总产130亿斤 of 粮食产量.
    """
    return any(thing in zone and any(word in zone for word in said) for thing, said in _cut(name))


@lru_cache(maxsize=8192)
def _cut(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The name without 新增, 总量 or 产量, with the words by which a report may say that."""
    yields = words("clause", "yields")
    ends = words("clause", "amounts") if len(name) > 4 else ()
    return (
        *((name[len(w) :], (w,)) for w in words("clause", "added") if name.startswith(w)),
        *((name[: -len(w)], (w,)) for w in ends if name.endswith(w)),
        *((name[: -len(w)], yields) for w in yields if name.endswith(w) and len(name) > len(w) + 1),
    )


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The distinct bigrams and characters of a word."""
    grams = (a + b for a, b in pairwise(text))
    return tuple(dict.fromkeys(grams)), tuple(dict.fromkeys(text))


def _is_another(name: str, term: Term, zone: str) -> bool:
    """Whether every occurrence belongs to another indicator: it lies inside a longer official name
    (出口总额 in 进出口总额), or beside a modifier that makes it one.
    """
    if not term.indicator:
        return False
    longer = [
        (a, b)
        for a, b in official(zone, term.lexicon)
        if b - a > len(name) and zone[a:b] not in term.names
    ]
    start = zone.find(name)
    while start >= 0:
        stop = start + len(name)
        around = zone[max(0, start - 8) : stop + 4]
        inside = any(
            a <= start and stop <= b and _plain(zone[a:start] + zone[stop:b]) not in term.said
            for a, b in longer
        )
        if not inside and not any(w in around and w not in term.text for w in term.excludes):
            return False
        start = zone.find(name, start + 1)
    return True


def _plain(modifier: str) -> str:
    """城镇常住居民 is 城镇居民: without what makes no other indicator of a name."""
    return without(modifier, "clause", "neutral")


def is_formal(term: Term) -> bool:
    """Whether the term names a statistic (规上工业增加值, 森林覆盖率), and not a thing (学校, 电梯)."""
    latin = any(char.isascii() and char.isalpha() for char in term.text)  # gdp, 广义货币m2
    name = term.names[0] if latin else term.text
    return term.indicator and term.weight >= 0.7 and _is_statistic(name)


@lru_cache(maxsize=8192)
def _is_statistic(name: str) -> bool:
    ends = (*words("clause", "tails"), *words("clause", "statistic"))
    thing = name.endswith(words("clause", "things")) or name in words("clause", "heads")
    return name.endswith(ends) and not thing


def speaks_of_formal(ask: Ask, zone: str) -> bool:
    """Whether the zone has every official name that the question has."""
    return all(found(term, zone) >= NAMED for term in ask.terms if is_formal(term))


def is_elided(term: Term, zone: Zone, indicator: str) -> bool:
    """Whether a passage on 旅游 has 收入 alone for 旅游收入: the figure's own name is the last part of
    the term's, and the passage has the rest.
    """
    return any(
        len(name) - len(indicator) >= 2
        and name.endswith(indicator)
        and (rest := name[: -len(indicator)]) in zone.sentence
        and rest not in _telling()
        for name in (term.text, *term.names)
    )


@cache
def _telling() -> frozenset[str]:
    """Words that a passage doesn't leave out: of whom, of each, what is new."""
    keys = ("subgroups", "mean", "added", "generic", "scopes", "neutral")
    return frozenset(word for key in keys for word in words("clause", key))


# 女运动员, 女职工; of 子女 and 儿女 both are meant.
_WOMEN = re.compile(r"(?<![子儿])女(?!儿|娲)")


def lacks_subgroup(ask: Ask, people: Sequence[Term], zone: Zone) -> bool:
    """Whether the question is of a part of the `people` (女性) whom the passage doesn't speak of."""
    around = (zone.near, zone.reach, zone.sentence)
    foreign, said = words("clause", "foreigners"), words("clause", "foreign")
    if any(word in ask.text for word in foreign) and not any(w in t for w in said for t in around):
        return True
    if _WOMEN.search(ask.text) and not any("女" in t or "妇" in t for t in around):
        return True
    if any("城乡" in words_ for words_ in around) and "城乡" not in ask.text:
        return False  # of both, dealt out or in one ratio
    return any(
        max(found(term, text) for text in around) < 0.3
        and not any(stem in text for stem in _stems(term.text) for text in around)
        for term in people
    )


def subgroups(ask: Ask) -> list[Term]:
    """The parts of the people that the question names."""
    named = [term for term in ask.terms if term.weight >= 0.9]
    return [t for t in named if t.text.endswith(words("clause", "subgroups")) or _stems(t.text)]


def _stems(people: str) -> Sequence[str]:
    """Words that tell of the same people: 农村 of 乡下人 and 乡下人家."""
    stems = table("clause")["stems"]
    return next((stems[w] for w in stems if people.startswith(w) or people.endswith(w)), ())


def of_people(terms: Sequence[Term], near: str) -> bool:
    """Whether the terms are people of whom the figure is by another word: 农民, and 农村居民."""
    sides = table("clause")["sides"]
    told = [stem for term in terms for stem in (*_stems(term.text), *sides.get(term.text, ()))]
    return any(stem in near for stem in told)


def names_another(ask: Ask, zone: Zone) -> bool:
    """Whether a figure's own words name an official indicator, and not the one asked for by name."""
    said = {name for term in ask.terms for name in term.names}
    lacking = not speaks_of_formal(ask, zone.near) and not speaks_of_formal(ask, zone.clause)
    named = (term for term in terms_of(zone.near, ask.lexicon) if term.indicator)
    return lacking and any(term.text not in said for term in named)


_PARTICLES = "的了和及与等、，之年月日()（）“”"


def surplus(ask: Ask, indicator: str, place: str) -> float:
    """How much the figure's indicator says beyond what is asked for, 0 to 1, where it has the words
    asked for: 跨境电商 of 跨境电商进出口 for 进出口. A narrower thing answers for no wider one.
    """
    if not any(is_formal(term) and found(term, indicator) >= 0.9 for term in ask.terms):
        return 0.0
    said = {name for term in ask.terms for name in (term.text, *term.names)}
    said |= {ask.text[i : i + 2] for i in range(len(ask.text) - 1)} | _neutral() | {place}
    indicator = indicator[indicator.rfind("、") + 1 :]
    rest = list(indicator)
    for word in said:
        start = indicator.find(word) if word else -1
        while start >= 0:
            rest[start : start + len(word)] = "\0" * len(word)
            start = indicator.find(word, start + 1)
    left = sum(char.isalnum() and char not in _PARTICLES for char in rest)
    return min(left, 6) / 6


@cache
def _neutral() -> frozenset[str]:
    """Words that make no other indicator of a name."""
    keys = (
        "level_verbs", "growth", "decline", "rank", "generic", "lead", "added", "scopes", "manner",
        "neutral",
    )  # fmt: skip
    return frozenset(word for key in keys for word in words("clause", key))


def exactness(terms: Sequence[Term], near: str) -> float:
    """How much of the figure's own words the question speaks of: what it leaves is another thing."""
    chars = {c for c in near if c.isalnum()}
    if not chars:
        return 0.0
    said = {c for term in terms for c in term.text}
    for term in terms:
        for name in term.names:
            if name in near:
                said |= set(name)
    return len(chars & said) / len(chars)


def sibling(named: Sequence[Term], near: str) -> float:
    """1 where the own words name an indicator beside one asked for: 支出 and 收入 of one budget, 原煤 and
    粮食 both by their 产量, 养老 and 医疗保险 by their 参保率.
    """
    if not named:
        return 0.0
    asked = {name for term in named for name in term.names}
    lacking = [term.names[0] for term in named if found(term, near) < 0.9]
    others = (t.names[0] for t in terms_of(near, named[0].lexicon) if t.indicator)
    given = [name for name in others if name not in asked]
    return float(any(_kin(one, other) for one in lacking for other in given))


def _kin(one: str, other: str) -> bool:
    return one != other and (one[-2:] == other[-2:] or one[:3] == other[:3])


def mismatched(text: str, near: str, key: str) -> float:
    """1 where only one of question and own words has a word of the list `key` of clause.toml."""
    return float(speaks(text, key) != speaks(near, key))


def added(ask: Ask, near: str) -> tuple[float, float]:
    """(the figure is what is new and the question asks for no such thing, 2 where it asks for all
    there is; the question asks for what is new and the figure is no such thing).
    """
    outright = not ask.moved or "新增" in ask.text  # 增加了多少 asks how far it moved
    new, asked = speaks(near, "added"), speaks(ask.text, "added") and outright
    return float(new and not asked) * (2.0 if says(ask.text, "whole") else 1.0), float(
        asked and not new
    )


def is_of_each(ask: Ask, near: str) -> bool:
    """Whether the figure is of each person (人均生产总值) and all together is asked for by its name."""
    said = ask.text + "".join(term.names[0] for term in ask.terms)
    if says(ask.text, "whole") and any(word in near and word not in said for word in _each()):
        return True  # 一共有多少个托位 asks for more than 每千人口4.7个
    return "人均" in near and "人均" not in said and any(is_formal(term) for term in ask.terms)


@cache
def _each() -> tuple[str, ...]:
    """Words that a figure is of each person, household or village."""
    return tuple(word for word in words("clause", "mean") if len(word) > 1 and word != "平均")


def is_only_new(ask: Ask, near: str) -> bool:
    """Whether all there is (总数, 现有) is asked for and the figure is what came newly."""
    if not says(ask.text, "stock"):
        return False
    named = (term.names[0] for term in ask.terms if term.text in ask.text)
    new = speaks(near, "newly") and not speaks(near, "altogether")
    return new and not speaks("".join((ask.text, *named)), "newly")


def is_only_a_part(ask: Ask, near: str) -> bool:
    """Whether all together is asked for (一共, 总共) and the figure is of a part: 其中中央财政赤字."""
    return near.startswith("其中") and says(ask.text, "whole") and "其中" not in ask.text


@lru_cache(maxsize=65536)
def speaks(text: str, key: str) -> bool:
    """Whether the text has a word of the list `key` of clause.toml."""
    if key == "several" and "年均" in text:
        text = without(text, "clause", "mean_of_year")
    if "增加" in text:
        text = re.sub("增加(?:值|到|至)", "", text)  # how much there is, not how much more
    return any(word in text for word in words("clause", key))


def head(ask: Ask, zone: Zone) -> tuple[float, float]:
    """Whether what is counted is there: (in the clause, not in the passage)."""
    if ask.head is None:
        return 0.0, 0.0
    return found(ask.head, zone.clause), 1.0 - found(ask.head, zone.sentence)


def counts_another(ask: Ask, zone: Zone) -> bool:
    """Whether 小学 are counted in the question and only 幼儿园 are spoken of."""
    return any(
        word not in zone.sentence and other in zone.near
        for word in ask.told
        if any(word in term.text for term in ask.terms)
        for row in pairs()[word]
        for other in row
    )


def told_apart(ask: Ask, zone: Zone) -> tuple[float, float]:
    """(how many words that tell one of a pair are lacking, for how many the other one is there)."""
    lacks = conflict = 0.0
    for word in ask.told:
        if any(word in t.text and found(t, zone.near) >= 0.9 for t in ask.terms if t.indicator):
            continue
        if word in zone.sentence:
            if word not in zone.near and any(
                other in zone.near for row in pairs()[word] for other in row
            ):
                conflict += 1.0
            continue
        lacks += 1.0
        if any(other in zone.clause for row in pairs()[word] for other in row):
            conflict += 1.0
    return min(lacks, 2.0), min(conflict, 2.0)
