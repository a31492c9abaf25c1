"""Child processes: what goes wrong in one costs its file and nothing else."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.sandbox import Sandbox
from tests import sandbox_jobs as jobs


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=3.0, memory_mb=600, processes=2)) as opened:
        yield opened


def test_results_come_back(sandbox: Sandbox) -> None:
    futures = [sandbox.start(jobs.square, number) for number in range(6)]
    assert [sandbox.outcome(future) for future in futures] == [0, 1, 4, 9, 16, 25]


@pytest.mark.parametrize(
    ("job", "arguments", "reason"),
    [
        (jobs.refuse, ("文件已加密,请提供未加密的版本。",), "文件已加密,请提供未加密的版本。"),
        (jobs.stumble, (), "文件已损坏或内容不合格式"),
        (jobs.crash, (), "读取时中断"),
        (jobs.leave, (), "读取时中断"),
        (jobs.recurse, (), "嵌套层次过多"),
        (jobs.hang, (), "超过 3 秒"),
    ],
)
@pytest.mark.parametrize("lasting", [False, True])
def test_what_goes_wrong_is_a_reason_and_the_next_goes_on(
    sandbox: Sandbox, job: Any, arguments: tuple[Any, ...], reason: str, lasting: bool
) -> None:
    wrong, right = sandbox.start(job, *arguments, lasting=lasting), sandbox.start(jobs.square, 7, lasting=lasting)
    with pytest.raises(UnreadableError, match=reason):
        sandbox.outcome(wrong)
    assert sandbox.outcome(right) == 49


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_memory_is_limited(sandbox: Sandbox) -> None:
    assert sandbox.outcome(sandbox.start(jobs.swell, 100)) == 100 * 125_000
    with pytest.raises(UnreadableError, match="占用内存超过 600 MB"):
        sandbox.outcome(sandbox.start(jobs.swell, 900))


def test_every_file_gets_a_process_of_its_own_unless_it_lasts(sandbox: Sandbox) -> None:
    own = {sandbox.outcome(sandbox.start(jobs.process, number)) for number in range(4)}
    assert len(own) == 4
    lasting = {sandbox.outcome(sandbox.start(jobs.process, number, lasting=True)) for number in range(8)}
    assert len(lasting) <= 2


def test_what_is_left_behind_goes_with_its_process_and_all_with_the_sandbox() -> None:
    with Sandbox(Limits(processes=1)) as opened:
        gone = Path(opened.outcome(opened.start(jobs.litter, 0)))
        left = Path(opened.outcome(opened.start(jobs.litter, 0, lasting=True)))
        assert not gone.parent.exists()
        assert left.is_file()
        assert left.parent.parent.stat().st_mode & 0o77 == 0
    assert not left.parent.parent.exists()


def test_closing_does_not_wait_for_what_hangs() -> None:
    with Sandbox(Limits(seconds=60, processes=1)) as opened:
        assert opened.outcome(opened.start(jobs.square, 2)) == 4
        opened.start(jobs.hang)
