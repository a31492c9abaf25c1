"""What a paper says, apart from how it is made: the same Document becomes a PDF, a scan, a photo or a Word form.

Words may hold marks, `⟦7.2:专项经费|quote⟧`: the quote is printed, and known to be evidence for that condition (and
for that aspect of it). So ground truth is written once, where the words are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

FICTION = "虚构样例，仅供测试，不具任何效力"
"""Stands on every page, sheet and picture."""
LEFT, UP = "←", "↑"
"""A cell of a Grid that is merged into the cell on its left, or above it."""

_MARK = re.compile(r"⟦([\d.]+)(?::([^|⟧]+))?\|([^⟧]+)⟧")


@dataclass(frozen=True, slots=True)
class Mark:
    """`quote` is evidence for `condition`, such as 7.2, and for one `aspect` of it."""

    condition: str
    aspect: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Title:
    words: str
    size: float = 18.0


@dataclass(frozen=True, slots=True)
class Heading:
    """Numbered by whoever prints it: 一、 at level 1, （一） at level 2; as automatic numbering in Word."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `numbered` ones count 1. 2. 3. from each heading on."""

    words: str
    indent: bool = True
    align: Literal["left", "center", "right"] = "left"
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of equally long rows; `widths` are relative. `head` rows are printed bold. `controls` makes every
    second cell a content control in Word."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    head: int = 0
    controls: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Label and value without rules, as on a licence."""

    rows: tuple[tuple[str, str], ...]
    size: float = 13.0


@dataclass(frozen=True, slots=True)
class Choices:
    """Check boxes, `chosen` of them ticked; content controls in Word."""

    label: str
    options: tuple[str, ...]
    chosen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Framed:
    """A remark in a frame; a text box in Word."""

    words: str


@dataclass(frozen=True, slots=True)
class Seal:
    """A round seal (公章) with `ring` along its edge and `centre` under the star."""

    ring: str
    centre: str = ""


@dataclass(frozen=True, slots=True)
class Signing:
    """The end of a paper: lines, a signature after the first, a seal laid over them all. One on the left is printed
    beside the one that follows, as the two parties of a contract sign."""

    lines: tuple[str, ...]
    seal: Seal | None = None
    signature: str | None = None
    name_stamp: str | None = None  # 私章
    side: Literal["left", "right"] = "right"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words that nobody sees: white, one point tall, or off the page (in Word: not displayed, or one point tall)."""

    words: str
    how: Literal["white", "tiny", "outside"] = "white"


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark in the margin (批注) beside the paragraph before it."""

    words: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Block = Title | Heading | Text | Grid | Fields | Choices | Framed | Signing | Hidden | Comment | Break


@dataclass(frozen=True, slots=True)
class Document:
    """A paper. `frame` draws the border of a certificate."""

    blocks: tuple[Block, ...]
    header: str = ""
    landscape: bool = False
    frame: bool = False
    numbered: bool = True  # page numbers at the foot


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: a title merged over all columns, the column names, the rows, a note below them.
    `widths` are in characters; `comment` is a remark on the first column's name."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]
    widths: tuple[int, ...] = ()
    note: str = ""
    hidden: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Workbook:
    sheets: tuple[Sheet, ...]


def plain(words: str) -> str:
    """`words` as they are printed."""
    return _MARK.sub(lambda found: found.group(3), words)


def marks(words: str) -> tuple[Mark, ...]:
    return tuple(Mark(found.group(1), found.group(2), found.group(3)) for found in _MARK.finditer(words))


def words_of(what: Document | Workbook) -> Iterator[str]:
    """All that `what` says, piece by piece, marks included."""
    if isinstance(what, Workbook):
        for sheet in what.sheets:
            yield from (sheet.name, sheet.title, *sheet.columns, sheet.note)
            yield from (str(cell) for row in sheet.rows for cell in row if cell is not None)
        return
    yield what.header
    for block in what.blocks:
        match block:
            case Grid(rows=rows) | Fields(rows=rows):
                yield from (cell for row in rows for cell in row)
            case Choices(label=label, options=options):
                yield from (label, *options)
            case Signing(lines=lines):
                yield from lines
            case Break():
                pass
            case _:
                yield block.words
