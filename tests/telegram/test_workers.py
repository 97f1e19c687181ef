"""What arrived is answered in order within a chat, and chats do not wait for each other."""

import asyncio
import json
import logging
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest, InvalidToken

from bot.domain.inbox import Arrived
from bot.domain.reply import Reply
from bot.telegram.alerts import Trouble
from bot.telegram.workers import AT_ONCE, MOST_SECONDS, SLOW_SECONDS, Workers
from tests.telegram.fakes import ME, Rows, clock, row

pytestmark = pytest.mark.looptime


class Office:
    """The workers and everything around them.

    `takes` are the seconds an answer to some words takes, `ends` the errors of its first answers, `busy` when
    a chat may be written to again.
    """

    def __init__(self, rows=None, *, takes=None, ends=None, busy=None, usually=0.0):
        self.rows = rows or Rows()
        self.takes, self.busy, self.usually = takes or {}, busy or {}, usually
        self.ends = {words: list(errors) for words, errors in (ends or {}).items()}
        self.heard = []
        self.sent = []
        self.apologies = []
        self.reports = Counter()
        self.refusals = []
        self.begun = set()
        self.workers = Workers(
            inbox=self.rows,
            me=ME,
            until_free=self._until_free,
            answer=self._answer,
            deliver=self._deliver,
            apologise=self._apologise,
            is_begun=lambda turn: turn.updates in self.begun,
            report=lambda trouble: self.reports.update([trouble]),
            refused=self.refusals.append,
            now=lambda: 77,
        )

    async def _until_free(self, chat):
        await asyncio.sleep(max(0.0, self.busy.get(chat, 0.0) - clock()))

    async def _answer(self, turn):
        self.heard.append((turn.chat_id, turn.updates))
        words = turn.heard.text
        await asyncio.sleep(self.takes.get(words, self.usually))
        if self.ends.get(words) and (error := self.ends[words].pop(0)):
            raise error
        return Reply()

    async def _deliver(self, turn, _reply):
        await asyncio.sleep(0)
        self.sent.append((turn.chat_id, turn.updates, clock()))

    async def _apologise(self, turn):
        self.apologies.append(turn.updates)

    @property
    def answered(self):
        return [updates for _, updates, _ in self.sent]

    async def idle(self):
        """Wait until nobody works."""
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)


async def done(*rows, **around):
    office = Office(**around)
    office.workers.take_up(rows)
    await office.idle()
    return office


# Order


async def test_a_chat_is_answered_in_its_order_and_chats_side_by_side():
    begun = clock()
    rows = [row(number, f"/{number}", chat=number % AT_ONCE + 1) for number in range(1, 10 * AT_ONCE + 1)]
    office = await done(*rows, usually=0.9)
    for chat in range(1, AT_ONCE + 1):
        numbers = [updates[0] for at, updates, _ in office.sent if at == chat]
        assert numbers == sorted(numbers)
        assert len(numbers) == 10
    assert clock() - begun == pytest.approx(9, abs=0.1)
    assert office.rows.over == dict.fromkeys(range(1, 10 * AT_ONCE + 1), "done at 77")


async def test_a_slow_chat_holds_nobody_else():
    office = Office(takes={"slow": 50.0})
    office.workers.take_up([row(1, "slow", chat=1), *(row(n, chat=n) for n in range(2, 40))])
    await asyncio.sleep(0.1)
    assert len(office.sent) == 38
    await office.idle()
    assert len(office.sent) == 39


async def test_a_burst_is_answered_as_one():
    office = await done(*(row(number, f"line {number}") for number in range(1, 8)))
    assert office.answered == [tuple(range(1, 8))]
    assert set(office.rows.over) == set(range(1, 8))


async def test_what_comes_while_a_chat_may_not_be_written_to_is_taken_together_when_it_may():
    office = Office(busy={11: clock() + 5.0})
    for number in range(1, 6):
        office.workers.take_up([row(number, f"line {number}")])
        await asyncio.sleep(0.5)
    assert office.heard == []
    await office.idle()
    assert office.answered == [(1, 2, 3, 4, 5)]


async def test_what_comes_while_an_answer_is_being_found_waits_for_the_next():
    office = Office(usually=2.0)
    office.workers.take_up([row(1, "one")])
    await asyncio.sleep(0.5)
    office.workers.take_up([row(2, "two")])
    await asyncio.sleep(0.5)
    office.workers.take_up([row(3, "three")])
    await office.idle()
    assert office.answered == [(1,), (2, 3)]


EVENTS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.0, 0.1, 0.5, 3.0]),  # after the one before
        st.integers(1, 3),  # the chat
        st.sampled_from(["hello", "/start", "slow", "fails once", "fails twice"]),
    ),
    max_size=30,
)


