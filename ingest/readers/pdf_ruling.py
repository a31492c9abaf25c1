"""The ruling of a PDF page: the straight level and upright edges that are drawn on it and can be seen."""

from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass
from typing import Any, Literal

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.materials import Box

_Matrix = tuple[float, float, float, float, float, float]

_OBJECTS = 50_000  # looked at on one page
_SEGMENTS = 40_000
_EDGES = 12_000
_COLOURED = 2_000  # areas that white lines are looked for on
_DEPTH = 8  # forms inside forms
_SHORTEST = 1.0  # points; shorter pieces bound nothing, as in pdfplumber
_LONG = 100.0  # points
_WHITE = 250  # of 255, in each colour


class _TooManyLinesError(Exception):
    """A page has so many lines that they are a map or a chart."""


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
    sideways = page.get_rotation() % 180 == 90
    level, long, upright = 0, 0, 0
    try:
        for shape in _shapes(page, (1, 0, 0, 1, 0, 0)):
            for left, top, right, bottom in shape.edges:
                width, height = (bottom - top, right - left) if sideways else (right - left, bottom - top)
                level += width > height
                long += width > _LONG
                upright += width < height
            if level >= 2 and (upright or long >= 3):
                return True
    except _TooManyLinesError:
        pass
    return False


def ruling(page: pypdfium2.PdfPage) -> list[Shape]:
    """The shapes whose edges can be seen, in the order they are painted: strokes, and rectangles filled or stroked.
    White ones are left out unless they are painted over a colour. Empty when there are more than 12,000 edges, 40,000
    pieces of paths or 50,000 objects: a map or a chart, whose lines are no table and would take seconds."""
    left, bottom, right, top = page.get_bbox()
    turns: dict[int, _Matrix] = {
        0: (1, 0, 0, -1, -left, top),
        90: (0, 1, 1, 0, -bottom, -left),
        180: (-1, 0, 0, 1, right, -bottom),
        270: (0, -1, -1, 0, top, right),
    }
    try:
        return list(_shapes(page, turns[page.get_rotation()]))
    except _TooManyLinesError:
        return []


def _shapes(page: pypdfium2.PdfPage, matrix: _Matrix) -> Iterator[Shape]:
    """The shapes in the space that `matrix` leads to."""
    coloured: list[Box] = []
    pieces, found = 0, 0
    for item, place in _paths(page, matrix):
        count = pdfium.FPDFPath_CountSegments(item)
        pieces += count
        if pieces > _SEGMENTS:
            raise _TooManyLinesError
        if count < 2:
            continue
        box, edges = _straight(item, count, place)
        if not edges:
            continue
        seen, filled, stroked = _paint(item)
        if seen == "coloured" and filled and len(coloured) < _COLOURED:
            coloured.append(box)
        elif seen == "none" or (seen == "white" and not any(_within(box, area) for area in coloured)):
            continue
        found += len(edges)
        if found > _EDGES:
            raise _TooManyLinesError
        yield Shape(edges, box, filled and not stroked)


def _paths(page: pypdfium2.PdfPage, matrix: _Matrix) -> Iterator[tuple[Any, _Matrix]]:
    """The path objects of the page, also those inside form XObjects, each with the matrix of its points."""
    own = pdfium.FS_MATRIX()
    waiting = [
        (pdfium.FPDFPage_CountObjects(page.raw), pdfium.FPDFPage_GetObject, page.raw, matrix, 0),
    ]
    seen = 0
    while waiting:
        number, get, holder, outer, depth = waiting.pop()
        for index in range(number):
            seen += 1
            if seen > _OBJECTS:
                raise _TooManyLinesError
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM):
                continue
            pdfium.FPDFPageObj_GetMatrix(item, byref(own))
            place = _joined(own, outer)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                yield item, place
            elif depth < _DEPTH:
                waiting.append(
                    (pdfium.FPDFFormObj_CountObjects(item), pdfium.FPDFFormObj_GetObject, item, place, depth + 1)
                )


def _joined(inner: pdfium.FS_MATRIX, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = outer
    return (
        inner.a * a + inner.b * c,
        inner.a * b + inner.b * d,
        inner.c * a + inner.d * c,
        inner.c * b + inner.d * d,
        inner.e * a + inner.f * c + e,
        inner.e * b + inner.f * d + f,
    )


def _straight(path: Any, count: int, matrix: _Matrix) -> tuple[Box, list[Box]]:
    """The box around a path of `count` points, and its level and upright pieces."""
    a, b, c, d, e, f = matrix
    x, y = c_float(), c_float()
    at_x, at_y = byref(x), byref(y)
    xs: list[float] = []
    ys: list[float] = []
    edges: list[Box] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, at_x, at_y)
        # Thousandths take away what single precision adds, so that edges on one line have one place.
        here = (round(x.value * a + y.value * c + e, 3), round(x.value * b + y.value * d + f, 3))
        if index and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            left, right = (xs[-1], here[0]) if xs[-1] < here[0] else (here[0], xs[-1])
            top, bottom = (ys[-1], here[1]) if ys[-1] < here[1] else (here[1], ys[-1])
            width, height = right - left, bottom - top
            if width >= _SHORTEST and height <= width / 500:
                edges.append((left, (top + bottom) / 2, right, (top + bottom) / 2))
            elif height >= _SHORTEST and width <= height / 500:
                edges.append(((left + right) / 2, top, (left + right) / 2, bottom))
        xs.append(here[0])
        ys.append(here[1])
    return (min(xs), min(ys), max(xs), max(ys)), edges


def _paint(path: Any) -> tuple[Literal["none", "white", "coloured"], bool, bool]:
    """How a path is seen, whether its inside is painted, and whether its outline is."""
    mode, stroke = c_int(), c_int()
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    places = (byref(red), byref(green), byref(blue), byref(alpha))
    pdfium.FPDFPath_GetDrawMode(path, byref(mode), byref(stroke))
    filled, stroked = mode.value != pdfium.FPDF_FILLMODE_NONE, bool(stroke.value)
    white = False
    for painted, colour in ((filled, pdfium.FPDFPageObj_GetFillColor), (stroked, pdfium.FPDFPageObj_GetStrokeColor)):
        # A colour that is not told is a pattern.
        if painted and (not colour(path, *places) or (alpha.value and _dark(red, green, blue))):
            return "coloured", filled, stroked
        white = white or (painted and alpha.value > 0)
    return "white" if white else "none", filled, stroked


def _dark(red: c_uint, green: c_uint, blue: c_uint) -> bool:
    return min(red.value, green.value, blue.value) < _WHITE


def _within(box: Box, area: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= across <= area[2] and area[1] <= down <= area[3]
