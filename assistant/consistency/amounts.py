"""Amounts that should be equal: of one thing in one year, in figures and in capitals, totals and their parts."""

import re
from collections.abc import Generator, Iterator
from decimal import Decimal
from itertools import groupby, pairwise

from assistant.consistency.case import Case, short
from assistant.facts.amounts import Amount, amounts, named_unit, number, plain
from assistant.facts.labels import CAPITAL
from assistant.facts.stated_amounts import year_of
from assistant.facts.width import bare, flat
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Fact, Issue
from ingest.materials import Material, Page

_SEVERAL = re.compile(r"合同|收入|租金|费用$|单价|服务费")
"""Roles of which an applicant has more than one amount in a year"""
_TOTAL = re.compile(r"(?:合|总|共)计|总额|总和")
_PART = re.compile(r"其中|小计")
_MONEY = re.compile(r"金额|经费|支出|投入|费用|预算|资金|万元|\(元\)|价款|合同额")
_LINKED = re.compile(r"[\s(（)）,:即计合为共]*(?:大写|小写|人民币|RMB)*[\s(（:]*[¥]?")


def amount_issues(case: Case) -> Iterator[Issue]:
    """Amounts of one role and one year that differ, figures beside other capitals, totals that are no sums."""
    yield from _in_capitals(case)
    yield from _between_files(case)
    for material in case.materials:
        before: list[_Row] = []
        for place, page in enumerate(material.pages):
            before = yield from _sums(material, place, page, before)


def _in_capitals(case: Case) -> Iterator[Issue]:
    for material, place, page in case.pages():
        for one, other in pairwise(amounts(page.text)):
            if _are_one(page.text, one, other) and one.value != other.value:
                places = tuple(exhibit(material, place, each.start, each.end) for each in (one, other))
                told = f"“{places[0].quote}”是{one.text}元,“{places[1].quote}”是{other.text}元"
                doubt = "(该页由图像识别,可能是识别误差)" if page.ocr else ""
                message = f"“{short(material.name)}”中同一金额的小写与大写不一致:{told}{doubt},请核对。"
                yield Issue("amount_conflict", material.name, page.number, message, places)


def _are_one(text: str, one: Amount, other: Amount) -> bool:
    """Whether one amount is the other in capitals: only 大写, brackets and the like stand between them."""
    between = flat(text[one.end : other.start])
    return one.capitals != other.capitals and "\t" not in between and _LINKED.fullmatch(between) is not None


def _between_files(case: Case) -> Iterator[Issue]:
    groups: dict[tuple[str, int | None], list[Fact]] = {}
    for fact in case.of("amount"):
        if _SEVERAL.search(fact.role) or not _is_first_written(case, fact):
            continue
        year = None if fact.role == CAPITAL else year_of(case.material(fact.exhibit.sha256), fact.exhibit)
        if (year is None and fact.role != CAPITAL) or not _is_meant(case, fact):
            continue
        if fact.role == CAPITAL and (case.paper(fact) in ("contract", "lease", "proof") or case.is_others(fact)):
            continue
        groups.setdefault((fact.role, year), []).append(fact)
    for (role, year), facts in groups.items():
        once = {fact.value: fact for fact in reversed(facts)}
        if len(once) < 2:
            continue
        places = [fact for fact in facts if once.get(fact.value) is fact]
        what = f"{year}年度的{role}" if year else role
        told = ",".join(f"“{short(fact.exhibit.file)}”写的是{_readable(fact.value)}" for fact in places)
        doubt = "(有的页由图像识别,可能是识别误差)" if any(case.is_recognised(fact.exhibit) for fact in places) else ""
        first = places[-1].exhibit
        yield Issue(
            "amount_conflict",
            first.file,
            first.page,
            f"{what}前后不一:{told}{doubt},请核对。",
            tuple(fact.exhibit for fact in places),
        )


def _readable(value: str) -> str:
    yuan = Decimal(value)
    return f"{plain(yuan / 10_000)}万元" if yuan >= 10_000 else f"{value}元"


