"""Delimited tables: when a text is one, and reading it."""

import csv
import re
from collections import Counter
from io import StringIO

_DELIMITERS = "\t,;"
_PROSE_END = re.compile(r"[。！？!?：:，,;；]\s*$")
_TYPED = re.compile(  # a number, an amount, a share, a day, an identifier
    r"[-+(]?[¥￥$]?\d[\d,]*(?:\.\d+)?\)?\s*[%％]?|\d{4}\s*[-/年.]\s*\d{1,2}.{0,12}|[0-9A-Z]{15,20}", re.ASCII
)
_ROWS = 200


def delimiter(text: str, *, hinted: bool = False) -> str | None:
    """The character between the cells when `text`, or the beginning of a longer one, is a table; None for prose.

    A table has two rows or more of the same two columns or more. As sentences have commas too, cells must be short
    and rows must not end like sentences; without `hinted` (a name that ends in .csv), a table of commas must also
    have quoted cells, a column of numbers, days or identifiers, or three rows of three columns.
    """
    return next((mark for mark in _DELIMITERS if _is_table(_first_rows(text, mark), mark, text, hinted)), None)


def _first_rows(text: str, mark: str) -> list[list[str]]:
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
        rows = [row for _, row in zip(range(_ROWS + 1), reader, strict=False)]
    except csv.Error:
        return []
    if len(rows) > _ROWS or len(text) > 30_000:
        rows.pop()  # it may be cut
    return [row for row in rows if any(cell.strip() for cell in row)]


def _is_table(rows: list[list[str]], mark: str, text: str, hinted: bool) -> bool:
    if len(rows) < 2:
        return False
    width, count = Counter(map(len, rows)).most_common(1)[0]
    if width < 2 or count < len(rows) * (0.6 if hinted else 0.95):
        return False
    if hinted:
        return True
    cells = [cell.strip() for row in rows for cell in row if cell.strip()]
    ends = sum(bool(_PROSE_END.search(row[-1])) for row in rows)
    if ends * 10 > len(rows) or sum(map(len, cells)) > 25 * len(cells):
        return False
    if mark == "\t":
        return True
    spaced = sum(cell[:1] == " " for row in rows for cell in row[1:])
    typed = any(
        sum(bool(_TYPED.fullmatch(row[column].strip())) for row in rows[1:] if len(row) == width) >= 0.8 * (count - 1)
        for column in range(width)
    )
    quoted = f'"{mark}' in text or f'{mark}"' in text
    return typed or quoted or (count >= 3 and width >= 3 and not spaced)
