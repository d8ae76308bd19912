"""Answer cards as HTML, without a server: what the templates say and how they escape."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa.app import cards, markup, source
from qa.ledger import build_ledger
from qa.report import parse_report
from qa.types import Answer, Citation, Derived, Figure, Report, as_json

TEXT = "# 甲市2024年报告\n\n## 经济\n\n2024年，甲市接待游客约300万人次，投资达到20亿元以上。\n"


@pytest.fixture(scope="module")
def report() -> Report:
    return parse_report(TEXT, "甲市")


@pytest.fixture(scope="module")
def figures(report: Report) -> tuple[Figure, Figure]:
    found = {figure.text: figure for figure in build_ledger(report)}
    return found["300万人次"], found["20亿元"]


def cite(report: Report, figure: Figure) -> Citation:
    start, stop = figure.clause
    return Citation(report.id, report.sha256, figure.section, start, stop, report.text[start:stop])


def test_a_qualifier_stands_on_the_side_where_the_report_has_it(
    report: Report, figures: tuple[Figure, Figure]
) -> None:
    assert markup.hedged(figures[0], report.text) == ("约", "")
    assert markup.hedged(figures[1], report.text) == ("", "以上")


def test_a_figure_is_marked_in_its_quote(report: Report, figures: tuple[Figure, Figure]) -> None:
    figure = figures[0]
    answer = Answer("answered", "", (figure,), (cite(report, figure),))
    card = cards.card(answer, {report.id: report}, "")
    assert "甲市接待游客约<mark>300万人次</mark>" in card
    assert 'data-status="answered"' in card


@pytest.mark.parametrize(
    ("verdict", "said"), [("confirmed", "与报告一致"), ("contradicted", "与报告不符")]
)
def test_a_verdict_heads_the_card(
    report: Report, figures: tuple[Figure, Figure], verdict: str, said: str
) -> None:
    answer = Answer("answered", "", figures, (), verdict)  # type: ignore[arg-type]
    card = cards.card(answer, {report.id: report}, "")
    assert card.index(said) < card.index('<span class="number">300万人次')


def test_a_derived_number_is_shown_with_its_formula_as_text(
    report: Report, figures: tuple[Figure, Figure]
) -> None:
    derived = Derived(Decimal("6.50"), "<倍>", "1 < 2 & 3", figures)
    card = cards.card(Answer("answered", "", derived=(derived,)), {report.id: report}, "")
    assert "6.50&lt;倍&gt;" in card
    assert "1 &lt; 2 &amp; 3" in card


def test_a_layout_break_is_not_shown_but_two_latin_words_stay_apart() -> None:
    assert markup.words("首批智慧社\n\n区") == "首批智慧社区"
    assert markup.words("Wi-Fi\nzone  x < y") == "Wi-Fi\nzone  x &lt; y"


def test_numbers_reach_programs_without_losing_a_digit(figures: tuple[Figure, Figure]) -> None:
    derived = Derived(Decimal("0.10"), "%", "", figures)
    answer = as_json(Answer("answered", "", figures, derived=(derived,)))
    assert answer["figures"][0]["value"] == "3000000"
    assert answer["derived"][0]["value"] == "0.10"
    assert answer["figures"][0]["clause"] == list(figures[0].clause)


def test_every_character_of_a_report_stands_in_the_source_at_its_offset(report: Report) -> None:
    shown = source.texts([report])
    for start, stop in ((2, 11), (16, 18), (20, 51)):
        leaf = f'<span data-start="{start}" data-stop="{stop}">{TEXT[start:stop]}</span>'
        assert leaf in shown


def test_a_comparison_names_who_is_ahead_and_never_as_markup() -> None:
    shown = cards.card(Answer("answered", "", ahead="<b>甲</b>更高：2% > 1%"), {}, "甲和乙哪个高？")
    assert "&lt;b&gt;甲&lt;/b&gt;</span>更高" in shown
    assert "&lt;b&gt;甲&lt;/b&gt;</span>: higher" in shown
    assert "2% &gt; 1%" in shown
    assert "<b>" not in shown
