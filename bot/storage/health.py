"""How a database is, for the operator."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.migrations import newest, steps
from bot.storage.tables import INBOX


@dataclass(frozen=True, slots=True)
class Health:
    """What was found.

    `version` is the database's, `newest` this program's; `known` says whether the program has it among its
    steps. `damage` is what is wrong with the file in SQLite's words. `waiting` and `aside` count updates;
    None where the tables are not yet, or no longer, those of this program.
    """

    version: str
    newest: str
    known: bool
    damage: str
    waiting: int | None
    aside: int | None


async def examine(database: Database) -> Health:
    """Look at a database.

    Raises:
        StoreError: the database refused.
    """

    async def look(connection: AsyncConnection) -> Health:
        version = str(await connection.scalar(text("SELECT version_num FROM alembic_version")))
        damage = "ok"
        if connection.dialect.name == "sqlite":
            damage = str(await connection.scalar(text("PRAGMA quick_check(1)")))
        counts: dict[str, int] = {}
        if version == newest():
            counts = await inbox_counts(connection)
        return Health(
            version,
            newest(),
            version in steps(),
            "" if damage == "ok" else " ".join(damage.split()),
            counts.get("waiting"),
            counts.get("aside"),
        )

    return await database.read(look)


async def inbox_counts(connection: AsyncConnection) -> dict[str, int]:
    """Count the updates that are `waiting` and, as long as their words are kept, those set `aside`."""
    rows = await connection.execute(
        select(INBOX.c.state, func.count().label("amount"))
        .where(INBOX.c.payload.is_not(None))
        .group_by(INBOX.c.state)
    )
    return {"waiting": 0, "aside": 0} | {row.state: row.amount for row in rows}
