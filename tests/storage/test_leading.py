"""Which of several processes leads."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.storage import leading
from bot.storage.leading import AdvisoryLock, Alone, leadership
from tests.storage.middleman import Middleman, between

only_postgresql = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
SOON = 10.0
CHILD = """
import asyncio, sys
from bot.storage.leading import AdvisoryLock

async def main():
    lock = AdvisoryLock(sys.argv[1])
    await lock.gain()
    print("leads", flush=True)
    await lock.lost()

asyncio.run(main())
"""


def lock(address: str) -> AdvisoryLock:
    return AdvisoryLock(address, every=0.02, patience=0.2)


@pytest.fixture
async def first(address: str) -> AsyncIterator[AdvisoryLock]:
    first = lock(address)
    yield first
    await first.give_up()


@pytest.fixture
async def other(address: str) -> AsyncIterator[AdvisoryLock]:
    other = lock(address)
    yield other
    await other.give_up()


@pytest.fixture
async def man(address: str) -> AsyncIterator[Middleman]:
    async with between(address) as man:
        yield man


async def soon(waited_for: asyncio.Future[None] | asyncio.Task[None]) -> None:
    async with asyncio.timeout(SOON):
        await waited_for


@pytest.fixture
def some_tries(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Awaitable[None]]:
    """Waits until somebody has tried to lead three times more."""
    asked = AdvisoryLock.try_to_lead
    tries: asyncio.Queue[None] = asyncio.Queue()

    async def counted(mine: AdvisoryLock) -> bool:
        try:
            return await asked(mine)
        finally:
            tries.put_nowait(None)

    monkeypatch.setattr(AdvisoryLock, "try_to_lead", counted)

    async def wait() -> None:
        async with asyncio.timeout(SOON):
            for _ in range(3 + tries.qsize()):
                await tries.get()

    return wait


@only_postgresql
async def test_one_leads_until_it_gives_up_and_then_the_other(first, other, some_tries):
    await first.gain()
    await first.gain()
    lost, waits = asyncio.create_task(first.lost()), asyncio.create_task(other.gain())
    await some_tries()
    assert (lost.done(), waits.done()) == (False, False)

    lost.cancel()
    await first.give_up()
    await soon(waits)
    again = asyncio.create_task(first.gain())
    await some_tries()
    assert not again.done()
    await other.give_up()
    await soon(again)


@only_postgresql
async def test_another_leads_when_the_process_that_leads_is_killed(address, other, some_tries):
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CHILD, address), stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert await child.stdout.readline() == b"leads\n"
    waits = asyncio.create_task(other.gain())
    await some_tries()
    assert not waits.done()
    child.kill()
    await soon(waits)
    await child.wait()


@only_postgresql
async def test_who_is_cut_off_knows_that_it_does_not_lead_and_can_lead_again(first, other, server, shared):
    await first.gain()
    lost = asyncio.create_task(first.lost())
    server.disconnect(shared)
    await soon(lost)
    await other.gain()
    await other.give_up()
    await soon(asyncio.create_task(first.gain()))


@only_postgresql
async def test_who_gets_no_answer_does_not_lead_any_more_and_the_server_lets_another(man, other, monkeypatch):
    monkeypatch.setattr(leading, "_SILENT_SECONDS", 2)
    frozen = lock(man.address)
    await frozen.gain()
    man.be_silent()
    waits = asyncio.create_task(other.gain())
    await soon(asyncio.create_task(frozen.lost()))
    assert not waits.done()
    # Its line still stands; the server ends its session since nothing is said in it.
    await soon(waits)
    man.speak()
    await frozen.give_up()


@only_postgresql
async def test_a_database_that_is_not_there_is_waited_for(man, some_tries, caplog):
    man.refuses = True
    waiting = lock(man.address)
    waits = asyncio.create_task(waiting.gain())
    await some_tries()
    assert not waits.done()
    man.refuses = False
    await soon(waits)
    await waiting.give_up()
    assert [one.getMessage().partition(",")[0] for one in caplog.records] == ["Who leads cannot be found out"]


@only_postgresql
async def test_writers_and_the_leader_do_not_wait_for_each_other(first, database):
    async def work(_: object) -> None:
        await first.gain()

    await database.write(work)
    await database.check()


async def test_the_only_process_of_a_sqlite_file_always_leads(kind, address):
    found = leadership(address)
    if kind == "postgresql":
        assert isinstance(found, AdvisoryLock)
        return
    assert isinstance(found, Alone)
    await found.gain()
    lost = asyncio.create_task(found.lost())
    await asyncio.sleep(0)
    assert not lost.done()
    lost.cancel()
    await found.give_up()
