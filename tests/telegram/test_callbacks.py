"""Every press is answered once, and before the waiting sign gets on a student's nerves."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest, Forbidden, NetworkError, TimedOut

from bot.telegram.callbacks import MOST_OPEN, OVER_SECONDS, Callbacks
from bot.telegram.transport import NotSentError
from tests.telegram.fakes import clock

pytestmark = pytest.mark.looptime


class Phone:
    """Notes which presses are answered, when, and with which words."""

    def __init__(self, takes=0.0, ends=None):
        self.answers = []
        self._takes = takes
        self._ends = ends

    async def answer_callback_query(self, query_id, text=None):
        self.answers.append((query_id, text, clock()))
        await asyncio.sleep(self._takes)
        if self._ends:
            raise self._ends

    @property
    def shown(self):
        return [(query_id, text) for query_id, text, _ in self.answers]


async def test_an_answer_in_time_shows_its_words_and_is_the_only_one():
    phone = Phone()
    callbacks = Callbacks(phone)
    callbacks.expect("q", "11")
    await asyncio.sleep(0.3)
    await callbacks.answer("q", "Thank you!")
    await asyncio.sleep(10)
    assert phone.shown == [("q", "Thank you!")]


async def test_whoever_answers_learns_whether_it_was_this_answer_that_was_shown():
    callbacks = Callbacks(Phone())
    assert await callbacks.answer("q", "Thank you!")
    assert not await callbacks.answer("q", "again")
    assert not await Callbacks(Phone(ends=BadRequest("query is too old"))).answer("q", "late")
    assert not await Callbacks(Phone(ends=TimedOut())).answer("q", "lost")


async def test_a_press_is_answered_within_a_second_whatever_the_rest_does():
    phone, begun = Phone(), clock()
    callbacks = Callbacks(phone)
    callbacks.expect("q", "11")
    await asyncio.sleep(30)
    assert phone.shown == [("q", None)]
    assert phone.answers[0][2] - begun < 1.0
    await callbacks.answer("q", "too late")
    assert phone.shown == [("q", None)]


async def test_an_answer_that_is_on_its_way_is_not_overtaken_by_the_empty_one():
    phone = Phone(takes=5.0)
    callbacks = Callbacks(phone)
    callbacks.expect("q", "11")
    await asyncio.sleep(0.5)
    await callbacks.answer("q", "Thank you!")
    assert phone.shown == [("q", "Thank you!")]


async def test_a_press_whose_turn_is_tried_again_is_answered_once():
    phone = Phone()
    callbacks = Callbacks(phone)
    callbacks.expect("q", "11")
    for _ in range(3):
        await callbacks.answer("q", "Thank you!")
    assert phone.shown == [("q", "Thank you!")]


async def test_a_press_from_before_a_restart_is_answered_too_and_once():
    phone = Phone()
    callbacks = Callbacks(phone)
    await callbacks.answer("old")
    await callbacks.answer("old")
    assert phone.shown == [("old", None)]


@given(
    presses=st.lists(
        st.tuples(st.sampled_from([0.0, 0.2, 0.7]), st.sampled_from([None, 0.0, 0.59, 0.6, 0.61, 3.0])),
        max_size=20,
    )
)
@settings(max_examples=30, deadline=None)
async def test_every_press_is_answered_once_and_in_time_in_any_order_of_events(presses):
    phone, pressed, later = Phone(takes=0.1), {}, []
    callbacks = Callbacks(phone)

    async def answer(query_id, delay):
        await asyncio.sleep(delay)
        await callbacks.answer(query_id, "words")

    for number, (gap, delay) in enumerate(presses):
        await asyncio.sleep(gap)
        query_id = f"q{number}"
        pressed[query_id] = clock()
        callbacks.expect(query_id, query_id)
        if delay is not None:
            later.append(asyncio.create_task(answer(query_id, delay)))
    await asyncio.gather(asyncio.sleep(1), *later)
    assert sorted(query_id for query_id, _ in phone.shown) == sorted(pressed)
    assert all(at - pressed[query_id] < 1.0 for query_id, _, at in phone.answers)


@pytest.mark.parametrize(
    "error",
    [
        BadRequest("Query is too old and response timeout expired or query id is invalid"),
        Forbidden("bot was blocked by the user"),
        NotSentError("nobody waits for it any more"),
        NetworkError("Bad Gateway"),
        TimedOut(),
    ],
)
async def test_a_press_that_cannot_be_answered_stops_nothing(error, caplog):
    callbacks = Callbacks(Phone(ends=error))
    callbacks.expect("slow", "11")
    await callbacks.answer("q", "Thank you!")
    await asyncio.sleep(5)
    assert "Thank you" not in caplog.text
    assert all(record.levelname == "WARNING" for record in caplog.records)
    assert bool(caplog.records) != isinstance(error, BadRequest)


async def test_words_are_cut_to_what_a_toast_may_hold():
    phone = Phone()
    await Callbacks(phone).answer("q", "අ" * 500)
    assert phone.shown == [("q", "අ" * 200)]


async def test_nothing_is_remembered_longer_than_an_answer_may_come():
    phone = Phone()
    callbacks = Callbacks(phone)
    callbacks.expect("late", "11")
    await callbacks.answer("quick")
    await asyncio.sleep(OVER_SECONDS + 5)
    # Both are as unknown as one from before a restart.
    await callbacks.answer("late")
    await callbacks.answer("quick")
    assert len(phone.answers) == 4
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_at_the_end_what_is_expected_is_answered_at_once():
    phone, begun = Phone(), clock()
    callbacks = Callbacks(phone)
    for number in range(5):
        callbacks.expect(f"q{number}", "11")
    await callbacks.stop()
    assert phone.shown == [(f"q{number}", None) for number in range(5)]
    await asyncio.sleep(5)
    assert len(phone.answers) == 5
    assert phone.answers[-1][2] == begun


async def test_the_end_does_not_wait_long_for_a_telegram_that_is_silent():
    callbacks, begun = Callbacks(Phone(takes=3600)), clock()
    callbacks.expect("early", "11")
    await asyncio.sleep(1)
    callbacks.expect("late", "11")
    await callbacks.stop()
    assert clock() - begun < 1.5
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_of_somebody_who_taps_without_end_a_few_are_answered_and_others_in_time():
    phone = Phone(takes=0.5)
    callbacks = Callbacks(phone)
    for number in range(100):
        callbacks.expect(f"mad {number}", "11")
    callbacks.expect("calm", "12")
    await asyncio.sleep(2)
    assert len(phone.shown) == MOST_OPEN + 1
    assert ("calm", None) in phone.shown
    callbacks.expect("mad again", "11")
    await asyncio.sleep(2)
    assert ("mad again", None) in phone.shown
