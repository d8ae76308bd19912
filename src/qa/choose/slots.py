"""Slots: does a figure have the unit, measure, period and place that a question asks for?

Each answers 1 for the very one, 0 where the question leaves it open, something below 0 where it
fits badly, and −1 where it doesn't fit: such a figure never answers.
"""

from __future__ import annotations

import re
from functools import cache

from qa.choose.zones import NAMED, Zone, found, is_formal, speaks
from qa.lexicon import RELATIVE, alike, apart, counts, table, unit_families, words
from qa.periods import find_periods, months, part, resolve
from qa.question import Ask, Term, says
from qa.types import Figure, Measure, Report

_SINCE = re.compile(r"比((?:19|20)\d\d)年")
_SCALED = re.compile(r"(?:多少|几[十百千]?)(万|亿)")


def unit(ask: Ask, figure: Figure, near: str) -> float:
    """The unit; one of the same family (亩, 平方米) can stand for it, another dimension can't."""
    timed = unit_families().get(figure.unit) == "time"
    if says(ask.text, "duration") and figure.kind != "date":
        return 1.0 if timed else -1.0
    if figure.unit == "%" and says(ask.text, "counting") and not says(ask.text, "percent"):
        return -1.0
    if timed and figure.unit not in ask.units:
        return 0.0 if says(ask.text, "time") or says(ask.text, "span") else -1.0
    if not ask.units or figure.kind == "date":
        return 0.0
    if figure.unit == "个" and ask.unit_said and ask.units[0] in ("人", "名"):
        # 有多少人参加: in how many cities says not how many.
        return -0.5 if speaks(near, "persons") else -1.0
    if ask.measure == "rank":
        # 第几个 asks of places in a row, and not of which batch.
        batch = [unit in words("units", "batches") for unit in (figure.unit, ask.units[0])]
        return -1.0 if batch[0] != batch[1] else 0.0
    if ask.head and not ask.unit_said and _counts_no_such(ask, ask.head, figure, near):
        return -1.0
    fits = _of_units(ask, figure)
    if fits == 1.0 and (scale := _SCALED.search(ask.text)):
        # 多少万亩 expects more than 6000.
        fits = 1.0 if figure.value >= 10 ** (4 if scale[1] == "万" else 8) else 0.7
    both_count = figure.unit in ("件", "个", "项") and any(map(counts, ask.units))
    if fits <= -1.0 and both_count and ask.head and found(ask.head, near) >= NAMED:
        return 0.2  # 多少台家电: 735万件. What is counted tells more than its measure word.
    return fits


def _counts_no_such(ask: Ask, head: Term, figure: Figure, near: str) -> bool:
    """Whether persons or things are asked for (多少农民) and the figure is no such number: a share of them, or
    how many 县 there are.
    """
    if figure.unit == "%":
        return "%" not in ask.units
    persons = ask.units[0] in ("人", "人次")
    things = counts(figure.unit) and figure.unit not in words("units", "persons")
    return persons and things and found(head, near) < NAMED


def _counts(unit: str) -> bool:
    """Whether it counts, be it things, persons or trips (人次, 班次)."""
    return counts(unit) or unit_families().get(unit, "").startswith("freight")


def _of_units(ask: Ask, figure: Figure) -> float:
    counted = ask.unit_said and "倍" not in ask.units
    if figure.unit == "" and counted and (figure.kind == "ratio" or figure.value < 1):
        return -1.0  # 占全国1/4 says not how many there are
    if (
        set(ask.units) == {"%"}
        and (says(ask.text, "percent") or any(t.text.endswith("率") for t in ask.terms))
        and figure.kind in ("grade", "ordinal", "amount")
    ):
        return -1.0 if figure.unit else 0.0
    plain = {figure.unit, figure.unit.partition("/")[0]}  # 每立方米多少微克
    if plain & set(ask.units) or any(figure.unit.endswith(u) for u in ask.units if len(u) > 1):
        return 1.0
    if ask.measure == "growth" and figure.kind == "points":
        return 0.4  # 覆盖率提高了多少: by how many points
    came = figure.measure == "change" and ask.moved and not says(ask.text, "rate")
    if ask.measure == "growth" and (figure.unit == "倍" or _adds(ask, figure) or came):
        return 0.4  # 营收增长了多少: 4.3倍, 名额多了多少: 1.8万个, 运动场地宽了多少: 0.18平方米
    if any(alike(figure.unit, unit) for unit in ask.units):
        return 0.4
    if (
        ask.unit_said
        and figure.unit
        and all(unit_families().get(u, "").startswith("freight") for u in ask.units)
    ):
        return -1.0  # 多少万标准箱 counts nothing else
    if figure.unit == "":
        return 0.0
    if _counts(figure.unit) and any(map(_counts, ask.units)):
        never = all(apart(figure.unit, unit) for unit in ask.units)
        return -1.0 if ask.unit_said and never else -0.5
    family = unit_families().get(figure.unit)
    if family is not None and family in {unit_families().get(unit) for unit in ask.units}:
        return 0.6
    if family == "money" and ask.head is not None:
        return -1.0  # 多少游客 asks for no money
    # An indicator's usual unit is only a hint; a unit that the question names is not.
    relative = figure.unit in RELATIVE
    told = ask.unit_said or ask.measure not in (None, "level") or (ask.measure and relative)
    return -1.0 if told else -0.5


