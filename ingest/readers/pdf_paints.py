"""How the text objects of a page are painted: mode, colour, transparency, weight."""

import ctypes
from dataclasses import dataclass

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.readers.pdf_characters import INT, POINTER, Characters, fast

_mode = fast(pdfium.FPDFTextObj_GetTextRenderMode, INT, POINTER)
_fill = fast(pdfium.FPDFPageObj_GetFillColor, INT, POINTER, *[POINTER] * 4)
_stroke = fast(pdfium.FPDFPageObj_GetStrokeColor, INT, POINTER, *[POINTER] * 4)
_font = fast(pdfium.FPDFTextObj_GetFont, ctypes.c_size_t, POINTER)
_weight = fast(pdfium.FPDFFont_GetWeight, INT, POINTER)
_flags = fast(pdfium.FPDFFont_GetFlags, INT, POINTER)
_name = fast(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, POINTER, POINTER, ctypes.c_size_t)

_FORCE_BOLD = 1 << 18  # a font's flags, ISO 32000-1 table 123
_BOLD_NAMES = (b"bold", b"heavy", b"black", b"simhei", b"xiaobiaosong", b"\xba\xda\xcc\xe5")  # 黑体 in GBK


@dataclass(frozen=True, slots=True)
class Paints:
    """One place for each text object of a page's characters."""

    modes: NDArray[np.int8]
    """text rendering mode, ISO 32000-1 table 106: 3 paints nothing, 7 only clips"""
    colours: NDArray[np.int16]
    """red, green, blue (m x 3), of the outline where only that is painted"""
    alphas: NDArray[np.int16]
    """0 transparent to 255 opaque"""

    @property
    def tones(self) -> NDArray[np.int16]:
        """How light each is, 0 black to 255 white."""
        lightness: NDArray[np.int16] = (self.colours @ np.array([0.299, 0.587, 0.114])).astype(np.int16)
        return lightness


def paints(characters: Characters) -> Paints:
    count = len(characters.addresses)
    modes = np.fromiter(map(_mode, characters.addresses.tolist()), np.int8, count)
    parts = np.zeros((count, 4), np.uint32)
    start = parts.ctypes.data
    for place, (address, mode) in enumerate(zip(characters.addresses.tolist(), modes.tolist(), strict=True)):
        at = start + 16 * place
        if not (_stroke if mode in (1, 5) else _fill)(address, at, at + 4, at + 8, at + 12):
            parts[place] = (0, 0, 0, 255)  # a pattern or nothing set: black
    return Paints(modes, parts[:, :3].astype(np.int16), parts[:, 3].astype(np.int16))


def bold(characters: Characters) -> NDArray[np.bool_]:
    """For each character whether its font is bold by weight, flags or name."""
    heavy = np.zeros(len(characters.addresses), bool)
    known: dict[int, bool] = {}
    name = ctypes.create_string_buffer(128)
    for place in np.unique(characters.objects).tolist():
        font = _font(int(characters.addresses[place]))
        if font not in known:
            _name(font, ctypes.addressof(name), 128)
            lower = name.value.lower()
            known[font] = _weight(font) >= 600 or bool(_flags(font) & _FORCE_BOLD)
            known[font] |= any(word in lower for word in _BOLD_NAMES)
        heavy[place] = known[font]
    return heavy[characters.objects]
