"""The index under what goes wrong: locks, a full disk, damage; and a Chroma server."""

import contextlib
import gc
import shutil
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from chromadb.api.models.Collection import Collection
from chromadb.errors import InternalError
from filelock import FileLock

from ingest import chroma
from ingest.errors import SearchIndexError, StorageError
from ingest.index import Index, full_key
from tests.library_fakes import (
    LATER,
    NEW,
    OLD,
    HashEmbedder,
    best,
    boats,
    farms,
    generations,
    in_process,
    library_at,
    opened,
    quiet,
)

LOCK = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with two policies, to be copied."""
    folder = tmp_path_factory.mktemp("ready")
    assert in_process(folder, "sync", [farms(), boats()]) == 0
    return folder


@pytest.fixture
def folder(ready: Path, tmp_path: Path) -> Path:
    return shutil.copytree(ready, tmp_path / "data")


def test_writers_take_turns_and_readers_do_not_wait(folder: Path, data_dir: Path) -> None:
    with opened(folder, data_dir) as library:
        library.add(*farms(), progress=quiet, replace=True)  # by a person, so that the corpus no longer decides
        with FileLock(folder / "chroma.lock"):
            with (
                pytest.raises(SearchIndexError, match="索引正被另一个程序更新,请稍后再试。"),
                library.index.writing(0.01),
            ):
                pass
            begun = time.monotonic()
            library.sync([farms(), boats()], progress=quiet)
            library.index.begin("0123456789abcdef")  # what another process has begun is left to it
            library.sync([farms(), boats()], progress=quiet)
            assert best(library, OLD)[2] == 1.0
            assert time.monotonic() - begun < 30
            assert library.index.leftovers()
        library.sync([farms(), boats()], progress=quiet)
        assert not library.index.leftovers()


def test_a_database_that_another_program_has_locked_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma, "_BUSY_SECONDS", 0.05)
    command = [sys.executable, "-c", LOCK, str(folder / "chroma" / "chroma.sqlite3")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(SearchIndexError, match="正被另一个程序占用,请稍后再试。"):
            Index(folder / "chroma", url=None, embedder="hash")
        other.communicate("")


def full(*_: Any, **__: Any) -> NoReturn:
    raise InternalError("error returned from database: (code: 13) database or disk is full")


@pytest.mark.parametrize("call", ["upsert", "modify"])
def test_a_full_disk_is_named_and_nothing_is_half_written(
    folder: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    with opened(folder, data_dir) as library:
        before = library.index.state()
        with monkeypatch.context() as patch:
            patch.setattr(Collection, call, full)
            with pytest.raises(StorageError, match=r"磁盘已满,索引 .*chroma 未能写入,原有内容不变;请清理磁盘后重试。"):
                library.add(*boats(LATER), progress=quiet, replace=True)
            with pytest.raises(StorageError):
                library.remove("boats-2020") if call == "modify" else library.add(
                    *farms(), progress=quiet, replace=True
                )
        assert library.index.state() == before
        assert best(library, OLD)[2] == 1.0
        library.add(*boats(LATER), progress=quiet, replace=True)
        assert best(library, NEW)[2] == 1.0
        assert generations(folder) == set(library.shelf().generations.values())


def test_the_commit_point_itself_can_fail(folder: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modify = Collection.modify

    def fails(self: Collection, **told: Any) -> None:
        full() if "live" in told["metadata"] else modify(self, **told)

    with opened(folder, data_dir) as library:
        with monkeypatch.context() as patch:
            patch.setattr(Collection, "modify", fails)
            with pytest.raises(StorageError):
                library.add(*boats(LATER), progress=quiet, replace=True)
        assert best(library, OLD)[2] == 1.0
        library.sync([farms(), boats()], progress=quiet)
        assert generations(folder) == set(library.shelf().generations.values())


@pytest.mark.parametrize("damage", [b"not a database" * 500, None])
def test_a_damaged_index_is_named_and_built_again_once_deleted(
    folder: Path, data_dir: Path, damage: bytes | None
) -> None:
    file = folder / "chroma" / "chroma.sqlite3"
    file.write_bytes(damage if damage is not None else file.read_bytes()[:9000])
    with pytest.raises(SearchIndexError, match=r"索引 .*chroma 无法读取,请把该目录改名保存后重新运行;"):
        library_at(folder, embedder=HashEmbedder()).policies()
    shutil.rmtree(folder / "chroma")
    with opened(folder, data_dir) as library:
        library.sync([farms(), boats()], progress=quiet)
        assert best(library, OLD)[2] == 1.0


def test_a_place_that_cannot_be_an_index_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"无法建立索引目录 .*file/chroma:.*请检查磁盘空间和权限。"):
        Index(tmp_path / "file" / "chroma", url=None, embedder="hash")


@pytest.mark.parametrize(
    ("one", "other"), [("x" * 50 + "/a", "x" * 50 + "/b"), ("模型/甲", "模型/乙"), ("none", "模型"), ("a", "b")]
)
def test_two_models_never_share_vectors(tmp_path: Path, one: str, other: str) -> None:
    first = Index(tmp_path / "chroma", url=None, embedder=one)
    first.begin("0")
    first.embed("0", "clauses", [("p", "1", "甲")], np.ones((1, 4), np.float32) / 2)
    first.complete("0")
    second = Index(tmp_path / "chroma", url=None, embedder=other)
    assert first.embedded() == {"0"}
    assert second.embedded() == set()
    key = full_key("p", "0", "1")
    assert first.cosines("clauses", [key, "p@0:2"], np.ones(4) / 2) == {key: 1.0}
    assert second.cosines("clauses", [key], np.ones(4) / 2) == {}
    first.close()
    second.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A Chroma server on this machine."""
    program = Path(sys.executable).with_name("chroma")
    if not program.is_file():
        pytest.skip("没有 chroma 程序,此项跳过")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(program), "run", "--path", str(tmp_path / "server"), "--host", "127.0.0.1", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as running:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)  # it comes up by itself
        else:
            running.kill()
            pytest.skip("chroma run 没有在 10 秒内启动,此项跳过")
        yield f"http://127.0.0.1:{port}", running
        running.kill()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Chroma's client leaves its sockets to the collector
        gc.collect()


