"""Which of several processes does what only one may do, such as fetching the updates.

On PostgreSQL it is the one whose session holds a lock. When it dies the server frees the lock; when its
machine vanishes or it freezes, the server ends its session after some seconds without a word. The leader asks
every second and gives up sooner than that. Only when the server itself ends a session, two may lead for up to
a second: the inbox knows each update by its number, so none is answered twice for that.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.asking import Line
from bot.storage.engines import read_address
from bot.storage.errors import StoreError

_LOG = logging.getLogger(__name__)

_LEADERS_LOCK: Final = 0x6C656164
"""Number of the lock that the leader's session holds."""

EVERY_SECONDS: Final = 1.0
"""How often who does not lead tries to, and who leads makes sure of it."""

ANSWER_SECONDS: Final = 3.0
"""Who has no answer for so long does not lead any more."""

_CONNECT_SECONDS: Final = 10.0
"""How long a first answer may take, which needs a connection."""

_SILENT_SECONDS: Final = 10
"""After how long without a word the server ends the leader's session: longer than `EVERY_SECONDS` and
`ANSWER_SECONDS` together, so that the leader has given up by then."""

# Only what the server knows is set: `idle_session_timeout` came with PostgreSQL 14.
_WATCH: Final = text(
    "SELECT set_config(name, CASE WHEN unit = 'ms' THEN :silent * 1000 ELSE :silent END::text, false) "
    "FROM pg_settings WHERE name IN "
    "('idle_session_timeout', 'tcp_user_timeout', 'tcp_keepalives_idle', 'tcp_keepalives_interval')"
)
_TRY: Final = text("SELECT pg_try_advisory_lock(:lock)")
_STILL: Final = text("SELECT 1")


class Alone:
    """In place of a choice where there is only one process."""

    async def gain(self) -> None:
        """Return at once: it leads."""

    async def lost(self) -> None:
        """Never return."""
        await asyncio.get_running_loop().create_future()

    async def give_up(self) -> None:
        """Do nothing: there is nobody else."""


class AdvisoryLock:
    """A lock that one session of a PostgreSQL database holds at a time."""

    def __init__(
        self, database_url: str, *, every: float = EVERY_SECONDS, patience: float = ANSWER_SECONDS
    ) -> None:
        """Hold nothing yet.

        Args:
            database_url: `postgresql://user:password@host/name`.
            every: seconds between two tries, or two looks whether it is still held.
            patience: seconds after which who leads and gets no answer gives up.

        Raises:
            DatabaseError: it is no address of a database.
        """
        self._line = Line(database_url)
        self._every = every
        self._patience = patience
        self._leads = False
        self._told = False

    async def gain(self) -> None:
        """Return when this process leads; a database that does not answer is asked again without end."""
        while not (self._leads or await self.try_to_lead()):  # noqa: ASYNC110 - another process has it
            await asyncio.sleep(self._every)

    async def try_to_lead(self) -> bool:
        """Return whether this process leads from now on."""
        try:
            self._leads = await self._line.ask(_take, _CONNECT_SECONDS)
        except StoreError as error:
            if not self._told:
                _LOG.warning("Who leads cannot be found out, trying again: %s", error)
            self._told = True
        else:
            self._told = False
        return self._leads

    async def lost(self) -> None:
        """Return when this process does not lead any more."""
        while self._leads:
            await asyncio.sleep(self._every)
            try:
                await self._line.ask(_look, self._patience)
            except StoreError as error:
                _LOG.warning("This process does not lead any more: %s", error)
                self._leads = False

    async def give_up(self) -> None:
        """Let another process lead; `gain` begins anew."""
        self._leads = False
        await self._line.close()


async def _take(connection: AsyncConnection) -> bool:
    await connection.execute(_WATCH, {"silent": _SILENT_SECONDS})
    return bool(await connection.scalar(_TRY, {"lock": _LEADERS_LOCK}))


async def _look(connection: AsyncConnection) -> None:
    await connection.execute(_STILL)


def leadership(database_url: str) -> Alone | AdvisoryLock:
    """Return how it is chosen which process of a database leads: on SQLite there is only one.

    Args:
        database_url: as for `Database.open`.

    Raises:
        DatabaseError: it is no address of a database.
    """
    if read_address(database_url).get_backend_name() == "sqlite":
        return Alone()
    return AdvisoryLock(database_url)
