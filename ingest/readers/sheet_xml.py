"""Workbooks in the XML of Excel 2003 (urn:schemas-microsoft-com:office:spreadsheet), which many systems export."""

from typing import Any

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents, Page, Remark
from ingest.readers.invisible import invisible_remarks, visible
from ingest.readers.office_xml import attribute, integer, local, tree
from ingest.readers.sheet_formats import plain
from ingest.readers.sheet_page import Cells, check_cells, one_line, sheet_page


def read_xml(content: bytes, limits: Limits) -> Contents:
    """A page for each sheet that is not hidden. Raises UnreadableError."""
    parted: list[str] = []
    pages: list[Page] = []
    remarks: list[Remark] = []
    for sheet in tree(content).iter("{urn:schemas-microsoft-com:office:spreadsheet}Worksheet"):
        name = one_line(attribute(sheet, "Name") or "") or f"第{len(pages) + 1}张"
        cells, hidden = _cells(sheet, limits, parted)
        concealed = any(local(element) == "Visible" and "Hidden" in (element.text or "") for element in sheet.iter())
        if concealed:
            cells, hidden = {}, cells | hidden
        else:
            pages.append(sheet_page(name, cells, limits))
        if hidden:
            lines = "\n".join("\t".join(row.values()) for row in hidden.values())
            remarks.append(Remark("hidden_text", f"工作表“{name}”有隐藏的内容,没有计入正文。", lines[:2000], name))
    if not pages:
        raise UnreadableError("表格里没有可见的工作表,或文件已损坏,请另存为 .xlsx 后重新提交。")
    return Contents(tuple(pages), (*remarks, *invisible_remarks(parted)))


def _cells(sheet: Any, limits: Limits, parted: list[str]) -> tuple[Cells, Cells]:
    """The cells that are shown, and those of hidden rows."""
    cells: Cells = {}
    hidden: Cells = {}
    count, number = 0, -1
    for row in sheet.iter("{*}Row"):
        number = _index(row, number)
        column, found = -1, {}
        for cell in row.iter("{*}Cell"):
            column = _index(cell, column)
            data = next((element for element in cell if local(element) == "Data"), None)
            words = _words(data) if data is not None else ""
            if words:
                found[column] = one_line(visible(words, parted))
            column += integer(attribute(cell, "MergeAcross"))
        count += len(found)
        check_cells(count, limits)
        if found:
            (hidden if attribute(row, "Hidden") == "1" else cells)[number] = found
    return cells, hidden


def _words(data: Any) -> str:
    words = "".join(data.itertext())
    kind = attribute(data, "Type")
    if kind == "DateTime":
        return words.replace("T00:00:00.000", "").replace("T", " ").removesuffix(".000")
    if kind == "Boolean":
        return "TRUE" if words == "1" else "FALSE"
    try:
        return plain(words.strip()) if kind == "Number" else words
    except ArithmeticError:
        return words


def _index(element: Any, before: int) -> int:
    return (integer(attribute(element, "Index")) or before + 2) - 1
