"""A package of an applicant, as it was sent → its files side by side under their hashes, safe to read."""

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from ingest.errors import StorageError, UnreadableError
from ingest.limits import Limits
from ingest.readers.archive import LINK, MEGABYTE, Archive, Member, decode, is_package, safe_name, too_large, too_much
from ingest.staging_copy import Copied, Room, copy, flush, full_or_forbidden, why_not, write

_SYSTEM = re.compile(
    r"\.ds_store|thumbs\.db|ehthumbs\.db|desktop\.ini|__macosx|\._.*|~\$.*|\.~lock\..*#", re.IGNORECASE
)
_NESTED = "压缩包套了太多层,里层没有解开,请解开后再提交。"
_EMPTY = "压缩包里没有文件。"
_LISTED = 10  # times as many files as may be read are named one by one


@dataclass(frozen=True, slots=True)
class Staged:
    """A file of a package. `name` is its path in the package with "/", those of a ZIP under the name of the ZIP; the
    bytes lie in the folder under `sha256`, or `reason` says in one Chinese sentence why they do not."""

    name: str
    sha256: str | None
    size: int
    reason: str | None


def stage(paths: Sequence[Path], folder: Path, *, limits: Limits) -> tuple[Staged, ...]:
    """Copy the files of one package (a folder, a ZIP, or any files and folders) into `folder`, which is the package's
    own. In natural order: 附件2 before 附件10. Raises StorageError, and takes back what it had staged."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".incoming-", ignore_cleanup_errors=True) as scratch:
            package = _Package(folder, Path(scratch), limits)
            try:
                for name, path, reason in sorted(_listed(paths, folder), key=lambda found: _natural(found[0])):
                    package.add_file(name, path, reason)
                package.unpack()
            except BaseException:
                package.take_back()
                raise
    except OSError as error:
        raise StorageError(full_or_forbidden(error)) from error
    return package.result()


class _Package:
    """What has been staged so far, and what may still be. ZIPs wait until all plain files are staged, so that a bomb
    among them costs no other file its place."""

    def __init__(self, folder: Path, scratch: Path, limits: Limits) -> None:
        self._folder, self._scratch, self._limits = folder, scratch, limits
        self._left = self._packed_left = limits.unpacked_mb * MEGABYTE
        self._waiting: list[tuple[str, Copied, int]] = []
        self._opened = 0
        self._found: dict[str, tuple[tuple[str, ...], int, Staged]] = {}
        self._copies: dict[str, int] = {}
        self._unlisted: list[str] = []
        self._made: list[Path] = []

    def add_file(self, name: str, path: Path, reason: str | None) -> None:
        if self._refused(name, 0, reason):
            return
        try:
            room = Room(self._left, self._packed_left)
            self._place(name, copy(path, self._scratch, room=room, limits=self._limits), depth=0)
        except UnreadableError as error:
            self._note(name, None, 0, str(error))

    def unpack(self) -> None:
        """Stage what is in the ZIPs, and in the ZIPs in them."""
        while self._waiting:
            name, copied, depth = self._waiting.pop(0)
            self._opened += 1
            try:
                with Archive(copied.path, limits=self._limits) as archive:
                    members = [member for member in archive.members() if not _is_system(member.name)]
                    for member in sorted(members, key=lambda member: _natural(member.name)):
                        self._add_member(f"{name}/{member.name}", archive, member, depth)
                if not members:
                    self._note(name, None, copied.size, _EMPTY)
            except UnreadableError as error:
                self._note(name, None, copied.size, str(error))
            copied.path.unlink()

    def take_back(self) -> None:
        for path in self._made:
            with suppress(OSError):
                path.unlink()

    def result(self) -> tuple[Staged, ...]:
        told = [staged for _, _, staged in sorted(self._found.values(), key=lambda found: found[:2])]
        if self._unlisted:
            reason = f"从这个文件起,还有 {len(self._unlisted)} 个文件没有读取,也不一一列出,请分批提交。"
            told.append(Staged(self._unlisted[0], None, 0, reason))
        return tuple(told)

    def _add_member(self, name: str, archive: Archive, member: Member, depth: int) -> None:
        if self._refused(name, member.size, member.reason):
            return
        self._left -= member.size  # also of a damaged one: unpacking it costs as much
        try:
            copied = write(archive.chunks(member), self._scratch)
        except UnreadableError as error:
            self._note(name, None, member.size, str(error))
            return
        self._place(name, copied, depth=depth + 1)

    def _refused(self, name: str, size: int, reason: str | None) -> bool:
        """Whether a file is not to be read, for its own `reason` or as one too many; then that is noted."""
        limits = self._limits
        if len(self._found) >= limits.files:
            reason = f"申报包里超过 {limits.files} 个文件,这个文件没有读取,请分批提交。"
        elif reason is None and size > self._left:
            reason = too_much(self._limits)
        if reason is not None:
            self._note(name, None, size, reason)
        return reason is not None

    def _place(self, name: str, copied: Copied, *, depth: int) -> None:
        """Move a copied file to where it is read from; a ZIP waits to be unpacked."""
        if is_package(copied.path, limits=self._limits):
            if depth > self._limits.nesting or self._opened + len(self._waiting) >= self._limits.files:
                copied.path.unlink()
                self._note(name, None, copied.size, _NESTED)
            else:
                self._waiting.append((name, copied, depth))
                self._packed_left -= 0 if depth else copied.size
            return
        left = self._left if depth else self._left - copied.size  # members are counted before they are unpacked
        if left < 0 or copied.size > self._limits.file_mb * MEGABYTE:
            copied.path.unlink()
            self._note(name, None, copied.size, too_much(self._limits) if left < 0 else too_large(self._limits))
            return
        self._left = left
        target = self._folder / copied.sha256
        if not target.exists() or target.stat().st_size != copied.size:  # cut off by a crash of the machine
            self._made.append(target)
            flush(copied.path)  # what is listed as staged must be there even when the machine stops
            os.replace(copied.path, target)
        else:
            copied.path.unlink()
        self._note(name, copied.sha256, copied.size, None)

    def _note(self, name: str, sha256: str | None, size: int, reason: str | None) -> None:
        if len(self._found) >= _LISTED * self._limits.files:
            self._unlisted.append(name)
            return
        path, number, free = PurePosixPath(name), self._copies.get(name, 1), name
        while free in self._found:
            number += 1
            free = f"{path.with_suffix('')}({number}){path.suffix}"
        self._copies[name] = number
        self._found[free] = (_natural(name), number, Staged(free, sha256, size, reason))


def _listed(paths: Sequence[Path], folder: Path) -> Iterator[tuple[str, Path, str | None]]:
    """The name, path and, where there is one at once, the reason of each file; those of a single folder are named
    from that folder on."""
    open_folders: list[tuple[str, Path]] = []
    for path in paths:
        name = shown_name(path)
        if os.path.isdir(path) and not path.is_symlink():  # Path.is_dir() raises where it may not look
            open_folders.append(("" if len(paths) == 1 else f"{name}/", path))
        elif not _is_system(name):
            yield name, path, None
    own = folder.stat()
    while open_folders:
        above, path = open_folders.pop()
        try:
            if os.path.samestat(path.stat(), own):
                continue
            with os.scandir(path) as entries:
                for entry in entries:
                    name = above + _name(entry.name)
                    if _is_system(name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        open_folders.append((f"{name}/", path / entry.name))
                    else:
                        yield name, path / entry.name, LINK if entry.is_symlink() else None
        except OSError as error:
            yield above.rstrip("/") or _name(path.name), path, why_not(error)


def shown_name(path: Path) -> str:
    """The name of a file on this machine's disk as it is shown, also one that was written in GBK."""
    return _name(path.name or path.resolve().name)


def _name(name: str) -> str:
    return safe_name(decode(os.fsencode(name)).replace("\\", "_"))


def _is_system(name: str) -> bool:
    """Whether an operating system or an office program left this file, and no person sees it."""
    return any(_SYSTEM.fullmatch(part) for part in name.split("/"))


def _natural(name: str) -> tuple[str, ...]:
    """What sorts names as people do, numbers by their value."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return tuple(re.sub(r"\d+", lambda digits: digits[0].zfill(20), part) for part in plain.split("/"))
