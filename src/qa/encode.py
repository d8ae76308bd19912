"""Text to vectors: the bundled encoder without torch, and any sentence-transformers model.

The bundled encoder is a bag of word vectors. Its folder is in sentence-transformers' own format
(`SentenceTransformer("src/qa/encoder")` gives the same vectors), its weights one byte a number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from qa.types import QaError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

BUNDLED = Path(__file__).with_name("encoder")


class Encoder(Protocol):
    """What the index needs of an encoder."""

    @property
    def name(self) -> str:
        """What the user calls it: `bundled`, or the name or path given."""

    @property
    def digest(self) -> str:
        """Hex SHA-256 of weights and tokenizer; an index refuses an encoder with another one."""

    @property
    def dim(self) -> int:
        """Numbers in a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, of length 1 (a text without words: all zeros)."""


def open_encoder(name_or_path: str | None = None) -> Encoder:
    """The bundled encoder, or any model of sentence-transformers by name or path.

    A StaticEmbedding folder is read without torch. Raises QaError where there is no such model.
    """
    if name_or_path is None:
        return _bundled()
    folder = Path(name_or_path)
    if folder.is_dir():
        return StaticEncoder(folder, name_or_path) if _is_static(folder) else _open(name_or_path)
    if folder.is_absolute() or name_or_path.startswith("."):
        raise QaError(f"There is no encoder at {name_or_path}: the folder does not exist.")
    return _open(name_or_path)


def words(text: str) -> list[str]:
    """The text's word pieces, folded, punctuation left out; lexical search counts these."""
    pieces = _tokenizer(BUNDLED).encode(text, add_special_tokens=False).tokens
    return [piece for piece in pieces if any(map(str.isalnum, piece))]


class StaticEncoder:
    """A StaticEmbedding folder: a text is the sum of its words' vectors, brought to length 1."""

    def __init__(self, folder: Path, name: str) -> None:
        """Read the folder; QaError where a file is missing or broken."""
        weights, tokenizer = folder / "model.safetensors", folder / "tokenizer.json"
        try:
            tensors = load_file(weights)
            self._tokenizer = _tokenizer(folder)
            self.digest = _digest(weights.read_bytes(), tokenizer.read_bytes())
        except Exception as error:  # tokenizers raises bare Exception
            raise QaError(f"The encoder in {folder} cannot be read: {error}") from error
        if "embedding.weight" in tensors:
            self._rows = tensors["embedding.weight"]
            self._scales = np.ones(len(self._rows))
        else:
            self._rows = tensors["embeddings"]
            self._scales = tensors["weights"].astype(np.float64)
        self.name = name
        self.dim = int(self._rows.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, of length 1 (a text without words: all zeros)."""
        # Rows are whole numbers and scales have half precision: in doubles the sums are exact,
        # whatever the order of adding, so that every machine gives the same bytes.
        sums = np.zeros((len(texts), self.dim))
        for at, ids in enumerate(self._ids(texts)):
            if ids:
                sums[at] = self._scales[ids] @ self._rows[ids].astype(np.float64)
        return _unit(sums)

    def _ids(self, texts: Sequence[str]) -> Iterator[list[int]]:
        for start in range(0, len(texts), 1024):
            batch = list(texts[start : start + 1024])
            for encoding in self._tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                yield encoding.ids


class TransformerEncoder:
    """Any other sentence-transformers model."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        self._model = model
        self.name = name
        self.dim = int(model.encode([""]).shape[1])
        self.digest = _model_digest(model)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row per text, of length 1 (a text without words: all zeros)."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        rows = self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        rows[[not text.strip() for text in texts]] = 0
        return _unit(rows.astype(np.float64))


@cache
def _bundled() -> StaticEncoder:
    return StaticEncoder(BUNDLED, "bundled")


@cache
def _tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def _is_static(folder: Path) -> bool:
    """Whether the folder is a StaticEmbedding and nothing after it that changes directions."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        types = [module["type"].rsplit(".", 1)[-1] for module in modules]
    except (OSError, ValueError, KeyError):
        return False
    return types in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def _open(name_or_path: str) -> TransformerEncoder:
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(name_or_path)
    except Exception as error:  # whatever a hub, a file system or a model's code may raise
        raise QaError(f"No encoder can be opened as {name_or_path}: {error}") from error
    return TransformerEncoder(model, name_or_path)


def _unit(rows: npt.NDArray[np.float64]) -> Vectors:
    # accumulate adds one after the other; a plain sum's order depends on the processor.
    lengths = np.sqrt(np.add.accumulate(rows * rows, axis=1)[:, -1:])
    lengths[lengths == 0] = 1.0
    return (rows / lengths).astype(np.float32)


def _digest(*parts: bytes) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def _model_digest(model: SentenceTransformer) -> str:
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", model.tokenizer)
    parts = [str(model).encode(), tokenizer.to_str().encode()]
    for name, tensor in sorted(model.state_dict().items()):
        parts += [name.encode(), tensor.detach().cpu().contiguous().numpy().tobytes()]
    return _digest(*parts)
