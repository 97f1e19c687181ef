"""A worker a chat: what arrived is answered in order there, and chats do not wait for each other."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from dataclasses import replace
from typing import Final, Protocol

from telegram.error import InvalidToken

from bot.domain.inbox import MOST_FAILURES, Arrived
from bot.domain.reply import Reply
from bot.telegram.alerts import Trouble
from bot.telegram.hearing import Me, Turn, Unreadable, next_turn
from bot.telegram.traces import trace

LOG = logging.getLogger(__name__)

MOST_SECONDS: Final = 60.0
"""How long finding an answer may take before the update is set aside. Waiting for Telegram does not count."""

AT_ONCE: Final = 8
"""Answers that are looked for at once: measured, four gave a fifth fewer answers a second, twelve no more."""

SLOW_SECONDS: Final = 1.0
"""After this an answer that is still looked for gives its place to another, and goes on beside it."""

_PAUSE_SECONDS: Final = 0.5
"""Before an update that failed is tried again; twice as long before the third time."""

_CANCEL_SECONDS: Final = 0.5
"""What a cancelled worker may still take, for the transaction it is in."""

_STORE_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds before a change that could not be stored is tried again, the last of them over and over."""


class Inbox(Protocol):
    """Where updates wait."""

    async def finish(self, update_ids: Collection[int], at: int) -> None:
        """Mark updates as answered; their content goes."""
        ...

    async def fail(self, update_ids: Collection[int]) -> None:
        """Count a failure of each."""
        ...

    async def set_aside(self, update_ids: Collection[int], at: int) -> None:
        """Give updates up; their content stays for a while."""
        ...


class Workers:
    """Answers what arrived."""

    def __init__(  # noqa: PLR0913 - by keyword only, and one place calls it
        self,
        *,
        inbox: Inbox,
        me: Me,
        until_free: Callable[[int], Awaitable[None]],
        answer: Callable[[Turn], Awaitable[Reply]],
        deliver: Callable[[Turn, Reply], Awaitable[None]],
        apologise: Callable[[Turn], Awaitable[None]],
        is_begun: Callable[[Turn], bool],
        report: Callable[[Trouble], None],
        refused: Callable[[InvalidToken], None],
        now: Callable[[], int],
    ) -> None:
        """Put the parts together.

        Args:
            inbox: where the updates wait; whatever it raises counts as a store that does not work now.
            me: the bot itself.
            until_free: waits until a chat may be written to.
            answer: finds the answer to a turn.
            deliver: sends it.
            apologise: tells a student that answering failed.
            is_begun: tells whether a part of an answer has been sent.
            report: tells the operator that something failed.
            refused: told that Telegram does not know the bot any more; what waits goes on waiting.
            now: the clock, in UTC epoch seconds.
        """
        self._inbox = inbox
        self._me = me
        self._until_free = until_free
        self._answer = answer
        self._deliver = deliver
        self._apologise = apologise
        self._is_begun = is_begun
        self._report = report
        self._refused = refused
        self._now = now
        self._waiting: dict[str, deque[Arrived]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._resting: set[str] = set()
        self._thinking = asyncio.Semaphore(AT_ONCE)
        self._stopping = False

    def take_up(self, arrived: Iterable[Arrived]) -> None:
        """Put updates in line, each behind those of its chat."""
        for one in arrived:
            self._waiting.setdefault(one.chat, deque()).append(one)
            if one.chat not in self._tasks and not self._stopping:
                self._tasks[one.chat] = asyncio.create_task(self._serve(one.chat))

    async def stop(self, seconds: float) -> None:
        """Finish what is in hand; what is not finished in time waits in the inbox for the next start.

        Args:
            seconds: how long to wait for it.
        """
        self._stopping = True
        for chat in self._resting:
            self._tasks[chat].cancel()
        tasks = set(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=_CANCEL_SECONDS)

    async def _serve(self, chat: str) -> None:
        try:
            while self._waiting[chat] and not self._stopping:
                if self._waiting[chat][0].kind != "callback_query":
                    await self._rest(chat)
                await self._serve_turn(self._waiting[chat])
        finally:
            del self._tasks[chat]
            if not self._waiting[chat]:
                del self._waiting[chat]

    async def _rest(self, chat: str) -> None:
        self._resting.add(chat)
        try:
            await self._until_free(int(chat))
        finally:
            self._resting.discard(chat)

    async def _serve_turn(self, waiting: deque[Arrived]) -> None:
        try:
            turn = next_turn(waiting, self._me)
        except Unreadable as error:
            LOG.error(
                "Update %d (%s) cannot be read: %s", waiting[0].update_id, waiting[0].kind, trace(error)
            )
            self._report(Trouble.UPDATE)
            await self._give_up([waiting.popleft()])
            return
        taken = [waiting.popleft() for _ in turn.updates]
        minute = asyncio.timeout(None)
        try:
            # The minute begins with the work: after an hour without network thousands wait for their turn.
            async with self._place_to_think(), minute:
                minute.reschedule(_time() + MOST_SECONDS)
                reply = await self._answer(turn)
            await self._deliver(turn, reply)
        except InvalidToken as error:
            waiting.extendleft(reversed(taken))
            self._stopping = True
            self._refused(error)
        except Exception as error:  # noqa: BLE001 - one bad update must not stop a chat
            await self._failed(taken, turn, error, waiting, for_good=minute.expired())
        else:
            await self._store(lambda: self._inbox.finish(turn.updates, self._now()))

    @contextlib.asynccontextmanager
    async def _place_to_think(self) -> AsyncIterator[None]:
        """Wait for a place, and keep it no longer than any ordinary answer takes: what hangs holds nobody."""
        await self._thinking.acquire()
        over = asyncio.get_running_loop().call_later(SLOW_SECONDS, self._thinking.release)
        try:
            yield
        finally:
            if over.when() > _time():
                over.cancel()
                self._thinking.release()

    async def _failed(
        self,
        taken: list[Arrived],
        turn: Turn,
        error: Exception,
        waiting: deque[Arrived],
        *,
        for_good: bool,
    ) -> None:
        failures = taken[0].failures + 1
        alone = len(taken) == 1
        LOG.error("Update %d (%s) failed (%d): %s", taken[0].update_id, taken[0].kind, failures, trace(error))
        # Of several taken together nobody knows which is to blame: each is tried alone from now on.
        if (alone and (for_good or failures >= MOST_FAILURES)) or (not alone and self._is_begun(turn)):
            self._report(Trouble.UPDATE)
            await self._give_up(taken)
            await self._apologise(turn)
            return
        waiting.extendleft(replace(one, failures=one.failures + 1) for one in reversed(taken))
        await self._store(lambda: self._inbox.fail(turn.updates))
        await asyncio.sleep(_PAUSE_SECONDS * failures)

    async def _give_up(self, taken: list[Arrived]) -> None:
        await self._store(lambda: self._inbox.set_aside([one.update_id for one in taken], self._now()))

    async def _store(self, change: Callable[[], Awaitable[None]]) -> None:
        failed = 0
        while True:
            try:
                await change()
            except Exception as error:  # noqa: BLE001 - whatever is wrong with the store, it may mend
                if not failed:
                    LOG.error("The database does not take a change, trying again: %s", trace(error))
                self._report(Trouble.DATABASE)
                await asyncio.sleep(_STORE_PAUSES[min(failed, len(_STORE_PAUSES) - 1)])
                failed += 1
            else:
                return


def _time() -> float:
    return asyncio.get_running_loop().time()
