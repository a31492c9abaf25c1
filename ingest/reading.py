"""Files to materials: each is read in a child process, and pages without words of their own are recognised."""

import errno
import hashlib
import stat
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableError
from ingest.isolated import read_file, recognise_picture
from ingest.materials import Contents, Kind, Material, Page, Remark, Status
from ingest.ocr_merge import merge
from ingest.readers.archive import MEGABYTE, SPECIAL, too_large
from ingest.sandbox import Sandbox
from ingest.staging import shown_name


@dataclass(frozen=True, slots=True)
class Step:
    """How far reading is: `files` of `of_files` are done; of the file `name`, `pages` of `of_pages` pages that need
    recognition are done."""

    name: str
    files: int
    of_files: int
    pages: int = 0
    of_pages: int = 0


Progress = Callable[[Step], None]
_Recognised = tuple[Page, tuple[Remark, ...]]


class _Reading:
    """One file on its way: what its reader returned, and what was recognised of it so far, by (page, picture)."""

    def __init__(self, path: Path, name: str, sha256: str) -> None:
        self.name = name
        self._path = path
        self._size = 0
        with suppress(OSError):  # the child that reads it says what became of it
            self._size = path.stat().st_size
        self._sha256 = sha256
        self._reason: str | None = None
        self.pictures = 0
        self._kind: Kind = "unknown"
        self._contents = Contents(())
        self._pending: dict[Future[_Recognised], tuple[int, int]] = {}
        self._recognised: dict[tuple[int, int], _Recognised] = {}
        self._failed: dict[tuple[int, int], str] = {}

    @property
    def pending(self) -> int:
        """Pictures that are still to be recognised."""
        return len(self._pending)

    def opened(self, future: Future[tuple[Kind, Contents]], sandbox: Sandbox) -> list[Future[_Recognised]]:
        """Take what the reader returned; the recognitions that have been started for it."""
        try:
            self._kind, self._contents = sandbox.outcome(future)
        except UnreadableError as error:
            self._reason = str(error)
            return []
        for place, numbers in self._contents.scans.items():
            page = self._contents.pages[place].number
            for number in numbers:
                given = (self._path, self._kind, number, page, sandbox.limits)
                self._pending[sandbox.start(recognise_picture, *given, lasting=True)] = (place, number)
        self.pictures = len(self._pending)
        return list(self._pending)

    def recognised(self, future: Future[_Recognised], sandbox: Sandbox) -> None:
        """Take one recognised picture."""
        key = self._pending.pop(future)
        try:
            self._recognised[key] = sandbox.outcome(future)
        except UnreadableError as error:
            self._failed[key] = str(error)

    def material(self) -> Material:
        """What is known of the file, with the recognised words at their place."""
        sha256, size = self._sha256, self._size
        scanned = {place for place, _ in self._recognised}
        pages, remarks = self._pages(), list(self._contents.remarks)
        if self._failed and not any(page.text for page in pages):
            self._reason = next(iter(self._failed.values()))
        if self._reason is not None:
            return Material(self.name, self._kind, "unreadable", sha256, size, reason=self._reason)
        for key in sorted(self._recognised):
            remarks += self._recognised[key][1]
        for (place, _), reason in sorted(self._failed.items()):
            remarks.append(Remark("incomplete", f"有一处图像没有识别:{reason}", page=pages[place].number))
        if not any(page.text for page in pages):
            remarks.append(Remark("incomplete", "没有读到文字,请人工查看原件。"))
        elif blank := [page.number for place, page in enumerate(pages) if place in scanned and not page.text]:
            remarks += [
                Remark("incomplete", f"第{number}页没有读到文字,请人工查看原件。", page=number) for number in blank
            ]
        status: Status = "ocr" if any(page.ocr for page in pages) else "read"
        return Material(self.name, self._kind, status, sha256, size, pages=pages, remarks=tuple(remarks))

    def _pages(self) -> tuple[Page, ...]:
        pages = list(self._contents.pages)
        for place, number in sorted(self._recognised):
            found = self._recognised[place, number][0]
            alone = len(self._contents.scans[place]) == 1 and not pages[place].text.strip()
            pages[place] = found if alone else merge(pages[place], found)
        return tuple(pages)


def read_files(files: Mapping[str, tuple[Path, str]], *, sandbox: Sandbox, progress: Progress) -> Iterator[Material]:
    """The materials of `files` (sha256 → path, name), each when it is done. Whatever a file holds, it gets one."""
    readings = {
        sandbox.start(read_file, path, name, sandbox.limits): _Reading(path, name, sha256)
        for sha256, (path, name) in files.items()
    }
    pending: dict[Future[Any], _Reading] = dict(readings)
    done = 0
    try:
        while pending:
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                reading = pending.pop(future)
                if future in readings:
                    pending |= dict.fromkeys(reading.opened(future, sandbox), reading)
                else:
                    reading.recognised(future, sandbox)
                done += not reading.pending
                progress(Step(reading.name, done, len(files), reading.pictures - reading.pending, reading.pictures))
                if not reading.pending:
                    yield reading.material()
    finally:  # whoever is told of the progress may stop it by an exception
        for future in pending:
            future.cancel()


def read_one(path: Path, *, sandbox: Sandbox, progress: Progress) -> Material:
    """One file by itself. Raises UnreadableError when there is no such file."""
    name = shown_name(path)
    try:
        found = path.stat()  # before it is opened: a pipe would wait for its writer
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, "a folder", str(path))
        reason = None if stat.S_ISREG(found.st_mode) else SPECIAL
        if found.st_size > sandbox.limits.file_mb * MEGABYTE:
            reason = too_large(sandbox.limits)
        if reason is not None:
            return Material(name, "unknown", "unreadable", "", found.st_size, reason=reason)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        raise UnreadableError(f"读不到文件“{name}”,请确认它存在并且有权限打开。") from error
    return next(read_files({sha256: (path, name)}, sandbox=sandbox, progress=progress))
