"""The bot: a question's whole way, from its words to an answer with receipts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from qa.answer import compose, reckon
from qa.choose import Choice, Chooser
from qa.encode import Encoder, open_encoder
from qa.index import Index, Progress, build_index, gather
from qa.ledger import build_ledger
from qa.lexicon.own import PROJECT, Lexicon, read_lexicon
from qa.question import Question, parse
from qa.report import passages, read_report
from qa.respell import respell, to_simplified
from qa.retrieve import search
from qa.types import Answer, Figure, Hit, Report


class Bot:
    """Answers questions on the reports of an index.

    >>> bot = Bot.from_report("报告.txt")            # doctest: +SKIP
    >>> bot.ask("老小区改了多少套？").figures[0].text   # doctest: +SKIP
    '6482套'
    """

    def __init__(self, index: Index, lexicon: Lexicon = PROJECT) -> None:
        self._index = index
        self._lexicon = lexicon
        self._spell = _speller(index, lexicon.words)
        self.chooser = Chooser(index)
        self._by_id = {report.id: report for report in index.reports}
        self._places = tuple(report.place for report in index.reports if report.place)
        self._answer = _answerer(self.chooser, self._by_id)

    @classmethod
    def open(
        cls,
        path: str | Path,
        encoder: str | Encoder | None = None,
        *,
        lexicon: str | Path | None = None,
    ) -> Bot:
        """Open a built index. QaError where it is missing, damaged or built otherwise.

        `lexicon` is a TOML file of the user's own words; an index needs no building anew for it.
        """
        own = _lexicon(lexicon)
        return cls(Index.load(path, _encoder(encoder)), own)

    @classmethod
    def from_report(
        cls,
        *paths: str | Path,
        encoder: str | Encoder | None = None,
        place: str | None = None,
        year: int | None = None,
        lexicon: str | Path | None = None,
    ) -> Bot:
        """Read one report or several and index them in memory. QaError where one can't be read.

        `lexicon` is a TOML file of the user's own words.
        """
        own = _lexicon(lexicon)
        reports = [read_report(path, place=place, year=year) for path in paths]
        return cls(make_index(reports, _encoder(encoder)), own)

    def over(self, index: Index) -> Bot:
        """A bot with this one's lexicon over another index."""
        return Bot(index, self._lexicon)

    def join(self, *others: Bot, only: Collection[str] | None = None) -> Bot:
        """A bot over the reports of this one and the others, or over `only` those (ids) of them.

        It has this one's lexicon. QaError where two reports have the same id.
        """
        indexes = [bot.chooser.index for bot in (self, *others)]
        held = {report.id for index in indexes for report in index.reports}
        wanted = held if only is None else held & set(only)
        return self.over(gather([i for i in indexes if _holds(i, wanted)], wanted))

    @property
    def encoder(self) -> Encoder:
        """What embeds the questions, and must have embedded the reports."""
        return self._index.encoder

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports, by id."""
        return self._index.reports

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer from the reports; `history` holds the user's earlier questions, oldest first."""
        return self._answer(self.parse(question, history))

    def explain(self, question: str, history: Sequence[str] = ()) -> tuple[Choice, ...]:
        """How `ask` came to its answer: for each thing asked, and each operand of what is reckoned,
        what was asked for, the rule that decided, and every candidate with its score.

        `qa.choose.explain.explain` gives a choice as data.
        """
        choices, operands = self.chooser.decide(self.parse(question, history))
        return (*choices, *operands)

    def parse(self, question: str, history: Sequence[str] = ()) -> Question:
        """What is asked, in the characters of the reports."""
        words, before = self._spell(question), [self._spell(q) for q in history]
        return parse(words, before, places=self._places, lexicon=self._lexicon)

    def search(self, words: str, k: int = 5, history: Sequence[str] = ()) -> list[Hit]:
        """The k best passages with the scores of both legs."""
        return search(self._index, self.query(words, history), k)

    def query(self, words: str, history: Sequence[str] = ()) -> str:
        """What is searched for: the words as reports would have them, official names added."""
        asked = self.parse(words, history)
        return " ".join(dict.fromkeys(ask.expanded for ask in asked.asks)) or asked.text

    def ledger(self) -> tuple[Figure, ...]:
        """Every figure of the reports."""
        return self._index.figures

    def passages(self, report: str) -> int:
        """How many passages of a report (its id) can be found and cited."""
        return sum(passage.report == report for passage in self._index.passages)


def _answerer(chooser: Chooser, reports: Mapping[str, Report]) -> Callable[[Question], Answer]:
    """From what is asked to the answer. Many ask the same of a report, and it has the same to say."""

    @lru_cache(maxsize=1024)
    def answer(asked: Question) -> Answer:
        choices, operands = chooser.decide(asked)
        derived = reckon(asked, choices, operands, reports)
        found = [*choices, *operands] if derived or not choices else choices
        return compose(asked, found, reports, chooser.candidates.passage_of, derived)

    return answer


def _speller(index: Index, kept: Sequence[str]) -> Callable[[str], str]:
    """Spelling as the reports have it; a conversation's questions come again with each new one."""

    @lru_cache(maxsize=1024)
    def spell(words: str) -> str:
        # Half a surrogate pair is no character; what has none is left as it is.
        whole = words.encode("utf-8", "replace").decode("utf-8")
        return respell(to_simplified(whole), index, kept)

    return spell


def make_index(
    reports: Sequence[Report],
    encoder: Encoder,
    *,
    old: Index | None = None,
    progress: Progress | None = None,
) -> Index:
    """Read the figures of the reports and index their passages."""
    return build_index(
        reports,
        encoder,
        figures=[figure for report in reports for figure in build_ledger(report)],
        passages=[passage for report in reports for passage in passages(report)],
        old=old,
        progress=progress,
    )


def _holds(index: Index, wanted: Collection[str]) -> bool:
    return any(report.id in wanted for report in index.reports)


def _lexicon(path: str | Path | None) -> Lexicon:
    return PROJECT if path is None else read_lexicon(path)


def _encoder(encoder: str | Encoder | None) -> Encoder:
    return open_encoder(encoder) if encoder is None or isinstance(encoder, str) else encoder
