"""A report as JSON and back, with nothing lost: how it is kept, and what `draft` reads."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.reports.schema import Report
from ingest.errors import StorageError

SCHEMA = 1
"""Of the record; a change that older programs cannot read raises it."""


def report_record(report: Report) -> dict[str, Any]:
    """The whole report as what `json` can write; `schema` says how it is to be read."""
    return {"schema": SCHEMA, "report": _adapter().dump_python(report, mode="json")}


def report_of(record: Any) -> Report:
    """The report that `report_record` made. Raises StorageError for anything else."""
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise StorageError("这份预审报告是用另一个版本的程序保存的,不能打开,请重新预审。")
    try:
        return _adapter().validate_python(record.get("report"))
    except ValidationError as error:
        raise StorageError("这份预审报告的记录已损坏,不能打开,请重新预审。") from error


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)
