"""Fit the weights of the choice of figures on question sets: `python -m qa.training.choice SETS…`.

Ranking is a softmax over a question's candidates (conditional logit), surety a logistic regression
on whether the best candidate is right. Both have a quadratic prior around one for each part, on the
side of zero that its meaning gives it, so that little data moves them little.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from qa import lexicon
from qa.bot import Bot, make_index
from qa.choose.score import PARTS, SURE, Candidate, sure_parts, weights
from qa.encode import open_encoder
from qa.evaluate import Bots, Question, load_sets, same_figure
from qa.question import Ask
from qa.report import parse_report
from qa.training.spoken import COLLOQUIAL, asked_clauses

Array = NDArray[np.float64]
# Which way a part may count is known from what it means; the data say how much.
AGAINST = frozenset(
    """
    apart lacks_indicator no_head other_unit lacks conflict other sibling
    added not_added several mean vague unknown worst shadow apart_dense
    """.split()  # noqa: SIM905
)
LEAST = 0.5
"""A figure's own words count something, though other parts say most of what they say."""
EITHER_WAY = frozenset(("bias", "unit_said", "terms", "short"))
PRIOR = 0.3
SURE_PRIOR = 1.0
MADE_UP = 250
"""How many made-up asks teach what a poor candidate looks like; more drown the real ones."""
FALSE_ALARM = 1.0
"""How much a wrong figure stated costs against a right one withheld."""


@dataclass(frozen=True, slots=True)
class Example:
    """One ask with the candidates that fit its slots and those that don't; `right` marks those that
    fit and have the gold figure.
    """

    key: str
    group: str
    ask: Ask
    fit: tuple[Candidate, ...]
    right: tuple[bool, ...]
    failed: tuple[Candidate, ...]


def examples(questions: Sequence[Question], bots: Bots) -> Iterable[Example]:
    """The questions that ask for one figure, or for one that the report hasn't."""
    for question in questions:
        if len(question.figures) > 1 or (question.answerable and not question.figures):
            continue
        if question.category in ("list", "derive", "compare", "wrong_premise", "right_premise"):
            continue
        bot = bots(question)
        asked = bot.parse(question.question, question.history)
        if len(asked.asks) != 1 or asked.asks[0].wants != "figure":
            continue
        ask = asked.asks[0]
        fit, failed = _parted(bot.chooser.candidates.of(ask))
        if not fit:
            continue
        gold = question.figures[0] if question.figures else ""
        right = tuple(bool(gold) and same_figure(c.figure.text, gold) for c in fit)
        yield Example(question.id, question.set + str(question.reports), ask, fit, right, failed)


Candidates = tuple[Candidate, ...]


def _parted(candidates: Sequence[Candidate]) -> tuple[Candidates, Candidates]:
    """Those that fit every slot, and those that don't."""
    fit = tuple(c for c in candidates if not c.fails)
    return fit, tuple(c for c in candidates if c.fails)


