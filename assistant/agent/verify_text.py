"""The one form in which drafts and clauses are compared, and what a sentence may stand on."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.agent.schema import DraftSentence, Handed
from ingest.chunking import body

_CAPITALS = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億圓圆", "一二二三三四五六六七八九十百千万亿元元")
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
PART = re.compile(r"[,;:。!?\n]+|\.(?!\d)|(?<!\d)-{2,}")
SENTENCE = re.compile(r"[;。!?\n]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """`text` in NFKC and lower case, without spaces, quotation marks and characters nobody sees; 大写 numerals as
    simple ones, brackets as ( and )."""
    kept = "".join(
        c for c in unicodedata.normalize("NFKC", text) if c == "\n" or unicodedata.category(c) not in _INVISIBLE
    )
    kept = re.sub(r"[^\S\n]+", "", kept).lower().translate(_CAPITALS).translate(_BRACKETS)
    return re.sub("[\"'“”‘’「」『』]", "", kept)


def parts(text: str) -> tuple[str, ...]:
    """The parts of a plain text between commas and the like."""
    return tuple(part for part in PART.split(text) if part)


@dataclass(frozen=True)
class Basis:
    """The clauses that a sentence cites, and what tools told."""

    cited: tuple[Handed, ...]
    told: tuple[str, ...] = ()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of each clause without its own number, then what tools told, all plain."""
        own = [plain(given.clause.text[body(given.clause) :]) for given in self.cited]
        return (*own, *map(plain, self.told))

    @cached_property
    def text(self) -> str:
        return "\n".join(self.texts)

    @cached_property
    def known(self) -> str:
        """`text` with the titles, issuers and headings of the cited policies, which are no statements of a clause."""
        heads = {
            plain(words)
            for given in self.cited
            for words in (given.policy.title, given.policy.issuer, given.clause.chapter or "", given.clause.label)
        }
        return "\n".join((self.text, *sorted(heads)))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return tuple(piece for text in self.texts for piece in SENTENCE.split(text) if piece)

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        return tuple(piece for text in self.texts for piece in parts(text))


def basis(sentence: DraftSentence, handed: Sequence[Handed], told: Sequence[str] = ()) -> Basis:
    """What `sentence` stands on: the handed clauses of its keys."""
    keys = set(sentence.keys)
    return Basis(tuple(given for given in handed if given.key in keys), tuple(told))
