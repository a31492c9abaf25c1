"""HTTP to a model's server: a whole reply within the time that is left, or an error; never a wait beyond it."""

import json
import queue
import threading
import time

import httpx2
from pydantic import BaseModel, Field, ValidationError

from assistant.errors import ModelError, ModelReplyError
from assistant.llm.schema import Where
from assistant.llm.telling import told

_LARGEST = 4_000_000  # bytes of one reply; no reply that was asked for comes near it
_FIRST_PAUSE = 0.5  # seconds that the openai client waits before its first retry; each further pause is twice as long
_FORMAT = "语言模型服务的回应不是对话接口的格式,请检查 LLM_BASE_URL(一般以 /v1 结尾)。"


class _Function(BaseModel):
    name: str
    arguments: str


class _ToolCall(BaseModel):
    function: _Function


class _Message(BaseModel):
    content: str | None = None
    tool_calls: list[_ToolCall] | None = None


class _Choice(BaseModel):
    message: _Message


class _Completion(BaseModel):
    """As much of a chat completion as has to be right for the libraries above to read it."""

    choices: list[_Choice] = Field(min_length=1)


class Wire(httpx2.BaseTransport):
    """The transport of one call: every request of it, retries included, is over at `ends` (`time.monotonic`).

    The timeouts of an HTTP client are for each read, so a server that sends a byte a second never meets them, and
    looking up a name has none. So the request runs on a thread, and nobody waits for that longer than is allowed.
    Raises ModelError, which the openai client hands on without a retry.
    """

    def __init__(self, client: httpx2.Client, ends: float, where: Where) -> None:
        self._client = client
        self._ends = ends
        self._where = where
        self._requests = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The reply, read to its end."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise _late()
        self._requests += 1
        request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), left)
        done: queue.SimpleQueue[httpx2.Response | Exception] = queue.SimpleQueue()
        threading.Thread(target=self._work, args=(request, done), name="model call", daemon=True).start()
        try:
            outcome = done.get(timeout=left)
        except queue.Empty:
            raise _late() from None
        if isinstance(outcome, Exception):
            raise outcome
        if outcome.status_code == 200:
            _check(outcome.content)
        elif not self._worth_waiting(outcome.headers):
            outcome.headers["x-should-retry"] = "false"
        return outcome

    def close(self) -> None:
        """The connections belong to the endpoint and outlive this call."""

    def _work(self, request: httpx2.Request, done: "queue.SimpleQueue[httpx2.Response | Exception]") -> None:
        try:
            done.put(self._whole(request))
        except httpx2.TimeoutException:
            done.put(_late())
        except (httpx2.ConnectError, httpx2.UnsupportedProtocol) as error:  # nobody there: not the time for a retry
            done.put(told(error, where=self._where))
        except Exception as error:  # whatever it is, it is raised where the call was made
            done.put(error)

    def _whole(self, request: httpx2.Request) -> httpx2.Response:
        response = self._client.send(request, stream=True)
        try:
            content = bytearray()
            for piece in response.iter_bytes():
                content += piece
                if len(content) > _LARGEST:
                    raise ModelReplyError("语言模型的回复长得没有尽头,没有采用。")
                if time.monotonic() > self._ends:
                    raise _late()
        finally:
            response.close()
        # The content has been unpacked by now.
        kept = [
            (k, v) for k, v in response.headers.multi_items() if k.lower() not in ("content-encoding", "content-length")
        ]
        return httpx2.Response(response.status_code, headers=kept, content=bytes(content), request=request)

    def _worth_waiting(self, headers: httpx2.Headers) -> bool:
        """Whether a retry after the pause that the server asks for still has time to succeed."""
        try:
            pause = float(headers.get("retry-after-ms", "")) / 1000
        except ValueError:
            try:
                pause = float(headers.get("retry-after", _FIRST_PAUSE * 2 ** (self._requests - 1)))
            except ValueError:  # a date: a server that gives one means minutes
                return False
        return time.monotonic() + pause + 1 < self._ends


def _late() -> ModelError:
    return told(TimeoutError())


def _check(content: bytes) -> None:
    try:
        _Completion.model_validate(json.loads(content))
    except (ValidationError, ValueError, RecursionError):
        raise ModelReplyError(_FORMAT) from None
