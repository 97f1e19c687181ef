"""The database: transactions that are whole whatever happens to those who asked for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.backup import Backups, copy_before
from bot.storage.engines import TRANSACTION, make_engine, read_address, sqlite_file
from bot.storage.errors import BackupError, DatabaseError, StoreError, reason
from bot.storage.file import DatabaseFile
from bot.storage.migrations import migrate

__all__ = ["Database", "DatabaseError", "StoreError", "owe_wipe"]

PREDECESSOR_SECONDS: Final = 10.0
"""How long a start waits for a process that is still stopping to let go of a SQLite file."""

_OWED: Final = "user_version"
"""A number that SQLite keeps in the file and has no use for: 1 while `Database.wipe` is owed."""

_QUICK_BYTES: Final = 16 << 20
"""Bytes of a file that is written anew whenever that is owed: it takes a quarter of a second."""

_TOGETHER: Final = 50
"""How many works one transaction takes at most, so that the first of them need not wait for long."""

Result = TypeVar("Result")
Work = Callable[[AsyncConnection], Awaitable[Result]]

_inside: ContextVar[bool] = ContextVar("inside a transaction", default=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Joining:
    """A work that waits for a transaction it may share, and where its result goes."""

    work: Work[Any]
    result: asyncio.Future[Any]


class Database:
    """A database that is open.

    Every transaction runs in a task of its own: when the caller is cancelled it still ends whole. Work handed
    over uses the connection alone: no chat service is called, and no other transaction begun, inside it.
    """

    def __init__(
        self, url: URL, file: DatabaseFile | None, backups: Backups | None = None, *, looks: bool = False
    ) -> None:
        """Use `open` or `look` instead."""
        # The driver logs every statement with what it stores when all loggers are set to DEBUG.
        logging.getLogger("aiosqlite").setLevel(logging.WARNING)
        self._url = url
        self._file = file
        self._backups = backups
        self._writer = make_engine(url, "look" if looks else "write")
        self._reader = make_engine(url, "look" if looks else "read")
        self._running: set[asyncio.Task[Any]] = set()
        self._adopting = asyncio.Lock()
        self._joining: list[_Joining] = []
        self._joined = asyncio.Lock()
        self._closed = False

    @classmethod
    async def open(
        cls, url: str, *, patience: float = PREDECESSOR_SECONDS, backups: Backups | None = None
    ) -> Database:
        """Open a database, make it where there is none, and bring it up to date.

        Args:
            url: `sqlite:///path` or `postgresql://user:password@host/name`; the driver may be named.
            patience: seconds, at least 0, to wait for another process to let go of a SQLite file.
            backups: where a SQLite file goes that is about to be changed by a migration.

        Raises:
            DatabaseError: it cannot be used; the message says why.
        """
        address = read_address(url)
        file = None
        if address.get_backend_name() == "sqlite":
            file = DatabaseFile(str(address.database))
            address = address.set(database=str(file.path))
            await file.claim(patience)
        database = cls(address, file, backups)
        try:
            await _to_the_end(database._prepare())
        except BaseException:
            await database.close()
            raise
        return database

    @classmethod
    async def look(cls, url: str) -> Database:
        """Open a database only to read it, beside the process that has it.

        It is not made, not claimed and not brought up to date.

        Args:
            url: as for `open`.

        Raises:
            DatabaseError: there is none, or it cannot be read; the message says why.
        """
        address = read_address(url)
        path = sqlite_file(url)
        if path:
            if not path.is_file():
                message = f"There is no database {path}."
                raise DatabaseError(message)
            address = address.set(database=str(path))
        database = cls(address, None, looks=True)
        try:
            await database.check()
        except BaseException as error:
            await database.close()
            if isinstance(error, StoreError):
                message = f"The database {path or database._name} cannot be read: {error}"
                raise DatabaseError(message) from None
            raise
        return database

    async def write(self, work: Work[Result]) -> Result:
        """Run work in a transaction that may change things; nobody else writes meanwhile.

        Args:
            work: gets the connection; what it returns is returned once it is committed. When it raises,
                nothing is changed.

        Raises:
            StoreError: the database refused, and nothing is changed (when PostgreSQL was lost in the very
                moment of the commit, it may be).
        """
        return await self._shielded(self._transact(work, writes=True))

    async def write_together(self, work: Work[Result]) -> Result:
        """Run work as `write` does, in one transaction with what others want meanwhile: one commit for all.

        Where works come in faster than the disk commits, the last of twenty waits for two commits, not for
        twenty.

        Args:
            work: gets the connection; it may be run a second time, since what raises is left out of the
                transaction, and the others are run again.

        Raises:
            StoreError: the database refused, and nothing is changed.
        """
        return await self._shielded(self._join(work))

    async def read(self, work: Work[Result]) -> Result:
        """Run work in a transaction that only reads, beside whoever writes.

        Args:
            work: gets the connection; what it returns is returned.

        Raises:
            StoreError: the database refused, or the work tried to write.
        """
        return await self._shielded(self._transact(work, writes=False))

    @property
    def folder(self) -> Path | None:
        """The folder of a SQLite file; None for a database elsewhere."""
        return self._file.path.parent if self._file else None

    async def check(self) -> None:
        """Look whether the database is there.

        Raises:
            StoreError: it is not.
        """

        async def look(connection: AsyncConnection) -> None:
            await connection.execute(text("SELECT version_num FROM alembic_version"))

        await self.read(look)

    @property
    def room(self) -> int:
        """How much of the disk a SQLite file needs beside it for a while, in bytes; 0 for one elsewhere.

        Raises:
            OSError: the file is gone.
        """
        return self._file.room if self._file else 0

    async def wipe(self, *, any_size: bool = False) -> None:
        """Remove from SQLite's files what has been erased from the database; PostgreSQL sees to its own.

        What was written stays readable in the log until it happens to be written over. Where somebody reads
        just now the log stays until the next time. In the file itself SQLite overwrites what is deleted, but
        not what it left behind when it moved rows from page to page; so after `owe_wipe` the file is written
        anew, and nobody else writes meanwhile: 4 s for 300 MB.

        Args:
            any_size: whether a file of more than 16 MB is written anew too, if that is owed.

        Raises:
            StoreError: the database refused, or the disk has too little room; what was erased is erased, and
                the wipe still owed.
        """
        if self._file:
            await self._shielded(self._wipe(self._file, any_size=any_size))

    async def close(self) -> None:
        """End the transactions in hand, disconnect, and let go of the file; a second time does nothing."""
        if not self._closed:
            self._closed = True
            await _to_the_end(self._disconnect())

    async def _prepare(self) -> None:
        engine = make_engine(self._url, "migrate")
        try:
            await migrate(engine, before=self._back_up)
        except BackupError as error:
            raise DatabaseError(str(error)) from None
        except (SQLAlchemyError, OSError) as error:
            told = reason(error) if isinstance(error, SQLAlchemyError) else type(error).__name__
            message = f"The database {self._name} cannot be used: {told}"
            raise DatabaseError(message) from None
        finally:
            await engine.dispose()
        if self._file:
            self._file.restrict()

    async def _back_up(self, version: str) -> None:
        if self._file:
            await asyncio.to_thread(copy_before, version, self._file.path, self._backups)

    @property
    def _name(self) -> str:
        return (
            str(self._file.path)
            if self._file
            else f"{self._url.database} on {self._url.host or 'this machine'}"
        )

    async def _shielded(self, transaction: Coroutine[Any, Any, Result]) -> Result:
        if self._closed:
            transaction.close()
            message = "the database is closed"
            raise StoreError(message)
        task = asyncio.create_task(transaction)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _transact(self, work: Work[Result], *, writes: bool) -> Result:
        _demand_outside()
        before = _inside.set(True)
        try:
            await self._demand_file()
            async with (self._writer if writes else self._reader).begin() as connection:
                return await work(connection)
        except (DBAPIError, PoolTimeoutError) as error:
            # The database's own words may quote what is stored, so they are not chained.
            raise StoreError(reason(error)) from None
        finally:
            _inside.reset(before)

    async def _join(self, work: Work[Result]) -> Result:
        _demand_outside()
        mine = _Joining(work, asyncio.get_running_loop().create_future())
        self._joining.append(mine)
        async with self._joined:
            # Whoever comes first takes along those who wait behind.
            while not mine.result.done():
                await self._settle(self._joining[:_TOGETHER])
                self._joining = [one for one in self._joining if not one.result.done()]
        # Its type is lost in the list.
        result: Result = mine.result.result()
        return result

    async def _settle(self, together: list[_Joining]) -> None:
        at_work: list[_Joining] = []

        async def all_of_them(connection: AsyncConnection) -> list[Any]:
            results = []
            for one in together:
                at_work[:] = [one]
                results.append(await one.work(connection))
            at_work.clear()
            return results

        try:
            results = await self._transact(all_of_them, writes=True)
        except Exception as error:  # noqa: BLE001 - it belongs to those who wait
            # What fails by itself fails alone; without a database, or at the commit, all do.
            failed = at_work or together
            for one in failed:
                one.result.set_exception(error)
        else:
            for one, result in zip(together, results, strict=True):
                one.result.set_result(result)

    async def _wipe(self, file: DatabaseFile, *, any_size: bool) -> None:
        try:
            await self._demand_file()
            async with self._writer.connect() as connection:
                await connection.execution_options(**{TRANSACTION: False})
                owed = (await connection.exec_driver_sql(f"PRAGMA {_OWED}")).scalar()
                due = owed and (any_size or file.size <= _QUICK_BYTES)
                fits = not due or file.fits
                if due and fits:
                    await connection.exec_driver_sql("VACUUM")
                    await connection.exec_driver_sql(f"PRAGMA {_OWED} = 0")
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        except (DBAPIError, PoolTimeoutError) as error:
            raise StoreError(reason(error)) from None
        if not fits:
            message = "the disk has too little room to write the file anew after somebody was erased"
            raise StoreError(message)

    async def _demand_file(self) -> None:
        """Notice that the file was removed, since SQLite would go on writing into nothing."""
        if self._file is None:
            return
        async with self._adopting:
            if self._file.gone:
                message = "the database file is gone; put it back, or start again for an empty one"
                raise StoreError(message)
            if self._file.replaced:
                try:
                    await self._adopt(self._file)
                except DatabaseError as error:
                    raise StoreError(str(error)) from None

    async def _adopt(self, file: DatabaseFile) -> None:
        await self._dispose()
        file.drop_companions()
        await self._prepare()
        file.know()

    async def _disconnect(self) -> None:
        while self._running:
            await asyncio.wait(self._running)
        await self._dispose()
        if self._file:
            if self._file.replaced:
                self._file.drop_companions()
            self._file.release()

    async def _dispose(self) -> None:
        # The writer last: whoever goes last empties SQLite's log, and only one may ever do that.
        await self._reader.dispose()
        await self._writer.dispose()


async def owe_wipe(connection: AsyncConnection) -> None:
    """Note in a transaction that it erases for good, which `Database.wipe` completes.

    Args:
        connection: the transaction's.
    """
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql(f"PRAGMA {_OWED} = 1")


def _demand_outside() -> None:
    if _inside.get():
        message = "a transaction was begun inside another"
        raise RuntimeError(message)


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Run work that must not be cut short; a cancellation takes effect after it."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
