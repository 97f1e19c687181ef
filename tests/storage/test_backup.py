"""Backups of a SQLite file: whole, unreadable to others, and none too many."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from bot.domain.inbox import Arrived
from bot.storage import backup, database, sealing
from bot.storage.backup import KEPT, BackupError, Backups, restore
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database, DatabaseError, StoreError
from bot.storage.inbox import Inbox
from bot.storage.migrations import FOLDER, migrate, newest
from tests.storage import keys

KEY = "correct horse battery staple"
NOON = 1_790_000_000  # 2026-09-21T14:13:20Z
DAY = 24 * 3600


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are made without the work that slows down guessing."""
    monkeypatch.setattr(sealing, "Scrypt", keys.quick)


class Clock:
    at = NOON

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path, migrated_file: Path) -> Path:
    """A database with its tables, in a folder of its own."""
    path = tmp_path / "data" / "bot.db"
    path.parent.mkdir()
    shutil.copy(migrated_file, path)
    return path


@pytest.fixture
def backups(path: Path, clock: Clock) -> Backups:
    return Backups(path.parent / "backups", path, KEY, clock)


def update(number: int, words: str = "") -> Arrived:
    return Arrived(number, "7", "message", words, at=0)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name not in {"bot.db-wal", "bot.db-shm"})


async def restored(made: Path, folder: Path) -> Path:
    target = folder / "elsewhere" / "bot.db"
    await restore(made, target, KEY, NOON)
    return target


def rows(path: Path, query: str) -> list:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


async def test_a_backup_beside_a_running_bot_has_everything_up_to_the_last_commit(path, backups, tmp_path):
    running = await Database.open(f"sqlite:///{path}")
    await Inbox(running).put([update(number) for number in range(100)])
    made = await asyncio.to_thread(backups.make)
    await Inbox(running).put([update(100)])
    await running.close()

    found = await restored(made, tmp_path)
    assert rows(found, "SELECT count(*) FROM inbox") == [(100,)]
    assert rows(found, "PRAGMA integrity_check") == [("ok",)]


async def test_a_backup_made_while_somebody_is_writing_has_nothing_of_what_is_half_done(
    path, backups, tmp_path
):
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO bookkeeping VALUES ('half', 1)")
        made = backups.make()
        writer.execute("COMMIT")

    assert rows(await restored(made, tmp_path), "SELECT * FROM bookkeeping") == []


async def test_it_tells_the_day_and_the_time_in_utc(backups):
    assert backups.make().name == "bot-20260921T141320Z.backup"
    assert [(one.path.name, one.at) for one in backups.stored()] == [("bot-20260921T141320Z.backup", NOON)]


async def test_nobody_can_read_what_it_holds_and_nothing_else_is_left(path, backups):
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("INSERT INTO bookkeeping VALUES ('kuduminis', 1)")
        writer.commit()
    before = os.umask(0)
    try:
        made = backups.make()
    finally:
        os.umask(before)

    assert b"kuduminis" in path.read_bytes()
    assert b"kuduminis" not in made.read_bytes()
    assert b"bookkeeping" not in made.read_bytes()
    assert names(made.parent) == [".lock", made.name]
    assert names(path.parent) == ["backups", "bot.db"]
    assert {stat.S_IMODE(one.stat().st_mode) for one in made.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700


async def test_the_copy_in_plain_is_private_while_it_is_there_and_gone_when_encrypting_fails(
    path, backups, monkeypatch
):
    seen = []

    def full(source, *_):
        seen.append(stat.S_IMODE(os.fstat(source.fileno()).st_mode))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "seal", full)
    before = os.umask(0)
    try:
        with pytest.raises(BackupError, match=r"could not be backed up: No space left on device\.$"):
            backups.make()
    finally:
        os.umask(before)

    assert seen == [0o600]
    assert names(backups.folder) == [".lock"]
    assert names(path.parent) == ["backups", "bot.db"]


async def test_what_a_kill_left_behind_is_removed_by_the_next_one(path, backups):
    backups.folder.mkdir()
    (path.parent / "bot.db.backing-up").write_text("a student's words")
    (backups.folder / "bot.part").write_text("half a backup")
    made = backups.make()

    assert names(backups.folder) == [".lock", made.name]
    assert names(path.parent) == ["backups", "bot.db"]


async def test_words_of_what_was_set_aside_are_not_in_it_and_what_waits_is(path, backups, tmp_path):
    running = await Database.open(f"sqlite:///{path}")
    await Inbox(running).put([update(1, "kuduminis " * 1000), update(2, "still waiting")])
    await Inbox(running).set_aside([1], NOON)
    made = await asyncio.to_thread(backups.make)
    await running.close()

    found = await restored(made, tmp_path)
    assert b"kuduminis" not in found.read_bytes()
    assert rows(found, "SELECT update_id, payload FROM inbox") == [(1, None), (2, "still waiting")]