def made_up(size: int) -> list[Example]:
    """Asks of made-up clauses whose report has every other one of them: half of them find nothing.

    What such a report lacks has sisters in it that are asked for in much the same words, and a report
    of a few dozen clauses has no better passage that would hide how poor the best one is.
    """
    rng = random.Random(size)
    found: list[Example] = []
    files = sorted(COLLOQUIAL.glob("*.jsonl"))
    chunks = [
        rows[at : at + 100]
        for rows in map(list, map(asked_clauses, files))
        for at in range(0, len(rows), 100)
    ]
    for chunk in rng.sample(chunks, len(chunks)):
        some = rng.sample(chunk, len(chunk))
        half = some[::2]
        text = "云溪市2023年经济社会发展情况\n" + "\n".join(f"{clause}。" for clause, _ in half)
        spans = {clause: text.index(clause) for clause, _ in half}
        report = parse_report(text, "云溪市", place="云溪市", year=2023)
        bot = Bot(make_index([report], open_encoder()))
        for clause, questions in some[: size // 10]:
            start = spans.get(clause, len(text))
            asked = bot.parse(rng.choice(questions))
            ask = asked.asks[0]
            fit, failed = _parted(bot.chooser.candidates.of(ask))
            right = tuple(start <= c.figure.start < start + len(clause) for c in fit)
            if fit and ask.wants == "figure" and len(asked.asks) == 1 and sum(right) < 2:
                found.append(Example(clause, "made up", ask, fit, right, failed))
        if len(found) >= size:
            break
    return found[:size]


def fit_rank(data: Sequence[Example], prior: Array) -> Array:
    """Weights of PARTS that put the gold figures first."""
    rows = [
        (np.array([c.parts for c in e.fit]), np.array(e.right, float))
        for e in data
        if any(e.right) and not all(e.right)
    ]

    def loss(w: Array) -> tuple[float, Array]:
        total, grad = 0.5 * PRIOR * float(((w - prior) ** 2).sum()), PRIOR * (w - prior)
        for x, y in rows:
            z = x @ w
            z -= z.max()
            p = np.exp(z)
            p /= p.sum()
            gold = p * y
            total -= float(np.log(gold.sum() + 1e-12))
            grad += x.T @ (p - gold / (gold.sum() + 1e-12))
        return total, grad

    return _least(loss, prior, PARTS)


def fit_sure(x: Array, y: Array, prior: Array) -> Array:
    """Bias and weights of SURE (bias first)."""
    x = np.hstack([np.ones((len(x), 1)), x])
    cost = np.where(y > 0, 1.0, FALSE_ALARM)
    damp = np.r_[0.0, np.full(len(prior) - 1, SURE_PRIOR)]

    def loss(w: Array) -> tuple[float, Array]:
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        value = -(cost * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        grad = x.T @ (cost * (p - y))
        return float(value + 0.5 * (damp * (w - prior) ** 2).sum()), grad + damp * (w - prior)

    return _least(loss, prior, ("bias", *SURE))


def _side(name: str) -> float:
    return 0.0 if name in EITHER_WAY else -1.0 if name in AGAINST else 1.0


def _least(
    loss: Callable[[Array], tuple[float, Array]], start: Array, names: Sequence[str]
) -> Array:
    """The weights with the least loss, each on its side of zero."""
    sides = {0.0: (None, None), -1.0: (None, 0.0), 1.0: (0.0, None)}
    bounds = [(LEAST, None) if name == "near" else sides[_side(name)] for name in names]
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


def ranked(example: Example, weights: Array) -> Example:
    """The example's candidates in the order that the weights give."""
    scores = [float(np.dot(weights, c.parts)) for c in example.fit]
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    moved = [replace(example.fit[i], score=scores[i]) for i in order]
    failed = [replace(c, score=float(np.dot(weights, c.parts))) for c in example.failed]
    return Example(
        example.key,
        example.group,
        example.ask,
        tuple(moved),
        tuple(example.right[i] for i in order),
        tuple(failed),
    )


def main() -> None:
    """Fit on all the sets, print what five-fold cross-validation gives, write the weights."""
    reports, sets = sys.argv[1].split(","), sys.argv[2:]
    bots = Bots(reports)
    data = list(examples(load_sets(sets), bots))
    more = made_up(MADE_UP)
    held = weights()
    # Not the weights in force: fit upon fit would drift away from what the parts mean.
    prior = np.array([_side(name) for name in PARTS])
    sure_prior = np.array([_side(name) for name in ("bias", *SURE)])
    groups = sorted({e.group for e in data})
    found: list[tuple[float, bool, bool, str]] = []
    for fold in range(min(5, len(groups))):
        test = [e for e in data if groups.index(e.group) % 5 == fold]
        train = [e for e in data if groups.index(e.group) % 5 != fold]
        w, s = _fit(train, more, prior, sure_prior)
        for e in test:
            e = ranked(e, w)
            z = s[0] + float(np.dot(s[1:], sure_parts(e.ask, e.fit, e.failed)))
            found.append((1 / (1 + np.exp(-z)), e.right[0], any(e.right), e.key))
    answerable = sum(a for *_, a, _ in found)
    print(f"{len(data)} asks, {answerable} with the gold figure among the candidates")
    print(f"best is right: {sum(r for _, r, _, _ in found)}")
    for bar in (0.3, 0.4, 0.5, 0.6, 0.7):
        said = [f for f in found if f[0] >= bar]
        good = sum(f[1] for f in said)
        silent = sum(not f[2] for f in found if f[0] < bar)
        print(
            f"bar {bar}: right {good} + silent {silent}, wrong {len(said) - good}, of {len(found)}"
        )
    w, s = _fit(data, more, prior, sure_prior)
    bars = held["bar"]
    lines = [
        "# Fitted by qa.training.choice; the parts are explained in qa/choose/score.py.",
        "",
        "[bar]",
    ]
    lines += [f"{name} = {bars[name]}" for name in bars]
    lines += ["", "[rank]", "bias = 0.0"]
    lines += [f"{name} = {v:.3f}" for name, v in zip(PARTS, w, strict=True)]
    lines += ["", "[sure]"]
    lines += [f"{name} = {v:.3f}" for name, v in zip(("bias", *SURE), s, strict=True)]
    Path(lexicon.__file__).parent.joinpath("weights.toml").write_text(
        "\n".join(lines) + "\n", "utf-8"
    )


def _fit(
    data: Sequence[Example], more: Sequence[Example], prior: Array, sure_prior: Array
) -> tuple[Array, Array]:
    """Rank fitted on the data, surety on the data and on `more`."""
    w = fit_rank(data, prior)
    again = [ranked(e, w) for e in (*data, *more)]
    x = np.array([sure_parts(e.ask, e.fit, e.failed) for e in again])
    y = np.array([float(e.right[0]) for e in again])
    return w, fit_sure(x, y, sure_prior)


if __name__ == "__main__":
    main()
