"""Headings become nested sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.report.layout import Block, is_address, is_prose
from qa.report.lines import PLAIN, Line, lexicon
from qa.types import Section

TITLE_LEVEL = 0
_REPEATED = 4  # characters
_TITLE = 10  # characters from which a first short line is the title rather than a first heading
# 省长作政府工作报告 tells of the report and is not its title; nor is a dateline.
_TOLD = re.compile(r"[，。]|作政府|^[—-]")


@dataclass(slots=True)
class _Open:
    """A section while its blocks are being read."""

    title: str
    level: int
    path: tuple[str, ...]
    start: int
    stop: int
    rank: int
    goes_on: bool
    texts: int = 0


def nest(blocks: Sequence[Block], title: int) -> tuple[tuple[Section, ...], tuple[int, ...]]:
    """The sections in order and, for each block, the index of the innermost that holds it or -1.

    The report's title, the block of that index, is a section of level 0 over all that follows
    and stands in no other's path. A byline in the middle of a newspaper page ends the headed
    part before it: what comes after is the article's own lead. A speaker who turns to the
    assembly (各位代表！) has done with the points of a list.
    """
    goes_on = _series([block.head for block in blocks])
    sections: list[_Open] = []
    owners: list[int] = []
    stack: list[int] = []  # indices of the open sections, the title's first
    for i, block in enumerate(blocks):
        head, root = block.head, int(title >= 0 and i > title)
        if i == title or _is_heading(block, blocks[title].text if root else ""):
            if i == title:
                stack.clear()
            else:
                del stack[root + _depth([sections[k] for k in stack[root:]], head) :]
            own = _name(block)
            path = (*sections[stack[-1]].path, own) if len(stack) > root else (own,)
            level = TITLE_LEVEL if i == title else len(path)
            stack.append(len(sections))
            start = head.start
            sections.append(_Open(own, level, path, start, start, head.rank, goes_on[i]))
        elif head.look == "byline" and stack and sections[stack[-1]].texts:
            while len(stack) > root and sections[stack[-1]].rank == PLAIN:
                stack.pop()
        elif is_address(head.text):
            del stack[root + 1 :]
        if stack and head.look != "heading":
            sections[stack[-1]].texts += 1
        owners.append(stack[-1] if stack else -1)
        for k in stack:
            sections[k].stop = block.lines[-1].stop
    done = (Section(s.title, s.level, s.start, s.stop, s.path) for s in sections)
    return tuple(done), tuple(owners)


def find_title(blocks: Sequence[Block]) -> int:
    """The index of the block that names the whole report, or -1."""
    front = _front(blocks)
    marked = [i for i in front if 0 < blocks[i].head.rank <= 6]
    if marked:
        ranks = [b.head.rank for b in blocks if 0 < b.head.rank <= 6]
        alone = ranks[0] == min(ranks) and ranks.count(ranks[0]) == 1 and len(ranks) > 1
        return marked[0] if alone else -1
    documents = tuple(lexicon("layout")["documents"])
    texts = {i: blocks[i].text.rstrip("）)") for i in front}
    named = [i for i in front if texts[i].endswith(documents) and not _TOLD.search(texts[i])]
    if named:
        return max(named, key=lambda i: (len(texts[i]) <= 60, len(texts[i]), -i))
    if not front or blocks[front[0]].head.look != "heading":
        return -1
    after = [block.head.look == "heading" for block in blocks[front[0] + 1 :]]
    headed = any(after) and (after[0] or len(texts[front[0]]) >= _TITLE)
    return front[0] if headed else -1


def _front(blocks: Sequence[Block]) -> list[int]:
    """The blocks that stand before the first running text or numbered heading."""
    front = []
    for i, block in enumerate(blocks):
        head = block.head
        numbered = head.look == "heading" and 6 < head.rank < PLAIN
        if numbered or head.look in ("run_in", "item"):
            break
        if head.look == "plain" and is_prose(block.text):
            break
        if head.look in ("plain", "heading"):
            front.append(i)
    return front


def _name(block: Block) -> str:
    """A heading with its subtitle; a run-in heading without the paragraph that it begins."""
    if block.head.look == "run_in":
        return block.head.title
    return " ".join([block.head.title or block.head.text, *(line.text for line in block.lines[1:])])


def _is_heading(block: Block, title: str) -> bool:
    head = block.head
    # A web page says its title again, whole or in part.
    alone = head.rank == PLAIN and len(block.lines) == 1 and len(head.text) >= _REPEATED
    return head.look in ("heading", "run_in") and not (alone and head.text in title)


def _series(heads: Sequence[Line]) -> list[bool]:
    """For each line whether the next heading of its rank has the next number (三、 after 二、)."""
    upcoming: dict[int, int] = {}
    goes_on = [False] * len(heads)
    for i in range(len(heads) - 1, -1, -1):
        head = heads[i]
        if head.look in ("heading", "run_in"):
            goes_on[i] = upcoming.get(head.rank) == head.number + 1
            upcoming[head.rank] = head.number
    return goes_on


def _depth(stack: Sequence[_Open], head: Line) -> int:
    """How many of the open sections the heading lies inside."""
    if head.rank != PLAIN:
        higher = (k for k, entry in enumerate(stack) if PLAIN != entry.rank >= head.rank)
        return next(higher, len(stack))
    # Without a number it is part of a numbered section only where that one's series goes on.
    plain = next((k for k, entry in enumerate(stack) if entry.rank == PLAIN), len(stack))
    inside = (k for k in range(plain, 0, -1) if stack[k - 1].goes_on)
    return plain if plain < len(stack) else next(inside, 0)
