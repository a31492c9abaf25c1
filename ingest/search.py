"""Hybrid search: dense over clauses and sentences, BM25, known ways of asking; fused, one result per clause."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.asked import Asked, nearest
from ingest.fusion import Candidates, fuse, pool
from ingest.index import Index, full_key
from ingest.lexical import place, question_parts
from ingest.library import Library
from ingest.phrasings import Phrasing
from ingest.schema import Evidence
from ingest.shelf import Shelf

POOL = 100
"""Candidates from each retriever."""

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """Clauses, best first, and the known ways of asking nearest to the question, (phrasing, score), best first."""

    evidence: tuple[Evidence, ...]
    phrasings: tuple[tuple[Phrasing, float], ...] = ()


def search(
    question: str, library: Library, *, shelf: Shelf | None = None, policies: Sequence[str] = (), count: int = 10
) -> Found:
    """The `count` clauses that answer `question` best, of `policies` if any are named. The glossary's terms of art
    are added to the question; without an embedder words alone decide."""
    shelf = shelf or library.shelf()
    if not shelf.units:
        return Found(())
    text = " ".join((question, *library.glossary.terms(question)))
    words = shelf.lexical.scores(text)
    vector = _question_vector(text, library)
    asked = known_ways(question, library, shelf, policies=policies)
    dense = _Dense(library.index, shelf, vector, policies) if vector is not None else None
    picked = set(np.argsort(-words, kind="stable")[:POOL].tolist())
    picked |= dense.places if dense else set()
    picked |= set(asked.clauses)
    if policies:
        picked = {p for p in picked if shelf.units[p].policy in policies}
    order = np.array(sorted(picked), dtype=np.int64)
    scores = _fused(order, words, dense, asked, shelf, question)
    ranked = order[np.argsort(-scores, kind="stable")[:count]].tolist()
    value = dict(zip(order.tolist(), scores.tolist(), strict=True))
    found = tuple(
        Evidence(
            clause=shelf.units[p],
            score=value[p],
            similarity=dense.similarity(p) if dense else 0.0,
            lexical=float(words[p]),
            sentences=dense.sentences(p) if dense else (),
        )
        for p in ranked
    )
    return Found(found, asked.phrasings)


def known_ways(question: str, library: Library, shelf: Shelf, *, policies: Sequence[str] = ()) -> Asked:
    """The known ways of asking nearest to `question`: a quick look, without searching the clauses."""
    vector = library.vector(question) if library.vector else None
    return nearest(question, library.index, shelf, vector=vector, policies=policies)


def _question_vector(text: str, library: Library) -> Vector | None:
    if library.vector is None:
        return None
    parts = [library.vector(part) for part in question_parts(text)]
    return pool(library.vector(text), np.array(parts))


def _fused(
    order: NDArray[np.int64], words: Vector, dense: "_Dense | None", asked: Asked, shelf: Shelf, question: str
) -> NDArray[np.float64]:
    units = [shelf.units[p] for p in order.tolist()]
    of = {policy: n for n, policy in enumerate(shelf.policies)}
    where = {policy: place(told.title) for policy, told in shelf.policies.items()}
    named = {policy for policy, name in where.items() if name is None or name in question}
    candidates = Candidates(
        documents=np.array([of[u.policy] for u in units], dtype=np.int64),
        words=words[order],
        clause=dense.clause_cosines(order) if dense else None,
        sentence=dense.sentence_cosines(order) if dense else None,
        elsewhere=np.array([u.policy not in named for u in units]),
    )
    return fuse(candidates) + asked.bonus(order, candidates.documents)


class _Dense:
    """The similarities of one question: what the vector store found, and what candidates from elsewhere still lack."""

    def __init__(self, index: Index, shelf: Shelf, vector: Vector, policies: Sequence[str]) -> None:
        self._index, self._shelf, self._vector = index, shelf, vector
        self._clause: dict[int, float] = {}
        self._sentence: dict[int, dict[int, float]] = {}
        for policy, generation, key, cosine in index.query("clauses", vector, count=POOL, policies=policies):
            self._clause_hit(policy, generation, key, cosine)
        for policy, generation, key, cosine in index.query("sentences", vector, count=POOL, policies=policies):
            self._sentence_hit(policy, generation, key, cosine)

    @property
    def places(self) -> set[int]:
        return set(self._clause) | set(self._sentence)

    def clause_cosines(self, order: NDArray[np.int64]) -> NDArray[np.float64]:
        missing = {self._key(p, self._shelf.units[p].id): p for p in order.tolist() if p not in self._clause}
        for key, cosine in self._index.cosines("clauses", list(missing), self._vector).items():
            self._clause[missing[key]] = cosine
        return np.array([self._clause.get(p, 0.0) for p in order.tolist()])

    def sentence_cosines(self, order: NDArray[np.int64]) -> NDArray[np.float64]:
        """The best of each candidate's sentences, all of them looked up; NaN where a clause has none."""
        missing: dict[str, tuple[int, int]] = {}
        for p in order.tolist():
            unit, known = self._shelf.units[p], self._sentence.get(p, {})
            for n in range(1, len(self._shelf.spans(p)) + 1):
                if n not in known:
                    missing[self._key(p, f"{unit.id}:s{n}")] = (p, n)
        for key, cosine in self._index.cosines("sentences", list(missing), self._vector).items():
            p, n = missing[key]
            self._sentence.setdefault(p, {})[n] = cosine
        return np.array([max(self._sentence.get(p, {}).values(), default=np.nan) for p in order.tolist()])

    def similarity(self, p: int) -> float:
        """The best cosine of a clause and its sentences."""
        return max([self._clause.get(p, 0.0), *self._sentence.get(p, {}).values()])

    def sentences(self, p: int) -> tuple[tuple[int, int, float], ...]:
        spans = self._shelf.spans(p)
        known = sorted(self._sentence.get(p, {}).items(), key=lambda pair: -pair[1])
        return tuple((*spans[n - 1], cosine) for n, cosine in known)

    def _key(self, p: int, chunk: str) -> str:
        policy = self._shelf.units[p].policy
        return full_key(policy, self._shelf.generations[policy], chunk)

    def _place(self, policy: str, generation: str, clause: str) -> int | None:
        alive = self._shelf.generations.get(policy) == generation
        return self._shelf.places.get((policy, clause)) if alive else None

    def _clause_hit(self, policy: str, generation: str, key: str, cosine: float) -> None:
        if (p := self._place(policy, generation, key)) is not None:
            self._clause[p] = cosine

    def _sentence_hit(self, policy: str, generation: str, key: str, cosine: float) -> None:
        clause, _, number = key.rpartition(":s")
        if (p := self._place(policy, generation, clause)) is not None:
            self._sentence.setdefault(p, {})[int(number)] = cosine
