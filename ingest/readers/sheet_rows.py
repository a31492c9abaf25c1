"""The cells of one worksheet of an .xlsx file, in one pass over its XML (ECMA-376 18.3.1)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ingest.limits import Limits
from ingest.readers.invisible import visible
from ingest.readers.office_xml import elements, integer, local, unescaped
from ingest.readers.sheet_formats import shown
from ingest.readers.sheet_page import Cells, check_cells, one_line
from ingest.readers.sheet_styles import Style

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_COLUMNS = 16_384
_PICTURE = re.compile(r"(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)  # WPS: a picture in a cell

_LONG = re.compile(r"\d{16,20}")  # an identity number, a credit code or an account that is no text


@dataclass(slots=True)
class Worksheet:
    """What a worksheet shows in `cells`, what it keeps from sight in `hidden` by the reason why, and what it lacks."""

    cells: Cells = field(default_factory=dict)
    hidden: dict[str, Cells] = field(default_factory=dict)
    without_result: int = 0
    """formulas whose value was not saved"""
    cut_numbers: int = 0
    """numbers of more than 15 digits, which Excel ends in zeros"""
    pictures: int = 0
    margins: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """why the end of its XML could not be read"""


@dataclass(frozen=True, slots=True)
class Book:
    """What the worksheets of a workbook share; `parted` collects words that invisible characters part."""

    strings: Sequence[str]
    styles: Sequence[Style]
    date1904: bool
    limits: Limits
    parted: list[str]


def worksheet(part: bytes, book: Book, counted: int) -> Worksheet:
    """Reads the XML of a worksheet; a broken end is left out. `counted` is the number of cells of the sheets before.
    Raises UnreadableError beyond `limits.cells`."""
    sheet = Worksheet()
    hidden_columns: set[int] = set()
    merged: list[tuple[int, int, int, int]] = []
    number = -1
    for element in elements(part, sheet.faults, "row", "col", "mergeCell", "headerFooter"):
        name = local(element)
        if name == "row":
            number = _row(element, number, sheet, book, hidden_columns)
            counted += len(sheet.cells.get(number, ()))
            check_cells(counted, book.limits)
        elif name == "col" and (_true(element.get("hidden")) or element.get("width") == "0"):
            first, last = (integer(element.get(name)) for name in ("min", "max"))
            hidden_columns.update(range(max(first, 1) - 1, min(last, _COLUMNS)))
        elif name == "mergeCell" and (corners := _corners(element.get("ref") or "")):
            merged.append(corners)
        elif name == "headerFooter":
            sheet.margins = list(_margins(element))
    for corners in merged:
        _uncover(sheet, corners)
    return sheet


def place(reference: str) -> tuple[int, int] | None:
    """The row and column of "B3", both from 0; None when it is no such place of a sheet."""
    match = _REFERENCE.fullmatch(reference)
    column = column_of(match[1]) if match else None
    return None if match is None or column is None else (int(match[2]) - 1, column)


@lru_cache(maxsize=20_000)
def column_of(letters: str) -> int | None:
    """Which column "AB" is, from 0; None when the letters name none."""
    if not re.fullmatch("[A-Za-z]{1,3}", letters):
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def _row(element: Any, before: int, sheet: Worksheet, book: Book, hidden_columns: set[int]) -> int:
    """Takes the cells of a row over into `sheet`, and says which row it is; `before` is the row before it."""
    text = element.get("r") or ""
    number = int(text) - 1 if text.isdecimal() and len(text) < 8 else before + 1
    row_hidden = _true(element.get("hidden")) or (_true(element.get("customHeight")) and element.get("ht") == "0")
    shown_cells: dict[int, str] = {}
    column = -1
    for cell in element:
        named = column_of((cell.get("r") or "").rstrip("0123456789"))
        column = column + 1 if named is None else named
        words, why = _cell(cell, sheet, book)
        if not words:
            continue
        if row_hidden:
            why = "隐藏的行"
        elif column in hidden_columns:
            why = "隐藏的列"
        if why:
            sheet.hidden.setdefault(why, {}).setdefault(number, {})[column] = words
        else:
            shown_cells[column] = words
    if shown_cells:
        sheet.cells.setdefault(number, {}).update(shown_cells)
    return number


def _cell(cell: Any, sheet: Worksheet, book: Book) -> tuple[str, str]:
    """The words of a cell, and why they are not seen: empty when they are."""
    kind = cell.get("t") or "n"
    value, formula, inline = None, None, ""
    for child in cell:
        name = local(child)
        if name == "v":
            value = child.text
        elif name == "f":
            formula = child
        elif name == "is":
            inline = rich_text(child)
    if formula is not None and _PICTURE.match(formula.text or ""):
        sheet.pictures += 1
        return "", ""
    if kind == "inlineStr":
        value, kind = inline, "str"
    if value is None:
        # An array formula and a shared one have their text in the first cell only.
        sheet.without_result += formula is not None and kind != "str"
        return "", ""
    at = cell.get("s") or "0"
    style = book.styles[int(at)] if at.isdecimal() and int(at) < len(book.styles) else Style()
    if kind == "n" or kind == "d":
        words = _number(value, style, sheet, book) if kind == "n" else value.removesuffix("T00:00:00").replace("T", " ")
        if style.numbers_unseen:
            return plain_or_text(value), "格式设为不显示的单元格"
    elif kind == "s":
        words = book.strings[int(value)] if value.isdecimal() and int(value) < len(book.strings) else ""
    elif kind == "b":
        words = "TRUE" if value.strip() == "1" else "FALSE"
    else:
        words = one_line(visible(unescaped(value), book.parted))
    return words, "与底色相同或极小的文字" if style.unseen and words else ""


def _number(value: str, style: Style, sheet: Worksheet, book: Book) -> str:
    value = value.strip()
    if not style.code and len(value) < 12 and value.isdecimal():
        return value
    if "E" in value.upper():  # as Excel writes 3.70202199001011E+17, at times with digits that it does not keep
        value = plain_or_text(value)
    words = shown(value, style.code, date1904=book.date1904)
    sheet.cut_numbers += _LONG.fullmatch(words) is not None
    return words


def plain_or_text(value: str) -> str:
    """A number with all its digits; other text as it is."""
    return shown(value, "") if value else ""


def rich_text(element: Any) -> str:
    """The words of a shared or inline string without the pronunciation that may stand beside them."""
    if len(element) == 1 and local(element[0]) == "t":
        return element[0].text or ""
    texts = element.iter("{*}t")
    return "".join(text.text or "" for text in texts if all(local(above) != "rPh" for above in text.iterancestors()))


def _uncover(sheet: Worksheet, corners: tuple[int, int, int, int]) -> None:
    """Takes out what stands below the first cell of a merged cell: nobody sees it."""
    top, left, bottom, right = corners
    numbers = range(top, bottom + 1) if bottom - top < len(sheet.cells) else list(sheet.cells)
    for number in numbers:
        row = sheet.cells.get(number)
        if row is None or not top <= number <= bottom:
            continue
        columns = range(left, right + 1) if right - left < len(row) else list(row)
        for column in columns:
            if left <= column <= right and (number, column) != (top, left) and column in row:
                under = sheet.hidden.setdefault("合并单元格下面的内容", {})
                under.setdefault(number, {})[column] = row.pop(column)


def _corners(reference: str) -> tuple[int, int, int, int] | None:
    first, _, last = reference.partition(":")
    start, end = place(first), place(last or first)
    return (*start, *end) if start and end else None


def _margins(element: Any) -> Iterator[str]:
    """The words of the printed heads and feet without their codes: &C, &"宋体,Bold", &12, &K00FF00, &P."""
    for child in element:
        words = re.sub(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|[LCR])', " ", child.text or "")
        words = re.sub(r"&[A-Za-z+-]", "", words).replace("&&", "&").strip()
        if words:
            yield one_line(words)


def _true(text: str | None) -> bool:
    return text in ("1", "true")
