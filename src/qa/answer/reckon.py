"""Reckoning with the report's figures: who is ahead, and what follows from two of them.

Nothing is reckoned from figures of different unit, period or measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from qa.answer.verdict import falls
from qa.choose import Choice, comparable
from qa.lexicon import counts, words
from qa.periods import find_periods, resolve
from qa.question import Question, says
from qa.text import plain
from qa.types import Derived, Figure, Report


def reckon(
    question: Question,
    choices: Sequence[Choice],
    operands: Sequence[Choice],
    reports: Mapping[str, Report],
) -> tuple[Derived, ...]:
    """What the question wants reckoned; () where an operand is missing or they don't go together."""
    for choice in choices:
        if choice.ask.moved and len(choice.figures) == 2:
            one, other = choice.figures
            rate = other.measure == "growth" and other.unit == "%" != one.unit
            found = increase(one, other, falls(other, reports)) if rate else difference(one, other)
            return (found,) if found else ()
    figures = [choice.figures[0] for choice in operands if choice.figures]
    if len(figures) < 2 or len(figures) < len(operands):
        return ()
    if question.reckoning == "previous":
        if not _is_year_before(question, figures[0], reports[figures[0].report]):
            return ()
        made = previous(figures[0], figures[1], falls(figures[1], reports))
        return (made,) if made else ()
    if question.reckoning == "sum":
        found = total(figures)
        return (found,) if found else ()
    ways = {"mean": mean, "share": share, "difference": difference, "wider": wider, "times": times}
    made = ways[question.reckoning](figures[0], figures[1]) if question.reckoning else None
    return (made,) if made else ()


def _is_year_before(question: Question, level: Figure, report: Report) -> bool:
    """Whether the year that the question names, if any, is the one before the level's."""
    asked = question.asks[0].period
    # 上年, 去年: of the level, whenever that is.
    if asked is None or report.year is None or (asked.first is None and says(asked.text, "before")):
        return True
    of = next((p.last for p in find_periods(level.period) if p.last), report.year)
    return resolve(asked, report.year).last == of - 1


def winner(question: Question, choices: Sequence[Choice]) -> str:
    """The line that says who is ahead, "" where the figures can't be held against each other."""
    found = [choice.figures[0] for choice in choices if choice.figures]
    if len(found) < len(choices) or len(found) < 2 or not comparable(found):
        return ""
    named = list(zip(map(question.printed, question.items), found, strict=True))
    named.sort(key=lambda pair: pair[1].value, reverse=not question.smallest)
    # A stable order for equals: as they were asked.
    first, best = named[0]
    sign = "<" if question.smallest else ">"
    listed = f" {sign} ".join(f"{plain(f.text)}（{name}）" for name, f in named)
    if best.value == named[1][1].value:
        return f"**两者相同**：{plain(best.text)}"
    word = "最" if len(named) > 2 else "更"
    return f"**{first}{word}{'低' if question.smallest else '高'}**：{listed}"


def previous(level: Figure, growth: Figure, fell: bool = False) -> Derived | None:
    """The year before's level, from this year's and its growth, or its decline, in per cent."""
    points = growth.kind == "points" and level.unit == "%"
    if points or (growth.unit == level.unit and growth.unit != "%"):
        return _before_change(level, growth, fell)
    if growth.unit != "%" or growth.measure != "growth" or level.unit in ("%", ""):
        return None
    rate = 1 - growth.value / 100 if fell else 1 + growth.value / 100
    if rate <= 0:
        return None
    scale, unit = _scale(level)
    value = (level.value / rate / scale).quantize(Decimal("0.01"), ROUND_HALF_UP)
    formula = f"{plain(level.text)} ÷ (1 {'−' if fell else '+'} {plain(growth.text)}) ≈ {value.normalize():f}{unit}"
    return Derived(value * scale, level.unit, formula, (level, growth))


def increase(level: Figure, growth: Figure, fell: bool = False) -> Derived | None:
    """By how much a level rose or fell, from it and its growth or decline in per cent."""
    before = previous(level, growth, fell)
    if before is None:
        return None
    scale, unit = _scale(level)
    value = (abs(level.value - before.value) / scale).quantize(Decimal("0.01"), ROUND_HALF_UP)
    then = before.formula.partition(" ≈ ")[0]
    one, other = (then, plain(level.text)) if fell else (plain(level.text), then)
    formula = f"{one} − {other} ≈ {value.normalize():f}{unit}"
    return Derived(value * scale, level.unit, formula, (level, growth))


