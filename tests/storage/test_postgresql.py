"""What only PostgreSQL can do to us."""

from __future__ import annotations

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database, DatabaseError, StoreError

pytestmark = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


async def test_connections_that_broke_while_idle_are_not_noticed(database: Database, server, shared):
    book = Bookkeeping(database)
    await book.note("offset", 1)
    assert await book.recall("offset") == 1
    server.disconnect(shared)

    await book.note("offset", 2)
    assert await book.recall("offset") == 2


async def test_a_connection_that_breaks_in_a_transaction_fails_it_alone(database: Database, server, shared):
    async def interrupted(connection: AsyncConnection) -> None:
        await connection.exec_driver_sql("INSERT INTO bookkeeping VALUES ('half', 1)")
        server.disconnect(shared)
        await connection.exec_driver_sql("INSERT INTO bookkeeping VALUES ('other half', 1)")

    with pytest.raises(StoreError):
        await database.write(interrupted)

    await Bookkeeping(database).note("offset", 3)
    assert await Bookkeeping(database).recall("half") is None


async def test_a_database_that_is_not_there_gives_one_line_without_the_password(kind: str):
    with pytest.raises(DatabaseError) as caught:
        await Database.open("postgresql://bot:hunter2@127.0.0.1:9/career")

    assert "\n" not in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert kind in "postgresql"
    assert "career on 127.0.0.1" in str(caught.value)


async def test_postgres_is_another_word_for_postgresql(empty: str):
    database = await Database.open(empty.replace("postgresql://", "postgres://"))
    await database.check()
    await database.close()
