"""The page that the cells of a sheet make."""

import re
from collections.abc import Sequence
from itertools import accumulate

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Block, Page, Table

Cells = dict[int, dict[int, str]]
"""row → column → words as shown, both counted from 0; no empty words"""

_BREAKS = re.compile(r"\s*[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]\s*|[\0-\x08\x0e-\x1b\x1f]")


def one_line(words: str) -> str:
    """What a cell holds, on one line and without tabs."""
    return (_BREAKS.sub(" ", words) if not words.isprintable() else words).strip()


def check_cells(count: int, limits: Limits) -> None:
    """Raises UnreadableError when a workbook has more cells than `limits.cells`."""
    if count > limits.cells:
        raise UnreadableError(f"表格超过 {limits.cells} 个单元格,没有读取,请拆分或删去无关的工作表后再提交。")


def sheet_page(
    name: str | None, cells: Cells, limits: Limits, boxes: Sequence[str] = (), margins: Sequence[str] = ()
) -> Page:
    """The sheet as one table without its blank rows and columns, each row a block, then the text boxes.

    However far apart the cells stand, this costs no more than the table that is left. Raises UnreadableError when
    that has more than four times `limits.cells` places.
    """
    columns = sorted({column for row in cells.values() for column in row})
    numbers = sorted(row for row in cells if cells[row])
    check_cells(len(columns) * len(numbers) // 4, limits)
    rows = tuple(tuple(cells[number].get(column, "") for column in columns) for number in numbers)
    lines = ["\t".join(row).rstrip("\t") for row in rows] + list(boxes)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    blocks = tuple(
        Block("row" if place < len(rows) else "box", start, start + len(line))
        for place, (line, start) in enumerate(zip(lines, starts, strict=False))
    )
    return Page(name, "\n".join(lines), blocks, (Table(rows),) if rows else (), margins=tuple(margins))
