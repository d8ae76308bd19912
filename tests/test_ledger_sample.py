"""The ledger of real reports against figures that were drawn at random and judged by reading.

`tests/ledger/sample.tsv` names each figure by its report, its text and which occurrence it is.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from qa.ledger import build_ledger
from qa.report import read_report
from qa.types import Figure, Report

SAMPLE = Path(__file__).parent / "ledger" / "sample.tsv"


def rows() -> list[dict[str, str]]:
    lines = [x for x in SAMPLE.read_text("utf-8").splitlines() if not x.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def ledger(path: Path) -> tuple[Report, dict[int, Figure]]:
    report = read_report(path)
    return report, {figure.start: figure for figure in build_ledger(report)}


def figure_of(row: dict[str, str], shared: Path) -> Figure | None:
    (path,) = shared.glob(f"report*/{row['report']}.txt")
    report, figures = ledger(path)
    places = [m.start() for m in re.finditer(re.escape(row["figure"]), report.text)]
    return figures.get(places[int(row["nth"])])


@pytest.mark.parametrize("field", ["figure", "measure", "period", "word"])
def test_the_sampled_figures_are_read_as_a_reader_reads_them(field: str, shared: Path) -> None:
    wrong = []
    for row in rows():
        figure = figure_of(row, shared)
        if figure is None or row["measure"] == "none":
            right = (figure is None) == (row["measure"] == "none")
            told = "a figure" if figure else "no figure"
            right = right or field != "figure"
        else:
            told = {"measure": figure.measure, "period": figure.period}.get(field, figure.words)
            right = {
                "figure": True,
                "measure": figure.measure == row["measure"],
                "period": row["period"] == "*" or figure.period in row["period"].split("|"),
                "word": row["word"] in figure.words + figure.indicator,
            }[field]
        if not right:
            wrong.append((row["report"], row["figure"], row.get(field), told))
    assert wrong == []
