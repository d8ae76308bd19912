"""What holds over every report at hand."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from qa.report import parse_report, passages, read_report, views
from qa.types import Report

BUNDLED = "chengxi-2023.md"
REPORTS = 17


@pytest.fixture(scope="session")
def reports(shared: Path) -> list[Report]:
    """The 17 reports beside the checkout."""
    paths = [
        *sorted((shared / "report").glob("*.txt")),
        *sorted((shared / "reports").glob("*.txt")),
    ]
    assert len(paths) == REPORTS
    return [read_report(path) for path in paths]


@pytest.fixture(scope="session")
def bundled() -> Report:
    """The report that comes with the package."""
    text = (files("qa") / "reports" / BUNDLED).read_text(encoding="utf-8")
    return parse_report(text, BUNDLED.removesuffix(".md"))


def check_passages(report: Report) -> None:
    found = passages(report)
    assert all(report.text[p.start : p.stop] == p.text for p in found)
    assert all(a.stop <= b.start for a, b in pairwise(found))
    covered = {i for p in found for i in range(p.start, p.stop)}
    assert covered >= {i for i, char in enumerate(report.text) if not char.isspace()}
    known = {section.name for section in report.sections} | {""}
    assert {p.section for p in found} <= known


def test_every_passage_is_the_reports_own_text_and_none_is_lost(reports: list[Report]) -> None:
    for report in reports:
        check_passages(report)


def test_every_passage_of_the_bundled_report_is_its_own_text(bundled: Report) -> None:
    check_passages(bundled)


def test_every_view_knows_where_each_of_its_characters_stands(reports: list[Report]) -> None:
    for report in reports:
        for view in views(report):
            assert all(
                char == report.text[i] or (char == " " and report.text[i].isspace())
                for char, i in zip(view.text, view.at, strict=True)
            )


def test_sections_nest_and_hold_their_blocks(reports: list[Report]) -> None:
    for report in reports:
        for a, b in pairwise(report.sections):
            assert a.start < b.start
            assert a.stop <= b.start or b.stop <= a.stop
        for block, index in zip(report.blocks, report.block_sections, strict=True):
            if index >= 0:
                section = report.sections[index]
                assert section.start <= block[0][0] < block[-1][1] <= section.stop
        for section in report.sections:
            assert section.path[-1] == section.title
            assert len(section.path) == max(section.level, 1)


def test_the_text_kept_is_the_file_read(shared: Path, reports: list[Report]) -> None:
    for report in reports:
        path = next(shared.glob(f"report*/{report.id}.txt"))
        assert report.text.encode() == path.read_bytes()


def test_reading_twice_gives_the_same(shared: Path, reports: list[Report]) -> None:
    again = read_report(next(shared.glob("report*/chengxi-2023.txt")))
    assert again == reports[0]
    assert passages(again) == passages(reports[0])
