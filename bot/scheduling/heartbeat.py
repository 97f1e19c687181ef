"""Sends the nudges that are due: rows leased from the store, sent a few at a time, and ended one by one.

Nothing that matters is in memory: whenever the process ends, what it had in hand comes up again when the
lease is over. At most `IN_FLIGHT` of these may have been sent already.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from bot.domain.inbox import StoreError
from bot.domain.nudging import LATE_SECONDS, LEASE_SECONDS, Claimed, Ending, Fate, Prepared
from bot.domain.reply import Message

LOG = logging.getLogger(__name__)

BEAT_SECONDS: Final = 2.0
"""Between two looks for what is due, when nothing more was."""

IN_FLIGHT: Final = 10
"""Rows that are being sent, or sent and not yet ended, at most: a kill repeats no more than these. Over a
call of a tenth of a second they keep 100 calls a second going, so Telegram's limit leaves none idle."""

CLAIMED: Final = 56
"""Rows leased at once at most: two seconds' worth of sending at 28 a second [facts of this project]."""

SENDING_SECONDS: Final = 25.0
"""How long one may wait to be sent: what waits for the network must arrive neither late nor in the night."""

CALL_SECONDS: Final = 30.0
"""How long a call that is under way may take, connecting and all; see `telegram.transport` and `unasked`.
Waiting, a call and ending it must fit into a lease, or another process might send it as well."""

MISTAKES: Final = 3
"""Times a process takes up a row that cannot be prepared by a mistake of ours."""

STOP_SECONDS: Final = 4.0
"""What is being sent when the process is told to stop may take this long."""

_CANCEL_SECONDS: Final = 0.5
"""What is cancelled may still take this long, for the transaction it is in."""

_FREED: Final = CLAIMED // 2
"""Rows ended before as many new ones are claimed: a claim costs nearly as much for one as for all."""

_PREPARED_AT_ONCE: Final = 8
"""Rows that are looked into at once; students who ask something just then use the same database."""

_PREPARING_SECONDS: Final = 10.0
_LEAST_SECONDS: Final = 5.0
"""With less than this left of its lease to wait in, a row is given back rather than sent."""

_TRIED_AGAIN_SECONDS: Final = 30
"""After which one that was not sent is taken up again."""

_ALONE_PAUSES: Final = (1.0, 15.0, 30.0, 60.0)
"""Seconds before one is tried while Telegram does not take them, the last of them over and over. The first is
short: most often a call fails by itself, and the next one shows it."""

_STORE_PAUSES: Final = (0.5, 1.0, 2.0, 5.0)
"""Seconds before the store is asked again, the last of them over and over."""

_REOPEN_SECONDS: Final = 60.0
_PRUNE_EVERY: Final = 10
"""How often is cleared up: after each of so many times that rows were reopened."""


class Nudges(Protocol):
    """Rows that wait for their time. Every method raises StoreError when it cannot."""

    async def claim(self, by: str, at: int, most: int) -> list[Claimed]:
        """Lease at most so many rows that are due, those that wait longest first, to a process."""
        ...

    async def still_mine(self, claimed: Claimed) -> bool:
        """Tell whether a row is in hand still: neither declined nor erased, nor in another process's."""
        ...

    async def complete(
        self, claimed: Claimed, ending: Ending, at: int, about: str = "", wording: int = 0
    ) -> bool:
        """End a row, and put the student's next; False, and nothing changed, when it is not ours any more."""
        ...

    async def release(self, claimed: Claimed, at: int, until: int, due_at: int | None = None) -> None:
        """Give back a row that was surely not sent, unless it is not ours any more.

        Args:
            claimed: the row.
            at: now, in UTC epoch seconds.
            until: from when on it may be taken up again.
            due_at: when it is due from now on; as before when None.
        """
        ...

    async def reopen(self, at: int) -> int:
        """Let rows wait again that ended as late by a clock that was ahead."""
        ...

    async def prune(self, at: int) -> int:
        """Delete rows that ended long ago."""
        ...


