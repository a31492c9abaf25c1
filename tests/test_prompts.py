"""Prompts are filled in completely or not at all."""

from pathlib import Path

import pytest

import prompts
from prompts import PromptError, render


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "FOLDER", tmp_path)
    (tmp_path / "ask.md").write_text("问题:$question\n依据:${clauses}。费用 $$5,问题再写一遍:$question", "utf-8")
    (tmp_path / "broken.md").write_text("费用 $5", "utf-8")


def test_every_place_is_filled_in_and_values_are_taken_as_they_are() -> None:
    assert render("ask", question="$clauses?", clauses=7) == "问题:$clauses?\n依据:7。费用 $5,问题再写一遍:$clauses?"


@pytest.mark.parametrize(
    ("name", "values", "named"),
    [
        ("ask", {"question": "?"}, "clauses"),
        ("ask", {"question": "?", "clauses": "", "tone": ""}, "tone"),
        ("broken", {}, r"broken\.md"),
        ("nowhere", {}, r"nowhere\.md"),
    ],
)
def test_a_missing_or_unknown_value_or_prompt_is_named(name: str, values: dict[str, object], named: str) -> None:
    with pytest.raises(PromptError, match=named):
        render(name, **values)


def test_a_value_may_be_called_name() -> None:
    (prompts.FOLDER / "greet.md").write_text("您好,$name", "utf-8")
    assert render("greet", name="政策助手") == "您好,政策助手"
