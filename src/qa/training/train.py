"""Learning the vectors with sentence-transformers, and writing them small."""

from __future__ import annotations

from pathlib import Path

import numpy as np
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
from torch.utils.data import SequentialSampler

from qa.training.pairs import Pair
from qa.training.settings import Settings


class _InOrder(SentenceTransformerTrainer):
    """Keeps the pairs in the order they were arranged in."""

    def get_batch_sampler(self, dataset, batch_size, drop_last, **_):  # type: ignore[no-untyped-def]
        return torch.utils.data.BatchSampler(SequentialSampler(dataset), batch_size, drop_last)


def start_vectors(tokenizer: Tokenizer, counts: np.ndarray, settings: Settings) -> np.ndarray:
    """Random directions; a token's length falls with its frequency (SIF)."""
    rng = np.random.default_rng(settings.seed)
    vectors = rng.standard_normal((tokenizer.get_vocab_size(), settings.dimensions))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    share = counts / counts.sum()
    weight = settings.sif / (settings.sif + share)
    return (vectors * weight[:, None]).astype(np.float32)


def count_tokens(tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    counts = np.ones(tokenizer.get_vocab_size())
    for at in range(0, len(texts), 20_000):
        for encoding in tokenizer.encode_batch_fast(texts[at : at + 20_000]):
            np.add.at(counts, encoding.ids, 1)
    return counts


def train(
    epochs: list[list[Pair]], tokenizer: Tokenizer, settings: Settings, work: Path
) -> SentenceTransformer:
    """Train on each epoch's pairs in turn, one learning-rate schedule over all of them."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    sample = [text for pair in epochs[0] for text in pair]
    start = start_vectors(tokenizer, count_tokens(tokenizer, sample), settings)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=start), Normalize()], device="cpu"
    )
    pairs = [pair for epoch in epochs for pair in epoch]
    columns = dict(zip(("anchor", "positive"), map(list, zip(*pairs, strict=True)), strict=True))
    loss = MatryoshkaLoss(
        model,
        MultipleNegativesRankingLoss(model, scale=settings.scale),
        matryoshka_dims=list(settings.nested_dimensions),
    )
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(work),
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
        dataloader_drop_last=True,
    )
    _InOrder(
        model=model, args=arguments, train_dataset=Dataset.from_dict(columns), loss=loss
    ).train()
    return model


def write_encoder(model: SentenceTransformer, folder: Path) -> None:
    """Save in sentence-transformers' format with one byte a number and one scale a token."""
    model.save(str(folder), create_model_card=False)
    vectors = model[0].embedding.weight.detach().numpy().astype(np.float64)
    # Half-precision scales make sums of rows exact in double precision; rounded up, none clips.
    scale = np.nextafter((np.abs(vectors).max(axis=1) / 127).astype(np.float16), np.float16(9))
    save_file(
        {
            "embeddings": np.rint(vectors / scale[:, None].astype(np.float64)).astype(np.int8),
            "weights": scale,
        },
        folder / "model.safetensors",
    )
