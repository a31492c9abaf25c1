"""Words typed with the wrong characters of the right sound (备按, 股全变更), put right by the words of the policies."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from pypinyin import lazy_pinyin

_RUN = re.compile(r"[㐀-鿿]{2,}")
_SIZES = (4, 3, 2)


_FUNCTION = frozenset("是这那个我你他她它还和与了的吗呢吧在有叫成几各就都把让给为也不会能要什么怎谁哪")

_GRAMMAR = frozenset("是也的了")  # in a longer word 和 and 不 may be the misspelling itself (不和格)


@dataclass(frozen=True)
class Spelling:
    """`by_sound` maps the toneless pinyin of each term to the term; `cut` gives the words of a run of characters and
    `knows` says whether a word is in the dictionary."""

    by_sound: Mapping[tuple[str, ...], str]
    cut: Callable[[str], list[str]] = field(repr=False)
    knows: Callable[[str], bool] = field(repr=False)

    def correct(self, text: str) -> str:
        """`text` with each unknown word that sounds like a term, and shares a character with it, replaced by it."""
        return _RUN.sub(lambda m: self._corrected(m[0]), text)

    def _corrected(self, run: str) -> str:
        words = self.cut(run)
        borders = set(accumulate(map(len, words), initial=0))
        sounds = lazy_pinyin(run)
        at, made = 0, ""
        while at < len(run):
            for size in _SIZES:
                word = run[at : at + size]
                term = self.by_sound.get(tuple(sounds[at : at + size])) if len(word) == size else None
                # A window that cuts a known word in two is chance: 工作|委托 holds no 作为.
                if term and {at, at + size} <= borders and self._misspelt(word, term):
                    made, at = made + term, at + size
                    break
            else:
                made, at = made + run[at], at + 1
        return made

    def _misspelt(self, word: str, term: str) -> bool:
        plain = not (_GRAMMAR if len(word) > 2 else _FUNCTION) & set(word)
        return word != term and plain and bool(set(term) & set(word)) and not self.knows(word)


def spelling(terms: Iterable[str], cut: Callable[[str], list[str]], knows: Callable[[str], bool]) -> Spelling:
    """Of terms that sound alike none is used: it cannot be known which was meant. Nor is one with 的, 是, 什么."""
    by_sound: dict[tuple[str, ...], str | None] = {}
    for term in terms:
        if 2 <= len(term) <= _SIZES[0] and _RUN.fullmatch(term) and (len(term) > 2 or not _FUNCTION & set(term)):
            sound = tuple(lazy_pinyin(term))
            by_sound[sound] = term if by_sound.get(sound, term) == term else None
    return Spelling({sound: term for sound, term in by_sound.items() if term and "什" not in term}, cut, knows)
