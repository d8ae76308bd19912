"""Reading a report in a process of its own, so that whoever asks meanwhile does not wait for it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from qa.types import QaError, Report

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from qa.encode import Encoder
    from qa.index import Index

Stage = Literal["waiting", "reading", "figures", "passages"]

MEMORY = 4_000_000_000
"""How many bytes a reading may take; reading takes some hundred times the report's size."""
_LONGEST = 600.0
"""Seconds without a sign of life after which a reading is given up."""
_CHUNK = 500
"""Records sent at once: taking them in holds up every other thread of the process that asked."""
_TURN = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) // 2))
"""Readings going on at once: half of the processors stay with those who ask."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a reading has come: `done` of `of` at this stage, both 0 where nobody can tell."""

    stage: Stage
    done: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A report to be read: its id, its text, and what is known of its place and year."""

    id: str
    text: str
    place: str | None = None
    year: int | None = None


def read_apart(paper: Paper, encoder: Encoder) -> Iterator[Step | Index]:
    """Read and index a report in another process: the steps as they are taken, at last the index.

    QaError where it can't be done. Closing the iterator ends the process.
    """
    yield Step("waiting")
    with _TURN:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(
            target=_work, args=(theirs, paper, encoder.name), daemon=True
        )
        process.start()
        theirs.close()
        try:
            yield from _listen(ours, encoder)
        finally:
            ours.close()
            process.kill()
            process.join()


def _listen(connection: Connection, encoder: Encoder) -> Iterator[Step | Index]:
    from qa.index import Index

    parts: dict[str, list[Any]] = {}
    while True:
        try:
            if not connection.poll(_LONGEST):
                raise QaError(
                    "读得太久，已停止，请拆分后再读。Reading took too long; split the report."
                )
            said = connection.recv()
        except EOFError:
            raise QaError(
                "内存不够，读不了这么大的报告，请拆分后再读。"
                "Not enough memory for a report of this size; split it."
            ) from None
        match said:
            case Step():
                yield said
            case QaError():
                raise said
            case (str(name), list(records)):
                parts.setdefault(name, []).extend(records)
            case None:
                break
    yield Index(
        tuple(parts["reports"]),
        tuple(parts.get("passages", ())),
        tuple(parts.get("figures", ())),
        encoder,
        *parts["legs"],
    )


def _work(connection: Connection, paper: Paper, encoder: str) -> None:
    """The other process: Ctrl+C is not for it, and those who ask come first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(10)
    _limit()
    with contextlib.suppress(BrokenPipeError, MemoryError):  # nobody listens, or no room: just end
        try:
            _send(connection, _read(connection, paper, encoder))
        except QaError as error:
            connection.send(error)


def _read(connection: Connection, paper: Paper, encoder: str) -> Index:
    from qa.bot import make_index
    from qa.encode import open_encoder
    from qa.report import parse_report

    connection.send(Step("reading"))
    report = parse_report(paper.text, paper.id, place=paper.place, year=paper.year)
    connection.send(Step("figures"))
    return make_index(
        [report],
        open_encoder(None if encoder == "bundled" else encoder),
        progress=lambda done, of: connection.send(Step("passages", done, of)),
    )


def _send(connection: Connection, index: Index) -> None:
    reports: Sequence[Report] = index.reports
    for name, records in (
        ("reports", reports),
        ("passages", index.passages),
        ("figures", index.figures),
    ):
        for start in range(0, len(records), _CHUNK):
            connection.send((name, list(records[start : start + _CHUNK])))
    connection.send(("legs", [index.vectors, index.lexical]))
    connection.send(None)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
