"""Copying one file of a package, hashed as it is copied, whatever happens to it meanwhile."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from ingest.errors import StorageError, UnreadableError
from ingest.limits import Limits
from ingest.readers.archive import LINK, MEGABYTE, SPECIAL, too_large, too_much

_GONE = "文件不存在,或在读取时被移走、删除了,请重新提交。"
_FORBIDDEN = "没有权限打开这个文件,请调整权限后再提交。"
_FAILED = "文件读不出来,请检查它所在的磁盘或网络盘。"
# A pipe must not make us wait for its writer, a link put in the file's place must not be followed.
_FLAGS = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_NOCTTY", "O_BINARY"))


@dataclass(frozen=True, slots=True)
class Copied:
    """A file under a temporary name; `sha256` and `size` are those of the bytes that lie there."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Room:
    """The bytes that are left for the plain files of a package, and for its ZIPs as they lie there."""

    plain: int
    packed: int


def copy(source: Path, folder: Path, *, room: Room, limits: Limits) -> Copied:
    """A copy of `source` in `folder`; of a file that changes meanwhile the second copy. Raises UnreadableError with
    a reason, StorageError when the copy cannot be written."""
    copied, changed = _copy_once(source, folder, room, limits)
    if changed:
        copied.path.unlink()
        copied, _ = _copy_once(source, folder, room, limits)
    return copied


def write(chunks: Iterable[bytes], folder: Path) -> Copied:
    """What `chunks` yields, as a file in `folder`. Raises StorageError, and whatever `chunks` raises."""
    digest, size, path = hashlib.sha256(), 0, None
    try:
        handle, name = mkstemp(dir=folder)
        path = Path(name)
        with open(handle, "wb", buffering=0) as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                _write_all(file.fileno(), chunk)
    except BaseException as error:
        if path is not None:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StorageError(full_or_forbidden(error)) from error
        raise
    return Copied(path, digest.hexdigest(), size)


def flush(path: Path) -> None:
    """Wait until a file is on the disk. Raises StorageError."""
    try:
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError(full_or_forbidden(error)) from error


def full_or_forbidden(error: OSError) -> str:
    """The sentence for a failed write."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "磁盘已满,材料没有存下,请清理磁盘后再试。"
    return "材料存不到数据目录,请确认它有权限写入、磁盘没有损坏。"


def why_not(error: OSError) -> str:
    """The reason for a file or folder that cannot be opened."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE):
        return _GONE
    if error.errno == errno.ELOOP:
        return LINK
    if error.errno in (errno.ENXIO, errno.ENODEV):  # a socket
        return SPECIAL
    return _FORBIDDEN if isinstance(error, PermissionError) else _FAILED


def _copy_once(source: Path, folder: Path, room: Room, limits: Limits) -> tuple[Copied, bool]:
    """The copy, and whether `source` became another while it was made."""
    try:
        if not stat.S_ISREG(mode := source.lstat().st_mode):
            raise UnreadableError(LINK if stat.S_ISLNK(mode) else SPECIAL)
        opened = os.open(source, _FLAGS)
    except OSError as error:
        raise UnreadableError(why_not(error)) from error
    try:
        before = os.fstat(opened)
        if not stat.S_ISREG(before.st_mode):
            raise UnreadableError(SPECIAL)
        copied = write(_chunks(opened, before.st_size, room, limits), folder)
    finally:
        os.close(opened)
    try:
        after = source.lstat()
    except OSError as error:
        copied.path.unlink()
        raise UnreadableError(why_not(error)) from error
    return copied, _state(before) != _state(after) or copied.size != after.st_size


def _state(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _chunks(opened: int, size: int, room: Room, limits: Limits) -> Iterator[bytes]:
    """The bytes of an open file of `size`, refused at once when they are too many, or as soon as they are."""
    read = 0
    try:
        while chunk := os.read(opened, MEGABYTE):
            if read == 0:
                packed = chunk.startswith(b"PK\x03\x04")
            read += len(chunk)
            # A ZIP may be as large as its files may be together.
            if max(size, read) > (room.packed if packed else min(room.plain, limits.file_mb * MEGABYTE)):
                alone = limits.unpacked_mb if packed else limits.file_mb
                raise UnreadableError((too_large if max(size, read) > alone * MEGABYTE else too_much)(limits))
            yield chunk
    except OSError as error:
        raise UnreadableError(why_not(error)) from error


def _write_all(handle: int, chunk: bytes) -> None:
    written = 0
    while written < len(chunk):
        written += os.write(handle, memoryview(chunk)[written:])
