"""Tells the operator, in Telegram, that something needs them: at most once an hour."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from enum import StrEnum
from typing import Final, Protocol

from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.actions.request import Texts
from bot.telegram import render
from bot.telegram.outbox import Priority, Urgency
from bot.telegram.traces import trace

LOG = logging.getLogger(__name__)

PAUSE_SECONDS: Final = 3600
"""Between two messages to the operator."""

_LAST: Final = "operator-alert"


class Trouble(StrEnum):
    """What an operator is told about."""

    POLLING = "polling"
    DISK = "disk"
    DATABASE = "database"
    UPDATE = "update"


class Bookkeeping(Protocol):
    """Remembers numbers by name, over restarts."""

    async def recall(self, name: str) -> int | None:
        """Return the number noted under a name, or None."""
        ...

    async def note(self, name: str, value: int) -> None:
        """Note a number under a name, in place of the one before."""
        ...


class Alerts:
    """Collects what went wrong and sends it, no more often than once an hour, restarts included."""

    def __init__(
        self,
        admins: Collection[int],
        texts: Texts,
        bookkeeping: Bookkeeping,
        now: Callable[[], int],
    ) -> None:
        """Start with nothing to tell.

        Args:
            admins: Telegram ids of the operators; nobody is told when empty.
            texts: the bot's own words.
            bookkeeping: remembers when the last message went out.
            now: the clock, in UTC epoch seconds.
        """
        self._admins = admins
        self._texts = texts
        self._bookkeeping = bookkeeping
        self._now = now
        self._counts: Counter[Trouble] = Counter()
        self._news = asyncio.Event()
        self._last: int | None = None

    def report(self, trouble: Trouble) -> None:
        """Count a trouble; the operator hears of it with the next message."""
        self._counts[trouble] += 1
        self._news.set()

    async def run(self, bot: ExtBot[Urgency]) -> None:
        """Send messages for as long as this runs."""
        await self._quietly(self._recall)
        while True:
            await self._news.wait()
            if self._last is not None:
                left = self._last + PAUSE_SECONDS - self._now()
                # No longer than that, even when the clock was set back meanwhile.
                await asyncio.sleep(min(max(0, left), PAUSE_SECONDS))
            self._news.clear()
            told, self._counts = self._counts, Counter()
            # Noted before, since what fails may be what ends this run; and after, since it may wait for long.
            await self._quietly(self._remember)
            for admin in self._admins:
                await self._tell(bot, admin, told)
            await self._quietly(self._remember)

    async def _tell(self, bot: ExtBot[Urgency], admin: int, told: Counter[Trouble]) -> None:
        lines = [self._texts.say("operator-alert", "en")]
        lines += [
            self._texts.say(f"operator-{trouble}", "en", count=told[trouble])
            for trouble in Trouble
            if told[trouble]
        ]
        try:
            text = render.escape("\n".join(lines))
            await bot.send_message(admin, text, parse_mode=ParseMode.HTML, rate_limit_args=Priority.UNASKED)
        except TelegramError as error:
            LOG.warning("An operator of ADMIN_IDS cannot be told: %s", error)

    async def _recall(self) -> None:
        self._last = await self._bookkeeping.recall(_LAST)

    async def _remember(self) -> None:
        self._last = self._now()
        await self._bookkeeping.note(_LAST, self._last)

    async def _quietly(self, change: Callable[[], Awaitable[None]]) -> None:
        # The database may be the very trouble; then the hour is kept in memory alone.
        try:
            await change()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the store
            LOG.warning("The time of the last alert is not stored: %s", trace(error))
