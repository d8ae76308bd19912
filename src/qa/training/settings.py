"""Every number that the training depends on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Settings:
    """What `python -m qa.training` does; the defaults made the bundled encoder."""

    seed: int = 20231

    # Tokenizer. Short words: a question that says half of a term still shares pieces with it.
    vocabulary: int = 15_000
    longest_word: int = 3
    latin_pieces: int = 1_200
    characters: int = 6_000_000
    """How much text the words are counted in."""

    # Vectors. They start as random directions, so that before any learning a product of two
    # texts already counts the words they share; a word's length is its share to this power.
    dimensions: int = 1024
    nested_dimensions: tuple[int, ...] = (1024, 256)
    rarity: float = -0.25

    # Learning.
    steps: int = 800
    batch: int = 1024
    learning_rate: float = 3e-3
    warmup: float = 0.05
    scale: float = 30.0
    learned_share: float = 1.0
    """Of the way from the start to the learned vectors; less than all of it forgets less."""
    longest_text: int = 200
    """Tokens of a text that are learned from."""
    threads: int = 1

    # Pairs.
    neighbours: int = 32
    """Pairs that stand together because they are alike: each other's hard negatives."""
    typo_share: float = 0.08
    repeats: dict[str, int] = field(default_factory=lambda: {"qa": 4})
    """How often an epoch has a source's pairs, where not once."""

    # Finish: from the learned vectors on, with colloquial pairs.
    finish_repeats: int = 6
    """How often the mix has each colloquial pair."""
    finish_general: int = 80_000
    """How many of the first stage's pairs are mixed in, so that little is forgotten."""
    finish_rate: float = 1.5e-3

    def finishing(self) -> Settings:
        """The settings of the second stage's learning."""
        return replace(self, learning_rate=self.finish_rate, learned_share=1.0)
