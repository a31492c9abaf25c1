"""Reading policy files in every format that they come in."""

import codecs
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.clauses import parse
from ingest.errors import UnreadableError
from ingest.readers import read_policy

TEXT = "甲办法\n\n第一条 申请的单位应当：\n(一)有资金；\n(二)有场所。\n第二条 施行。"
IDS = ["title", "1", "1p1", "1.1", "1.2", "2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert read_policy(path) == TEXT


def test_old_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "甲.md"
    path.write_bytes(TEXT.replace("\n", "\r").encode())
    assert read_policy(path) == TEXT


def test_word_with_automatic_numbers_and_a_table(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("甲办法")
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, style, text in [
            (0, "chineseCountingThousand", "第%1条"),
            (1, "japaneseCounting", "(%2)"),
            (2, "decimal", "%3."),
        ]
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    lines = [(0, "应当："), (1, "有资金；"), (2, "甲。"), (1, "有场所。"), (2, "乙。"), (0, "施行。")]
    for depth, words in lines:
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
        properties.append(parse_xml(place))
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ["项目", "金额", "研发", "500万元"], strict=True):
        cell.text = words
    path = tmp_path / "甲.docx"
    document.save(str(path))
    assert read_policy(path) == (
        "甲办法\n第一条 应当：\n(一) 有资金；\n1. 甲。\n(二) 有场所。\n1. 乙。\n第二条 施行。\n"
        "项目\t金额\n研发\t500万元"
    )
    assert [clause.id for clause in parse(read_policy(path), "p")][:4] == ["title", "1", "1p1", "1.1"]


def test_word_shows_insertions_and_hides_deletions(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("第一条 ")._p
    for change in (
        "<w:ins {0}><w:r><w:t>新的</w:t></w:r></w:ins>",
        "<w:del {0}><w:r><w:delText>旧的</w:delText></w:r></w:del>",
    ):
        paragraph.append(parse_xml(change.format(nsdecls("w"))))
    path = tmp_path / "甲.docx"
    document.save(str(path))
    assert read_policy(path) == "第一条 新的"


def test_a_web_page_keeps_its_blocks(tmp_path: Path) -> None:
    path = tmp_path / "甲.html"
    path.write_bytes(
        """<!DOCTYPE html><html><head><meta charset="gb2312"><title>网站</title><style>p{}</style></head><body>
        <nav>首页 新闻</nav><!-- 注释 --><h1>甲办法</h1><div><p>第一条&nbsp;申请的单位
        应当：<br>(一)<b>有资金</b>；<br/>(二)有场所。</p><script>var x = "第九条 假的";</script></div>
        <table><tr><td>项目</td><td>金额</td></tr><tr><td>研发</td><td>500万元</td></tr></table></body></html>""".encode(
            "gbk"
        )
    )
    assert read_policy(path) == "甲办法\n第一条 申请的单位应当：\n(一)有资金；\n(二)有场所。\n项目\t金额\n研发\t500万元"


def _pdf(pages: list[list[tuple[int, int, str]]]) -> bytes:
    """A PDF whose text stands at (x, y) points in a Chinese font that need not be there."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
    ]
    kids: list[bytes] = []
    for page in pages:
        lines = (f"BT /F1 12 Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET" for x, y, words in page)
        stream = "\n".join(lines).encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    made, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(b"%010d 00000 n \n" % len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(offsets))
    return made + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(made))


def test_a_pdf_joins_broken_lines_over_pages_and_drops_page_numbers(tmp_path: Path) -> None:
    path = tmp_path / "甲.pdf"
    path.write_bytes(
        _pdf(
            [
                [
                    (240, 780, "甲管理办法"),
                    (114, 740, "第一条 为了规范重点产业数字化转型赋能中心的申报评审和认定的工作"),
                    (90, 712, "制定本办法。"),
                    (114, 684, "第二条 申请认定的单位应当在青岛市注册或者实际经营并且具有独立的法"),
                    (280, 40, "— 1 —"),
                ],
                [
                    (90, 780, "人资格，依照"),
                    (114, 752, "第三条 施行。"),
                    (280, 40, "第 2 页 共 2 页"),
                ],
            ]
        )
    )
    assert read_policy(path) == (
        "甲管理办法\n第一条 为了规范重点产业数字化转型赋能中心的申报评审和认定的工作制定本办法。\n"
        "第二条 申请认定的单位应当在青岛市注册或者实际经营并且具有独立的法人资格，依照\n第三条 施行。"
    )


def test_the_content_decides_not_the_ending(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(_pdf([[(90, 780, "第一条 甲。")]]))
    assert read_policy(path) == "第一条 甲。"
    path.write_bytes("<html><body><p>第一条 乙。</p></body></html>".encode())
    assert read_policy(path) == "第一条 乙。"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b" \n\t", "没有内容"),
        (codecs.BOM_UTF8, "没有内容"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "图片已损坏"),
        (b"\xff\xff\xff\xff", "没有内容"),
        (b"%PDF-1.4\nbroken", "打不开"),
        (_pdf([[]]), "没有文字"),
        (b"PK\x03\x04broken", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "已损坏"),
        (b"<html><script>x</script></html>", "没有文字"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "某办法.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=f"“某办法.txt”.*{reason}") as caught:
        read_policy(path)
    assert "\n" not in str(caught.value)


def test_archives_and_missing_files(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("word/other.xml", "")
    with pytest.raises(UnreadableError, match="压缩包"):
        read_policy(path)
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "")
    with pytest.raises(UnreadableError, match="已损坏"):
        read_policy(path)
    with pytest.raises(UnreadableError, match=r"读不到文件“没有\.txt”"):
        read_policy(tmp_path / "没有.txt")
    with pytest.raises(UnreadableError, match="读不到文件"):
        read_policy(tmp_path)
