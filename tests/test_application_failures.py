"""Applications when the program is killed, the disk is full, others are at work, or a server keeps the vectors."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from ingest import chroma
from ingest.application import finish_application, ingest_application
from ingest.applications import Applications
from ingest.errors import SearchIndexError, StorageError, UsageError
from ingest.limits import Limits
from ingest.materials import Application
from tests.application_writers import Inline, opened
from tests.library_fakes import HashEmbedder
from tests.test_index import server

__all__ = ["server"]
ROOT = Path(__file__).parent.parent
KILLS = 20  # moments


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "申报材料"
    folder.mkdir()
    (folder / "1 申报书.txt").write_text("一、基本情况\n\n青岛示例公司(虚构)成立于二〇一五年。", "utf-8")
    (folder / "2 空.docx").touch()
    (folder / "3 经费.txt").write_text("专项经费五百万元。", "utf-8")
    with ZipFile(folder / "4 附件.zip", "w") as archive:
        archive.writestr("承诺书.txt", "我单位承诺材料真实。")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "applications"


def ingest(package: Path, applications: Applications, **told: Any) -> Application:
    heard = {"progress": lambda _: None, "embedded": lambda *_: None, **told}
    return ingest_application([package], applications, sandbox=Inline(), title="示例", **heard)  # type: ignore[arg-type]


def finish(application_id: str, applications: Applications, **told: Any) -> Application:
    heard = {"progress": lambda _: None, "embedded": lambda *_: None, **told}
    return finish_application(application_id, applications, sandbox=Inline(), **heard)  # type: ignore[arg-type]


def test_killed_at_any_moment_an_application_can_be_finished_or_is_absent(package: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "tests.application_writers", str(package), str(folder), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    ends = done.stdout.split()
    assert len(ends) == KILLS
    assert "unfinished" in ends
    assert set(ends) <= {"absent", "unfinished", "whole"}


@pytest.mark.parametrize("call", range(0, 12, 3))
def test_a_full_disk_is_one_sentence_and_harms_nothing(
    package: Path, folder: Path, call: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    applications = opened(folder)
    first = ingest(package, applications)
    left, flush = [call], os.fsync

    def full(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"磁盘已满.*清理磁盘后再试。$"):
        ingest(package, applications)
    monkeypatch.undo()
    assert applications.get(first.id) == first
    for unfinished in applications.unfinished():
        assert finish(unfinished, applications).materials == first.materials
    assert not list(folder.rglob("*.part"))
    for application_id in applications.ids():
        applications.delete(application_id)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_folder_without_permission_is_one_chinese_sentence(
    package: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    applications = opened(folder)

    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    for ask in (lambda: ingest(package, applications), lambda: opened(folder)):
        with pytest.raises(StorageError, match=r"没有写入的权限,请调整权限后再试。$") as raised:
            ask()
        assert "denied" not in str(raised.value)


def test_a_package_without_files_is_no_application(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    applications = opened(folder)
    for paths in ([], [tmp_path / "空"]):
        with pytest.raises(UsageError, match="申报包里没有文件"):
            applications.stage(paths, title="示例", limits=Limits())
    assert [path.name for path in folder.rglob("*")] == [".locks"]


def test_nobody_else_may_look_into_applications(package: Path, folder: Path) -> None:
    application = ingest(package, opened(folder))
    assert folder.stat().st_mode & 0o77 == 0
    assert (folder / application.id).stat().st_mode & 0o77 == 0


def test_two_that_finish_the_same_application_take_turns(package: Path, folder: Path) -> None:
    applications, told = opened(folder), []
    application_id = applications.stage([package], title="示例", limits=Limits())

    def meanwhile(_: object) -> None:
        for act in (finish, lambda each, among: among.delete(each)):
            with pytest.raises(UsageError, match="正在处理中"):
                act(application_id, opened(folder))
            told.append(act)

    application = finish(application_id, applications, progress=meanwhile)
    assert told
    assert finish(application_id, opened(folder)) == application  # to finish what is finished changes nothing


def test_damaged_lists_are_named_and_can_be_deleted(package: Path, folder: Path) -> None:
    applications = opened(folder)
    whole, damaged = ingest(package, applications), ingest(package, applications)
    (folder / damaged.id / "staged.json").write_text('{"title": ', "utf-8")
    assert set(opened(folder).ids()) == {whole.id, damaged.id}
    for ask in (applications.get, applications.staged, lambda each: finish(each, applications)):
        with pytest.raises(StorageError, match="已损坏,请删除后重新上传"):
            ask(damaged.id)
    applications.delete(damaged.id)
    assert applications.ids() == (whole.id,)


def test_a_clock_that_goes_back_loses_nothing(package: Path, folder: Path) -> None:
    applications = opened(folder)
    first, second = ingest(package, applications), ingest(package, applications)
    path = folder / second.id / "staged.json"
    path.write_text(
        json.dumps({**json.loads(path.read_text("utf-8")), "created": "1970-01-01T00:00:00+00:00"}), "utf-8"
    )
    assert applications.ids() == (second.id, first.id)


@pytest.mark.parametrize("application_id", ["../../甲", "", "a" * 32])
def test_no_lock_is_made_for_what_is_not_there(folder: Path, application_id: str) -> None:
    applications = opened(folder)
    with pytest.raises(UsageError, match="没有编号为"):
        finish(application_id, applications)
    assert [path for path in folder.parent.rglob("*") if path.is_file()] == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # sockets that Chroma's client leaves
def test_a_server_keeps_a_collection_for_each_application(
    server: "tuple[str, subprocess.Popen[bytes]]", package: Path, folder: Path
) -> None:
    url, running = server
    applications = Applications(folder, embedder=HashEmbedder(), url=url)
    first, second, third = (ingest(package, applications) for _ in range(3))
    assert collections(url) == {f"materials-{each.id}" for each in (first, second, third)}
    assert not (folder / first.id / "chroma").exists()
    applications.delete(first.id)
    Applications(folder, embedder=None, url=url).delete(third.id)  # the embedder may have been switched off since
    assert collections(url) == {f"materials-{second.id}"}
    index = applications.index(second.id)
    assert index is not None
    with index:
        assert index.query(HashEmbedder().embed(["我单位承诺材料真实。"])[0], count=1)[0][1] > 0.99
    running.kill()
    running.wait()
    for ask in (applications.delete, applications.index):
        with pytest.raises(SearchIndexError, match=f"^连不上 CHROMA_URL 指定的 {url},请检查地址和服务。$"):
            ask(second.id)
    assert applications.unfinished() == (second.id,)  # half deleted: to be deleted again, or finished


def collections(url: str) -> set[str]:
    client = chroma.connect(Path(), url)
    found = {collection.name for collection in client.list_collections()}
    client.close()
    return found
