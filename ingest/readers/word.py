"""Word files (.docx): everything a reader of the printed document sees, in order, as one page without a number.

The parts are read by lxml, not python-docx, which knows no text box, content control, automatic number, note, field,
revision or strict file, and takes seconds for long tables.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import accumulate
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from PIL import Image

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Block, Contents, Page
from ingest.numerals import to_chinese
from ingest.readers.word_body import Body, Line
from ingest.readers.word_fields import Fields
from ingest.readers.word_looks import Looks
from ingest.readers.word_margins import margins
from ingest.readers.word_numbers import Numbers
from ingest.readers.word_package import DAMAGED, Package, W
from ingest.readers.word_pictures import drawn, pictures
from ingest.readers.word_remarks import remarks
from ingest.readers.word_runs import Found, Runs
from ingest.readers.word_styles import Styles

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read(content: bytes, limits: Limits) -> Contents:
    """One page with the paragraphs, table rows, boxes and, at its end, notes of the document; the words of headers and
    footers are its margins; `scans` are the pictures that are large enough to hold words. Raises UnreadableError."""
    document = _Document(content, limits)
    body = document.body(document.package.main)
    body.read(document.text, document.looks.page)
    lines = body.lines + document.notes()
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
    blocks = tuple(
        Block(line.kind, start, start + len(line.text), line.level) for line, start in zip(lines, starts, strict=False)
    )
    found = document.found
    heads = margins(document.package, document.root, lambda part: document.body(part, Found()))
    page = Page(None, "\n".join(line.text for line in lines), blocks, tuple(body.tables), margins=heads)
    shown = pictures(document.package, document.root, limits)
    scans = {0: tuple(range(len(shown.shown)))} if shown.shown else {}
    return Contents((page,), tuple(remarks(document.package, found, shown, page.text)), scans)


def picture(content: bytes, number: int, limits: Limits) -> tuple[Image.Image, tuple[float, float]]:
    """A picture in RGB as the document shows it, cropped and turned, and its size there in points. Raises
    UnreadableError."""
    document = _Document(content, limits)
    shown = pictures(document.package, document.root, limits).shown
    try:
        return drawn(document.package, shown[number])
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
        raise UnreadableError("文件中的一张图片已损坏,没有读取。") from error


class _Document:
    """A document whose parts are being read, and what is counted on from part to part."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self.package = Package(content, limits)
        self.root = self.package.tree(self.package.main)
        if self.root is None:
            raise UnreadableError(DAMAGED)
        self.text = self.root.find(W + "body")
        if self.root.tag != W + "document" or self.text is None:
            raise UnreadableError("文件里没有 Word 正文,请用 Word 或 WPS 重新保存后再提交。")
        self.styles = Styles(self.package)
        self.looks = Looks(self.package, self.styles, self.root)
        self.numbers = Numbers(self.package, self.styles)
        self.found = Found()
        self._limits = limits

    def body(self, part: str, found: Found | None = None) -> Body:
        """A reader of one part; with `found`, of one in the margins, whose numbers and findings are its own."""
        apart = found is not None
        found = self.found if found is None else found
        runs = Runs(self.package, part, self.styles, self.looks, found)
        runs.fields = Fields(margins=apart)
        numbers = Numbers(self.package, self.styles) if apart else self.numbers
        return Body(runs, numbers, self.styles, self.looks, found, self._limits)

    def notes(self) -> list[Line]:
        """The footnotes and endnotes that the text refers to, each with its number in brackets."""
        lines: list[Line] = []
        marked = self.found.notes
        for kind in ("footnote", "endnote"):
            names = [r.target for r in self.package.relations(self.package.main).values() if r.kind == kind + "s"]
            root = self.package.tree(names[0]) if names else None
            notes = {note.get(W + "id"): note for note in root.iterchildren(W + kind)} if root is not None else {}
            wanted = dict.fromkeys(key for of, key in marked if of == kind)
            for number, note in enumerate((notes[key] for key in wanted if key in notes), start=1):
                body = self.body(names[0])
                body.read(note, self.looks.page)
                words = " ".join(line.text for line in body.lines)
                if words:
                    lines.append(Line("note", f"[{number}] {words}"))
        return lines


