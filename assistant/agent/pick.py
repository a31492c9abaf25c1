"""What a small model can be trusted with: choosing which of the candidate sentences answer a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field, create_model

from assistant.agent.candidates import Candidate
from assistant.agent.outgoing import Outgoing
from assistant.llm.schema import Prompt
from prompts import render

MOST = 3
"""The sentences that may be chosen."""
TOKENS = 40
"""A reply of three numbers has some twelve."""


class Selection(BaseModel):
    """The numbers of the chosen candidates, from 1; 0 for none."""

    ids: list[int] = Field(max_length=MOST)


@dataclass(frozen=True, slots=True)
class Picked:
    """What a model chose, in the order of the candidates, and what it cost. Nothing chosen is a vote for refusal."""

    chosen: tuple[Candidate, ...]
    prompt: Prompt
    prompt_tokens: int
    reply_tokens: int


def question_of(question: str, offered: Sequence[Candidate]) -> Prompt:
    """The numbered candidates and, last, the question."""
    sentences = "\n".join(f"[{n}] {c.label}:{c.text}" for n, c in enumerate(offered, 1))
    return Prompt("select", render("select"), render("select_question", sentences=sentences, question=question))


def pick(question: str, offered: Sequence[Candidate], out: Outgoing, *, seconds: float) -> Picked:
    """One constrained call: which of the `offered` answer. Raises ModelError."""
    numbers = tuple(range(len(offered) + 1))
    chosen = Field(max_length=MOST)
    shape = create_model("Selection", __base__=Selection, ids=(list[Literal[numbers]], chosen))  # type: ignore[valid-type]
    prompt = question_of(out.text(question), offered)
    out.record(prompt)
    filled = out.model.fill(prompt, shape, seconds=seconds, tokens=TOKENS)
    ids = set(filled.value.ids)
    return Picked(
        tuple(c for n, c in enumerate(offered, 1) if n in ids), prompt, filled.prompt_tokens, filled.reply_tokens
    )
