"""Real Word files: what must and must not be in their text, and that the hostile ones end in text or a reason.

The expectations were written after looking at the files printed by LibreOffice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers import old_word, word
from ingest.readers.kinds import kind_of, reason_unknown
from ingest.sandbox import Sandbox

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
HOSTILE = sorted(path for path in (DATA / "hostile").glob("*") if path.suffix in (".doc", ".docx"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data is not there")


def document(name: str) -> Contents:
    return word.read((DATA / "documents" / name).read_bytes(), Limits())


def in_order(text: str, *wanted: str) -> bool:
    place = 0
    for words in wanted:
        place = text.find(words, place) + len(words)
        if place < len(words):
            return False
    return True


def test_a_form_with_merged_cells() -> None:
    page = document("poitl_161.docx").pages[0]
    assert in_order(
        page.text, "1-1", "工程名称", "{{projectName}}", "申请单位", "{{applyUnitName}}", "经办： 负责人： 盖章："
    )
    assert page.text.count("工程名称") == page.text.count("{{ownerDeptName}}") == 1
    assert {len(row) for row in page.tables[0].rows} == {6}


def test_automatic_numbers() -> None:
    text = document("poitl_iterable_numbering.docx").pages[0].text
    lines = [line for line in text.split("\n") if not line.startswith(("{{", "=", "content"))]
    assert lines == [
        *("1) 列表", "1. 第一级第一行", "a) 第二级第一行", "b) 第二级第二行", "1. 第一级第一行", "1.1. 第二级第一行"),
        *("1.2. 第二级第二行", "1.2.1. 第三级第一行", "1.2.2. 第三级第二行", "1. 第一级第一行", "1.1. 第二级第一行"),
        *("1. 第一级第一行", "1.1. 第二级第一行", "1.1.1. 第三级第一行", "1. 第一级第一行", "a) 第二级第一行"),
        *("b) 第二级第二行", "A. 重新开始一个列表", "1. 列表", "1. 列表", "hello,world", "1. 第一行", "2. 第二行"),
        *("1. 第一级第一行", "a) 第二级第一行", "b) 第二级第二行", "2. 第一级第二行"),
    ]


def test_content_controls_and_nested_tables() -> None:
    page = document("poitl_sdt_cell.docx").pages[0]
    assert page.text.count("我是{{title}}") == 6
    assert in_order(
        page.text, "3. 表格嵌套表格", "我是{{title}}", "4. 独立文本内容控件", "列1\t列2\t列3\t列4\t列5", "{{title}}"
    )
    assert "单击" not in page.text
    assert [len(table.rows) for table in page.tables] == [2, 2, 2, 2, 9]


def test_headers_of_sections() -> None:
    page = document("section.docx").pages[0]
    assert page.text.split("\n") == [f"第{n}节内容{m}" for n in "一二三四" for m in "12"]
    assert page.margins[:3] == ("第一节页眉", "第一页页眉偶数页", "第二节首页页眉")


def test_text_boxes_once() -> None:
    page = document("textbox.docx").pages[0]
    assert [block.kind for block in page.blocks[:3]] == ["paragraph", "paragraph", "box"]
    for words in (
        "Student falls ill",
        "＊ Sore throat",
        "Case closed.",
        "Health Bureau:",
        "Whether the epidemic has eased.",
    ):
        assert page.text.count(words) == 1
    assert [page.text.split("\n").count(word) for word in ("Yes", "No")] == [3, 2]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits()) as made:
        yield made


def reading(path: Path) -> Contents:
    """What runs in a child process."""
    content = path.read_bytes()
    kind = kind_of(content)
    if kind == "unknown":
        raise UnreadableError(reason_unknown(content))
    return old_word.read(content, Limits()) if kind == "old_word" else word.read(content, Limits())


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
def test_hostile_files_end_in_text_or_a_reason(path: Path, sandbox: Sandbox) -> None:
    try:
        contents = sandbox.outcome(sandbox.start(reading, path))
    except UnreadableError as error:
        reason = str(error)
        contents = None
    if contents is None:
        assert reason.endswith("。")
        assert "中断" not in reason
        assert "超过" not in reason
    else:
        assert len(contents.pages) == 1


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("bug56075-changeTracking_on.docx", "Change Tracking ON"),
        ("footnotes.docx", "Eto ochen prostoy text so snoskoy\n[1] snoska"),
        ("documentProtection_forms_no_password.docx", "Filling forms senza password."),
        (
            "clusterfuzz-testcase-minimized-POIXWPFFuzzer-6733884933668864.docx",
            "Content control within a paragraph is here",
        ),
    ],
)
def test_what_can_be_read_of_the_hostile_ones_is(name: str, wanted: str) -> None:
    assert word.read((DATA / "hostile" / name).read_bytes(), Limits()).pages[0].text == wanted


def test_revisions_of_a_real_file() -> None:
    contents = word.read((DATA / "hostile" / "delins.docx").read_bytes(), Limits())
    assert "March 2009: Apache Tika Release" in contents.pages[0].text
    assert "worn in place of the red spot" not in contents.pages[0].text
    assert [remark.kind for remark in contents.remarks] == ["revision", "revision"]
