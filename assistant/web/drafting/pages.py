"""An opinion on pages of A4: which lines stand on which page, with 22 lines of body text to a page.

The lines are counted, not measured in a browser, so that the same opinion always gives the same pages; Word breaks
some lines elsewhere, by the fonts that are installed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.drafting.official_imprint import imprint_parts
from assistant.drafting.official_parts import Imprint, Part, doubts, official_parts
from assistant.drafting.official_styles import (
    CHARACTER_POINTS,
    CHARACTERS,
    LINE_POINTS,
    LINES,
    MARK_TOP_MM,
    RULE_GAP_MM,
    STYLES,
)
from assistant.drafting.schema import Opinion, Sentence, Table
from assistant.web.drafting.lines import Line, Run, broken, lines

HEIGHT = LINES * LINE_POINTS
"""Points of the text area."""
CELL_MARGIN = 2.85
"""Points left and right of a cell's words (57 twips)."""
_MM = 72 / 25.4
_CELL = STYLES["cell"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table on a page; `lines` of each cell. `number` is None for the header."""

    number: int | None
    lines: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """What stands on one page of the part at `place` among the parts: some of its lines, or rows of a table, the
    header first. `block` is the place among the opinion's blocks, None for what is none of them. `before` is the space
    above in points, `last` whether the part ends here."""

    place: int
    part: Part | Table | Imprint
    block: int | None
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    before: float = 0
    first: bool = True
    last: bool = True


Sheet = tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class _Strip:
    """The least that stays together: a line, or a row with the number of its lines; `keep` with the next."""

    slice: Slice
    height: float
    keep: bool


def pages(opinion: Opinion) -> tuple[Sheet, ...]:
    """The pages, one at least. Raises LayoutError for what cannot be set."""
    made: list[list[Slice]] = [[]]
    used = 0.0
    for group in _groups(list(_strips(opinion))):
        height = sum(strip.slice.before + strip.height for strip in group)
        repeated = _header(group[0].slice)
        if made[-1] and used + height > HEIGHT + 0.01:
            made.append([])
            used = sum(map(_row_height, repeated.rows)) if repeated else 0.0
            if repeated:
                made[-1].append(repeated)
        for strip in group:
            before = strip.slice.before if made[-1] or len(made) == 1 else 0.0
            _put(made[-1], replace(strip.slice, before=before))
            used += before + strip.height
    return tuple(map(tuple, made))


def pitch(part: Part) -> float:
    """Points from line to line; 发文机关标志 has room by its size."""
    style = STYLES[part.role]
    return (part.points or style.points) * 1.3 if part.role == "agency" else style.line


def row_cells(table: Table, row: Sequence[Sentence | str]) -> tuple[tuple[Line, ...], ...]:
    """The lines of each cell of a row."""
    shares = table.widths or (1 / len(table.header),) * len(table.header)
    width = CHARACTERS * CHARACTER_POINTS
    made = []
    for cell, share in zip(row, shares, strict=True):
        text = cell if isinstance(cell, str) else cell.text
        room = max((width * share / sum(shares) - 2 * CELL_MARGIN) / _CELL.points, 1)
        made.append(broken((Run(words, 0, doubtful) for words, doubtful in doubts(text)), room, room))
    return tuple(made)


def _strips(opinion: Opinion) -> Iterator[_Strip]:
    block = 0
    parts = official_parts(opinion)
    for place, part in enumerate(parts):
        match part:
            case Table():
                after = parts[place + 1]
                # A signature does not stand on a page alone (7.3.5.5).
                signed = isinstance(after, Part) and after.role in ("signature", "date")
                yield from _table_strips(place, part, block, keep=signed)
                block += 1
            case Imprint():
                height = sum(len(lines(each)) * pitch(each) for each in imprint_parts(part))
                yield _Strip(Slice(place, part, None, before=LINE_POINTS / 2), height, False)
            case Part():
                is_block = part.role == "body" or part.role.startswith("heading")
                yield from _part_strips(place, part, block if is_block else None)
                block += is_block


def _part_strips(place: int, part: Part, block: int | None) -> Iterator[_Strip]:
    style = STYLES[part.role]
    above = (style.before if part.before is None else part.before) * LINE_POINTS
    if part.role == "agency":
        above = MARK_TOP_MM * _MM - (part.points or style.points) * 0.15
    found = lines(part)
    for number, line in enumerate(found):
        last = number == len(found) - 1
        under = RULE_GAP_MM * _MM if last and part.role.startswith("number") else 0.0
        keep = style.keep or (part.keep and last)
        made = Slice(place, part, block, (line,), before=0.0 if number else above, first=number == 0, last=last)
        yield _Strip(made, pitch(part) + under, keep)


def _table_strips(place: int, table: Table, block: int, *, keep: bool) -> Iterator[_Strip]:
    header = Row(None, row_cells(table, table.header))
    for number, cells in enumerate(table.rows):
        row = Row(number, row_cells(table, cells))
        first, last = number == 0, number == len(table.rows) - 1
        held = (header, row) if first else (row,)
        made = Slice(place, table, block, rows=held, first=first, last=last)
        yield _Strip(made, sum(map(_row_height, held)), keep and last)


def _row_height(row: Row) -> float:
    return max(len(cell) for cell in row.lines) * _CELL.line + 0.5


def _header(held: Slice) -> Slice | None:
    """The header of a table that goes on to another page."""
    if not isinstance(held.part, Table) or held.first:
        return None
    return replace(held, rows=(Row(None, row_cells(held.part, held.part.header)),), last=False)


def _groups(strips: Sequence[_Strip]) -> Iterator[list[_Strip]]:
    """Strips that stay on one page: those that keep, with what follows them, as far as a page goes."""
    group: list[_Strip] = []
    for strip in strips:
        group.append(strip)
        height = sum(each.slice.before + each.height for each in group)
        if not strip.keep or height > HEIGHT / 2:
            yield group
            group = []
    if group:
        yield group


def _put(sheet: list[Slice], held: Slice) -> None:
    last = sheet[-1] if sheet else None
    if last and last.place == held.place:
        sheet[-1] = replace(last, lines=last.lines + held.lines, rows=last.rows + held.rows, last=held.last)
    else:
        sheet.append(held)
