"""Any OpenAI-compatible endpoint as a LanguageModel: DeepSeek, Qwen, vLLM, Ollama, and the local server of our own."""

import contextlib
import ipaddress
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.outputs import ChatResult
from langchain_openai.chat_models.base import BaseChatOpenAI
from pydantic import PrivateAttr, SecretStr

from assistant.errors import ModelReplyError, ModelUnavailable
from assistant.llm.breaker import PAUSE, Breaker
from assistant.llm.replies import parsed
from assistant.llm.schema import Filled, Prompt, Shape, Where
from assistant.llm.telling import CutShort, RefusedRequest, told
from assistant.llm.wire import Wire
from prompts import render

__all__ = ["Endpoint", "told"]

_RETRIES = 2


class Endpoint:
    """A model behind an address, for many threads; close it when it is done with. Raises only ModelError, and
    ModelSettingError at once for an address that is none."""

    def __init__(
        self,
        base_url: str,
        name: str,
        key: SecretStr,
        *,
        context: int,
        parallel: int,
        where: Where = "remote",
        pause: float = PAUSE,
    ) -> None:
        self.name = name
        self.where = where
        self.context = context
        self.identity = f"{base_url} {name}"
        """What the endpoint is known by from one start to the next; without the key."""
        self.breaker = Breaker(pause=pause)
        self._base_url = base_url
        self._key = key
        self._slots = threading.Semaphore(parallel)
        # A proxy of the office is for other machines.
        self._client = httpx2.Client(trust_env=not _loopback(_host(base_url)))
        self._schemas = True

    def start(self) -> None:
        """Nothing: the server is somebody else's."""

    def ready(self, seconds: float) -> None:
        """Nothing, as `start`."""

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def fill(self, prompt: Prompt, shape: type[Shape], *, seconds: float, tokens: int = 400) -> Filled[Shape]:
        """One constrained call: by `response_format`, or where the endpoint does not know that or does not keep to
        it, with the schema in the prompt. What it does not know is remembered."""
        began = time.monotonic()
        model = self.chat(seconds=seconds, tokens=tokens)
        schema = shape.model_json_schema()
        if self._schemas:
            wanted = {"type": "json_schema", "json_schema": {"name": shape.__name__, "schema": schema}}
            try:
                reply = _asked(model, prompt.system, prompt.user, response_format=wanted)
                return _filled(parsed(reply.text, shape), reply, began)
            except CutShort:  # asked otherwise it would be again
                raise
            except (RefusedRequest, ModelReplyError):
                pass
        system = render(
            "json_only", instructions=prompt.system, schema=json.dumps(schema, ensure_ascii=False, sort_keys=True)
        )
        reply = _asked(model, system, prompt.user)
        self._schemas = False
        return _filled(parsed(reply.text, shape), reply, began)

    def chat(self, *, seconds: float, tokens: int = 800) -> "Chat":
        """The model as LangChain knows it. All its calls together have `seconds` from now on, each at most `tokens`
        of reply; it raises ModelError."""
        ends = time.monotonic() + seconds
        made = Chat(
            model=self.name,
            base_url=self._base_url,
            api_key=self._key,
            temperature=0,
            max_tokens=tokens,
            max_retries=_RETRIES,
            disable_streaming=True,
            use_responses_api=False,
            http_client=httpx2.Client(
                transport=Wire(self._client, ends, self.where), trust_env=False, follow_redirects=True
            ),
        )
        made.belongs(self, ends)
        return made

    @contextlib.contextmanager
    def turn(self, ends: float) -> Iterator[None]:
        """Around one call: waits for a free slot, asks the breaker, and turns every error into a ModelError."""
        if self._client.is_closed:
            raise ModelUnavailable("语言模型已经停止使用。")
        if not self._slots.acquire(timeout=max(0.0, ends - time.monotonic())):
            raise ModelUnavailable("语言模型正忙于别的问题,这次没有使用它。")
        try:
            with self.breaker.calling():
                try:
                    yield
                except (openai.OpenAIError, httpx2.HTTPError, ValueError) as error:
                    raise told(error, where=self.where) from None
        finally:
            self._slots.release()


class Chat(BaseChatOpenAI):
    """LangChain's model of an OpenAI-compatible endpoint, whose every call takes a turn of its Endpoint.

    Its superclass and not ChatOpenAI, which sends `max_completion_tokens`: DeepSeek and Ollama know `max_tokens` alone,
    and a limit they do not know is none.
    """

    _endpoint: Endpoint = PrivateAttr()
    _ends: float = PrivateAttr()

    def belongs(self, endpoint: Endpoint, ends: float) -> None:
        """Name the endpoint whose turns it takes, and the time when all is over."""
        self._endpoint, self._ends = endpoint, ends

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        with self._endpoint.turn(self._ends):
            return super()._generate(messages, stop, run_manager, **options)


def _asked(model: Chat, system: str, user: str, **options: Any) -> AIMessage:
    reply = model.invoke([SystemMessage(system), HumanMessage(user)], **options)
    if reply.response_metadata.get("finish_reason") == "length":
        raise CutShort
    return reply


def _filled(value: Shape, reply: AIMessage, began: float) -> Filled[Shape]:
    usage = reply.usage_metadata
    return Filled(
        value,
        prompt_tokens=usage["input_tokens"] if usage else 0,
        reply_tokens=usage["output_tokens"] if usage else 0,
        seconds=time.monotonic() - began,
    )


def _host(base_url: str) -> str:
    try:
        url = httpx2.URL(base_url)
    except httpx2.InvalidURL as error:
        raise told(error) from None
    if url.scheme not in ("http", "https") or not url.host:
        raise told(httpx2.UnsupportedProtocol(""))
    return url.host


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