@given(events=EVENTS, down=st.integers(0, 4), usually=st.sampled_from([0.0, 0.1, 0.7]))
@settings(max_examples=40, deadline=None)
async def test_whatever_the_interleaving_each_is_answered_once_and_in_its_order(events, down, usually):
    failing = {"fails once": [ValueError("x")], "fails twice": [ValueError("x")] * 2}
    office = Office(Rows(down=down), usually=usually, takes={"slow": 4.0}, ends=failing)
    for number, (gap, chat, words) in enumerate(events, 1):
        await asyncio.sleep(gap)
        office.workers.take_up([row(number, words, chat=chat)])
    await office.idle()
    arrived = {chat: [n for n, (_, at, _) in enumerate(events, 1) if at == chat] for chat in (1, 2, 3)}
    went = {chat: [n for at, updates, _ in office.sent if at == chat for n in updates] for chat in (1, 2, 3)}
    assert went == arrived
    assert office.rows.over == dict.fromkeys(range(1, len(events) + 1), "done at 77")
    assert not office.apologies


# What fails


async def test_what_fails_is_tried_again_and_then_done():
    office = await done(row(1), row(2, "/next"), ends={"hello": [ValueError("x"), BadRequest("y")]})
    assert office.answered == [(1,), (2,)]
    assert office.rows.failures == {1: 2}
    assert not office.reports
    assert not office.apologies


async def test_what_fails_three_times_is_set_aside_and_its_chat_goes_on_within_five_seconds():
    begun = clock()
    office = await done(row(1, "bad"), row(2, "/next"), ends={"bad": [ValueError("x")] * 9})
    assert office.rows.over == {1: "aside at 77", 2: "done at 77"}
    assert office.heard == [(11, (1,))] * 3 + [(11, (2,))]
    assert office.apologies == [(1,)]
    assert office.reports == {Trouble.UPDATE: 1}
    assert clock() - begun < 5


async def test_failures_from_before_a_restart_count():
    office = await done(row(1, "bad", failures=2), ends={"bad": [ValueError("x")] * 9})
    assert office.rows.over == {1: "aside at 77"}
    assert len(office.heard) == 1


async def test_of_a_burst_that_fails_only_the_one_to_blame_is_set_aside():
    rows = [row(1, "fine"), row(2, "bad"), row(3, "also fine")]
    office = await done(*rows, ends={"bad": [ValueError("x")] * 9, "fine\nbad\nalso fine": [ValueError("x")]})
    assert office.rows.over == {1: "done at 77", 2: "aside at 77", 3: "done at 77"}
    assert office.answered == [(1,), (3,)]
    assert office.apologies == [(2,)]


async def test_what_takes_over_a_minute_is_set_aside_at_once():
    begun = clock()
    office = await done(row(1, "stuck"), row(2, "/next"), takes={"stuck": 3600.0})
    assert office.rows.over == {1: "aside at 77", 2: "done at 77"}
    assert office.apologies == [(1,)]
    assert office.reports == {Trouble.UPDATE: 1}
    assert clock() - begun == pytest.approx(MOST_SECONDS, abs=1)


async def test_of_a_burst_that_takes_over_a_minute_each_is_tried_alone():
    office = await done(row(1, "one"), row(2, "two"), takes={"one\ntwo": 3600.0})
    assert office.rows.over == {1: "done at 77", 2: "done at 77"}
    assert office.answered == [(1,), (2,)]
    assert not office.apologies


async def test_an_error_that_only_looks_like_the_minute_is_tried_again():
    office = await done(row(1), ends={"hello": [TimeoutError()]})
    assert office.answered == [(1,)]


async def test_an_update_that_cannot_be_read_is_set_aside_and_the_next_answered():
    broken = Arrived(1, "11", "message", '{"message": {"secret words', at=0)
    nobody = Arrived(
        2, "11", "message", json.dumps({"message": {"chat": {"id": 11}, "text": "secret"}}), at=0
    )
    office = await done(broken, nobody, row(3))
    assert office.rows.over == {1: "aside at 77", 2: "aside at 77", 3: "done at 77"}
    assert office.reports == {Trouble.UPDATE: 2}
    assert not office.apologies


async def test_the_log_names_number_kind_and_place_but_no_words(caplog):
    broken = Arrived(9, "11", "callback_query", "private words", at=0)
    with caplog.at_level(logging.DEBUG):
        await done(row(8, "private words"), broken, ends={"private words": [ValueError("private words")] * 3})
    assert "private" not in caplog.text
    assert "Update 8 (message) failed (3): ValueError" in caplog.text
    assert "in _answer" in caplog.text
    assert "Update 9 (callback_query) cannot be read" in caplog.text


