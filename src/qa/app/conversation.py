"""The conversation: questions, answer cards and what can be done with them."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from qa.app import cards
from qa.app.desk import Desk
from qa.app.examples import examples
from qa.app.markup import label
from qa.app.parts import QUIET, html
from qa.types import QaError

Turns = list[tuple[str, str]]
"""A visitor's conversation: each question with its answer's card."""

_KEPT = 50
_LONGEST = 500


def conversation(desk: gr.State, house: Desk, feedback: Path | None = None) -> None:
    """The conversation, questions to click and the box to type one.

    `feedback` is the file that takes visitors' thumbs; without it no thumbs are shown.
    """

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
    talk = html(_conversation([]), "conversation", "watch('value', qa.answered)")
    with gr.Row(elem_id="examples"):
        fresh = gr.Button("＋ " + label("新对话", "New"), size="sm", elem_id="fresh")
        clicks = [gr.Button(each, size="sm") for each in examples(house.bot)]
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
    gr.on([box.submit, send.click], follow, [desk, box, turns], said, **QUIET)
    for click in clicks:
        click.click(example, [desk, click, turns], said, **QUIET)
    fresh.click(lambda: ("", [], _conversation([])), None, said, **QUIET)


def _conversation(turns: Turns) -> str:
    said = "".join(
        f'<div class="turn">{cards.question(question)}{card}</div>' for question, card in turns
    )
    return f'<div role="log" aria-label="对话 conversation">{said or cards.greeting()}</div>'
