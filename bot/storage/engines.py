"""How the database is connected to: the same behaviour from SQLite and PostgreSQL.

Whoever writes is alone from the beginning of the transaction to its end: SQLite by BEGIN IMMEDIATE,
PostgreSQL by a lock that every writing transaction takes first. So what is read in a writing transaction is
still true when it is changed.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from sqlalchemy import URL, Connection, NullPool, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import DatabaseError

Purpose = Literal["write", "read", "migrate"]

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


def make_engine(url: URL, purpose: Purpose) -> AsyncEngine:
    """Return an engine that connects when it is first used.

    Args:
        url: what `read_address` returned.
        purpose: one connection that `write`s; several that can only `read`; or one that `migrate`s, without
            foreign keys, since SQLite changes a table by replacing it.
    """
    pool: dict[str, Any] = {"poolclass": NullPool}
    if purpose != "migrate":
        pool = {"pool_size": 1 if purpose == "write" else _READERS, "max_overflow": 0}
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, purpose, pool)
    return _postgresql(url, purpose, pool)


def _sqlite(url: URL, purpose: Purpose, pool: dict[str, Any]) -> AsyncEngine:
    # Without isolation_level=None the driver begins transactions by itself, too late and plainly.
    engine = create_async_engine(url, hide_parameters=True, connect_args={"isolation_level": None}, **pool)
    pragmas = [
        f"busy_timeout = {LOCK_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        f"foreign_keys = {'OFF' if purpose == 'migrate' else 'ON'}",
        "secure_delete = ON",
        f"query_only = {'ON' if purpose == 'read' else 'OFF'}",
    ]

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(TRANSACTION, True):
            connection.exec_driver_sql("BEGIN" if purpose == "read" else "BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL, purpose: Purpose, pool: dict[str, Any]) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=purpose != "migrate",
        connect_args={"connect_timeout": _CONNECT_SECONDS},
        execution_options={"postgresql_readonly": purpose == "read"},
        **pool,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: DBAPIConnection, _: object) -> None:
        patience = _MIGRATION_MILLISECONDS if purpose == "migrate" else LOCK_MILLISECONDS
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {patience}")
        cursor.execute(f"SET idle_in_transaction_session_timeout = {_STALE_MILLISECONDS}")
        cursor.close()
        connection.commit()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        if purpose != "read":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")

    return engine
