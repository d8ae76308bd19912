"""The page in a real browser, over a real server and real files."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from browser.visits import SIZES, Served, Visit
from qa.app import serve
from qa.bot import Bot
from qa.types import QaError

NASTY = """\
# <script>window.x=1</script>甲市2024年报告

## 一、<img src=x onerror="window.x=2">经济

2024年，甲市地区生产总值达到1234.5亿元，<script>window.x=3</script>建成甲市绿道88公里。

**粗体**指标完成率为77%，[链接](http://example.com/a)的覆盖率为66.6%，$x$比例为55%。

{{value}}和${1+1}占比为44%，𠀀𠀁字的数量为33个，&amp;的数量为22个。
"""


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report whose text would act if it were taken for HTML, Markdown or a template."""
    path = tmp_path_factory.mktemp("reports") / "甲市.md"
    path.write_text(NASTY, encoding="utf-8")
    return path


def numbers(turn: Locator) -> Locator:
    return turn.locator(".figure .number")


@pytest.mark.parametrize("size", SIZES)
def test_an_answer_states_the_figure_and_marks_it_in_the_source_in_view(
    new_visit: Callable[..., Visit], address: str, size: str
) -> None:
    visit = new_visit(size).open(address)
    turn = visit.ask("村集体经济收入总量是多少？")
    expect(numbers(turn)).to_have_text("3875.84万元")
    expect(turn.locator("blockquote mark")).to_have_text("3875.84万元")
    expect(visit.marks).to_have_text("3875.84万元")
    expect(numbers(turn)).to_be_in_viewport(ratio=1)
    turn.get_by_role("button", name="查看原文").click()
    expect(visit.marks).to_be_in_viewport(ratio=1)
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    assert wide == SIZES[size][0]


def test_the_mark_stands_at_the_offsets_of_the_receipt(visit: Visit, digest: Path) -> None:
    turn = visit.ask("森林覆盖率是多少？")
    citation = Bot.from_report(digest).ask("森林覆盖率是多少？").citations[0]
    receipt = turn.locator(".receipt")
    expect(receipt).to_have_text(
        f"{citation.report} · {citation.sha256[:8]} · {citation.start}–{citation.stop}"
    )
    marked = visit.page.locator("#source :is(mark, .quoted)")
    expect(marked.first).to_be_visible()
    assert "".join(marked.all_text_contents()) == citation.text


def test_a_follow_up_is_understood_from_the_questions_before(visit: Visit) -> None:
    visit.ask("财政收入是多少？")
    turn = visit.ask("增长了多少？")
    expect(numbers(turn)).to_have_text("14.9%")
    expect(visit.marks).to_have_text("14.9%")
    expect(visit.turns).to_have_count(2)


def test_a_question_without_an_answer_says_what_is_missing_and_marks_nothing(visit: Visit) -> None:
    visit.ask("财政收入是多少？")
    expect(visit.marks).to_have_count(1)
    turn = visit.ask("2030年财政收入是多少？")
    expect(turn.locator(".none")).to_contain_text("报告里没有找到")
    expect(turn.locator(".lack")).to_have_attribute("data-slot", "period")
    expect(turn.locator(".nearest .number")).to_have_text("10.66亿元")
    expect(turn.locator(".quote")).to_have_count(0)
    expect(visit.marks).to_have_count(0)


def test_the_nearest_figure_is_marked_only_when_the_user_asks_to_see_it(visit: Visit) -> None:
    turn = visit.ask("2030年财政收入是多少？")
    expect(visit.marks).to_have_count(0)
    turn.get_by_role("button", name="查看原文").click()
    expect(visit.marks).to_have_text("10.66亿元")
    expect(visit.marks).to_be_in_viewport(ratio=1)


def test_a_fact_without_a_figure_is_quoted_and_marked_whole(visit: Visit, digest: Path) -> None:
    question = "报道的记者是谁？"
    turn = visit.ask(question)
    quote = Bot.from_report(digest).ask(question).citations[0].text
    expect(turn.locator("blockquote")).to_have_text(quote)
    expect(visit.marks.first).to_be_in_viewport()
    assert "".join(visit.marks.all_text_contents()) == quote


def test_what_the_user_types_is_shown_as_typed_and_never_run(visit: Visit) -> None:
    typed = "<script>window.x=9</script> <img src=x onerror=window.x=8> **x** [a](http://x) $y$"
    typed += " {{value}} ${1+1} &amp; 财政收入是多少？"
    turn = visit.ask(typed)
    expect(turn.locator(".asked")).to_have_text(typed)
    expect(turn.locator("img, script, a, strong, em")).to_have_count(0)
    assert visit.page.evaluate("window.x") is None


def test_what_a_report_says_is_shown_as_written_and_never_run(
    new_visit: Callable[..., Visit], served: Served, nasty: Path
) -> None:
    visit = new_visit().open(served(nasty))
    page = visit.page
    expect(page.locator("#masthead")).to_contain_text("<script>window.x=1</script>甲市2024年报告")
    expect(page.locator("#source h3")).to_have_text('一、<img src=x onerror="window.x=2">经济')
    source = page.locator("#source")
    for line in NASTY.splitlines()[4::2]:
        expect(source).to_contain_text(line)
    turn = visit.ask("绿道有多少公里？")
    expect(turn.locator("blockquote")).to_contain_text("<script>window.x=3</script>")
    expect(turn.locator(".section")).to_contain_text('<img src=x onerror="window.x=2">')
    expect(visit.marks).to_have_text("88公里")
    page.get_by_role("tab", name="台账").click()
    expect(page.locator("#ledger")).to_contain_text("{{value}}和${1+1}")
    expect(page.locator("#ledger")).to_contain_text('<img src=x onerror="window.x=2">')
    page.get_by_role("tab", name="图表").click()
    expect(page.locator("figure.chart .names_marks")).to_contain_text("指标完成率")
    inserted = page.locator(":is(#masthead, #desk) :is(img, script, a)")
    expect(inserted).to_have_count(0)
    assert page.evaluate("window.x") is None


def test_characters_outside_the_basic_plane_do_not_shift_the_mark(
    new_visit: Callable[..., Visit], served: Served, nasty: Path
) -> None:
    visit = new_visit().open(served(nasty))
    visit.page.get_by_role("tab", name="台账").click()
    visit.page.get_by_role("button", name="22个").click()
    expect(visit.marks).to_have_text("22个")


def test_a_figure_of_the_ledger_leads_to_its_place_in_the_source(visit: Visit) -> None:
    visit.page.get_by_role("tab", name="台账").click()
    visit.page.get_by_role("button", name="3875.84万元").click()
    expect(visit.marks).to_have_text("3875.84万元")
    expect(visit.marks).to_be_in_viewport(ratio=1)


def test_an_answer_brings_the_source_back_from_behind_the_ledger(visit: Visit) -> None:
    visit.page.get_by_role("tab", name="台账").click()
    visit.ask("财政收入是多少？")
    expect(visit.marks).to_be_in_viewport(ratio=1)


def test_every_example_is_answered_when_it_is_clicked(visit: Visit) -> None:
    examples = visit.page.locator(".greeting .question")
    asked = examples.all_text_contents()
    assert len(asked) >= 3
    for i, question in enumerate(asked):
        examples.nth(i).click()
        expect(visit.turns.locator(".asked")).to_have_text(question)
        expect(visit.turns.locator(".card")).to_have_attribute("data-status", "answered")
        visit.page.get_by_role("button", name="新对话").click()
        expect(examples).to_have_text(asked)


def test_a_new_conversation_forgets_the_questions_and_the_mark(visit: Visit) -> None:
    visit.ask("财政收入是多少？")
    expect(visit.marks).to_have_count(1)
    visit.page.get_by_role("button", name="新对话").click()
    expect(visit.turns).to_have_count(0)
    expect(visit.marks).to_have_count(0)
    expect(visit.page.locator(".greeting")).to_be_visible()
    later = visit.ask("增长了多少？")
    expect(later.locator(".card")).to_have_attribute("data-status", "not_found")


def test_two_visitors_have_each_their_own_conversation(
    new_visit: Callable[..., Visit], address: str
) -> None:
    one, other = new_visit().open(address), new_visit().open(address)
    one.ask("财政收入是多少？")
    other.ask("森林覆盖率是多少？")
    expect(numbers(one.ask("增长了多少？"))).to_have_text("14.9%")
    expect(other.turns).to_have_count(1)
    expect(other.marks).to_have_text("42.84%")


def test_an_empty_question_is_no_question(visit: Visit) -> None:
    visit.box.fill("   ")
    visit.box.press("Enter")
    expect(visit.box).to_have_value("")
    expect(visit.turns).to_have_count(0)


def test_the_head_names_the_report_and_says_that_the_bundled_one_is_a_digest(visit: Visit) -> None:
    head = visit.page.locator("#masthead")
    expect(head).to_contain_text("城西区 · 2023年")
    expect(head.locator(".digest")).to_contain_text("奋进中的西区拼出新成绩新作为")


def test_of_several_reports_the_cited_one_is_shown(
    new_visit: Callable[..., Visit], served: Served, digest: Path, nasty: Path
) -> None:
    visit = new_visit().open(served(digest, nasty))
    shown = visit.page.locator("#source article:visible")
    visit.ask("绿道有多少公里？")
    expect(shown).to_have_attribute("data-report", "甲市")
    expect(visit.marks).to_be_in_viewport(ratio=1)
    visit.ask("森林覆盖率是多少？")
    expect(shown).to_have_attribute("data-report", "chengxi-2023")
    expect(visit.marks).to_be_in_viewport(ratio=1)
    visit.page.get_by_role("combobox", name="报告").select_option("甲市")
    expect(shown).to_have_attribute("data-report", "甲市")


def test_the_page_asks_no_other_machine(visit: Visit) -> None:
    visit.ask("财政收入是多少？")
    visit.page.get_by_role("tab", name="台账").click()
    expect(visit.page.locator("#ledger tbody tr").first).to_be_visible()
    assert visit.hosts - {""} == {"127.0.0.1"}


def test_a_port_in_use_is_said_clearly(nasty: Path) -> None:
    bot = Bot.from_report(nasty)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(QaError, match=f"{port}.*in use"):
            serve(bot, port=port)
