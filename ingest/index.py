"""The one truth about which policies there are, and where their vectors lie: collections of one Chroma.

Collections: `policies` (source text, metadata) and, per embedder, vectors: `clauses-…`, `sentences-…`, `questions-…`.
Adding writes vectors under a generation of their own, then names that generation in the metadata of `policies`: one
row in one transaction, the commit point. A crash before it leaves the old state, after it the new; what no live
generation owns is swept at the next opening or write.
"""

import contextlib
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar
from uuid import uuid4

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from ingest import chroma
from ingest.errors import SearchIndexError, StorageError

_T = TypeVar("_T")
Level = Literal["clauses", "sentences", "questions"]
_LEVELS: tuple[Level, ...] = ("clauses", "sentences", "questions")
_LOCK_SECONDS = 60.0
_REMEDY = "请把该目录改名保存后重新运行;随附的政策会自动重建,用命令收录的要重新收录。"

Hit = tuple[str, str, str, float]
"""policy, generation, chunk id, cosine similarity"""
Row = tuple[str, str, str]
"""policy, chunk id, the text that was embedded"""


class Index:
    """The vectors and sources in one Chroma, a folder or a server, for many threads and processes."""

    def __init__(self, folder: Path, *, url: str | None, embedder: str) -> None:
        self._folder = folder
        self._url = url
        self._slug = re.sub(r"[^a-z0-9]+", "-", embedder.lower()).strip("-")
        if len(self._slug) > 40 or not embedder.isascii():  # two models must not share their vectors
            self._slug = f"{self._slug[:30]}-{hashlib.sha256(embedder.encode()).hexdigest()[:8]}".strip("-")
        self._mutex = threading.RLock()
        self._collections: dict[str, Any] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"无法建立索引目录 {folder}:{error.strerror},请检查磁盘空间和权限。") from None
        self._lock = FileLock(str(folder) + ".lock")
        self._client = self._guard(lambda: chroma.connect(self._folder, self._url))

    def close(self) -> None:
        with contextlib.suppress(*chroma.RACES):
            self._client.close()

    def state(self) -> tuple[str, dict[str, str | None]]:
        """The version of the index and the live generation of each policy; None for one that was removed."""
        found = self._reading(lambda: self._collection("policies").metadata) or {}
        return str(found.get("version", "")), json.loads(str(found.get("live", "{}")))

    def sources(self, wanted: Mapping[str, str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """For each policy of `wanted` (policy → generation) its source text and metadata."""
        ids = [f"{policy}@{generation}" for policy, generation in wanted.items()]
        if not ids:
            return {}
        got = self._reading(lambda: self._collection("policies").get(ids=ids, include=["documents", "metadatas"]))
        rows = zip(got["ids"], got["documents"] or [], got["metadatas"] or [], strict=True)
        return {key.partition("@")[0]: (text, json.loads(str(meta["policy"]))) for key, text, meta in rows}

    def embedded(self) -> frozenset[str]:
        """The generations whose vectors of this embedder are complete."""
        return self._marks("complete")

    def query(self, level: Level, vector: NDArray[Any], *, count: int, policies: Sequence[str] = ()) -> list[Hit]:
        """The `count` nearest chunks of `level`, of `policies` if any are named."""
        where: Any = {"policy": {"$in": list(policies)}} if policies else None

        def ask() -> list[Hit]:
            got = self._known(level).query(
                query_embeddings=[vector], n_results=count, where=where, include=["distances"]
            )
            distances = got["distances"] or [[]]
            return [(*_split(key), 1.0 - d) for key, d in zip(got["ids"][0], distances[0], strict=True)]

        return self._reading(ask)

    def cosines(self, level: Level, keys: Sequence[str], vector: NDArray[Any]) -> dict[str, float]:
        """The similarity of the chunks whose full keys (`full_key`) are given; what is not there is left out."""
        if not keys:
            return {}
        got = self._reading(lambda: self._known(level).get(ids=list(keys), include=["embeddings"]))
        return (
            dict(zip(got["ids"], (np.asarray(got["embeddings"]) @ vector).tolist(), strict=True)) if got["ids"] else {}
        )

    @contextlib.contextmanager
    def writing(self, patience: float = _LOCK_SECONDS) -> Iterator[None]:
        """Hold the writers' lock. Raises SearchIndexError when another process keeps it for `patience` seconds."""
        try:
            with self._lock.acquire(timeout=patience):
                yield
        except Timeout:
            raise SearchIndexError("索引正被另一个程序更新,请稍后再试。") from None
        except OSError as error:
            raise StorageError(f"索引目录 {self._folder} 不能写入:{error.strerror},请检查磁盘空间和权限。") from None

    def embed(self, generation: str, level: Level, rows: Sequence[Row], vectors: Any) -> None:
        """Write vectors of rows; they are not seen before `complete` and `publish`."""
        step = self._guard(lambda: self._client.get_max_batch_size())
        for at in range(0, len(rows), step):
            part = rows[at : at + step]
            self._write(
                level,
                "upsert",
                ids=[full_key(policy, generation, key) for policy, key, _ in part],
                embeddings=vectors[at : at + len(part)],
                documents=[text for _, _, text in part],
                metadatas=[{"policy": policy, "generation": generation} for policy, _, _ in part],
            )

    def begin(self, generation: str) -> None:
        """Say that vectors of `generation` are about to be written, so that a crash leaves a trace to sweep."""
        self._mark(begun=self._marks("begun") | {generation}, complete=self.embedded() - {generation})

    def complete(self, generation: str) -> None:
        """Say that all vectors of `generation` are written."""
        self._mark(begun=self._marks("begun") - {generation}, complete=self.embedded() | {generation})

    def publish(
        self, policy: str, generation: str | None, source: str = "", fields: Mapping[str, Any] | None = None
    ) -> None:
        """Make `generation` the one that is read, or remove the policy (None): the commit point."""
        if generation is not None:
            meta = {"policy": json.dumps(dict(fields or {}), ensure_ascii=False)}
            key = f"{policy}@{generation}"
            self._write("policies", "upsert", ids=[key], embeddings=[[1.0]], documents=[source], metadatas=[meta])
        _, live = self.state()
        live[policy] = generation
        self._write("policies", "modify", metadata={"version": uuid4().hex, "live": json.dumps(live)})

    def leftovers(self) -> frozenset[str]:
        """The generations that no policy lives by: left behind by a crash, or a writer is at work on them."""
        owned = self._marks("begun") | self.embedded() | {_split(row)[1] for row in self._rows()}
        return owned - {generation for generation in self.state()[1].values() if generation}

    def sweep(self) -> None:
        """Delete what no live generation owns: replaced and removed policies, and what a crash left behind."""
        dead = self.leftovers()
        if not dead:
            return
        for level in _LEVELS:
            self._write(level, "delete", where={"generation": {"$in": sorted(dead)}})
        if rows := [row for row in self._rows() if _split(row)[1] in dead]:
            self._write("policies", "delete", ids=rows)
        self._mark(begun=self._marks("begun") - dead, complete=self.embedded() - dead)

    def reopen(self) -> None:
        """Connect anew: a local Chroma does not see vectors that another process wrote."""
        with self._mutex:
            self._collections = {}
            if not self._url:
                self.close()
                self._client = self._guard(lambda: chroma.connect(self._folder, self._url))

    def _rows(self) -> list[str]:
        return list(self._reading(lambda: self._collection("policies").get(include=[]))["ids"])

    def _known(self, name: str) -> Any:
        """A collection whose metadata does not matter: asked for once per connection."""
        if name not in self._collections:
            self._collections[name] = self._collection(name)
        return self._collections[name]

    def _marks(self, name: str) -> frozenset[str]:
        found = self._reading(lambda: self._collection("clauses").metadata) or {}
        return frozenset(json.loads(str(found.get(name, "[]"))))

    def _mark(self, **marks: frozenset[str]) -> None:
        self._write("clauses", "modify", metadata={name: json.dumps(sorted(own)) for name, own in marks.items()})

    def _collection(self, name: str) -> Any:
        full = name if name == "policies" else f"{name}-{self._slug}"
        return chroma.collection(self._client, full)

    def _write(self, name: str, method: Literal["upsert", "modify", "delete"], **told: Any) -> None:
        self._guard(lambda: getattr(self._collection(name), method)(**told))

    def _reading(self, action: Callable[[], _T]) -> _T:
        with self._mutex:
            try:
                return action()
            except chroma.RACES:
                self.reopen()
                return self._guard(action)

    def _guard(self, action: Callable[[], _T]) -> _T:
        """Run `action` alone, since a client that another thread closes under it is lost."""
        with self._mutex, chroma.told(self._folder, self._url, remedy=_REMEDY):
            return action()


def full_key(policy: str, generation: str, chunk: str) -> str:
    """The id under which a chunk lies in Chroma."""
    return f"{policy}@{generation}:{chunk}"


def _split(key: str) -> tuple[str, str, str]:
    policy, _, rest = key.partition("@")
    generation, _, chunk = rest.partition(":")
    return policy, generation, chunk
