"""Processes that send, in a time that the test moves; they may be killed, and Telegram may be busy.

The event loop's time stands still while a database works and passes at once while everybody waits. The clock
on the wall goes with it, can be moved ahead over hours in which nothing is due, and may be wrong. The drivers
of the databases wait in place, which takes half the time and leaves nothing to chance: what happens follows
from the seed alone.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Protocol
from zoneinfo import ZoneInfo

import aiosqlite
import psycopg
import pytest
from psycopg import waiting
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg

from bot.domain.inbox import StoreError
from bot.domain.nudging import Claimed, Ending, Fate, Prepared
from bot.domain.reply import Message
from bot.scheduling.heartbeat import Heartbeat
from bot.storage.database import Database
from bot.storage.journeys import Journeys
from bot.storage.nudges import Nudges
from tests.samples import conversation

HANGS_SECONDS = 60.0
"""Real seconds after which a database that says nothing has hung."""

REFUSED = 0.002
"""How often a store refuses."""

CALL_SECONDS = (0.1, 0.1, 0.3)
"""A message's way to Telegram, and the answer's way back; few values, so that many end in one transaction."""

HOME = ZoneInfo("Asia/Colombo")
"""Of students who have said no other zone."""


class _Selector(selectors.DefaultSelector):
    """Waits for what is really under way; where nothing is, the time passes instead."""

    def __init__(self):
        super().__init__()
        self.time = 0.0
        self.real = set()

    def select(self, timeout=None):
        if timeout is not None and timeout <= 0:
            return super().select(timeout)
        if self.real or timeout is None:
            found = super().select(HANGS_SECONDS)
            assert found, f"nothing happens, {len(self.real)} transactions are under way"
            return found
        found = super().select(0)
        if not found:
            self.time += timeout
        return found


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose time is simulated."""

    def __init__(self):
        self._simulated = _Selector()
        super().__init__(self._simulated)

    def time(self):
        return self._simulated.time

    @property
    def is_busy(self) -> bool:
        return bool(self._simulated.real)

    async def real(self, work):
        """Do what takes real time, whole whoever waits for it; the simulated time stands still meanwhile."""
        task = self.create_task(work)
        self._simulated.real.add(task)
        task.add_done_callback(self._simulated.real.discard)
        return await asyncio.shield(task)


@contextmanager
def drivers_that_wait_in_place() -> Iterator[None]:
    """Have SQLite called without a thread, and PostgreSQL waited for, where a statement is carried out."""

    async def execute(_, statement, *args, **named):
        return statement(*args, **named)

    async def wait(connection, steps, **_):
        return waiting.wait(steps, connection.pgconn.socket, interval=0.1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiosqlite.Connection, "_execute", execute)
        patch.setattr(psycopg.AsyncConnection, "wait", wait)
        # Asking before each transaction whether the server is there would be a fifth of all that is said.
        patch.setattr(PGDialectAsync_psycopg, "do_ping", lambda *_: True)
        yield


class Clock:
    """The clock on the wall, in UTC epoch seconds; it may be `wrong` by some."""

    def __init__(self, loop: Loop, begin: int):
        self._loop = loop
        self._ahead = begin - loop.time()
        self.wrong = 0

    @property
    def true(self) -> float:
        return self._loop.time() + self._ahead

    @property
    def exact(self) -> float:
        return self.true + self.wrong

    def __call__(self) -> int:
        return int(self.exact)

    def leap(self, to: float) -> None:
        """Pass over time in which nobody has anything to do."""
        self._ahead += max(0.0, to - self.true)


@dataclass(frozen=True)
class Row:
    """One that was prepared: what it is, what was found, and the words that are to be sent."""

    claimed: Claimed
    prepared: Prepared


class Watcher(Protocol):
    """Sees what the processes do."""

    def prepared(self, claimed: Claimed, at: int, prepared: Prepared) -> None: ...

    def released(self, claimed: Claimed) -> None: ...

    def ended(self, claimed: Claimed, ending: Ending, at: int) -> None: ...


class Telegram:
    """Takes messages: busy from time to time, and some get lost.

    `fates` says how sending a row goes: its fate, and whether it arrives. `arrives` is told of each.
    """

    def __init__(
        self,
        clock: Clock,
        fates: Callable[[Row], tuple[Fate, bool]],
        arrives: Callable[[Process, Row], Awaitable[None]],
    ):
        self.clock = clock
        self.fates = fates
        self.arrives = arrives
        self.busy_until = 0.0

    async def takes(self, seconds: float) -> bool:
        """Wait while it answers 429, at most so long; False when it does so still."""
        left = self.busy_until - self.clock.true
        await asyncio.sleep(max(0.0, min(left, seconds)))
        return left <= seconds


