"""Students who fell silent, on both kinds of database."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.domain.journey import Act
from bot.storage.database import Database
from bot.storage.journeys import Journeys
from bot.storage.lapse import NOTICE_SECONDS, SILENT_SECONDS, Lapses

COLOMBO = ZoneInfo("Asia/Colombo")
START = 1_790_000_000
DAY = 24 * 3600


@pytest.fixture
def journeys(database: Database) -> Journeys:
    return Journeys(database, COLOMBO)


@pytest.fixture
def lapses(database: Database) -> Lapses:
    return Lapses(database)


async def keep(journeys: Journeys, student: str, at: int = START) -> None:
    await journeys.change(student, f"{student} {at}", at, "button", lambda _: (Act("kept"),))


async def test_two_years_go_by_and_only_who_stays_silent_after_the_notice_is_erased(journeys, lapses):
    silent, talks_now_and_then, back_before, back_at_the_notice, back_at_the_last_moment = "12345"
    signs = {
        silent: (),
        talks_now_and_then: range(0, 900, 100),
        back_before: (729,),
        back_at_the_notice: (731,),
        back_at_the_last_moment: (759,),
    }
    for student in signs:
        await keep(journeys, student)
    told: dict[str, list[int]] = {student: [] for student in signs}
    gone: dict[str, int] = {}
    for day in range(0, 800, 1):
        now = START + day * DAY
        for student, days in signs.items():
            if day in days:
                await journeys.seen(student, now)
        if day < 725:
            continue
        for student in await lapses.over(now):
            assert await lapses.erase(student, now)
            gone[student] = day
        for student in await lapses.due(now):
            told[student].append(day)
            await lapses.warned(student, now)

    assert gone == {silent: 760}
    assert told == {
        silent: [730],
        talks_now_and_then: [],
        back_before: [],
        back_at_the_notice: [730],
        back_at_the_last_moment: [730],
    }
    assert await journeys.everything(silent) == {}
    assert len(await journeys.events(back_at_the_last_moment)) == 1


async def test_who_has_no_number_can_never_be_told_and_so_is_never_erased(journeys, lapses):
    for student in ("terminal", "-1001234", "๑๒๓", "12a", "7"):
        await keep(journeys, student)
        await lapses.warned(student, START + SILENT_SECONDS)
    later = START + SILENT_SECONDS + NOTICE_SECONDS

    assert await lapses.due(later) == []
    assert await lapses.over(later) == ["7"]
    assert not await lapses.erase("terminal", later)
    assert await journeys.events("terminal") != ()


async def test_those_without_a_number_hold_nobody_up(journeys, lapses):
    for number in range(100):
        await keep(journeys, f"-{number}")
    await keep(journeys, "7", START + 1)

    assert await lapses.due(START + SILENT_SECONDS + 1) == ["7"]


@pytest.mark.parametrize("sign", ["seen", "change"])
async def test_any_sign_of_life_ends_the_notice_however_late_it_is_read(journeys, lapses, sign):
    told = START + SILENT_SECONDS
    await keep(journeys, "7")
    await lapses.warned("7", told)
    assert await lapses.over(told + NOTICE_SECONDS) == ["7"]
    if sign == "seen":
        await journeys.seen("7", told - 1)
    else:
        await journeys.change("7", "tap", told - 1, "button", lambda _: (Act("ticked", "a/b/c"),))

    assert await lapses.over(told + NOTICE_SECONDS) == []
    assert not await lapses.erase("7", told + NOTICE_SECONDS)
    assert await journeys.events("7") != ()


async def test_to_the_second(journeys, lapses):
    await keep(journeys, "7")
    assert await lapses.due(START + SILENT_SECONDS - 1) == []
    assert await lapses.due(START + SILENT_SECONDS) == ["7"]
    await lapses.warned("7", START + SILENT_SECONDS)
    assert await lapses.due(START + 2 * SILENT_SECONDS) == []
    assert await lapses.over(START + SILENT_SECONDS + NOTICE_SECONDS - 1) == []
    assert await lapses.over(START + SILENT_SECONDS + NOTICE_SECONDS) == ["7"]


async def test_who_was_heard_of_while_the_notice_was_sent_is_not_counted_as_told(journeys, lapses):
    await keep(journeys, "7")
    assert await lapses.due(START + SILENT_SECONDS) == ["7"]
    await journeys.seen("7", START + SILENT_SECONDS)
    await lapses.warned("7", START + SILENT_SECONDS + 1)

    assert await lapses.over(START + 2 * SILENT_SECONDS) == []


async def test_a_second_notice_does_not_put_off_the_end(journeys, lapses):
    await keep(journeys, "7")
    await lapses.warned("7", START + SILENT_SECONDS)
    await lapses.warned("7", START + SILENT_SECONDS + DAY)

    assert await lapses.over(START + SILENT_SECONDS + NOTICE_SECONDS) == ["7"]


async def test_a_hundred_at_most_are_named_the_longest_silent_first(journeys, lapses):
    for number in range(105):
        await keep(journeys, str(number), START + number)
    later = START + SILENT_SECONDS + DAY
    first = await lapses.due(later)
    assert first == [str(number) for number in range(100)]
    for student in first:
        await lapses.warned(student, later)

    assert await lapses.due(later) == [str(number) for number in range(100, 105)]
    assert await lapses.over(later + NOTICE_SECONDS) == first
