"""What people leave behind: their verdict on an answer. SQLite by default, PostgreSQL by URL."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.database import Database
from assistant.schema import Answer

Verdict = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A citation as it was shown when the verdict was given."""

    policy: str
    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict on one answer. `versions` are `policy id@first 12 digits of the text's sha256`; `given_at` is UTC."""

    answer: str
    question: str
    text: str
    status: str
    as_of: date
    citations: tuple[Quoted, ...]
    versions: tuple[str, ...]
    verdict: Verdict
    reason: str
    given_at: datetime


class _Table(DeclarativeBase):
    pass


class _FeedbackRow(_Table):
    __tablename__ = "feedback"

    answer: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    text: Mapped[str]
    status: Mapped[str]
    as_of: Mapped[date]
    citations: Mapped[str]
    versions: Mapped[str]
    verdict: Mapped[str]
    reason: Mapped[str]
    given_at: Mapped[datetime]


class Store:
    """The database at `url`, made on first use. Raises UsageError for a URL that names no database."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, _Table.metadata)

    @classmethod
    def at(cls, path: Path) -> "Store":
        """The SQLite database in the file `path`."""
        return cls(f"sqlite:///{path}")

    def add_feedback(
        self, key: str, answer: Answer, verdict: Verdict, *, reason: str = "", versions: Mapping[str, str] | None = None
    ) -> None:
        """Keep a verdict on the answer `key`; a later one takes its place. `versions`: policy id → sha256 of its text.

        Raises StorageError.
        """
        row = _FeedbackRow(
            answer=key,
            question=answer.question,
            text=answer.text,
            status=answer.status,
            as_of=answer.as_of,
            citations=json.dumps([[c.policy, c.label, c.quote] for c in answer.citations], ensure_ascii=False),
            versions=json.dumps([f"{policy}@{sha[:12]}" for policy, sha in (versions or {}).items()]),
            verdict=verdict,
            reason=reason,
            given_at=datetime.now(UTC).replace(tzinfo=None),
        )
        with self._database.writing() as session:
            session.merge(row)

    def feedback(self) -> tuple[Feedback, ...]:
        """Every verdict, oldest first. Raises StorageError."""
        with self._database.reading() as session:
            rows = session.scalars(select(_FeedbackRow).order_by(_FeedbackRow.given_at, _FeedbackRow.answer))
            return tuple(_feedback(row) for row in rows)

    def close(self) -> None:
        """Let go of the connections."""
        self._database.close()


def _feedback(row: _FeedbackRow) -> Feedback:
    return Feedback(
        answer=row.answer,
        question=row.question,
        text=row.text,
        status=row.status,
        as_of=row.as_of,
        citations=tuple(Quoted(*quoted) for quoted in json.loads(row.citations)),
        versions=tuple(json.loads(row.versions)),
        verdict="up" if row.verdict == "up" else "down",
        reason=row.reason,
        given_at=row.given_at.replace(tzinfo=UTC),
    )
