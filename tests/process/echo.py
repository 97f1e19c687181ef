"""An echo of the bot as a process of its own: everything but the answers is the product."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.botapi.program import Options
from tests.botapi.scenario import Person
from tests.botapi.server import BotApi
from tests.process.conftest import Running, until_polling

WORD = "nilanthi"
"""In everything that is said here, so that the log can be searched for it."""

PATIENCE = 20.0
"""Real seconds that anything may take while other programs have the cores."""


@asynccontextmanager
async def echoing(
    folder: Path, *, speed: float = 1.0, limits: bool = False, ready: bool = True, **options: Any
) -> AsyncIterator[tuple[BotApi, Running]]:
    """Run a server and an echo; both count `speed` seconds in a real one.

    What is still running at the end is told to stop, and must then end well. The log must hold no word of a
    student and no token.
    """
    async with BotApi(speed=speed, limits=limits) as api:
        api.patience = PATIENCE
        bot = Running(Options(api.url, folder, speed=speed, **options))
        try:
            if ready:
                await until_polling(api)
            yield api, bot
            if bot.process.is_alive():
                # What still hangs is let go first.
                api.faults.clear()
                assert await bot.stop() == 0
        finally:
            bot.kill()
    assert WORD not in bot.log, bot.log
    assert options.get("token", api.token) not in bot.log, bot.log


async def simulated(api: BotApi, seconds: float) -> None:
    """Let so many of the server's seconds pass."""
    await asyncio.sleep(seconds / api.speed)


async def talks(person: Person, text: str) -> None:
    """Say something and see the answer."""
    await person.says(f"{WORD} {text}")
    await person.sees(text)


def times_seen(api: BotApi, person: Person, text: str) -> int:
    """Return how many messages of the bot with these words are in somebody's chat."""
    return sum(text in one for one in api.texts(person.id))


async def logged(bot: Running, words: str, times: int = 1) -> None:
    """Wait until something stands in the log so often."""
    try:
        async with asyncio.timeout(PATIENCE):
            while bot.log.count(words) < times:  # noqa: ASYNC110 - a file gives no event
                await asyncio.sleep(0.02)
    except TimeoutError:
        message = f"not {times} times {words!r} in the log:\n{bot.log}"
        raise AssertionError(message) from None
