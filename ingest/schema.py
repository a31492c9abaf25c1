"""The nouns of reading and searching: Policy, Clause, Chunk, Evidence."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

ClauseKind = Literal[
    "notice",  # 印发通知、题注等正文之前的文字
    "title",  # 标题
    "contents",  # 目录
    "part",  # 编
    "chapter",  # 章
    "section",  # 节
    "article",  # 条
    "paragraph",  # 款
    "item",  # 项
    "subitem",  # 目
    "annex",  # 附件
    "signature",  # 落款
    "note",  # 转载说明等不属于文件的文字
]

ChunkKind = Literal["clause", "sentence"]


@dataclass(frozen=True, slots=True)
class Successor:
    """What is known of the text that follows a policy; `verified` is false while its full text is not held."""

    title: str
    note: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of one policy text. `path` is relative to the corpus folder; `sha256` is of that file."""

    id: str
    title: str
    issuer: str
    path: str
    sha256: str
    number: str | None = None
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    successor: Successor | None = None

    def in_force(self, day: date) -> bool:
        """Whether the text is in force on `day`; both ends of the period count."""
        return (self.effective is None or day >= self.effective) and (self.expires is None or day <= self.expires)


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of a policy's tree; `text == source[start:end]`, and leaves cover the body without overlap.

    `id` is unique in its policy: `7`, `7.1`, `7p2.1`, `10-1` (第十条之一), `c2` (第二章), `c2s1` (第一节).
    `article` and the numbers below it are None where they do not apply; `suffix` is the 1 of 第十条之一.
    """

    policy: str
    id: str
    label: str
    kind: ClauseKind
    text: str
    start: int
    end: int
    leaf: bool
    parent: str | None = None
    part: str | None = None
    chapter: str | None = None
    section: str | None = None
    article: int | None = None
    suffix: int | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is embedded: a leaf clause or one of its sentences. `text == source[start:end]`; `context` is the
    heading path that is put before the text when it is embedded and is never quoted."""

    id: str
    policy: str
    clause: str
    kind: ChunkKind
    text: str
    context: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause that search found. `score` is comparable within one search only; `similarity` (cosine, -1..1) is
    comparable between searches; `sentences` are (start, end, cosine) in the source, best first."""

    clause: Clause
    score: float
    similarity: float
    lexical: float
    sentences: tuple[tuple[int, int, float], ...] = ()
