"""What every peer gets, and what it has to give back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

Kind = Literal["measure", "statutes"]


class Document(TypedDict):
    """`id` is what a peer answers with: the row's id in the statutes, `start-end` in the measure's text."""

    id: str
    title: str
    text: str


class Query(TypedDict):
    id: str
    text: str


class Task(TypedDict):
    """`whole` is the text of the measure as one piece. What is relevant is not told. `embedder` is a model's folder."""

    kind: Kind
    documents: list[Document]
    whole: str | None
    queries: list[Query]
    count: int
    embedder: str | None


class Ranked(TypedDict):
    """`refused` is None for those that cannot refuse."""

    ids: list[str]
    refused: bool | None


@dataclass(frozen=True, slots=True)
class Peer:
    """An indexed corpus: ids best first, and, where a peer can, whether a question is refused."""

    ask: Callable[[str, int], Sequence[str]]
    refuses: Callable[[str], bool] | None = None


class Cost(TypedDict):
    """Seconds, milliseconds, MiB and bytes of one child process. `answer_ms_p50` is of answers right after a search for
    the same question, so that what is kept of it is still warm."""

    import_seconds: float
    index_seconds: float
    ms_p50: float
    ms_p95: float
    answer_ms_p50: float | None
    peak_mb: float
    disk_bytes: int


class Told(TypedDict):
    """What a child writes."""

    cost: Cost
    versions: dict[str, str]
    ranked: dict[str, Ranked]


def passage(document: Document) -> str:
    """The text that peers index: the title says which law an article is of."""
    return f"{document['title']}\n{document['text']}" if document["title"] else document["text"]


def unlike(ids: Sequence[str], count: int) -> list[str]:
    """The first `count` different ids: pieces of one document count once."""
    return list(dict.fromkeys(ids))[:count]
