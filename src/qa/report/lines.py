"""Each line of a text by its looks: heading, furniture, byline, prose …

The rules are ordered, the first that fits wins; what only the neighbours can tell (a short
line is a heading where prose follows) is left to `qa.report.layout`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Look = Literal["heading", "run_in", "subtitle", "byline", "furniture", "label", "item", "plain"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it.

    `rank` orders headings, the smaller the higher; `number` is theirs in their series, else 0;
    `title` is the heading's own words, which for a run-in heading is the first sentence.
    """

    start: int
    stop: int
    text: str
    look: Look = "plain"
    rank: int = 0
    number: int = 0
    title: str = ""


@cache
def lexicon(name: str) -> dict[str, list[str]]:
    """A table of words from `qa/lexicon`."""
    return tomllib.loads((files("qa") / "lexicon" / f"{name}.toml").read_text("utf-8"))


MARKDOWN = 0  # ranks 1 to 6 are Markdown's; those of numbered headings follow
PLAIN = 99  # a heading without a number: its place in the order depends on its neighbours
RUN_IN = 45  # characters; a longer first sentence is prose
TITLE = 60

# A subscript may be scraped as a line of its own: M⏎2⏎增长.
_SUBSCRIPT = r"\d\d?(?:\.\d)?"
_LINE = re.compile(
    rf"(?:[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|(?<=[A-Za-z])\n{_SUBSCRIPT}\n(?=[\u4e00-\u9fff（(，,]))+"
)
_HAN = "一二三四五六七八九十百"
_MARKDOWN = re.compile(r"(#{1,6})\s+(.*?)[\s#]*$")
_NUMBERED: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (rank, re.compile(pattern))
    for rank, pattern in (
        (11, rf"第([{_HAN}\d]+)(?:部分|篇|编|卷)[\s、:：]*"),
        (12, rf"第([{_HAN}\d]+)章[\s、:：]*"),
        (13, rf"第([{_HAN}\d]+)节[\s、:：]*"),
        (14, rf"([{_HAN}]{{1,3}})\s*[、.．](?![{_HAN}]、)\s*"),
        (15, rf"[(（]([{_HAN}]{{1,3}})[)）]\s*、?\s*"),
        (16, r"(\d{1,2})(?:[.．](?!\d)|、(?!\d))\s*"),
        (16, r"(\d{1,2})\s+(?=[^\W\d_])"),
        (17, r"\d{1,2}[.．](\d{1,2})(?:\s+|[.．]\s*)(?=[^\W\d_])"),
        (18, r"\d{1,2}[.．]\d{1,2}[.．](\d{1,2})(?:\s+|[.．]\s*)(?=[^\W\d_])"),
        (19, r"[(（]?(\d{1,2})[)）]\s*"),
        (20, r"([①-⑳])\s*"),
    )
)
FIRST_ARABIC = 16

_HEADED = re.compile(rf"#|第?[(（]?[{_HAN}\d①-⑳]")
_END = re.compile(r"[。！？!?；;：:…，,、]$")
_FIRST_SENTENCE = re.compile(rf"([^。！？!?；;：:]{{2,{RUN_IN}}})[。：:](?=.)")
_SUBTITLE = re.compile(r"(?:——|—|--+|－－)\s*\S")
_DATE = re.compile(
    r"[\d〇零○一二三四五六七八九十]{4}年.{0,8}[月日]|\d月\d{1,2}日|会议上|大会上|\d{4}[-/.]\d{1,2}[-/.]"
)
_NAMES = r"[\u4e00-\u9fff·]{1,4}(?:[\s、,，]*[\u4e00-\u9fff·]{1,4}){0,5}"
_BYLINE = re.compile(
    r"[■□●○◆◇▲△★☆\s]*(?:本报|本刊|本网|新华社|中新社)?[\u4e00-\u9fff·]{0,10}"
    rf"(?:记者|通讯员|撰稿|采写)[\s:：]*{_NAMES}(?:\s*(?:记者|通讯员|文/图|文|整理|报道)\s*(?:{_NAMES})?)*$"
)
_OFFICE = re.compile(
    r"\S{0,20}(?:总理|省长|市长|主席|州长|盟长|区长|县长|旗长|专员|主任|局长|厅长|部长|书记|董事长)"
    r"\s+[\u4e00-\u9fff·\s]{2,6}$"
)
_CREDIT = re.compile(
    r"(?:记者|通讯员|本报|新华社|摄影)[^。！？]{0,24}$|[^。！？]{2,12}摄$|供图$|资料图|图自|图源"
)
_ITEM = re.compile(r"(?:[-*+•●◆■▪▲]|>)\s+\S|\||[^。]*\S(?:\t| {2,}|\u3000{2,})\S[^。]*$")
_PAGE = re.compile(r"[!-~]{12,}$|[-—–·\s]*\d{1,4}[-—–·\s]*$|第\s*\d+\s*页.{0,10}$|[\W_]+$|.$")
_LABEL = re.compile(r"[【\[（(]?\s*([^：:】\s][^：:】]{0,14}?)\s*[：:]\s*(.{0,40})$")


