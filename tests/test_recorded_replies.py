"""What the real 1.5B model chose, written down by `python -m evals answers --llm local --record`, is chosen again."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.agent.reply import reply
from assistant.agent.schema import Shown
from assistant.answering.answer import answer
from assistant.llm.schema import Ability, Prompt
from evals.answers import quotes_hold
from ingest.library import Library
from tests.fakes import ScriptedModel

DAY = date(2022, 5, 1)
ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "recorded" / "select.jsonl").read_text("utf-8").splitlines()
]
_OFFERED = re.compile(r"^\[(\d+)\] (.+?):", re.MULTILINE)


def question(row: dict[str, Any]) -> str:
    return str(row["user"]).rstrip().rpartition("问题:")[2]


def chosen(row: dict[str, Any]) -> set[str]:
    """The labels that were chosen: numbers change when the search does, labels do not."""
    return {label for number, label in _OFFERED.findall(row["user"]) if int(number) in row["reply"]["ids"]}


@pytest.mark.parametrize("row", ROWS, ids=question)
def test_a_recorded_choice_leaves_a_verified_answer(row: dict[str, Any], library: Library) -> None:
    def choice(prompt: Prompt) -> dict[str, object]:
        wanted = chosen(row)
        return {"ids": [int(n) for n, label in _OFFERED.findall(prompt.user) if label in wanted][:3] or [0]}

    model = ScriptedModel(choice)
    *_, last = reply(question(row), library, model, ability=Ability(selects=True), as_of=DAY)
    assert isinstance(last, Shown)
    made, composed = last.answer, answer(question(row), library, as_of=DAY)
    assert quotes_hold(made, library)
    assert all(n.kind != "model" for n in made.notices)
    if composed.status == made.status == "answered":
        assert {c.clause for c in composed.citations} <= {c.clause for c in made.citations}


def test_the_recording_holds_choices_of_every_sort() -> None:
    sizes = {len(chosen(row)) for row in ROWS}
    assert {0, 1} <= sizes
    assert len(ROWS) >= 15
    assert {row["model"] for row in ROWS} == {"qwen2.5-coder-1.5b-instruct-q4"}
