"""One process of several answers students, all of them send what is due, and one takes over from another."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from contextlib import asynccontextmanager

import pytest

from bot.domain.inbox import StoreError
from bot.domain.reply import Block, Cards, Message, Reply
from bot.scheduling.heartbeat import Heartbeat
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database
from bot.storage.inbox import Inbox
from bot.telegram import service, serving
from bot.telegram.service import Service
from tests.botapi.server import BotApi
from tests.scheduling.rows import NOON, Rows, all_to_send
from tests.telegram.fakes import Keys

PATIENCE = 20.0
"""Real seconds that anything may take while other programs have the cores."""


WORD = "nilanthi"


async def until(holds):
    """Wait until something outside the server holds."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - what is looked at gives no event
            await asyncio.sleep(0.01)


async def answered(database, but_for=0):
    """Wait until so many updates are left that are not known as answered."""
    async with asyncio.timeout(PATIENCE):
        while len(await Inbox(database).waiting()) != but_for:  # noqa: ASYNC110 - a table gives no event
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No proxy between the bot and this machine's own server, and short pauses."""
    for name in [one for one in os.environ if one.casefold().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(serving, "FINISH_SECONDS", 0.3)
    monkeypatch.setattr(service, "_AGAIN_SECONDS", 0.05)


@pytest.fixture
async def api():
    async with BotApi() as server:
        server.patience = PATIENCE
        yield server


@pytest.fixture
async def database(tmp_path):
    opened = await Database.open(f"sqlite:///{tmp_path / 'bot.db'}")
    yield opened
    await opened.close()


class Echo:
    """Says what it heard, and by which process; what is told to hang never answers in the process 'one'."""

    def __init__(self, name):
        self.name = name
        self.hanging = asyncio.Event()

    async def hear(self, heard):
        if "hang" in heard.text and self.name == "one":
            self.hanging.set()
            await asyncio.Event().wait()
        return Reply((Message((Block("text", f"{heard.text}, says {self.name}"),)),))

    async def cards(self, *_):
        return Cards((), None)


class Chair:
    """What only one may have at a time; `past` notes everybody who had it."""

    def __init__(self):
        self.holder = None
        self.past = []
        self._moved = asyncio.Condition()

    async def passes(self):
        """Take it from whoever has it, who is not to have it again."""
        async with self._moved:
            self.holder = None
            self._moved.notify_all()

    async def gain(self, name):
        async with self._moved:
            await self._moved.wait_for(lambda: self.holder in {name, None} and self.past[-1:] != [name])
            self.holder = name
            self.past.append(name)

    async def lost(self, name):
        async with self._moved:
            await self._moved.wait_for(lambda: self.holder != name)

    async def give_up(self, name):
        if self.holder == name:
            await self.passes()


class Seat:
    """The same for one of them."""

    def __init__(self, chair, name):
        self._chair = chair
        self._name = name

    async def gain(self):
        await self._chair.gain(self._name)

    async def lost(self):
        await self._chair.lost(self._name)

    async def give_up(self):
        await self._chair.give_up(self._name)


def process(api, database, name="one", **more):
    made = {
        "token": api.token,
        "api_url": api.url,
        "conversation": Echo(name),
        "texts": Keys(),
        "inbox": Inbox(database),
        "bookkeeping": Bookkeeping(database),
        "admins": (),
        "folder": database.folder,
        "now": lambda: NOON,
    }
    return Service(**(made | more))


@asynccontextmanager
async def running(*processes):
    tasks = [asyncio.create_task(one.run()) for one in processes]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def sending(rows, seats="one"):
    """What a process does beside its answers: sends the rows."""

    async def send(sender):
        await Heartbeat(nudges=rows, prepare=all_to_send, sender=sender, now=lambda: NOON, by=seats).run()

    return send


async def test_of_two_processes_one_answers_and_when_it_stops_leading_the_other_does(api, database, caplog):
    caplog.set_level(logging.INFO)
    chair = Chair()
    one, two = (process(api, database, name, leadership=Seat(chair, name)) for name in ("one", "two"))
    ama = api.user("Ama")
    async with running(one, two):
        await ama.says("first")
        await ama.sees("first, says one")
        await answered(database)
        await chair.passes()
        await until(lambda: chair.past == ["one", "two"])
        await ama.says("second")
        await ama.sees("second, says two")
        await api.confirmed()
    assert len(api.texts(ama.id)) == 2
    assert caplog.text.count("This process fetches the updates.") == 2
    api.assert_clean()


async def test_what_was_in_hand_when_the_leadership_was_lost_is_answered_by_the_next_once(api, database):
    chair = Chair()
    one, two = (process(api, database, name, leadership=Seat(chair, name)) for name in ("one", "two"))
    ama, ben = api.user("Ama"), api.user("Ben")
    async with running(one, two):
        await ama.says("hang")
        await one.conversation.hanging.wait()
        await ama.says("behind")
        await ben.says("hello")
        await ben.sees("hello, says one")
        await answered(database, but_for=2)
        await chair.passes()
        await ama.sees("hang", "behind, says two")
    assert len(api.texts(ama.id)) == 1
    assert len(api.texts(ben.id)) == 1


async def test_a_process_that_does_not_lead_sends_what_is_due_and_asks_for_no_updates(api, database):
    chair, rows = Chair(), Rows(5)
    for number in range(1001, 1006):
        api.user(f"Student {number}", id=number, started=True)
    await chair.gain("another")
    idle = process(api, database, leadership=Seat(chair, "one"), unasked=sending(rows))
    async with running(idle):
        await api.called("sendMessage", times=5)
        await until(lambda: not rows.waiting)
        assert not api.polling
    assert rows.endings == {"sent": 5}


async def test_sending_that_stops_by_a_mistake_is_started_again_and_students_are_answered(
    api, database, caplog
):
    begun = []

    async def breaks(_sender):
        begun.append(asyncio.get_running_loop().time())
        raise ValueError(WORD)

    ama = api.user("Ama")
    async with running(process(api, database, unasked=breaks)):
        await ama.says("hello")
        await ama.sees("hello, says one")
        await until(lambda: len(begun) >= 3)
    assert "ValueError" in caplog.text
    assert WORD not in caplog.text


async def test_a_store_that_fails_while_a_process_takes_over_ends_nothing(api, database):
    class Waiting(Inbox):
        asked = 0

        async def waiting(self):
            self.asked += 1
            if self.asked == 2:
                message = "no answer"
                raise StoreError(message)
            return await super().waiting()

    class Often(Seat):
        async def gain(self):
            self._chair.past.clear()
            await super().gain()

    chair, inbox = Chair(), Waiting(database)
    ama = api.user("Ama")
    async with running(process(api, database, inbox=inbox, leadership=Often(chair, "one"))):
        await ama.says("first")
        await ama.sees("first, says one")
        await chair.passes()
        await ama.says("second")
        await ama.sees("second, says one")
    assert inbox.asked == 3


async def test_a_store_that_fails_at_the_start_ends_it(api, database):
    class Broken(Inbox):
        async def waiting(self):
            message = "no answer"
            raise StoreError(message)

    with pytest.raises(StoreError):
        await process(api, database, inbox=Broken(database)).run()


async def test_told_to_stop_while_sending_it_ends_what_goes_out_and_gives_the_leadership_up_last(
    api, database, caplog
):
    caplog.set_level(logging.INFO)
    chair, rows = Chair(), Rows(200, seconds=0.01)
    for number in range(1001, 1201):
        api.user(f"Student {number}", id=number, started=True)
    given_up = []

    class Last(Seat):
        async def give_up(self):
            given_up.append((list(rows.in_hand), api.polling))
            await super().give_up()

    one = process(api, database, leadership=Last(chair, "one"), unasked=sending(rows))
    task = asyncio.create_task(one.run())
    await api.called("sendMessage", times=20)
    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(task, PATIENCE)
    arrived = [chat for number in range(1001, 1201) for chat in api.texts(number)]
    assert given_up == [([], False)]
    assert rows.endings["sent"] == len(arrived)
    assert len(arrived) < 60
    assert caplog.records[-1].getMessage() == "Stopped."
