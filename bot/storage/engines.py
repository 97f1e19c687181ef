"""How the database is connected to: the same behaviour from SQLite and PostgreSQL.

Whoever writes is alone from the beginning of the transaction to its end: SQLite by BEGIN IMMEDIATE,
PostgreSQL by a lock that every writing transaction takes first. So what is read in a writing transaction is
still true when it is changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import quote

from sqlalchemy import URL, Connection, NullPool, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import DatabaseError
from bot.storage.file import DatabaseFile

Purpose = Literal["write", "read", "look", "migrate", "aside"]

_READING: Final = {"read", "look"}

TRANSACTION: Final = "storage_transaction"
"""Execution option: False for a statement that SQLite takes outside transactions only."""

LOCK_MILLISECONDS: Final = 5000
"""How long a statement waits for another process before it fails."""

_MIGRATION_MILLISECONDS: Final = 60_000
"""How long a start waits for another process that migrates a PostgreSQL database."""

_READERS: Final = 4
"""Connections that read at once; more only queue for the two cores."""

_STALE_MILLISECONDS: Final = 30_000
"""After this long without a statement PostgreSQL ends a transaction, so that a frozen process lets go."""

_CONNECT_SECONDS: Final = 10

_NOTICING: Final = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""In seconds, the last in milliseconds: a server that vanished without a word is noticed within about ten."""

_WRITERS_LOCK: Final = 0x63617265
"""Number of the lock that writers on PostgreSQL hold one at a time."""

_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def read_address(address: str) -> URL:
    """Read a database's address.

    Args:
        address: `sqlite:///path`, where a path with a fourth slash begins at the root, or
            `postgresql://user:password@host/name`; the driver may be named.

    Raises:
        DatabaseError: it is no such address. The message does not repeat it, since it may hold a password.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        message = "The database's address cannot be read; write sqlite:///data/bot.db or postgresql://..."
        raise DatabaseError(message) from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        message = f"The database's address begins with {url.drivername}; use sqlite:/// or postgresql://"
        raise DatabaseError(message)
    if driver.startswith("sqlite") and (url.host or url.query or url.database in {None, "", ":memory:"}):
        message = "The database's address names no file; write sqlite:///data/bot.db, with three slashes."
        raise DatabaseError(message)
    return url.set(drivername=driver)


def sqlite_file(address: str) -> Path | None:
    """Return the file of a SQLite database, without symbolic links; None for a database elsewhere.

    Raises:
        DatabaseError: it is no address of a database.
    """
    url = read_address(address)
    return DatabaseFile(str(url.database)).path if url.get_backend_name() == "sqlite" else None


def make_engine(url: URL, purpose: Purpose) -> AsyncEngine:
    """Return an engine that connects when it is first used.

    Args:
        url: what `read_address` returned.
        purpose: one connection that `write`s; several that can only `read`, or only `look`, which changes
            nothing in a SQLite file that another process has; or one that `migrate`s, without foreign keys,
            since SQLite changes a table by replacing it; or one on PostgreSQL `aside` of all transactions,
            where each statement stands for itself, waits for no writer and need not survive a crash of the
            server.
    """
    pool: dict[str, Any] = {"poolclass": NullPool}
    if purpose != "migrate":
        pool = {"pool_size": 1 if purpose in {"write", "aside"} else _READERS, "max_overflow": 0}
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, purpose, pool)
    return _postgresql(url, purpose, pool)


def _sqlite(url: URL, purpose: Purpose, pool: dict[str, Any]) -> AsyncEngine:
    if purpose == "look":
        # Such a connection never moves SQLite's log into the file, which only one process may do.
        url = url.set(database=f"file:{quote(str(url.database))}", query={"mode": "ro", "uri": "true"})
    # Without isolation_level=None the driver begins transactions by itself, too late and plainly.
    engine = create_async_engine(url, hide_parameters=True, connect_args={"isolation_level": None}, **pool)
    pragmas = [f"busy_timeout = {LOCK_MILLISECONDS}", "query_only = ON"]
    if purpose != "look":
        pragmas = [
            f"busy_timeout = {LOCK_MILLISECONDS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            f"foreign_keys = {'OFF' if purpose == 'migrate' else 'ON'}",
            "secure_delete = ON",
            f"query_only = {'ON' if purpose == 'read' else 'OFF'}",
        ]
    folder = "" if purpose in _READING else str(Path(str(url.database)).parent)

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        if folder:
            _keep_temporary_files_in(folder, cursor)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(TRANSACTION, True):
            connection.exec_driver_sql("BEGIN" if purpose in _READING else "BEGIN IMMEDIATE")

    return engine


def _keep_temporary_files_in(folder: str, cursor: DBAPICursor) -> None:
    """Have this process's SQLite write temporary files into a folder, or into none.

    A VACUUM writes all that is stored into one, by itself in /var/tmp, which may lie on a disk that is not
    encrypted. SQLite looks for SQLITE_TMPDIR only when Python imports it, before any address is known.
    """
    cursor.execute("PRAGMA temp_store_directory")
    # The name is the process's, and not to be changed while others use it.
    if cursor.fetchone() == (folder,):
        return
    quoted = folder.replace("'", "''")
    cursor.execute(f"PRAGMA temp_store_directory = '{quoted}'")
    cursor.execute("PRAGMA temp_store_directory")
    if cursor.fetchone() != (folder,):
        # A SQLite that was built without it.
        cursor.execute("PRAGMA temp_store = MEMORY")


def _postgresql(url: URL, purpose: Purpose, pool: dict[str, Any]) -> AsyncEngine:
    more: dict[str, Any] = {"execution_options": {"postgresql_readonly": purpose in _READING}}
    if purpose == "aside":
        more = {"isolation_level": "AUTOCOMMIT"}
    engine = create_async_engine(
        url,
        hide_parameters=True,
        # Aside, who asks goes on without an answer, and a second question each time would only cost time.
        pool_pre_ping=purpose not in {"migrate", "aside"},
        connect_args={"connect_timeout": _CONNECT_SECONDS} | (_NOTICING if purpose == "aside" else {}),
        **more,
        **pool,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: DBAPIConnection, _: object) -> None:
        patience = _MIGRATION_MILLISECONDS if purpose == "migrate" else LOCK_MILLISECONDS
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {patience}")
        cursor.execute(f"SET idle_in_transaction_session_timeout = {_STALE_MILLISECONDS}")
        if purpose == "aside":
            cursor.execute("SET synchronous_commit = off")
        cursor.close()
        connection.commit()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        if purpose in {"write", "migrate"}:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")

    return engine