def test_a_chroma_server_serves_several_machines(
    server: "tuple[str, subprocess.Popen[bytes]]", tmp_path: Path, data_dir: Path
) -> None:
    url, running = server
    with opened(tmp_path / "one", data_dir, url=url) as one, opened(tmp_path / "two", data_dir, url=url) as two:
        one.sync([farms()], progress=quiet)
        assert best(one, "温室面积不少于五十亩。")[2] == 1.0
        two.add(*boats(), progress=quiet)
        assert best(one, OLD) == ("boats-2020", f"第二条{OLD}", 1.0)
        two.remove("boats-2020")
        assert [p.id for p in one.policies()] == ["farms-2022"]
        running.kill()
        running.wait()
        asked: list[Any] = [one.policies, lambda: best(one, OLD), lambda: two.add(*boats(), progress=quiet)]
        for ask in [*asked, lambda: Index(tmp_path / "three", url=url, embedder="hash")]:
            with pytest.raises(SearchIndexError, match=f"连不上 CHROMA_URL 指定的 {url},请检查地址和服务。"):
                ask()


@pytest.mark.parametrize("url", ["http://127.0.0.1:port", "http://127.0.0.1:99999", "http://127.0.0.1:9"])
def test_a_wrong_server_address_is_named(tmp_path: Path, url: str) -> None:
    with pytest.raises(SearchIndexError, match=f"连不上 CHROMA_URL 指定的 {url},"):
        Index(tmp_path / "chroma", url=url, embedder="hash")
