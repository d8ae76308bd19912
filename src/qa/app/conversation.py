"""The conversation: questions, answer cards and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast

import gradio as gr

from qa.app import cards
from qa.app.desk import Desk
from qa.app.feedback import Record, feedback, judged
from qa.app.markup import bilingual, label, questions, words
from qa.app.parts import QUIET, html
from qa.app.suggest import examples, follow_ups, instead
from qa.types import Answer, QaError

_KEPT = 50
_LONGEST = 500
_OFFERED = 3
_SCRIPT = "qa.converse(trigger); watch('value', qa.answered)"
_UP = '<path d="M7 11v9H3v-9zM7 12l5-9c2 0 3 1 2.5 3L13.5 10H20l-1.5 9c-.2.6-.8 1-1.5 1H7"/>'


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with the ones that were asked before it, the reports (ids) that were asked, and
    what came of it; `needs` are the last of those before without which it would ask something else.
    None where a link to it would find nothing: reports that a visitor brought are nowhere else."""

    asked: str
    history: tuple[str, ...]
    answer: Answer | None
    card: str
    reports: tuple[str, ...] = ()
    thumb: str = ""
    needs: tuple[str, ...] | None = ()


Turns = tuple[Turn, ...]


def conversation(
    desk: gr.State, house: Desk, thumbs: Path | None = None, *, may_bring: bool = False
) -> None:
    """The conversation, questions to click and the box to type one.

    `thumbs` is the file that takes visitors' thumbs; without it none are shown. `may_bring` says
    that visitors may upload reports of their own.
    """
    record = feedback(thumbs) if thumbs else None

    def show(desk: Desk, turns: Turns) -> str:
        return (
            _log(turns, judging=record is not None)
            if turns
            else _welcome(desk, may_bring=may_bring)
        )

    def say(desk: Desk, question: str, turns: Turns) -> tuple[str, Turns, str]:
        before = (*turns[-1].history, turns[-1].asked) if turns else ()
        turns = _asked(desk, question, before, turns)
        return "", turns, show(desk, turns)

    def click(desk: Desk, turns: Turns, event: gr.EventData) -> tuple[Turns, str]:
        # What was clicked stands by itself, or after the questions that a link brings along.
        after = tuple(str(each)[:_LONGEST] for each in event.after)[-_KEPT:]
        turns = _asked(desk, str(event.question), after, turns)
        return turns, show(desk, turns)

    def clear(desk: Desk) -> tuple[Turns, str]:
        return (), show(desk, ())

    def judge(desk: Desk, turns: Turns, event: gr.EventData) -> Turns:
        if record is None:
            return turns
        return _judged(record, desk, turns, event)

    turns = gr.State(())
    talk = html(show(house, ()), "conversation", _SCRIPT)
    offers = html("", "offers", "watch('value', qa.offered)")
    with gr.Row(elem_id="asking"):
        box = gr.Textbox(
            placeholder=label("问一个问题，按回车", "Ask a question, press Enter"),
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
    gr.on([box.submit, send.click], say, [desk, box, turns], [box, turns, talk], **QUIET)
    talk.select(click, [desk, turns], [turns, talk], **QUIET)
    talk.clear(clear, desk, [turns, talk], **QUIET)
    talk.like(judge, [desk, turns], turns, **QUIET)
    # The answer is not held up by the search for what may be asked next.
    gr.on(
        [talk.change, desk.change],
        _offered,
        [desk, turns],
        offers,
        trigger_mode="always_last",
        **QUIET,
    )
    desk.change(show, [desk, turns], talk, **QUIET)


def _asked(desk: Desk, question: str, history: Sequence[str], turns: Turns) -> Turns:
    asked = question.strip()[:_LONGEST]
    if not asked:
        return turns
    answer: Answer | None = None
    mine = {report.id for report in desk.mine}
    needs: tuple[str, ...] | None = None
    try:
        answer = desk.bot.ask(asked, history)
        needs = None if mine & set(desk.reports) else _needed(desk, asked, history)
        near = instead(desk.bot, answer, asked) if answer.status == "not_found" else ()
        card = cards.card(answer, desk.reports, asked, near, mine)
    except QaError as error:
        card = cards.trouble(str(error))
    turn = Turn(asked, tuple(history)[-_KEPT:], answer, card, tuple(desk.reports), needs=needs)
    return (*turns, turn)[-_KEPT:]


def _needed(desk: Desk, question: str, history: Sequence[str]) -> tuple[str, ...]:
    """The fewest of the last questions with which this one asks the same: nobody else's are passed on."""
    meant = desk.bot.parse(question, history)
    tails = (tuple(history[len(history) - n :]) for n in range(len(history) + 1))
    return next(tail for tail in tails if desk.bot.parse(question, tail) == meant)


def _offered(desk: Desk, turns: Turns) -> str:
    """What may be asked next, and what can be done with the conversation; "" before it begins."""
    if not turns:
        return ""
    near, said = _next(desk, turns)
    asks = f'<p class="label">{said}</p>{questions(near)}' if near else ""
    tools = "".join(
        f'<button type="button" class="tool" data-do="{does}">{bilingual(*name)}</button>'
        for does, name in (("export", ("导出", "Export")), ("fresh", ("新对话", "New")))
    )
    return f'<div class="offers">{asks}<div class="tools">{tools}</div></div>'


def _next(desk: Desk, turns: Turns) -> tuple[tuple[str, ...], str]:
    """Questions to go on with, and what they are called."""
    last = turns[-1]
    asked = [turn.asked for turn in turns]
    # Without the reports that were asked there is nothing to go on with; asking says so.
    with suppress(QaError):
        if last.reports != tuple(desk.reports):
            # Other reports lie on the desk now.
            fresh = [each for each in examples(desk.bot) if each not in asked]
            return tuple(fresh[:_OFFERED]), bilingual("比如", "For example")
        if last.answer and last.answer.status == "answered":
            return follow_ups(desk.bot, last.answer, asked, _OFFERED), bilingual(
                "接着问", "Ask next"
            )
    return (), ""


def _judged(record: Record, desk: Desk, turns: Turns, event: gr.EventData) -> Turns:
    """The turns with the thumb noted; one answer is judged once."""
    at, thumb = int(event.turn), str(event.thumb)
    if not 0 <= at < len(turns) or thumb not in ("up", "down"):
        return turns
    turn = turns[at]
    if turn.thumb or turn.answer is None:
        return turns
    said = cast(Literal["up", "down"], thumb)
    comment = str(event.comment).strip()[:_LONGEST]
    record(judged(turn.asked, turn.history, turn.answer, said, comment, desk.reports))
    return (*turns[:at], replace(turn, thumb=thumb), *turns[at + 1 :])


def _log(turns: Turns, *, judging: bool) -> str:
    return _frame("".join(_turn(i, turn, judging=judging) for i, turn in enumerate(turns)))


def _frame(content: str) -> str:
    name = label("对话", "Conversation")
    return f'<div role="log" aria-live="off" aria-label="{name}" tabindex="0">{content}</div>'


def _welcome(desk: Desk, *, may_bring: bool) -> str:
    """What stands in the conversation before the first question."""
    hello = bilingual("问报告一个问题。", "Ask the report a question.")
    how = bilingual(
        "回答只引用报告里印着的数字，并在原文里标出来；报告没有说的，就说没有。",
        "Every figure is quoted from the report and marked in its text; "
        "what the report does not say is said to be missing.",
    )
    known: tuple[str, ...] = ()
    with suppress(QaError):
        known = examples(desk.bot)
    said = bilingual("比如", "For example")
    asks = f'<p class="label">{said}</p>{questions(known)}' if known else ""
    own = bilingual(
        "也可以问自己的报告（文本文件）：在“报告”一页里上传，别人看不到。",
        "You can ask a report of your own (.txt, .md): upload it under “Reports”; nobody else sees it.",
    )
    bring = f'<p class="own">{own}</p>' if may_bring else ""
    return _frame(
        f'<div class="greeting"><p class="hello">{hello}</p><p>{how}</p>{asks}{bring}</div>'
    )


def _turn(at: int, turn: Turn, *, judging: bool) -> str:
    before = "".join(f'<data value="{words(each)}"></data>' for each in turn.needs or ())
    share = label("复制这个问题的链接", "Copy a link to this question")
    foot = (
        ""
        if turn.needs is None
        else (
            f'<button type="button" class="icon" data-do="link" title="{share}" aria-label="{share}">'
            '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1'
            'M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/></svg></button>'
        )
    )
    foot += _thumbs(turn.thumb) if judging and turn.answer else ""
    return (
        f'<section class="turn" data-turn="{at}" tabindex="-1"><div class="asked"><span>'
        f"{words(turn.asked)}</span>{before}</div>{turn.card}<footer>{foot}</footer></section>"
    )


def _thumbs(pressed: str) -> str:
    """Two thumbs; the one down opens a line for a comment."""
    ways = (("up", "回答得对", "Right"), ("down", "回答得不对", "Wrong"))
    done = " disabled" if pressed else ""
    thumbs = "".join(
        f'<button type="button" class="icon {way}" data-do="thumb" data-thumb="{way}"{done} '
        f'aria-pressed="{str(pressed == way).lower()}" title="{label(*said)}" '
        f'aria-label="{label(*said)}"><svg viewBox="0 0 24 24" aria-hidden="true">{_UP}</svg></button>'
        for way, *said in ways
    )
    ask = label("哪里不对？（可不填）", "What is wrong? (optional)")
    return (
        f'{thumbs}<form class="comment" hidden><input maxlength="{_LONGEST}" '
        f'placeholder="{ask}" aria-label="{ask}"><button>{bilingual("发送", "Send")}</button></form>'
        f'<span class="thanks"{"" if pressed else " hidden"}>{bilingual("已记下", "Noted")}</span>'
    )
