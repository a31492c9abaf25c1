"""A pre-screening report, and the draft of what is to be supplied, as Word files."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.render.word_layout import GREY, font, set_foot, set_page
from assistant.reports.outline import Caution, Grid, Heading, Line, Piece, Quote, report_outline, supplement_outline
from assistant.reports.schema import Override, Report
from assistant.reports.words import VERDICTS, printable

_WIDTH = 16.6  # centimetres between the margins
_COLOURS = dict(zip(VERDICTS.values(), ("EBF5EF", "FBEAE8", "FDF4E1", "ECEEF1"), strict=True))
_SEAL = RGBColor(0xB3, 0x39, 0x2F)


def report_docx(report: Report, overrides: Sequence[Override] = (), *, own: bool = False) -> bytes:
    """The report as .docx on A4. `own`: of an applicant's own check."""
    foot = "自查结果仅供参考。" if own else "机器预审结果不作为审批决定,由人工核定。"
    return _document(report_outline(report, overrides, own=own), foot)


def supplement_docx(report: Report, overrides: Sequence[Override] = ()) -> bytes:
    """The draft 补正材料告知 as .docx, marked 待审核."""
    return _document(supplement_outline(report, overrides), "草稿,待审核。")


def _document(pieces: Sequence[Piece], foot: str) -> bytes:
    document = Document()
    set_page(document)
    styles = document.styles
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2.2)
    styles["Normal"].paragraph_format.line_spacing = 1.35
    styles["Normal"].paragraph_format.space_after = Pt(4)
    font(styles["Normal"], "宋体", Pt(11))
    font(styles["Heading 3"], "黑体", Pt(11.5))
    styles["Clause"].font.size = Pt(11)
    for piece in pieces:
        _add(document, piece)
    set_foot(document, foot)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _add(document: Any, piece: Piece) -> None:
    match piece:
        case Heading(text, 1):
            document.add_paragraph(printable(text), style="Title")
        case Heading(text, level):
            document.add_heading(printable(text), level=level)
        case Line(text, label):
            paragraph = document.add_paragraph()
            if label:
                paragraph.add_run(printable(label if label.endswith(".") else f"{label}:")).bold = True
            paragraph.add_run(printable(text))
        case Quote(text, source):
            paragraph = document.add_paragraph(style="Clause")
            paragraph.add_run(printable(text))
            run = paragraph.add_run(printable(f"  {source}"))
            run.font.size, run.font.color.rgb = Pt(9), GREY
        case Caution(text):
            run = document.add_paragraph().add_run(printable(f"※ {text}"))
            run.bold, run.font.size, run.font.color.rgb = True, Pt(10.5), _SEAL
        case Grid(header, rows, widths):
            _table(document, header, rows, widths)


def _table(document: Any, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    table = document.add_table(rows=0, cols=len(header), style="Table Grid")
    table.autofit = False
    columns = [Cm(_WIDTH * width / sum(widths)) for width in widths]
    for column, width in zip(table.columns, columns, strict=True):
        column.width = width
    for number, words in enumerate((header, *rows)):
        row = table.add_row()
        for cell, text, width in zip(row.cells, words, columns, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.space_after = 1.15, Pt(0)
            run = paragraph.add_run(printable(text))
            run.font.size, run.bold = Pt(9.5), number == 0
            if number == 0:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                _shade(cell, "EAF1F7")
            elif colour := _COLOURS.get(text.removesuffix("(人工核定)")):
                _shade(cell, colour)
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))  # repeated on every page
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
