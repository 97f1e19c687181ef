"""What one process alone does: it fetches the updates, answers students and keeps the house."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.actions.forget import ERASE
from bot.actions.request import Texts
from bot.conversation import Conversation
from bot.domain.inbox import Arrived
from bot.domain.reply import Reply
from bot.functions import FUNCTIONS, menu
from bot.telegram import alerts, housekeeping, polling, workers
from bot.telegram.alerts import Alerts
from bot.telegram.callbacks import Callbacks
from bot.telegram.delivery import Delivery
from bot.telegram.hearing import Me, Turn, callback_of
from bot.telegram.housekeeping import HOUSEKEEPING_SECONDS, Housekeeping
from bot.telegram.inline import InlineDesk
from bot.telegram.lapsing import Lapses, Lapsing
from bot.telegram.outbox import Outbox
from bot.telegram.photos import Photos
from bot.telegram.polling import Poller, RawBot
from bot.telegram.traces import trace
from bot.telegram.unasked import Sender
from bot.telegram.unsaved import Unsaved
from bot.telegram.workers import Workers

LOG = logging.getLogger(__name__)

FINISH_SECONDS: Final = 4.0
"""What is in hand when the bot is told to stop may take this long; the rest waits in the inbox."""

ANSWERED: Final = "telegram-answered"
"""Under this name the bookkeeping has when Telegram last answered, in UTC epoch seconds."""

NOTED_SECONDS: Final = 60.0
"""Between two notes of that."""


class Inbox(polling.Inbox, workers.Inbox, housekeeping.Inbox, Protocol):
    """Where updates wait until they are answered."""

    async def waiting(self) -> list[Arrived]:
        """Return those that wait, in the order of their numbers."""
        ...

    async def sent(self, update_ids: Collection[int], count: int) -> None:
        """Note how many messages of an answer have been sent."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What answering students is made of.

    `admins` are the Telegram ids of those who are told of trouble. `folder` is where the bot keeps its files,
    `room` how many bytes of the disk the database needs beside it for a while. `now` is the clock, in UTC
    epoch seconds. `back_up` backs up the database where that is due. `lapses` are the students who fell
    silent, `zone` is the students' time. `look_over` is done once, beside the answers.
    """

    conversation: Conversation
    texts: Texts
    inbox: Inbox
    bookkeeping: alerts.Bookkeeping
    admins: Collection[int]
    folder: Path
    now: Callable[[], int]
    room: Callable[[], int] = lambda: 0
    back_up: Callable[[], Awaitable[None]] | None = None
    lapses: Lapses | None = None
    zone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009 - frozen
    look_over: Callable[[], Awaitable[None]] | None = None

    async def serve(
        self, bot: RawBot, outbox: Outbox, sender: Sender, until: Coroutine[Any, Any, None]
    ) -> None:
        """Serve until cancelled or told to stop, then finish what is in hand.

        What is not finished in time waits in the inbox, for this process or another.

        Args:
            bot: makes the calls.
            outbox: paces them.
            sender: sends what nobody asked for just then.
            until: returns when this process is to serve no longer.

        Raises:
            telegram.error.InvalidToken: Telegram does not know this bot any more.
            StoreError: what waits cannot be read; nothing has begun.
        """
        ended = asyncio.create_task(until)
        try:
            await self._serve(bot, outbox, sender, ended)
        finally:
            await cancel(ended)

    async def _serve(self, bot: RawBot, outbox: Outbox, sender: Sender, ended: asyncio.Task[None]) -> None:
        me = Me(bot.id, bot.username)
        alerts_ = Alerts(self.admins, self.texts, self.bookkeeping, self.now)
        callbacks = Callbacks(bot)
        photos = Photos(self.now)
        delivery = Delivery(
            bot=bot,
            username=me.username,
            callbacks=callbacks,
            texts=self.texts,
            photos=photos,
            sent=self.inbox.sent,
        )
        inline = InlineDesk(bot, me.username, self.conversation.cards, photos, self.now)
        unsaved = Unsaved(bot, callbacks, self.texts)
        house = Housekeeping(
            inbox=self.inbox,
            tidy=photos.tidy,
            back_up=self.back_up,
            folder=self.folder,
            room=self.room,
            report=alerts_.report,
            now=self.now,
            zone=self.zone,
        )
        refused: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        crew = Workers(
            inbox=self.inbox,
            me=me,
            until_free=outbox.until_free,
            answer=partial(self._answer, house),
            deliver=delivery.deliver,
            apologise=delivery.apologise,
            is_begun=delivery.is_begun,
            report=alerts_.report,
            refused=lambda error: None if refused.done() else refused.set_exception(error),
            now=self.now,
        )
        poller = Poller(
            bot=bot,
            inbox=self.inbox,
            me=me,
            take_up=crew.take_up,
            expect=callbacks.expect,
            inline=inline.take,
            unsaved=unsaved.tell,
            saved=unsaved.over,
            report=alerts_.report,
            now=self.now,
        )
        waiting = await self.inbox.waiting()
        LOG.info("Connected as @%s; %d messages wait from before.", me.username, len(waiting))
        for one in waiting:
            # One that cannot be read is set aside by its worker.
            with contextlib.suppress(ValueError, AttributeError):
                if query := callback_of(json.loads(one.payload)):
                    callbacks.expect(query, one.chat)
        crew.take_up(waiting)
        aside = [
            asyncio.create_task(_watched(part))
            for part in (
                alerts_.run(bot),
                house.run(),
                house.clear_after_forgetting(),
                self._tell_commands(bot),
                self._note_answers(poller),
                self._look_for_lapses(sender),
                self._look_over(),
            )
        ]
        polling_ = asyncio.create_task(poller.run())
        try:
            await first(polling_, refused, ended)
        finally:
            await cancel(polling_, refused, *aside)
            await inline.stop()
            await unsaved.stop()
            await crew.stop(FINISH_SECONDS)
            await callbacks.stop()

    async def _answer(self, house: Housekeeping, turn: Turn) -> Reply:
        reply = await self.conversation.hear(turn.heard)
        if turn.heard.press == ERASE:
            house.forgotten()
        return reply

    async def _look_for_lapses(self, sender: Sender) -> None:
        if self.lapses is None:
            return
        lapsing = Lapsing(
            sender=sender,
            lapses=self.lapses,
            texts=self.texts,
            zone=self.zone,
            now=self.now,
        )
        while True:
            try:
                await lapsing.look()
            except Exception as error:  # noqa: BLE001 - the next round tries again
                LOG.error("Looking for students who fell silent failed: %s", trace(error))
            await asyncio.sleep(HOUSEKEEPING_SECONDS)

    async def _look_over(self) -> None:
        if self.look_over:
            await self.look_over()

    async def _note_answers(self, poller: Poller) -> None:
        noted = None
        while True:
            at = poller.answered_at
            if at is not None and at != noted:
                # What is wrong with the store is told by those who need it more.
                with contextlib.suppress(Exception):
                    await self.bookkeeping.note(ANSWERED, at)
                    noted = at
            await asyncio.sleep(1.0 if noted is None else NOTED_SECONDS)

    async def _tell_commands(self, bot: RawBot) -> None:
        commands = [
            BotCommand(command, self.texts.say(help_key, "en"))
            for command, help_key in menu(FUNCTIONS, "private")
        ]
        try:
            await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats())
        except TelegramError as error:
            LOG.warning("The menu of commands is not set: %s", error)


async def _watched(part: Coroutine[Any, Any, None]) -> None:
    """Run a part beside the polling; should it fail, the log says so and the rest goes on."""
    try:
        await part
    except Exception as error:  # noqa: BLE001 - it stands beside what students wait for
        LOG.error("A part stopped: %s", trace(error))


async def first(*work: asyncio.Future[Any]) -> None:
    """Wait for whatever ends first, and raise its error if that is how it ended."""
    await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
    for one in work:
        if one.done():
            await one


async def cancel(*tasks: asyncio.Future[Any]) -> None:
    """Cancel tasks and wait until they have ended, however they do."""
    for task in tasks:
        task.cancel()
    for task in tasks:
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await task
