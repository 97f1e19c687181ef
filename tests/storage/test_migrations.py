"""Bringing a database up to date, on both kinds."""

from __future__ import annotations

import asyncio
import logging
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.domain.inbox import Arrived
from bot.domain.journey import Act, Event
from bot.domain.nudging import EVERY_DAY, Due, Standing, setting
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database, DatabaseError
from bot.storage.engines import make_engine, read_address
from bot.storage.inbox import Inbox
from bot.storage.journeys import Journeys
from bot.storage.migrations import FOLDER, migrate, newest
from bot.storage.nudges import Nudges
from bot.storage.tables import METADATA

COLOMBO = ZoneInfo("Asia/Colombo")


@pytest.fixture
def address(address: str, request: pytest.FixtureRequest) -> str:
    """A database of its own with its tables, which these tests change."""
    if address.startswith("sqlite"):
        return address
    made = request.getfixturevalue("server").make(request.getfixturevalue("template"))
    return made.render_as_string(hide_password=False)


async def looked_at(address: str, look: Any, *more: Any) -> Any:
    """What a function finds in a database that this test has open alone."""
    engine = make_engine(read_address(address), "migrate")
    async with engine.begin() as connection:
        found = await connection.run_sync(look, *more)
    await engine.dispose()
    return found


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def run(connection: Connection, *statements: str) -> None:
    for statement in statements:
        connection.execute(text(statement))


@pytest.fixture
def later(tmp_path: Path):
    """Makes a folder of migrations with one more step."""

    def make(*statements: str) -> Path:
        folder = tmp_path / "migrations"
        shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        lines = "\n".join(f"    {statement}" for statement in statements)
        number = f"{int(newest()) + 1:04}"
        (folder / "versions" / f"{number}_more.py").write_text(
            f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '{number}'\n"
            f"down_revision = '{newest()}'\n\ndef upgrade():\n{lines}\n"
        )
        return folder

    return make


async def migrated(address: str, folder: Path) -> None:
    engine = make_engine(read_address(address), "migrate")
    try:
        await migrate(engine, folder)
    finally:
        await engine.dispose()


async def test_the_migrations_make_exactly_the_tables_of_the_program(empty: str):
    await (await Database.open(empty)).close()

    def differences(connection: Connection) -> list:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return compare_metadata(context, METADATA)

    assert await looked_at(empty, differences) == []


def test_the_steps_form_one_line_that_ends_with_the_highest_number():
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [newest()]


async def test_a_database_of_the_first_version_keeps_what_it_holds_and_gets_the_tables_of_journeys(
    empty: str, tmp_path: Path
):
    first = tmp_path / "first"
    shutil.copytree(FOLDER, first, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]_*", "00[1-9]?_*"))
    await migrated(empty, first)
    await looked_at(
        empty,
        run,
        "INSERT INTO bookkeeping VALUES ('offset', 7)",
        "INSERT INTO inbox VALUES (5, '7', 'message', '{}', 0, 'waiting', 1, 2, NULL)",
    )
    database = await Database.open(empty)

    assert await Bookkeeping(database).recall("offset") == 7
    assert await Inbox(database).waiting() == [Arrived(5, "7", "message", "{}", 0, failures=1, sent=2)]
    made = await Journeys(database, COLOMBO).change("7", "5", 9, "button", lambda _: (Act("kept"),))
    assert await Journeys(database, COLOMBO).events("7") == made.brought
    await database.close()


