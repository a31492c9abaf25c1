"""Real workbooks: what must be in the text, and what must not (written after looking at them)."""

from pathlib import Path

import pytest

from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers.kinds import kind_of
from ingest.readers.sheet import read

DOCUMENTS = Path(__file__).parent.parent.parent / "shared" / "data" / "documents"
pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="没有真实文档的文件夹 shared/data/documents")


def opened(name: str) -> Contents:
    content = (DOCUMENTS / name).read_bytes()
    assert kind_of(content) == "sheet"
    return read(content, Limits())


def test_tables_pictures_charts_and_a_hidden_sheet() -> None:
    contents = opened("xlsx_01.xlsx")
    assert [page.number for page in contents.pages] == ["Sheet1", "Sheet2", "Sheet3"]
    first, second, third = contents.pages
    assert first.text.split("\n") == [
        "first\tsecond\tthird",
        "1\t5\t9",
        "2\t4\t6",
        "3\t3\t3",
        "4\t2\t0",
        "5\t1\t-3",
        "6\t0\t-6",
    ]
    assert "4\t8\t12\t16\t\tcol-1\tcol-2\tcol-3" in second.text
    assert third.tables[0].rows[0][:3] == ("first", "header", "")  # merged: A1:A2 and B1:C1
    assert third.text.count("header (f)") == third.text.count("first (f)") == 1
    assert ".0" not in first.text + second.text + third.text
    messages = [(remark.kind, remark.page, remark.text) for remark in contents.remarks]
    assert messages == [
        ("incomplete", "Sheet2", ""),
        ("incomplete", "Sheet3", ""),
        ("hidden_text", "Sheet4", "header\n1"),
    ]
    assert "1 张图片" in contents.remarks[1].message


def test_tables_with_ragged_edges() -> None:
    contents = opened("xlsx_06_edge_cases_.xlsx")
    assert [page.number for page in contents.pages] == ["missing_header_head", "Attached_left", "Diagonal"]
    assert not contents.remarks
    head, left, _ = contents.pages
    assert head.tables[0].rows[0] == ("", "Sub-category", "ID", "Question", "Answer", "Extra")
    assert len(head.blocks) == 4
    assert "Attached left\tOverview\tPurpose and Use Cases\tAI 2" in left.text
    assert "&A" not in "".join(page.text for page in contents.pages)
