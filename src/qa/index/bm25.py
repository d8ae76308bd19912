"""The lexical leg: BM25 over words and over character bigrams, summed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from qa.encode import words
from qa.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

K1 = 1.2
B = 0.75

_RUN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*|[\u3007\u3400-\u9fff\uf900-\ufaff]+")


def grams(text: str) -> list[str]:
    """Character bigrams of the Chinese runs; a Latin or digit run (`5g`, `42.84`) stays whole."""
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if run[0].isascii() or len(run) == 1:
            found.append(run)
        else:
            found.extend(map("".join, pairwise(run)))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Bm25:
    """Postings of one kind of term: those of term t are docs[starts[t]:starts[t + 1]]."""

    terms: dict[str, int]
    starts: list[int]
    docs: NDArray[np.intp]
    weights: NDArray[np.float32]
    size: int

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]]) -> Bm25:
        """Count the terms; the weight of each term in each document is worked out here, once."""
        terms: dict[str, int] = {}
        flat = [terms.setdefault(term, len(terms)) for term in chain.from_iterable(documents)]
        lengths = np.array([len(document) for document in documents], dtype=np.float64)
        owner = np.repeat(np.arange(len(documents)), lengths.astype(np.intp))
        keys = np.array(flat, dtype=np.intp) * max(len(documents), 1) + owner
        pairs, tf = np.unique(keys, return_counts=True)
        term, docs = np.divmod(pairs, max(len(documents), 1))
        starts = np.searchsorted(term, np.arange(len(terms) + 1))
        df = np.diff(starts)
        idf = _idf(df, len(documents))
        norm = K1 * (1 - B + B * lengths / max(lengths.mean() if len(lengths) else 0.0, 1.0))
        weights = idf[term] * tf * (K1 + 1) / (tf + norm[docs])
        return cls(terms, starts.tolist(), docs, weights.astype(np.float32), len(documents))

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of every document; a term asked twice counts twice."""
        total = np.zeros(self.size, np.float32)
        for word, count in Counter(query).items():
            term = self.terms.get(word)
            if term is not None:
                at = slice(self.starts[term], self.starts[term + 1])
                total[self.docs[at]] += count * self.weights[at]
        return total

    def most(self, query: Sequence[str]) -> float:
        """What no score of the query exceeds: every term, in one document, endlessly often."""
        rows = [self.terms.get(word, -1) for word in query]
        df = np.array([self.starts[row + 1] - self.starts[row] if row >= 0 else 0 for row in rows])
        return float(_idf(df, self.size).sum() * (K1 + 1))


def _idf(df: NDArray[np.intp], size: int) -> NDArray[np.float64]:
    inverse: NDArray[np.float64] = np.log1p((size - df + 0.5) / (df + 0.5))
    return inverse


@dataclass(frozen=True, slots=True, eq=False)
class Lexical:
    """Both kinds of term over the same texts; `text` is all of them, folded, one a line."""

    words: Bm25
    grams: Bm25
    text: str
    chars: frozenset[str]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Lexical:
        text = fold("\n".join(texts))
        return cls(
            Bm25.of([words(text) for text in texts]),
            Bm25.of([grams(text) for text in texts]),
            text,
            frozenset(text),
        )

    def scores(self, query: str) -> NDArray[np.float32]:
        """One score for each text, 0 where it shares no term with the query."""
        return self.words.scores(words(query)) + self.grams.scores(grams(query))

    def most(self, query: str) -> float:
        """What no score of the query exceeds."""
        return self.words.most(words(query)) + self.grams.most(grams(query))

    def count(self, text: str) -> int:
        """How often a folded text stands in all of them."""
        # Most names of a thing are in no report: a pair of characters that is in none tells so.
        pairs = (gram for gram in grams(text) if len(gram) == 2 and not gram.isascii())
        return self.text.count(text) if all(map(self.has, pairs)) else 0

    def has(self, gram: str) -> bool:
        """Whether any text has this bigram (or this lone character, Latin or digit run)."""
        return gram in self.grams.terms
