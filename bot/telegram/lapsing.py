"""Tells students who were silent for two years that what is kept about them goes, and then erases it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError
from telegram.ext import ExtBot

from bot.actions.forget import ERASE
from bot.actions.request import Texts
from bot.domain.knowledge import short_code
from bot.domain.reply import Button, Press, blocks_of
from bot.telegram import render
from bot.telegram.delivery import is_gone
from bot.telegram.outbox import Priority
from bot.telegram.traces import trace

LOG = logging.getLogger(__name__)

WAKES, SLEEPS = 6, 21
"""The hours of the local day between which a student may be written to unasked [facts of this project]."""

SENDING_SECONDS: Final = 60.0
"""How long a notice may wait to be sent: what waits for the network must not arrive in the night."""

_KEPT: Final = Press("do", short_code("bot/progress"))
"""Any tap is a sign of life; this one shows what stays."""


class Lapses(Protocol):
    """Students who fell silent; see the store of that name."""

    async def due(self, at: int) -> list[str]:
        """Return students to be told, all with a number on Telegram."""
        ...

    async def warned(self, student: str, at: int) -> None:
        """Note that a student was told."""
        ...

    async def over(self, at: int) -> list[str]:
        """Return students who were told long enough ago."""
        ...

    async def erase(self, student: str, at: int) -> bool:
        """Erase everything about a student, unless they have been heard of; return whether it was."""
        ...


class Lapsing:
    """Tells the silent, and erases what is kept about those who stay so."""

    def __init__(  # noqa: PLR0913 - by keyword only, and one place calls it
        self,
        *,
        bot: ExtBot[Priority],
        username: str,
        lapses: Lapses,
        texts: Texts,
        zone: ZoneInfo,
        now: Callable[[], int],
    ) -> None:
        """Put the parts together.

        Args:
            bot: makes the calls.
            username: the bot's own.
            lapses: who fell silent.
            texts: the bot's own words.
            zone: the students' time.
            now: the clock, in UTC epoch seconds.
        """
        self._bot = bot
        self._username = username
        self._lapses = lapses
        self._texts = texts
        self._zone = zone
        self._now = now

    async def look(self) -> None:
        """Erase what is over, and tell those who are due, a hundred of each at most.

        Raises:
            StoreError: the database refused; what is left is for the next time.
        """
        for student in await self._lapses.over(self._now()):
            if await self._lapses.erase(student, self._now()):
                LOG.info("All that was kept about a student who had been silent for two years is erased.")
        for student in await self._lapses.due(self._now()):
            if not self._is_day():
                return
            try:
                await self._tell(student)
            except BadRequest as error:
                # A mistake of the program's: nobody is erased without having been told.
                LOG.error("A student cannot be told that their progress will be erased: %s", trace(error))
            except TimeoutError:
                return
            else:
                await self._lapses.warned(student, self._now())

    def _is_day(self) -> bool:
        return WAKES <= datetime.fromtimestamp(self._now(), self._zone).hour < SLEEPS

    async def _tell(self, student: str) -> None:
        """Tell a student; who cannot be reached counts as told, and so does a message that may have arrived.

        Raises:
            BadRequest: Telegram refused what was sent.
            TimeoutError: it could not be sent.
        """
        keep = Button(self._texts.say("button-lapse-keep", "en"), _KEPT)
        erase = Button(self._texts.say("button-lapse-erase", "en"), ERASE)
        try:
            async with asyncio.timeout(SENDING_SECONDS):
                await self._bot.send_message(
                    int(student),
                    render.page(blocks_of(self._texts.say("lapse", "en"))),
                    parse_mode=ParseMode.HTML,
                    reply_markup=render.keyboard(((keep,), (erase,)), self._username),
                    rate_limit_args=Priority.UNASKED,
                )
        except (Forbidden, ChatMigrated):
            return
        except NetworkError as error:
            if isinstance(error, BadRequest) and not is_gone(error):
                raise
