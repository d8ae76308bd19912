"""Every number that the training depends on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What `python -m qa.training` does; the defaults made the bundled encoder."""

    seed: int = 20231
    # Tokenizer: a Unigram vocabulary; what it does not hold falls back to its UTF-8 bytes.
    vocabulary: int = 32_000
    longest_piece: int = 8
    tokenizer_characters: int = 12_000_000
    # Model.
    dimensions: int = 384
    nested_dimensions: tuple[int, ...] = (384, 192, 96)
    sif: float = 1e-4
    # Training.
    epochs: int = 3
    batch: int = 1024
    learning_rate: float = 0.02
    warmup: float = 0.05
    scale: float = 20.0
    same_document: int = 8
    typo_share: float = 0.08
    threads: int = 1
