"""A stand-in for an OpenAI-compatible server: scripted replies and faults, and a history of what it was sent."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

KEY = "sk-test-0123456789"
MODEL = "fake-model"


@dataclass(frozen=True)
class Call:
    """A native tool call of a reply."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """What one request gets. `wait`: seconds before anything is sent; `drip`: seconds between single bytes of the
    body; `body`: sent as it is, whatever else is set; `cut`: the connection ends in the middle of the body."""

    text: str = ""
    calls: tuple[Call, ...] = ()
    finish: str | None = None
    wait: float = 0.0
    drip: float = 0.0
    body: bytes | None = None
    cut: bool = False
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def says(value: Any, **options: Any) -> Reply:
    """A reply whose text is this value as JSON."""
    return Reply(json.dumps(value, ensure_ascii=False), **options)


def fails(status: int, message: str = "", code: str | None = None, **options: Any) -> Reply:
    """An error as OpenAI words it."""
    error = {"error": {"message": message or f"fault {status}", "type": "error", "code": code, "param": None}}
    return Reply(body=json.dumps(error, ensure_ascii=False).encode(), status=status, **options)


Script = Reply | Callable[[dict[str, Any]], Reply]
"""A reply, or what makes one of the request's body."""


class LLMServer:
    """Serves on loopback while it is a context. Each request takes the next of the scripted replies, and `always`
    once there are none. `history` has the bodies of the requests, `headers` what came with them."""

    def __init__(
        self,
        *replies: Script,
        always: Script = Reply("好的。"),
        key: str = KEY,
        model: str = MODEL,
        schemas: bool = True,
    ) -> None:
        self.replies: list[Script] = list(replies)
        self.always = always
        self.key, self.model = key, model
        self.schemas = schemas
        """Whether response_format is understood; if not, it is answered by 400, as older servers do."""
        self.history: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.closed = threading.Event()
        self._mutex = threading.Lock()
        self._server = _Listening(("127.0.0.1", 0), _Handler)
        self._server.llm = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def told(self) -> str:
        """Every word that models were told so far."""
        return "\n".join(str(m.get("content")) for body in self.history for m in body["messages"])

    def answer(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Reply:
        """The reply to one request; noted before it is sent."""
        with self._mutex:
            self.history.append(body)
            self.headers.append(headers)
            if path != "/v1/chat/completions":
                return fails(404, f"no such path {path}")
            if self.key and headers.get("authorization") != f"Bearer {self.key}":
                return fails(401, f"Incorrect API key provided: {headers.get('authorization')}", "invalid_api_key")
            if body["model"] != self.model:
                return fails(404, f"The model `{body['model']}` does not exist", "model_not_found")
            if not self.schemas and "response_format" in body:
                return fails(400, "This response_format type is unavailable now", "invalid_request_error")
            script = self.replies.pop(0) if self.replies else self.always
        return script(body) if callable(script) else script

    def completion(self, reply: Reply) -> bytes:
        """The body that says what `reply` says."""
        message: dict[str, Any] = {"role": "assistant", "content": reply.text or None}
        if reply.calls:
            message["tool_calls"] = [
                {
                    "id": f"call_{number}",
                    "type": "function",
                    "function": {"name": call.name, "arguments": json.dumps(dict(call.arguments), ensure_ascii=False)},
                }
                for number, call in enumerate(reply.calls)
            ]
        choice = {
            "index": 0,
            "message": message,
            "finish_reason": reply.finish or ("tool_calls" if reply.calls else "stop"),
        }
        usage = {"prompt_tokens": 12, "completion_tokens": 7, "total_tokens": 19}
        made = {"id": "1", "object": "chat.completion", "created": 1, "model": self.model}
        return json.dumps({**made, "choices": [choice], "usage": usage}, ensure_ascii=False).encode()


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    llm: LLMServer

    def handle_error(self, *_: Any) -> None:
        """A client that has given up is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or the body waits 40 ms for the headers to be acknowledged
    server: _Listening

    def do_POST(self) -> None:
        """One chat completion."""
        llm = self.server.llm
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        reply = llm.answer(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        if llm.closed.wait(reply.wait):
            return
        content = llm.completion(reply) if reply.body is None else reply.body
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.cut:
            self.wfile.write(content[: len(content) // 2])
            self.close_connection = True
            return
        step = 1 if reply.drip else max(len(content), 1)
        for start in range(0, len(content), step):
            self.wfile.write(content[start : start + step])
            self.wfile.flush()
            if llm.closed.wait(reply.drip):
                return

    def log_message(self, format: str, *arguments: Any) -> None:
        """Silent."""
