"""A program that takes in applications and is killed at any moment: run as `python -m tests.application_writers`."""

import os
import random
import signal
import sys
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from ingest.application import finish_application, ingest_application
from ingest.applications import Applications
from ingest.errors import UnreadableError
from ingest.limits import Limits
from tests.library_fakes import HashEmbedder


class Inline:
    """A sandbox without processes: what it is for is proved elsewhere, and each would take a second to start."""

    limits = Limits()

    def start(self, function: Any, *arguments: Any, lasting: bool = False) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments))
        except UnreadableError as error:
            future.set_exception(error)
        return future

    def outcome(self, future: Future[Any]) -> Any:
        return future.result()


def opened(folder: Path) -> Applications:
    return Applications(folder, embedder=HashEmbedder(), url=None)


def write(package: Path, folder: Path) -> None:
    """Take in a package, and delete it again."""
    applications, sandbox = opened(folder), Inline()
    application = ingest_application(
        [package],
        applications,
        sandbox=sandbox,  # type: ignore[arg-type]
        title="示例",
        progress=lambda _: None,
        embedded=lambda *_: None,
    )
    applications.delete(application.id)


def mend(folder: Path) -> str:
    """Finish what can be finished, look at all of it, and delete it: what was found, in a word."""
    applications = opened(folder)
    unfinished, whole = applications.unfinished(), applications.ids()
    for each in unfinished:
        finish_application(
            each,
            applications,
            sandbox=Inline(),  # type: ignore[arg-type]
            progress=lambda _: None,
            embedded=lambda *_: None,
        )
    for each in applications.ids():
        materials = applications.get(each).materials
        assert [material.status for material in materials] == ["read", "unreadable", "read", "read"], materials
        index = applications.index(each)
        assert index is not None
        with index:
            assert index.query(HashEmbedder().embed(["我单位承诺材料真实。"])[0], count=1)[0][1] > 0.99
        applications.delete(each)
    left = [path for path in folder.rglob("*") if path.is_file()]
    assert left == [], left
    return "unfinished" if unfinished else "whole" if whole else "absent"


def killed(seconds: float, package: Path, folder: Path) -> float:
    """Let `write` run in a process of its own for so long; how long it ran."""
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        write(package, folder)
        os._exit(0)
    while os.waitpid(child, os.WNOHANG)[0] == 0:
        if time.monotonic() - begun > seconds:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            break
        time.sleep(0.001)
    return time.monotonic() - begun


def main(package: Path, folder: Path, times: int) -> None:
    """Kill `write` at `times` moments spread over its whole run, and mend what is left in a process of its own."""
    moments = random.Random(3)
    whole = min(killed(60, package, folder) for _ in range(2))
    for turn in range(times):
        killed(whole * (turn + moments.random()) / times, package, folder)
        child = os.fork()
        if child == 0:
            print(mend(folder), flush=True)
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            raise SystemExit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
