"""The score: a sum of named parts that ranks candidates, and one that says how sure the best is.

The weights of both are fitted on questions (`qa.training.choice`) and lie in `lexicon/weights.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from operator import mul

from qa.lexicon import table
from qa.question import Ask
from qa.text import plain
from qa.types import Figure, Slot

PARTS = (
    "near",  # terms of the question in the figure's own words
    "reach",  # … in its clause and the one before
    "sentence",  # … in its passage and the section's title
    "apart",  # … and so much less within reach: the passage speaks of it, and not where the figure is
    "exact",  # the figure's own words that the question speaks of
    "dense_near",  # cosine of the question and the figure's own words
    "dense",  # cosine of the question and the passage
    "hit",  # fused score of the passage, against the best passage
    "indicator",  # the official indicator asked for is in the figure's own words
    "lacks_indicator",  # … or one of two that are asked for is not: 水电, 发电量
    "head",  # what is counted (多少个学位) is in its clause
    "no_head",  # … is not even in the passage
    "unit",  # the unit asked for: 1 the same, less of one family, 0 open
    "other_unit",  # the question names a measure word, and the figure has another one
    "measure",  # the measure asked for: 1 the same, 0 open
    "period",  # the period asked for: 1 the same, 0 open
    "scope",  # the place asked for: 1 named, 0 open
    "lacks",  # words that tell one of a pair (农村, not 城镇) which the passage hasn't
    "conflict",  # … and where it has the other one
    "other",  # its own words name an official indicator, and not the one asked for
    "sibling",  # … but one beside it: 支出 for 收入, 原煤产量 for 粮食产量
    "added",  # it is what is new (新增) and the question doesn't ask for that
    "not_added",  # the question does, and it isn't
    "several",  # … of several years together: 累计, 年均
    "mean",  # … of each one: 每千人口, 户均
    "vague",  # a figure without a digit: 百亿元, 首个, 六大
    "rarest",  # the rarest word is within reach
    "unknown",  # words that no report has
    "worst",  # what lacks of the word that is least within reach
    "core",  # the words right around the how much are in the figure's own words
)
SURE = (
    *PARTS,
    "margin",  # lead over the best candidate with another figure
    "unit_said",  # the question names a unit
    "terms",  # how many words there are to go by, up to 1
    "short",  # a question of one content word
    "shadow",  # by how much a figure that fails only by measure, period or place is better
    "apart_dense",  # by how much the own words of another figure are nearer in meaning
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure with the parts of its score, in the order of PARTS; `fails` are slots that don't fit."""

    figure: Figure
    parts: tuple[float, ...]
    fails: tuple[Slot, ...]
    score: float


def surety(ask: Ask, fit: Sequence[Candidate], all_: Sequence[Candidate]) -> float:
    """How likely the first of those that fit is the one asked for, 0 to 1; `all_` has those too that
    fail a slot.
    """
    return 1.0 / (1.0 + exp(-_weighed("sure", sure_parts(ask, fit, all_))))


def sure_parts(ask: Ask, fit: Sequence[Candidate], all_: Sequence[Candidate]) -> tuple[float, ...]:
    """What the surety goes by, in the order of SURE."""
    best = fit[0]
    # A target is no rival of a result, nor what something came from of what it came to.
    period = PARTS.index("period")
    other = next(
        (
            c
            for c in fit
            if plain(c.figure.text) != plain(best.figure.text)
            and (c.parts[period] >= 0 or best.parts[period] < 0)
        ),
        None,
    )
    margin = min(best.score - other.score, 4.0) if other else 4.0
    said = [term for term in ask.terms if term.weight >= 0.9]
    # The report speaks of the very thing, and has another measure, time or place of it.
    failed = (c for c in all_ if c.fails and "indicator" not in c.fails)
    shadow = min(max((0.0, *(c.score - best.score for c in failed))), 6.0)
    meaning = PARTS.index("dense_near")
    nearest = max(c.parts[meaning] for c in fit)
    return (
        *best.parts,
        margin,
        float(ask.unit_said),
        min(len(said), 6) / 6,
        float(len(said) < 2),
        shadow,
        nearest - best.parts[meaning],
    )


def weighted(candidate: Candidate) -> dict[str, float]:
    """The parts of the score times their weights, largest first, without those that add nothing."""
    held = weights()["rank"]
    parts = zip(PARTS, candidate.parts, strict=True)
    found = {"bias": held["bias"]} | {name: held[name] * value for name, value in parts}
    return {
        name: found[name] for name in sorted(found, key=lambda n: -abs(found[n])) if found[name]
    }


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The fitted weights: `rank` over PARTS, `sure` over SURE, and the bars."""
    return table("weights")


@cache
def _row(name: str) -> tuple[float, ...]:
    """The weights of `rank` or `sure` in the order of their parts."""
    held = weights()[name]
    return tuple(held[part] for part in (PARTS if name == "rank" else SURE))


def ranked(parts: Sequence[float]) -> float:
    """The score of a candidate's parts."""
    return _weighed("rank", parts)


def _weighed(name: str, parts: Sequence[float]) -> float:
    """The parts by the weights of `rank` or `sure`, summed."""
    return sum(map(mul, _row(name), parts), weights()[name]["bias"])
