"""An opinion as a Word file in the layout of GB/T 9704-2012: one function, `official_docx`."""

from functools import partial
from io import BytesIO
from typing import Any

from docx import Document
from docx.shared import Mm
from docx.text.run import Run

from assistant.drafting.official_imprint import imprint_element
from assistant.drafting.official_page import set_fonts, set_grid, set_marks, set_styles
from assistant.drafting.official_parts import Imprint, Part, official_parts
from assistant.drafting.official_styles import LEFT_MM, PAGE_MM, TEXT_MM, TOP_MM
from assistant.drafting.official_table import keep_last_row, table_element, told
from assistant.drafting.official_xml import paragraph_element, run_elements
from assistant.drafting.schema import Opinion, Table

AUTHOR, INITIALS = "政策助手", "助"
"""Who Word names as the writer of the comments."""


def official_docx(opinion: Opinion) -> bytes:
    """The opinion as .docx: GB/T 9704-2012 layout, each sentence's sources as a comment, MARK on every page until it
    is signed. Raises LayoutError with one sentence, and nothing is made, for characters that no Word file may hold."""
    parts = official_parts(opinion)
    document = blank(opinion)
    body = document.element.body
    section = body.sectPr
    for n, part in enumerate(parts):
        match part:
            case Part():
                section.addprevious(_paragraph(document, part))
            case Table():
                section.addprevious(table_element(part, partial(_comment, document)))
                if n + 1 < len(parts) and getattr(parts[n + 1], "role", "") in ("signature", "date"):
                    keep_last_row(section.getprevious())
            case Imprint():
                section.addprevious(imprint_element(part))
    return saved(document)


def blank(opinion: Opinion) -> Any:
    """A document set for `opinion` without its words."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.top_margin, section.left_margin = Mm(TOP_MM), Mm(LEFT_MM)
    section.bottom_margin = Mm(PAGE_MM[1] - TOP_MM - TEXT_MM[1])
    section.right_margin = Mm(PAGE_MM[0] - LEFT_MM - TEXT_MM[0])
    set_styles(document)
    set_fonts(document)
    set_grid(document)
    set_marks(document, draft=opinion.signed is None)
    about = document.core_properties
    about.title, about.author, about.comments = opinion.title, AUTHOR, ""
    about.last_modified_by = AUTHOR
    about.identifier = f"{opinion.report} {opinion.version}".strip()
    return document


def saved(document: Any) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _paragraph(document: Any, part: Part) -> Any:
    made = paragraph_element(part)
    for piece in part.pieces:
        runs = run_elements(piece.text, points=part.points, font=piece.font)
        made.extend(runs)
        if piece.sources and runs:
            _comment(document, told(piece.sources), runs[0], runs[-1])
    return made


def _comment(document: Any, text: str, first: Any, last: Any) -> None:
    """A comment of `text` from one run to another of the same paragraph."""
    document.add_comment([Run(first, document), Run(last, document)], text, AUTHOR, INITIALS)
