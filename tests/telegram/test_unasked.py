"""What students did not ask for just then goes through the outbox, and how it went is told in one word."""

from __future__ import annotations

import asyncio
import logging

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.domain.nudging import LEASE_SECONDS, Prepared
from bot.domain.reply import Block, Button, Message, Press, blocks_of
from bot.scheduling.heartbeat import CALL_SECONDS, IN_FLIGHT, Heartbeat
from bot.telegram.outbox import Outbox, Unasked
from bot.telegram.transport import READ_SECONDS, NotSentError
from bot.telegram.unasked import TO_ONE_ADDRESS_SECONDS, Sender
from tests.scheduling.rows import HOUR, Rows, Wall, all_to_send
from tests.telegram.fakes import clock
from tests.telegram.test_outbox import most_within

pytestmark = pytest.mark.looptime

WORDS = "nilanthi, write a loop"
NUDGE = Message(blocks_of(WORDS), ((Button("Done", Press("tick", "234567")),),))


class Telegram:
    """A bot over a real outbox, whose calls take `seconds`; notes what was sent. `ends` are the errors of the
    first calls, or a function that makes the error of a call to a chat, if any."""

    def __init__(self, *ends, seconds=0.0, ending=None):
        self.outbox = Outbox()
        self.sent = []
        self.made = []
        self._ends = list(ends)
        self._ending = ending or (lambda _chat: self._ends.pop(0) if self._ends else None)
        self._seconds = seconds

    async def send_message(self, chat_id, text, *, rate_limit_args, **more):
        assert isinstance(rate_limit_args, Unasked)
        await self.call(chat_id, text, rate_limit_args, more)

    async def call(self, chat, text, urgency=None, more=()):
        data = {"chat_id": chat}
        return await self.outbox.process_request(
            self._go, (chat, text, more), {}, "sendMessage", data, urgency
        )

    async def _go(self, chat, text, more):
        self.made.append((clock(), chat))
        await asyncio.sleep(self._seconds)
        error = self._ending(chat)
        if error:
            raise error
        self.sent.append((chat, text, more))
        return {}


def sender(telegram):
    return Sender(telegram, "Career_Bot")


async def test_a_nudge_is_sent_as_html_with_its_buttons_and_without_a_preview():
    telegram = Telegram()
    nudge = Message((Block("title", "1 < 2"), Block("link", "cs50", "https://cs50.example")), NUDGE.buttons)
    assert await sender(telegram).send("1001", nudge, 25) == "sent"
    [(chat, text, more)] = telegram.sent
    assert (chat, text) == (1001, '<b>1 &lt; 2</b>\n\n<a href="https://cs50.example">cs50</a>')
    assert more["parse_mode"] == "HTML"
    assert more["link_preview_options"].is_disabled
    assert more["reply_markup"].inline_keyboard[0][0].callback_data == "1:tick:234567"


async def test_of_a_long_message_the_last_page_has_the_buttons_and_the_first_tells_how_it_went():
    long = Message(tuple(Block("text", "word " * 700) for _ in range(3)), NUDGE.buttons)
    telegram = Telegram(None, TimedOut())
    assert await sender(telegram).send("1001", long, 25) == "sent"
    keyboards = [more["reply_markup"] for _, _, more in telegram.sent]
    assert len(telegram.made) == 3
    assert [one is not None for one in keyboards] == [False, True]

    telegram = Telegram(Forbidden("blocked"))
    assert await sender(telegram).send("1001", long, 25) == "blocked"
    assert len(telegram.made) == 1


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (Forbidden("bot was blocked by the user"), "blocked"),
        (Forbidden("user is deactivated"), "blocked"),
        (BadRequest("Chat not found"), "blocked"),
        (ChatMigrated(-100), "blocked"),
        (BadRequest("BUTTON_DATA_INVALID"), "failed"),
        (Conflict("something new"), "failed"),
        (InvalidToken(), "not-sent"),
        (TimedOut(), "unknown"),
        (NetworkError("Bad Gateway"), "unknown"),
    ],
)
async def test_each_end_of_a_call_is_told_in_one_word_and_none_is_made_again(error, fate, caplog):
    telegram = Telegram(error)
    with caplog.at_level(logging.DEBUG):
        assert await sender(telegram).send("10011001", NUDGE, 25) == fate
    assert len(telegram.made) == 1
    assert "1001" not in caplog.text
    assert "nilanthi" not in caplog.text


@pytest.mark.parametrize("error", [NotSentError("no"), RetryAfter(7)])
async def test_what_surely_was_not_sent_is_sent_when_it_can_be_or_not_at_all(error):
    telegram = Telegram(error)
    assert await sender(telegram).send("1001", NUDGE, 25) == "sent"
    begun, telegram = clock(), Telegram(*[error] * 99)
    assert await sender(telegram).send("1001", NUDGE, 25) == "not-sent"
    assert clock() - begun <= 25


@pytest.mark.parametrize("student", ["terminal", "-1001234", "", "๑๒๓", "12a"])
async def test_who_is_not_on_telegram_is_sent_nothing(student):
    telegram = Telegram()
    assert await sender(telegram).send(student, NUDGE, 25) == "blocked"
    assert telegram.made == []


