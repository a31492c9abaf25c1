"""A Document as a digital PDF with embedded fonts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

from fpdf import FPDF
from fpdf.enums import WrapMode
from fpdf.fonts import FontFace, TTFFont
from PIL import Image

from evals.samples import seals
from evals.samples.document import (
    FICTION,
    LEFT,
    UP,
    Break,
    Choices,
    Comment,
    Document,
    Fields,
    Framed,
    Grid,
    Heading,
    Hidden,
    Signing,
    Text,
    Title,
    plain,
)
from evals.samples.fonts import Faces
from ingest.numerals import to_chinese

MADE = datetime(2022, 3, 18, 9, 0, tzinfo=UTC)
"""The time in every file, so that the same package has the same bytes."""
LEADING = 7.6
"""Millimetres from line to line of 12 point text."""
_HANGING = set("，。、；：）》”！？,.;:)")


class _Paper(FPDF):
    """Pages with a running head and a foot; `printed` fills them."""

    def __init__(self, document: Document, faces: Faces) -> None:
        super().__init__("landscape" if document.landscape else "portrait")
        self.document = document
        self.add_font("song", "", faces.song)
        self.add_font("hei", "", faces.hei)
        for face in self.fonts.values():
            if isinstance(face, TTFFont):
                face.ttfont.recalcBBoxes = False  # measuring all glyphs again takes half of the time
        self.set_creation_date(MADE)
        self.set_margins(25, 24, 25)
        self.set_auto_page_break(True, 24)

    def header(self) -> None:
        if self.document.frame:
            self.set_draw_color(150, 110, 60)
            for inset, width in ((9, 1.2), (11.5, 0.3)):
                self.set_line_width(width)
                self.rect(inset, inset, self.w - 2 * inset, self.h - 2 * inset)
            self.set_line_width(0.2)
            self.set_draw_color(0)
        if self.document.header:
            self.set_font("song", size=9)
            self.set_y(12)
            self.cell(0, 6, self.document.header, align="C")
            self.line(self.l_margin, 18.5, self.w - self.r_margin, 18.5)
            self.set_y(self.t_margin)

    def footer(self) -> None:
        self.set_y(-20 if self.document.frame else -15)
        self.set_font("song", size=9)
        number = f"— {self.page_no()} —" if self.document.numbered else ""
        self.cell(0, 5, number, align="C", new_x="LMARGIN", new_y="NEXT")
        self.set_font("song", size=7.5)
        self.set_text_color(120)
        self.cell(0, 3, FICTION, align="R")
        self.set_text_color(0)


def printed(document: Document, faces: Faces, *, seed: int = 0, password: str | None = None) -> bytes:
    """`document` as PDF. `faces` must hold its characters; `seed` chooses how seals and signatures fall; with a
    `password` nobody opens it without."""
    pdf = _Paper(document, faces)
    if password is not None:
        pdf.set_encryption(owner_password=f"{password}!", user_password=password)
    pdf.add_page()
    counts = [0, 0, 0]  # headings of level 1 and 2, numbered paragraphs
    for block in document.blocks:
        match block:
            case Title(words=words, size=size):
                pdf.set_font("hei", size=size)
                pdf.multi_cell(
                    0, size * 0.6, plain(words), align="C", new_x="LMARGIN", new_y="NEXT", wrapmode=WrapMode.CHAR
                )
                pdf.ln(5)
            case Heading(words=words, level=level):
                _heading(pdf, plain(words), level, counts)
            case Text():
                counts[2] += block.numbered
                _text(pdf, f"{counts[2]}.{plain(block.words)}" if block.numbered else plain(block.words), block)
            case Grid():
                _grid(pdf, block)
            case Fields(rows=rows, size=size):
                _fields(pdf, rows, size)
            case Choices(label=label, options=options, chosen=chosen):
                boxes = "  ".join(f"{'■' if n in chosen else '□'}{option}" for n, option in enumerate(options))
                _text(pdf, f"{label}：{boxes}", Text("", indent=False))
            case Framed(words=words):
                pdf.set_font("song", size=10)
                pdf.multi_cell(
                    0, 7, plain(words), border=1, new_x="LMARGIN", new_y="NEXT", wrapmode=WrapMode.CHAR, padding=2
                )
                pdf.ln(3)
            case Signing():
                _signing(pdf, block, seed)
            case Hidden():
                _hidden(pdf, block)
            case Comment(words=words):
                pdf.text_annotation(pdf.w - 20, pdf.get_y() - 8, words)
            case Break():
                pdf.add_page()
    return bytes(pdf.output())


def _hidden(pdf: _Paper, block: Hidden) -> None:
    pdf.set_font("song", size=1 if block.how == "tiny" else 8)
    if block.how == "outside":
        pdf.text(pdf.w + 20, pdf.get_y(), block.words)
        return
    pdf.set_text_color(255 if block.how == "white" else 0)
    pdf.cell(0, 5, block.words, new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)


def _heading(pdf: _Paper, words: str, level: int, counts: list[int]) -> None:
    counts[level - 1] += 1
    counts[level:] = [0] * (3 - level)
    number = to_chinese(counts[level - 1])
    pdf.ln(2 if level == 1 else 0.5)
    if pdf.will_page_break(3 * LEADING):  # a heading does not stand last on a page
        pdf.add_page()
    pdf.set_font("hei" if level == 1 else "song", size=14 if level == 1 else 12)
    pdf.cell(
        0, LEADING + 1, f"{number}、{words}" if level == 1 else f"（{number}）{words}", new_x="LMARGIN", new_y="NEXT"
    )


def _text(pdf: _Paper, words: str, how: Text) -> None:
    pdf.set_font("song", size=12)
    indent = 8.5 if how.indent else 0.0
    for number, line in enumerate(_lines(pdf, words, pdf.epw, indent)):
        if pdf.will_page_break(LEADING):
            pdf.add_page()
        pdf.set_x(pdf.l_margin + (indent if number == 0 else 0))
        pdf.cell(0, LEADING, line, align=how.align[0].upper(), new_x="LMARGIN", new_y="NEXT")


def _lines(pdf: _Paper, words: str, width: float, indent: float = 0.0) -> Iterator[str]:
    """Lines broken as Chinese is set: a closing mark hangs into the margin and Latin words stay whole."""
    line, used = "", indent
    for piece in _pieces(words):
        wide = pdf.get_string_width(piece)
        if used + wide > width and piece not in _HANGING and line:
            yield line
            line, used = "", 0.0
        line, used = line + piece, used + wide
    yield line


def _pieces(words: str) -> list[str]:
    """Single characters, but letters and digits in a row together."""
    pieces: list[str] = []
    for char in words:
        if pieces and char.isascii() and char.isalnum() and pieces[-1][-1].isascii() and pieces[-1][-1].isalnum():
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _grid(pdf: _Paper, grid: Grid) -> None:
    pdf.ln(1.5)
    pdf.set_font("song", size=10.5)
    bold = FontFace(family="hei", emphasis="")
    widths = grid.widths or (1.0,) * len(grid.rows[0])
    with pdf.table(
        col_widths=widths, num_heading_rows=grid.head, first_row_as_headings=grid.head > 0, headings_style=bold,
        line_height=6.4, text_align="LEFT", wrapmode=WrapMode.CHAR, padding=(1.2, 1.5),
    ) as table:  # fmt: skip
        for number, cells in enumerate(grid.rows):
            row = table.row()
            for place, words in enumerate(cells):
                if words in (LEFT, UP):
                    continue
                across, down = spans(grid.rows, number, place)
                row.cell(plain(words), colspan=across, rowspan=down)
    pdf.ln(3)


def spans(rows: tuple[tuple[str, ...], ...], row: int, place: int) -> tuple[int, int]:
    """How many columns and rows the cell at `row` and `place` takes."""
    across = next((n for n, words in enumerate(rows[row][place + 1 :], 1) if words != LEFT), len(rows[row]) - place)
    down = next((n for n, other in enumerate(rows[row + 1 :], 1) if other[place] != UP), len(rows) - row)
    return across, down


def _fields(pdf: _Paper, rows: tuple[tuple[str, str], ...], size: float) -> None:
    label_width = 46.0
    for label, words in rows:
        pdf.set_font("hei", size=size)
        pdf.cell(label_width, size * 0.72, label)
        pdf.set_font("song", size=size)
        for line in _lines(pdf, plain(words), pdf.epw - label_width):
            pdf.set_x(pdf.l_margin + label_width)
            pdf.cell(0, size * 0.72, line, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1.2)


def _signing(pdf: _Paper, block: Signing, seed: int) -> None:
    height = 10.0
    if pdf.will_page_break(len(block.lines) * height + 8):
        pdf.add_page()
    begun = pdf.get_y()
    pdf.ln(8)
    left, top = pdf.l_margin + pdf.epw * (0.0 if block.side == "left" else 0.5), pdf.get_y()
    pdf.set_font("song", size=11)
    for words in block.lines:
        pdf.set_x(left)
        pdf.cell(0, height, plain(words), new_x="LMARGIN", new_y="NEXT")
    after = left + pdf.get_string_width(plain(block.lines[0])) + 2
    if block.signature:
        _picture(pdf, seals.signature(block.signature, seed=seed), after, top - 3, height=13)
    if block.name_stamp:
        _picture(pdf, seals.name_stamp(block.name_stamp, seed=seed), after + 22, top - 5, height=17)
    if block.seal:
        stamped = seals.seal(block.seal.ring, block.seal.centre, seed=seed + 3)
        _picture(pdf, stamped, left + 12 + seed % 9, top + len(block.lines) * height / 2 - 20, height=42)
    if block.side == "left":
        pdf.set_y(begun)


def _picture(pdf: _Paper, picture: Image.Image, left: float, top: float, *, height: float) -> None:
    held = BytesIO()
    picture.save(held, "PNG")
    held.seek(0)
    pdf.image(held, x=left, y=top, h=height)
