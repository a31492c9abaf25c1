"""The drawn paths of a PDF page: which there are, and their level and upright pieces."""

import ctypes
from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.materials import Box
from ingest.readers.pdf_characters import INT, POINTER, fast

_object = fast(pdfium.FPDFPage_GetObject, POINTER, POINTER, INT)
_part = fast(pdfium.FPDFFormObj_GetObject, POINTER, POINTER, ctypes.c_ulong)
_parts = fast(pdfium.FPDFFormObj_CountObjects, INT, POINTER)
_kind = fast(pdfium.FPDFPageObj_GetType, INT, POINTER)
_place = fast(pdfium.FPDFPageObj_GetMatrix, INT, POINTER, POINTER)
_count = fast(pdfium.FPDFPath_CountSegments, INT, POINTER)
_segment = fast(pdfium.FPDFPath_GetPathSegment, POINTER, POINTER, INT)
_turn = fast(pdfium.FPDFPathSegment_GetType, INT, POINTER)
_point = fast(pdfium.FPDFPathSegment_GetPoint, INT, POINTER, POINTER, POINTER)

_OBJECTS = 50_000  # looked at on one page
_POINTS = 40_000
_DEPTH = 8  # forms inside forms
_SHORTEST = 1.0  # points; shorter pieces bound nothing, as in pdfplumber
_SLANT = 500  # an edge leans by less than a part of this of its length


class TooManyLinesError(Exception):
    """A page has so many lines that they are a map or a chart."""


class Matrix(NamedTuple):
    """x and y become x * a + y * c + e and x * b + y * d + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float


def paths(page: pypdfium2.PdfPage, matrix: Matrix) -> Iterator[tuple[int, Box, list[Box]]]:
    """Each path with straight pieces: its address, the box around it, and its level and upright pieces as boxes
    without height or width, in the space that `matrix` leads to. Raises TooManyLinesError beyond 40,000 points or
    50,000 objects, which would take more than about 0.1 seconds."""
    points = 0
    for path, place in _objects(page, matrix):
        count = _count(path)
        points += count
        if points > _POINTS:
            raise TooManyLinesError
        segments = list(map(_segment, repeat(path), range(count)))
        turns = list(map(_turn, segments))
        if pdfium.FPDF_SEGMENT_LINETO not in turns:
            continue
        spots = (ctypes.c_float * (2 * count))()
        start = ctypes.addressof(spots)
        sum(map(_point, segments, range(start, start + 8 * count, 8), range(start + 4, start + 8 * count, 8)))
        a, b, c, d, e, f = place
        xs, ys = spots[::2], spots[1::2]
        # Thousandths take away what single precision adds, so that edges on one line have one place.
        across = [round(x * a + y * c + e, 3) for x, y in zip(xs, ys, strict=True)]
        down = [round(x * b + y * d + f, 3) for x, y in zip(xs, ys, strict=True)]
        edges = _straight(across, down, turns)
        if edges:
            yield path, (min(across), min(down), max(across), max(down)), edges


def _objects(page: pypdfium2.PdfPage, matrix: Matrix) -> Iterator[tuple[int, Matrix]]:
    """The addresses of the path objects, also those inside form XObjects, each with the matrix of its points."""
    own = (ctypes.c_float * 6)()
    holder = ctypes.cast(page.raw, POINTER).value
    waiting = [(pdfium.FPDFPage_CountObjects(page.raw), _object, holder, matrix, 0)]
    seen = 0
    while waiting:
        number, get, holder, outer, depth = waiting.pop()
        seen += number
        if seen > _OBJECTS:
            raise TooManyLinesError
        items = list(map(get, repeat(holder), range(number)))
        for item, kind in zip(items, map(_kind, items), strict=True):
            if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM):
                continue
            _place(item, ctypes.addressof(own))
            place = _joined(Matrix(*own), outer)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                yield item, place
            elif depth < _DEPTH:
                waiting.append((_parts(item), _part, item, place, depth + 1))


def _joined(inner: Matrix, outer: Matrix) -> Matrix:
    return Matrix(
        inner.a * outer.a + inner.b * outer.c,
        inner.a * outer.b + inner.b * outer.d,
        inner.c * outer.a + inner.d * outer.c,
        inner.c * outer.b + inner.d * outer.d,
        inner.e * outer.a + inner.f * outer.c + outer.e,
        inner.e * outer.b + inner.f * outer.d + outer.f,
    )


def _straight(across: list[float], down: list[float], turns: list[int]) -> list[Box]:
    """The level and upright ones of the pieces between neighbouring points."""
    edges: list[Box] = []
    for place in range(1, len(turns)):
        if turns[place] != pdfium.FPDF_SEGMENT_LINETO:
            continue
        left, right = across[place - 1], across[place]
        if left > right:
            left, right = right, left
        top, bottom = down[place - 1], down[place]
        if top > bottom:
            top, bottom = bottom, top
        width, height = right - left, bottom - top
        if width >= _SHORTEST and height <= width / _SLANT:
            edges.append((left, (top + bottom) / 2, right, (top + bottom) / 2))
        elif height >= _SHORTEST and width <= height / _SLANT:
            edges.append(((left + right) / 2, top, (left + right) / 2, bottom))
    return edges
