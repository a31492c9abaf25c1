"""Headings of Word documents that no style marks, as offices write them."""

import pytest

from tests.word_files import cell, levels, num, numbered, paragraph, read, table

BOLD = "<w:b/>"
HEI, KAI, SONG = (f'<w:rFonts w:eastAsia="{name}"/>' for name in ("黑体", "楷体_GB2312", "仿宋_GB2312"))
CENTRED, LARGE = '<w:jc w:val="center"/>', '<w:sz w:val="44"/>'


def headings(body: str, parts: dict[str, str] | None = None) -> list[tuple[str, int]]:
    page = read(body, parts).pages[0]
    return [(page.text[block.start : block.end], block.level) for block in page.blocks if block.kind == "heading"]


def test_titles_and_numbered_lines_in_fonts_of_headings() -> None:
    body = paragraph("关于申报的请示", CENTRED, LARGE) + paragraph("一、单位概况", "", HEI)
    body += paragraph("(一)团队情况", "", KAI) + paragraph("1.学历结构", "", BOLD) + paragraph("正文。", "", SONG)
    assert headings(body) == [("关于申报的请示", 1), ("一、单位概况", 2), ("(一)团队情况", 3), ("1.学历结构", 4)]


def test_the_number_may_be_counted() -> None:
    parts = {"numbering": levels(("chineseCounting", "%1、")) + num(1)}
    body = numbered("单位概况", 1).replace("<w:rPr></w:rPr>", f"<w:rPr>{BOLD}</w:rPr>")
    assert headings(body, parts) == [("一、 单位概况", 2)]


@pytest.mark.parametrize(
    "body",
    [
        paragraph("一、单位概况", "", SONG),
        paragraph("1.学历结构", "", HEI),
        paragraph("一、我单位承诺以上材料真实。", "", BOLD),
        paragraph("一、申报单位:", "", BOLD),
        paragraph("二〇二二年三月一日", CENTRED),
        paragraph("★★★", CENTRED, LARGE),
        paragraph("单位概况", "", BOLD),
        paragraph("一、" + "很长的一行" * 10, "", BOLD),
        paragraph("一、", "", HEI).replace("</w:p>", "<w:r><w:t>后面不是黑体的</w:t></w:r></w:p>"),
    ],
)
def test_what_is_no_heading(body: str) -> None:
    assert headings(body) == []


def test_in_a_cell_it_stays_in_the_row() -> None:
    page = read(table((cell(paragraph("一、单位概况", "", BOLD)), cell("甲")))).pages[0]
    assert (page.text, [block.kind for block in page.blocks]) == ("一、单位概况\t甲", ["row"])
