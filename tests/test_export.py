"""The ledger as CSV and as a workbook: nothing lost, nothing that acts."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from qa import export
from qa.ledger import build_ledger
from qa.report import parse_report
from qa.types import Figure, Report
from yunshui import TEXT

FORMULAS = "# 甲市2024年报告\n\n## =1+1\n\n2024年，甲市绿道达到88公里。\n"


@pytest.fixture(scope="module")
def report() -> Report:
    return parse_report(TEXT, "云水")


@pytest.fixture(scope="module")
def figures(report: Report) -> Sequence[Figure]:
    return build_ledger(report)


def workbook(figures: Sequence[Figure], report: Report) -> Any:
    return openpyxl.load_workbook(io.BytesIO(export.as_xlsx(figures, {report.id: report})))


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_figure_is_a_line_of_the_csv_with_its_receipt(
    figures: Sequence[Figure], report: Report
) -> None:
    lines = records(export.as_csv(figures, {report.id: report}))
    assert [line["text"] for line in lines] == [figure.text for figure in figures]
    for line in lines:
        assert report.text[int(line["start"]) : int(line["stop"])] == line["text"]
        assert line["sha256"] == report.sha256


def test_a_decline_is_told_from_a_growth(figures: Sequence[Figure], report: Report) -> None:
    lines = records(export.as_csv(figures, {report.id: report}))
    assert [line["text"] for line in lines if line["falls"]] == ["2.3%"]


def test_the_workbook_has_the_values_as_numbers(figures: Sequence[Figure], report: Report) -> None:
    sheet = workbook(figures, report).worksheets[0]
    heads = [str(cell.value).split()[-1] for cell in sheet[1]]
    values = [row[heads.index("value")].value for row in sheet.iter_rows(min_row=2)]
    assert [Decimal(str(value)) for value in values] == [figure.value for figure in figures]


def test_the_second_sheet_has_a_receipt_for_each_row_of_the_first(
    figures: Sequence[Figure], report: Report
) -> None:
    receipts = workbook(figures, report).worksheets[1].iter_rows(min_row=2, values_only=True)
    for figure, (name, digest, start, stop, text, left, right, clause) in zip(
        figures, receipts, strict=True
    ):
        assert (name, digest) == (report.id, report.sha256)
        assert report.text[start:stop] == text == figure.text
        assert report.text[left:right] == clause


def test_the_same_ledger_gives_the_same_bytes(figures: Sequence[Figure], report: Report) -> None:
    reports = {report.id: report}
    assert export.as_xlsx(figures, reports) == export.as_xlsx(figures, reports)


def test_a_qualifier_stands_where_it_is_read(figures: Sequence[Figure], report: Report) -> None:
    printed = [row["printed"] for row in export.rows(figures, {report.id: report})]
    assert "6.5%左右" in printed
    assert "突破96亿元" in printed


def test_what_a_report_says_is_no_formula() -> None:
    report = parse_report(FORMULAS, "甲市")
    figures = build_ledger(report)
    (line,) = (
        r for r in records(export.as_csv(figures, {"甲市": report})) if r["text"] == "88公里"
    )
    assert line["section"] == "'=1+1"
    book = zipfile.ZipFile(io.BytesIO(export.as_xlsx(figures, {"甲市": report})))
    assert b"=1+1" in book.read("xl/sharedStrings.xml")
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
