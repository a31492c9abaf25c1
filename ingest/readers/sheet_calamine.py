"""Workbooks that calamine reads (.xls, .xlsb, .ods); of .xls also what is hidden, and numbers as they are shown."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import python_calamine as calamine

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents, Page, Remark
from ingest.readers.invisible import invisible_remarks, visible
from ingest.readers.sheet_biff import Looks, looks
from ingest.readers.sheet_formats import hides_all, plain, shown
from ingest.readers.sheet_page import Cells, check_cells, one_line, sheet_page

_DAMAGED = "表格已损坏或不完整,打不开,请另存为 .xlsx 后重新提交。"
_Value = int | float | str | bool | time | date | datetime | timedelta


def read_calamine(content: bytes, limits: Limits) -> Contents:
    """A page for each sheet that is not hidden. Raises UnreadableError."""
    looked = looks(content) if content.startswith(b"\xd0\xcf\x11\xe0") else []
    parted: list[str] = []
    pages: list[Page] = []
    remarks: list[Remark] = []
    count = 0
    try:
        workbook = calamine.load_workbook(BytesIO(content))
        for place, sheet in enumerate(workbook.sheets_metadata):
            look = looked[place] if place < len(looked) else Looks()
            seen, hidden = _cells(workbook.get_sheet_by_index(place), look, limits, parted)
            count += sum(map(len, seen.values())) + sum(map(len, hidden.values()))
            check_cells(count, limits)
            if sheet.visible != calamine.SheetVisibleEnum.Visible:
                hidden = {row: {**hidden.get(row, {}), **seen.get(row, {})} for row in sorted({*hidden, *seen})}
            else:
                pages.append(sheet_page(sheet.name, seen, limits))
                if look.comments:
                    message = f"工作表“{sheet.name}”有 {look.comments} 条批注,没有读取,请另存为 .xlsx 后查看。"
                    remarks.append(Remark("incomplete", message, page=sheet.name))
            if hidden:
                lines = "\n".join("\t".join(row.values()) for row in hidden.values())
                message = f"工作表“{sheet.name}”是隐藏的或有隐藏的行列,没有计入正文。"
                remarks.append(Remark("hidden_text", message, lines[:2000], sheet.name))
    except calamine.PasswordError as error:
        raise UnreadableError("文件已加密,请提供未加密的版本。") from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableError(_DAMAGED) from error
    except BaseException as error:
        # A panic inside calamine, whose type cannot be imported and is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(_DAMAGED) from error
    if not pages:
        raise UnreadableError("表格里没有可见的工作表,请检查后重新提交。")
    return Contents(tuple(pages), (*remarks, *invisible_remarks(parted)))


def _cells(sheet: calamine.CalamineSheet, look: Looks, limits: Limits, parted: list[str]) -> tuple[Cells, Cells]:
    """The cells of a sheet that are seen, and those that are hidden."""
    seen: Cells = {}
    hidden: Cells = {}
    top, left = sheet.start or (0, 0)
    count = 0
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=top):
        for column, value in enumerate(row, start=left):
            code = look.formats.get((number, column), "")
            words = visible(_shown(value, code), parted)
            if not words:
                continue
            count += 1
            off = number in look.hidden_rows or column in look.hidden_columns or (code and hides_all(code))
            (hidden if off else seen).setdefault(number, {})[column] = words
        check_cells(count, limits)
    return seen, hidden


def _shown(value: _Value, code: str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        number = plain(repr(value).removesuffix(".0"))
        return shown(number, code) if code and not hides_all(code) else number
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00").removesuffix(":00")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return one_line(str(value))
