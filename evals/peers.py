"""What a reader of PDF files would use instead, each as one function, where it is installed."""

import importlib.util
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2

from ingest.readers.pdf_characters import characters
from ingest.readers.pdf_tables import ruled_tables

Cells = list[list[list[str]]]
"""Of one page: tables, rows, cells, in NFKC without white space; tables with fewer than two filled cells are none"""


def plumber_text(content: bytes) -> int:
    """Read all pages by pdfplumber's `extract_text`; the number of characters."""
    with pdfplumber.open(BytesIO(content)) as document:
        return sum(len(page.extract_text()) for page in document.pages)


def plumber_tables(content: bytes) -> list[Cells | None]:
    """The tables of all pages by pdfplumber's `extract_tables`, inside the crop box; cells that a merged one covers are
    empty. None for a page whose text runs sideways, of which pdfplumber reads the columns as rows."""
    with pdfplumber.open(BytesIO(content)) as document:
        found = [_filled(page.crop(page.cropbox, strict=False).extract_tables()) for page in document.pages]
        upright = [sum(char["upright"] for char in page.chars) > 0.9 * len(page.chars) for page in document.pages]
    return [cells if level else None for cells, level in zip(found, upright, strict=True)]


def own_tables(content: bytes) -> list[Cells]:
    """The tables of all pages as the product reads them."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_tables_on(document[index]) for index in range(len(document))]
    finally:
        document.close()


def others() -> Mapping[str, Callable[[bytes], int]]:
    """Text readers that are installed here, by name; each returns a number of characters."""
    found: dict[str, Callable[[bytes], int]] = {"pdfplumber": plumber_text}
    if importlib.util.find_spec("markitdown"):
        found["markitdown"] = _markitdown
    if importlib.util.find_spec("docling_parse"):
        found["docling-parse"] = _docling
    return found


def _markitdown(content: bytes) -> int:
    module: Any = importlib.import_module("markitdown")
    return len(module.MarkItDown().convert(BytesIO(content), file_extension=".pdf").text_content)


def _docling(content: bytes) -> int:
    """The text layer alone, since docling's models are not in its package."""
    module: Any = importlib.import_module("docling_parse.pdf_parser")
    document = module.DoclingPdfParser().load(BytesIO(content))
    pages = [document.get_page(number + 1) for number in range(document.number_of_pages())]
    return sum(len(cell.text) for page in pages for cell in page.textline_cells)


def _tables_on(page: pypdfium2.PdfPage) -> Cells:
    found = _filled(each.table.rows for each in ruled_tables(page, characters(page)))
    page.close()
    return found


def _filled(tables: Iterable[Iterable[Iterable[str | None]]]) -> Cells:
    squeezed = [
        [[re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell or "")) for cell in row] for row in table]
        for table in tables
    ]
    return [table for table in squeezed if sum(bool(cell) for row in table for cell in row) > 1]
