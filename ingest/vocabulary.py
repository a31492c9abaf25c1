"""Which words of a question a clause, or a known silence, has ever been asked with."""

import math
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

_WORD = re.compile(r"\w")
_FUNCTION = frozenset(
    "的了吗呢吧啊呀么是有在我你他咱俺们就都也还不没要会能可这那个啥什怎咋哪谁和与及或被把给让到对从向着过去来上下里中"
)


@dataclass(frozen=True)
class Vocabulary:
    """The words of each owner (a clause or a topic) and in how many owners each word stands."""

    words: Mapping[Hashable, frozenset[str]]
    frequency: Mapping[str, int]
    cut: Callable[[str], list[str]] = field(repr=False)

    def explained(self, question: str, owner: Hashable, *, without: Hashable = None) -> float:
        """The share (0..1, by inverse document frequency) of the question's words that `owner` has, `without` not."""
        known = self.words.get(owner, frozenset()) - self.words.get(without, frozenset())
        weights = {word: self._weight(word) for word in content_words(question, self.cut)}
        total = sum(weights.values())
        return sum(w for word, w in weights.items() if word in known) / total if total else 0.0

    def _weight(self, word: str) -> float:
        return math.log(1 + len(self.words) / (0.5 + self.frequency.get(word, 0)))


def vocabulary(texts: Iterable[tuple[Hashable, str]], cut: Callable[[str], list[str]]) -> Vocabulary:
    """The vocabulary of (owner, text) pairs; an owner may have many texts. `cut` gives the words of a text."""
    words: dict[Hashable, set[str]] = {}
    for owner, text in texts:
        words.setdefault(owner, set()).update(content_words(text, cut))
    frequency = Counter(word for own in words.values() for word in own)
    return Vocabulary({owner: frozenset(own) for owner, own in words.items()}, frequency, cut)


def content_words(text: str, cut: Callable[[str], list[str]]) -> set[str]:
    """The words of a text but for punctuation and those made of function characters alone (是不是, 怎么)."""
    return {word for word in cut(text) if _WORD.match(word) and not _FUNCTION.issuperset(word)}
