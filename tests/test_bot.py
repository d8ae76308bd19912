"""The bot: a question's whole way, in every way that people write, and whole conversations."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes import BigramEncoder
from qa import Answer, Bot, QaError
from qa.ledger import build_ledger
from yunshui import NAME, TEXT, bot_of, open_bot

NEIGHBOUR = """# 云山县2024年政府工作报告

## 2024年工作回顾

2024年，云山县粮食产量达到31.5万吨，增长2.4%。改造老旧小区21个。森林覆盖率达到44.1%。
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    return open_bot(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    folder = tmp_path_factory.mktemp("reports")
    (folder / NAME).write_text(TEXT, encoding="utf-8")
    (folder / "云山县2024.md").write_text(NEIGHBOUR, encoding="utf-8")
    return Bot.from_report(folder / NAME, folder / "云山县2024.md")


def printed(answer: Answer) -> list[str]:
    return [figure.text for figure in answer.figures]


# ---- opening ----


def test_a_report_is_opened_with_its_place_year_and_ledger(bot: Bot) -> None:
    (report,) = bot.reports
    assert (report.id, report.place, report.year) == ("云水县2024", "云水县", 2024)
    assert bot.ledger() == build_ledger(report)


def test_place_and_year_of_a_report_of_one_line_can_be_said_by_the_caller(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("粮食产量24.7万吨。\n", encoding="utf-8")
    bot = Bot.from_report(path, place="云河县", year=2022)
    assert (bot.reports[0].place, bot.reports[0].year) == ("云河县", 2022)
    assert bot.ledger()[0].period == "2022年"
    assert printed(bot.ask("2022年粮食产量是多少？")) == ["24.7万吨"]
    assert bot.ask("2023年粮食产量是多少？").status == "not_found"


def test_another_encoder_can_be_given(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(TEXT, encoding="utf-8")
    encoder = BigramEncoder()
    bot = Bot.from_report(tmp_path / NAME, encoder=encoder)
    assert bot.search("老旧小区改造", 1)[0].passage.text.startswith("全年改造老旧小区")
    assert encoder.seen


def test_a_report_that_isnt_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(QaError, match=r"没有\.txt"):
        Bot.from_report(tmp_path / "没有.txt")


def test_an_index_that_isnt_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QaError):
        Bot.open(tmp_path / "index")


# ---- ways to write ----


@pytest.mark.parametrize(
    "question",
    [
        "森林覆盖率是多少？",
        "森林覆盖率",
        "森林 覆盖率 多少",
        "请问一下，咱们县的森林覆盖率大概是多少呢？",
        "森林覆蓋率是多少？",
        "森林复盖率是多少？",
        "What is the forest coverage rate?",
    ],
    ids=["plain", "keyword", "keywords", "talkative", "traditional", "typo", "English"],
)
def test_however_it_is_asked_the_figure_is_the_same(bot: Bot, question: str) -> None:
    assert printed(bot.ask(question)) == ["58.6%"]


@pytest.mark.parametrize(
    "question",
    ["GDP增长了多少？", "ＧＤＰ增长了多少？", "gdp增长了多少", "地区生產總值增長了多少？"],
)
def test_full_width_letters_and_case_make_no_difference(bot: Bot, question: str) -> None:
    assert printed(bot.ask(question)) == ["6.1%"]


def test_english_asks_for_a_growth_too(bot: Bot) -> None:
    assert printed(bot.ask("How much did GDP grow?")) == ["6.1%"]


@pytest.mark.parametrize(
    "question", ["", " \n", "？", "\0", "<script>alert(1)</script>", "森" * 3000, "🙂"]
)
def test_anything_at_all_gets_an_answer_that_holds(bot: Bot, question: str) -> None:
    answer = bot.ask(question)
    assert answer.status in ("answered", "not_found")
    assert answer.text


def test_half_a_character_is_no_reason_to_fail(bot: Bot) -> None:
    assert bot.ask("森林覆盖率\ud800是多少？").text


# ---- conversations ----


def talk(bot: Bot, *questions: str) -> list[list[str]]:
    """The figures of each answer of a conversation."""
    return [printed(bot.ask(q, questions[:i])) for i, q in enumerate(questions)]


@pytest.mark.parametrize(
    "conversation",
    [
        [("地区生产总值是多少？", "312.6亿元"), ("增长了多少？", "6.1%")],
        [("地区生产总值增长了多少？", "6.1%"), ("那一般公共预算收入呢？", "5.2%")],
        [("地区生产总值是多少？", "312.6亿元"), ("那一般公共预算收入呢？", "18.4亿元")],
        [("去年改造了多少个老旧小区？", "47个"), ("今年计划呢？", "30个")],
        [("城镇居民收入增长多少？", "4.6%"), ("农村居民呢？", "6.8%")],
        [("地区生产总值增长了多少？", "6.1%"), ("对了，口袋公园建了几个？", "12个")],
        [
            ("地区生产总值是多少？", "312.6亿元"),
            ("增长了多少？", "6.1%"),
            ("一般公共预算收入呢？", "5.2%"),
        ],
    ],
    ids=["measure", "indicator", "level", "period", "pair", "new topic", "three turns"],
)
def test_a_follow_up_is_understood_from_what_came_before(
    bot: Bot, conversation: list[tuple[str, str]]
) -> None:
    questions = [question for question, _ in conversation]
    assert talk(bot, *questions) == [[figure] for _, figure in conversation]


def test_a_follow_up_to_something_that_wasnt_found_is_asked_of_the_same_year(bot: Bot) -> None:
    answer = bot.ask("那森林覆盖率呢？", ["2021年地区生产总值是多少？"])
    assert answer.missing is not None
    assert answer.missing.slot == "period"


def test_a_follow_up_alone_says_nothing(bot: Bot) -> None:
    assert bot.ask("那呢？").status == "not_found"


# ---- several reports ----


@pytest.mark.parametrize(
    ("question", "figure", "report"),
    [
        ("云水县改造了多少个老旧小区？", "47个", "云水县2024"),
        ("云山县改造了多少个老旧小区？", "21个", "云山县2024"),
        ("云山县森林覆盖率是多少？", "44.1%", "云山县2024"),
    ],
)
def test_each_place_is_answered_from_its_own_report(
    both: Bot, question: str, figure: str, report: str
) -> None:
    answer = both.ask(question)
    assert [(f.text, f.report) for f in answer.figures] == [(figure, report)]
    assert f"（{report}）" in answer.text


def test_another_report_takes_nothing_away_from_an_answer(bot: Bot, both: Bot) -> None:
    question = "云水县森林覆盖率是多少？"
    assert printed(both.ask(question)) == printed(bot.ask(question))


def test_places_are_held_against_each_other(both: Bot) -> None:
    answer = both.ask("云水县和云山县哪个森林覆盖率更高？")
    assert sorted(printed(answer)) == ["44.1%", "58.6%"]
    assert answer.text.startswith("**云水更高**：58.6%（云水） > 44.1%（云山）")


def test_the_same_is_asked_of_each_place_that_is_named(both: Bot) -> None:
    answer = both.ask("云水县和云山县分别改造了多少个老旧小区？")
    assert [(f.text, f.report) for f in answer.figures] == [
        ("47个", "云水县2024"),
        ("21个", "云山县2024"),
    ]


def test_a_place_without_a_report_is_answered_by_none(both: Bot) -> None:
    answer = both.ask("兰州市森林覆盖率是多少？")
    assert answer.missing is not None
    assert answer.missing.slot == "scope"


# ---- searching, and the same again ----


def test_a_search_gives_passages_best_first(bot: Bot) -> None:
    hits = bot.search("森林覆盖率", 3)
    assert "森林覆盖率" in hits[0].passage.text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


QUESTIONS = [
    "森林覆盖率是多少？",
    "改造了多少个老旧小区，新建口袋公园多少个？",
    "口袋公园和老旧小区哪个多？",
    "2021年粮食产量是多少？",
    "老旧小区有哪些数字？",
    "森林覆盖率是60%对吗？",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gets_the_same_answer_whatever_was_asked_before(
    bot: Bot, tmp_path: Path, question: str
) -> None:
    fresh = open_bot(tmp_path)
    assert fresh.ask(question) == bot.ask(question) == bot.ask(question)


def test_the_order_of_the_reports_changes_nothing(both: Bot, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(TEXT, encoding="utf-8")
    (tmp_path / "云山县2024.md").write_text(NEIGHBOUR, encoding="utf-8")
    turned = Bot.from_report(tmp_path / "云山县2024.md", tmp_path / NAME)
    for question in [*QUESTIONS, "云水县和云山县哪个森林覆盖率更高？"]:
        assert turned.ask(question) == both.ask(question)


def test_markup_in_a_report_is_quoted_as_it_stands() -> None:
    answer = bot_of("全县新建<b>口袋公园</b>12个。").ask("新建口袋公园多少个？")
    assert printed(answer) == ["12个"]
    assert "<b>" in answer.citations[0].text
