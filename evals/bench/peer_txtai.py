"""txtai: an Embeddings database with its default index (faiss), with the product's embedder."""

import importlib
from pathlib import Path
from typing import Any

from evals.bench.task import Peer, Task, passage

LIBRARIES = ("txtai.embeddings",)
PACKAGES = ("txtai", "faiss-cpu")


def build(task: Task, embedder: Any, place: Path) -> Peer:
    """Vectors come from outside, as txtai's `external` method; its text splitting is not used."""
    made: Any = importlib.import_module("txtai.embeddings")
    # It calls whatever is no plain function, to make one.
    store = made.Embeddings(method="external", transform=lambda texts: embedder.embed(texts), content=False)
    store.index((document["id"], passage(document), None) for document in task["documents"])
    store.config.pop("transform", None)  # a function cannot be saved
    store.save(str(place / "txtai"))
    return Peer(lambda text, count: [found for found, _ in store.search(text, count)])
