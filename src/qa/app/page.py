"""The page's parts and what they do: the conversation on the left, the papers on the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api

from qa.app import masthead
from qa.app.charts import charts
from qa.app.conversation import conversation
from qa.app.desk import Desk
from qa.app.ledger_tab import ledger_tab
from qa.app.markup import label
from qa.app.parts import html
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
                        ledger_tab(desk, house)
                    with gr.Tab(label("图表", "Charts"), elem_id="charts-tab"):
                        charts(desk)
        api(_endpoint(bot), api_name="ask", concurrency_limit=None)
    return page


def _endpoint(bot: Bot) -> Callable[..., dict[str, Any]]:
    def ask(question: str, history: list[str] = []) -> dict[str, Any]:  # noqa: B006
        """Ask the report: the question, and the user's earlier questions, oldest first.

        Returns the answer: status, text, figures, citations, verdict, derived, missing.
        """
        answer: dict[str, Any] = as_json(bot.ask(question, history))
        return answer

    return ask
