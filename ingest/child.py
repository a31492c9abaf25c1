"""One child process: asked over a pipe of its own, answered in bytes, ended when its time is over or its parent gone.

What a child raises never travels as an exception: many cannot be unpickled, and their words hold pieces of files.
"""

import contextlib
import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from ingest.errors import AssistantError

_PAUSES = (0.0, 0.05, 0.2, 0.5)  # seconds between two tries to start a process
_STARTING = threading.Lock()  # multiprocessing keeps a list of all children, and no order among threads


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no result. `words`: the reason a reader gave, or kind and place of the error it stumbled over."""

    kind: Literal["reason", "slow", "memory", "deep", "died", "stumbled"]
    words: str = ""


class Child:
    """A process that calls functions, one at a time; temporary files go to `folder`, which goes with it. Raises
    OSError when it cannot be started."""

    def __init__(self, context: Any, folder: Path, memory_mb: int) -> None:
        self.asked = 0
        self.dead = False
        self._folder = folder
        self._pipe, theirs = context.Pipe()
        start = partial(context.Process, target=_serve, args=(theirs, str(folder), memory_mb), daemon=True)
        try:
            with _STARTING:
                self._process = _started(start)
        except (OSError, EOFError) as error:
            self._pipe.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise OSError("no process could be started") from error
        finally:
            theirs.close()

    def ask(self, function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Any:
        """What `function` returned, or a Failure. After one that is not the function's own the child is `dead`."""
        self.asked += 1
        late = threading.Event()

        def end() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            self._pipe.send((function, arguments, seconds))
            answer = pickle.loads(self._pipe.recv_bytes())
        except (EOFError, OSError):
            self.dead = True
            answer = Failure("slow" if late.is_set() else "died")
        except Exception as error:  # what it sent is no result: it has lost its mind, or there is no memory for it
            self.dead = True
            answer = Failure("memory" if isinstance(error, MemoryError) else "stumbled", type(error).__name__)
        finally:
            timer.cancel()
        return answer

    def alive(self) -> bool:
        """Whether the process can be asked; one that waits may have been ended from outside."""
        return bool(self._process.is_alive())

    def kill(self) -> None:
        """End the process now; whoever waits for its answer is told."""
        with contextlib.suppress(ValueError):  # it has been ended
            if self._process.is_alive():  # else the number may be another process by now
                self._process.kill()

    def end(self) -> None:
        """End the process, and delete what it left."""
        self.kill()
        with _STARTING, contextlib.suppress(ValueError):
            self._process.join()
            self._process.close()
        self._pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _started(make: Callable[[], Any]) -> Any:
    """A process that runs. Of a fork server that was killed a start finds out, and the next makes another; a dying one
    may still take a call or refuse it, hence the pauses. Raises OSError or EOFError."""
    for pause in _PAUSES:
        with contextlib.suppress(OSError, EOFError):
            process = make()
            process.start()
            return process
        time.sleep(pause)
    process = make()
    process.start()
    return process


def _serve(pipe: Connection, folder: str, memory_mb: int) -> None:
    _prepare(folder, memory_mb)
    with contextlib.suppress(EOFError, OSError):  # the parent has gone
        while True:
            function, arguments, seconds = pipe.recv()
            pipe.send_bytes(_answer(function, arguments, seconds))


def _prepare(folder: str, memory_mb: int) -> None:
    """What every child does first: it is silent, ends with its parent, writes to its folder and has limited memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its children
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # libraries in C print what they think of a file
        os.dup2(nothing, stream)
    tempfile.tempdir = folder
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(ImportError):  # Windows limits time only
        import resource

        # Of private writable memory: libraries and mapped files are not held against a file.
        size = memory_mb * 1_000_000
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_parent() -> None:
    """Wait until the parent is gone, however it went, and end this process, whatever it does."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> bytes:
    """The pickled result of the call, or Failure."""
    _limit_time(seconds)
    try:
        return pickle.dumps(function(*arguments), protocol=5)
    except AssistantError as error:
        failure = Failure("reason", str(error))
    except MemoryError:
        failure = Failure("memory")
    except RecursionError:
        failure = Failure("deep")
    except BaseException as error:  # whatever it is, the parent is told
        places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        failure = Failure("stumbled", f"{type(error).__name__} at {' '.join(places[-4:])}")
    return pickle.dumps(failure, protocol=5)


def _limit_time(seconds: float) -> None:
    """Should the parent be stopped so that nobody counts the time, the processor time ends the process."""
    with contextlib.suppress(ImportError):
        import resource

        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime + 4 * seconds) + 1
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))
