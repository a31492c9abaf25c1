"""Plain BM25: bm25s over the words of jieba, nothing else."""

from pathlib import Path

from evals.bench.task import Peer, Task, passage

LIBRARIES = ("bm25s", "jieba")
PACKAGES = ("bm25s", "jieba")


def build(task: Task, embedder: object, place: Path) -> Peer:
    """Default parameters of bm25s; words as jieba cuts them."""
    import bm25s
    import jieba

    jieba.setLogLevel("WARNING")
    ids = [document["id"] for document in task["documents"]]
    index = bm25s.BM25()
    index.index([jieba.lcut(passage(document)) for document in task["documents"]], show_progress=False)
    index.save(str(place / "bm25"))

    def ask(text: str, count: int) -> list[str]:
        found, _ = index.retrieve([jieba.lcut(text)], k=min(count, len(ids)), show_progress=False)
        return [ids[row] for row in found[0]]

    return Peer(ask)
