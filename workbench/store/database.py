"""The database of a store: connecting, the schema's version, and database errors put in words for a user."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, create_engine, event, exc, insert, inspect, make_url, select
from sqlalchemy.pool import QueuePool

from workbench.errors import StoreError
from workbench.store.schema import COUNTER, METADATA, VERSION, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

_REASONS = (
    ("SQLITE_BUSY", "locked by another program; close it or try again"),
    ("SQLITE_LOCKED", "locked by another program; close it or try again"),
    ("SQLITE_READONLY", "cannot be written: the file or its folder is read-only"),
    ("SQLITE_CANTOPEN", "cannot be opened or made: is its folder writable, and is it a file?"),
    ("SQLITE_NOTADB", "not a review database"),
    ("SQLITE_CORRUPT", "damaged; restore a copy of it"),
    ("SQLITE_FULL", "the disk is full"),
    ("SQLITE_IOERR", "the disk cannot be read or written"),
)


class Database:
    """Connections to one database, a reader's or a writer's; one writer at a time within the process."""

    def __init__(self, engine: Engine, *, name: str, path: Path | None) -> None:
        self.name = name
        self.path = path
        self._engine = engine
        self._writing_engine = engine.execution_options(workbench_write=True)
        self._lock = Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout."""
        with self._explained(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that holds the write lock from the start; commits at the end, rolls back on an error."""
        with self._explained(), self._lock, self._writing_engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (exc.DBAPIError, sqlite3.Error) as error:
            raise StoreError(f"{self.name}: {_reason(error)}") from error
        except exc.TimeoutError as error:
            raise StoreError(f"{self.name}: every connection is busy; try again") from error


def connect(location: str | Path, *, timeout_seconds: float, detached: bool = False) -> Database:
    """Connect and see that the schema is the newest: made where there is none, upgraded where it is old.

    A `detached` database file is read into memory and not touched again.
    """
    file = Path(location) if detached and "://" not in str(location) else None
    database = _database(":memory:" if file else location, timeout_seconds)
    try:
        if file is not None and file.exists():
            _copy_in(database, file, timeout_seconds)
        with database.reading() as connection:
            found = _version(connection, database.name)
        if found is None:
            _use_wal(database)
            with database.writing() as connection:
                if _version(connection, database.name) is None:
                    create(connection)
        elif found != VERSIONS[-1]:
            from workbench.store.upgrade import upgrade

            upgrade(database, found)
    except BaseException:
        database.close()
        raise
    return database


def _copy_in(database: Database, file: Path, timeout_seconds: float) -> None:
    """Fill a database in memory from a file, also one in a folder where nothing may be written."""
    database.name = str(file)
    address = file.resolve().as_uri()
    with database.reading() as connection:
        target = connection.connection.driver_connection
        assert isinstance(target, sqlite3.Connection)
        connection.rollback()
        # Where it may not write, SQLite reads a database with a write-ahead log only when told that nobody writes it.
        for mode in ("mode=ro", "immutable=1"):
            source = sqlite3.connect(f"{address}?{mode}", uri=True, timeout=timeout_seconds)
            try:
                source.backup(target)
            except sqlite3.OperationalError:
                if mode != "mode=ro":
                    raise
            else:
                return
            finally:
                source.close()


def create(connection: Connection) -> None:
    """Make every table in an empty database and stamp it with the newest version."""
    METADATA.create_all(connection)
    connection.execute(insert(VERSION).values(version_num=VERSIONS[-1]))
    connection.execute(insert(COUNTER).values(name="change", value=0))


def _database(location: str | Path, timeout_seconds: float) -> Database:
    text = str(location)
    if isinstance(location, str) and "://" in text:
        try:
            url = make_url(text)
        except exc.ArgumentError as error:
            raise StoreError(f"{text}: not the address of a database") from error
        if url.get_backend_name() != "sqlite":
            return _server(
                url.render_as_string(hide_password=False), url.render_as_string(hide_password=True)
            )
        text = url.database or ":memory:"
    in_memory = text == ":memory:"
    path = None if in_memory else Path(text)
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{path.parent}: cannot be made: {error.strerror}") from error
    engine = create_engine(
        URL.create("sqlite", database=None if path is None else str(path)),
        connect_args={"timeout": timeout_seconds, "check_same_thread": False},
        poolclass=QueuePool,
        pool_size=1 if in_memory else 4,
        max_overflow=0 if in_memory else 12,
        # One connection is the whole of a database in memory: whoever comes second waits for it.
        pool_timeout=60.0,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return Database(engine, name=text, path=path)


def _server(url: str, shown: str) -> Database:
    try:
        return Database(create_engine(url, isolation_level="REPEATABLE READ"), name=shown, path=None)
    except (exc.ArgumentError, ImportError) as error:
        raise StoreError(f"{shown}: cannot be used: {error}") from error


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not open transactions by itself: `_begin` says when one starts, and whether it will write.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("workbench_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _use_wal(database: Database) -> None:
    """Let readers and one writer work at the same time; the mode stays with the file."""
    if database.path is not None:
        with database._explained(), database._engine.connect() as connection:
            pooled = connection.connection
            if pooled.dbapi_connection is not None:
                pooled.dbapi_connection.execute("PRAGMA journal_mode = WAL")


def _version(connection: Connection, name: str) -> str | None:
    """The schema's version, None where the database is empty."""
    tables = inspect(connection).get_table_names()
    if VERSION.name not in tables:
        if tables:
            raise StoreError(f"{name}: not a review database")
        return None
    found = connection.scalar(select(VERSION.c.version_num))
    if found not in VERSIONS:
        raise StoreError(
            f"{name}: made by a newer workbench (schema {found}; this one knows up to {VERSIONS[-1]}): upgrade"
        )
    return str(found)


def _reason(error: Exception) -> str:
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    code = getattr(cause, "sqlite_errorname", "")
    for prefix, reason in _REASONS:
        if code.startswith(prefix):
            return reason
    return " ".join(str(cause).split())
