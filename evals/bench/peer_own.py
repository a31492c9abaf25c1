"""This product: its own index, search and refusals."""

from pathlib import Path
from typing import TYPE_CHECKING

from evals.bench.task import Peer, Task

# What the product imports is imported, and timed, by LIBRARIES and by `build`.
if TYPE_CHECKING:
    from ingest.embeddings import Embedder
    from ingest.library import Library

LIBRARIES = ("evals.statutes", "assistant.answering.answer")
PACKAGES = ("policy-assistant",)


def build(task: Task, embedder: "Embedder | None", place: Path) -> Peer:
    """The shipped policies as the product opens them, or the statutes as laws of their own."""
    from ingest.glossary import Glossary, load_glossary
    from ingest.index import Index
    from ingest.library import Library
    from ingest.places import Places, load_places
    from ingest.settings import IngestSettings

    corpus = IngestSettings().corpus_dir
    own = task["kind"] == "measure"
    library = Library(
        Index(place / "chroma", url=None, embedder=embedder.name if embedder else "none"),
        embedder=embedder,
        glossary=load_glossary(corpus / "glossary.yaml") if own else Glossary({}, ()),
        places=load_places(corpus / "places.txt") if own else Places({}),
        cache=place / "cache",
        phrasings=corpus / "phrasings" if own else None,
    )
    return _measure(library, corpus) if own else _statutes(task, library, place / "cache")


def _measure(library: "Library", corpus: Path) -> Peer:
    from assistant.answering.answer import answer
    from assistant.answering.question import read_question
    from assistant.answering.retrieve import retrieve
    from ingest.catalog import shipped

    library.sync(shipped(corpus), progress=lambda _: None)

    def ask(text: str, count: int) -> list[str]:
        got = retrieve(read_question(text).text, library, shelf=library.shelf())
        clauses = [*got.referred, *(e.clause for e in got.found.evidence)]
        return list(dict.fromkeys(f"{c.start}-{c.end}" for c in clauses))[:count]

    return Peer(ask, lambda text: answer(text, library).status == "refused")


def _statutes(task: Task, library: "Library", cache: Path) -> Peer:
    from evals.statutes import shelf_of
    from ingest.search import search

    shelf = shelf_of({d["id"]: {"title": d["title"], "text": d["text"]} for d in task["documents"]}, library, cache)
    return Peer(
        lambda text, count: [e.clause.id for e in search(text, library, shelf=shelf, count=count).evidence],
    )
