"""What a report is about: its place, and the year that it speaks of as done."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import zip_longest

from qa.report.layout import Block
from qa.text import fold

NATION = "全国"
_READ = 200_000  # characters: by then a report has said what it is about
_IN_TITLE = 20  # mentions that one in the title, or in the file's name, is worth
_LEAST = 3  # mentions of a place that the title doesn't name


@dataclass(frozen=True, slots=True)
class Gist:
    """What tells a report's subject: its file's name, title, headings, datelines and text."""

    name: str
    title: str
    headings: tuple[str, ...]
    datelines: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, blocks: Sequence[Block], title: int, name: str) -> Gist:
        """Gather it from the blocks, of which `title` is the index of the title or -1."""
        heads = [b.head for i, b in enumerate(blocks) if i != title]
        return cls(
            name=name,
            title=blocks[title].text.lstrip("#* ") if title >= 0 else "",
            headings=tuple(h.title for h in heads if h.look in ("heading", "run_in")),
            datelines=tuple(h.text for h in heads[:30] if h.look in ("byline", "plain")),
            text=_running(blocks),
        )


def _running(blocks: Sequence[Block]) -> str:
    """The report's words without the furniture around it."""
    texts: list[str] = []
    size = 0
    for block in blocks:
        if block.head.look not in ("furniture", "label"):
            texts.append(block.text[: _READ - size])
            size += len(texts[-1])
        if size >= _READ:
            break
    return "\n".join(texts)


# ---- place ----

_BODY = re.compile(r"(?:\d{4}年度?)?(?:关于)?(\D{2,30}?(?:公司|集团|大学|学院|医院|银行))")
_STATE = re.compile(r"中华人民共和国|国务院|全国")
_NOT_CITIES = ("自治州", "地区", "盟")
_COUNTY = re.compile(r"(?:街道|[区县市旗镇乡])(?!级|委员|长)")


def find_place(gist: Gist) -> str:
    """The place (四川省, 城西区) or body that a report is about, '' where nothing tells it."""
    if body := _BODY.match(gist.title):
        return body[1]
    named = f"{gist.name}\n{gist.title}\n"
    votes: Counter[str] = Counter()
    for start, place in _places(named + gist.text):
        votes[place] += _IN_TITLE if start < len(named) else 1
    votes[NATION] = gist.text.count("我国") + _IN_TITLE * (
        gist.text.count("代表国务院") + len(_STATE.findall(gist.title))
    )
    for short in [name for name in votes if len(name) == 2]:  # 西区 is said for 城西区
        longer = [name for name in votes if name.endswith(short) and name != short]
        if longer and votes[best := max(longer, key=lambda name: votes[name])] >= _LEAST:
            votes[best] += votes.pop(short)
    place, count = max(votes.items(), key=lambda item: item[1])
    return place if count >= _LEAST else ""


def _places(text: str) -> list[tuple[int, str]]:
    """The places that a text names and where; 西宁市城西区 names 城西区 alone."""
    pattern, canonical = _gazetteer()
    found = [(*match.span(), canonical[match[0]]) for match in pattern.finditer(text)]
    found += _counties(text, {stop for _, stop, name in found if text.endswith(name, 0, stop)})
    begins = {start for start, _, _ in found}
    return sorted((start, name) for start, stop, name in found if stop not in begins)


def _counties(text: str, stops: set[int]) -> Iterator[tuple[int, int, str]]:
    """Names like 城西区 that no table holds: the longest that keeps being said as a whole.

    None reaches back beyond one of `stops`, where the name of a city or province ends.
    """
    common, before = _common()
    known = _gazetteer()[1]
    counts: Counter[str] = Counter()
    endings: list[tuple[int, list[str]]] = []
    for match in _COUNTY.finditer(text):
        names: list[str] = []
        for start in range(match.start() - 1, max(-1, match.start() - 6), -1):
            outside = not "\u4e00" <= text[start] <= "\u9fff" or text[start] in before
            if outside or start + 1 in stops:
                break
            names.append(text[start : match.end()])
        counts.update(names)
        if names and names[0] not in common:
            endings.append((match.end(), names))
    for end, names in endings:
        best = names[0]
        for longer in names[1:]:
            if counts[longer] * 2 < counts[best]:
                break
            best = longer
        if best not in known:
            yield end - len(best), end, best


