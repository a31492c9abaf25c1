"""A chat model that says what was written for it, and remembers what it heard."""

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool


class ScriptedChat(BaseChatModel):
    """Says the next of `says`, which is shared with whoever made it; an error among them is raised."""

    says: Any  # a list, but pydantic would copy that
    heard: Any

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(
        self, tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool], **options: Any
    ) -> Runnable[Any, AIMessage]:
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        self.heard.append(list(messages))
        said = self.says.pop(0)
        if isinstance(said, Exception):
            raise said
        return ChatResult(generations=[ChatGeneration(message=said)])


def calls(*named: tuple[str, dict[str, Any]], number: int = 1) -> AIMessage:
    """A message that calls tools, each (name, arguments)."""
    made = [
        {"name": name, "args": arguments, "id": f"call_{number}_{place}", "type": "tool_call"}
        for place, (name, arguments) in enumerate(named)
    ]
    usage = {"input_tokens": 50, "output_tokens": 5, "total_tokens": 55}
    return AIMessage("", tool_calls=made, usage_metadata=usage)


def drafts(*sentences: tuple[str, str], covered: bool = True) -> AIMessage:
    """The call that hands in an answer: each sentence with its key."""
    written = [{"text": text, "keys": [key] if key else []} for text, key in sentences]
    return calls(("AnswerDraft", {"covered": covered, "sentences": written}), number=99)