def total(figures: Sequence[Figure]) -> Derived | None:
    """The sum of figures of one unit and kind; rates have none."""
    first = figures[0]
    if not comparable(figures) or first.unit in ("%", "") or len(set(figures)) < len(figures):
        return None
    scale, unit = _scale(max(figures, key=lambda f: f.value))
    value = sum((f.value for f in figures), Decimal(0))
    listed = " + ".join(plain(f.text) for f in figures)
    formula = f"{listed} = {(value / scale).normalize():f}{unit}"
    return Derived(value, first.unit, formula, tuple(figures))


def _before_change(level: Figure, change: Figure, fell: bool) -> Derived:
    """What there was before so many came or went."""
    scale, unit = _scale(level)
    value = level.value + change.value if fell else level.value - change.value
    sign = "+" if fell else "−"
    formula = (
        f"{plain(level.text)} {sign} {plain(change.text)} = {(value / scale).normalize():f}{unit}"
    )
    return Derived(value, level.unit, formula, (level, change))


def wider(own: Figure, ahead: Figure) -> Derived | None:
    """The country's rate, from the place's own and by how many points that is above or below it."""
    below = any(word in ahead.words for word in words("clause", "behind"))
    above = any(word in ahead.words for word in words("clause", "ahead"))
    if own.unit != "%" or ahead.kind != "points" or not (above or below):
        return None
    value = own.value + ahead.value if below else own.value - ahead.value
    sign = "+" if below else "−"
    formula = f"{plain(own.text)} {sign} {plain(ahead.text)} = {value.normalize():f}%"
    return Derived(value, "%", formula, (own, ahead))


def mean(total: Figure, count: Figure) -> Derived | None:
    """The share of each: a total divided by a count."""
    if not count.value or total.unit == count.unit:
        return None
    each = total.value / count.value
    scale, unit = _scale(total)
    if each < scale / 100:  # 118亿元 for 310万人 is thousands of 元 each
        fit = next(((name, s) for name, s in _SCALES if s <= each), ("", 1))
        scale, unit = Decimal(fit[1]), fit[0] + total.unit
    value = (each / scale).quantize(Decimal("0.01"), ROUND_HALF_UP)
    formula = f"{plain(total.text)} ÷ {plain(count.text)} ≈ {value.normalize():f}{unit}"
    return Derived(value * scale, total.unit, formula, (total, count))


def share(part: Figure, whole: Figure) -> Derived | None:
    """One figure in per cent of another of the same unit, or both counts: 企业57万家 of 经营主体147万户."""
    alike = comparable((part, whole)) or (counts(part.unit) and counts(whole.unit))
    if not alike or not whole.value or part.unit == "%":
        return None
    value = (part.value / whole.value * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    formula = f"{plain(part.text)} ÷ {plain(whole.text)} ≈ {value.normalize():f}%"
    return Derived(value, "%", formula, (part, whole))


def times(one: Figure, other: Figure) -> Derived | None:
    """How many times the other figure one is, both of one unit."""
    if not comparable((one, other)) or not other.value or one.unit == "%":
        return None
    value = (one.value / other.value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    formula = f"{plain(one.text)} ÷ {plain(other.text)} ≈ {value.normalize():f}倍"
    return Derived(value, "倍", formula, (one, other))


def difference(one: Figure, other: Figure) -> Derived | None:
    """How far two figures of one unit lie apart; per cents differ by percentage points."""
    if not comparable((one, other)):
        return None
    high, low = sorted((one, other), key=lambda f: f.value, reverse=True)
    scale, unit = _scale(high)
    value = (high.value - low.value) / scale
    unit = "个百分点" if high.unit == "%" else unit
    formula = f"{plain(high.text)} − {plain(low.text)} = {value.normalize():f}{unit}"
    return Derived(
        high.value - low.value, unit if high.unit == "%" else high.unit, formula, (high, low)
    )


_SCALES = (("万亿", 10**12), ("亿", 10**8), ("万", 10**4))


def _scale(figure: Figure) -> tuple[Decimal, str]:
    """The scale that the figure is printed in, so that the result is printed alike: 万, 亿."""
    for name, scale in _SCALES:
        if name in figure.text:
            return Decimal(scale), name + figure.unit
    return Decimal(1), figure.unit
