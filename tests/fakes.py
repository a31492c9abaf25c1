"""Stand-ins for what is slow to open: a library of real texts without an index, and answers written beforehand."""

import threading
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.answering.grounding import cite
from assistant.errors import ModelReplyError
from assistant.llm.schema import Filled, Prompt, Shape, Where
from assistant.schema import Answer, Turn
from assistant.validity import notices
from ingest.clauses import parse
from ingest.errors import AssistantError, PolicyError
from ingest.schema import Clause, Policy, Successor

Reply = Mapping[str, object] | Exception
Scripted = Reply | Callable[[Prompt], Reply]

CORPUS = Path(__file__).parent.parent / "corpus"


def qingdao() -> tuple[Policy, str]:
    """The shipped measure and its text."""
    entry = next(p for p in tomllib.loads((CORPUS / "policies.toml").read_text("utf-8"))["policy"])
    policy = Policy(**{**entry, "successor": Successor(**entry["successor"])})
    return policy, (CORPUS / policy.path).read_text("utf-8")


def second() -> tuple[Policy, str]:
    """Another measure, made up and without an end."""
    source = "示例市公园管理办法\n\n第一条  为管理公园,制定本办法。\n第二条  公园每日六时开放。\n"
    policy = Policy(
        id="example-2020",
        title="示例市公园管理办法",
        issuer="示例市园林局",
        path="policies/example-2020.txt",
        sha256="0" * 64,
        effective=date(2020, 1, 1),
    )
    return policy, source


@dataclass(frozen=True)
class FakeLibrary:
    """Texts and their clauses, held in memory."""

    texts: tuple[tuple[Policy, str], ...]
    words_only: str | None = None

    def policies(self) -> tuple[Policy, ...]:
        return tuple(policy for policy, _ in self.texts)

    def source(self, policy: str) -> str:
        for held, source in self.texts:
            if held.id == policy:
                return source
        raise PolicyError(f"没有编号为“{policy}”的政策。")

    def clauses(self, policy: str) -> tuple[Clause, ...]:
        return parse(self.source(policy), policy)


class FakeAnswers:
    """Answers as `assistant.answering.answer.answer` gives them, for a handful of words in the question.

    等待 is answered only when somebody asks 放行; 崩溃 is a fault of the program.
    """

    def __init__(self, library: FakeLibrary) -> None:
        self._library = library
        self._let_go = threading.Event()
        self.asked: list[tuple[str, tuple[Turn, ...], str | None, date]] = []

    def __call__(self, question: str, *, history: Sequence[Turn], policy: str | None, as_of: date) -> Answer:
        self.asked.append((question, tuple(history), policy, as_of))
        if len(question) > 2000:
            raise AssistantError("问题太长了,请控制在2000字以内。")
        if "放行" in question:
            self._let_go.set()
        if "等待" in question:
            self._let_go.wait(30)
            self._let_go.clear()
        if "崩溃" in question:
            raise ZeroDivisionError("a fault of the program")
        held = self._library.policies()[0]
        clauses = self._library.clauses(held.id)
        if "补贴" in question:
            near = [cite(held, c, c.text[4:]) for c in clauses if c.id in ("11", "17")]
            told = f"《{held.title}》没有规定这一点。请以当年的申报通知为准,或向{held.issuer}咨询。"
            made = Answer(question, "refused", told, as_of, related=tuple(near), elapsed_ms=8.1)
        else:
            wanted = ("7p1", "7.1", "7.2") if "条件" in question else ("13",)
            cited = tuple(cite(held, c, _words(c)) for c in clauses if c.id in wanted)
            lines = [f"《{held.title}》规定:", *(f"{c.label}:“{c.quote}”" for c in cited)]
            made = Answer(question, "answered", "\n".join(lines), as_of, citations=cited, elapsed_ms=12.3)
        return replace(made, notices=notices(held, as_of))


def _words(clause: Clause) -> str:
    """A clause without its number; of a long one, the first sentence."""
    return clause.text.lstrip("第一二三四五六七八九十条()\xa0 ").split("。")[0]


class ScriptedModel:
    """A LanguageModel whose replies are written beforehand: a dict is what it fills in, an error is raised, a function
    makes either of the prompt. `asked` has every prompt; `chats` are the messages that it says when it is an agent."""

    name = "示例模型"
    where: Where = "local"
    context = 8192

    def __init__(self, *replies: Scripted, chats: Sequence[object] = ()) -> None:
        self.replies = list(replies)
        self.chats = list(chats)
        self.asked: list[Prompt] = []
        self.heard: list[list[object]] = []

    def fill(self, prompt: Prompt, shape: type[Shape], *, seconds: float, tokens: int = 400) -> Filled[Shape]:
        self.asked.append(prompt)
        reply = self.replies.pop(0)
        made = reply(prompt) if callable(reply) else reply
        if isinstance(made, Exception):
            raise made
        try:
            return Filled(shape.model_validate(made), prompt_tokens=100, reply_tokens=10, seconds=0.1)
        except ValidationError:
            raise ModelReplyError("语言模型的回复不是所要求的格式。") from None

    def chat(self, *, seconds: float, tokens: int = 800) -> Any:
        from tests.chat_fakes import ScriptedChat  # LangChain takes a second to import

        return ScriptedChat(says=self.chats, heard=self.heard)
