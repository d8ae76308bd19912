"""What can be done with an answer: copied, linked to, taken away, judged, and asked on from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, expect

from browser.visits import Visit, serving
from qa.app.suggest import follow_ups, instead
from qa.bot import Bot
from qa.evaluate import Bots, evaluate, load_set

COMPARED = "垃圾分类示范区和宁静小区的覆盖率哪个高？"


@pytest.fixture(scope="module")
def bot(digest: Path) -> Bot:
    return Bot.from_report(digest)


def button(part: Locator, name: str) -> Locator:
    return part.get_by_role("button", name=name)


def clipboard(visit: Visit) -> str:
    return str(visit.page.evaluate("navigator.clipboard.readText()"))


def test_a_copied_quote_is_one_line_with_figure_quote_source_and_receipt(
    visit: Visit, bot: Bot
) -> None:
    citation = bot.ask("森林覆盖率是多少？").citations[0]
    button(visit.ask("森林覆盖率是多少？"), "复制引用").click()
    expect(visit.page.locator("#voice")).to_have_text("已复制")
    line = clipboard(visit)
    assert "\n" not in line
    assert line.startswith("森林覆盖率 42.84%")
    for part in (citation.text, "西宁市城西区2023年新成绩新作为", citation.section):
        assert part in line
    assert f"{citation.start}–{citation.stop}" in line
    assert citation.sha256[:8] in line


def test_the_link_to_a_question_asks_it_again_with_what_was_asked_before(
    new_visit: Callable[..., Visit], visit: Visit
) -> None:
    visit.ask("财政收入是多少？")
    button(visit.ask("增长了多少？"), "复制这个问题的链接").click()
    link = clipboard(visit)
    assert parse_qs(urlsplit(link).query) == {"q": ["增长了多少？"], "after": ["财政收入是多少？"]}
    other = new_visit().open(link)
    expect(other.turns.locator(".figure .number")).to_have_text("14.9%")
    expect(other.turns.locator(".asked")).to_have_text("增长了多少？")


def test_a_link_passes_on_no_question_that_it_does_not_need(visit: Visit) -> None:
    visit.ask("居民人均可支配收入是多少？")
    visit.ask("财政收入是多少？")
    turn = visit.ask("增长了多少？")
    button(turn, "复制这个问题的链接").click()
    assert parse_qs(urlsplit(clipboard(visit)).query)["after"] == ["财政收入是多少？"]
    button(visit.ask("森林覆盖率是多少？"), "复制这个问题的链接").click()
    assert parse_qs(urlsplit(clipboard(visit)).query) == {"q": ["森林覆盖率是多少？"]}


def test_a_link_to_a_report_that_is_not_here_says_so(
    new_visit: Callable[..., Visit], address: str
) -> None:
    visit = new_visit()
    visit.page.goto(f"{address}?receipt=别处的报告:10-20")
    expect(visit.page.locator("#notice")).to_contain_text("没有选中")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_link_to_a_receipt_opens_the_source_at_the_mark(
    new_visit: Callable[..., Visit], address: str, size: str
) -> None:
    visit = new_visit(size).open(address)
    turn = visit.ask("森林覆盖率是多少？")
    turn.get_by_role("button", name="复制链接", exact=True).click()
    link = clipboard(visit)
    assert urlsplit(link).query.startswith("receipt=chengxi-2023")
    other = new_visit(size)
    other.page.goto(link)
    expect(other.marks).to_have_text("42.84%")
    expect(other.marks).to_be_in_viewport(ratio=1)


def test_an_address_with_a_receipt_that_is_none_opens_the_page_as_ever(
    new_visit: Callable[..., Visit], address: str
) -> None:
    for wrong in ("gone:1-2", "chengxi-2023:9999999-99999999", "x", "chengxi-2023:5-1"):
        visit = new_visit().open(f"{address}?receipt={wrong}")
        expect(visit.page.locator(".greeting")).to_be_visible()
        expect(visit.marks).to_have_count(0)


def test_what_is_offered_next_is_answered_when_it_is_clicked(visit: Visit) -> None:
    visit.ask("财政收入是多少？")
    offers = visit.page.locator("#offers .question")
    expect(offers).to_have_count(3)
    question = offers.first.text_content() or ""
    offers.first.click()
    expect(visit.turns).to_have_count(2)
    expect(visit.turns.last.locator(".asked")).to_have_text(question)
    expect(visit.turns.last.locator(".card")).to_have_attribute("data-status", "answered")
    expect(offers.filter(has_text=question)).to_have_count(0)


def test_every_follow_up_is_answered_with_a_figure_and_was_not_asked_before(bot: Bot) -> None:
    for figure in bot.ledger()[::7]:
        asked = f"{figure.indicator}是多少？"
        answer = bot.ask(asked)
        for question in follow_ups(bot, answer, [asked]):
            assert question != asked
            assert len(bot.ask(question).figures) == 1


def test_where_the_report_says_nothing_three_questions_that_it_answers_are_offered(
    visit: Visit, bot: Bot
) -> None:
    asked = "2030年财政收入是多少？"
    turn = visit.ask(asked)
    offered = turn.locator(".instead .question")
    expect(offered).to_have_count(3)
    assert offered.all_text_contents() == list(instead(bot, bot.ask(asked), asked))
    expect(offered.first).to_have_text("财政收入是多少？")
    offered.first.click()
    expect(visit.turns.last.locator(".figure .number")).to_have_text("10.66亿元")


def test_questions_far_from_the_report_are_given_some_that_it_answers_too(bot: Bot) -> None:
    for asked in ("火星上有多少人？", "高铁里程是多少？", "xyz"):
        offered = instead(bot, bot.ask(asked), asked)
        assert offered
        assert all(bot.ask(question).status == "answered" for question in offered)


def test_a_comparison_is_a_table_with_bars_as_long_as_its_figures(visit: Visit) -> None:
    turn = visit.ask(COMPARED)
    expect(turn.locator(".ahead")).to_contain_text("宁静小区的覆盖率更高")
    table = turn.get_by_role("table")
    expect(table.get_by_role("rowheader")).to_contain_text(["垃圾分类示范区", "宁静小区"])
    expect(table.locator(".number")).to_have_text(["40%", "50%"])
    expect(table.locator("tr.best .number")).to_have_text("50%")
    low, high = (bar.bounding_box() or {"width": 0} for bar in table.locator(".bar span").all())
    assert low["width"] / high["width"] == pytest.approx(0.8, abs=0.02)


def test_a_list_is_a_table_that_can_be_taken_away_as_csv(visit: Visit, bot: Bot) -> None:
    asked = "财政收入、居民人均可支配收入、森林覆盖率分别是多少？"
    figures = bot.ask(asked).figures
    assert len(figures) == 3
    turn = visit.ask(asked)
    expect(turn.locator(".listing tbody .number")).to_have_text([f.text for f in figures])
    with visit.page.expect_download() as waiting:
        button(turn, "下载 CSV").click()
    raw = Path(waiting.value.path()).read_text("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(raw))
    assert head[:2] == ["数字", "指标"]
    assert [row[0] for row in rows] == ["10.66亿元", "44136元", "42.84%"]
    assert [row[-2:] for row in rows] == [[str(f.start), str(f.stop)] for f in figures]


def test_a_conversation_is_taken_away_as_markdown(visit: Visit, bot: Bot) -> None:
    visit.ask("财政收入是多少？")
    visit.ask("**2030年**财政收入是多少？")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="导出").click()
    text = Path(waiting.value.path()).read_text("utf-8")
    assert text.startswith("# 报告问答")
    assert f"## 财政收入是多少？\n\n{bot.ask('财政收入是多少？').text}\n" in text
    assert r"## \*\*2030年\*\*财政收入是多少？" in text


def test_without_a_file_for_feedback_no_thumbs_are_shown(visit: Visit) -> None:
    turn = visit.ask("财政收入是多少？")
    expect(button(turn, "回答得对")).to_have_count(0)


@pytest.fixture
def judged(
    new_visit: Callable[..., Visit], digest: Path, tmp_path: Path
) -> Iterator[tuple[Visit, Path]]:
    """A visitor whose thumbs go to a file."""
    file = tmp_path / "thumbs" / "feedback.jsonl"
    with serving(digest, log=tmp_path / "log", options=["--feedback", str(file)]) as address:
        yield new_visit().open(address), file


def test_thumbs_are_lines_of_a_file_from_which_the_answers_are_judged(
    judged: tuple[Visit, Path], digest: Path
) -> None:
    visit, file = judged
    visit.ask("财政收入是多少？")
    good = visit.ask("增长了多少？")
    button(good, "回答得对").click()
    expect(good.locator(".thanks")).to_be_visible()
    expect(button(good, "回答得对").first).to_be_disabled()
    bad = visit.ask("森林覆盖率是多少？")
    button(bad, "回答得不对").click()
    bad.get_by_role("textbox", name="哪里不对").fill('应是"全市"的')
    button(bad, "发送").click()
    expect(bad.locator(".thanks")).to_be_visible()
    # What was judged stays judged when the conversation goes on.
    visit.ask("税费收入是多少？")
    expect(button(good, "回答得对").first).to_have_attribute("aria-pressed", "true")

    up, down = (json.loads(line) for line in file.read_text("utf-8").splitlines())
    assert (up["question"], up["history"]) == ("增长了多少？", ["财政收入是多少？"])
    assert (up["category"], up["answerable"], up["figures"]) == ("feedback", True, ["14.9%"])
    assert (down["answerable"], down["figures"], down["stated"]) == (None, [], ["42.84%"])
    assert down["note"] == '应是"全市"的'
    (question,) = load_set(file)
    (result,) = evaluate([question], Bots([digest]))
    assert result.right
