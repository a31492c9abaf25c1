"""Tables in other clothes: .csv, .xls, .ods, the XML of Excel 2003."""

import struct
from contextlib import suppress

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers.kinds import kind_of
from ingest.readers.sheet import read
from ingest.readers.sheet_biff import looks
from tests.workbooks import written, zipped

LIMITS = Limits()
OFFICE_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
LIST = '名称,信用代码,说明\r\n虚构甲公司,370202199001011234,"一,二\n三"\r\n虚构乙公司,007,\r\n'
SHOWN = "名称\t信用代码\t说明\n虚构甲公司\t370202199001011234\t一,二 三\n虚构乙公司\t007"


def found(contents: Contents, kind: str) -> str:
    return "\n".join(f"{remark.message} {remark.text}" for remark in contents.remarks if remark.kind == kind)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv(encoding: str, mark: str) -> None:
    text = LIST.replace('"一,二\n三"', '"一，二\n三"').replace(",", mark).replace("，", ",")
    content = text.encode(encoding)
    assert kind_of(content) == "sheet"
    page = read(content, LIMITS).pages[0]
    assert page.number is None
    assert page.text == SHOWN
    assert page.tables[0].rows[2] == ("虚构乙公司", "007", "")


def test_csv_of_excel_habits() -> None:
    assert read('sep=;\r\n名称;编号\r\n甲;="007"\r\n'.encode(), LIMITS).pages[0].text == "名称\t编号\n甲\t007"
    exported = "名称,编号\n甲,\t370202199001011234\n乙,\t370202199001011235\n"
    assert read(exported.encode(), LIMITS).pages[0].text.split("\n")[1] == "甲\t370202199001011234"
    assert "甲" in read(f'名称,编号\n甲,"{"9" * 200_000}\n'.encode(), LIMITS).pages[0].text


def test_csv_has_limits() -> None:
    with pytest.raises(UnreadableError, match="超过 5 个单元格"):
        read(LIST.encode(), Limits(cells=5))


