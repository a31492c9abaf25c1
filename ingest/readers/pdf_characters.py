"""The characters that a PDF page prints, as arrays: what they are, where they stand on the page as it is displayed."""

import ctypes
import unicodedata
from dataclasses import dataclass, fields, replace
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.materials import Boxes

POINTER, INT = ctypes.c_void_p, ctypes.c_int


def fast(function: Any, result: Any, *arguments: Any) -> Any:
    """The same C function, taking addresses as integers: ctypes then needs 0.2 µs for a call instead of 0.5."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_code = fast(pdfium.FPDFText_GetUnicode, ctypes.c_uint, POINTER, INT)
_loose = fast(pdfium.FPDFText_GetLooseCharBox, INT, POINTER, INT, POINTER)
_tight = fast(pdfium.FPDFText_GetCharBox, INT, POINTER, INT, *[POINTER] * 4)
_size = fast(pdfium.FPDFText_GetFontSize, ctypes.c_double, POINTER, INT)
_matrix = fast(pdfium.FPDFText_GetMatrix, INT, POINTER, INT, POINTER)
_object = fast(pdfium.FPDFText_GetTextObject, ctypes.c_size_t, POINTER, INT)


@dataclass(frozen=True, slots=True)
class Characters:
    """The inked characters of one page in the order they are drawn: no spaces, no line ends, n of them.

    All boxes are in points from the top left of the page as it is displayed (crop box and /Rotate applied).
    """

    codes: NDArray[np.int32]
    """Unicode code points (n)"""
    boxes: Boxes
    """the box that covers the ink and the body of each character (n x 4); what a quote is marked with"""
    bodies: Boxes
    """the box of the advance width and the body height (n x 4), for measuring gaps and lines"""
    sizes: NDArray[np.float32]
    """font size as displayed, in points (n)"""
    turns: NDArray[np.int8]
    """quarter turns clockwise of the text's direction as displayed (n): 0 runs right, 1 down, 2 left, 3 up; -1 askew"""
    spaced: NDArray[np.int8]
    """what stands before it (n): 2 a typed space, 1 a gap, 0 nothing"""
    objects: NDArray[np.int32]
    """which text object draws it (n), a place in `addresses`"""
    addresses: NDArray[np.int64]
    """pdfium's FPDF_PAGEOBJECT of each text object; good while the page is open"""
    size: tuple[float, float]
    """width and height of the displayed page in points"""

    def __len__(self) -> int:
        return len(self.codes)

    def only(self, kept: NDArray[np.bool_] | NDArray[np.intp]) -> "Characters":
        """Those that a mask or an array of places picks."""
        return replace(self, **{name: getattr(self, name)[kept] for name in _EACH})

    def words(self) -> str:
        """The characters in a row, without spaces."""
        return self.codes.astype("<i4").tobytes().decode("utf-32-le", errors="replace")


_LIGATURES = {
    0xFB00 + place: tuple(map(ord, letters))
    for place, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))
}
_EACH = tuple(field.name for field in fields(Characters) if field.name not in ("addresses", "size"))


def characters(page: pypdfium2.PdfPage) -> Characters:
    """The inked characters of `page`, hidden and doubled ones too. Raises pypdfium2.PdfiumError."""
    textpage = page.get_textpage()
    try:
        return _measured(page, textpage)
    finally:
        textpage.close()


def _measured(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> Characters:
    count = textpage.count_chars()
    address = ctypes.cast(textpage.raw, POINTER).value
    codes = _codes(textpage, address, count)
    objects = np.fromiter(map(_object, repeat(address), range(count)), np.int64, count)
    blank = _blank(codes)
    inked = np.flatnonzero(~blank & (objects != 0))
    spaced = np.zeros(count + 1, np.int8)
    spaced[1:][blank] = np.where(objects[blank] != 0, 2, 1)
    addresses, first, numbers = np.unique(objects[inked], return_index=True, return_inverse=True)
    sizes, turns = _styles(textpage, inked[first])
    loose, tight = _boxes(address, inked)
    turn = page.get_rotation() // 90
    frame = page.get_bbox()
    loose = _narrowed(loose, tight, sizes[numbers])
    body = np.where(((loose[:, 2] > loose[:, 0]) & (loose[:, 3] > loose[:, 1]))[:, None], loose, tight)
    both = np.concatenate([np.minimum(body[:, :2], tight[:, :2]), np.maximum(body[:, 2:], tight[:, 2:])], axis=1)
    turned = np.where(turns < 0, turns, (turns + turn) % 4).astype(np.int8)
    measured = Characters(
        codes=codes[inked],
        boxes=displayed(both, frame, turn),
        bodies=displayed(body, frame, turn),
        sizes=sizes[numbers],
        turns=turned[numbers],
        spaced=spaced[inked],
        objects=numbers.astype(np.int32),
        addresses=addresses,
        size=page.get_size(),
    )
    return _spelled_out(measured)


def _narrowed(loose: Boxes, tight: Boxes, sizes: NDArray[np.float32]) -> Boxes:
    """Loose boxes with the edges of the ink where the widths of a font are wrong, so that its characters overlap."""
    if len(loose) < 2:
        return loose
    apart = (loose[1:, 0] > loose[:-1, 0]) & (loose[1:, 1] == loose[:-1, 1])
    overlap = apart & (loose[:-1, 2] - loose[1:, 0] > 0.25 * sizes[:-1])
    if not overlap.any():
        return loose
    wrong = np.append(overlap, False) | np.insert(overlap, 0, False)
    bearing = 0.08 * sizes[:, None] * np.array([-1, 0, 1, 0], np.float32)  # what most glyphs leave at either side
    return np.where(wrong[:, None] & np.array([True, False, True, False]), tight + bearing, loose)


def _spelled_out(characters: Characters) -> Characters:
    """Ligatures as their letters, each with the whole box; radicals and compatibility forms as the 汉字 they show."""
    codes = characters.codes
    ligature = (codes >= 0xFB00) & (codes < 0xFB07)
    if ligature.any():
        wanted = [_LIGATURES.get(code, (code,)) for code in codes.tolist()]
        characters = characters.only(np.repeat(np.arange(len(codes)), [len(letters) for letters in wanted]))
        codes = np.array([code for letters in wanted for code in letters], np.int32)
    codes = np.where((codes == 2) | (codes == 0xFFFE), 0xAD, codes)  # a hyphen that a line end put in
    for place in np.flatnonzero((codes >= 0x2E80) & (codes < 0x2FE0) | (codes >= 0xF900) & (codes < 0xFB00)).tolist():
        form = unicodedata.normalize("NFKC", chr(codes[place]))  # ⼯ and 工 look alike and are different characters
        codes[place] = ord(form) if len(form) == 1 else codes[place]
    return replace(characters, codes=codes)


def _codes(textpage: pypdfium2.PdfTextPage, address: int | None, count: int) -> NDArray[np.int32]:
    """The code point of each place of the text page, 0 where there is none."""
    text = textpage.get_text_range() if count else ""
    if len(text) == count:  # else some places have no character, or two halves of one
        return np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), "<i4").astype(np.int32)
    codes = np.fromiter(map(_code, repeat(address), range(count)), np.uint32, count).astype(np.int32)
    high = np.flatnonzero((codes[:-1] >> 10 == 0xD800 >> 10) & (codes[1:] >> 10 == 0xDC00 >> 10))
    codes[high] = 0x10000 + ((codes[high] - 0xD800) << 10) + codes[high + 1] - 0xDC00
    codes[high + 1] = 0
    return codes