async def test_a_database_of_the_second_version_keeps_students_and_events_and_gets_the_table_of_nudges(
    empty: str, tmp_path: Path
):
    second = tmp_path / "second"
    shutil.copytree(FOLDER, second, ignore=shutil.ignore_patterns("__pycache__", "000[3-9]_*", "00[1-9]?_*"))
    await migrated(empty, second)
    await looked_at(
        empty,
        run,
        "INSERT INTO students VALUES ('7', 5, 6, NULL)",
        "INSERT INTO events VALUES (3, '7', '5', 0, 'kept', '', '\"\"', 'button', 5)",
    )
    database = await Database.open(empty)

    journeys, nudges = Journeys(database, COLOMBO), Nudges(database, COLOMBO)
    assert await journeys.events("7") == (Event("kept", "", "", 5, "5", "button"),)
    assert await nudges.standing("7", 9) == Standing()
    asked = Act("nudge", value=setting(19 * 60, EVERY_DAY, "en"))
    await journeys.change("7", "6", 9, "button", lambda _: (asked,))
    assert (await nudges.standing("7", 9)).coming == Due(date(1970, 1, 1), "daily", (19 * 60 - 330) * 60)
    assert [one.id for one in await nudges.claim("me", 48_600, 9)] == [1]
    await database.close()


async def test_an_open_from_any_folder_finds_the_migrations(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    database = await Database.open("sqlite:///here/50%/bot.db")
    await database.check()
    await database.close()

    assert (tmp_path / "here" / "50%" / "bot.db").exists()


async def test_migrating_prints_nothing_and_leaves_logging_alone(empty: str, capfd):
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("bot").disabled)
    await (await Database.open(empty)).close()

    assert (root.level, list(root.handlers), logging.getLogger("bot").disabled) == before
    assert capfd.readouterr() == ("", "")


async def test_a_newer_database_is_refused_and_left_alone(address: str):
    await looked_at(address, run, "UPDATE alembic_version SET version_num = '9999'", "DROP TABLE bookkeeping")

    with pytest.raises(DatabaseError, match=r"newer version \(9999\)") as caught:
        await Database.open(address, patience=0)

    assert "\n" not in str(caught.value)
    assert await looked_at(address, tables) == {"alembic_version", *METADATA.tables} - {"bookkeeping"}
    assert (
        await looked_at(address, lambda one: one.scalar(text("SELECT version_num FROM alembic_version")))
        == "9999"
    )


async def test_a_migration_that_fails_leaves_nothing_behind(address: str, later):
    folder = later(
        "op.create_table('half', sa.Column('id', sa.Integer, primary_key=True))",
        "op.execute('INSERT INTO nowhere VALUES (1)')",
    )
    with pytest.raises(DBAPIError):
        await migrated(address, folder)

    assert "half" not in await looked_at(address, tables)
    database = await Database.open(address)
    await database.check()
    await database.close()


PARENT_AND_CHILD = (
    "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)",
    "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
    "INSERT INTO parent VALUES (1, 'one')",
    "INSERT INTO child VALUES (10, 1)",
)


async def test_changing_a_table_keeps_the_rows_that_refer_to_it(address: str, later):
    await looked_at(address, run, *PARENT_AND_CHILD)
    await migrated(
        address,
        later(
            "with op.batch_alter_table('parent') as batch:",
            "    batch.alter_column('name', nullable=False, existing_type=sa.Text)",
        ),
    )

    assert await looked_at(address, lambda one: one.scalar(text("SELECT count(*) FROM child"))) == 1


async def test_a_migration_that_breaks_references_is_taken_back(tmp_path: Path, later):
    address = f"sqlite:///{tmp_path / 'bot.db'}"
    await (await Database.open(address)).close()
    await looked_at(address, run, *PARENT_AND_CHILD)
    with pytest.raises(DatabaseError, match="1 references"):
        await migrated(address, later("op.execute('DELETE FROM parent')"))

    assert await looked_at(address, lambda one: one.scalar(text("SELECT count(*) FROM parent"))) == 1


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_three_that_start_together_migrate_once(empty: str, caplog):
    caplog.set_level("INFO", logger="bot.storage")
    three = await asyncio.gather(*(Database.open(empty) for _ in range(3)))
    await asyncio.gather(*(one.check() for one in three))
    await asyncio.gather(*(one.close() for one in three))

    assert [record.getMessage() for record in caplog.records].count(
        f"The database was brought from version none to {newest()}."
    ) == 1
