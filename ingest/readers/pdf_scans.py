"""Which pages need OCR: no text, garbage, a stamp over a scan, or pictures beside the text."""

from typing import Literal

import numpy as np

from ingest.readers.pdf_characters import Characters
from ingest.readers.pdf_seen import Sight

Needs = Literal["nothing", "pictures", "ocr"]
"""What OCR has to read of a page: nothing, the pictures beside its text, all of it"""

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
        return "ocr"
    return "pictures" if coverage >= _PICTURE else "nothing"


def garbage(characters: Characters) -> bool:
    """Whether the characters are not what the page shows.

    A fifth of them stand for nothing: private use, replacement, controls. Or a quarter are signs that are rare in any
    text: the layer of a font without a table of its characters, whose numbers were taken for ASCII.
    """
    codes = characters.codes
    odd = ((codes >= 0xE000) & (codes < 0xF900)) | (codes == 0xFFFD) | (codes >= 0xF0000) | (codes < 32)
    rare = np.isin(codes, _RARE)
    return bool(odd.mean() > 0.2 or (rare.mean() > 0.25 and len(set(codes[rare].tolist())) > 5))
