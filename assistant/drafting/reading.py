"""A report as `check --json` printed it, as the page exported it, or as it is kept, with what people said of it."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.drafting.printed import UNKNOWN_TIME, Printed, printed_report
from assistant.reports.records import SCHEMA, report_of
from assistant.reports.schema import Override, Report, Verdict
from ingest.errors import StorageError, UsageError

_FIRST_YEAR, _LAST_YEAR = 2000, 2200


class _Override(BaseModel):
    condition: str
    verdict: Verdict
    reason: str
    person: str = ""
    given_at: datetime = UNKNOWN_TIME


def read_report(path: Path, *, policy: str) -> tuple[Report, tuple[Override, ...]]:
    """The report in a file; one that names no policy is of `policy`. Raises UsageError, and StorageError for one that
    another version of the program made."""
    told = _loaded(path, "预审报告")
    if not isinstance(told, dict):
        raise UsageError(f"“{path.name}”不是预审报告:应是 check --json 输出的内容。")
    if told.get("schema", SCHEMA) != SCHEMA:
        raise StorageError(f"“{path.name}”是另一个版本的程序保存的预审报告,不能起草,请重新预审。")
    said: list[Override] = []
    if "report" in told:
        report = report_of(told)
    else:
        try:
            printed = Printed.model_validate(told)
        except ValidationError as error:
            field = ".".join(map(str, error.errors()[0]["loc"]))
            raise UsageError(
                f"“{path.name}”不是完整的预审报告({field} 缺少或有误),请用 check --json 的输出。"
            ) from None
        report = printed_report(printed, key=_key(told), name=path.stem, policy=policy)
        said = [
            Override(report.id, each.condition, each.verdict, each.reason, each.verdict_by, UNKNOWN_TIME)
            for each in printed.findings
            if each.decided_by == "person" and each.verdict_by.strip()
        ]
    return report, (*said, *overrides_of(told.get("overrides") or [], report, path.name))


def read_overrides(path: Path, report: Report) -> tuple[Override, ...]:
    """A person's verdicts on a report, from a file of their own. Raises UsageError."""
    told = _loaded(path, "人工核定")
    return overrides_of(told.get("overrides") if isinstance(told, dict) else told, report, path.name)


def overrides_of(told: Any, report: Report, name: str) -> tuple[Override, ...]:
    """The overrides in a list of {condition, verdict, reason, person, given_at}. Raises UsageError."""
    if not isinstance(told, list):
        raise UsageError(f"“{name}”的人工核定应是一个列表。")
    known = {finding.condition for finding in report.findings}
    found = []
    for number, each in enumerate(told, 1):
        try:
            said = _Override.model_validate(each)
        except ValidationError as error:
            field = ".".join(map(str, error.errors()[0]["loc"]))
            raise UsageError(f"“{name}”的第 {number} 条人工核定缺少 {field} 或写得不对。") from None
        if said.condition not in known:
            raise UsageError(f"“{name}”的第 {number} 条人工核定:报告里没有编号为 {said.condition[:20]} 的条件。")
        if not said.reason.strip() or not said.person.strip():
            raise UsageError(f"“{name}”的第 {number} 条人工核定没有写明理由和经办人。")
        if said.given_at != UNKNOWN_TIME and not _FIRST_YEAR <= said.given_at.year <= _LAST_YEAR:
            raise UsageError(f"“{name}”的第 {number} 条人工核定的时间不对:{said.given_at.isoformat()}。")
        at = said.given_at if said.given_at.tzinfo else said.given_at.replace(tzinfo=UTC)
        found.append(Override(report.id, said.condition, said.verdict, said.reason, said.person, at))
    return tuple(found)


def _key(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def _loaded(path: Path, what: str) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"不能读取{what}“{path}”:{error.strerror or error}。") from None
    except (ValueError, RecursionError):
        raise UsageError(f"“{path.name}”不是 UTF-8 编码的 JSON,读不出{what}。") from None
