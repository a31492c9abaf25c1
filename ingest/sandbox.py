"""Child processes in which hostile files are read: limits on time and memory, and a crash costs one file.

They come from a fork server that has the readers loaded, so a fresh process for every file costs some tens of
milliseconds; a process that recognises pictures stays for the next ones, since it has a model to load. Each has a pipe
and a thread of its own here: a process that dies at any moment can hold up or damage nobody else's answer.
"""

import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, Self, TypeVar

from ingest.child import Child, Failure
from ingest.errors import StoppedError, StorageError, UnreadableError
from ingest.isolated import READERS
from ingest.leftovers import Scratch
from ingest.limits import Limits

_T = TypeVar("_T")
_LOG = logging.getLogger(__name__)
_PICTURES = 64  # that one process recognises before a fresh one takes over
_STOPPED = "读取已停止,没有读完,请重新读取。"
_DIED = "文件结构异常,读取时中断,请用原来的软件重新导出后再提交。"
_DEEP = "文件嵌套层次过多,请用原来的软件重新导出后再提交。"
_DAMAGED = "文件已损坏或内容不合格式,请用原来的软件重新导出后再提交。"
_FULL = "放临时文件的磁盘已满或不能写入,没有读取,请清理磁盘后再试。"


class Sandbox:
    """Runs functions on files in child processes. For many threads; close it to end the processes. Raises
    StorageError when there is no room for temporary files."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        workers = limits.processes or os.cpu_count() or 1
        self._threads = {lasting: ThreadPoolExecutor(workers, "reading") for lasting in (False, True)}
        self._kept = threading.local()  # the lasting child of a thread
        self._mutex = threading.Lock()
        self._closed = False
        self._children: set[Child] = set()
        try:
            self._scratch = Scratch()
        except OSError as error:
            raise StorageError(_FULL) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, whatever they do, and delete what they left in their temporary folder."""
        with self._mutex:
            self._closed = True
            children = list(self._children)
        for child in children:
            child.kill()
        for threads in self._threads.values():
            threads.shutdown(cancel_futures=True)
        for child in list(self._children):
            self._end(child)
        self._scratch.remove()

    def start(self, function: Callable[..., _T], *arguments: Any, lasting: bool = False) -> Future[_T]:
        """Run `function(*arguments)`, which must be importable, in a process of its own, or (`lasting`) in one that
        serves many calls. Ask for its result by `outcome`. Raises StoppedError after `close`."""
        try:
            return self._threads[lasting].submit(self._answer, function, arguments, lasting)
        except RuntimeError as error:  # the threads are shut down
            raise StoppedError(_STOPPED) from error

    def outcome(self, future: Future[_T]) -> _T:
        """What the function returned. Raises UnreadableError with what it said, or with why it did not end, and
        StoppedError when the sandbox was closed meanwhile."""
        try:
            return future.result()
        except CancelledError as error:
            raise StoppedError(_STOPPED) from error

    def _answer(self, function: Callable[..., Any], arguments: tuple[Any, ...], lasting: bool) -> Any:
        if not threading.main_thread().is_alive():  # the program ends without having closed the sandbox
            raise StoppedError(_STOPPED)
        child = self._child(lasting)
        try:
            answer = child.ask(function, arguments, self.limits.seconds)
        finally:
            if not lasting or child.dead or child.asked == _PICTURES:
                self._kept.child = None
                self._end(child)
        if self._closed:
            raise StoppedError(_STOPPED)
        if isinstance(answer, Failure):
            raise UnreadableError(self._reason(answer))
        return answer

    def _child(self, lasting: bool) -> Child:
        if lasting and (kept := getattr(self._kept, "child", None)):
            if kept.alive():
                return kept  # type: ignore[no-any-return]
            self._end(kept)
        try:
            child = Child(_context(), self._scratch.folder(), self.limits.memory_mb)
        except OSError as error:
            raise StorageError(_FULL) from error
        with self._mutex:
            self._children.add(child)
            closed = self._closed
        if closed:
            child.kill()
        if lasting:
            self._kept.child = child
        return child

    def _end(self, child: Child) -> None:
        child.end()
        with self._mutex:
            self._children.discard(child)

    def _reason(self, failure: Failure) -> str:
        """Why nothing came of a file, in one sentence."""
        if failure.kind == "reason":
            return failure.words
        if failure.kind != "stumbled":
            _LOG.info("reading ended: %s", failure.kind)
        else:  # a damaged file makes libraries raise anything: this is where that ends
            _LOG.info("reading stumbled over %s", failure.words)
        return {
            "slow": f"读取超过 {self.limits.seconds:g} 秒仍未完成,请拆分文件或另存为 PDF 后再提交。",
            "memory": f"读取时占用内存超过 {self.limits.memory_mb} MB,请拆分文件或另存为 PDF 后再提交。",
            "died": _DIED,
            "deep": _DEEP,
            "stumbled": _DAMAGED,
        }[failure.kind]


def _context() -> Any:
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(READERS))
    return context
