"""Texts to vectors: the ONNX embedder that is the default, and sentence-transformers for every other model."""

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_MAX_TOKENS = 512
_BATCH_TOKENS = 1024


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
    """

    def __init__(self, folder: Path, *, threads: int = 0, query_instruction: str = "") -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = folder.name
        self._query_instruction = query_instruction
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or os.cpu_count() or 1
        options.inter_op_num_threads = 1
        # The arena keeps the largest batch it ever saw; batches of one size need no arena.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(folder / "model_quantized.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {given.name for given in self._session.get_inputs()}
        self.dimension: int = self._session.get_outputs()[0].shape[-1]

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), 4096):
            some = texts[start : start + 4096]
            encoded = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(some))]
            for rows in _batches([len(ids) for ids in encoded]):
                vectors[[start + row for row in rows]] = self._run([encoded[row] for row in rows])
        return vectors

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._run([self._tokenizer.encode(self._query_instruction + text).ids])[0]
        return vector

    def _run(self, encoded: list[list[int]]) -> Vectors:
        longest = max(map(len, encoded))
        ids = np.zeros((len(encoded), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(encoded):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, {name: feed[name] for name in self._inputs})[0]
        return _unit(hidden[:, 0])


class SentenceTransformerEmbedder:
    """Any model that sentence-transformers can load, by name or folder; the library is imported here, in seconds."""

    def __init__(self, name: str, *, query_instruction: str = "") -> None:
        from sentence_transformers import SentenceTransformer

        self.name = name
        self._query_instruction = query_instruction
        self._model = SentenceTransformer(name)
        self._lock = threading.Lock()
        self.dimension: int = self._model.get_sentence_embedding_dimension() or 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        # Its tokenizers are not safe to share between threads.
        with self._lock:
            vectors = self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        return _unit(np.asarray(vectors, dtype=np.float32))

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed([self._query_instruction + text])[0]
        return vector


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Row numbers in order of length, as many to a batch as keep its padded size within `_BATCH_TOKENS`."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and lengths[row] * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
