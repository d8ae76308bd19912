"""A choice as data for whoever wants to know why: what was asked, what decided, what stood beside it."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

from qa.choose.choice import RULES, Choice
from qa.choose.score import Candidate, weighted
from qa.question import Ask, Term

_UNSHOWN = ("text", "terms", "query", "lexicon")


def explain(choice: Choice) -> dict[str, Any]:
    """The whole choice: words, slots, rule, surety, and every candidate, best first."""
    return {
        "asked": choice.ask.text,
        "rule": choice.rule,
        "why": " ".join(RULES[choice.rule]),
        "sure": choice.sure if choice.bar else None,
        "bar": choice.bar or None,
        "terms": [_term(term) for term in choice.ask.terms],
        "slots": filled(choice.ask),
        "figures": choice.figures,
        "passages": choice.passages,
        "missing": choice.missing,
        "candidates": [_candidate(candidate) for candidate in choice.candidates],
    }


def filled(ask: Ask) -> dict[str, Any]:
    """The slots that the question fills, in its words; an open one isn't there."""
    slots = [field for field in fields(Ask) if field.name not in _UNSHOWN]
    values = {slot.name: getattr(ask, slot.name) for slot in slots}
    return {
        slot.name: _plain(values[slot.name])
        for slot in slots
        if slot.default is MISSING or values[slot.name] != slot.default
    }


def _term(term: Term) -> dict[str, Any]:
    official = term.names[0] if term.indicator else None
    return {"text": term.text, "weight": term.weight, "official": official}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "figure": candidate.figure,
        "score": candidate.score,
        "fails": candidate.fails,
        "parts": weighted(candidate),
    }


def _plain(value: Any) -> Any:
    """A period, a term, a quantity by its words."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return getattr(value, "text", value)
