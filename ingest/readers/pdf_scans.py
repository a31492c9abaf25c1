"""Which pages need OCR: no text, garbage, a stamp over a scan, or pictures beside the text."""

import ctypes
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pypdfium2.raw as pdfium

from ingest.materials import Box
from ingest.readers.pdf_characters import Characters
from ingest.readers.pdf_seen import Sight, covered

if TYPE_CHECKING:
    from ingest.readers.pdf_drafts import Draft

Needs = Literal["nothing", "pictures", "over", "ocr"]
"""What OCR has to read of a page: nothing, the pictures beside its text, a scan with a few words over it, all of it"""
Picture = tuple[Box, int, int, int]
"""Where a picture stands on its page, its bytes as stored, its width and height in pixels"""

_PICTURE = 0.2  # of the page: a pasted photo of a licence
_SCAN = 0.6
_RARE = np.array([ord(char) for char in "!\"#$%&'*+;<=>?@[\\]^`{|}~"], np.int32)
_FEW = 150  # characters: stamps and watermarks over a scan


def needs(characters: Characters, sight: Sight, layer: bool) -> Needs:
    """`characters` are the visible ones of the page, or its OCR layer where `layer`."""
    if not len(characters):
        return "ocr" if sight.objects else "nothing"
    if garbage(characters):
        return "ocr"
    coverage = sight.coverage
    if layer:
        return "nothing" if len(characters) >= 20 else "ocr"
    if coverage >= _SCAN and len(characters) < _FEW:
        return "over"
    return "pictures" if coverage >= _PICTURE else "nothing"


def pictures(sight: Sight) -> tuple[Picture, ...]:
    """The pictures of a page that is open."""
    found: list[Picture] = []
    for (left, top, right, bottom), item in zip(sight.pictures.tolist(), sight.picture_items, strict=True):
        handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        pdfium.FPDFImageObj_GetImagePixelSize(handle, wide, high)
        size = int(pdfium.FPDFImageObj_GetImageDataRaw(handle, None, 0))
        found.append(((left, top, right, bottom), size, wide.value, high.value))
    return tuple(found)


def settled(drafts: Sequence["Draft"]) -> list["Draft"]:
    """The drafts of a document with what they really need.

    A picture that stands at the same place on several pages is their background or letterhead: its words are read on
    the first page that has it, and the text of the others is all that they say. Without such a background, words over
    a scan are a stamp, and no text.
    """
    counted = Counter(picture for draft in drafts for picture in set(map(_rounded, draft.pictures)))
    met: set[Picture] = set()
    found: list[Draft] = []
    for draft in drafts:
        keys = [_rounded(picture) for picture in draft.pictures]
        backgrounds = {key for key in keys if counted[key] > 1}
        fresh = backgrounds - met
        met |= backgrounds
        own = [box for (box, *_), key in zip(draft.pictures, keys, strict=True) if key not in backgrounds]
        share = covered(np.array(own, np.float32).reshape(-1, 4), draft.size)
        if draft.needs == "over" and share >= _SCAN:
            draft = replace(draft, lines=(), tables=(), rows=(), askew=(), needs="ocr")
        elif draft.needs in ("over", "pictures"):
            draft = replace(draft, needs="pictures" if fresh or share >= _PICTURE else "nothing")
        found.append(draft)
    return found


def _rounded(picture: Picture) -> Picture:
    (left, top, right, bottom), size, wide, high = picture
    return (round(left), round(top), round(right), round(bottom)), size, wide, high


def garbage(characters: Characters) -> bool:
    """Whether the characters are not what the page shows.

    A fifth of them stand for nothing: private use, replacement, controls. Or a quarter are signs that are rare in any
    text: the layer of a font without a table of its characters, whose numbers were taken for ASCII.
    """
    codes = characters.codes
    odd = ((codes >= 0xE000) & (codes < 0xF900)) | (codes == 0xFFFD) | (codes >= 0xF0000) | (codes < 32)
    rare = np.isin(codes, _RARE)
    return bool(odd.mean() > 0.2 or (rare.mean() > 0.25 and len(set(codes[rare].tolist())) > 5))
