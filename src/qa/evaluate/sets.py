"""Question sets: what is asked, and what the right answer holds."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.types import QaError, Verdict

_PREMISES: dict[str, Verdict] = {"wrong_premise": "contradicted", "right_premise": "confirmed"}
_RANKS = "高低大小多少快慢长短好强早晚"
# 宁静小区更高：50%>40% · 事故起数降得更多：… · 比较。四川快 · 排序。山东最小
_WINNER = re.compile(
    rf"(?:^|。)([^，。；：、\d]+?)(?:[升降涨增减]得)?[更最]?[{_RANKS}](?=$|[，。；：])"
)


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a set.

    `reports` are the ids that the bot is opened on (none: whatever the run is on). `evidence` are
    verbatim pieces that prove the answer; a set without the report's words has `section` instead.
    `winner` is what a comparison must name, "" where it needn't.
    """

    set: str
    id: str
    question: str
    history: tuple[str, ...]
    category: str
    answerable: bool
    figures: tuple[str, ...]
    evidence: tuple[str, ...]
    sections: tuple[str, ...]
    reports: tuple[str, ...]
    winner: str

    @property
    def verdict(self) -> Verdict | None:
        """What the answer must say of the figure that the user states."""
        return _PREMISES.get(self.category)

    @property
    def key(self) -> tuple[str, str]:
        return self.set, self.id


def load_set(path: str | Path) -> tuple[Question, ...]:
    """The questions of a JSONL file; QaError, with the line, for what isn't one.

    A line whose `answerable` is null has no gold yet, as one that a visitor judged wrong: nothing
    can be held against it, and it is left out.
    """
    path = Path(path)
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        raise QaError(f"读不了题集 {path}\nThe question set {path} can't be read") from None
    questions: list[Question] = []
    lacking = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            question = _question(path.stem, row)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise QaError(
                f"{path} 第{number}行不是一道题\n{path}: line {number} is not a question"
            ) from None
        if row.get("answerable", True) is None:
            lacking += 1
        else:
            questions.append(question)
    if lacking and not questions:
        raise QaError(
            f"{path} 的{lacking}道题都还没有标准答案\n"
            f"{path}: none of the {lacking} questions has a right answer written down yet"
        )
    ids = {question.id for question in questions}
    if not questions or len(ids) < len(questions):
        raise QaError(f"{path} 没有题，或题号重复\n{path} holds no question, or the same id twice")
    return tuple(questions)


def ungraded(paths: Sequence[str | Path]) -> int:
    """How many lines of the files `load_set` leaves out, for nobody has said what is right."""
    lines = [line for path in paths for line in Path(path).read_text("utf-8-sig").split("\n")]
    return sum(json.loads(line).get("answerable", True) is None for line in lines if line.strip())


def load_sets(paths: Sequence[str | Path]) -> tuple[Question, ...]:
    """The questions of several files, in their order."""
    return tuple(question for path in paths for question in load_set(path))


def _question(name: str, row: dict[str, Any]) -> Question:
    reports = row.get("report") or ()
    category = str(row["category"])
    return Question(
        set=name,
        id=str(row["id"]),
        question=str(row["question"]),
        history=tuple(row.get("history", ())),
        category=category,
        answerable=bool(row.get("answerable", True)),
        figures=tuple(row.get("figures", ())),
        evidence=tuple(row.get("evidence", ())),
        sections=tuple(part for part in str(row.get("section", "")).split("；") if part),
        reports=(reports,) if isinstance(reports, str) else tuple(reports),
        winner=str(row.get("winner", _winner(category, str(row.get("note", ""))))),
    )


def _winner(category: str, note: str) -> str:
    """Who wins according to the note (`宁静小区更高：50%>40%`, `排序。山东最小`), else ""."""
    if category not in {"compare", "cross"}:
        return ""
    match = _WINNER.search(note)
    return match[1] if match else ""
