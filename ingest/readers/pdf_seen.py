"""What a page draws besides text: pictures, filled shapes and forms, with their places and order."""

import ctypes
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.materials import Boxes
from ingest.readers.pdf_characters import INT, POINTER, displayed, fast

_item = fast(pdfium.FPDFPage_GetObject, ctypes.c_size_t, POINTER, INT)
_kind = fast(pdfium.FPDFPageObj_GetType, INT, POINTER)
_marks = fast(pdfium.FPDFPageObj_CountMarks, INT, POINTER)
_edges = fast(pdfium.FPDFPageObj_GetBounds, INT, POINTER, *[POINTER] * 4)
_transparent = fast(pdfium.FPDFPageObj_HasTransparency, INT, POINTER)
_mode = fast(pdfium.FPDFPath_GetDrawMode, INT, POINTER, POINTER, POINTER)
_colour = fast(pdfium.FPDFPageObj_GetFillColor, INT, POINTER, *[POINTER] * 4)
_parts = fast(pdfium.FPDFFormObj_CountObjects, INT, POINTER)
_part = fast(pdfium.FPDFFormObj_GetObject, ctypes.c_size_t, POINTER, ctypes.c_ulong)

_segments = fast(pdfium.FPDFPath_CountSegments, INT, POINTER)

_FEWEST = 7
"""strokes of a table: a box, which has 5, and a line, which has 2"""
_LOWEST = 18.0
"""points: a single box of one line's height is a frame around words"""
_MOST = 4000
"""shapes looked at on one page; maps and charts have more"""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a page draws, in drawing order. Boxes are in points as displayed, cut to the page."""

    size: tuple[float, float]
    objects: int
    """of all kinds, at the top level"""
    order: dict[int, int]
    """address of a text object at the top level → its place in the drawing order"""
    pictures: Boxes
    picture_orders: NDArray[np.int32]
    picture_items: tuple[int, ...]
    """address of each picture; of one inside forms, of the first there; good while the page is open"""
    opaque: NDArray[np.bool_]
    """of the pictures: nothing shines through"""
    shapes: Boxes
    """filled ones"""
    shape_orders: NDArray[np.int32]
    colours: NDArray[np.int16]
    """red, green, blue of each filled shape"""
    layered: bool
    """something belongs to an optional layer"""
    forms: bool
    """there are form XObjects"""
    ruled: bool
    """there are lines enough for a table on the visible page, or forms that may hold some"""

    @property
    def coverage(self) -> float:
        """How much of the page its pictures cover, 0 to 1."""
        return covered(self.pictures, self.size)


def covered(boxes: Boxes, size: tuple[float, float]) -> float:
    """How much of a page of this size the boxes cover, 0 to 1."""
    if not len(boxes):
        return 0.0
    grid = np.zeros((64, 64), bool)
    scale = np.array([64 / size[0], 64 / size[1]] * 2)
    for left, top, right, bottom in np.rint(boxes * scale).astype(int).tolist():
        grid[top:bottom, left:right] = True
    return float(grid.mean())


def seen(page: pypdfium2.PdfPage) -> Sight:
    """Everything drawn on `page`, cheaply: 1 µs for each object and 3 for each shape."""
    address = ctypes.cast(page.raw, POINTER).value
    count = pdfium.FPDFPage_CountObjects(page.raw)
    order: dict[int, int] = {}
    pictures: list[tuple[float, ...]] = []
    items: list[int] = []
    shapes: list[tuple[float, ...]] = []
    layered = forms = False
    frame, turn, size = page.get_bbox(), page.get_rotation() // 90, page.get_size()
    drawn = strokes = 0
    lowest, highest = float("inf"), float("-inf")
    for place in range(count):
        item = _item(address, place)
        kind = _kind(item)
        layered = layered or (_marks(item) > 0 and _layered(item))
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            order[item] = place
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append((*_bounds(item), place, not _transparent(item)))
            items.append(item)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            forms = True
            box = _bounds(item)
            strokes += _FEWEST  # it may hold a table
            lowest, highest = min(lowest, box[1]), max(highest, box[3])
            if inner := _picture_in(item):
                pictures.append((*box, place, False))
                items.append(inner)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and drawn < _MOST:
            box = _bounds(item)
            if box[0] > frame[2] or box[2] < frame[0] or box[1] > frame[3] or box[3] < frame[1]:
                continue  # a printer's mark
            drawn += 1
            around = box[0] < frame[0] and box[1] < frame[1] and box[2] > frame[2] and box[3] > frame[3]
            if not around:  # around the page stand crop marks, not tables
                strokes += _segments(item)
                lowest, highest = min(lowest, box[1]), max(highest, box[3])
            colour = _fill(item)
            if colour is not None:
                shapes.append((*box, place, *colour))
    images = np.array(pictures, np.float32).reshape(-1, 6)
    fills = np.array(shapes, np.float32).reshape(-1, 8)
    return Sight(
        size=size,
        objects=count,
        order=order,
        pictures=_cut(displayed(images[:, :4], frame, turn), size),
        picture_orders=images[:, 4].astype(np.int32),
        picture_items=tuple(items),
        opaque=images[:, 5] > 0,
        shapes=_cut(displayed(fills[:, :4], frame, turn), size),
        shape_orders=fills[:, 4].astype(np.int32),
        colours=fills[:, 5:8].astype(np.int16),
        layered=layered,
        forms=forms,
        ruled=strokes >= _FEWEST and highest - lowest > _LOWEST,
    )


def _cut(boxes: Boxes, size: tuple[float, float]) -> Boxes:
    return np.clip(boxes, 0, np.array([*size, *size], np.float32))


def _bounds(item: int) -> tuple[float, float, float, float]:
    edges = (ctypes.c_float * 4)()
    start = ctypes.addressof(edges)
    _edges(item, start, start + 4, start + 8, start + 12)
    left, bottom, right, top = edges
    return left, bottom, right, top


def _picture_in(form: int, depth: int = 3) -> int:
    """The first picture in a form, 0 if there is none. Its place is told in coordinates of the form, so that the form's
    stands for it."""
    for place in range(min(_parts(form), 200)):
        item = _part(form, place)
        kind = _kind(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            return int(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth and (inner := _picture_in(item, depth - 1)):
            return inner
    return 0


def _layered(item: int) -> bool:
    handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
    for place in range(_marks(item)):
        name = (ctypes.c_ushort * 16)()
        length = ctypes.c_ulong()
        mark = pdfium.FPDFPageObj_GetMark(handle, place)
        if pdfium.FPDFPageObjMark_GetName(mark, name, 32, length) and list(name[:3]) == [79, 67, 0]:  # "OC"
            return True
    return False


def _fill(path: int) -> tuple[int, int, int] | None:
    """The colour that a shape is filled with, None where it is not, or lets through what lies below."""
    parts = (ctypes.c_uint * 6)()
    start = ctypes.addressof(parts)
    _mode(path, start, start + 4)
    if not parts[0] or not _colour(path, start + 8, start + 12, start + 16, start + 20):
        return None
    return (parts[2], parts[3], parts[4]) if parts[5] > 200 else None
