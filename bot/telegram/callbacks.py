"""Callback queries: the phone shows a waiting sign on a pressed button until its query is answered."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import Final

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.domain.reply import TOAST_LIMIT

LOG = logging.getLogger(__name__)

PATIENCE_SECONDS: Final = 0.6
"""After this a press is answered without words, so that the waiting sign goes within a second even while the
chat has to wait for its turn."""

OVER_SECONDS: Final = 150.0
"""After this Telegram takes no answer to a press any more [facts of this project, read in its server]."""

MOST_OPEN: Final = 5
"""Presses of one chat that wait for their answer at once; of somebody who taps faster the rest get none, and
others their turn."""

_STOP_SECONDS: Final = 0.3


class Callbacks:
    """Sees to it that every callback query is answered once, and in time."""

    def __init__(self, bot: Bot) -> None:
        """Take the bot that answers."""
        self._bot = bot
        self._expected: dict[str, asyncio.TimerHandle] = {}
        self._answered: set[str] = set()
        self._chats: dict[str, str] = {}
        self._open: Counter[str] = Counter()
        self._sending: dict[str, asyncio.Task[bool]] = {}

    def expect(self, query_id: str, chat: str) -> None:
        """Start waiting for the answer to a query that has just come from a chat."""
        if self._open[chat] >= MOST_OPEN:
            self._take(query_id)
            return
        self._chats[query_id] = chat
        self._open[chat] += 1
        loop = asyncio.get_running_loop()
        self._expected[query_id] = loop.call_later(PATIENCE_SECONDS, self._lose_patience, query_id)

    async def answer(self, query_id: str, toast: str = "") -> bool:
        """Answer a query; one that was answered before, if only without words, or is too old, is let be.

        Args:
            query_id: which one; one that nobody expected, such as from before a restart, is answered too.
            toast: shown over the chat, at most 200 characters; nothing when empty.

        Returns:
            Whether Telegram took this very answer.
        """
        if self._take(query_id):
            return await self._send(query_id, toast)
        if query_id in self._sending:
            # Whoever waits here takes the press for answered afterwards, so it must be.
            await asyncio.wait([self._sending[query_id]])
        return False

    async def stop(self) -> None:
        """Answer at once what is still expected, as far as that goes quickly."""
        for query_id in list(self._expected):
            self._lose_patience(query_id)
        if self._sending:
            _, late = await asyncio.wait([*self._sending.values()], timeout=_STOP_SECONDS)
            for task in late:
                task.cancel()

    def _take(self, query_id: str) -> bool:
        """Note that a query is being answered; return whether it was not before."""
        timer = self._expected.pop(query_id, None)
        if timer:
            timer.cancel()
        if query_id in self._answered:
            return False
        self._answered.add(query_id)
        asyncio.get_running_loop().call_later(OVER_SECONDS, self._answered.discard, query_id)
        return True

    def _lose_patience(self, query_id: str) -> None:
        if self._take(query_id):
            task = asyncio.create_task(self._send(query_id, ""))
            self._sending[query_id] = task
            task.add_done_callback(lambda _: self._sending.pop(query_id))

    async def _send(self, query_id: str, toast: str) -> bool:
        try:
            await self._bot.answer_callback_query(query_id, text=toast[:TOAST_LIMIT] or None)
        except BadRequest as error:
            LOG.debug("A press was not answered: %s", error)
        except TelegramError as error:
            LOG.warning("A press was not answered: %s", error)
        else:
            return True
        finally:
            self._close(query_id)
        return False

    def _close(self, query_id: str) -> None:
        chat = self._chats.pop(query_id, None)
        if chat is not None:
            self._open[chat] -= 1
            if not self._open[chat]:
                del self._open[chat]
