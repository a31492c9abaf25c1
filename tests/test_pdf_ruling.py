"""Which lines of a page make a table, and which do not."""

import pypdfium2
import pytest

from ingest.readers.pdf_ruling import has_ruling, ruling
from tests.table_making import Paper, rows, simple, tables

_ROWS = [
    ["序号", "项目名称", "金额(万元)", "备注"],
    ["1", "设备购置", "120.50", "已支付"],
    ["2", "软件开发", "80.00", ""],
]
_LEFTS = (70, 140, 300, 430)


def _lined(paper: Paper, top: float, table: list[list[str]], pitch: float = 25) -> None:
    for number, row in enumerate(table):
        for left, text in zip(_LEFTS, row, strict=False):
            paper.words(left, top + 5 + number * pitch, text)


def _level(paper: Paper, *tops: float) -> None:
    paper.lines(*((60, top, 535, top) for top in tops))


def _first_page(content: bytes) -> tuple[bool, int]:
    """Whether the first page has ruling, and how many edges."""
    document = pypdfium2.PdfDocument(content)
    try:
        return has_ruling(document[0]), sum(len(shape.edges) for shape in ruling(document[0]))
    finally:
        document.close()


def test_a_page_of_words_has_no_ruling() -> None:
    paper = Paper()
    paper.words(60, 80, "第一条 为了规范管理,制定本办法。")
    paper.lines((60, 60, 535, 60), (60, 780, 535, 780))  # under the head and over the foot

    assert _first_page(paper.content()) == (False, 2)
    assert rows(paper.content()) == []


def test_a_three_line_table() -> None:
    paper = Paper()
    paper.words(240, 50, "表1 经费使用情况")
    _level(paper, 70, 95, 145)
    _lined(paper, 70, _ROWS)
    paper.words(60, 160, "这是表格之后的正文,它占满整整一行,不是表格的一部分。")

    assert rows(paper.content()) == [tuple(map(tuple, _ROWS))]


def test_two_three_line_tables_of_one_width_stay_apart() -> None:
    paper = Paper()
    for top in (100, 300):
        paper.words(220, top - 20, "表 年度经费情况(虚构)")
        _level(paper, top, top + 25, top + 75)
        _lined(paper, top, _ROWS)
    paper.words(60, 200, "两张表之间的一段正文。")

    assert rows(paper.content()) == [tuple(map(tuple, _ROWS))] * 2


def test_a_second_line_of_words_goes_on_from_its_row() -> None:
    paper = Paper()
    _level(paper, 70, 95, 180)
    _lined(paper, 70, _ROWS)
    paper.words(140, 134, "及运行维护")

    assert rows(paper.content())[0][2] == ("2", "软件开发及运行维护", "80.00", "")


def test_level_lines_between_all_rows() -> None:
    paper = Paper()
    _level(paper, 70, 95, 120, 160, 185)
    _lined(paper, 70, _ROWS)
    paper.words(140, 142, "及维护")
    paper.words(70, 165, "3")
    paper.words(300, 165, "15.30")

    assert [row[:3] for row in rows(paper.content())[0]] == [
        ("序号", "项目名称", "金额(万元)"),
        ("1", "设备购置", "120.50"),
        ("2", "软件开发及维护", "80.00"),
        ("3", "", "15.30"),
    ]


def test_level_lines_around_prose_make_no_table() -> None:
    paper = Paper()
    _level(paper, 70, 110, 150, 190)
    for top in (75, 115, 155):
        paper.words(60, top, "申报单位应当对材料的真实性负责,并按要求提交材料,\n逾期不予受理,由此产生的后果自行承担。")

    assert rows(paper.content()) == []


def test_open_sides_are_closed() -> None:
    paper = Paper()
    _level(paper, 70, 95, 120, 145)
    paper.lines((130, 70, 130, 145), (290, 70, 290, 145), (420, 70, 420, 145))
    _lined(paper, 70, _ROWS)

    assert rows(paper.content()) == [tuple(map(tuple, _ROWS))]


@pytest.mark.parametrize("table", [[["", ""], ["", ""]], [["只有一格", ""], ["", ""]]])
def test_a_table_without_words_is_none(table: list[list[str]]) -> None:
    paper = Paper()
    paper.table((60, 200, 340), (80, 110, 140), simple(table))

    assert rows(paper.content()) == []


def test_a_frame_around_the_page_is_no_table() -> None:
    paper = Paper()
    paper.table((40, 555), (40, 80, 800), simple([["页眉文字"], ["正文第一段。\n正文第二段。"]]))

    assert rows(paper.content()) == []


