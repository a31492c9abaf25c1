"""From a read material to what is searched in it: paragraphs, table rows and form fields with what they stand under."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ingest.materials import Block, Material, Page, PageNumber
from ingest.normalize import sentences

MaterialChunkKind = Literal["heading", "paragraph", "row", "field", "note", "box", "picture"]

_LONG = 400  # characters above which a paragraph is cut at its sentences
_LABEL = re.compile(r"[^\d。;；,，!！?？]{1,16}")
# What the first column of a list is called.
_COLUMNS = {"序号", "编号", "姓名", "名称", "项目", "项目名称", "类别", "年份", "年度", "时间", "日期"}
_NUMBERED = {"序号", "编号"}
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class MaterialChunk:
    """A piece of one page of a material: `text == page.text[start:end]` of the page at `place` in `material.pages`.

    `context` is the headings it stands under and, for a row, the table's header row, also where the table goes on on
    the next page; it is searched and never quoted.
    `id` is unique in an application; `material` is the sha256 of the file.
    """

    id: str
    material: str
    place: int
    page: PageNumber
    kind: MaterialChunkKind
    text: str
    context: str
    start: int
    end: int


def material_chunks(material: Material) -> tuple[MaterialChunk, ...]:
    """The chunks of all pages in reading order; headings are carried over from page to page."""
    made: list[MaterialChunk] = []
    path: dict[int, str] = {}
    above = ""  # the header row of a list that runs to the end of the page before
    for place, page in enumerate(material.pages):
        groups = [(is_row, list(blocks)) for is_row, blocks in groupby(page.blocks, lambda block: block.kind == "row")]
        goes_on = above if groups and groups[0][0] and _goes_on(page, groups[0][1][0], above) else ""
        for kind, start, end, header in _pieces(page, path, groups, goes_on):
            text = page.text[start:end]
            if not _WORD.search(text):
                continue
            headings = [path[level] for level in sorted(path)]
            context = " ".join(part for part in (*headings, header) if part and part != text)
            key = f"{material.sha256[:16]}:{place}:{len(made)}"
            made.append(MaterialChunk(key, material.sha256, place, page.number, kind, text, context, start, end))
        last = groups[-1][1] if groups and groups[-1][0] and isinstance(page.number, int) else []
        above = _header(page, last) or (goes_on if len(groups) == 1 else "") if last else ""
    return tuple(made)


def _pieces(
    page: Page, path: dict[int, str], groups: Sequence[tuple[bool, Sequence[Block]]], above: str
) -> Iterator[tuple[MaterialChunkKind, int, int, str]]:
    """Kind, start, end and table header of each piece of a page, whose blocks are in `groups`, of rows or of others;
    `path` follows the headings met (level → words), `above` is the header of a list that the page goes on with."""
    for number, (is_row, blocks) in enumerate(groups):
        if is_row:
            yield from _rows(page, blocks, above if number == 0 else "")
            continue
        for block in blocks:
            if block.kind == "heading":
                for level in [level for level in path if level >= block.level]:
                    del path[level]
                yield "heading", block.start, block.end, ""
                path[block.level] = page.text[block.start : block.end]
            else:
                for start, end in _cut(page.text, block):
                    yield block.kind, start, end, ""


def _cut(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The block, or whole sentences of it of together at most `_LONG` characters (a longer sentence stays whole)."""
    if block.end - block.start <= _LONG:
        yield block.start, block.end
        return
    first = last = None
    for start, end in sentences(text[block.start : block.end]):
        if first is not None and end - first > _LONG:
            yield block.start + first, block.start + (last or 0)
            first = None
        first, last = start if first is None else first, end
    if first is not None:
        yield block.start + first, block.start + (last or 0)


def _rows(page: Page, rows: Sequence[Block], above: str) -> Iterator[tuple[MaterialChunkKind, int, int, str]]:
    """The rows of a list under its header row, or under that of the page `above`, or the fields (label and value) of a
    form."""
    own = _header(page, rows)
    header = (own or above).replace("\t", " ")
    listed = bool(header)
    for row in rows:
        places = _cells(page.text, row)
        labelled = len(places) >= 2 and len(places) % 2 == 0
        labelled = labelled and all(_LABEL.fullmatch(page.text[s:e]) for s, e in places[::2])
        if labelled and not listed:
            for (start, _), (_, end) in zip(places[::2], places[1::2], strict=True):
                yield "field", start, end, ""
        elif places:
            yield "row", places[0][0], places[-1][1], header if row is not rows[0] or not own else ""


def _header(page: Page, rows: Sequence[Block]) -> str:
    """The first row of a list, its cells apart by tabs; "" for rows that are none."""
    listed = _is_list([[page.text[s:e] for s, e in _cells(page.text, row)] for row in rows])
    return page.text[rows[0].start : rows[0].end] if listed else ""


def _goes_on(page: Page, row: Block, above: str) -> bool:
    """Whether the first row of a page belongs to the list that ended the page before: it is that header printed again,
    or has as many columns, and is neither another header nor without the number that each row there has."""
    text = page.text[row.start : row.end]
    cells, columns = text.split("\t"), above.split("\t")
    if not above or not isinstance(page.number, int) or len(cells) != len(columns):
        return False
    if text.split() == above.split():
        return True
    if all(_LABEL.fullmatch(cell) for cell in cells if cell.strip()):
        return False
    return columns[0].strip() not in _NUMBERED or any(char.isdigit() for char in cells[0])


def _is_list(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns of those below it, and is not a row of labels and values itself: then
    the first cell names a column, or cells stand below where a form would have labels that are none."""
    if len(rows) < 3 or len(rows[0]) < 3 or not all(_LABEL.fullmatch(cell) for cell in rows[0]):
        return False
    below = sum(any(not _LABEL.fullmatch(cell) for cell in row[::2]) for row in rows[1:])
    return rows[0][0] in _COLUMNS or below > len(rows[1:]) / 2


def _cells(text: str, row: Block) -> list[tuple[int, int]]:
    """The (start, end) of the row's cells that are not empty."""
    found = re.finditer(r"[^\t]+", text[row.start : row.end])
    return [(row.start + cell.start(), row.start + cell.end()) for cell in found if cell.group().strip()]
