"""Which figures answer, or which slot fails: candidates from the hits, scored part by part.

A candidate must fit every slot that the question fills (measure, unit, period, scope). Among those
that fit, a linear score over readable parts ranks, and a second one says how sure the best is; both
sets of weights are fitted on questions and lie in `lexicon/weights.toml`. Nothing is answered below
the bar: then the nearest figure and the slot that keeps it from answering are named.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qa.choose.around import Around
from qa.choose.candidates import Candidates
from qa.choose.choice import Choice, comparable
from qa.choose.listing import Listing
from qa.choose.single import Single
from qa.choose.together import Together
from qa.index import Index
from qa.question import Ask, Question

__all__ = ["Choice", "Chooser", "comparable"]


@dataclass(slots=True)
class Chooser:
    """The figures of an index, ready to be chosen from."""

    index: Index
    candidates: Candidates = field(init=False)
    _single: Single = field(init=False)
    _together: Together = field(init=False)
    _listing: Listing = field(init=False)

    def __post_init__(self) -> None:
        self.candidates = Candidates(self.index)
        self._single = Single(self.candidates, Around(self.candidates))
        self._together = Together(self._single)
        self._listing = Listing(self._single)

    def choose(self, ask: Ask) -> Choice:
        """The figures or passages that answer one thing asked, or what is missing."""
        return self._single.choose(ask)

    def decide(self, question: Question) -> tuple[list[Choice], list[Choice]]:
        """A choice for each thing asked, and, where they must be reckoned with, for each operand."""
        if question.form == "derive":
            return self._together.derived(question)
        if question.form == "every":
            return [self._listing.every(question.asks[0], question.numbers)], []
        if question.form == "compare":
            return self._together.sides(question), []
        choices = self._together.apart([self.choose(ask) for ask in question.asks])
        choices = [self._together.beside(choice, choices) for choice in choices]
        if question.operands and not any(c.figures or c.passages for c in choices):
            return choices, self._together.operands(question)
        return choices, []