@cache
def _gazetteer() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of the names of provinces and prefectures, and each form's full name."""
    words = _lexicon()
    canonical: dict[str, str] = {}
    for province, prefectures in words["provinces"].items():
        for name in prefectures:
            full = name if name.endswith(_NOT_CITIES) else f"{name}市"
            canonical[full] = full
            canonical.setdefault(name, full)
        canonical[province] = province
        canonical[words["short"].get(province, province[:-1])] = province
    forms = sorted(canonical, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, forms))), canonical


@cache
def _common() -> tuple[frozenset[str], frozenset[str]]:
    """Words that only look like a county's name, and characters that no name has inside."""
    words = _lexicon()["county"]
    return frozenset(words["common"]), frozenset(words["before"])


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("qa") / "lexicon" / "places.toml").read_text("utf-8"))


# ---- year ----

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[-/.]\d{1,2}[-/.])")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年\s*\d{1,2}月|[-/.]\d{1,2}[-/.])")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_REVIEW = re.compile(
    r"(?<!\d)((?:19|20)\d\d)年[^，。安排计划]{0,14}(?:回顾|总结|情况|成绩|成就|进展)"
)
_EXECUTED = re.compile(r"(?<!\d)((?:19|20)\d\d)年[^与和及]{0,20}(?:执行情况|决算)")
_ASSEMBLY = re.compile(r"各位代表|代表大会|人大|政府工作报告")
_AHEAD = re.compile(r"将|目标|力争|计划|规划|争取|预期|展望|未来|明年|今后|安排|部署|任务|继续")
# The year that something is compared with, began in, or is to be reached by is not the report's.
_BESIDE = re.compile(r"(?:[至比较自从由与同是]|(?<![加高升降少长大展低])到)$")
_SINCE = re.compile(r"年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|起|以前|之前|前)")


def find_year(gist: Gist) -> int | None:
    """The year that a report speaks of as done, None where nothing tells it."""
    return next((year for rule in _RULES if (year := rule(gist)) is not None), None)


def _of_review(gist: Gist) -> int | None:
    """一、2025年工作回顾"""
    found = (_REVIEW.search(_digits(heading)) for heading in gist.headings)
    return next((int(match[1]) for match in found if match), None)


def _of_title(gist: Gist) -> int | None:
    """关于2024年预算执行情况的报告 · 2024年统计公报 · 2026年四川省人民政府工作报告

    The last, read to an assembly at the beginning of a year, is about the year before.
    """
    title = _digits(gist.title)
    if match := _EXECUTED.search(title):
        return int(match[1])
    found = _YEAR.search(title)
    assembly = _ASSEMBLY.search(title + gist.text[:300]) is not None
    if found is None and assembly:
        dates = (_DATE.search(_digits(line)) for line in gist.datelines if len(line) < 60)
        found = next((date for date in dates if date), None)
    found = found or _IN_NAME.search(gist.name)
    return int(found[1]) - assembly if found else None


def _of_mentions(gist: Gist) -> int | None:
    """The year most often said, leaving out the years to come and those compared with."""
    votes: Counter[int] = Counter()
    clauses = re.split(r"[,，。;；!！?？\n]", _digits(gist.text))
    for clause, following in zip_longest(clauses, clauses[1:], fillvalue=""):
        # 2024年，全县将再建5公里
        if _AHEAD.search(clause + following if len(clause) == len("2024年") else clause):
            continue
        for match in _YEAR.finditer(clause):
            before = clause[max(0, match.start() - 2) : match.start()]
            if not _BESIDE.search(before) and not _SINCE.match(clause, match.end()):
                votes[int(match[1])] += 1
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


_RULES: tuple[Callable[[Gist], int | None], ...] = (_of_review, _of_title, _of_mentions)


def _digits(text: str) -> str:
    """二〇二五年 and ２０２５年 as 2025年; the length stays."""
    return fold(text).translate(_DIGITS)
