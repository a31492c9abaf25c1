"""The place of a quote in a file without printed pages (Word, Excel, text), as a fragment of HTML."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from ingest.materials import Block, Page

_TOLD = {"note": "注释", "box": "文本框", "picture": "图片中的文字"}
_AROUND = 120  # characters kept on each side of a quote, and of a block beside it
_IN_CELL = 40
_BLOCKS = 12  # of a long quote
_COLUMNS = 8  # of a wide table; more only where the quote fills them
_NEAR = 2
_CUT = "……"


def excerpt(page: Page, start: int, end: int) -> Markup:
    """`page.text[start:end]` in <mark>, in its paragraph or table row, under its headings or its sheet's name, between
    the blocks before and after; a table with its headings. Whatever the file says is escaped. Empty for no text."""
    blocks = page.blocks or _lines(page.text)
    touched = [n for n, block in enumerate(blocks) if block.start < end and block.end > start]
    if not touched:
        touched = [max((n for n, block in enumerate(blocks) if block.start <= start), default=0)] if blocks else []
    if not touched:
        return Markup("")
    headings = _headings(blocks, touched[0])
    above = [page.text[blocks[n].start : blocks[n].end] for n in headings]
    if isinstance(page.number, str):
        above.insert(0, f"工作表“{page.number}”")
    made = [Markup('<p class="excerpt-under">{}</p>').format(" › ".join(above))] if above else []
    shown = [n for n in _shown(touched, len(blocks)) if n is None or n not in headings]
    for is_row, group in groupby(shown, key=lambda n: n is not None and blocks[n].kind == "row"):
        numbers = list(group)
        if is_row:
            made.append(_table(page.text, blocks, [n for n in numbers if n is not None], start, end))
        else:
            made += [_paragraph(page.text, None if n is None else blocks[n], start, end) for n in numbers]
    return Markup('<div class="excerpt">{}</div>').format(Markup("").join(made))


def _lines(text: str) -> tuple[Block, ...]:
    """The blocks of a page whose reader told none."""
    made, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            made.append(Block("row" if "\t" in line else "paragraph", at, at + len(line)))
        at += len(line) + 1
    return tuple(made)


def _headings(blocks: Sequence[Block], number: int) -> list[int]:
    """The headings that block `number` stands under, the highest first."""
    found: list[int] = []
    level = blocks[number].level or 99 if blocks[number].kind == "heading" else 99
    for above in range(number - 1, -1, -1):
        if blocks[above].kind == "heading" and (blocks[above].level or 1) < level:
            level = blocks[above].level or 1
            found.insert(0, above)
    return found


def _shown(touched: Sequence[int], count: int) -> list[int | None]:
    """The blocks of the quote and those beside them; None where a long quote is cut."""
    first, last = touched[0], touched[-1]
    numbers: list[int | None] = list(range(first, last + 1))
    if len(numbers) > _BLOCKS:
        numbers[_BLOCKS // 2 : -_BLOCKS // 2] = [None]
    return [*range(max(first - 1, 0), first), *numbers, *range(last + 1, min(last + 2, count))]


def _paragraph(text: str, block: Block | None, start: int, end: int) -> Markup:
    if block is None:
        return Markup('<p class="excerpt-cut">{}</p>').format(_CUT)
    words = _marked(text, block.start, block.end, start, end, around=_AROUND)
    where = "place" if block.start < end and block.end > start else "beside"
    if block.kind in _TOLD:
        words = Markup('<span class="excerpt-kind">{}</span> {}').format(_TOLD[block.kind], words)
    return Markup('<p class="excerpt-{}">{}</p>').format(where, words)


def _table(text: str, blocks: Sequence[Block], numbers: Sequence[int], start: int, end: int) -> Markup:
    """The rows `numbers` with the headings of their table above them: its first row that has more than one cell filled,
    so that a title over the whole width is none."""
    head = numbers[0]
    while head > 0 and blocks[head - 1].kind == "row":
        head -= 1
    filled = (
        n
        for n in range(head, numbers[0])
        if sum(map(bool, map(str.strip, text[blocks[n].start : blocks[n].end].split("\t")))) > 1
    )
    head = next(filled, head)
    rows = {n: _cells(text, blocks[n]) for n in (head, *numbers)}
    columns = _columns(list(rows.values()), start, end)
    made = []
    for n, cells in rows.items():
        if n == numbers[0] and n > head + 1:
            made.append(Markup('<tr class="excerpt-cut"><td colspan="{}">{}</td></tr>').format(len(columns), _CUT))
        tag = "th" if n == head else "td"
        words = [
            _CUT
            if column is None
            else _marked(text, *cells[column], start, end, around=_IN_CELL)
            if column < len(cells)
            else ""
            for column in columns
        ]
        where = "place" if blocks[n].start < end and blocks[n].end > start else "beside"
        printed = Markup("").join(Markup("<{0}>{1}</{0}>").format(tag, word) for word in words)
        made.append(Markup('<tr class="excerpt-{}">{}</tr>').format(where, printed))
    return Markup("<table>{}</table>").format(Markup("").join(made))


def _cells(text: str, row: Block) -> list[tuple[int, int]]:
    """The (start, end) of each cell."""
    found, at = [], row.start
    for cell in text[row.start : row.end].split("\t"):
        found.append((at, at + len(cell)))
        at += len(cell) + 1
    return found


def _columns(rows: Sequence[Sequence[tuple[int, int]]], start: int, end: int) -> list[int | None]:
    """The columns to show, None between those that are not neighbours."""
    count = max(len(cells) for cells in rows)
    if count <= _COLUMNS:
        return list(range(count))
    marked = [n for cells in rows for n, (left, right) in enumerate(cells) if left < end and right > start] or [0]
    kept = sorted({0, *range(max(min(marked) - _NEAR, 0), min(max(marked) + _NEAR + 1, count))})
    made: list[int | None] = []
    for column in kept[: 3 * _COLUMNS]:
        if column and column - 1 not in kept:
            made.append(None)
        made.append(column)
    return made if made[-1] == count - 1 else [*made, None]


def _marked(text: str, first: int, last: int, start: int, end: int, *, around: int) -> Markup:
    """`text[first:last]`, what of it is in `start:end` marked, and little more than `around` of the rest."""
    left, right = min(max(start, first), last), max(min(end, last), first)
    before, quote, after = text[first:left], text[left:right] if left < right else "", text[max(left, right) : last]
    if quote and len(before) > around:
        before = _CUT + before[-around:]
    elif not quote and last <= start and len(before) > 2 * around:  # the block before the quote: its end is nearer
        before = _CUT + before[-2 * around :]
    if quote and len(after) > around:
        after = after[:around] + _CUT
    elif not quote and len(after) > 2 * around:
        after = after[: 2 * around] + _CUT
    return Markup("{}<mark>{}</mark>{}").format(before, quote, after) if quote else Markup("{}{}").format(before, after)
