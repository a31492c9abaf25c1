"""What a PDF holds beside its pages' content: comments, filled form fields, properties, attached files."""

import ctypes
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from ingest.materials import Box, Remark
from ingest.readers.pdf_characters import displayed
from ingest.readers.pdf_fields import Typed

_DRAWN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
_SILENT = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_MOST = 500
"""annotations looked at on one page"""
_PROSE = 10
"""汉字 that make a property more than a name"""


@dataclass(frozen=True, slots=True)
class Notes:
    """The annotations of a page: what to remark, whether some are drawn on the page, the words of those that are not
    drawn but stand there."""

    remarks: tuple[Remark, ...] = ()
    drawn: bool = False
    typed: tuple[Typed, ...] = ()


def notes(page: pypdfium2.PdfPage, number: int) -> Notes:
    """The annotations of page `number`: comments, form fields, words typed onto the page, stamps, attached files."""
    remarks: list[Remark] = []
    typed: list[Typed] = []
    drawn = False
    for place in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, place)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        words = _value(annotation) if kind == pdfium.FPDF_ANNOT_WIDGET else _string(annotation, b"Contents").strip()
        box = _place(page, annotation)
        if kind in _DRAWN:
            shown = not pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN
            drawn = drawn or shown
            if shown and words and box and kind != pdfium.FPDF_ANNOT_STAMP and not _writes(annotation):
                typed.append((words, box))
            if not shown and words:
                message = f"第 {number} 页有不显示的表单域或批注,读者看不到,没有计入正文。"
                remarks.append(Remark("hidden_text", message, words[:2000], number, box))
        elif kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
            remarks.append(Remark("incomplete", f"第 {number} 页附有文件,没有读取。", page=number))
        elif kind not in _SILENT and words:
            remarks.append(Remark("comment", f"第 {number} 页有批注,没有计入正文。", words[:2000], number, box))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return Notes(tuple(remarks), drawn, tuple(typed))


def _value(field: Any) -> str:
    """What stands in a form field; ☑ or ☐ for a box to tick, nothing for a button."""
    if _string(field, b"FT") != "Btn":
        return _string(field, b"V").strip()
    return {"": "", "Off": "☐"}.get(_string(field, b"AS"), "☑")


def _writes(annotation: Any) -> bool:
    """Whether the annotation brings a drawing of its own with words in it."""
    length = pdfium.FPDFAnnot_GetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, buffer, length)
    drawing = bytes(buffer).decode("utf-16-le", errors="replace")
    return re.search(r"\b(?:Tj|TJ|Do)\b", drawing) is not None


def attachments(document: pypdfium2.PdfDocument) -> tuple[Remark, ...]:
    count = pdfium.FPDFDoc_GetAttachmentCount(document.raw)
    return (Remark("incomplete", f"文件里另附有 {count} 个附件,没有读取。"),) if count > 0 else ()


def properties(document: pypdfium2.PdfDocument, text: str) -> tuple[Remark, ...]:
    """Properties that read like prose and say what `text` does not."""
    seen = "".join(text.split())
    found = (document.get_metadata_value(key).strip() for key in ("Title", "Subject", "Keywords"))
    return tuple(
        Remark("property", "文件属性里有正文没有的文字。", words[:2000])
        for words in dict.fromkeys(found)
        if len(re.findall(r"[\u3400-\u9fff]", words)) >= _PROSE and "".join(words.split()) not in seen
    )


def _string(annotation: Any, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", errors="replace")


def _place(page: pypdfium2.PdfPage, annotation: Any) -> Box | None:
    edges = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, edges):
        return None
    box = np.array([[edges.left, edges.bottom, edges.right, edges.top]], np.float32)
    left, top, right, bottom = displayed(box, page.get_bbox(), page.get_rotation() // 90)[0].tolist()
    return left, top, right, bottom
