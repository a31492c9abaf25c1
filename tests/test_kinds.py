"""The kind of a file is told by its bytes; what is not read says what it is."""

import random
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.readers.kinds import kind_of, reason_unknown
from ingest.readers.unpacked import check_unpacked

TYPES = '<Types><Override PartName="/{part}" ContentType="application/vnd.{main}+xml"/></Types>'
WORD = "openxmlformats-officedocument.wordprocessingml.document.main"
SHEET = "openxmlformats-officedocument.spreadsheetml.sheet.main"
SLIDES = "openxmlformats-officedocument.presentationml.presentation.main"
CONTROL = "本办法由青岛市发展和改革委员会负责解释。\n第一条 为规范管理,制定本办法。\n"


def packed(**parts: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def office(part: str, main: str) -> bytes:
    return packed(**{"[Content_Types].xml": TYPES.format(part=part, main=main), part: "<x/>"})


def compound(*streams: str) -> bytes:
    """An OLE2 file of one FAT sector, one directory sector and empty streams (MS-CFB 2.2 to 2.6)."""
    header: bytes = olefile.MAGIC + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + bytes(6)
    header += b"".join(
        n.to_bytes(4, "little") for n in (0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0, *[0xFFFFFFFF] * 108)
    )
    fat = b"".join(n.to_bytes(4, "little") for n in (0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126))
    directory = b""
    for index, name in enumerate(["Root Entry", *streams]):
        wide = (name + "\0").encode("utf-16-le")
        after = index + 1 if 0 < index < len(streams) else 0xFFFFFFFF
        links = [0xFFFFFFFF, after, 1 if not index and streams else 0xFFFFFFFF]
        entry = wide.ljust(64, b"\0") + len(wide).to_bytes(2, "little") + (b"\x02\x01" if index else b"\x05\x01")
        entry += b"".join(n.to_bytes(4, "little") for n in links) + bytes(36)
        directory += entry + (0xFFFFFFFE).to_bytes(4, "little") + bytes(8)
    return header + fat + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n junk before \n%PDF-1.4\n", "pdf"),
        (office("word/document.xml", WORD), "word"),
        (office("word/document2.xml", WORD), "word"),
        (office("xl/workbook.xml", SHEET), "sheet"),
        (packed(xl__workbook__xml="").replace(b"xl/workbook/xml", b"xl/workbook.xml"), "sheet"),
        (office("ppt/presentation.xml", SLIDES), "unknown"),
        (packed(**{"OFD.xml": "<OFD/>"}), "ofd"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "old_word"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "sheet"),
        (packed(**{"营业执照.txt": "x", "内层/word/document.xml": "x"}), "archive"),
        (b"PK\x05\x06" + bytes(18), "archive"),
        (b"PK\x03\x04 and nothing more", "archive"),
        (compound("WordDocument", "1Table"), "old_word"),
        (compound("Workbook"), "sheet"),
        (compound("Book"), "sheet"),
        (compound("EncryptionInfo", "EncryptedPackage"), "unknown"),
        (compound("PowerPoint Document"), "unknown"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"BM" + bytes(12) + b"\x28\0\0\0", "image"),
        (b"RIFF\0\0\0\0WEBP", "image"),
        (b"\0\0\0\x18ftypheic", "image"),
        (b"\0\0\0\x18ftypmp42", "unknown"),
        (rb"{\rtf1\ansi", "old_word"),
        (b"<!-- saved --><!DOCTYPE html><p>a", "html"),
        ("<table><tr><td>企业".encode("utf-16"), "html"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n", "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "sheet"),
        (b'<?xml version="1.0"?><fp>1</fp>', "text"),
        (CONTROL.encode("gb18030"), "text"),
        (CONTROL.encode("utf-16"), "text"),
        ("BM 是一家公司".encode(), "text"),
    ],
)
def test_the_bytes_decide(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind
    assert kind_of(content, "改了名.csv" if kind not in ("text", "html") else "改了名.pdf") == kind


def test_a_truncated_office_file_keeps_its_kind() -> None:
    parts = {"[Content_Types].xml": "x" * 500, "word/document.xml": "y" * 500}
    assert kind_of(packed(**parts)[:-80]) == "word"
    assert kind_of(compound("WordDocument")[:1300]) == "old_word"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的(0 字节)"),
        (bytes(100), "没有内容"),
        (b" \n\n", "没有内容"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b\x08\x00", "GZ"),
        (b"MZ\x90\0\x03", "程序"),
        (b"\0\0\0\x18ftypmp42", "视频"),
        (compound("EncryptedPackage"), "已加密"),
        (compound("PowerPoint Document"), "演示文稿"),
        (compound(), "已损坏"),
        (office("ppt/presentation.xml", SLIDES), "PDF"),
        (b"From: a@example.cn\nTo: b@example.cn\nSubject: x\n\nhello", "邮件"),
        (random.Random(1).randbytes(5000), "认不出"),
    ],
)
def test_what_is_not_read_says_what_it_is(content: bytes, words: str) -> None:
    assert kind_of(content) == "unknown"
    assert words in reason_unknown(content)


