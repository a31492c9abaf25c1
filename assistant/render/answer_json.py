"""An answer as the command line gives it in JSON, and the questions of a batch file."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.schema import Answer, Citation, Turn
from ingest.commands import a_date
from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One line of a batch: `id` is given back as it came, a text or a number."""

    id: str | int
    q: str
    history: tuple[Turn, ...] = ()
    as_of: date | None = None


def answer_object(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer, as the contracts name its fields."""
    return {
        "question": answer.question,
        "status": answer.status,
        "text": answer.text,
        "citations": [_citation(c) for c in answer.citations],
        "related": [_citation(c) for c in answer.related],
        "notices": [notice.text for notice in answer.notices],
        "as_of": answer.as_of.isoformat(),
        "mode": answer.mode,
        "model": answer.model,
        "elapsed_ms": answer.elapsed_ms,
    }


def batch_questions(path: Path) -> tuple[BatchQuestion, ...]:
    """Every line of a JSONL file. Raises UsageError naming the line that is wrong, before anything is answered."""
    try:
        # splitlines() would also cut at U+2028 and U+0085, which may stand in a JSON text.
        lines = path.read_text("utf-8-sig").split("\n")
    except FileNotFoundError:
        raise UsageError(f"找不到问题文件 {path}。") from None
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"问题文件 {path} 不能读取,请用 UTF-8 编码的 JSONL 文件。") from None
    return tuple(_question(line, number, path.name) for number, line in enumerate(lines, 1) if line.strip())


def _question(line: str, number: int, name: str) -> BatchQuestion:
    try:
        row = json.loads(line)
        history = tuple(Turn(turn["role"], str(turn["content"])) for turn in row.get("history") or ())
        if not isinstance(row["q"], str) or not isinstance(row["id"], str | int):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{name} 第 {number} 行不对:每行应是含 id 和 q 的 JSON 对象。") from None
    try:
        as_of = a_date(str(row["as_of"])) if row.get("as_of") else None
    except UsageError as error:
        raise UsageError(f"{name} 第 {number} 行:{error}") from None
    return BatchQuestion(row["id"], row["q"], history, as_of)


def _citation(citation: Citation) -> dict[str, Any]:
    fields = ("policy", "title", "label", "article", "paragraph", "item", "quote")
    return {field: getattr(citation, field) for field in fields} | {"id": f"{citation.policy}:{citation.clause}"}
