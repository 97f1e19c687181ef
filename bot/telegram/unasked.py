"""Sends students what they did not ask for at that moment, and tells how it went."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError
from telegram.ext import ExtBot

from bot.domain.nudging import Fate
from bot.domain.reply import Message
from bot.telegram import render
from bot.telegram.delivery import is_gone
from bot.telegram.outbox import Unasked, Urgency
from bot.telegram.traces import trace
from bot.telegram.transport import CONNECT_SECONDS, NotSentError

LOG = logging.getLogger(__name__)

TO_ONE_ADDRESS_SECONDS: Final = CONNECT_SECONDS / 2
"""How long a connection to one address may take: Telegram has two, of IPv4 and IPv6, tried one after the
other at worst, and a call must not outlast the time that a nudge is left to a process."""


class Sender:
    """Sends through the outbox, behind all that somebody waits for."""

    def __init__(self, bot: ExtBot[Urgency], username: str) -> None:
        """Take who makes the calls, and the bot's own username for links into its private chat."""
        self._bot = bot
        self._username = username

    async def send(self, student: str, message: Message, seconds: float) -> Fate:
        """Send a message and return how that went; of one of several pages, how it went with the first.

        Args:
            student: to whom; who has no number is not on Telegram, and counts as one who blocked the bot.
            message: what is sent.
            seconds: how long it may wait for its turn and for the network. A call that is under way by then
                still takes as long as calls may take.
        """
        if not (student.isascii() and student.isdecimal()):
            return "blocked"
        until = asyncio.get_running_loop().time() + seconds
        try:
            return await self._pages(int(student), message, until)
        except Exception as error:  # noqa: BLE001 - one bad message must not keep others from being sent
            LOG.error("Something to be sent unasked is broken: %s", trace(error))
            return "failed"

    async def _pages(self, chat: int, message: Message, until: float) -> Fate:
        *others, last = render.pages(message.blocks)
        keyboard = render.keyboard(message.buttons, self._username)
        fates: list[Fate] = []
        for page, buttons in (*((one, None) for one in others), (last, keyboard)):
            fates.append(await self._page(chat, page, buttons, until))
            if fates[0] not in {"sent", "unknown"}:
                break
        return fates[0]

    async def _page(self, chat: int, page: str, keyboard: render.Keyboard | None, until: float) -> Fate:
        try:
            await self._bot.send_message(
                chat,
                page,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                connect_timeout=TO_ONE_ADDRESS_SECONDS,
                rate_limit_args=Unasked(until),
            )
        except (Forbidden, ChatMigrated):
            return "blocked"
        except (NotSentError, InvalidToken):
            # Telegram does nothing for a token that it does not know.
            return "not-sent"
        except BadRequest as error:
            if is_gone(error):
                return "blocked"
            LOG.error("Telegram refused something sent unasked: %s", trace(error))
            return "failed"
        except NetworkError:
            # The outbox has said so in the log: it may have arrived.
            return "unknown"
        return "sent"
