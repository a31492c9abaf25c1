"""Chroma: how it is opened, and what it says when something is wrong. Only this file imports it."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromadb
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError
from filelock import FileLock, Timeout
from httpx import HTTPError

from ingest.errors import SearchIndexError, StorageError

# What Chroma raises when another process wrote underneath, or the server went away.
RACES = (ChromaError, ValueError, RuntimeError, HTTPError)
_COSINE = {"hnsw": {"space": "cosine"}}
_ROOM = 16_000_000  # bytes: with less on the disk, whatever goes wrong goes wrong for that
_OPENING_SECONDS, _BUSY_SECONDS = 60.0, 10.0


def connect(folder: Path, url: str | None) -> Any:
    """A client of the server at `url`, or of the Chroma in `folder`, which is made when it is not there."""
    settings = Settings(anonymized_telemetry=False)
    if url:
        host, _, port = url.split("://")[-1].rstrip("/").partition(":")
        return chromadb.HttpClient(host, int(port or 8000), ssl=url.startswith("https"), settings=settings)
    # Two that create the tables at once fail.
    with FileLock(f"{folder}.opening.lock", timeout=_OPENING_SECONDS):
        if (file := folder / "chroma.sqlite3").is_file():
            # Chroma would wait for ever for a program that has the file locked.
            with contextlib.closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as database:
                database.execute("SELECT count(*) FROM sqlite_master")
        try:
            return chromadb.PersistentClient(str(folder), settings=settings)
        except BaseException:
            # Chroma keeps what failed to start, say on a full disk, and would hand it out the next time.
            SharedSystemClient._identifier_to_system.pop(str(folder), None)
            raise


def collection(client: Any, name: str) -> Any:
    """The collection `name` for vectors of our own making, compared by cosine; made when it is not there."""
    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return client.get_or_create_collection(name, embedding_function=None, configuration=_COSINE)


@contextlib.contextmanager
def told(folder: Path, url: str | None, *, remedy: str) -> Iterator[None]:
    """Turn what Chroma raises into one sentence that names the folder or the server: SearchIndexError, StorageError.

    `remedy` says what to do about a folder that cannot be read.
    """
    place = url or str(folder)
    try:
        yield
    except (*RACES, OSError, KeyError, sqlite3.Error) as error:
        words = str(error).lower()
        if "full" in words or "no space" in words or (not url and _no_room(folder)):
            raise StorageError(f"磁盘已满,索引 {place} 未能写入,原有内容不变;请清理磁盘后重试。") from error
        if "locked" in words or "busy" in words or isinstance(error, Timeout):
            raise SearchIndexError(f"索引 {place} 正被另一个程序占用,请稍后再试。") from error
        if url:
            raise SearchIndexError(f"连不上 CHROMA_URL 指定的 {place},请检查地址和服务。") from error
        raise SearchIndexError(f"索引 {place} 无法读取,{remedy}") from error


def _no_room(folder: Path) -> bool:
    """Whether the disk is all but full: not every message of Chroma says so."""
    with contextlib.suppress(OSError):
        return shutil.disk_usage(folder if folder.exists() else folder.parent).free < _ROOM
    return False
