"""Files for the browser to save, as JSON with `name`, `type` and the bytes in base64."""

import json
from base64 import b64encode
from collections.abc import Sequence

from assistant.render.report_docx import report_docx, supplement_docx
from assistant.render.report_json import report_object
from assistant.render.report_markdown import report_markdown
from assistant.render.report_xlsx import grid_xlsx
from assistant.reports.schema import Override, Report
from assistant.reports.store import ReportStore
from ingest.errors import UsageError
from ingest.readers.archive import safe_name

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GRID = 500  # reports in one workbook


def report_file(report: Report, overrides: Sequence[Override], form: str, *, own: bool) -> str:
    """A report as docx, md, json or xlsx, or its `supplement`. Raises UsageError for another form."""
    name = f"{safe_name(report.title).replace('/', '_')[:80]}-{'自查' if own else '预审'}"
    match form:
        case "docx":
            return _file(f"{name}报告.docx", _WORD, report_docx(report, overrides, own=own))
        case "md":
            return _file(f"{name}报告.md", "text/markdown", report_markdown(report, overrides, own=own).encode())
        case "json":
            told = {**report_object(report), "overrides": [_said(override) for override in overrides]}
            text = json.dumps(told, ensure_ascii=False, indent=2)
            return _file(f"{name}报告.json", "application/json", text.encode("utf-8", "replace"))
        case "xlsx":
            return _file(f"{name}结果.xlsx", _EXCEL, grid_xlsx([report], overrides))
        case "supplement":
            return _file(f"{name}-补正材料告知(草稿).docx", _WORD, supplement_docx(report, overrides))
    raise UsageError("不能导出这种文件。")


def grid_file(store: ReportStore, ids: object) -> str:
    """The workbook of the reports that are shown. Raises UsageError for one that is gone, StorageError."""
    wanted = [str(each) for each in ids][:_GRID] if isinstance(ids, list) else []
    if not wanted:
        raise UsageError("没有可以导出的报告。")
    reports = [store.report(each) for each in wanted]
    overrides = [override for each in wanted for override in store.overrides(each)]
    return _file("材料预审一览.xlsx", _EXCEL, grid_xlsx(reports, overrides))


def _said(override: Override) -> dict[str, str]:
    return {
        "condition": override.condition,
        "verdict": override.verdict,
        "reason": override.reason,
        "person": override.person,
        "given_at": override.given_at.isoformat(timespec="seconds"),
    }


def _file(name: str, kind: str, content: bytes) -> str:
    return json.dumps({"name": name, "type": kind, "data": b64encode(content).decode()})
