"""Single numbers, on both kinds of database."""

from __future__ import annotations

import asyncio

from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database


async def test_what_was_never_noted_is_none(database: Database):
    assert await Bookkeeping(database).recall("offset") is None


async def test_the_last_number_noted_is_recalled_after_a_restart(address: str):
    for value in (5, -(2**63), 2**63 - 1):
        database = await Database.open(address)
        await Bookkeeping(database).note("offset", 1)
        await Bookkeeping(database).note("other", 2)
        await Bookkeeping(database).note("offset", value)
        await database.close()

        again = await Database.open(address)
        assert await Bookkeeping(again).recall("offset") == value
        await again.close()


async def test_noting_at_the_same_time_is_no_error(database: Database):
    await asyncio.gather(*(Bookkeeping(database).note("offset", one) for one in range(20)))

    assert await Bookkeeping(database).recall("offset") in range(20)
