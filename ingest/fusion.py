"""How the kinds of evidence for a clause become one score: numpy only, no text, no storage.

`fuse` is the ranking; the rest prepares its inputs. Weights, measurements, what was dropped: docs/ranking.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32] | NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, per standard deviation among the candidates.

    Fitted as a listwise softmax over candidates (Cao et al. 2007), then rounded: the optimum is flat. `document` and
    `elsewhere` stand below their fitted values, which owe part of their size to how the benchmark was composed.
    """

    clause: float = 0.8
    sentence: float = 0.8
    words: float = 0.8
    document: float = 0.5
    elsewhere: float = 1.5
    spread: float = 2.0  # of the vote within a document; above `document`, so that no order inside one changes

    def __post_init__(self) -> None:
        if not 0 <= self.document < self.spread:
            raise ValueError("document must be at least 0 and below spread")


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """What is known of n candidate clauses for one question; all arrays have shape (n,).

    documents: which document each belongs to, any integers
    words: BM25 score (`LexicalIndex.scores`)
    clause: cosine of the question and the whole clause, embedded with its document's title and its label;
        None without an embedder
    sentence: the highest cosine of one of its sentences, NaN where it has none of its own (`best_of`)
    elsewhere: whether its document is of a place that neither the question nor the user's own place names
    """

    documents: NDArray[np.int64]
    words: Floats
    clause: Floats | None = None
    sentence: Floats | None = None
    elsewhere: NDArray[np.bool_] | None = None


def fuse(candidates: Candidates, weights: Weights = Weights()) -> NDArray[np.float64]:
    """One score per candidate, the higher the better, comparable among these candidates only."""
    score = weights.words * standardize(candidates.words)
    if candidates.clause is not None:
        score += weights.clause * standardize(candidates.clause)
        if candidates.sentence is not None:
            sentence = np.where(np.isnan(candidates.sentence), candidates.clause, candidates.sentence)
            score += weights.sentence * standardize(sentence)
    score += weights.document * document_vote(score, candidates.documents, spread=weights.spread)
    if candidates.elsewhere is not None:
        score -= weights.elsewhere * candidates.elsewhere
    return score


def pool(whole: NDArray[np.float32], parts: NDArray[np.float32]) -> NDArray[np.float32]:
    """The question's vector: the direction midway between the whole question (shape (d,)) and the mean direction of
    its parts (shape (m, d); m may be 0), all of unit length."""
    if not len(parts):
        return whole
    mean = parts.mean(axis=0)
    length = np.linalg.norm(mean)
    return _unit(whole + mean / length) if length > 0 else whole


def best_of(values: Floats, owners: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """The highest of the values that each owner 0..count-1 has, NaN for an owner without any: sentences rolled up
    to clauses. `owners` has the shape of `values`."""
    best = np.full(count, -np.inf)
    np.maximum.at(best, owners, values)
    return np.where(np.isneginf(best), np.nan, best)


def standardize(values: Floats) -> NDArray[np.float64]:
    """z-scores; all 0 where the values do not differ, so evidence that says nothing changes nothing."""
    exact = np.asarray(values, np.float64)
    if not exact.size:
        return exact
    spread = exact.std()
    return (exact - exact.mean()) / spread if spread > 1e-9 else np.zeros_like(exact)


def document_vote(score: NDArray[np.float64], documents: NDArray[np.int64], *, spread: float) -> NDArray[np.float64]:
    """How strongly the other candidates of the same document speak for it: log(1 + Σ exp(score / spread)).

    After CombSUM over a document's passages (Fox & Shaw 1994; Macdonald & Ounis 2006, "voting"). A candidate does
    not vote for itself, and added with a factor below `spread` the vote cannot change the order within a document.
    """
    votes = np.exp(np.minimum(score, 50.0) / spread)
    _, document = np.unique(documents, return_inverse=True)
    total = np.bincount(document, weights=votes)[document] if len(score) else votes
    return np.log1p(np.maximum(total - votes, 0.0))


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(vector)
    return vector / length if length > 0 else vector
