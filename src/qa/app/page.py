"""The page's parts and what they do: the conversation on the left, the papers on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api

from qa.app import cards, papers
from qa.app.charts import charts
from qa.app.desk import Desk
from qa.app.examples import examples
from qa.app.ledger_tab import ledger_tab
from qa.app.markup import label
from qa.types import QaError, as_json

if TYPE_CHECKING:
    from qa.bot import Bot

Turns = list[tuple[str, str]]
"""A visitor's conversation: each question with its answer's card."""

_KEPT = 50
_LONGEST = 500
_QUIET: dict[str, Any] = {
    "api_visibility": "private",
    "queue": False,
    "show_progress": "hidden",
}


def build(bot: Bot) -> gr.Blocks:
    """The page over a bot: questions, source, ledger, and the endpoint `/ask` for programs."""
    page = gr.Blocks(title="报告问答 Ask the report", analytics_enabled=False)
    with page:
        house = Desk(bot)
        desk = gr.State(house)
        _html(papers.header(bot.reports), "masthead")
        with gr.Row(elem_id="desk", equal_height=False):
            with gr.Column(elem_id="talk", min_width=320, scale=5):
                _talk(desk, examples(bot))
            with gr.Column(elem_id="papers", min_width=320, scale=6), gr.Tabs():
                with gr.Tab(label("原文", "Source"), elem_id="source-tab"):
                    _html(papers.source(bot.reports), "source")
                with gr.Tab(label("台账", "Ledger"), elem_id="ledger-tab"):
                    ledger_tab(desk, house)
                with gr.Tab(label("图表", "Charts"), elem_id="charts-tab"):
                    charts(desk)
        api(_endpoint(bot), api_name="ask", concurrency_limit=None)
    return page


def _talk(desk: gr.State, offered: Sequence[str]) -> None:
    """The conversation, questions to click and the box to type one."""

    def answer(
        desk: Desk, question: str, turns: Turns, history: list[str]
    ) -> tuple[str, Turns, str]:
        if asked := question.strip()[:_LONGEST]:
            try:
                card = cards.card(desk.bot.ask(asked, history), desk.reports, asked)
            except QaError as error:
                card = cards.trouble(str(error))
            turns = [*turns, (asked, card)][-_KEPT:]
        return "", turns, _conversation(turns)

    def follow(desk: Desk, question: str, turns: Turns) -> tuple[str, Turns, str]:
        return answer(desk, question, turns, [asked for asked, _ in turns])

    def example(desk: Desk, question: str, turns: Turns) -> tuple[str, Turns, str]:
        # An example stands by itself, whatever was asked before.
        return answer(desk, question, turns, [])

    turns = gr.State([])
    talk = _html(_conversation([]), "conversation", "watch('value', qa.answered)")
    with gr.Row(elem_id="examples"):
        fresh = gr.Button("＋ " + label("新对话", "New"), size="sm", elem_id="fresh")
        clicks = [gr.Button(each, size="sm") for each in offered]
    with gr.Row(elem_id="asking"):
        box = gr.Textbox(
            placeholder="问一个问题，按回车 · ask a question, press Enter",
            label=label("问题", "Question"),
            show_label=False,
            container=False,
            autofocus=True,
            max_lines=1,
            max_length=_LONGEST,
            elem_id="question",
            scale=1,
        )
        send = gr.Button(label("提问", "Ask"), variant="primary", elem_id="send", scale=0)
    said = [box, turns, talk]
    gr.on([box.submit, send.click], follow, [desk, box, turns], said, **_QUIET)
    for click in clicks:
        click.click(example, [desk, click, turns], said, **_QUIET)
    fresh.click(lambda: ("", [], _conversation([])), None, said, **_QUIET)


def _endpoint(bot: Bot) -> Callable[..., dict[str, Any]]:
    def ask(question: str, history: list[str] = []) -> dict[str, Any]:  # noqa: B006
        """Ask the report: the question, and the user's earlier questions, oldest first.

        Returns the answer: status, text, figures, citations, verdict, derived, missing.
        """
        answer: dict[str, Any] = as_json(bot.ask(question, history))
        return answer

    return ask


def _conversation(turns: Turns) -> str:
    said = "".join(
        f'<div class="turn">{cards.question(question)}{card}</div>' for question, card in turns
    )
    return f'<div role="log" aria-label="对话 conversation">{said or cards.greeting()}</div>'


def _html(value: str, name: str, script: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)
