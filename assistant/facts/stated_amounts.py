"""Amounts of a page with what they are of: by the words of their row, their column, their sentence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.facts.amounts import amounts, named_unit, noted_unit, number, plain
from assistant.facts.labels import CAPITAL, CAPITALS
from assistant.facts.layout import Line, lines
from assistant.facts.width import bare, flat
from assistant.reports.schema import Exhibit
from ingest.materials import Material, Page

_CONTRACT = "合同金额"
_USUAL: Mapping[str, tuple[str, ...]] = {
    CAPITAL: tuple(sorted((re.escape(label) for label in CAPITALS), key=len, reverse=True)),
    _CONTRACT: (r"合同(?:总)?(?:金额|价款|总价|额)|协议金额|技术服务费(?:总额)?",),
}
"""Amounts that papers of all sorts name in the same words"""
_TOTAL = re.compile(r"合计|总计|总额|总投入|累计")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d) *(?:年|年度)")
_MONEY = re.compile(r"金额|经费|支出|预算|投入|费用|收入|资金|合计|总额")
_SENTENCE = re.compile(r"[。;!?\n]")
_BREAK = re.compile(r"[,。;、]")


@dataclass(frozen=True, slots=True)
class Named:
    """An amount with its role: `start:end` covers the words that tell year and role where they stand beside it;
    `year` is the year it is of, None when none is told."""

    start: int
    end: int
    value: str
    role: str
    year: int | None
    capitals: bool


def named_amounts(page: Page, roles: Mapping[str, tuple[str, ...]], title: str = "") -> tuple[Named, ...]:
    """The exact amounts on a page whose role is told by words around them, in order.

    `roles` maps a role to regular expressions; of those that match before an amount, in its row or sentence, the one
    that ends nearest to it counts, then the longest. `title` is what the whole paper is about; it speaks for totals.
    """
    known = {role: [re.compile(pattern) for pattern in patterns] for role, patterns in {**_USUAL, **roles}.items()}
    cells: dict[int, list[Line]] = {}
    made: list[Named] = []
    for line in lines(page):
        if line.is_cell:
            cells.setdefault(line.row, []).append(line)
    for row in _tables(page, cells):
        made += _in_row(page, row, known, title)
    for line in lines(page):
        if not line.is_cell or line.end - line.start > 40:
            made += _in_sentences(page.text, line, known, taken={one.end for one in made})
    return tuple(sorted(made, key=lambda one: one.end))


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[Line]
    header: Mapping[int, str]  # column → words of the header row
    first: str  # words of the first cell, or of the one above it that it was merged with
    unit: int | None


def year_of(material: Material, shown: Exhibit) -> int | None:
    """The year that an amount is of: told in its own words, its row, the sentence or the rows and title above it."""
    page = material.pages[shown.place]
    even = flat(page.text)
    at = next((place for place, block in enumerate(page.blocks) if block.start <= shown.start < block.end), None)
    if at is None:
        return _year(flat(shown.quote))
    block = page.blocks[at]
    if block.kind != "row":
        begin = max((found.end() for found in _SENTENCE.finditer(even, block.start, shown.start)), default=block.start)
        return _year(even[begin : shown.end]) or _year(even[block.start : shown.end])
    if told := _year(flat(shown.quote)) or _year(even[block.start : shown.end]):
        return told
    first = next((place for place in range(at, -1, -1) if page.blocks[place].kind != "row"), -1)
    for above in range(at - 1, max(first - 1, -1), -1):
        words = even[page.blocks[above].start : page.blocks[above].end]
        if not any(map(str.isdigit, _YEAR.sub("", words))) and (told := _year(words)):
            return told
    return None


def _tables(page: Page, rows: Mapping[int, list[Line]]) -> Iterator[_Row]:
    noted = noted_unit(page.text)
    header: dict[int, str] = {}
    first, last = "", -2
    for number_, cells in rows.items():
        words = {cell.column: page.text[cell.start : cell.end] for cell in cells}
        if number_ != last + 1:
            header, first = {}, ""
        if len(words) >= 2 and not any(number(word) is not None or amounts(word) for word in words.values()):
            header = words
        first = words.get(0, first)
        last = number_
        yield _Row(cells, header, first, noted)


def _in_row(page: Page, row: _Row, known: Mapping[str, list[re.Pattern[str]]], title: str) -> Iterator[Named]:
    before = [row.first] if row.cells[0].column else []
    for place, cell in enumerate(row.cells):
        text = page.text[cell.start : cell.end]
        header = row.header.get(cell.column, "")
        labels = before + [page.text[one.start : one.end] for one in row.cells[:place] if one.end - one.start <= 40]
        told = flat(" ".join([header, *labels]))
        total = any(_TOTAL.search(label) for label in labels)
        found = [(one.start, one.end, one.text, one.capitals) for one in amounts(text) if not one.about]
        value = number(text)
        if not found and value is not None:
            unit = named_unit(header) or next(
                (named_unit(label) for label in reversed(labels) if named_unit(label)), None
            )
            if unit is None and row.unit is not None and _MONEY.search(header or told) and "%" not in header:
                unit = row.unit
            found = [(0, len(text), plain(value * unit), False)] if unit and value >= Decimal(0) else []
        if not found or len(text) > 40:
            continue
        role = _role(told, known) or (_role(flat(title) + " " + told, known) if total else None)
        if role is None:
            continue
        year = _year(told) or (_year(flat(title)) if total else None)
        start = row.cells[place - 1].start if place and (total or not header) else cell.start
        for begin, end, written, capitals in found:
            yield Named(min(start, cell.start + begin), cell.start + end, written, role, year, capitals)


def _in_sentences(
    text: str, line: Line, known: Mapping[str, list[re.Pattern[str]]], taken: set[int]
) -> Iterator[Named]:
    """“2021年度专项经费支出合计512.60万元(大写:…)”: the words before an amount up to the one before it, else those
    behind it up to the next comma."""
    even = flat(text[line.start : line.end])
    last_end, last_role, last_year = 0, None, None
    for one in amounts(text[line.start : line.end]):
        begin = max((found.end() for found in _SENTENCE.finditer(even, 0, one.start)), default=0)
        told = even[max(begin, last_end) : one.start]
        sentence = even[begin : one.start]
        role, year = _role(told, known), _year(told) or _year(sentence)
        if role is None and (one.capitals or not bare(told).strip("(),:即计人民币大小写为")):
            role, year = (last_role, last_year) if last_end > begin or one.capitals else (None, None)
        if role is None and not one.capitals:
            stop = _BREAK.search(even, one.end)
            rest = even[one.end : stop.start() if stop else len(even)]
            role = _role(rest, known) or _role(told + rest, known)
        last_end, last_role, last_year = one.end, role, year
        if role and not one.about and line.start + one.end not in taken:
            start = max(begin, last_comma(even, one.start)) if not one.capitals else one.start
            yield Named(line.start + _skip(even, start), line.start + one.end, one.text, role, year, one.capitals)


def last_comma(text: str, before: int) -> int:
    """Where the part of a sentence begins that `before` stands in."""
    return max((found.end() for found in _BREAK.finditer(text, 0, before)), default=0)


def _skip(text: str, start: int) -> int:
    return start + len(text[start:]) - len(text[start:].lstrip(" "))


def _role(told: str, known: Mapping[str, list[re.Pattern[str]]]) -> str | None:
    best: tuple[int, int, str] | None = None
    for role, patterns in known.items():
        for pattern in patterns:
            for found in pattern.finditer(told):
                best = max(best or (0, 0, ""), (found.end(), found.end() - found.start(), role))
    return best[2] if best else None


def _year(told: str) -> int | None:
    found = _YEAR.findall(told)
    return int(found[-1]) if found else None
