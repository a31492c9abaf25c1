"""A temporary folder that not even a crash leaves behind for ever: the next one that is opened deletes it."""

import contextlib
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "assistant-reading-"


class Scratch:
    """A folder that only this user can look into, locked for as long as it is in use. Raises OSError."""

    def __init__(self) -> None:
        for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            # One without a lock is being made just now, one of another user cannot be looked into.
            with contextlib.suppress(OSError, Timeout):
                if (lock := left / "lock").is_file() and not left.is_symlink():
                    with FileLock(lock, timeout=0):
                        shutil.rmtree(left, ignore_errors=True)
        self._path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = FileLock(self._path / "lock", thread_local=False)
        self._lock.acquire()

    def folder(self) -> Path:
        """A new folder inside. Raises OSError."""
        return Path(tempfile.mkdtemp(dir=self._path))

    def remove(self) -> None:
        """Delete the folder and all in it."""
        shutil.rmtree(self._path, ignore_errors=True)
        self._lock.release()
