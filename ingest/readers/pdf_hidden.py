"""Characters that a reader of the page does not see."""

import pypdfium2

from ingest.materials import Remark
from ingest.readers.pdf_characters import Characters, characters
from ingest.readers.pdf_seen import Sight


def shown(page: pypdfium2.PdfPage, sight: Sight, number: int) -> tuple[Characters, tuple[Remark, ...], bool]:
    """The visible characters of `page`, what is hidden, and whether the characters are an OCR layer under a scan."""
    return characters(page), (), False
