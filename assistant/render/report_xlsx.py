"""Several reports as a workbook: packages × conditions, and every finding on a row of its own."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from assistant.reports.schema import Override, Report
from assistant.reports.words import (
    DECIDED_BY,
    ENTITY_TYPES,
    VERDICTS,
    Standing,
    moment,
    printable,
    quoted,
    source,
    standings,
)

_LONGEST = 32_000  # characters of a cell; Excel takes 32,767
_FILLS = {
    word: PatternFill("solid", fgColor=colour)
    for word, colour in zip(VERDICTS.values(), ("FFDDF0E4", "FFF8D9D5", "FFFCECC6", "FFE4E7EB"), strict=True)
}
_HEAD = PatternFill("solid", fgColor="FFEAF1F7")
_FINDINGS = ("申报材料", "条款", "条件", "结论", "结论由来", "理由", "机器预审结论", "经办人", "首要证据", "出处")
_DETAILS = (24, 16, 20, 10, 18, 48, 14, 12, 48, 30)


def grid_xlsx(reports: Sequence[Report], overrides: Sequence[Override] = ()) -> bytes:
    """A workbook of two sheets that sort and filter: 一览 (a row for each report, a column for each condition, with the
    verdicts that stand) and 逐项 (a row for each finding). No cell is a formula, whatever a material says."""
    given: dict[str, list[Override]] = {}
    for override in overrides:
        given.setdefault(override.report, []).append(override)
    standing = [standings(report, given.get(report.id, ())) for report in reports]
    labels = {each.finding.condition: each.finding.label for found in standing for each in found}
    head = ("申报材料", "申报单位", "统一社会信用代码", "单位类型", *labels.values())
    head += ("缺少材料数", "缺少的材料", "疑点数", "未能读取的文件数", "预审时间", "依据文本")
    book = Workbook()
    packages = [_package(report, found, tuple(labels)) for report, found in zip(reports, standing, strict=True)]
    _sheet(book.active, "一览", head, packages, (28, 30, 22, 12, *(12 for _ in labels), 10, 40, 8, 10, 20, 40))
    findings = [_finding(report, each) for report, found in zip(reports, standing, strict=True) for each in found]
    _sheet(book.create_sheet(), "逐项", _FINDINGS, findings, _DETAILS)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _package(report: Report, standing: Sequence[Standing], conditions: Sequence[str]) -> tuple[str | int, ...]:
    verdicts = {each.finding.condition: VERDICTS[each.verdict] for each in standing}
    applicant = report.applicant
    return (
        report.title,
        applicant.name.value if applicant.name else "",
        applicant.uscc.value if applicant.uscc else "",
        ENTITY_TYPES[applicant.entity_type],
        *(verdicts.get(condition, "") for condition in conditions),
        len(report.missing),
        "、".join(missing.name for missing in report.missing),
        len(report.issues),
        sum(file.status == "unreadable" for file in report.files),
        moment(report.made),
        f"《{report.policy_title}》",
    )


def _finding(report: Report, each: Standing) -> tuple[str | int, ...]:
    finding = each.finding
    first = finding.evidence[0] if finding.evidence else None
    return (
        report.title,
        finding.label,
        finding.title,
        VERDICTS[each.verdict],
        DECIDED_BY[each.decided_by],
        each.reason,
        VERDICTS[finding.verdict],
        each.overrides[-1].person if each.overrides else "",
        quoted(first) if first else "",
        source(first) if first else "",
    )


def _sheet(
    sheet: Any, title: str, head: Sequence[str], rows: Sequence[Sequence[str | int]], widths: Sequence[int]
) -> None:
    sheet.title = title
    for number, values in enumerate((head, *rows), 1):
        for column, value in enumerate(values, 1):
            _fill(sheet.cell(number, column), value, head=number == 1)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(rows) + 1}"


def _fill(cell: Any, value: str | int, *, head: bool) -> None:
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = printable(value)[:_LONGEST]
    # Text, also where it begins like a formula; the mark keeps it text when someone edits the cell in Excel.
    cell.data_type = "s"
    cell.quotePrefix = value[:1] in ("=", "+", "-", "@", "\t", "\r")
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if head else None)
    if head:
        cell.font, cell.fill = Font(bold=True), _HEAD
    elif value in _FILLS:
        cell.fill = _FILLS[value]
