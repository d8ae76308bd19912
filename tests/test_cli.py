"""The command line as people run it: a process of its own, its streams and its exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from qa.cli import cli
from qa.cli.show import print_answer
from qa.types import Answer

REPORT = """一、总体
2023年，甲区完成地区生产总值421.17亿元，增长5.6%。
二、生态
2023年，甲区森林覆盖率达42.84%。
"""


def qa(
    *arguments: object,
    stdin: str = "",
    code: int = 0,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the command; the exit status must be `code`, and there is never a traceback."""
    run = subprocess.run(
        [sys.executable, "-m", "qa", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | (environment or {}),
        check=False,
    )
    assert "Traceback" not in run.stderr
    assert run.returncode == code, run.stderr
    return run


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "甲区.txt"
    path.write_text(REPORT, "utf-8")
    return path


def test_a_question_is_answered_with_its_figure(report: Path) -> None:
    assert "42.84%" in qa("ask", "森林覆盖率是多少？", "--report", report).stdout


def test_an_answer_is_explained_where_that_is_asked_for(report: Path) -> None:
    said = qa("ask", "森林覆盖率是多少？", "--report", report, "--explain").stdout
    assert "42.84%" in said
    assert re.search("规则 rule：sure：.*✓ 42.84%", said, re.DOTALL)


def test_an_explanation_as_json_stands_beside_the_answer(report: Path) -> None:
    asked = ("ask", "森林覆盖率是多少？", "--report", report, "--json")
    answer = json.loads(qa(*asked).stdout)
    explained = json.loads(qa(*asked, "--explain").stdout)
    (explanation,) = explained.pop("explanation")
    assert explained == answer
    assert explanation["rule"] == "sure"
    assert len(explanation["candidates"]) == 3


def test_a_lexicon_of_ones_own_is_asked_with(report: Path, tmp_path: Path) -> None:
    lexicon = tmp_path / "词典.toml"
    lexicon.write_text('groups = [["绿帽子率", "森林覆盖率"]]', "utf-8")
    asked = ("ask", "绿帽子率是多少？", "--report", report)
    assert "42.84%" not in qa(*asked).stdout
    assert "42.84%" in qa(*asked, "--lexicon", lexicon).stdout
    assert "42.84%" in qa("chat", *asked[2:], "--lexicon", lexicon, stdin=asked[1]).stdout


def test_the_bundled_report_is_asked_unless_another_is_given() -> None:
    assert "42.84%" in qa("ask", "森林覆盖率是多少？").stdout


def test_an_answer_as_json_holds_the_contract(report: Path) -> None:
    answer = json.loads(qa("ask", "森林覆盖率是多少？", "--report", report, "--json").stdout)
    assert answer["status"] == "answered"
    (figure,) = answer["figures"]
    assert (figure["text"], figure["value"]) == ("42.84%", "42.84")
    assert REPORT[figure["start"] : figure["stop"]] == "42.84%"


def test_history_makes_a_follow_up(report: Path) -> None:
    asked = ("ask", "增速呢？", "--history", "甲区的地区生产总值是多少？", "--report", report)
    assert "5.6%" in qa(*asked).stdout


def test_a_chat_keeps_its_history_until_quit(report: Path) -> None:
    said = qa("chat", "--report", report, stdin="地区生产总值是多少？\n\n增速呢？\n/quit\n森林？\n")
    assert "421.17亿元" in said.stdout
    assert "5.6%" in said.stdout
    assert "42.84%" not in said.stdout


def test_a_chat_ends_with_its_input(report: Path) -> None:
    assert "42.84%" in qa("chat", "--report", report, stdin="森林覆盖率是多少？").stdout


def test_a_built_index_answers_as_its_report_does(report: Path, tmp_path: Path) -> None:
    built = qa("index", report, "-o", tmp_path / "index", "--json")
    assert json.loads(built.stdout)["reports"][0]["figures"] == 3
    asked = ("ask", "森林覆盖率是多少？", "--json")
    from_index = qa(*asked, "--index", tmp_path / "index").stdout
    assert from_index == qa(*asked, "--report", report).stdout


def test_place_and_year_can_be_given(report: Path, tmp_path: Path) -> None:
    built = qa(
        "index", report, "-o", tmp_path / "index", "--json", "--place", "乙区", "--year", 2020
    )
    about = json.loads(built.stdout)["reports"][0]
    assert (about["place"], about["year"]) == ("乙区", 2020)


def test_the_ledger_lists_every_figure_in_three_forms(report: Path) -> None:
    table = qa("ledger", "--report", report).stdout
    rows = list(csv.DictReader(io.StringIO(qa("ledger", "--csv", "--report", report).stdout)))
    records = json.loads(qa("ledger", "--json", "--report", report).stdout)
    texts = ["421.17亿元", "5.6%", "42.84%"]
    assert [row["text"] for row in rows] == [record["text"] for record in records] == texts
    assert all(text in table for text in texts)
    assert records[0]["value"] == rows[0]["value"] == "42117000000"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    rows = [
        {"id": "1", "question": "森林覆盖率是多少？", "category": "direct", "figures": ["42.84%"]},
        {"id": "2", "question": "森林覆盖率是多少？", "category": "noisy", "figures": ["1%"]},
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


def test_a_set_is_judged_per_question_and_per_category(report: Path, questions: Path) -> None:
    run = json.loads(qa("eval", questions, "--report", report, "--json").stdout)
    assert run["summary"]["direct"]["right"] == 1
    assert (
        run["summary"]["total"] | {"right": 0.5, "misstated": 0.5, "broken": 0}
        == (run["summary"]["total"])
    )
    assert [one["right"] for one in run["results"]] == [True, False]


def test_failures_stand_below_the_table(report: Path, questions: Path) -> None:
    printed = qa("eval", questions, "--report", report).stdout
    assert "set/2" in printed
    assert "set/1" not in printed
    assert "应 1%" in printed
    assert "得 42.84%" in printed


def test_a_run_is_compared_with_a_saved_one(report: Path, questions: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    qa("eval", questions, "--report", report, "--save", saved)
    saved.write_text(saved.read_text("utf-8").replace('"right": true', '"right": false'), "utf-8")
    run = json.loads(qa("eval", questions, "--report", report, "--json", "--against", saved).stdout)
    assert run["changes"]["won"] == ["set/1"]
    assert run["changes"]["lost"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "问", "--nonsense"],
        ["ask", "问", "--index", "no/such/folder"],
        ["ask", "问", "--report", "no-such-file.txt"],
        ["ask", "问", "--report", "."],
        ["ask", "问", "--report", "a.txt", "--index", "b"],
        ["ask", "问", "--place", "甲区"],
        ["ask", "问", "--lexicon", "no-such-file.toml"],
        ["eval", ".", "--lexicon", "no-such-file.toml"],
        ["index"],
        ["index", "no-such-file.txt", "-o", "index"],
        ["ledger", "--csv", "--json"],
        ["eval", "no-such-set.jsonl"],
        ["serve", "--port", "high"],
        ["sing"],
    ],
    ids=" ".join,
)
def test_a_mistake_is_one_line_in_two_languages(arguments: list[str], tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert (run.returncode, run.stdout) == (2, "")
    (line,) = run.stderr.splitlines()
    assert re.search("[\u4e00-\u9fff].*[A-Za-z]{3}", line)


def test_a_folder_that_is_no_index_is_left_alone(report: Path, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("x", "utf-8")
    qa("index", report, "-o", tmp_path, code=2)
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_output_is_utf8_in_any_locale(report: Path, locale: str) -> None:
    environment = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run = qa("ask", "森林覆盖率是多少？", "--report", report, environment=environment)
    assert "42.84%" in run.stdout
    assert "森林" in run.stdout


def test_a_reader_that_stops_is_no_error(report: Path) -> None:
    command = [sys.executable, "-m", "qa", "ledger", "--json", "--report", str(report)]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        run = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    assert (run.returncode, run.stderr) == (1, b"")


def test_what_is_answered_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(Answer("answered", "森林\x1b[31m**42.84%**\x07\n\n> 原文"))
    printed = capsys.readouterr().out
    assert not {"\x1b", "\x07", "*"} & set(printed)
    assert "42.84%" in printed
    assert "\n\n> 原文" in printed


def test_every_command_is_documented(root: Path) -> None:
    page = (root / "docs" / "cli.md").read_text("utf-8")
    assert [name for name in cli.commands if f"## `qa {name}`" not in page] == []


def test_the_documented_help_is_the_help(root: Path) -> None:
    written = subprocess.run(
        [sys.executable, root / "docs" / "cli_help.py"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    page = (root / "docs" / "cli.md").read_text("utf-8")
    assert page == written.stdout, "out of date: make docs"
