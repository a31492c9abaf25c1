"""A model that calls tools words an answer: LangChain's agent over the tools of one question.

Imported only when there is such a model: LangChain takes a second.
"""

from collections.abc import Callable, Sequence
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelCallLimitMiddleware, ToolCallLimitMiddleware
from langchain.agents.structured_output import StructuredOutputError, ToolStrategy
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage
from langchain_core.tools import BaseTool, StructuredTool
from langgraph.errors import GraphRecursionError

from assistant.agent.outgoing import Outgoing
from assistant.agent.schema import Complaint, Draft, Step
from assistant.agent.tally import Tally
from assistant.agent.timing import Time
from assistant.agent.toolbox import Toolbox
from assistant.agent.written import TOKENS, AnswerDraft
from assistant.errors import ModelReplyError
from assistant.llm.schema import Prompt
from ingest.references import references, resolve

CALLS, TOOL_CALLS = 6, 8
"""The most calls of the model and of tools for one draft."""
_DOING = {
    "search_policy": "正在查找条款",
    "policy_validity": "正在核对有效期",
    "working_day_deadline": "正在推算工作日",
    "evaluation_outcome": "正在核对评价结果的后果",
    "list_conditions": "正在阅读申报条件",
    "required_materials": "正在查找要交的材料",
    AnswerDraft.__name__: "正在写回答",
}


class AgentWriter:
    """Words an answer with tools; `emit` is told each step as it is taken."""

    def __init__(
        self,
        out: Outgoing,
        prompt: Prompt,
        toolbox: Toolbox,
        time: Time,
        tally: Tally,
        emit: Callable[[Step], None],
    ) -> None:
        self.prompt = prompt
        self._out, self._toolbox, self._time, self._tally, self._emit = out, toolbox, time, tally, emit
        self._messages: list[AnyMessage | dict[str, Any]] = [HumanMessage(prompt.user)]

    def write(self, complaints: Sequence[Complaint]) -> Draft:
        if complaints:
            self._messages.append(HumanMessage(self._out.objection(complaints)))
        self._out.record(self.prompt)
        limits: list[AgentMiddleware[Any, None, Any]] = [
            ModelCallLimitMiddleware(run_limit=CALLS, exit_behavior="end"),
            ToolCallLimitMiddleware(run_limit=TOOL_CALLS, exit_behavior="continue"),
        ]
        agent = create_agent(
            self._out.model.chat(seconds=self._time.left(), tokens=TOKENS),
            tools=_tools(self._toolbox),
            system_prompt=self.prompt.system,
            middleware=limits,
            response_format=ToolStrategy(AnswerDraft, handle_errors="参数不合格式,请按要求重新写。"),
        )
        written: AnswerDraft | None = None
        try:
            for update in agent.stream({"messages": self._messages}, stream_mode="updates"):
                self._time.left()
                for state in update.values():
                    written = self._follow(state or {}) or written
        except (StructuredOutputError, GraphRecursionError):
            raise ModelReplyError("语言模型的回复不合格式,没有采用。") from None
        if written is None:
            raise ModelReplyError("语言模型查了条款,但没有写出回答。")
        return self._out.restored(written.draft())

    def _follow(self, state: dict[str, Any]) -> AnswerDraft | None:
        """Take in what one step of the agent added; the draft when it is that."""
        for message in state.get("messages", ()):
            self._messages.append(message)
            if isinstance(message, AIMessage):
                used = message.usage_metadata
                self._tally.spend(used["input_tokens"] if used else 0, used["output_tokens"] if used else 0)
                for call in message.tool_calls:
                    self._emit(self._step(call["name"], call["args"]))
        written = state.get("structured_response")
        return written if isinstance(written, AnswerDraft) else None

    def _step(self, tool: str, arguments: dict[str, Any]) -> Step:
        """What a call does, in words of our own: of the model's only a clause that exists is named."""
        if tool == "read_clause":
            own = self._toolbox.shelf.clauses[self._toolbox.policy]
            found = [c.label for r in references(str(arguments.get("label", ""))) if (c := resolve(r, own))]
            return Step("reading", f"正在阅读{'、'.join(found) or '条款'}")
        return Step("wording" if tool == AnswerDraft.__name__ else "searching", _DOING.get(tool, "正在查找条款"))


def _tools(toolbox: Toolbox) -> list[BaseTool]:
    """The tools as LangChain knows them: name, parameters and description are those of the method."""
    methods: tuple[Callable[..., str], ...] = (
        toolbox.search_policy,
        toolbox.read_clause,
        toolbox.policy_validity,
        toolbox.working_day_deadline,
        toolbox.evaluation_outcome,
        toolbox.list_conditions,
        toolbox.required_materials,
    )
    return [StructuredTool.from_function(method, handle_validation_error="参数不合格式。") for method in methods]
