"""Pages of which it is known where every character is printed: one or two columns, tables, turned pages."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import count, groupby
from pathlib import Path
from random import Random

import pypdfium2
from fpdf import FPDF

WIDTH, HEIGHT, EDGE = 595.0, 842.0, 72.0
"""A4 and its margins, in points."""
_LEADING = 1.6


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character: its page from 0, where its base line begins, in points from the top left."""

    page: int
    x: float
    y: float
    char: str
    size: float
    width: float


@dataclass(frozen=True, slots=True)
class Layout:
    """`turn` is the /Rotate of the pages, in degrees; `crop` a margin that the crop box cuts off, in points; `scanned`
    pages are read by OCR."""

    name: str
    columns: int = 1
    size: float = 12
    table: bool = False
    turn: int = 0
    crop: float = 0
    scanned: bool = False


LAYOUTS = (
    Layout("one column"),
    Layout("two columns", columns=2, size=10.5),
    Layout("tables", size=10.5, table=True),
    Layout("turned", turn=90, size=14),
    Layout("upside down, cropped", turn=180, crop=30),
    Layout("turned table", table=True, turn=270, crop=20),
    Layout("scanned", scanned=True),
    Layout("scanned columns", columns=2, size=10.5, scanned=True),
)


class Printer:
    """Sets text in one font that has all of `characters`."""

    def __init__(self, font: Path, characters: Iterable[str]) -> None:
        self._font = font
        with _paper(font) as paper:
            paper.set_font("song", size=1000)
            self._widths = {char: float(paper.get_string_width(char)) / 1000 for char in characters}

    def set(self, texts: Sequence[str], layout: Layout) -> list[list[Glyph]]:
        """The characters of each text; texts are paragraphs, or the rows of a table with cells apart by tabs."""
        return list(self._rows(texts, layout.size) if layout.table else self._paragraphs(texts, layout))

    def pdf(self, pages: Sequence[Sequence[Glyph]], layout: Layout, *, ruled: bool = False) -> bytes:
        """The characters of each page as a PDF; with `ruled` the lines of the table around them."""
        with _paper(self._font) as paper:
            for glyphs in pages:
                paper.add_page()
                for run in _runs(glyphs):
                    paper.set_font("song", size=run[0].size)
                    paper.text(run[0].x, run[0].y, "".join(glyph.char for glyph in run))
                if ruled and glyphs:
                    _rule(paper, glyphs)
            return _turned(bytes(paper.output()), layout)

    def _lines(self, text: str, left: float, right: float, size: float, *, indent: float = 0) -> list[list[Glyph]]:
        """`text` broken into lines between two edges, all on page 0 at height 0."""
        lines: list[list[Glyph]] = [[]]
        x = left + indent
        for char in text:
            width = self._widths[char] * size
            if x + width > right:
                lines.append([])
                x = left
            lines[-1].append(Glyph(0, x, 0, char, size, width))
            x += width
        return lines

    def _paragraphs(self, texts: Sequence[str], layout: Layout) -> Iterator[list[Glyph]]:
        gutter = 24.0
        wide = (WIDTH - 2 * EDGE - gutter * (layout.columns - 1)) / layout.columns
        page, column, y = 0, 0, EDGE + layout.size
        for text in texts:
            made: list[Glyph] = []
            for line in self._lines(text, 0, wide, layout.size, indent=2 * layout.size):
                if y > HEIGHT - EDGE:
                    column, y = column + 1, EDGE + layout.size
                    if column == layout.columns:
                        page, column = page + 1, 0
                left = EDGE + column * (wide + gutter)
                made += [Glyph(page, left + g.x, y, g.char, g.size, g.width) for g in line]
                y += layout.size * _LEADING
            yield made

    def _rows(self, texts: Sequence[str], size: float) -> Iterator[list[Glyph]]:
        page, y = 0, EDGE
        for text in texts:
            cells = text.split("\t")
            edges = _edges(len(cells))
            set_cells = [
                self._lines(cell, left + 5, right - 5, size)
                for cell, left, right in zip(cells, edges, edges[1:], strict=False)
            ]
            high = max(map(len, set_cells)) * size * 1.3 + 10
            if y + high > HEIGHT - EDGE:
                page, y = page + 1, EDGE
            yield [
                Glyph(page, g.x, y + 5 + size * (1 + 1.3 * number), g.char, size, g.width)
                for lines in set_cells
                for number, line in enumerate(lines)
                for g in line
            ]
            y += high


@contextmanager
def _paper(font: Path) -> Iterator[FPDF]:
    paper = FPDF(unit="pt", format="A4")
    paper.add_font("song", "", font)
    try:
        yield paper
    finally:
        for opened in paper.fonts.values():
            opened.ttfont.close()  # type: ignore[union-attr]


def paged(passages: Sequence[Sequence[Glyph]]) -> list[list[Glyph]]:
    """The characters of each page."""
    glyphs = [glyph for passage in passages for glyph in passage]
    return [[g for g in glyphs if g.page == page] for page in range(max(g.page for g in glyphs) + 1)]


def texts(sentences: Sequence[str], layout: Layout, random: Random, *, total: int) -> list[str]:
    """About `total` characters of paragraphs or rows, each with numbers of its own."""
    made: list[str] = []
    numbers = count(random.randrange(1000, 9000))
    while sum(map(len, made)) < total:
        if layout.table:
            number, first, second = next(numbers), random.choice(sentences)[:40], random.choice(sentences)[:25]
            made.append(f"{number}\t{first}\t{random.randrange(10, 9999)}万元\t{second}")
        else:
            parts = random.sample(sentences, random.randrange(1, 6))
            made.append("".join(f"{part}(No.{next(numbers)}项)" for part in parts) + "。")
    return made


def _edges(columns: int) -> list[float]:
    """The left edges of the columns of a table, and its right edge; the first is narrow."""
    wide = (WIDTH - 2 * EDGE - 50) / (columns - 1)
    return [EDGE, *(EDGE + 50 + wide * number for number in range(columns))]


def _rule(paper: FPDF, glyphs: Sequence[Glyph]) -> None:
    """Lines between the rows, each of which begins with the first character of a number in the narrow column."""
    size = glyphs[0].size
    starts = [
        g.y - size - 5 for n, g in enumerate(glyphs) if g.x == EDGE + 5 and (not n or glyphs[n - 1].x > EDGE + 50)
    ]
    low = max(g.y for g in glyphs) + size * 0.3 + 5
    edges = _edges(4)
    for y in (*starts, low):
        paper.line(edges[0], y, edges[-1], y)
    for x in edges:
        paper.line(x, starts[0], x, low)


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The characters that follow one another on a line."""
    runs = 0
    keys = []
    for number, glyph in enumerate(glyphs):
        before = glyphs[number - 1] if number else None
        if before is None or before.y != glyph.y or abs(before.x + before.width - glyph.x) > 0.01:
            runs += 1
        keys.append(runs)
    for _, group in groupby(zip(keys, glyphs, strict=True), key=lambda pair: pair[0]):
        yield [glyph for _, glyph in group]


def _turned(content: bytes, layout: Layout) -> bytes:
    if not layout.turn and not layout.crop:
        return content
    document = pypdfium2.PdfDocument(content)
    for page in document:
        page.set_rotation(layout.turn)
        page.set_cropbox(layout.crop, layout.crop / 2, WIDTH - layout.crop / 3, HEIGHT - layout.crop)
    written = BytesIO()
    document.save(written)
    document.close()
    return written.getvalue()
