"""A sheet is read as it is shown; what it hides is reported and never read."""

import datetime
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers.sheet import read
from tests.workbooks import changed, rows, saved, written

LIMITS = Limits()
TEXTBOX = (
    '<xdr:wsDr xmlns:xdr="x" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<xdr:sp><xdr:cNvPr id="1"/><xdr:txBody><a:p><a:r><a:t>文本框</a:t></a:r><a:r><a:t>里的话</a:t></a:r></a:p>'
    '</xdr:txBody></xdr:sp><xdr:sp><xdr:cNvPr hidden="1"/><a:p><a:t>藏着的框</a:t></a:p></xdr:sp><xdr:pic/></xdr:wsDr>'
)


def put(**cells: object) -> Callable[[Worksheet], None]:
    """Fills a worksheet: values by the place of their cell; a tuple is value and number format."""

    def fill(sheet: Worksheet) -> None:
        for place, value in cells.items():
            sheet[place] = value[0] if isinstance(value, tuple) else value
            if isinstance(value, tuple):
                sheet[place].number_format = value[1]

    return fill


def text_of(content: bytes) -> str:
    return read(content, LIMITS).pages[0].text


def found(contents: Contents, kind: str) -> str:
    return "\n".join(f"{remark.message} {remark.text}" for remark in contents.remarks if remark.kind == kind)


def test_a_sheet_is_one_table_and_each_row_a_block() -> None:
    contents = read(saved(put(B2="单位", C2="金额", B3="虚构甲公司", C3=500, B5="合计\n(万元)", C5=12.50)), LIMITS)
    page = contents.pages[0]
    assert page.number == "申报表"
    assert page.text == "单位\t金额\n虚构甲公司\t500\n合计 (万元)\t12.5"
    assert page.tables[0].rows == (("单位", "金额"), ("虚构甲公司", "500"), ("合计 (万元)", "12.5"))
    assert [(block.kind, page.text[block.start : block.end]) for block in page.blocks] == [
        ("row", line) for line in page.text.split("\n")
    ]
    assert contents.remarks == ()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (5.0, "5"),
        (0.1 + 0.2, "0.3"),
        ("370202199001011234", "370202199001011234"),
        (91370202, "91370202"),
        (10**17, "100000000000000000"),
        ("007", "007"),
        (True, "TRUE"),
        ((0.35, "0%"), "35%"),
        ((0.3567, "0.00%"), "35.67%"),
        ((1234567.5, "#,##0.00"), "1,234,567.50"),
        ((500, '0.00"万元"'), "500.00万元"),
        ((12345678, '0!.0,"万元"'), "1234.6万元"),
        ((-5, "0.00_);[Red](0.00)"), "(5.00)"),
        ((20, "[DBNum2]0"), "贰拾"),
        ((datetime.date(2022, 1, 10), "m/d/yy"), "2022-01-10"),
        ((datetime.date(2022, 1, 10), 'yyyy"年"m"月"d"日";@'), "2022-01-10"),
        ((datetime.date(2022, 1, 10), '[$-804]yyyy"年"m"月"'), "2022年1月"),
        ((datetime.datetime(2022, 1, 10, 8, 30), "yyyy-mm-dd hh:mm"), "2022-01-10 08:30"),
        ((datetime.time(8, 30), "h:mm"), "08:30"),
        ((0, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ '), "¥-"),
    ],
)
def test_values_are_as_shown(value: object, words: str) -> None:
    assert text_of(saved(put(A1=value))) == words


def test_days_of_both_counts() -> None:
    day = rows('<c s="0"><v>44571</v></c>')
    assert text_of(written(day)) == "44571"
    for date1904, shown in (("0", "2022-01-10"), ("1", "2026-01-11")):
        content = changed(
            written(day, workbook=f'<workbookPr date1904="{date1904}"/>'),
            "xl/styles.xml",
            lambda _: '<styleSheet><cellXfs><xf numFmtId="31"/></cellXfs></styleSheet>',
        )
        assert text_of(content) == shown


def test_errors_and_formulas_show_what_was_saved() -> None:
    cells = (
        '<c t="e"><f>A9</f><v>#REF!</v></c><c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>甲</v></c><c><f>3+4</f></c>'
    )
    contents = read(written(rows(cells)), LIMITS)
    assert contents.pages[0].text == "#REF!\t2\t甲"
    assert "1 个公式没有保存计算结果" in found(contents, "incomplete")


def test_rich_text_is_whole_and_pronunciation_is_left_out() -> None:
    strings = "<si><r><t>青岛</t></r><r><t>市_x000D_区</t></r><rPh><t>qingdao</t></rPh></si>"
    assert text_of(written(rows('<c t="s"><v>0</v></c>'), strings=strings)) == "青岛市 区"


