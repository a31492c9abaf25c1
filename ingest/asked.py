"""The known ways of asking that are nearest to a question, and what they say for each clause."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.index import Index
from ingest.normalize import tidy
from ingest.phrasings import Phrasing
from ingest.shelf import Shelf

_POOL = 200  # phrasings from the vector store
_DICE = 0.4  # weight of shared characters and bigrams (Dice 1945) beside the cosine
_BEST = 3  # phrasings of a clause whose mean speaks for it
_SCALE = {True: (0.5, 0.75, 45.0), False: (0.1, 0.35, 40.0)}
"""With and without vectors: the score from which a phrasing says anything; the score up to which it only orders the
clauses of its policy, above which it also speaks for the policy; and the weight, in units of `fusion.fuse`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`phrasings` with their score, best first; `clauses` the mean of the best for each place in `Shelf.units`;
    `place` the clause of the very nearest phrasing, None when that is of no clause."""

    phrasings: tuple[tuple[Phrasing, float], ...]
    clauses: dict[int, float]
    place: int | None
    dense: bool

    def bonus(self, order: NDArray[np.int64], owners: NDArray[np.int64]) -> NDArray[np.float64]:
        """What the phrasings add to the score of each candidate. `owners` are the candidates' policies, any integers.

        A policy whose ways of asking are known must not outrank one whose are not, just for being known: up to a
        middling score the best clause of a policy gains nothing, and the others of that policy lose.
        """
        unrelated, speaking, weight = _SCALE[self.dense]
        means = np.maximum(np.array([self.clauses.get(p, 0.0) for p in order.tolist()]), unrelated)
        best = np.full(owners.max(initial=0) + 1, unrelated)
        np.maximum.at(best, owners, means)
        return np.asarray(weight * (means - np.minimum(best, speaking)[owners]))


def nearest(
    question: str, index: Index, shelf: Shelf, *, vector: NDArray[np.float32] | None, policies: Sequence[str]
) -> Asked:
    """The phrasings nearest to `question` by cosine and shared characters; by characters alone without its `vector`."""
    wanted = grams(question)
    scored: list[tuple[str, Phrasing, float]] = []
    if vector is not None:
        for policy, generation, key, cosine in index.query("questions", vector, count=_POOL, policies=policies):
            if shelf.generations.get(policy) == generation:
                phrasing = shelf.phrasings[policy][int(key)]
                scored.append((policy, phrasing, cosine + _DICE * dice(wanted, grams(phrasing.text))))
    else:
        scored = [
            (policy, phrasing, dice(wanted, grams(phrasing.text)))
            for policy, known in shelf.phrasings.items()
            for phrasing in known
            if not policies or policy in policies
        ]
    scored.sort(key=lambda row: -row[2])
    own: dict[int, list[float]] = defaultdict(list)
    for policy, phrasing, score in scored:
        place = None if phrasing.clause is None else shelf.place(policy, phrasing.clause)
        if place is not None and len(own[place]) < _BEST:
            own[place].append(score)
    means = {place: sum(values) / _BEST for place, values in own.items() if len(values) == _BEST}
    nearest_first = tuple((phrasing, score) for _, phrasing, score in scored[:_POOL])
    place = next((shelf.place(policy, p.clause) if p.clause else None for policy, p, _ in scored), None)
    return Asked(nearest_first, means, place, vector is not None)


@lru_cache(maxsize=16384)
def grams(text: str) -> frozenset[str]:
    """The characters and character bigrams of a text."""
    plain = tidy(text).replace(" ", "")
    return frozenset(plain) | frozenset(map("".join, pairwise(plain)))


def dice(left: frozenset[str], right: frozenset[str]) -> float:
    """The Dice coefficient, 0..1."""
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0
