"""How good the answers are: ask every question of a set, judge each answer, then sum up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from qa.bot import Bot
from qa.evaluate.judge import Judgement, broken_receipts, evidence_share, judge, same_figure
from qa.evaluate.runs import (
    TOTAL,
    Changes,
    Result,
    Summary,
    compare,
    load_run,
    save_run,
    summarise,
    to_json,
)
from qa.evaluate.sets import Question, load_set, load_sets, ungraded
from qa.paths import bundled_index, bundled_report
from qa.types import QaError

__all__ = [
    "TOTAL",
    "Bots",
    "Changes",
    "Judgement",
    "Question",
    "Result",
    "Summary",
    "broken_receipts",
    "compare",
    "evaluate",
    "evidence_share",
    "judge",
    "load_run",
    "load_set",
    "load_sets",
    "same_figure",
    "save_run",
    "summarise",
    "to_json",
    "ungraded",
]


class Bots:
    """Opens the bot that a question is for, each only once.

    `reports` are files, or folders of .txt and .md files. A question that names reports gets
    a bot on just these, by file name without ending; one that names none gets a bot on all the
    files, or on the bundled report where there are none.
    """

    def __init__(
        self,
        reports: Sequence[str | Path] = (),
        *,
        encoder: str | None = None,
        lexicon: Path | None = None,
    ) -> None:
        self._files = {path.stem: path for report in reports for path in _texts(Path(report))}
        self._encoder = encoder
        self._lexicon = lexicon
        self._open: dict[tuple[str, ...], Bot] = {}

    def __call__(self, question: Question) -> Bot:
        """The bot for the question; QaError where a report that it names isn't at hand."""
        names = question.reports or tuple(self._files)
        if names not in self._open:
            self._open[names] = self._bot(names)
        return self._open[names]

    def _bot(self, names: tuple[str, ...]) -> Bot:
        # The bundled report is at hand without a file being given.
        if not names or (names == (bundled_report().stem,) and names[0] not in self._files):
            return Bot.open(bundled_index(), lexicon=self._lexicon)
        for name in names:
            if name not in self._files:
                raise QaError(
                    f"没有报告“{name}”，请用 --report 给出它的文件或文件夹\n"
                    f"The report {name} isn't there: give its file or folder with --report"
                )
        return Bot.from_report(
            *(self._files[name] for name in names), encoder=self._encoder, lexicon=self._lexicon
        )


def evaluate(
    questions: Sequence[Question],
    bots: Callable[[Question], Bot],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Result, ...]:
    """Ask every question and judge what comes back; `milliseconds` is the time of `ask` alone."""
    results = []
    for done, question in enumerate(questions, 1):
        results.append(_result(question, bots(question)))
        if progress:
            progress(done, len(questions))
    return tuple(results)


def _result(question: Question, bot: Bot) -> Result:
    start = perf_counter()
    answer = bot.ask(question.question, history=question.history)
    milliseconds = (perf_counter() - start) * 1000
    hits = bot.search(question.question, k=5, history=question.history)
    judgement = judge(question, answer)
    return Result(
        set=question.set,
        id=question.id,
        category=question.category,
        question=question.question,
        expected=question.figures,
        got=tuple(figure.text for figure in answer.figures),
        status=answer.status,
        right=judgement.right,
        misstated=judgement.misstated,
        why=judgement.why,
        broken=broken_receipts(answer, {report.id: report for report in bot.reports}),
        at1=evidence_share(question, hits[:1]),
        at5=evidence_share(question, hits),
        milliseconds=round(milliseconds, 3),
    )


def _texts(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(p for p in path.iterdir() if p.suffix.lower() in {".txt", ".md"})
    return [path]
