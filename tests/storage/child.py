"""A process that has the database open: `python -m tests.storage.child try|write ADDRESS [FIRST]`."""

from __future__ import annotations

import asyncio
import sys

from bot.domain.inbox import Arrived
from bot.storage.database import Database, DatabaseError
from bot.storage.inbox import Inbox


async def open_once(address: str) -> None:
    """Open it and say how that went."""
    try:
        database = await Database.open(address, patience=0.2)
    except DatabaseError as error:
        print(error)
        return
    await database.close()
    print("opened, with Alembic" if "alembic" in sys.modules else "opened, without Alembic")


async def write_on(address: str, first: int) -> None:
    """Put two updates at once, say so when they are kept, and go on until killed."""
    inbox = Inbox(await Database.open(address))
    number = first
    while True:
        await inbox.put([Arrived(number + one, "chat", "message", "{}" * 100, 0) for one in (0, 1)])
        print(number, flush=True)
        number += 2


if __name__ == "__main__":
    task, where, *more = sys.argv[1:]
    asyncio.run(open_once(where) if task == "try" else write_on(where, int(more[0])))
