"""Drafts and all their versions, each with who made it and when, in the same database as the reports."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from assistant.database import Database
from assistant.drafting.schema import Opinion
from assistant.reports.words import moment
from ingest.errors import StorageError, UsageError

SCHEMA = 1
"""Of the record of a version; a change that older programs cannot read raises it."""
Act = Literal["drafted", "edited", "restored", "signed"]
"""由程序起草、人工修改、恢复到以前的一版、签发"""
_LISTED = 500


@dataclass(frozen=True, slots=True)
class Origin:
    """What a draft was made from: its kind by policy and id, its reports, and the form as a person filled it in."""

    policy: str
    kind: str
    reports: tuple[str, ...] = ()
    form: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Version:
    """The document as it stood after a person's act, numbered from 1. `at` is in UTC; `of` is the version whose words
    it has, another one than itself only where it was restored; `note` is one sentence on what changed."""

    draft: str
    number: int
    act: Act
    person: str
    at: datetime
    of: int
    note: str
    opinion: Opinion
    origin: Origin


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """A draft as the list shows it, by its last version; `signed` is whether any of its versions was signed."""

    id: str
    title: str
    kind: str
    versions: int
    person: str
    at: datetime
    signed: bool


class _Table(DeclarativeBase):
    pass


class _VersionRow(_Table):
    __tablename__ = "draft_versions"

    draft: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str]
    person: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    of: Mapped[int]
    note: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    record: Mapped[str]


class VersionStore:
    """The drafts in the database at `url`, made on first use. A version is never changed, only followed by another.
    Raises UsageError for a URL that names no database, and all methods StorageError."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, _Table.metadata)

    @classmethod
    def at(cls, path: Path) -> "VersionStore":
        """The SQLite database in the file `path`."""
        return cls(f"sqlite:///{path}")

    def begin(self, opinion: Opinion, origin: Origin, *, person: str, at: datetime) -> Version:
        """Keep a new draft as its first version. Raises UsageError without a person."""
        made = Version(uuid4().hex, 1, "drafted", _name(person), at.astimezone(UTC), 1, "", opinion, origin)
        with self._database.writing() as session:
            session.add(_row(made))
        return made

    def follow(
        self,
        before: Version,
        opinion: Opinion,
        act: Act,
        *,
        person: str,
        at: datetime,
        origin: Origin | None = None,
        of: int | None = None,
        note: str = "",
    ) -> Version:
        """Keep what a person made of the version `before`, which must be the last one: where another person was faster,
        UsageError tells who, and nothing is kept. Raises UsageError also without a person."""
        name = _name(person)
        with self._database.writing() as session:
            last = _last(session, before.draft)
            if last.number != before.number:
                raise UsageError(
                    f"{last.person}已于{moment(last.at.replace(tzinfo=UTC))}保存了第{last.number}版,"
                    "您的修改没有保存,请看过后再改。"
                )
            number = last.number + 1
            made = replace(
                before, number=number, act=act, person=name, at=at.astimezone(UTC), of=of or number, note=note,
                opinion=opinion, origin=origin or before.origin,
            )  # fmt: skip
            session.add(_row(made))
        return made

    def drafts(self, *, limit: int = _LISTED) -> tuple[ListedDraft, ...]:
        """The drafts that were worked on last, newest first."""
        newest = (
            select(
                _VersionRow.draft,
                func.max(_VersionRow.number).label("number"),
                func.count().label("versions"),
                func.max(case((_VersionRow.act == "signed", 1), else_=0)).label("signed"),
            )
            .group_by(_VersionRow.draft)
            .subquery()
        )
        wanted = select(
            _VersionRow.draft.label("id"), _VersionRow.title, _VersionRow.kind, newest.c.versions, _VersionRow.person,
            _VersionRow.at, newest.c.signed,
        )  # fmt: skip
        wanted = wanted.join(
            newest, (newest.c.draft == _VersionRow.draft) & (newest.c.number == _VersionRow.number)
        ).order_by(_VersionRow.at.desc(), _VersionRow.draft)
        with self._database.reading() as session:
            rows = session.execute(wanted.limit(limit)).mappings().all()
        return tuple(
            ListedDraft(**{**row, "at": row["at"].replace(tzinfo=UTC), "signed": bool(row["signed"])}) for row in rows
        )

    def versions(self, draft: str) -> tuple[Version, ...]:
        """All versions, oldest first. Raises UsageError when there is no such draft."""
        wanted = select(_VersionRow).where(_VersionRow.draft == draft).order_by(_VersionRow.number)
        with self._database.reading() as session:
            found = tuple(map(_version, session.scalars(wanted)))
        if not found:
            raise _gone()
        return found

    def delete(self, draft: str) -> None:
        """Delete a draft with its versions. Raises UsageError for one that was signed: what was signed is kept."""
        mine = _VersionRow.draft == draft
        with self._database.writing() as session:
            _last(session, draft)
            if session.scalar(select(func.count()).where(mine, _VersionRow.act == "signed")):
                raise UsageError("已签发的文稿要留存,不能删除。")
            session.execute(delete(_VersionRow).where(mine))

    def close(self) -> None:
        """Let go of the connections."""
        self._database.close()


def before(versions: tuple[Version, ...]) -> Version | None:
    """What undoing the last version leads back to: the version before the one whose words it has."""
    earlier = versions[-1].of - 1
    return versions[earlier - 1] if earlier >= 1 else None


def _last(session: Session, draft: str) -> _VersionRow:
    wanted = select(_VersionRow).where(_VersionRow.draft == draft).order_by(_VersionRow.number.desc()).limit(1)
    # Locked, where the database can, so that nobody else adds a version meanwhile.
    found = session.scalar(wanted.with_for_update())
    if found is None:
        raise _gone()
    return found


def _gone() -> UsageError:
    return UsageError("没有这份文稿,可能已被删除。")


def _name(person: str) -> str:
    if not (name := " ".join(_storable(person).split())):
        raise UsageError("请填写经办人。")
    return name


def _row(made: Version) -> _VersionRow:
    record = {
        "schema": SCHEMA,
        "opinion": _opinions().dump_python(made.opinion, mode="json"),
        "origin": _origins().dump_python(made.origin, mode="json"),
    }
    return _VersionRow(
        draft=made.draft, number=made.number, act=made.act, person=made.person, at=made.at.replace(tzinfo=None),
        of=made.of, note=_storable(made.note), title=_storable(made.opinion.title), kind=made.opinion.kind,
        record=json.dumps(record),
    )  # fmt: skip


def _version(row: _VersionRow) -> Version:
    record = json.loads(row.record)
    if record.get("schema") != SCHEMA:
        raise StorageError("这份文稿是用另一个版本的程序保存的,不能打开。")
    try:
        opinion = _opinions().validate_python(record["opinion"])
        origin = _origins().validate_python(record["origin"])
    except (KeyError, ValidationError) as error:
        raise StorageError("这份文稿的记录已损坏,不能打开。") from error
    act = next(each for each in get_args(Act) if each == row.act)
    at = row.at.replace(tzinfo=UTC)
    return Version(row.draft, row.number, act, row.person, at, row.of, row.note, opinion, origin)


@cache
def _opinions() -> TypeAdapter[Opinion]:
    return TypeAdapter(Opinion)


@cache
def _origins() -> TypeAdapter[Origin]:
    return TypeAdapter(Origin)


def _storable(text: str) -> str:
    """Without halves of characters, which no database takes."""
    return text.encode("utf-8", "replace").decode()
