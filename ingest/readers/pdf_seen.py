"""What a page draws besides text: pictures, filled shapes and forms, with their places and order."""

import ctypes
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.materials import Boxes
from ingest.readers.pdf_characters import displayed

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

    @property
    def coverage(self) -> float:
        """How much of the page its pictures cover, 0 to 1."""
        if not len(self.pictures):
            return 0.0
        grid = np.zeros((64, 64), bool)
        scale = np.array([64 / self.size[0], 64 / self.size[1]] * 2)
        for left, top, right, bottom in np.rint(self.pictures * scale).astype(int).tolist():
            grid[top:bottom, left:right] = True
        return float(grid.mean())


def seen(page: pypdfium2.PdfPage) -> Sight:
    """Everything drawn on `page`, cheaply: 1 µs for each object and 3 for each shape."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    order: dict[int, int] = {}
    pictures: list[tuple[float, ...]] = []
    shapes: list[tuple[float, ...]] = []
    layered = forms = False
    for place in range(count):
        item = pdfium.FPDFPage_GetObject(page.raw, place)
        kind = pdfium.FPDFPageObj_GetType(item)
        layered = layered or _layered(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            order[ctypes.cast(item, ctypes.c_void_p).value or 0] = place
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append((*_bounds(item), place, not pdfium.FPDFPageObj_HasTransparency(item)))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            forms = True
            pictures += [(*box, place, False) for box in _inside(item)]
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and len(shapes) < _MOST:
            colour = _fill(item)
            if colour is not None:
                shapes.append((*_bounds(item), place, *colour))
    frame, turn, size = page.get_bbox(), page.get_rotation() // 90, page.get_size()
    images = np.array(pictures, np.float32).reshape(-1, 6)
    fills = np.array(shapes, np.float32).reshape(-1, 8)
    return Sight(
        size=size,
        objects=count,
        order=order,
        pictures=_cut(displayed(images[:, :4], frame, turn), size),
        picture_orders=images[:, 4].astype(np.int32),
        opaque=images[:, 5] > 0,
        shapes=_cut(displayed(fills[:, :4], frame, turn), size),
        shape_orders=fills[:, 4].astype(np.int32),
        colours=fills[:, 5:8].astype(np.int16),
        layered=layered,
        forms=forms,
    )


def _cut(boxes: Boxes, size: tuple[float, float]) -> Boxes:
    return np.clip(boxes, 0, np.array([*size, *size], np.float32))


def _bounds(item: object) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _inside(form: object, depth: int = 3) -> list[tuple[float, float, float, float]]:
    """The bounds of the pictures in a form: those of the whole form, as its pictures' own are in its coordinates."""
    for place in range(min(pdfium.FPDFFormObj_CountObjects(form), 200)):
        item = pdfium.FPDFFormObj_GetObject(form, place)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE or (
            kind == pdfium.FPDF_PAGEOBJ_FORM and depth and _inside(item, depth - 1)
        ):
            return [_bounds(form)]
    return []


def _layered(item: object) -> bool:
    for place in range(pdfium.FPDFPageObj_CountMarks(item)):
        name = (ctypes.c_ushort * 16)()
        length = ctypes.c_ulong()
        mark = pdfium.FPDFPageObj_GetMark(item, place)
        if pdfium.FPDFPageObjMark_GetName(mark, name, 32, length) and list(name[:3]) == [79, 67, 0]:  # "OC"
            return True
    return False


def _fill(path: object) -> tuple[int, int, int] | None:
    """The colour that a shape is filled with, None where it is not, or lets through what lies below."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, mode, stroke)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not mode.value or not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return None
    return (red.value, green.value, blue.value) if alpha.value > 200 else None
