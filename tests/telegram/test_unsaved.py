"""While nothing can be stored everybody is told, once, and nobody's phone is left turning."""

import asyncio
import json
from dataclasses import replace

import pytest
from telegram.error import BadRequest, Forbidden, TimedOut

from bot.telegram.callbacks import PATIENCE_SECONDS, Callbacks
from bot.telegram.unsaved import MOST_A_MINUTE, Unsaved
from tests.telegram.fakes import CLUB, STUDENT, Keys, clock, raw, row

pytestmark = pytest.mark.looptime

LINE, TOAST = "not-saved-yet en", "not-saved-toast en"


class Phone:
    """Notes which chats get a line and which presses get a toast, and when."""

    def __init__(self, takes=0.0, ends=None, late=None):
        self.lines, self.toasts, self.at = [], [], []
        self._takes, self._ends, self._late = takes, ends, late

    async def send_message(self, chat_id, text, **_):
        await asyncio.sleep(self._takes)
        self.lines.append((chat_id, text))
        self.at.append(clock())
        if self._ends:
            raise self._ends

    async def answer_callback_query(self, query_id, text=None):
        await asyncio.sleep(0)
        self.toasts.append((query_id, text))
        if self._late:
            raise self._late


def unsaved(phone, callbacks=None):
    return Unsaved(phone, callbacks or Callbacks(phone), Keys())


def press(number, query="q1", chat=STUDENT):
    below = raw(number, chat=chat)["message"]
    query = {"id": query, "from": below["from"], "message": below, "data": "x"}
    payload = json.dumps({"update_id": number, "callback_query": query})
    return replace(row(number, chat=chat), kind="callback_query", payload=payload)


async def test_a_chat_is_told_once_however_often_storing_fails_and_whatever_comes():
    phone = Phone()
    notices = unsaved(phone)
    for count in range(1, 5):
        notices.tell([row(number) for number in range(1, count + 1)])
        await asyncio.sleep(1)
    assert phone.lines == [(STUDENT, LINE)]


async def test_the_next_stretch_of_trouble_is_told_again():
    phone = Phone()
    notices = unsaved(phone)
    for _ in range(2):
        notices.tell([row(1), press(2)])
        await asyncio.sleep(1)
        notices.over()
    assert phone.lines == [(STUDENT, LINE)] * 2


async def test_a_press_gets_a_toast_once_and_no_line():
    phone = Phone()
    callbacks = Callbacks(phone)
    notices = unsaved(phone, callbacks)
    callbacks.expect("q1", str(STUDENT))
    for _ in range(3):
        notices.tell([press(1)])
        await asyncio.sleep(1)
    assert phone.toasts == [("q1", TOAST)]
    assert phone.lines == []


@pytest.mark.parametrize("late", [None, BadRequest("query is too old")])
async def test_where_the_toast_comes_too_late_the_chat_gets_a_line(late):
    phone = Phone(late=late)
    callbacks = Callbacks(phone)
    notices = unsaved(phone, callbacks)
    callbacks.expect("q1", str(STUDENT))
    if not late:
        # A locked database refuses only after seconds.
        await asyncio.sleep(PATIENCE_SECONDS + 1)
    notices.tell([press(1)])
    await asyncio.sleep(1)
    assert phone.lines == [(STUDENT, LINE)]


async def test_groups_get_no_line_but_their_presses_a_toast():
    phone = Phone()
    notices = unsaved(phone)
    notices.tell([row(1, chat=CLUB), press(2, chat=CLUB)])
    await asyncio.sleep(1)
    assert phone.lines == []
    assert phone.toasts == [("q1", TOAST)]


async def test_no_more_than_fifty_chats_are_told_in_any_minute_and_the_others_later():
    phone = Phone()
    notices = unsaved(phone)
    for _ in range(60):
        notices.tell([row(number, chat=number) for number in range(1, 101)])
        await asyncio.sleep(5)
    assert sorted(chat for chat, _ in phone.lines) == list(range(1, 101))
    busiest = max(sum(begin <= at < begin + 60 for at in phone.at) for begin in phone.at)
    assert 25 <= busiest <= MOST_A_MINUTE


async def test_a_class_is_told_at_once():
    phone = Phone()
    unsaved(phone).tell([row(number, chat=number) for number in range(1, 26)])
    await asyncio.sleep(0.1)
    assert len(phone.lines) == 25


async def test_a_line_that_has_not_gone_out_when_it_is_over_never_does():
    phone = Phone(takes=10.0)
    notices = unsaved(phone)
    notices.tell([row(1)])
    await asyncio.sleep(1)
    notices.over()
    await asyncio.sleep(60)
    assert phone.lines == []


@pytest.mark.parametrize("error", [Forbidden("bot was blocked"), TimedOut(), BadRequest("chat not found")])
async def test_a_chat_that_cannot_be_told_stops_nothing(error, caplog):
    phone = Phone(ends=error)
    notices = unsaved(phone)
    notices.tell([row(1), row(2, chat=12)])
    await asyncio.sleep(1)
    assert [chat for chat, _ in phone.lines] == [STUDENT, 12]
    assert "hello" not in caplog.text


async def test_the_end_lets_go_of_what_has_not_been_said():
    phone = Phone(takes=100.0)
    notices, begun = unsaved(phone), clock()
    notices.tell([row(1), press(2)])
    await asyncio.sleep(1)
    await notices.stop()
    assert clock() - begun < 1.1
    assert asyncio.all_tasks() == {asyncio.current_task()}
