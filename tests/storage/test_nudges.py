"""The nudges that wait for their time, on both kinds of database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.domain.journey import Act, effective
from bot.domain.nudging import (
    ENDINGS,
    EVERY_DAY,
    LATE_SECONDS,
    MESSAGED,
    OFF,
    ON,
    WEEKDAYS,
    Claimed,
    Due,
    Fate,
    Prepared,
    Standing,
    instant,
    kind_on,
    local_day,
    plan_of,
    setting,
    zone_named,
)
from bot.domain.reply import Message, blocks_of
from bot.scheduling.heartbeat import CLAIMED, Heartbeat
from bot.storage.database import Database, StoreError
from bot.storage.journeys import Journeys
from bot.storage.nudges import CLOCK_SECONDS, KEPT_DAYS, LEASE_SECONDS, Nudges
from bot.storage.tables import NUDGES

AMA, RAVI = "7351994412", "8460005523"
COLOMBO = ZoneInfo("Asia/Colombo")
NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 23)
CAUSES = count()
HOUR, DAY = 3600, 24 * 3600
SEVEN = setting(19 * 60, EVERY_DAY, "en")
PLANNED = {"daily", "look-back"}


def when(days: int, clock: str = "19:00", zone: ZoneInfo = COLOMBO) -> int:
    """The instant of a local time so many days after a certain Monday."""
    return int(
        datetime.fromisoformat(f"{MONDAY + timedelta(days=days)}T{clock}").replace(tzinfo=zone).timestamp()
    )


def due(days: int, clock: str = "19:00", kind: Any = "daily", zone: ZoneInfo = COLOMBO) -> Due:
    return Due(MONDAY + timedelta(days=days), kind, when(days, clock, zone))


@pytest.fixture
def nudges(database: Database) -> Nudges:
    return Nudges(database, COLOMBO)


@pytest.fixture
def journeys(database: Database) -> Journeys:
    return Journeys(database, COLOMBO)


async def do(journeys: Journeys, at: int, *acts: Act, student: str = AMA) -> str:
    cause = f"own {next(CAUSES)}"
    await journeys.change(student, cause, at, "button", lambda _: acts)
    return cause


async def ask(journeys: Journeys, value: str = SEVEN, at: int = when(0, "09:00"), student: str = AMA) -> None:
    await do(journeys, at, Act("kept"), Act("nudge", value=value), student=student)


async def coming(nudges: Nudges, at: int, student: str = AMA) -> Due | None:
    return (await nudges.standing(student, at)).coming


async def take(nudges: Nudges, at: int, by: str = "me") -> Claimed:
    (claimed,) = await nudges.claim(by, at, 10)
    return claimed


async def end(nudges: Nudges, at: int, ending: Any = "sent", about: str = "", wording: int = 0) -> Claimed:
    """Take up the only one that is due, and end it."""
    claimed = await take(nudges, at)
    assert await nudges.complete(claimed, ending, at, about, wording)
    return claimed


async def rows(database: Database, student: str = AMA) -> list[dict[str, Any]]:
    async def work(connection):
        found = await connection.execute(
            select(NUDGES).where(NUDGES.c.student == student).order_by(NUDGES.c.due_at, NUDGES.c.id)
        )
        return [dict(row) for row in found.mappings()]

    return await database.read(work)


async def told(database: Database, student: str = AMA) -> list[tuple[str, str, str | None]]:
    """Day, kind and outcome of all nudges of a student."""
    return [(row["day"][-5:], row["kind"], row["outcome"]) for row in await rows(database, student)]


# Asking for it.


async def test_asking_puts_the_next_one_and_changing_moves_it(journeys, nudges, database):
    await ask(journeys)
    assert await coming(nudges, when(0, "09:00")) == due(0)

    await ask(journeys, setting(8 * 60, EVERY_DAY, "en"))
    assert await coming(nudges, when(0, "09:00")) == due(1, "08:00")

    await do(journeys, when(0, "09:00"), Act("zone", value="America/New_York"))
    assert await coming(nudges, when(0, "09:00")) == due(0, "08:00", zone=NEW_YORK)

    cause = await do(journeys, when(0, "09:00"), Act("nudge", value=OFF))
    assert await rows(database) == []
    await do(journeys, when(0, "10:00"), Act("undone", value=cause))
    assert await coming(nudges, when(0, "10:00")) == due(0, "08:00", zone=NEW_YORK)
    assert len(await rows(database)) == 1


async def test_nothing_waits_until_the_student_agreed_that_it_is_kept(journeys, nudges, database):
    await do(journeys, when(0, "09:00"), Act("nudge", value=SEVEN))
    assert await rows(database) == []
    await do(journeys, when(0, "10:00"), Act("kept"))
    assert await coming(nudges, when(0, "10:00")) == due(0)


async def test_what_is_no_setting_moves_nothing(journeys, database):
    await ask(journeys)
    before = await rows(database)
    await do(journeys, when(0, "20:00"), Act("ticked", "a/b/c"), Act("offered"))
    assert await rows(database) == before


async def test_on_sundays_a_look_back_takes_the_place_of_the_days_own(journeys, nudges, database):
    await ask(journeys, setting(19 * 60, WEEKDAYS | {7}, "en"), when(4, "20:00"))
    assert await coming(nudges, when(4, "20:00")) == due(6)
    await do(journeys, when(4, "21:00"), Act("look-back", value=ON))
    assert await coming(nudges, when(4, "21:00")) == due(6, kind="look-back")
    await end(nudges, when(6))
    # Of the other kind, that day is over as well.
    await do(journeys, when(6, "09:00"), Act("look-back", value=OFF))
    assert await coming(nudges, when(6, "09:00")) == due(7)
    assert await told(database) == [("11-29", "look-back", "sent"), ("11-30", "daily", None)]


async def test_in_a_pause_each_day_waits_and_ends_as_paused(journeys, nudges, database):
    await ask(journeys)
    await do(journeys, when(0, "10:00"), Act("pause", value=str(MONDAY + timedelta(days=2))))
    for days in range(2):
        await end(nudges, when(days), "paused")
    assert await told(database) == [
        ("11-23", "daily", "paused"),
        ("11-24", "daily", "paused"),
        ("11-25", "daily", None),
    ]


async def test_a_day_that_ended_without_a_message_waits_again_when_its_time_is_moved(
    journeys, nudges, database
):
    await ask(journeys)
    await end(nudges, when(0), "done", "not shown", 3)
    await ask(journeys, setting(20 * 60, EVERY_DAY, "en"), when(0, "19:30"))
    assert await coming(nudges, when(0, "19:30")) == due(0, "20:00")
    (row,) = await rows(database)
    assert (row["outcome"], row["ended_at"], row["tries"], row["about"]) == (None, None, 0, "")


@pytest.mark.parametrize("ending", sorted(MESSAGED | {"declined"}))
async def test_a_day_that_had_its_message_or_was_declined_stays_over(journeys, nudges, ending):
    await ask(journeys)
    await end(nudges, when(0), ending)
    await ask(journeys, setting(20 * 60, EVERY_DAY, "en"), when(0, "19:30"))
    assert await coming(nudges, when(0, "19:30")) == due(1, "20:00")


async def test_one_that_waits_for_its_turn_stays_when_something_else_is_changed(journeys, nudges):
    await ask(journeys)
    await do(journeys, when(0, "19:30"), Act("look-back", value=ON))
    assert await coming(nudges, when(0, "19:30")) == due(0)
    await ask(journeys, setting(18 * 60, EVERY_DAY, "en"), when(0, "19:40"))
    assert await coming(nudges, when(0, "19:40")) == due(1, "18:00")


async def test_what_is_changed_while_one_is_in_hand_holds_for_the_next(journeys, nudges, database):
    await ask(journeys)
    claimed = await take(nudges, when(0))
    await ask(journeys, setting(8 * 60, EVERY_DAY, "en"), when(0) + 1)
    assert await told(database) == [("11-23", "daily", None)]
    assert await nudges.complete(claimed, "sent", when(0) + 2)
    assert await coming(nudges, when(0) + 2) == due(1, "08:00")


async def test_who_stops_while_one_is_in_hand_gets_no_other(journeys, nudges, database):
    await ask(journeys)
    claimed = await take(nudges, when(0))
    await do(journeys, when(0) + 1, Act("nudge", value=OFF))
    assert await nudges.complete(claimed, "declined", when(0) + 2)
    assert await told(database) == [("11-23", "daily", "declined")]


# Taking up and ending.


async def test_each_day_has_its_own_and_knows_of_the_one_before(journeys, nudges):
    await ask(journeys)
    first = await end(nudges, when(0), "sent", "a/b/c", 4)
    assert first == Claimed(
        first.id, AMA, MONDAY, "daily", when(0), 0, None, "", 0, tries=1, by="me", at=when(0)
    )
    second = await end(nudges, when(1) + 5, "done", "not shown", 9)
    expected = replace(first, id=second.id, day=due(1).day, due_at=when(1), at=when(1) + 5, unanswered=1)
    assert second == replace(expected, last_day=MONDAY, about="a/b/c", wording=4)
    third = await end(nudges, when(2), "unknown", "d/e/f", 1)
    assert (third.unanswered, third.last_day, third.about, third.wording) == (1, MONDAY, "a/b/c", 4)
    fourth = await take(nudges, when(3))
    assert (fourth.unanswered, fourth.last_day, fourth.about) == (2, due(2).day, "d/e/f")


async def test_nothing_is_taken_up_before_its_time_and_the_longest_waiting_first(journeys, nudges):
    for student, minute in (("1", 62), ("2", 61), ("3", 63), ("4", 90)):
        await ask(journeys, setting(18 * 60 + minute, EVERY_DAY, "en"), student=student)
    assert await nudges.claim("me", when(0, "19:00"), 10) == []
    assert [one.student for one in await nudges.claim("me", when(0, "19:05"), 2)] == ["2", "1"]
    assert [one.student for one in await nudges.claim("me", when(0, "19:05"), 2)] == ["3"]
    assert await nudges.claim("me", when(0, "19:05"), 2) == []


async def test_what_several_processes_take_up_at_once_each_has_alone(journeys, nudges, second):
    for number in range(30):
        await ask(journeys, student=str(number))
    other = Nudges(second, COLOMBO)
    taken = await asyncio.gather(
        *(store.claim(by, when(0), 4) for _ in range(5) for store, by in ((nudges, "me"), (other, "you")))
    )
    students = [one.student for some in taken for one in some]
    assert len(students) == 30 == len(set(students))
    assert max(len(some) for some in taken) == 4


async def test_what_a_dead_process_had_in_hand_is_taken_up_a_minute_later_and_is_the_others(journeys, nudges):
    await ask(journeys)
    dead = await take(nudges, when(0), by="dead")
    assert await nudges.claim("me", when(0) + LEASE_SECONDS - 1, 9) == []
    mine = await take(nudges, when(0) + LEASE_SECONDS)
    assert (mine.tries, mine.id) == (2, dead.id)
    assert not await nudges.complete(dead, "sent", when(0) + 70, "a/b/c")
    await nudges.release(dead, when(0) + 70, when(3))
    assert await nudges.complete(mine, "sent", when(0) + 71)
    assert not await nudges.complete(mine, "sent", when(0) + 72)
    assert await coming(nudges, when(0) + 73) == due(1)


async def test_what_surely_was_not_sent_waits_again_and_was_not_tried(journeys, nudges):
    await ask(journeys)
    claimed = await take(nudges, when(0))
    await nudges.release(claimed, when(0) + 5, when(0) + 35)
    assert await nudges.claim("me", when(0) + 34, 9) == []
    again = await take(nudges, when(0) + 35)
    assert again == replace(claimed, at=when(0) + 35)
    await nudges.release(again, when(0) + 40, when(0) + 41, due_at=when(0, "19:30"))
    assert await nudges.claim("me", when(0, "19:30") - 1, 9) == []
    assert (await take(nudges, when(0, "19:30"))).due_at == when(0, "19:30")


async def test_who_erased_everything_while_one_is_in_hand_is_not_brought_back(journeys, nudges, database):
    await ask(journeys)
    claimed = await take(nudges, when(0))
    await journeys.forget(AMA)
    assert not await nudges.complete(claimed, "sent", when(0) + 1)
    await nudges.release(claimed, when(0) + 1, when(0) + 2)
    assert await rows(database) == []


async def test_many_that_end_at_once_each_end(journeys, nudges, database):
    for number in range(40):
        await ask(journeys, student=str(number))
    taken = await nudges.claim("me", when(0), 100)
    assert all(await asyncio.gather(*(nudges.complete(one, "sent", when(0)) for one in taken)))
    for number in range(40):
        assert await told(database, str(number)) == [("11-23", "daily", "sent"), ("11-24", "daily", None)]


# Signs of life.


async def test_a_sign_of_life_restores_the_rhythm(journeys, nudges):
    await ask(journeys)
    for days in range(3):
        await end(nudges, when(days), about="a/b/c")
    standing = await nudges.alive(AMA, when(3, "08:00"))
    assert standing == Standing(due(3), "a/b/c", when(2))
    claimed = await take(nudges, when(3))
    assert (claimed.unanswered, claimed.last_day, claimed.about) == (0, due(2).day, "a/b/c")


async def test_who_speaks_while_one_is_in_hand_answered_it(journeys, nudges):
    await ask(journeys)
    await end(nudges, when(0))
    claimed = await take(nudges, when(1))
    await nudges.alive(AMA, when(1) + 1)
    assert await nudges.complete(claimed, "sent", when(1) + 2)
    assert (await take(nudges, when(2))).unanswered == 0


@pytest.mark.parametrize("how", ["released", "taken up by another"])
async def test_one_that_goes_out_after_the_student_spoke_is_not_answered_by_that(journeys, nudges, how):
    await ask(journeys)
    await end(nudges, when(0))
    claimed = await take(nudges, when(1))
    await nudges.alive(AMA, when(1) + 1)
    if how == "released":
        await nudges.release(claimed, when(1) + 2, when(1) + 2)
    again = await take(nudges, when(1) + 80, by="you")
    assert again.unanswered == 0
    assert await nudges.complete(again, "sent", when(1) + 81)
    assert (await take(nudges, when(2))).unanswered == 1


@pytest.mark.parametrize("how", ["released", "done", "sent"])
async def test_that_the_student_spoke_is_marked_only_while_one_is_in_hand(journeys, nudges, database, how):
    await ask(journeys)
    claimed = await take(nudges, when(0))
    await nudges.alive(AMA, when(0) + 1)
    assert [row["unanswered"] for row in await rows(database)] == [-1]
    if how == "released":
        await nudges.release(claimed, when(0) + 2, when(0) + 3)
    else:
        await nudges.complete(claimed, how, when(0) + 2)
    assert {row["unanswered"] for row in await rows(database)} == {0}


@pytest.mark.parametrize("ending", ["last", "blocked"])
async def test_after_the_last_line_nothing_comes_until_the_student_speaks(journeys, nudges, ending):
    await ask(journeys)
    await end(nudges, when(0))
    await end(nudges, when(1), ending)
    assert await coming(nudges, when(30)) is None
    assert await nudges.alive(AMA, when(5, "08:00")) == Standing(due(5))
    claimed = await take(nudges, when(5))
    assert (claimed.unanswered, claimed.last_day) == (0, due(1 if ending == "last" else 0).day)


async def test_who_asks_anew_after_the_last_line_begins_anew(journeys, nudges):
    await ask(journeys)
    await end(nudges, when(0), "last")
    await ask(journeys, at=when(1, "09:00"))
    assert (await take(nudges, when(1))).unanswered == 0


async def test_who_spoke_while_the_last_line_was_on_its_way_is_not_silent(journeys, nudges):
    await ask(journeys)
    claimed = await take(nudges, when(0))
    await nudges.alive(AMA, when(0) + 1)
    assert await nudges.complete(claimed, "last", when(0) + 2)
    assert await coming(nudges, when(0) + 3) == due(1)


async def test_a_sign_of_life_that_changes_nothing_only_reads(journeys, nudges, address):
    await ask(journeys)
    await do(journeys, when(0, "09:00"), Act("kept"), student=RAVI)
    looking = await Database.look(address)
    reading = Nudges(looking, COLOMBO)
    assert await reading.alive(AMA, when(0, "10:00")) == Standing(due(0))
    assert await reading.alive(RAVI, when(0, "10:00")) == Standing()
    assert await reading.alive("9", when(0, "10:00")) == Standing()
    await end(nudges, when(0))
    with pytest.raises(StoreError, match=r"read.?only"):
        await reading.alive(AMA, when(0, "20:00"))
    await looking.close()


async def test_how_it_stands(journeys, nudges):
    assert await nudges.standing(AMA, when(0)) == Standing()
    await ask(journeys)
    await end(nudges, when(0), "sent", "a/b/c")
    assert await nudges.standing(AMA, when(0) + DAY - 1) == Standing(due(1), "a/b/c", when(0))
    assert await nudges.standing(AMA, when(0) + DAY) == Standing(due(1))
    moved = due(0, "20:00", "later")
    await nudges.later(AMA, moved, "d/e/f", when(0, "19:05"))
    assert await nudges.standing(AMA, when(0, "19:10")) == Standing(moved, "a/b/c", when(0))
    await end(nudges, when(0, "20:00"), "unknown", "d/e/f")
    assert await nudges.standing(AMA, when(0, "20:10")) == Standing(due(1), "d/e/f", when(0, "20:00"))
    await end(nudges, when(1), "done", "g/h/i")
    assert (await nudges.standing(AMA, when(1))).shown == "d/e/f"


async def test_what_was_sent_by_a_clock_ahead_is_not_what_was_shown_last(journeys, nudges):
    await ask(journeys)
    await end(nudges, when(0), "sent", "a/b/c")
    await end(nudges, when(3), "sent", "d/e/f")
    assert (await nudges.standing(AMA, when(0) + 9)).shown == "a/b/c"
    assert (await nudges.standing(AMA, when(3) - CLOCK_SECONDS)).shown == "d/e/f"


# Later, and not today.


async def test_later_stands_beside_the_next_and_is_moved_again(journeys, nudges, database):
    await ask(journeys)
    await end(nudges, when(0), "sent", "a/b/c", 2)
    assert await nudges.later(AMA, due(0, "20:00", "later"), "a/b/c", when(0, "19:01"))
    assert await nudges.later(AMA, due(0, "20:30", "later"), "d/e/f", when(0, "19:02"))
    assert await nudges.claim("me", when(0, "20:00"), 9) == []
    claimed = await take(nudges, when(0, "20:30"))
    assert (claimed.kind, claimed.about, claimed.wording, claimed.tries) == ("later", "d/e/f", 2, 1)
    assert not await nudges.later(AMA, due(0, "20:50", "later"), "x/y/z", when(0, "20:30") + 1)
    assert await nudges.complete(claimed, "sent", when(0, "20:31"), "d/e/f", 3)
    assert not await nudges.later(AMA, due(0, "20:50", "later"), "x/y/z", when(0, "20:32"))
    assert await told(database) == [
        ("11-23", "daily", "sent"),
        ("11-23", "later", "sent"),
        ("11-24", "daily", None),
    ]
    # The next one does not say the same again, and counts what was not answered as before.
    following = await take(nudges, when(1))
    assert (following.about, following.wording, following.unanswered) == ("d/e/f", 3, 1)


async def test_one_moved_to_later_that_ended_unsent_can_be_moved_again(journeys, nudges):
    await ask(journeys)
    await end(nudges, when(0))
    await nudges.later(AMA, due(0, "20:00", "later"), "a/b/c", when(0, "19:01"))
    await end(nudges, when(0, "20:00"), "done")
    assert await nudges.later(AMA, due(0, "20:30", "later"), "a/b/c", when(0, "20:01"))
    assert (await take(nudges, when(0, "20:30"))).kind == "later"


async def test_not_today_ends_what_is_to_come_that_day_and_no_more(journeys, nudges, database):
    await ask(journeys, setting(19 * 60, EVERY_DAY, "en"))
    await nudges.later(AMA, due(0, "18:00", "later"), "a/b/c", when(0, "09:00"))
    await nudges.later(AMA, due(1, "18:00", "later"), "a/b/c", when(0, "09:00"))
    await nudges.decline(AMA, MONDAY, when(0, "10:00"))
    assert await told(database) == [
        ("11-23", "later", "declined"),
        ("11-23", "daily", "declined"),
        ("11-24", "later", None),
        ("11-24", "daily", None),
    ]
    await nudges.decline(AMA, MONDAY, when(0, "11:00"))
    assert len(await rows(database)) == 4


async def test_what_is_in_hand_is_declined_too_and_whoever_has_it_learns_of_that(journeys, nudges, database):
    await ask(journeys)
    claimed = await take(nudges, when(0))
    assert await nudges.still_mine(claimed)
    await nudges.alive(AMA, when(0) + 1)
    await nudges.decline(AMA, MONDAY, when(0) + 1)
    assert not await nudges.still_mine(claimed)
    await nudges.release(claimed, when(0) + 2, when(0) + 30)
    assert not await nudges.complete(claimed, "late", when(0) + 2)
    assert await told(database) == [("11-23", "daily", "declined"), ("11-24", "daily", None)]
    assert (await take(nudges, when(1))).unanswered == 0


async def test_one_that_went_out_in_the_moment_it_was_declined_counts_as_sent(journeys, nudges, database):
    await ask(journeys)
    claimed = await take(nudges, when(0))
    await nudges.decline(AMA, MONDAY, when(0) + 1)
    assert await nudges.complete(claimed, "sent", when(0) + 2, "a/b/c", 3)
    assert not await nudges.complete(claimed, "sent", when(0) + 2)
    assert await told(database) == [("11-23", "daily", "sent"), ("11-24", "daily", None)]
    following = await take(nudges, when(1))
    assert (following.unanswered, following.about, following.wording) == (0, "a/b/c", 3)
    assert following.last_day == MONDAY


async def test_what_is_erased_or_taken_up_by_another_is_not_mine_any_more(journeys, nudges):
    await ask(journeys)
    first = await take(nudges, when(0), by="me")
    second = await take(nudges, when(0) + LEASE_SECONDS, by="you")
    assert not await nudges.still_mine(first)
    assert await nudges.still_mine(second)
    await journeys.forget(AMA)
    assert not await nudges.still_mine(second)


async def test_what_is_changed_when_one_is_overdue_leaves_a_reason_why_that_one_did_not_come(
    journeys, nudges, database
):
    await ask(journeys, at=when(6, "09:00"))
    await do(journeys, when(6, "19:30"), Act("look-back", value=ON))
    assert await told(database) == [("11-29", "daily", "declined"), ("11-30", "daily", None)]
    assert await nudges.claim("me", when(6, "19:31"), 9) == []


# Outages and clocks.


@pytest.fixture
def by_its_own_clock(database: Database) -> Nudges:
    return Nudges(database, COLOMBO, leased_by_database=True)


async def pass_seconds(database: Database, seconds: int) -> None:
    """Let so much of all leases pass, by whatever clock."""

    async def work(connection):
        await connection.execute(update(NUDGES).values(leased_until=NUDGES.c.leased_until - seconds))

    await database.write(work)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("ahead", [65, HOUR, 2 * DAY])
async def test_a_lease_goes_by_the_clock_of_the_database_whatever_a_process_takes_for_the_time(
    journeys, by_its_own_clock, second, database, ahead
):
    other = Nudges(second, COLOMBO, leased_by_database=True)
    await ask(journeys)
    mine = await take(by_its_own_clock, when(0))
    assert await other.claim("you", when(0) + ahead, 9) == []
    await pass_seconds(database, LEASE_SECONDS - 5)
    assert await other.claim("you", when(0) + ahead, 9) == []
    await pass_seconds(database, 5)
    assert (await take(other, when(0) + ahead, by="you")).tries == 2
    assert not await by_its_own_clock.still_mine(mine)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_on_sqlite_a_lease_goes_by_the_instants_given(journeys, by_its_own_clock):
    await ask(journeys)
    await take(by_its_own_clock, when(0))
    assert await by_its_own_clock.claim("you", when(0) + LEASE_SECONDS - 1, 9) == []
    assert await by_its_own_clock.claim("you", when(0) + LEASE_SECONDS, 9) != []


class Slow:
    """Sends nothing before it is let go; notes to whom."""

    def __init__(self, sent: list[str]) -> None:
        self.sent = sent
        self.begun = asyncio.Event()
        self.let_go = asyncio.Event()

    async def send(self, student: str, *_: Any) -> Fate:
        self.begun.set()
        await self.let_go.wait()
        self.sent.append(student)
        return "sent"


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("ahead", [(0, 65), (0, HOUR), (HOUR, 0), (65, 0)])
async def test_two_processes_whose_clocks_differ_send_nothing_twice(
    journeys, database, second, by_its_own_clock, ahead
):
    """The second one sends all it finds, while the first one has its own in hand."""
    for number in range(70):
        await ask(journeys, student=str(number))
    sent: list[str] = []
    senders = Slow(sent), Slow(sent)
    other = Nudges(second, COLOMBO, leased_by_database=True)
    first, then = (when(0) + 1 + seconds for seconds in ahead)

    async def prepare(_claimed: Claimed, at: int) -> Prepared:
        return Prepared("sent", Message(blocks_of("Write a loop.")), at + HOUR, "a/b/c")

    def beating(store: Nudges, sender: Slow, at: int, by: str) -> asyncio.Task[None]:
        heart = Heartbeat(nudges=store, prepare=prepare, sender=sender, now=lambda: at, by=by)
        return asyncio.create_task(heart.run())

    async def until_sent(count: int) -> None:
        while len(sent) < count:  # noqa: ASYNC110 - a list tells nobody
            await asyncio.sleep(0.001)

    tasks = [beating(by_its_own_clock, senders[0], first, "me")]
    await senders[0].begun.wait()
    senders[1].let_go.set()
    tasks.append(beating(other, senders[1], then, "you"))
    await senders[1].begun.wait()
    await until_sent(70 - CLAIMED)
    # Another look, as each process takes one every two seconds.
    assert await other.claim("you", then, 99) == []
    senders[0].let_go.set()
    await until_sent(70)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    assert len(set(sent)) == 70
    assert {row["outcome"] for one in range(70) for row in await rows(database, str(one))} == {"sent", None}


@pytest.mark.parametrize("how", ["killed", "put off"])
async def test_what_was_in_hand_while_the_clock_was_ahead_is_not_lost_when_it_comes_back(
    journeys, nudges, how
):
    await ask(journeys)
    ahead = when(1, "12:00")
    claimed = await take(nudges, ahead, by="dead")
    if how == "put off":
        await nudges.release(claimed, ahead, ahead + 30)
    at = when(0) + 10
    assert await nudges.reopen(at) == (how == "put off")
    assert await nudges.reopen(at + 1) == 0
    # It may be under way just now: it is left to who has it for a whole lease.
    again = await take(nudges, at + (LEASE_SECONDS if how == "killed" else 0))
    assert (again.day, again.due_at) == (MONDAY, when(0))


async def test_what_waits_a_little_is_not_called_back(journeys, nudges):
    await ask(journeys)
    claimed = await take(nudges, when(0))
    assert await nudges.reopen(when(0) - CLOCK_SECONDS) == 0
    assert await nudges.still_mine(claimed)
    await nudges.release(claimed, when(0), when(0) + 30)
    assert await nudges.reopen(when(0) - CLOCK_SECONDS) == 0
    # What is moved is due then.
    claimed = await take(nudges, when(0) + 30)
    await nudges.release(claimed, when(0), when(0, "20:00"), when(0, "20:00"))
    assert await nudges.reopen(when(0)) == 0
    assert await nudges.claim("me", when(0, "19:59"), 9) == []


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_lease_that_outlives_a_clock_of_the_database_set_back_is_cut_to_a_whole_one(
    journeys, by_its_own_clock, database
):
    await ask(journeys)
    await take(by_its_own_clock, when(0))
    await pass_seconds(database, -DAY)
    assert await by_its_own_clock.reopen(when(0)) == 0
    await pass_seconds(database, LEASE_SECONDS)
    assert (await take(by_its_own_clock, when(0))).tries == 2


async def beat(nudges: Nudges, at: int, by: str = "me") -> list[Claimed]:
    """What a process does at an instant; return what it sent."""
    sent = []
    while taken := await nudges.claim(by, at, 10):
        for one in taken:
            is_late = at - one.due_at > LATE_SECONDS
            assert await nudges.complete(one, "late" if is_late else "sent", at)
            sent += [] if is_late else [one]
    return sent


async def test_every_day_of_an_outage_is_recorded_and_only_the_last_is_sent(journeys, nudges, database):
    await ask(journeys)
    assert [one.day for one in await beat(nudges, when(3, "20:30"))] == [due(3).day]
    assert await told(database) == [
        ("11-23", "daily", "late"),
        ("11-24", "daily", "late"),
        ("11-25", "daily", "late"),
        ("11-26", "daily", "sent"),
        ("11-27", "daily", None),
    ]


async def test_of_a_very_long_outage_only_as_many_days_are_recorded_as_are_kept(journeys, nudges, database):
    await ask(journeys)
    assert await beat(nudges, when(400, "08:00")) == []
    assert len(await rows(database)) == 1 + KEPT_DAYS + 1


async def test_a_clock_set_back_brings_no_day_twice(journeys, nudges):
    await ask(journeys)
    await beat(nudges, when(0))
    await beat(nudges, when(1))
    for back in (when(1) - HOUR, when(0, "12:00"), when(0)):
        assert await beat(nudges, back) == []
        await ask(journeys, at=back)
        await nudges.alive(AMA, back)
        assert await nudges.reopen(back) == 0
        assert await coming(nudges, back) == due(2)
    assert [one.day for one in await beat(nudges, when(2))] == [due(2).day]


async def test_a_clock_that_was_ahead_and_came_back_skips_no_day(journeys, nudges, database):
    await ask(journeys)
    await beat(nudges, when(0))
    assert await beat(nudges, when(4, "12:00")) == []
    assert await nudges.reopen(when(4, "12:00") - CLOCK_SECONDS) == 0
    assert await nudges.reopen(when(1, "18:00")) == 1
    assert await nudges.reopen(when(1, "18:00")) == 0
    for days in (1, 2, 3, 4):
        assert [one.day for one in await beat(nudges, when(days))] == [due(days).day]
    assert {outcome for _, _, outcome in await told(database)} == {"sent", None}


async def test_one_that_was_ended_by_a_clock_ahead_is_still_sent_when_it_is_not_too_late(journeys, nudges):
    await ask(journeys)
    await nudges.later(AMA, due(0, "19:10", "later"), "a/b/c", when(0, "09:00"))
    await beat(nudges, when(0) + 3 * HOUR)
    assert await nudges.reopen(when(0, "19:20")) == 2
    assert {one.kind for one in await beat(nudges, when(0, "19:20"))} == {"daily", "later"}


async def test_who_was_sent_tomorrows_by_a_clock_ahead_is_not_sent_todays_too(journeys, nudges):
    await ask(journeys)
    assert [one.day for one in await beat(nudges, when(1) + 60)] == [due(1).day]
    assert await nudges.reopen(when(0) + 120) == 0
    assert await beat(nudges, when(0) + 120) == []
    assert [one.day for one in await beat(nudges, when(2))] == [due(2).day]


async def test_a_clock_that_comes_back_leaves_what_is_in_hand_alone(journeys, nudges):
    await ask(journeys)
    await beat(nudges, when(0) + 3 * HOUR)
    claimed = await take(nudges, when(1))
    assert await nudges.reopen(when(0)) == 0
    assert await nudges.complete(claimed, "late", when(0) + 1)
    assert await nudges.reopen(when(0) + 2) == 1
    assert await coming(nudges, when(0) + 2) == due(0)


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Europe/London", date(2026, 3, 26)),
        ("Europe/London", date(2026, 10, 22)),
        ("Australia/Lord_Howe", date(2026, 4, 2)),
        ("America/New_York", date(2026, 11, 1) - timedelta(days=3)),
    ],
)
@pytest.mark.parametrize("minute", [90, 19 * 60])
async def test_where_clocks_change_no_day_is_skipped_or_doubled(journeys, nudges, zone, first, minute):
    local = ZoneInfo(zone)
    at = int(datetime.combine(first, datetime.min.time(), local).timestamp())
    await ask(journeys, setting(minute, EVERY_DAY, "en"), at)
    await do(journeys, at, Act("zone", value=zone))
    sent = [one for hours in range(0, 24 * 6, 2) for one in await beat(nudges, at + hours * HOUR + 1)]
    assert [one.day for one in sent] == [first + timedelta(days=number) for number in range(6)][: len(sent)]
    assert len(sent) >= 5
    assert all(one.due_at == instant(one.day, minute, local) for one in sent)


async def test_a_day_that_a_zone_leaves_out_is_not_waited_for(journeys, nudges):
    apia = ZoneInfo("Pacific/Apia")
    at = int(datetime(2011, 12, 29, 12, tzinfo=apia).timestamp())
    await ask(journeys, at=at)
    await do(journeys, at, Act("zone", value="Pacific/Apia"))
    days = [one.day.day for hours in range(60) for one in await beat(nudges, at + hours * HOUR)]
    assert days == [29, 31, 1]


async def test_who_travels_gets_one_a_local_day_by_the_zone_said(journeys, nudges):
    await ask(journeys)
    await beat(nudges, when(0))
    # It is still morning of the same day there.
    await do(journeys, when(0, "19:30"), Act("zone", value="America/New_York"))
    assert await coming(nudges, when(0, "19:30")) == due(1, zone=NEW_YORK)
    await beat(nudges, when(1, zone=NEW_YORK))
    await do(journeys, when(1, "20:00", NEW_YORK), Act("zone", value=""))
    assert await coming(nudges, when(1, "20:00", NEW_YORK)) == due(2)


async def test_a_zone_that_is_not_known_any_more_is_the_bots(journeys, nudges):
    await ask(journeys)
    await do(journeys, when(0, "09:00"), Act("zone", value="Europe/Atlantis"))
    assert await coming(nudges, when(0, "09:00")) == due(0)


async def test_what_has_been_over_for_long_is_forgotten_and_what_waits_never(journeys, nudges, database):
    await ask(journeys)
    await beat(nudges, when(0))
    assert await nudges.prune(when(0) + KEPT_DAYS * DAY) == 0
    assert await nudges.prune(when(0) + KEPT_DAYS * DAY + 1) == 1
    assert await told(database) == [("11-24", "daily", None)]


# Anything in any order.

CLOCKS = st.integers(0, 1439)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), CLOCKS, st.sets(st.integers(1, 7), min_size=1)),
        st.tuples(st.just("act"), st.sampled_from(["off", "pause", "look-back", "zone", "tick", "undo"])),
        st.tuples(st.just("alive")),
        st.tuples(st.just("later"), st.integers(1, 300)),
        st.tuples(st.just("decline"), st.integers(-1, 1)),
        st.tuples(st.just("claim"), st.sampled_from(["me", "you"])),
        st.tuples(st.just("complete"), st.sampled_from(ENDINGS)),
        st.tuples(st.just("release"), st.integers(0, 100)),
        st.tuples(st.just("reopen")),
        st.tuples(st.just("goes on"), st.integers(0, 40 * HOUR)),
        st.tuples(st.just("jumps"), st.sampled_from([-2 * DAY, -DAY, -HOUR, HOUR, DAY, 3 * DAY])),
    ),
    max_size=25,
)


class World:
    """One student, one clock, and what two processes have in hand."""

    def __init__(self, database: Database) -> None:
        self.student = f"s{next(CAUSES)}"
        self.database = database
        self.nudges, self.journeys = Nudges(database, COLOMBO), Journeys(database, COLOMBO)
        self.at = when(0, "12:00")
        self.in_hand: list[Claimed] = []
        self.silent = False
        self.causes: list[str] = []
        self.final: dict[int, dict[str, Any]] = {}

    async def step(self, name: str, *given: Any) -> None:
        match name, *given:
            case "ask", minute, days:
                await self._do(Act("kept"), Act("nudge", value=setting(minute, days, "en")))
            case "act", what:
                await self._do(self._act(what))
            case ["alive"]:
                self.silent = False
                await self.nudges.alive(self.student, self.at)
            case "later", minutes:
                day = local_day(self.at, COLOMBO)
                moved = Due(day, "later", self.at + minutes * 60)
                await self.nudges.later(self.student, moved, "a/b/c", self.at)
            case "decline", days:
                self.silent = False
                day = local_day(self.at, COLOMBO) + timedelta(days=days)
                await self.nudges.decline(self.student, day, self.at)
            case "claim", by:
                self.in_hand += [
                    one for one in await self.nudges.claim(by, self.at, 100) if one.student == self.student
                ]
            case "reopen", *_:
                await self.nudges.reopen(self.at)
            case (("goes on" | "jumps"), seconds):
                self.at += seconds
            case _ if self.in_hand:
                await self._end(self.in_hand.pop(0), name, given[0])
            case _:
                pass

    async def _end(self, claimed: Claimed, name: str, how: Any) -> None:
        if name == "release":
            await self.nudges.release(claimed, self.at, self.at + how)
            return
        before = {row["id"]: row for row in await rows(self.database, self.student)}
        if await self.nudges.complete(claimed, how, self.at, "d/e/f", 1) and claimed.kind != "later":
            row = before[claimed.id]
            has_spoken = row["outcome"] == "declined" or row["unanswered"] < 0
            self.silent = how in {"last", "blocked"} and not has_spoken

    async def _do(self, *acts: Act) -> None:
        self.silent &= acts[0].kind == "ticked"
        self.causes.append(await do(self.journeys, self.at, *acts, student=self.student))

    def _act(self, what: str) -> Act:
        return {
            "off": Act("nudge", value=OFF),
            "pause": Act("pause", value=str(local_day(self.at, COLOMBO) + timedelta(days=3))),
            "look-back": Act("look-back", value=ON),
            "zone": Act("zone", value="America/New_York"),
            "tick": Act("ticked", "a/b/c"),
            "undo": Act("undone", value=self.causes[-1] if self.causes else "none"),
        }[what]

    async def check(self) -> None:
        events = await self.journeys.events(self.student)
        plan = plan_of(effective(events))
        kept = await rows(self.database, self.student)
        planned = [row for row in kept if row["kind"] in PLANNED]
        waiting = [row for row in planned if row["outcome"] is None]
        if plan is None:
            assert all(row["lease_by"] for row in waiting)
        else:
            assert len(waiting) == (0 if self.silent else 1)
            for row in waiting:
                self._check_due(row, plan)
        days = [row["day"] for row in planned if row["outcome"] in MESSAGED]
        assert len(days) == len(set(days))
        # What was sent stays so.
        messaged = {row["id"]: row for row in kept if row["outcome"] in MESSAGED}
        assert messaged | self.final == messaged
        self.final = messaged
        for row in kept:
            assert row["tries"] >= 0
            assert row["unanswered"] >= (-1 if row["lease_by"] else 0)

    def _check_due(self, row: dict[str, Any], plan: Any) -> None:
        day = date.fromisoformat(row["day"])
        if row["lease_by"] is None and row["due_at"] > self.at:
            local = zone_named(plan.zone, COLOMBO)
            assert row["kind"] == kind_on(plan, day)
            assert row["due_at"] == instant(day, plan.minute, local)
        assert row["visible_at"] >= row["due_at"] or row["lease_by"]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(steps=STEPS)
async def test_whatever_happens_in_whatever_order_one_waits_and_no_day_comes_twice(database, steps):
    world = World(database)
    await world.step("ask", 19 * 60, EVERY_DAY)
    await world.check()
    for step in steps:
        await world.step(*step)
        await world.check()
    await world.journeys.forget(world.student)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 30 * HOUR),
            st.sampled_from([0, 0, 0, HOUR, DAY, 2 * DAY, -HOUR, -DAY]),
            st.booleans(),
        ),
        max_size=6,
    )
)
async def test_however_the_clock_jumps_and_returns_each_day_is_recorded_once(database, steps):
    student = f"s{next(CAUSES)}"
    nudges, journeys = Nudges(database, COLOMBO), Journeys(database, COLOMBO)
    now = when(0, "09:00")
    await ask(journeys, at=now, student=student)
    for seconds, jump, dies in steps:
        now += seconds
        if dies:
            await nudges.claim("dead", now + jump, 10)
        await beat(nudges, now + jump)
        await nudges.reopen(now)
    end_of_all = now + 4 * DAY
    await nudges.reopen(now)
    await beat(nudges, end_of_all)
    kept = await rows(database, student)
    over = [row["day"] for row in kept if row["outcome"]]
    last = date.fromisoformat(kept[-1]["day"])
    assert over == [str(MONDAY + timedelta(days=number)) for number in range((last - MONDAY).days)]
    assert kept[-1]["outcome"] is None
    assert kept[-1]["due_at"] > end_of_all
    await journeys.forget(student)
