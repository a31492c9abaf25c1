"""Word files (.docx): paragraphs with their automatic numbers, tables as rows."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from ingest.errors import UnreadableError
from ingest.numerals import to_chinese

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


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
