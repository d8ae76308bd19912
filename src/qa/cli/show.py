"""What the command prints: answers, tables, JSON, progress."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TextIO
from unicodedata import east_asian_width

import click

from qa.types import Answer, Figure, as_json

if TYPE_CHECKING:
    from qa.evaluate import Changes, Result, Summary

_WIDEST = 30
"""Columns of the terminal that a cell of a table takes at most."""

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def safe(text: str) -> str:
    """The text with what would steer the terminal made visible: a report or a question may hold it."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def print_answer(answer: Answer) -> None:
    """The answer as its template says it, bold where a terminal can be."""
    click.echo(_BOLD.sub(lambda match: click.style(match[1], bold=True), safe(answer.text)))
    click.echo()


def print_json(data: Any) -> None:
    """Data for a program: records, lists and plain values."""
    json.dump(as_json(data), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_ledger(figures: Iterable[Figure]) -> None:
    """The figures as a table for people: cells are cut where they are long."""
    head = ("指标", "量", "数字", "时期", "口径", "章节")
    _print_table(head, map(_ledger_row, figures))


def print_counts(reports: Iterable[Mapping[str, Any]]) -> None:
    """What was found in each report."""
    head = ("报告", "地方", "年份", "章节", "段落", "数字")
    _print_table(head, ([str(cell or "—") for cell in report.values()] for report in reports))


def print_run(
    results: Sequence[Result], summaries: dict[str, Summary], changes: Changes | None
) -> None:
    """A run: the table per category, then every failure, then what changed."""
    head = ("类别", "题数", "答对", "误报", "证据@1", "证据@5", "坏凭据", "毫秒", "毫秒p95")
    _print_table(head, (_summary_row(name, one) for name, one in summaries.items()))
    for result in results:
        if not result.right or result.misstated or result.broken:
            mark = "误报" if result.misstated else "不对"
            click.echo(f"\n{result.set}/{result.id} [{result.category}] {mark}：{result.why}")
            click.echo(f"  问 {result.question}")
            click.echo(f"  应 {'、'.join(result.expected) or '—'}")
            click.echo(f"  得 {'、'.join(result.got) or result.status}")
            for receipt in result.broken:
                click.echo(f"  坏凭据 {receipt}")
    if changes:
        click.echo()
        for name, keys in asdict(changes).items():
            listed = "" if name == "same" else " ".join(keys)
            click.echo(f"{name} {len(keys)}  {listed}".rstrip())


def _ledger_row(figure: Figure) -> tuple[str, ...]:
    said = f"{figure.qualifier} {figure.text}".strip()
    section = figure.section.rsplit(" › ", 1)[-1]
    return figure.indicator, figure.measure, said, figure.period, figure.scope, section


def _summary_row(name: str, one: Summary) -> tuple[str, ...]:
    shares = [
        "—" if share is None else f"{share:.1%}"
        for share in (one.right, one.misstated, one.at1, one.at5)
    ]
    times = [f"{one.median_ms:.1f}", f"{one.p95_ms:.1f}"]
    return name, str(one.questions), *shares, str(one.broken), *times


def _print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = [
        [_cut(_CONTROL.sub("", " ".join(cell.split()))) for cell in row] for row in (head, *rows)
    ]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _cut(text: str) -> str:
    if _width(text) <= _WIDEST:
        return text
    while _width(text) >= _WIDEST:
        text = text[:-1]
    return text + "…"


class Progress:
    """A progress bar on stderr that shows itself only where the work takes over a second."""

    def __init__(self, label: str, stream: TextIO | None = None) -> None:
        self._label = label
        self._stream = stream or sys.stderr
        self._start = time.monotonic()
        self._bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        late = self._stream.isatty() and time.monotonic() - self._start > 1
        if self._bar is None and late and done < total:
            self._bar = click.progressbar(length=total, label=self._label, file=self._stream)
            self._bar.__enter__()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(*error)
