"""Encoders: the bundled one without torch, and any model of sentence-transformers."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from qa.encode import BUNDLED, open_encoder, words
from qa.types import QaError

if TYPE_CHECKING:
    from pathlib import Path

    from sentence_transformers import SentenceTransformer

TEXTS = [
    "全区社会消费品零售总额达到68.5亿元，同比增长6.2%。",
    "城镇新增就业3200人，失业率控制在3.5%以内。",
    "新建口袋公园12个，新增绿地4000余亩。",
    "去年的森林覆盖率是多少？",
    "Ⅲ类水质断面 GDP growth 𠮷野家 ２０２３年",
]


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    total: np.ndarray = np.einsum("ij,ij->i", one, other)
    return total


def plain(path: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(path), device="cpu")


def tiny_transformer(folder: Path, seed: int) -> Path:
    """A BERT of two layers with random weights, saved as sentence-transformers saves it."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(seed)
    characters = sorted({char for text in TEXTS for char in text.lower() if not char.isspace()})
    base = folder / "base"
    base.mkdir(parents=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (base / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizer(str(base / "vocab.txt")).save_pretrained(base)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    BertModel(config).save_pretrained(base)
    whole = SentenceTransformer(modules=[Transformer(str(base)), Pooling(32)], device="cpu")
    whole.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


def test_the_bundled_encoder_opens_and_encodes_without_torch() -> None:
    code = (
        "import sys; from qa.encode import open_encoder, words; open_encoder().encode(['增长']);"
        "words('增长'); print(sorted({'torch', 'transformers', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_plain_sentence_transformers_gives_the_same_vectors() -> None:
    ours = open_encoder().encode(TEXTS)
    assert cosines(ours, plain(BUNDLED).encode(TEXTS)).min() > 0.9999


def test_a_vector_has_length_one_and_a_text_without_words_is_zero() -> None:
    encoder = open_encoder()
    vectors = encoder.encode([*TEXTS, "", " \n"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS) + 2, encoder.dim)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0] * len(TEXTS) + [0.0, 0.0])
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_a_text_has_the_same_bytes_alone_and_among_others() -> None:
    encoder = open_encoder()
    together = encoder.encode(TEXTS * 500)
    for row, text in zip(together, TEXTS, strict=False):
        assert row.tobytes() == encoder.encode([text]).tobytes()


def test_full_width_and_upper_case_forms_are_folded() -> None:
    one, other = open_encoder().encode(["ＧＤＰ增长６％", "gdp增长6%"])
    assert np.array_equal(one, other)
    assert words("ＧＤＰ增长６％") == words("gdp增长6%")


def test_words_leave_out_punctuation_and_white_space() -> None:
    found = words("绿地，公园（12个）。 ")
    assert "".join(found) == "绿地公园12个"


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_word_is_unknown(text: str) -> None:
    assert "<unk>" not in words(text.replace("<unk>", ""))
    if any(map(str.isalnum, text)):
        assert open_encoder().encode([text]).any()


def test_a_wrong_character_of_the_same_sound_does_not_lose_the_passage() -> None:
    encoder = open_encoder()
    asked = ["社会销费品零售总额是多少", "诚镇新增就业多少人", "新建口带公园几个"]
    scores = encoder.encode(asked) @ encoder.encode(TEXTS[:3]).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


def test_the_bundled_weights_are_small() -> None:
    assert (BUNDLED / "model.safetensors").stat().st_size <= 16_000_000


def test_a_static_embedding_of_ones_own_is_read_without_torch(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    tokenizer = Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_dim=16)], device="cpu"
    )
    model.save(str(tmp_path), create_model_card=False)
    encoder = open_encoder(str(tmp_path))
    assert encoder.dim == 16
    assert encoder.name == str(tmp_path)
    expected = model.encode(TEXTS, normalize_embeddings=True)
    assert cosines(encoder.encode(TEXTS), expected).min() > 0.9999


def test_any_transformer_can_be_opened_by_its_path(tmp_path: Path) -> None:
    path = tiny_transformer(tmp_path / "one", seed=1)
    encoder = open_encoder(str(path))
    vectors = encoder.encode([*TEXTS, ""])
    assert encoder.dim == 32
    expected = plain(path).encode(TEXTS, normalize_embeddings=True)
    assert cosines(vectors[:-1], expected).min() > 0.9999
    assert not vectors[-1].any()


def test_the_digest_tells_encoders_apart_and_nothing_else(tmp_path: Path) -> None:
    one = tiny_transformer(tmp_path / "one", seed=1)
    other = tiny_transformer(tmp_path / "other", seed=2)
    digest = open_encoder(str(one)).digest
    assert digest == open_encoder(str(one)).digest
    assert digest != open_encoder(str(other)).digest
    assert open_encoder().digest == open_encoder(str(BUNDLED)).digest


@pytest.mark.parametrize("spoil", ["tokenizer.json", "model.safetensors"])
def test_a_broken_encoder_is_refused_with_its_folder(tmp_path: Path, spoil: str) -> None:
    for file in ("modules.json", "tokenizer.json"):
        (tmp_path / file).write_bytes((BUNDLED / file).read_bytes())
    (tmp_path / spoil).write_bytes(b"not what it should be")
    with pytest.raises(QaError, match=str(tmp_path)):
        open_encoder(str(tmp_path))


def test_a_folder_that_does_not_exist_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(QaError, match="does not exist"):
        open_encoder(str(tmp_path / "nothing"))
