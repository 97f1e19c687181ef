"""Putting a backup back: only a good one, and never anything lost, whenever it is cut off."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import sealing
from bot.storage.backup import BackupError, Backups, restore
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database, DatabaseError
from bot.storage.sealing import MAGIC
from tests.storage import keys

PROJECT = Path(__file__).resolve().parents[2]
KEY = "correct horse battery staple"
NOON = 1_790_000_000  # 2026-09-21T14:13:20Z
ASIDE = "bot.db.replaced-20260921T141320Z"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "Scrypt", keys.quick)


async def note(path: Path, name: str) -> None:
    running = await Database.open(f"sqlite:///{path}")
    await Bookkeeping(running).note(name, 1)
    await running.close()


def noted(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [name for (name,) in connection.execute("SELECT name FROM bookkeeping ORDER BY name")]


def contents(folder: Path) -> dict[str, bytes]:
    passing = {"bot.db.lock", "bot.db-wal", "bot.db-shm"}
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name not in passing}


@pytest.fixture
async def path(tmp_path: Path, migrated_file: Path) -> Path:
    """A database in a folder of its own; what is noted in it came after the backup."""
    path = tmp_path / "data" / "bot.db"
    path.parent.mkdir()
    shutil.copy(migrated_file, path)
    return path


@pytest.fixture
async def made(path: Path, tmp_path: Path) -> Path:
    """A backup that has the note 'old', of a database that has the note 'new' as well."""
    await note(path, "old")
    made = Backups(tmp_path / "backups", path, KEY, lambda: NOON).make()
    await note(path, "new")
    return made


async def test_what_is_put_back_is_what_was_backed_up_and_the_old_database_is_kept(path, made):
    before = os.umask(0)
    try:
        aside = await restore(made, path, KEY, NOON)
    finally:
        os.umask(before)

    assert aside == path.with_name(ASIDE)
    assert (noted(path), noted(aside)) == (["old"], ["new", "old"])
    assert {stat.S_IMODE(one.stat().st_mode) for one in (path, aside)} == {0o600}
    assert {*contents(path.parent)} == {"bot.db", ASIDE}


async def test_the_bot_starts_with_it(path, made):
    await restore(made, path, KEY, NOON)
    await note(path, "after")
    assert noted(path) == ["after", "old"]


async def test_where_there_is_no_database_it_becomes_one(made, tmp_path):
    assert await restore(made, tmp_path / "new" / "data" / "bot.db", KEY, NOON) is None
    assert noted(tmp_path / "new" / "data" / "bot.db") == ["old"]


async def test_what_was_kept_aside_can_be_put_back_too_with_what_is_in_its_log(path, made):
    aside = await restore(made, path, KEY, NOON)
    writer = sqlite3.connect(aside, isolation_level=None)
    writer.execute("INSERT INTO bookkeeping VALUES ('in the log', 1)")
    assert b"in the log" not in aside.read_bytes()
    second = await restore(aside, path, None, NOON + 1)
    writer.close()

    assert noted(path) == ["in the log", "new", "old"]
    assert noted(second) == ["old"]


async def test_while_a_process_has_the_database_nothing_is_changed(path, made):
    running = await Database.open(f"sqlite:///{path}")
    before = contents(path.parent)
    with pytest.raises(DatabaseError, match="in use by another process; stop that one first") as caught:
        await restore(made, path, KEY, NOON)
    assert "\n" not in str(caught.value)
    assert contents(path.parent) == before
    await running.close()


def altered(made: Path, content: bytes) -> Path:
    """Another file with other content."""
    bad = made.with_name("bad.backup")
    bad.write_bytes(content)
    return bad


def bad_database(made: Path, *statements: str) -> Path:
    bad = made.with_name("bad.db")
    with closing(sqlite3.connect(bad)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return bad


BAD = {
    "cut": (lambda made: altered(made, made.read_bytes()[:-1]), "not whole or was altered"),
    "cut in its header": (lambda made: altered(made, made.read_bytes()[:30]), "its beginning is missing"),
    "altered": (
        lambda made: altered(made, made.read_bytes()[:-100] + b"?" + made.read_bytes()[-99:]),
        "not whole or was altered",
    ),
    "another format": (
        lambda made: altered(made, MAGIC.replace(b"1", b"2") + bytes(100)),
        "no sealed file",
    ),
    "empty": (lambda made: altered(made, b""), "no backup of this bot"),
    "text": (lambda made: altered(made, b"a shopping list\n" * 100), "no backup of this bot"),
    "not there": (lambda made: made.with_name("gone.backup"), "No such file"),
    "a folder": (lambda made: made.parent, "directory"),
    "rubbish behind a good beginning": (
        lambda made: altered(made, b"SQLite format 3\0" + b"rubbish" * 1000),
        "not a database|malformed",
    ),
    "another program's": (lambda made: bad_database(made, "CREATE TABLE notes (id)"), "alembic_version"),
    "newer": (
        lambda made: bad_database(
            made,
            "CREATE TABLE alembic_version (version_num)",
            "INSERT INTO alembic_version VALUES ('9999')",
        ),
        r"newer version \(9999\)",
    ),
}


@pytest.mark.parametrize(("spoil", "why"), BAD.values(), ids=BAD)
async def test_what_is_no_good_backup_is_refused_in_one_line_and_changes_nothing(path, made, spoil, why):
    bad = spoil(made)
    before = contents(path.parent)
    with pytest.raises(BackupError, match=why) as caught:
        await restore(bad, path, KEY, NOON)

    assert "\n" not in str(caught.value)
    assert contents(path.parent) == before
    assert noted(path) == ["new", "old"]


@pytest.mark.parametrize(("key", "why"), [("another key altogether", "the key is not"), (None, "BACKUP_KEY")])
async def test_without_the_right_key_nothing_is_changed(path, made, key, why):
    before = contents(path.parent)
    with pytest.raises(BackupError, match=why) as caught:
        await restore(made, path, key, NOON)
    assert "\n" not in str(caught.value)
    assert contents(path.parent) == before


async def test_a_damaged_database_is_refused_although_it_was_sealed_whole(path, made):
    broken = bytearray(path.read_bytes())
    broken[4096 * 2 :] = b"\x55" * (len(broken) - 4096 * 2)
    bad = altered(made, bytes(broken))
    with pytest.raises(BackupError, match=r"no whole database|malformed"):
        await restore(bad, path, KEY, NOON)
    assert noted(path) == ["new", "old"]


async def test_nothing_that_was_kept_aside_is_ever_replaced(path, made):
    path.with_name(ASIDE).write_text("mine")
    before = contents(path.parent)
    with pytest.raises(BackupError, match="exists"):
        await restore(made, path, KEY, NOON)
    assert contents(path.parent) == before
    await restore(made, path, KEY, NOON + 1)
    assert noted(path) == ["old"]


async def test_a_damaged_database_is_replaced_and_kept_with_its_log(path, made):
    path.write_bytes(b"rubbish" * 1000)
    path.with_name("bot.db-wal").write_bytes(b"its log")
    await restore(made, path, KEY, NOON)

    assert noted(path) == ["old"]
    assert path.with_name(ASIDE).read_bytes() == b"rubbish" * 1000
    assert path.with_name(f"{ASIDE}-wal").read_bytes() == b"its log"


async def test_what_a_killed_bot_left_in_its_log_is_kept_with_the_old_database(path, made):
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("INSERT INTO bookkeeping VALUES ('in the log', 1)")
    shutil.copy(path, path.with_name("killed"))
    shutil.copy(path.with_name("bot.db-wal"), path.with_name("killed-wal"))
    writer.close()
    path.with_name("killed-wal").replace(path.with_name("bot.db-wal"))
    path.with_name("killed").replace(path)
    aside = await restore(made, path, KEY, NOON)

    assert noted(aside) == ["in the log", "new", "old"]
    assert noted(path) == ["old"]


async def test_a_database_that_somebody_reads_just_now_is_not_replaced(path, made, monkeypatch):
    monkeypatch.setattr("bot.storage.backup._LOCK_SECONDS", 0.1)
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as writer,
        closing(sqlite3.connect(path, isolation_level=None)) as reader,
    ):
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM bookkeeping").fetchall()
        writer.execute("INSERT INTO bookkeeping VALUES ('later', 1)")
        with pytest.raises(BackupError, match=r"being read|locked"):
            await restore(made, path, KEY, NOON)
    assert noted(path) == ["later", "new", "old"]


async def test_killed_at_any_step_the_old_or_the_new_database_is_there_whole(path, made):
    shutil.copytree(path.parent, path.parent.with_name("before"))
    ran = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.cut_off", str(path.parent), str(made), KEY,
        cwd=PROJECT, stdout=subprocess.PIPE,
    )  # fmt: skip
    said, _ = await ran.communicate()
    assert ran.returncode == 0
    rounds = int(said)
    assert rounds > 8
    found = []
    for number in range(rounds):
        copy = path.parent.with_name(f"data-{number}") / "bot.db"
        await note(copy, "started")
        found.append(tuple(noted(copy)))
        # What was there before is there still, in place or aside, and a start leaves nothing in plain.
        assert any("new" in noted(one) for one in copy.parent.iterdir() if is_database(one)), number
        assert {one.name for one in copy.parent.iterdir()} <= {"bot.db", "bot.db.lock", ASIDE}, number
    old, new = ("new", "old", "started"), ("old", "started")
    assert set(found) == {old, new}
    assert found == sorted(found)


def is_database(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return path.read_bytes()[:6] == b"SQLite"
    return False
