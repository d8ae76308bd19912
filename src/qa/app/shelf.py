"""The visitor's own reports: brought, read with a progress bar, corrected, chosen, taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from qa.apart import Paper, Step, read_apart
from qa.app import shelf_view as view
from qa.app.desk import Desk
from qa.app.inbox import Inbox
from qa.app.parts import QUIET, html
from qa.app.visitors import Visitors
from qa.report import decode
from qa.text import sha256
from qa.types import QaError

# Only a queued event makes Gradio's page see that the desk is another, and tell the tabs.
_CHOOSING: dict[str, Any] = {**QUIET, "queue": True, "concurrency_limit": None}
# Whoever waits for the turn to read must not hold a thread meanwhile.
_READING: dict[str, Any] = {**_CHOOSING, "concurrency_limit": 4, "concurrency_id": "reading"}
_LONGEST_PLACE = 40
_YEARS = range(1900, 2200)
Shown = tuple[Any, Any, Any]
"""What a handler gives: the panel, what is said above it, the desk."""


def shelf(desk: gr.State, house: Desk, inbox: Inbox, visitors: Visitors) -> None:
    """The panel with which a visitor brings reports and chooses which are asked."""
    said = html("", "shelf-said")
    panel = html(
        view.panel(house, inbox.limits),
        "shelf",
        "qaShelf(element, trigger, 'bring', 'correct', 'choose', 'discard')",
    )
    does = _Handlers(inbox, visitors)
    shown = [panel, said, desk]
    panel.bring(does.bring, desk, shown, **_READING)
    panel.correct(does.correct, desk, shown, **_READING)
    panel.choose(does.choose, desk, shown, **_CHOOSING)
    panel.discard(does.discard, desk, shown, **_CHOOSING)


class _Handlers:
    """What the panel's events do; each gives panel, message and desk."""

    def __init__(self, inbox: Inbox, visitors: Visitors) -> None:
        self._inbox = inbox
        self._visitors = visitors

    def bring(self, desk: Desk, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        """Read what has been uploaded, one file after the other; one that fails stops no other."""
        outcomes: list[str] = []
        for file in event.files:
            name = str(file.get("name", ""))[-120:]
            try:
                now = self._visitors.desk(request.session_hash, desk)
                paper = self._paper(now, name, file)
                yield from self._read(paper, now, request, Desk.bring, outcomes)
                outcomes.append(view.good(name))
            except QaError as error:
                outcomes.append(view.bad(name, str(error)))
        yield self._shown(desk, request, "".join(outcomes))

    def correct(self, desk: Desk, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        """Read a report anew with the place and the year that the visitor says."""
        now = self._visitors.desk(request.session_hash, desk)
        report = next((each for each in now.mine if each.id == event.report), None)
        if report is None:
            yield self._shown(desk, request, "")
            return
        try:
            place, year = _place(event.place), _year(event.year)
            paper = Paper(report.id, report.text, place, year)

            def swap(desk: Desk, bot: Any) -> Desk:
                return desk.replace(report.id, bot)

            yield from self._read(paper, now, request, swap, [])
            said = view.good(report.id)
        except QaError as error:
            said = view.bad(report.id, str(error))
        yield self._shown(desk, request, said)

    def choose(self, desk: Desk, event: gr.EventData, request: gr.Request) -> Shown:
        """Ask just these reports."""
        now = self._visitors.desk(request.session_hash, desk)
        self._visitors.keep(request.session_hash, now.choose(map(str, event.reports)))
        return self._shown(desk, request, "")

    def discard(self, desk: Desk, event: gr.EventData, request: gr.Request) -> Shown:
        """Take a report of the visitor's off the desk."""
        now = self._visitors.desk(request.session_hash, desk)
        self._visitors.keep(request.session_hash, now.remove(str(event.report)))
        return self._shown(desk, request, "")

    def _shown(self, desk: Desk, request: gr.Request, said: str) -> Shown:
        now = self._visitors.desk(request.session_hash, desk)
        panel = view.panel(now, self._inbox.limits, request.session_hash or "")
        return panel, view.said(said), now

    def _read(
        self,
        paper: Paper,
        desk: Desk,
        request: gr.Request,
        lay: Callable[[Desk, Any], Desk],
        before: list[str],
    ) -> Iterator[Shown]:
        """Read the paper, saying how far it is, and lay it on the desk as `lay` does."""
        percent = -1
        for step in read_apart(paper, desk.served.encoder):
            if not isinstance(step, Step):
                # Meanwhile the visitor may have chosen or discarded another.
                now = self._visitors.desk(request.session_hash, desk)
                self._visitors.keep(request.session_hash, lay(now, desk.served.over(step)))
            elif (reached := view.percent(step)) != percent:
                percent = reached
                yield (
                    gr.skip(),
                    view.said("".join(before), view.progress(paper.id, step)),
                    gr.skip(),
                )

    def _paper(self, desk: Desk, name: str, file: dict[str, Any]) -> Paper:
        """The uploaded file as a report to be read; QaError where it can't be taken."""
        limits = self._inbox.limits
        if "refused" in file:
            raise QaError(view.refusal(file["refused"], limits))
        data = self._inbox.take(str(file.get("ticket", "")))
        if data is None:
            raise QaError("上传没有完成，请再传一次。The upload didn't come through; try again.")
        if len(desk.mine) >= limits.reports:
            raise QaError(
                f"最多放 {limits.reports} 份，请先移除一份。"
                f"There is room for {limits.reports} reports; remove one first."
            )
        text = decode(data, name).replace("\x00", "")
        if self._visitors.characters + len(text) > limits.bytes:
            raise QaError(
                "现在来客的报告太多，请稍后再传。Too many reports are being kept now; try again later."
            )
        if same := next((r for r in desk.mine if r.sha256 == sha256(text)), None):
            raise QaError(
                f"与“{same.id}”相同，已在架上。The same as “{same.id}”, which is on the shelf."
            )
        return Paper(_id(name, desk), text)


def _id(name: str, desk: Desk) -> str:
    """The file's name without its ending, numbered where another report is called so."""
    taken = {report.id for report in (*desk.served.reports, *desk.mine)}
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0].strip() or "报告"
    numbered = (f"{stem}（{number}）" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(each for each in numbered if each not in taken)


def _place(said: Any) -> str:
    place = " ".join(str(said).split())
    if len(place) > _LONGEST_PLACE:
        raise QaError(f"地区名太长。A place has {_LONGEST_PLACE} characters at most.")
    return place


def _year(said: Any) -> int | None:
    """The year said; None where none is, so that it is read from the text."""
    year = str(said).strip()
    if not year:
        return None
    if not year.isdecimal() or int(year) not in _YEARS:
        raise QaError("年份应为四位数字，如 2024。A year has four digits, such as 2024.")
    return int(year)
