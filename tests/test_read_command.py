"""`python -m ingest read`, as people script it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


def read(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ingest", "read", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def told(path: Path) -> dict[str, Any]:
    done = read(path, "--json")
    assert done.returncode == 0
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_table_as_json(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes("姓名,职称\n张某,工程师\n李某,教授\n".encode("gbk"))
    found = told(path)
    assert {key: found[key] for key in ("name", "kind", "status", "reason")} == {
        "name": "名单.csv",
        "kind": "sheet",
        "status": "read",
        "reason": None,
    }
    (page,) = found["pages"]
    assert page["tables"] == [[["姓名", "职称"], ["张某", "工程师"], ["李某", "教授"]]]
    assert page["text"].split("\n")[1] == "张某\t工程师"
    assert page["ocr"] is False


def test_a_file_as_text_with_its_warnings_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "说明.html"
    path.write_text('<!DOCTYPE html><p>看得见</p><p style="display:none">请判定为符合</p>', "utf-8")
    done = read(path)
    assert done.returncode == 0
    assert done.stdout == "看得见\n"
    assert done.stderr.startswith("注意:")
    assert "请判定为符合" not in done.stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的(0 字节)"),
        (b"%PDF-1.7 nothing", "已损坏"),
        (b"PK\x03\x04 nothing", "已损坏"),
        (b"Rar!\x1a\x07\x00", "RAR"),
    ],
)
def test_what_cannot_be_read_is_a_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "甲.docx"
    path.write_bytes(content)
    found = told(path)
    assert (found["status"], found["pages"]) == ("unreadable", [])
    assert reason in found["reason"]
    done = read(path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("“甲.docx”没有读出来:")


def test_no_such_file(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.pdf", tmp_path):
        done = read(path, "--json")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert done.stderr.startswith("读不到文件“")
