"""The ruling of a PDF page: the straight level and upright edges that are drawn on it and can be seen."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.materials import Box
from ingest.readers.pdf_characters import INT, POINTER, fast
from ingest.readers.pdf_ruling_paths import Matrix, TooManyLinesError, paths

_mode = fast(pdfium.FPDFPath_GetDrawMode, INT, *[POINTER] * 3)
_fill = fast(pdfium.FPDFPageObj_GetFillColor, INT, *[POINTER] * 5)
_stroke = fast(pdfium.FPDFPageObj_GetStrokeColor, INT, *[POINTER] * 5)

_EDGES = 12_000
_COLOURED = 2_000  # areas that white lines are looked for on
_LONG = 100.0  # points
_WHITE = 250  # of 255, in each colour


@dataclass(frozen=True, slots=True)
class Shape:
    """The level and upright sides of one painted path, each as a box without width or without height, and the box
    around it, in points from the top left of the page as displayed. `area`: its inside is painted and its outline is
    not, as a cell's colour, a highlight, or a line drawn as a thin bar are."""

    edges: list[Box]
    box: Box
    area: bool


def has_ruling(page: pypdfium2.PdfPage) -> bool:
    """Whether lines are drawn that can make a table: two level and an upright edge, or three level ones of some
    length. Looks at nothing else and stops as soon as they are found."""
    level, long, upright = 0, 0, 0
    try:
        for shape in _shapes(page):
            for left, top, right, bottom in shape.edges:
                width, height = right - left, bottom - top
                level += width > height
                long += width > _LONG
                upright += width < height
            if level >= 2 and (upright or long >= 3):
                return True
    except TooManyLinesError:
        pass
    return False


def ruling(page: pypdfium2.PdfPage) -> list[Shape]:
    """The shapes whose edges can be seen: strokes, and rectangles filled or stroked. White ones are left out unless
    they are painted over a colour, and so are edges outside the page, as printer's marks are. Empty when there are more
    than 12,000 edges, 40,000 points of paths or 50,000 objects: a map or a chart, whose lines are no table and would
    take seconds."""
    try:
        return list(_shapes(page))
    except TooManyLinesError:
        return []


def _shapes(page: pypdfium2.PdfPage) -> Iterator[Shape]:
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()
    matrix = {
        0: Matrix(1, 0, 0, -1, -left, top),
        90: Matrix(0, 1, 1, 0, -bottom, -left),
        180: Matrix(-1, 0, 0, 1, right, -bottom),
        270: Matrix(0, -1, -1, 0, top, right),
    }[turn]
    width, height = (right - left, top - bottom) if turn % 180 == 0 else (top - bottom, right - left)
    coloured: list[Box] = []
    found = 0
    for path, box, edges in paths(page, matrix):
        seen, filled, stroked = _paint(path)
        if seen == "coloured" and filled and len(coloured) < _COLOURED:
            coloured.append(box)
        elif seen == "none" or (seen == "white" and not any(_within(box, area) for area in coloured)):
            continue
        edges = [edge for edge in edges if edge[2] >= 0 and edge[0] <= width and edge[3] >= 0 and edge[1] <= height]
        found += len(edges)
        if found > _EDGES:
            raise TooManyLinesError
        yield Shape(edges, box, filled and not stroked)


def _paint(path: int) -> tuple[Literal["none", "white", "coloured"], bool, bool]:
    """How a path is seen, whether its inside is painted, and whether its outline is."""
    values = (ctypes.c_uint * 4)()
    start = ctypes.addressof(values)
    _mode(path, start, start + 4)
    filled, stroked = values[0] != pdfium.FPDF_FILLMODE_NONE, values[1] != 0
    white = False
    for painted, colour in ((filled, _fill), (stroked, _stroke)):
        if not painted:
            continue
        # A colour that is not told is a pattern.
        if not colour(path, start, start + 4, start + 8, start + 12) or (values[3] and min(values[:3]) < _WHITE):
            return "coloured", filled, stroked
        white = white or values[3] > 0
    return "white" if white else "none", filled, stroked


def _within(box: Box, area: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= across <= area[2] and area[1] <= down <= area[3]
