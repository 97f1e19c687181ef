"""Counts without names, on both kinds of database."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.domain.inbox import Arrived
from bot.domain.journey import Act
from bot.domain.nudging import ENDINGS, EVERY_DAY, Due, setting
from bot.storage.counts import Counts, NudgeCounts, all_ids, count
from bot.storage.database import Database, StoreError
from bot.storage.inbox import Inbox
from bot.storage.journeys import Journeys
from bot.storage.nudges import Nudges

COLOMBO = ZoneInfo("Asia/Colombo")
NOW = 1_790_000_000
DAY = 24 * 3600
BACKEND, FRONTEND = "backend-developer", "frontend-developer"

NO_NUDGES = NudgeCounts({}, {}, overdue=0, delayed=0, maybe_twice=0, to_come=0)
SEVEN = setting(19 * 60, EVERY_DAY, "en")


async def do(database: Database, student: str, at: int, *acts: Act) -> None:
    await Journeys(database, COLOMBO).change(student, f"{student} {at}", at, "button", lambda _: acts)


async def test_what_is_kept_is_counted_beside_the_bot(database, address):
    step = f"{BACKEND}/start/python"
    await do(database, "731", NOW - 100 * DAY, Act("kept"), Act("career", FRONTEND))
    await do(database, "731", NOW - 20 * DAY, Act("career", BACKEND), Act("done", step))
    await do(database, "731", NOW - 19 * DAY, Act("done", step), Act("noted", step, "kuduminis"))
    await do(database, "731", NOW - 18 * DAY, Act("noted", step, "more"), Act("noted", "x/y/z", ""))
    await do(database, "842", NOW - 10 * DAY, Act("kept"), Act("career", BACKEND))
    await do(database, "953", NOW - 2 * DAY, Act("kept"), Act("career", FRONTEND), Act("done", step))
    inbox = Inbox(database)
    await inbox.put([Arrived(number, "731", "message", "{}", 0) for number in range(6)])
    await inbox.finish([0], at=1)
    await inbox.set_aside([1, 2], at=1)
    looking = await Database.look(address)
    found = await count(looking, NOW)
    await looking.close()

    assert found == Counts(
        students=3,
        new_in_week=1,
        new_in_month=2,
        active_in_week=1,
        active_in_month=3,
        events={"career": 4, "done": 3, "kept": 3, "noted": 3},
        careers={BACKEND: 2, FRONTEND: 1},
        steps_done={step: 2},
        notes=1,
        waiting=3,
        aside=2,
        nudges=NO_NUDGES,
    )
    assert not any(name in repr(found) for name in ("731", "842", "953", "kuduminis"))


async def test_where_nothing_is_kept_all_counts_are_zero(database):
    nothing = Counts(
        0, 0, 0, 0, 0, events={}, careers={}, steps_done={}, notes=0, waiting=0, aside=0, nudges=NO_NUDGES
    )
    assert await count(database, NOW) == nothing
    assert await all_ids(database) == frozenset()


async def test_every_id_that_anything_was_about_is_listed_once(database):
    await do(database, "731", 1, Act("kept"), Act("career", BACKEND), Act("ticked", "a/b/c"))
    await do(database, "842", 2, Act("kept"), Act("career", BACKEND), Act("stands", "", "al"))
    await do(database, "842", 3, Act("undone", "", "842 2"))

    assert await all_ids(database) == {BACKEND, "a/b/c"}


async def test_what_became_of_the_nudges_of_a_week_adds_up_to_what_was_due(database):
    nudges = Nudges(database, COLOMBO)
    for number, _ in enumerate(ENDINGS):
        await do(database, str(number), NOW - DAY, Act("kept"), Act("nudge", value=SEVEN))
    first = (await nudges.standing("0", NOW)).coming
    await nudges.later("0", Due(first.day, "later", first.at + 60), "a/b/c", NOW - DAY)
    await nudges.claim("dead", first.at, 1)
    at = first.at + 700
    for one in await nudges.claim("me", at, 100):
        assert await nudges.complete(one, ENDINGS[int(one.student)], at)
    found = (await count(database, at + DAY)).nudges

    assert found.by_kind == {"daily": len(ENDINGS) + 10, "later": 1}
    assert found.by_ending == dict.fromkeys(ENDINGS, 1) | {"sent": 2}
    assert (found.sent, found.delayed, found.maybe_twice) == (4, 4, 1)
    assert (found.overdue, found.to_come) == (10, 0)
    assert found.skipped == dict.fromkeys(("declined", "done", "failed", "finished", "paused", "quiet"), 1)
    told_apart = (found.sent, *found.skipped.values(), found.overdue)
    assert sum(told_apart) + sum(found.by_ending[one] for one in ("late", "rested", "blocked")) == found.due
    before = (await count(database, at)).nudges
    assert (before.due, before.overdue, before.to_come) == (len(ENDINGS) + 1, 0, 10)
    week_later = (await count(database, at + 7 * DAY)).nudges
    assert (week_later.by_ending, week_later.due, week_later.overdue) == ({}, 10, 10)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_database_that_is_gone_is_said_to_be(database, tmp_path):
    (tmp_path / "bot.db").rename(tmp_path / "elsewhere")
    for attempt in (count(database, NOW), all_ids(database)):
        with pytest.raises(StoreError, match="gone"):
            await attempt