@pytest.mark.parametrize(
    "broken",
    [
        Message(()),
        Message((Block("text", "\u2060"),)),
        Message(NUDGE.blocks, ((Button("Done", Press("tick", "too long" * 20)),),)),
    ],
)
async def test_a_message_that_cannot_be_made_is_told_as_failed_without_its_words(broken, caplog):
    telegram = Telegram()
    assert await sender(telegram).send("1001", broken, 25) == "failed"
    assert telegram.made == []
    assert "nilanthi" not in caplog.text


async def test_being_told_to_stop_ends_the_waiting():
    sending = asyncio.create_task(sender(Telegram(RetryAfter(20))).send("1001", NUDGE, 25))
    await asyncio.sleep(1)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending


def test_a_call_to_either_address_of_telegram_s_fits_into_the_time_that_a_nudge_is_left_to_a_process():
    assert 2 * TO_ONE_ADDRESS_SECONDS + READ_SECONDS <= CALL_SECONDS < LEASE_SECONDS


# The heartbeat over the outbox


async def beats(rows, telegram, seconds, *, prepare=all_to_send):
    heart = Heartbeat(nudges=rows, prepare=prepare, sender=sender(telegram), now=Wall(), by="one")
    task = asyncio.create_task(heart.run())
    try:
        async with asyncio.timeout(seconds):
            while rows.waiting:  # noqa: ASYNC110 - rows give no event
                await asyncio.sleep(seconds / 1_000)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await telegram.outbox.shutdown()


async def test_nudges_use_nearly_all_of_telegram_s_limit_and_never_more():
    rows, telegram, begun = Rows(1_000, seconds=0.005), Telegram(seconds=0.1), clock()
    await beats(rows, telegram, 60)
    times = [at for at, _ in telegram.made]
    assert most_within(1.0, times) <= 30
    assert (999 / 28.5) / (times[-1] - times[0]) >= 0.99
    assert times[0] - begun < 0.1


async def test_a_live_question_is_answered_at_once_while_hundreds_are_due():
    rows, telegram = Rows(800, seconds=0.005), Telegram(seconds=0.1)

    async def asks():
        waited = []
        for number in range(40):
            await asyncio.sleep(0.5)
            asked = clock()
            await telegram.call(5_000_000 + number, "an answer")
            waited.append(clock() - asked)
        return waited

    asking = asyncio.create_task(asks())
    await beats(rows, telegram, 60)
    assert max(await asking) < 0.3
    assert len(rows.waiting) == 0


async def test_a_storm_of_refusals_delays_nudges_and_neither_loses_nor_doubles_any():
    """Every third call is told to wait for some seconds, for two minutes."""
    calm, number = clock() + 120, 0

    def ending(_chat):
        nonlocal number
        number += 1
        return RetryAfter(4) if clock() < calm and number % 3 else None

    rows, telegram = Rows(600), Telegram(seconds=0.05, ending=ending)
    await beats(rows, telegram, 400)
    told = [chat for chat, _, _ in telegram.sent]
    assert rows.endings == {"sent": 600}
    assert len(told) == len(set(told)) == 600


async def test_an_hour_without_network_loses_no_nudge():
    back = clock() + HOUR
    telegram = Telegram(ending=lambda _chat: NotSentError("no") if clock() < back else None)
    rows = Rows(100)
    await beats(rows, telegram, HOUR + 200)
    assert len(telegram.made) < 1_000
    assert rows.endings == {"sent": 100}


async def test_an_hour_of_bad_gateways_loses_few_nudges():
    back = clock() + HOUR
    telegram = Telegram(ending=lambda _chat: NetworkError("Bad Gateway") if clock() < back else None)
    rows = Rows(300)
    await beats(rows, telegram, HOUR + 200)
    assert rows.endings["unknown"] <= IN_FLIGHT + HOUR / 60 + 5
    assert rows.endings["sent"] == 300 - rows.endings["unknown"] == len(telegram.sent)


async def test_one_who_blocked_the_bot_and_one_refused_keep_nobody_else_waiting():
    errors = {1003: Forbidden("blocked"), 1007: BadRequest("BUTTON_DATA_INVALID")}
    telegram = Telegram(seconds=0.05, ending=errors.get)
    rows = Rows(100)
    await beats(rows, telegram, 6)
    assert rows.endings == {"sent": 98, "blocked": 1, "failed": 1}


async def test_nothing_goes_out_at_night_that_waited_for_its_place_in_the_outbox():
    begun = clock()

    async def prepare(_claimed, at):
        night = 1_800_000_000 + 5
        return Prepared("sent", NUDGE, night) if at < night else Prepared("quiet")

    rows, telegram = Rows(400), Telegram(seconds=0.05)
    await beats(rows, telegram, 60, prepare=prepare)
    assert max(at for at, _ in telegram.made) <= begun + 5
    assert rows.endings["sent"] == len(telegram.sent) > 100
    assert rows.endings["quiet"] == 400 - len(telegram.sent)