async def test_fourteen_are_kept_the_newest_and_nothing_of_others_is_touched(backups, clock):
    backups.folder.mkdir()
    others = ["bot-two-20200101T000000Z.backup", "bot-20200101T000000Z.backup.old", "notes.txt"]
    for name in others:
        (backups.folder / name).write_text("mine")
    made = []
    for _ in range(KEPT + 3):
        made.append(backups.make())
        clock.at += 1

    assert KEPT == 14
    assert [one.path for one in backups.stored()] == made[-14:]
    assert {*others} < {*names(backups.folder)}


async def test_one_a_day_is_made(backups, clock):
    await backups.daily()
    clock.at += DAY - 1
    await backups.daily()
    assert [one.at for one in backups.stored()] == [NOON]

    clock.at += 1
    await backups.daily()
    assert [one.at for one in backups.stored()] == [NOON, NOON + DAY]


async def test_without_a_key_none_is_made_daily(path, clock):
    await Backups(path.parent / "backups", path, None, clock).daily()
    assert names(path.parent) == ["bot.db"]


@pytest.mark.parametrize("key", [None, KEY])
async def test_a_copy_in_plain_goes_after_two_weeks(path, clock, key):
    plain = path.with_name("bot.db.before-migration")
    shutil.copy(path, plain)
    os.utime(plain, (NOON, NOON))
    backups = Backups(path.parent / "backups", path, key, clock)
    clock.at = NOON + 14 * DAY - 1
    await backups.daily()
    assert plain.exists()
    clock.at += 1
    await backups.daily()
    assert not plain.exists()
    assert path.exists()


async def test_a_backup_dated_in_the_future_does_not_stop_the_daily_one(backups, clock):
    clock.at += 100 * DAY
    backups.make()
    clock.at -= 100 * DAY
    await backups.daily()
    assert len(backups.stored()) == 2


async def test_a_backup_that_was_given_up_leaves_nothing_behind(path, backups):
    with closing(sqlite3.connect(path)) as writer:
        writer.executemany("INSERT INTO bookkeeping VALUES (?, 1)", [(str(one),) for one in range(20_000)])
        writer.commit()
    given_up = Event()
    given_up.set()
    with pytest.raises(BackupError):
        backups.make(given_up=given_up)

    assert names(backups.folder) == [".lock"]
    assert names(path.parent) == ["backups", "bot.db"]


async def test_told_to_stop_the_daily_one_is_given_up(backups, monkeypatch):
    begun, ended = Event(), []

    def slow(_, given_up):
        begun.set()
        ended.append(given_up.wait(10))

    monkeypatch.setattr(Backups, "make", slow)
    task = asyncio.create_task(backups.daily())
    await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.get_running_loop().shutdown_default_executor()
    assert ended == [True]


async def test_without_a_key_none_is_made_and_nothing_is_written(path, clock):
    with pytest.raises(BackupError, match="BACKUP_KEY is not set"):
        Backups(path.parent / "backups", path, None, clock).make()
    assert names(path.parent) == ["bot.db"]


@pytest.mark.parametrize(
    ("content", "why"), [(None, "There is no database"), (b"a shopping list\n" * 100, "not a database")]
)
async def test_what_is_no_database_is_named_in_one_line(tmp_path, clock, content, why):
    if content:
        (tmp_path / "bot.db").write_bytes(content)
    with pytest.raises(BackupError, match=why) as caught:
        Backups(tmp_path / "backups", tmp_path / "bot.db", KEY, clock).make()
    assert "\n" not in str(caught.value)


async def test_a_folder_that_cannot_be_made_is_named_in_one_line(path, clock):
    (path.parent / "backups").write_text("a file")
    with pytest.raises(BackupError, match=r"could not be backed up: .*\.$"):
        Backups(path.parent / "backups", path, KEY, clock).make()
    with pytest.raises(BackupError, match=r"cannot be read: .*\.$"):
        await Backups(path.parent / "backups", path, KEY, clock).daily()


