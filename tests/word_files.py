"""Word files for tests, made from the XML that matters."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers import word

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# part → the kind of relation by which the document finds it
_KINDS = {
    **{name: name for name in ("styles", "numbering", "settings", "comments", "footnotes", "endnotes")},
    "theme/theme1": "theme",
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
    "data1": "diagramData",
    "chart1": "chart",
}


def paragraph(words: str = "", form: str = "", look: str = "") -> str:
    """A paragraph of one run; `form` is the inside of its w:pPr, `look` of the run's w:rPr."""
    return f"<w:p><w:pPr>{form}</w:pPr>{run(words, look)}</w:p>"


def run(words: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def field(instruction: str, result: str | None) -> str:
    """The runs of a field; without `result` of one that has none."""
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return begin + code + shown + end


def numbered(words: str, number: int | str, level: int = 0) -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(inside: str, form: str = "") -> str:
    """A cell with these words, or with this XML."""
    return f"<w:tc><w:tcPr>{form}</w:tcPr>{inside if inside.startswith('<') else paragraph(inside)}</w:tc>"


def table(*rows: tuple[str, ...], form: str = "") -> str:
    """A table of cells made by `cell`."""
    inner = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{form}</w:tblPr>{inner}</w:tbl>"


def docx(body: str, parts: Mapping[str, str] | None = None, extra: Mapping[str, bytes] | None = None) -> bytes:
    """A .docx with this inside of w:body. `parts`: name without folder and ending → the inside of its root element;
    `extra`: whole parts by their full names. Relations have the ids r1, r2, ... in the order of `parts`, then of the
    pictures among `extra`."""
    parts, extra = parts or {}, extra or {}
    written = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
    }
    related = [(_KINDS[name], f"{name}.xml") for name in parts]
    related += [("image", name.removeprefix("word/")) for name in extra if name.startswith("word/media/")]
    written["word/_rels/document.xml.rels"] = _relations(related)
    for name, inside in parts.items():
        root = {"theme/theme1": "a:theme", "header1": "w:hdr", "header2": "w:hdr", "footer1": "w:ftr"}.get(name)
        root = root or {"data1": "dgm:dataModel", "chart1": "c:chartSpace"}.get(name) or f"w:{name}"
        written[f"word/{name}.xml"] = f"<{root} {NAMES}>{inside}</{root}>"
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in written.items():
            if name not in extra:
                archive.writestr(name, text)
        for name, content in extra.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _relations(related: list[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="r{number}" Type="{_TYPES}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{entries}</Relationships>'


def read(body: str, parts: Mapping[str, str] | None = None, extra: Mapping[str, bytes] | None = None) -> Contents:
    return word.read(docx(body, parts, extra), Limits())


def lines(body: str, parts: Mapping[str, str] | None = None) -> list[str]:
    """The blocks of the document as text."""
    text = read(body, parts).pages[0].text
    return text.split("\n") if text else []


def levels(*definitions: tuple[str, str], key: str = "0", more: str = "") -> str:
    """A w:abstractNum whose levels have these formats and texts."""
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (style, pattern) in enumerate(definitions)
    )
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{inner}</w:abstractNum>'


def num(number: int, key: str = "0", overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{key}"/>{overrides}</w:num>'
