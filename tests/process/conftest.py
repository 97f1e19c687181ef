"""The bot as a process of its own, and the server it speaks to."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing

import pytest
import pytest_asyncio

from tests.botapi import program
from tests.botapi.program import Options
from tests.botapi.server import BotApi

WATCHWORD = "kuduminis"
"""A word that is looked for where it must not be."""

LEAST_TELLING = 9
"""Characters; what is shorter may stand in a file by chance."""


PATIENCE = 30.0
"""Real seconds that anything may take while other programs have the cores."""


class Running:
    """A bot that is started, stopped, killed and started again; all its runs write one log."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.process = program.start(options)

    @property
    def log(self) -> str:
        file = self.options.folder / "log"
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    @property
    def database(self) -> bytes:
        """The bytes of the database and of what is not yet written back into it."""
        return b"".join(one.read_bytes() for one in sorted(self.options.folder.glob("bot.db*")))

    @property
    def waiting(self) -> list[str]:
        """What is stored of messages, in words, as the database tells it."""
        with closing(sqlite3.connect(f"file:{self.options.folder / 'bot.db'}?mode=ro", uri=True)) as database:
            return [row[0] for row in database.execute("SELECT payload FROM inbox WHERE payload IS NOT NULL")]

    def start(self) -> None:
        self.process = program.start(self.options)

    def kill(self) -> None:
        program.kill(self.process)

    async def stop(self, seconds: float = 10.0) -> int | None:
        """Tell it to stop; return its exit status, None when it is still running after a while."""
        return await asyncio.to_thread(program.stop, self.process, seconds)

    async def ended(self, seconds: float = 10.0) -> int | None:
        """Wait for its end; return its exit status, None when it is still running after a while."""
        await asyncio.to_thread(self.process.join, seconds)
        return self.process.exitcode

    def assert_forgotten(self, api: BotApi) -> None:
        """Fail if, after its end, its files hold a word that anybody wrote in any chat or inline."""
        written = {WATCHWORD, *(asked.text for asked in api.world.asked.values())}
        for chat in api.world.chats.values():
            mine = (
                kept.content for kept in chat.messages.values() if kept.content["from"]["id"] != api.me.id
            )
            written |= {one.get("text") or one.get("caption") or "" for one in mine}
        stored, log = self.database, self.log
        for text in filter(lambda text: len(text) >= LEAST_TELLING, written):
            assert json.dumps(text)[1:-1].encode() not in stored, text
            assert " " not in text or text not in log, text

    def assert_quiet(self, allow: str = "") -> None:
        """Fail if anything in it failed but what is allowed, or its log tells the token."""
        log = "\n".join(line for line in self.log.splitlines() if not allow or allow not in line)
        assert self.options.token not in self.log
        assert "Traceback" not in log, log
        assert " line " not in log, log
        assert " ERROR " not in log, log


async def eventually(holds: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Wait for what the server cannot tell: something in a file or in a process."""
    try:
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110 - a file tells nobody that it changed
                await asyncio.sleep(0.02)
    except TimeoutError:
        message = f"waited in vain for {what}"
        raise AssertionError(message) from None


async def until_polling(api: BotApi, seconds: float = 2 * PATIENCE) -> None:
    """Wait until the bot asks for updates; starting takes its time on a busy machine."""
    patience, api.patience = api.patience, seconds
    await api.until(lambda: api.calls_of("getUpdates"), "the first getUpdates")
    api.patience = patience


@asynccontextmanager
async def serving(speed: float = 1.0) -> AsyncIterator[BotApi]:
    """Run a server with Telegram's limits that counts `speed` seconds in a real one."""
    async with BotApi(limits=True, speed=speed) as server:
        server.patience = PATIENCE
        yield server


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A server with Telegram's limits."""
    async with serving() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(
    engine: object, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[BotApi, Running]]:
    """One server and one product for all tests of a file."""
    assert engine
    async with serving() as server:
        running = Running(Options(server.url, tmp_path_factory.mktemp("shared"), echo=False))
        try:
            await until_polling(server)
            yield server, running
        finally:
            status = await running.stop()
            running.kill()
        assert status == 0
        running.assert_quiet()
        running.assert_forgotten(server)


@pytest.fixture
def live(shared: tuple[BotApi, Running]) -> BotApi:
    """The server of a whole file, with the product running on it."""
    server, running = shared
    server.clear_records()
    running.assert_quiet()
    return server
