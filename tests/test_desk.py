"""What lies on a visitor's desk, and for how long."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from qa.apart import Paper, Step, read_apart
from qa.app.desk import Desk
from qa.app.visitors import Visitors
from qa.bot import Bot
from qa.encode import open_encoder
from qa.types import QaError

TOWN = "甲市2024年政府工作报告\n\n一、经济\n\n2024年，甲市财政收入77亿元，建成绿道88公里。\n"
COUNTY = TOWN.replace("甲市", "乙县").replace("77亿元", "5.5亿元")
QUESTIONS = (
    "甲市财政收入是多少？",
    "乙县财政收入是多少？",
    "绿道有多少公里？",
    "森林覆盖率是多少？",
)


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory, root: Path) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "甲市.txt").write_text(TOWN, "utf-8")
    (folder / "乙县.txt").write_text(COUNTY, "utf-8")
    digest = root / "src" / "qa" / "reports" / "chengxi-2023.md"
    return folder / "甲市.txt", folder / "乙县.txt", digest


@pytest.fixture(scope="module")
def bots(paths: tuple[Path, ...]) -> tuple[Bot, ...]:
    return tuple(map(Bot.from_report, paths))


def test_joined_bots_answer_as_one_that_read_all_the_reports(
    paths: tuple[Path, ...], bots: tuple[Bot, ...]
) -> None:
    joined, whole = bots[2].join(*bots[:2]), Bot.from_report(*paths)
    assert joined.reports == whole.reports
    assert joined.ledger() == whole.ledger()
    for question in QUESTIONS:
        assert joined.ask(question) == whole.ask(question)
        assert joined.search(question) == whole.search(question)


def test_of_joined_bots_only_the_wanted_reports_are_asked(
    paths: tuple[Path, ...], bots: tuple[Bot, ...]
) -> None:
    some, whole = bots[2].join(*bots[:2], only=["甲市", "乙县"]), Bot.from_report(*paths[:2])
    assert some.reports == whole.reports
    for question in QUESTIONS:
        assert some.ask(question) == whole.ask(question)


def test_reports_of_the_same_name_are_not_joined(bots: tuple[Bot, ...]) -> None:
    with pytest.raises(QaError, match="same id"):
        bots[0].join(bots[0])


def test_a_report_read_in_another_process_is_the_same(bots: tuple[Bot, ...]) -> None:
    *steps, index = read_apart(Paper("甲市", TOWN), open_encoder())
    assert [step.stage for step in steps if isinstance(step, Step)][:3] == [
        "waiting",
        "reading",
        "figures",
    ]
    assert not isinstance(index, Step)
    assert index.figures == bots[0].ledger()
    assert bots[0].over(index).ask(QUESTIONS[0]) == bots[0].ask(QUESTIONS[0])


def test_a_text_without_figures_is_read_all_the_same() -> None:
    *_, index = read_apart(Paper("无", "。。。"), open_encoder())
    assert not isinstance(index, Step)
    assert index.figures == ()


def test_a_page_that_is_heard_of_no_more_leaves_nothing_on_the_desk(bots: tuple[Bot, ...]) -> None:
    async def stay(*, back: bool) -> Desk:
        visitors = Visitors(grace=0)
        desk = visitors.keep("page", Desk(bots[2]).bring(bots[0]))
        visitors.came("page")
        visitors.hung_up("page")
        if back:
            visitors.came("page")
        await asyncio.sleep(0.0)
        await asyncio.sleep(0.0)
        return desk

    # In a thread of its own: a browser's loop may be running in this one.
    with ThreadPoolExecutor(1) as thread:
        kept = thread.submit(lambda: asyncio.run(stay(back=True))).result()
        left = thread.submit(lambda: asyncio.run(stay(back=False))).result()
    assert list(kept.reports) == ["甲市"]
    assert kept.bot.ask(QUESTIONS[0]).figures
    assert left.mine == ()
    with pytest.raises(QaError, match="removed"):
        _ = left.bot


def test_gradio_copies_no_desk_for_each_visitor(bots: tuple[Bot, ...]) -> None:
    desk = Desk(bots[2])
    assert deepcopy(desk) is desk
    assert not is_dataclass(desk)
