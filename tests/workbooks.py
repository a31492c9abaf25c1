"""Small workbooks made part by part, as tests of the spreadsheet reader need them."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(fill: Callable[[Worksheet], object], **more: Callable[[Worksheet], object]) -> bytes:
    """A workbook whose first sheet "申报表" `fill` has filled, and further sheets by their names."""
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.title = "申报表"
    fill(workbook.active)
    for name, fill_more in more.items():
        fill_more(workbook.create_sheet(name))
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def zipped(parts: Mapping[str, str]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def changed(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The workbook with one part of it changed; an empty one is added when it has none of that name."""
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[part] = change(parts.get(part, ""))
    return zipped(parts)


def written(sheet_data: str, *, strings: str = "", extra: str = "", workbook: str = "") -> bytes:
    """A workbook of one sheet "表" by its XML: the rows, what follows them, shared strings."""
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")], start=1
        )
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}">{workbook}'
            '<sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
            "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{sheet_data}{extra}</worksheet>",
            "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
        }
    )


def rows(*lines: str) -> str:
    """<sheetData> of rows of cells that are given as XML."""
    return "<sheetData>" + "".join(f"<row>{line}</row>" for line in lines) + "</sheetData>"
