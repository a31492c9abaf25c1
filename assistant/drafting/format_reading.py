"""Somebody's Word file as lines with the fonts, sizes and places that its styles and runs give them."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from docx import Document
from docx.oxml.ns import qn

from assistant.drafting.format_cascade import Cascade
from ingest.errors import UnreadableError

_LIMIT = 200_000_000
"""Bytes unpacked; a document of office has a few hundred thousand."""
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_MACROS = ("vbaProject.bin", "macroEnabled")

Where = Literal["text", "table", "box"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words set alike: the font of Chinese characters, its size in points, its colour as RRGGBB ("" for black) and
    what is added to each character's width, in points."""

    text: str
    font: str
    points: float
    colour: str
    spacing: float


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that has words. Indents and the pitch are in points; a pitch of 0 is not fixed. `border` is the
    colour of the line under it, "" for none."""

    number: int
    element: Any
    text: str
    spans: tuple[Span, ...]
    where: Where
    align: str
    first: float
    left: float
    right: float
    pitch: float
    border: str

    @property
    def points(self) -> float:
        """Of most of its words."""
        return max(self.spans, key=lambda span: len(span.text)).points


def open_docx(data: bytes, name: str) -> Any:
    """The document as python-docx opens it. Raises UnreadableError with one sentence."""
    if data.startswith(_OLE):
        raise UnreadableError(f"{name}是加密的文件或旧版 Word(.doc)文件,请去掉密码、另存为 .docx 后重试。")
    if not data.startswith(_ZIP):
        raise UnreadableError(f"{name}不是 Word 文件(.docx),请换一个文件。")
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = packed.namelist()
            if sum(member.file_size for member in packed.infolist()) > _LIMIT:
                raise UnreadableError(f"{name}解开后过大,不是正常的公文,没有检查。")
            if "word/document.xml" not in names:
                raise UnreadableError(f"{name}不是 Word 文件(.docx),请换一个文件。")
            kinds = packed.read("[Content_Types].xml").decode("utf-8", "replace")
        if any(macro in text for macro in _MACROS for text in (*names, kinds)):
            raise UnreadableError(f"{name}带有宏,没有检查;请另存为不带宏的 .docx 后重试。")
        return Document(BytesIO(data))
    except UnreadableError:
        raise
    except Exception as error:  # what python-docx, zipfile and lxml raise for damaged files has no common parent
        raise UnreadableError(f"{name}已损坏,不能作为 Word 文件打开,请换一个文件。") from error


def read_lines(document: Any) -> tuple[Line, ...]:
    """Every paragraph with words, in the order of the file; of text boxes too. What was deleted under tracked changes
    is left out."""
    cascade = Cascade.of(document)
    return tuple(_lines(document, cascade))


def _lines(document: Any, cascade: Cascade) -> Iterator[Line]:
    number = 0
    for element in document.element.body.iter(qn("w:p")):
        spans = tuple(_spans(element, cascade))
        text = "".join(span.text for span in spans)
        if not text.strip():
            continue
        number += 1
        points = max(spans, key=lambda span: len(span.text)).points
        box = any(parent.tag == qn("w:txbxContent") for parent in element.iterancestors())
        table = any(parent.tag == qn("w:tbl") for parent in element.iterancestors())
        yield Line(
            number,
            element,
            text,
            spans,
            "box" if box else "table" if table else "text",
            cascade.value(element, "jc", "val") or "left",
            cascade.indent(element, "firstLine", points) - cascade.indent(element, "hanging", points),
            cascade.indent(element, "left", points) or cascade.indent(element, "start", points),
            cascade.indent(element, "right", points) or cascade.indent(element, "end", points),
            cascade.pitch(element),
            cascade.bottom_border(element),
        )


def _spans(paragraph: Any, cascade: Cascade) -> Iterator[Span]:
    for run in paragraph.iter(qn("w:r")):
        owner = next(parent for parent in run.iterancestors() if parent.tag == qn("w:p"))
        if owner is not paragraph or run.getparent().tag == qn("w:del"):
            continue
        text = ""
        for child in run:
            if child.tag == qn("w:t"):
                text += child.text or ""
            elif child.tag in (qn("w:br"), qn("w:cr")):
                text += "\n"
            elif child.tag == qn("w:tab"):
                text += "\t"
        if text:
            colour = cascade.run_value(paragraph, run, "color", "val").upper()
            yield Span(
                text,
                cascade.font(paragraph, run),
                float(cascade.run_value(paragraph, run, "sz", "val") or 20) / 2,
                "" if colour in ("AUTO", "000000") else colour,
                float(cascade.run_value(paragraph, run, "spacing", "val") or 0) / 20,
            )
