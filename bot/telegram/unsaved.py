"""Tells students that what they sent waits, for as long as it cannot be stored."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Coroutine, Sequence
from typing import Any, Final

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.actions.request import Texts
from bot.domain.inbox import Arrived
from bot.telegram import render
from bot.telegram.callbacks import Callbacks
from bot.telegram.hearing import callback_of
from bot.telegram.pace import Pace

LOG = logging.getLogger(__name__)

MOST_A_MINUTE: Final = 50
"""Chats that get a line within any minute; the answers to come need the places of the others."""


class Unsaved:
    """Says so once in each private chat, and over each press, for every stretch of trouble.

    Nothing is confirmed to Telegram meanwhile: what came is handed out again, and answered then.
    """

    def __init__(self, bot: Bot, callbacks: Callbacks, texts: Texts) -> None:
        """Put the parts together.

        Args:
            bot: makes the calls.
            callbacks: answers the presses.
            texts: the bot's own words.
        """
        self._bot = bot
        self._callbacks = callbacks
        self._texts = texts
        # Half of them may go at once, the other half over the minute that follows.
        self._pace = Pace(120 / MOST_A_MINUTE, MOST_A_MINUTE // 2)
        self._chats: set[str] = set()
        self._presses: set[str] = set()
        self._lines: set[asyncio.Task[None]] = set()
        self._toasts: set[asyncio.Task[None]] = set()

    def tell(self, waiting: Sequence[Arrived]) -> None:
        """Tell those who sent what could not be stored, and have not been told yet.

        Args:
            waiting: all that could not be stored, whether it came before or not.
        """
        for one in waiting:
            query = callback_of(json.loads(one.payload))
            if query is None:
                self._say_in(one.chat)
            elif query not in self._presses:
                self._presses.add(query)
                _start(self._toast(query, one.chat), self._toasts)

    def over(self) -> None:
        """Note that it can be stored again: a line that has not gone out by now would only puzzle."""
        for task in self._lines:
            task.cancel()
        self._chats.clear()
        self._presses.clear()

    async def stop(self) -> None:
        """Let go of what has not been said."""
        tasks = [*self._lines, *self._toasts]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _toast(self, query: str, chat: str) -> None:
        shown = await self._callbacks.answer(query, self._texts.say("not-saved-toast", "en"))
        if not shown:
            self._say_in(chat)

    def _say_in(self, chat: str) -> None:
        now = asyncio.get_running_loop().time()
        # The numbers of groups are negative.
        if chat in self._chats or chat.startswith("-") or self._pace.wait(now) > 0:
            return
        self._pace.reserve(now)
        self._chats.add(chat)
        _start(self._line(chat), self._lines)

    async def _line(self, chat: str) -> None:
        line = render.escape(self._texts.say("not-saved-yet", "en"))
        try:
            await self._bot.send_message(int(chat), line, parse_mode=ParseMode.HTML)
        except TelegramError as error:
            LOG.info("A chat was not told that nothing is saved: %s", error)


def _start(work: Coroutine[Any, Any, None], tasks: set[asyncio.Task[None]]) -> None:
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
