"""Retrieval alone, no answering: `python -m qa.training.bench` prints tables in Markdown.

Two tasks. DRCD's dev set: which of a thousand paragraphs answers the question. A paragraph is cut
into passages, as a report is, and its best passage speaks for it; for comparison, each paragraph is
also taken as one text. Questions on reports: which passage of its report proves the answer.
"""

from __future__ import annotations

import subprocess
import tarfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import numpy as np
from numpy.typing import NDArray

from qa.bot import Bot, make_index
from qa.encode import Encoder, open_encoder
from qa.evaluate.judge import evidence_share
from qa.evaluate.sets import Question, load_sets
from qa.index import Index, build_index, top
from qa.index.bm25 import Lexical
from qa.report import parse_report, passages, read_report
from qa.retrieve import scores, standard
from qa.training.corpora import rows
from qa.types import Hit

FIRST = "409fb60"
"""The commit that brought the first encoder."""
WHOLE = 2.0
CATEGORIES = ("direct", "paraphrase", "noisy", "nonfigure", "english")
_ALL = "direct to nonfigure"
_LEGS = ("BM25", "dense", "fused", "BM25, whole", "dense, whole")

Found = tuple[float, float]
"""What a question's first and first five passages hold of what answers it, each 0 to 1."""
Scores = NDArray[np.float32]


def _rank(legs: dict[str, Scores], held: Callable[[list[int]], float]) -> dict[str, Found]:
    ranked = {name: top(values, 5) for name, values in legs.items()}
    return {name: (held(order[:1]), held(order)) for name, order in ranked.items()}


def drcd(file: Path, encoder: Encoder) -> Iterator[dict[str, Found]]:
    """R@1 and R@5 of each question, by leg.

    Fused is the z-score of the paragraph's best passage, fused as ever, and WHOLE times that of the
    paragraph's own BM25.
    """
    asked = [(row["question"], row["passage"]) for row in rows(file)]
    texts = sorted({text for _, text in asked})
    paragraphs = [parse_report(text, f"{i:05}") for i, text in enumerate(texts)]
    cut = [passage for paragraph in paragraphs for passage in passages(paragraph)]
    index = build_index(paragraphs, encoder, figures=[], passages=cut)
    owners = np.array([int(passage.report) for passage in index.passages])
    first = np.searchsorted(owners, np.arange(len(texts)))
    vectors, lexical = encoder.encode(texts), Lexical.of(texts)
    place = {text: i for i, text in enumerate(texts)}
    for question, text in asked:

        def held(order: list[int], gold: int = place[text]) -> float:
            return float(gold in order)

        best = [np.maximum.reduceat(leg, first) for leg in scores(index, question)]
        fused, dense, words = best
        whole = lexical.scores(question)
        legs = (
            words,
            dense,
            standard(fused) + WHOLE * standard(whole),
            whole,
            vectors @ encoder.encode([question])[0],
        )
        yield _rank(dict(zip(_LEGS, legs, strict=True)), held)


def on_reports(
    questions: Sequence[Question], files: dict[str, Path], encoder: Encoder
) -> Iterator[tuple[str, dict[str, Found]]]:
    """Category, and evidence@1 and @5 by leg, of each question whose evidence can be looked for."""
    by_report: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if question.category in CATEGORIES and question.answerable and question.evidence:
            by_report[question.reports[0] if question.reports else ""].append(question)
    for name, asked in by_report.items():
        index = make_index([read_report(files[name])], encoder)
        bot = Bot(index)
        for question in asked:

            def held(
                order: list[int], index: Index = index, question: Question = question
            ) -> float:
                hits = [Hit(index.passages[i], 0.0, 0.0, 0.0) for i in order]
                return evidence_share(question, hits) or 0.0

            fused, dense, words = scores(index, bot.query(question.question))
            legs = dict(zip(_LEGS, (words, dense, fused), strict=False))
            yield question.category, _rank(legs, held)


def _line(task: str, results: Sequence[dict[str, Found]]) -> str:
    means = {leg: np.mean([result[leg] for result in results], axis=0) for leg in results[0]}
    cells = [f"{one:.3f} / {five:.3f}" for one, five in means.values()]
    cells += [""] * (len(_LEGS) - len(cells))
    return f"| {task} | {len(results)} | {' | '.join(cells)} |"


def table(encoder: Encoder, shared: Path, more: Sequence[Path]) -> Iterator[str]:
    """The lines of one encoder's table."""
    yield f"| task | questions | {' | '.join(_LEGS)} |"
    yield "| --- |" + " ---: |" * (len(_LEGS) + 1)
    yield _line("DRCD dev", list(drcd(shared / "corpora/eval/drcd-dev.jsonl.gz", encoder)))
    files = {file.stem: file for file in (shared / "reports").glob("*.txt")}
    files[""] = shared / "report/chengxi-2023.txt"
    for name, sets in (
        ("shared sets", sorted((shared / "questions").glob("*.jsonl"))),
        *((file.stem, [file]) for file in more),
    ):
        by_category: dict[str, list[dict[str, Found]]] = defaultdict(list)
        for category, result in on_reports(load_sets(sets), files, encoder):
            by_category[category].append(result)
            if category != "english":
                by_category[_ALL].append(result)
        for task in (*CATEGORIES, _ALL):
            if by_category[task]:
                yield _line(f"{name}: {task}", by_category[task])


def _first_encoder(folder: Path) -> Path:
    """The first encoder, from the history of the checkout."""
    done = subprocess.run(
        ["git", "archive", FIRST, "src/qa/encoder"], capture_output=True, check=False
    )
    if done.returncode:
        raise click.ClickException("The history lacks the first encoder: git fetch --unshallow")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "src/qa/encoder"


@click.command()
@click.option("--encoder", help="A sentence-transformers model; default: the bundled encoder.")
@click.option(
    "--shared",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("../shared"),
    show_default=True,
    help="The folder with corpora, reports and question sets.",
)
@click.option("--first/--no-first", default=True, help="Measure the first encoder beside it.")
@click.argument("more", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(encoder: str | None, shared: Path, first: bool, more: Sequence[Path]) -> None:
    """Print R@1 / R@5 (evidence@1 / @5 on reports) of BM25, of the encoder and of both.

    MORE are further question sets with evidence.
    """
    with TemporaryDirectory() as folder:
        chosen = {"First encoder": str(_first_encoder(Path(folder)))} if first else {}
        for name, path in {**chosen, "This encoder": encoder}.items():
            opened = open_encoder(path)
            click.echo(f"{name} ({opened.digest[:8]}, {opened.dim} dimensions)\n")
            for line in table(opened, shared, more):
                click.echo(line)
            click.echo()


if __name__ == "__main__":
    main()
