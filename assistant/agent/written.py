"""The shape in which a model words an answer, and the prompt and the one call that ask for it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pydantic import BaseModel, Field

from assistant.agent.memory import remembered
from assistant.agent.outgoing import Outgoing
from assistant.agent.schema import Complaint, Draft, DraftSentence
from assistant.agent.tally import Tally
from assistant.agent.timing import Time
from assistant.llm.schema import Prompt
from assistant.schema import Turn
from prompts import render

TOKENS = 500


class WrittenSentence(BaseModel):
    """One sentence, and the keys of the clauses that it stands on."""

    text: str = Field(description="一个完整的中文句子")
    keys: list[str] = Field(description="它依据的条款编号,如C1")


class AnswerDraft(BaseModel):
    """写出回答。"""

    covered: bool = Field(description="给出的条款是否回答了问题")
    sentences: list[WrittenSentence] = Field(default_factory=list)

    def draft(self) -> Draft:
        """The same outside of pydantic."""
        return Draft(self.covered, tuple(DraftSentence(s.text, tuple(s.keys)) for s in self.sentences))


class Writer(Protocol):
    """Words an answer; raises ModelError. `prompt` is what it was first told."""

    @property
    def prompt(self) -> Prompt: ...

    def write(self, complaints: Sequence[Complaint]) -> Draft:
        """A draft; the second time with what was wrong with the first."""


def question_prompt(
    name: str, system: str, question: str, clauses: str, *, history: Sequence[Turn], context: int, day: date
) -> Prompt:
    """The instruction and, behind it, all that changes from question to question."""
    earlier = remembered(history, context) or "(无)"
    told = render("answer_question", clauses=clauses, history=earlier, day=day.isoformat(), question=question)
    return Prompt(name, system, told)


class FillWriter:
    """Words an answer in one constrained call, for a model that calls no tools."""

    def __init__(self, out: Outgoing, prompt: Prompt, time: Time, tally: Tally) -> None:
        self.prompt = prompt
        self._out, self._time, self._tally = out, time, tally
        self._last = ""

    def write(self, complaints: Sequence[Complaint]) -> Draft:
        prompt = self.prompt
        if complaints:
            prompt = Prompt(
                prompt.name, prompt.system, f"{prompt.user}\n{self._last}\n{self._out.objection(complaints)}"
            )
        self._out.record(prompt)
        filled = self._out.model.fill(prompt, AnswerDraft, seconds=self._time.left(), tokens=TOKENS)
        self._tally.spend(filled.prompt_tokens, filled.reply_tokens)
        self._last = filled.value.model_dump_json()
        return self._out.restored(filled.value.draft())
