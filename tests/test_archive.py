"""Unpacking a ZIP: names in every encoding, and what a ZIP may do to whoever unpacks it."""

import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.readers.archive import Archive, is_package, safe_name

LIMITS = Limits()


def make(path: Path, *parts: tuple[str | ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with ZipFile(path, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return path


def named(path: Path, name: bytes, *, extra: bytes = b"") -> Path:
    """A ZIP whose only member has these bytes as its name, not marked as UTF-8."""
    part = ZipInfo("#" * len(name))
    part.extra = extra
    content = make(path, (part, b"1")).read_bytes()
    path.write_bytes(content.replace(b"#" * len(name), name))
    return path


def only_name(path: Path) -> str:
    with Archive(path, limits=LIMITS) as archive:
        (member,) = archive.members()
    return member.name


def reasons(path: Path, limits: Limits = LIMITS) -> list[str | None]:
    """Why each member is not read; None for those whose bytes came out."""
    told: list[str | None] = []
    with Archive(path, limits=limits) as archive:
        for member in archive.members():
            try:
                if member.reason is None:
                    assert sum(len(chunk) for chunk in archive.chunks(member)) == member.size
                told.append(member.reason)
            except UnreadableError as error:
                told.append(str(error))
    return told


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_chinese_names_that_are_not_marked_are_read(tmp_path: Path, encoding: str) -> None:
    assert only_name(named(tmp_path / "a.zip", "附件1/营业执照.pdf".encode(encoding))) == "附件1/营业执照.pdf"


def test_a_name_that_is_valid_in_both_is_read_as_its_neighbours_are(tmp_path: Path) -> None:
    path = make(tmp_path / "a.zip", ("#" * 4, b"1"), ("%" * 8, b"2"))
    content = path.read_bytes().replace(b"#" * 4, "联通".encode("gbk")).replace(b"%" * 8, "营业执照".encode("gbk"))
    path.write_bytes(content)
    with Archive(path, limits=LIMITS) as archive:
        assert [member.name for member in archive.members()] == ["联通", "营业执照"]


def test_the_unicode_path_of_info_zip_goes_before_the_plain_name(tmp_path: Path) -> None:
    plain, told = b"____.pdf", "执照.pdf".encode()
    field = struct.pack("<BI", 1, zlib.crc32(plain)) + told
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    assert only_name(named(tmp_path / "a.zip", plain, extra=extra)) == "执照.pdf"
    assert only_name(named(tmp_path / "b.zip", b"other.pdf", extra=extra)) == "other.pdf"  # renamed since


def test_names_marked_as_utf8_that_are_not_have_a_reason_of_their_own(tmp_path: Path) -> None:
    path = make(tmp_path / "a.zip", ("执照.pdf", b"1"))
    path.write_bytes(path.read_bytes().replace("执照".encode(), "执照三".encode("gbk")))
    with pytest.raises(UnreadableError, match="文件名编码有误"):
        Archive(path, limits=LIMITS)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\材料\\执照.pdf", "材料/执照.pdf"),
        ("材料\\..\\..\\执照.pdf", "材料/执照.pdf"),
        ("\\\\server\\share\\a.pdf", "server/share/a.pdf"),
        ("./a//b.pdf", "a/b.pdf"),
        ("..", "未命名"),
        ("gpj.\u202efdp", "gpj.fdp"),
        ("a\nb.pdf", "ab.pdf"),
    ],
)
def test_no_name_leads_out_of_the_package(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_any_name_becomes_a_safe_one(name: str) -> None:
    parts = safe_name(name).split("/")
    assert not {"", ".", ".."} & set(parts)
    assert "\\" not in safe_name(name)


def test_an_encrypted_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = make(tmp_path / "a.zip", ("a.txt", b"a"), ("b.txt", b"b"))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert reasons(path) == ["压缩包里的文件已加密,请提供未加密的版本。", None]


def test_a_damaged_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = make(tmp_path / "a.zip", ("a.txt", b"damaged"), ("b.txt", b"b"), method=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"damaged", b"Damaged"))
    first, second = reasons(path)
    assert first is not None
    assert "已损坏" in first
    assert second is None


def test_a_link_inside_is_not_followed(tmp_path: Path) -> None:
    link = ZipInfo("link.pdf")
    link.external_attr = 0o120777 << 16
    assert reasons(make(tmp_path / "a.zip", (link, b"/etc/passwd"))) == ["这是指向别处的链接,没有读取,请提交文件本身。"]


def lie(size: int) -> Callable[[bytes], bytes]:
    """Says in the directory of the ZIP that its only member has `size` bytes."""

    def lied(content: bytes) -> bytes:
        at = content.index(b"PK\x01\x02") + 24
        return content[:at] + struct.pack("<I", size) + content[at + 4 :]

    return lied


def test_bombs_cost_neither_memory_nor_are_they_read(tmp_path: Path) -> None:
    zeros = b"\0" * (64 << 20)
    bomb = make(tmp_path / "a.zip", ("a.pdf", zeros))
    small = tmp_path / "b.zip"
    small.write_bytes(lie(1000)(bomb.read_bytes()))
    squeezed = make(tmp_path / "c.zip", ("a.pdf", zeros), method=zipfile.ZIP_LZMA)
    tracemalloc.start()
    try:
        (told,), (lied,), (method,) = reasons(bomb), reasons(small), reasons(squeezed)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()
    assert told is not None
    assert "炸弹" in told
    assert lied is not None
    assert "已损坏" in lied
    assert method is not None
    assert "压缩方式" in method


def test_files_beyond_their_limit_are_told(tmp_path: Path) -> None:
    path = make(tmp_path / "a.zip", ("a.pdf", b"\0" * (2 << 20)))
    assert reasons(path, Limits(file_mb=1)) == ["文件超过 1 MB,没有读取,请压缩图片或拆分后再提交。"]


def test_a_list_of_too_many_files_is_not_even_read(tmp_path: Path) -> None:
    path = make(tmp_path / "a.zip", ("a.pdf", b""))
    content = path.read_bytes()
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entries = content[start:end] * 100_000
    tail = bytearray(content[end:])
    tail[8:16] = struct.pack("<HHI", 0xFFFF, 0xFFFF, len(entries))
    path.write_bytes(content[:start] + entries + tail)
    with pytest.raises(UnreadableError, match="文件太多"):
        Archive(path, limits=LIMITS)
    assert is_package(path, limits=LIMITS)


def test_documents_are_not_packages(tmp_path: Path) -> None:
    types = b'<Types><Override ContentType="application/x.wordprocessingml.document.main+xml"/></Types>'
    assert not is_package(make(tmp_path / "a.docx", ("[Content_Types].xml", types)), limits=LIMITS)
    assert not is_package(make(tmp_path / "a.ofd", ("OFD.xml", b"<OFD/>")), limits=LIMITS)
    bomb = make(tmp_path / "b.docx", ("[Content_Types].xml", b" " * 1000), method=zipfile.ZIP_LZMA)
    assert not is_package(bomb, limits=LIMITS)
    (tmp_path / "a.txt").write_bytes(b"PK")
    assert not is_package(tmp_path / "a.txt", limits=LIMITS)
    package = make(tmp_path / "a.zip", ("材料/a.docx", types), ("[Content_Types].xml/说明.txt", b""))
    assert is_package(package, limits=LIMITS)


def test_a_truncated_package_is_still_one_and_says_so(tmp_path: Path) -> None:
    path = make(tmp_path / "a.zip", ("a.pdf", b"1" * 1000))
    path.write_bytes(path.read_bytes()[:-30])
    assert is_package(path, limits=LIMITS)
    with pytest.raises(UnreadableError, match="压缩包已损坏"):
        Archive(path, limits=LIMITS)


@given(st.binary(max_size=300), st.integers(0, 200))
def test_a_fuzzed_zip_ends_in_members_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    path = make(tmp_path_factory.mktemp("fuzz") / "a.zip", ("附件/a.txt", b"abc" * 20), ("b.txt", b"b"))
    content = path.read_bytes()
    path.write_bytes(content[:at] + noise + content[at + len(noise) :])
    with suppress(UnreadableError):
        reasons(path)
