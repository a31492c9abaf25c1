"""LlamaIndex: VectorStoreIndex with its default splitter and store, with the product's embedder."""

import importlib
from pathlib import Path
from typing import Any

from evals.bench.task import Peer, Task, passage, unlike

LIBRARIES = ("llama_index.core",)
PACKAGES = ("llama-index-core",)


def _vectors(embedder: Any, base: Any) -> Any:
    class Vectors(base):  # type: ignore[misc]  # LlamaIndex takes nothing but a subclass
        def _get_text_embedding(self, text: str) -> list[float]:
            return list(embedder.embed([text])[0].tolist())

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [row.tolist() for row in embedder.embed(texts)]

        def _get_query_embedding(self, query: str) -> list[float]:
            return list(embedder.embed_query(query).tolist())

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return Vectors()


def build(task: Task, embedder: Any, place: Path) -> Peer:
    """`VectorStoreIndex.from_documents` as its guide has it."""
    core: Any = importlib.import_module("llama_index.core")
    base: Any = importlib.import_module("llama_index.core.base.embeddings.base")
    index = core.VectorStoreIndex.from_documents(
        [core.Document(text=passage(document), doc_id=document["id"]) for document in task["documents"]],
        embed_model=_vectors(embedder, base.BaseEmbedding),
    )
    index.storage_context.persist(str(place))

    def ask(text: str, count: int) -> list[str]:
        found = index.as_retriever(similarity_top_k=2 * count).retrieve(text)
        return unlike([each.node.ref_doc_id for each in found], count)

    return Peer(ask)
