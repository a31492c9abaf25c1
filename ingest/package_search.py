"""Search inside one application: by words over all its chunks, by meaning among those that words and length leave."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embeddings import Embedder, Vectors
from ingest.fusion import standardize
from ingest.lexical import LexicalIndex
from ingest.material_chunks import MaterialChunk

_CANDIDATES = 8  # by words, for each question, whose meaning is compared
_BOTH = (0.5, 0.5)  # of words and of meaning, per standard deviation among the candidates


Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class FoundChunk:
    """A chunk that search found. `score` is comparable within one search only; `similarity` (cosine) is comparable
    between searches, None without an embedder; `lexical` is the BM25 score."""

    chunk: MaterialChunk
    score: float
    similarity: float | None
    lexical: float


class PackageSearch:
    """Answers many questions about the same chunks; what it embeds it keeps. For one thread.

    `vector` gives the vector of a question, where its owner keeps those of questions asked of every package; `words`
    and `cache` are as in Segmenter. Without an embedder only words are searched.
    """

    def __init__(
        self,
        chunks: Sequence[MaterialChunk],
        *,
        embedder: Embedder | None,
        vector: Callable[[str], Vectors] | None = None,
        words: Sequence[str] = (),
        cache: Path | None = None,
    ) -> None:
        self._chunks = tuple(chunks)
        self._texts = [f"{chunk.context} {chunk.text}".strip() for chunk in self._chunks]
        self._lexical = LexicalIndex.build(self._texts, words=words, cache=cache)
        self._embedder = embedder
        self._vector = vector or (embedder.embed_query if embedder else None)
        self._vectors: dict[str, Vectors] = {}  # by text: rows of forms and feet of pages are often the same

    def find(self, question: str, count: int) -> tuple[FoundChunk, ...]:
        """The best chunks, best first; those that share no word with the question are never among them."""
        return self.find_all([question], count)[0]

    def find_all(self, questions: Sequence[str], count: int) -> list[tuple[FoundChunk, ...]]:
        """What `find` gives for each question; all candidates are embedded in one go."""
        scores = [self._lexical.scores(question) for question in questions]
        candidates = [self._candidates(each, max(count, _CANDIDATES)) for each in scores]
        self._embed({place for places in candidates for place in places.tolist()})
        return [
            self._ranked(question, each, places)[:count]
            for question, each, places in zip(questions, scores, candidates, strict=True)
        ]

    def _candidates(self, scores: Vectors, count: int) -> Places:
        best = np.argsort(-scores, kind="stable")[:count]
        return best[scores[best] > 0]

    def _embed(self, places: set[int]) -> None:
        if self._embedder is not None:
            new = sorted({self._texts[place] for place in places} - self._vectors.keys())
            self._vectors |= zip(new, self._embedder.embed(new), strict=True) if new else ()

    def _ranked(self, question: str, scores: Vectors, places: Places) -> tuple[FoundChunk, ...]:
        words = scores[places]
        total, similar = standardize(words), None
        if self._vector is not None and len(places):
            asked = self._vector(question)
            similar = np.array([float(self._vectors[self._texts[place]] @ asked) for place in places])
            total = _BOTH[0] * total + _BOTH[1] * standardize(similar)
        return tuple(
            FoundChunk(
                self._chunks[places[at]],
                float(total[at]),
                None if similar is None else float(similar[at]),
                float(words[at]),
            )
            for at in np.argsort(-total, kind="stable")
        )