_LEVELS: frozenset[Measure] = frozenset({"level", "count", "target"})


def measure(ask: Ask, figure: Figure) -> float:
    """The measure: a growth never answers a level, nor a level a rank."""
    wanted, given = ask.measure, figure.measure
    if (
        figure.kind == "points"
        and wanted != "change"
        and not _asks_ahead(ask)
        and _is_ahead(figure)
    ):
        return -1.0  # 高于全国1.5个百分点 says not by how much it grew
    if wanted is None:
        return _of_no_measure(ask, figure)
    if wanted == given or (wanted in _LEVELS and given in _LEVELS):
        return 1.0 if wanted != "growth" or ask.units else 0.3
    if wanted == "rank" and figure.unit in ("位", "名"):
        return 0.8
    if wanted == "growth" and (given == "change" or _adds(ask, figure)):
        return 0.3 if ask.units else 1.0  # 多收了多少: how much, sooner than by how many per cent
    if wanted == "share" and figure.unit == "%" and given == "level":
        return 0.3
    return -1.0


def _adds(ask: Ask, figure: Figure) -> bool:
    """多了多少 may be answered by how many came newly; 增长了多少 is by how many per cent."""
    return ask.moved and not says(ask.text, "rate") and speaks(figure.words, "newly")


def _of_no_measure(ask: Ask, figure: Figure) -> float:
    """Where the question leaves the measure open: how much there is, and not by how much more."""
    given = figure.measure
    if ask.goal and not ask.unit_said and given == "growth":
        return 0.0  # GDP 目标: what is set as a target is mostly a growth
    if given == "growth" and not {"%", "倍"} & set(ask.units):
        moved = ask.moved and not ask.units  # 便宜了多少: 5.2%
        return -1.0 if (ask.amount or ask.units) and not moved else -0.5
    if given == "date":
        return -1.0
    if given == "rank" and ask.amount and figure.unit not in ask.units:
        return -1.0
    moves = ask.unit_said or ask.moved or ask.falling or ask.stated or says(ask.text, "moving")
    if given == "change" and (says(ask.text, "after") or says(ask.text, "reached")):
        return -1.0
    if given == "change" and not moves and not speaks(ask.text, "added"):
        return -1.0  # 提高1.43个百分点 says not how much there is
    if given in ("rank", "change"):
        return 0.0 if ask.unit_said else -0.5
    return 0.0


def _asks_ahead(ask: Ask) -> bool:
    return bool(ask.scopes) or "比" in ask.text


def _is_ahead(figure: Figure) -> bool:
    return any(word in figure.words for word in words("clause", "ahead"))


def period(ask: Ask, figure: Figure, report: Report) -> float:
    """The period: a target never answers a result; a level at the end of a plan is its last year's."""
    target = figure.period.endswith("目标")
    if figure.period == "此前":
        return _of_before(ask, report)
    given = _span(figure.period.removesuffix("目标"))
    if ask.goal and not target:
        return -1.0
    if ask.earlier:
        return -0.5
    if ask.period is None:
        return _of_no_time(ask, target, given is not None and report.year in given)
    asked = resolve(ask.period, report.year) if report.year is not None else ask.period
    if asked.first is None or asked.last is None or given is None:
        return 0.0
    of, wanted = (months(part(text)) for text in (figure.period, ask.period.text))
    if of != wanted:
        # A quarter is no other one, nor the year, least of all another year.
        return -1.0 if (of and wanted) or (asked.first, asked.last) != given else -0.6
    if (asked.first, asked.last) == given:
        if ask.target is True and not target and asked.last <= (report.year or 0):
            return -0.3
        return 1.0
    ahead = report.year is not None and asked.last > report.year
    apart = asked.last < given[0] or given[1] < asked.first
    added = speaks(figure.words, "added") and not apart
    if added and (given[0] == given[1]) != (asked.first == asked.last):
        # What one year added is not what five years did, nor the other way round.
        return -1.0
    if asked.first == asked.last == given[1] and figure.measure != "growth" and target == ahead:
        return 0.5
    if given[0] == given[1] == asked.last and figure.measure != "growth":
        return 0.3
    return -1.0


