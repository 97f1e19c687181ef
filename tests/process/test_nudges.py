"""From 'remind me at 7' on, day after day, as a student sees it; and what comes when things go wrong."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import timedelta
from itertools import pairwise

import pytest
import pytest_asyncio

from tests.process.conftest import eventually
from tests.process.days import FAST, MONDAY, buttons, days, labels
from tests.process.echo import logged
from tests.process.walking import DISTRESS
from tests.samples import TEXTS

pytestmark = pytest.mark.asyncio(loop_scope="module")

DONE, LATER, NOT_TODAY, CHANGE, STOP = (
    TEXTS.say(f"button-nudge-{one}", "en") for one in ("done", "later", "no", "change", "stop")
)
EVENING = 19 * 60
IN_FLIGHT = 10
"""How many a kill may repeat."""

IN_HAND = 56
"""How many a process may have leased, which is how many are counted as maybe repeated."""

APART = {"id", "student", "at", "cause", "kept_at", "seen_at", "ended_at", "visible_at"}
"""What differs between two students who did the same, one a moment after the other."""

LEASE = {"seconds": 61}
"""After so long what a killed process had in hand is anybody's."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def all_days(tmp_path_factory):
    """One bot for all students who only live their days."""
    async with days(tmp_path_factory.mktemp("days")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def life(all_days):
    """It is Monday noon again, and of the students before nobody can be written to."""
    ahead = (7 - all_days.today.weekday()) % 7
    if all_days.clock.local.hour >= MONDAY.hour:
        ahead = ahead or 7
    all_days.at(MONDAY.hour, days=ahead)
    yield all_days
    for one in all_days.asked:
        one.account.blocked = True
    all_days.asked.clear()


# Asking for it, and the days that follow


async def test_from_remind_me_at_7_over_later_to_done_and_the_next_day(life):
    ama = life.api.user("Ama")
    life.asked.append(ama)
    await ama.says("remind me at 7")
    await ama.sees(said("nudge-either"))
    await ama.presses("In the evening, 19:00")
    await ama.sees("May I keep your progress?")
    await ama.presses("Keep my progress")
    await ama.sees("every day at 19:00", "Next: today, 19:00")

    life.at(18, 59)
    assert life.nudges(ama) == []
    life.at(19)
    [first] = await life.nudged(ama)
    assert "10 minutes" in first["text"]
    assert "Read this loop. What does it print?" in first["text"]
    assert "Why: It reads almost like English." in first["text"]
    [link] = [one["url"] for one in first["entities"] if one["type"] == "text_link"]
    assert link == "https://example.org/learn"
    assert labels(first) == [DONE, LATER, NOT_TODAY, CHANGE, STOP]

    await ama.presses(LATER)
    await ama.sees(said("nudge-later"), button="In 1 hour: today, 20:0")
    # Three hours on it is night, and evening it is already.
    ama.sees_no(button="In 3 hours")
    ama.sees_no(button="This evening")
    await ama.presses("In 1 hour")
    await ama.sees("today, 20:0")
    life.clock.pass_by(minutes=61)
    [_, again] = await life.nudged(ama, 2)
    assert said("nudge-again", minutes=10) in again["text"]
    assert "Read this loop" in again["text"]
    assert labels(again) == [DONE, NOT_TODAY, CHANGE, STOP]

    await ama.presses(DONE)
    await ama.sees("Ticked: 1 of 4 tasks.", "Task 2 of 4", "Draw a box.")
    life.at(18, 59, days=1)
    life.at(19)
    [_, _, next_day] = await life.nudged(ama, 3)
    assert opening(next_day) not in {opening(first), opening(again)}
    assert "Draw a box." in next_day["text"]
    assert [one["outcome"] for one in life.rows(ama)] == ["sent", "sent", "sent", None]


async def test_on_a_day_on_which_something_is_done_before_nothing_comes(life):
    ama = await life.somebody("Ama")
    life.at(18)
    await does_one_task(ama)
    life.at(19)
    await life.ends(ama, "done")
    life.at(19, days=1)
    [tuesday] = await life.nudged(ama)
    assert "Draw a box." in tuesday["text"]


async def test_unanswered_they_get_rare_then_end_with_a_last_line_until_a_word_brings_them_back(life):
    ama = await life.somebody("Ama")
    came = []
    for day in range(18):
        life.at(19, days=min(day, 1))
        rests = day > 2 and day % 3 != 2
        await life.ends(ama, "rested" if rests else "last" if day == 17 else "sent")
        came += [day] * (len(life.nudges(ama)) - len(came))
    assert came == [0, 1, 2, 5, 8, 11, 14, 17]
    *before, last = life.nudges(ama)
    assert said("nudge-last") in last["text"]
    assert DONE not in labels(last)
    assert all(a["text"] != b["text"] and opening(a) != opening(b) for a, b in pairwise(before))
    life.at(12, days=20)
    assert None not in [one["outcome"] for one in life.rows(ama)], "nothing waits for its time"
    await ama.says("hello")
    await ama.sees("Sorry, I did not understand that.")
    for day in range(3):
        life.at(19, 1, days=min(day, 1))
        await life.nudged(ama, len(came) + day + 1)


async def test_on_sunday_comes_a_look_back_with_a_picture_where_it_was_asked_for(life):
    ama = await life.somebody("Ama")
    await ama.presses(said("button-nudge-look", state="on"))
    await ama.sees(said("nudge-look-back-on"))
    await does_one_task(ama)
    life.at(19, days=6)
    [look_back] = await life.nudged(ama)
    assert life.rows(ama)[-2]["kind"] == "look-back"
    assert said("look-back-title") in look_back["text"]
    assert said("progress-tasks", count=1) in look_back["text"]
    assert said("look-back-next", step="Learn Python basics", minutes=15) in look_back["text"]
    await ama.presses("Picture of my progress")
    await life.api.until(lambda: ama.pictures, "the picture")


async def test_a_pause_and_one_after_distress_cannot_be_told_apart(tmp_path):
    # A bot of its own, so that nobody else is counted.
    async with days(tmp_path) as life:
        asked, unwell = await life.somebody("Asked"), await life.somebody("Unwell")
        for one in (asked, unwell):
            # Else a pause would be an answer to the screen with the buttons for it.
            await one.says("what do they earn")
            await one.sees("How it pays")
        before = asdict(await life.counts())
        await unwell.says(DISTRESS)
        await unwell.sees("I am glad you wrote this.", "1929")
        after_distress = asdict(await life.counts())
        await asked.says("pause 2 weeks")
        await asked.sees(f"Monday, {in_words(life.today + timedelta(days=14))}, 19:00")
        after_both = asdict(await life.counts())
        assert plus(after_both, after_distress) == plus(after_distress, before)
        for day in (0, 6, 7):
            life.at(19, 1, days=day)
            await life.ends(asked, "paused")
            await life.ends(unwell, "paused")
        life.at(19, days=1)
        for one in (asked, unwell):
            assert len(await life.nudged(one)) == 1
        kept = [await exported(one) for one in (asked, unwell)]
        assert kept[0] == kept[1]
        assert [one["kind"] for one in kept[0]["events"]] == ["kept", "nudge", "pause"]
        assert [one["outcome"] for one in kept[0]["nudges"]].count("paused") > 0


async def test_a_pause_ends_sooner_by_a_tap(life):
    ama = await life.somebody("Ama")
    await ama.says(DISTRESS)
    await ama.sees("1929")
    await ama.says("/nudge")
    await ama.sees("Next: Monday")
    await ama.presses(said("button-nudge-resume"))
    await ama.sees(said("nudge-resumed"), "Next: today, 19:00")
    life.at(19)
    await life.nudged(ama)


async def test_distress_that_was_misread_leaves_what_a_pause_that_was_ended_leaves(life):
    asked, unwell = await life.somebody("Asked"), await life.somebody("Unwell")
    for one in (asked, unwell):
        await one.says("what do they earn")
        await one.sees("How it pays")
    await unwell.says(DISTRESS)
    await unwell.presses(said("button-misread"))
    await unwell.sees(said("misread"))
    await asked.says("pause 2 weeks")
    await asked.presses(said("button-nudge-resume"))
    await asked.sees(said("nudge-resumed"))
    kept = [(await exported(one))["events"] for one in (asked, unwell)]
    assert kept[0] == kept[1]
    for one in (asked, unwell):
        await one.says("/nudge")
        await one.sees("Next: today, 19:00")


async def test_a_city_or_the_time_there_moves_the_next_one(life):
    ama = await life.somebody("Ama")
    await ama.presses(said("button-zone"))
    await ama.sees(said("zone-ask"))
    await ama.says("dubai")
    await ama.sees("Dubai", "10:3", "Next: today, 19:00")
    life.at(19, 5)
    await ama.says("/nudge")
    await ama.sees("17:3", "Next: today, 19:00")
    assert life.nudges(ama) == []
    life.at(20, 30)
    await life.nudged(ama)
    await ama.says("/nudge")
    await ama.presses(said("button-zone"))
    await ama.says("it is 4 pm here")
    await ama.sees(said("zone-which"))
    await ama.presses("Rome")
    # Of this day she has had hers.
    await ama.sees("Rome", "16:0", "Next: tomorrow, 19:00")


# What is typed


async def test_done_typed_after_it_ticks_its_task(life):
    ama = await life.somebody("Ama")
    life.at(19)
    await life.nudged(ama)
    await ama.says("done")
    await ama.sees("Ticked: 1 of 4 tasks.", "Draw a box.")


async def test_a_time_can_be_typed_in_answer_to_the_question(life):
    ama = life.api.user("Ama")
    life.asked.append(ama)
    await ama.says("/nudge")
    await ama.sees(said("nudge-ask"))
    await ama.says("7.15 pm")
    await ama.presses("Keep my progress")
    await ama.sees("at 19:15", "Next: today, 19:15")
    life.at(19, 14)
    life.at(19, 15)
    await life.nudged(ama)


# The end of it


async def test_every_button_still_works_a_week_later_and_after_stop_nothing_comes(life):
    ama = await life.somebody("Ama")
    life.at(19)
    [nudge] = await life.nudged(ama)
    pressed = {one["text"]: one["callback_data"] for one in buttons(nudge)}
    life.at(12, days=7)
    await life.ends(ama, "late", day=life.today - timedelta(days=1))
    shown = {
        LATER: [said("nudge-still-comes"), "Next: today, 19:00."],
        NOT_TODAY: [said("nudge-not-today"), "Next: tomorrow, 19:00."],
        DONE: ["Ticked: 1 of 4 tasks."],
        CHANGE: ["every day at 19:00", "Next: tomorrow, 19:00."],
        STOP: [said("nudge-stopped")],
    }
    assert pressed.keys() == shown.keys()
    for label, words in shown.items():
        await ama.forges(pressed[label])
        await ama.sees(*words)
    assert None not in [one["outcome"] for one in life.rows(ama)], "nothing waits for its time"


async def test_stop_in_words_stops(life):
    ama = await life.somebody("Ama")
    await ama.says("stop messaging me")
    await ama.sees(said("nudge-stopped"))
    assert life.rows(ama) == []
    await ama.presses(said("button-nudge-again", time="19:00"))
    await ama.sees("Next: today, 19:00")


async def test_who_blocks_the_bot_is_left_alone_until_they_start_it_again(life):
    ama = await life.somebody("Ama")
    ama.blocks()
    life.at(19)
    await life.ends(ama, "blocked")
    calls = len(life.api.calls_of("sendMessage"))
    life.at(19, 1, days=1)
    assert None not in [one["outcome"] for one in life.rows(ama)], "nothing waits for its time"
    assert len(life.api.calls_of("sendMessage")) == calls
    ama.unblocks()
    await ama.says("/start")
    await ama.sees("Hello")
    life.at(19, days=1)
    await life.nudged(ama)


async def test_forgetting_erases_them(life):
    ama = await life.somebody("Ama")
    life.at(19)
    await life.nudged(ama)
    assert len(life.rows(ama)) == 2
    await ama.says("/forget")
    await ama.presses("Erase everything")
    await eventually(lambda: not life.rows(ama), "the rows to be erased")


# When things go wrong


async def test_an_hour_without_telegram_only_makes_them_late(tmp_path):
    async with days(tmp_path, [EVENING] * 12, speed=FAST) as life:
        await life.api.down()
        life.at(19)
        await logged(life.bot, "Nudges do not get through")
        life.at(20)
        await life.api.up()
        for one in life.asked:
            await life.nudged(one)
            assert life.outcomes(one) == {str(life.today): "sent"}
        counted = (await life.counts()).nudges
        assert (counted.due, counted.sent, counted.delayed, counted.by_ending) == (12, 12, 12, {"sent": 12})
        await logged(life.bot, "Nudges get through again.")


async def test_after_six_hours_without_the_bot_none_comes_that_is_late_by_more_than_two(tmp_path):
    async with days(tmp_path, [13 * 60, 16 * 60 + 30, 18 * 60 + 1]) as life:
        early, late, punctual = life.asked
        assert await life.bot.stop() == 0
        life.at(18)
        life.bot.start()
        await life.nudged(late)
        await life.ends(early, "late")
        life.at(18, 1)
        await life.nudged(punctual)
        assert life.nudges(early) == []
        counted = (await life.counts()).nudges
        assert (counted.due, counted.sent, counted.delayed, counted.by_ending["late"]) == (3, 2, 1, 1)
        life.at(13, days=1)
        await life.nudged(early)


async def test_of_sixty_each_kill_repeats_at_most_ten_and_loses_none(tmp_path):
    async with days(tmp_path, [EVENING] * 60) as life:
        api = life.api
        life.at(19)
        await api.until(lambda: arrived(life) >= 15, "the first fifteen")
        life.bot.kill()
        await api.drained()
        in_flight = arrived(life) - ended(life)
        assert 0 <= in_flight <= IN_FLIGHT

        # The worst moment: as many as may be in flight have arrived, and of none that is stored.
        stuck = api.faults.hang("sendMessage", times=None)
        life.bot.start()
        life.clock.pass_by(**LEASE)
        await api.until(lambda: stuck.hits == IN_FLIGHT, "all places in flight to be taken")
        life.bot.kill()
        stuck.release()
        await api.drained()

        life.bot.start()
        life.clock.pass_by(**LEASE)
        await eventually(lambda: ended(life) == len(life.asked), "all of them to end")
        assert all(life.nudges(one) for one in life.asked)
        assert arrived(life) == len(life.asked) + in_flight + IN_FLIGHT
        counted = (await life.counts()).nudges
        assert counted.by_ending == {"sent": len(life.asked)}
        assert in_flight + IN_FLIGHT <= counted.maybe_twice <= 2 * IN_HAND
        print(f"{in_flight} in flight at the first kill, {counted.maybe_twice} counted")


async def test_told_to_wait_again_and_again_each_comes_once_and_a_question_is_answered(tmp_path):
    async with days(tmp_path, [EVENING] * 30, speed=FAST) as life:
        ben = life.api.user("Ben")
        storm = life.api.faults.error("sendMessage", 429, retry_after=2, times=9)
        life.at(19)
        await life.api.until(lambda: storm.hits > 3, "the storm")
        await ben.says("what do they earn")
        await ben.sees("How it pays")
        for one in life.asked:
            await life.nudged(one)
        assert storm.hits == 9
        counted = (await life.counts()).nudges
        assert (counted.by_ending, counted.maybe_twice) == ({"sent": 30}, 0)


async def test_one_that_gets_no_answer_is_not_sent_again_and_holds_nobody_else(tmp_path):
    async with days(tmp_path, [EVENING] * 5, speed=FAST) as life:
        ama, *others = life.asked
        stuck = life.api.faults.hang("sendMessage", chat=ama.id)
        life.at(19)
        await life.ends(ama, "unknown")
        stuck.release()
        for one in others:
            await life.nudged(one)
        # What Telegram had taken arrives after all.
        await life.nudged(ama)
        life.at(19, days=1)
        await life.nudged(ama, 2)
        assert (await life.counts()).nudges.by_ending["unknown"] == 1


# Helpers


async def does_one_task(person):
    """Ask what is next, and tick it."""
    await person.says("/next")
    await person.presses("A computer always")
    await person.presses("I did it")
    await person.sees("Ticked: 1 of 4 tasks.")


def said(key, **values):
    """What the bot says, a line of it as a message shows it."""
    return TEXTS.say(key, "en", **values).partition("\n")[0]


def in_words(day):
    return f"{day.day} {day:%B %Y}"


def arrived(life):
    """How many nudges have come, to all together."""
    return sum(len(life.nudges(one)) for one in life.asked)


def ended(life):
    """How many have ended, as it is stored."""
    return sum(len(life.outcomes(one)) for one in life.asked)


def opening(nudge):
    """The first line of a nudge, without its minutes."""
    return re.sub(r"\d+", "", nudge["text"].partition("\n")[0])


def plus(after, before):
    """What came to the counts, by name."""
    flat = [
        {f"{name}.{part}": amount for name, some in one.items() for part, amount in parts(some)}
        for one in (after, before)
    ]
    return {name: amount - flat[1].get(name, 0) for name, amount in flat[0].items()}


def parts(some, prefix=""):
    if not isinstance(some, dict):
        return [(prefix, some)]
    return [one for name, value in some.items() for one in parts(value, f"{prefix}.{name}")]


async def exported(person):
    """All that a student is told to be kept, but for their number, and numbers and times of rows."""
    await person.says("/export")
    await person.sees("all that I keep about you")
    [file] = person.documents.values()
    tables = json.loads(file)["database"]
    return {
        name: [{key: value for key, value in row.items() if key not in APART} for row in table["rows"]]
        for name, table in tables.items()
        # Where the asking itself waits for its answer.
        if name != "inbox"
    }