def _blank(codes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Spaces and control characters; pdfium writes \\ufffe and \\x02 for a hyphen at the end of a line."""
    seen: NDArray[np.bool_] = (codes <= 32) & (codes != 2)
    for code in (0x7F, 0xA0, 0x3000, 0x1680, 0x202F, 0x205F, 0xFEFF, 0xFFFF):
        seen |= codes == code
    return seen | ((codes >= 0x2000) & (codes <= 0x200A)) | ((codes >= 0x80) & (codes < 0xA0))


def _styles(textpage: pypdfium2.PdfTextPage, firsts: NDArray[np.intp]) -> tuple[NDArray[np.float32], NDArray[np.int8]]:
    """Font size in points and quarter turns clockwise, before the page is turned, at the characters `firsts`."""
    sizes = np.zeros(len(firsts), np.float32)
    turns = np.zeros(len(firsts), np.int8)
    address = ctypes.cast(textpage.raw, POINTER).value
    matrix = pdfium.FS_MATRIX()
    at = ctypes.addressof(matrix)
    for place, index in enumerate(firsts.tolist()):
        sizes[place] = _size(address, index)
        if not _matrix(address, index, at):
            continue
        sizes[place] = abs(sizes[place]) * (matrix.c**2 + matrix.d**2) ** 0.5
        along, up = (matrix.a, matrix.b) if sizes[place] >= 0 else (-matrix.a, -matrix.b)
        if abs(up) <= 0.1 * abs(along):
            turns[place] = 0 if along >= 0 else 2
        elif abs(along) <= 0.1 * abs(up):
            turns[place] = 3 if up > 0 else 1
        else:
            turns[place] = -1
    return sizes, turns


def _boxes(address: int | None, places: NDArray[np.intp]) -> tuple[Boxes, Boxes]:
    """The loose and the tight boxes in the page's own coordinates: left, bottom, right, top."""
    count, wanted = len(places), places.tolist()
    loose = np.zeros((count, 4), np.float32)
    tight = np.zeros((4, count), np.float64)
    if count:
        start, rows = loose.ctypes.data, tight.ctypes.data
        sum(map(_loose, repeat(address), wanted, range(start, start + 16 * count, 16)))
        edges = (range(rows + row * 8 * count, rows + (row + 1) * 8 * count, 8) for row in range(4))
        sum(map(_tight, repeat(address), wanted, *edges))
    # FS_RECTF is left, top, right, bottom; the tight box comes as left, right, bottom, top.
    return loose[:, [0, 3, 2, 1]], tight[[0, 2, 1, 3]].T.astype(np.float32)


def displayed(boxes: Boxes, frame: tuple[float, float, float, float], turn: int) -> Boxes:
    """Boxes of a page's own coordinates (left, bottom, right, top; y up) as left, top, right, bottom on display.

    `frame` is the page's visible box in its own coordinates, `turn` its quarter turns clockwise.
    """
    left, bottom, right, top = boxes.T
    x0, y0, x1, y1 = frame
    if turn == 0:
        placed = (left - x0, y1 - top, right - x0, y1 - bottom)
    elif turn == 1:
        placed = (bottom - y0, left - x0, top - y0, right - x0)
    elif turn == 2:
        placed = (x1 - right, bottom - y0, x1 - left, top - y0)
    else:
        placed = (y1 - top, x1 - right, y1 - bottom, x1 - left)
    return np.stack(placed, axis=1).astype(np.float32)
