"""`backup` and `restore`, as one types them."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database
from tests.cli.conftest import SAMPLE, unpacked
from tests.cli.running import call
from tests.process.conftest import serving, until_polling
from tests.process.test_start import program_of
from tests.storage import keys

KEY = "a key as long as it must be"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    return unpacked(tmp_path_factory.mktemp("project"), SAMPLE)


@pytest.fixture
def folder(project, monkeypatch) -> Path:
    """The project without what the test before has left; commands in this process find themselves in it."""
    shutil.rmtree(project / "data", ignore_errors=True)
    monkeypatch.setattr("bot.settings.HOME", project)
    monkeypatch.setattr("bot.storage.sealing.Scrypt", keys.quick)
    return project


def ran_with(key: str | None, *words: str) -> Result:
    """Run a command in this process with a backup key."""
    with pytest.MonkeyPatch.context() as patch:
        if key:
            patch.setenv("BACKUP_KEY", key)
        return call(*words)


async def note(path: Path, name: str) -> None:
    database = await Database.open(f"sqlite:///{path}")
    await Bookkeeping(database).note(name, 1)
    await database.close()


def noted(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM bookkeeping ORDER BY name")]


def assert_stopped(ran, *words: str) -> None:
    """Fail unless it ended with status 2, nothing said but one line with these words."""
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1, ran.stderr
    for word in words:
        assert word in ran.stderr


def test_what_was_backed_up_is_put_back_and_the_old_database_is_kept(folder):
    database = folder / "data" / "bot.db"
    asyncio.run(note(database, "old"))
    ran = ran_with(KEY, "backup")
    assert (ran.exit_code, ran.stderr) == (0, "")
    (made,) = (folder / "data" / "backups").glob("*.backup")
    assert str(made) in ran.stdout

    asyncio.run(note(database, "new"))
    ran = ran_with(KEY, "restore", str(made))
    assert (ran.exit_code, ran.stderr) == (0, "")
    (aside,) = (folder / "data").glob("bot.db.replaced-*")
    assert str(aside) in ran.stdout
    assert (noted(database), noted(aside)) == (["old"], ["new", "old"])


async def test_a_backup_is_made_while_the_bot_has_the_database_and_restore_is_refused(folder):
    path = folder / "data" / "bot.db"
    database = await Database.open(f"sqlite:///{path}")
    await Bookkeeping(database).note("running", 1)
    ran = await asyncio.to_thread(ran_with, KEY, "backup")
    assert ran.exit_code == 0, ran.stderr
    (made,) = (folder / "data" / "backups").glob("*.backup")
    assert_stopped(
        await asyncio.to_thread(ran_with, KEY, "restore", str(made)),
        "in use by another process; stop that one first",
    )
    await Bookkeeping(database).note("still", 1)
    await database.close()
    assert noted(path) == ["running", "still"]
    assert (await asyncio.to_thread(ran_with, KEY, "restore", str(made))).exit_code == 0
    assert noted(path) == ["running"]


def test_without_a_key_one_line_says_so_and_nothing_is_written(folder):
    asyncio.run(note(folder / "data" / "bot.db", "old"))
    before = sorted((folder / "data").rglob("*"))
    assert_stopped(ran_with(None, "backup"), "BACKUP_KEY is not set")
    assert sorted((folder / "data").rglob("*")) == before


def test_with_another_key_or_an_altered_file_one_line_says_so_and_nothing_is_changed(folder):
    database = folder / "data" / "bot.db"
    asyncio.run(note(database, "old"))
    ran_with(KEY, "backup")
    (made,) = (folder / "data" / "backups").glob("*.backup")
    other = "another key that is long enough"
    ran = ran_with(other, "restore", str(made))
    assert_stopped(ran, str(made), "cannot be decrypted", "key")
    assert other not in ran.stderr
    made.write_bytes(made.read_bytes()[:-1])
    assert_stopped(ran_with(KEY, "restore", str(made)), "cannot be decrypted", "altered")
    assert noted(database) == ["old"]
    assert not [*(folder / "data").glob("bot.db.re*")]


async def test_a_daily_backup_that_fails_is_logged_and_told_to_the_operator_and_the_bot_goes_on(folder):
    (folder / "data").mkdir()
    (folder / "data" / "backups").write_text("a file where the folder should be")
    async with serving() as api:
        operator = api.user("Operator", started=True)
        given = {
            "BACKUP_KEY": KEY,
            "ADMIN_IDS": str(operator.id),
            "DATABASE_URL": "sqlite:///data/bot.db",
        }
        async with program_of(folder, api, **given) as process:
            await until_polling(api)
            await operator.sees("The database did not answer.")
            ama = api.user("Ama")
            await ama.says("what does a gardener do")
            await ama.sees("grow")
            process.send_signal(signal.SIGTERM)
            shown, _ = await process.communicate()
    assert process.returncode == 0
    assert b"The daily backup failed: BackupError: " in shown
    assert KEY.encode() not in shown


async def test_without_a_key_the_start_warns_once(folder):
    async with serving() as api, program_of(folder, api) as process:
        await until_polling(api)
        process.send_signal(signal.SIGTERM)
        shown, _ = await process.communicate()
    assert shown.count(b"BACKUP_KEY is not set in .env: no backups are made.") == 1


def test_without_a_database_one_line_says_so(folder):
    assert folder
    assert_stopped(ran_with(KEY, "backup"), "There is no database", "bot.db")


@pytest.mark.parametrize(
    ("words", "tool"), [(("backup",), "pg_dump"), (("restore", "a.backup"), "pg_restore")]
)
def test_of_postgresql_the_tool_is_named(folder, monkeypatch, words, tool):
    assert folder
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hunter22@localhost/careers")
    ran = ran_with(KEY, *words)
    assert_stopped(ran, tool)
    assert "hunter22" not in ran.stderr
