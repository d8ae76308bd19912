"""Verdicts: does the report bear out what the user says?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from qa.choose import Choice
from qa.choose.zones import coverage
from qa.figures import find_quantities
from qa.lexicon import last, words
from qa.question import Question, pairs
from qa.text import fold, plain
from qa.types import Figure, Quantity, Report, Verdict

_BORNE_OUT = 0.6
"""How much of a statement a passage must speak of to bear it out."""
_FAR = 2
_MOVED = ("growth", "change")
_MORE = (
    "超过",
    "超",
    "突破",
    "以上",
    "不低于",
    "不少于",
    "至少",
    "多于",
    "高于",
    "大于",
    "过",
    "逾",
    "上",
    "满",
)
_LESS = ("以下", "不到", "不足", "低于", "少于", "小于", "不超过", "至多", "以内", "未满", "跌破")
_ABOUT = ("约", "近", "左右", "大约", "将近", "接近", "上下", "差不多", "大概")


def check(
    question: Question, choices: Sequence[Choice], reports: Mapping[str, Report]
) -> Verdict | None:
    """The verdict on what the question states; None where it states nothing that can be checked.

    A stated figure is held against the figure found for the same slots; a stated direction against
    the report's; a fact without figures against the words that tell it from its like (全国, 全省).
    """
    figures = [figure for choice in choices for figure in choice.figures]
    if question.form != "every" and any(choice.ask.falling for choice in choices) and figures:
        growing = [f for f in figures if f.measure in _MOVED and not falls(f, reports)]
        if growing:
            return "contradicted"
    if not question.checks:
        return None
    more = re.search("比[^，,]{0,8}(?:[多增高涨升]|扩大|提高)", question.text) is not None
    rising = [c for c in choices if (c.ask.measure == "growth" or more) and not c.ask.falling]
    if any(f.measure in _MOVED and falls(f, reports) for c in rising for f in c.figures):
        return "contradicted"
    if question.stated and figures:
        if any(_is_of_another(said, choice) for said in question.stated for choice in choices):
            return "contradicted"
        # 税费过百亿, 全省首个: a place in a row is no matter of a sum.
        units = {figure.unit for figure in figures}
        checked = [q for q in question.stated if q.kind != "ordinal" or q.unit in units]
        held = [_holds(said, figures) for said in checked or question.stated]
        return "confirmed" if all(held) else "contradicted"
    passages = [passage for choice in choices for passage in choice.passages]
    if not passages:
        return None
    text = fold(" ".join(plain(passage.text) for passage in passages))
    if not all(_stands(said, text) for said in question.stated if said.kind != "ordinal"):
        return None
    # Of several quotes the one that speaks most of it: 全国 stands in another one's praise.
    told = [fold(plain(passage.text)) for passage in passages]
    most = max(told, key=lambda t: min(coverage(choice.ask.terms, t) for choice in choices))
    if _differs(fold(question.text), most):
        return "contradicted"
    if not set(re.findall(r"\d+", fold(question.text))) <= set(re.findall(r"\d+", text)):
        return None  # a number that the grammar can't read: nothing is proved
    spoken_of = min(coverage(choice.ask.terms, text) for choice in choices)
    return "confirmed" if spoken_of >= _BORNE_OUT else None


def at_odds(question: Question, figures: Sequence[Figure]) -> list[Figure]:
    """Those of the figures that nothing said holds for: what is right needs no correction."""
    return [f for f in figures if not any(_holds(said, [f]) for said in question.stated)]


def falls(figure: Figure, reports: Mapping[str, Report]) -> bool:
    """Whether the report says that the figure is a decline."""
    before = plain(reports[figure.report].text[figure.clause[0] : figure.start])[-10:]
    if last(before, "clause", "decline") > last(before, "clause", "growth"):
        return True
    better = before.endswith(words("clause", "better"))
    return better and any(word in figure.words for word in words("clause", "burdens"))


def _is_of_another(said: Quantity, choice: Choice) -> bool:
    """Whether what is said to be exceeded is printed as another thing's: 汽车产量突破70万辆, where
    新能源汽车产量 has and 汽车产量 110万辆.
    """

    def same(figure: Figure) -> bool:
        return (figure.value, figure.unit) == (said.value, said.unit)

    if any(same(figure) for figure in choice.figures) or not _holds(said, choice.figures):
        return False
    others = [c for c in choice.candidates if same(c.figure) and set(c.fails) <= {"indicator"}]
    return any(c.score > choice.candidates[0].score / 2 for c in others)


def _stands(said: Quantity, text: str) -> bool:
    """Whether a text has what is said, in whatever way it prints it: 过100亿, 超百亿元."""
    return fold(said.text) in text or any(
        q.value == said.value and said.unit in ("", q.unit) for q in find_quantities(text)
    )


def _holds(said: Quantity, figures: Sequence[Figure]) -> bool:
    alike = [f for f in figures if f.unit == said.unit or not said.unit or not f.unit]
    return any(_fits(said, figure) for figure in alike)


def _fits(said: Quantity, figure: Figure) -> bool:
    hedge = said.qualifier
    value, low = figure.value, said.value
    if said.high is not None:
        return low <= value <= said.high
    if value == low:
        return not any(hedge.endswith(word) or word in hedge.split() for word in ("不到", "不足"))
    # 超过1200万元 is not borne out by 1200亿元, nor 超过一亿 by ten.
    if any(word in hedge for word in _LESS):
        return low / _FAR < value < low
    if any(word in hedge for word in _MORE):
        return low < value < low * _FAR and figure.kind != "ordinal"
    loose = "余" in said.text or "多" in said.text
    if loose:
        return low <= value < low * Decimal("1.1")
    if any(word in hedge for word in _ABOUT):
        return abs(value - low) <= low * Decimal("0.05")
    return False


def _differs(asked: str, text: str) -> bool:
    """The question has one word of a pair where the passage has only the other."""
    scopes = [word for word in words("clause", "scopes") if word in asked]
    for word in scopes:
        others = [w for w in words("clause", "scopes") if w in text]
        if word not in text and others and word in ("全国", "全球", "世界", "全省", "全市", "全区"):
            return True
    return any(
        other in text
        for word, rows in pairs().items()
        if word in asked and word not in text
        for row in rows
        for other in row
        if other not in asked
    )
