"""The row of places for all calls of several processes, so that together they keep to Telegram's limit.

One row of the bookkeeping holds the next free place, in microseconds of the database's clock; whoever takes
it moves it on. Measured with three processes at 1/28.5 s: 28.6 calls a second, 29 in the worst second.
"""

from __future__ import annotations

import logging
from typing import Final

from sqlalchemy import BigInteger, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.asking import Line
from bot.storage.engines import read_address
from bot.storage.errors import StoreError

_LOG = logging.getLogger(__name__)

_NAME: Final = "next-slot"

ANSWER_SECONDS: Final = 2.0
"""How long a process waits for the database before it takes a place by itself."""

ALONE: Final = 2
"""How many times slower a process goes by itself, since others may do so too."""

_AGAIN_SECONDS: Final = 1.0
"""How long it goes by itself before it asks again, so that not every call waits for a database in trouble."""

_MICROSECONDS: Final = 1_000_000

_FARTHEST: Final = 10 * _MICROSECONDS
"""A process takes a place when its last one is used, so none is farther ahead unless a clock was set back."""

_NOW: Final = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"

_TAKE: Final = text(
    f"UPDATE bookkeeping SET value = :every + CASE WHEN value BETWEEN {_NOW} AND {_NOW} + {_FARTHEST} "  # noqa: S608 - made of constants
    f"THEN value ELSE {_NOW} END WHERE name = '{_NAME}' RETURNING value - :every - {_NOW}"
).bindparams(bindparam("every", type_=BigInteger))
_MAKE: Final = text(f"INSERT INTO bookkeeping VALUES ('{_NAME}', 0) ON CONFLICT DO NOTHING")  # noqa: S608 - the same


class DatabaseSlots:
    """Gives out places that all processes of a PostgreSQL database share; one is asked for at a time."""

    def __init__(self, database_url: str, every: float) -> None:
        """Connect with the first place.

        Args:
            database_url: `postgresql://user:password@host/name`.
            every: seconds between two places, above 0.

        Raises:
            DatabaseError: it is no address of a database.
        """
        self._line = Line(database_url)
        self._every = every
        self._free = float("-inf")
        self._alone_until = float("-inf")
        self._is_alone = False

    async def reserve(self, now: float) -> float:
        """Take the next free place and return the seconds until it.

        When the database refuses, or does not answer within `ANSWER_SECONDS`, this process goes on by itself,
        more slowly.

        Args:
            now: in seconds, by a clock that is never set back.
        """
        if now < self._alone_until or self._line.busy:
            return self._by_itself(now)
        try:
            wait = await self._line.ask(self._take, ANSWER_SECONDS)
        except StoreError as error:
            self._alone_until = now + _AGAIN_SECONDS
            if not self._is_alone:
                self._is_alone = True
                _LOG.warning("The places for calls are not shared just now, so they are fewer: %s", error)
            return self._by_itself(now)
        if self._is_alone:
            self._is_alone = False
            _LOG.info("The places for calls are shared again.")
        self._free = max(self._free, now + wait + self._every)
        return wait

    async def close(self) -> None:
        """Disconnect."""
        await self._line.close()

    def _by_itself(self, now: float) -> float:
        place = max(self._free, now)
        self._free = place + ALONE * self._every
        return place - now

    async def _take(self, connection: AsyncConnection) -> float:
        every = round(self._every * _MICROSECONDS)
        found = await connection.scalar(_TAKE, {"every": every})
        if found is None:
            await connection.execute(_MAKE)
            found = await connection.scalar(_TAKE, {"every": every})
        if found is None:
            message = "the row of places is gone"
            raise StoreError(message)
        return max(0, int(found)) / _MICROSECONDS


def slots_of(database_url: str, every: float) -> DatabaseSlots | None:
    """Return the places that the processes of a database share; None on SQLite, which has only one.

    Args:
        database_url: as for `Database.open`.
        every: seconds between two places, above 0.

    Raises:
        DatabaseError: it is no address of a database.
    """
    if read_address(database_url).get_backend_name() == "sqlite":
        return None
    return DatabaseSlots(database_url, every)
