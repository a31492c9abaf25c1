"""Which words of a question a clause, or a known silence, has ever been asked with."""

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from ingest.normalize import tidy

_NOT_WORD = re.compile(r"\W")


@dataclass(frozen=True)
class Vocabulary:
    """Character bigrams of each owner (a clause or a topic) and their weights over all owners."""

    grams: Mapping[Hashable, frozenset[str]]
    frequency: Mapping[str, int]

    def explained(self, question: str, owner: Hashable) -> float:
        """The share, 0..1 by inverse document frequency, of the question's bigrams that `owner` has."""
        return self._share(question, self.grams.get(owner, frozenset()))

    def only(self, question: str, owner: Hashable, other: Hashable) -> float:
        """The share that `owner` has and `other` has not."""
        return self._share(question, self.grams.get(owner, frozenset()) - self.grams.get(other, frozenset()))

    def _share(self, question: str, known: frozenset[str]) -> float:
        weights = {gram: self._weight(gram) for gram in bigrams(question)}
        total = sum(weights.values())
        return sum(w for gram, w in weights.items() if gram in known) / total if total else 0.0

    def _weight(self, gram: str) -> float:
        return math.log(1 + len(self.grams) / (0.5 + self.frequency.get(gram, 0)))


def vocabulary(texts: Iterable[tuple[Hashable, str]]) -> Vocabulary:
    """The vocabulary of (owner, text) pairs; an owner may have many texts."""
    grams: dict[Hashable, set[str]] = {}
    for owner, text in texts:
        grams.setdefault(owner, set()).update(bigrams(text))
    frequency = Counter(gram for own in grams.values() for gram in own)
    return Vocabulary({owner: frozenset(own) for owner, own in grams.items()}, frequency)


def bigrams(text: str) -> set[str]:
    """The character bigrams of a text without spaces and punctuation."""
    plain = _NOT_WORD.sub("", tidy(text))
    return set(map("".join, zip(plain, plain[1:], strict=False)))
