"""`python -m assistant check`: one package, or with --batch a folder of them."""

import argparse
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from ingest.commands import CommandParser, a_date, say, show
from ingest.errors import AssistantError, StorageError, UsageError
from ingest.reading import Step
from ingest.sandbox import Sandbox
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from assistant.checking.batch import Row
    from assistant.checking.check import Desk
    from assistant.checking.judge import Judge
    from ingest.library import Library


def add_check(commands: "argparse._SubParsersAction[CommandParser]") -> None:
    """Add the subcommand to a parser's."""
    check = commands.add_parser("check", help="预审一份申报材料,或用 --batch 预审许多份")
    check.add_argument("paths", nargs="*", type=_path, metavar="PATH", help="申报材料:文件夹、ZIP 或若干文件")
    check.add_argument("--policy", help="对照这份政策,编号见 python -m ingest list")
    check.add_argument("--as-of", help="依据日期,如 2022-05-01,默认今天")
    check.add_argument("--llm", choices=("auto", "none", "local", "remote"), help="语言模型,默认按 ASSISTANT_LLM")
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    check.add_argument("--docx", type=Path, metavar="OUT", help="另写一份 Word 报告")
    check.add_argument("--batch", type=_path, metavar="DIR", help="DIR 中每个文件夹或 ZIP 是一份申报材料")
    check.add_argument("--out", type=Path, metavar="DIR", help="--batch 的结果写入这个文件夹,默认 DIR-预审结果")
    check.set_defaults(action=run_check)


def run_check(given: argparse.Namespace) -> int:
    """Check what was given; returns the exit code. Raises AssistantError."""
    _usable(given)
    as_of = date.today() if given.as_of is None else a_date(given.as_of)
    settings = IngestSettings()
    with Sandbox(settings.limits) as sandbox, _judging(given, settings) as judge:
        if given.batch:
            return _batch(given, settings, sandbox, as_of, judge)
        return _package(given, settings, sandbox, as_of, judge)


def _path(text: str) -> Path:
    """A path as it was typed, links followed. Raises UsageError for none: it would mean the folder one stands in."""
    if not text.strip():
        raise UsageError("申报材料的路径是空的,请写明文件夹、ZIP 或文件。")
    path = Path(text)
    return path.resolve() if path.is_symlink() and path.exists() else path


def open_desk(library: "Library", policy: str | None, *, corpus_dir: Path, cache: Path) -> "Desk":
    """What packages are checked against: the policy named, or the only one that has conditions, the newest of several.
    Raises PolicyError for an unknown id and UsageError where there are no conditions."""
    from assistant.checking.check import Desk
    from assistant.conditions.file import conditions_for
    from assistant.facts.places import load_regions

    reasons = []
    for held in [p for p in library.policies() if policy in (None, p.id)]:
        conditions, reason = conditions_for(held.id, corpus_dir, library)
        if conditions is not None:
            return Desk(
                held,
                library.source(held.id),
                conditions,
                load_regions(corpus_dir / "regions.txt"),
                embedder=library.embedder,
                vector=library.vector,
                words=library.glossary.words,
                cache=cache,
            )
        reasons.append(reason or "")
    if policy is not None:
        library.source(policy)  # raises for an unknown id
    raise UsageError(reasons[0] if reasons else "还没有收录政策,不能预审。")


def _usable(given: argparse.Namespace) -> None:
    """Raises UsageError for arguments that do not go together, and paths that are not there."""
    if bool(given.paths) == bool(given.batch):
        raise UsageError("请写申报材料的路径,或用 --batch 指定放着许多申报包的文件夹,二者选一。")
    if given.out and not given.batch:
        raise UsageError("--out 要和 --batch 一起使用;单份报告请用 --docx 或重定向标准输出。")
    if given.docx and given.batch:
        raise UsageError("--docx 只用于单份申报材料。")
    for path in given.paths:
        if not path.exists():
            raise UsageError(f"没有这个文件或文件夹:“{path}”,请检查路径。")
    if given.docx and not given.docx.resolve().parent.is_dir():
        raise UsageError(f"--docx 的文件夹“{given.docx.resolve().parent}”不存在,请先建立。")


