"""Honours: all that a report says was awarded (获评…示范区), and all in which it says it is the first.

Such a list is read off the report's sentences, each held against the words of awarding and of being
first: what ranks low for the question's own words belongs to it as much as what ranks high.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from qa.lexicon import table, words
from qa.question import Ask, says
from qa.text import fold, plain
from qa.types import Passage


def honours(ask: Ask, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages that tell of what is asked for; () where no honours are asked for."""
    if not _of_any(ask):
        return ()
    read = [(passage, fold(plain(passage.text))) for passage in passages]
    if first := [word for word in words("clause", "first") if word in ask.text]:
        scopes = "|".join(ask.scopes)
        told = re.compile(f"(?:{scopes})[^，。；,;]{{0,8}}?(?:{'|'.join(first)})")
        return tuple(passage for passage, text in read if told.search(text))
    if not says(ask.text, "award"):
        return ()
    found = [(passage, text) for passage, text in read if _awarded().search(text)]
    for asked in (_named(ask.text), _level(ask.text)):
        # 哪些示范区: where none is awarded, another honour is told rather than nothing.
        found = [(p, text) for p, text in found if any(w in text for w in asked)] or found
    return tuple(passage for passage, _ in found)


def _of_any(ask: Ask) -> bool:
    """Whether nothing says which ones: 哪些遗址 asks for those of one kind, and is looked for by its words."""
    listed = ("award", "award_of_any", "every", "listed")
    known = {word for key in listed for word in words("asking", key)}
    known |= {*words("clause", "honours"), *words("clause", "first"), *words("clause", "scopes")}
    known |= {word for level, told in table("clause")["level"].items() for word in (level, told)}
    telling = (t.text.strip("“”") for t in ask.terms if t.weight >= 0.9)
    return all(any(word in text or text in word for word in known) for text in telling)


@cache
def _awarded() -> re.Pattern[str]:
    return re.compile("|".join(words("clause", "awarded")))


def _named(asked: str) -> list[str]:
    """What kinds of honour the question names: 示范区."""
    return [word for word in words("clause", "honours") if word in asked]


def _level(asked: str) -> list[str]:
    """Words of those who award at the level that the question names; [] where it names several."""
    levels = {told for level, told in table("clause")["level"].items() if level in asked}
    return levels.pop().split() if len(levels) == 1 else []