def text(content: bytes, name: str) -> str:
    """One line for each paragraph and each table row, cells apart by tabs. Raises UnreadableError."""
    try:
        document = docx.Document(BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableError(f"Word 文件“{name}”打不开,可能已损坏。") from error
    return "\n".join(_blocks(document.element.body, _Numbers(document)))


def _blocks(element: Any, numbers: "_Numbers") -> Iterator[str]:
    """The paragraphs and rows in `element`, also those inside content controls and tracked insertions."""
    for child in element.iterchildren():
        if not isinstance(child.tag, str):  # a comment
            continue
        if child.tag == qn("w:p"):
            yield numbers.mark(child) + _words(child)
        elif child.tag == qn("w:tbl"):
            for row in child.iterchildren(qn("w:tr")):
                cells = (" ".join(_blocks(cell, numbers)) for cell in row.iter(qn("w:tc")))
                yield "\t".join(cells)
        elif child.tag not in (qn("w:del"), qn("w:moveFrom")):
            yield from _blocks(child, numbers)


def _words(paragraph: Any) -> str:
    """What a reader sees: insertions are in, deletions and the old-format copy of text boxes are not."""
    parts: list[str] = []
    for node in paragraph.iter(qn("w:t"), *_BREAKS):
        ancestors = {ancestor.tag for ancestor in node.iterancestors()}
        if _FALLBACK not in ancestors and qn("w:pPr") not in ancestors:
            parts.append(node.text or "" if node.tag == qn("w:t") else _BREAKS[node.tag])
    return "".join(parts)


class _Numbers:
    """The automatic numbers of a document, counted on with each paragraph: 第一条, (一), 1."""

    def __init__(self, document: Any) -> None:
        self._styles: dict[str, Any] = {style.get(qn("w:styleId")): style for style in document.styles.element}
        self._levels: dict[str, dict[int, Any]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        try:
            numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            return
        for abstract in numbering.iterchildren(qn("w:abstractNum")):
            levels = {int(level.get(qn("w:ilvl"))): level for level in abstract.iterchildren(qn("w:lvl"))}
            self._levels[abstract.get(qn("w:abstractNumId"))] = levels
        for number in numbering.iterchildren(qn("w:num")):
            self._abstract[number.get(qn("w:numId"))] = _value(number, "w:abstractNumId") or ""

    def mark(self, paragraph: Any) -> str:
        """The number that Word would print before `paragraph`, with a space behind it, or nothing."""
        found = self._place(paragraph)
        if found is None:
            return ""
        abstract, depth = found
        levels, counts = self._levels[abstract], self._counts.setdefault(abstract, {})
        counts[depth] = counts[depth] + 1 if depth in counts else int(_value(levels[depth], "w:start") or 1)
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        pattern = _value(levels[depth], "w:lvlText") or ""
        if _value(levels[depth], "w:numFmt") in ("bullet", "none"):
            return ""
        return re.sub(r"%(\d)", lambda place: self._written(levels, counts, int(place[1]) - 1), pattern) + " "

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and the depth that the paragraph or its style names."""
        style = _value(paragraph.pPr, "w:pStyle") if paragraph.pPr is not None else None
        holders = [paragraph.pPr]
        while style in self._styles and len(holders) < 20:
            holders.append(self._styles[style].find(qn("w:pPr")))
            style = _value(self._styles[style], "w:basedOn")
        own = [holder.find(qn("w:numPr")) for holder in holders if holder is not None]
        number = next((value for numbered in own if (value := _value(numbered, "w:numId"))), None)
        depth = int(next((value for numbered in own if (value := _value(numbered, "w:ilvl"))), "0"))
        abstract = self._abstract.get(number or "", "")
        return (abstract, depth) if depth in self._levels.get(abstract, {}) else None

    def _written(self, levels: dict[int, Any], counts: dict[int, int], depth: int) -> str:
        if depth not in levels:
            return ""
        number = counts.setdefault(depth, int(_value(levels[depth], "w:start") or 1))
        style = _value(levels[depth], "w:numFmt") or "decimal"
        if "ounting" in style or style == "ideographTraditional":  # chineseCounting, japaneseCounting, ...
            return to_chinese(number)
        if style.startswith("decimalEnclosedCircle") and number <= 20:
            return chr(ord("①") + number - 1)
        if style in ("lowerLetter", "upperLetter") and number <= 26:
            return chr(ord("a" if style == "lowerLetter" else "A") + number - 1)
        return str(number)


def _value(element: Any, tag: str) -> str | None:
    """The w:val of the child `tag`."""
    child = element.find(qn(tag)) if element is not None else None
    return child.get(qn("w:val")) if child is not None else None
