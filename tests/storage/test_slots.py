"""Places that several processes share."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.storage import slots
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.slots import ALONE, DatabaseSlots, slots_of
from tests.storage.middleman import Middleman, between

pytestmark = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)

EVERY = 0.05
WARNING = logging.WARNING
CHILD = """
import asyncio, sys
from bot.storage.slots import DatabaseSlots

async def main():
    shared = DatabaseSlots(sys.argv[1], float(sys.argv[2]))
    loop = asyncio.get_running_loop()
    for _ in range(int(sys.argv[3])):
        wait = await shared.reserve(loop.time())
        print(loop.time() + wait)
    await shared.close()

asyncio.run(main())
"""


@pytest.fixture
async def places(address: str) -> AsyncIterator[DatabaseSlots]:
    places = DatabaseSlots(address, EVERY)
    yield places
    await places.close()


@pytest.fixture
async def man(address: str) -> AsyncIterator[Middleman]:
    async with between(address) as man:
        yield man


@pytest.fixture
async def behind(man: Middleman) -> AsyncIterator[DatabaseSlots]:
    behind = DatabaseSlots(man.address, EVERY)
    yield behind
    man.speak()
    await behind.close()


async def test_three_processes_take_places_that_stand_apart(address):
    children = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", CHILD, address, str(EVERY), "40"),
            stdout=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(3)
    ]
    said = [(await child.communicate())[0].split() for child in children]
    taken = sorted(float(one) for lines in said for one in lines)

    assert [len(lines) for lines in said] == [40, 40, 40]
    apart = [after - before for before, after in pairwise(taken)]
    # Half a place is what the way to the database and back may blur.
    assert min(apart) > EVERY / 2
    busiest = max(sum(first <= one < first + 1 for one in taken) for first in taken)
    assert busiest <= 1 / EVERY + 1


async def test_a_first_place_is_there_at_once_and_waits_for_no_writer(places, database):
    async def work(_: object) -> tuple[float, float]:
        return await places.reserve(0), await places.reserve(0)

    first, second = await database.write(work)
    assert first == pytest.approx(0, abs=0.01)
    assert 0 < second <= EVERY


async def test_places_that_nobody_took_are_gone(places, database):
    await places.reserve(0)
    await Bookkeeping(database).note("next-slot", 1)
    assert await places.reserve(0) == pytest.approx(0, abs=0.01)


async def test_a_clock_of_the_server_that_was_set_back_stops_nobody(places, database):
    await places.reserve(0)
    ahead = await Bookkeeping(database).recall("next-slot") + 24 * 3600 * 1_000_000
    await Bookkeeping(database).note("next-slot", ahead)
    assert await places.reserve(0) == pytest.approx(0, abs=0.01)


async def test_while_the_database_refuses_a_process_goes_on_alone_and_more_slowly(behind, man, caplog):
    caplog.set_level("INFO", logger="bot.storage.slots")
    await behind.reserve(0)
    man.refuses = True
    man.hang_up()
    now, waits = 100.0, []
    for _ in range(60):
        waits.append(await behind.reserve(now))
        now += waits[-1]
    assert waits[1:] == pytest.approx([ALONE * EVERY] * 59)

    man.refuses = False
    assert await behind.reserve(now + 2) <= EVERY
    told = [(one.levelno, one.getMessage()) for one in caplog.records]
    assert [level for level, _ in told] == [WARNING, logging.INFO]
    assert told[1][1] == "The places for calls are shared again."


async def test_a_database_that_hangs_costs_one_place_its_patience_and_the_others_nothing(
    behind, man, monkeypatch
):
    monkeypatch.setattr(slots, "ANSWER_SECONDS", 0.1)
    await behind.reserve(0)
    man.be_silent()
    loop = asyncio.get_running_loop()
    begun = loop.time()
    waits = [await behind.reserve(100 + number) for number in range(50)]
    assert loop.time() - begun < 1
    assert waits == [0] * 50


async def test_a_session_that_was_ended_is_begun_anew(places, server, shared, caplog):
    caplog.set_level("INFO", logger="bot.storage.slots")
    await places.reserve(0)
    server.disconnect(shared)
    await places.reserve(10)
    assert await places.reserve(20) <= EVERY
    assert caplog.records[-1].getMessage() == "The places for calls are shared again."


def test_on_sqlite_nothing_is_shared(kind):
    assert kind in "postgresql"
    assert slots_of("sqlite:///bot.db", 1) is None
