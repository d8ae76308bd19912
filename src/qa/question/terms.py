"""Terms: the content words of a question and the ways in which a report may print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from qa.encode import words as pieces
from qa.lexicon import rows, table, words
from qa.lexicon.own import Entry, Lexicon
from qa.periods import find_periods
from qa.question.slots import Term
from qa.text import fold

INDICATOR_WEIGHT = 2.0
_ENGLISH = re.compile(r"[a-z][a-z .'-]*")


@dataclass(frozen=True, slots=True)
class Name:
    names: tuple[str, ...]
    indicator: bool
    units: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@lru_cache(maxsize=16)
def names(lexicon: Lexicon) -> dict[str, Name]:
    """Every alias and synonym → the ways to print it."""
    found: dict[str, Name] = {}
    for group in _groups(lexicon):
        folded = tuple(dict.fromkeys(fold(word) for word in group))
        for word in folded:
            known = found.get(word)
            merged = dict.fromkeys((*(known.names if known else ()), *folded))
            # A lone character (路, 水) is in too many words to stand for one.
            found[word] = Name(tuple(n for n in merged if len(n) > 1), False)
    # A growth of an indicator is no other indicator; the measure tells it apart.
    moving = {*words("clause", "growth"), *words("clause", "decline")}
    for entry in _indicators(lexicon):
        listed = (entry["name"], *entry["aliases"], *entry.get("english", ()))
        folded = tuple(dict.fromkeys(fold(name) for name in listed))
        # 投资增长 asks for an indicator, but a report that has these words may speak of any.
        still = tuple(n for n in folded if n == folded[0] or not n.endswith(tuple(moving)))
        name = Name(
            still,
            True,
            tuple(entry.get("units", ())),
            tuple(fold(word) for word in entry.get("excludes", ()) if word not in moving),
        )
        for word in folded:
            # An official name is its own entry even where another entry has it for an alias.
            if word not in found or not found[word].indicator or word == folded[0]:
                found[word] = name
    return found


@lru_cache(maxsize=16)
def _lengths(lexicon: Lexicon) -> dict[str, tuple[int, ...]]:
    """The first two characters of names → how long those names are, longest first."""
    found: dict[str, set[int]] = {}
    for word in names(lexicon):
        found.setdefault(word[:2], set()).add(len(word))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


def _named_at(text: str, at: int, lexicon: Lexicon) -> Iterator[tuple[str, Name]]:
    """The names of two characters or more that the text has at a place, longest first."""
    known = names(lexicon)
    for length in _lengths(lexicon).get(text[at : at + 2], ()):
        word = text[at : at + length]
        if len(word) == length > 1 and word in known:
            yield word, known[word]


_NO_PLURAL = ("s", "ed", "ing", "ly")


def _groups(lexicon: Lexicon) -> Iterator[Sequence[str]]:
    yield from table("synonyms")["groups"]
    yield from rows("colloquial")
    for printed, *english in rows("english"):
        said = [name.replace("_", " ") for name in english]
        yield [printed, *said, *(f"{s}s" for s in said if not s.endswith(_NO_PLURAL))]
    yield from lexicon.groups


def _indicators(lexicon: Lexicon) -> Iterator[Entry]:
    """The user's entries first: an alias is theirs before it is another's."""
    own = {entry["name"] for entry in lexicon.indicators}
    yield from lexicon.indicators
    yield from (entry for entry in table("aliases")["indicator"] if entry["name"] not in own)


_NAMING = ("level", "span", "measured", "award", "award_of_any")
"""Lists of asking.toml whose words name what is asked for besides."""


@cache
def _noise() -> tuple[re.Pattern[str], frozenset[str]]:
    """The words that ask, and all of them with the lone characters, which others may hold: 能源."""
    asking = table("asking")
    noise = {word for key in asking for word in asking[key] if key not in _NAMING}
    noise -= set(words("clause", "share")) - {"占", "占比", "比重"}
    noise -= {
        word for word in asking["percent"] if word.endswith("率")
    }  # 覆盖率 names what is asked
    noise |= set(map(fold, table("synonyms")["fillers"])) | set(words("clause", "level_verbs"))
    listed = sorted(noise, key=lambda word: (-len(word), word))
    long = [word for word in listed if len(word) > 1 or word.isascii()]
    return re.compile("|".join(map(re.escape, long))), frozenset(noise)


@cache
def _begins() -> frozenset[str]:
    """How the words that ask begin."""
    return frozenset(word[0] for word in _noise()[1])


def is_english(text: str) -> bool:
    """Whether a question is asked in English: more Latin letters than Chinese characters."""
    latin = sum(char.isascii() and char.isalpha() for char in text)
    return latin > 8 and latin > 2 * sum("\u4e00" <= char <= "\u9fff" for char in text)


@lru_cache(maxsize=8192)
def terms_of(text: str, lexicon: Lexicon) -> tuple[Term, ...]:
    """Cut the text into terms: names of the lexicon, longest first, then the words between."""
    noise, alone = _noise()
    begins = _begins()
    lone = words("synonyms", "lone")
    english = is_english(text)
    found: list[Term] = []
    # Official names first: 占地区生产总值 holds no 占地.
    for start, stop in official(text, lexicon):
        word = text[start:stop]
        found.append(_term(word, names(lexicon)[word], lexicon))
        text = text[:start] + "\0" * (stop - start) + text[stop:]
    rest: list[str] = []
    i = 0
    while i < len(text):
        empty = noise.match(text, i) if text[i] in begins else None
        shortest = max(empty.end() - i if empty else 0, 1)
        for word, name in _named_at(text, i, lexicon):
            if len(word) > shortest and not _inside_latin(text, i, i + len(word)):
                found.append(_term(word, name, lexicon))
                rest.append("\0")
                i += len(word)
                break
        else:
            rest.append("\0" if empty else text[i])
            i += shortest
    for stretch in "".join(rest).split("\0"):
        for word in _joined(_split(stretch), alone):
            if english and word.isascii():
                continue  # only what the lexicon knows can be found in a Chinese report
            alone_says_little = len(word) == 1 and not word.isascii() and word not in lone
            weight = 0.3 if alone_says_little else 1.0
            if len(word) > 2:
                word = word.removesuffix("的")  # 炼钢的, 在读的
            found.append(Term(word, weight, (word,), lexicon=lexicon))
    return tuple(dict.fromkeys(found))


def as_said(terms: Iterable[Term], text: str) -> tuple[Term, ...]:
    """The terms as the text has them: what it says itself, and whom it means (农村 by 乡下人), is no
    modifier that makes another indicator of one.
    """
    stems = table("clause")["stems"]
    meant = "".join([text, *(stem for people in stems if people in text for stem in stems[people])])
    return tuple(
        replace(term, excludes=tuple(w for w in term.excludes if w not in meant), said=meant)
        for term in terms
    )


_LATIN = re.compile(r"[a-z]{2,}")


def _inside_latin(text: str, start: int, stop: int) -> bool:
    """Whether a Latin word goes on beyond: air speaks of no ai."""
    word, around = text[start:stop], text[max(0, start - 1) : start] + text[stop : stop + 1]
    return word.isascii() and word.isalpha() and any(c.isascii() and c.isalpha() for c in around)


def _split(text: str) -> Iterator[str]:
    """The words of a text as the encoder cuts it; a Latin word that it may not know stays whole, and
    what it can only spell in bytes (😂) is none.
    """
    at = 0
    for match in (*_LATIN.finditer(text), None):
        stretch = text[at : match.start() if match else None]
        yield from (p.strip("▁ ") for p in pieces(stretch) if not p.startswith("<0x"))
        if match:
            yield match.group()
            at = match.end()


def _term(word: str, name: Name, lexicon: Lexicon) -> Term:
    weight = INDICATOR_WEIGHT if name.indicator else 1.0
    return Term(word, weight, name.names, name.indicator, name.excludes, lexicon=lexicon)


def _joined(words: Iterable[str], noise: frozenset[str]) -> Iterator[str]:
    """The words but for noise, single Chinese characters in a row made one: 尾矿 is a word, if rare."""
    row = ""
    for word in words:
        if len(word) == 1 and not word.isascii() and word not in noise:
            row += word
            continue
        if row:
            yield row
        row = ""
        if word not in noise:
            yield word
    if row:
        yield row


@lru_cache(maxsize=16)
def _official_names(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """The first two characters of indicators' names of three characters or more → those names."""
    found: dict[str, list[str]] = {}
    for word, name in names(lexicon).items():
        if name.indicator and len(word) > 2:
            found.setdefault(word[:2], []).append(word)
    return {start: tuple(words_) for start, words_ in found.items()}


