"""The bot on Telegram: starts its parts, watches over them, and stops them in order."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, Protocol

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.domain.inbox import StoreError
from bot.telegram.outbox import Limits, Outbox, SlotClock
from bot.telegram.polling import RawBot
from bot.telegram.serving import Serving, cancel, first
from bot.telegram.traces import trace
from bot.telegram.transport import Transport, proxy_for
from bot.telegram.unasked import Sender

LOG = logging.getLogger(__name__)

MOST_THREADS: Final = 64
"""Threads that look for answers; eight are at work, the others are for those that hang."""

THREAD_NAME: Final = "answering"

_LAST_SECONDS: Final = 0.5
"""What threads may take to end once everything else has."""

_AGAIN_SECONDS: Final = 5.0
"""Before a part that stopped is started again."""

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


class Leadership(Protocol):
    """Settles which of several processes fetches the updates and answers; any of them may send nudges."""

    async def gain(self) -> None:
        """Return when this process leads, at once when it does already."""
        ...

    async def lost(self) -> None:
        """Return when this process no longer leads."""
        ...

    async def give_up(self) -> None:
        """Let another process lead."""
        ...


class OnlyProcess:
    """Leads always, since there is no other process."""

    async def gain(self) -> None:
        """Return at once."""

    async def lost(self) -> None:
        """Return never."""
        await asyncio.Event().wait()

    async def give_up(self) -> None:
        """Nothing to give up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Serving):
    """What the bot on Telegram is made of.

    `api_url` is where Telegram is, without a slash at its end. `limits` is how fast calls may go out, `slots`
    gives out their places where several processes share those limits. `leadership` settles which of these
    answers students, `unasked` sends what is due, in each of them, for as long as it runs.
    """

    token: str
    api_url: str
    limits: Limits = Limits()  # noqa: RUF009 - frozen
    slots: SlotClock | None = None
    leadership: Leadership = OnlyProcess()  # noqa: RUF009 - it has no state
    unasked: Callable[[Sender], Coroutine[Any, Any, None]] | None = None

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
        outbox = Outbox(self.limits, self.slots)
        bot = RawBot(
            self.token,
            base_url=f"{self.api_url}/bot",
            base_file_url=f"{self.api_url}/file/bot",
            request=Transport(proxy_for(self.api_url)),
            get_updates_request=Transport(proxy_for(self.api_url)),
            rate_limiter=outbox,
        )
        application = ApplicationBuilder().bot(bot).updater(None).build()
        connecting = asyncio.create_task(self._connect(application))
        ending = asyncio.create_task(stopped.wait())
        try:
            await first(connecting, ending)
            if not ending.done():
                await self._work(bot, outbox, ending)
        except InvalidToken:
            raise TokenError from None
        finally:
            await cancel(connecting, ending)
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

    async def _work(self, bot: RawBot, outbox: Outbox, ending: asyncio.Task[Any]) -> None:
        sender = Sender(bot, bot.username)
        parts = [asyncio.create_task(self._lead(bot, outbox, sender))]
        if self.unasked:
            parts.append(asyncio.create_task(self._send_unasked(self.unasked, sender)))
        try:
            await first(*parts, ending)
        finally:
            # All are told at once, so that they finish what is in hand side by side.
            await cancel(*parts)
            await self.leadership.give_up()
            LOG.info("Stopped.")

    async def _lead(self, bot: RawBot, outbox: Outbox, sender: Sender) -> None:
        led = False
        while True:
            await self.leadership.gain()
            LOG.info("This process fetches the updates.")
            try:
                await self.serve(bot, outbox, sender, self.leadership.lost())
            except StoreError as error:
                # At the start somebody is there to see it; later on the database may mend.
                if not led:
                    raise
                LOG.error("What waits cannot be read, trying again: %s", error)
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                LOG.warning("This process has stopped fetching the updates, so that another one may.")
            led = True

    async def _send_unasked(
        self, unasked: Callable[[Sender], Coroutine[Any, Any, None]], sender: Sender
    ) -> None:
        while True:
            try:
                await unasked(sender)
            except Exception as error:  # noqa: BLE001 - it stands beside what students wait for
                LOG.error("Sending what is due stopped, starting again: %s", trace(error))
            await asyncio.sleep(_AGAIN_SECONDS)


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
