"""`python -m assistant ask`: one question, or with --batch many."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from assistant.agent.schema import Shown
from assistant.render.answer_json import BatchQuestion, answer_object, batch_questions
from assistant.schema import Answer, Turn
from assistant.settings import AssistantSettings
from ingest.commands import CommandParser, a_date, say, show
from ingest.errors import UsageError
from ingest.settings import IngestSettings


def add_ask(commands: "argparse._SubParsersAction[CommandParser]") -> None:
    """Add the command to the subparsers of `python -m assistant`."""
    ask = commands.add_parser("ask", help="提一个问题,或用 --batch 提许多问题")
    ask.add_argument("question", nargs="?", help="问题")
    ask.add_argument("--policy", help="只在这份政策中找,编号见 python -m ingest list")
    ask.add_argument("--as-of", help="依据日期,如 2022-05-01,默认今天")
    ask.add_argument("--llm", choices=("auto", "none", "local", "remote"), help="语言模型,默认按 ASSISTANT_LLM")
    ask.add_argument("--json", action="store_true", help="以 JSON 输出")
    ask.add_argument("--batch", type=Path, metavar="FILE.jsonl", help="每行一个问题")
    ask.add_argument("--out", type=Path, metavar="FILE", help="--batch 的结果写入文件,默认标准输出")
    ask.set_defaults(action=_ask)


def _ask(given: argparse.Namespace) -> int:
    as_of = a_date(given.as_of) if given.as_of else None
    if (given.question is None) == (given.batch is None):
        raise UsageError("请写一个问题,或用 --batch 指定问题文件,二者选一。")
    if given.out and not given.batch:
        raise UsageError("--out 要和 --batch 一起使用。")
    # Imported here: other commands need not wait for the libraries of search.
    from assistant.agent.reply import reply
    from assistant.answering.answer import answer
    from assistant.llm.opening import opened
    from assistant.llm.sent import SENT, SentRecord
    from assistant.render.answer_markdown import markdown
    from ingest.pipeline import open_library

    rows = batch_questions(given.batch) if given.batch else []
    settings, corpus = AssistantSettings(), IngestSettings()
    with opened(settings, corpus, given.llm or settings.llm) as model:
        library = open_library(corpus, progress=say)

        def answered(question: str, history: Sequence[Turn], day: date | None) -> Answer:
            if model is None:
                return answer(question, library, history=history, policy=given.policy, as_of=day)
            *_, last = reply(
                question,
                library,
                model.model,
                ability=model.ability,
                history=history,
                policy=given.policy,
                as_of=day,
                seconds=settings.llm_seconds,
                sent=SentRecord(corpus.data_dir / SENT),
            )
            assert isinstance(last, Shown)
            return last.answer

        if given.batch:
            return _batch(rows, answered, given.out, as_of)
        made = answered(given.question, (), as_of)
    if given.json:
        show(answer_object(made))
    else:
        print(markdown(made))
    return 0


def _batch(
    rows: Sequence[BatchQuestion],
    answered: Callable[[str, Sequence[Turn], date | None], Answer],
    to: Path | None,
    as_of: date | None,
) -> int:
    """Answer every row in order; a file is complete or not there at all."""
    partial = to.with_name(f"{to.name}.partial") if to else None
    out = partial.open("w", encoding="utf-8", errors="backslashreplace") if partial else sys.stdout
    try:
        for row in rows:
            made = answered(row.q, row.history, row.as_of or as_of)
            out.write(json.dumps({"id": row.id, **answer_object(made)}, ensure_ascii=False) + "\n")
        if partial and to:
            out.close()
            partial.replace(to)
    finally:
        if partial:
            out.close()
            partial.unlink(missing_ok=True)
    return 0
