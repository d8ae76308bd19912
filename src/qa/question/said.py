"""What a question says outright: figures, numbers that name a thing, units, times, places it is held against."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.figures import find_quantities
from qa.lexicon import RELATIVE, without, words
from qa.periods import Period, find_periods
from qa.question.cues import leading_unit, says
from qa.text import fold
from qa.types import Measure, Quantity

# 3岁以下婴幼儿: the figure says which, and not how many.
_LIMIT = re.compile(
    r"以[上下内外][的]?(?![了吗呢吧是对]|安排|水平|速度|增长|完成|落实)[\u4e00-\u9fff]"
)
# 连续7年排第一: for how long is stated, and no time.
_LASTING = ("连续", "连着", "连")
# 超过1亿 may be printed 超亿元, and 省一级 is no grade.
_ROUND = re.compile(
    r"(?<![\d.])(?:10{0,3}(?=[万亿])|50%)|(?<=[省市县区乡镇村家那这哪院央])一级|最高一级"
)
_KNOWN = re.compile("[那这该]$")
_NUMBER = re.compile(r"(?<![a-z\d.])\d+(?:\.\d+)?a?(?![a-z\d])")


def stated_in(text: str) -> tuple[Quantity, ...]:
    """The figures of a question but for times and what only names the thing: 3岁以下, 优于Ⅲ类的比例."""
    rate = says(text, "percent") or says(text, "share")
    found = tuple(
        q
        for q in find_quantities(text)
        if q.kind != "date"
        and (q.unit != "年" or text[: q.start].endswith(_LASTING))
        and not _LIMIT.match(text[q.stop :])
    )
    # 5A级景区有18个, 连着33个榨季排第一: the grade says which, and the place is what the rest is of.
    counted = tuple(q for q in found if q.kind != "grade")
    # 那35件实事投了125亿元: the first is known to both and says which.
    counted = tuple(q for q in counted if not _KNOWN.search(text[: q.start])) or counted
    if any(q.kind != "ordinal" for q in counted):
        counted = tuple(q for q in counted if q.kind != "ordinal" or q.unit)
    return counted if counted or rate else found


_BY_UNIT = re.compile(
    r"(?:按|用|以|带|拿|单位[是为])[“”\"'‘]?(?P<unit>百分比|百分数|[\u4e00-\u9fffa-z/]{1,6})[“”\"'’]?"
    r"(?:来)?(?:算|计|表示|做单位|作单位|为单位|的)"
)


def in_unit(text: str) -> str:
    """The unit in which a list is wanted: 按“套”算, 用百分比表示."""
    for match in _BY_UNIT.finditer(text):
        said = match["unit"]
        if said.startswith("百分"):
            return "%"
        if leading_unit(said) == said:
            return said
    return ""


def said_to_fall(part: str, stated: Sequence[Quantity]) -> bool:
    """科技支出少了30%: a rate is stated of what is said to have become less."""
    return any(
        q.unit in RELATIVE
        and re.search(
            rf"[少降跌减缩掉]了?(?:大约|将近|差不多|[约近超过]){{0,2}}{re.escape(fold(q.text))}",
            part,
        )
        for q in stated
    )


def last_of(periods: Sequence[Period]) -> Period | None:
    """The last period, one that has its years before one that hasn't: “十五五”这五年."""
    return max(periods, key=lambda p: (p.first is not None, p.start), default=None)


def scopes_in(text: str) -> tuple[str, ...]:
    """全国 and its like; 全国重点实验室 is a name and holds for no country."""
    named = "|".join(words("clause", "national"))
    text = without(text, "clause", "no_scopes")
    return tuple(w for w in words("clause", "scopes") if re.search(f"{w}(?!{named})", text))


def asked_periods(text: str) -> tuple[Period, ...]:
    """The periods that a question asks for; 比上年 names none, it only says that growth is meant."""
    return tuple(
        p
        for p in find_periods(text)
        # 去年的和今年的都要 holds nothing against anything.
        if not re.search(r"(?:[比较]|(?<!年)(?<!年的)[跟和与])$", text[: p.start])
    )


def periods_of(part: str, context: str) -> tuple[Period, ...]:
    """The periods of what is asked, else those of what is said around it; no 前年 of a story's."""
    around = asked_periods(context)
    own = asked_periods(part)
    if any(p.text == "这五年" for p in own):
        # 到“十二五”结束，这五年…: which five is said before.
        own = tuple(p for p in around if p.kind == "named") or own
    return own or tuple(p for p in around if p.text != "前年")


def given_in(text: str) -> tuple[str, ...]:
    """The numbers and grades by which the thing asked for is named: 810个项目, 优于Ⅲ类."""
    text = _ROUND.sub("", text)
    grades = (q.text for q in find_quantities(text) if q.kind == "grade")
    return tuple(dict.fromkeys((*_NUMBER.findall(text), *grades)))


def base_of(text: str) -> Period | None:
    """2020年 in 和2020年相比少了多少; the year before is what a change is measured from anyway."""
    found = (p for p in find_periods(text) if re.search(r"[比较跟和与][“”]?$", text[: p.start]))
    return next((base for base in found if not says(base.text, "before")), None)


def units_of(stated: Sequence[Quantity]) -> tuple[str, ...]:
    """The units that the stated figures have."""
    return tuple(dict.fromkeys(q.unit for q in stated if q.unit))


def measure_of(stated: Sequence[Quantity]) -> Measure | None:
    """What the stated figures measure, where their form tells: places in a row."""
    return "rank" if all(q.kind == "ordinal" for q in stated) else None
