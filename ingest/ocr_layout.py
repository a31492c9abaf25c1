"""From recognised lines to a page: tables, rows, columns and paragraphs in reading order."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ingest.materials import BlockKind
from ingest.ocr_cells import grids, straightening
from ingest.ocr_lines import Floats, Line
from ingest.ocr_rows import Placed, rows_of, skew
from ingest.ocr_writing import Growing, Writing

_COLUMN_ROWS = 5
"""rows in two columns before they are read as columns of prose"""


def arrange(lines: Sequence[Line], cells: Floats) -> Writing:
    """The lines as paragraphs, rows and headings in reading order; `cells` are those that `find_cells` found."""
    turn = straightening(skew(lines))
    placed = [Placed(line, turn) for line in lines]
    usual = float(np.median([line.height for line in lines])) if lines else 0.0
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


def _flow(growing: Growing, placed: list[Placed], usual: float) -> None:
    for group in _groups(rows_of(placed)):
        if len(group[0]) > 1:
            growing.add("row", [[piece] for piece in group[0]])
        else:
            for paragraph in _paragraphs([row[0] for row in group]):
                growing.add(_kind(paragraph, usual), [paragraph])


def _kind(paragraph: list[Placed], usual: float) -> BlockKind:
    only = paragraph[0]
    big = len(paragraph) == 1 and only.height > 1.3 * usual and len(only.line.text) <= 40
    return "heading" if big and only.line.text[-1] not in "。；，" else "paragraph"


def _groups(rows: list[list[Placed]]) -> list[list[list[Placed]]]:
    """Rows of a table one by one, runs of single lines together; two columns of prose become two runs."""
    groups: list[list[list[Placed]]] = []
    place = 0
    while place < len(rows):
        end = place
        while end < len(rows) and len(rows[end]) == 2:
            end += 1
        if end - place >= _COLUMN_ROWS and _are_columns(rows[place:end]):
            groups += [[[row[side]] for row in rows[place:end]] for side in (0, 1)]
            place = end
            continue
        if len(rows[place]) > 1:
            groups.append([rows[place]])
        elif groups and len(groups[-1][0]) == 1:
            groups[-1].append(rows[place])
        else:
            groups.append([rows[place]])
        place += 1
    return groups


def _are_columns(rows: list[list[Placed]]) -> bool:
    """Both sides hold lines of prose that run to the same right edge."""
    for side in (0, 1):
        edge = max(row[side].right for row in rows)
        full = [len(row[side].line.text) >= 8 and row[side].right > edge - 2 * row[side].letter for row in rows]
        if sum(full) < 0.6 * len(rows):
            return False
    return True


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