def test_hidden_sheets_rows_columns_and_letters_are_reported_and_not_read() -> None:
    def fill(sheet: Worksheet) -> None:
        put(A1="看得见", B1="列里的话", A2="行里的话", A3="白字", A4=(77, ";;;"), A5="小字", A6="深底白字")(sheet)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True
        sheet["A3"].font = Font(color="FFFEFEFE")
        sheet["A5"].font = Font(sz=1)
        sheet["A6"].font = Font(color="FFFFFFFF")
        sheet["A6"].fill = PatternFill("solid", fgColor="FF000080")

    def hide(state: str) -> Callable[[Worksheet], None]:
        def fill_hidden(sheet: Worksheet) -> None:
            sheet["A1"] = f"{state}里的话"
            sheet.sheet_state = state

        return fill_hidden

    contents = read(saved(fill, 第二张=hide("hidden"), 第三张=hide("veryHidden")), LIMITS)
    assert [page.text for page in contents.pages] == ["看得见\n深底白字"]
    hidden = found(contents, "hidden_text")
    for words in ("列里的话", "行里的话", "白字", "77", "小字", "hidden里的话", "veryHidden里的话"):
        assert words in hidden
    assert "深底" not in hidden


def test_merged_cells_show_their_first() -> None:
    merged = '<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="A9:XFD1048576"/></mergeCells>'
    data = rows("<c><v>1</v></c><c><v>2</v></c>", "<c/><c/><c><v>3</v></c><c><v>4</v></c>")
    contents = read(written(data, extra=merged), LIMITS)
    assert contents.pages[0].tables[0].rows == (("1", ""), ("", "4"))
    assert "2\n3" in found(contents, "hidden_text")


def test_comments_boxes_pictures_and_properties() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B3"] = "正文"
        sheet["B3"].comment = Comment("批注的话", "审核人")
        sheet.parent.properties.title = "属性里的话"

    content = changed(saved(fill), "xl/drawings/drawing9.xml", lambda _: TEXTBOX)
    link = '<Relationship Id="d9" Type="x/drawing" Target="/xl/drawings/drawing9.xml"/></Relationships>'
    content = changed(content, "xl/worksheets/_rels/sheet1.xml.rels", lambda old: old.replace("</Relationships>", link))
    contents = read(content, LIMITS)
    page = contents.pages[0]
    assert page.text == "正文\n文本框里的话"
    assert [block.kind for block in page.blocks] == ["row", "box"]
    assert "B3:" in found(contents, "comment")
    assert "批注的话" in found(contents, "comment")
    assert "藏着的框" in found(contents, "hidden_text")
    assert "1 张图片,没有识别" in found(contents, "incomplete")
    assert "属性里的话" in found(contents, "property")


def test_invisible_characters_are_taken_out() -> None:
    contents = read(saved(put(A1="青岛\u200b虚构公司", A2="\ufeff好")), LIMITS)
    assert contents.pages[0].text == "青岛虚构公司\n好"
    assert "青岛虚构公司" in found(contents, "invisible_characters")


def test_a_huge_used_range_with_three_cells_is_cheap() -> None:
    data = (
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
        '<c r="B1048576"><v>2</v></c><c r="XFD1048576"><v>3</v></c></row></sheetData>'
    )
    content = written(data)
    tracemalloc.start()
    started = time.perf_counter()
    assert text_of(content) == "1\n\t2\t3"
    assert time.perf_counter() - started < 1
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_too_many_cells_are_refused() -> None:
    content = written(rows(*["<c><v>1</v></c>" * 10] * 11))
    assert read(content, Limits(cells=110)).pages
    with pytest.raises(UnreadableError, match="超过 109 个单元格"):
        read(content, Limits(cells=109))
    diagonal = "".join(f'<row r="{n}"><c r="{chr(64 + n)}{n}"><v>1</v></c></row>' for n in range(1, 27))
    with pytest.raises(UnreadableError, match="单元格"):
        read(written(f"<sheetData>{diagonal}</sheetData>"), Limits(cells=100))


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize("declared", [LAUGHS, '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'])
def test_entities_are_never_expanded_nor_fetched(declared: str) -> None:
    for part in ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
        content = written(rows('<c t="s"><v>0</v></c>'), strings="<si><t>甲</t></si>")
        with pytest.raises(UnreadableError, match="不允许的 XML 声明"):
            read(changed(content, part, lambda old: declared + old.replace('表"', '&i;"').replace("甲", "&i;")), LIMITS)


def test_a_sheet_that_breaks_off_says_so() -> None:
    whole = written(rows("<c><v>1</v></c>", "<c><v>2</v></c>"))
    broken = changed(whole, "xl/worksheets/sheet1.xml", lambda old: old.split("2</v>")[0])
    contents = read(broken, LIMITS)
    assert contents.pages[0].text.startswith("1")
    assert "只读出了前面一部分" in found(contents, "incomplete")


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_a_reason(cut: float) -> None:
    content = saved(put(A1="甲"))
    with pytest.raises(UnreadableError, match="已损坏"):
        read(content[: int(len(content) * cut)], LIMITS)


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_a_reason(at: int, noise: bytes) -> None:
    content = saved(put(A1="甲", B2=3))
    with suppress(UnreadableError):
        assert read(content[:at] + noise + content[at + len(noise) :], LIMITS).pages
