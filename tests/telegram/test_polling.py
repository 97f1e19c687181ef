"""Updates are stored before they are confirmed, and none is taken up twice."""

import asyncio
import logging
import shutil
from collections import Counter
from itertools import pairwise

import pytest
from telegram.error import (
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.domain.inbox import KEPT_KNOWN
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database
from bot.storage.inbox import Inbox
from bot.telegram.alerts import Trouble
from bot.telegram.polling import Poller
from bot.telegram.transport import NotSentError
from tests.telegram.fakes import ME, Rows, clock, raw

AT = 1_800_000_000
FOREIGN_WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
SECOND_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


class Telegram:
    """Gives out what it was told to, one thing a request, then says that it does not know the bot.

    What is given out is a list of updates, an error, or the seconds to be silent for.
    """

    def __init__(self, *given):
        self.given = list(given)
        self.asked = []
        self.deleted = 0

    async def raw_updates(self, offset, seconds):
        assert 0 < seconds <= 50
        self.asked.append((offset, clock()))
        await asyncio.sleep(0)
        if not self.given:
            raise InvalidToken
        one = self.given.pop(0)
        if isinstance(one, Exception):
            raise one
        if isinstance(one, float):
            await asyncio.sleep(one)
            return []
        return one

    async def delete_webhook(self):
        self.deleted += 1
        await asyncio.sleep(0)

    @property
    def offsets(self):
        return [offset for offset, _ in self.asked]

    @property
    def pauses(self):
        times = [at for _, at in self.asked]
        return [after - before for before, after in pairwise(times)]


class Desk:
    """Everything a poller hands things to, in the order it does."""

    def __init__(self, telegram, rows=None, now=None):
        self.telegram = telegram
        self.rows = rows if rows is not None else Rows()
        self.log = []
        self.told = []
        self.reports = Counter()
        self.poller = Poller(
            bot=telegram,
            inbox=self.rows,
            me=ME,
            take_up=lambda rows: self.log.extend(("row", one.update_id) for one in rows),
            expect=lambda query, _chat: self.log.append(("press", query)),
            inline=lambda asked: self.log.append(("inline", asked.query_id)),
            unsaved=lambda rows: self.told.append([one.update_id for one in rows]),
            saved=lambda: self.told.append("saved"),
            report=lambda trouble: self.reports.update([trouble]),
            now=now or (lambda: AT),
        )

    async def run(self):
        with pytest.raises(InvalidToken):
            await self.poller.run()
        return self


async def polled(*given, **more):
    return await Desk(Telegram(*given), **more).run()


def press(number, query="p1"):
    below = raw(number)["message"]
    sender = below["from"]
    return {
        "update_id": number,
        "callback_query": {"id": query, "from": sender, "message": below, "data": "x"},
    }


def foreign_press(number, query="p2"):
    return {
        "update_id": number,
        "callback_query": {"id": query, "from": {"id": 11}, "inline_message_id": "i"},
    }


def inline(number, query="i1"):
    return {
        "update_id": number,
        "inline_query": {"id": query, "from": {"id": 11}, "query": "pay", "offset": ""},
    }


def unaddressed(number):
    update = raw(number, "private words of a group")
    update["message"]["chat"] = {"id": -1001, "type": "supergroup"}
    return update


# Storing and confirming


@pytest.mark.looptime
async def test_updates_are_confirmed_only_after_they_were_stored():
    desk = await polled([raw(5), raw(6)], [raw(7)], [])
    assert desk.telegram.offsets == [0, 7, 8, 8]
    assert desk.log == [("row", 5), ("row", 6), ("row", 7)]


@pytest.mark.looptime
async def test_while_the_store_fails_the_same_updates_are_asked_for_and_nothing_is_lost():
    batch = [raw(5), press(6), inline(7)]
    desk = await polled(batch, batch, batch, rows=Rows(down=2))
    assert desk.telegram.offsets == [0, 0, 0, 8]
    assert desk.log == [("press", "p1"), ("inline", "i1"), ("row", 5), ("row", 6)]
    assert desk.reports == {Trouble.DATABASE: 2}
    assert min(desk.telegram.pauses[:2]) > 0


@pytest.mark.looptime
async def test_students_are_told_of_all_that_is_not_stored_until_it_is():
    batch = [raw(5), inline(6), unaddressed(7), press(8)]
    desk = await polled(batch, batch, batch, [raw(9)], rows=Rows(down=2))
    assert desk.told == [[5, 8], [5, 8], "saved"]


@pytest.mark.looptime
async def test_an_answer_without_anything_to_store_does_not_end_the_trouble():
    batch = [raw(5)]
    desk = await polled(batch, [inline(4)], [], batch, batch, rows=Rows(down=2))
    assert desk.told == [[5], [5], "saved"]


@pytest.mark.looptime
async def test_no_message_is_taken_up_before_it_is_stored_but_waiting_phones_need_no_store():
    taken = []

    class Slow(Rows):
        async def put(self, arrived):
            taken.append(list(desk.log))
            await asyncio.sleep(5)
            return await super().put(arrived)

    desk = Desk(Telegram([raw(5), press(6), inline(7)]), Slow())
    await desk.run()
    assert taken == [[("press", "p1"), ("inline", "i1")]]
    assert len(desk.log) == 4


@pytest.mark.looptime
async def test_what_telegram_delivers_three_times_is_taken_up_once():
    batch = [raw(5), press(6), inline(7), foreign_press(8)]
    desk = await polled(batch, batch, batch)
    assert sorted(desk.log) == [("inline", "i1"), ("press", "p1"), ("press", "p2"), ("row", 5), ("row", 6)]


@pytest.mark.looptime
async def test_what_is_not_for_the_bot_and_what_is_typed_elsewhere_is_confirmed_but_never_stored():
    desk = await polled([unaddressed(5), inline(6), foreign_press(7), {"update_id": 8, "poll": {}}])
    assert desk.rows.kept == {}
    assert desk.telegram.offsets == [0, 9]
    assert desk.log == [("inline", "i1"), ("press", "p2")]


@pytest.mark.looptime
@pytest.mark.parametrize(
    "odd", [{}, {"update_id": None}, {"update_id": "7"}, {"message": {}}, {"update_id": 4}]
)
async def test_odd_updates_stop_nothing(odd):
    desk = await polled([odd, raw(5)])
    assert desk.log == [("row", 5)]
    assert desk.telegram.offsets == [0, 6]


@pytest.mark.looptime
async def test_after_two_days_of_silence_numbers_may_begin_anew_and_lower():
    telegram = Telegram([raw(900)], [], [], [], [raw(3)], [])
    # Twenty hours pass with each request.
    desk = await Desk(telegram, now=lambda: AT + 20 * 3600 * len(telegram.asked)).run()
    assert 2 * 20 * 3600 < KEPT_KNOWN < 3 * 20 * 3600
    assert desk.telegram.offsets == [0, 901, 901, 901, 0, 4, 4]
    assert desk.log == [("row", 900), ("row", 3)]


# Failures


@pytest.mark.looptime
async def test_an_unknown_token_ends_the_polling():
    desk = await polled()
    assert desk.telegram.offsets == [0]
    assert not desk.reports


@pytest.mark.looptime
@pytest.mark.parametrize(
    "error",
    [NotSentError("no"), TimedOut(), NetworkError("Bad Gateway"), TelegramError("odd"), Forbidden("odd")],
)
async def test_failures_are_followed_by_growing_pauses_and_told_after_half_a_minute(error, caplog):
    with caplog.at_level(logging.INFO):
        desk = await polled(*[error] * 8, [raw(5)], error)
    pauses = desk.telegram.pauses
    assert pauses[:8] == sorted(pauses[:8])
    assert 0 < pauses[0] < 1
    assert max(pauses) <= 10
    assert desk.reports == {Trouble.POLLING: 3}
    assert desk.telegram.offsets == [0] * 9 + [6] * 2
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO", "WARNING"]


@pytest.mark.looptime
async def test_a_pause_that_telegram_asks_for_is_kept():
    desk = await polled(RetryAfter(33), [raw(5)])
    assert desk.telegram.pauses[0] >= 33


@pytest.mark.looptime
async def test_an_error_that_nobody_thought_of_is_no_end_and_says_no_word(caplog):
    desk = await polled(KeyError("what a student wrote"), [raw(5)])
    assert desk.log == [("row", 5)]
    assert "student" not in caplog.text
    assert "KeyError" in caplog.text


@pytest.mark.looptime
async def test_a_webhook_is_removed():
    desk = await polled(Conflict(FOREIGN_WEBHOOK), [raw(5)])
    assert desk.telegram.deleted == 1
    assert desk.log == [("row", 5)]


@pytest.mark.looptime
@pytest.mark.parametrize("before", [[], [NotSentError("no"), TimedOut()]])
async def test_a_second_poller_is_named_once_and_told_and_the_webhook_left_alone(before, caplog):
    desk = await polled(*before, *[Conflict(SECOND_POLLER)] * 3, [raw(5)])
    assert desk.telegram.deleted == 0
    assert desk.reports == {Trouble.POLLING: 3}
    assert sum("Another program" in record.message for record in caplog.records) == 1
    assert desk.log == [("row", 5)]


@pytest.mark.looptime
async def test_a_request_that_never_returns_is_made_anew_within_a_minute():
    desk = await polled(86_400.0, [raw(5)])
    assert desk.telegram.pauses[0] < 60
    assert desk.log == [("row", 5)]


@pytest.mark.looptime
async def test_polling_can_be_stopped_at_any_time():
    desk = Desk(Telegram(3600.0))
    task = asyncio.create_task(desk.poller.run())
    await asyncio.sleep(3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# On a real database


async def test_on_a_real_database_each_update_waits_once_over_restarts(tmp_path):
    address = f"sqlite:///{tmp_path / 'bot.db'}"
    batch = [raw(5), press(6), unaddressed(7), inline(8)]
    log = []
    for _ in range(2):
        database = await Database.open(address)
        desk = await polled(batch, batch, rows=Inbox(database))
        waiting = [one.update_id for one in await Inbox(database).waiting()]
        await Bookkeeping(database).note("seen", 1)
        await database.close()
        log += [one for one in desk.log if one[0] == "row"]
        assert waiting == [5, 6]
    assert log == [("row", 5), ("row", 6)]
    assert b"private words" not in (tmp_path / "bot.db").read_bytes()
    shutil.rmtree(tmp_path)
