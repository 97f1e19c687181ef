"""Tells students who were silent for two years that what is kept about them goes, and then erases it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.actions.forget import ERASE
from bot.actions.request import Texts
from bot.domain.knowledge import short_code
from bot.domain.nudging import Fate, is_quiet, local_minute
from bot.domain.reply import Button, Message, Press, blocks_of
from bot.telegram.unasked import Sender

LOG = logging.getLogger(__name__)

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

    def __init__(
        self,
        *,
        sender: Sender,
        lapses: Lapses,
        texts: Texts,
        zone: ZoneInfo,
        now: Callable[[], int],
    ) -> None:
        """Put the parts together.

        Args:
            sender: sends.
            lapses: who fell silent.
            texts: the bot's own words.
            zone: the students' time.
            now: the clock, in UTC epoch seconds.
        """
        self._sender = sender
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
            fate = await self._tell(student)
            if fate == "not-sent":
                return
            # Nobody is erased without having been told, if a mistake of ours is why they were not.
            if fate != "failed":
                await self._lapses.warned(student, self._now())

    def _is_day(self) -> bool:
        return not is_quiet(local_minute(self._now(), self._zone))

    async def _tell(self, student: str) -> Fate:
        keep = Button(self._texts.say("button-lapse-keep", "en"), _KEPT)
        erase = Button(self._texts.say("button-lapse-erase", "en"), ERASE)
        notice = Message(blocks_of(self._texts.say("lapse", "en")), ((keep,), (erase,)))
        return await self._sender.send(student, notice, SENDING_SECONDS)
