"""Delimited tables (.csv): when a text is one, and reading it."""

import csv
import re
from collections import Counter
from io import StringIO

from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers.invisible import invisible_remarks, visible
from ingest.readers.plain import decode
from ingest.readers.sheet_page import Cells, check_cells, one_line, sheet_page

_DELIMITERS = ",\t;"
_PROSE_END = re.compile(r"[。！？!?：:，,;；]\s*$")
_TYPED = re.compile(  # a number, an amount, a share, a day, an identifier
    r"[-+(]?[¥￥$]?\d[\d,]*(?:\.\d+)?\)?\s*[%％]?|\d{4}\s*[-/年.]\s*\d{1,2}.{0,12}|[0-9A-Z]{15,20}", re.ASCII
)
_ROWS = 200


def read_csv(content: bytes, limits: Limits) -> Contents:
    """One page without a number. UTF-8, GB18030 or UTF-16, with commas, semicolons or tabs. Raises UnreadableError."""
    parted: list[str] = []
    text = visible(decode(content), parted).replace("\0", "")
    named = re.match(r"sep=([,;\t])\r?\n", text)  # Excel's own first line
    text = text[named.end() :] if named else text
    mark = named[1] if named else delimiter(text[:65536], hinted=True) or ","
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=mark))
    except csv.Error:  # a quotation mark without its partner
        rows = [line.split(mark) for line in text.splitlines()]
    cells: Cells = {}
    count = 0
    for number, row in enumerate(rows):
        kept = {column: words for column, cell in enumerate(row) if (words := _words(cell))}
        count += len(kept)
        check_cells(count, limits)
        if kept:
            cells[number] = kept
    return Contents((sheet_page(None, cells, limits),), invisible_remarks(parted))


def _words(cell: str) -> str:
    """The cell on one line; ="007" is how Excel is told to keep zeros."""
    words = one_line(cell)
    return words[2:-1] if len(words) > 3 and words.startswith('="') and words.endswith('"') else words


def delimiter(text: str, *, hinted: bool = False) -> str | None:
    """The character between the cells when `text`, or the beginning of a longer one, is a table; None for prose.

    A table has two rows or more of the same two columns or more. As sentences have commas too, cells must be short
    and rows must not end like sentences; without `hinted` (a name that ends in .csv), a table of commas must also
    have quoted cells, a column of numbers, days or identifiers, or three rows of three columns.
    """
    widths = {mark: _width(_first_rows(text, mark), mark, text, hinted) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: widths[mark])
    return best if widths[best] else None


def _first_rows(text: str, mark: str) -> list[list[str]]:
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
        rows = [row for _, row in zip(range(_ROWS + 1), reader, strict=False)]
    except csv.Error:
        return []
    if len(rows) > _ROWS or len(text) > 30_000:
        rows.pop()  # it may be cut
    return [row for row in rows if any(cell.strip() for cell in row)]


def _width(rows: list[list[str]], mark: str, text: str, hinted: bool) -> int:
    """How many columns the table has; 0 when it is none."""
    if len(rows) < 2:
        return 0
    width, count = Counter(map(len, rows)).most_common(1)[0]
    if width < 2 or count < len(rows) * (0.6 if hinted else 0.95):
        return 0
    if hinted:
        return width
    cells = [cell.strip() for row in rows for cell in row if cell.strip()]
    ends = sum(bool(_PROSE_END.search(row[-1])) for row in rows)
    if ends * 10 > len(rows) or sum(map(len, cells)) > 25 * len(cells):
        return 0
    if mark == "\t":
        return width
    spaced = sum(cell[:1] == " " for row in rows for cell in row[1:])
    typed = any(
        sum(bool(_TYPED.fullmatch(row[column].strip())) for row in rows[1:] if len(row) == width) >= 0.8 * (count - 1)
        for column in range(width)
    )
    quoted = f'"{mark}' in text or f'{mark}"' in text
    return width if typed or quoted or (count >= 3 and width >= 3 and not spaced) else 0
