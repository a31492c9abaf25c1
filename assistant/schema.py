"""The nouns of answering: Citation, Notice, Answer."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["answered", "refused"]
Mode = Literal["extractive", "llm"]
NoticeKind = Literal[
    "expired", "not_yet", "successor", "words_only", "as_of", "version", "model", "draft", "incomplete"
]  # fmt: skip
Role = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a clause, checked: `quote` stands verbatim at `start:end` of the policy's source.

    Only `assistant.answering.grounding.cite` makes one.
    """

    policy: str
    title: str
    clause: str
    label: str
    quote: str
    start: int
    end: int
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know beside the answer; `text` is one Chinese sentence."""

    kind: NoticeKind
    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for one question. A refusal has no `citations`; `related` names the nearest clauses."""

    question: str
    status: Status
    text: str
    as_of: date
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    mode: Mode = "extractive"
    model: str | None = None
    elapsed_ms: float = 0.0
    prompts: tuple[str, ...] = ()
    """Name and hash of each prompt that a model was given for it."""
