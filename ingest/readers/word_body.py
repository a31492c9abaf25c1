"""The paragraphs, tables and boxes of one part of a Word document, in reading order."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import BlockKind, Table
from ingest.readers.invisible import visible
from ingest.readers.word_drawings import Shape
from ingest.readers.word_fields import Fields
from ingest.readers.word_lines import joined, level_by_look, one_line
from ingest.readers.word_looks import Ground, Looks
from ingest.readers.word_numbers import Numbers
from ingest.readers.word_package import MC, W, chosen, switched, value, whole
from ingest.readers.word_runs import Found, Runs
from ingest.readers.word_shading import TableShading
from ingest.readers.word_styles import Styles

_WIDEST = 63  # columns of a table in Word
_FRAMED = 4  # paragraphs in one cell from which a table of one column is a frame around text
_INSIDE = {W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"}


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes one block."""

    kind: BlockKind
    text: str
    level: int = 0


@dataclass(slots=True)
class _Grid:
    """The cells of a table that is being read, and the columns over which a merged cell hangs."""

    rows: list[list[str]] = field(default_factory=list)
    hanging: set[int] = field(default_factory=set)


class Body:
    """Collects `lines` and `tables` from the elements given to `read`."""

    def __init__(
        self, runs: Runs, numbers: Numbers, styles: Styles, looks: Looks, found: Found, limits: Limits
    ) -> None:
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self._runs, self._numbers, self._styles, self._looks = runs, numbers, styles, looks
        self._found = found
        self._cells_left = limits.cells
        self._squeezed = False
        self._carried = ""  # words before a paragraph mark whose deletion is not yet accepted
        self._handlers: dict[str, Callable[[Any, Ground], None]] = {
            W + "p": self._paragraph,
            W + "tbl": self._table,
            W + "sdt": self._control,
            W + "altChunk": self._foreign,
            MC + "AlternateContent": self._alternate,
            **dict.fromkeys(_INSIDE, self.read),
        }

    def read(self, element: Iterable[Any], ground: Ground) -> None:
        """Read the block-level children of `element`, which stand on `ground`."""
        for child in element:
            handler = self._handlers.get(child.tag)
            if handler is not None:
                handler(child, ground)
            elif isinstance(child.tag, str):
                self._runs.beside(child)

    def _paragraph(self, paragraph: Any, ground: Ground) -> None:
        properties = paragraph.find(W + "pPr")
        words, shapes = self._runs.read(paragraph, ground, self._squeezed)
        mark = properties.find(W + "rPr") if properties is not None else None
        if mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None):
            self._carried += words
        elif _is_initial(properties):
            self._carried += words.strip()
        else:
            words, self._carried = self._carried + words, ""
            if words.strip() or not switched(mark, "vanish"):
                self._say(words, paragraph, properties)
        for shape in shapes:
            self._shape(shape)

    def _say(self, words: str, paragraph: Any, properties: Any) -> None:
        """Add a paragraph. A line break made by hand parts it, but not a heading or what is centred (a title)."""
        level = self._styles.level(properties)
        number = self._numbers.mark(properties)
        lines = [" ".join(line.split()) for line in visible(words, self._found.parted).split("\n")]
        lines = [line for line in lines if line]
        if len(lines) > 1 and (level or self._styles.centred(properties)):
            lines = [joined(lines)]
        if number:
            lines[:1] = [(number + (lines[0] if lines else "")).rstrip()]
        if len(lines) == 1:
            level = level or level_by_look(lines[0], paragraph, self._styles)
        for line in lines:
            self.lines.append(Line("heading", line, level) if level else Line("paragraph", line))

    def _shape(self, shape: Shape) -> None:
        if shape.hidden:
            content = shape.content.iter(W + "t") if shape.content is not None else ()
            self._found.hide("shape", "".join(node.text or "" for node in content) + "".join(shape.lines))
            return
        with self._apart() as lines:
            if shape.content is not None:
                # Fields that are open around the anchor say nothing about the words inside the box.
                outer, self._runs.fields = self._runs.fields, Fields(self._runs.fields.margins)
                self.read(shape.content, shape.ground)
                self._runs.fields = outer
        lines += [Line("box", " ".join(line.split())) for line in shape.lines]
        self.lines += [line if line.kind == "row" else Line("box", line.text) for line in lines]

    def _control(self, control: Any, ground: Ground) -> None:
        if not switched(control.find(W + "sdtPr"), "showingPlcHdr"):
            self.read(control.iterchildren(W + "sdtContent"), ground)

    def _alternate(self, alternate: Any, ground: Ground) -> None:
        branch = chosen(alternate)
        if branch is not None:
            self.read(branch, ground)

    def _foreign(self, _: Any, __: Ground) -> None:
        self._found.foreign_parts += 1

    @contextmanager
    def _apart(self) -> Iterator[list[Line]]:
        """Collect lines in a list of their own."""
        outer, self.lines = self.lines, []
        try:
            yield self.lines
        finally:
            self.lines = outer

    def _table(self, table: Any, ground: Ground) -> None:
        """One line for each row; the tables and boxes inside its cells follow the row that holds them."""
        rows = list(_members(table, "tr"))
        if _is_frame(rows):
            for cell in (cell for row in rows for cell in _members(row, "tc")):
                self.read(cell, self._looks.ground(cell.find(W + "tcPr"), ground))
            return
        place = len(self.tables)
        self.tables.append(Table(()))
        grid = _Grid()
        shading = TableShading(table, self._styles, self._looks, ground)
        kept = [row for row in rows if not self._removed(row)]
        for at, row in enumerate(kept):
            inner = self._row(row, grid, partial(shading.ground, at, len(kept)))
            if line := "\t".join(grid.rows[-1]).rstrip("\t"):
                self.lines.append(Line("row", line))
            self.lines += inner
        width = max(map(len, grid.rows), default=0)
        self._cells_left -= width * len(grid.rows)
        if self._cells_left < 0:
            raise UnreadableError("Word 文件里的表格过大,没有读取,请拆分后再提交。")
        filled = tuple((*row, *[""] * (width - len(row))) for row in grid.rows)
        self.tables[place] = Table(filled)

    def _row(self, row: Any, grid: _Grid, ground: Callable[[int, bool], Ground]) -> list[Line]:
        """Add the cells of a row to `grid`; the lines that stand inside them and are no words of a cell."""
        properties = row.find(W + "trPr")
        outer = self._squeezed
        self._squeezed = outer or self._looks.row_squeezed(properties) or bool(switched(properties, "hidden"))
        cells = [""] * min(max(whole(value(properties, "gridBefore"), 0), 0), _WIDEST)
        inner: list[Line] = []
        members = list(_members(row, "tc"))
        for at, cell in enumerate(members):
            form = cell.find(W + "tcPr")
            column = len(cells)
            span = min(max(whole(value(form, "gridSpan"), 1), 1), _WIDEST)
            hangs = _merge(form, "vMerge")
            if (hangs == "continue" and column in grid.hanging) or (at and _merge(form, "hMerge") == "continue"):
                self._found.hide("shape", "".join(node.text or "" for node in cell.iter(W + "t")))
                words = ""
            else:
                (grid.hanging.add if hangs == "restart" else grid.hanging.discard)(column)
                with self._apart() as lines:
                    if not _is_placeholder(cell):
                        self.read(cell, self._looks.ground(form, ground(column, at == len(members) - 1)))
                words = one_line([line.text for line in lines if line.kind in ("paragraph", "heading")])
                inner += [line for line in lines if line.kind not in ("paragraph", "heading")]
            cells += [words, *[""] * (span - 1)]
        grid.rows.append(cells)
        self._squeezed = outer
        return inner

    def _removed(self, row: Any) -> bool:
        """Whether the deletion of a row is tracked; its words are then kept as a revision."""
        properties = row.find(W + "trPr")
        if properties is None or properties.find(W + "del") is None:
            return False
        texts = (node.text or "" for node in row.iter(W + "t", W + "delText"))
        self._found.deleted += [*texts, "\n"]
        return True


