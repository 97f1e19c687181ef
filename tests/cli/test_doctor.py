"""`doctor`: a line for each thing, whatever is broken."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.inbox import Arrived
from bot.settings import Settings
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database
from bot.storage.inbox import Inbox
from tests.cli.conftest import SAMPLE, unpacked
from tests.cli.running import call, run
from tests.process.conftest import eventually, serving, until_polling
from tests.process.test_start import program_of

KEY = "a key as long as it must be"
TOKEN = "123456:TEST-token_that-nobody-has-0123456789"  # noqa: S105 - nobody's
THINGS = ["settings", "token", "polling", "disk", "database", "backups", "knowledge", "ids", "memory"]


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    return unpacked(tmp_path_factory.mktemp("project"), SAMPLE)


@pytest.fixture
def folder(project, monkeypatch) -> Path:
    """The project without what the test before has left; commands in this process find themselves in it."""
    shutil.rmtree(project / "data", ignore_errors=True)
    monkeypatch.setattr("bot.settings.HOME", project)
    monkeypatch.setenv("DEFAULT_ROLE", "gardener")
    return project


def told(shown: str) -> dict[str, str]:
    """What is said of each thing; several lines of one are joined."""
    lines: dict[str, str] = {}
    for line in shown.splitlines():
        about, _, words = line.partition(" ")
        lines[about] = f"{lines.get(about, '')}\n{words.strip()}".strip()
    assert [*lines] == THINGS, shown
    assert all(line.startswith(("ok: ", "needs you: ")) for line in lines.values()), shown
    return lines


def doctor() -> tuple[int, dict[str, str]]:
    result = call("doctor")
    assert result.stderr == ""
    return result.exit_code, told(result.stdout)


async def made(path: Path) -> None:
    database = await Database.open(f"sqlite:///{path}")
    await Inbox(database).put([Arrived(number, "7", "message", "{}", 0) for number in range(3)])
    await Inbox(database).set_aside([1], 0)
    await database.close()


def noted(path: Path) -> list:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT * FROM bookkeeping WHERE name = 'telegram-answered'").fetchall()


def changed(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_fresh_download_is_well_and_nothing_is_made_by_looking(folder):
    status, lines = doctor()
    assert status == 0
    assert all(line.startswith("ok: ") for line in lines.values())
    assert "terminal only" in lines["token"]
    assert "engine: lexical" in lines["memory"]
    assert not (folder / "data").exists()


def test_the_database_is_told_and_not_changed(folder):
    path = folder / "data" / "bot.db"
    asyncio.run(made(path))
    before = path.read_bytes()
    _, lines = doctor()
    assert "2 messages wait, 1 is set aside" in lines["database"]
    assert path.read_bytes() == before


def test_missing_and_old_backups_need_the_operator_and_new_ones_do_not(folder, monkeypatch):
    asyncio.run(made(folder / "data" / "bot.db"))
    status, lines = doctor()
    assert status == 1
    assert lines["backups"].startswith("needs you: none. BACKUP_KEY is not set")
    monkeypatch.setenv("BACKUP_KEY", KEY)
    assert "run_bot.py backup" in doctor()[1]["backups"]

    assert call("backup").exit_code == 0
    status, lines = doctor()
    assert status == 0
    assert lines["backups"].startswith("ok: 1 in ")
    (backup,) = (folder / "data" / "backups").glob("*.backup")
    backup.rename(backup.with_name("bot-20200101T000000Z.backup"))
    assert doctor()[1]["backups"].startswith("needs you: 1 in ")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "needs you: of a newer version (9999)"),
        ("DROP TABLE alembic_version", "needs you: The database"),
        ("DROP TABLE inbox", "needs you: it cannot be read"),
        ("UPDATE alembic_version SET version_num = '0000'", "needs you: of a newer version"),
    ],
)
def test_a_database_of_another_shape_needs_the_operator(folder, statement, words):
    path = folder / "data" / "bot.db"
    asyncio.run(made(path))
    changed(path, statement)
    assert doctor()[1]["database"].startswith(words)


def test_a_damaged_database_needs_the_operator(folder):
    path = folder / "data" / "bot.db"
    asyncio.run(made(path))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x55" * (len(whole) - 4096))
    status, lines = doctor()
    assert status == 1
    assert lines["database"].startswith("needs you: ")
    assert "backup" in lines["database"]


def test_with_everything_broken_every_line_is_there(folder, monkeypatch):
    (folder / "data").mkdir()
    (folder / "data" / "bot.db").write_text("a shopping list")
    (folder / "data" / "backups").write_text("a file")
    knowledge = shutil.copytree(SAMPLE, folder / "data" / "knowledge")
    (knowledge / "pointers.yaml").write_text("- id: x\n  id: y\n", encoding="utf-8")
    monkeypatch.setenv("KNOWLEDGE_DIR", str(knowledge))
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("bot.doctor._SMALLEST_MEMORY", 1 << 62)
    monkeypatch.setattr("bot.doctor.LEAST_DISK", 1 << 62)
    status, lines = doctor()
    assert status == 1
    assert [about for about, line in lines.items() if line.startswith("ok: ")] == []
    assert TOKEN.partition(":")[2] not in "".join(lines.values())
    assert "Telegram cannot be asked" in lines["token"]
    assert "not running" in lines["polling"]
    assert "1 fault;" in lines["knowledge"]


@pytest.mark.parametrize(
    ("name", "value", "unknown"),
    [
        ("TELEGRAM_BOT_TOKEN", "hunter2", {"token", "polling"}),
        ("DATABASE_URL", "nowhere", {"polling", "disk", "database", "backups", "ids"}),
        ("BACKUP_KEY", "short", {"backups"}),
        ("KNOWLEDGE_DIR", "no/such/folder", {"knowledge", "ids"}),
        ("LOG_LEVEL", "LOUD", set()),
    ],
)
def test_a_wrong_setting_is_named_and_what_does_not_need_it_is_looked_at(
    folder, monkeypatch, name, value, unknown
):
    assert folder
    monkeypatch.setenv(name, value)
    status, lines = doctor()
    assert status == 1
    assert lines["settings"].startswith(f"needs you: {name}: ")
    assert {about for about, line in lines.items() if "not looked at" in line} == unknown
    if name in {"TELEGRAM_BOT_TOKEN", "BACKUP_KEY"}:
        assert value not in "".join(lines.values())


def test_a_file_of_settings_that_is_no_text_is_named_and_the_rest_goes_on(folder, monkeypatch):
    (folder / "data").mkdir()
    (folder / "data" / "env").write_bytes(b"\xff\xfe\xff")
    monkeypatch.setitem(Settings.model_config, "env_file", folder / "data" / "env")
    status, lines = doctor()
    assert status == 1
    assert "UTF-8" in lines["settings"]
    assert lines["memory"].startswith("ok: ")


async def test_telegram_itself_is_asked_whose_the_token_is(folder, monkeypatch):
    assert folder
    async with serving() as api:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", api.token)
        monkeypatch.setenv("TELEGRAM_API_URL", api.url)
        _, lines = await asyncio.to_thread(doctor)
        assert "ok: of @career_test_bot." in lines["token"]
        api.revoke()
        _, lines = await asyncio.to_thread(doctor)
        assert "does not know this TELEGRAM_BOT_TOKEN" in lines["token"]
        assert api.token not in "".join(lines.values())


def test_telegram_may_not_take_long(folder, monkeypatch):
    assert folder
    monkeypatch.setattr("bot.doctor.TELEGRAM_SECONDS", 0.05)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        monkeypatch.setenv("TELEGRAM_API_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert "no answer within 0.05 s" in doctor()[1]["token"]


@pytest.mark.parametrize(
    ("ago", "words"), [(30, "ok: Telegram answered 30 seconds ago"), (600, "10 minutes")]
)
async def test_when_telegram_last_answered_is_told(folder, monkeypatch, ago, words):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("bot.cli.now", lambda: 1_790_000_000 + ago)
    database = await Database.open(f"sqlite:///{folder / 'data' / 'bot.db'}")
    assert "not answered yet" in (await asyncio.to_thread(doctor))[1]["polling"]
    await Bookkeeping(database).note("telegram-answered", 1_790_000_000)
    assert words in (await asyncio.to_thread(doctor))[1]["polling"]
    await database.close()
    assert "not running" in (await asyncio.to_thread(doctor))[1]["polling"]


async def test_a_running_bot_backs_itself_up_and_all_is_well(folder):
    async with serving() as api:
        given = {
            "BACKUP_KEY": KEY,
            "OPERATOR_NAME": "Coding Club",
            "OPERATOR_CONTACT": "club@example.org",
            "DATABASE_URL": "sqlite:///data/bot.db",
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_API_URL": api.url,
            "DEFAULT_ROLE": "gardener",
        }
        async with program_of(folder, api, **given) as process:
            await until_polling(api)
            await eventually(lambda: [*(folder / "data" / "backups").glob("*.backup")], "the first backup")
            # Its first request is answered when there is something to tell.
            await api.user("Ama").says("/start")
            await eventually(lambda: noted(folder / "data" / "bot.db"), "a note of the answer")
            ran = await asyncio.to_thread(run, folder, "doctor", **given)
            process.send_signal(signal.SIGTERM)
            shown, _ = await process.communicate()
        assert process.returncode == 0
        assert b"ERROR" not in shown, shown
        assert b"BACKUP_KEY is not set" not in shown
    lines = told(ran.stdout.decode())
    assert ran.returncode == 0, lines
    assert lines["polling"].startswith("ok: Telegram answered ")
    assert KEY.encode() not in ran.stdout + shown
