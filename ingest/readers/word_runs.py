"""The words of a Word paragraph as a reader sees them, and what it holds beside them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.word_drawings import Shape, shapes
from ingest.readers.word_fields import Fields, box, is_page_number
from ingest.readers.word_looks import Ground, Hidden, Looks
from ingest.readers.word_package import MC, Package, W, chosen, switched, value
from ingest.readers.word_styles import Styles
from ingest.readers.word_symbols import symbol, symbols

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_O = "{urn:schemas-microsoft-com:office:office}"
_SPACES = str.maketrans("\n\r\t", "   ")
_GONE = {W + "del", W + "moveFrom"}
_NEW = {W + "ins", W + "moveTo"}
_PASSED = {
    *(W + tag for tag in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent", "rubyBase")),
    *(_M + tag for tag in ("oMath", "oMathPara")),
}
_ANCHOR = 60  # characters kept of what a comment refers to


@dataclass(slots=True)
class Found:
    """What was met while reading that is no visible text."""

    hidden: dict[Hidden, list[str]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    parted: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """(footnote or endnote, id) in order of their marks"""
    commented: dict[str, str] = field(default_factory=dict)
    """id of a comment → the words it refers to"""
    objects: int = 0
    foreign_parts: int = 0

    def hide(self, reason: Hidden, words: str) -> None:
        if words.strip():
            self.hidden.setdefault(reason, []).append(words)


class Runs:
    """Reads the paragraphs of one part of a document, in order: fields and comments span paragraphs."""

    def __init__(self, package: Package, part: str, styles: Styles, looks: Looks, found: Found) -> None:
        self._package, self._part = package, part
        self._styles, self._looks, self._found = styles, looks, found
        self.fields = Fields(margins=False)
        self._comments: set[str] = set()
        self._parts: list[str] = []
        self._shapes: list[Shape] = []
        self._chain: tuple[Any, ...] = ()
        self._ground: Ground = None
        self._reason: Hidden | None = None
        self._squeezed = False
        self._gone = self._new = 0
        self._handlers = self._by_tag()

    def read(self, paragraph: Any, ground: Ground, squeezed: bool = False) -> tuple[str, list[Shape]]:
        """The visible words, with "\\n" for line breaks made by hand, and the drawings that hold words.
        `squeezed`: the paragraph stands where nothing can be seen."""
        properties = paragraph.find(W + "pPr")
        self._chain = self._styles.paragraph(properties)
        self._ground = self._looks.paragraph_ground(properties, ground)
        self._squeezed = squeezed or self._looks.lines_squeezed(properties)
        self._parts, self._shapes = [], []
        self._children(paragraph)
        return "".join(self._parts), self._shapes

    def beside(self, node: Any) -> None:
        """Take note of an element between paragraphs: comments begin and end there, too."""
        if node.tag in (W + "commentRangeStart", W + "commentRangeEnd"):
            self._handlers[node.tag](node)

    def _children(self, node: Iterable[Any]) -> None:
        for child in node:
            handler = self._handlers.get(child.tag)
            if handler is not None:
                handler(child)

    def _by_tag(self) -> dict[str, Callable[[Any], None]]:
        handlers: dict[str, Callable[[Any], None]] = {
            W + "r": self._run,
            _M + "r": self._children,
            _M + "t": lambda node: self._say(node.text or ""),
            W + "sdt": self._control,
            W + "fldSimple": self._field,
            W + "commentRangeStart": lambda node: self._comments.add(node.get(W + "id") or ""),
            W + "commentRangeEnd": lambda node: self._comments.discard(node.get(W + "id") or ""),
            MC + "AlternateContent": lambda node: self._children(chosen(node) if chosen(node) is not None else ()),
            W + "subDoc": self._foreign,
            W + "ruby": self._children,
            W + "tab": lambda _: self._say("\t"),
            W + "ptab": lambda _: self._say("\t"),
            W + "br": lambda _: self._say("\n"),
            W + "cr": lambda _: self._say("\n"),
            W + "noBreakHyphen": lambda _: self._say("-"),
            W + "fldChar": lambda node: self._say(self.fields.mark(node)),
            W + "instrText": lambda node: self.fields.instruct(node.text or ""),
            W + "delText": lambda node: self._say(node.text or ""),
            W + "footnoteReference": lambda node: self._note("footnote", node),
            W + "endnoteReference": lambda node: self._note("endnote", node),
            W + "drawing": self._drawing,
            W + "pict": self._drawing,
            W + "object": self._object,
            W + "control": self._object,
        }
        handlers |= dict.fromkeys(_PASSED, self._children)
        handlers |= dict.fromkeys(_GONE, self._removed)
        handlers |= dict.fromkeys(_NEW, self._added)
        return handlers | self._mathematics()

    def _mathematics(self) -> dict[str, Callable[[Any], None]]:
        """A fraction is a/b and a power a^b: without a sign between them the digits would make another number."""
        between = {"f": ("num", "/", "den"), "sSup": ("e", "^", "sup"), "sSub": ("e", "_", "sub")}

        def parted(first: str, sign: str, second: str) -> Callable[[Any], None]:
            def read(node: Any) -> None:
                self._children(node.iterchildren(_M + first))
                self._say(sign)
                self._children(node.iterchildren(_M + second))

            return read

        inner = (
            "num den e sup sub deg fName lim d rad nary func m mr bar acc box borderBox eqArr groupChr limLow limUpp"
        )
        handlers: dict[str, Callable[[Any], None]] = {_M + tag: self._children for tag in inner.split()}
        handlers |= {_M + tag: self._children for tag in ("sSubSup", "sPre", "phant")}
        return handlers | {_M + tag: parted(*parts) for tag, parts in between.items()}

    def _run(self, run: Any) -> None:
        properties = run.find(W + "rPr")
        outer = self._reason
        self._reason = outer or self._looks.hidden(properties, self._chain, self._ground)
        fonts = properties.find(W + "rFonts") if properties is not None else None
        raised = value(properties, "vertAlign") == "superscript"
        font = (fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "") if fonts is not None else ""
        for child in run:
            if child.tag == W + "t":
                words = (child.text or "").translate(_SPACES)
                if raised and words[:1].isdigit() and self._parts and self._parts[-1][-1:].isdigit():
                    self._say("^")  # 10 to the third, or a note's mark behind an amount, is no larger number
                self._say(symbols(words, font) if font else words)
            elif child.tag == W + "sym":
                self._say(symbol(child.get(W + "char") or "", child.get(W + "font") or ""))
            elif (handler := self._handlers.get(child.tag)) is not None:
                handler(child)
        self._reason = outer

    def _say(self, words: str) -> None:
        if not words or not self.fields.visible:
            return
        if self._gone:
            self._found.deleted.append(words)
            return
        reason: Hidden | None = self._reason or ("tiny" if self._squeezed else None)
        if reason is not None:
            self._found.hide(reason, words)
            return
        if self._new:
            self._found.inserted.append(words)
        for comment in self._comments:
            before = self._found.commented.get(comment, "")
            self._found.commented[comment] = (before + words)[:_ANCHOR]
        self._parts.append(words)

    def _control(self, control: Any) -> None:
        properties = control.find(W + "sdtPr")
        if (ticked := box(properties)) is not None:
            self._say(ticked)
        elif not switched(properties, "showingPlcHdr"):
            self._children(control.iterchildren(W + "sdtContent"))

    def _field(self, node: Any) -> None:
        if not (self.fields.margins and is_page_number(node.get(W + "instr") or "")):
            self._children(node)

    def _removed(self, node: Any) -> None:
        self._gone += 1
        self._children(node)
        self._gone -= 1
        self._found.deleted.append("\n")

    def _added(self, node: Any) -> None:
        self._new += 1
        self._children(node)
        self._new -= 1
        self._found.inserted.append("\n")

    def _note(self, kind: str, node: Any) -> None:
        if not self._gone:
            self._found.notes.append((kind, node.get(W + "id") or ""))

    def _drawing(self, node: Any) -> None:
        if self._gone:
            return
        for shape in shapes(node, self._package, self._part, self._looks.page):
            unseen = shape.hidden or self._reason == "vanished"
            self._shapes.append(Shape(shape.content, shape.lines, shape.ground, unseen))

    def _object(self, node: Any) -> None:
        if node.find(_O + "OLEObject") is not None or node.find(W + "control") is not None or len(node) == 0:
            self._found.objects += 1
        self._drawing(node)

    def _foreign(self, _: Any) -> None:
        self._found.foreign_parts += 1
