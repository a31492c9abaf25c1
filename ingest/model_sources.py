"""Where a model's files can come from: a local folder and the hub here, package archives in `model_archives`.

A source writes what it finds to `into/<file name>` and leaves there whatever lets its next try go on. It verifies
nothing: `ingest.models` hashes every file, so a source can be wrong or hostile without harm.
"""

import errno
import hashlib
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

Report = Callable[[int], None]
"""Called with the bytes that the running source holds so far."""


class SourceError(Exception):
    """A source cannot be reached or does not hold the files; the message is a Chinese clause without a full stop."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model; `size` in bytes, `sha256` in lower-case hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Clients:
    """The user's own programs and addresses. `hub_endpoint` None follows HF_ENDPOINT."""

    npm: tuple[str, ...] = ("npm",)
    pip: tuple[str, ...] = field(default_factory=lambda: (sys.executable, "-m", "pip"))
    hub_endpoint: str | None = None
    hub_seconds: float = 3.0


class Source(Protocol):
    """One place to look."""

    @property
    def label(self) -> str: ...

    def fetch(self, wanted: Sequence[ModelFile], into: Path, clients: Clients, report: Report) -> None:
        """Write what is found of `wanted` into `into`; SourceError says why it is not all."""


def after(start: int, report: Report) -> Report:
    """Report bytes that come after the first `start`."""
    return lambda size: report(start + size)


def sha256_of(path: Path) -> str:
    """The file's sha256 in hex, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """Any folder of the user's: a file counts by its size and hash, whatever its name or depth."""

    folder: Path

    @property
    def label(self) -> str:
        return f"本地文件夹 {self.folder}"

    def fetch(self, wanted: Sequence[ModelFile], into: Path, clients: Clients, report: Report) -> None:
        if not self.folder.is_dir():
            raise SourceError("文件夹不存在")
        missing = {file.name: file for file in wanted}
        held = 0
        for path in _files_below(self.folder):
            size = path.stat().st_size
            for file in [file for file in missing.values() if file.size == size]:
                if sha256_of(path) == file.sha256:
                    _link_or_copy(path, into / file.name)
                    held += size
                    report(held)
                    del missing[file.name]
            if not missing:
                return
        raise SourceError(f"其中没有哈希相符的 {'、'.join(missing)}")


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, _folders, names in os.walk(folder):
        for name in sorted(names):
            path = Path(parent, name)
            if path.is_file():
                yield path


def _link_or_copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        # No second gigabyte on the same disk; an edit of the shared file changes its mtime, and it is hashed again.
        os.link(source.resolve(), target)
    except OSError:
        shutil.copyfile(source, target)


@dataclass(frozen=True, slots=True)
class HubRepository:
    """A repository of the model hub; `paths` maps our file names to its own."""

    repository: str
    paths: Mapping[str, str]
    revision: str = "main"

    @property
    def label(self) -> str:
        return f"模型站 {self.repository}"

    def fetch(self, wanted: Sequence[ModelFile], into: Path, clients: Clients, report: Report) -> None:
        held = 0
        for file in wanted:
            self._fetch_one(file, into / f"{file.name}.hub", clients, after(held, report))
            os.replace(into / f"{file.name}.hub", into / file.name)
            held += file.size

    def _fetch_one(self, file: ModelFile, partial: Path, clients: Clients, report: Report) -> None:
        from huggingface_hub import hf_hub_url
        from huggingface_hub.file_download import http_get
        from tqdm import tqdm

        class Silent(tqdm):  # type: ignore[type-arg]  # generic in the stubs only
            """The library's own bar would be drawn over ours."""

            def __init__(self, *arguments: object, **options: object) -> None:
                super().__init__(disable=True)

        url = hf_hub_url(self.repository, self.paths[file.name], revision=self.revision, endpoint=clients.hub_endpoint)
        _check_hub(url, file, clients)
        if partial.exists() and partial.stat().st_size > file.size:
            partial.unlink()
        try:
            with partial.open("ab") as out:
                # hf_hub_download drops its unfinished file when it stops; http_get goes on where ours ends.
                counted = _Counted(out, out.tell(), report)
                http_get(
                    url,
                    counted,  # type: ignore[arg-type]  # write, seek, tell and truncate are all it calls
                    resume_size=out.tell(),
                    expected_size=file.size,
                    tqdm_class=Silent,
                )
        # Its HTTP client, and with it the exceptions, differs by release (requests, httpx, httpx2).
        except Exception as error:
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise SourceError(f"下载 {file.name} 中断({type(error).__name__})") from error


class _Counted:
    """A file that reports its length after every write."""

    def __init__(self, out: IO[bytes], size: int, report: Report) -> None:
        self._out, self._report = out, report
        report(size)

    def write(self, data: bytes) -> int:
        written = self._out.write(data)
        self._report(self._out.tell())
        return written

    def __getattr__(self, name: str) -> object:
        return getattr(self._out, name)


def _check_hub(url: str, file: ModelFile, clients: Clients) -> None:
    """Ask the hub for the file's hash within `hub_seconds`; a blocked hub must not hold up the start."""
    from huggingface_hub import get_hf_file_metadata

    outcome: list[Exception | tuple[str | None, int | None]] = []

    def ask() -> None:
        try:
            found = get_hf_file_metadata(url, token=False, timeout=clients.hub_seconds)
            outcome.append((found.etag, found.size))
        # As below: the exceptions differ by release.
        except Exception as error:
            outcome.append(error)

    # A thread, because looking up a name that no server answers is not bounded by the request's own timeout.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(clients.hub_seconds)
    match outcome:
        case []:
            raise SourceError(f"{clients.hub_seconds:g} 秒内没有回应")
        case [Exception() as error]:
            raise SourceError(f"无法访问({type(error).__name__})") from error
        case [(str() as etag, _)] if len(etag) == 64 and etag != file.sha256:
            raise SourceError(f"{file.name} 的哈希是 {etag[:12]},应为 {file.sha256[:12]}")
        case [(_, int() as size)] if size != file.size:
            raise SourceError(f"{file.name} 有 {size} 字节,应为 {file.size}")
