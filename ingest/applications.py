"""Applications on disk: uploaded files, what was read in them, and their chunks in a Chroma of their own.

An application is one folder, so that deleting it leaves nothing behind: `files/` (by sha256), `materials/`, `chroma/`,
`staged.json` (the upload is complete) and `application.json` (it is read and can be searched: the commit point). What a
crash left without the first is swept at the next opening; what it left without the second can be finished.
"""

import contextlib
import errno
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock, Timeout

from ingest.embeddings import Embedder
from ingest.errors import StorageError, UsageError
from ingest.limits import Limits
from ingest.material_files import load_material, save_material, write_json
from ingest.material_index import MaterialIndex, drop_index
from ingest.materials import Application, Material
from ingest.staging import Staged, stage

_ID = re.compile(r"[0-9a-f]{32}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_GONE = ".deleted-"
_STAGED, _READ = "staged.json", "application.json"


class Applications:
    """The applications in `folder`, for many threads and processes. `url` names a Chroma server instead of the one in
    each application's folder; without an embedder chunks are not embedded."""

    def __init__(self, folder: Path, *, embedder: Embedder | None, url: str | None) -> None:
        self._folder = folder
        self._embedder = embedder
        self._url = url
        with _writing(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(exist_ok=True, mode=0o700)  # materials are nobody else's business
            (folder / ".locks").mkdir(exist_ok=True, mode=0o700)
            self._sweep()

    def ids(self) -> tuple[str, ...]:
        """The applications that can be opened, oldest first."""
        return self._with(_READ)

    def unfinished(self) -> tuple[str, ...]:
        """The applications that were uploaded whole and not read to the end, oldest first."""
        read = set(self.ids())
        return tuple(found for found in self._with(_STAGED) if found not in read)

    def get(self, application_id: str) -> Application:
        """Raises UsageError when there is no such application, StorageError when its files were damaged."""
        self._known(application_id, _READ)
        return self.assembled(application_id)

    def assembled(self, application_id: str) -> Application:
        """The application, all of whose files have been read, but which need not be committed. Raises as `get`."""
        folder = self._known(application_id, _STAGED)
        try:
            told = self._told(application_id)
            materials = tuple(_material(folder / "materials", each) for each in self.staged(application_id))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StorageError(_damaged(application_id)) from error
        return Application(application_id, told["title"], datetime.fromisoformat(told["created"]), materials)

    def stage(self, paths: Sequence[Path], *, title: str, limits: Limits) -> str:
        """Take in the files of a package; the id of the new application, still to be read. Raises StorageError, and
        UsageError when there are none."""
        application_id = uuid4().hex
        folder = self._folder / application_id
        with self.alone(application_id), _writing(folder):
            try:
                for made in (folder, folder / "files", folder / "materials"):
                    made.mkdir(mode=0o700)
                staged = _unwrapped(paths, stage(paths, folder / "files", limits=limits))
                if not staged:
                    raise UsageError("申报包里没有文件,请选择要提交的文件。")
                created = datetime.now(UTC).isoformat()
                files = [asdict(each) for each in staged]
                write_json(folder / _STAGED, {"title": title, "created": created, "files": files})
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        return application_id

    def staged(self, application_id: str) -> tuple[Staged, ...]:
        """The files of the package. Raises UsageError when there is no such application, StorageError when its list
        was damaged."""
        try:
            return tuple(Staged(**each) for each in self._told(application_id)["files"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StorageError(_damaged(application_id)) from error

    def file(self, application_id: str, sha256: str) -> Path:
        """The uploaded file with this hash. Raises UsageError when the application has none."""
        path = self._known(application_id, _STAGED) / "files" / sha256
        if not _SHA256.fullmatch(sha256) or not path.is_file():
            raise UsageError("这份申报里没有这个文件。")
        return path

    def kept(self, application_id: str, sha256: str) -> Material | None:
        """What was read before of the file with this hash, also in an unfinished application."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # damaged: it is read again
            return load_material(self._known(application_id, _STAGED) / "materials", sha256)
        return None

    def keep(self, application_id: str, material: Material) -> None:
        """Write down what was read of a file. Raises StorageError."""
        folder = self._known(application_id, _STAGED)
        with _writing(folder):
            save_material(material, folder / "materials")

    def commit(self, application_id: str) -> None:
        """Say that all files were read and embedded. Raises StorageError."""
        folder = self._known(application_id, _STAGED)
        with _writing(folder):
            write_json(folder / _READ, {"files": len(self._told(application_id)["files"])})

    def index(self, application_id: str) -> MaterialIndex | None:
        """The vectors of an application, for a `with`; None without an embedder. Raises SearchIndexError."""
        if self._embedder is None:
            return None
        folder = self._known(application_id, _STAGED) / "chroma"
        return MaterialIndex(folder, application_id, url=self._url, embedder=self._embedder)

    def delete(self, application_id: str) -> None:
        """Delete an application and all that was made of it. Raises UsageError, SearchIndexError, StorageError."""
        folder = self._known(application_id, _STAGED)
        with self.alone(application_id), _writing(folder):
            (folder / _READ).unlink(missing_ok=True)  # killed from here on, it is unfinished and not without an index
            if self._url:
                drop_index(application_id, url=self._url)
            gone = self._folder / f"{_GONE}{application_id}"
            folder.rename(gone)
            shutil.rmtree(gone)

    @contextlib.contextmanager
    def alone(self, application_id: str) -> Iterator[None]:
        """Keep other processes from changing the application meanwhile. Raises UsageError when one already does, and
        StorageError when that cannot be found out."""
        if not _ID.fullmatch(application_id):
            raise UsageError(_unknown(application_id))
        lock = FileLock(self._folder / ".locks" / f"{application_id}.lock", timeout=0)
        try:
            with _writing(self._folder):
                lock.acquire()
        except Timeout:
            raise UsageError("这份申报正在处理中,请稍后再试。") from None
        try:
            yield
        finally:
            if not (self._folder / application_id).exists():
                with contextlib.suppress(OSError):
                    Path(lock.lock_file).unlink()
            lock.release()

    def _sweep(self) -> None:
        """Delete what a crash left: half-deleted applications, and uploads that were not complete and go on nowhere."""
        for gone in self._folder.glob(f"{_GONE}*"):
            shutil.rmtree(gone, ignore_errors=True)  # another process may be at it; what stays is swept next time
        for folder in self._folder.iterdir():
            if _ID.fullmatch(folder.name) and not (folder / _STAGED).is_file():
                with contextlib.suppress(UsageError), self.alone(folder.name):
                    if not (folder / _STAGED).is_file():
                        shutil.rmtree(folder, ignore_errors=True)
        for lock in (self._folder / ".locks").glob("*.lock"):
            if _ID.fullmatch(lock.stem) and not (self._folder / lock.stem).exists():
                with contextlib.suppress(UsageError), self.alone(lock.stem):
                    pass  # of an upload that was killed before it had a folder; the lock goes as it is let go

    def _with(self, name: str) -> tuple[str, ...]:
        found = {}
        with _writing(self._folder):
            for folder in self._folder.iterdir():
                if not _ID.fullmatch(folder.name) or not (folder / name).is_file():
                    continue
                with contextlib.suppress(UsageError):  # deleted meanwhile
                    try:
                        found[folder.name] = str(self._told(folder.name)["created"])
                    except (ValueError, KeyError, TypeError):  # damaged: it is listed all the same, to be deleted
                        found[folder.name] = ""
        return tuple(sorted(found, key=lambda each: (found[each], each)))

    def _known(self, application_id: str, name: str) -> Path:
        folder = self._folder / application_id
        if not _ID.fullmatch(application_id) or not (folder / name).is_file():
            raise UsageError(_unknown(application_id))
        return folder

    def _told(self, application_id: str) -> Any:
        return json.loads((self._known(application_id, _STAGED) / _STAGED).read_text("utf-8"))


def _unwrapped(paths: Sequence[Path], staged: Sequence[Staged]) -> tuple[Staged, ...]:
    """The files of a package that is one ZIP under the names they have in it."""
    outer = f"{paths[0].name}/" if len(paths) == 1 else ""
    whole = all(each.name.startswith(outer) for each in staged)
    return tuple(replace(each, name=each.name.removeprefix(outer)) if whole else each for each in staged)


def _material(folder: Path, staged: Staged) -> Material:
    """The material of a file of the package, under the name it has there: files with equal bytes were read once.

    Raises KeyError when it was not read, and what `load_material` raises.
    """
    if staged.sha256 is None:
        return Material(staged.name, "unknown", "unreadable", "", staged.size, reason=staged.reason)
    if (material := load_material(folder, staged.sha256)) is None:
        raise KeyError(staged.sha256)
    return replace(material, name=staged.name)


def _unknown(application_id: str) -> str:
    return f"没有编号为“{application_id[:40]}”的申报,可能已删除。"


def _damaged(application_id: str) -> str:
    return f"申报 {application_id} 的存储文件已损坏,请删除后重新上传。"


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turn a failed write into one sentence. Raises StorageError."""
    try:
        yield
    except Timeout:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            reason = "磁盘已满,请清理磁盘后再试"
        elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
            reason = "没有写入的权限,请调整权限后再试"
        elif isinstance(error, FileNotFoundError):
            reason = "它在处理中被移走或删除了"
        else:
            reason = "请检查磁盘"
        raise StorageError(f"申报目录 {folder} 不能写入:{reason}。") from error