def test_a_frame_around_a_table_is_no_part_of_it() -> None:
    paper = Paper()
    paper.box(30, 30, 565, 810)
    paper.words(60, 50, "标题在框内,表外")
    paper.table((60, 200, 340), (80, 110, 140), simple([["项目", "单位"], ["设备", "台"]]))

    assert rows(paper.content()) == [(("项目", "单位"), ("设备", "台"))]


def test_white_lines_count_on_a_colour_only() -> None:
    plain, shaded = Paper(), Paper()
    shaded.area(60, 80, 340, 140, 200)
    for paper in (plain, shaded):
        paper.lines((60, 110, 340, 110), (200, 80, 200, 140), grey=255)
        paper.lines((60, 80, 340, 80), (60, 140, 340, 140), (60, 80, 60, 140), (340, 80, 340, 140))
        for left, top, text in ((65, 85, "项目"), (205, 85, "单位"), (65, 115, "设备"), (205, 115, "台")):
            paper.words(left, top, text)

    assert rows(plain.content()) == []
    assert rows(shaded.content()) == [(("项目", "单位"), ("设备", "台"))]


def test_a_highlight_is_no_cell() -> None:
    paper = Paper()
    for number, text in enumerate(["请填写单位名称", "请填写单位地址"]):
        for left in (100, 100 + 10.5 * 7):
            paper.area(left, 100 + 16 * number, left + 10.5 * 7, 116 + 16 * number, 220)
            paper.words(left, 102 + 16 * number, text)

    assert rows(paper.content()) == []


def test_a_slanting_line_in_a_head_cell_is_no_border() -> None:
    paper = Paper()
    paper.table((60, 200, 340), (80, 120, 150), simple([["", "2020年"], ["经费", "300"]]))
    paper.lines((60, 80, 200, 120))
    paper.words(150, 84, "年度")
    paper.words(70, 104, "项目")

    assert rows(paper.content()) == [(("年度项目", "2020年"), ("经费", "300"))]


def test_lines_inside_a_form_object_are_found_where_they_are_shown() -> None:
    paper = Paper()
    paper.table((60, 200, 340), (80, 110, 140), simple([["项目", "单位"], ["设备", "台"]]))
    source = pypdfium2.PdfDocument(paper.content())
    outer = pypdfium2.PdfDocument.new()
    shown = source.page_as_xobject(0, outer)
    page = outer.new_page(842, 842)
    placed = shown.as_pageobject()
    placed.set_matrix(pypdfium2.PdfMatrix().scale(0.5, 0.5).translate(100, 50))
    page.insert_obj(placed)
    page.gen_content()
    edges = [edge for shape in ruling(page) for edge in shape.edges]

    top = 842 - 50 - 0.5 * 841.89
    assert min(edge[0] for edge in edges) == pytest.approx(100 + 30, abs=0.1)
    assert max(edge[2] for edge in edges) == pytest.approx(100 + 170, abs=0.1)
    assert min(edge[1] for edge in edges) == pytest.approx(top + 40, abs=0.1)
    assert max(edge[3] for edge in edges) == pytest.approx(top + 70, abs=0.1)
    assert has_ruling(page)
    outer.close()
    source.close()


def test_printers_marks_outside_the_page_are_no_lines() -> None:
    paper = Paper()
    paper.words(60, 80, "第一条 为了规范管理,制定本办法。")
    paper.lines((10, 20, 10, 40), (20, 10, 40, 10), (585, 20, 585, 40), (20, 830, 40, 830), (10, 800, 10, 835))
    document = pypdfium2.PdfDocument(paper.content())
    assert has_ruling(document[0])
    document[0].set_cropbox(50, 50, 545, 792)
    page = document[0]
    assert not has_ruling(page)
    assert [edge for shape in ruling(page) for edge in shape.edges] == []
    document.close()


def test_too_many_lines_are_given_up() -> None:
    chart, grid = Paper(), Paper()
    chart.lines(*((60, 80 + number / 20, 535, 80 + number / 20) for number in range(12_100)))
    grid.lines(*((60, 60 + 4 * number, 535, 60 + 4 * number) for number in range(110)))
    grid.lines(*((60 + 4 * number, 60, 60 + 4 * number, 500) for number in range(110)))
    for paper in (chart, grid):
        paper.words(60, 60, "地图")

    assert _first_page(chart.content())[1] == 0
    assert tables(chart.content()) == ()
    assert _first_page(grid.content())[1] == 220
    assert tables(grid.content()) == ()
