"""Who has not been heard of for so long that what is kept about them goes."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.journeys import erase, wipe_soon
from bot.storage.tables import STUDENTS

_DAY: Final = 24 * 3600

SILENT_SECONDS: Final = 730 * _DAY
"""How long without a sign of life until a student is told that all of it will be erased: 24 months."""

NOTICE_SECONDS: Final = 30 * _DAY
"""How long a student has after that to say anything at all, and keep it."""

_MOST: Final = 100
"""How many are named at a time; a notice takes its place among the bot's other messages."""


class Lapses:
    """Students who fell silent. Every method raises StoreError when the database refuses."""

    def __init__(self, database: Database) -> None:
        """Look for them in a database."""
        self._database = database

    async def due(self, at: int) -> list[str]:
        """Return students to be told, those silent for longest first, 100 at most.

        Only students with a number are named: nobody can write to others, such as a terminal, and nobody is
        erased without having been told. Who was told is not named again once `warned` says so; say it also of
        those who cannot be reached, or they stay the first.

        Args:
            at: UTC epoch seconds.
        """
        return await self._named(_silent(at))

    async def warned(self, student: str, at: int) -> None:
        """Note that a student was told; not when they have been heard of meanwhile.

        Args:
            student: who.
            at: UTC epoch seconds.
        """
        told = update(STUDENTS).where(STUDENTS.c.student == student, _silent(at)).values(warned_at=at)

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(told)

        await self._database.write(work)

    async def over(self, at: int) -> list[str]:
        """Return students who were told long enough ago and have not been heard of since, 100 at most.

        Args:
            at: UTC epoch seconds.
        """
        return await self._named(_over(at))

    async def erase(self, student: str, at: int) -> bool:
        """Erase everything about a student, unless they have been heard of since `over` named them.

        Args:
            student: who.
            at: UTC epoch seconds.

        Returns:
            Whether it was erased.
        """

        async def work(connection: AsyncConnection) -> bool:
            found = await connection.scalar(
                select(STUDENTS.c.student).where(STUDENTS.c.student == student, _over(at))
            )
            if found is None:
                return False
            await erase(connection, student)
            return True

        erased = await self._database.write(work)
        if erased:
            await wipe_soon(self._database)
        return erased

    async def _named(self, which: ColumnElement[bool]) -> list[str]:
        found = select(STUDENTS.c.student).where(which).order_by(STUDENTS.c.seen_at).limit(_MOST)

        async def work(connection: AsyncConnection) -> list[str]:
            return list(await connection.scalars(found))

        return await self._database.read(work)


def _silent(at: int) -> ColumnElement[bool]:
    return and_(STUDENTS.c.warned_at.is_(None), STUDENTS.c.seen_at <= at - SILENT_SECONDS, _can_be_told())


def _over(at: int) -> ColumnElement[bool]:
    # A sign of life takes `warned_at` away, see `Journeys.seen`.
    return and_(STUDENTS.c.warned_at <= at - NOTICE_SECONDS, _can_be_told())


def _can_be_told() -> ColumnElement[bool]:
    return func.ltrim(STUDENTS.c.student, "0123456789") == ""
