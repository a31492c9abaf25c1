"""Which aspect a sentence is nearest to in meaning, for sentences in which no words tell it.

Cues know the usual words for a thing; an applicant may write 前后进过37家木器厂 for 诊断服务. Such a sentence goes to
the condition whose questions and quotes are nearest, when no other is as near: single similarities tell little, their
order among all conditions more (docs/decisions.md).
"""

from collections.abc import Callable, Sequence

import numpy as np

from assistant.conditions.schema import Condition
from ingest.embeddings import Embedder, Vectors

_MARGIN = 0.01  # of cosine, between the nearest condition and the next
_LEAST = 0.5  # cosine below which a sentence is about something else altogether
_BEST = 2  # of a condition's texts, whose mean similarity counts


class Nearest:
    """Compares sentences with the questions and quotes of all aspects; `vector` gives the vector of a question."""

    def __init__(
        self, conditions: Sequence[Condition], *, embedder: Embedder, vector: Callable[[str], Vectors]
    ) -> None:
        texts = [
            (number, (condition.id, aspect.id), text)
            for number, condition in enumerate(conditions)
            for aspect in condition.aspects
            for text in (*aspect.questions, aspect.quote)
        ]
        self._owners = np.array([number for number, _, _ in texts], np.int64)
        self._aspects = [aspect for _, aspect, _ in texts]
        self._vectors = np.array([vector(text) for _, _, text in texts], np.float32)
        self._embedder = embedder

    def aspects(self, sentences: Sequence[str]) -> list[tuple[str, str] | None]:
        """For each sentence the ids of the condition and the aspect that it is nearest to, None for none."""
        known = sorted(set(self._owners.tolist()))
        if not sentences or len(known) < 2:
            return [None] * len(sentences)
        near = self._embedder.embed(sentences) @ self._vectors.T
        means = np.stack([self._mean(near[:, self._owners == owner]) for owner in known], axis=1)
        order = np.sort(means, axis=1)
        found: list[tuple[str, str] | None] = []
        for row, similar in enumerate(near):
            owner = known[int(means[row].argmax())]
            clear = order[row, -1] >= _LEAST and order[row, -1] - order[row, -2] >= _MARGIN
            best = int(np.where(self._owners == owner, similar, -np.inf).argmax())
            found.append(self._aspects[best] if clear else None)
        return found

    def _mean(self, near: Vectors) -> Vectors:
        best: Vectors = np.sort(near, axis=1)[:, -_BEST:].mean(axis=1)
        return best
