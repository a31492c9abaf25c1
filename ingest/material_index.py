"""The vectors of one application's chunks, in a Chroma collection of its own."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from numpy.typing import NDArray

from ingest import chroma
from ingest.embeddings import Embedder
from ingest.material_chunks import MaterialChunk

_BATCH = 512  # chunks embedded and written at once
_REMEDY = "请删除这份申报后重新上传。"


class MaterialIndex:
    """Chunks of the application `application_id`, in `folder`, or with `url` at a server. To be closed."""

    def __init__(self, folder: Path, application_id: str, *, url: str | None, embedder: Embedder) -> None:
        self._folder = folder
        self._url = url
        self._embedder = embedder
        self._name = _name(application_id)
        self._mutex = threading.Lock()
        with self._alone():
            self._client = chroma.connect(folder, url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def write(self, chunks: Sequence[MaterialChunk], *, progress: Callable[[int], None]) -> None:
        """Embed the chunks that are not there yet; `progress` is told how many are done. Raises SearchIndexError."""
        with self._alone():
            there = set(self._collection().get(include=[])["ids"])
        new = [chunk for chunk in chunks if chunk.id not in there]
        for at in range(0, len(new), _BATCH):
            part = new[at : at + _BATCH]
            vectors = self._embedder.embed([f"{chunk.context} {chunk.text}".strip() for chunk in part])
            with self._alone():
                self._collection().upsert(
                    ids=[chunk.id for chunk in part],
                    embeddings=vectors,
                    documents=[chunk.text for chunk in part],
                    metadatas=[{"material": chunk.material, "embedder": self._embedder.name} for chunk in part],
                )
            progress(len(chunks) - len(new) + at + len(part))

    def query(self, vector: NDArray[Any], *, count: int) -> list[tuple[str, float]]:
        """The ids of the `count` nearest chunks and their cosine similarity, best first. Raises SearchIndexError."""
        with self._alone():
            got = self._collection().query(query_embeddings=[vector], n_results=count, include=["distances"])
        return [(key, 1.0 - far) for key, far in zip(got["ids"][0], got["distances"][0], strict=True)]

    def _collection(self) -> Any:
        return chroma.collection(self._client, self._name)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with self._mutex, chroma.told(self._folder, self._url, remedy=_REMEDY):
            yield


def drop_index(application_id: str, *, url: str) -> None:
    """Delete the collection of an application at a server, if there is one. Raises SearchIndexError."""
    with chroma.told(Path(url), url, remedy=_REMEDY):
        client = chroma.connect(Path(url), url)
        try:
            chroma.collection(client, _name(application_id))
            client.delete_collection(_name(application_id))
        finally:
            client.close()


def _name(application_id: str) -> str:
    return f"materials-{application_id}"
