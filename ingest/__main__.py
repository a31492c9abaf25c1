"""`python -m ingest`: policies in and out of the index, the clauses of a file, models."""

import argparse
import hashlib
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.catalog import check_id
from ingest.clauses import parse
from ingest.commands import CommandParser, a_date, run, say, show
from ingest.errors import UnreadableError, UsageError
from ingest.material_files import as_json
from ingest.models import ensure, find, listing, load_specs
from ingest.numerals import to_int
from ingest.readers import read_policy
from ingest.reading import Step, read_one
from ingest.sandbox import Sandbox
from ingest.schema import Policy
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from ingest.library import Library

_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_FROM = re.compile(rf"自{_DAY}起(?:施行|实施|执行)")
_UNTIL = re.compile(rf"有效期(?:至|到|截至){_DAY}")
_ON_ISSUE = re.compile(r"自(?:公布|发布|印发)之日起(?:施行|实施|执行)")
_YEARS = re.compile(r"有效期(?:为|限为?)?\s*([0-9一二两三四五六七八九十]+)年")


def main(argv: Sequence[str]) -> int:
    """Run one command; returns the exit code. Raises AssistantError."""
    given = _parser().parse_args(argv)
    result: int = given.action(given)
    return result


def _parser() -> CommandParser:
    parser = CommandParser(prog="python -m ingest", description="政策文本与模型的管理")
    commands = parser.add_subparsers(required=True, metavar="命令", parser_class=CommandParser)
    add = commands.add_parser("policy", help="收录一份政策")
    add.add_argument("file", type=Path)
    add.add_argument("--id", required=True, help="编号,如 qingdao-2021")
    add.add_argument("--title", help="标题,默认取正文标题")
    add.add_argument("--issuer", default="发文机关", help="发文机关")
    add.add_argument("--number", help="发文字号")
    for name, text in (("issued", "印发日期"), ("effective", "施行日期"), ("expires", "失效日期")):
        add.add_argument(f"--{name}", help=f"{text},如 2021-11-19;施行和失效日期默认从正文读取")
    add.add_argument("--replace", action="store_true", help="替换同编号的政策")
    add.set_defaults(action=_policy)
    commands.add_parser("list", help="列出已收录的政策").set_defaults(action=_list)
    remove = commands.add_parser("remove", help="移除一份政策")
    remove.add_argument("id")
    remove.set_defaults(action=_remove)
    clauses = commands.add_parser("clauses", help="列出一个文件的条款")
    clauses.add_argument("file", type=Path)
    clauses.add_argument("--json", action="store_true")
    clauses.set_defaults(action=_clauses)
    read = commands.add_parser("read", help="读取一份申报材料的文字")
    read.add_argument("file", type=Path)
    read.add_argument("--json", action="store_true")
    read.set_defaults(action=_read)
    models = commands.add_parser("models", help="模型:列出或下载")
    models.add_argument("what", nargs="?", choices=("list", "fetch"), default="list")
    models.add_argument("names", nargs="*")
    models.set_defaults(action=_models)
    return parser


