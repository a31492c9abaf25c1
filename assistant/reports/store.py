"""Reports and what people said of their findings, in the same database as the feedback."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

from sqlalchemy import ForeignKey, RowMapping, Select, delete, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from assistant.database import Database
from assistant.reports.records import report_of, report_record
from assistant.reports.schema import Override, Report, Verdict
from assistant.reports.words import VERDICTS, moment
from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding as the list shows it; `verdict` is the one that stands, `by_person` whether a person gave it."""

    condition: str
    label: str
    title: str
    verdict: Verdict
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A report as the list shows it; `missing`, `issues` and `unreadable` are how many there are."""

    id: str
    application: str
    title: str
    applicant: str
    policy: str
    policy_title: str
    as_of: date
    made: datetime
    findings: tuple[ListedFinding, ...]
    missing: int
    issues: int
    unreadable: int


class _Table(DeclarativeBase):
    pass


class _ReportRow(_Table):
    __tablename__ = "reports"

    id: Mapped[str] = mapped_column(primary_key=True)
    private: Mapped[bool]
    application: Mapped[str]
    title: Mapped[str]
    applicant: Mapped[str]
    policy: Mapped[str]
    policy_title: Mapped[str]
    as_of: Mapped[date]
    made: Mapped[datetime] = mapped_column(index=True)
    findings: Mapped[str]
    missing: Mapped[int]
    issues: Mapped[int]
    unreadable: Mapped[int]
    record: Mapped[str]


class _OverrideRow(_Table):
    __tablename__ = "overrides"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    report: Mapped[str] = mapped_column(ForeignKey("reports.id"), index=True)
    condition: Mapped[str]
    verdict: Mapped[str]
    reason: Mapped[str]
    person: Mapped[str]
    given_at: Mapped[datetime]


class ReportStore:
    """The reports in the database at `url`, made on first use. Raises UsageError for a URL that names no database."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, _Table.metadata)

    @classmethod
    def at(cls, path: Path) -> "ReportStore":
        """The SQLite database in the file `path`."""
        return cls(f"sqlite:///{path}")

    def add_report(self, report: Report, *, private: bool = False) -> None:
        """Keep a report; a `private` one (an applicant's own) is in no list. Raises StorageError."""
        row = _ReportRow(
            id=report.id,
            private=private,
            application=report.application,
            title=_storable(report.title),
            applicant=_storable(report.applicant.name.value) if report.applicant.name else "",
            policy=report.policy,
            policy_title=report.policy_title,
            as_of=report.as_of,
            made=report.made.astimezone(UTC).replace(tzinfo=None),
            findings=json.dumps([[each.condition, each.label, each.title, each.verdict] for each in report.findings]),
            missing=len(report.missing),
            issues=len(report.issues),
            unreadable=sum(file.status == "unreadable" for file in report.files),
            record=json.dumps(report_record(report)),
        )
        with self._database.writing() as session:
            session.merge(row)

    def reports(self, *, limit: int = 500) -> tuple[Listed, ...]:
        """The newest `limit` reports that are not private, newest first. Raises StorageError."""
        columns = [column for column in _ReportRow.__table__.columns if column.name not in ("record", "private")]
        with self._database.reading() as session:
            wanted = select(*columns).where(_ReportRow.private.is_(False))
            rows = session.execute(wanted.order_by(_ReportRow.made.desc(), _ReportRow.id).limit(limit)).all()
            given = select(_OverrideRow).order_by(_OverrideRow.id)
            last = {
                (row.report, row.condition): _verdict(row.verdict)
                for row in session.scalars(given.where(_OverrideRow.report.in_([row.id for row in rows])))
            }
        return tuple(_listed(row._mapping, last) for row in rows)

    def report(self, report_id: str, *, private: bool = False) -> Report:
        """Raises UsageError when there is no such report, StorageError for one that cannot be read any more."""
        with self._database.reading() as session:
            return report_of(json.loads(_row(session, report_id, private=private).record))

    def delete_report(self, report_id: str, *, private: bool = False) -> None:
        """Delete a report and what people said of it. Raises UsageError and StorageError."""
        with self._database.writing() as session:
            row = _row(session, report_id, private=private)
            session.execute(delete(_OverrideRow).where(_OverrideRow.report == report_id))
            session.delete(row)

    def overrides(self, report_id: str) -> tuple[Override, ...]:
        """All that people said of the findings of a report, oldest first. Raises StorageError."""
        with self._database.reading() as session:
            return tuple(map(_override, session.scalars(_given(report_id))))

    def add_override(self, override: Override, *, seen: int) -> None:
        """Keep a person's verdict beside those before it. `seen`: how many verdicts on this finding the person has been
        shown; when there are more by now, nothing is kept and UsageError tells the last of them. Raises UsageError also
        without a reason or a name, or for a finding that the report does not have, and StorageError."""
        reason, person = _storable(override.reason).strip(), _storable(override.person).strip()
        if not reason or not person:
            raise UsageError("请写明修改的理由和经办人。")
        if override.verdict not in get_args(Verdict):
            raise UsageError("请选择核定的结论。")
        with self._database.writing() as session:
            row = _row(session, override.report)
            if all(condition != override.condition for condition, *_ in json.loads(row.findings)):
                raise UsageError("报告里没有这一项条件。")
            mine = _given(override.report).where(_OverrideRow.condition == override.condition)
            given = tuple(map(_override, session.scalars(mine)))
            if len(given) > seen:
                last = given[-1]
                raise UsageError(
                    f"{last.person}已于{moment(last.given_at)}把这一项核定为“{VERDICTS[last.verdict]}”"
                    f"(理由:{last.reason}),您的修改没有保存,请看过后再决定。"
                )
            session.add(
                _OverrideRow(
                    report=override.report,
                    condition=override.condition,
                    verdict=override.verdict,
                    reason=reason,
                    person=person,
                    given_at=override.given_at.astimezone(UTC).replace(tzinfo=None),
                )
            )

    def close(self) -> None:
        """Let go of the connections."""
        self._database.close()


def _listed(row: RowMapping, last: Mapping[tuple[str, str], Verdict]) -> Listed:
    findings = (
        ListedFinding(
            condition, label, title, last.get((row["id"], condition), verdict), (row["id"], condition) in last
        )
        for condition, label, title, verdict in json.loads(row["findings"])
    )
    return Listed(**{**row, "made": row["made"].replace(tzinfo=UTC), "findings": tuple(findings)})


def _row(session: Session, report_id: str, *, private: bool = False) -> _ReportRow:
    # Locked, where the database can, so that nobody else says something of the same report meanwhile.
    found = session.get(_ReportRow, report_id, with_for_update=True)
    if found is None or found.private != private:
        raise UsageError("没有这份预审报告,可能已被删除。")
    return found


def _given(report_id: str) -> Select[_OverrideRow]:
    return select(_OverrideRow).where(_OverrideRow.report == report_id).order_by(_OverrideRow.id)


def _override(row: _OverrideRow) -> Override:
    given_at = row.given_at.replace(tzinfo=UTC)
    return Override(row.report, row.condition, _verdict(row.verdict), row.reason, row.person, given_at)


def _verdict(stored: str) -> Verdict:
    return next(verdict for verdict in get_args(Verdict) if verdict == stored)


def _storable(text: str) -> str:
    """Without halves of characters, which no database takes."""
    return text.encode("utf-8", "replace").decode()
