"""What one ask came to, and the rule that decided it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qa.choose.score import Candidate
from qa.question import Ask
from qa.types import Figure, Missing, Passage

Rule = Literal[
    "stated",
    "sure",
    "unsure",
    "fact",
    "no_fact",
    "list",
    "sentence",
    "beside",
    "side",
    "honours",
    "head",
    "no_words",
]
RULES: Mapping[Rule, tuple[str, str]] = {
    "stated": (
        "所说的事物正有问题里说出的数字。",
        "The very figure that the question states stands there, of the thing that it names.",
    ),
    "sure": (
        "合各槽的最好候选，把握过了门槛。",
        "The best candidate that fits every slot is as sure as the bar or surer.",
    ),
    "unsure": (
        "合各槽的候选里，没有把握过门槛的。",
        "No candidate that fits every slot is as sure as the bar.",
    ),
    "fact": (
        "问的是事实，或要核对说法：引用得分过了门槛的段落。",
        "A fact is asked for or a statement checked: the passages that pass the bar are quoted.",
    ),
    "no_fact": (
        "问的是事实，或要核对说法，但没有段落得分过门槛。",
        "A fact is asked for or a statement checked, and no passage passes the bar.",
    ),
    "list": (
        "要的是全部：列出自身文字说到它的每个数字。",
        "All of it is wanted: each figure whose own words speak of it.",
    ),
    "sentence": (
        "要的是全部：列出说到它的那一句里的数字。",
        "All of it is wanted: the figures of the sentence that speaks of it.",
    ),
    "beside": (
        "单独看把握不够，但与同问的另一数字同在一段。",
        "Unsure by itself, but it stands in one passage with another figure that was asked for.",
    ),
    "side": (
        "比较的一方：说到这一方、又能与另一方相比的数字。",
        "One side of a comparison: a figure that speaks of it and can be held against the other's.",
    ),
    "honours": (
        "问的是荣誉或第一：引用报告说到授予或居首的每一句。",
        "Honours or firsts are asked for: every sentence that tells of one is quoted.",
    ),
    "head": (
        "问的是报告本身：引用报告开头说到它的地方。",
        "The report itself is asked about: what its head says is quoted.",
    ),
    "no_words": (
        "问题里没有能据以查找的词。",
        "The question has no word to search by.",
    ),
}
"""What each rule says, in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one ask came to: figures, or passages for a fact, or what is missing.

    `sure` is how likely the best figure is the one asked for, for a fact the score of its passage;
    `bar` is what that had to reach. Both are 0 where nothing was weighed.
    """

    ask: Ask
    rule: Rule
    figures: tuple[Figure, ...] = ()
    passages: tuple[Passage, ...] = ()
    missing: Missing | None = None
    candidates: tuple[Candidate, ...] = ()
    sure: float = 0.0
    bar: float = 0.0


def comparable(figures: Sequence[Figure]) -> bool:
    """Whether all have one unit and one kind of measure."""
    first = figures[0]
    return all(f.unit == first.unit and f.kind == first.kind for f in figures)
