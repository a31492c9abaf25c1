"""The usual LangChain recipe: RecursiveCharacterTextSplitter 500/50 and Chroma, with the product's embedder."""

import importlib
from pathlib import Path
from typing import Any

from evals.bench.task import Peer, Task, passage, unlike

LIBRARIES = ("langchain_text_splitters", "langchain_chroma")
PACKAGES = ("langchain-text-splitters", "langchain-chroma", "chromadb")


class _Vectors:
    """LangChain's two methods of an embedder."""

    def __init__(self, embedder: Any) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [row.tolist() for row in self._embedder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        return list(self._embedder.embed_query(text).tolist())


def build(task: Task, embedder: Any, place: Path) -> Peer:
    """The measure's text is cut as one piece, an article of the statutes by itself."""
    splitters: Any = importlib.import_module("langchain_text_splitters")
    stores: Any = importlib.import_module("langchain_chroma")
    splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50, add_start_index=True)
    if task["whole"] is None:
        pieces = splitter.create_documents(
            [passage(d) for d in task["documents"]], [{"id": d["id"]} for d in task["documents"]]
        )
    else:
        pieces = splitter.create_documents([task["whole"]])
        for piece in pieces:
            start = piece.metadata["start_index"]
            piece.metadata["id"] = f"{start}-{start + len(piece.page_content)}"
    store = stores.Chroma("bench", embedding_function=_Vectors(embedder), persist_directory=str(place))
    step = 2000  # Chroma takes no more than some thousands at once
    for at in range(0, len(pieces), step):
        store.add_documents(pieces[at : at + step])

    def ask(text: str, count: int) -> list[str]:
        return unlike([found.metadata["id"] for found in store.similarity_search(text, k=2 * count)], count)

    return Peer(ask)
