"""Damaged, hostile and odd Word files: text or a reason, and nothing is fetched or unfolded."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.readers import word
from tests.word_files import NAMES, cell, docx, levels, num, numbered, paragraph, read, table

WHOLE = docx(
    numbered("甲", 1) + table((cell("乙"), cell("丙"))) + paragraph("丁", '<w:pStyle w:val="a"/>', "<w:vanish/>"),
    {"numbering": levels(("decimal", "%1.")) + num(1), "styles": '<w:style w:type="paragraph" w:styleId="a"/>'},
)


def test_entities_are_refused() -> None:
    laughs = (
        '<!DOCTYPE w:document [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    )
    root = f"{laughs}<w:document {NAMES}><w:body><w:p><w:r><w:t>&b;&x;</w:t></w:r></w:p></w:body></w:document>"
    for content in (root.encode(), f'<?xml version="1.0" encoding="UTF-16"?>{root}'.encode("utf-16")):
        with pytest.raises(UnreadableError, match="实体声明"):
            read("", extra={"word/document.xml": content})


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(UnreadableError, match="压缩"):
        read("", extra={"word/document.xml": b" " * 30_000_000})
    with pytest.raises(UnreadableError, match="超过 1 MB"):
        word.read(docx("", extra={"word/media/a.bin": bytes(2_000_000)}), Limits(unpacked_mb=1))
    with pytest.raises(UnreadableError, match="内容过大"):
        word.read(docx(paragraph("字" * 9_000_000)), Limits(memory_mb=256, ratio=100_000))


def test_too_many_parts() -> None:
    with pytest.raises(UnreadableError, match="内部文件过多"):
        read("", extra={f"word/media/{n}": b"" for n in range(10_001)})


def test_nesting_beyond_all_bounds_is_a_reason() -> None:
    body = paragraph("底")
    for _ in range(200):
        body = table((cell(body),))
    with pytest.raises(UnreadableError, match="损坏"):
        read(body)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_flipped_byte_gives_text_or_a_reason(place: int, byte: int) -> None:
    content = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]
    with suppress(UnreadableError):
        assert word.read(content, Limits()).pages


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_a_cut_file_gives_a_reason(length: int) -> None:
    with pytest.raises(UnreadableError, match=r"。$"):
        word.read(WHOLE[:length], Limits())


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_tree_of_word_elements_is_read(data: st.DataObject) -> None:
    tags = "p r t tbl tr tc tcPr vMerge gridSpan sdt sdtPr sdtContent pPr numPr fldChar ins del drawing object rPr shd"
    trees = st.recursive(
        st.sampled_from(["", "字", "<w:br/>", '<w:fldChar w:fldCharType="begin"/>', "<w:txbxContent/>"]),
        lambda inner: st.builds(
            lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>",
            st.sampled_from(tags.split()),
            st.lists(inner, max_size=4),
        ),
        max_leaves=20,
    )
    page = read(data.draw(trees)).pages[0]
    assert "\n".join(page.text[block.start : block.end] for block in page.blocks) == page.text
    assert all(len({len(row) for row in made.rows}) <= 1 for made in page.tables)


def test_a_damaged_side_part_is_told() -> None:
    contents = read(numbered("甲", 1), {"styles": ""}, {"word/numbering.xml": b"<w:numbering"})
    assert contents.pages[0].text == "甲"
    assert not contents.remarks  # nothing relates to that part
    contents = read(paragraph("甲"), {"styles": ""}, {"word/styles.xml": b"<w:styles"})
    assert contents.pages[0].text == "甲"
    assert "个别部分已损坏" in contents.remarks[0].message


def test_strict_files_are_read() -> None:
    with ZipFile(BytesIO(WHOLE)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            for part in ("wordprocessingml/2006/main", "officeDocument/2006/relationships", "drawingml/2006/main"):
                folder, _, last = part.split("/")
                old = f"http://schemas.openxmlformats.org/{part}".encode()
                content = content.replace(old, f"http://purl.oclc.org/ooxml/{folder}/{last}".encode())
            archive.writestr(name, content)
    strict = packed.getvalue()
    assert strict != WHOLE
    assert word.read(strict, Limits()) == word.read(WHOLE, Limits())


@pytest.mark.parametrize("missing", ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"])
def test_missing_parts_of_the_package(missing: str) -> None:
    packed = BytesIO()
    with ZipFile(BytesIO(WHOLE)) as whole, ZipFile(packed, "w") as archive:
        for name in whole.namelist():
            if name != missing:
                archive.writestr(name, whole.read(name))
    assert "甲" in word.read(packed.getvalue(), Limits()).pages[0].text


def test_a_main_part_of_another_name_and_backslashes() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        relation = '<Relationship Id="a" Type="x/officeDocument" Target="/Word\\Document2.XML"/>'
        archive.writestr("_rels\\.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr("word\\document2.xml", f"<w:document {NAMES}><w:body>{paragraph('甲')}</w:body></w:document>")
    assert word.read(packed.getvalue(), Limits()).pages[0].text == "甲"


@pytest.mark.parametrize("root", ["<x/>", f"<w:document {NAMES}/>", f"<w:styles {NAMES}/>"])
def test_a_file_without_a_body(root: str) -> None:
    with pytest.raises(UnreadableError, match="没有 Word 正文"):
        read("", extra={"word/document.xml": root.encode()})


def test_macros_are_told_and_not_run() -> None:
    contents = read(paragraph("甲"), extra={"word/vbaProject.bin": b"Auto_Open"})
    assert [(remark.kind, remark.message) for remark in contents.remarks] == [("incomplete", "文件含有宏,未运行。")]


def test_an_encrypted_part() -> None:
    content = bytearray(docx(paragraph("甲")))
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    with pytest.raises(UnreadableError, match="已加密"):
        word.read(bytes(content), Limits())
