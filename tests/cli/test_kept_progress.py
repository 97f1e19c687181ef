"""The terminal's student is kept like all others; `stats` counts without names; ids are looked over."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.journey import Act
from bot.domain.nudging import EVERY_DAY, setting
from bot.storage.database import Database
from bot.storage.inbox import Inbox
from bot.storage.journeys import Journeys
from bot.storage.nudges import Nudges
from tests.cli.conftest import SAMPLE, unpacked
from tests.cli.running import call, run

COLOMBO = ZoneInfo("Asia/Colombo")
STEP = "gardener/roadmap/first-plant"
AT = 1_790_000_000
LEXICAL = ("chat", "--engine", "lexical")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    return unpacked(tmp_path_factory.mktemp("project"), SAMPLE)


@pytest.fixture
def folder(project, monkeypatch) -> Path:
    """The project without a database; commands in this process find themselves in it."""
    for one in (project / "data").glob("bot.db*"):
        one.unlink()
    shutil.rmtree(project / "data" / "files", ignore_errors=True)
    monkeypatch.setattr("bot.settings.HOME", project)
    monkeypatch.setattr("bot.cli.now", lambda: AT)
    monkeypatch.setattr("bot.bootstrap.now", lambda: AT)
    monkeypatch.setenv("DEFAULT_ROLE", "gardener")
    return project


def events(folder: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(f"file:{folder / 'data' / 'bot.db'}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT student, cause, kind FROM events ORDER BY id").fetchall()


async def made(folder: Path, *acts: Act) -> None:
    database = await Database.open(f"sqlite:///{folder / 'data' / 'bot.db'}")
    for number, act in enumerate(acts):
        await Journeys(database, COLOMBO).change(
            "8417263951", f"{number}-1", AT, "button", lambda _, act=act: (act,)
        )
    await database.close()


KNOWN = "/know\n1\n1\n"
"""Asks for the list of what is known, lets it be kept, and taps the first step."""


def test_the_first_chat_does_not_speak_of_its_database(folder):
    ran = run(folder, *LEXICAL, DEFAULT_ROLE="gardener")
    assert (folder / "data" / "bot.db").exists()
    assert b"INFO" not in ran.stderr


def test_what_the_terminals_student_did_is_there_at_the_next_chat(folder, monkeypatch):
    assert "Keep my progress" in call(*LEXICAL, typed=KNOWN).stdout
    first = events(folder)
    assert {student for student, _, _ in first} == {"terminal"}
    assert [kind for _, _, kind in first] == ["kept", "known"]
    assert {cause.partition("-")[0] for _, cause, _ in first} == {f"t{AT}"}
    monkeypatch.setattr("bot.cli.now", lambda: AT + 60)
    shown = call(*LEXICAL, typed="/export\n").stdout
    assert "all that I keep about you" in shown
    (file,) = (folder / "data" / "files").iterdir()
    assert '"kept"' in file.read_text(encoding="utf-8")
    call(*LEXICAL, typed="/forget\n1\n")
    assert events(folder) == []
    assert list((folder / "data" / "files").iterdir()) == []


async def test_a_database_that_is_in_use_is_left_alone_and_said_so_in_one_line(folder):
    database = await Database.open(f"sqlite:///{folder / 'data' / 'bot.db'}")
    try:
        result = await asyncio.to_thread(call, *LEXICAL, typed="hello\n")
        kept = await asyncio.to_thread(call, *LEXICAL, typed=KNOWN)
    finally:
        await database.close()
    assert result.exit_code == 0
    (line,) = [line for line in result.stdout.splitlines() if "Another process" in line]
    assert "this run is not kept" in line
    assert "What do you know already?" in kept.stdout
    assert events(folder) == []


@pytest.mark.parametrize("words", [(), LEXICAL])
def test_a_database_that_cannot_be_used_stops_the_chat_with_one_line(folder, words):
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "bot.db").write_text("a shopping list")
    result = call(*words, typed="hello\n")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("DATABASE_URL: ")


def test_stats_counts_without_names(folder):
    acts = (Act("kept"), Act("career", "gardener"), Act("done", STEP), Act("noted", STEP, "my secret words"))
    asyncio.run(made(folder, *acts))
    result = call("stats")
    assert result.exit_code == 0
    lines = dict(line.rpartition(": ")[::2] for line in result.stdout.splitlines())
    assert lines["students who let their progress be kept"] == "1"
    assert lines["on their way to gardener"] == "1"
    assert lines[f"done {STEP}"] == "1"
    assert lines["notes"] == "1"
    assert "new in 7 days: 1, in 30 days: 1" in result.stdout
    assert "8417263951" not in result.stdout
    assert "secret" not in result.stdout


def test_stats_says_what_became_of_the_nudges_of_a_week(folder):
    asyncio.run(nudged(folder))
    result = call("stats")
    assert result.exit_code == 0
    told = [line for line in result.stdout.splitlines() if line.startswith("nudges")]
    assert told == [
        "nudges due in 7 days: 4",
        "nudges due, daily: 4",
        "nudges sent: 1, more than 10 minutes late: 0, may have come twice: 0, unsure whether they came: 1",
        "nudges not sent, too late: 1",
        "nudges skipped, done: 1",
        "nudges backed off: 0",
        "nudges blocked: 0",
        "nudges overdue now: 1, to come: 0",
    ]


async def nudged(folder: Path) -> None:
    """Let a student have a nudge on each of four days, of which the last waits."""
    day = 24 * 3600
    asked = (Act("kept"), Act("nudge", value=setting(19 * 60, EVERY_DAY, "en")))
    database = await Database.open(f"sqlite:///{folder / 'data' / 'bot.db'}")
    nudges, begun = Nudges(database, COLOMBO), AT - 4 * day
    await Journeys(database, COLOMBO).change("8417263951", "1-1", begun, "button", lambda _: asked)
    for ending in ("unknown", "late", "done"):
        due = (await nudges.standing("8417263951", begun)).coming
        (claimed,) = await nudges.claim("me", due.at, 9)
        await nudges.complete(claimed, ending, due.at)
    await database.close()


def test_stats_before_there_is_a_database_is_one_kind_line_and_makes_none(folder):
    result = call("stats")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert "no database yet" in result.stdout
    assert not (folder / "data" / "bot.db").exists()


def test_stats_of_a_database_that_cannot_be_read_ends_with_one_line(folder):
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "bot.db").write_text("a shopping list")
    result = call("stats")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("DATABASE_URL: ")
    assert result.stderr.count("\n") == 1


async def test_stats_can_be_asked_while_the_bot_runs(folder):
    database = await Database.open(f"sqlite:///{folder / 'data' / 'bot.db'}")
    await Inbox(database).prune(AT)
    result = await asyncio.to_thread(call, "stats")
    await database.close()
    assert result.exit_code == 0


def test_ids_that_vanished_from_the_knowledge_are_named_at_the_start_and_by_doctor(folder):
    asyncio.run(
        made(folder, Act("kept"), Act("done", "gardener/roadmap/of-last-year"), Act("career", "gardener"))
    )
    ran = run(folder, *LEXICAL, DEFAULT_ROLE="gardener")
    (warning,) = [line for line in ran.stderr.decode().splitlines() if "WARNING" in line]
    assert "1 of 2 ids" in warning
    assert "gardener/roadmap/of-last-year" in warning
    assert "retired" in warning
    told = call("doctor").stdout
    assert "ids        needs you: 1 of 2 ids" in told


def test_more_than_ten_vanished_ids_are_not_all_named(folder):
    gone = [Act("done", f"gardener/roadmap/gone-{number:02}") for number in range(12)]
    asyncio.run(made(folder, *gone))
    told = call("doctor").stdout
    assert "gone-09, ..." in told
    assert "gone-10" not in told


def test_when_all_ids_are_known_the_chat_is_silent_about_them_and_doctor_says_so(folder):
    asyncio.run(made(folder, Act("kept"), Act("career", "gardener")))
    ran = run(folder, *LEXICAL, DEFAULT_ROLE="gardener")
    assert b"ids" not in ran.stderr
    assert "The only id that students' progress points at is known or retired." in call("doctor").stdout
