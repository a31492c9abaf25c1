"""What becomes of child processes when they, their parent or the fork server are ended from outside."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from pathlib import Path

import pytest

from ingest.errors import StoppedError, UnreadableError
from ingest.limits import Limits
from ingest.sandbox import Sandbox
from tests import sandbox_jobs as jobs

ROOT = Path(__file__).parent.parent
PARENT = """
import sys, time
from ingest.limits import Limits
from ingest.sandbox import Sandbox
from tests import sandbox_jobs as jobs

with Sandbox(Limits(seconds=600, processes=2)) as sandbox:
    print(*[sandbox.outcome(sandbox.start(jobs.process, 0, lasting=True))])
    started = [sandbox.start(jobs.hang), sandbox.start(jobs.wait), sandbox.start(jobs.hang, lasting=True)]
    print("ready", flush=True)
    sandbox.outcome(started[0])
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=20, memory_mb=600, processes=2)) as opened:
        yield opened


def until(true: Callable[[], object], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        os.sched_yield()
    return bool(true())


def test_an_error_that_cannot_travel_harms_nobody_and_its_words_are_not_logged(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(UnreadableError, match="文件已损坏或内容不合格式"):
        sandbox.outcome(sandbox.start(jobs.stumble_oddly))
    assert "Odd at" in caplog.text
    assert "五百万" not in caplog.text
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]  # nothing for the clerk
    assert sandbox.outcome(sandbox.start(jobs.square, 5)) == 25


def test_what_libraries_print_reaches_nobody(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    assert sandbox.outcome(sandbox.start(jobs.speak)) == 1
    assert capfd.readouterr() == ("", "")


def test_a_result_too_large_for_the_memory_is_a_reason(sandbox: Sandbox) -> None:
    assert len(sandbox.outcome(sandbox.start(jobs.letters, 1_000_000))) == 1_000_000
    with pytest.raises(UnreadableError, match="占用内存超过 600 MB"):
        sandbox.outcome(sandbox.start(jobs.letters, 400_000_000))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_that_waits_may_be_ended_from_outside(sandbox: Sandbox, number: int) -> None:
    waiting = {sandbox.outcome(sandbox.start(jobs.process, 0, lasting=True)) for _ in range(8)}
    for process in waiting:
        os.kill(process, number)
    assert until(lambda: not any(Path(f"/proc/{process}").exists() for process in waiting))
    assert sandbox.outcome(sandbox.start(jobs.square, 6, lasting=True)) == 36


def test_the_fork_server_may_be_ended_from_outside(sandbox: Sandbox) -> None:
    assert sandbox.outcome(sandbox.start(jobs.square, 2)) == 4
    server = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    os.kill(server, signal.SIGKILL)
    assert [sandbox.outcome(sandbox.start(jobs.square, number)) for number in range(4)] == [0, 1, 4, 9]


def test_who_waits_is_told_when_the_sandbox_is_closed() -> None:
    opened, told = Sandbox(Limits(seconds=600, processes=1)), []

    def ask(lasting: bool) -> None:
        try:
            opened.outcome(opened.start(jobs.hang, lasting=lasting))
        except StoppedError as error:
            told.append(str(error))

    threads = [threading.Thread(target=ask, args=(number > 1,)) for number in range(4)]
    for thread in threads:
        thread.start()
    opened.close()
    for thread in threads:
        thread.join(20)
    assert told == ["读取已停止,没有读完,请重新读取。"] * 4
    with pytest.raises(StoppedError):
        opened.start(jobs.square, 1)
    opened.close()


def test_two_threads_share_a_sandbox(sandbox: Sandbox) -> None:
    found: dict[int, list[int]] = {}

    def ask(first: int) -> None:
        futures = [sandbox.start(jobs.square, first + n, lasting=n % 2 == 0) for n in range(10)]
        found[first] = [sandbox.outcome(future) for future in futures]

    threads = [threading.Thread(target=ask, args=(first,)) for first in (0, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {first: [(first + n) ** 2 for n in range(10)] for first in (0, 100)}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_the_program_and_no_file_the_next_start(number: int, tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    with parent:
        assert parent.stdout is not None
        while "ready" not in parent.stdout.readline():
            assert parent.poll() is None
        parent.send_signal(number)
        parent.wait(20)
        assert until(lambda: not members(parent.pid)), members(parent.pid)
    if number == signal.SIGINT:
        assert list(tmp_path.glob("assistant-*")) == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(tmp_path))
        with Sandbox(Limits()):
            assert len(list(tmp_path.glob("assistant-*"))) == 1
    assert list(tmp_path.glob("assistant-*")) == []


def test_sandboxes_leave_no_descriptor_no_thread_and_no_process() -> None:
    def one() -> tuple[int, int, int]:
        with Sandbox(Limits(processes=2)) as opened:
            assert opened.outcome(opened.start(jobs.square, 3)) == 9
            assert opened.outcome(opened.start(jobs.square, 3, lasting=True)) == 9
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        return len(os.listdir("/proc/self/fd")), threading.active_count(), len(children)

    first = one()
    counted = sorted(one() for _ in range(12))
    assert counted[6] <= first, counted  # a timer that was called off may live on for an instant


def members(session: int) -> list[str]:
    """The processes of a session that still run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of_session = status.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of_session) == session and state != "Z":
            found.append(status.parent.name)
    return found
