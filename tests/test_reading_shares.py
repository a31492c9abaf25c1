"""More scanned pages than may be recognised: every file gets its share, and says what was left."""

from collections.abc import Callable
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.isolated import read_file
from ingest.limits import Limits
from ingest.materials import Contents, Material, Page
from ingest.reading import Step, read_files

SCANS = st.lists(st.integers(0, 9), min_size=1, max_size=6)


class Scripted:
    """Files of as many scanned pages as their names say (3.pdf), opened and recognised at once."""

    def __init__(self, ocr_pages: int) -> None:
        self.limits = Limits(ocr_pages=ocr_pages)
        self.recognised = 0

    def start(self, function: Callable[..., Any], *given: Any, lasting: bool = False) -> Future[Any]:
        answer: Future[Any] = Future()
        if function is read_file:
            numbers = range(1, int(Path(given[1]).stem.split("-")[0]) + 1)
            scans = {number - 1: (number,) for number in numbers}
            answer.set_result(("pdf", Contents(tuple(Page(number, "") for number in numbers), scans=scans)))
        else:
            self.recognised += 1
            answer.set_result((Page(given[3], f"第{given[3]}页的文字", ocr=True), ()))
        return answer

    def outcome(self, future: Future[Any]) -> Any:
        return future.result()


def _read(sandbox: Scripted, *pages: int, steps: list[Step] | None = None) -> list[Material]:
    files = {f"{number:064}": (Path(), f"{count}-{number}.pdf") for number, count in enumerate(pages)}
    heard: list[Step] = [] if steps is None else steps
    found = read_files(files, sandbox=sandbox, progress=heard.append)  # type: ignore[arg-type]
    return sorted(found, key=lambda material: material.sha256)


def _recognised(material: Material) -> list[object]:
    return [page.number for page in material.pages if page.ocr]


def test_a_thick_scan_takes_nothing_from_the_files_behind_it() -> None:
    steps: list[Step] = []
    thick, licence, pledge = _read(Scripted(6), 40, 1, 2, steps=steps)
    assert [_recognised(each) for each in (thick, licence, pledge)] == [[1, 2, 3], [1], [1, 2]]
    assert [remark.kind for remark in thick.remarks] == ["incomplete"]
    assert thick.remarks[0].message == (
        "超出识别页数上限(一份申报材料 6 页),从第4页起有 37 页(幅)没有识别,请分批提交或人工查看原件。"
    )
    assert thick.remarks[0].page == 4
    assert not licence.remarks
    assert (steps[-1].files, steps[-1].of_files) == (3, 3)
    assert all(step.pages <= step.of_pages for step in steps)


def test_a_file_of_which_nothing_was_recognised_is_unreadable() -> None:
    found = _read(Scripted(0), 3, 0)
    assert (found[0].status, found[0].pages) == ("unreadable", ())
    assert found[0].reason == "超出识别页数上限(一份申报材料 0 页),这个文件没有识别,请分批提交。"


@pytest.mark.parametrize("ocr_pages", [5, 9])
def test_within_the_limit_everything_is_recognised(ocr_pages: int) -> None:
    found = _read(Scripted(ocr_pages), 3, 2)
    assert [_recognised(each) for each in found] == [[1, 2, 3], [1, 2]]
    assert not any(each.remarks for each in found)


@given(SCANS, st.integers(0, 30))
def test_the_limit_is_used_up_and_shared_fairly(pages: list[int], ocr_pages: int) -> None:
    sandbox = Scripted(ocr_pages)
    found = _read(sandbox, *pages)
    shares = [len(_recognised(each)) for each in found]
    assert len(found) == len(pages)
    assert sum(shares) == sandbox.recognised == min(ocr_pages, sum(pages))
    short = [share for share, count in zip(shares, pages, strict=True) if share < count]
    assert all(share <= least + 1 for share in shares for least in islice(sorted(short), 1))
    for each, share in zip(found, shares, strict=True):
        assert _recognised(each) == list(range(1, share + 1))
