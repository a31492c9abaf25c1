"""`python -m assistant draft`: a document of office as a Word file, from reports, people's verdicts and a form."""

import argparse
import os
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from ingest.catalog import check_id, shipped
from ingest.commands import CommandParser, say
from ingest.errors import StorageError, UsageError
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from assistant.drafting.kinds import DocumentKind, Measure


def add_draft(commands: "argparse._SubParsersAction[CommandParser]") -> None:
    """Add the subcommand to a parser's."""
    draft = commands.add_parser("draft", help="按核定的预审报告和表单起草文书")
    draft.add_argument("reports", nargs="*", type=Path, metavar="REPORT.json", help="check --json 的输出或页面的导出")
    draft.add_argument("--kind", required=True, metavar="文种", help="推荐意见、补正通知、评估初审意见、备案报告等")
    draft.add_argument("--out", required=True, type=Path, metavar="FILE.docx", help="写入的 Word 文件")
    draft.add_argument("--form", type=Path, metavar="FORM", help="表单,YAML 或 JSON:“字段: 值”")
    draft.add_argument("--set", action="append", default=[], metavar="字段=值", help="填写一个字段,可以写多次")
    draft.add_argument("--overrides", type=Path, metavar="FILE", help="人工核定,JSON 列表;报告里已有的可以不写")
    draft.add_argument("--policy", help="依据这份政策,编号见 python -m ingest list")
    draft.add_argument("--llm", choices=("auto", "none", "local", "remote"), help="润色核定理由的语言模型,默认不用")
    draft.set_defaults(action=run_draft)


def run_draft(given: argparse.Namespace) -> int:
    """Write the document; a file is complete or not there at all. Raises AssistantError."""
    from assistant.drafting.forms import load_form
    from assistant.drafting.official import official_docx
    from assistant.drafting.reading import read_overrides, read_report
    from assistant.drafting.wording import worded_by
    from assistant.drafting.write import draft
    from assistant.validity import notices

    _writable(given.out)
    read = [read_report(path, policy=given.policy or "") for path in given.reports]
    named = next((report.policy for report, _ in read if report.policy), None)
    measure = _measure(IngestSettings(), given.policy or named)
    read = [(replace(report, policy=report.policy or measure.policy.id), said) for report, said in read]
    kind = measure.kind(given.kind)
    form = {**(load_form(given.form) if given.form else {}), **_set(given.set, kind)}
    overrides = [override for _, said in read for override in said]
    if given.overrides:
        if len(read) != 1:
            raise UsageError("--overrides 只和一份预审报告一起使用。")
        overrides += read_overrides(given.overrides, read[0][0])
    opinion = draft(kind, measure, reports=[report for report, _ in read], overrides=overrides, form=form)
    opinion = worded_by(given.llm, opinion, [report for report, _ in read], overrides)
    _write(given.out, official_docx(opinion))
    days = [report.as_of for report, _ in read if report.as_of < date.max]
    for notice in notices(measure.policy, opinion.day or max(days, default=date.today())):
        say(f"提示:{notice.text}")
    say(f"已写入 {given.out}:{opinion.title}。AI辅助起草,待审核。")
    return 0


def _measure(settings: IngestSettings, policy: str | None) -> "Measure":
    """The measure of the corpus, or one that was added by command and has documents. Raises AssistantError."""
    from assistant.drafting.templates import load_measure, open_measure

    held = {each.id for each, _ in shipped(settings.corpus_dir)}
    if policy is None or policy in held or not (settings.corpus_dir / "documents" / check_id(policy)).is_dir():
        return open_measure(settings.corpus_dir, policy)
    from ingest.pipeline import open_library

    library = open_library(settings, progress=say)
    clauses = library.clauses(policy)
    return load_measure(settings.corpus_dir, next(each for each in library.policies() if each.id == policy), clauses)


def _writable(out: Path) -> None:
    folder = out.resolve().parent
    if not folder.is_dir():
        raise UsageError(f"--out 的文件夹“{folder}”不存在,请先建立。")
    if out.is_dir():
        raise UsageError(f"--out“{out}”是一个文件夹,请写明文件名。")


def _set(pairs: list[str], kind: "DocumentKind") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--set 应写成 字段=值,收到的是“{pair[:60]}”。")
        field = kind.field(name.strip())
        if field and field.type == "rows":
            raise UsageError(f"“{field.name}”要逐行填写,请写在 --form 的文件里。")
        found[name.strip()] = value
    return found


def _write(out: Path, content: bytes) -> None:
    """Put the file in place whole. Raises StorageError."""
    partial = None
    try:
        with NamedTemporaryFile(dir=out.resolve().parent, prefix=".", suffix=".partial", delete=False) as file:
            partial = Path(file.name)
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        partial.chmod(0o666 & ~mask)
        partial.replace(out)
    except OSError as error:
        if partial:
            with suppress(OSError):
                partial.unlink()
        raise StorageError(f"不能写入“{out}”:{error.strerror or error}。") from error
