"""The tokenizer: what a word is, learned from the corpora."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from qa.training.settings import Settings

_RUNS = r"[0-9]+(?:[.,][0-9]+)*|[a-z]+|[\p{Han}〇]+|\s+|[^\s0-9a-z\p{Han}〇]"


def blank() -> Tokenizer:
    """A tokenizer that folds and splits as ours does, with nothing learned yet.

    Numbers, Latin words and runs of Chinese characters are told apart; punctuation stands alone.
    """
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_RUNS), "isolated"),
            pre_tokenizers.Split(Regex(r"\s+"), "removed"),
        ]
    )
    return tokenizer


def _limited(texts: Iterable[str], characters: int) -> Iterator[str]:
    for text in texts:
        characters -= len(text)
        if characters < 0:
            return
        yield text


def learn_vocabulary(texts: Iterable[str], settings: Settings) -> Tokenizer:
    """Learn the Unigram pieces; every character of the corpora is one, rarer ones become bytes."""
    sample = list(_limited(texts, settings.tokenizer_characters))
    tokenizer = blank()
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)]
    seen = Counter(
        char for text in sample for char in (tokenizer.normalizer.normalize_str(text))
    )
    alphabet = [char for char, count in seen.items() if count >= 3 and not char.isspace()]
    trainer = trainers.UnigramTrainer(
        vocab_size=settings.vocabulary - 257,
        max_piece_length=settings.longest_piece,
        initial_alphabet=alphabet,
        show_progress=True,
    )
    tokenizer.train_from_iterator(sample, trainer)
    learned = json.loads(tokenizer.to_str())["model"]["vocab"]
    floor = min(score for _, score in learned) - 10.0
    vocab = [("<unk>", 0.0), *((piece, floor) for piece in bytes_)]
    vocab += [(piece, score) for piece, score in learned if piece != "<unk>"]
    tokenizer.model = models.Unigram(vocab, unk_id=0, byte_fallback=True)
    return tokenizer
