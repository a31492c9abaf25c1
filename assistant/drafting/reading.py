"""A report as `check --json` printed it, as the page exported it, or as it is kept, with what people said of it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.reports.records import SCHEMA, report_of
from assistant.reports.schema import (
    Applicant,
    AspectFinding,
    DecidedBy,
    EntityType,
    Exhibit,
    Fact,
    FactKind,
    FileRow,
    Finding,
    Issue,
    IssueKind,
    MissingMaterial,
    Override,
    Report,
    Verdict,
)
from ingest.errors import StorageError, UsageError
from ingest.materials import PageNumber

_UNKNOWN_TIME = datetime.min.replace(tzinfo=UTC)


class _Exhibit(BaseModel):
    file: str
    page: PageNumber = None
    quote: str
    boxes: list[tuple[float, float, float, float]] = []
    sha256: str = ""
    place: int = 0
    start: int = 0
    end: int = 0

    def exhibit(self) -> Exhibit:
        return Exhibit(
            self.file, self.sha256, self.place, self.page, self.start, self.end, self.quote, tuple(self.boxes)
        )


class _Fact(BaseModel):
    kind: FactKind
    value: str
    role: str
    evidence: _Exhibit


class _Applicant(BaseModel):
    name: str | None = None
    uscc: str | None = None
    entity_type: EntityType = "other"
    legal_representative: str | None = None
    address: str | None = None
    registered_city: str | None = None
    located_city: str | None = None
    joint_applicants: list[str] = []


class _Aspect(BaseModel):
    aspect: str
    evidence: list[_Exhibit] = []


class _Finding(BaseModel):
    condition: str
    label: str
    title: str = ""
    verdict: Verdict
    reason: str
    decided_by: DecidedBy
    evidence: list[_Exhibit] = []
    aspects: list[_Aspect] = []


class _Missing(BaseModel):
    name: str
    basis: str
    quote: str = ""
    named: bool = False
    note: str = ""


class _Issue(BaseModel):
    kind: IssueKind
    file: str
    page: PageNumber = None
    message: str
    places: list[_Exhibit] = []


class _Override(BaseModel):
    condition: str
    verdict: Verdict
    reason: str
    person: str = ""
    given_at: datetime = _UNKNOWN_TIME


class _Printed(BaseModel):
    """What the contract promises must be there; the rest was added later."""

    id: str = ""
    application: str = ""
    title: str = ""
    policy: str = ""
    policy_title: str = ""
    version: str = ""
    as_of: date | None = None
    made: datetime | None = None
    files: list[dict[str, Any]]
    applicant: _Applicant
    findings: list[_Finding]
    missing_materials: list[_Missing]
    issues: list[_Issue]
    advice: str = ""
    facts: list[_Fact] = []


def read_report(path: Path, *, policy: str) -> tuple[Report, tuple[Override, ...]]:
    """The report in a file; one that names no policy is of `policy`. Raises UsageError, and StorageError for one that
    another version of the program made."""
    told = _loaded(path, "预审报告")
    if not isinstance(told, dict):
        raise UsageError(f"“{path.name}”不是预审报告:应是 check --json 输出的内容。")
    if told.get("schema", SCHEMA) != SCHEMA:
        raise StorageError(f"“{path.name}”是另一个版本的程序保存的预审报告,不能起草,请重新预审。")
    if "report" in told:
        report = report_of(told)
    else:
        try:
            printed = _Printed.model_validate(told)
        except ValidationError as error:
            field = ".".join(map(str, error.errors()[0]["loc"]))
            raise UsageError(
                f"“{path.name}”不是完整的预审报告({field} 缺少或有误),请用 check --json 的输出。"
            ) from None
        report = _report(printed, path, policy)
    return report, overrides_of(told.get("overrides") or [], report, path.name)


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
        at = said.given_at if said.given_at.tzinfo else said.given_at.replace(tzinfo=UTC)
        found.append(Override(report.id, said.condition, said.verdict, said.reason, said.person, at))
    return tuple(found)


def _loaded(path: Path, what: str) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"不能读取{what}“{path}”:{error.strerror or error}。") from None
    except (ValueError, RecursionError):
        raise UsageError(f"“{path.name}”不是 UTF-8 编码的 JSON,读不出{what}。") from None


def _report(told: _Printed, path: Path, policy: str) -> Report:
    applicant = told.applicant
    facts = tuple(Fact(each.kind, each.value, each.role, each.evidence.exhibit()) for each in told.facts)

    def fact(kind: FactKind, value: str | None) -> Fact | None:
        """The fact with the words that it was read from; without them the report alone says so."""
        bare = Fact(kind, value or "", "", Exhibit("", "", 0, None, 0, 0, value or ""))
        return next((each for each in facts if (each.kind, each.value) == (kind, value)), bare) if value else None

    return Report(
        id=told.id or path.stem,
        application=told.application,
        title=told.title or path.stem,
        policy=told.policy or policy,
        policy_title=told.policy_title,
        version=told.version,
        as_of=told.as_of or date.max,
        made=told.made or _UNKNOWN_TIME,
        files=tuple(
            FileRow(
                str(row.get("name", "")),
                str(row.get("sha256", "")),
                str(row.get("kind", "")),
                0,
                "unreadable" if row.get("status") == "unreadable" else "read",
                row.get("reason"),
            )
            for row in told.files
        ),
        applicant=Applicant(
            name=fact("name", applicant.name),
            uscc=fact("uscc", applicant.uscc),
            entity_type=applicant.entity_type,
            legal_representative=fact("legal_representative", applicant.legal_representative),
            address=fact("address", applicant.address),
            registered_city=applicant.registered_city,
            located_city=applicant.located_city,
            joint=tuple(
                made for each in applicant.joint_applicants if (made := fact("joint_applicant", each)) is not None
            ),
        ),
        findings=tuple(
            Finding(
                **each.model_dump(exclude={"evidence", "aspects"}),
                evidence=tuple(one.exhibit() for one in each.evidence),
                aspects=tuple(
                    AspectFinding(a.aspect, tuple(one.exhibit() for one in a.evidence)) for a in each.aspects
                ),
            )
            for each in told.findings
        ),
        missing=tuple(MissingMaterial(**each.model_dump()) for each in told.missing_materials),
        issues=tuple(
            Issue(each.kind, each.file, each.page, each.message, tuple(one.exhibit() for one in each.places))
            for each in told.issues
        ),
        advice=told.advice,
        facts=facts,
    )
