"""Asks PostgreSQL beside all transactions, and does not wait for long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engines import make_engine, read_address
from bot.storage.errors import StoreError, reason

_ENDING_SECONDS: Final = 15.0
"""How long the end waits for a question that was given up; the driver closes its connection within 10 s."""

Answer = TypeVar("Answer")


class Line:
    """A session of its own on PostgreSQL, which stays; it is begun when it is first needed."""

    def __init__(self, database_url: str) -> None:
        """Connect to nothing yet.

        Args:
            database_url: `postgresql://user:password@host/name`.

        Raises:
            DatabaseError: it is no address of a database.
        """
        self._engine = make_engine(read_address(database_url), "aside")
        self._connection: AsyncConnection | None = None
        self._asked: asyncio.Task[object] | None = None

    @property
    def busy(self) -> bool:
        """Whether something asked before was given up and has not ended yet."""
        return self._asked is not None and not self._asked.done()

    async def ask(self, question: Callable[[AsyncConnection], Awaitable[Answer]], seconds: float) -> Answer:
        """Ask on the connection; when that fails it is dropped, and with it all that its session holds.

        Args:
            question: gets the connection.
            seconds: how long to wait for the answer.

        Raises:
            StoreError: the database refused, or there was no answer in time; it may have been done.
        """
        if self.busy:
            message = "the database has not answered for a while"
            raise StoreError(message)
        # A task of its own, since a driver that is cancelled first waits for the server.
        task = asyncio.create_task(self._answered(question))
        self._asked = task
        task.add_done_callback(_take_notice)
        try:
            await asyncio.wait({task}, timeout=seconds)
        except asyncio.CancelledError:
            task.cancel()
            raise
        if not task.done():
            task.cancel()
            message = f"the database has not answered within {seconds:g} s"
            raise StoreError(message)
        return task.result()

    async def close(self) -> None:
        """End the session; the next question begins another."""
        if self._asked is not None and not self._asked.done():
            self._asked.cancel()
            await asyncio.wait({self._asked}, timeout=_ENDING_SECONDS)
        await self._drop()
        await self._engine.dispose()

    async def _answered(self, question: Callable[[AsyncConnection], Awaitable[Answer]]) -> Answer:
        try:
            if self._connection is None:
                self._connection = await self._engine.connect()
            return await question(self._connection)
        except (SQLAlchemyError, OSError) as error:
            await self._drop()
            raise StoreError(reason(error) if isinstance(error, SQLAlchemyError) else str(error)) from None
        except BaseException:
            await self._drop()
            raise

    async def _drop(self) -> None:
        dropped, self._connection = self._connection, None
        if dropped is not None:
            # Not given back, so that the session ends and lets go of its locks.
            await dropped.invalidate()
            await dropped.close()


def _take_notice(task: asyncio.Task[object]) -> None:
    # What nobody waits for any more must not be told of as a failure that nobody saw.
    if not task.cancelled():
        task.exception()
