"""Word files (.docx): everything a reader of the printed document sees, in order, as one page without a number.

The parts are read by lxml, not python-docx, which knows no text box, content control, automatic number, note, field,
revision or strict file.
"""

from collections import Counter
from itertools import accumulate

from PIL import Image

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Block, Contents, Page
from ingest.readers.word_body import Body, Line
from ingest.readers.word_fields import Fields
from ingest.readers.word_looks import Looks
from ingest.readers.word_margins import margins
from ingest.readers.word_numbers import Numbers
from ingest.readers.word_package import DAMAGED, Package, W
from ingest.readers.word_pictures import drawn, pictures
from ingest.readers.word_remarks import remarks
from ingest.readers.word_runs import Found, Runs
from ingest.readers.word_styles import Styles


def read(content: bytes, limits: Limits) -> Contents:
    """One page with the paragraphs, table rows, boxes and, at its end, notes of the document; the words of headers and
    footers are its margins; `scans` are the pictures that are large enough to hold words. Raises UnreadableError."""
    document = _Document(content, limits)
    body = document.body(document.package.main)
    body.read(document.text, document.looks.page)
    lines = body.lines + document.notes()
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
    blocks = tuple(
        Block(line.kind, start, start + len(line.text), line.level) for line, start in zip(lines, starts, strict=False)
    )
    heads = margins(document.package, document.root, lambda part: document.body(part, margin=True))
    page = Page(None, "\n".join(line.text for line in lines), blocks, tuple(body.tables), margins=heads)
    shown = pictures(document.package, document.root, limits)
    scans = {0: tuple(range(len(shown.shown)))} if shown.shown else {}
    return Contents((page,), tuple(remarks(document.package, document.found, shown, page.text)), scans)


def picture(content: bytes, number: int, limits: Limits) -> tuple[Image.Image, tuple[float, float]]:
    """A picture in RGB as the document shows it, cropped and turned, and its size there in points. Raises
    UnreadableError."""
    document = _Document(content, limits)
    shown = pictures(document.package, document.root, limits).shown
    try:
        return drawn(document.package, shown[number])
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
        raise UnreadableError("文件中的一张图片已损坏,没有读取。") from error


class _Document:
    """A document whose parts are being read, and what is counted on from part to part."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self.package = Package(content, limits)
        self.root = self.package.tree(self.package.main)
        if self.root is None:
            raise UnreadableError(DAMAGED)
        self.text = self.root.find(W + "body")
        if self.root.tag != W + "document" or self.text is None:
            raise UnreadableError("文件里没有 Word 正文,请用 Word 或 WPS 重新保存后再提交。")
        self.styles = Styles(self.package)
        self.looks = Looks(self.package, self.styles, self.root)
        self.numbers = Numbers(self.package, self.styles)
        self.found = Found()
        kinds = Counter(mark.get(W + "fldCharType") for mark in self.root.iter(W + "fldChar"))
        self._fields_complete = kinds["begin"] == kinds["end"]
        self._limits = limits

    def body(self, part: str, margin: bool = False) -> Body:
        """A reader of one part; one in the margins counts its numbers for itself and leaves out page numbers."""
        runs = Runs(self.package, part, self.styles, self.looks, self.found)
        runs.fields = Fields(margins=margin, complete=margin or self._fields_complete)
        numbers = Numbers(self.package, self.styles) if margin else self.numbers
        return Body(runs, numbers, self.styles, self.looks, self.found, self._limits)

    def notes(self) -> list[Line]:
        """The footnotes and endnotes that the text refers to, each with its number in brackets."""
        lines: list[Line] = []
        marked = self.found.notes
        for kind in ("footnote", "endnote"):
            names = [r.target for r in self.package.relations(self.package.main).values() if r.kind == kind + "s"]
            root = self.package.tree(names[0]) if names else None
            notes = {note.get(W + "id"): note for note in root.iterchildren(W + kind)} if root is not None else {}
            wanted = dict.fromkeys(key for of, key in marked if of == kind)
            for number, note in enumerate((notes[key] for key in wanted if key in notes), start=1):
                body = self.body(names[0])
                body.read(note, self.looks.page)
                words = " ".join(line.text for line in body.lines)
                if words:
                    lines.append(Line("note", f"[{number}] {words}"))
        return lines
