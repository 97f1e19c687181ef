"""The operator hears of trouble, once an hour at most."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest, Forbidden, TimedOut

from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database
from bot.telegram.alerts import PAUSE_SECONDS, Alerts, Trouble
from bot.telegram.outbox import Priority
from bot.texts.catalogue import load_catalogues
from tests.telegram.fakes import Keys, clock

AT = 1_800_000_000


class Telegram:
    """Notes what operators are sent; a call takes a while or ends with an error."""

    def __init__(self, *ends, takes=0.0):
        self.sent = []
        self._ends = list(ends)
        self._takes = takes

    async def send_message(self, chat_id, text, *, parse_mode, rate_limit_args):
        assert (parse_mode, rate_limit_args) == ("HTML", Priority.UNASKED)
        await asyncio.sleep(self._takes)
        self.sent.append((chat_id, text, clock()))
        if self._ends and (error := self._ends.pop(0)):
            raise error

    @property
    def texts(self):
        return [text for _, text, _ in self.sent]

    @property
    def times(self):
        return [at for _, _, at in self.sent]


class Notebook:
    """Bookkeeping in memory; a broken one takes nothing."""

    def __init__(self, *, broken=False):
        self.kept = {}
        self.broken = broken

    async def recall(self, name):
        self._work()
        return self.kept.get(name)

    async def note(self, name, value):
        self._work()
        self.kept[name] = value

    def _work(self):
        if self.broken:
            message = "disk full"
            raise OSError(message)


def now():
    return AT + int(clock())


class Running:
    """The alerts of a bot that runs inside the `async with`."""

    def __init__(self, telegram, notebook=None, admins=(1,), texts=None):
        self.alerts = Alerts(admins, texts or Keys(), notebook or Notebook(), now)
        self._telegram = telegram

    async def __aenter__(self):
        self._task = asyncio.create_task(self.alerts.run(self._telegram))
        return self.alerts.report

    async def __aexit__(self, *_):
        assert not self._task.done()
        self._task.cancel()
        await asyncio.wait([self._task])


@pytest.mark.looptime
async def test_a_first_trouble_is_told_at_once_to_every_operator():
    telegram, begun = Telegram(), clock()
    async with Running(telegram, admins=(1, 2)) as report:
        report(Trouble.DISK)
        await asyncio.sleep(10)
    assert [(admin, text) for admin, text, _ in telegram.sent] == [
        (1, "operator-alert en\noperator-disk en count=1"),
        (2, "operator-alert en\noperator-disk en count=1"),
    ]
    assert telegram.times == [begun, begun]


@pytest.mark.looptime
async def test_all_that_follows_comes_as_one_message_an_hour_later_with_its_counts():
    telegram, begun = Telegram(), clock()
    async with Running(telegram) as report:
        report(Trouble.POLLING)
        await asyncio.sleep(60)
        for _ in range(40):
            report(Trouble.POLLING)
            report(Trouble.UPDATE)
            await asyncio.sleep(1)
        report(Trouble.DATABASE)
        await asyncio.sleep(3 * PAUSE_SECONDS)
    [_, *later] = telegram.texts
    counts = ["operator-polling en count=40", "operator-database en count=1", "operator-update en count=40"]
    assert [text.splitlines() for text in later] == [["operator-alert en", *counts]]
    assert telegram.times[1] - begun == pytest.approx(PAUSE_SECONDS, abs=1)


@pytest.mark.looptime
@given(
    troubles=st.lists(
        st.tuples(st.sampled_from([0, 1, 600, 3599, 3601, 9000]), st.sampled_from(Trouble), st.booleans()),
        max_size=25,
    )
)
@settings(max_examples=25, deadline=None)
async def test_no_hour_sees_two_messages_whatever_fails_and_however_often_the_bot_restarts(troubles):
    telegram, notebook = Telegram(), Notebook()
    running = Running(telegram, notebook)
    report = await running.__aenter__()
    for gap, trouble, restart in troubles:
        await asyncio.sleep(gap)
        if restart:
            await running.__aexit__()
            running = Running(telegram, notebook)
            report = await running.__aenter__()
        report(trouble)
        await asyncio.sleep(0.1)
    await asyncio.sleep(2 * PAUSE_SECONDS)
    await running.__aexit__()
    # Whole seconds are what the clock gives.
    pauses = [after - before for before, after in pairwise(telegram.times)]
    assert all(pause >= PAUSE_SECONDS - 1 for pause in pauses)
    assert bool(telegram.sent) == bool(troubles)


@pytest.mark.looptime
async def test_a_message_that_waited_long_for_telegram_counts_from_when_it_went_out():
    telegram, notebook = Telegram(takes=3000.0), Notebook()
    async with Running(telegram, notebook) as report:
        report(Trouble.POLLING)
        await asyncio.sleep(60)
        report(Trouble.POLLING)
        await asyncio.sleep(10_000)
    assert len(telegram.times) == 2
    assert telegram.times[1] - telegram.times[0] >= PAUSE_SECONDS
    assert notebook.kept["operator-alert"] >= AT + int(telegram.times[1])


@pytest.mark.looptime
@pytest.mark.parametrize(
    "error", [Forbidden("bot can't initiate conversation"), BadRequest("chat not found"), TimedOut()]
)
async def test_an_operator_who_never_pressed_start_keeps_nobody_else_from_being_told(error, caplog):
    telegram = Telegram(error)
    async with Running(telegram, admins=(1, 2)) as report:
        report(Trouble.DISK)
        await asyncio.sleep(PAUSE_SECONDS * 2)
        report(Trouble.DISK)
        await asyncio.sleep(1)
    assert [admin for admin, _, _ in telegram.sent] == [1, 2, 1, 2]
    assert "ADMIN_IDS" in caplog.text


@pytest.mark.looptime
async def test_with_a_store_that_fails_the_hour_is_kept_all_the_same():
    telegram = Telegram()
    async with Running(telegram, Notebook(broken=True)) as report:
        for _ in range(10):
            report(Trouble.DATABASE)
            await asyncio.sleep(600)
    assert len(telegram.sent) == 2


@pytest.mark.looptime
async def test_a_clock_that_was_set_back_silences_nobody_for_longer_than_an_hour():
    telegram, notebook, begun = Telegram(), Notebook(), clock()
    notebook.kept["operator-alert"] = AT + 30 * 24 * 3600
    async with Running(telegram, notebook) as report:
        report(Trouble.DISK)
        await asyncio.sleep(2 * PAUSE_SECONDS)
    assert [at - begun for at in telegram.times] == [PAUSE_SECONDS]


@pytest.mark.looptime
async def test_without_operators_nobody_is_told():
    telegram = Telegram()
    async with Running(telegram, admins=()) as report:
        report(Trouble.DISK)
        await asyncio.sleep(10)
    assert telegram.sent == []


@pytest.mark.looptime
async def test_the_real_words_arrive_readable():
    telegram = Telegram()
    async with Running(telegram, texts=load_catalogues()) as report:
        for trouble in Trouble:
            report(trouble)
            report(trouble)
        await asyncio.sleep(1)
    [text] = telegram.texts
    assert len(text.splitlines()) == 1 + len(Trouble)
    assert "2" in text
    assert "{" not in text


async def test_the_hour_is_remembered_in_a_real_database(tmp_path):
    told = []
    for _ in range(2):
        database = await Database.open(f"sqlite:///{tmp_path / 'bot.db'}")
        came = asyncio.Event()
        alerts = Alerts((1,), Keys(), Bookkeeping(database), lambda: AT)

        class Quick:
            async def send_message(self, *_, **__):
                told.append("operator")
                came.set()  # noqa: B023 - of this round

        alerts.report(Trouble.UPDATE)
        task = asyncio.create_task(alerts.run(Quick()))
        if not told:
            await came.wait()
        while await Bookkeeping(database).recall("operator-alert") is None:
            pass
        for _ in range(20):
            await Bookkeeping(database).recall("other")
        task.cancel()
        await asyncio.wait([task])
        await database.close()
    assert told == ["operator"]
