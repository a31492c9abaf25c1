"""`python -m assistant format`: what it prints and writes, other people's files, and files that are none."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from assistant.__main__ import main
from assistant.drafting.format_fix import fix
from assistant.drafting.format_reading import open_docx, read_lines
from assistant.drafting.format_roles import tell_roles
from assistant.drafting.format_rules import deviations
from assistant.drafting.official import official_docx, saved
from ingest.errors import AssistantError, UnreadableError
from tests.official_fakes import BODY, opinion

OTHER = (
    ("title", "关于开展2022年度申报工作的通知"),
    ("addressee", "各区（市）发展改革局："),
    ("body", f"现将有关事项通知如下。{BODY}"),
    ("heading1", "一、申报条件"),
    ("heading2", "（一）主体资格"),
    ("body", BODY),
    ("heading2", "（二）研究条件"),
    ("body", "1. 申报单位应当有固定的办公场所。有健全的制度。"),
    ("heading1", "二、报送要求"),
    ("body", "请于2022年3月31日前报送。"),
    ("attachment", "附件：1.申报书"),
    ("attachment_more", "2.承诺书"),
    ("signature", "青岛市虚构局"),
    ("date", "2022年3月5日"),
    ("note", "（此件公开发布）"),
)


def other() -> bytes:
    """A notice as somebody writes it in a new Word file, with a foot, a table and bold words."""
    document = Document()
    for role, text in OTHER:
        paragraph = document.add_paragraph()
        paragraph.add_run(text[:4]).bold = role == "body"
        paragraph.add_run(text[4:])
        if role == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for run in paragraph.runs:
                run.font.size = Pt(18)
    document.add_table(2, 2).cell(0, 0).text = "联系人"
    document.sections[0].footer.paragraphs[0].text = "虚构市虚构局办公室"
    return saved(document)


def test_the_parts_of_somebody_s_notice_are_told_apart() -> None:
    told = tell_roles(read_lines(open_docx(other(), "通知.docx")))
    assert [(each.role, each.line.text) for each in told][:-1] == list(OTHER)
    assert told[-1].role == "cell"


def test_somebody_s_notice_is_listed_by_clause_and_set_right_without_touching_words() -> None:
    document = open_docx(other(), "通知.docx")
    before = [paragraph.text for paragraph in document.paragraphs]
    found = deviations(document)
    assert {"5.1", "5.2.3", "7.3.1", "7.3.3", "7.3.4", "7.3.5.1", "7.5"} <= {each.clause for each in found}
    assert [each.clause for each in found] == sorted((each.clause for each in found), key=_order)
    fix(document)
    again = open_docx(saved(document), "通知.docx")
    assert deviations(again) == ()
    assert [paragraph.text for paragraph in again.paragraphs] == before
    assert [run.text for p in again.paragraphs for run in p.runs if run.bold] == [
        t[:4] for r, t in OTHER if r == "body"
    ]
    for foot in (again.sections[0].footer, again.sections[0].even_page_footer):
        assert foot.paragraphs[0].text == "虚构市虚构局办公室"


def _order(clause: str) -> list[int]:
    return [int(number) for number in clause.split(".")]


def test_fixing_twice_changes_nothing_more() -> None:
    document = open_docx(other(), "通知.docx")
    fix(document)
    once = document.element.xml
    fix(document)
    assert document.element.xml == once


def test_an_empty_file_has_deviations_of_the_page_alone() -> None:
    assert {each.clause for each in deviations(open_docx(saved(Document()), "空.docx"))} == {"5.1", "7.5"}


def packed(**members: bytes) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return kept.getvalue()


def with_macros() -> bytes:
    kept = BytesIO(official_docx(opinion()))
    with zipfile.ZipFile(kept, "a") as file:
        file.writestr("word/vbaProject.bin", b"\0")
    return kept.getvalue()


BAD = {
    "text": (b"plain words", "不是 Word 文件"),
    "empty": (b"", "不是 Word 文件"),
    "pdf": (b"%PDF-1.7 ...", "不是 Word 文件"),
    "encrypted or old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "加密的文件或旧版 Word"),
    "a zip": (packed(a_xml=b"<a/>"), "不是 Word 文件"),
    "truncated": (official_docx(opinion())[:9000], "已损坏"),
    "no types": (packed(word__document_xml=b"<a/>"), "已损坏"),
    "bad xml": (packed(word__document_xml=b"<a", **{"[Content_Types]_xml": b"<Types/>"}), "已损坏"),
    "macros": (with_macros(), "带有宏"),
}


@pytest.mark.parametrize(("data", "reason"), BAD.values(), ids=list(BAD))
def test_a_file_that_cannot_be_checked_is_told_in_one_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        open_docx(data, "坏.docx")
    assert str(caught.value).startswith("坏.docx")
    assert "\n" not in str(caught.value)


def test_styles_based_on_each_other_in_a_ring_end() -> None:
    document = open_docx(other(), "通知.docx")
    style = document.styles["Body Text"].element
    based = style.find(qn("w:basedOn"))
    if based is None:
        based = OxmlElement("w:basedOn")
        style.append(based)
    based.set(qn("w:val"), "BodyText")
    document.paragraphs[2].style = document.styles["Body Text"]
    assert deviations(document)


def test_the_command_prints_json_and_writes_the_fixed_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, out = tmp_path / "通知.docx", tmp_path / "改.docx"
    given.write_bytes(other())
    assert main(["format", str(given), "--json", "--fix", str(out)]) == 0
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert told["file"] == "通知.docx"
    assert told["deviations"][0]["clause"] == "5.1"
    assert set(told["deviations"][0]) == {"clause", "title", "place", "found", "wanted", "fixable"}
    assert told["remaining"] == []
    assert "改正后还有 0 处" in printed.err
    assert main(["format", str(out)]) == 0
    assert "没有发现" in capsys.readouterr().out
    assert given.read_bytes()[:4] == b"PK\x03\x04"


def test_the_command_lists_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "通知.docx"
    given.write_bytes(other())
    assert main(["format", str(given)]) == 0
    printed = capsys.readouterr().out
    assert "5.2.1 页边与版心尺寸" in printed or "5.1 幅面尺寸" in printed
    assert "7.3.1 标题:第1段“关于开展2022年度申报工作的通…”" in printed


def test_the_command_refuses_a_missing_file_and_its_own_input_as_output(tmp_path: Path) -> None:
    given = tmp_path / "通知.docx"
    with pytest.raises(AssistantError, match="找不到文件"):
        main(["format", str(given)])
    given.write_bytes(other())
    with pytest.raises(AssistantError, match="不能覆盖原件"):
        main(["format", str(given), "--fix", str(given)])
