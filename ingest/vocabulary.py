"""Which words of a question a clause, or a known silence, has ever been asked with."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ingest.normalize import tidy

_WORD = re.compile(r"\w")
_FUNCTION = frozenset(
    "的了吗呢吧啊呀么是有在我你他咱俺们就都也还不没要会能可这那个啥什怎咋哪谁和与及或被把给让到对从向着过去来上下里中"
)


@dataclass(frozen=True)
class Vocabulary:
    """All that each owner (a clause or a topic of one policy) says and is asked with, as one text. A word is known
    where it stands in that text, also inside a longer word (股东 in 大股东)."""

    texts: Mapping[str, str]
    cut: Callable[[str], list[str]] = field(repr=False)

    def explained(self, question: str, owner: str | None, *, without: str | None = None) -> float:
        """The share (0..1, by inverse document frequency) of the question's words that `owner` has, `without` not."""
        known, other = self.texts.get(owner or "", ""), self.texts.get(without or "", "")
        weights = {word: self._weight(word) for word in content_words(question, self.cut)}
        total = sum(weights.values())
        return sum(w for word, w in weights.items() if word in known and word not in other) / total if total else 0.0

    def _weight(self, word: str) -> float:
        frequency = sum(word in text for text in self.texts.values())
        return math.log(1 + len(self.texts) / (0.5 + frequency))


def vocabulary(texts: Iterable[tuple[str, str]], cut: Callable[[str], list[str]]) -> Vocabulary:
    """The vocabulary of (owner, text) pairs; an owner may have many texts. `cut` gives the words of a text."""
    gathered: dict[str, list[str]] = {}
    for owner, text in texts:
        gathered.setdefault(owner, []).append(tidy(text))
    return Vocabulary({owner: "\n".join(own) for owner, own in gathered.items()}, cut)


def content_words(text: str, cut: Callable[[str], list[str]]) -> set[str]:
    """The words of a text but for punctuation and those made of function characters alone (是不是, 怎么)."""
    return {word for word in cut(text) if _WORD.match(word) and not _FUNCTION.issuperset(word)}
