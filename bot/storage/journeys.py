"""What students did, as events that never change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import case, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.journey import Act, Change, Event, Way
from bot.domain.nudging import SETTINGS
from bot.storage.database import Database, owe_wipe
from bot.storage.errors import StoreError
from bot.storage.events import read_events
from bot.storage.nudges import arrange
from bot.storage.tables import EVENTS, INBOX, STUDENTS, WHOSE

SEEN_SECONDS: Final = 3600
"""How exactly is known when a student was last seen: not every message needs a commit for what is looked at
after two years."""

_ARRANGING: Final = SETTINGS | {"undone", "kept"}
"""Kinds of events after which another nudge may be the next."""


class Journeys:
    """What students did. Every method raises StoreError when the database refuses."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        """Keep it in a database.

        Args:
            database: where.
            zone: of students who have not said theirs.
        """
        self._database = database
        self._zone = zone

    async def events(self, student: str) -> tuple[Event, ...]:
        """Return all events of a student, in the order they happened."""
        return await self._database.read(lambda connection: read_events(connection, student))

    async def change(
        self,
        student: str,
        cause: str,
        at: int,
        way: Way,
        decide: Callable[[tuple[Event, ...]], Sequence[Act]],
    ) -> Change:
        """Add events, all of them or none, in one transaction with reading what was there.

        Where they change what a student asks for, their next nudge is moved in the same transaction.

        What the same cause brought before is not brought again: then nothing is decided, and the change of
        that time is returned.

        Args:
            student: whose.
            cause: names the update; at most one change is made for it.
            at: UTC epoch seconds.
            way: by which way it was done.
            decide: gets all events so far and returns what happens; called inside the transaction, and
                maybe a second time, so it only computes. What it raises comes out, and nothing is changed.

        Raises:
            StoreError: nothing is changed; the database refused, or the cause is another student's.
        """

        async def work(connection: AsyncConnection) -> Change:
            known = await read_events(connection, student)
            brought = tuple(one for one in known if one.cause == cause)
            if brought:
                return Change(known[: known.index(brought[0])], brought)
            new = tuple(Event(act.kind, act.about, act.value, at, cause, way) for act in decide(known))
            if new:
                await _add(connection, student, new, at)
            if any(one.kind in _ARRANGING for one in new):
                await arrange(connection, student, at, self._zone, alive=True)
            return Change(known, new)

        return await self._database.write_together(work)

    async def everything(self, student: str) -> Mapping[str, Sequence[Mapping[str, str | int | None]]]:
        """Return every row kept about a student, by the name of its table; tables without any left out."""

        async def work(connection: AsyncConnection) -> Mapping[str, Sequence[Mapping[str, str | int | None]]]:
            found: dict[str, Sequence[Mapping[str, str | int | None]]] = {}
            for table, whose in WHOSE.items():
                rows = await connection.execute(
                    select(table).where(whose == student).order_by(*table.primary_key)
                )
                found[table.name] = [
                    {str(name): value for name, value in row.items()} for row in rows.mappings()
                ]
            return {name: rows for name, rows in found.items() if rows}

        return await self._database.read(work)

    async def forget(self, student: str) -> None:
        """Erase everything about a student, in one transaction, then from the file's log as well.

        What they said and waits to be answered stays until it is: it is what they say next.

        Raises:
            StoreError: nothing is erased.
        """
        await self._database.write(lambda connection: erase(connection, student))
        await wipe_soon(self._database)

    async def seen(self, student: str, at: int) -> None:
        """Note a sign of life of a student whose progress is kept; of others nothing is noted.

        Args:
            student: whose.
            at: UTC epoch seconds. When it is less than `SEEN_SECONDS` after the last one nothing is written.
        """

        async def is_news(connection: AsyncConnection) -> bool:
            found = await connection.scalar(
                select(STUDENTS.c.student).where(
                    STUDENTS.c.student == student,
                    or_(STUDENTS.c.warned_at.is_not(None), STUDENTS.c.seen_at <= at - SEEN_SECONDS),
                )
            )
            return found is not None

        if await self._database.read(is_news):
            await self._database.write(lambda connection: _see(connection, student, at))


async def erase(connection: AsyncConnection, student: str) -> None:
    """Erase everything about a student, inside a transaction that writes.

    Args:
        connection: the transaction's.
        student: whose.
    """
    await owe_wipe(connection)
    for table, whose in WHOSE.items():
        if table is not INBOX:
            await connection.execute(delete(table).where(whose == student))
    # The number stays, so that the update is known when it comes again. What was said in a group names the
    # student in its payload alone; emptying one too many costs the operator a look at a failure.
    theirs = or_(INBOX.c.chat == student, INBOX.c.payload.contains(student, autoescape=True))
    await connection.execute(
        update(INBOX).where(INBOX.c.state != "waiting", theirs).values(chat=None, payload=None)
    )


async def wipe_soon(database: Database) -> None:
    """Remove what was erased from the log as well, and from a small file what rows left behind that moved.

    Args:
        database: where it was erased.
    """
    # It is erased; a wipe that is owed is made when the inbox is pruned.
    with suppress(StoreError):
        await database.wipe()


async def _add(connection: AsyncConnection, student: str, new: Sequence[Event], at: int) -> None:
    rows = [
        {
            "student": student,
            "cause": one.cause,
            "number": number,
            "kind": one.kind,
            "about": one.about,
            "value": one.value,
            "way": one.way,
            "at": at,
        }
        for number, one in enumerate(new)
    ]
    try:
        await connection.execute(insert(EVENTS), rows)
    except IntegrityError:
        message = "this cause has brought a change of another student's"
        raise StoreError(message) from None
    is_known = await _see(connection, student, at)
    if not is_known and any(one.kind == "kept" for one in new):
        await connection.execute(insert(STUDENTS).values(student=student, kept_at=at, seen_at=at))


async def _see(connection: AsyncConnection, student: str, at: int) -> bool:
    """Note a sign of life, and return whether the student's progress is kept at all."""
    later = case((STUDENTS.c.seen_at < at, at), else_=STUDENTS.c.seen_at)
    found = await connection.execute(
        update(STUDENTS).where(STUDENTS.c.student == student).values(seen_at=later, warned_at=None)
    )
    return found.rowcount > 0
