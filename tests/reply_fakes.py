"""Replies as `assistant.agent.reply.reply` gives them, step by step, for the pages."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date

from assistant.agent.schema import Shown, Step
from assistant.schema import Turn
from tests.fakes import FakeAnswers, FakeLibrary


class FakeReplies:
    """A question with 模型 is answered at once, and again in other words when somebody has asked 放行; with 失灵 the
    model fails in between. Every other question has one answer."""

    def __init__(self, library: FakeLibrary) -> None:
        self.answers = FakeAnswers(library)
        self.closed = 0

    def __call__(
        self, question: str, *, history: Sequence[Turn], policy: str | None, as_of: date
    ) -> Generator[Step | Shown]:
        try:
            if "模型" not in question:
                yield Shown(self.answers(question, history=history, policy=policy, as_of=as_of), final=True)
                return
            first = self.answers(question.replace("等待", ""), history=history, policy=policy, as_of=as_of)
            yield Shown(first, final=False)
            yield Step("reading", "正在阅读第十三条")
            if "失灵" in question:
                raise ZeroDivisionError("a fault of the program")
            self.answers(question, history=history, policy=policy, as_of=as_of)
            worded = replace(first, mode="llm", model="示例模型", text=f"应当及时报告。\n{first.text}")
            yield Shown(worded, final=True)
        finally:
            self.closed += 1
