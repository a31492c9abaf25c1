"""The lines and cells of a page, and what a field of it is: a label that is known and the words filled in behind."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.facts.width import bare
from ingest.materials import Page

_REMARK = re.compile(r"(?:\([^()]*\))+$")
_LEADING = re.compile(r"^(?:[(]?[0-9一二三四五六七八九十]{1,3}[)]?[.、,:]?|[★*·•●])+")
_WHOSE = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:本|我)?(?:申报|申请)?(?:单位|企业|公司|机构)的?",
        r"^(?:实际|主要|现|目前)的?",
        *(rf"^在[一-鿿]{{{size}}}" for size in (1, 2, 3)),
    )
)
_LATIN = re.compile(r"(?<=[一-鿿)])[A-Za-z][A-Za-z/&.'’_-]*$")
_QUOTES = " \t\u3000\"'`*_【"
_MOST = 20  # characters of a label


@dataclass(frozen=True, slots=True)
class Line:
    """A cell, or a line of a paragraph: `start:end` of the page's text; `row` counts the page's blocks, `column` the
    tabs before it (0 for what is no row)."""

    start: int
    end: int
    row: int
    column: int
    is_cell: bool


@dataclass(frozen=True, slots=True)
class Field:
    """`label` in one width without spaces and numbering, brackets kept; `start:end` is the value, which may be blank
    (then start == end); `label_start` is where the label begins; `row` the block it stands in."""

    label: str
    label_start: int
    start: int
    end: int
    row: int

    @property
    def head(self) -> str:
        """The label without what stands in brackets at its end: 申报单位(盖章) is 申报单位."""
        return _REMARK.sub("", self.label)


def lines(page: Page) -> tuple[Line, ...]:
    """The cells and lines of a page that are not blank, in reading order."""
    return tuple(_lines(page))


def _lines(page: Page) -> Iterator[Line]:
    for number, block in enumerate(page.blocks):
        column, text = 0, page.text[block.start : block.end]
        for found in re.finditer(r"[^\t\n]+|[\t\n]", text):
            if found.group() in "\t\n":
                column = column + 1 if found.group() == "\t" else 0
            elif found.group().strip():
                word = found.group()
                start = block.start + found.start() + len(word) - len(word.lstrip())
                end = block.start + found.end() - len(word) + len(word.rstrip())
                yield Line(start, end, number, column, block.kind == "row")


def label_of(text: str, known: Mapping[str, str]) -> str | None:
    """`text` as a label, when it is one of `known`."""
    words = bare(text).rstrip(":")
    if len(words) > _MOST + 8:
        return None
    numbered = _LEADING.sub("", words)
    latin = _LATIN.sub("", numbered)
    boxed = re.fullmatch(r"[(\[【〔]([^()\[\]【】〔〕]+)[)\]】〕]", numbered)
    parts = numbered.split("/") if "/" in numbered else []
    for word in (
        words,
        numbered,
        latin,
        boxed[1] if boxed else "",
        parts[0] if parts and all(part in known for part in parts) else "",
        numbered.lower() if numbered.isascii() else "",
        *(whose.sub("", numbered) for whose in _WHOSE),
    ):
        if word in known or _REMARK.sub("", word) in known:
            return word
    return None


def filled(label: str, text: str, label_start: int, start: int, end: int, row: int) -> Field:
    value = text[start:end]
    if not value.strip():
        return Field(label, label_start, start, start, row)
    left, right = len(value) - len(value.lstrip(_QUOTES)), len(re.sub(r"[\s\"'`*,}\]_】]+$", "", value))
    if left >= right:
        left, right = len(value) - len(value.lstrip()), len(value.rstrip())
    return Field(label, label_start, start + left, start + right, row)
