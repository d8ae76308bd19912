"""The page's parts and what they do: the conversation on the left, the papers on the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api

from qa.app import masthead, papers
from qa.app.conversation import conversation
from qa.app.desk import Desk
from qa.app.markup import label
from qa.app.parts import QUIET, html
from qa.app.source import source
from qa.types import as_json

if TYPE_CHECKING:
    from qa.bot import Bot


def build(bot: Bot, *, feedback: Path | None = None) -> gr.Blocks:
    """The page over a bot: questions, source, ledger, and the endpoint `/ask` for programs.

    `feedback` is the file that takes visitors' thumbs; without it no thumbs are shown.
    """
    page = gr.Blocks(title=label("报告问答", "Ask the report"), analytics_enabled=False)
    with page:
        house = Desk(bot)
        desk = gr.State(house)
        html(masthead.header(bot.reports), "masthead")
        with gr.Row(elem_id="desk", equal_height=False):
            with gr.Column(elem_id="talk", min_width=320, scale=5):
                conversation(desk, house, feedback)
            with gr.Column(elem_id="papers", min_width=320, scale=6):
                html(masthead.way_back(), "back")
                with gr.Tabs():
                    with gr.Tab(label("原文", "Source"), elem_id="source-tab"):
                        source(desk, house)
                    with gr.Tab(label("台账", "Ledger"), elem_id="ledger-tab"):
                        _ledger(desk, house)
        api(_endpoint(bot), api_name="ask", concurrency_limit=None)
    return page


def _ledger(desk: gr.State, house: Desk) -> None:
    """Every figure in a table, with filters."""

    def table(desk: Desk, text: str, section: str, measure: str) -> str:
        found = papers.matching(desk.figures, text, section, measure)
        return papers.ledger(found, len(desk.figures), desk.reports)

    filters = _filters(house.figures)
    rows = html(table(house, "", "", ""), "ledger")
    gr.on(
        [each.change for each in filters],
        table,
        [desk, *filters],
        rows,
        trigger_mode="always_last",
        **QUIET,
    )


def _endpoint(bot: Bot) -> Callable[..., dict[str, Any]]:
    def ask(question: str, history: list[str] = []) -> dict[str, Any]:  # noqa: B006
        """Ask the report: the question, and the user's earlier questions, oldest first.

        Returns the answer: status, text, figures, citations, verdict, derived, missing.
        """
        answer: dict[str, Any] = as_json(bot.ask(question, history))
        return answer

    return ask


def _filters(figures: Any) -> list[Any]:
    with gr.Row(elem_id="filters"):
        return [
            gr.Textbox(
                label="指标 Indicator",
                placeholder="如 收入、率",
                max_lines=1,
                elem_id="filter-text",
                min_width=120,
            ),
            gr.Dropdown(
                papers.section_choices(figures),
                value="",
                label="章节 Section",
                elem_id="filter-section",
                min_width=120,
            ),
            gr.Dropdown(
                papers.measure_choices(figures),
                value="",
                label="量 Measure",
                elem_id="filter-measure",
                min_width=120,
            ),
        ]
