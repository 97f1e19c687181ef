"""The bot on Telegram: starts its parts, watches over them, and stops them in order."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import threading
from collections.abc import Awaitable, Callable, Collection, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

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
from bot.telegram.outbox import Limits, Outbox
from bot.telegram.photos import Photos
from bot.telegram.polling import Poller, RawBot
from bot.telegram.traces import trace
from bot.telegram.transport import Transport, proxy_for
from bot.telegram.unsaved import Unsaved
from bot.telegram.workers import Workers

LOG = logging.getLogger(__name__)

FINISH_SECONDS: Final = 4.0
"""What is in hand when the bot is told to stop may take this long; the rest waits in the inbox."""

MOST_THREADS: Final = 64
"""Threads that look for answers; eight are at work, the others are for those that hang."""

THREAD_NAME: Final = "answering"

ANSWERED: Final = "telegram-answered"
"""Under this name the bookkeeping has when Telegram last answered, in UTC epoch seconds."""

NOTED_SECONDS: Final = 60.0
"""Between two notes of that."""

_LAST_SECONDS: Final = 0.5
"""What threads may take to end once everything else has."""

_START_PAUSES: Final = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before Telegram is called again at the start, the last of them over and over."""


class TokenError(Exception):
    """Telegram does not know the token; the message says what to do."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Telegram does not know this TELEGRAM_BOT_TOKEN (any more). "
            "Ask @BotFather for the token again (/token), put it into .env, and start anew."
        )


class UnreachableError(Exception):
    """Telegram cannot be reached now; the message says why, without the token."""


class Inbox(polling.Inbox, workers.Inbox, housekeeping.Inbox, Protocol):
    """Where updates wait until they are answered."""

    async def waiting(self) -> list[Arrived]:
        """Return those that wait, in the order of their numbers."""
        ...

    async def sent(self, update_ids: Collection[int], count: int) -> None:
        """Note how many messages of an answer have been sent."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What the bot on Telegram is made of.

    `api_url` is where Telegram is, without a slash at its end. `admins` are the Telegram ids of those who
    are told of trouble. `folder` is where the bot keeps its files, `room` how many bytes of the disk the
    database needs beside it for a while. `now` is the clock, in UTC epoch seconds. `limits` is how fast calls
    may go out. `back_up` backs up the database where that is due. `lapses` are the students who fell silent,
    `zone` is the students' time. `look_over` is done once, beside the answers.
    """

    token: str
    api_url: str
    conversation: Conversation
    texts: Texts
    inbox: Inbox
    bookkeeping: alerts.Bookkeeping
    admins: Collection[int]
    folder: Path
    now: Callable[[], int]
    room: Callable[[], int] = lambda: 0
    limits: Limits = Limits()  # noqa: RUF009 - frozen
    back_up: Callable[[], Awaitable[None]] | None = None
    lapses: Lapses | None = None
    zone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009 - frozen
    look_over: Callable[[], Awaitable[None]] | None = None

    async def run(self) -> None:
        """Run until SIGTERM or SIGINT, then finish what is in hand.

        Raises:
            TokenError: Telegram does not know the token.
        """
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stopped.set)
        loop.set_exception_handler(_log_stray)
        threads = ThreadPoolExecutor(MOST_THREADS, THREAD_NAME)
        loop.set_default_executor(threads)
        outbox = Outbox(self.limits)
        bot = RawBot(
            self.token,
            base_url=f"{self.api_url}/bot",
            base_file_url=f"{self.api_url}/file/bot",
            request=Transport(proxy_for(self.api_url)),
            get_updates_request=Transport(proxy_for(self.api_url)),
            rate_limiter=outbox,
        )
        application = ApplicationBuilder().bot(bot).updater(None).build()
        try:
            connected = asyncio.create_task(self._connect(application))
            if await _first(connected, stopped):
                await self._serve(bot, outbox, stopped)
        except InvalidToken:
            raise TokenError from None
        finally:
            await application.shutdown()
            await bot.shutdown()
            # asyncio would wait for what hangs in a thread, without end.
            threads.shutdown(wait=False, cancel_futures=True)
            loop.set_default_executor(ThreadPoolExecutor(1))

    async def _connect(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        failed = 0
        while True:
            try:
                await application.initialize()
            except InvalidToken:
                raise
            except TelegramError as error:
                if not failed:
                    LOG.warning("Telegram cannot be reached yet, trying again: %s", error)
                await asyncio.sleep(_START_PAUSES[min(failed, len(_START_PAUSES) - 1)])
                failed += 1
            else:
                return

    async def _serve(self, bot: RawBot, outbox: Outbox, stopped: asyncio.Event) -> None:
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
                self._look_for_lapses(bot),
                self._look_over(),
            )
        ]
        polling_ = asyncio.create_task(poller.run())
        try:
            await _first(asyncio.gather(polling_, refused), stopped)
        finally:
            await _cancel(polling_, *aside)
            await inline.stop()
            await unsaved.stop()
            await crew.stop(FINISH_SECONDS)
            await callbacks.stop()
            LOG.info("Stopped.")

    async def _answer(self, house: Housekeeping, turn: Turn) -> Reply:
        reply = await self.conversation.hear(turn.heard)
        if turn.heard.press == ERASE:
            house.forgotten()
        return reply

    async def _look_for_lapses(self, bot: RawBot) -> None:
        if self.lapses is None:
            return
        lapsing = Lapsing(
            bot=bot,
            username=bot.username,
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


async def whose(token: str, api_url: str, seconds: float) -> str:
    """Ask Telegram which bot a token belongs to.

    Args:
        token: the bot's.
        api_url: where Telegram is, without a slash at its end.
        seconds: how long that may take, above 0.

    Returns:
        The bot's username.

    Raises:
        TokenError: Telegram does not know the token.
        UnreachableError: it could not be asked.
    """
    bot = RawBot(
        token,
        base_url=f"{api_url}/bot",
        request=Transport(proxy_for(api_url)),
        get_updates_request=Transport(proxy_for(api_url)),
    )
    try:
        async with asyncio.timeout(seconds):
            await bot.initialize()
            return bot.username
    except InvalidToken:
        raise TokenError from None
    except TimeoutError:
        message = f"no answer within {seconds:g} s"
        raise UnreachableError(message) from None
    except TelegramError as error:
        raise UnreachableError(str(error)) from None
    finally:
        await bot.shutdown()


def _log_stray(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log an error that nobody waited for; asyncio's own way would quote its words."""
    error = context.get("exception")
    LOG.error("%s: %s", context["message"], trace(error) if error else "no error")


def hangs() -> bool:
    """Tell, after the service has ended, whether a thread hangs that Python would wait for at its end."""
    threads = [one for one in threading.enumerate() if one.name.startswith(THREAD_NAME)]
    for one in threads:
        one.join(_LAST_SECONDS / len(threads))
    return any(one.is_alive() for one in threads)


async def _watched(part: Coroutine[Any, Any, None]) -> None:
    """Run a part beside the polling; should it fail, the log says so and the rest goes on."""
    try:
        await part
    except Exception as error:  # noqa: BLE001 - it stands beside what students wait for
        LOG.error("A part stopped: %s", trace(error))


async def _first(work: Awaitable[Any], stopped: asyncio.Event) -> bool:
    """Wait for some work or for the end; return whether the work was done, with its errors raised."""
    working, ending = asyncio.ensure_future(work), asyncio.create_task(stopped.wait())
    await asyncio.wait({working, ending}, return_when=asyncio.FIRST_COMPLETED)
    await _cancel(ending)
    if working.done():
        await working
        return True
    await _cancel(working)
    return False


async def _cancel(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await task
