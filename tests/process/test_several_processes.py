"""Three processes on one PostgreSQL database: one answers, all of them send what is due, none of it twice."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import timedelta

import psycopg
import pytest
import pytest_asyncio

from bot.scheduling.heartbeat import CLAIMED
from tests.botapi.limits import IN_ALL
from tests.botapi.program import Options
from tests.botapi.server import BotApi
from tests.process.conftest import PATIENCE, Running, eventually
from tests.process.days import MONDAY, Clock, ask_for, nudges_of
from tests.process.walking import small
from tests.storage import conftest as databases

pytestmark = pytest.mark.asyncio(loop_scope="module")

server = databases.server

PROCESSES = 3

ASKED = 2 * CLAIMED + 8
"""More than two processes lease at once."""

DAYS = 3
"""How often they are sent before it counts that a second had too many: a busy machine may bunch them."""

EVENING = 19 * 60

SECONDS = 10.0
"""Real ones in which another process takes over, on a busy machine too; each tries to every second."""

LEADS = "This process fetches the updates."
EARN, ANSWER = "what do they earn", "How it pays"


class Several:
    """Processes that have one database, and a server that they speak to."""

    def __init__(self, api, folder, address, clock):
        self.api = api
        self.address = address
        self.clock = clock
        self.all = []
        for number in range(PROCESSES):
            mine = folder / str(number)
            mine.mkdir()
            options = Options(
                api.url, mine, database_url=address, makes=small, epoch=clock.began, ahead=clock.file
            )
            self.all.append(Running(options))
        self._before = Counter()

    async def are_up(self):
        """Wait until each has asked who it is, and one polls; return that one."""
        await self.api.called("getMe", PROCESSES)
        return await self.leader()

    async def leader(self):
        """Wait until one leads and polls; return it."""
        await eventually(lambda: self._leaders() and self.api.polling, "one that leads")
        [leader] = self._leaders()
        return leader

    def _leaders(self):
        alive = [one for one in self.all if one.process.is_alive()]
        return [one for one in alive if one.log.count(LEADS) > self._before[one]]

    async def again(self, ended):
        """Start one again that has ended."""
        self._before[ended] = ended.log.count(LEADS)
        self.api.clear_records()
        ended.start()
        await self.api.called("getMe")

    async def all_have_some_in_hand(self):
        """Wait until each process has leased something."""

        def leasing():
            with psycopg.connect(self.address) as connection:
                found = connection.execute("SELECT count(DISTINCT lease_by) FROM nudges")
                return found.fetchone()[0]

        # In a thread, since what holds the server up would bunch the calls that it counts.
        async with asyncio.timeout(PATIENCE):
            while await asyncio.to_thread(leasing) < PROCESSES:  # noqa: ASYNC110 - a database tells nobody
                await asyncio.sleep(0.1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def several(server, tmp_path_factory):
    """Three processes for all tests of this file. Their clock is the machine's, but ahead: places for calls
    go by the database's.
    """
    folder = tmp_path_factory.mktemp("several")
    clock = Clock(folder, speed=1.0)
    async with BotApi(now=clock.real) as api:
        api.patience = PATIENCE
        clock.move_to(MONDAY)
        running = Several(api, folder, databases.shown(server.make()), clock)
        try:
            await running.are_up()
            yield running
            assert [await one.stop() for one in running.all] == [0] * PROCESSES
        finally:
            for one in running.all:
                one.kill()
        for one in running.all:
            one.assert_quiet()


@pytest.fixture(autouse=True)
def one_polls(several):
    """Telegram has nothing to object to, and never do two poll at once."""
    several.api.clear_records()
    yield
    several.api.assert_clean()
    assert 409 not in {call.code for call in several.api.calls_of("getUpdates")}


async def test_what_is_due_at_once_all_send_and_each_comes_once_within_telegrams_limit(several):
    api = several.api
    people = [api.user(f"Student {number}", started=True) for number in range(ASKED)]
    await ask_for(several.address, dict.fromkeys(people, EVENING), several.clock.now)
    # Until each process has some in hand none gets through.
    stuck = api.faults.hang("sendMessage", times=None)
    several.clock.move_to(MONDAY.replace(hour=19))
    await several.all_have_some_in_hand()
    stuck.release()
    ben = api.user("Ben")
    await ben.says(EARN)
    await ben.sees(ANSWER)
    for day in range(DAYS):
        several.clock.move_to(max(several.clock.local, MONDAY.replace(hour=19) + timedelta(days=day)))
        await api.called("sendMessage", ASKED * (day + 1) + 1)
        assert [len(nudges_of(api, one)) for one in people] == [day + 1] * ASKED
        worst = in_the_worst_second(api.calls_of("sendMessage")[-ASKED:])
        print(f"{worst} in the worst second")
        if worst <= IN_ALL:
            break
    else:
        pytest.fail("too many in a second, day after day")


def in_the_worst_second(calls):
    at = [call.at for call in calls]
    return max(sum(begins <= one < begins + 1 for one in at) for begins in at)


async def test_when_the_one_that_answers_is_killed_another_takes_up_what_waits(several):
    api, ama, ben = several.api, several.api.user("Ama"), several.api.user("Ben")
    leader = await several.leader()
    stuck = api.faults.hang("sendMessage", chat=ama.id)
    await ama.says(EARN)
    await api.until(lambda: stuck.hits, "an answer that is under way")
    leader.kill()
    # It never gets through.
    stuck.remove()
    killed = time.monotonic()
    await ben.says(EARN)
    await asyncio.gather(ama.sees(ANSWER), ben.sees(ANSWER))
    took = time.monotonic() - killed
    print(f"another took over within {took:.1f} s")
    assert took < SECONDS
    assert await several.leader() is not leader
    await api.confirmed()
    assert [len(api.texts(one.id)) for one in (ama, ben)] == [1, 1]
    await several.again(leader)


async def test_the_one_that_answers_hands_over_when_it_is_told_to_stop(several):
    api, ama = several.api, several.api.user("Ama")
    leader = await several.leader()
    assert await leader.stop() == 0
    stopped = time.monotonic()
    await ama.says(EARN)
    await ama.sees(ANSWER)
    took = time.monotonic() - stopped
    print(f"another took over within {took:.1f} s")
    assert took < SECONDS
    assert await several.leader() is not leader
    assert len(api.texts(ama.id)) == 1
    await several.again(leader)
