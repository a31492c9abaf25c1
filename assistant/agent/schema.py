"""The nouns of worded answers: Handed, Draft, Complaint, Step, Shown."""

from dataclasses import dataclass
from typing import Literal

from assistant.schema import Answer
from ingest.schema import Clause, Policy


@dataclass(frozen=True, slots=True)
class Handed:
    """A clause that was handed to the model under `key` (C1, C2, ...); only handed keys can be cited."""

    key: str
    policy: Policy
    clause: Clause


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence of a draft with the keys it claims to stand on; nothing of it is checked yet."""

    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote, outside of pydantic. `quotes` are (key, words) that it claims to be verbatim."""

    covered: bool
    sentences: tuple[DraftSentence, ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()


ComplaintKind = Literal[
    "empty", "language", "key", "quote", "article", "number", "date", "name", "negation", "version", "unsupported",
    "contradiction", "instruction", "length",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a draft is not shown. `place` is the sentence or quote; `says` is told to the model for its one retry,
    in Chinese, and names exactly what stands nowhere."""

    kind: ComplaintKind
    place: str
    says: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is going on, for people who wait: `text` is a few Chinese words (正在阅读第十三条, 正在核对)."""

    kind: Literal["searching", "reading", "selecting", "wording", "checking"]
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer that may be shown now; `final` is False while a model is still at work on a better one."""

    answer: Answer
    final: bool
