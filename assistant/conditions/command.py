"""`python -m assistant conditions`: propose the conditions file of a measure, and print the one it has."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.commands import CommandParser, say
from ingest.errors import PolicyError, UsageError
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from assistant.conditions.schema import ConditionSet


def add_conditions(commands: "argparse._SubParsersAction[CommandParser]") -> None:
    """Add the subcommand to a parser's."""
    conditions = commands.add_parser("conditions", help="起草或查看一份政策的申报条件文件")
    what = conditions.add_subparsers(required=True, metavar="命令", parser_class=CommandParser)
    drafted = what.add_parser("draft", help="按条款起草申报条件文件,供人工核对")
    drafted.add_argument("policy", help="政策编号,见 python -m ingest list")
    drafted.add_argument("--article", help="列举条件的条的编号,如 7;默认自动寻找")
    drafted.add_argument("--out", type=Path, metavar="FILE", help="写入新文件,默认标准输出")
    drafted.set_defaults(action=_draft)
    shown = what.add_parser("show", help="查看申报条件和材料")
    shown.add_argument("policy", help="政策编号,见 python -m ingest list")
    shown.set_defaults(action=_show)


def _draft(given: argparse.Namespace) -> int:
    from assistant.conditions.draft import draft
    from ingest.pipeline import open_library

    if given.out and given.out.exists():
        raise UsageError(f"文件 {given.out} 已存在,为免盖掉核对过的内容,请换一个文件名。")
    library = open_library(IngestSettings(), progress=say)
    clauses = library.clauses(given.policy)
    policy = next(policy for policy in library.policies() if policy.id == given.policy)
    text = draft(policy, clauses, library.shelf().lexical.segmenter.cut, given.article)
    if given.out:
        given.out.write_text(text, "utf-8")
        say(f"已写入 {given.out};核对后放到 corpus/conditions/{given.policy}.yaml 即可使用。")
    else:
        print(text, end="")
    return 0


def _show(given: argparse.Namespace) -> int:
    from assistant.conditions.file import conditions_for
    from ingest.pipeline import open_library

    settings = IngestSettings()
    library = open_library(settings, progress=say)
    conditions, reason = conditions_for(given.policy, settings.corpus_dir, library)
    if conditions is None:
        raise PolicyError(reason or f"政策 {given.policy} 没有申报条件文件。")
    title = next(policy.title for policy in library.policies() if policy.id == given.policy)
    print("\n".join(_lines(title, conditions)))
    return 0


def _lines(title: str, conditions: "ConditionSet") -> Iterator[str]:
    """The conditions and materials as a person reads them."""
    yield f"《{title}》的申报条件({len(conditions.conditions)} 项)" + (
        "" if conditions.reviewed else ",草稿,待人工核对"
    )
    for condition in conditions.conditions:
        rules = ",程序可以判断" if condition.rules else ""
        yield f"\n{condition.label} {condition.title}(编号 {condition.id}{rules})"
        for aspect in condition.aspects:
            materials = f"  材料:{'、'.join(aspect.materials)}" if aspect.materials else ""
            yield f"  · {aspect.id}:“{aspect.quote}”{materials}"
        if condition.human:
            yield f"  人工判断:{condition.human}"
    yield "\n申报包里通常有的材料:"
    for material in conditions.materials:
        named = "办法点名" if material.named else "通常提供"
        yield f"  · {material.name}({material.label},{named}){material.note}"
