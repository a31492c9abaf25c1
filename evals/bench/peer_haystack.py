"""Haystack: its in-memory store, BM25 left out, searched by vectors of the product's embedder."""

import importlib
from pathlib import Path
from typing import Any

from evals.bench.task import Peer, Task, passage

LIBRARIES = ("haystack", "haystack.document_stores.in_memory")
PACKAGES = ("haystack-ai",)


def build(task: Task, embedder: Any, place: Path) -> Peer:
    """Documents as they are: Haystack's splitter counts words between spaces, which Chinese has none of."""
    haystack: Any = importlib.import_module("haystack")
    stores: Any = importlib.import_module("haystack.document_stores.in_memory")
    store = stores.InMemoryDocumentStore(embedding_similarity_function="cosine")
    texts = [passage(document) for document in task["documents"]]
    store.write_documents(
        [
            haystack.Document(id=document["id"], content=text, embedding=vector.tolist())
            for document, text, vector in zip(task["documents"], texts, embedder.embed(texts), strict=True)
        ]
    )
    store.save_to_disk(str(place / "haystack.json"))

    def ask(text: str, count: int) -> list[str]:
        return [d.id for d in store.embedding_retrieval(embedder.embed_query(text).tolist(), top_k=count)]

    return Peer(ask)
