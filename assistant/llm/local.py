"""A GGUF file as a LanguageModel: a server of its own in a child process, started on first need, ended with us."""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from assistant.errors import ModelError, ModelSettingError, ModelUnavailable
from assistant.llm.schema import Filled, Prompt, Shape, Where

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.llm.remote import Endpoint

_PROGRAM = Path(__file__).with_name("local_server.py")
_STARTS = 4  # the first and three more: what dies again and again would only use up the machine
_LOADING = 180.0  # seconds that loading may take, from a slow disk
_BESIDE = 700_000_000  # bytes that a server needs beside the weights: the context of 8192 tokens and room to compute


@dataclass(frozen=True, slots=True)
class _Running:
    process: subprocess.Popen[str]
    endpoint: "Endpoint"


class LocalModel:
    """A model in a process of its own, for many threads; close it to end the process. Raises only ModelError.

    The process listens on loopback under a key that only this program knows. `check` is called before each start and
    raises ModelSettingError when the file is not the right one.
    """

    where: Where = "local"

    def __init__(
        self,
        path: Path,
        name: str,
        *,
        context: int,
        parallel: int,
        check: Callable[[], None],
        free_memory: Callable[[], int | None] | None = None,
        program: Path = _PROGRAM,
    ) -> None:
        self.name = name
        self.context = context
        self.identity = f"local {name}"
        """What the model is known by from one start to the next."""
        self._path, self._parallel, self._check = path, parallel, check
        self._free_memory, self._program = free_memory or _free_memory, program
        self._mutex = threading.Lock()
        self._starts = 0
        self._closed = False
        self._server: Future[_Running] | None = None
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Begin loading on a thread, unless it has begun; what goes wrong is told by the next call."""
        with contextlib.suppress(ModelError):
            self._started()

    def ready(self, seconds: float) -> None:
        """Wait until the model can be asked. Raises ModelError when it cannot, or not by then."""
        self._endpoint(time.monotonic() + seconds)

    def fill(self, prompt: Prompt, shape: type[Shape], *, seconds: float, tokens: int = 400) -> Filled[Shape]:
        """As `Endpoint.fill`; waiting for the process to start counts."""
        ends = time.monotonic() + seconds
        return self._endpoint(ends).fill(prompt, shape, seconds=ends - time.monotonic(), tokens=tokens)

    def chat(self, *, seconds: float, tokens: int = 800) -> "BaseChatModel":
        """As `Endpoint.chat`; waiting for the process to start counts."""
        ends = time.monotonic() + seconds
        return self._endpoint(ends).chat(seconds=ends - time.monotonic(), tokens=tokens)

    def close(self) -> None:
        """End the process, whatever it does."""
        with self._mutex:
            self._closed = True
            process, server = self._process, self._server
        if process:
            process.kill()
        if server:
            with contextlib.suppress(ModelError):
                _end(server.result())

    def _endpoint(self, ends: float) -> "Endpoint":
        try:
            return self._started().result(timeout=max(0.0, ends - time.monotonic())).endpoint
        except NotYet:
            raise ModelUnavailable("本地语言模型正在启动,这次没有使用它。") from None

    def _started(self) -> "Future[_Running]":
        """The server that runs or is being started; a new one where there was none or it has died."""
        with self._mutex:
            if self._closed:
                raise ModelUnavailable("本地语言模型已经停止。")
            if self._server and not _gone(self._server):
                return self._server
            if self._starts == _STARTS:
                raise ModelUnavailable("本地语言模型多次中断,已停用,请检查内存是否足够,然后重新启动本程序。")
            self._starts += 1
            before, self._server = self._server, Future()
            threading.Thread(target=self._start, args=(self._server, before), name="local model", daemon=True).start()
            return self._server

    def _start(self, server: "Future[_Running]", before: "Future[_Running] | None") -> None:
        try:
            if before and not before.exception():
                _end(before.result())
            self._check()
            free = self._free_memory()
            if free is not None and free < (needed := self._path.stat().st_size + _BESIDE):
                raise ModelUnavailable(
                    f"内存不足,本地语言模型没有启动:需要约 {needed / 1e9:.1f} GB,可用 {free / 1e9:.1f} GB,"
                    "可用 ASSISTANT_LLM_LOCAL 换一个小的模型。"
                )
            server.set_result(self._run())
        except ModelError as error:
            server.set_exception(error)
        except OSError as error:
            server.set_exception(ModelUnavailable(f"本地语言模型没有启动:{error.strerror or error}。"))

    def _run(self) -> _Running:
        from assistant.llm.remote import Endpoint

        key = secrets.token_urlsafe(32)
        process = subprocess.Popen(
            [sys.executable, "-I", str(self._program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with self._mutex:
            self._process = process
            if self._closed:
                process.kill()
        patience = threading.Timer(_LOADING, process.kill)
        patience.daemon = True
        patience.start()
        asked = {"path": str(self._path), "key": key, "context": self.context, "slots": self._parallel}
        try:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps({**asked, "threads": os.cpu_count() or 1}) + "\n")
            process.stdin.flush()
            told = json.loads(process.stdout.readline() or "{}")
        except (OSError, ValueError):
            told = {}
        finally:
            patience.cancel()
        if address := told.get("address"):
            url = f"{address}/v1"
            return _Running(
                process,
                Endpoint(url, self.name, SecretStr(key), context=self.context, parallel=self._parallel, where="local"),
            )
        _reap(process)
        raise _failure(told.get("error"))


def _failure(kind: str | None) -> ModelError:
    if kind == "missing":
        return ModelSettingError("没有安装运行本地语言模型的软件包(xllamacpp),请运行 make model。")
    if kind == "model":
        return ModelUnavailable("本地语言模型没有装载成功,多半是内存不足,可用 ASSISTANT_LLM_LOCAL 换一个小的模型。")
    return ModelUnavailable("本地语言模型在启动时中断,多半是内存不足,可用 ASSISTANT_LLM_LOCAL 换一个小的模型。")


def _gone(server: "Future[_Running]") -> bool:
    """Whether a new start may help: the process has died, or could not be started for want of memory."""
    if not server.done():
        return False
    error = server.exception()
    return isinstance(error, ModelUnavailable) if error else server.result().process.poll() is not None


def _end(running: _Running) -> None:
    running.endpoint.close()
    _reap(running.process)


def _reap(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()


def _free_memory() -> int | None:
    """Bytes that a new process may use; None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)