class Sender(Protocol):
    """Sends messages."""

    async def send(self, student: str, message: Message, seconds: float) -> Fate:
        """Send a message, which may wait for so long before the call begins; return how that went."""
        ...


@dataclass(slots=True, eq=False)
class _Row:
    """A row in hand since `taken`; `begun` is when sending it began. Instants of the event loop's clock."""

    claimed: Claimed
    taken: float
    alone: bool
    begun: float | None = None
    task: asyncio.Task[None] = field(init=False)


class Heartbeat:
    """Asks every two seconds who is due, and sees to them."""

    def __init__(
        self,
        *,
        nudges: Nudges,
        prepare: Callable[[Claimed, int], Awaitable[Prepared]],
        sender: Sender,
        now: Callable[[], int],
        by: str,
    ) -> None:
        """Put the parts together.

        Args:
            nudges: the rows.
            prepare: finds what is to become of a row, at an instant in UTC epoch seconds.
            sender: sends.
            now: the clock, in UTC epoch seconds. It may jump: pauses go by the event loop's.
            by: a name of this process that no other has.
        """
        self._nudges = nudges
        self._prepare = prepare
        self._sender = sender
        self._now = now
        self._by = by
        self._in_hand: dict[int, _Row] = {}
        self._changed = asyncio.Event()
        self._preparing = asyncio.Semaphore(_PREPARED_AT_ONCE)
        self._places = asyncio.Semaphore(IN_FLIGHT)
        self._claiming: asyncio.Task[list[Claimed]] | None = None
        self._lost_at = float("-inf")
        self._gets_through = True
        self._stuck = ""
        self._alone = 0
        self._store_fails = 0
        self._mistakes: Counter[int] = Counter()

    async def run(self) -> None:
        """Send what is due until cancelled; what is being sent then is finished, the rest given back."""
        clearing = asyncio.create_task(self._clear_up())
        try:
            while True:
                try:
                    await (self._fill() if self._gets_through else self._try_one())
                except StoreError as error:
                    await self._store_pause(error)
        finally:
            clearing.cancel()
            await self._stop()

    async def _fill(self) -> None:
        """Take up what is due, as far as there is room for it, or wait for that."""
        room = CLAIMED - len(self._in_hand)
        if room < _FREED:
            await self._change()
            return
        if await self._take_up(room) < room:
            await asyncio.sleep(BEAT_SECONDS)

    async def _try_one(self) -> None:
        """Send a single one, after a pause that grows, to see whether they get through again."""
        await self._all_put_down()
        await asyncio.sleep(_ALONE_PAUSES[min(self._alone, len(_ALONE_PAUSES) - 1)])
        self._alone += 1
        lost_at = self._lost_at
        # Those that are not to be sent show nothing, and need no pause.
        while not self._gets_through and self._lost_at == lost_at:
            if not await self._take_up(1, alone=True):
                await asyncio.sleep(BEAT_SECONDS)
            await self._all_put_down()

    async def _take_up(self, most: int, *, alone: bool = False) -> int:
        taken = _time()
        self._claiming = asyncio.create_task(self._nudges.claim(self._by, self._now(), most))
        # A claim is not cancelled: nobody would know of the rows before their lease is over.
        found = await asyncio.shield(self._claiming)
        self._claiming = None
        self._store_works()
        for claimed in found:
            # After a jump of the clock a row in hand may be due again; it has a new lease now.
            if claimed.id not in self._in_hand:
                row = _Row(claimed, taken, alone)
                self._in_hand[claimed.id] = row
                row.task = asyncio.create_task(self._see_to(row))
        return len(found)

    async def _see_to(self, row: _Row) -> None:
        try:
            async with self._preparing:
                prepared = await self._prepared(row.claimed)
            if prepared and await self._message_of(row.claimed, prepared):
                async with self._places:
                    await self._send_now(row)
        except Exception as error:  # noqa: BLE001 - one bad row must not stop the others; its lease ends
            LOG.error("A nudge was not seen to: %s", _trace(error))
        finally:
            del self._in_hand[row.claimed.id]
            self._changed.set()

    async def _prepared(self, claimed: Claimed, *, again: bool = False) -> Prepared | None:
        """Return what is to become of a row, or None where there is nothing more to do about it now.

        Args:
            claimed: the row.
            again: whether it has waited since it was taken up, and so may not be ours any more.
        """
        try:
            async with asyncio.timeout(_PREPARING_SECONDS):
                if again and not await self._nudges.still_mine(claimed):
                    return None
                return await self._prepare(claimed, self._now())
        except StoreError as error:
            await self._store_pause(error)
            await self._put_off(claimed)
        except TimeoutError:
            await self._store_pause(StoreError(f"no answer within {_PREPARING_SECONDS:.0f} s"))
            # One that takes for ever must not come up again for ever.
            await (self._end(claimed, "late") if self._is_late(claimed) else self._put_off(claimed))
        except Exception as error:  # noqa: BLE001 - a mistake about one student is no reason to stop
            self._mistakes[claimed.id] += 1
            found = self._mistakes[claimed.id]
            LOG.error("A nudge cannot be prepared (%d): %s", found, _trace(error))
            await (self._end(claimed, "failed") if found >= MISTAKES else self._put_off(claimed))
        return None

    async def _message_of(self, claimed: Claimed, prepared: Prepared) -> Message | None:
        """Return what is to be sent, if anything is; else the row is ended, or given back."""
        if prepared.moved_to is not None:
            await self._give_back(claimed, prepared.moved_to, prepared.moved_to)
            return None
        if prepared.message is None:
            await self._end(claimed, prepared.ending, prepared.about, prepared.wording)
        return prepared.message

    async def _send_now(self, row: _Row) -> None:
        """Send a row that has got its place, unless something speaks against it by now."""
        if not self._may_go(row):
            await self._give_back(row.claimed, row.claimed.due_at)
            return
        # Who stopped, paused or is in distress, who declined or erased it, meanwhile, is not written to.
        prepared = await self._prepared(row.claimed, again=True)
        if prepared and (message := await self._message_of(row.claimed, prepared)):
            await self._send(row, prepared, message)

    def _may_go(self, row: _Row) -> bool:
        return self._left_of_lease(row) >= _LEAST_SECONDS and (self._gets_through or row.alone)

    async def _send(self, row: _Row, prepared: Prepared, message: Message) -> None:
        claimed = row.claimed
        left = prepared.until - self._now()
        if left <= 0:
            await self._end(claimed, "late" if self._is_late(claimed) else "quiet")
            return
        if not self._may_go(row):
            await self._give_back(claimed, claimed.due_at)
            return
        # The clock tells whole seconds: the one that has begun may be nearly over.
        seconds = min(SENDING_SECONDS, left - 1, self._left_of_lease(row))
        row.begun = _time()
        fate = await self._sender.send(claimed.student, message, seconds)
        # That it waited until the night says nothing of Telegram.
        self._learn(claimed.student, fate, row.begun, waited=seconds < left - 1)
        if fate == "not-sent":
            await self._put_off(claimed)
        else:
            await self._end(claimed, _ending(prepared.ending, fate), prepared.about, prepared.wording)

    def _left_of_lease(self, row: _Row) -> float:
        """Return for how many seconds a row may wait for its turn and still be ended within its lease."""
        return LEASE_SECONDS - CALL_SECONDS - (_time() - row.taken)

    def _is_late(self, claimed: Claimed) -> bool:
        return self._now() - claimed.due_at >= LATE_SECONDS

    def _learn(self, student: str, fate: Fate, begun: float, *, waited: bool) -> None:
        if fate == "unknown" or (fate == "not-sent" and waited and self._is_trouble(student)):
            if self._gets_through:
                LOG.warning("Nudges do not get through; from now on one at a time is tried.")
            self._gets_through, self._lost_at = False, _time()
        elif fate != "not-sent" and begun >= self._lost_at:
            if not self._gets_through:
                LOG.info("Nudges get through again.")
            self._gets_through, self._stuck, self._alone = True, "", 0

    def _is_trouble(self, student: str) -> bool:
        """Tell whether more than one student could not be sent anything; Telegram may hold a single chat."""
        is_another = self._stuck not in {"", student}
        self._stuck = student
        return is_another or not self._gets_through

    async def _end(self, claimed: Claimed, ending: Ending, about: str = "", wording: int = 0) -> None:
        self._mistakes.pop(claimed.id, None)
        at = self._now()
        await self._kept(lambda: self._nudges.complete(claimed, ending, at, about, wording))

    async def _give_back(self, claimed: Claimed, until: int, due_at: int | None = None) -> None:
        at = self._now()
        await self._kept(lambda: self._nudges.release(claimed, at, until, due_at))

    async def _put_off(self, claimed: Claimed) -> None:
        await self._give_back(claimed, self._now() + _TRIED_AGAIN_SECONDS)

    async def _kept(self, change: Callable[[], Awaitable[object]]) -> None:
        """Make a change for as long as it takes: one that was sent must not come up again."""
        while True:
            try:
                await change()
            except StoreError as error:
                await self._store_pause(error)
            else:
                self._store_works()
                return

    async def _store_pause(self, error: StoreError) -> None:
        if not self._store_fails:
            LOG.error("The database does not let nudges be seen to, trying again: %s", error)
        self._store_fails += 1
        await asyncio.sleep(_STORE_PAUSES[min(self._store_fails, len(_STORE_PAUSES)) - 1])

    def _store_works(self) -> None:
        if self._store_fails:
            LOG.info("The database lets nudges be seen to again.")
        self._store_fails = 0

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    async def _all_put_down(self) -> None:
        while self._in_hand:
            await self._change()

    async def _clear_up(self) -> None:
        number = 0
        while True:
            await asyncio.sleep(_REOPEN_SECONDS)
            number += 1
            try:
                reopened = await self._nudges.reopen(self._now())
                if reopened:
                    LOG.warning("The clock was ahead: %d nudges wait again that it held up.", reopened)
                if number % _PRUNE_EVERY == 0:
                    await self._nudges.prune(self._now())
            except StoreError as error:
                # Else it has been told.
                if not self._store_fails:
                    LOG.warning("Nudges were not cleared up: %s", error)
            except Exception as error:  # noqa: BLE001 - the next round tries again
                LOG.error("Nudges were not cleared up: %s", _trace(error))

    async def _stop(self) -> None:
        begun = [row for row in self._in_hand.values() if row.begun is not None]
        waiting = [row for row in self._in_hand.values() if row.begun is None]
        for row in waiting:
            row.task.cancel()
        unsent = [row.claimed for row in waiting]
        ending = [row.task for row in (*begun, *waiting)]
        back = asyncio.create_task(self._put_back(unsent))
        _, late = await asyncio.wait({back, *ending}, timeout=STOP_SECONDS)
        for task in late:
            # It may be under way: it keeps its lease, and comes up again when that is over.
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=_CANCEL_SECONDS)

    async def _put_back(self, unsent: Iterable[Claimed]) -> None:
        claimed = list(unsent)
        # What cannot be given back has its lease to end.
        if self._claiming:
            with contextlib.suppress(Exception):
                claimed += [one for one in await self._claiming if one.id not in self._in_hand]
        with contextlib.suppress(Exception):
            await asyncio.gather(*(self._nudges.release(one, self._now(), one.due_at) for one in claimed))


def _ending(meant: Ending, fate: Literal["sent", "unknown", "blocked", "failed"]) -> Ending:
    """Return how one ended that was meant to end in a way.

    The last line before silence is the last even when it may not have come: it is not said over and over.
    """
    return meant if fate == "sent" or (fate == "unknown" and meant == "last") else fate


def _trace(error: BaseException) -> str:
    """Return an error's kind and the lines of code it came through; its words may quote a student."""
    return "".join([f"{type(error).__name__}\n", *traceback.format_tb(error.__traceback__)]).rstrip()


def _time() -> float:
    return asyncio.get_running_loop().time()
