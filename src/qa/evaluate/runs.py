"""Runs: the result of every question first; tables and comparisons are derived from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from qa.types import QaError, Status

TOTAL = "total"

SavedRun = Mapping[tuple[str, str], tuple[bool, bool]]
"""Of each question, by (set, id): whether it was right, and whether a figure was misstated."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one question went; `at1` and `at5` are shares of its evidence, None if there is none."""

    set: str
    id: str
    category: str
    question: str
    expected: tuple[str, ...]
    got: tuple[str, ...]
    status: Status
    right: bool
    misstated: bool
    why: str
    broken: tuple[str, ...]
    at1: float | None
    at5: float | None
    milliseconds: float

    @property
    def key(self) -> tuple[str, str]:
        return self.set, self.id


@dataclass(frozen=True, slots=True)
class Summary:
    """Some results together: `right`, `misstated`, `at1`, `at5` as shares of 1."""

    questions: int
    right: float
    misstated: float
    at1: float | None
    at5: float | None
    broken: int
    median_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Changes:
    """A run against a saved one, as keys `set/id`.

    `newly_misstated` says a wrong figure now and didn't before; `gone` was saved and isn't asked
    any more, `new` the other way round.
    """

    won: tuple[str, ...]
    lost: tuple[str, ...]
    same: tuple[str, ...]
    newly_misstated: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def summarise(results: Sequence[Result]) -> dict[str, Summary]:
    """A summary per category, in order of first appearance, and one named `total`."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.category, []).append(result)
    return {name: _summary(group) for name, group in (groups | {TOTAL: list(results)}).items()}


def compare(
    saved: Mapping[tuple[str, str], tuple[bool, bool]], results: Sequence[Result]
) -> Changes:
    """What became right or wrong since `saved`, which `load_run` reads."""
    was = {result: saved[result.key] for result in results if result.key in saved}
    return Changes(
        won=_names(result for result, (right, _) in was.items() if result.right and not right),
        lost=_names(result for result, (right, _) in was.items() if right and not result.right),
        same=_names(result for result, (right, _) in was.items() if right == result.right),
        newly_misstated=_names(
            result for result, (_, wrong) in was.items() if result.misstated and not wrong
        ),
        gone=tuple("/".join(key) for key in saved if key not in {one.key for one in results}),
        new=_names(result for result in results if result.key not in saved),
    )


def to_json(results: Sequence[Result]) -> dict[str, Any]:
    """The whole run for a program: summaries, then every question."""
    return {
        "summary": {name: asdict(summary) for name, summary in summarise(results).items()},
        "results": [asdict(result) for result in results],
    }


def save_run(path: str | Path, results: Sequence[Result]) -> None:
    """Write what a later run is compared with: a line a question, nothing that time changes.

    Neither the question nor any sentence of a report is written, so the file can be published.
    """
    rows = [
        {
            "set": result.set,
            "id": result.id,
            "category": result.category,
            "right": result.right,
            "misstated": result.misstated,
            "got": list(result.got),
        }
        for result in results
    ]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{{"results": [\n{lines}\n]}}\n', "utf-8")


def load_run(path: str | Path) -> SavedRun:
    """(right, misstated) of each question of a saved run or of `qa eval --json`'s output.

    QaError where the file isn't one.
    """
    try:
        rows = json.loads(Path(path).read_text("utf-8"))["results"]
        return {(row["set"], row["id"]): (row["right"], row["misstated"]) for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        raise QaError(f"{path} 不是存下的结果\n{path} is not a saved run") from None


def _names(results: Iterable[Result]) -> tuple[str, ...]:
    return tuple("/".join(result.key) for result in results)


def _summary(results: Sequence[Result]) -> Summary:
    times = sorted(result.milliseconds for result in results)
    return Summary(
        questions=len(results),
        right=_mean([result.right for result in results]) or 0.0,
        misstated=_mean([result.misstated for result in results]) or 0.0,
        at1=_mean([result.at1 for result in results]),
        at5=_mean([result.at5 for result in results]),
        broken=sum(len(result.broken) for result in results),
        median_ms=round(median(times), 2) if times else 0.0,
        p95_ms=round(times[max(0, -(-len(times) * 95 // 100) - 1)], 2) if times else 0.0,
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None