def biff(kind: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack("<HH", kind, len(content)) + content


def xls(*, encrypted: bool = False, rows: int = 3, shift: int = 0) -> bytes:
    """An Excel 97 file of a sheet "名单" and a hidden one (MS-XLS 2.4), in an OLE2 file (MS-CFB). The third row of each
    is hidden; column 3 is a percentage."""
    wide = [name.encode("utf-16-le") for name in ("名单", "藏着")]
    texts = [text.encode("utf-16-le") for text in ("单位", "秘密")]
    begin, end = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0), biff(0x0A)
    sheets = []
    for text in texts:
        label = struct.pack("<HHHHB", 1, 1, 0, len(text) // 2, 1) + text
        numbers = [struct.pack("<HHHd", 1, 2, 0, 500.0), struct.pack("<HHHd", 1, 3, 1, 0.35)]
        numbers.append(struct.pack("<HHHd", 2, 1, 0, 99.0))
        body = begin[:2] + struct.pack("<H", 0x10) + begin[4:]
        dimensions = biff(0x200, struct.pack("<IIHHH", 1, rows, 1, 4, 0))
        dimensions += biff(0x208, struct.pack("<HHHHIHH", 2, 1, 4, 255, 0, 0x20, 0))
        sheets.append(
            biff(0x809, body) + dimensions + biff(0x204, label) + b"".join(biff(0x203, n) for n in numbers) + end
        )
    protected = biff(0x2F, struct.pack("<HHH", 1, 1, 1), bytes(48)) if encrypted else b""
    protected += biff(0x41E, struct.pack("<HHB", 164, 4, 0), b"0.0%")
    protected += biff(0xE0, struct.pack("<HH", 0, 0), bytes(16)) + biff(0xE0, struct.pack("<HH", 0, 164), bytes(16))
    size = len(biff(0x809, begin)) + len(protected) + sum(12 + len(name) for name in wide) + len(end)
    bounds = b""
    for place, name in enumerate(wide):
        start = size + sum(map(len, sheets[:place])) + shift
        bounds += biff(0x85, struct.pack("<IBBBB", start, place, 0, len(name) // 2, 1), name)
    stream = biff(0x809, begin) + protected + bounds + end + b"".join(sheets)
    return ole("Workbook", stream.ljust(4096, b"\0"))


def ole(name: str, stream: bytes) -> bytes:
    """One stream of 4,096 bytes or more in sectors of 512 bytes."""
    count = -(-len(stream) // 512)
    free, last = 0xFFFFFFFF, 0xFFFFFFFE
    header: bytes = olefile.MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, last, 0, last, 0) + struct.pack("<I", 0) + b"\xff" * 432
    chain = [0xFFFFFFFD, last, *range(3, 2 + count), last]
    fat = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    entries = b""
    for title, kind, child, start, size in (("Root Entry", 5, 1, last, 0), (name, 2, free, 2, len(stream))):
        wide = (title + "\0").encode("utf-16-le")
        entries += wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, free, free, child)
        entries += bytes(36) + struct.pack("<IQ", start, size)
    return header + fat + entries.ljust(512, b"\0") + stream.ljust(count * 512, b"\0")


def test_xls() -> None:
    content = xls()
    assert kind_of(content) == "sheet"
    contents = read(content, LIMITS)
    assert [(page.number, page.text) for page in contents.pages] == [("名单", "单位\t500\t35.0%")]
    assert "“藏着”是隐藏的" in found(contents, "hidden_text")
    assert "秘密" in found(contents, "hidden_text")
    assert "99" in found(contents, "hidden_text")


def test_a_panic_of_the_library_is_a_reason() -> None:
    with pytest.raises(UnreadableError, match="已损坏"):
        read(xls(shift=9_000_000), LIMITS)


def test_an_xls_that_claims_too_many_rows_is_a_reason() -> None:
    with pytest.raises(UnreadableError, match="已损坏"):
        read(xls(rows=2**31), LIMITS)


def test_an_encrypted_xls_is_a_reason() -> None:
    with pytest.raises(UnreadableError, match="已加密"):
        read(xls(encrypted=True), LIMITS)


def test_a_truncated_xls_is_a_reason() -> None:
    with pytest.raises(UnreadableError, match="已损坏"):
        read(xls()[:1600], LIMITS)


OPEN = "urn:oasis:names:tc:opendocument:xmlns:"


def test_ods() -> None:
    cells = "".join(
        f'<table:table-cell office:value-type="{kind}" {value}><text:p>x</text:p></table:table-cell>'
        for kind, value in [("float", 'office:value="500"'), ("date", 'office:date-value="2022-01-10"')]
    )
    content = (
        f'<office:document-content xmlns:office="{OPEN}office:1.0" xmlns:table="{OPEN}table:1.0" '
        f'xmlns:text="{OPEN}text:1.0"><office:body><office:spreadsheet><table:table table:name="名单"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>单位</text:p></table:table-cell>'
        f"{cells}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{OPEN}manifest:1.0"/>'
    ods = zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})
    assert kind_of(ods) == "sheet"
    page = read(ods, LIMITS).pages[0]
    assert (page.number, page.text) == ("名单", "单位\t500\t2022-01-10")


def test_the_xml_of_excel_2003() -> None:
    content = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{OFFICE_2003}" xmlns:ss="{OFFICE_2003}">'
        '<Worksheet ss:Name="名单"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">单位</Data></Cell>'
        '<Cell><Data ss:Type="Number">5.0</Data></Cell></Row><Row ss:Index="9"><Cell ss:Index="3">'
        '<Data ss:Type="DateTime">2022-01-10T00:00:00.000</Data></Cell></Row>'
        '<Row ss:Hidden="1"><Cell><Data ss:Type="String">秘密</Data></Cell></Row></Table></Worksheet></Workbook>'
    ).encode()
    assert kind_of(content) == "sheet"
    contents = read(content, LIMITS)
    assert contents.pages[0].text == "单位\t5\n\t2022-01-10"
    assert "秘密" in found(contents, "hidden_text")


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
def test_the_looks_of_a_damaged_xls_are_found_or_a_reason(at: int, noise: bytes) -> None:
    content = xls()
    with suppress(UnreadableError):
        looks(content[:at] + noise + content[at + len(noise) :])


def test_long_numbers_that_are_no_text_are_told_however_they_are_written() -> None:
    cells = ("3.7020219900101101E+17", "370202199001011234", "1.38E+10", "512.6", "1.2345678901234567E-5")
    row = "".join(f"<c><v>{number}</v></c>" for number in cells)
    contents = read(written(f"<row>{row}</row>"), LIMITS)
    assert contents.pages[0].text.split("\t") == [
        "370202199001011000",
        "370202199001011234",
        "13800000000",
        "512.6",
        "0.0000123456789012346",
    ]
    assert ["有 2 个超过 15 位的数字" in remark.message for remark in contents.remarks] == [True]
