"""Tables and forms of a PDF page that are drawn with ruling lines, with the words of each cell."""

from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from ingest.materials import Box, Table
from ingest.readers.pdf_characters import Characters
from ingest.readers.pdf_ruling import Shape, has_ruling, ruling
from ingest.readers.pdf_ruling_cells import Marks, cell_words
from ingest.readers.pdf_ruling_grid import Grid, grids, joined
from ingest.readers.pdf_ruling_open import level_grids, sides

__all__ = ["Cell", "RuledTable", "has_ruling", "ruled_tables"]

# Points: a highlight's height, and how near its ends are to the words.
_THIN, _HIGH, _CLOSE = 4.0, 60.0, 1.2


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words on one line, its box in points as displayed, and the places of its characters on the page in
    reading order. Without its spaces `text` has one character for each place. A place that a merged cell covers, or
    that no lines close, is a Cell without text, box and places."""

    text: str = ""
    box: Box | None = None
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table, the box around it in points as displayed, and the cells behind `table.rows`."""

    table: Table
    box: Box
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _View:
    """A page turned so that most of its text runs right; `size` is its width and height as displayed."""

    turn: int
    size: tuple[float, float]

    def of(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Displayed boxes (n x 4) in this view."""
        return _turned(boxes, self.turn, *self.size)

    def displayed(self, box: Box) -> Box:
        """A box of this view on the displayed page."""
        width, height = self.size if self.turn % 2 == 0 else self.size[::-1]
        left, top, right, bottom = _turned(np.array([box]), -self.turn % 4, width, height)[0].tolist()
        return left, top, right, bottom


def ruled_tables(page: pypdfium2.PdfPage, characters: Characters) -> tuple[RuledTable, ...]:
    """The tables on `page` from the top down, rows and cells as pdfplumber finds them with its default settings; also
    those without lines at their sides, and those with level lines only (see `sides` and `level_grids`). Each character
    is in one cell at most: those of a table inside a cell belong to the inner table alone, and those that stand askew,
    as a watermark does, to none.

    Rows run as most of a table's words do, also where that is sideways. Not a table: fewer than two cells with words;
    a frame, that is a single column with a cell higher than half the page. Nothing is found, at little cost, where the
    lines are so many that they must be a map or a chart (see `ruling` and `grids`).
    """
    free = characters.turns >= 0
    shapes = ruling(page) if free.any() else []
    if not shapes:
        return ()
    views = [_View(int(np.bincount(characters.turns[free]).argmax()), characters.size)]
    tables: list[RuledTable] = []
    for view in views:  # grows where a table's words run another way than most on the page
        bodies = view.of(characters.bodies.astype(np.float64))
        found = _found(shapes, view, bodies[characters.turns >= 0], characters.sizes[characters.turns >= 0])
        if not found:
            continue
        marks = Marks.of(characters, bodies.tolist(), view.turn)
        centres = np.stack([bodies[:, 0] + bodies[:, 2], bodies[:, 1] + bodies[:, 3]]) / 2
        for grid in sorted(found, key=_area):
            inside = _inside([box for row in grid for box in row if box is not None], centres, free)
            if len(inside) < 2:
                continue
            own = [place for places in inside.values() for place in places]
            turn = int(np.bincount(characters.turns[own]).argmax())
            if turn != view.turn:
                if all(turn != other.turn for other in views):
                    views.append(_View(turn, characters.size))
            elif not _is_frame(grid, view):
                tables.append(_filled(grid, inside, marks, view))
                free[own] = False
    return tuple(sorted(tables, key=lambda table: (table.box[1], table.box[0])))


def _found(shapes: list[Shape], view: _View, bodies: NDArray[np.float64], sizes: NDArray[np.float32]) -> list[Grid]:
    """The grids of closed cells, then those of level lines only."""
    around = view.of(np.array([shape.box for shape in shapes])).tolist()
    drawn = [
        edge
        for shape, box in zip(shapes, around, strict=True)
        if not (shape.area and _highlights(box, bodies, sizes))
        for edge in shape.edges
    ]
    if not drawn:
        return []
    whole = joined(view.of(np.array(drawn)).tolist())
    closing = sides(whole)
    if closing:
        whole = joined([*whole, *closing])
    return [*grids(whole), *level_grids(whole, bodies, sizes)]


def _highlights(box: Box, bodies: NDArray[np.float64], sizes: NDArray[np.float32]) -> bool:
    """Whether a coloured area fits closely around words on one line, as no cell does: its ends are no lines."""
    left, top, right, bottom = box
    if not _THIN < bottom - top < _HIGH:
        return False
    down = (bodies[:, 1] + bodies[:, 3]) / 2
    inside = (down > top) & (down < bottom) & (bodies[:, 0] > left - _CLOSE) & (bodies[:, 2] < right + _CLOSE)
    if not inside.any() or bottom - top > 2 * sizes[inside].max():
        return False
    return bool(bodies[inside, 0].min() < left + _CLOSE and bodies[inside, 2].max() > right - _CLOSE)


def _is_frame(grid: Grid, view: _View) -> bool:
    height = view.size[1 - view.turn % 2]
    return len(grid[0]) == 1 and any(box is not None and box[3] - box[1] > height / 2 for row in grid for box in row)


def _filled(grid: Grid, inside: dict[int, list[int]], marks: Marks, view: _View) -> RuledTable:
    """`grid` with the words of its cells; `inside` has the places of each that has any, by its number."""
    rows: list[tuple[Cell, ...]] = []
    number = 0
    for row in grid:
        cells: list[Cell] = []
        for box in row:
            if box is None:
                cells.append(Cell())
                continue
            text, places = cell_words(inside[number], marks, box[0], box[2]) if number in inside else ("", ())
            cells.append(Cell(text, view.displayed(box), places))
            number += 1
        rows.append(tuple(cells))
    around = view.displayed(_around([box for row in grid for box in row if box is not None]))
    return RuledTable(Table(tuple(tuple(cell.text for cell in row) for row in rows), around), around, tuple(rows))


def _inside(boxes: list[Box], centres: NDArray[np.float64], free: NDArray[np.bool_]) -> dict[int, list[int]]:
    """The places of the free characters in each box, by their centre: a character that straddles a line belongs to the
    side where most of it stands, one right on the line to the right or the lower cell, as in pdfplumber."""
    sides = np.array(boxes)
    across = np.unique(sides[:, [0, 2]])
    down = np.unique(sides[:, [1, 3]])
    # Each field between two neighbouring sides holds the number of the smallest box over it.
    field = np.full((len(down) + 1, len(across) + 1), -1)
    left, right = (np.searchsorted(across, sides[:, side]) + 1 for side in (0, 2))
    top, bottom = (np.searchsorted(down, sides[:, side]) + 1 for side in (1, 3))
    for number in np.argsort((sides[:, 0] - sides[:, 2]) * (sides[:, 3] - sides[:, 1]), kind="stable").tolist():
        field[top[number] : bottom[number], left[number] : right[number]] = number
    # Past the last side there is no box; searchsorted(right) gives 0 before the first side.
    field[0, :] = field[:, 0] = -1
    owners = field[np.searchsorted(down, centres[1], "right"), np.searchsorted(across, centres[0], "right")]
    found: dict[int, list[int]] = {}
    for place in np.flatnonzero((owners >= 0) & free).tolist():
        found.setdefault(int(owners[place]), []).append(place)
    return found


def _turned(boxes: NDArray[np.float64], turn: int, width: float, height: float) -> NDArray[np.float64]:
    """Boxes of a page of this size after `turn` quarter turns against the clock."""
    left, top, right, bottom = boxes.T
    if turn == 1:
        return np.stack([top, width - right, bottom, width - left], axis=1)
    if turn == 2:
        return np.stack([width - right, height - bottom, width - left, height - top], axis=1)
    if turn == 3:
        return np.stack([height - bottom, left, height - top, right], axis=1)
    return boxes


def _around(boxes: list[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _area(grid: Grid) -> float:
    left, top, right, bottom = _around([box for row in grid for box in row if box is not None])
    return (right - left) * (bottom - top)