@lru_cache(maxsize=8192)
def official(text: str, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """Spans of indicators' names of three characters or more, longest first, none overlapping."""
    begun = _official_names(lexicon)
    named = [
        (start, start + len(word))
        for start in range(len(text) - 2)
        if text[start : start + 2] in begun
        for word in begun[text[start : start + 2]]
        if text.startswith(word, start) and not _inside_latin(text, start, start + len(word))
    ]
    named.sort(key=lambda span: (span[0] - span[1], span))
    spans: list[tuple[int, int]] = []
    for start, stop in named:
        if all(stop <= a or start >= b for a, b in spans):
            spans.append((start, stop))
    return tuple(sorted(spans))


@cache
def pairs() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Word → the words that it must not be taken for."""
    found: dict[str, list[frozenset[str]]] = {}
    said = set(words("clause", "scopes")) | {
        word for words_ in table("asking").values() for word in words_
    }
    for row in table("synonyms")["opposites"]:
        row = [fold(word) for word in row]
        if any(word in said or len(word) < 2 or find_periods(word) for word in row):
            continue
        for word in row:
            found.setdefault(word, []).append(frozenset(row) - {word})
    return {word: tuple(others) for word, others in found.items()}


@lru_cache(maxsize=8192)
def _modifier(name: str) -> str:
    """How a name begins: with a word that tells one of a pair, or with two characters."""
    bare = name.lstrip("“")
    begun = (word for word in pairs() if bare.startswith(word))
    return max((bare[:2], *begun), key=len)


def told(text: str, terms: Sequence[Term] = ()) -> tuple[str, ...]:
    """The words of a text that tell one of a pair from the other: 农村 of 城镇 and 农村.

    Inside a term only its beginning can be such a modifier: 地区生产总值 says nothing of 生产.
    """
    for term in terms:
        if len(term.text) > 2:
            text = text.replace(term.text, _modifier(term.text) + "\0")
    found = [word for word in pairs() if word in text]
    return tuple(w for w in found if not any(w != o and w in o for o in found))