def _of_no_time(ask: Ask, target: bool, of_year: bool) -> float:
    """Where the question names no period, only whether it is of what is done or still to be done."""
    if ask.target is True:
        return 0.6 if target else -0.1
    if target:
        return -0.4 if ask.target is None else -1.0
    return 0.2 if of_year else 0.0


def _of_before(ask: Ask, report: Report) -> float:
    """What something came from (由A增至B) is no figure of the report's year or the year before."""
    if ask.earlier:
        return 1.0
    if ask.period is None or report.year is None:
        return -0.8
    asked = resolve(ask.period, report.year)
    return 0.0 if asked.last is not None and asked.last < report.year - 1 else -1.0


def base(ask: Ask, zone: Zone, report: Report) -> bool:
    """Whether a change is measured from where the question says: 比2020年, not 比上年."""
    if ask.base is None or report.year is None:
        return True
    asked = resolve(ask.base, report.year)
    told = resolve(ask.period, report.year) if ask.period else None
    year = told.last if told and told.last else report.year
    if asked.last is None:
        return True
    if asked.last == year - 1:
        # 比2006年增长 for 2007年 is no growth since 2002.
        since = _SINCE.search(zone.near)
        return since is None or int(since[1]) == asked.last
    return any(resolve(p, report.year).last == asked.last for p in find_periods(zone.sentence))


@cache
def _span(text: str) -> tuple[int, int] | None:
    for period in find_periods(text):
        if period.first is not None and period.last is not None:
            return period.first, period.last
    return None


def scope(ask: Ask, figure: Figure, zone: Zone, report: Report) -> float:
    """The place: a neighbour never answers for this one."""
    other = [p for p in ask.places if not same_place(p, report.place)]
    if other:
        return min(_names_place(p, zone, ask) for p in other)
    wide = [w for w in ask.scopes if not _covers(w, report.place)]
    if wide and figure.measure == "rank":
        return 0.0  # a place in a row is always one among more
    if wide:
        return 1.0 if any(w in zone.near or w in figure.scope for w in wide) else -1.0
    if _is_inner(zone.near, ask, report):
        return -1.0
    if figure.scope != report.place and not _covers(figure.scope, report.place):
        return -0.5
    return 0.0


def _is_inner(near: str, ask: Ask, report: Report) -> bool:
    """Whether a statistic of the whole place is asked for, and the figure is of a town in it: 酒泉经济总量."""
    if not any(is_formal(term) for term in ask.terms):
        return False
    return near.startswith(_inside(report.place)) and not near.startswith(tuple(ask.places))


@cache
def _inside(place: str) -> tuple[str, ...]:
    """The prefectures of a province but for one that has its name: 吉林 of 吉林省."""
    prefectures = table("places")["provinces"].get(place, ())
    return tuple(name for name in prefectures if not place.startswith(name))


def _names_place(place: str, zone: Zone, ask: Ask) -> float:
    """兰州 is named by 兰州市 and not by 兰州新区 or 兰州大学, unless a 大学 is asked for."""
    said = ask.text + "".join(term.text for term in ask.terms)
    others = tuple(word for word in words("clause", "not_the_place") if word not in said)
    short = _abbreviation(place)
    for text, worth in ((zone.near, 1.0), (zone.clause, 1.0), (zone.until, 0.3)):
        at = text.find(place)
        if at >= 0 and not text[at + len(place) :].startswith(others):
            return worth
        if short and short.search(text):
            return worth
    return -1.0


@cache
def _abbreviation(place: str) -> re.Pattern[str] | None:
    """来沪, 沪企 of 上海; None where a place has none."""
    told = table("places")["abbreviation"]
    short = told["names"].get(place)
    return re.compile(f"[{told['before']}]{short}|{short}[{told['behind']}]") if short else None


def same_place(asked: str, place: str) -> bool:
    """四川 is 四川省, 城西区 lies in 西宁市城西区."""
    bare = asked[:-1] if asked[-1] in "省市区县州盟" and len(asked) > 2 else asked
    return bool(place) and (asked in place or place in asked or bare in place)


def _covers(scope: str, place: str) -> bool:
    """Whether 全省 and the like mean the report's own place."""
    kinds = {"全区": "区", "全市": "市", "全省": "省", "全县": "县", "全州": "州", "全盟": "盟"}
    return scope in kinds and (
        place.endswith(kinds[scope]) or (scope == "全省" and "自治区" in place)
    )
