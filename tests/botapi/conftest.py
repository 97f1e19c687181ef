"""A server, and python-telegram-bot's own Bot that speaks to it."""

import aiohttp
import pytest
import telegram
from telegram.request import HTTPXRequest

from tests.botapi.server import BotApi


def client(api):
    """A Bot that speaks to this server and gives up soon."""
    return telegram.Bot(
        api.token,
        base_url=f"{api.url}/bot",
        base_file_url=f"{api.url}/file/bot",
        request=HTTPXRequest(read_timeout=2, connect_timeout=2),
        get_updates_request=HTTPXRequest(read_timeout=2, connect_timeout=2),
    )


async def raw(api, method, given, token=None):
    """Call a method without the library and return the whole answer."""
    address = f"{api.url}/bot{token or api.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, json=given) as answer:
        return await answer.json()


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch):
    # Without it the library warns whenever it raises RetryAfter.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


@pytest.fixture
async def bot(api):
    async with client(api) as speaking:
        yield speaking
