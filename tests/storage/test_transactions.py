"""What holds of every transaction, on both kinds of database."""

from __future__ import annotations

import asyncio
import random
import traceback

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database, StoreError
from bot.storage.tables import BOOKKEEPING, INBOX

WORDS = "I failed my exam"


async def note(connection: AsyncConnection, name: str, value: int = 0) -> None:
    await connection.execute(insert(BOOKKEEPING).values(name=name, value=value))


async def value_of(connection: AsyncConnection, name: str) -> int | None:
    return await connection.scalar(select(BOOKKEEPING.c.value).where(BOOKKEEPING.c.name == name))


async def names(connection: AsyncConnection) -> list[str]:
    return list(await connection.scalars(select(BOOKKEEPING.c.name).order_by(BOOKKEEPING.c.name)))


async def refused(connection: AsyncConnection) -> None:
    row = {"update_id": 1, "chat": WORDS, "kind": WORDS, "payload": WORDS}
    await connection.execute(insert(INBOX).values(**row, arrived_at=0, state="elsewhere", failures=0, sent=0))


async def test_fifty_writers_at_once_lose_no_change(database: Database, second: Database):
    await database.write(lambda connection: note(connection, "count"))

    async def add_one(connection: AsyncConnection) -> None:
        seen = await value_of(connection, "count")
        await asyncio.sleep(0)
        await connection.execute(update(BOOKKEEPING).values(value=seen + 1))

    await asyncio.gather(*((database, second)[one % 2].write(add_one) for one in range(50)))

    assert await database.read(lambda connection: value_of(connection, "count")) == 50


async def test_work_that_raises_changes_nothing_and_is_heard(database: Database):
    async def half(connection: AsyncConnection) -> None:
        await note(connection, "first")
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(half)

    assert await database.read(names) == []


async def test_a_cancelled_caller_leaves_a_whole_transaction(database: Database):
    begun, may_go_on = asyncio.Event(), asyncio.Event()

    async def both(connection: AsyncConnection) -> None:
        await note(connection, "first")
        begun.set()
        await may_go_on.wait()
        await note(connection, "second")

    caller = asyncio.create_task(database.write(both))
    await begun.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    may_go_on.set()

    await database.write(lambda connection: note(connection, "third"))
    assert await database.read(names) == ["first", "second", "third"]


@pytest.mark.parametrize("seed", range(3))
async def test_cancelling_at_any_moment_neither_blocks_nor_halves(database: Database, seed: int):
    chance = random.Random(seed)

    def pair(number: int):
        async def both(connection: AsyncConnection) -> None:
            await note(connection, f"{number} a")
            await note(connection, f"{number} b")

        return both

    async def all_of_it() -> None:
        callers = []
        for number in range(60):
            how = database.write if chance.random() < 0.5 else database.write_together
            work = database.read(names) if chance.random() < 0.3 else how(pair(number))
            callers.append(asyncio.create_task(work))
            for _ in range(chance.randrange(12)):
                await asyncio.sleep(0)
            chance.choice(callers).cancel()
        await asyncio.gather(*callers, return_exceptions=True)
        await database.write(pair(60))

    await asyncio.wait_for(all_of_it(), 20)
    kept = await database.read(names)
    assert {name.removesuffix("b") for name in kept if name.endswith("b")} == {
        name.removesuffix("a") for name in kept if name.endswith("a")
    }
    assert "60 a" in kept


@pytest.mark.parametrize("steps", [0, 1, 20, 100, 300, 1000])
async def test_an_open_that_is_cancelled_lets_go(empty: str, steps: int):
    opening = asyncio.create_task(Database.open(empty))
    for _ in range(steps):
        await asyncio.sleep(0)
    opening.cancel()
    done = (await asyncio.gather(opening, return_exceptions=True))[0]
    if isinstance(done, Database):
        await done.close()

    again = await Database.open(empty, patience=0)
    await again.check()
    await again.close()


