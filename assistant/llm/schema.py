"""The nouns of language models: Prompt, Filled, Ability, and the seam LanguageModel."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

if TYPE_CHECKING:  # importing it takes a second, which commands without a model should not wait
    from langchain_core.language_models import BaseChatModel

Where = Literal["local", "remote"]
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told. `system` stays the same from call to call, so that servers can keep its state;
    `name` is the file of `prompts/`."""

    name: str
    system: str
    user: str

    @property
    def version(self) -> str:
        """The name and the first 12 digits of the sha256 of the unchanging part."""
        return f"{self.name}@{hashlib.sha256(self.system.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Filled(Generic[Shape]):
    """A reply of the shape that was asked for, and what it cost."""

    value: Shape
    prompt_tokens: int = 0
    reply_tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Ability:
    """What a model was found able to do by `assistant.llm.probe`. `tools`: it calls tools natively and stops;
    `words`: it words an answer from given clauses without adding to them; `selects`: it picks the sentences that
    answer, and none where none does."""

    tools: bool = False
    words: bool = False
    selects: bool = False


class LanguageModel(Protocol):
    """A model that can be asked. Every method raises ModelError with one sentence."""

    @property
    def name(self) -> str:
        """As the page and results show it: deepseek-chat, qwen2.5-coder-1.5b-instruct-q4."""

    @property
    def where(self) -> Where:
        """Whether what it is told leaves the machine."""

    @property
    def context(self) -> int:
        """Tokens that a prompt and its reply may have together."""

    def fill(self, prompt: Prompt, shape: type[Shape], *, seconds: float, tokens: int = 400) -> Filled[Shape]:
        """One constrained call: the reply as `shape`, after at most `seconds`, of at most `tokens` tokens."""

    def chat(self, *, seconds: float, tokens: int = 800) -> "BaseChatModel":
        """The same model as LangChain knows it, for `create_agent`; guarded by the same time-outs and breaker.

        What it raises is turned into ModelError by `assistant.llm.remote.told`.
        """