class Process:
    """One of several that send. What it had in hand when it is killed, it does not end."""

    def __init__(self, name: str, database: Database, telegram: Telegram, watcher: Watcher, rng: Random):
        self.name = name
        self.in_hand: set[int] = set()
        self._telegram = telegram
        self._watcher = watcher
        self._rng = rng
        self._is_dead = False
        self._unfinished: dict[int, Claimed] = {}
        self._words: dict[int, Row] = {}
        self._journeys = Journeys(database, HOME)
        self._nudges = Nudges(database, HOME)
        self._door = conversation(journeys=self)
        heart = Heartbeat(
            nudges=self, prepare=self._prepare, sender=self, now=telegram.clock, by=f"process {name}"
        )
        self._task = asyncio.create_task(heart.run())

    def kill(self) -> list[Claimed]:
        """End it at once: nothing it does reaches anybody any more. Return what arrived and is not ended."""
        self._is_dead = True
        self.in_hand.clear()
        self._task.cancel()
        return [*self._unfinished.values()]

    async def stop(self) -> None:
        """Tell it to end, and wait until it has."""
        self._task.cancel()
        await asyncio.wait({self._task})
        assert self._task.cancelled()

    # What the heartbeat reaches.

    async def events(self, student: str):
        return await self._reach(lambda: self._journeys.events(student))

    async def claim(self, by: str, at: int, most: int) -> list[Claimed]:
        async def work():
            found = await self._nudges.claim(by, at, most)
            if not self._is_dead:
                self.in_hand.update(one.id for one in found)
            return found

        return await self._reach(work)

    async def still_mine(self, claimed: Claimed) -> bool:
        async def work():
            is_mine = await self._nudges.still_mine(claimed)
            if not is_mine:
                self.in_hand.discard(claimed.id)
            return is_mine

        return await self._reach(work)

    async def complete(
        self, claimed: Claimed, ending: Ending, at: int, about: str = "", wording: int = 0
    ) -> bool:
        async def work():
            # From here on it is committed, whoever dies.
            self._unfinished.pop(claimed.id, None)
            is_mine = await self._nudges.complete(claimed, ending, at, about, wording)
            if is_mine:
                self._watcher.ended(claimed, ending, at)
            self.in_hand.discard(claimed.id)
            return is_mine

        return await self._reach(work)

    async def release(self, claimed: Claimed, at: int, until: int, due_at: int | None = None) -> None:
        async def work():
            await self._nudges.release(claimed, at, until, due_at)
            self._watcher.released(claimed)
            self.in_hand.discard(claimed.id)

        await self._reach(work)

    async def reopen(self, at: int) -> int:
        return await self._reach(lambda: self._nudges.reopen(at))

    async def prune(self, at: int) -> int:
        return await self._reach(lambda: self._nudges.prune(at))

    async def send(self, _student: str, message: Message, seconds: float) -> Fate:
        row = self._words.pop(id(message))
        await self._alive()
        if not await self._telegram.takes(seconds):
            return "not-sent"
        await asyncio.sleep(self._rng.choice(CALL_SECONDS))
        await self._alive()
        fate, has_arrived = self._telegram.fates(row)
        if has_arrived:
            self._unfinished[row.claimed.id] = row.claimed
            await self._telegram.arrives(self, row)
            await self._alive()
        await asyncio.sleep(self._rng.choice(CALL_SECONDS))
        await self._alive()
        return fate

    async def _prepare(self, claimed: Claimed, at: int) -> Prepared:
        prepared = await self._door.prepare(claimed, at)
        self._watcher.prepared(claimed, at, prepared)
        if prepared.message:
            self._words[id(prepared.message)] = Row(claimed, prepared)
        return prepared

    async def _reach(self, work):
        await self._alive()
        if self._rng.random() < REFUSED:
            message = "no answer"
            raise StoreError(message)
        return await asyncio.get_running_loop().real(work())

    async def _alive(self) -> None:
        """Return where it is; the dead wait for ever."""
        if self._is_dead:
            await asyncio.Event().wait()
