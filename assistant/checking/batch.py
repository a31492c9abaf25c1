"""Many packages, one after the other and side by side: a JSON file for each, finished ones skipped the next time."""

import csv
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.checking.check import VERSION, Desk, check_paths
from assistant.render.report_json import report_object
from assistant.reports.schema import Report
from ingest.errors import AssistantError, StorageError, UsageError
from ingest.limits import Limits
from ingest.sandbox import Sandbox

SUMMARY = "汇总.csv"
_INPUTS = "inputs"  # the field of a package's file that says what it was made of


@dataclass(frozen=True, slots=True)
class Row:
    """One package of a batch. `error` says in one sentence why it has no report; `kept`: it was finished before."""

    package: str
    verdicts: dict[str, str]
    missing: int = 0
    issues: int = 0
    unreadable: int = 0
    seconds: float = 0.0
    kept: bool = False
    error: str | None = None


def packages(folder: Path, *, out: Path) -> tuple[list[Path], list[str]]:
    """The packages in `folder`, which are its folders and ZIPs, and the names of what is neither. Raises UsageError."""
    if not folder.is_dir():
        raise UsageError(f"没有文件夹“{folder}”,请检查路径。")
    found: list[Path] = []
    others: list[str] = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith((".", "~$", "__MACOSX")) or path.resolve() == out.resolve():
            continue
        if path.is_dir() or path.suffix.lower() == ".zip":
            found.append(path)
        else:
            others.append(path.name)
    if not found:
        raise UsageError(f"“{folder}”里没有申报包:每个申报包应是一个文件夹或一个 ZIP。")
    return found, others


def check_batch(
    paths: Sequence[Path],
    out: Path,
    desk: Desk,
    *,
    as_of: date,
    sandbox: Sandbox,
    done: Callable[[Row], None],
    workers: int = 0,
) -> list[Row]:
    """Check every package and write `<name>.json` and the summary to `out`; `done` hears of each package. One that
    cannot be checked costs the others nothing. Raises StorageError when `out` cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"不能写入“{out}”:{error.strerror or error},请换一个 --out。") from error
    rows: dict[Path, Row] = {}
    count = workers or os.cpu_count() or 1
    pool = ThreadPoolExecutor(count, "checking")
    try:
        waiting = iter(paths)
        running: dict[Future[Row], Path] = {}
        while len(rows) < len(paths):
            for path in _some(waiting, count - len(running)):
                running[pool.submit(_one, path, out, desk, as_of, sandbox)] = path
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                path = running.pop(future)
                rows[path] = future.result()
                done(rows[path])
    finally:
        pool.shutdown(cancel_futures=True)
    made = [rows[path] for path in paths]
    _summarise(made, out / SUMMARY, [condition.id for condition in desk.conditions.conditions])
    return made


def _some(waiting: Iterator[Path], count: int) -> Iterator[Path]:
    """At most `count` of those that wait: what has not begun holds no memory."""
    for _ in range(count):
        if (path := next(waiting, None)) is not None:
            yield path


def _one(path: Path, out: Path, desk: Desk, as_of: date, sandbox: Sandbox) -> Row:
    began = time.perf_counter()
    target = out / f"{path.name}.json"
    try:
        inputs = _fingerprint(path, desk, as_of, sandbox.limits)
        if (kept := _finished(target, inputs)) is not None:
            return _row(path.name, kept, time.perf_counter() - began, kept=True)
        report = check_paths([path], desk, title=path.stem, as_of=as_of, sandbox=sandbox, progress=lambda _step: None)
    except StorageError:
        raise
    except (AssistantError, OSError) as error:
        return Row(path.name, {}, seconds=time.perf_counter() - began, error=str(error))
    told = _written(report, target, inputs)
    return _row(path.name, told, time.perf_counter() - began, kept=False)


def _fingerprint(path: Path, desk: Desk, as_of: date, limits: Limits) -> str:
    """The hash of every file of a package, and of what it is checked against and how far it is read."""
    limits = replace(limits, processes=0)  # how many read at once changes nothing
    against = f"{VERSION} {desk.version} {as_of} {desk.embedder.name if desk.embedder else ''} {limits}"
    against += f" {desk.judge.version}" if desk.judge else ""
    digest = hashlib.sha256(against.encode())
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    for each in files:
        with each.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"\n{each.relative_to(path)}\t{content}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _finished(target: Path, inputs: str) -> dict[str, Any] | None:
    """What was written of the package before, when it was made of the same."""
    with suppress(OSError, ValueError):
        told = json.loads(target.read_text("utf-8"))
        if isinstance(told, dict) and told.get(_INPUTS) == inputs:
            return told
    return None


def _written(report: Report, target: Path, inputs: str) -> dict[str, Any]:
    """Write a report whole or not at all. Raises StorageError."""
    told = {**report_object(report), _INPUTS: inputs}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    _replace(target, text.encode("utf-8", "backslashreplace"))
    return told


def _replace(target: Path, content: bytes) -> None:
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise StorageError(f"不能写入“{target}”:{error.strerror or error},请清理磁盘或换一个 --out。") from error


def _row(package: str, told: dict[str, Any], seconds: float, *, kept: bool) -> Row:
    return Row(
        package,
        {finding["condition"]: finding["verdict"] for finding in told["findings"]},
        len(told["missing_materials"]),
        len(told["issues"]),
        sum(file["status"] == "unreadable" for file in told["files"]),
        round(seconds, 2),
        kept,
    )


def _summarise(rows: Sequence[Row], target: Path, conditions: Sequence[str]) -> None:
    """A table that spreadsheets open: one line for each package."""
    lines: list[list[str | int | float]] = [["申报包", *conditions, "缺少材料", "问题", "读不出的文件", "秒", "说明"]]
    for row in rows:
        # A name that begins like a formula is no formula.
        name = f"'{row.package}" if row.package.startswith(("=", "+", "-", "@")) else row.package
        verdicts = [row.verdicts.get(condition, "") for condition in conditions]
        lines.append([name, *verdicts, row.missing, row.issues, row.unreadable, row.seconds, row.error or ""])
    partial = target.with_name(f".{target.name}.partial")
    try:
        with partial.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
            csv.writer(file).writerows(lines)
        partial.replace(target)
    except OSError as error:
        raise StorageError(f"不能写入“{target}”:{error.strerror or error},请清理磁盘或换一个 --out。") from error
