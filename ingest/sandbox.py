"""Child processes in which hostile files are read: limits on time and memory, and a crash costs one file.

Pebble runs them. They come from a fork server that has the readers loaded, so a fresh process for every file costs some
tens of milliseconds; a process that recognises pictures stays for the next ones, since it has a model to load.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from ingest.errors import AssistantError, UnreadableError
from ingest.isolated import READERS
from ingest.limits import Limits

_T = TypeVar("_T")
_LOG = logging.getLogger(__name__)
_PICTURES = 64  # that one process recognises before a fresh one takes over


class Sandbox:
    """Runs functions on files in child processes. For many threads; close it to end the processes."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._mutex = threading.Lock()
        self._pools: dict[bool, ProcessPool] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="assistant-reading-", ignore_cleanup_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, whatever they do, and delete what they left in their temporary folder."""
        with self._mutex:
            pools = list(self._pools.values())
            self._pools.clear()
        for pool in pools:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()
        self._folder.cleanup()

    def start(self, function: Callable[..., _T], *arguments: Any, lasting: bool = False) -> Future[_T]:
        """Run `function(*arguments)`, which must be importable, in a process of its own, or (`lasting`) in one that
        serves many calls. Ask for its result by `outcome`."""
        with self._mutex:
            if lasting not in self._pools:
                self._pools[lasting] = self._pool(_PICTURES if lasting else 1)
            future: Future[_T] = self._pools[lasting].schedule(
                _limited, args=(function, self.limits.seconds, arguments), timeout=self.limits.seconds
            )
        return future

    def outcome(self, future: Future[_T]) -> _T:
        """What the function returned. Raises UnreadableError with what it said, or with why it did not end."""
        try:
            return future.result()
        except AssistantError as error:
            message = str(error)
        except TimeoutError:
            message = f"读取超过 {self.limits.seconds:g} 秒仍未完成,请拆分文件或另存为 PDF 后再提交。"
        except MemoryError:
            message = f"读取时占用内存超过 {self.limits.memory_mb} MB,请拆分文件或另存为 PDF 后再提交。"
        except ProcessExpired:
            message = "文件结构异常,读取时中断,请用原来的软件重新导出后再提交。"
        except RecursionError:
            message = "文件嵌套层次过多,请用原来的软件重新导出后再提交。"
        except Exception as error:  # a damaged file makes libraries raise anything: this is where that ends
            _LOG.warning("reading failed with %s: %s", type(error).__name__, error)
            message = "文件已损坏或内容不合格式,请用原来的软件重新导出后再提交。"
        raise UnreadableError(message)

    def _pool(self, tasks: int) -> ProcessPool:
        if sys.platform == "win32":
            context: Any = multiprocessing.get_context("spawn")
        else:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(list(READERS))
        return ProcessPool(
            max_workers=self.limits.processes or os.cpu_count() or 1,
            max_tasks=tasks,
            initializer=_prepare,
            initargs=(self.limits.memory_mb, self._folder.name),
            context=context,
        )


def _prepare(memory_mb: int, folder: str) -> None:
    """What every child does first: its memory is limited, temporary files go to the sandbox's folder."""
    tempfile.tempdir = folder
    Path(folder).mkdir(exist_ok=True)
    with contextlib.suppress(ImportError):  # Windows limits time only
        import resource

        # Of private writable memory: libraries and mapped files are not held against a file.
        size = memory_mb * 1_000_000
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limited(function: Callable[..., _T], seconds: float, arguments: tuple[Any, ...]) -> _T:
    """Call `function`; should the parent be gone and nobody count the time, the processor time ends the process."""
    with contextlib.suppress(ImportError):
        import resource

        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime + 4 * seconds) + 1
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    return function(*arguments)
