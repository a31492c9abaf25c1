"""Lines to text, without any model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.materials import Block, Page
from ingest.ocr_layout import arrange
from ingest.ocr_lines import Floats, Line, boxes, spans, unturned
from ingest.ocr_merge import merge
from ingest.ocr_remarks import Reading, Stamp, remarks

NO_CELLS = np.empty((0, 4), dtype=np.float32)


def line(text: str, left: float, top: float, height: float = 20, turn: float = 0.0) -> Line:
    width = sum(height if char >= "\u2e80" else height / 2 for char in text)
    quad = np.array([[0, 0], [width, 0], [width, height], [0, height]]) + np.array([left, top])
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    edges = np.linspace(0, 1, len(text) + 1)
    places = np.stack([edges[:-1], edges[1:]], axis=1).astype(np.float32)
    return Line(text, (quad @ matrix).astype(np.float32), places, np.full(len(text), 0.99, dtype=np.float32))


def texts(lines: list[Line]) -> list[tuple[str, str]]:
    writing = arrange(lines, NO_CELLS)
    assert len(writing.boxes) == len(writing.text)
    assert "\n".join(writing.text[block.start : block.end] for block in writing.blocks) == writing.text
    return [(block.kind, writing.text[block.start : block.end]) for block in writing.blocks]


def test_printed_lines_become_paragraphs() -> None:
    found = texts(
        [
            line("一二三四五六七八九十一二三四五六七八", 140, 100),
            line("一二三四五六七八九十一二三四五六七八九十", 100, 130),
            line("到此为止。", 100, 160),
            line("另起一段，也有好几行这么长的文字在里面", 140, 190),
            line("最后一行。", 100, 220),
        ]
    )
    assert [text[-5:] for _, text in found] == ["到此为止。", "最后一行。"]


@pytest.mark.parametrize("degrees", [-5, 0, 5])
def test_a_table_row_is_one_line_even_on_a_turned_page(degrees: float) -> None:
    cells = [("序号", 100), ("项目名称", 300), ("金额", 700)]
    turn = np.deg2rad(degrees)
    lines = [line(text, left, 100, turn=turn) for text, left in cells]
    lines += [line(text, left, 140, turn=turn) for text, left in (("1", 100), ("轮胎改造", 300), ("100.00", 700))]
    lines.append(line("以上金额单位均为万元，请注意核对每一项的内容", 100, 200, turn=turn))
    assert texts(lines)[:2] == [("row", "序号\t项目名称\t金额"), ("row", "1\t轮胎改造\t100.00")]


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [line(f"左栏第{number}行的文字一直写到边上", 100, 100 + 30 * number) for number in range(6)]
    right = [line(f"右栏第{number}行的文字一直写到边上", 500, 100 + 30 * number) for number in range(6)]
    text = "".join(words for _, words in texts([*left, *right]))
    assert text.index("左栏第5行") < text.index("右栏第0行")


def test_pieces_of_one_line_are_joined_with_their_places() -> None:
    writing = arrange([line("合同编号", 100, 100), line("ABC-2021", 185, 100)], NO_CELLS)
    assert writing.text == "合同编号ABC-2021"
    assert writing.boxes[4, 0] == pytest.approx(185, abs=1)
    assert writing.boxes[-1, 2] == pytest.approx(265, abs=1)


def test_a_large_line_of_its_own_is_a_heading() -> None:
    body = [line("正文写在这里，一行一行地写下去。", 100, 200 + 40 * number) for number in range(5)]
    assert texts([line("情况说明", 200, 100, height=32), *body])[0] == ("heading", "情况说明")


@given(st.integers(0, 3), st.floats(0, 50), st.floats(0, 50))
def test_turning_a_box_back_is_the_inverse_of_turning_the_picture(turns: int, left: float, top: float) -> None:
    picture = np.zeros((120, 90), dtype=np.uint8)
    picture[int(top) : int(top) + 7, int(left) : int(left) + 11] = 1
    down, across = np.nonzero(np.rot90(picture, turns))
    seen = np.array([[across.min(), down.min(), across.max() + 1, down.max() + 1]], dtype=np.float32)
    expected = [int(left), int(top), int(left) + 11, int(top) + 7]
    assert unturned(seen, turns, (90, 120)).tolist() == [expected]


def test_characters_share_the_line_by_where_the_network_saw_them() -> None:
    found = spans("甲 1", [2, 12], 20, (100, 20))
    assert np.isnan(found[1]).all()
    assert found[0].mean() == pytest.approx(2.5 / 20)
    assert found[2].mean() == pytest.approx(12.5 / 20)
    assert found[0, 1] - found[0, 0] > found[2, 1] - found[2, 0]  # a digit is narrower


@given(st.text(alphabet="甲乙丙abc123 ", min_size=1, max_size=30), st.data())
def test_boxes_follow_one_another_along_the_line(text: str, data: st.DataObject) -> None:
    printed = len(text) - text.count(" ")
    columns = sorted(data.draw(st.lists(st.integers(0, 99), min_size=printed, max_size=printed, unique=True)))
    found = spans(text, columns, 100, (400, 20))
    real = found[~np.isnan(found).any(axis=1)]
    assert (real[:, 0] <= real[:, 1]).all()
    assert (np.diff(real.mean(axis=1)) > 0).all()
    assert (real[1:, 0] >= real[:-1, 1] - 1e-5).all()


def written(text: str, places: Floats | None, size: tuple[float, float] | None = (600, 800)) -> Page:
    return Page(1, text, (Block("paragraph", 0, len(text)),) if text else (), boxes=places, size=size)


def at(text: str, left: float, top: float) -> Floats:
    return boxes(line(text, left, top))


def test_merging_adds_only_what_the_page_does_not_have() -> None:
    own = written("申报单位", at("申报单位", 100, 100))
    same = written("申报单仿", at("申报单仿", 101, 101))
    assert merge(own, same).text == "申报单位"
    repeated = written("申报 单位", at("申报 单位", 100, 500))
    assert merge(own, repeated).text == "申报单位"
    scan = written("申报单仿营业执照", at("申报单仿营业执照", 100, 100))
    merged = merge(own, scan)
    assert merged.text == "申报单位\n营业执照"
    assert merged.blocks[-1] == Block("picture", 5, 9)
    assert merged.boxes is not None
    assert np.isnan(merged.boxes[4]).all()
    assert merged.boxes[5, 0] == pytest.approx(180)
    assert len(merged.boxes) == len(merged.text)


def test_a_page_without_places_takes_the_words_alone() -> None:
    merged = merge(written("正文", None, size=None), written("图中文字", at("图中文字", 0, 0)))
    assert (merged.text, merged.boxes) == ("正文\n图中文字", None)
    assert merge(written("", None), written("图中文字", at("图中文字", 0, 0))).blocks == (Block("picture", 0, 4),)


def reading(text: str, sureness: float, left: float = 0, top: float = 0, kept: bool = True) -> Reading:
    return Reading(text, at(text, left, top), np.full(len(text), sureness, dtype=np.float32), kept)


def test_doubtful_lines_of_a_page_make_one_remark_the_least_sure_first() -> None:
    readings = [reading(f"第{n}行", 0.8 - n / 100, kept=n < 13) for n in range(15)]
    unread, doubtful = remarks([*readings, reading("清楚", 0.99)], [], 2)
    assert unread.message == "第2页有 2 行看不清,没有读入,请对照原件核对。"
    assert unread.text == "第14行\n第13行"
    assert doubtful.message == "第2页有 13 行识别把握不大,请对照原件核对。"
    assert doubtful.text.split("\n")[0] == "第12行"
    (single,) = remarks([reading("第1行", 0.7, top=30)], [], 2)
    assert single.box == (0, 30, 50, 50)


def test_strokes_of_a_seal_on_a_copy_are_its_own_but_dates_and_sure_lines_are_not() -> None:
    copied = Stamp("", (0, 0, 400, 400), red=False)
    own = [reading("示", 0.99, 50, 50), reading("工合同专用意", 0.7, 50, 90)]
    others = [reading("2021年1月1日", 0.7, 50, 130), reading("青岛市示例", 0.99, 50, 170), reading("示", 0.9, 390, 50)]
    assert [copied.is_own(one) for one in (*own, *others)] == [True, True, False, False, False]
    assert not Stamp("", (0, 0, 400, 400)).is_own(own[0])  # the ink of a red one was taken away
    (seal, doubts) = sorted(remarks([*own, *others[:2]], [copied], 1), key=lambda one: one.kind, reverse=True)
    assert seal.message == "第1页有印章,印文没有看清,盖住的文字可能识别不全,请对照原件核对。"
    assert seal.text.split("\n") == ["示", "工合同专用意", "2021年1月1日", "青岛市示例"]
    assert doubts.text == "2021年1月1日"


def test_characters_of_a_spread_label_are_one_word() -> None:
    found = texts([line("名", 100, 100), line("称", 180, 100), line("虚构公司", 300, 100), line("住", 100, 140)])
    assert found[0] == ("row", "名称\t虚构公司")
    # Two columns of single characters stand further apart.
    assert texts([line("是", 100, 100), line("否", 400, 100)]) == [("row", "是\t否")]


def test_a_long_number_leaves_a_gap_at_the_end_of_the_line_before() -> None:
    lines = [
        line("我单位青岛示例公司(统一社会信用代码:", 140, 100),
        line("91370212MAFAKE211W)申报赋能中心的认定", 100, 130),
    ]
    lines.append(line("青岛市重点产业数字化转型赋能中心管理办法", 100, 160))
    assert len(texts(lines)) == 1


def test_columns_go_on_where_one_is_shorter() -> None:
    left = [line(f"左栏第{number}行的文字一直写到边上", 100, 100 + 30 * number) for number in range(12)]
    right = [line(f"右栏第{number}行的文字一直写到边上", 500, 100 + 30 * number) for number in range(7)]
    wide = line("通栏的一行文字从左边一直写到右边再长一点也没有关系的", 100, 60)
    text = "".join(words for _, words in texts([*left, *right, wide]))
    assert text.index("通栏") < text.index("左栏第0行")
    assert text.index("左栏第11行") < text.index("右栏第0行")


def test_numbered_lines_in_larger_letters_are_headings_of_the_second_level_and_signed_lines_are_none() -> None:
    body = [line("正文写在这里,一行一行地写下去直到边上", 100, 200 + 40 * number) for number in range(5)]
    found = arrange([line("二、支出明细", 100, 150, height=23), *body], NO_CELLS)
    assert (found.blocks[0].kind, found.blocks[0].level) == ("heading", 2)
    signed = arrange([*body, line("法定代表人(签字)赵虚构", 300, 450, height=40)], NO_CELLS)
    assert signed.blocks[-1].kind == "paragraph"


def test_ruled_cells_keep_their_lines_together_and_lose_no_words() -> None:
    cells = np.array(
        [[95, 95, 250, 195], [253, 95, 600, 195], [95, 198, 250, 248], [253, 198, 600, 248]], dtype=np.float32
    )
    lines = [line("单位简介", 100, 135), line("公司成立于二〇一〇年，", 260, 100), line("主营软件。", 260, 140)]
    lines += [
        line("法定代表人", 100, 210),
        line("赵虚构", 260, 210),
        line("表前的一行", 100, 40),
        line("表后的一行", 100, 300),
    ]
    writing = arrange(lines, cells)
    rows = (("单位简介", "公司成立于二〇一〇年，主营软件。"), ("法定代表人", "赵虚构"))
    assert writing.text.split("\n") == ["表前的一行", *("\t".join(row) for row in rows), "表后的一行"]
    assert writing.tables == (rows,)
    assert writing.table_boxes.tolist() == [[95, 95, 600, 248]]
    # A cell that was not found still gives its words to the row.
    assert arrange(lines, cells[:3]).text == writing.text
    assert arrange(lines, cells[[0, 2, 3]]).text == writing.text.replace("，主营", "，\t主营")
