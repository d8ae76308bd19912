"""A lexicon of the user's own: what it adds, whose it is, and what is said of a broken one."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa import Bot, QaError
from qa.bot import make_index
from qa.encode import open_encoder
from qa.evaluate import Bots, evaluate, load_set
from qa.index import Index
from qa.lexicon.own import read_lexicon
from qa.report import read_report
from yunshui import NAME, TEXT

OWN = """
groups = [["银龄食堂", "长者饭堂", "老伙房"], ["老腰包", "一般公共预算收入"]]

[[indicator]]
name = "日供水能力"
aliases = ["命根子"]
english = ["aqua throughput"]
units = ["吨"]

[[indicator]]
name = "GDP"
aliases = ["压舱石"]
"""


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lexicon") / "词典.toml"
    path.write_text(OWN, "utf-8")
    return path


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    path = tmp_path_factory.mktemp("report") / NAME
    path.write_text(TEXT, "utf-8")
    return make_index([read_report(path)], open_encoder())


@pytest.fixture(scope="module")
def plain(index: Index) -> Bot:
    return Bot(index)


@pytest.fixture(scope="module")
def own(index: Index, lexicon: Path) -> Bot:
    return Bot(index, read_lexicon(lexicon))


def printed(bot: Bot, question: str) -> list[str]:
    return [figure.text for figure in bot.ask(question).figures]


# ---- what it adds ----


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("命根子今年目标是多少？", "5万吨"),
        ("What is the target of aqua throughput?", "5万吨"),
        ("压舱石是多少？", "312.6亿元"),
        ("压舱石增长了多少？", "6.1%"),
        ("老腰包是多少？", "18.4亿元"),
    ],
)
def test_a_word_of_the_users_own_answers_what_fails_without_it(
    plain: Bot, own: Bot, question: str, figure: str
) -> None:
    assert printed(plain, question) == []
    assert printed(own, question) == [figure]


def test_an_alias_is_the_users_before_it_is_the_projects(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "词典.toml"
    path.write_text('[[indicator]]\nname = "茶叶产量"\naliases = ["粮食总产"]\n', "utf-8")
    assert printed(Bot(index, read_lexicon(path)), "粮食总产有多少万吨？") == ["1.26万吨"]


def test_an_indicator_known_by_any_name_keeps_its_other_names(own: Bot) -> None:
    (ask,) = own.parse("压舱石是多少？").asks
    assert ask.terms[0].names[0] == "地区生产总值"
    assert "压舱石" in ask.terms[0].names
    assert own.parse("生产总值是多少？").asks[0].terms[0].names == ask.terms[0].names


def test_a_word_of_the_users_own_is_no_typo(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "词典.toml"
    path.write_text('groups = [["茶夜惨量", "粮食产量"]]\n', "utf-8")
    assert "茶夜惨量" not in Bot(index).parse("茶夜惨量是多少？").text
    assert "茶夜惨量" in Bot(index, read_lexicon(path)).parse("茶夜惨量是多少？").text


def test_what_the_lexicon_doesnt_speak_of_is_answered_as_before(plain: Bot, own: Bot) -> None:
    for question in (
        "粮食产量有多少万吨？",
        "城镇和农村居民收入分别增长多少？",
        "改造了多少个老旧小区？",
    ):
        assert plain.ask(question) == own.ask(question)


def test_the_documented_lexicon_is_read(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "cli.md").read_text("utf-8")
    path = tmp_path / "词典.toml"
    path.write_text(page.split("```toml\n")[1].split("```")[0], "utf-8")
    assert {"歇脚点", "供水本领"} <= set(read_lexicon(path).words)


def test_an_empty_lexicon_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "空.toml"
    path.write_text("# 还没有词\n", "utf-8")
    assert read_lexicon(path).words == ()


# ---- whose it is ----


def test_bots_side_by_side_dont_share_it_in_whatever_order_they_are_asked(
    index: Index, lexicon: Path
) -> None:
    question = "压舱石是多少？"
    for order in ((0, 1, 0, 1), (1, 0, 1, 0)):
        bots = (Bot(index), Bot(index, read_lexicon(lexicon)))
        assert [printed(bots[i], question) for i in order] == [
            [[], ["312.6亿元"]][i] for i in order
        ]


def test_bots_in_many_threads_dont_share_it(plain: Bot, own: Bot) -> None:
    questions = [f"{year}年压舱石是多少？" for year in (2024, 2023)] * 10
    bots = [plain, own] * 10
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(printed, bots, questions))
    assert answers == [printed(bot, asked) for bot, asked in zip(bots, questions, strict=True)]
    assert answers[0] == []


def test_a_bot_is_opened_with_it(lexicon: Path, index: Index, tmp_path: Path) -> None:
    index.save(tmp_path / "index")
    (tmp_path / NAME).write_text(TEXT, "utf-8")
    opened = Bot.open(tmp_path / "index", lexicon=lexicon)
    read = Bot.from_report(tmp_path / NAME, lexicon=str(lexicon))
    assert printed(opened, "压舱石是多少？") == ["312.6亿元"]
    assert printed(read, "压舱石是多少？") == ["312.6亿元"]


def test_question_sets_are_asked_with_it(lexicon: Path, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(TEXT, "utf-8")
    row = {"id": "1", "question": "压舱石是多少？", "category": "direct", "figures": ["312.6亿元"]}
    (tmp_path / "集.jsonl").write_text(json.dumps(row), "utf-8")
    (result,) = evaluate(load_set(tmp_path / "集.jsonl"), Bots([tmp_path / NAME], lexicon=lexicon))
    assert result.right


# ---- what is said of a broken one ----


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[indicator]", "TOML"),
        ("indicator = 3", r"\[\[indicator\]\]"),
        ('[indicator]\nname = "油茶产量"', r"\[\[indicator\]\]"),
        ('groups = ["驿站", "歇脚点"]', "groups"),
        ('groups = [["驿站"]]', "group 1"),
        ('groups = [["驿站", "站"]]', "group 1"),
        ('group = [["驿站", "歇脚点"]]', "“group”"),
        ('[[indicator]]\naliases = ["茶油"]', "name"),
        ('[[indicator]]\nname = "油茶产量"\nalias = ["茶油"]', "“alias”"),
        ('[[indicator]]\nname = "油茶产量"\naliases = "茶油"', "aliases"),
        ('[[indicator]]\nname = "油茶产量"\naliases = [1]', "aliases"),
        ('[[indicator]]\nname = "油茶产量"\naliases = ["油"]', "“油”"),
        ('[[indicator]]\nname = "油茶产量"\naliases = ["粮食产量"]', "“粮食产量”"),
        ('[[indicator]]\nname = "油茶产量"\nunits = ["万吨"]', "“吨”"),
    ],
    ids=lambda text: text.splitlines()[-1],
)
def test_a_broken_file_is_refused_with_what_to_mend(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "词典.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(QaError, match=what) as error:
        read_lexicon(path)
    chinese, english = str(error.value).splitlines()
    assert str(path) in chinese
    assert "lexicon" in english


def test_a_file_that_isnt_there_or_isnt_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "图.toml").write_bytes(b"\x89PNG\xff")
    for path, what in (("没有.toml", "check the path"), (".", "path"), ("图.toml", "UTF-8")):
        with pytest.raises(QaError, match=what):
            read_lexicon(tmp_path / path)
