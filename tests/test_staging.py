"""Taking in a package: what is staged, under which name, and the reason for what is not."""

import errno
import hashlib
import os
import socket
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest import staging_copy
from ingest.errors import StorageError
from ingest.limits import Limits
from ingest.staging import Staged, stage


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "申报包"
    folder.mkdir()
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def put(path: Path, content: bytes = b"1") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(*members: tuple[str, bytes]) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return content.getvalue()


def names(found: tuple[Staged, ...]) -> list[str]:
    return [staged.name for staged in found]


def reason(found: tuple[Staged, ...], name: str) -> str:
    (told,) = [staged for staged in found if staged.name == name]
    assert told.sha256 is None
    return told.reason or ""


def read(found: tuple[Staged, ...], kept: Path) -> dict[str, bytes]:
    """What was staged, by name; the folder holds that and nothing else."""
    staged = {each.name: each.sha256 for each in found if each.sha256}
    assert {path.name for path in kept.iterdir()} == set(staged.values())
    for sha256 in staged.values():
        assert hashlib.sha256((kept / sha256).read_bytes()).hexdigest() == sha256
    return {name: (kept / sha256).read_bytes() for name, sha256 in staged.items()}


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

    def changing(opened: int, size: int, limits: Limits) -> Iterator[bytes]:
        yield from chunks(opened, size, limits)
        times.append(1)
        (package / "a.pdf").write_bytes(b"%d" % len(times) * len(times))

    monkeypatch.setattr(staging_copy, "_chunks", changing)
    found = stage([package], kept, limits=Limits())
    assert read(found, kept) == {"a.pdf": b"1"}  # what the file held at the second copy, and not at its end
    assert len(times) == 2


def test_a_file_that_vanishes_has_a_reason(package: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(package / "a.pdf", b"old")
    chunks = staging_copy._chunks

    def vanishing(opened: int, size: int, limits: Limits) -> Iterator[bytes]:
        (package / "a.pdf").unlink()
        yield from chunks(opened, size, limits)

    monkeypatch.setattr(staging_copy, "_chunks", vanishing)
    found = stage([package], kept, limits=Limits())
    assert "移走" in reason(found, "a.pdf")
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


def test_a_zip_is_unpacked_once_inside_another(package: Path, kept: Path) -> None:
    deepest = zipped(("c.txt", b"c"))
    inner = zipped(("b.txt", b"b"), ("最里.zip", deepest))
    put(package / "外层.zip", zipped(("内层/a.pdf", b"a"), ("内层.zip", inner), ("../../a.txt", b"t"), ("空/", b"")))
    found = stage([package], kept, limits=Limits())
    assert read(found, kept) == {"外层.zip/内层/a.pdf": b"a", "外层.zip/内层.zip/b.txt": b"b", "外层.zip/a.txt": b"t"}
    assert "套了太多层" in reason(found, "外层.zip/内层.zip/最里.zip")
    assert len(found) == 4


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_names_are_both_kept(kept: Path, tmp_path: Path) -> None:
    members = (("a.pdf", b"1"), ("a.pdf", b"2"), ("a(2).pdf", b"3"), ("./a.pdf", b"4"))
    found = stage([put(tmp_path / "包.zip", zipped(*members))], kept, limits=Limits())
    assert set(read(found, kept).values()) == {b"1", b"2", b"3", b"4"}
    assert names(found) == ["包.zip/a(2).pdf", "包.zip/a.pdf", "包.zip/a(3).pdf", "包.zip/a(4).pdf"]


def test_documents_that_are_zips_inside_stay_whole(package: Path, kept: Path) -> None:
    put(package / "a.ofd", zipped(("OFD.xml", b"<OFD/>"), ("Doc_0/Document.xml", b"")))
    put(package / "damaged.zip", zipped(("a.pdf", b"1" * 100))[:60])
    put(package / "empty.zip", zipped())
    found = stage([package], kept, limits=Limits())
    assert list(read(found, kept)) == ["a.ofd"]
    assert "压缩包已损坏" in reason(found, "damaged.zip")
    assert reason(found, "empty.zip") == "压缩包里没有文件。"


def test_a_bomb_leaves_room_for_the_other_files(package: Path, kept: Path) -> None:
    put(package / "1.zip", zipped(*((f"{number}.bin", bytes([number]) * (1 << 20)) for number in range(8))))
    put(package / "2.pdf", b"2" * (1 << 20))
    found = stage([package], kept, limits=Limits(unpacked_mb=4))
    assert sorted(read(found, kept)) == ["1.zip/0.bin", "1.zip/1.bin", "1.zip/2.bin", "2.pdf"]
    assert "合计超过 4 MB" in reason(found, "1.zip/3.bin")


def test_overlapping_members_stop_at_the_running_total(kept: Path, tmp_path: Path) -> None:
    """Many entries that share one stream, after D. Fifield, A better zip bomb (WOOT 2019)."""
    content = zipped(("a.bin", b"\1" * (1 << 20)))
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    tail = bytearray(content[end:])
    tail[8:12], tail[12:16] = (200).to_bytes(2, "little") * 2, ((end - start) * 200).to_bytes(4, "little")
    bomb = put(tmp_path / "b.zip", content[:start] + content[start:end] * 200 + bytes(tail))
    found = stage([bomb], kept, limits=Limits(unpacked_mb=5))
    assert sum(staged.sha256 is not None for staged in found) == 5
    assert len(found) == 200


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
