"""PDF pages with ruled tables for tests, drawn with fpdf2; the words on them are 虚构."""

import atexit
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pdfplumber
import pypdfium2
import pytest
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF

from ingest.readers.pdf_characters import characters
from ingest.readers.pdf_tables import RuledTable, has_ruling, ruled_tables

_FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")

Pen = Literal["lines", "rectangles", "dashed", "double", "bars"]
Drawn = tuple[int, int, int, int, str]
"""A cell: first row, first column, rows, columns, words (lines apart by "\\n")"""


@cache
def _font() -> Path:
    """A font with the characters that these tests print; the whole one takes half a second for each document."""
    if not _FONT.exists():
        pytest.skip(f"the font {_FONT.name} is not installed")
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    font = TTFont(_FONT, fontNumber=2)
    cutter = Subsetter(Options(layout_features=[]))
    cutter.populate(text="".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_pdf_*.py")))
    cutter.subset(font)
    path = Path(folder.name) / "serif.otf"
    font.save(path)
    font.close()
    return path


class Paper:
    """A4 pages to draw on, in points from the top left. Latin ones are for comparing with pdfplumber, which cannot
    decode the Chinese fonts that fpdf2 embeds."""

    def __init__(self, chinese: bool = True) -> None:
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.set_auto_page_break(False)
        self.font = "serif" if chinese else "helvetica"
        if chinese:
            self.pdf.add_font("serif", fname=_font())
        self.pdf.add_page()
        self.pdf.set_line_width(0.5)

    def words(self, left: float, top: float, text: str, size: float = 10.5) -> None:
        self.pdf.set_font(self.font, size=size)
        for number, line in enumerate(text.split("\n")):
            self.pdf.text(left, top + 0.9 * size + number * 1.3 * size, line)

    def lines(self, *ends: tuple[float, float, float, float], grey: int = 0) -> None:
        self.pdf.set_draw_color(grey)
        for end in ends:
            self.pdf.line(*end)

    def area(self, left: float, top: float, right: float, bottom: float, grey: int) -> None:
        self.pdf.set_fill_color(grey)
        self.pdf.rect(left, top, right - left, bottom - top, style="F")

    def table(self, across: Sequence[float], down: Sequence[float], cells: Sequence[Drawn], pen: Pen = "lines") -> None:
        """Cells between the lines at `across` and `down`, their words at the upper left."""
        for row, column, rows, columns, text in cells:
            left, right = across[column], across[column + columns]
            top, bottom = down[row], down[row + rows]
            self.box(left, top, right, bottom, pen)
            self.words(left + 5, top + 4, text)

    def box(self, left: float, top: float, right: float, bottom: float, pen: Pen = "lines") -> None:
        self.pdf.set_draw_color(0)
        self.pdf.set_fill_color(0)
        sides = [(left, top, right, top), (left, bottom, right, bottom)]
        sides += [(left, top, left, bottom), (right, top, right, bottom)]
        if pen == "rectangles":
            self.pdf.rect(left, top, right - left, bottom - top)
        elif pen == "bars":
            for x0, y0, x1, y1 in sides:
                self.pdf.rect(x0 - 0.25, y0 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, style="F")
        else:
            if pen == "dashed":
                self.pdf.set_dash_pattern(dash=3, gap=2)
            for side in sides:
                self.pdf.line(*side)
                if pen == "double":
                    self.pdf.line(*(end + 1.5 for end in side))
            self.pdf.set_dash_pattern()

    def content(self) -> bytes:
        return bytes(self.pdf.output())


def rows_of(row: Sequence[str], number: int = 0) -> list[Drawn]:
    """One row of single cells."""
    return [(number, column, 1, 1, text) for column, text in enumerate(row)]


def simple(rows: Sequence[Sequence[str]]) -> list[Drawn]:
    """A table without merged cells."""
    return [cell for number, row in enumerate(rows) for cell in rows_of(row, number)]


def tables(content: bytes, page: int = 0) -> tuple[RuledTable, ...]:
    """What the reader finds on a page."""
    document = pypdfium2.PdfDocument(content)
    try:
        opened = document[page]
        return ruled_tables(opened, characters(opened)) if has_ruling(opened) else ()
    finally:
        document.close()


def rows(content: bytes, page: int = 0) -> list[tuple[tuple[str, ...], ...]]:
    return [table.table.rows for table in tables(content, page)]


def plumber_rows(content: bytes, page: int = 0) -> list[list[list[str]]]:
    """What plain pdfplumber finds, without white space and without tables of fewer than two cells with words."""
    with pdfplumber.open(BytesIO(content)) as document:
        found: list[Any] = document.pages[page].extract_tables()
    plain = [[[bare(cell or "") for cell in row] for row in table] for table in found]
    return [table for table in plain if sum(bool(cell) for row in table for cell in row) > 1]


def bare_rows(content: bytes, page: int = 0) -> list[list[list[str]]]:
    return [[[bare(cell) for cell in row] for row in table] for table in rows(content, page)]


def bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
