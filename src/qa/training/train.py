"""Learning the vectors with sentence-transformers, and writing them small."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from datasets import Dataset
from safetensors.numpy import save_file
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import (
    MatryoshkaLoss,
    MultipleNegativesRankingLoss,
)
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer
from torch.utils.data import BatchSampler, SequentialSampler

from qa.training.settings import Settings

Floats = npt.NDArray[np.float32]


class _InOrder(SentenceTransformerTrainer):
    """Takes the pairs in the order in which they were arranged."""

    def get_batch_sampler(
        self, dataset: Dataset, batch_size: int, drop_last: bool, *_: Any, **__: Any
    ) -> BatchSampler:
        return BatchSampler(SequentialSampler(dataset), batch_size, drop_last)


def start_vectors(tokenizer: Tokenizer, texts: Sequence[str], settings: Settings) -> Floats:
    """Random directions, the longer the rarer the word is in the texts."""
    counts = np.ones(tokenizer.get_vocab_size())
    for at in range(0, len(texts), 20_000):
        batch = list(texts[at : at + 20_000])
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            np.add.at(counts, encoding.ids, 1)
    share = counts / counts.sum()
    rng = np.random.default_rng(settings.seed)
    vectors = rng.standard_normal((len(counts), settings.dimensions))
    vectors *= (share**settings.rarity)[:, None]
    vectors /= np.sqrt(share @ np.square(vectors).sum(axis=1))
    return vectors.astype(np.float32)


def train(
    pairs: Sequence[tuple[str, str]], tokenizer: Tokenizer, start: Floats, settings: Settings
) -> SentenceTransformer:
    """Train on the pairs in their order, once; the same pairs and seed give the same vectors."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    cut = Tokenizer.from_str(tokenizer.to_str())
    cut.enable_truncation(settings.longest_text)
    model = SentenceTransformer(
        modules=[StaticEmbedding(cut, embedding_weights=start.copy()), Normalize()], device="cpu"
    )
    anchors, positives = map(list, zip(*pairs, strict=True))
    with TemporaryDirectory() as folder:
        _InOrder(
            model=model,
            args=SentenceTransformerTrainingArguments(
                output_dir=folder,
                num_train_epochs=1,
                per_device_train_batch_size=settings.batch,
                learning_rate=settings.learning_rate,
                warmup_steps=settings.warmup,
                lr_scheduler_type="linear",
                optim="adamw_torch_fused",
                weight_decay=0.0,
                max_grad_norm=0.0,
                seed=settings.seed,
                save_strategy="no",
                report_to="none",
                logging_steps=50,
                use_cpu=not torch.cuda.is_available(),
                dataloader_drop_last=True,
                dataloader_pin_memory=False,
            ),
            train_dataset=Dataset.from_dict({"anchor": anchors, "positive": positives}),
            loss=MatryoshkaLoss(
                model,
                MultipleNegativesRankingLoss(
                    model,
                    scale=settings.scale,
                    directions=("query_to_doc", "doc_to_query"),
                    partition_mode="per_direction",
                ),
                matryoshka_dims=list(settings.nested_dimensions),
            ),
        ).train()
    cut.no_truncation()
    with torch.no_grad():
        learned = model.state_dict()["0.embedding.weight"]
        learned.copy_(torch.lerp(torch.from_numpy(start), learned.cpu(), settings.learned_share))
    return model


def vectors_of(model: SentenceTransformer) -> Floats:
    """A copy of the model's vectors, one row a word."""
    vectors: Floats = model.state_dict()["0.embedding.weight"].cpu().numpy().copy()
    return vectors


def write_encoder(model: SentenceTransformer, folder: Path) -> None:
    """Save in sentence-transformers' format, one byte a number and one scale a word."""
    model.save(str(folder), create_model_card=False)
    vectors = vectors_of(model)
    # Half-precision scales make sums of rows exact in double precision; rounded up, none clips.
    scales = (np.abs(vectors).max(axis=1) / 127).astype(np.float16)
    scales = np.nextafter(scales, np.float16(np.inf))
    rows = np.rint(vectors.astype(np.float64) / scales[:, None].astype(np.float64))
    file = folder / "model.safetensors"
    save_file({"embeddings": rows.astype(np.int8), "weights": scales}, file)
    file.chmod(0o644)
