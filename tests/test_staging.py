"""Taking in a package: what is staged, under which name, and the reason for what is not."""

import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import staging_copy
from ingest.errors import StorageError
from ingest.limits import Limits
from ingest.staging import stage
from ingest.staging_copy import Room
from tests.packages import kept, names, package, put, read, reason

__all__ = ["kept", "package"]


def test_a_folder_is_staged_in_natural_order_without_system_files(package: Path, kept: Path) -> None:
    for name in ("附件10.pdf", "附件2.pdf", "附件2/a.txt", "b/.DS_Store", "~$表.docx", "Thumbs.db", "__MACOSX/._a"):
        put(package / name, name.encode())
    found = stage([package], kept, limits=Limits())
    assert names(found) == ["附件2/a.txt", "附件2.pdf", "附件10.pdf"]
    assert read(found, kept)["附件10.pdf"] == "附件10.pdf".encode()
    assert [staged.size for staged in found] == [len(name.encode()) for name in names(found)]


def test_identical_files_are_staged_once(package: Path, kept: Path) -> None:
    put(package / "a.pdf", b"same")
    put(package / "b.pdf", b"same")
    found = stage([package], kept, limits=Limits())
    assert len({staged.sha256 for staged in found}) == 1
    assert read(found, kept) == {"a.pdf": b"same", "b.pdf": b"same"}


def test_files_and_folders_given_together_keep_apart(package: Path, kept: Path, tmp_path: Path) -> None:
    put(package / "a.pdf")
    loose, same = put(tmp_path / "a.pdf"), put(tmp_path / "other" / "a.pdf", b"2")
    found = stage([package, loose, same], kept, limits=Limits())
    assert names(found) == ["a.pdf", "a(2).pdf", "申报包/a.pdf"]
    assert read(found, kept)["a(2).pdf"] == b"2"


def test_links_pipes_and_sockets_are_told_at_once(package: Path, kept: Path, tmp_path: Path) -> None:
    secret = put(tmp_path / "secret.txt")
    (package / "link.txt").symlink_to(secret)
    (package / "folder").symlink_to(tmp_path)
    os.mkfifo(package / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(package / "s"))
        found = stage([package], kept, limits=Limits())
    assert reason(found, "link.txt") == "这是指向别处的链接,没有读取,请提交文件本身。"
    assert reason(found, "folder") == "这是指向别处的链接,没有读取,请提交文件本身。"
    assert "不是普通文件" in reason(found, "pipe")
    assert "不是普通文件" in reason(found, "s")
    assert read(found, kept) == {}
    assert "链接" in reason(stage([package / "link.txt"], kept, limits=Limits()), "link.txt")


def test_what_cannot_be_opened_is_told(package: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(package / "a.pdf")
    put(package / "b.pdf", b"2")
    opened = os.open

    def forbidden(path: Path, flags: int, *mode: int, **options: int) -> int:
        if Path(path).name == "a.pdf":
            raise PermissionError(errno.EACCES, "no")
        return opened(path, flags, *mode, **options)

    monkeypatch.setattr(os, "open", forbidden)
    found = stage([package, package / "missing.pdf"], kept, limits=Limits())
    monkeypatch.undo()
    assert "没有权限" in reason(found, "申报包/a.pdf")
    assert "不存在" in reason(found, "missing.pdf")
    assert read(found, kept) == {"申报包/b.pdf": b"2"}


def test_limits_of_size_and_number_are_told_file_by_file(package: Path, kept: Path) -> None:
    put(package / "0.pdf", b"1" * ((1 << 20) + 1))
    for number in range(1, 50):
        put(package / f"{number}.pdf", str(number).encode())
    found = stage([package], kept, limits=Limits(file_mb=1, files=4))
    assert reason(found, "0.pdf") == "文件超过 1 MB,没有读取,请压缩图片或拆分后再提交。"
    assert sorted(read(found, kept)) == ["1.pdf", "2.pdf", "3.pdf"]
    assert "超过 4 个文件" in reason(found, "4.pdf")
    assert len(found) == 41
    assert "还有 10 个文件" in reason(found, "40.pdf")


def test_the_whole_package_has_a_size(package: Path, kept: Path) -> None:
    for name in ("a", "b", "c"):
        put(package / name, name.encode() * 700_000)
    put(package / "d", b"d")
    found = stage([package], kept, limits=Limits(unpacked_mb=2, file_mb=2))
    assert "合计超过 2 MB" in reason(found, "c")
    assert set(read(found, kept)) == {"a", "b", "d"}


def test_a_file_that_changes_is_copied_again(package: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(package / "a.pdf", b"old" * 10)
    chunks, times = staging_copy._chunks, []

    def changing(opened: int, size: int, room: Room, limits: Limits) -> Iterator[bytes]:
        yield from chunks(opened, size, room, limits)
        times.append(1)
        (package / "a.pdf").write_bytes(b"%d" % len(times) * len(times))

    monkeypatch.setattr(staging_copy, "_chunks", changing)
    found = stage([package], kept, limits=Limits())
    assert read(found, kept) == {"a.pdf": b"1"}  # what the file held at the second copy, and not at its end
    assert len(times) == 2


def test_a_file_that_vanishes_has_a_reason(package: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(package / "a.pdf", b"old")
    chunks = staging_copy._chunks

    def vanishing(opened: int, size: int, room: Room, limits: Limits) -> Iterator[bytes]:
        (package / "a.pdf").unlink()
        yield from chunks(opened, size, room, limits)

    monkeypatch.setattr(staging_copy, "_chunks", vanishing)
    found = stage([package], kept, limits=Limits())
    assert "移走" in reason(found, "a.pdf")
    assert read(found, kept) == {}


def test_a_file_that_grows_without_end_is_refused(package: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(package / "a.log", b"1")
    put(package / "b.pdf", b"PK but no ZIP")
    monkeypatch.setattr(os, "read", lambda _, size: b"1" * size)
    found = stage([package], kept, limits=Limits(file_mb=3))
    assert reason(found, "a.log") == "文件超过 3 MB,没有读取,请压缩图片或拆分后再提交。"
    assert read(found, kept) == {}


def test_a_full_disk_leaves_nothing_behind(package: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(package / "a.pdf", b"a")
    put(package / "b.pdf", b"b")
    write, written = os.write, []

    def full(handle: int, chunk: bytes) -> int:
        written.append(bytes(chunk))
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, chunk)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StorageError, match="磁盘已满"):
        stage([package], kept, limits=Limits())
    assert list(kept.iterdir()) == []


def test_an_unwritable_folder_is_one_sentence(package: Path, tmp_path: Path) -> None:
    put(package / "a.pdf")
    with pytest.raises(StorageError, match="数据目录"):
        stage([package], put(tmp_path / "file") / "kept", limits=Limits())


def test_names_on_disk_in_another_encoding_are_shown(package: Path, kept: Path) -> None:
    put(Path(os.fsdecode(os.fsencode(package) + b"/" + "执照.pdf".encode("gbk"))))
    put(package / "a\nb\\c.pdf", b"2")
    assert names(stage([package], kept, limits=Limits())) == ["ab_c.pdf", "执照.pdf"]


def test_a_deep_folder_and_a_folder_in_itself_end(package: Path) -> None:
    deep = package.joinpath(*"d" * 900)
    put(deep / "a.pdf")
    found = stage([package], package / "kept", limits=Limits())
    assert names(found) == ["d/" * 900 + "a.pdf"]
    assert names(stage([package], package / "kept", limits=Limits())) == names(found)
