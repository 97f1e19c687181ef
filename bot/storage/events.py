"""Reads what a student did, inside a transaction."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.journey import Event
from bot.storage.tables import EVENTS


async def read_events(connection: AsyncConnection, student: str) -> tuple[Event, ...]:
    """Return all events of a student, in the order they happened.

    Args:
        connection: the transaction's.
        student: whose.
    """
    rows = await connection.execute(
        select(
            EVENTS.c.kind,
            EVENTS.c.about,
            EVENTS.c.value,
            EVENTS.c.at,
            EVENTS.c.cause,
            EVENTS.c.way,
        )
        .where(EVENTS.c.student == student)
        .order_by(EVENTS.c.id)
    )
    return tuple(Event(*row) for row in rows)
