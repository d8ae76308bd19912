"""The index: reports with their passages, figures and vectors, in memory and on disk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.encode import Encoder, open_encoder
from qa.index import store
from qa.index.bm25 import Lexical
from qa.index.vectors import Vectors
from qa.text import plain
from qa.types import Figure, Hit, Passage, QaError, Report

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Index", "Progress", "build_index", "gather", "top"]

Progress = Callable[[int, int], None]
"""Called with the number of passages embedded so far and of all that must be."""

_BATCH = 256


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Index:
    """Reports ready to be searched; row i of every score array belongs to passages[i].

    Reports are sorted by id, passages and figures by report, then position: an earlier row is
    what wins a tie.
    """

    reports: tuple[Report, ...]
    passages: tuple[Passage, ...]
    figures: tuple[Figure, ...]
    encoder: Encoder
    vectors: Vectors
    lexical: Lexical

    def dense(self, query: str) -> NDArray[np.float32]:
        """The cosine of the query with every passage."""
        return self.vectors.scores(self.encoder.encode([query])[0])

    def search(self, query: str, k: int = 5) -> list[Hit]:
        """The k passages nearest in meaning alone; `qa.retrieve.search` asks both legs."""
        if not query.strip():
            return []
        dense, lexical = self.dense(query), self.lexical.scores(query)
        return [
            Hit(self.passages[i], float(dense[i]), float(dense[i]), float(lexical[i]))
            for i in top(dense, k)
        ]

    def save(self, path: str | Path) -> None:
        """Write the index to a folder, whole or not at all.

        QaError where the folder holds something else than an index; it is left as it is.
        """
        encoder = self.encoder
        store.write(
            Path(path),
            store.Contents(
                self.reports,
                self.passages,
                self.figures,
                self.vectors.to_bytes(),
                encoder.name,
                encoder.digest,
                encoder.dim,
            ),
        )

    @classmethod
    def load(cls, path: str | Path, encoder: Encoder | None = None) -> Index:
        """Read an index; `encoder` must be the one it was built with (None: the bundled one).

        QaError, with the way to rebuild, for a folder that isn't a sound index of this format.
        """
        path = Path(path)
        held = store.read(path)
        encoder = encoder or open_encoder()
        if held.digest != encoder.digest or held.encoder != encoder.name:
            raise store.refusal(
                path,
                f"它用编码器 {held.encoder}（{held.digest[:8]}）建成，"
                f"现在打开的是 {encoder.name}（{encoder.digest[:8]}）",
                f"it was built with the encoder {held.encoder} ({held.digest[:8]}), "
                f"and {encoder.name} ({encoder.digest[:8]}) is open now",
            )
        try:
            vectors = Vectors.from_bytes(held.vectors)
        except ValueError:
            raise store.refusal(path, "向量文件损坏", "its vectors are corrupt") from None
        if vectors.shape != (len(held.passages), held.dim) or held.dim != encoder.dim:
            raise store.refusal(path, "向量与段落数目不符", "its vectors don't match its passages")
        return cls(
            held.reports, held.passages, held.figures, encoder, vectors, _lexical(held.passages)
        )


def build_index(
    reports: Sequence[Report],
    encoder: Encoder,
    *,
    figures: Sequence[Figure],
    passages: Sequence[Passage],
    old: Index | None = None,
    progress: Progress | None = None,
) -> Index:
    """Embed the passages of the reports.

    A text that `old`, built with the same encoder, already has isn't embedded again.
    QaError where two reports have the same id.
    """
    texts = {report.id: report.text for report in reports}
    if len(texts) < len(reports):
        raise _twice()
    records: list[Passage | Figure] = [*passages, *figures]
    for record in records:
        if texts[record.report][record.start : record.stop] != record.text:
            raise ValueError(f"{record.report}: the receipt of {record.text!r} does not hold")
    passages = tuple(sorted(passages, key=_position))
    return Index(
        tuple(sorted(reports, key=lambda report: report.id)),
        passages,
        tuple(sorted(figures, key=_position)),
        encoder,
        Vectors.of(_embed([_reading(p) for p in passages], encoder, old, progress)),
        _lexical(passages),
    )


def gather(indexes: Sequence[Index], reports: Collection[str]) -> Index:
    """One index of those of the reports (ids) that the indexes hold; nothing is embedded again.

    All must have the same encoder. QaError where two reports have the same id.
    """
    if len(indexes) == 1 and {report.id for report in indexes[0].reports} <= set(reports):
        return indexes[0]
    kept = sorted(
        ((report, index) for index in indexes for report in index.reports if report.id in reports),
        key=lambda pair: pair[0].id,
    )
    if len({report.id for report, _ in kept}) < len(kept):
        raise _twice()
    passages: list[Passage] = []
    figures: list[Figure] = []
    rows = [np.zeros((0, indexes[0].encoder.dim), np.float32)]
    for report, index in kept:
        ids = [passage.report for passage in index.passages]
        span = slice(bisect_left(ids, report.id), bisect_right(ids, report.id))
        passages += index.passages[span]
        rows.append(index.vectors.rows[span])
        figures += [figure for figure in index.figures if figure.report == report.id]
    return Index(
        tuple(report for report, _ in kept),
        tuple(passages),
        tuple(figures),
        indexes[0].encoder,
        Vectors.of(np.concatenate(rows)),
        _lexical(passages),
    )


def _twice() -> QaError:
    return QaError("两份报告的编号相同。请改文件名。\nTwo reports have the same id: rename one.")


def top(scores: NDArray[np.float32], k: int) -> list[int]:
    """The rows of the k highest scores, best first; the earlier row wins a tie."""
    order: list[int] = np.argsort(-scores, kind="stable")[: max(k, 0)].tolist()
    return order


def _embed(
    texts: Sequence[str], encoder: Encoder, old: Index | None, progress: Progress | None
) -> NDArray[np.float32]:
    known: dict[str, NDArray[np.float32]] = {}
    if old is not None and old.encoder.digest == encoder.digest:
        known.update(zip(map(_reading, old.passages), old.vectors.rows, strict=True))
    fresh = [text for text in dict.fromkeys(texts) if text not in known]
    for i in range(0, len(fresh), _BATCH):
        batch = fresh[i : i + _BATCH]
        known.update(zip(batch, encoder.encode(batch), strict=True))
        if progress is not None:
            progress(i + len(batch), len(fresh))
    rows = np.zeros((len(texts), encoder.dim), np.float32)
    for row, text in zip(rows, texts, strict=True):
        row[:] = known[text]
    return rows


def _reading(passage: Passage) -> str:
    """The passage as it is read, without the breaks that a page layout left in it."""
    text = passage.text
    return text if len(text.split()) == 1 and not text[-1].isspace() else plain(text)


def _lexical(passages: Sequence[Passage]) -> Lexical:
    return Lexical.of([_reading(passage) for passage in passages])


def _position(record: Passage | Figure) -> tuple[str, int, int]:
    return record.report, record.start, record.stop
