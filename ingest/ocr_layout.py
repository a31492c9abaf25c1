"""From recognised lines to a page: tables, rows, columns and paragraphs in reading order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from ingest.ocr_cells import grids, straightening
from ingest.ocr_lines import Floats, Line
from ingest.ocr_rows import Placed, rows_of, skew
from ingest.ocr_writing import Growing, Writing
from ingest.readers.pdf_columns import reading_order
from ingest.readers.pdf_lines import Piece

_WORD = re.compile(r"[!-~]+")
_NUMBERED = re.compile(r"第?[一二三四五六七八九十]{1,3}[、章节]|[(（][一二三四五六七八九十]{1,3}[)）]")
_SIGNED = re.compile(r"签[字名章]|盖章")


@dataclass(frozen=True, slots=True)
class _Usual:
    """Of most lines of a page: their height and the width of their full characters."""

    height: float
    letter: float


def arrange(lines: Sequence[Line], cells: Floats) -> Writing:
    """The lines as paragraphs, rows and headings in reading order; `cells` are those that `find_cells` found."""
    turn = straightening(skew(lines))
    placed = [Placed(line, turn) for line in lines]
    usual = _Usual(*np.median([(piece.height, piece.letter) for piece in placed], axis=0)) if placed else _Usual(0, 0)
    growing = Growing(turn)
    for table in grids(cells):
        words = {cell: [piece for piece in placed if _within(piece, cells[cell])] for row in table for cell in row}
        if sum(bool(pieces) for pieces in words.values()) < 2:
            continue
        around = _around(cells, table)
        inside = {id(piece) for pieces in words.values() for piece in pieces}
        strays = [piece for piece in placed if id(piece) not in inside and _within(piece, around)]
        cells = _given_cells(strays, cells, table, words)
        inside |= {id(piece) for piece in strays}
        rest = [piece for piece in placed if id(piece) not in inside]
        _flow(growing, [piece for piece in rest if piece.middle < around[1]], usual)
        placed = [piece for piece in rest if piece.middle >= around[1]]
        growing.add_table(cells, table, words)
    _flow(growing, placed, usual)
    return growing.writing()


def _around(cells: Floats, table: list[list[int]]) -> Floats:
    members = cells[[cell for row in table for cell in row]]
    return np.concatenate([members[:, :2].min(axis=0), members[:, 2:].max(axis=0)])


def _given_cells(strays: list[Placed], cells: Floats, table: list[list[int]], words: dict[int, list[Placed]]) -> Floats:
    """Cells for words in a table whose own cell was not found: in the row at their height. `table` and `words` gain
    them."""
    for piece in strays:
        row = min(table, key=lambda row: abs(float(cells[row[0], [1, 3]].mean()) - piece.middle))
        made = np.array([[piece.left, cells[row[0], 1], piece.right, cells[row[0], 3]]], dtype=np.float32)
        words[len(cells)] = [piece]
        row.append(len(cells))
        cells = np.concatenate([cells, made])
        row.sort(key=lambda cell: float(cells[cell, 0]))
    return cells


def _within(piece: Placed, cell: Floats) -> bool:
    return bool(cell[0] < (piece.left + piece.right) / 2 < cell[2] and cell[1] < piece.middle < cell[3])


def _flow(growing: Growing, placed: list[Placed], usual: _Usual) -> None:
    for column in _columns(rows_of(placed)):
        for in_cells, group in groupby(column, key=lambda row: len(row) > 1):
            if in_cells:
                for row in group:
                    growing.add("row", [[piece] for piece in row])
                continue
            for paragraph in _paragraphs([row[0] for row in group]):
                level = _level(paragraph, usual)
                growing.add("heading" if level else "paragraph", [paragraph], level)


def _columns(rows: list[list[Placed]]) -> list[list[list[Placed]]]:
    """The columns of prose in reading order, with the same care as on a PDF page; each is its rows."""
    found: dict[int, Placed] = {}
    pieces = []
    for number, row in enumerate(rows):
        for one in row:
            half = one.height / 2
            places = np.arange(len(one.line.text))
            edges = (one.left, one.middle - half, one.right, one.middle + half)
            pieces.append(Piece(places, *edges, number))
            found[id(places)] = one
    return [[[found[id(piece.places)] for piece in row] for row in column] for column in reading_order(pieces)]


def _level(paragraph: list[Placed], usual: _Usual) -> int:
    """The depth of a heading, 0 for a paragraph: a line with larger letters than most, or a numbered one with letters
    a little larger or bolder. What is signed is as high as its signature, and no heading."""
    only, words = paragraph[0], paragraph[0].line.text
    if len(paragraph) > 1 or len(words) > 40 or words[-1] in "。；，：:;," or _SIGNED.search(words):
        return 0
    high, wide = only.height / usual.height, only.letter / usual.letter
    if _NUMBERED.match(words):
        return 2 if high > 1.05 and wide > 1.07 else 0
    return int((high > 1.15 and wide > 1.25) or (high > 1.3 and wide > 1.15))


def _paragraphs(lines: list[Placed]) -> list[list[Placed]]:
    """A line goes on in the next if it reaches the right margin, and the next is not indented, as large and near."""
    if not lines:
        return []
    long = [line for line in lines if len(line.line.text) >= 8] or lines
    right = float(np.percentile([line.right for line in long], 90))
    left = float(np.percentile([line.left for line in long], 10))
    pitches = [below.middle - above.middle for above, below in pairwise(lines)]
    pitch = float(np.median(pitches)) if pitches else 0.0
    paragraphs = [lines[:1]]
    for before, line in pairwise(lines):
        slack = (1.2 if before.line.text[-1] in "。；：！？;:" else 2.5) * before.letter
        if word := _WORD.match(line.line.text):  # a number or a foreign word is not parted: it leaves a gap as wide
            slack = max(slack, (0.6 * word.end() + 0.5) * line.letter)
        goes_on = (
            before.right > right - slack
            and line.left < left + 1.2 * line.letter
            and 0.75 < line.height / before.height < 1.33
            and line.middle - before.middle < 1.5 * pitch + 1
        )
        if goes_on:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs
