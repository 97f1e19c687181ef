"""The file of a SQLite database: whose it is, who may read it, and what happens when it goes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import sqlite3
import stat
import sys
import tempfile
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.inbox import Arrived
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database, DatabaseError, StoreError
from bot.storage.file import DatabaseFile
from bot.storage.inbox import Inbox

PROJECT = Path(__file__).resolve().parents[2]
NOBODY = 65534


async def child(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.child", *arguments, cwd=PROJECT, stdout=PIPE, stderr=STDOUT
    )


async def tried(path: Path) -> str:
    """What another process says that opens the database."""
    process = await child("try", f"sqlite:///{path}")
    said, _ = await process.communicate()
    return said.decode()


@pytest.fixture
def path(tmp_path: Path, migrated_file: Path) -> Path:
    """A database with its tables."""
    path = tmp_path / "data" / "bot.db"
    path.parent.mkdir()
    shutil.copy(migrated_file, path)
    return path


def update(number: int, words: str = "") -> Arrived:
    return Arrived(number, "7", "message", words, at=0)


def contents(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Everything in a folder, with its mode."""
    return {one: (mode(one), one.read_bytes()) for one in folder.iterdir()}


def set_mode(path: Path, wanted: int) -> None:
    path.chmod(wanted)


def move(path: Path, name: str) -> Path:
    return path.rename(path.with_name(name))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_nobody_else_may_read_it_whatever_the_umask(tmp_path: Path):
    before = os.umask(0)
    try:
        database = await Database.open(f"sqlite:///{tmp_path}/new/data/bot.db")
        await Inbox(database).put([update(1)])
        await Inbox(database).waiting()
        files = {one.name: mode(one) for one in (tmp_path / "new" / "data").iterdir()}
        await database.close()
    finally:
        os.umask(before)

    assert files == dict.fromkeys(("bot.db", "bot.db-wal", "bot.db-shm", "bot.db.lock"), 0o600)
    assert mode(tmp_path / "new" / "data") == 0o700


async def test_it_is_never_open_to_others_not_even_while_it_is_empty(tmp_path: Path):
    file = DatabaseFile(f"{tmp_path}/bot.db")
    before = os.umask(0)
    try:
        await file.claim(0)
    finally:
        os.umask(before)
        file.release()

    assert (file.path.stat().st_size, mode(file.path)) == (0, 0o600)


async def test_a_file_that_others_could_read_is_closed_to_them(path: Path):
    set_mode(path, 0o644)
    database = await Database.open(f"sqlite:///{path}")
    await Inbox(database).put([update(1)])

    assert {mode(one) for one in path.parent.glob("bot.db*")} == {0o600}
    await database.close()


async def test_a_second_process_is_refused_with_one_clear_line(path: Path):
    database = await Database.open(f"sqlite:///{path}")
    said = await tried(path)
    await database.close()

    assert said == f"The database {path} is in use by another process; stop that one first.\n"


async def test_an_open_of_a_database_that_is_up_to_date_spares_alembic(path: Path):
    assert await tried(path) == "opened, without Alembic\n"


async def test_a_start_waits_for_the_one_before_to_stop(path: Path):
    first = await Database.open(f"sqlite:///{path}")
    with pytest.raises(DatabaseError, match="in use"):
        await Database.open(f"sqlite:///{path}", patience=0)
    second = asyncio.create_task(Database.open(f"sqlite:///{path}", patience=10))
    await asyncio.sleep(0)
    await first.close()

    await (await second).close()


async def test_another_name_of_the_same_file_is_the_same_file(path: Path, tmp_path: Path):
    (tmp_path / "link.db").symlink_to(path)
    database = await Database.open(f"sqlite:///{path}")
    with pytest.raises(DatabaseError, match="in use"):
        await Database.open(f"sqlite:///{tmp_path}/link.db", patience=0)
    await database.close()


