"""Single numbers the bot needs again after a restart."""

from __future__ import annotations

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.tables import BOOKKEEPING


class Bookkeeping:
    """Numbers by name. Every method raises StoreError when the database refuses."""

    def __init__(self, database: Database) -> None:
        """Keep them in a database."""
        self._database = database

    async def recall(self, name: str) -> int | None:
        """Return the number noted last, or None."""

        async def work(connection: AsyncConnection) -> int | None:
            found = await connection.execute(
                select(BOOKKEEPING.c.value).where(BOOKKEEPING.c.name == name),
            )
            return found.scalar_one_or_none()

        return await self._database.read(work)

    async def note(self, name: str, value: int) -> None:
        """Note a number in place of the one before.

        Args:
            name: what it is.
            value: from -2**63 to 2**63 - 1.
        """

        async def work(connection: AsyncConnection) -> None:
            changed = await connection.execute(
                update(BOOKKEEPING).where(BOOKKEEPING.c.name == name).values(value=value)
            )
            if not changed.rowcount:
                await connection.execute(insert(BOOKKEEPING).values(name=name, value=value))

        await self._database.write(work)
