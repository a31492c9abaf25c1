"""Taking in the ZIPs of a package: how deep, how large, under which names."""

from pathlib import Path
from zipfile import ZIP_DEFLATED

import pytest

from ingest.limits import Limits
from ingest.staging import stage
from tests.packages import kept, names, package, put, read, reason, zipped

__all__ = ["kept", "package"]


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
    put(
        package / "1.zip",
        zipped(*((f"{number}.bin", bytes([number]) * (1 << 20)) for number in range(8)), method=ZIP_DEFLATED),
    )
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


def test_zips_may_be_as_large_together_as_their_files(package: Path, kept: Path) -> None:
    noise = bytes(range(256)) * 2048
    for number in range(5):
        put(package / f"{number}.zip", zipped(("a.pdf", noise + bytes([number]))))
    found = stage([package], kept, limits=Limits(unpacked_mb=2, file_mb=1))
    assert sorted(read(found, kept)) == [f"{number}.zip/a.pdf" for number in range(3)]
    assert "合计超过 2 MB" in reason(found, "3.zip")
