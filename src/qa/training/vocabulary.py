"""The tokenizer: what counts as a word, and how a text is cut into words."""

from __future__ import annotations

import itertools
import logging
import math
import random
import re
from collections import Counter
from collections.abc import Iterable

import jieba
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from qa.training.settings import Settings

_RUNS = r"[0-9]+(?:[.,][0-9]+)*|[a-z]+|[\p{Han}〇]+|\s+|[^\s0-9a-z\p{Han}〇]"
_LATIN = re.compile(r"[a-z]{2,}|[0-9]{2,4}(?![0-9])")
_CHINESE = re.compile(r"[一-鿿]{2,}")
_RAREST_CHARACTER = 3


def learn_vocabulary(texts: Iterable[str], settings: Settings) -> Tokenizer:
    """A Unigram tokenizer whose scores are the words' frequencies.

    Words are those that jieba finds, up to `longest_word` characters; every character met three
    times is one too, and what is rarer still becomes its UTF-8 bytes, so that nothing is unknown.
    """
    jieba.setLogLevel(logging.WARNING)
    sample = list(texts)
    random.Random(settings.seed).shuffle(sample)
    whole = list(itertools.accumulate(map(len, sample)))
    sample = [t for t, end in zip(sample, whole, strict=True) if end <= settings.characters]

    fold = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    characters: Counter[str] = Counter()
    found: Counter[str] = Counter()
    latin: Counter[str] = Counter()
    for text in map(fold.normalize_str, sample):
        characters.update(text)
        latin.update(_LATIN.findall(text))
        found.update(jieba.cut(text, HMM=False))
    counts = {c: found[c] + 0.5 for c, n in characters.items() if n >= _RAREST_CHARACTER}
    counts = {c: n for c, n in counts.items() if not c.isspace()}
    counts.update(latin.most_common(settings.latin_pieces))
    words = [w for w, _ in found.most_common() if _CHINESE.fullmatch(w)]
    words = [w for w in words if len(w) <= settings.longest_word]
    room = settings.vocabulary - 257 - len(counts)
    counts.update({word: float(found[word]) for word in words[:room]})

    total = math.log(sum(counts.values()))
    pieces = sorted(((w, math.log(n) - total) for w, n in counts.items()), key=lambda p: (-p[1], p))
    floor = pieces[-1][1] - 10.0
    spelled = [(f"<0x{byte:02X}>", floor) for byte in range(256)]
    tokenizer = Tokenizer(
        models.Unigram([("<unk>", 0.0), *spelled, *pieces], unk_id=0, byte_fallback=True)
    )
    tokenizer.normalizer = fold
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_RUNS), "isolated"),
            pre_tokenizers.Split(Regex(r"\s+"), "removed"),
        ]
    )
    return tokenizer
