"""The embedders: what a vector depends on, shapes, threads, and what an import costs."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.embeddings import Embedder, OnnxEmbedder, SentenceTransformerEmbedder
from ingest.errors import ModelError
from ingest.models import load_specs, state
from ingest.settings import IngestSettings

TEXTS = [
    "赋能中心应当具有独立法人资格。",
    "今天天气很好,适合去海边。",
    "对认定的赋能中心给予资金支持。" * 80,
    "",
    "第七条",
]


@pytest.fixture(scope="module")
def bge() -> OnnxEmbedder:
    settings = IngestSettings()
    folder = settings.data_dir / "models"
    if state(load_specs(settings.corpus_dir / "models.toml")["bge-small-zh-v1.5"], folder=folder) != "ready":
        pytest.skip(f"向量模型不在 {folder},可运行 python -m ingest models fetch bge-small-zh-v1.5")
    return OnnxEmbedder(folder / "bge-small-zh-v1.5", threads=2)


def test_vectors_have_length_one_and_tell_meanings_apart(bge: OnnxEmbedder) -> None:
    vectors = bge.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), bge.dimension) == (5, 512)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    near, far = vectors[:2] @ bge.embed_query("申报赋能中心要是独立法人吗")
    assert near > far + 0.2


def test_a_vector_depends_on_its_text_alone(bge: OnnxEmbedder) -> None:
    together = bge.embed(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        np.testing.assert_array_equal(bge.embed([text])[0], vector)
        np.testing.assert_array_equal(bge.embed_query(text), vector)


def test_nothing_gives_no_rows(bge: OnnxEmbedder) -> None:
    assert bge.embed([]).shape == (0, 512)


def test_one_embedder_serves_many_threads(bge: OnnxEmbedder) -> None:
    expected = bge.embed(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(bge.embed, [TEXTS] * 8):
            np.testing.assert_array_equal(vectors, expected)


def test_instruction_goes_before_questions_only(bge: OnnxEmbedder) -> None:
    settings = IngestSettings()
    instructed = OnnxEmbedder(settings.data_dir / "models" / bge.name, threads=1, query_instruction="查找:")
    np.testing.assert_array_equal(instructed.embed_query("期限"), bge.embed_query("查找:期限"))
    np.testing.assert_array_equal(instructed.embed(["期限"]), bge.embed(["期限"]))


def test_importing_the_module_imports_no_model_library() -> None:
    code = (
        "import sys, ingest.embeddings, ingest.models\n"
        "print([name for name in ('torch', 'sentence_transformers', 'onnxruntime', 'tokenizers', 'huggingface_hub')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-layer encoder with random weights over single characters."""
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    characters = sorted(set("".join(TEXTS)) | set("查找:期限维度"))
    vocabulary = {
        word: number for number, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters])
    }
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=BertWordPieceTokenizer(vocabulary), pad_token="[PAD]", model_max_length=128
    )
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
    )
    BertModel(config).save_pretrained(folder)
    return folder


def test_sentence_transformers_models_work_the_same(tiny_model: Path) -> None:
    embedder: Embedder = SentenceTransformerEmbedder(str(tiny_model))
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension) == (5, 16)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(embedder.embed_query(TEXTS[0]), vectors[0], atol=1e-5)
    assert embedder.embed([]).shape == (0, 16)
    instructed = SentenceTransformerEmbedder(str(tiny_model), query_instruction="查找:")
    np.testing.assert_allclose(instructed.embed_query("期限"), embedder.embed_query("查找:期限"), atol=1e-5)


def test_folder_without_a_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "nothing-known"}', encoding="utf-8")
    with pytest.raises(ModelError, match="无法加载"):
        SentenceTransformerEmbedder(str(tmp_path))