def _members(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    for child in element:
        if child.tag == W + tag:
            yield child
        elif child.tag == W + "sdt":
            yield from (member for content in child.iterchildren(W + "sdtContent") for member in _members(content, tag))
        elif child.tag in _INSIDE:
            yield from _members(child, tag)


def _is_initial(properties: Any) -> bool:
    """Whether a paragraph is the large first letter of the next one."""
    frame = properties.find(W + "framePr") if properties is not None else None
    return frame is not None and frame.get(W + "dropCap") in ("drop", "margin")


def _is_frame(rows: list[Any]) -> bool:
    """Whether a table of one column is no table but a frame: around another table, or around many paragraphs."""
    cells = [list(_members(row, "tc")) for row in rows]
    if not cells or any(len(row) != 1 for row in cells):
        return False
    return any(
        cell.find(W + "tbl") is not None or len(cell.findall(W + "p")) >= _FRAMED for row in cells for cell in row
    )


def _is_placeholder(cell: Any) -> bool:
    """Whether a content control around the cell asks for an entry and has none."""
    content = cell.getparent()
    return content.tag == W + "sdtContent" and bool(switched(content.getparent().find(W + "sdtPr"), "showingPlcHdr"))


def _merge(form: Any, tag: str) -> str | None:
    """The part that a cell plays in a merged one: "restart", "continue", or None."""
    merged = form.find(W + tag) if form is not None else None
    return None if merged is None else merged.get(W + "val") or "continue"
