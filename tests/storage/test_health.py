"""Looking at a database beside the bot that has it, on both kinds."""

from __future__ import annotations

import pytest

from bot.domain.inbox import Arrived
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database, StoreError
from bot.storage.health import Health, examine
from bot.storage.inbox import Inbox
from bot.storage.migrations import newest


async def test_what_waits_and_what_was_set_aside_is_counted_beside_the_bot(database, address):
    looking = await Database.look(address)
    try:
        assert await examine(looking) == Health(newest(), newest(), known=True, damage="", waiting=0, aside=0)
        inbox = Inbox(database)
        await inbox.put([Arrived(number, "7", "message", "{}", 0) for number in range(6)])
        await inbox.finish([0], at=1)
        await inbox.set_aside([1, 2], at=1)
        found = await examine(looking)
        assert (found.waiting, found.aside) == (3, 2)
    finally:
        await looking.close()


async def test_who_only_looks_cannot_write(database, address):
    looking = await Database.look(address)
    try:
        with pytest.raises(StoreError, match=r"read.?only"):
            await Bookkeeping(looking).note("kuduminis", 1)
    finally:
        await looking.close()
    assert await Bookkeeping(database).recall("kuduminis") is None