@pytest.fixture
def one_more_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program knows one step more than the database; the step can be made to fail."""
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    step = folder / "versions" / "9000_more.py"
    step.write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '9000'\ndown_revision = '{newest()}'\n"
        "def upgrade():\n    op.create_table('more', sa.Column('id', sa.Integer, primary_key=True))\n"
    )
    monkeypatch.setattr(database, "migrate", partial(migrate, folder=folder))
    return step


def version(path: Path) -> str:
    return rows(path, "SELECT version_num FROM alembic_version")[0][0]


async def noted(path: Path) -> None:
    running = await Database.open(f"sqlite:///{path}")
    await Bookkeeping(running).note("kuduminis", 1)
    await running.close()


async def test_before_a_migration_the_database_is_backed_up_as_it_was(path, backups, one_more_step, tmp_path):
    assert one_more_step
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("INSERT INTO bookkeeping VALUES ('kuduminis', 1)")
        writer.commit()
    await (await Database.open(f"sqlite:///{path}", backups=backups)).close()

    assert version(path) == "9000"
    (made,) = backups.stored()
    assert made.path.name == "bot-20260921T141320Z-before-9000.backup"
    found = await restored(made.path, tmp_path)
    assert version(found) == newest()
    assert rows(found, "SELECT name FROM bookkeeping") == [("kuduminis",)]
    assert names(path.parent) == ["backups", "bot.db", "bot.db.lock"]


async def test_a_start_that_fails_again_and_again_does_not_drive_out_the_daily_backups(
    path, backups, clock, one_more_step
):
    for _ in range(KEPT):
        backups.make()
        clock.at += DAY
    one_more_step.write_text(
        one_more_step.read_text().replace(
            "op.create_table", "op.execute('DROP TABLE missing') or op.create_table"
        )
    )
    for _ in range(5):
        clock.at += 30
        with pytest.raises(DatabaseError, match="no such table"):
            await Database.open(f"sqlite:///{path}", backups=backups)

    kept = [one.path.name for one in backups.stored()]
    assert [name for name in kept if "before" in name] == kept[-1:]
    assert len(kept) == KEPT
    assert version(path) == newest()


async def test_without_a_key_one_plain_copy_of_before_is_kept_for_the_owner_alone(path, clock, one_more_step):
    assert one_more_step
    kept = path.parent / "bot.db.before-migration"
    kept.write_text("of the migration before")
    await (await Database.open(f"sqlite:///{path}", backups=Backups(path.parent, path, None, clock))).close()

    assert version(path) == "9000"
    assert version(kept) == newest()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert names(path.parent) == ["bot.db", "bot.db.before-migration", "bot.db.lock"]


async def test_what_cannot_be_backed_up_is_not_migrated(path, backups, one_more_step):
    assert one_more_step
    backups.folder.write_text("a file where the folder should be")
    with pytest.raises(DatabaseError, match="could not be backed up"):
        await Database.open(f"sqlite:///{path}", backups=backups)
    assert version(path) == newest()


async def test_a_new_database_and_one_of_a_newer_version_are_not_backed_up(
    path, backups, one_more_step, tmp_path
):
    assert one_more_step
    new = Backups(tmp_path / "kept", tmp_path / "new.db", KEY, Clock())
    await (await Database.open(f"sqlite:///{tmp_path}/new.db", backups=new)).close()
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("UPDATE alembic_version SET version_num = '9999'")
        writer.commit()
    with pytest.raises(DatabaseError, match="newer version"):
        await Database.open(f"sqlite:///{path}", backups=backups)

    assert new.stored() == backups.stored() == []


async def test_reading_alone_changes_nothing_and_refuses_to_write(path):
    await noted(path)
    before = path.read_bytes()
    running = await Database.open(f"sqlite:///{path}")
    looking = await Database.look(f"sqlite:///{path}")
    assert await Bookkeeping(looking).recall("kuduminis") == 1
    with pytest.raises(StoreError, match="readonly"):
        await Bookkeeping(looking).note("kuduminis", 2)
    await Bookkeeping(running).note("another", 3)
    assert await Bookkeeping(looking).recall("another") == 3
    await looking.close()
    assert path.read_bytes() == before
    await running.close()


async def test_reading_alone_leaves_the_log_of_a_killed_bot_to_the_next_start(path):
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("INSERT INTO bookkeeping VALUES ('kuduminis', 1)")
    log = path.with_name("bot.db-wal")
    killed = {one: one.read_bytes() for one in (path, log)}
    writer.close()
    for one, content in killed.items():
        one.write_bytes(content)
    looking = await Database.look(f"sqlite:///{path}")
    assert await Bookkeeping(looking).recall("kuduminis") == 1
    await looking.close()

    assert {one: one.read_bytes() for one in (path, log)} == killed


async def test_reading_alone_makes_no_database_and_brings_none_up_to_date(path, one_more_step, tmp_path):
    assert one_more_step
    with pytest.raises(DatabaseError, match="There is no database"):
        await Database.look(f"sqlite:///{tmp_path}/none.db")
    await (await Database.look(f"sqlite:///{path}")).close()
    assert not (tmp_path / "none.db").exists()
    assert version(path) == newest()
