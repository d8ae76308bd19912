"""What holds over every report at hand."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from qa.answer import unproved
from qa.bot import Bot, make_index
from qa.encode import Encoder, open_encoder
from qa.ledger import build_ledger
from qa.report import parse_report, passages, read_report, views
from qa.text import plain
from qa.types import Answer, Figure, Report

BUNDLED = "chengxi-2023.md"
REPORTS = 17
ASKED = 12
"""How many indicators of each report are asked for, each in every one of the ways of WAYS."""
WAYS = ("{}是多少？", "{}增长了多少？", "2019年{}是多少？", "{}是{}，对吗？", "{}有哪些数字？")


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


# ---- the ledger ----


def check_ledger(report: Report) -> None:
    # Places instead of texts, so that a failure doesn't print the report.
    figures = build_ledger(report)
    assert figures
    broken = [f.start for f in figures if report.text[f.start : f.stop] != f.text]
    assert broken == []
    assert [f.start for f in figures] == sorted({f.start for f in figures})
    assert {f.section for f in figures} <= {section.name for section in report.sections} | {""}


def test_every_figure_of_the_ledger_is_the_reports_own_text(reports: list[Report]) -> None:
    for report in reports:
        check_ledger(report)


def test_every_figure_of_the_bundled_reports_ledger_is_its_own_text(bundled: Report) -> None:
    check_ledger(bundled)


def test_every_figure_lies_in_its_clause(reports: list[Report]) -> None:
    for report in reports:
        outside = [
            f.start
            for f in build_ledger(report)
            if not f.clause[0] <= f.start < f.stop <= f.clause[1]
        ]
        assert outside == []


def test_every_figure_lies_in_one_passage(reports: list[Report]) -> None:
    for report in reports:
        found = passages(report)
        homeless = [
            figure.start
            for figure in build_ledger(report)
            if not any(p.start <= figure.start < figure.stop <= p.stop for p in found)
        ]
        assert homeless == []


# ---- answers ----


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return open_encoder()


def questions(figures: tuple[Figure, ...]) -> Iterator[str]:
    """Questions for indicators spread over the ledger, most of which have no answer in it."""
    named = [f for f in figures if len(f.indicator) >= 2]
    for figure in named[:: max(1, len(named) // ASKED)][:ASKED]:
        for way in WAYS:
            yield way.format(plain(figure.indicator), plain(figure.text))


def broken(answer: Answer, question: str, report: Report) -> list[str]:
    """What of the answer doesn't hold, in words that don't quote the report."""
    found = ["a digit that nothing shows"] if unproved(answer, question) else []
    for c in answer.citations:
        if report.text[c.start : c.stop] != c.text or c.sha256 != report.sha256:
            found.append(f"a citation at {c.start}")
    for f in answer.figures:
        if report.text[f.start : f.stop] != f.text or plain(f.text) not in answer.text:
            found.append(f"a figure at {f.start}")
        if not any(c.start <= f.start < f.stop <= c.stop for c in answer.citations):
            found.append(f"an uncited figure at {f.start}")
    operands = {f for d in answer.derived for f in d.operands}
    found += [f"an operand at {f.start}" for f in operands - set(answer.figures)]
    if (answer.status == "answered") is not bool(answer.citations and not answer.missing):
        found.append("an answer without a receipt, or nothing found and no word of why")
    return found


def check_answers(report: Report, encoder: Encoder) -> None:
    bot = Bot(make_index([report], encoder))
    said = 0
    for i, question in enumerate(questions(bot.ledger())):
        answer = bot.ask(question)
        said += answer.status == "answered"
        assert (i, broken(answer, question, report)) == (i, [])
    assert said >= ASKED, "hardly a question was answered: this test would show nothing"


def test_every_answer_on_every_report_holds(reports: list[Report], encoder: Encoder) -> None:
    for report in reports:
        check_answers(report, encoder)


def test_every_answer_on_the_bundled_report_holds(bundled: Report, encoder: Encoder) -> None:
    check_answers(bundled, encoder)


def test_the_same_report_and_question_give_the_same_bytes(
    bundled: Report, encoder: Encoder
) -> None:
    one, other = (Bot(make_index([bundled], encoder)) for _ in range(2))
    asked = list(questions(one.ledger()))
    # Asked in another order too: nothing may depend on what was asked before.
    backwards = {question: other.ask(question) for question in reversed(asked)}
    for question in asked:
        assert repr(one.ask(question)).encode() == repr(backwards[question]).encode()
