"""`python -m assistant format`: where a Word file differs from GB/T 9704-2012, and with --fix a file set right."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.commands import CommandParser, say, show
from ingest.errors import UsageError

if TYPE_CHECKING:
    from assistant.drafting.format_schema import Deviation


def add_format(commands: "argparse._SubParsersAction[CommandParser]") -> None:
    """Add the subcommand to a parser's."""
    check = commands.add_parser("format", help="按 GB/T 9704-2012 检查公文格式,或用 --fix 改正")
    check.add_argument("file", type=Path, metavar="FILE.docx", help="Word 文件")
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    check.add_argument("--fix", type=Path, metavar="OUT.docx", help="改正版式后另存为这个文件,不改动文字")
    check.set_defaults(action=run_format)


def run_format(given: argparse.Namespace) -> int:
    """List the deviations; returns the exit code. Raises AssistantError."""
    from assistant.drafting.format_fix import fix
    from assistant.drafting.format_reading import open_docx
    from assistant.drafting.format_rules import deviations
    from assistant.drafting.official import saved

    if not given.file.is_file():
        raise UsageError(f"找不到文件 {given.file},请检查路径。")
    if given.fix and given.fix.exists() and given.fix.samefile(given.file):
        raise UsageError("--fix 要写到另一个文件,不能覆盖原件。")
    document = open_docx(given.file.read_bytes(), given.file.name)
    found = deviations(document)
    left: tuple[Deviation, ...] = ()
    if given.fix:
        fix(document)
        left = deviations(document)
        given.fix.write_bytes(saved(document))
        say(f"已另存为 {given.fix}:原有 {len(found)} 处,改正后还有 {len(left)} 处,请人工核对。")
    if given.json:
        told = {"file": given.file.name, "deviations": [_object(each) for each in found]}
        show({**told, "remaining": [_object(each) for each in left]} if given.fix else told)
    else:
        print(_text(given.file.name, found))
        if given.fix and left:
            print(_text(f"改正后的 {given.fix.name}", left))
    return 0


def _object(found: "Deviation") -> dict[str, object]:
    from assistant.drafting.format_schema import CLAUSES

    return {
        "clause": found.clause,
        "title": CLAUSES[found.clause],
        "place": found.place,
        "found": found.found,
        "wanted": found.wanted,
        "fixable": found.fixable,
    }


def _text(name: str, found: "tuple[Deviation, ...]") -> str:
    from assistant.drafting.format_schema import CLAUSES

    if not found:
        return f"{name}:没有发现与 GB/T 9704-2012 不一致的地方。"
    rows = [
        f"{each.clause} {CLAUSES[each.clause]}:{each.place},{each.found};应为{each.wanted}。"
        + ("" if each.fixable else "(须人工改正)")
        for each in found
    ]
    return "\n".join([f"{name}:与 GB/T 9704-2012 不一致 {len(found)} 处。", *rows])
