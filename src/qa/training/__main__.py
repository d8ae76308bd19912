"""Train the bundled encoder: `python -m qa.training --corpora ../shared/corpora`."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections import Counter
from dataclasses import asdict, replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import numpy as np
from tokenizers import Tokenizer

from qa.encode import BUNDLED
from qa.training.corpora import everything
from qa.training.pairs import Floats, arrange, make_pairs
from qa.training.questions import Typist
from qa.training.settings import Settings
from qa.training.spoken import COLLOQUIAL, colloquial, mix
from qa.training.train import start_vectors, train, vectors_of, write_encoder
from qa.training.vocabulary import learn_vocabulary

_NARROW = 192


def _mean_vectors(texts: list[str], tokenizer: Tokenizer, vectors: Floats) -> Floats:
    """Good enough to tell which texts are alike."""
    narrow = np.ascontiguousarray(vectors[:, :_NARROW])
    rows = np.zeros((len(texts), _NARROW), dtype=np.float32)
    for at in range(0, len(texts), 10_000):
        batch = tokenizer.encode_batch_fast(texts[at : at + 10_000], add_special_tokens=False)
        for i, encoding in enumerate(batch, at):
            rows[i] = narrow[encoding.ids].sum(axis=0)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9
    return rows


def _in_order(
    corpora: Path, tokenizer: Tokenizer, settings: Settings
) -> tuple[list[tuple[str, str]], Floats, dict[str, int]]:
    """All the pairs to train on in their order, the vectors to start from, how many pairs by source.

    Each epoch has fresh questions, other neighbours and other typos.
    """
    wanted = settings.steps * settings.batch
    pairs: list[tuple[str, str]] = []
    counts: Counter[str] = Counter()
    start = np.zeros((0, 0), dtype=np.float32)
    for seed in count(settings.seed):
        made = make_pairs(corpora, tokenizer, replace(settings, seed=seed))
        counts.update({source: len(of_source) for source, of_source in made.items()})
        if not start.size:
            some = [text for of_source in made.values() for pair in of_source for text in pair[1:]]
            start = start_vectors(tokenizer, some[::5], settings)
        vectors = {
            source: _mean_vectors([pair.positive for pair in made[source]], tokenizer, start)
            for source in ("qa", "title_body", "news")
        }
        typist = Typist((pair.positive for pair in made["reports"]), random.Random(seed))
        pairs += arrange(made, settings, seed, vectors, typist.write)
        click.echo(f"{min(len(pairs), wanted)} of {wanted} pairs")
        if len(pairs) >= wanted:
            break
    return pairs[:wanted], start, dict(counts)


@click.command()
@click.option(
    "--corpora",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("../shared/corpora"),
    show_default=True,
)
@click.option(
    "--output", type=click.Path(path_type=Path), default=BUNDLED, help="Default: the bundled one."
)
@click.option("--steps", type=int, help="Fewer steps than the settings say, to try it out.")
def main(corpora: Path, output: Path, steps: int | None) -> None:
    """Learn words, make pairs, learn vectors, finish them on colloquial pairs, and write them."""
    settings = replace(Settings(), steps=steps) if steps else Settings()
    spoken = colloquial()
    click.echo("Learning the words …")
    tokenizer = learn_vocabulary(everything(corpora), settings)
    click.echo(f"{tokenizer.get_vocab_size()} words. Making the pairs …")
    pairs, start, counts = _in_order(corpora, tokenizer, settings)
    model = train(pairs, tokenizer, start, settings)
    colloquial_pairs = sum(map(len, spoken))
    click.echo(f"Finishing with {colloquial_pairs} colloquial pairs …")
    typist = Typist((to for run in spoken for _, to in run), random.Random(settings.seed))
    mixed = mix(spoken, pairs, settings, typist.write)
    model = train(mixed, tokenizer, vectors_of(model), settings.finishing())
    log = {
        "settings": asdict(settings),
        "pairs": counts | {"colloquial": colloquial_pairs},
        "finish_steps": len(mixed) // settings.batch,
        "corpora": {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted([*(corpora / "train").glob("*.gz"), *COLLOQUIAL.glob("*.jsonl")])
        },
    }
    with TemporaryDirectory(dir=output.resolve().parent) as folder:
        new = Path(folder) / "new"
        write_encoder(model, new)
        (new / "training.json").write_text(json.dumps(log, indent=2) + "\n", encoding="utf-8")
        shutil.copytree(new, output, dirs_exist_ok=True)
    click.echo(f"Written to {output}.")


if __name__ == "__main__":
    main()
