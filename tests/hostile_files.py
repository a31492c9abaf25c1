"""Files made to hurt whoever reads them, by what they try. All are small to keep, whatever they claim or unpack to."""

from collections.abc import Callable

from tests.hostile_parts import bitmap, huge_image, jpeg, many_pages, one_page, pdf, png, stream, tiff
from tests.test_read_ofd import ofd, page_xml
from tests.word_files import NAMES, docx, paragraph, run
from tests.workbooks import changed, rows, written

SECRET = "THE-CONTENT-OF-A-FILE-OUTSIDE"
"""What a file outside the package holds; it must turn up nowhere."""

_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE x [<!ENTITY e0 "haha">{_LAUGHS}]>'


def _attributes() -> str:
    return " ".join(f'a{number}="1"' for number in range(500_000))


def bombs() -> dict[str, Callable[[], bytes]]:
    """What is meant to take time or memory without end."""
    return {**_office_bombs(), **_other_bombs()}


def _office_bombs() -> dict[str, Callable[[], bytes]]:
    deep = 100_000
    return {
        "deep.docx": lambda: docx("<w:p>" * deep + "</w:p>" * deep),
        "tables.docx": lambda: docx(
            "<w:tbl><w:tr><w:tc>" * 30_000 + paragraph("底") + "</w:tc></w:tr></w:tbl>" * 30_000
        ),
        "attributes.docx": lambda: docx(f"<w:p {_attributes()}/>"),
        "laughs.docx": lambda: docx("", extra={"word/document.xml": f"{LAUGHS}<d>&e9;</d>".encode()}),
        "part.docx": lambda: docx("", extra={"word/media/a.bin": bytes(60_000_000)}),
        "parts.docx": lambda: docx("", extra={f"word/{n}.xml": b"" for n in range(30_000)}),
        "runs.docx": lambda: docx(paragraph(run("字") * 200_000)),
        "deep.xlsx": lambda: written("<sheetData>" + "<row>" * deep + "</row>" * deep + "</sheetData>"),
        "attributes.xlsx": lambda: written(f"<sheetData {_attributes()}/>"),
        "cells.xlsx": lambda: written(rows("<c><v>1</v></c>" * 110_000)),
        "far.xlsx": lambda: written(rows('<c r="XFD1048576"><v>1</v></c>')),
        "merged.xlsx": lambda: written(
            rows("<c><v>1</v></c>"), extra='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "laughs.xlsx": lambda: changed(
            written(""), "xl/sharedStrings.xml", lambda _: f"{LAUGHS}<sst><si><t>&e9;</t></si></sst>"
        ),
        "late.xlsx": lambda: changed(
            written(""),
            "xl/worksheets/sheet1.xml",
            lambda _: f"<!--{' ' * 70_000}-->{LAUGHS}<worksheet>&e9;</worksheet>",
        ),
        "deep.ofd": lambda: ofd(page_xml("<ofd:PageBlock>" * deep + "</ofd:PageBlock>" * deep)),
        "laughs.ofd": lambda: changed(ofd(page_xml("")), "Doc_0/Document.xml", lambda _: f"{LAUGHS}<d>&e9;</d>"),
        "pages.ofd": lambda: ofd(*["<x/>"] * 1_500),
    }


