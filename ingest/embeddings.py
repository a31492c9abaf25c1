"""Texts to vectors: the ONNX embedder that is the default, and sentence-transformers for every other model."""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelError

Vectors = NDArray[np.float32]

_MAX_TOKENS = 512


class Embedder(Protocol):
    """Safe to share between threads. Vectors have length 1, so that their dot product is the cosine."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, dimension)."""

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, shape (dimension,)."""


class OnnxEmbedder:
    """A BERT-like encoder in `folder` (`model_quantized.onnx`, `tokenizer.json`): CLS pooling, L2 norm, 512 tokens.

    `threads` 0 takes every core. `query_instruction` is put before a question.

    Every text runs by itself. The int8 model scales its activations over all that is in a run, so in a batch the vector
    of a text would depend on its neighbours (cosine .99 between the two); alone it is the same today and tomorrow,
    nothing is padded, and memory stays that of one text. Batches would save a tenth of the time.
    """

    def __init__(self, folder: Path, *, threads: int = 0, query_instruction: str = "") -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = folder.name
        self._query_instruction = query_instruction
        self._threads = threads or os.cpu_count() or 1
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        # Texts run side by side instead of one text on all cores: twice as fast, and no thread spins while it waits.
        options.intra_op_num_threads = 1
        # The arena would keep the most memory it ever needed.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(folder / "model_quantized.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {given.name for given in self._session.get_inputs()}
        self.dimension: int = self._session.get_outputs()[0].shape[-1]

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)

        def fill(first: int) -> None:
            for row in range(first, len(texts), self._threads):
                vectors[row] = self._vector(texts[row])

        with ThreadPoolExecutor(self._threads) as pool:
            list(pool.map(fill, range(min(self._threads, len(texts)))))
        return vectors

    def embed_query(self, text: str) -> Vectors:
        return self._vector(self._query_instruction + text)

    def _vector(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, {name: feed[name] for name in self._inputs})[0]
        return _unit(hidden[0, 0])


class SentenceTransformerEmbedder:
    """Any model that sentence-transformers can load, by name or folder; importing the library takes seconds.

    Without `query_instruction` a question gets the prompt that the model itself names for queries, if any.
    Raises ModelError when the model cannot be loaded.
    """

    def __init__(self, name: str, *, query_instruction: str = "") -> None:
        from sentence_transformers import SentenceTransformer

        self.name = name
        self._query_instruction = query_instruction
        try:
            self._model = SentenceTransformer(name)
        # Whatever the hub client raises is an OSError; a folder that holds another kind of model is a ValueError.
        except (OSError, ValueError) as error:
            raise ModelError(f"向量模型 {name} 无法加载({type(error).__name__}),请检查名称或改用默认模型。") from error
        # Its tokenizers are not safe to share between threads.
        self._lock = threading.Lock()
        self.dimension: int = len(self.embed_query("维度"))

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:
            return _unit(self._model.encode_document(list(texts), show_progress_bar=False))

    def embed_query(self, text: str) -> Vectors:
        with self._lock:
            if self._query_instruction:
                return _unit(self._model.encode(self._query_instruction + text, show_progress_bar=False))
            return _unit(self._model.encode_query(text, show_progress_bar=False))


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