async def test_a_token_that_telegram_does_not_know_keeps_everything_waiting():
    office = Office(ends={"hello": [InvalidToken()]})
    office.workers.take_up([row(1), row(2, "/next"), row(3, chat=12)])
    await office.idle()
    office.workers.take_up([row(4, chat=13)])
    await office.idle()
    assert [type(error) for error in office.refusals] == [InvalidToken]
    assert set(office.rows.over) <= {3}
    assert not office.rows.failures
    assert not office.apologies
    assert not office.reports


# The store


async def test_a_store_that_fails_for_a_while_delays_its_chat_and_repeats_no_answer():
    office = await done(row(1), row(2, "/next"), rows=Rows(down=6))
    assert office.answered == [(1,), (2,)]
    assert office.rows.over == {1: "done at 77", 2: "done at 77"}
    assert office.reports == {Trouble.DATABASE: 6}


async def test_what_must_be_set_aside_is_even_when_the_store_fails_for_a_while():
    office = await done(row(1, "bad"), rows=Rows(down=3), ends={"bad": [ValueError("x")] * 9})
    assert office.rows.over == {1: "aside at 77"}
    assert office.apologies == [(1,)]


# The end


async def test_the_end_lets_finish_what_is_in_hand_and_leaves_the_rest_waiting():
    begun = clock()
    office = Office(takes={"/quick": 2.0, "/stuck": 30.0}, busy={4: clock() + 100})
    office.workers.take_up([row(1, "/quick", chat=1), row(2, "/next", chat=1)])
    office.workers.take_up([row(3, "/stuck", chat=2), row(4, "/next", chat=2)])
    office.workers.take_up([row(5, chat=4)])
    await asyncio.sleep(0.5)
    await office.workers.stop(4.0)
    assert clock() - begun <= 5.0
    office.workers.take_up([row(6, chat=5)])
    await office.idle()
    assert office.rows.over == {1: "done at 77"}
    assert office.answered == [(1,)]
    assert not office.rows.failures
    assert not office.apologies


async def test_the_end_comes_at_once_where_nothing_is_in_hand():
    office, begun = Office(busy={11: clock() + 100}), clock()
    await office.workers.stop(4.0)
    office = Office(busy={11: clock() + 100})
    office.workers.take_up([row(1)])
    await asyncio.sleep(0.1)
    await office.workers.stop(4.0)
    assert clock() - begun == pytest.approx(0.1, abs=0.01)
    assert not office.heard


async def test_the_end_does_not_wait_for_what_cannot_be_stopped_nor_for_a_store_that_fails():
    office = Office(Rows(down=10_000))
    office.workers.take_up([row(1)])

    async def stubborn(_turn, _reply):
        while True:
            try:
                await asyncio.sleep(7)
            except asyncio.CancelledError:
                await asyncio.sleep(7)
                raise

    other = Office()
    other.workers._deliver = stubborn  # noqa: SLF001 - a call that does not let itself be cancelled
    other.workers.take_up([row(2)])
    await asyncio.sleep(1)
    begun = clock()
    await asyncio.gather(office.workers.stop(4.0), other.workers.stop(4.0))
    assert clock() - begun <= 5.0
    await office.idle()


async def test_a_chat_that_was_stopped_may_be_taken_up_by_the_next_start():
    office = Office(usually=30.0)
    office.workers.take_up([row(1)])
    await asyncio.sleep(1)
    await office.workers.stop(1.0)
    assert not office.rows.over
    after = await done(row(1))
    assert after.answered == [(1,)]


async def test_nothing_is_kept_of_chats_that_are_served():
    office = await done(*(row(number, chat=number) for number in range(1, 200)))
    assert not office.workers._waiting  # noqa: SLF001 - what would leak
    assert not office.workers._tasks  # noqa: SLF001
    assert not office.workers._resting  # noqa: SLF001


# Many at once


async def test_thousands_that_wait_for_a_place_are_not_set_aside():
    office = await done(*(row(number, chat=number) for number in range(1, 901)), usually=0.9)
    assert len(office.sent) == 900
    assert clock() > MOST_SECONDS
    assert not office.reports


async def test_what_hangs_gives_its_place_to_others():
    office = Office(takes={"hang": 3600.0})
    hanging = [row(number, "hang", chat=number) for number in range(1, 4 * AT_ONCE + 1)]
    office.workers.take_up([*hanging, row(100, chat=100)])
    await asyncio.sleep(5 * SLOW_SECONDS)
    assert office.answered == [(100,)]
    await office.idle()


async def test_a_burst_of_whose_answer_a_part_was_sent_is_not_taken_apart():
    office = Office(ends={"a\nb": [ValueError("x")]})
    office.begun.add((1, 2))
    office.workers.take_up([row(1, "a"), row(2, "b"), row(3, "/help")])
    await office.idle()
    assert office.rows.over == {1: "aside at 77", 2: "aside at 77", 3: "done at 77"}
    assert office.answered == [(3,)]
