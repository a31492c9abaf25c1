"""PDF files: their pages in reading order with the place of every character, and which pages need OCR."""

from dataclasses import replace

import PIL.Image
import pypdfium2
import pypdfium2.raw as pdfium

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents, Remark
from ingest.readers.invisible import invisible_remarks
from ingest.readers.pdf_drafts import Draft, drafted
from ingest.readers.pdf_extras import attachments, notes, properties
from ingest.readers.pdf_hidden import together
from ingest.readers.pdf_pages import assembled
from ingest.readers.pdf_scans import settled

_PICTURE = (1700, 2400)  # pixels at most of a page given to OCR: 205 dpi for A4


def read(content: bytes, limits: Limits) -> Contents:
    """The pages with their text layer; `scans` names those that OCR has to read, in part or as a whole.

    Raises UnreadableError.
    """
    document = _opened(content, limits)
    layers = b"/OCProperties" in content or b"/ObjStm" in content  # in an object stream it cannot be seen
    try:
        drafts = settled([_draft(document, index, layers) for index in range(len(document))])
        pages, parted = assembled(drafts)
        remarks = [*together([remark for draft in drafts for remark in draft.remarks]), *attachments(document)]
        remarks += invisible_remarks(parted)
        remarks += properties(document, "\n".join(page.text for page in pages))
    finally:
        document.close()
    scans = {place: (place,) for place, draft in enumerate(drafts) if draft.needs != "nothing"}
    return Contents(pages, tuple(remarks), scans)


def picture(content: bytes, number: int, limits: Limits) -> tuple[PIL.Image.Image, tuple[float, float]]:
    """Page `number`, from 0, in RGB as a reader sees it, and its size in points. Raises UnreadableError."""
    document = _opened(content, limits)
    try:
        page = document[number]
        width, height = page.get_size()
        small, large = sorted((width, height))
        scale = min(_PICTURE[0] / small, _PICTURE[1] / large, 4.0)
        if width * height * scale**2 > limits.pixels:
            raise UnreadableError("页面太大,无法识别,请按 A4 大小重新扫描。")
        image = page.render(scale=scale).to_pil().convert("RGB")
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("这一页已损坏,打不开,请重新扫描后再提交。") from error
    finally:
        document.close()
    return image, (width, height)


def _opened(content: bytes, limits: Limits) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        if getattr(error, "err_code", None) in locked:
            raise UnreadableError("文件已加密,请提供未加密的版本。") from error
        raise UnreadableError("文件已损坏,打不开,请重新导出后再提交。") from error
    count = len(document)
    if 0 < count <= limits.pages:
        return document
    document.close()
    if count:
        raise UnreadableError(f"文件有 {count} 页,超过 {limits.pages} 页的上限,请拆分后提交。")
    raise UnreadableError("文件里没有页面,请重新导出后再提交。")


def _draft(document: pypdfium2.PdfDocument, index: int, layers: bool) -> Draft:
    """A page; a damaged one is empty, with a remark."""
    page = None
    try:
        page = document[index]
        found = notes(page, index + 1)
        if found.drawn:
            page = _with_fields(document, page, index)
        draft = drafted(page, index + 1, layers=layers, typed=found.typed)
    except pypdfium2.PdfiumError:
        message = f"第 {index + 1} 页已损坏,没有读取。"
        return Draft(index + 1, (0.0, 0.0), remarks=(Remark("incomplete", message, page=index + 1),))
    finally:
        if page is not None:
            page.close()
    return replace(draft, remarks=(*draft.remarks, *found.remarks))


def _with_fields(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, index: int) -> pypdfium2.PdfPage:
    """The page with its filled fields, typed notes and stamps made part of its content, in memory only."""
    page.set_mediabox(*page.get_bbox())  # pdfium forgets one that the page inherits
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    return document[index]
