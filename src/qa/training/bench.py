"""Retrieval alone, no answering: `python -m qa.training.bench` prints a table in Markdown.

Two tasks: questions of DRCD's dev set over its passages, and questions on reports over the
passages of the report that each is asked of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import numpy as np

from qa.encode import Encoder, open_encoder
from qa.evaluate.judge import evidence_share
from qa.evaluate.sets import Question, load_sets
from qa.index import Index, build_index, top
from qa.index.bm25 import Lexical
from qa.index.vectors import Vectors
from qa.report import passages, read_report
from qa.retrieve import Legs, scores
from qa.training.corpora import rows
from qa.types import Hit, Passage

CATEGORIES = ("direct", "paraphrase", "noisy", "nonfigure", "english")
_ALL = "direct to nonfigure"

Found = tuple[float, float]
"""What a question's first and first five passages hold of what answers it, each 0 to 1."""


def _index(found: Sequence[Passage], encoder: Encoder) -> Index:
    texts = [passage.text for passage in found]
    vectors = Vectors.of(encoder.encode(texts))
    return Index((), tuple(found), (), encoder, vectors, Lexical.of(texts))


def _rank(legs: Legs, held: Callable[[list[int]], float]) -> dict[str, Found]:
    ranked = {name: top(values, 5) for name, values in legs._asdict().items()}
    return {name: (held(order[:1]), held(order)) for name, order in ranked.items()}


def drcd(file: Path, encoder: Encoder) -> Iterator[dict[str, Found]]:
    """R@1 and R@5 of each question, by leg."""
    asked = [(row["question"], row["passage"]) for row in rows(file)]
    texts = sorted({text for _, text in asked})
    index = _index([Passage("", "", i, i, text) for i, text in enumerate(texts)], encoder)
    place = {text: i for i, text in enumerate(texts)}
    for question, text in asked:

        def held(order: list[int], gold: int = place[text]) -> float:
            return float(gold in order)

        yield _rank(scores(index, question), held)


def on_reports(
    questions: Sequence[Question], files: dict[str, Path], encoder: Encoder
) -> Iterator[tuple[str, dict[str, Found]]]:
    """Category, and evidence@1 and @5 by leg, of each question whose evidence can be looked for."""
    by_report: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if question.category in CATEGORIES and question.answerable and question.evidence:
            by_report[question.reports[0] if question.reports else ""].append(question)
    for name, asked in by_report.items():
        report = read_report(files[name])
        index = build_index([report], encoder, figures=[], passages=passages(report))
        for question in asked:

            def held(
                order: list[int], index: Index = index, question: Question = question
            ) -> float:
                hits = [Hit(index.passages[i], 0.0, 0.0, 0.0) for i in order]
                return evidence_share(question, hits) or 0.0

            yield question.category, _rank(scores(index, question.question), held)


def _line(task: str, results: Sequence[dict[str, Found]]) -> str:
    means = [
        np.mean([result[leg] for result in results], axis=0)
        for leg in ("lexical", "dense", "fused")
    ]
    cells = " | ".join(f"{one:.3f} / {five:.3f}" for one, five in means)
    return f"| {task} | {len(results)} | {cells} |"


@click.command()
@click.option("--encoder", help="A sentence-transformers model; default: the bundled encoder.")
@click.option(
    "--shared",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("../shared"),
    show_default=True,
    help="The folder with corpora, reports and question sets.",
)
def main(encoder: str | None, shared: Path) -> None:
    """Print R@1 / R@5 (evidence@1 / @5 on reports) of BM25, of the encoder and of both."""
    opened = open_encoder(encoder)
    click.echo(f"{opened.name} ({opened.digest[:8]}, {opened.dim} dimensions)\n")
    click.echo("| task | questions | BM25 | dense | fused |")
    click.echo("| --- | ---: | ---: | ---: | ---: |")
    found = list(drcd(shared / "corpora/eval/drcd-dev.jsonl.gz", opened))
    click.echo(_line("DRCD dev", found))
    files = {file.stem: file for file in (shared / "reports").glob("*.txt")}
    files[""] = shared / "report/chengxi-2023.txt"
    sets = load_sets(sorted((shared / "questions").glob("*.jsonl")))
    by_category: dict[str, list[dict[str, Found]]] = defaultdict(list)
    for category, result in on_reports(sets, files, opened):
        by_category[category].append(result)
        if category != "english":
            by_category[_ALL].append(result)
    for task in (*CATEGORIES, _ALL):
        click.echo(_line(f"reports: {task}", by_category[task]))


if __name__ == "__main__":
    main()
