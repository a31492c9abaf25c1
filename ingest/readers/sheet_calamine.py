"""Workbooks that calamine reads (.xls, .xlsb, .ods): values alone, without number formats other than those of days."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

import python_calamine as calamine

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents, Page, Remark
from ingest.readers.invisible import invisible_remarks, visible
from ingest.readers.sheet_formats import plain
from ingest.readers.sheet_page import Cells, check_cells, one_line, sheet_page

_Value = int | float | str | bool | time | date | datetime | timedelta


def read_calamine(content: bytes, limits: Limits) -> Contents:
    """A page for each sheet that is not hidden. Raises UnreadableError."""
    try:
        workbook = calamine.load_workbook(BytesIO(content))
        sheets = [(sheet, _cells(workbook, place, limits)) for place, sheet in enumerate(workbook.sheets_metadata)]
    except calamine.PasswordError as error:
        raise UnreadableError("文件已加密,请提供未加密的版本。") from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableError("表格已损坏或不完整,打不开,请另存为 .xlsx 后重新提交。") from error
    parted: list[str] = []
    pages: list[Page] = []
    remarks: list[Remark] = []
    for sheet, cells in sheets:
        seen = {row: {column: visible(words, parted) for column, words in cells[row].items()} for row in cells}
        if sheet.visible == calamine.SheetVisibleEnum.Visible:
            pages.append(sheet_page(sheet.name, seen, limits))
        elif seen:
            lines = "\n".join("\t".join(row.values()) for row in seen.values())
            message = f"工作表“{sheet.name}”是隐藏的,没有计入正文。"
            remarks.append(Remark("hidden_text", message, lines[:2000], sheet.name))
    if not pages:
        raise UnreadableError("表格里没有可见的工作表,请检查后重新提交。")
    return Contents(tuple(pages), (*remarks, *invisible_remarks(parted)))


def _cells(workbook: calamine.CalamineWorkbook, place: int, limits: Limits) -> Cells:
    cells: Cells = {}
    count = 0
    for number, row in enumerate(workbook.get_sheet_by_index(place).iter_rows()):
        kept = dict(_kept(row))
        count += len(kept)
        check_cells(count, limits)
        if kept:
            cells[number] = kept
    return cells


def _kept(row: list[_Value]) -> Iterator[tuple[int, str]]:
    for column, value in enumerate(row):
        words = _shown(value)
        if words:
            yield column, words


def _shown(value: _Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain(repr(value).removesuffix(".0"))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00").removesuffix(":00")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return one_line(str(value))