def _heading(line: Line) -> Line | None:
    if not _HEADED.match(line.text):
        return None
    if len(line.text) < 200 and (match := _MARKDOWN.match(line.text)):
        rank = MARKDOWN + len(match[1])
        return _as(line, "heading", rank=rank, title=match[2].strip("*_ ") or match[1])
    for rank, pattern in _NUMBERED:
        match = pattern.match(line.text)
        if match is None:
            continue
        rest = line.text[match.end() :]
        if not any(char.isalpha() for char in rest):
            return None
        if len(rest) <= TITLE and not _END.search(rest) and "。" not in rest:
            return _as(line, "heading", rank, _number(match[1]), line.text)
        if first := _FIRST_SENTENCE.match(rest):
            title = line.text[: match.end()] + first[1]
            return _as(line, "run_in", rank, _number(match[1]), title)
        return _as(line, "item")
    return None


def _subtitle(line: Line) -> Line | None:
    if _SUBTITLE.match(line.text) and len(line.text) <= 40 and not _END.search(line.text):
        return _as(line, "byline" if _DATE.search(line.text) else "subtitle")
    return None


def _byline(line: Line) -> Line | None:
    if len(line.text) <= 40 and (_BYLINE.match(line.text) or _OFFICE.match(line.text)):
        return _as(line, "byline")
    return None


def _furniture(line: Line) -> Line | None:
    words = lexicon("layout")
    text = line.text.strip("【】[]<>《》«»|·：: \t\u3000")
    if _PAGE.match(line.text) or text in words["lines"]:
        return _as(line, "furniture")
    match = _LABEL.match(line.text)
    if match and re.sub(r"\s", "", match[1]) in words["labels"]:
        return _as(line, "furniture" if match[2].strip() else "label")
    return None


def _item(line: Line) -> Line | None:
    return _as(line, "item") if _ITEM.match(line.text) else None


RULES: tuple[Callable[[Line], Line | None], ...] = (
    _heading,
    _subtitle,
    _byline,
    _furniture,
    _item,
)


def read_lines(text: str) -> Iterator[Line]:
    """The lines that are not blank, each with the look of the first rule that fits."""
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words)
            line = Line(start, start + len(words), words)
            yield next((found for rule in RULES if (found := rule(line))), line)


def is_credit(text: str) -> bool:
    """Whether the text ends as the caption of a picture does, in the name of who took it."""
    return _CREDIT.search(text) is not None


def is_dated(text: str) -> bool:
    """Whether the text names a day or a meeting, as a dateline does."""
    return _DATE.search(text) is not None


def _number(text: str) -> int:
    """The number of a heading: 十二 and 12 are 12."""
    if text.isdecimal():
        return int(text)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    tens, ten, ones = text.rpartition("十")
    digit = {char: i for i, char in enumerate("一二三四五六七八九", 1)}
    return (digit.get(tens, 1) * 10 if ten else 0) + digit.get(ones, 0)


def _as(line: Line, look: Look, rank: int = 0, number: int = 0, title: str = "") -> Line:
    return Line(line.start, line.stop, line.text, look, rank, number, title)