def _is_first_written(case: Case, fact: Fact) -> bool:
    """Not the second way to write an amount that stands before it (figures, then capitals in brackets)."""
    text = case.material(fact.exhibit.sha256).pages[fact.exhibit.place].text
    found = amounts(text)
    at = next((place for place, one in enumerate(found) if one.end == fact.exhibit.end), 0)
    return not (at and _are_one(text, found[at - 1], found[at]))


def _is_meant(case: Case, fact: Fact) -> bool:
    """The thing that a role like 专项经费支出 is named for is spoken of nearby; 研发投入 alone is another amount."""
    if fact.role == CAPITAL or not re.match(r"专项|专门", fact.role):
        return True
    title = case.material(fact.exhibit.sha256).pages[0].text[:80]
    return re.search(r"专项|专门|专账", case.around(fact, 120, 20) + title) is not None


class _Row:
    """A row of a table: its cells by column, and the block it is."""

    def __init__(self, page: Page, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.cells = page.text[start:end].split("\t")
        self.label = bare("".join(cell for cell in self.cells if number(cell) is None))

    def value(self, column: int) -> Decimal | None:
        """The number in a column, None for another cell."""
        return number(self.cells[column]) if column < len(self.cells) else None


def _sums(material: Material, place: int, page: Page, before: list[_Row]) -> Generator[Issue, None, list[_Row]]:
    """The totals of the tables on a page; a table at the head of a page may go on from `before`, the last rows of the
    page above. Returns the rows that end this page."""
    last: list[_Row] = []
    for number_, (is_row, blocks) in enumerate(groupby(page.blocks, key=lambda block: block.kind == "row")):
        rows = [_Row(page, block.start, block.end) for block in blocks] if is_row else []
        last = rows
        for at, total in enumerate(rows):
            if not _TOTAL.search(total.label[:12]) or sum(number(cell) is not None for cell in total.cells) == 0:
                continue
            above = rows[:at]
            repeated = bool(before and above) and above[0].cells == before[0].cells
            whole = [*before, *above[repeated:]]
            for column in range(len(total.cells)):
                if _differs(total, column, above) and (number_ or _differs(total, column, whole)):
                    yield _sum_issue(material, place, page, total, column, above)
                    break
    return last


def _differs(total: _Row, column: int, rows: list[_Row]) -> bool:
    """Whether the amounts above a total are all numbers and add up to something else."""
    stated = total.value(column)
    head = next((at for at in range(len(rows) - 1, -1, -1) if _is_header(rows[at], column)), None)
    if stated is None or head is None or not _MONEY.search(bare(" ".join(rows[head].cells[column : column + 1]) or "")):
        return False
    parts = [row for row in rows[head + 1 :] if not _PART.search(row.label) and not _TOTAL.search(row.label[:12])]
    values = [row.value(column) for row in parts]
    cells = [row.cells[column].strip() if column < len(row.cells) else "" for row in parts]
    if len(values) < 2 or any(
        value is None and cell not in ("", "-", "—", "/") for value, cell in zip(values, cells, strict=True)
    ):
        return False
    numbers = [value for value in values if value is not None]
    rounding = max((Decimal(1).scaleb(int(value.as_tuple().exponent)) for value in numbers), default=Decimal(0))
    return len(numbers) >= 2 and abs(sum(numbers) - stated) > min(rounding, Decimal("0.1")) * len(numbers) / 2


def _is_header(row: _Row, column: int) -> bool:
    return (
        column < len(row.cells) and row.value(column) is None and len(row.cells) > 1 and bool(row.cells[column].strip())
    )


def _sum_issue(material: Material, place: int, page: Page, total: _Row, column: int, rows: list[_Row]) -> Issue:
    head = max(at for at in range(len(rows)) if _is_header(rows[at], column))
    parts = [row for row in rows[head + 1 :] if not _PART.search(row.label) and row.value(column) is not None]
    added = sum((row.value(column) or Decimal(0) for row in parts), Decimal(0))
    unit = {1: "元", 10_000: "万元"}.get(named_unit(rows[head].cells[column]) or 0, "")
    places = tuple(exhibit(material, place, row.start, row.end) for row in (*parts, total))
    message = (
        f"“{short(material.name)}”的表中合计为{plain(total.value(column) or Decimal(0))}{unit},"
        f"各项相加为{plain(added)}{unit},请核对。"
    )
    return Issue("amount_conflict", material.name, page.number, message, places)
