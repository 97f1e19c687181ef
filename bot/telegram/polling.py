"""Fetches updates: committed to the inbox first, confirmed to Telegram after that."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.domain.inbox import KEPT_KNOWN, Arrived
from bot.telegram.alerts import Trouble
from bot.telegram.hearing import ALLOWED_UPDATES, Asked, Me, arrived, callback_of, inline_of
from bot.telegram.outbox import Urgency, seconds_told
from bot.telegram.traces import trace

LOG = logging.getLogger(__name__)

LONG_POLL_SECONDS: Final = 30
"""How long Telegram holds a request back until something arrives; 50 at most."""

STALLED_SECONDS: Final = LONG_POLL_SECONDS + 15.0
"""After this a request that has not returned is dropped and made anew."""

AT_ONCE: Final = 100
"""Updates an answer may hold [Telegram Bot API, getUpdates]."""

_PAUSES: Final = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds before Telegram is asked again after a failure, the last of them over and over."""

_ALERT_AFTER: Final = 6
"""Failures in a row, about half a minute, after which the operator is told."""

_REMEMBERED: Final = 1_000
"""Updates, by number, so that a query that comes twice is answered once."""


class RawBot(ExtBot[Urgency]):
    """The library's bot, with updates as they come.

    `get_updates` would refuse, and log in full, a whole batch for one update that it cannot read.
    """

    async def raw_updates(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        """Fetch updates.

        Args:
            offset: number of the first one wanted; all before it are confirmed. 0 for all there are.
            seconds: how long Telegram may wait for one to arrive, 0 to 50.
        """
        asked = {
            "offset": offset,
            "limit": AT_ONCE,
            "timeout": int(seconds),
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        found = await self._post("getUpdates", asked, read_timeout=seconds + 10)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


class Inbox(Protocol):
    """Where updates wait."""

    async def put(self, arrived: Sequence[Arrived]) -> list[Arrived]:
        """Store updates and return those that were not known."""
        ...


class Poller:
    """Fetches updates and hands them on, for as long as it runs."""

    def __init__(  # noqa: PLR0913 - by keyword only, and one place calls it
        self,
        *,
        bot: RawBot,
        inbox: Inbox,
        me: Me,
        take_up: Callable[[Sequence[Arrived]], None],
        expect: Callable[[str, str], None],
        inline: Callable[[Asked], None],
        unsaved: Callable[[Sequence[Arrived]], None],
        saved: Callable[[], None],
        report: Callable[[Trouble], None],
        now: Callable[[], int],
    ) -> None:
        """Put the parts together.

        Args:
            bot: fetches.
            inbox: where updates are stored; whatever it raises counts as a store that does not work now.
            me: the bot itself.
            take_up: given the updates that are new.
            expect: given the id of each callback query that is new, and its chat.
            inline: given each inline query.
            unsaved: given the updates that could not be stored, each time they could not.
            saved: told that updates are stored again.
            report: tells the operator that something failed.
            now: the clock, in UTC epoch seconds.
        """
        self._bot = bot
        self._inbox = inbox
        self._me = me
        self._take_up = take_up
        self._expect = expect
        self._inline = inline
        self._unsaved = unsaved
        self._saved = saved
        self._report = report
        self._now = now
        self._offset = 0
        self._latest = now()
        self._failed = 0
        self._unstored = 0
        self._named: set[str] = set()
        self._seen: OrderedDict[int, None] = OrderedDict()
        self.answered_at: int | None = None
        """When Telegram last answered a request, in UTC epoch seconds."""

    async def run(self) -> None:
        """Fetch until cancelled.

        Raises:
            InvalidToken: Telegram does not know this bot any more.
        """
        while True:
            try:
                async with asyncio.timeout(STALLED_SECONDS):
                    updates = await self._bot.raw_updates(self._offset, LONG_POLL_SECONDS)
            except InvalidToken:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it was, the next request may work
                await self._pause(error)
                continue
            self.answered_at = self._now()
            if self._failed:
                LOG.info("Telegram answers again.")
                self._failed = 0
                self._named.clear()
            try:
                stored = await self._take(updates)
            except Exception as error:  # noqa: BLE001 - not stored, so not confirmed: they come again
                if not self._unstored:
                    LOG.error("Updates cannot be stored, trying again: %s", trace(error))
                self._report(Trouble.DATABASE)
                await asyncio.sleep(_PAUSES[min(self._unstored, len(_PAUSES) - 1)])
                self._unstored += 1
            else:
                # Where there was nothing to store nobody knows whether the store works.
                if self._unstored and stored:
                    LOG.info("Updates are stored again.")
                    self._unstored = 0
                    self._saved()

    async def _take(self, updates: Sequence[Mapping[str, Any]]) -> bool:
        """Store and hand on what came; return whether there was anything to store."""
        numbered = [(number, raw) for raw in updates if isinstance(number := raw.get("update_id"), int)]
        rows = {number: arrived(raw, self._me, self._now()) for number, raw in numbered}
        for number, raw in numbered:
            # What a phone waits for needs no database, and so does not wait for one.
            if self._is_first(number):
                row = rows[number]
                self._pass_on(raw, row.chat if row else "")
        stored = [row for row in rows.values() if row]
        try:
            new = await self._inbox.put(stored) if stored else []
        except Exception:
            self._unsaved(stored)
            raise
        self._take_up(new)
        if numbered:
            self._offset = max(number for number, _ in numbered) + 1
            self._latest = self._now()
        elif self._now() - self._latest > KEPT_KNOWN:
            # After a week without any update Telegram begins anew with other numbers, maybe lower ones.
            self._offset = 0
        return bool(stored)

    def _pass_on(self, raw: Mapping[str, Any], chat: str) -> None:
        asked, query = inline_of(raw), callback_of(raw)
        if asked:
            self._inline(asked)
        elif query:
            self._expect(query, chat)

    def _is_first(self, number: int) -> bool:
        if number in self._seen:
            return False
        self._seen[number] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return True

    async def _pause(self, error: Exception) -> None:
        pause = _PAUSES[min(self._failed, len(_PAUSES) - 1)]
        self._failed += 1
        name = _name(error)
        if name not in self._named:
            self._named.add(name)
            LOG.warning("Telegram cannot be asked for updates, trying again: %s", name)
        if isinstance(error, Conflict) and "webhook" in error.message.casefold():
            LOG.warning("A webhook was set for this bot; it is removed, since this bot asks for its updates.")
            with contextlib.suppress(TelegramError):
                await self._bot.delete_webhook()
        elif isinstance(error, RetryAfter):
            pause = max(pause, seconds_told(error))
        if isinstance(error, Conflict) or self._failed >= _ALERT_AFTER:
            self._report(Trouble.POLLING)
        await asyncio.sleep(pause)


def _name(error: Exception) -> str:
    if isinstance(error, Conflict) and "webhook" not in error.message.casefold():
        return "Another program fetches updates with the same token; stop it, or give it its own"
    # The words of other errors may quote a student.
    return str(error) if isinstance(error, TelegramError) and str(error) else type(error).__name__