async def test_what_is_written_together_is_one_transaction_each_with_its_own_result(database: Database):
    began: set[object] = set()

    async def work(connection: AsyncConnection, number: int) -> int:
        began.add(connection)
        await note(connection, f"{number:03}", number)
        return number

    found = await asyncio.gather(
        *(database.write_together(lambda one, number=number: work(one, number)) for number in range(120))
    )

    assert found == list(range(120))
    assert await database.read(names) == [f"{number:03}" for number in range(120)]
    assert len(began) <= 4


async def test_together_whoever_fails_fails_alone_and_leaves_nothing(database: Database):
    async def half(connection: AsyncConnection) -> None:
        await note(connection, "half")
        raise LookupError

    works = [lambda one, number=number: note(one, f"{number}") for number in range(9)]
    works[3:3] = [refused, half, half]
    found = await asyncio.gather(*map(database.write_together, works), return_exceptions=True)

    assert [type(one) for one in found] == [type(None)] * 3 + [StoreError, LookupError, LookupError] + [
        type(None)
    ] * 6
    assert await database.read(names) == [str(number) for number in range(9)]


async def test_together_inside_a_transaction_is_refused_at_once(database: Database):
    async def nested(_: AsyncConnection) -> None:
        await database.write_together(lambda connection: note(connection, "inner"))

    with pytest.raises(RuntimeError, match="inside another"):
        await database.write(nested)
    await database.write_together(lambda connection: note(connection, "after"))
    assert await database.read(names) == ["after"]


async def test_a_close_waits_for_transactions_nobody_waits_for(address: str):
    database = await Database.open(address)
    caller = asyncio.create_task(database.write(lambda connection: note(connection, "kept")))
    await asyncio.sleep(0)
    caller.cancel()
    await database.close()

    again = await Database.open(address, patience=0)
    assert await again.read(names) == ["kept"]
    await again.close()


async def test_a_closed_database_says_so_and_closes_twice(database: Database):
    await database.close()
    await database.close()

    with pytest.raises(StoreError, match="closed"):
        await database.read(names)


async def test_reading_goes_on_while_somebody_writes(database: Database):
    async def slowly(connection: AsyncConnection) -> list[str]:
        await note(connection, "new")
        return await asyncio.wait_for(asyncio.create_task(outside()), 10)

    async def outside() -> list[str]:
        return await free.run(database.read, names)

    free = _Free()
    assert await database.write(slowly) == []
    assert await database.read(names) == ["new"]


class _Free:
    """Runs something as if from outside a transaction, as another task of the bot does."""

    def __init__(self) -> None:
        self._asked: asyncio.Queue[tuple] = asyncio.Queue()
        self._task = asyncio.create_task(self._serve())

    async def _serve(self) -> None:
        function, argument, answer = await self._asked.get()
        answer.set_result(await function(argument))

    async def run(self, function, argument):
        answer = asyncio.get_running_loop().create_future()
        await self._asked.put((function, argument, answer))
        return await answer


async def test_a_transaction_inside_another_is_refused_at_once(database: Database):
    async def nested(_: AsyncConnection) -> None:
        await database.write(lambda connection: note(connection, "inner"))

    with pytest.raises(RuntimeError, match="inside another"):
        await database.write(nested)


async def test_whoever_reads_cannot_write(database: Database):
    with pytest.raises(StoreError):
        await database.read(lambda connection: note(connection, "sly"))

    assert await database.read(names) == []
    await database.write(lambda connection: note(connection, "honest"))


async def test_a_refusal_quotes_nothing_that_is_stored(database: Database):
    with pytest.raises(StoreError) as caught:
        await database.write(refused)

    assert WORDS not in "".join(traceback.format_exception(caught.value))
    assert str(caught.value)


async def test_a_refusal_is_over_with_its_transaction(database: Database):
    for _ in range(8):
        with pytest.raises(StoreError):
            await database.write(refused)

    await database.write(lambda connection: note(connection, "after"))
    assert await database.read(names) == ["after"]
    assert (
        await database.read(lambda connection: connection.scalar(select(func.count()).select_from(INBOX)))
        == 0
    )


async def test_no_log_of_any_level_holds_what_is_stored(database: Database, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")
    await database.write(lambda connection: note(connection, WORDS))
    with pytest.raises(StoreError):
        await database.write(refused)

    assert WORDS not in caplog.text
