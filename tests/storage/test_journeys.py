"""What students did, on both kinds of database."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, insert, select

from bot.domain.inbox import Arrived
from bot.domain.journey import Act, Change, Event
from bot.domain.nudging import EVERY_DAY, setting
from bot.storage.database import Database, StoreError
from bot.storage.inbox import Inbox
from bot.storage.journeys import SEEN_SECONDS, Journeys
from bot.storage.tables import BOOKKEEPING, EVENTS, INBOX, METADATA, STUDENTS, WHOSE

COLOMBO = ZoneInfo("Asia/Colombo")
AMA, RAVI = "7351994412", "8460005523"
NOON = 1_790_000_000
CAUSES = count()

KEPT = Act("kept")
TICKED = Act("ticked", "backend-developer/python/loops")
NOTED = Act("noted", "backend-developer/python", "ask Nila")


@pytest.fixture
def journeys(database: Database) -> Journeys:
    return Journeys(database, COLOMBO)


async def do(journeys: Journeys, student: str, *acts: Act, cause: str = "", at: int = NOON) -> Change:
    return await journeys.change(student, cause or f"own {next(CAUSES)}", at, "button", lambda _: acts)


def event(act: Act, cause: str, at: int = NOON) -> Event:
    return Event(act.kind, act.about, act.value, at, cause, "button")


async def rows(database: Database, table: Table) -> list[dict[str, Any]]:
    async def work(connection):
        found = await connection.execute(select(table).order_by(*table.primary_key))
        return [dict(row) for row in found.mappings()]

    return await database.read(work)


async def all_rows(database: Database) -> dict[str, list[dict[str, Any]]]:
    return {name: await rows(database, table) for name, table in METADATA.tables.items()}


async def test_what_was_done_is_there_in_its_order_and_only_for_who_did_it(journeys):
    first = await do(journeys, AMA, KEPT, TICKED, cause="1")
    await do(journeys, RAVI, NOTED, cause="2")
    second = await do(journeys, AMA, NOTED, cause="3", at=NOON - 5)

    assert first == Change((), (event(KEPT, "1"), event(TICKED, "1")))
    assert second == Change(first.brought, (event(NOTED, "3", NOON - 5),))
    assert await journeys.events(AMA) == second.after
    assert await journeys.events(RAVI) == (event(NOTED, "2"),)
    assert await journeys.events("9") == ()


async def test_the_same_cause_again_decides_nothing_and_tells_of_the_first_time(journeys, database):
    await do(journeys, AMA, KEPT, cause="1")
    first = await do(journeys, AMA, TICKED, NOTED, cause="2")
    await do(journeys, AMA, TICKED, cause="3")
    before = await all_rows(database)

    def decide(_: Sequence[Event]) -> Sequence[Act]:
        raise AssertionError

    assert await journeys.change(AMA, "2", NOON + 99, "command", decide) == first
    assert await all_rows(database) == before


async def test_deciding_for_nothing_writes_nothing(journeys, database):
    await do(journeys, AMA, KEPT)
    before = await all_rows(database)
    change = await do(journeys, AMA, cause="2", at=NOON + 10_000)

    assert (change.brought, len(change.before)) == ((), 1)
    assert await all_rows(database) == before
    assert (await do(journeys, AMA, TICKED, cause="2")).brought == (event(TICKED, "2"),)


async def test_what_the_decision_raises_comes_out_and_nothing_is_changed(journeys, database):
    await do(journeys, AMA, KEPT)
    before = await all_rows(database)

    def decide(events: Sequence[Event]) -> Sequence[Act]:
        raise LookupError(len(events))

    with pytest.raises(LookupError, match="1"):
        await journeys.change(AMA, "2", NOON, "button", decide)
    assert await all_rows(database) == before


async def test_a_cause_of_another_student_is_refused_and_changes_nothing(journeys, database):
    await do(journeys, AMA, KEPT, cause="1")
    before = await all_rows(database)
    with pytest.raises(StoreError, match="another student"):
        await do(journeys, RAVI, KEPT, cause="1")

    assert await all_rows(database) == before


async def test_those_who_tap_at_the_same_moment_as_one_who_fails_are_not_failed(journeys, database):
    await do(journeys, AMA, KEPT, cause="taken")

    def breaks(_: Sequence[Event]) -> Sequence[Act]:
        raise LookupError

    outcomes = await asyncio.gather(
        *(do(journeys, str(number), TICKED, cause=f"a {number}") for number in range(5)),
        do(journeys, RAVI, TICKED, cause="taken"),
        journeys.change(RAVI, "breaks", NOON, "button", breaks),
        *(do(journeys, str(number), TICKED, cause=f"b {number}") for number in range(5)),
        return_exceptions=True,
    )

    assert [type(one) for one in outcomes] == [Change] * 5 + [StoreError, LookupError] + [Change] * 5
    kept = Counter(row["student"] for row in await rows(database, EVENTS))
    assert kept == {AMA: 1} | {str(number): 2 for number in range(5)}


async def test_agreeing_is_noted_once_and_signs_of_life_only_move_forward(journeys, database):
    await do(journeys, AMA, TICKED)
    assert await rows(database, STUDENTS) == []
    for at in (10, 50, 30):
        await do(journeys, AMA, KEPT, at=at)
    assert await rows(database, STUDENTS) == [
        {"student": AMA, "kept_at": 10, "seen_at": 50, "warned_at": None}
    ]


async def test_a_sign_of_life_is_noted_to_the_hour_and_of_others_never(journeys, database):
    await do(journeys, AMA, KEPT, at=NOON)
    await journeys.seen(RAVI, NOON)
    found = []
    for at in (NOON - 1, NOON + SEEN_SECONDS - 1, NOON + SEEN_SECONDS, NOON):
        await journeys.seen(AMA, at)
        found.append([(row["student"], row["seen_at"]) for row in await rows(database, STUDENTS)])
    assert found == [[(AMA, NOON)], [(AMA, NOON)], [(AMA, NOON + SEEN_SECONDS)], [(AMA, NOON + SEEN_SECONDS)]]


def two_that_count(events: Sequence[Event]) -> tuple[Act, Act]:
    return Act("ticked", "a/b/c", str(len(events))), Act("noted", "a/b", str(len(events) + 1))


async def test_fifty_taps_of_one_student_at_once_each_twice_lose_and_double_none(database, second):
    stores = (Journeys(database, COLOMBO), Journeys(second, COLOMBO))
    taps = [(number // 2, stores[number % 2]) for number in range(100)]
    random.Random(1).shuffle(taps)
    made = await asyncio.gather(
        *(store.change(AMA, f"tap {number}", NOON, "button", two_that_count) for number, store in taps)
    )

    kept = await rows(database, EVENTS)
    assert [row["value"] for row in kept] == [str(number) for number in range(100)]
    assert [row["number"] for row in kept] == [0, 1] * 50
    assert Counter(row["cause"] for row in kept) == {f"tap {number}": 2 for number in range(50)}
    events = await stores[0].events(AMA)
    assert all(events[: len(one.after)] == one.after for one in made)


async def test_fifty_students_at_once_do_not_get_into_each_others_way(database, second):
    stores = (Journeys(database, COLOMBO), Journeys(second, COLOMBO))

    async def three(number: int) -> None:
        for turn in range(3):
            tap = f"{number} {turn}"
            await stores[turn % 2].change(str(number), tap, NOON, "button", two_that_count)

    await asyncio.gather(*(three(number) for number in range(50)))

    for number in range(50):
        found = await stores[0].events(str(number))
        assert [one.value for one in found] == ["0", "1", "2", "3", "4", "5"]
        assert [one.cause for one in found[::2]] == [f"{number} {turn}" for turn in range(3)]


@pytest.mark.parametrize("seed", range(3))
async def test_cancelling_at_any_moment_leaves_each_change_whole_or_undone(journeys, database, seed):
    chance = random.Random(seed)

    async def all_of_it() -> None:
        taps = []
        for number in range(60):
            change = journeys.change(str(number % 7), f"tap {number}", NOON, "button", two_that_count)
            taps.append(asyncio.create_task(change))
            for _ in range(chance.randrange(20)):
                await asyncio.sleep(0)
            chance.choice(taps).cancel()
        await asyncio.gather(*taps, return_exceptions=True)
        told = {one.result().brought[0].cause: one.result() for one in taps if not one.cancelled()}
        # What was cancelled may be done again, and is then there once.
        for number in range(60):
            again = await journeys.change(str(number % 7), f"tap {number}", NOON, "button", two_that_count)
            assert told.get(f"tap {number}", again) == again

    await asyncio.wait_for(all_of_it(), 20)
    for student in range(7):
        found = await journeys.events(str(student))
        assert [one.value for one in found] == [str(number) for number in range(len(found))]
    kept = await rows(database, EVENTS)
    assert Counter(row["cause"] for row in kept) == {f"tap {number}": 2 for number in range(60)}


async def test_what_nobody_waits_for_any_more_is_kept_before_the_database_closes(address):
    database = await Database.open(address)
    taps = [asyncio.create_task(do(Journeys(database, COLOMBO), str(number), TICKED)) for number in range(20)]
    await asyncio.sleep(0)
    for tap in taps:
        tap.cancel()
    await database.close()

    again = await Database.open(address)
    assert len(await rows(again, EVENTS)) == 20
    await again.close()


HOSTILE = [
    "\0",
    "\ud800",
    "'; DROP TABLE events; --",
    "\u202e",
    "%_",
    "x" * 50_000,
    '{"a": 1}',
    "null",
    "\\u0000",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_words_come_back_as_they_were(journeys, words):
    await do(journeys, AMA, Act("noted", "a/b", words))

    (found,) = await journeys.events(AMA)
    assert found.value == words
    ((row,),) = (await journeys.everything(AMA)).values()
    assert row["value"] == words


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=[]), max_size=500))
async def test_any_words_come_back_as_they_were(journeys, words):
    student = f"any {next(CAUSES)}"
    await do(journeys, student, Act("noted", "a/b", words))

    (found,) = await journeys.events(student)
    # Two halves of a character, one after the other, are that character.
    assert found.value == json.loads(json.dumps(words))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_id_is_kept_as_it_is_or_refused_whole(journeys, database, words):
    before = await all_rows(database)
    try:
        await do(journeys, words, KEPT, Act("ticked", words), cause=words)
    except (StoreError, ValueError):
        assert await all_rows(database) == before
    else:
        assert [one.about for one in await journeys.events(words)] == ["", words]
    assert len((await do(journeys, AMA, TICKED)).after) == 1


async def fill(database: Database, student: str, number: int) -> None:
    """Let a student leave something everywhere."""
    journeys, inbox = Journeys(database, COLOMBO), Inbox(database)
    await do(journeys, student, KEPT, TICKED, NOTED, Act("nudge", value=setting(19 * 60, EVERY_DAY, "en")))
    payload = json.dumps({"message": {"from": {"id": int(student)}, "text": "kuduminis"}})
    await inbox.put([Arrived(number + one, student, "message", payload, NOON) for one in range(3)])
    await inbox.put([Arrived(number + 3, "-1001234567890", "message", payload, NOON)])
    await inbox.set_aside([number, number + 3], NOON)
    await inbox.finish([number + 1], NOON)


async def test_everything_is_every_row_with_the_students_id(journeys, database):
    await fill(database, AMA, 100)
    await fill(database, RAVI, 200)
    found = await journeys.everything(AMA)

    assert {name: len(listed) for name, listed in found.items()} == {
        "students": 1,
        "events": 4,
        "nudges": 1,
        "inbox": 2,
    }
    kept = await all_rows(database)
    for table, whose in WHOSE.items():
        assert found[table.name] == [row for row in kept[table.name] if row[whose.name] == AMA]
    assert json.loads(json.dumps(found)) == found
    assert await journeys.everything("9") == {}


def test_of_every_table_it_is_known_whose_its_rows_are():
    assert set(METADATA.tables.values()) - set(WHOSE) == {BOOKKEEPING}


async def test_forgetting_leaves_no_trace_in_any_table_or_file(journeys, database, tmp_path):
    await fill_until_moved(database)
    await fill(database, RAVI, 200)
    others = await all_rows(database)
    await fill(database, AMA, 100)
    mine = [row for row in await rows(database, EVENTS) if row["student"] == RAVI]

    await journeys.forget(AMA)
    await Inbox(database).finish([102], NOON)
    await database.wipe()

    kept = await all_rows(database)
    assert AMA not in repr(kept)
    assert [row["student"] for row in kept["students"]] == [RAVI]
    assert kept["events"] == mine
    assert [row for row in kept["inbox"] if row["update_id"] >= 200] == others["inbox"]
    assert {one["update_id"] for one in kept["inbox"]} >= {100, 101, 102, 103}
    assert sum(one.read_bytes().count(AMA.encode()) for one in tmp_path.glob("bot.db*")) == 0
    assert await journeys.events(AMA) == ()
    assert await journeys.everything(AMA) == {}


async def test_forgetting_removes_the_students_events_from_the_log_at_once(journeys, tmp_path):
    def found() -> int:
        return sum(one.read_bytes().count(AMA.encode()) for one in tmp_path.glob("bot.db*"))

    for number in range(50):
        await do(journeys, AMA, KEPT if not number else NOTED)
    if (tmp_path / "bot.db").exists():
        assert found() > 0
    await journeys.forget(AMA)

    assert found() == 0


async def test_what_waits_to_be_answered_survives_forgetting(journeys, database):
    await fill(database, AMA, 100)
    await journeys.forget(AMA)

    assert [one.update_id for one in await Inbox(database).waiting()] == [102]
    assert [row["update_id"] for row in await rows(database, INBOX)] == [100, 101, 102, 103]


async def test_forgetting_twice_or_a_stranger_does_no_harm_and_one_may_begin_again(journeys, database):
    await fill(database, RAVI, 200)
    before = await all_rows(database)
    await journeys.forget(AMA)
    await do(journeys, AMA, KEPT, cause="1")
    await journeys.forget(AMA)
    await journeys.forget(AMA)

    assert await all_rows(database) == before
    assert (await do(journeys, AMA, KEPT, cause="1")).before == ()


async def test_numbers_of_erased_events_are_never_given_out_again(journeys, database):
    await do(journeys, AMA, KEPT, TICKED)
    last = max(row["id"] for row in await rows(database, EVENTS))
    await journeys.forget(AMA)
    await do(journeys, RAVI, KEPT)

    assert [row["id"] > last for row in await rows(database, EVENTS)] == [True]


async def test_forgetting_while_the_student_taps_leaves_all_or_nothing_of_each_tap(journeys):
    taps = [journeys.change(AMA, f"tap {number}", NOON, "button", two_that_count) for number in range(40)]
    await asyncio.gather(*taps[:20], journeys.forget(AMA), *taps[20:])
    found = await journeys.events(AMA)

    assert set(Counter(one.cause for one in found).values()) <= {2}
    assert [one.value for one in found] == [str(number) for number in range(len(found))]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_large_file_is_written_anew_only_when_that_is_allowed(
    journeys, database, tmp_path, monkeypatch
):
    def found() -> int:
        return sum(one.read_bytes().count(AMA.encode()) for one in tmp_path.glob("bot.db*"))

    def size() -> int:
        return (tmp_path / "bot.db").stat().st_size

    monkeypatch.setattr("bot.storage.database._QUICK_BYTES", 0)
    await fill_until_moved(database)
    await journeys.forget(AMA)
    large = size()
    await Inbox(database).prune(NOON)
    assert size() == large
    await Inbox(database).prune(NOON, any_size=True)
    small = size()
    await Inbox(database).prune(NOON, any_size=True)

    assert found() == 0
    assert small < large
    assert size() == small


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_without_room_on_the_disk_the_file_is_written_anew_the_next_time(
    journeys, database, tmp_path, monkeypatch
):
    def size() -> int:
        return (tmp_path / "bot.db").stat().st_size

    real = shutil.disk_usage(tmp_path)
    await fill_until_moved(database)
    with monkeypatch.context() as full:
        full.setattr("bot.storage.file.shutil.disk_usage", lambda _: real._replace(free=database.room - 1))
        await journeys.forget(AMA)
        assert await journeys.everything(AMA) == {}
        with pytest.raises(StoreError, match="too little room"):
            await Inbox(database).prune(NOON)
        assert (tmp_path / "bot.db-wal").stat().st_size == 0
        large = size()
        full.setattr("bot.storage.file.shutil.disk_usage", lambda _: real._replace(free=database.room))
        await Inbox(database).prune(NOON)
    assert size() < large


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no list of open files here")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_while_the_file_is_written_anew_nothing_of_it_lies_anywhere_else(journeys, tmp_path):
    def temporary_files() -> set[Path]:
        opened = set()
        for one in Path("/proc/self/fd").iterdir():
            with suppress(OSError):
                opened.add(one.readlink())
        return {one for one in opened if one.name.startswith("etilqs_")}

    def watch() -> None:
        while not over.is_set():
            seen.update(temporary_files())

    await do(journeys, AMA, *[Act("noted", "a/b", "x" * 50_000)] * 200)
    seen: set[Path] = set()
    over = threading.Event()
    watching = asyncio.create_task(asyncio.to_thread(watch))
    await journeys.forget(RAVI)
    over.set()
    await watching

    assert {one.parent for one in seen} == {tmp_path}


async def fill_until_moved(database: Database) -> None:
    """Let two students do so much that SQLite moves rows about, and leaves six copies of one's id."""
    told = [(AMA, f"{AMA}.{number}", "noted", "kuduminis" * 5) for number in range(500)]
    taps = [(RAVI if number % 2 else AMA, f"tap {number}", "ticked", "") for number in range(500)]
    names = ("student", "cause", "kind", "value")
    done = [dict(zip(names, one, strict=True)) for both in zip(told, taps, strict=True) for one in both]
    same = {"number": 0, "about": "a/b", "way": "button", "at": NOON}
    await database.write(lambda connection: connection.execute(insert(EVENTS), [one | same for one in done]))