@pytest.mark.parametrize(
    "table",
    [
        "名称,统一社会信用代码,金额\n虚构甲公司,91370200MA00000001,500\n虚构乙公司,91370200MA00000002,12.5\n",
        "名称,金额(万元)\n虚构甲公司,500\n",
        '名称,说明\n"虚构甲公司","一,二"\n"虚构乙公司","三\n四"\n',
        "名称\t地址\n虚构甲公司\t青岛市市南区\n",
        "名称;日期\n虚构甲公司;2022-01-10\n虚构乙公司;2022/1/1\n",
        "姓名,部门,职务\n张三,研发部,工程师\n李四,财务部,会计\n",
    ],
)
def test_a_delimited_table_is_a_sheet(table: str) -> None:
    assert kind_of(table.encode()) == "sheet"
    assert kind_of(table.encode("gb18030")) == "sheet"


@pytest.mark.parametrize(
    "prose",
    [
        CONTROL * 5,
        "申报单位,青岛虚构科技有限公司\n成立于2019年,注册地青岛\n",
        "本公司依法设立,信用良好,无违法记录。\n本公司制度健全,人员稳定,设备齐全。\n本公司业绩突出,服务优质,客户满意。\n",
        "We are a firm, in Qingdao, and grow\nWe were founded, in 2019, by three\nWe serve many, in town, and beyond\n",
        "一行文字,没有第二行",
    ],
)
def test_prose_with_commas_is_text(prose: str) -> None:
    assert kind_of(prose.encode()) == "text"


def test_the_name_tips_the_scale_for_csv_alone() -> None:
    pair = "单位,联系人\n青岛虚构科技有限公司,张三\n".encode()
    assert (kind_of(pair), kind_of(pair, "名单.CSV"), kind_of(pair, "名单.xlsx")) == ("text", "sheet", "text")


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", olefile.MAGIC, b"<?xml", b"MZ"]))
def test_any_bytes_have_a_kind_and_a_reason(content: bytes, start: bytes) -> None:
    assert kind_of(start + content)
    assert reason_unknown(start + content).endswith("。")


def test_what_unpacks_to_too_much_is_refused() -> None:
    check_unpacked(packed(a="x" * 1000), Limits())
    bomb = packed(a="\0" * 30_000_000)
    with pytest.raises(UnreadableError, match="压缩比异常"):
        check_unpacked(bomb, Limits())
    with pytest.raises(UnreadableError, match="超过 20 MB"):
        check_unpacked(bomb, Limits(unpacked_mb=20, ratio=10_000))


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    bomb = packed(a="\0" * 30_000_000)
    lying = bomb.replace((30_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with ZipFile(BytesIO(lying)) as archive:
        assert archive.infolist()[0].file_size == 1000
    with pytest.raises(UnreadableError, match="压缩比异常"):
        check_unpacked(lying, Limits())


@given(st.binary(max_size=40), st.integers(0, 300))
def test_a_damaged_directory_raises_nothing_else(noise: bytes, at: int) -> None:
    content = packed(a="x" * 100, b="y" * 100)
    damaged = content[:at] + noise + content[at + len(noise) :]
    with suppress(UnreadableError):
        check_unpacked(damaged, Limits())
