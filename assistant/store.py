"""What people leave behind: their verdict on an answer. SQLite by default, PostgreSQL by URL."""

import json
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.schema import CreateTable

from assistant.schema import Answer
from ingest.errors import StorageError, UsageError

Verdict = Literal["up", "down"]

_BUSY_SECONDS = 3


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
        try:
            self._url = make_url(url)
            self._sqlite = self._url.get_backend_name() == "sqlite"
            self._engine = create_engine(self._url, connect_args={"timeout": _BUSY_SECONDS} if self._sqlite else {})
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
            raise UsageError(f"数据库地址无法识别:{url.split('@')[-1]}。") from None
        if self._sqlite:
            event.listen(self._engine, "connect", _write_ahead)
        self._made = False

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
        with self._session() as session:
            if self._sqlite:
                # A transaction that reads first and then writes is refused at once, not made to wait.
                session.execute(text("BEGIN IMMEDIATE"))
            session.merge(row)
            session.commit()

    def feedback(self) -> tuple[Feedback, ...]:
        """Every verdict, oldest first. Raises StorageError."""
        with self._session() as session:
            rows = session.scalars(select(_FeedbackRow).order_by(_FeedbackRow.given_at, _FeedbackRow.answer))
            return tuple(_feedback(row) for row in rows)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    @contextmanager
    def _session(self) -> Generator[Session]:
        where = self._url.database if self._sqlite else self._url.host
        try:
            if not self._made:
                self._make()
            with Session(self._engine) as session:
                yield session
        except DBAPIError as error:
            raise StorageError(_sentence(str(error.orig), where)) from None
        except OSError as error:
            raise StorageError(_sentence(str(error), where)) from None

    def _make(self) -> None:
        turn: AbstractContextManager[object] = nullcontext()
        if self._sqlite and self._url.database:
            Path(self._url.database).parent.mkdir(parents=True, exist_ok=True)
            # Only one at a time may change a file to write-ahead, and the others would not be made to wait.
            turn = FileLock(f"{self._url.database}.lock")
        with turn, self._engine.begin() as connection:
            for table in _Table.metadata.sorted_tables:
                # create_all looks first and creates then; two programs that start together would both create.
                connection.execute(CreateTable(table, if_not_exists=True))
        self._made = True


def _write_ahead(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where the store says so
    # Readers do not wait for the writer; the mode stays with the file.
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")


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


def _sentence(fault: str, where: str | None) -> str:
    told = fault.lower()
    if "locked" in told or "busy" in told:
        return "没有保存成功:数据库正被另一个程序占用,请稍后再试。"
    if "full" in told or "no space" in told:
        return "没有保存成功:磁盘空间不足,请清理磁盘后再试。"
    if "not a database" in told or "malformed" in told:
        return f"没有保存成功:{where} 不是可用的数据库文件,请移走它后再试。"
    return f"没有保存成功:数据库 {where} 无法打开或写入,请检查该位置的权限。"
