"""Faults and limits."""

import asyncio

import pytest
from telegram import error

from tests.botapi.conftest import client
from tests.botapi.limits import BURST, GROUP_MINUTE, IN_ALL, Limits
from tests.botapi.server import BotApi


@pytest.fixture
def ama(api):
    return api.user("Ama", started=True)


@pytest.mark.parametrize(
    ("code", "more", "kind"),
    [
        (400, {}, error.BadRequest),
        (400, {"migrate_to_chat_id": -1001}, error.ChatMigrated),
        (401, {}, error.InvalidToken),
        (403, {}, error.Forbidden),
        (404, {}, error.InvalidToken),
        (409, {}, error.Conflict),
        (429, {"retry_after": 7}, error.RetryAfter),
        (500, {}, error.NetworkError),
    ],
)
async def test_an_error_comes_as_often_as_it_was_set(api, bot, code, more, kind):
    ama = api.user("Ama", started=True)
    fault = api.faults.error("sendMessage", code, **more)
    with pytest.raises(kind):
        await bot.send_message(ama.id, "x")
    api.assert_clean()
    assert (api.texts(ama.id), fault.hits) == ([], 1)
    if code != 429:
        await bot.send_message(ama.id, "x")


async def test_a_fault_hits_only_what_it_is_meant_for(api, bot, ama):
    ben = api.user("Ben", started=True)
    fault = api.faults.error(
        "sendMessage", 403, chat=ben.id, times=None, when=lambda call: "bad" in call.params["text"]
    )
    await bot.send_message(ama.id, "bad")
    await bot.send_message(ben.id, "good")
    for _ in range(3):
        with pytest.raises(error.Forbidden):
            await bot.send_message(ben.id, "bad")
    fault.remove()
    await bot.send_message(ben.id, "bad")
    assert fault.hits == 3


async def test_a_cut_before_the_effect_leaves_nothing_and_one_after_it_leaves_all(api, bot, ama):
    api.faults.reset_before("sendMessage")
    with pytest.raises(error.NetworkError):
        await bot.send_message(ama.id, "lost")
    api.faults.reset_after("sendMessage")
    with pytest.raises(error.NetworkError):
        await bot.send_message(ama.id, "arrived")
    assert api.texts(ama.id) == ["arrived"]


async def test_a_gateway_answers_with_html(api, bot, ama):
    api.faults.bad_gateway("*")
    with pytest.raises(error.NetworkError, match="Bad Gateway"):
        await bot.send_message(ama.id, "x")
    assert api.texts(ama.id) == []


async def test_a_late_answer_is_one_to_a_call_that_took_effect():
    async with BotApi(speed=10) as api, client(api) as bot:
        ama = api.user("Ama", started=True)
        api.faults.delay("sendMessage", seconds=1)
        began = api.clock()
        await bot.send_message(ama.id, "in time")
        assert api.clock() - began >= 1
        api.faults.delay("sendMessage", seconds=50)
        with pytest.raises(error.TimedOut):
            await bot.send_message(ama.id, "too late", read_timeout=0.1)
        assert api.texts(ama.id) == ["in time", "too late"]


async def test_a_call_that_hangs_goes_on_when_it_is_released(api, bot, ama):
    stuck = api.faults.hang("sendMessage")
    call = asyncio.create_task(bot.send_message(ama.id, "x"))
    await api.until(lambda: stuck.hits)
    assert api.texts(ama.id) == []
    stuck.release()
    await call
    assert api.texts(ama.id) == ["x"]


async def test_a_call_received_is_carried_out_though_the_caller_has_gone(api, bot, ama):
    stuck = api.faults.hang("sendMessage")
    with pytest.raises(error.TimedOut):
        await bot.send_message(ama.id, "x", read_timeout=0.05)
    stuck.release()
    await api.until(lambda: api.texts(ama.id) == ["x"], "the message")


async def test_a_server_that_is_down_refuses_and_comes_back_on_its_port(api, bot, ama):
    port = api.port
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await api.until(lambda: api.calls_of("getUpdates"))
    await api.down()
    with pytest.raises(error.NetworkError):
        await poll
    with pytest.raises(error.NetworkError, match="ConnectError"):
        await bot.send_message(ama.id, "x")
    await ama.says("while it was down")
    await api.up()
    assert api.port == port
    assert len(await bot.get_updates()) == 1


async def test_a_poller_whose_connection_is_gone_takes_no_updates_along(api, bot):
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await api.until(lambda: api.calls_of("getUpdates"))
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await api.until(lambda: not api.polling, "the dead poll to end")
    await api.user("Ama").says("hello")
    assert len(await bot.get_updates()) == 1


async def test_a_chat_told_to_wait_is_left_alone_until_then():
    at = 1_000_000.0
    async with BotApi(now=lambda: at) as api, client(api) as bot:
        ama, ben = api.user("Ama", started=True), api.user("Ben", started=True)
        api.faults.error("sendMessage", 429, retry_after=5)
        with pytest.raises(error.RetryAfter):
            await bot.send_message(ama.id, "x")
        await bot.send_message(ben.id, "x")
        at += 4
        with pytest.raises(error.RetryAfter, match="Retry in 0:00:01"):
            await bot.send_message(ama.id, "x")
        assert ["before the chat's wait was over" in one for one in api.violations] == [True]
        at += 1
        await bot.send_message(ama.id, "x")
        assert api.texts(ama.id) == ["x"]


async def test_too_much_in_one_chat_is_refused_and_remembered():
    at = 1_000_000.0
    async with BotApi(now=lambda: at, limits=True) as api, client(api) as bot:
        ama = api.user("Ama", started=True)
        for _ in range(BURST):
            await bot.send_message(ama.id, "x")
        await bot.send_chat_action(ama.id, "typing")
        api.assert_clean()
        with pytest.raises(error.RetryAfter):
            await bot.send_message(ama.id, "x")
        assert len(api.violations) == 1


def test_a_chat_gets_a_burst_and_then_one_a_second():
    limits = Limits()
    assert [limits.take(1, 0) for _ in range(BURST + 1)] == [0] * BURST + [1]
    assert [limits.take(1, at) for at in (1, 1.5, 2, 3)] == [0, 1, 0, 0]


def test_all_chats_together_get_thirty_in_any_second():
    limits = Limits()
    assert [limits.take(chat, 0.9) for chat in range(IN_ALL)] == [0] * IN_ALL
    assert limits.take(99, 1.8) == 1
    assert limits.take(99, 1.91) == 0


def test_a_group_gets_twenty_in_any_minute():
    limits = Limits()
    assert [limits.take(-1, at) for at in range(GROUP_MINUTE)] == [0] * GROUP_MINUTE
    assert limits.take(-1, 30) == 30
    assert limits.take(-1, 60) == 0