def _other_bombs() -> dict[str, Callable[[], bytes]]:
    deep = 100_000
    return {
        "pages.pdf": lambda: many_pages(10_000),
        "count.pdf": lambda: many_pages(2).replace(b"/Count 2", b"/Count 2000000000"),
        "media.pdf": lambda: one_page(stream(b"0 0 10 10 re f"), b"0 0 99999999 99999999"),
        "image.pdf": lambda: huge_image(60_000),
        "content.pdf": lambda: one_page(stream(b"q " * 20_000_000)),
        "paths.pdf": lambda: one_page(stream(b"0 0 m 9 9 l S " * 300_000)),
        "arrays.pdf": lambda: one_page(b"[" * 200_000 + b"]" * 200_000),
        "loop.pdf": lambda: pdf(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"]
        ),
        "form.pdf": lambda: one_page(
            stream(b"/F Do"),
            resources=b"/XObject<</F 5 0 R>>",
            more=[
                stream(b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>")
            ],
        ),
        "billion.png": lambda: png(40_000, 30_000),
        "real.png": lambda: png(12_000, 12_000, 100),
        "billion.tiff": lambda: tiff(40_000, 30_000),
        "loop.tiff": lambda: tiff(10, 10, pages=3_000),
        "billion.jpg": lambda: jpeg(65_000, 65_000),
        "billion.bmp": lambda: bitmap(40_000, 30_000),
        "deep.html": lambda: ("<html><body>" + "<div>" * deep + "底").encode(),
        "tables.html": lambda: ("<html><body>" + "<table><tr><td>" * 20_000 + "底").encode(),
        "span.html": lambda: ('<html><table><tr><td rowspan="65534" colspan="1000">甲</td></tr>' * 200).encode(),
        "attributes.html": lambda: f"<html><body><p {_attributes()}>字</p>".encode(),
        "quotes.md": lambda: (">" * deep + "底\n").encode(),
        "brackets.md": lambda: ("[" * deep + "\n\n" + "*a_" * deep).encode(),
        "columns.csv": lambda: (("," * 999_999) + "\n字\n字,字\n").encode(),
        "quote.csv": lambda: ('甲,乙\n丙,"' + "x" * 5_000_000).encode(),
        "line.txt": lambda: ("字" * 3_000_000).encode(),
        "lines.txt": lambda: ("字\n\n" * 100_000).encode(),
        "braces.rtf": lambda: b"{\\rtf1 " + b"{" * 20_000,
    }


_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def strangers(address: str, path: str) -> dict[str, bytes]:
    """What asks for things outside the package: at the web address `address`, or in the file at `path`."""
    return {**_office_strangers(address, path), **_other_strangers(address, path)}


def _office_strangers(address: str, path: str) -> dict[str, bytes]:
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{path}"><!ENTITY % p SYSTEM "{address}/dtd">%p;]>'
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{path}" parse="text"/>'
    strings = f"{entity}<sst><si><t>&s;</t></si></sst>"
    body = paragraph(run("正文")) + f"<w:p>{_linked_pictures()}{include}</w:p>"
    body += f'<w:p><w:r><w:fldSimple w:instr=" INCLUDETEXT &quot;{path}&quot; "/></w:r></w:p>'

    def more(text: str) -> str:
        return text.replace("</Relationships>", _outside(address, path) + "</Relationships>")

    document = f"{entity}<w:document {NAMES}><w:p>&s;</w:p></w:document>".encode()
    shared = written(rows('<c t="s"><v>0</v></c>'))
    return {
        "links.docx": changed(docx(body), "word/_rels/document.xml.rels", more),
        "entity.docx": docx("", extra={"word/document.xml": document}),
        "links.xlsx": changed(written(rows("<c><v>1</v></c>", include)), "xl/_rels/workbook.xml.rels", more),
        "entity.xlsx": changed(shared, "xl/sharedStrings.xml", lambda _: strings),
        "late.xlsx": changed(shared, "xl/sharedStrings.xml", lambda _: f"<!--{' ' * 70_000}-->{strings}"),
        "entity.ofd": changed(ofd(page_xml("")), "Doc_0/Document.xml", lambda text: f"{entity}{text}&s;"),
    }


def _outside(address: str, path: str) -> str:
    """Relations x0, x1, ... of every kind to every place."""
    return "".join(
        f'<Relationship Id="x{number}" Type="{_TYPES}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for number, (kind, target, mode) in enumerate(
            (kind, target, mode)
            for kind in ("image", "aFChunk", "attachedTemplate", "header", "footnotes", "hyperlink", "externalLink")
            for target in (f"{address}/{kind}", f"file://{path}", "../../../../../../.." + path)
            for mode in ("External", "Internal")
        )
    )


def _linked_pictures() -> str:
    return "".join(
        f'<w:r><w:drawing><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
        f'<a:blip {attribute}="x{number}"/></a:graphicData></a:graphic></w:drawing></w:r><w:altChunk r:id="x{number}"/>'
        for number in range(42)
        for attribute in ("r:link", "r:embed")
    )


def _other_strangers(address: str, path: str) -> dict[str, bytes]:
    place = address.encode()
    action = b"<</S/URI/URI(%s/uri)>>" % place
    submit = b"<</S/SubmitForm/F<</FS/URL/F(%s/form)>>>>" % place
    document = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction %s/AA<</WC %s>>/URI<</Base(%s)>>>>" % (action, action, place),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/AA<</O %s>>/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>"
        % submit,
        b"<</Type/XObject/Subtype/Image/Width 9/Height 9/F<</FS/URL/F(%s/i)>>/Length 0>>stream\n\nendstream" % place,
        stream(b"/I Do"),
    ]
    tags = (("img", "src"), ("link rel=stylesheet", "href"), ("script", "src"), ("iframe", "src"), ("object", "data"))
    links = "".join(
        f'<{tag} {name}="{target}">' for tag, name in tags for target in (f"{address}/{tag[:3]}", f"file://{path}")
    )
    head = f'<head><base href="{address}"><style>@import "{address}/css"</style></head>'
    return {
        "links.pdf": pdf(document),
        "links.html": f"<!DOCTYPE html><html>{head}<body>正文{links}</body>".encode(),
        "links.md": f"正文 ![a]({address}/md) ![b](file://{path})\n\n<img src='{address}/md2'>\n".encode(),
        "links.rtf": rb'{\rtf1 text{\field{\*\fldinst INCLUDEPICTURE "%s/rtf"}}{\field{\*\fldinst INCLUDETEXT "%s"}}}'
        % (place, path.encode()),
    }
