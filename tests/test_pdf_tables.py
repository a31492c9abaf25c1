"""What stands in which cell of a ruled table, as a reader of the page sees it."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.pdf_characters import characters
from ingest.readers.pdf_tables import ruled_tables
from tests.table_making import Drawn, Paper, Pen, bare_rows, plumber_rows, rows, simple, tables

_DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"

_FORM: list[Drawn] = [
    (0, 0, 1, 1, "单位名称"),
    (0, 1, 1, 3, "青岛虚构数字科技有限公司"),
    (1, 0, 1, 1, "统一社会\n信用代码"),
    (1, 1, 1, 1, "91370200MA3XXXXX0X"),
    (1, 2, 1, 1, "成立日期"),
    (1, 3, 1, 1, "2016年3月1日"),
    (2, 0, 3, 1, "联\n系\n人"),
    (2, 1, 1, 1, "姓    名"),
    (2, 2, 1, 2, "张某某(虚构)"),
    (3, 1, 1, 1, "电话"),
    (3, 2, 1, 2, "0532-0000 0000"),
    (4, 1, 1, 1, "主要业绩"),
    (4, 2, 1, 2, "1.服务企业36家；\n2.诊断报告12份,\n获评优秀；\n(1)data platform and\nanalysis tools。"),
]
_ACROSS, _DOWN = (60, 150, 300, 380, 535), (80, 110, 140, 170, 200, 290)


def test_form_with_merged_cells() -> None:
    paper = Paper()
    paper.words(200, 50, "申请表(虚构)", 16)
    paper.table(_ACROSS, _DOWN, _FORM)
    paper.words(60, 310, "填表说明写在表外。")

    (found,) = rows(paper.content())

    assert found == (
        ("单位名称", "青岛虚构数字科技有限公司", "", ""),
        ("统一社会信用代码", "91370200MA3XXXXX0X", "成立日期", "2016年3月1日"),
        ("联系人", "姓名", "张某某(虚构)", ""),
        ("", "电话", "0532-0000 0000", ""),
        ("", "主要业绩", "1.服务企业36家；2.诊断报告12份,获评优秀；(1)data platform and analysis tools。", ""),
    )


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_cells_know_their_characters_and_boxes_on_turned_pages(turn: int) -> None:
    paper = Paper()
    paper.table(_ACROSS, _DOWN, _FORM)
    document = pypdfium2.PdfDocument(paper.content())
    page = document[0]
    page.set_rotation(turn)
    page.set_cropbox(40, 50, 570, 800)
    marks = characters(page)

    (table,) = ruled_tables(page, marks)

    assert table.table.rows[1] == ("统一社会信用代码", "91370200MA3XXXXX0X", "成立日期", "2016年3月1日")
    seen: list[int] = []
    for row in table.rows:
        for cell in row:
            if cell.box is None:
                assert (cell.text, cell.places) == ("", ())
                continue
            inside = marks.boxes[list(cell.places)]
            assert (inside[:, :2] >= np.array(cell.box[:2]) - 2).all()
            assert (inside[:, 2:] <= np.array(cell.box[2:]) + 2).all()
            assert cell.text.replace(" ", "") == marks.only(np.array(cell.places, np.intp)).words()
            seen.extend(cell.places)
    assert sorted(seen) == list(range(len(marks)))
    width, height = page.get_size()
    assert 0 <= table.box[0] < table.box[2] <= width
    assert 0 <= table.box[1] < table.box[3] <= height
    document.close()


@pytest.mark.parametrize("pen", ["lines", "rectangles", "dashed", "double", "bars"])
def test_every_kind_of_line_makes_the_cells_that_pdfplumber_finds(pen: Pen) -> None:
    paper = Paper(chinese=False)
    cells = [(0, 0, 1, 2, "Name and\nplace"), (0, 2, 2, 1, "Year"), (1, 0, 1, 1, "Old Town"), (1, 1, 1, 1, "7")]
    paper.table((60, 200, 340, 480), (350, 390, 430), cells, pen)
    content = paper.content()

    assert bare_rows(content) == plumber_rows(content) == [[["Nameandplace", "", "Year"], ["OldTown", "7", ""]]]
    assert rows(content) == [(("Name and place", "", "Year"), ("Old Town", "7", ""))]


def test_a_character_across_a_line_goes_where_most_of_it_stands() -> None:
    paper = Paper()
    paper.table((60, 127, 300), (80, 110), simple([["申请单位名称", "虚构公司"]]))  # 63 points of words in 62

    assert rows(paper.content()) == [(("申请单位名称", "虚构公司"),)]


def test_raised_and_lowered_characters_stay_in_their_line() -> None:
    paper = Paper()
    paper.table((60, 200, 300), (80, 130), simple([["场地面积", ""]]))
    paper.words(205, 90, "500m")
    paper.words(232, 88, "2", 6)
    paper.words(237, 90, "以上,其中")
    paper.words(205, 106, "办公用房。")

    assert rows(paper.content()) == [(("场地面积", "500m2以上,其中办公用房。"),)]


def test_a_code_that_fills_the_cell_is_not_broken_by_a_space() -> None:
    paper = Paper()
    paper.table((60, 150, 250), (80, 130), simple([["信用代码", "91370200MA3XX\nXXX0X"]]))

    assert rows(paper.content()) == [(("信用代码", "91370200MA3XXXXX0X"),)]


def test_numbers_below_one_another_stay_apart_where_they_end_at_the_edge() -> None:
    paper = Paper()
    paper.table((60, 150, 250), (80, 130), simple([["金额", ""]]))
    paper.words(220, 95, "18870")
    paper.words(231, 115, "209")
    paper.table((60, 150, 250), (180, 230), simple([["金额", "1,234,567,890.12\n2,345,678,901.23"]]))

    assert rows(paper.content()) == [(("金额", "18870 209"),), (("金额", "1,234,567,890.12 2,345,678,901.23"),)]


def test_a_table_over_two_pages_is_read_on_each() -> None:
    paper = Paper()
    head = ["序号", "企业名称", "金额(万元)"]
    paper.table((60, 120, 350, 480), (700, 730, 760), simple([head, ["1", "虚构一公司", "12.50"]]))
    paper.pdf.add_page()
    paper.table((60, 120, 350, 480), (60, 90, 120), simple([head, ["2", "虚构二公司", "7.00"]]))
    paper.pdf.add_page()
    paper.table((60, 120, 350, 480), (60, 90), simple([["3", "虚构三公司", "8.00"]]))
    content = paper.content()

    assert rows(content, 0) == [(tuple(head), ("1", "虚构一公司", "12.50"))]
    assert rows(content, 1) == [(tuple(head), ("2", "虚构二公司", "7.00"))]
    assert rows(content, 2) == [(("3", "虚构三公司", "8.00"),)]


def test_a_table_in_a_cell_keeps_its_own_words() -> None:
    paper = Paper()
    paper.table((60, 150, 500), (80, 250), simple([["经费来源", "说明:如下"]]))
    paper.table((200, 300, 400), (120, 150, 180), simple([["年度", "金额"], ["2020", "300"]]))

    outer, inner = rows(paper.content())

    assert outer == (("经费来源", "说明:如下"),)
    assert inner == (("年度", "金额"), ("2020", "300"))


def test_text_that_runs_sideways_is_read_in_its_own_direction() -> None:
    paper = Paper()
    with paper.pdf.rotation(90, 300, 400):
        paper.table((100, 200, 300), (380, 410, 440), simple([["指标", "数值"], ["专利", "16"]]))

    (table,) = tables(paper.content())

    assert table.table.rows == (("指标", "数值"), ("专利", "16"))
    left, top, right, bottom = table.box
    assert (right - left, bottom - top) == pytest.approx((60, 200), abs=1)


def test_a_table_that_stands_sideways_on_an_upright_page() -> None:
    paper = Paper()
    paper.words(60, 60, "申报单位应当如实填写下表,并对材料的真实性负责,\n附件另行装订,一式三份,虚构内容仅供测试。")
    with paper.pdf.rotation(90, 300, 400):
        paper.table((100, 200, 300), (380, 410, 440), simple([["指标", "数值"], ["专利", "16"]]))
    paper.table((60, 150, 240), (700, 730, 760), simple([["年度", "金额"], ["2020", "300"]]))

    assert rows(paper.content()) == [(("指标", "数值"), ("专利", "16")), (("年度", "金额"), ("2020", "300"))]


def test_a_watermark_stays_out_of_the_cells() -> None:
    paper = Paper()
    paper.table((60, 200, 340), (80, 110, 140), simple([["项目", "单位"], ["设备", "台"]]))
    with paper.pdf.rotation(35, 200, 110):
        paper.words(150, 100, "仅供预审", 24)

    assert rows(paper.content()) == [(("项目", "单位"), ("设备", "台"))]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(30, 90), min_size=1, max_size=5),
    st.lists(st.integers(34, 60), min_size=1, max_size=5),
    st.data(),
)
def test_grids_of_any_shape(widths: list[int], heights: list[int], data: st.DataObject) -> None:
    """Merged at random, they have the cells that pdfplumber finds."""
    across = [60 + sum(widths[:number]) for number in range(len(widths) + 1)]
    down = [80 + sum(heights[:number]) for number in range(len(heights) + 1)]
    cells: list[Drawn] = []
    taken: set[tuple[int, int]] = set()
    for row in range(len(heights)):
        for column in range(len(widths)):
            if (row, column) in taken:
                continue
            room = next((k for k in range(column, len(widths)) if (row, k) in taken), len(widths)) - column
            tall, wide = data.draw(st.integers(1, len(heights) - row)), data.draw(st.integers(1, room))
            taken |= {(row + i, column + j) for i in range(tall) for j in range(wide)}
            cells.append((row, column, tall, wide, data.draw(st.sampled_from(["", "a", "b c", "12\n3"]))))
    paper = Paper(chinese=False)
    paper.table(across, down, cells)
    content = paper.content()

    assert bare_rows(content) == plumber_rows(content)


@pytest.mark.parametrize(
    ("name", "page"),
    [("documents/plumber_issue-336-example.pdf", 0), ("hostile/pr-138-example.pdf", 1)]
    + [("documents/plumber_issue-67-example.pdf", page) for page in (2, 3, 5, 11)],
)
def test_real_pages_have_the_cells_that_pdfplumber_finds(name: str, page: int) -> None:
    path = _DATA / name
    if not path.exists():
        pytest.skip(f"{path.name} is not there")
    content = path.read_bytes()

    found = bare_rows(content, page)

    assert found
    assert found == plumber_rows(content, page)
