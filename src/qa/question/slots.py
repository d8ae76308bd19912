"""The slots of a question: what a figure must fit to answer it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qa.lexicon.own import PROJECT, Lexicon
from qa.periods import Period
from qa.text import fold
from qa.types import Measure, Quantity

Form = Literal["ask", "compare", "every", "derive"]
Reckoning = Literal["previous", "mean", "share", "difference", "wider", "sum", "times"]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question and the ways in which a report may print it.

    `indicator` marks an official indicator's name or alias; `excludes` are modifiers that,
    right beside the name, make it another indicator; `said` is the question around it, `lexicon`
    what it was read by.
    """

    text: str
    weight: float
    names: tuple[str, ...]
    indicator: bool = False
    excludes: tuple[str, ...] = ()
    said: str = ""
    lexicon: Lexicon = field(default=PROJECT, compare=False, repr=False)
    _hash: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # A term is looked for in hundreds of texts, and each looking is remembered by the term.
        object.__setattr__(self, "_hash", hash((self.text, self.weight, self.names, self.said)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def name(self) -> str:
        """The official name of an indicator, what is printed for an English word, else the text."""
        return self.names[0] if self.indicator or self.text.isascii() else self.text


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked for. Empty slots are open: any measure, unit, period, place will do.

    `scopes` are 全国 and its like, `told` words that tell one of a pair from the other (农村), `head` is
    what is counted (多少个学位). `moved` asks how far something came (多了多少), `earlier` what from;
    `goal` says outright that a target is meant. `given` are numbers
    by which the thing is named (810个项目完成了多少投资). `base` is the earlier period that a change is
    measured from, if the question names one (比2020年末). `stated` are figures to be checked. `query` is
    the text without the report's own place and period. `own` are the words that a follow-up has of its
    own, beside those that it takes from the question before; `core` are those right around the how much:
    消费券带动了多少消费 asks what was 带动, and not what was given out.
    """

    text: str
    terms: tuple[Term, ...]
    wants: Literal["figure", "fact"]
    measure: Measure | None = None
    units: tuple[str, ...] = ()
    unit_said: bool = False
    amount: bool = False
    period: Period | None = None
    target: bool | None = None
    goal: bool = False
    given: tuple[str, ...] = ()
    earlier: bool = False
    places: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    head: Term | None = None
    falling: bool = False
    moved: bool = False
    checks: bool = False
    query: str = ""
    base: Period | None = None
    stated: tuple[Quantity, ...] = ()
    own: tuple[Term, ...] = ()
    core: tuple[Term, ...] = ()
    lexicon: Lexicon = field(default=PROJECT, compare=False, repr=False)

    @property
    def words(self) -> str:
        """The terms by their names."""
        return " ".join(term.name for term in self.terms)

    @property
    def expanded(self) -> str:
        """The query with the names of what it says in other words."""
        official = [term.name for term in self.terms if term.name != term.text]
        others = [term.text for term in self.terms if term.text not in self.query]
        return " ".join([self.query, *others, *official])


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    `stated` are figures that the user names to have them checked (`checks`); `items` are the names
    of the things that a comparison holds against each other, one for each ask. `operands` are what
    to reckon with, by `reckoning`, where the report doesn't print the answer itself.
    """

    text: str
    form: Form
    asks: tuple[Ask, ...]
    stated: tuple[Quantity, ...] = ()
    checks: bool = False
    smallest: bool = False
    items: tuple[str, ...] = ()
    numbers: bool = False
    reckoning: Reckoning | None = None
    operands: tuple[Ask, ...] = ()
    english: bool = False

    def printed(self, words: str) -> str:
        """Words of the folded question as the user wrote them: GDP, not gdp."""
        at = fold(self.text).find(words)
        return self.text[at : at + len(words)] if at >= 0 else words