def _judging(given: argparse.Namespace, settings: IngestSettings) -> AbstractContextManager["Judge | None"]:
    if given.llm == "none":
        return nullcontext()
    from assistant.checking.judge_choice import judging
    from assistant.settings import AssistantSettings

    return judging(AssistantSettings(), settings, given.llm)


def _desk(given: argparse.Namespace, settings: IngestSettings, judge: "Judge | None") -> "Desk":
    # Imported here: wrong usage need not wait a second to be told.
    from ingest.pipeline import open_library

    library = open_library(settings, progress=say)
    desk = open_desk(library, given.policy, corpus_dir=settings.corpus_dir, cache=settings.data_dir / "cache")
    return replace(desk, judge=judge)


def _package(
    given: argparse.Namespace, settings: IngestSettings, sandbox: Sandbox, as_of: date, judge: "Judge | None"
) -> int:
    from assistant.checking.check import check_paths
    from assistant.render.report_docx import report_docx
    from assistant.render.report_json import report_object
    from assistant.render.report_markdown import report_markdown

    desk = _desk(given, settings, judge)
    title = (
        given.paths[0].resolve().stem if len(given.paths) == 1 else f"{given.paths[0].stem} 等 {len(given.paths)} 个"
    )
    report = check_paths(given.paths, desk, title=title, as_of=as_of, sandbox=sandbox, progress=_told)
    if given.docx:
        try:
            given.docx.write_bytes(report_docx(report))
        except OSError as error:
            raise StorageError(f"不能写入“{given.docx}”:{error.strerror or error}。") from error
        say(f"已写入 {given.docx}。")
    if given.json:
        show(report_object(report))
    else:
        print(report_markdown(report))
    return 0


def _batch(
    given: argparse.Namespace, settings: IngestSettings, sandbox: Sandbox, as_of: date, judge: "Judge | None"
) -> int:
    from assistant.checking.batch import SUMMARY, check_batch, packages

    folder = given.batch.resolve()
    out = given.out or folder.with_name(f"{folder.name}-预审结果")
    found, others = packages(folder, out=out)
    if others:
        say(f"不是文件夹也不是 ZIP,没有预审:{'、'.join(others[:10])}{' 等' if len(others) > 10 else ''}。")
    desk = _desk(given, settings, judge)
    with tqdm(total=len(found), desc="预审", unit="份") as bar:

        def done(row: "Row") -> None:
            bar.update()
            if row.error:
                bar.write(f"{row.package}:{row.error}", file=bar.fp)

        rows = check_batch(found, out, desk, as_of=as_of, sandbox=sandbox, done=done)
    failed = _summary(rows, out / SUMMARY, as_json=given.json)
    if failed:
        raise AssistantError(f"{failed} 份申报材料没有预审成功,原因见 {out / SUMMARY}。")
    return 0


def _summary(rows: Sequence["Row"], path: Path, *, as_json: bool) -> int:
    """Print the summary; the number of packages without a report."""
    from dataclasses import asdict

    failed = sum(row.error is not None for row in rows)
    if as_json:
        show({"summary": str(path), "packages": [asdict(row) for row in rows]})
    else:
        kept = sum(row.kept for row in rows)
        new = len(rows) - kept - failed
        print(f"共 {len(rows)} 份:新预审 {new} 份,先前已完成 {kept} 份,未成功 {failed} 份;汇总见 {path}")
    return failed


def _told(step: Step) -> None:
    if step.of_pages:
        say(f"正在识别“{step.name}”:{step.pages}/{step.of_pages} 页;已读 {step.files}/{step.of_files} 个文件")
    else:
        say(f"已读 {step.files}/{step.of_files} 个文件:{step.name}")
