"""The judge, on answers made by hand; every rule of how an answer is judged has a test."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from qa.evaluate import (
    Bots,
    Judgement,
    Question,
    Result,
    broken_receipts,
    compare,
    evidence_share,
    judge,
    load_run,
    load_set,
    load_sets,
    same_figure,
    save_run,
    summarise,
    to_json,
    ungraded,
)
from qa.text import sha256
from qa.types import Answer, Citation, Derived, Figure, Hit, Missing, Passage, QaError, Report

TEXT = "全区有12个村，收入达3875.84万元，增长5.6%。\n水质为Ⅲ类，护栏30.7公里。"
REPORT = Report("报告", TEXT, sha256(TEXT), "甲区", 2023, (), (((0, len(TEXT)),),), (-1,))


def figure(text: str, at: int | None = None) -> Figure:
    start = TEXT.find(text) if at is None else at
    return Figure(
        "报告", start, start + len(text), text, "amount", Decimal(1), "", None, "", "", "level",
        "", "", "", (start, start + len(text)), "",
    )  # fmt: skip


def citation(text: str, section: str = "一、总体 › （一）收入") -> Citation:
    start = TEXT.find(text)
    return Citation("报告", REPORT.sha256, section, start, start + len(text), text)


def said(*figures: str, text: str = "", status: str = "answered", **more: object) -> Answer:
    return Answer(status, text, tuple(map(figure, figures)), **more)  # type: ignore[arg-type]


def asked(category: str = "direct", **more: object) -> Question:
    row: dict[str, object] = {
        "set": "s", "id": "1", "question": "？", "history": (), "category": category,
        "answerable": True, "figures": (), "evidence": (), "sections": (), "reports": (),
        "winner": "",
    }  # fmt: skip
    return Question(**(row | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12个", "12个村"),
        ("12个村", "12个"),
        ("近12个", "12个"),
        ("不低于5.5%", "5.5%"),
        ("超过 100万元", "100万元"),
        ("1 2个", "12个"),
        ("１２个", "12个"),
        ("110万人以上", "110万人"),
        ("90%左右", "90%"),
        ("约90%左右", "90%"),
        ("两成", "两成"),
        ("第5位", "第5位"),
        ("340万人", "340万人次"),
        ("Ⅲ类", "Ⅲ类"),
    ],
)
def test_hedges_spaces_and_a_longer_unit_make_no_other_figure(one: str, other: str) -> None:
    assert same_figure(one, other)
    assert same_figure(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12个", "112个"),
        ("12个", "12.5个"),
        ("12", "12个"),
        ("3000元", "3000万元"),
        ("3000万元", "3000余万元"),
        ("5.6%", "5.6个百分点"),
        ("0.5个", "0.5个百分点"),
        ("5.6%", "15.6%"),
        ("3亿元", "1.3亿元"),
        ("2025年", "2025年10月31日"),
        ("首个", "六个"),
        ("Ⅲ类", "Ⅱ类"),
        ("3个", "3至5个"),
    ],
)
def test_a_number_never_matches_inside_a_longer_one(one: str, other: str) -> None:
    assert not same_figure(one, other)
    assert not same_figure(other, one)


def test_the_gold_figures_and_no_other_are_right() -> None:
    question = asked(figures=("12个", "5.6%"))
    assert judge(question, said("5.6%", "12个村")) == Judgement(right=True, misstated=False)


def test_a_lacking_figure_is_wrong_and_nothing_is_misstated() -> None:
    verdict = judge(asked(figures=("12个", "5.6%")), said("5.6%"))
    assert verdict == Judgement(right=False, misstated=False, why="lacks 12个")


def test_a_further_figure_is_wrong_and_misstated() -> None:
    verdict = judge(asked(figures=("5.6%",)), said("5.6%", "12个"))
    assert (verdict.right, verdict.misstated) == (False, True)


def test_the_same_figure_with_two_receipts_is_stated_once() -> None:
    assert judge(asked("conflict", figures=("5.6%",)), said("5.6%", "5.6%")).right


def test_silence_on_an_answerable_question_is_wrong_and_never_misstated() -> None:
    verdict = judge(asked(figures=("5.6%",)), said(status="not_found"))
    assert (verdict.right, verdict.misstated) == (False, False)


def test_silence_is_right_where_the_report_does_not_say() -> None:
    question = asked("unanswerable_near", answerable=False)
    assert judge(question, said(status="not_found")).right


def test_a_figure_for_an_unanswerable_question_is_misstated() -> None:
    verdict = judge(asked("unanswerable_near", answerable=False), said("5.6%"))
    assert (verdict.right, verdict.misstated) == (False, True)


@pytest.mark.parametrize(("extra", "right"), [(1, True), (2, False)])
def test_a_list_may_have_one_figure_in_five_beyond_the_gold(extra: int, right: bool) -> None:
    gold = ("1个", "2个", "3个", "4个")
    stated = said(*gold, *("8个", "9个")[:extra])
    assert judge(asked("list", figures=gold), stated).right is right


def test_a_list_must_have_all_the_gold() -> None:
    assert not judge(asked("list", figures=("1个", "2个")), said("1个")).right


def test_without_gold_figures_the_evidence_must_be_cited() -> None:
    question = asked("nonfigure", evidence=("水质为 Ⅲ类",))
    assert judge(question, said(citations=(citation("水质为Ⅲ类，护栏30.7公里"),))).right
    assert not judge(question, said(citations=(citation("护栏30.7公里"),))).right


def test_a_figure_stated_where_the_gold_has_none_is_misstated() -> None:
    question = asked("nonfigure", evidence=("水质为Ⅲ类",))
    answer = said("30.7公里", citations=(citation("水质为Ⅲ类，护栏30.7公里"),))
    assert judge(question, answer).misstated


def test_more_than_three_citations_prove_nothing() -> None:
    question = asked("nonfigure", evidence=("水质为Ⅲ类",))
    assert not judge(question, said(citations=(citation("水质为Ⅲ类"),) * 4)).right


def test_more_than_three_hundred_characters_prove_nothing() -> None:
    question = asked("nonfigure", evidence=("水质",))
    long = Citation("报告", "", "", 0, 301, "水质" + "长" * 299)
    assert not judge(question, said(citations=(long,))).right


def test_a_set_without_the_words_of_the_report_is_judged_by_section() -> None:
    question = asked("nonfigure", sections=("（一）收入", "三、文化"))
    assert judge(question, said(citations=(citation("水质为Ⅲ类"),))).right
    assert not judge(question, said(citations=(citation("水质为Ⅲ类", "二、生态"),))).right
    assert not judge(question, said(status="not_found")).right


@pytest.mark.parametrize(
    ("category", "verdict"), [("wrong_premise", "contradicted"), ("right_premise", "confirmed")]
)
def test_a_premise_needs_its_verdict_besides(category: str, verdict: str) -> None:
    question = asked(category, figures=("5.6%",))
    assert judge(question, said("5.6%", verdict=verdict)).right
    assert not judge(question, said("5.6%")).right


@pytest.mark.parametrize("category", ["compare", "cross"])
def test_a_comparison_may_state_what_stands_in_the_evidence(category: str) -> None:
    question = asked(category, figures=("5.8%",), evidence=("甲增长5.5%", "乙增长5.8%，第12位"))
    assert judge(question, said("5.8%", "5.5%")) == Judgement(right=True, misstated=False)
    assert judge(question, said("5.8%", "2位")).misstated
    assert not judge(asked(figures=("5.8%",), evidence=("甲5.5%",)), said("5.8%", "5.5%")).right


def test_a_comparison_must_name_its_winner() -> None:
    question = asked("compare", figures=("5.8%",), winner="GDP 增速")
    assert judge(question, said("5.8%", text="更快的是ＧＤＰ增速")).right
    assert not judge(question, said("5.8%", text="不知道")).right


@pytest.mark.parametrize(
    ("note", "winner"),
    [
        ("宁静小区更高：50%>40%", "宁静小区"),
        ("比较。四川快", "四川"),
        ("事故起数降得更多：12%>11%", "事故起数"),
        ("排序。山东最小", "山东"),
        ("没有跑赢：4.4%<5.6%", ""),
        ("比较。四川6000、山东3500；别的是干扰", ""),
        ("", ""),
    ],
)
def test_the_winner_is_read_from_the_note(note: str, winner: str, tmp_path: Path) -> None:
    row = {"id": "1", "question": "？", "category": "compare", "note": note}
    assert load_set(write(tmp_path, row))[0].winner == winner


def test_a_winner_given_goes_before_the_note(tmp_path: Path) -> None:
    row = {"id": "1", "question": "？", "category": "cross", "note": "甲更高", "winner": "乙"}
    assert load_set(write(tmp_path, row))[0].winner == "乙"


def test_a_receipt_that_holds_is_not_broken() -> None:
    answer = said("5.6%", citations=(citation("增长5.6%"),))
    assert broken_receipts(answer, {"报告": REPORT}) == ()


@pytest.mark.parametrize(
    "answer",
    [
        Answer("answered", "", (figure("5.6%", 3),), (citation(TEXT),)),
        Answer("answered", "", (figure("5.6%"),), ()),
        Answer("answered", "", (figure("5.6%"),), (citation("12个村"),)),
        Answer("answered", "", (), (Citation("报告", "0" * 64, "", 0, 2, "全区"),)),
        Answer("answered", "", (), (Citation("报告", REPORT.sha256, "", 0, 2, "全市"),)),
        Answer("answered", "", (), (Citation("别的", REPORT.sha256, "", 0, 2, "全区"),)),
        Answer("answered", "", derived=(Derived(Decimal(1), "", "", (figure("5.6%", 0),)),)),
        Answer("not_found", "", missing=Missing("period", "2022年", figure("5.6%", 0))),
    ],
    ids=["shifted", "uncited", "cited elsewhere", "hash", "other words", "other report",
         "operand", "nearest"],
)  # fmt: skip
def test_a_receipt_that_does_not_hold_is_broken(answer: Answer) -> None:
    assert broken_receipts(answer, {"报告": REPORT})


def hit(text: str, section: str = "") -> Hit:
    start = TEXT.find(text)
    return Hit(Passage("报告", section, start, start + len(text), text), 1.0, 1.0, 1.0)


def test_the_evidence_is_looked_for_in_the_hits() -> None:
    question = asked(evidence=("增长5.6%", "水质为Ⅲ类"))
    assert evidence_share(question, [hit("收入达3875.84万元，增长5.6%。")]) == 0.5
    assert evidence_share(question, [hit("全区有12个村")]) == 0
    assert evidence_share(asked(), [hit("全区有12个村")]) is None


def test_evidence_across_two_neighbouring_hits_is_found() -> None:
    question = asked(evidence=("12个村，收入达3875.84万元",))
    halves = [hit("收入达3875.84万元，"), hit("全区有12个村，")]
    assert evidence_share(question, halves) == 1
    assert evidence_share(question, halves[:1]) == 0


def test_without_evidence_the_figure_is_looked_for_in_its_section() -> None:
    question = asked(figures=("5.6%",), sections=("收入",))
    assert evidence_share(question, [hit("增长5.6%", "一、收入")]) == 1
    assert evidence_share(question, [hit("增长5.6%", "二、生态")]) == 0


def result(name: str, right: bool, misstated: bool = False, ms: float = 1.0) -> Result:
    return Result(
        "s", name, "direct", "？", ("1个",), ("2个",), "answered", right, misstated, "", (),
        None, None, ms,
    )  # fmt: skip


def test_a_summary_is_derived_from_the_questions() -> None:
    results = [result(str(i), right=i < 3, misstated=i == 3, ms=float(i)) for i in range(4)]
    total = summarise(results)["total"]
    assert (total.questions, total.right, total.misstated, total.at1) == (4, 0.75, 0.25, None)
    assert (total.median_ms, total.p95_ms) == (1.5, 3.0)
    assert summarise(results)["direct"] == total


def test_a_saved_run_tells_what_was_won_and_lost(tmp_path: Path) -> None:
    save_run(tmp_path / "run.json", [result("a", True), result("b", False), result("c", True)])
    now = [result("a", False, misstated=True), result("b", True), result("d", True)]
    changes = compare(load_run(tmp_path / "run.json"), now)
    assert (changes.won, changes.lost, changes.same) == (("s/b",), ("s/a",), ())
    assert (changes.newly_misstated, changes.gone, changes.new) == (("s/a",), ("s/c",), ("s/d",))


def test_saving_the_same_answers_gives_the_same_bytes_whatever_the_time(tmp_path: Path) -> None:
    for name, ms in (("a", 1.0), ("b", 2.0)):
        save_run(tmp_path / name, [result("x", True, ms=ms)])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_json_output_can_be_compared_with_later(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(to_json([result("a", True)])), "utf-8")
    assert compare(load_run(tmp_path / "run.json"), [result("a", True)]).same == ("s/a",)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"results": [1]}'])
def test_what_is_not_a_saved_run_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(text, "utf-8")
    with pytest.raises(QaError, match="is not a saved run"):
        load_run(tmp_path / "run.json")


def write(folder: Path, *rows: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def test_a_set_is_read_line_by_line(tmp_path: Path) -> None:
    one = {"id": "1", "question": "多少？", "category": "cross", "report": ["甲", "乙"]}
    two = {"id": "2", "question": "？", "category": "direct", "report": "甲", "figures": ["1个"]}
    questions = load_sets([write(tmp_path, one, two)])
    assert [question.reports for question in questions] == [("甲", "乙"), ("甲",)]
    assert questions[1].key == ("set", "2")


def test_a_line_without_gold_is_left_out_and_counted(tmp_path: Path) -> None:
    good = {"id": "1", "question": "多少？", "category": "feedback", "figures": ["1个"]}
    bad = {"id": "2", "question": "多少？", "category": "feedback", "answerable": None}
    path = write(tmp_path, good, bad)
    assert [question.id for question in load_set(path)] == ["1"]
    assert ungraded([path]) == 1


def test_a_set_of_which_no_line_has_gold_is_refused_and_says_so(tmp_path: Path) -> None:
    bad = {"id": "2", "question": "多少？", "category": "feedback", "answerable": None}
    with pytest.raises(QaError, match="right answer"):
        load_set(write(tmp_path, bad))


def test_the_bundled_report_is_at_hand_by_its_name() -> None:
    bot = Bots()(asked(reports=("chengxi-2023",)))
    assert [report.id for report in bot.reports] == ["chengxi-2023"]


@pytest.mark.parametrize(
    "rows",
    [(), ("no question",), ({"id": "1"},), ({"id": "1", "question": "", "category": ""},) * 2],
)
def test_what_is_not_a_set_is_refused(rows: tuple[object, ...], tmp_path: Path) -> None:
    with pytest.raises(QaError):
        load_set(write(tmp_path, *rows))


def test_a_report_that_is_not_at_hand_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("一、总体\n全区收入1亿元。\n", "utf-8")
    with pytest.raises(QaError, match="--report"):
        Bots([tmp_path])(asked(reports=("乙",)))


def test_the_bot_of_a_report_is_opened_once(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("一、总体\n全区收入1亿元。\n", "utf-8")
    bots = Bots([tmp_path])
    assert bots(asked(reports=("甲",))) is bots(asked()) is bots(asked(id="2"))
