"""Who was silent for two years is told, by day, and forgotten a month later."""

from __future__ import annotations

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TimedOut

from bot.domain.journey import Act
from bot.storage.database import Database
from bot.storage.journeys import Journeys
from bot.storage.lapse import NOTICE_SECONDS, SILENT_SECONDS, Lapses
from bot.telegram.lapsing import SENDING_SECONDS, Lapsing
from bot.telegram.transport import NotSentError
from bot.telegram.unasked import Sender
from bot.texts.catalogue import load_catalogues
from tests.telegram.fakes import clock

COLOMBO = ZoneInfo("Asia/Colombo")
NOON = int(datetime(2028, 6, 1, 12, tzinfo=COLOMBO).timestamp())
HOUR = 3600


class Telegram:
    """Notes who is sent what; each call ends as told."""

    def __init__(self, *ends):
        self.sent = []
        self._ends = list(ends)

    async def send_message(self, chat_id, text, *, reply_markup, rate_limit_args, **_):
        assert rate_limit_args.until == pytest.approx(clock() + SENDING_SECONDS)
        end = self._ends.pop(0) if self._ends else None
        self.sent.append((chat_id, text, [row[0] for row in reply_markup.inline_keyboard]))
        if end:
            raise end

    @property
    def told(self):
        return [chat for chat, _, _ in self.sent]


class Silent:
    """Students who are due, in memory."""

    def __init__(self, *students):
        self.students = list(students)
        self.noted = []

    async def due(self, _at):
        return self.students

    async def over(self, _at):
        return []

    async def warned(self, student, _at):
        self.noted.append(student)


@pytest.fixture
async def database(tmp_path):
    opened = await Database.open(f"sqlite:///{tmp_path / 'bot.db'}")
    yield opened
    await opened.close()


@pytest.fixture
def journeys(database):
    return Journeys(database, COLOMBO)


async def kept(journeys, *students, at=NOON - SILENT_SECONDS - HOUR):
    for student in students:
        await journeys.change(student, f"{student}-1", at, "button", lambda _: (Act("kept"),))


def lapsing(telegram, lapses, at=NOON):
    return Lapsing(
        sender=Sender(telegram, "Career_Bot"),
        lapses=lapses,
        texts=load_catalogues(),
        zone=COLOMBO,
        now=lambda: at,
    )


async def test_the_silent_are_told_once_with_two_buttons_and_others_are_not(database, journeys):
    await kept(journeys, "1001", "1002")
    await kept(journeys, "1003", at=NOON - SILENT_SECONDS + HOUR)
    telegram, lapses = Telegram(), Lapses(database)
    for _ in range(2):
        await lapsing(telegram, lapses).look()
    assert telegram.told == [1001, 1002]
    _, text, buttons = telegram.sent[0]
    assert "30 days" in text
    assert [one.text for one in buttons] == ["Keep it", "Erase it now"]
    assert buttons[1].callback_data == "1:forget::yes"


async def test_a_month_later_the_silent_are_forgotten_without_a_word_and_who_spoke_is_kept(
    database, journeys, caplog
):
    caplog.set_level(logging.INFO)
    await kept(journeys, "10011001", "10021002")
    telegram, lapses = Telegram(), Lapses(database)
    await lapsing(telegram, lapses).look()
    await journeys.seen("10021002", NOON + HOUR)
    await lapsing(telegram, lapses, NOON + NOTICE_SECONDS - 1).look()
    assert await journeys.events("10011001")
    await lapsing(telegram, lapses, NOON + NOTICE_SECONDS).look()
    assert await journeys.everything("10011001") == {}
    assert await journeys.events("10021002")
    assert len(telegram.sent) == 2
    assert "1001" not in caplog.text


@pytest.mark.parametrize(("hour", "told"), [(0, 0), (5, 0), (6, 1), (20, 1), (21, 0), (23, 0)])
async def test_nobody_is_told_in_the_night(database, journeys, hour, told):
    await kept(journeys, "1001", at=NOON - SILENT_SECONDS - 24 * HOUR)
    telegram, lapses = Telegram(), Lapses(database)
    at = NOON + (hour - 12) * HOUR
    await lapsing(telegram, lapses, at).look()
    assert len(telegram.sent) == told
    assert bool(await lapses.due(at)) == (not told)


@pytest.mark.parametrize(
    "end",
    [Forbidden("bot was blocked by the user"), BadRequest("Chat not found"), ChatMigrated(-100), TimedOut()],
)
async def test_who_cannot_be_reached_counts_as_told(database, journeys, end):
    await kept(journeys, "1001", "1002")
    telegram, lapses = Telegram(end), Lapses(database)
    await lapsing(telegram, lapses).look()
    assert telegram.told == [1001, 1002]
    assert await lapses.due(NOON) == []


async def test_a_terminal_and_a_group_are_written_nothing_and_never_erased(database, journeys):
    await kept(journeys, "terminal", "-1001234", "๑๒๓")
    telegram, lapses = Telegram(), Lapses(database)
    for at in (NOON, NOON + NOTICE_SECONDS, NOON + 2 * SILENT_SECONDS):
        await lapsing(telegram, lapses, at).look()
    assert telegram.sent == []
    assert len(await journeys.events("terminal")) == 1


async def test_a_message_that_telegram_refuses_as_wrong_leaves_the_student_untold_and_goes_on(
    database, journeys, caplog
):
    await kept(journeys, "10011001", "10021002")
    telegram, lapses = Telegram(BadRequest("BUTTON_DATA_INVALID")), Lapses(database)
    await lapsing(telegram, lapses).look()
    assert await lapses.due(NOON) == ["10011001"]
    assert "BUTTON_DATA_INVALID" in caplog.text
    assert "1001" not in caplog.text


@pytest.mark.parametrize("end", [InvalidToken(), NotSentError("nobody waits for it any more")])
async def test_while_nothing_can_be_sent_nobody_counts_as_told(end):
    telegram, silent = Telegram(None, end), Silent("1001", "1002", "1003")
    await lapsing(telegram, silent).look()
    assert silent.noted == ["1001"]
    assert telegram.told == [1001, 1002]
