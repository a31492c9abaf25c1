"""Files to materials: each is read in a child process, and pages without words of their own are recognised."""

import errno
import hashlib
import stat
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableError
from ingest.isolated import read_file, recognise_picture
from ingest.limits import Limits
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
_Picture = tuple[int, int]
"""The place of a page in its file's pages, and the number of a picture that belongs to it."""


class _Reading:
    """One file on its way: what its reader returned, and what was recognised of it so far."""

    def __init__(self, path: Path, name: str, sha256: str) -> None:
        self.name = name
        self._path = path
        self._size = 0
        with suppress(OSError):  # the child that reads it says what became of it
            self._size = path.stat().st_size
        self._sha256 = sha256
        self._is_open = False
        self._reason: str | None = None
        self.pictures = 0
        self._kind: Kind = "unknown"
        self._contents = Contents(())
        self.waiting: list[_Picture] = []
        """Pictures whose recognition has not been started, in the order of the pages."""
        self._pending: dict[Future[_Recognised], _Picture] = {}
        self._recognised: dict[_Picture, _Recognised] = {}
        self._failed: dict[_Picture, str] = {}
        self._left: list[_Picture] = []

    @property
    def pending(self) -> int:
        """Pictures that are still to be recognised."""
        return len(self._pending) + len(self.waiting)

    @property
    def done(self) -> bool:
        """Whether nothing of the file is to come any more."""
        return self._is_open and not self.pending

    def opened(self, future: Future[tuple[Kind, Contents]], sandbox: Sandbox) -> None:
        """Take what the reader returned."""
        self._is_open = True
        try:
            self._kind, self._contents = sandbox.outcome(future)
        except UnreadableError as error:
            self._reason = str(error)
            return
        self.waiting = [(place, number) for place, numbers in self._contents.scans.items() for number in numbers]
        self.pictures = len(self.waiting)

    def start(self, count: int, sandbox: Sandbox) -> list[Future[_Recognised]]:
        """Start the recognition of the next `count` pictures that wait."""
        begun: list[Future[_Recognised]] = []
        for place, number in self.waiting[:count]:
            given = (self._path, self._kind, number, self._contents.pages[place].number, sandbox.limits)
            begun.append(sandbox.start(recognise_picture, *given, lasting=True))
            self._pending[begun[-1]] = (place, number)
        del self.waiting[:count]
        return begun

    def leave(self) -> None:
        """The pictures that wait are too many for the package: they stay unread, and the material says so."""
        self._left, self.waiting = self.waiting, []
        self.pictures -= len(self._left)

    def recognised(self, future: Future[_Recognised], sandbox: Sandbox) -> None:
        """Take one recognised picture."""
        key = self._pending.pop(future)
        try:
            self._recognised[key] = sandbox.outcome(future)
        except UnreadableError as error:
            self._failed[key] = str(error)

    def material(self, limits: Limits) -> Material:
        """What is known of the file, with the recognised words at their place."""
        sha256, size = self._sha256, self._size
        scanned = {place for place, _ in self._recognised}
        pages, remarks = self._pages(), list(self._contents.remarks)
        unseen = bool(self._left) and not self._recognised
        if (self._failed or unseen) and not any(page.text for page in pages):
            self._reason = next(iter(self._failed.values()), f"{_too_many(limits)},这个文件没有识别,请分批提交。")
        if self._reason is not None:
            return Material(self.name, self._kind, "unreadable", sha256, size, reason=self._reason)
        for key in sorted(self._recognised):
            remarks += self._recognised[key][1]
        for (place, _), reason in sorted(self._failed.items()):
            remarks.append(Remark("incomplete", f"有一处图像没有识别:{reason}", page=pages[place].number))
        if self._left:
            first = pages[self._left[0][0]].number
            where = f"从第{first}页起" if isinstance(first, int) else ""
            message = f"{_too_many(limits)},{where}有 {len(self._left)} 页(幅)没有识别,请分批提交或人工查看原件。"
            remarks.append(Remark("incomplete", message, page=first))
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
    """The materials of `files` (sha256 → path, name), each when it is done. Whatever a file holds, it gets one.

    Of more pictures than may be recognised every file gets its share, the first ones of each, so that one thick scan
    takes nothing from a licence behind it; which are read depends on the files alone.
    """
    readings = {
        sandbox.start(read_file, path, name, sandbox.limits): _Reading(path, name, sha256)
        for sha256, (path, name) in files.items()
    }
    pending: dict[Future[Any], _Reading] = dict(readings)
    unopened, unfinished = len(readings), dict.fromkeys(readings.values())
    sure = sandbox.limits.ocr_pages // max(len(files), 1)  # pictures of each file that can begin at once
    try:
        while pending:
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                reading = pending.pop(future)
                if future in readings:
                    reading.opened(future, sandbox)
                    unopened -= 1
                    pending |= dict.fromkeys(reading.start(sure, sandbox), reading)
                    if not unopened:
                        pending |= _rest(list(readings.values()), sure, sandbox)
                else:
                    reading.recognised(future, sandbox)
                finished = [each for each in unfinished if each.done]
                for each in finished:
                    del unfinished[each]
                done = len(files) - len(unfinished)
                progress(Step(reading.name, done, len(files), reading.pictures - reading.pending, reading.pictures))
                for each in finished:
                    yield each.material(sandbox.limits)
    finally:  # whoever is told of the progress may stop it by an exception
        for future in pending:
            future.cancel()


def _rest(readings: Sequence[_Reading], sure: int, sandbox: Sandbox) -> dict[Future[_Recognised], _Reading]:
    """Start what may be recognised beyond the `sure` pictures of each file, once all files are opened, and leave what
    is too many."""
    begun: dict[Future[_Recognised], _Reading] = {}
    shares = _shares([reading.pictures for reading in readings], sandbox.limits.ocr_pages)
    for reading, share in zip(readings, shares, strict=True):
        begun |= dict.fromkeys(reading.start(max(0, share - sure), sandbox), reading)
        reading.leave()
    return begun


def _shares(counts: Sequence[int], limit: int) -> list[int]:
    """How many of each file's pictures are recognised: all, or as many as of every other file that has as many."""
    if sum(counts) <= limit:
        return list(counts)
    each = bisect_right(range(max(counts)), limit, key=lambda most: sum(min(count, most) for count in counts)) - 1
    shares = [min(count, each) for count in counts]
    over = limit - sum(shares)
    for place in [place for place, count in enumerate(counts) if count > each][:over]:
        shares[place] += 1
    return shares


def _too_many(limits: Limits) -> str:
    return f"超出识别页数上限(一份申报材料 {limits.ocr_pages} 页)"


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
