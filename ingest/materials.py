"""The nouns of reading an application: Application, Material, Page, Block, Table, Remark, and what a reader returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["pdf", "word", "old_word", "sheet", "image", "text", "html", "ofd", "archive", "unknown"]
Status = Literal["read", "ocr", "unreadable"]
PageNumber = int | str | None
"""From 1 for pages that are printed so; the name of a sheet; None for Word, which has no pages before it is printed."""

Box = tuple[float, float, float, float]
"""left, top, right, bottom in points from the top left of the page as a reader sees it (rotation applied)"""
Boxes = NDArray[np.float32]
"""One row of left, top, right, bottom for each character of a page's text; NaN where nothing is printed (line ends)"""

BlockKind = Literal[
    "heading",
    "paragraph",
    "row",  # a table row; cells apart by tabs
    "note",  # 脚注、尾注
    "box",  # 文本框
    "picture",  # words that OCR found in a picture on a page that has text of its own
]

RemarkKind = Literal[
    "hidden_text",  # 白色、极小、页面之外、不显示的文字
    "invisible_characters",  # 零宽字符等
    "comment",  # 批注
    "revision",  # 未接受的修订
    "property",  # 文档属性里的文字
    "low_confidence",  # 识别把握不大的行
    "seal",  # 印章遮挡的文字
    "incomplete",  # 有内容没有读
]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, row or note: `page.text[start:end]`. `level` is a heading's depth from 1, else 0."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells, all rows equally long; a merged cell's words stand in its first cell only."""

    rows: tuple[tuple[str, ...], ...]
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page, a sheet, or a whole Word document. `text` holds each block on lines of its own, apart by "\\n", and
    nothing else; running heads, feet and page numbers are kept apart in `margins`. `size` is width and height in
    points. `continues`: the first block goes on from the last block of the page before."""

    number: PageNumber
    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    boxes: Boxes | None = field(default=None, compare=False, repr=False)
    size: tuple[float, float] | None = None
    margins: tuple[str, ...] = ()
    ocr: bool = False
    confidence: float | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know of a file beyond its visible text. `message` is one Chinese sentence; `text` is
    what was found, shortened to 2,000 characters, and never a part of any page's text."""

    kind: RemarkKind
    message: str
    text: str = ""
    page: PageNumber = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a reader returns. `scans` are the pictures that need OCR: the place in `pages` that each belongs to →
    the number that the reader's `picture()` takes."""

    pages: tuple[Page, ...]
    remarks: tuple[Remark, ...] = ()
    scans: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Material:
    """One file of an application, read. `name` is its path in the package with "/"; `reason` says in one sentence why
    it is unreadable; `sha256` is empty for one whose bytes could not be had."""

    name: str
    kind: Kind
    status: Status
    sha256: str
    size: int
    reason: str | None = None
    pages: tuple[Page, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """A package that was read: its materials in the order of the package. `created` is when it was uploaded, in UTC."""

    id: str
    title: str
    created: datetime
    materials: tuple[Material, ...]
