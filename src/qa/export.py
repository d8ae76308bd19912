"""The ledger for other programs: CSV and a workbook for Excel, each figure with its receipt."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from qa.answer.verdict import falls
from qa.figures.hedges import phrase
from qa.text import plain
from qa.types import Figure, Report

_ACTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

MEASURES = {
    "level": ("水平", "level"),
    "growth": ("增长", "growth"),
    "share": ("占比", "share"),
    "rank": ("位次", "rank"),
    "count": ("数量", "count"),
    "change": ("变化", "change"),
    "target": ("目标", "target"),
    "date": ("日期", "date"),
}
"""What a measure is called, in Chinese and in English."""
KINDS = {
    "amount": "数量",
    "percent": "百分数",
    "points": "百分点",
    "ordinal": "序数",
    "grade": "等级",
    "ratio": "比",
    "date": "日期",
}

COLUMNS = (*(field.name for field in fields(Figure)), "falls", "sha256")
"""The columns of the CSV: all that a figure has, whether it is a decline, its report's hash."""

# Of the workbook: key, Chinese and English head, width. The receipts have a sheet of their own.
_LEDGER = (
    ("indicator", "指标 indicator", 34),
    ("printed", "原文数字 figure as printed", 20),
    ("value", "数值 value", 18),
    ("high", "上限 upper end", 12),
    ("unit", "单位 unit", 10),
    ("falls", "下降 falls", 8),
    ("measure_said", "指标的哪一面 measure", 14),
    ("kind_said", "数字种类 kind", 14),
    ("period", "时期 period", 14),
    ("scope", "范围 scope", 14),
    ("clause_text", "原文分句 clause", 60),
    ("section", "章节 section", 40),
    ("report", "报告 report", 20),
)
_RECEIPTS = (
    ("report", "报告 report", 20),
    ("sha256", "sha256", 66),
    ("start", "起 start", 8),
    ("stop", "止 stop", 8),
    ("text", "原文 text", 16),
    ("clause_start", "分句起 clause start", 10),
    ("clause_stop", "分句止 clause stop", 10),
    ("clause_text", "分句 clause", 80),
)


def rows(figures: Iterable[Figure], reports: Mapping[str, Report]) -> Iterator[dict[str, Any]]:
    """A row for each figure: its fields, and what is drawn from its report.

    `falls` is "yes" for a decline, whose value has no sign: the report prints none.
    """
    for figure in figures:
        report = reports[figure.report]
        start, stop = figure.clause
        yield {field.name: getattr(figure, field.name) for field in fields(Figure)} | {
            "falls": "yes" if declines(figure, reports) else "",
            "sha256": report.sha256,
            "measure_said": " ".join(MEASURES[figure.measure]),
            "kind_said": f"{KINDS[figure.kind]} {figure.kind}",
            "printed": phrase(plain(figure.text), figure.qualifier),
            "clause": f"{start}:{stop}",
            "clause_start": start,
            "clause_stop": stop,
            "clause_text": report.text[start:stop],
        }


def declines(figure: Figure, reports: Mapping[str, Report]) -> bool:
    """Whether the figure says by how much something went down."""
    return figure.measure in ("growth", "change") and falls(figure, reports)


def as_csv(figures: Iterable[Figure], reports: Mapping[str, Report]) -> str:
    """The figures as CSV, every field whole and no cell a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {key: _inert(value) for key, value in row.items()} for row in rows(figures, reports)
    )
    return out.getvalue()


def as_xlsx(figures: Iterable[Figure], reports: Mapping[str, Report]) -> bytes:
    """The figures as a workbook: values as numbers, and the receipts row by row on a second sheet."""
    import xlsxwriter

    out = io.BytesIO()
    # What a report says stays text, whatever it looks like.
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    lines = list(rows(figures, reports))
    with xlsxwriter.Workbook(out, plain) as book:
        # The same ledger gives the same bytes.
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for name, columns in (("台账 ledger", _LEDGER), ("凭据 receipts", _RECEIPTS)):
            _sheet(book.add_worksheet(name), columns, lines, head)
    return out.getvalue()


def _sheet(sheet: Any, columns: Any, lines: list[dict[str, Any]], head: Any) -> None:
    for column, (key, title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
        for row, line in enumerate(lines, start=1):
            value = line[key]
            if isinstance(value, Decimal | int):
                sheet.write_number(row, column, value)
            elif value:
                sheet.write_string(row, column, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lines), len(columns) - 1)


def _inert(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_ACTS) else value
