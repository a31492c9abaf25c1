"""Hybrid search: dense over clauses and sentences, BM25 over words and bigrams, fused, one result per clause."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.chunking import sentence_spans
from ingest.library import Library
from ingest.phrasings import Phrasing
from ingest.schema import Evidence
from ingest.shelf import Shelf

_POOL = 100  # candidates from each retriever


@dataclass(frozen=True, slots=True)
class Found:
    """Clauses, best first, and the known ways of asking that are nearest to the question, with their cosine."""

    evidence: tuple[Evidence, ...]
    phrasings: tuple[tuple[Phrasing, float], ...] = ()


def search(
    question: str, library: Library, *, shelf: Shelf | None = None, policies: Sequence[str] = (), count: int = 10
) -> Found:
    """The `count` clauses that answer `question` best, best first, of `policies` if any are named."""
    shelf = shelf or library.shelf()
    if not shelf.units:
        return Found(())
    terms = " ".join(library.glossary.terms(question))
    text = f"{question} {terms}".strip()
    words, bigrams = shelf.lexical.scores(text), shelf.lexical.bigram_scores(question)
    n = len(shelf.units)
    clause, best, asked = (np.zeros(n, dtype=np.float32) for _ in range(3))
    spans: dict[int, list[tuple[int, int, float]]] = {}
    near: list[tuple[Phrasing, float]] = []
    if library.embedder is not None:
        vector = library.embedder.embed_query(text)
        plain = library.embedder.embed_query(question)
        def hits(level, vector):
            return [(p, k, c) for p, g, k, c in library.index.query(level, vector, count=_POOL, policies=policies) if shelf.generations.get(p) == g]
        for policy, key, cosine in hits("clauses", vector):
            clause[shelf.places[policy, key]] = cosine
        for policy, key, cosine in hits("sentences", vector):
            name, _, number = key.partition(":s")
            place = shelf.places[policy, name]
            best[place] = max(best[place], cosine)
            span = sentence_spans(shelf.units[place])[int(number) - 1]
            spans.setdefault(place, []).append((*span, cosine))
        for policy, key, cosine in hits("questions", plain):
            phrasing = shelf.phrasings[policy][int(key)]
            near.append((phrasing, cosine))
            if phrasing.clause:
                place = shelf.places.get((policy, phrasing.clause), shelf.places.get((policy, phrasing.clause + "p1")))
                if place is not None:
                    asked[place] = max(asked[place], cosine)
    lexical = words / max(words.max(), 1e-6)
    bigram = bigrams / max(bigrams.max(), 1e-6)
    fused = 0.8 * clause + 0.4 * best + 0.1 * bigram + 0.15 * lexical + 1.0 * asked
    order = np.argsort(-fused)[:count]
    found = tuple(
        Evidence(shelf.units[p], float(fused[p]), float(max(clause[p], best[p])), float(words[p]), tuple(spans.get(p, ())))
        for p in order
    )
    return Found(found, tuple(near))
