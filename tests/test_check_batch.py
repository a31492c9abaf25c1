"""Many packages: in parallel, resumable, one file each."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.checking import batch
from assistant.checking.batch import Row, check_batch, packages
from assistant.checking.check import Desk, check_paths
from assistant.reports.schema import Report
from ingest.errors import StorageError, UnreadableError, UsageError
from ingest.limits import Limits
from ingest.sandbox import Sandbox
from tests.check_fakes import LICENCE, REGIONS, conditions
from tests.fakes import qingdao

_DAY = date(2022, 5, 1)


@pytest.fixture(scope="module")
def desk() -> Desk:
    policy, source = qingdao()
    return Desk(policy, source, conditions(), REGIONS)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(processes=1)) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("甲", "乙", "丙"):
        (tmp_path / "包" / name).mkdir(parents=True)
        (tmp_path / "包" / name / "营业执照.txt").write_text(LICENCE, "utf-8")
    return tmp_path / "包"


def _run(folder: Path, desk: Desk, sandbox: Sandbox, as_of: date = _DAY) -> list[Row]:
    out = folder.with_name("结果")
    found, _ = packages(folder, out=out)
    return check_batch(found, out, desk, as_of=as_of, sandbox=sandbox, done=lambda _row: None)


def test_every_package_gets_its_file_and_a_line(folder: Path, desk: Desk, sandbox: Sandbox) -> None:
    rows = _run(folder, desk, sandbox)
    out = folder.with_name("结果")
    assert [row.package for row in rows] == sorted(["甲", "乙", "丙"])
    for row in rows:
        told = json.loads((out / f"{row.package}.json").read_text("utf-8"))
        assert [each["condition"] for each in told["findings"]] == ["7.1", "7.2", "7.8", "7.9"]
        assert row.verdicts["7.1"] == "met"
    with (out / "汇总.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert [line[0] for line in lines] == ["申报包", *(row.package for row in rows)]
    assert not list(out.glob(".*"))


def test_finished_packages_are_skipped_until_something_changes(folder: Path, desk: Desk, sandbox: Sandbox) -> None:
    assert not any(row.kept for row in _run(folder, desk, sandbox))
    again = _run(folder, desk, sandbox)
    assert all(row.kept and row.verdicts["7.1"] == "met" for row in again)
    (folder / "甲" / "说明.txt").write_text("新的一页", "utf-8")
    assert [row.package for row in _run(folder, desk, sandbox) if not row.kept] == ["甲"]
    assert not any(row.kept for row in _run(folder, desk, sandbox, date(2022, 6, 1)))
    other = replace(desk, conditions=replace(desk.conditions, sha256="d" * 64))
    assert not any(row.kept for row in _run(folder, other, sandbox))


def test_a_damaged_result_is_made_anew(folder: Path, desk: Desk, sandbox: Sandbox) -> None:
    _run(folder, desk, sandbox)
    (folder.with_name("结果") / "乙.json").write_text('{"inputs": "', "utf-8")
    assert [row.package for row in _run(folder, desk, sandbox) if not row.kept] == ["乙"]


def test_a_package_that_fails_costs_the_others_nothing(
    folder: Path, desk: Desk, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = check_paths

    def failing(paths: list[Path], *args: object, **options: object) -> Report:
        if paths[0].name == "乙":
            raise UnreadableError("读不出来。")
        return real(paths, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "check_paths", failing)
    rows = {row.package: row for row in _run(folder, desk, sandbox)}
    assert rows["乙"].error == "读不出来。"
    assert rows["甲"].error is None
    assert not (folder.with_name("结果") / "乙.json").exists()


def test_a_full_disk_ends_the_batch(
    folder: Path, desk: Desk, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Report:
        raise StorageError("磁盘已满。")

    monkeypatch.setattr(batch, "check_paths", full)
    with pytest.raises(StorageError):
        _run(folder, desk, sandbox)


def test_folders_and_zips_are_packages_and_nothing_else(tmp_path: Path) -> None:
    for name in ("一.zip", "二.ZIP", "说明.docx", ".隐藏.zip"):
        (tmp_path / name).write_bytes(b"")
    for name in ("三", "结果"):
        (tmp_path / name).mkdir()
    found, others = packages(tmp_path, out=tmp_path / "结果")
    assert [path.name for path in found] == ["一.zip", "三", "二.ZIP"]
    assert others == ["说明.docx"]
    with pytest.raises(UsageError, match="没有申报包"):
        packages(tmp_path / "三", out=tmp_path)


def test_a_name_like_a_formula_is_none(folder: Path, desk: Desk, sandbox: Sandbox) -> None:
    (folder / "甲").rename(folder / "=cmd")
    _run(folder, desk, sandbox)
    assert "\n'=cmd," in (folder.with_name("结果") / "汇总.csv").read_text("utf-8-sig")
