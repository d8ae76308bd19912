"""What people say for what reports write: the project's word lists, as the training uses them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from qa.lexicon import rows, table

_FASTER = "增速率"


def groups() -> Sequence[Sequence[str]]:
    """Words that mean the same, the printed one first."""
    return rows("colloquial")


def said() -> dict[str, list[str]]:
    """Other words for each term that stands in statements."""
    others: dict[str, set[str]] = defaultdict(set)
    for first, *rest in groups():
        others[first].update(rest)
    for indicator in _indicators():
        name = indicator["name"]
        # 经济增速 stands for the indicator in a question, but not for its level.
        others[name].update(
            a for a in indicator["aliases"] if not set(a) & set(_FASTER) - set(name)
        )
    for group in table("synonyms")["groups"]:
        for word in group:
            others[word].update(set(group) - {word})
    return {term: sorted(words) for term, words in others.items() if len(term) > 1 and words}


def english() -> dict[str, list[str]]:
    """The English names of each indicator."""
    return {i["name"]: i["english"] for i in _indicators() if i.get("english")}


def _indicators() -> Iterator[dict[str, Any]]:
    yield from table("aliases")["indicator"]
