"""A Workbook as an Excel file."""

from io import BytesIO

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from evals.samples.archives import settled
from evals.samples.document import FICTION, Sheet, Workbook, plain

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def workbook(book: Workbook) -> bytes:
    """`book` as xlsx: numbers are values, sums too, since nothing here computes formulas."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for sheet in book.sheets:
        _fill(made.create_sheet(sheet.name), sheet)
    held = BytesIO()
    made.save(held)
    return settled(held.getvalue())


def _fill(page: Worksheet, sheet: Sheet) -> None:
    last = len(sheet.columns)
    page.append([plain(sheet.title)])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    page["A1"].font = Font(name="方正小标宋简体", size=16, bold=True)
    page["A1"].alignment = Alignment(horizontal="center")
    page.row_dimensions[1].height = 30
    page.append(list(sheet.columns))
    for row in sheet.rows:
        page.append([plain(cell) if isinstance(cell, str) else cell for cell in row])
    for cells in page.iter_rows(min_row=2, max_row=page.max_row, max_col=last):
        for cell in cells:
            cell.border = _BOX
            cell.font = Font(name="宋体", size=11, bold=cell.row == 2)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if isinstance(cell.value, float):
                cell.number_format = "#,##0.00"
    for note in (sheet.note, FICTION):
        if note:
            page.append([plain(note)])
            page.merge_cells(start_row=page.max_row, start_column=1, end_row=page.max_row, end_column=last)
    for number in range(last):
        width = sheet.widths[number] if number < len(sheet.widths) else 14
        page.column_dimensions[get_column_letter(number + 1)].width = width
    page.freeze_panes = "A3"
    if sheet.comment:
        page["A2"].comment = Comment(sheet.comment, "示例")
    if sheet.hidden:
        page.sheet_state = "hidden"
    page.page_setup.orientation = "landscape"
