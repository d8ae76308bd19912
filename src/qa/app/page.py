"""The page's parts and what they do: the conversation on the left, the papers on the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr

from qa.app import masthead
from qa.app.api import endpoints
from qa.app.charts import charts
from qa.app.conversation import conversation
from qa.app.desk import Desk
from qa.app.ledger_tab import ledger_tab
from qa.app.markup import label
from qa.app.parts import QUIET, html
from qa.app.shelf import shelf
from qa.app.source import source

if TYPE_CHECKING:
    from qa.app.inbox import Inbox
    from qa.app.visitors import Visitors
    from qa.bot import Bot


def build(
    bot: Bot,
    *,
    feedback: Path | None = None,
    uploads: tuple[Inbox, Visitors] | None = None,
) -> gr.Blocks:
    """The page over a bot: questions, source, ledger, charts, reports, and the endpoints for programs.

    `feedback` is the file that takes visitors' thumbs; without it no thumbs are shown. `uploads` is
    where visitors' own reports come in and are kept; without it nobody can bring any.
    """
    page = gr.Blocks(title=label("报告问答", "Ask the report"), analytics_enabled=False)
    with page:
        house = Desk(bot)
        desk = gr.State(house)
        head = html(masthead.header(bot.reports), "masthead")
        desk.change(lambda now: masthead.header(tuple(now.reports.values())), desk, head, **QUIET)
        with gr.Row(elem_id="desk", equal_height=False):
            with gr.Column(elem_id="talk", min_width=320, scale=5):
                conversation(desk, house, feedback, may_bring=uploads is not None)
            with gr.Column(elem_id="papers", min_width=320, scale=6):
                html(masthead.way_back(), "back")
                with gr.Tabs():
                    with gr.Tab(label("原文", "Source"), elem_id="source-tab"):
                        source(desk, house)
                    with gr.Tab(label("台账", "Ledger"), elem_id="ledger-tab"):
                        ledger_tab(desk, house)
                    with gr.Tab(label("图表", "Charts"), elem_id="charts-tab"):
                        charts(desk)
                    if uploads:
                        with gr.Tab(label("报告", "Reports"), elem_id="shelf-tab"):
                            shelf(desk, house, *uploads)
        endpoints(bot)
    return page
