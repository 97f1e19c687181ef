"""Who is due is sent a nudge once, at the pace the outbox allows. Time is the event loop's, run ahead."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.inbox import StoreError
from bot.domain.nudging import LATE_SECONDS, LEASE_SECONDS, Prepared
from bot.scheduling.heartbeat import (
    BEAT_SECONDS,
    CALL_SECONDS,
    CLAIMED,
    IN_FLIGHT,
    SENDING_SECONDS,
    STOP_SECONDS,
    Heartbeat,
)
from tests.scheduling.rows import HOUR, NOON, Post, Rows, Wall, all_to_send, clock, message

pytestmark = pytest.mark.looptime


@asynccontextmanager
async def beating(rows, post, *, prepare=all_to_send, wall=None, by="one"):
    """A process that sends; it is told to stop at the end."""
    heart = Heartbeat(nudges=rows, prepare=prepare, sender=post, now=wall or Wall(), by=by)
    task = asyncio.create_task(heart.run())
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(holds, seconds=60.0):
    """Wait until something holds; return how long that took."""
    begun = clock()
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - rows give no event
            await asyncio.sleep(seconds / 6_000)
    return clock() - begun


async def gone():
    """The next steps of everything that is still running."""
    for _ in range(20):
        await asyncio.sleep(0)


# What is due


async def test_each_who_is_due_is_sent_one_and_has_it_noted_with_what_it_showed():
    rows, post = Rows(200), Post()
    async with beating(rows, post):
        await until(lambda: not rows.waiting)
        await asyncio.sleep(10 * LEASE_SECONDS)
    assert rows.endings == {"sent": 200}
    assert sorted(post.students) == sorted(row.claimed.student for row in rows.rows.values())
    assert {row.about for row in rows.rows.values()} == {"task"}


async def test_what_becomes_due_is_seen_within_two_seconds_and_an_idle_bot_looks_no_more_often():
    rows, post = Rows(), Post()
    async with beating(rows, post):
        await asyncio.sleep(60)
        assert len(rows.claims) == pytest.approx(60 / BEAT_SECONDS, abs=1)
        rows.add(NOON + 60)
        assert await until(lambda: rows.endings["sent"]) < BEAT_SECONDS + 0.2


async def test_no_more_than_ten_are_being_sent_and_two_seconds_worth_are_leased():
    rows, post = Rows(500, seconds=0.01), Post(seconds=0.3)
    async with beating(rows, post):
        await until(lambda: not rows.waiting)
    assert post.most_at_once == IN_FLIGHT
    assert rows.leased <= CLAIMED


async def test_the_earliest_go_first():
    rows, post = Rows(), Post()
    for number in range(120):
        rows.add(NOON - number)
    async with beating(rows, post):
        await until(lambda: not rows.waiting)
    places = [1120 - int(student) for student in post.students]
    assert all(abs(place - number) < 2 * IN_FLIGHT for number, place in enumerate(places))


@pytest.mark.parametrize("ending", ["finished", "done", "paused", "rested", "declined", "late", "quiet"])
async def test_what_is_better_not_sent_ends_with_its_reason(ending):
    async def prepare(_claimed, _at):
        return Prepared(ending)

    rows, post = Rows(3), Post()
    async with beating(rows, post, prepare=prepare):
        await until(lambda: not rows.waiting)
    assert rows.endings == {ending: 3}
    assert post.sent == []


async def test_the_last_line_before_silence_ends_as_that():
    async def prepare(_claimed, at):
        return Prepared("last", message(), at + HOUR)

    rows = Rows(1)
    async with beating(rows, Post(), prepare=prepare):
        await until(lambda: not rows.waiting)
    assert rows.endings == {"last": 1}


async def test_the_last_line_is_the_last_even_when_it_may_not_have_come():
    async def prepare(_claimed, at):
        return Prepared("last", message(), at + HOUR)

    rows = Rows(1)
    async with beating(rows, Post("unknown"), prepare=prepare):
        await until(lambda: not rows.waiting)
    assert rows.endings == {"last": 1}


# What the student does meanwhile


@pytest.mark.parametrize("what", ["stops", "is paused", "has it moved", "declines", "erases everything"])
async def test_what_the_student_does_while_one_waits_for_its_place_still_holds_it_back(what):
    has_done, places = asyncio.Event(), asyncio.Event()
    then = {
        "stops": Prepared("declined"),
        "is paused": Prepared("paused"),
        "has it moved": Prepared("late", moved_to=NOON + HOUR),
    }

    async def prepare(_claimed, at):
        if has_done.is_set() and what in then:
            return then[what]
        return Prepared("sent", message(), at + HOUR)

    async def ends(_student, _seconds):
        await places.wait()
        return "sent"

    rows, post = Rows(IN_FLIGHT + 1), Post(ends)
    async with beating(rows, post, prepare=prepare):
        await until(lambda: post.at_once == IN_FLIGHT)
        (waits,) = (row for row in rows.in_hand if row.claimed.student not in post.asked)
        if what == "declines":
            waits.ending = "declined"
        elif what == "erases everything":
            del rows.rows[waits.claimed.id]
        has_done.set()
        places.set()
        await until(lambda: len(rows.waiting) == (what == "has it moved"))
        await asyncio.sleep(5)
    assert len(post.sent) == IN_FLIGHT
    assert waits.claimed.student not in post.students
    ending = {"stops": "declined", "is paused": "paused", "declines": "declined"}
    assert waits.ending == ending.get(what)


async def test_a_store_that_fails_just_before_one_is_sent_puts_it_off():
    class Failing(Rows):
        fails = 1

        async def still_mine(self, claimed):
            if self.fails:
                self.fails -= 1
                message_ = "no answer"
                raise StoreError(message_)
            return await super().still_mine(claimed)

    rows = Failing(1)
    async with beating(rows, Post()):
        assert await until(lambda: not rows.waiting) == pytest.approx(31, abs=3)
    assert rows.endings == {"sent": 1}


async def test_what_is_due_later_by_now_waits_until_then():
    async def prepare(_claimed, at):
        then = NOON + 3 * HOUR
        return Prepared("late", moved_to=then) if at < then else Prepared("sent", message(), at + HOUR)

    rows, post = Rows(1), Post()
    async with beating(rows, post, prepare=prepare):
        assert await until(lambda: not rows.waiting, 4 * HOUR) == pytest.approx(3 * HOUR, abs=3)
    assert rows.rows[1].claimed.due_at == NOON + 3 * HOUR
    assert rows.claims[1][0] - rows.claims[0][0] < 3


@pytest.mark.parametrize("fate", ["unknown", "blocked", "failed"])
async def test_what_went_wrong_for_good_ends_so_and_is_not_sent_again(fate):
    rows, post = Rows(1), Post(fate)
    async with beating(rows, post):
        await until(lambda: not rows.waiting)
        await asyncio.sleep(10 * LEASE_SECONDS)
    assert rows.endings == {fate: 1}
    assert len(post.sent) == 1


async def test_what_surely_was_not_sent_is_sent_half_a_minute_later():
    fates = ["not-sent"]

    async def ends(_student, _seconds):
        return fates.pop() if fates else "sent"

    rows, post = Rows(1), Post(ends)
    async with beating(rows, post):
        assert await until(lambda: not rows.waiting) == pytest.approx(31, abs=3)
    assert rows.endings == {"sent": 1}
    assert rows.rows[1].claimed.tries == 1


async def test_waiting_calling_and_ending_fit_into_a_lease():
    assert SENDING_SECONDS + CALL_SECONDS < LEASE_SECONDS


async def test_who_waited_too_long_behind_slow_calls_is_given_back_rather_than_sent_beyond_the_lease():
    rows, post = Rows(40), Post(seconds=28)
    async with beating(rows, post):
        await until(lambda: not rows.waiting, 300)
    assert min(post.allowed) > 0
    assert len(post.students) == len(set(post.students)) == 40
    assert {row.claimed.tries for row in rows.rows.values()} == {1}


# How fast


@pytest.mark.parametrize("skipped", [0, 9])
async def test_rows_that_are_skipped_do_not_keep_those_that_are_sent_from_going_at_full_speed(skipped):
    """Of so many and one, one is sent; whoever sends gives out a place every 1/28.5 s."""
    free = [clock()]

    async def ends(_student, _seconds):
        at = max(free[0], clock())
        free[0] = at + 1 / 28.5
        await asyncio.sleep(at - clock())
        await asyncio.sleep(0.1)
        return "sent"

    async def prepare(claimed, at):
        await asyncio.sleep(0.002)
        return Prepared("done") if claimed.id % (skipped + 1) else Prepared("sent", message(), at + HOUR)

    rows, post = Rows(600 * (skipped + 1), seconds=0.005), Post(ends, seconds=0)
    async with beating(rows, post, prepare=prepare):
        took = await until(lambda: not rows.waiting)
    share = (600 / 28.5) / took
    assert len(post.sent) == 600
    assert share >= 0.99


# The night and the clock


@pytest.mark.parametrize(("due_at", "ending"), [(NOON, "quiet"), (NOON - LATE_SECONDS, "late")])
async def test_what_had_to_wait_into_the_night_or_for_too_long_is_not_sent(due_at, ending):
    async def prepare(_claimed, at):
        return Prepared("sent", message(), at)

    rows, post = Rows(1, due_at=due_at), Post()
    async with beating(rows, post, prepare=prepare):
        await until(lambda: not rows.waiting)
    assert rows.endings == {ending: 1}
    assert post.allowed == []


async def test_nothing_waits_for_the_network_into_the_night_and_that_is_no_outage(caplog):
    night = NOON + 10

    async def prepare(_claimed, at):
        return Prepared("sent", message(), night) if at < night else Prepared("quiet")

    async def ends(_student, seconds):
        await asyncio.sleep(seconds)
        return "not-sent"

    rows, post = Rows(60), Post(ends)
    async with beating(rows, post, prepare=prepare):
        assert await until(lambda: not rows.waiting) < 45
    assert max(post.allowed) <= 10
    assert rows.endings == {"quiet": 60}
    assert caplog.records == []


@pytest.mark.parametrize("jump", [-24 * HOUR, -HOUR, HOUR, 24 * HOUR])
async def test_a_clock_that_jumps_while_rows_are_in_hand_sends_none_twice_and_loses_none(jump):
    rows, post, wall = Rows(300), Post(seconds=0.3), Wall()

    async def prepare(_claimed, at):
        return Prepared("sent", message(), at + HOUR)

    async with beating(rows, post, prepare=prepare, wall=wall):
        await asyncio.sleep(2)
        wall.ahead += jump
        await asyncio.sleep(30)
        wall.ahead -= jump
        await until(lambda: not rows.waiting, 300)
        await asyncio.sleep(5 * LEASE_SECONDS)
    # What was in hand when the clock was ahead ended as it then had to; the store reopens it.
    assert rows.endings["quiet"] + rows.endings["late"] <= CLAIMED
    assert rows.endings["sent"] == len(post.students) == len(set(post.students))


# Telegram down


async def test_an_hour_of_refused_connections_loses_nothing_and_floods_nobody():
    back = clock() + HOUR

    async def ends(_student, seconds):
        waits = min(seconds, max(0.0, back - clock()))
        await asyncio.sleep(waits)
        return "not-sent" if clock() < back else "sent"

    rows, post = Rows(400), Post(ends)
    async with beating(rows, post):
        await asyncio.sleep(HOUR - 1)
        assert post.sent == []
        tried = len(post.allowed)
        await until(lambda: not rows.waiting, 300)
    assert rows.endings == {"sent": 400}
    assert len(set(post.students)) == 400
    assert tried < 100
    assert max(row.claimed.tries for row in rows.rows.values()) == 1


async def test_an_hour_of_bad_gateways_loses_few_and_the_rest_follows_at_once(caplog):
    back = clock() + HOUR

    async def ends(_student, _seconds):
        return "unknown" if clock() < back else "sent"

    rows, post = Rows(400), Post(ends)
    with caplog.at_level(logging.INFO):
        async with beating(rows, post):
            await asyncio.sleep(HOUR)
            assert rows.endings["unknown"] <= IN_FLIGHT + HOUR / 60 + 5
            assert await until(lambda: not rows.waiting) < 60 + 10
    assert rows.endings["sent"] >= 400 - 80
    assert len(post.students) == len(set(post.students)) == 400
    told = [record.getMessage() for record in caplog.records]
    assert [one.split("through")[1] for one in told] == ["; from now on one at a time is tried.", " again."]


async def test_one_alone_is_tried_after_trouble_and_pauses_grow_to_a_minute():
    rows, post = Rows(400), Post("unknown")
    async with beating(rows, post):
        await asyncio.sleep(600)
    alone = [at for _, at in post.sent][IN_FLIGHT:]
    gaps = [round(later - sooner) for sooner, later in itertools.pairwise(alone)]
    assert gaps[:5] == [15, 30, 60, 60, 60]
    assert len(rows.in_hand) == 0


async def test_what_gets_through_that_was_begun_before_shows_nothing():
    slow = ["sent"] * (IN_FLIGHT - 1)

    async def ends(_student, _seconds):
        if len(post.allowed) > IN_FLIGHT or post.at_once == 1 or not slow:
            return "unknown"
        fate = slow.pop()
        await asyncio.sleep(1)
        return fate

    rows, post = Rows(100), Post(ends)
    async with beating(rows, post):
        await asyncio.sleep(10)
    assert rows.endings["sent"] == 9
    assert rows.endings["unknown"] == 2


async def test_a_single_chat_that_telegram_holds_slows_no_other(caplog):
    async def ends(student, _seconds):
        return "not-sent" if student == "1003" else "sent"

    rows, post = Rows(300), Post(ends)
    async with beating(rows, post):
        assert await until(lambda: len(rows.waiting) == 1) < 6
        for _ in range(10):
            await asyncio.sleep(100)
            rows.add()
        await until(lambda: rows.endings["sent"] == 309, 10)
    assert caplog.records == []


async def test_two_chats_that_cannot_be_reached_one_after_the_other_are_an_outage(caplog):
    rows, post = Rows(2), Post("not-sent")
    async with beating(rows, post):
        await until(lambda: caplog.records)
    assert len(post.allowed) == 2


async def test_a_call_that_fails_by_itself_costs_seconds_not_minutes():
    fates = ["unknown"]

    async def ends(student, _seconds):
        return fates.pop() if student == "1030" and fates else "sent"

    rows, post = Rows(200), Post(ends)
    async with beating(rows, post):
        assert await until(lambda: not rows.waiting) < 6
    assert rows.endings == {"sent": 199, "unknown": 1}


async def test_during_an_outage_those_not_to_be_sent_end_without_waiting_for_it():
    async def prepare(claimed, at):
        return Prepared("done") if claimed.id > 100 else Prepared("sent", message(), at + HOUR)

    rows, post = Rows(130), Post("unknown")
    for row in list(rows.rows.values())[100:]:
        row.visible_at += 30
    async with beating(rows, post, prepare=prepare):
        await asyncio.sleep(10)
        for row in (one for one in rows.waiting if one.claimed.id <= 100):
            row.visible_at = NOON + 10 * HOUR
        await until(lambda: rows.endings["done"] == 30, 120)


async def test_a_blocked_student_shows_that_telegram_answers():
    fates = ["unknown", "blocked"]

    async def ends(_student, _seconds):
        return fates.pop(0) if fates else "sent"

    rows, post = Rows(), Post(ends)
    rows.add()
    async with beating(rows, post):
        await until(lambda: rows.endings["unknown"])
        for _ in range(50):
            rows.add()
        await until(lambda: not rows.waiting, 10)
    assert rows.endings == {"unknown": 1, "blocked": 1, "sent": 49}


# Rows that cannot be prepared, and a store that does not work


async def test_a_row_that_cannot_be_prepared_is_given_up_after_three_tries_and_holds_no_other(caplog):
    tries = []

    async def prepare(claimed, at):
        if claimed.id == 7:
            tries.append(claimed.tries)
            raise ValueError(claimed.student)
        return Prepared("sent", message(), at + HOUR)

    rows, post = Rows(20), Post()
    async with beating(rows, post, prepare=prepare):
        await until(lambda: rows.endings["sent"] == 19, 5)
        await until(lambda: not rows.waiting, 10 * LEASE_SECONDS)
    assert tries == [1, 1, 1]
    assert rows.rows[7].ending == "failed"
    assert "ValueError" in caplog.text
    assert "1007" not in caplog.text


async def test_a_row_that_outlived_many_processes_is_not_given_up_for_that():
    mistakes = ["one"]

    async def prepare(_claimed, at):
        if mistakes:
            raise ValueError(mistakes.pop())
        return Prepared("sent", message(), at + HOUR)

    rows = Rows(1)
    rows.rows[1].claimed = replace(rows.rows[1].claimed, tries=9)
    async with beating(rows, Post(), prepare=prepare):
        await until(lambda: not rows.waiting, 2 * LEASE_SECONDS)
    assert rows.endings == {"sent": 1}


async def test_a_row_whose_preparing_hangs_holds_no_other_and_is_given_up_when_it_is_too_late():
    async def prepare(claimed, at):
        if claimed.id == 1:
            await asyncio.Event().wait()
        return Prepared("sent", message(), at + HOUR)

    rows = Rows(20)
    async with beating(rows, Post(), prepare=prepare):
        await until(lambda: rows.endings["sent"] == 19, 5)
        assert await until(lambda: not rows.waiting, 3 * HOUR) > LATE_SECONDS - LEASE_SECONDS
    assert rows.endings == {"sent": 19, "late": 1}


async def test_a_database_that_is_slow_for_a_while_makes_no_row_fail():
    quick = clock() + 600

    async def prepare(_claimed, at):
        await asyncio.sleep(12 if clock() < quick else 0.01)
        return Prepared("sent", message(), at + HOUR)

    rows = Rows(20)
    async with beating(rows, Post(), prepare=prepare):
        await until(lambda: not rows.waiting, 800)
    assert rows.endings == {"sent": 20}
    assert {row.claimed.tries for row in rows.rows.values()} == {1}


async def test_a_student_who_cannot_be_read_just_now_is_tried_again_and_never_given_up():
    back = clock() + 600

    async def prepare(_claimed, at):
        if clock() < back:
            message_ = "no answer"
            raise StoreError(message_)
        return Prepared("sent", message(), at + HOUR)

    rows = Rows(20)
    async with beating(rows, Post(), prepare=prepare):
        await until(lambda: not rows.waiting, 700)
    assert rows.endings == {"sent": 20}


async def test_a_store_that_fails_for_minutes_while_ten_are_being_sent_repeats_none(caplog):
    rows, post = Rows(100), Post(seconds=0.2)
    with caplog.at_level(logging.INFO):
        async with beating(rows, post):
            await until(lambda: len(post.allowed) == IN_FLIGHT)
            rows.down = clock() + 300
            await asyncio.sleep(299)
            assert len(post.sent) == IN_FLIGHT
            await until(lambda: not rows.waiting, 60)
            await asyncio.sleep(5 * LEASE_SECONDS)
    assert rows.endings == {"sent": 100}
    assert len(post.students) == len(set(post.students)) == 100
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


async def test_a_slow_store_slows_the_sending_and_nothing_else():
    rows, post = Rows(60, seconds=3.0), Post()
    async with beating(rows, post):
        await until(lambda: not rows.waiting, 300)
    assert rows.endings == {"sent": 60}
    assert len(set(post.students)) == 60


async def test_a_store_that_is_down_at_the_start_is_asked_until_it_answers():
    rows, post = Rows(5), Post()
    rows.down = clock() + 100
    async with beating(rows, post):
        assert await until(lambda: not rows.waiting, 200) < 110
    assert len(rows.claims) < 10


async def test_a_mistake_of_the_store_s_ends_it_with_an_error_for_whoever_watches_over_it():
    class Broken(Rows):
        async def claim(self, *_):
            message_ = "a mistake"
            raise TypeError(message_)

    heart = Heartbeat(nudges=Broken(), prepare=all_to_send, sender=Post(), now=Wall(), by="one")
    with pytest.raises(TypeError):
        await heart.run()


async def test_rows_are_reopened_every_minute_and_pruned_every_ten_whatever_else_fails():
    rows = Rows(100)
    async with beating(rows, Post("unknown")):
        rows.down = clock() + 130
        await asyncio.sleep(1205)
    assert rows.reopened == 18
    assert rows.pruned == 2


# The end


async def killed(rows, post, seconds):
    """Run a process that is killed after so many seconds: it does nothing more, not even give back."""
    heart = Heartbeat(nudges=rows, prepare=all_to_send, sender=post, now=Wall(), by="killed")
    before = asyncio.all_tasks()
    asyncio.create_task(heart.run())  # noqa: RUF006 - all tasks are ended below
    await asyncio.sleep(seconds)
    heart._stop = gone  # noqa: SLF001 - what is killed puts nothing in order
    for task in asyncio.all_tasks() - before:
        task.cancel()
    await gone()


@pytest.mark.parametrize("seconds", [0.1, 0.7, 1.3, 4.05])
async def test_a_kill_repeats_at_most_what_was_in_flight_and_loses_none(seconds):
    wall = Wall()
    rows, dead, living = Rows(300, seconds=0.01), Post(seconds=0.2), Post()
    await killed(rows, dead, seconds)
    async with beating(rows, living, wall=wall, by="next"):
        await until(lambda: not rows.waiting, 3 * LEASE_SECONDS)
    twice = set(dead.students) & set(living.students)
    assert len(twice) <= IN_FLIGHT
    assert len(living.students) == len(set(living.students))
    assert set(dead.students) | set(living.students) == {str(1001 + one) for one in range(300)}


@given(seconds=st.floats(0, 5))
@settings(max_examples=15, deadline=None)
async def test_who_is_told_to_stop_finishes_what_is_being_sent_and_gives_the_rest_back(seconds):
    rows, post = Rows(300, seconds=0.01), Post(seconds=0.3)
    async with beating(rows, post):
        await asyncio.sleep(seconds)
        stopped = clock()
    assert clock() - stopped < 1
    assert len(rows.in_hand) == 0
    assert rows.endings["sent"] == len(post.students) == len(set(post.students))
    assert {row.claimed.tries for row in rows.waiting} <= {0}


async def test_a_call_that_hangs_at_the_end_is_left_with_its_lease():
    async def ends(student, _seconds):
        if student == "1003":
            await asyncio.Event().wait()
        return "sent"

    rows, post = Rows(100), Post(ends)
    async with beating(rows, post):
        await asyncio.sleep(0.3)
        stopped = clock()
    assert clock() - stopped == pytest.approx(STOP_SECONDS, abs=0.1)
    assert [row.claimed.student for row in rows.in_hand] == ["1003"]


async def test_rows_claimed_while_it_is_told_to_stop_are_given_back():
    rows = Rows(5, seconds=1.0)
    async with beating(rows, Post()):
        await asyncio.sleep(0.5)
    assert len(rows.claims) == 1
    assert rows.in_hand == []


async def test_nothing_is_left_running_after_the_end():
    rows = Rows(100, seconds=0.01)
    async with beating(rows, Post()):
        await asyncio.sleep(0.5)
    await gone()
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_two_processes_share_the_rows_and_send_none_twice():
    rows, first, second = Rows(400, seconds=0.01), Post(), Post()
    wall = Wall()
    async with beating(rows, first, wall=wall), beating(rows, second, wall=wall, by="two"):
        await until(lambda: not rows.waiting)
    assert first.sent
    assert second.sent
    students = first.students + second.students
    assert len(students) == len(set(students)) == 400
