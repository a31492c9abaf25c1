"""The database under the stores: SQLite by default, PostgreSQL by URL."""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import MetaData, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from ingest.errors import StorageError, UsageError

_BUSY_SECONDS = 3


class Database:
    """The database at `url` with `tables`, made on first use. Raises UsageError for a URL that names no database."""

    def __init__(self, url: str, tables: MetaData) -> None:
        try:
            self._url = make_url(url)
            self._sqlite = self._url.get_backend_name() == "sqlite"
            self.engine = create_engine(self._url, connect_args={"timeout": _BUSY_SECONDS} if self._sqlite else {})
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
            raise UsageError(f"数据库地址无法识别:{url.split('@')[-1]}。") from None
        if self._sqlite:
            event.listen(self.engine, "connect", _write_ahead)
        self._tables = tables
        self._made = False

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A session that only reads. Raises StorageError."""
        with self._session() as session:
            yield session

    @contextmanager
    def writing(self) -> Generator[Session]:
        """A session that is committed at the end, and rolled back by an exception. Raises StorageError."""
        with self._session() as session:
            if self._sqlite:
                # A transaction that reads first and then writes is refused at once, not made to wait.
                session.execute(text("BEGIN IMMEDIATE"))
            yield session
            session.commit()

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    @contextmanager
    def _session(self) -> Generator[Session]:
        where = self._url.database if self._sqlite else self._url.host
        try:
            if not self._made:
                self._make()
            with Session(self.engine) as session:
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
        with turn, self.engine.begin() as connection:
            for table in self._tables.sorted_tables:
                # create_all looks first and creates then; two programs that start together would both create.
                connection.execute(CreateTable(table, if_not_exists=True))
                for index in table.indexes:
                    connection.execute(CreateIndex(index, if_not_exists=True))
        self._made = True


def _write_ahead(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where the store says so
    # Readers do not wait for the writer; the mode stays with the file.
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")


def _sentence(fault: str, where: str | None) -> str:
    told = fault.lower()
    if "locked" in told or "busy" in told:
        return "没有保存成功:数据库正被另一个程序占用,请稍后再试。"
    if "full" in told or "no space" in told:
        return "没有保存成功:磁盘空间不足,请清理磁盘后再试。"
    if "not a database" in told or "malformed" in told:
        return f"没有保存成功:{where} 不是可用的数据库文件,请移走它后再试。"
    return f"没有保存成功:数据库 {where} 无法打开或写入,请检查该位置的权限。"
