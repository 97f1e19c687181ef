"""Reads what a student did, inside a transaction."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.journey import Event, EventKind
from bot.storage.tables import EVENTS

# Made once: making a statement takes longer than SQLite does to carry it out.
_ALL: Final = (
    select(
        EVENTS.c.kind,
        EVENTS.c.about,
        EVENTS.c.value,
        EVENTS.c.at,
        EVENTS.c.cause,
        EVENTS.c.way,
    )
    .where(EVENTS.c.student == bindparam("student"))
    .order_by(EVENTS.c.id)
)
_SOME: Final = _ALL.where(EVENTS.c.kind.in_(bindparam("kinds", expanding=True)))


async def read_events(
    connection: AsyncConnection, student: str, kinds: Collection[EventKind] = ()
) -> tuple[Event, ...]:
    """Return the events of a student, in the order they happened.

    Args:
        connection: the transaction's.
        student: whose.
        kinds: of these kinds alone; of all when empty.
    """
    given = {"student": student, "kinds": list(kinds)} if kinds else {"student": student}
    rows = await connection.execute(_SOME if kinds else _ALL, given)
    return tuple(Event(*row) for row in rows)
