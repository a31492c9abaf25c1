"""The blocks of a web page as a browser shows it, and the words that it hides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Table
from ingest.numerals import to_chinese
from ingest.readers.html_styles import SEEN, Look, look_of
from ingest.readers.text_page import Piece, table_of

_UNSEEN = re.compile(
    "script|style|nav|noscript|template|iframe|head|title|select|button|meta|link|object|svg|math", re.IGNORECASE
)
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|d[dlt]|details|div|fieldset|figcaption|figure|footer|form"
    "|h[1-6r]|header|html|legend|li|main|ol|p|pre|section|summary|table|tbody|t[dhr]|tfoot|thead|ul"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_DEEPEST = 200


@dataclass(slots=True)
class WebPage:
    """Walks once over a page. `limits.cells` holds for all its tables together."""

    limits: Limits
    concealed: frozenset[str] = frozenset()
    """classes and ids, as .name and #name, that its style sheet does not show"""
    pieces: list[Piece] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _cells: int = 0

    def walk(self, element: Any, look: Look = SEEN, depth: int = 0, *, verbatim: bool = False) -> None:
        """Adds the blocks of `element` and all below it."""
        if not isinstance(element.tag, str) or _UNSEEN.fullmatch(element.tag):
            return
        look = look_of(element, look, self.concealed)
        name = element.tag
        if depth > _DEEPEST:
            self._add(" ".join(element.itertext()), look)
            return
        if name == "table" and not look.hidden and element.find(".//table") is None:
            self._flush()
            self._table(element, look, depth)
            return
        heading = int(name[1]) if re.fullmatch("h[1-6]", name) else 0
        if _BLOCKS.fullmatch(name):
            self._flush()
        if name == "li":
            self._words.append(_mark(element))
        elif name == "input":
            self._add(_field(element), look)
        verbatim = verbatim or name == "pre"
        self._add(element.text or "", look, verbatim=verbatim)
        for child in element:
            self.walk(child, look, depth + 1, verbatim=verbatim)
            self._add(child.tail or "", look, verbatim=verbatim)
        if _BLOCKS.fullmatch(name):
            self._flush("heading" if heading else "paragraph", heading)

    def _add(self, text: str, look: Look, *, verbatim: bool = False) -> None:
        if look.hidden:
            if text.strip():
                self.hidden.append(" ".join(text.split()))
        elif verbatim:
            for place, line in enumerate(text.splitlines()):
                if place:
                    self._flush()
                self._words.append(line)
        else:
            self._words.append(_SPACES.sub(" ", _BETWEEN_CHINESE.sub("", text)))

    def _flush(self, kind: str = "paragraph", level: int = 0) -> None:
        words = re.sub(" {2,}", " ", "".join(self._words)).strip(" \u00a0\t")
        self._words.clear()
        if words:
            self.pieces.append(("heading" if kind == "heading" else "paragraph", words, level))

    def _table(self, element: Any, look: Look, depth: int) -> None:
        """A table as rows; the words of a cell that spans rows or columns stand in its first place."""
        grid: list[list[str]] = []
        taken: set[tuple[int, int]] = set()
        for number, (row, row_look) in enumerate(_rows(element, look, self.concealed)):
            line: list[str] = []
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while (number, len(line)) in taken:
                    line.append("")
                words = self._cell(cell, row_look, depth)
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                self._cells += across * down
                if self._cells > self.limits.cells:
                    raise UnreadableError(f"网页里的表格超过 {self.limits.cells} 个单元格,没有读取。")
                taken.update((number + below, len(line) + n) for below in range(1, down) for n in range(across))
                line += [words] + [""] * (across - 1)
            grid.append(line)
        caption = element.find("caption")
        if caption is not None:
            self.walk(caption, look, depth + 1)
            self._flush()
        grid = [row for row in grid if any(row)]
        if grid:
            self.tables.append(table_of(grid))
            self.pieces += [("row", "\t".join(row).rstrip("\t"), 0) for row in grid]

    def _cell(self, cell: Any, look: Look, depth: int) -> str:
        inner = WebPage(self.limits, self.concealed, hidden=self.hidden)
        inner.walk(cell, look, depth + 1)
        inner._flush()
        return " ".join(words.replace("\t", " ") for _, words, _ in inner.pieces)


def _rows(element: Any, look: Look, concealed: frozenset[str]) -> Iterator[tuple[Any, Look]]:
    for child in element:
        if child.tag == "tr":
            yield child, look_of(child, look, concealed)
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child, look_of(child, look, concealed), concealed)


def _span(cell: Any, name: str) -> int:
    text = cell.get(name) or "1"
    return min(max(int(text), 1), 1000) if text.isdecimal() and len(text) < 6 else 1


def _mark(item: Any) -> str:
    """The number that stands before an item of a numbered list; nothing for other lists."""
    holder = item.getparent()
    if holder is None or holder.tag != "ol" or "list-style:none" in (holder.get("style") or "").replace(" ", ""):
        return ""
    start = holder.get("start") or ""
    number = int(start) if re.fullmatch("-?[0-9]{1,9}", start) else 1
    for other in holder.iterchildren("li"):
        own = other.get("value") or ""
        number = int(own) if re.fullmatch("[0-9]{1,9}", own) else number
        if other is item:
            break
        number += 1
    if "cjk-ideographic" in (holder.get("style") or "") and number > 0:
        return f"{to_chinese(number)}、"
    kind = holder.get("type") or "1"
    if kind in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}. "
    return f"{number}. "


def _field(element: Any) -> str:
    """What a form field shows: a box to tick, or the words written into it."""
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if element.get("checked") is not None else "☐"
    return element.get("value") or "" if kind in ("text", "number", "date", "tel", "email", "url") else ""
