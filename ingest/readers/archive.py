"""ZIP packages: the files inside, under names that are safe to show, unpacked in pieces of one megabyte."""

import io
import re
import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.readers.kinds import kind_of

LINK = "这是指向别处的链接,没有读取,请提交文件本身。"
SPECIAL = "这不是普通文件(设备、管道等),没有读取。"
_ENCRYPTED = "压缩包里的文件已加密,请提供未加密的版本。"
_DAMAGED = "压缩包里的这个文件已损坏,解不开,请重新压缩后再提交。"
_METHOD = "压缩包用了不常见的压缩方式,这个文件解不开,请重新压缩为普通 ZIP 后再提交。"
_RATIO = "这个文件解开后大得异常(可能是压缩炸弹),没有解开。"
_BROKEN = "压缩包已损坏或不完整,打不开,请重新压缩后再提交。"
_NAMES = "压缩包里的文件名编码有误,打不开,请重新压缩后再提交。"
_CROWDED = "压缩包里的文件太多,没有解开,请分批压缩后再提交。"

MEGABYTE = 1 << 20
_START = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DIRECTORY = 4 * MEGABYTE  # of the list of files in a ZIP: some 40,000 names, 100 MB of memory
_OF_DOCUMENTS = {
    *("[content_types].xml", "mimetype", "ofd.xml", "word/document.xml"),
    *("xl/workbook.xml", "xl/workbook.bin", "ppt/presentation.xml", "index/document.iwa"),
}
_METHODS = (ZIP_STORED, ZIP_DEFLATED)  # only these can be unpacked in pieces of a known size
_LARGE = 10 * MEGABYTE
_ENCRYPTED_BIT, _UTF8_BIT = 0x1, 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP: version, CRC-32 of the plain name, the name in UTF-8
_FAULTS = (
    *(BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError, IndexError),
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a ZIP. `name` is a safe relative path, not always the only one of its kind; `size` in bytes
    unpacked, as the ZIP tells it; `reason` says why it is not to be unpacked."""

    name: str
    size: int
    reason: str | None
    part: ZipInfo


class Archive:
    """An open ZIP. Raises UnreadableError when it is damaged or lists too many files."""

    def __init__(self, path: Path, *, limits: Limits) -> None:
        self._file = _Directory(io.FileIO(path))
        try:
            self._zip = ZipFile(self._file)
        except _FAULTS as error:
            self._file.close()
            raise UnreadableError(_NAMES if isinstance(error, UnicodeDecodeError) else _BROKEN) from error
        except UnreadableError:
            self._file.close()
            raise
        self._limits = limits

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._file.close()

    def members(self) -> Iterator[Member]:
        """The files in the order of the ZIP, folders left out."""
        parts = self._zip.infolist()
        # One name that is no UTF-8 shows how all were written: some short names in GBK happen to be valid UTF-8.
        plain = b"\n".join(_raw(part) for part in parts if not part.flag_bits & _UTF8_BIT)
        for part in parts:
            name = _unicode_path(part) or decode(_raw(part), whole=plain if not part.flag_bits & _UTF8_BIT else None)
            if not name.endswith(("/", "\\")):
                yield Member(safe_name(name), part.file_size, self._reason(part), part)

    def chunks(self, member: Member) -> Iterator[bytes]:
        """The bytes of a file, never more than the ZIP told. Raises UnreadableError at the damaged place."""
        size = 0
        try:
            with self._zip.open(member.part) as stream:
                while chunk := stream.read(MEGABYTE):
                    size += len(chunk)
                    yield chunk
        except _FAULTS as error:
            raise UnreadableError(_DAMAGED) from error
        if size != member.size:
            raise UnreadableError(_DAMAGED)

    def document_parts(self) -> tuple[ZipInfo, ...]:
        """What says that this ZIP may be a document (.docx, .ofd, .odt) and not a package."""
        parts = self._zip.infolist()
        return tuple(part for part in parts if part.filename.replace("\\", "/").lower() in _OF_DOCUMENTS)

    def _reason(self, part: ZipInfo) -> str | None:
        mode = part.external_attr >> 16
        if stat.S_ISLNK(mode):
            return LINK
        if any(special(mode) for special in (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISBLK, stat.S_ISCHR)):
            return SPECIAL
        if part.flag_bits & _ENCRYPTED_BIT:
            return _ENCRYPTED
        if part.compress_type not in _METHODS:
            return _METHOD
        if part.file_size > self._limits.file_mb * MEGABYTE:
            return too_large(self._limits)
        if part.file_size > _LARGE and part.file_size > self._limits.ratio * part.compress_size:
            return _RATIO
        return None


def is_package(path: Path, *, limits: Limits) -> bool:
    """Whether a file is a ZIP to unpack, and not one of the documents that are ZIPs inside; also a damaged ZIP."""
    with path.open("rb") as file:
        if not file.read(4).startswith(_START):
            return False
    try:
        with Archive(path, limits=limits) as archive:
            parts = archive.document_parts()
    except UnreadableError as error:
        if str(error) == _CROWDED:
            return True
    else:
        if not parts:
            return True
        if any(part.compress_type not in _METHODS for part in parts):
            return False
    return path.stat().st_size <= limits.file_mb * MEGABYTE and kind_of(path.read_bytes()) == "archive"


def too_large(limits: Limits) -> str:
    """The reason of a file beyond `Limits.file_mb`."""
    return f"文件超过 {limits.file_mb} MB,没有读取,请压缩图片或拆分后再提交。"


def too_much(limits: Limits) -> str:
    """The reason of a file that no longer fits into `Limits.unpacked_mb`."""
    return f"申报包的文件合计超过 {limits.unpacked_mb} MB,这个文件没有读取,请分批提交。"


def decode(name: bytes, *, whole: bytes | None = None) -> str:
    """A file name in UTF-8 or, where that does not fit `whole` (the name itself if None), in GB18030."""
    try:
        (name if whole is None else whole).decode("utf-8")
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def safe_name(name: str) -> str:
    """`name` as a relative path with "/": no drive, no root, no "..", nothing invisible or turning the text around."""
    shown = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C")
    parts = re.sub(r"^[A-Za-z]:", "", shown.replace("\\", "/")).split("/")
    return "/".join(part.strip() for part in parts if part.strip() not in ("", ".", "..")) or "未命名"


class _Directory(io.BufferedReader):
    """A ZIP whose list of files is read at once by zipfile, and refused beforehand when that would cost too much."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > _DIRECTORY:
            raise UnreadableError(_CROWDED)
        return super().read(size)


def _raw(part: ZipInfo) -> bytes:
    """The name as it stands in the ZIP; zipfile reads what is not marked as UTF-8 as code page 437."""
    return part.orig_filename.encode("utf-8" if part.flag_bits & _UTF8_BIT else "cp437")


def _unicode_path(part: ZipInfo) -> str | None:
    extra, at = part.extra, 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_PATH and len(field) > 5 and int.from_bytes(field[1:5], "little") == zlib.crc32(_raw(part)):
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
        at += 4 + length
    return None
