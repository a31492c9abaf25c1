"""The shape of a report that `check --json` prints, and the report made of it again."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Literal

from pydantic import BaseModel

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
    Report,
    Verdict,
)
from ingest.materials import PageNumber

UNKNOWN_TIME = datetime.min.replace(tzinfo=UTC)
"""Where a report does not say when."""


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


class _File(BaseModel):
    name: str
    sha256: str = ""
    kind: str = ""
    status: Literal["read", "ocr", "unreadable"]
    reason: str | None = None


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
    verdict_by: str = ""
    evidence: list[_Exhibit] = []
    aspects: list[_Aspect] = []

    def finding(self) -> Finding:
        return Finding(
            **self.model_dump(exclude={"evidence", "aspects", "verdict_by"}),
            evidence=tuple(each.exhibit() for each in self.evidence),
            aspects=tuple(AspectFinding(a.aspect, tuple(each.exhibit() for each in a.evidence)) for a in self.aspects),
        )


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


class Printed(BaseModel):
    """What the contract promises must be there; the rest was added later."""

    id: str = ""
    application: str = ""
    title: str = ""
    policy: str = ""
    policy_title: str = ""
    version: str = ""
    as_of: date | None = None
    made: datetime | None = None
    files: list[_File]
    applicant: _Applicant
    findings: list[_Finding]
    missing_materials: list[_Missing]
    issues: list[_Issue]
    advice: str = ""
    facts: list[_Fact] = []


def printed_report(told: Printed, *, key: str, name: str, policy: str) -> Report:
    """The report. One without an id goes by `key`, without a title by `name`, without a policy by `policy`; one without
    any day is of the last there is, which no text says."""
    facts = tuple(Fact(each.kind, each.value, each.role, each.evidence.exhibit()) for each in told.facts)
    return Report(
        id=told.id or key,
        application=told.application,
        title=told.title or name,
        policy=told.policy or policy,
        policy_title=told.policy_title,
        version=told.version,
        as_of=told.as_of or (told.made.date() if told.made else date.max),
        made=told.made or UNKNOWN_TIME,
        files=tuple(FileRow(f.name, f.sha256, f.kind, 0, f.status, f.reason) for f in told.files),
        applicant=_applicant(told.applicant, facts),
        findings=tuple(each.finding() for each in told.findings),
        missing=tuple(MissingMaterial(**each.model_dump()) for each in told.missing_materials),
        issues=tuple(
            Issue(each.kind, each.file, each.page, each.message, tuple(one.exhibit() for one in each.places))
            for each in told.issues
        ),
        advice=told.advice,
        facts=facts,
    )


def _applicant(told: _Applicant, facts: Sequence[Fact]) -> Applicant:
    """Each value with the words that it was read from; without them the report alone says so."""

    def fact(kind: FactKind, value: str | None) -> Fact | None:
        bare = Fact(kind, value or "", "", Exhibit("", "", 0, None, 0, 0, value or ""))
        return next((each for each in facts if (each.kind, each.value) == (kind, value)), bare) if value else None

    return Applicant(
        name=fact("name", told.name),
        uscc=fact("uscc", told.uscc),
        entity_type=told.entity_type,
        legal_representative=fact("legal_representative", told.legal_representative),
        address=fact("address", told.address),
        registered_city=told.registered_city,
        located_city=told.located_city,
        joint=tuple(made for each in told.joint_applicants if (made := fact("joint_applicant", each)) is not None),
    )
