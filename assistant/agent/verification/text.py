"""The one form in which drafts and clauses are compared, and what a sentence may stand on."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from assistant.agent.schema import DraftSentence, Handed
from ingest.chunking import body
from ingest.schema import Clause

_CAPITALS = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億圓圆", "一二二三三四五六六七八九十百千万亿元元")
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
_PART = re.compile(r"[,;:。!?\n]+|-{2,}|…+")
_TURNS = "不未无非没勿免得予需可必应当"  # before a piece they would change what it says
_SENTENCE = re.compile(r"[;。!?\n]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """`text` in NFKC and lower case, without spaces, quotation marks and characters nobody sees; 大写 numerals as
    simple ones, brackets as ( and ). Line ends stay."""
    even = unicodedata.normalize("NFKC", text)
    seen = "".join(c for c in even if c == "\n" or unicodedata.category(c) not in _INVISIBLE)
    kept = re.sub(r"[^\S\n]+", "", seen).lower().translate(_CAPITALS).translate(_BRACKETS)
    return re.sub("[\"'“”‘’「」『』]", "", kept)


@lru_cache(maxsize=4096)
def parts(text: str) -> tuple[str, ...]:
    """The parts of a plain text between commas and the like; 1,200 is not cut."""
    return tuple(p for p in _PART.split(re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)) if p)


@lru_cache(maxsize=4096)
def stretches(text: str) -> tuple[str, ...]:
    """The sentences of a plain text."""
    return tuple(s for s in _SENTENCE.split(text) if s)


@lru_cache(maxsize=8192)
def grams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    return frozenset(a + b for a, b in pairwise(text) if a.isalnum() and b.isalnum())


def share(part: str, source: str) -> float:
    """Which part (0..1) of the pairs of `part` `source` has."""
    own = grams(part)
    return len(own & grams(source)) / len(own) if own else 0.0


def nearest(part: str, among: Sequence[str]) -> str:
    """The text that has most of `part`, the shorter of equals; "" of none."""
    return max(among, key=lambda text: (share(part, text), -len(text)), default="")


def words(clause: Clause) -> str:
    """What a clause says, plain, without its own number."""
    return plain(clause.text[body(clause) :])


@dataclass(frozen=True)
class Basis:
    """The clauses that a sentence cites, and what tools told."""

    cited: tuple[Handed, ...]
    told: tuple[str, ...] = ()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of each clause, then what tools told."""
        return (*(words(given.clause) for given in self.cited), *map(plain, self.told))

    @cached_property
    def text(self) -> str:
        return "\n".join(self.texts)

    @cached_property
    def known(self) -> str:
        """`text` with the titles, issuers and headings of the cited clauses, which say nothing by themselves."""
        heads = {
            plain(head)
            for given in self.cited
            for head in (given.policy.title, given.policy.issuer, given.clause.chapter or "", given.clause.label)
        }
        return "\n".join((self.text, *sorted(heads)))

    def cut(self, text: str) -> tuple[str, ...]:
        """The parts of a plain text, cut also around the parts of the clauses that it has word for word."""
        for piece in self.pieces:
            if len(piece) > 5 and piece in text:
                text = re.sub(rf"(?<![{_TURNS}]){re.escape(piece)}", f",{piece},", text)
        return parts(text)

    @cached_property
    def stretches(self) -> tuple[str, ...]:
        return tuple(s for text in self.texts for s in stretches(text))

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        return tuple(p for text in self.texts for p in parts(text))


def basis(sentence: DraftSentence, handed: Sequence[Handed], told: Sequence[str] = ()) -> Basis:
    """What `sentence` stands on: the handed clauses of its keys."""
    keys = set(sentence.keys)
    return Basis(tuple(given for given in handed if given.key in keys), tuple(told))
