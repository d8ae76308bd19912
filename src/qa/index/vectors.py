"""The dense leg: unit vectors in a flat FAISS index, so that every score is exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """A FAISS IndexFlatIP; row i belongs to passage i and has length 1 (or 0 for an empty text)."""

    flat: faiss.Index

    @classmethod
    def of(cls, rows: Matrix) -> Vectors:
        """Index the rows (n, dim); FAISS is loaded here and not before."""
        import faiss

        flat = faiss.IndexFlatIP(rows.shape[1])
        if len(rows):
            flat.add(np.ascontiguousarray(rows, dtype=np.float32))
        return cls(flat)

    @classmethod
    def from_bytes(cls, data: bytes) -> Vectors:
        """The index that `to_bytes` wrote; ValueError where it is none."""
        import faiss

        try:
            flat = faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
        except RuntimeError as error:
            raise ValueError("not a FAISS index") from error
        if flat.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise ValueError("not an inner-product index")
        return cls(flat)

    def to_bytes(self) -> bytes:
        """FAISS's own file format, the same bytes for the same rows."""
        import faiss

        return faiss.serialize_index(self.flat).tobytes()

    @property
    def shape(self) -> tuple[int, int]:
        return self.flat.ntotal, self.flat.d

    @property
    def rows(self) -> Matrix:
        """All vectors as an array (n, dim)."""
        count, dim = self.shape
        return self.flat.reconstruct_n(0, count) if count else np.zeros((0, dim), np.float32)

    def scores(self, query: Matrix) -> Matrix:
        """The inner product of one query vector (dim,) with every row, in the rows' order.

        A range search without a bound gives all of them without a heap, and equal rows get
        equal scores to the last bit: a BLAS product doesn't, and ties would break at random.
        """
        if not self.flat.ntotal:
            return np.zeros(0, np.float32)
        _, scores, rows = self.flat.range_search(query[None, :], float("-inf"))
        ordered = np.empty_like(scores)
        ordered[rows] = scores
        return ordered
