"""Statements turned into what a user might type to find them."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pypinyin import lazy_pinyin
from tokenizers import Tokenizer

_NUMBER = re.compile(r"[0-9][0-9.,]*(?:余|多)?[万亿]*(?:个百分点|[%％])?")
_HOW_MANY = ("多少", "多少", "几", "")
_HEADS = ("", "", "", "", "请问", "去年", "今年", "全年", "我想知道")
_ASKS = ("是多少？", "有多少？", "达到多少？", "多少", "怎么样？", "情况如何？", "是什么？", "？")
_TAILS = (*_ASKS, "", "", "")
_OTHERWISE = 0.7
_IN_ENGLISH = 0.15
_ENGLISH = ("{}", "What was the {}?", "How much was the {}?", "{} growth", "How many {}?")
_KEPT = (0.4, 0.55, 0.7, 0.85, 1.0)


class Asker:
    """Masks figures, says things in other words, leaves out some, now and then shuffles them.

    `said` has other words for terms as they stand in statements, `english` the English ones.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        rng: random.Random,
        said: Mapping[str, Sequence[str]],
        english: Mapping[str, Sequence[str]],
    ) -> None:
        self._tokenizer = tokenizer
        self._rng = rng
        self._said = said
        self._english = english
        self._terms = _any_of(said)
        self._named = _any_of(english)

    def ask(self, statement: str) -> str:
        """Something like a question that the statement answers."""
        rng = self._rng
        if rng.random() < _IN_ENGLISH and (named := self._named.search(statement)):
            return rng.choice(_ENGLISH).format(rng.choice(self._english[named[0]]))
        statement = self._terms.sub(self._otherwise, statement)
        if rng.random() < 0.85:
            statement = _NUMBER.sub(lambda _: rng.choice(_HOW_MANY), statement)
        kept = rng.choice(_KEPT)
        spans = self._tokenizer.encode(statement).offsets
        words = [statement[start:stop] for start, stop in spans if rng.random() < kept]
        if rng.random() < 0.2:
            rng.shuffle(words)
        return rng.choice(_HEADS) + "".join(words).rstrip("，。；、：") + rng.choice(_TAILS)

    def _otherwise(self, term: re.Match[str]) -> str:
        others = self._said[term[0]]
        return self._rng.choice(others) if self._rng.random() < _OTHERWISE else term[0]


def _any_of(terms: Iterable[str]) -> re.Pattern[str]:
    """The longest of the terms; nothing where there are none."""
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


class Typist:
    """Writes a wrong character of the same sound, as people who type pinyin do."""

    def __init__(self, texts: Iterable[str], rng: random.Random, common: int = 3500) -> None:
        counts = Counter(char for text in texts for char in text if "一" <= char <= "鿿")
        characters = sorted(counts, key=lambda char: (-counts[char], char))[:common]
        self._rng = rng
        self._sound = {char: lazy_pinyin(char)[0] for char in characters}
        self._alike: dict[str, list[str]] = defaultdict(list)
        for char in characters:
            self._alike[self._sound[char]].append(char)

    def write(self, text: str) -> str:
        """The text with one wrong character, and one more for every twenty."""
        places = [i for i, char in enumerate(text) if self._others(char)]
        chars = list(text)
        for i in self._rng.sample(places, min(len(places), 1 + len(text) // 20)):
            chars[i] = self._rng.choice(self._others(chars[i]))
        return "".join(chars)

    def _others(self, char: str) -> list[str]:
        alike = self._alike.get(self._sound.get(char, ""), [])
        return [other for other in alike if other != char]
