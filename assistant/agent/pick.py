"""What a small model can be trusted with: choosing which of the candidate sentences answer a question."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, Field, create_model

from assistant.agent.candidates import Candidate
from assistant.llm.schema import Filled, LanguageModel, Prompt
from prompts import render

MOST = 3
"""The sentences that may be chosen."""
TOKENS = 60
"""A reply of three labels has some 45."""


class Selection(BaseModel):
    """The labels of the chosen candidates."""

    ids: list[str] = Field(max_length=MOST)


def pick(
    question: str, offered: Sequence[Candidate], model: LanguageModel, *, seconds: float
) -> tuple[Filled[Selection], Prompt]:
    """One constrained call: which of the `offered` answer; none is a vote for refusal. Raises ModelError."""
    labels = tuple(dict.fromkeys(candidate.label for candidate in offered))
    shape = create_model(
        "Selection",
        __base__=Selection,
        ids=(list[Literal[labels]], Field(max_length=MOST)),  # type: ignore[valid-type]
    )
    sentences = "\n".join(f"{candidate.label}:{candidate.text}" for candidate in offered)
    prompt = Prompt("select", render("select"), render("select_question", sentences=sentences, question=question))
    return model.fill(prompt, shape, seconds=seconds, tokens=TOKENS), prompt