def _policy(given: argparse.Namespace) -> int:
    check_id(given.id)
    source = read_policy(given.file)
    clauses = parse(source, given.id)
    title = given.title or next(
        (" ".join(c.text.strip("#* ").split()) for c in clauses if c.kind == "title" and not c.parent), ""
    )
    if not title:
        raise UsageError(f"{given.file.name} 中没有读到标题,请用 --title 写明。")
    days = {name: a_date(v) if (v := getattr(given, name)) else None for name in ("issued", "effective", "expires")}
    for name, pattern in (("effective", _FROM), ("expires", _UNTIL)):
        if days[name] is None and (found := pattern.search(source)):
            days[name] = a_date("{:0>4}-{:0>2}-{:0>2}".format(*found.groups()))
    if days["effective"] is None and _ON_ISSUE.search(source):
        days["effective"] = days["issued"]
    effective = days["effective"]
    if days["expires"] is None and effective and (years := _YEARS.search(source)):
        try:
            days["expires"] = _years_after(effective, to_int(years[1]))
        except ValueError:
            raise UsageError(f"正文写的“{years[0]}”推算不出失效日期,请用 --expires 写明。") from None
    if effective and days["expires"] and days["expires"] < effective:
        raise UsageError(f"失效日期 {days['expires']} 早于施行日期 {effective},请更正。")
    digest = hashlib.sha256(given.file.read_bytes()).hexdigest()
    policy = Policy(
        given.id, title, given.issuer, given.file.name, digest, given.number,
        issued=days["issued"], effective=days["effective"], expires=days["expires"],
    )  # fmt: skip
    count = _library().add(policy, source, progress=say, replace=given.replace)
    period = f"施行 {days['effective'] or '未写明'},失效 {days['expires'] or '未写明'}"
    say(f"已收录《{title}》({given.id}):{count} 个条款,{period}。")
    return 0


def _years_after(day: date, years: int) -> date:
    """The last day of a period of `years` that begins on `day`: the day before the anniversary."""
    leap = day.month == 2 and day.day == 29
    anniversary = date(day.year + years, 3, 1) if leap else day.replace(year=day.year + years)
    return anniversary - timedelta(days=1)


def _list(given: argparse.Namespace) -> int:
    library = _library()
    for policy in library.policies():
        articles = sum(c.kind == "article" for c in library.clauses(policy.id))
        period = f"{policy.effective or '?'} 至 {policy.expires or '长期'}"
        print(f"{policy.id}\t{policy.title}\t{policy.issuer}\t{period}\t{articles}条")
    return 0


def _remove(given: argparse.Namespace) -> int:
    _library().remove(given.id)
    say(f"已移除 {given.id}。")
    return 0


def _clauses(given: argparse.Namespace) -> int:
    clauses = parse(read_policy(given.file), given.file.stem)
    if given.json:
        fields = ("id", "label", "kind", "chapter", "article", "suffix", "paragraph", "item", "subitem")
        show([{**{f: getattr(c, f) for f in fields}, "text": c.text, "start": c.start, "end": c.end} for c in clauses])
        return 0
    for clause in clauses:
        if clause.leaf or clause.kind in ("part", "chapter", "section"):
            print(f"{clause.id}\t{clause.label}\t{' '.join(clause.text.split())[:60]}")
    return 0


def _read(given: argparse.Namespace) -> int:
    with Sandbox(IngestSettings().limits) as sandbox:
        material = read_one(given.file, sandbox=sandbox, progress=_told)
    if given.json:
        show(as_json(material))
        return 0
    if material.status == "unreadable":
        raise UnreadableError(f"“{material.name}”没有读出来:{material.reason}")
    for page in material.pages:
        if page.number is not None:
            print(f"—— 第{page.number}页 ——" if isinstance(page.number, int) else f"—— {page.number} ——")
        print(page.text)
    for remark in material.remarks:
        say(f"注意:{remark.message}")
    return 0


def _told(step: Step) -> None:
    if step.of_pages:
        say(f"正在识别图像:{step.pages}/{step.of_pages}")


def _models(given: argparse.Namespace) -> int:
    settings = IngestSettings()
    specs = load_specs(settings.corpus_dir / "models.toml")
    folder = settings.model_dir
    if given.what == "list":
        print(listing(specs, folder=folder))
        return 0
    if not given.names:
        raise UsageError(f"请写明要下载的模型名,可选:{'、'.join(specs)}。")
    for spec in find(specs, given.names):
        say(f"正在获取模型 {spec.name}({spec.size / 1e6:.0f} MB)……")
        print(ensure(spec, folder=folder, local=settings.model_source, hub=settings.hub))
    return 0


def _library() -> "Library":
    # Imported here: a command that opens no index need not wait a second for it.
    from ingest.pipeline import open_library

    return open_library(IngestSettings(), progress=say)


if __name__ == "__main__":
    run(main)
