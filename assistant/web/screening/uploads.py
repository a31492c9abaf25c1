"""Where uploaded files lie until they are read: a folder for each visit, gone when the visit ends."""

import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from ingest.errors import AssistantError, StorageError, UsageError
from ingest.limits import Limits
from ingest.readers.archive import MEGABYTE, safe_name

ADDRESS = "/uploads"
_KEY = re.compile(r"[0-9a-f]{32}")
_PART = 80  # characters of one part of a name; file systems take 255 bytes
_DEPTH = 8
_VISIT = 4  # times what one package may hold unpacked, for all that waits in one visit


class Uploads:
    """The uploads of all visits, in `folder`. For many threads."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        self._limits = limits
        self._root = folder
        self._visits: dict[str, int] = {}
        self._mutex = threading.Lock()

    def begin(self) -> str:
        """A new visit: 32 hexadecimal digits that nobody else knows."""
        visit = uuid4().hex
        with self._mutex:
            self._visits[visit] = 0
        return visit

    def end(self, visit: str) -> None:
        """Delete what the visit has uploaded; nothing more can be."""
        with self._mutex:
            self._visits.pop(visit, None)
        if _KEY.fullmatch(visit):
            shutil.rmtree(self._root / visit, ignore_errors=True)

    def package(self, visit: str, key: str) -> Path:
        """The folder of the files that were uploaded as one package. Raises UsageError when there is none."""
        folder = self._place(visit, key)
        if not folder.is_dir():
            raise UsageError("没有收到这个申报包的文件,请重新上传。")
        return folder

    def drop(self, visit: str, key: str) -> None:
        """Delete the files of a package, also when the visit is over."""
        if _KEY.fullmatch(visit) and _KEY.fullmatch(key):
            shutil.rmtree(self._root / visit / key, ignore_errors=True)

    def reserve(self, visit: str, key: str, name: str) -> Path:
        """An empty file for an upload; of `name`, which a browser sent, only what is harmless in a name is used.

        Raises UsageError for an unknown visit or too many files, StorageError when there is no room.
        """
        folder = self._place(visit, key)
        parts = [part[-_PART:] for part in safe_name(name).split("/")[-_DEPTH:]]
        with self._mutex:
            if folder.is_dir() and sum(1 for path in folder.rglob("*") if path.is_file()) >= self._limits.files:
                raise UsageError(f"一个申报包最多 {self._limits.files} 个文件,请分批上传。")
            path, number = folder.joinpath(*parts), 1
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                while path.exists():
                    number += 1
                    path = path.with_name(f"{Path(parts[-1]).stem}({number}){Path(parts[-1]).suffix}")
                path.touch(0o600, exist_ok=False)
            except OSError as error:
                raise StorageError("上传的文件没有保存成功,请检查磁盘空间后再试。") from error
        return path

    def count(self, visit: str, size: int, *, taken: int) -> None:
        """Note `size` more bytes of a file of which `taken` have come. Raises UsageError beyond a limit."""
        if taken > self._limits.file_mb * MEGABYTE:
            raise UsageError(f"文件超过 {self._limits.file_mb} MB,请压缩或拆分后再上传。")
        with self._mutex:
            if visit not in self._visits:
                raise UsageError("页面已过期,请刷新后重新上传。")
            self._visits[visit] += size
            if self._visits[visit] > _VISIT * self._limits.unpacked_mb * MEGABYTE:
                raise UsageError("这次上传的文件太多,请刷新页面后分批上传。")

    def _place(self, visit: str, key: str) -> Path:
        if visit not in self._visits or not _KEY.fullmatch(key):
            raise UsageError("页面已过期,请刷新后重新上传。")
        return self._root / visit / key


def upload_routes(uploads: Uploads, left: Callable[[str], None]) -> APIRouter:
    """`PUT /uploads/{visit}/{package}?name=…` with the bytes of one file: 204, or 4xx with one sentence;
    `DELETE /uploads/{visit}` when the visitor leaves the page: 204, and `left` is called with the visit."""
    router = APIRouter()

    @router.put(ADDRESS + "/{visit}/{package}")
    async def upload(visit: str, package: str, name: str, request: Request) -> Response:
        path: Path | None = None
        try:
            path = uploads.reserve(visit, package, name)
            taken = 0
            with path.open("wb") as file:
                async for part in request.stream():
                    taken += len(part)
                    uploads.count(visit, len(part), taken=taken)
                    file.write(part)
        except (AssistantError, OSError) as error:
            told = str(error) if isinstance(error, AssistantError) else "上传的文件没有保存成功,请检查磁盘空间后再试。"
            if path is not None:
                path.unlink(missing_ok=True)
            return Response(told, 413 if path else 400, media_type="text/plain; charset=utf-8")
        except BaseException:  # the visitor went away half-way
            if path is not None:
                path.unlink(missing_ok=True)
            raise
        return Response(status_code=204)

    @router.delete(ADDRESS + "/{visit}")
    async def leave(visit: str) -> Response:
        await run_in_threadpool(left, visit)
        return Response(status_code=204)

    return router
