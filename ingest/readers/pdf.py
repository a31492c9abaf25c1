"""PDF files with a text layer."""

import re
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2

from ingest.errors import UnreadableError

_PAGE_NUMBER = re.compile(
    r"[-—–―－·\s]*\d{1,4}[-—–―－·\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line with its edges and the width of its last character, in points."""

    text: str
    left: float
    right: float
    width: float


def text(content: bytes, name: str) -> str:
    """One line for each printed paragraph, without page numbers. Raises UnreadableError."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"PDF 文件“{name}”打不开,可能已加密或损坏。") from error
    try:
        pages = [_page(document[index]) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"PDF 文件“{name}”有损坏的页,读不出来。") from error
    finally:
        document.close()
    lines = [line for page in pages for line in page]
    if not lines:
        raise UnreadableError(f"PDF 文件“{name}”没有文字层,可能是扫描件,请提供带文字的文件。")
    left = sorted(line.left for line in lines)[len(lines) // 10]
    right = sorted(line.right for line in lines)[-1 - len(lines) // 20]
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        slack = 1.6 if before.text[-1] in "。；：！？;:" else 5  # a line without full stop need not be quite full
        full = before.right > right - slack * before.width
        if full and line.left < left + line.width:
            joint = " " if before.text[-1].isascii() and line.text[0].isascii() else ""
            paragraphs[-1] += joint + line.text
        else:
            paragraphs.append(line.text)
    return "\n".join(paragraphs).replace("\ufffe", "")  # how pdfium writes a hyphen at the end of a line


def _page(page: pypdfium2.PdfPage) -> list[_Line]:
    """The printed lines of a page without the page number at its top or bottom."""
    content = page.get_textpage()
    found: list[_Line] = []
    for match in re.finditer(r"\S[^\r\n]*", content.get_text_range()):
        words = match.group().rstrip()
        first = content.get_charbox(match.start())
        last = content.get_charbox(match.start() + len(words) - 1)
        found.append(_Line(words, first[0], last[2], max(first[2] - first[0], last[2] - last[0])))
    content.close()
    page.close()
    while found and _PAGE_NUMBER.fullmatch(found[-1].text):
        found.pop()
    while found and _PAGE_NUMBER.fullmatch(found[0].text):
        found.pop(0)
    return found
