"""Visitors' thumbs, a line each in a local file from which `qa eval` can run.

What a thumb up says is gold: the figures stated are those that answer, or there is no answer. What
a thumb down says is only that something is wrong, so that its line has no gold (`answerable` is
null) until someone writes what is right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Literal
from uuid import uuid4

from qa.types import Answer, QaError

Thumb = Literal["up", "down"]
Record = Callable[[dict[str, Any]], None]


def feedback(path: Path) -> Record:
    """A function that appends a line to the file. QaError, at once, where it can't be written."""
    lock = Lock()

    def record(line: dict[str, Any]) -> None:
        text = json.dumps(line, ensure_ascii=False) + "\n"
        with lock, path.open("a", encoding="utf-8") as file:
            file.write(text)

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a", encoding="utf-8").close()
    except OSError as error:
        raise QaError(
            f"写不了反馈文件 {path}\nThe feedback file {path} can't be written"
        ) from error
    return record


def judged(
    question: str,
    history: Sequence[str],
    answer: Answer,
    thumb: Thumb,
    comment: str,
    reports: Iterable[str],
) -> dict[str, Any]:
    """What is written of one answer: a question of a set, with what was said and thought of it."""
    stated = [figure.text for figure in answer.figures]
    quotes = [citation.text for citation in answer.citations]
    good = thumb == "up"
    answered = answer.status == "answered"
    return {
        "id": uuid4().hex[:12],
        "report": list(reports),
        "question": question,
        "history": list(history),
        "category": "feedback",
        "answerable": answered if good else None,
        "figures": stated if good else [],
        # A fact without a figure is proved by the words that were quoted.
        "evidence": quotes if good and answered and not stated else [],
        "note": comment,
        "thumb": thumb,
        "status": answer.status,
        "stated": stated,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