@contextlib.contextmanager
def plain_user() -> Iterator[None]:
    """Root may write anything, so be somebody else for a while."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def own_folder(migrated_file: Path) -> Iterator[Path]:
    """A folder with a database that a plain user can reach."""
    folder = Path(tempfile.mkdtemp())
    shutil.copy(migrated_file, folder / "bot.db")
    if not os.geteuid():
        os.chown(folder, NOBODY, NOBODY)
        os.chown(folder / "bot.db", NOBODY, NOBODY)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "name"),
    [
        (0o400, 0o700, "bot.db"),
        (0o600, 0o500, "bot.db"),
        (0o600, 0o500, "new.db"),
        (0o600, 0o500, "new/new.db"),
    ],
)
async def test_what_may_not_be_written_is_refused_untouched(own_folder: Path, file_mode, folder_mode, name):
    set_mode(own_folder / "bot.db", file_mode)
    set_mode(own_folder, folder_mode)
    before = contents(own_folder)
    with plain_user(), pytest.raises(DatabaseError, match="may not read and write") as caught:
        await Database.open(f"sqlite:///{own_folder}/{name}", patience=0)

    assert str(own_folder / name) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert contents(own_folder) == before
    assert mode(own_folder) == folder_mode


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("folder", "it is a folder"),
        ("text/bot.db", "a part of its path is a file"),
        ("text/more/bot.db", "a part of its path is a file"),
        ("text", "file is not a database"),
        ("x" * 300, "name too long"),
    ],
)
async def test_what_is_no_database_is_refused_in_one_line_and_untouched(tmp_path: Path, name, why):
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("a shopping list\n" * 100)
    (tmp_path / "text").chmod(0o640)
    with pytest.raises(DatabaseError, match=f"(?i){why}") as caught:
        await Database.open(f"sqlite:///{tmp_path}/{name}", patience=0)

    assert "\n" not in str(caught.value)
    assert (tmp_path / "text").read_text() == "a shopping list\n" * 100
    assert mode(tmp_path / "text") == 0o640


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "data/bot.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://data/bot.db",
        "sqlite:///bot.db?mode=ro",
        "sqlite+pysqlcipher:///bot.db",
        "mysql://bot:hunter2@host/name",
        "postgresql+asyncpg://bot:hunter2@host/name",
        "postgresql://bot:hunter2@host:port/name",
    ],
)
async def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DatabaseError, match="The database's address") as caught:
        await Database.open(address)

    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


async def test_whoever_writes_is_alone_from_the_first_moment(path: Path):
    database = await Database.open(f"sqlite:///{path}")
    stranger = sqlite3.connect(path, isolation_level=None, timeout=0)

    async def hold(_: AsyncConnection) -> None:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            stranger.execute("BEGIN IMMEDIATE")

    await database.write(hold)
    stranger.close()
    await database.close()


async def test_a_file_that_was_removed_fails_everything_until_it_is_back(path: Path):
    database = await Database.open(f"sqlite:///{path}")
    inbox = Inbox(database)
    await inbox.put([update(1)])
    moved = move(path, "elsewhere")
    for attempt in (inbox.put([update(2)]), inbox.waiting(), database.check(), inbox.prune(0)):
        with pytest.raises(StoreError, match="gone"):
            await attempt
    assert path not in contents(path.parent)

    move(moved, path.name)
    await inbox.put([update(3)])
    await database.check()
    assert await inbox.waiting() == [update(1), update(3)]
    await database.close()


async def test_a_backup_put_in_its_place_is_taken_up(path: Path, tmp_path: Path):
    backup = tmp_path / "backup.db"
    shutil.copy(path, backup)
    other = await Database.open(f"sqlite:///{backup}")
    await Inbox(other).put([update(100)])
    await other.close()
    database = await Database.open(f"sqlite:///{path}")
    inbox = Inbox(database)
    await inbox.put([update(number, "x" * 5000) for number in range(1, 9)])

    backup.chmod(0o644)
    backup.replace(path)
    await inbox.put([update(101)])

    assert await inbox.waiting() == [update(100), update(101)]
    assert mode(path) == 0o600
    whole = await database.read(lambda connection: connection.exec_driver_sql("PRAGMA integrity_check"))
    assert whole.scalar() == "ok"
    await database.close()


async def test_rubbish_put_in_its_place_fails_until_a_database_is_there(path: Path, tmp_path: Path):
    good = tmp_path / "good.db"
    shutil.copy(path, good)
    database = await Database.open(f"sqlite:///{path}")
    (tmp_path / "rubbish").write_bytes(b"rubbish" * 1000)
    (tmp_path / "rubbish").replace(path)
    for _ in range(2):
        with pytest.raises(StoreError, match="not a database"):
            await Inbox(database).put([update(1)])

    good.replace(path)
    await Inbox(database).put([update(1)])
    assert await Inbox(database).waiting() == [update(1)]
    await database.close()


async def test_a_full_database_fails_and_works_again_when_there_is_room(path: Path):
    database = await Database.open(f"sqlite:///{path}")
    inbox = Inbox(database)

    async def limit(pages: int) -> None:
        await database.write(
            lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        )

    await inbox.put([update(1)])
    await limit(20)
    with pytest.raises(StoreError, match="full"):
        await inbox.put([update(2), update(3, "x" * 500_000)])
    await inbox.put([update(4)])
    await limit(100_000)
    await inbox.put([update(3, "x" * 500_000)])

    assert [one.update_id for one in await inbox.waiting()] == [1, 3, 4]
    await database.close()


async def test_a_disk_that_takes_no_more_fails_and_works_again_when_it_does(path: Path):
    database = await Database.open(f"sqlite:///{path}")
    inbox = Inbox(database)
    await inbox.put([update(1)])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        with pytest.raises(StoreError):
            await inbox.put([update(2), update(3, "x" * 2_000_000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    await inbox.put([update(4, "x" * 2_000_000)])

    assert [one.update_id for one in await inbox.waiting()] == [1, 4]
    await database.close()


async def test_words_that_were_erased_are_in_no_file_any_more(path: Path):
    database = await Database.open(f"sqlite:///{path}")
    inbox = Inbox(database)

    def found() -> int:
        return sum(one.read_bytes().count(b"my secret") for one in path.parent.iterdir())

    words = [update(number, "my secret " * (number * number)) for number in range(1, 60)]
    for one in words:
        await inbox.put([one])
    for one in words[::2]:
        await inbox.finish([one.update_id], at=10)
    await inbox.set_aside([one.update_id for one in words[1::2]], at=10)
    assert found() > 0

    await inbox.prune(10**9)

    assert found() == 0
    await database.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)
async def test_a_killed_process_has_lost_nothing_it_said_was_kept(address: str):
    said: set[int] = set()
    for first, lines in ((0, 40), (100_000, 170)):
        process = await child("write", address, str(first))
        for _ in range(lines):
            said.add(int(await process.stdout.readline()))
        process.kill()
        rest, _ = await process.communicate()
        said |= {int(line) for line in rest.splitlines()}

    database = await Database.open(address, patience=0)
    kept = {one.update_id for one in await Inbox(database).waiting()}
    await Bookkeeping(database).note("still", 1)
    await database.close()
    assert said <= kept
    assert {number - number % 2 for number in kept} | {number - number % 2 + 1 for number in kept} == kept
