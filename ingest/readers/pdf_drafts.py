"""One PDF page taken apart: the lines that a reader sees, its tables, what is hidden, whether it needs OCR."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2

from ingest.materials import Boxes, Remark
from ingest.readers.pdf_characters import Characters
from ingest.readers.pdf_columns import reading_order
from ingest.readers.pdf_doubles import undoubled
from ingest.readers.pdf_fields import Typed, with_typed
from ingest.readers.pdf_hidden import shown
from ingest.readers.pdf_lines import Line, Piece, framed, pieces, upended
from ingest.readers.pdf_paints import bold
from ingest.readers.pdf_scans import Needs, Picture, needs, pictures
from ingest.readers.pdf_seen import seen
from ingest.readers.pdf_spacing import lines
from ingest.readers.pdf_tables import RuledTable, has_ruling, ruled_tables


@dataclass(frozen=True, slots=True)
class Row:
    """A table row that holds words: one line, cells apart by tabs, with a box for each character."""

    text: str
    boxes: Boxes


@dataclass(frozen=True, slots=True)
class Draft:
    """A page before the pages of its document are compared. `lines` are in reading order."""

    number: int
    size: tuple[float, float]
    lines: tuple[Line, ...] = ()
    tables: tuple[RuledTable, ...] = ()
    rows: tuple[tuple[Row, ...], ...] = ()
    """the rows of each table"""
    askew: tuple[str, ...] = ()
    """words that run at a slant: watermarks"""
    remarks: tuple[Remark, ...] = ()
    needs: Needs = "nothing"
    ocr: bool = False
    """the text is an OCR layer that came with the file"""
    pictures: tuple[Picture, ...] = ()
    """those of a page that may need OCR because of them"""


def drafted(page: pypdfium2.PdfPage, number: int, *, layers: bool, typed: Sequence[Typed] = ()) -> Draft:
    """Page `number`, from 1. `layers`: its document may have optional layers; `typed`: words that stand on the page
    without being drawn. Raises pypdfium2.PdfiumError."""
    sight = seen(page)
    characters, remarks, layer = shown(page, sight, number, layers=layers)
    characters = with_typed(undoubled(characters), typed)
    wanted = needs(characters, sight, layer)
    if wanted == "ocr":
        return Draft(number, sight.size, remarks=remarks, needs=wanted)
    tables = ruled_tables(page, characters) if sight.ruled and len(characters) and has_ruling(page) else ()
    rows = tuple(_rows(characters, table) for table in tables)
    free = np.ones(len(characters), bool)
    for table in tables:
        free[[place for row in table.rows for cell in row for place in cell.places]] = False
    found: list[Line] = []
    turns = characters.turns[free]
    upright = int(np.bincount(turns[turns >= 0], minlength=4).argmax()) if len(turns) else 0
    for turn in sorted(range(4), key=lambda turn: turn != upright):
        stretch = np.flatnonzero(free & (characters.turns == turn))
        boxes = [table.box for table in tables] if turn == upright else []
        if len(stretch) or boxes:
            found += _lines(characters.only(stretch), turn, boxes)
    slant = characters.only(characters.turns < 0)
    askew = (slant.words(),) if len(slant) else ()
    images = pictures(sight) if wanted != "nothing" else ()
    return Draft(number, sight.size, tuple(found), tables, rows, askew, remarks, wanted, layer, images)


def _lines(characters: Characters, turn: int, tables: Sequence[tuple[float, float, float, float]]) -> list[Line]:
    bodies = framed(characters.bodies, turn, characters.size)
    found = upended(pieces(characters, bodies), characters)
    for place, box in enumerate(tables):
        left, top, right, bottom = framed(np.array([box], np.float32), turn, characters.size)[0].tolist()
        row = max((piece.row for piece in found if piece.top + piece.bottom < top + bottom), default=-1.0)
        found.append(Piece(np.empty(0, np.intp), left, top, right, bottom, row + 0.5 + place / 1e4, place))
    return lines(characters, bodies, reading_order(found), bold(characters), turn)


def _rows(characters: Characters, table: RuledTable) -> tuple[Row, ...]:
    found: list[Row] = []
    for cells in table.rows:
        text = "\t".join(cell.text for cell in cells).rstrip("\t")  # as a Word or scanned row ends with its last word
        if not text.strip():
            continue
        boxes = np.full((len(text), 4), np.nan, np.float32)
        printed = np.array([not char.isspace() for char in text])
        boxes[printed] = characters.boxes[[place for cell in cells for place in cell.places]]
        found.append(Row(text.replace("\xad", "-"), boxes))
    return tuple(found)