# Faults


async def pragma(database: Database, setting: str) -> None:
    await database.write(lambda connection: connection.exec_driver_sql(f"PRAGMA {setting}"))


def move(path: Path, name: str) -> Path:
    return path.rename(path.with_name(name))


only_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@only_sqlite
async def test_a_full_database_keeps_nothing_by_half_and_works_again_when_there_is_room(journeys, database):
    long = [Act("noted", "a/b", "x" * 500_000)] * 2
    await do(journeys, AMA, KEPT, cause="1")
    pages = await database.read(lambda one: one.exec_driver_sql("PRAGMA page_count"))
    await pragma(database, f"max_page_count = {pages.scalar() + 3}")
    with pytest.raises(StoreError, match="full"):
        await do(journeys, AMA, TICKED, *long, cause="2")
    assert await journeys.events(AMA) == (event(KEPT, "1"),)

    await do(journeys, AMA, TICKED, cause="3")
    await pragma(database, "max_page_count = 100000")
    await do(journeys, AMA, TICKED, *long, cause="2")
    assert [one.cause for one in await journeys.events(AMA)] == ["1", "3", "2", "2", "2"]


@only_sqlite
async def test_a_file_another_process_has_locked_fails_all_that_wait_and_works_again(
    journeys, database, tmp_path
):
    await pragma(database, "busy_timeout = 50")
    await do(journeys, AMA, KEPT)
    process = await asyncio.create_subprocess_exec(
        "python3",
        "-c",
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()",
        str(tmp_path / "bot.db"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert await process.stdout.readline() == b"locked\n"
    outcomes = await asyncio.gather(
        *(do(journeys, AMA, TICKED, cause=f"tap {number}") for number in range(5)),
        journeys.forget(AMA),
        return_exceptions=True,
    )
    assert [type(one) for one in outcomes] == [StoreError] * 6
    assert len(await journeys.events(AMA)) == 1

    process.stdin.close()
    await process.wait()
    await do(journeys, AMA, TICKED, cause="tap 0")
    assert len(await journeys.events(AMA)) == 2


async def test_what_may_only_be_read_is_shown_and_never_changed(journeys, address):
    await do(journeys, AMA, KEPT, cause="1")
    looking = await Database.look(address)
    reading = Journeys(looking, COLOMBO)
    for attempt in (
        do(reading, AMA, TICKED, NOTED, cause="2"),
        reading.forget(AMA),
        reading.seen(AMA, NOON + SEEN_SECONDS),
    ):
        with pytest.raises(StoreError, match=r"read.?only"):
            await attempt
    assert await reading.events(AMA) == (event(KEPT, "1"),)
    await looking.close()

    assert (await do(journeys, AMA, TICKED, cause="2")).after == (event(KEPT, "1"), event(TICKED, "2"))


@only_sqlite
async def test_a_file_that_vanished_fails_everything_until_it_is_back(journeys, tmp_path):
    await do(journeys, AMA, KEPT, cause="1")
    moved = move(tmp_path / "bot.db", "elsewhere")
    for attempt in (
        do(journeys, AMA, TICKED, cause="2"),
        journeys.events(AMA),
        journeys.everything(AMA),
        journeys.forget(AMA),
        journeys.seen(AMA, NOON * 2),
    ):
        with pytest.raises(StoreError, match="gone"):
            await attempt
    move(moved, "bot.db")

    assert (await do(journeys, AMA, TICKED, cause="2")).after == (event(KEPT, "1"), event(TICKED, "2"))


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_connection_that_breaks_halfway_leaves_nothing_and_the_next_tap_works(
    journeys, server, shared
):
    await do(journeys, AMA, KEPT, cause="1")

    def cut(_: Sequence[Event]) -> Sequence[Act]:
        server.disconnect(shared)
        return (TICKED, NOTED)

    with pytest.raises(StoreError):
        await journeys.change(AMA, "2", NOON, "button", cut)
    assert await journeys.events(AMA) == (event(KEPT, "1"),)
    assert len((await do(journeys, AMA, TICKED, NOTED, cause="2")).after) == 3


async def test_a_row_that_breaks_a_rule_is_refused_by_the_database_itself(journeys, database):
    await do(journeys, AMA, TICKED, cause="1")
    (row,) = await rows(database, EVENTS)
    with pytest.raises(StoreError):
        await database.write(
            lambda connection: connection.execute(insert(EVENTS).values(**row | {"id": row["id"] + 1}))
        )
