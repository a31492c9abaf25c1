"""Tables of Word documents: each word once, rows equally long."""

import pytest

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.readers import word
from tests.word_files import cell, docx, levels, num, numbered, paragraph, read, run, table

SPAN = '<w:gridSpan w:val="{}"/>'
TOP, BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_stand_once() -> None:
    made = table(
        (cell("单位名称", SPAN.format(2)), cell("甲公司")),
        (cell("人员", TOP), cell("博士"), cell("3")),
        (cell("", BELOW), cell("硕士"), cell("8")),
    )
    page = read(made).pages[0]
    assert page.tables[0].rows == (("单位名称", "", "甲公司"), ("人员", "博士", "3"), ("", "硕士", "8"))
    assert page.text == "单位名称\t\t甲公司\n人员\t博士\t3\n\t硕士\t8"


def test_words_under_a_merged_cell_are_hidden_and_a_merge_without_a_top_is_none() -> None:
    contents = read(table((cell("上", TOP), cell("1")), (cell("藏在下面", BELOW), cell("2"))))
    assert contents.pages[0].text == "上\t1\n\t2"
    assert [(remark.kind, remark.text) for remark in contents.remarks] == [("hidden_text", "藏在下面")]
    assert read(table((cell("甲", BELOW), cell("乙")))).pages[0].text == "甲\t乙"


def test_rows_that_begin_or_end_inside_the_grid_are_filled_up() -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("乙")}</w:tr>'
    made = f"<w:tbl><w:tr>{cell('甲')}{cell('丙')}{cell('丁')}</w:tr>{late}</w:tbl>"
    assert read(made).pages[0].tables[0].rows == (("甲", "丙", "丁"), ("", "乙", ""))


def test_a_span_beyond_all_bounds_is_cut() -> None:
    rows = read(table((cell("甲", SPAN.format(999_999_999)), cell("乙", SPAN.format("x"))))).pages[0].tables[0].rows
    assert len(rows[0]) == 64


def test_paragraphs_of_a_cell_are_one_line_and_a_label_written_downwards_is_one_word() -> None:
    label = "".join(paragraph(char) for char in "申报单位")
    words = paragraph("意见:") + paragraph("") + paragraph("同意")
    assert read(table((cell(label), cell(words)))).pages[0].text == "申报单位\t意见: 同意"


def test_numbers_in_a_column_are_printed() -> None:
    numbering = levels(("decimal", "%1")) + num(1)
    made = table(*((cell(numbered("", 1)), cell(name)) for name in ("甲", "乙")))
    assert read(made, {"numbering": numbering}).pages[0].text == "1\t甲\n2\t乙"


def test_a_nested_table_follows_its_row() -> None:
    inner = table((cell("里1"), cell("里2")))
    page = read(table((cell("左"), cell(paragraph("右") + inner)), (cell("下"), cell("")))).pages[0]
    assert page.text == "左\t右\n里1\t里2\n下"
    assert [made.rows[0][0] for made in page.tables] == ["左", "里1"]


def test_a_table_of_one_cell_around_much_is_a_frame() -> None:
    inner = table((cell("甲"), cell("乙")))
    page = read(table((cell(paragraph("题", '<w:outlineLvl w:val="0"/>') + inner + paragraph("尾")),))).pages[0]
    assert [block.kind for block in page.blocks] == ["heading", "row", "paragraph"]
    assert len(page.tables) == 1
    assert read(table((cell("一格"),))).pages[0].tables[0].rows == (("一格",),)


def test_tabs_in_cells_do_not_make_cells() -> None:
    words = f"<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>{run(chr(9) + 'c')}</w:p>"
    assert read(table((cell(words), cell("d")))).pages[0].text == "a b c\td"


def test_a_table_beyond_the_limit_of_cells() -> None:
    content = docx(table(*((cell("x"), cell("y")) for _ in range(6))))
    with pytest.raises(UnreadableError, match="表格过大"):
        word.read(content, Limits(cells=10))
