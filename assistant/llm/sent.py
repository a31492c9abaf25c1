"""A record of what left the machine: when, to which model, how much, and how much was masked; never a word of it."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assistant.llm.schema import Where
from ingest.errors import StorageError

SENT = "sent.jsonl"
"""The name of the record in the data folder"""
_LARGEST = 5_000_000  # bytes, some 20,000 records; older ones are kept once, beside it


@dataclass(frozen=True, slots=True)
class Sent:
    """One prompt that was sent. `characters` of the whole prompt; `masked` counts placeholders by kind (姓名: 3)."""

    model: str
    where: Where
    prompt: str
    characters: int
    masked: Mapping[str, int] = field(default_factory=dict)


class SentRecord:
    """The file with one JSON line for each prompt. For many threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()

    def __call__(self, sent: Sent) -> None:
        """Add one. Raises StorageError when it cannot be written."""
        line = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "model": sent.model,
            "where": sent.where,
            "prompt": sent.prompt,
            "characters": sent.characters,
            "masked": dict(sent.masked),
        }
        try:
            with self._turn:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                if self._path.is_file() and self._path.stat().st_size > _LARGEST:
                    self._path.replace(self._path.with_suffix(".1.jsonl"))
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise StorageError(f"不能记录发送情况(“{self._path}”:{error.strerror or error}),没有发送。") from error
