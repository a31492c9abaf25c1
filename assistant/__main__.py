"""`python -m assistant`: ask, check, draft conditions, count working days. The result on stdout, all else on stderr."""

import argparse
import os
from collections.abc import Sequence

from assistant.agent.command import add_ask
from assistant.calendar import deadline
from assistant.checking.command import add_check
from assistant.conditions.command import add_conditions
from assistant.drafting.command import add_draft
from assistant.drafting.format_command import add_format
from ingest.commands import CommandParser, a_date, run, show


def main(argv: Sequence[str]) -> int:
    """Run one command; returns the exit code. Raises AssistantError."""
    given = _parser().parse_args(argv)
    os.environ["LANGSMITH_TRACING_V2"] = "false"  # nothing that a model is told goes anywhere else
    result: int = given.action(given)
    return result


def _parser() -> CommandParser:
    parser = CommandParser(prog="python -m assistant", description="政策问答与材料预审")
    commands = parser.add_subparsers(required=True, metavar="命令", parser_class=CommandParser)
    add_ask(commands)
    add_check(commands)
    add_conditions(commands)
    add_format(commands)
    add_draft(commands)
    count = commands.add_parser("deadline", help="推算工作日期限")
    count.add_argument("start", help="起算日,如 2022-01-10;从次日开始计算")
    count.add_argument("--workdays", type=int, required=True, help="工作日数")
    count.add_argument("--json", action="store_true", help="以 JSON 输出")
    count.set_defaults(action=_deadline)
    return parser


def _deadline(given: argparse.Namespace) -> int:
    made = deadline(a_date(given.start), given.workdays)
    skipped = [day.isoformat() for day in made.skipped_holidays]
    if given.json:
        told = {"start": made.start.isoformat(), "workdays": made.workdays, "due": made.due.isoformat()}
        show({**told, "skipped_holidays": skipped})
    else:
        print(f"从{made.start}的次日起 {made.workdays} 个工作日,到 {made.due} 届满。")
        if skipped:
            print(f"途中不计的法定休假日(周末除外):{'、'.join(skipped)}")
    return 0


if __name__ == "__main__":
    run(main)
