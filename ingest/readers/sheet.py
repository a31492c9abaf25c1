"""Spreadsheets: .xlsx, .xls, .et, .xlsb, .ods, .csv and the XML of Excel 2003."""

from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers.office_xml import Parts
from ingest.readers.sheet_calamine import read_calamine
from ingest.readers.sheet_csv import read_csv
from ingest.readers.sheet_xlsx import read_xlsx
from ingest.readers.sheet_xml import read_xml
from ingest.readers.unpacked import check_unpacked

_OLE = b"\xd0\xcf\x11\xe0"


def read(content: bytes, limits: Limits) -> Contents:
    """A page for each sheet that is not hidden, its rows as blocks and one table. Raises UnreadableError."""
    if content.startswith(b"PK"):
        check_unpacked(content, limits)
        parts = Parts(content)
        if "xl/workbook.bin" in parts or "content.xml" in parts:
            return read_calamine(content, limits)
        return read_xlsx(content, limits)
    if content.startswith(_OLE):
        return read_calamine(content, limits)
    if content[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t").startswith((b"<?xml", b"<\0?\0x\0m\0l", b"<?mso")):
        return read_xml(content, limits)
    return read_csv(content, limits)
