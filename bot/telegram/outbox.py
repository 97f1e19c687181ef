"""The outbox: every call to Telegram waits here for its turn, and is made again where that is safe.

Limits are Telegram's [facts of this project, measured or read in the server's sources]: about 30 calls a
second in all, one a second in a chat with short bursts, 20 a minute in a group.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, Protocol

from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.pace import Pace
from bot.telegram.traces import trace
from bot.telegram.transport import NotSentError

LOG = logging.getLogger(__name__)

_Result = bool | dict[str, Any] | list[dict[str, Any]]


class Priority(IntEnum):
    """Who goes first when calls queue: a waiting phone, an answer, or what nobody waits for.

    While answers wait, phones get every second place at most: one that is tapped without end, or a class that
    types inline, must not silence the bot for everybody.
    """

    WAITED_FOR = 0
    ANSWER = 1
    UNASKED = 2


@dataclass(frozen=True, slots=True)
class Unasked:
    """A call that nobody waits for, and that is better not made than made late.

    When its turn has not come by `until`, an instant of the event loop's clock, it ends with `NotSentError`.
    One that is under way by then is left to its own time limits.
    """

    until: float


Urgency = Priority | Unasked
"""What a call says of its place among the others."""


class SlotClock(Protocol):
    """Gives out the places in the row of all calls; one a process, or one that several share."""

    async def reserve(self, now: float) -> float:
        """Take the next free place and return the seconds until it."""
        ...


class OneProcess:
    """The slot clock of a bot that runs as one process."""

    def __init__(self, pace: Pace) -> None:
        """Take the pace of all calls."""
        self._pace = pace

    async def reserve(self, now: float) -> float:
        """Take the next free place and return the seconds until it."""
        return self._pace.reserve(now)


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast calls may go out: each is seconds between two calls, and how many may go at once.

    The defaults stay below Telegram's limits whatever the arrival: 28.5 a second in all, so that a delay of
    50 ms on the way makes no second of 31; 3 at once and then one a second in a chat; in a group 3 at once
    and then 15 a minute, so at most 18 within any minute.
    """

    every: float = 1 / 28.5
    chat_every: float = 1.0
    chat_burst: int = 3
    group_every: float = 4.0
    group_burst: int = 3


_POSTS: Final = ("send", "edit", "copy", "forward")
"""How the methods begin that put something into a chat, and so count towards its limits."""

_REPEATABLE: Final = ("get", "set", "edit", "delete", "answer", "stop")
"""How the methods begin that do the same when made twice; only these are made again after an unknown end."""

_MINUTES: Final = 60.0

_GIVEN_UP_AFTER: Final = {"answerCallbackQuery": 2.5 * _MINUTES, "answerInlineQuery": 30.0}
"""Seconds after which nobody waits for these any more; a callback can be answered for about 2.5 minutes."""

_TOO_LATE: Final = "nobody waits for it any more"

_REPEATED_AT_MOST: Final = 3
"""Times a call is made again after ends that may have been its own fault."""

_PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds before a call is made again, the last of them over and over."""

_LEAST_SLEEP: Final = 0.001
"""Seconds; a remainder that only rounding left over may be too short for the clock to move on."""

_CHATS_TOLD: Final = 3
"""Chats told to wait one after the other, with no call let through between, from which on everything waits:
Telegram's limit for all chats shows as refusals in each."""

_ALL_HELD_SECONDS: Final = 30.0
"""How long everything waits before one call is tried again: the three may have been meant alone after all."""

_WITHOUT_THE_OTHERS: Final = 2
"""By how much longer the pauses are when several processes cannot agree on their places."""

_FARTHEST: Final = 10.0
"""Seconds to a place that are believed: each process takes one at a time, so that hundreds of them would have
to be at work. More than that comes of a clock that was set back."""

_KEPT_CHATS: Final = 5_000
"""Paces kept before those that have rested are dropped."""


class Outbox(BaseRateLimiter[Urgency]):
    """Paces the calls, obeys Telegram's pauses, and repeats what surely failed."""

    def __init__(self, limits: Limits | None = None, slots: SlotClock | None = None) -> None:
        """Start with nothing waiting.

        Args:
            limits: how fast calls may go out.
            slots: gives out the places in the row of all calls; of this process alone when None. While it
                raises, places are given out at half the speed: other processes send too.
        """
        self._limits = limits or Limits()
        self._slots = slots or OneProcess(Pace(self._limits.every))
        self._alone = OneProcess(Pace(_WITHOUT_THE_OTHERS * self._limits.every))
        self._is_alone = False
        self._chats: dict[str, Pace] = {}
        self._held: dict[str, float] = {}
        self._all_held = float("-inf")
        self._told: set[str] = set()
        self._row: dict[Priority, deque[asyncio.Future[None]]] = {one: deque() for one in Priority}
        self._latest: Priority | None = None
        self._pump: asyncio.Task[None] | None = None
        self._cut_off = False

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Stop handing out places."""
        if self._pump:
            self._pump.cancel()

    async def until_free(self, chat: int) -> None:
        """Wait until a message to a chat would go out at once, as far as the chat's own limits go.

        What the student sends meanwhile can then be answered together.
        """
        while (delay := self._delay(str(chat))) > 0:  # noqa: ASYNC110 - what is waited for is an instant
            await asyncio.sleep(max(delay, _LEAST_SLEEP))

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, _Result]],
        args: Any,  # noqa: ANN401 - handed through
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Urgency | None,
    ) -> _Result:
        """Make a call when its turn has come, again when it surely failed, and hand on how it ended."""
        chat = str(data["chat_id"]) if "chat_id" in data else None
        key = chat or endpoint
        urgency = rate_limit_args if rate_limit_args is not None else _usual_priority(endpoint)
        priority = Priority.UNASKED if isinstance(urgency, Unasked) else urgency
        # What answers is under a limit of Telegram's, and so better made a little late than not at all.
        until = urgency.until if isinstance(urgency, Unasked) else None
        over = until if until is not None else _time() + _GIVEN_UP_AFTER.get(endpoint, float("inf"))
        failed, pause = 0, 0.0
        while True:
            delay = max(pause, self._held_for(key))
            if _time() + delay > over:
                raise NotSentError(_TOO_LATE)
            try:
                async with asyncio.timeout_at(until):
                    await asyncio.sleep(pause)
                    await self._turn(key, chat if endpoint.startswith(_POSTS) else None, priority)
            except TimeoutError:
                raise NotSentError(_TOO_LATE) from None
            try:
                result = await callback(*args, **kwargs)
            except RetryAfter as error:
                self._hold(key, chat, seconds_told(error))
                pause = 0.0
            except NetworkError as error:
                failed += 1
                if not self._may_repeat(error, endpoint, failed):
                    raise
                pause = _PAUSES[min(failed, len(_PAUSES)) - 1]
            else:
                self._let_through()
                return result

    def _may_repeat(self, error: NetworkError, endpoint: str, failed: int) -> bool:
        if isinstance(error, BadRequest):
            return False
        if isinstance(error, NotSentError):
            if not self._cut_off:
                LOG.warning("Telegram cannot be reached, trying again: %s", error)
                self._cut_off = True
            return True
        if endpoint.startswith(_REPEATABLE):
            return failed <= _REPEATED_AT_MOST
        # It may have arrived, and a student must not get the same message twice.
        LOG.warning("%s: %s; it may have arrived, so it is not sent again.", endpoint, error)
        return False

    def _let_through(self) -> None:
        self._told.clear()
        if self._cut_off:
            LOG.info("Telegram can be reached.")
            self._cut_off = False

    async def _turn(self, key: str, chat: str | None, priority: Priority) -> None:
        while True:
            await self._until_not_held(key)
            if chat is not None:
                await asyncio.sleep(self._pace(chat).reserve(_time()))
            await self._place(priority)
            if self._held_for(key) <= 0:
                return

    async def _until_not_held(self, key: str) -> None:
        while (left := self._held_for(key)) > 0:  # noqa: ASYNC110 - what is waited for is an instant
            await asyncio.sleep(max(left, _LEAST_SLEEP))
        self._held.pop(key, None)

    async def _place(self, priority: Priority) -> None:
        place = asyncio.get_running_loop().create_future()
        self._row[priority].append(place)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._hand_out())
        await place

    async def _hand_out(self) -> None:
        while self._first() is not None:
            # Who is first is settled only when the place is there: somebody more urgent may have come.
            await asyncio.sleep(await self._reserve())
            if (first := self._first()) is not None:
                self._latest = first
                self._row[first].popleft().set_result(None)

    async def _reserve(self) -> float:
        try:
            delay = await self._slots.reserve(_time())
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it, everybody's calls wait here
            trouble = trace(error)
        else:
            if delay <= _FARTHEST:
                self._is_alone = False
                return delay
            trouble = f"the next is {delay:.0f} s away"
        if not self._is_alone:
            LOG.error("Places cannot be shared with other processes, going slowly: %s", trouble)
            self._is_alone = True
        return await self._alone.reserve(_time())

    def _first(self) -> Priority | None:
        for row in self._row.values():
            while row and row[0].done():
                # Who gave up waiting takes no place.
                row.popleft()
        if self._latest is Priority.WAITED_FOR and self._row[Priority.ANSWER]:
            return Priority.ANSWER
        return next((one for one in Priority if self._row[one]), None)

    def _pace(self, chat: str) -> Pace:
        if len(self._chats) > _KEPT_CHATS:
            now = _time()
            self._chats = {name: pace for name, pace in self._chats.items() if not pace.rested(now)}
        return self._chats.setdefault(chat, self._new_pace(chat))

    def _new_pace(self, chat: str) -> Pace:
        # Groups have negative numbers, or a name.
        if chat.startswith(("-", "@")):
            return Pace(self._limits.group_every, self._limits.group_burst)
        return Pace(self._limits.chat_every, self._limits.chat_burst)

    def _delay(self, chat: str) -> float:
        paced = self._chats[chat].wait(_time()) if chat in self._chats else 0.0
        return max(self._held_for(chat), paced)

    def _held_for(self, key: str) -> float:
        return max(self._all_held, self._held.get(key, float("-inf"))) - _time()

    def _hold(self, key: str, chat: str | None, seconds: float) -> None:
        now = _time()
        LOG.warning("Telegram asks for a pause of %d s (%s).", seconds, "a chat" if chat else key)
        self._held[key] = now + seconds
        self._told.add(key)
        if len(self._told) >= _CHATS_TOLD:
            self._all_held = max(self._all_held, now + min(seconds, _ALL_HELD_SECONDS))


def _usual_priority(endpoint: str) -> Priority:
    return Priority.WAITED_FOR if endpoint.startswith("answer") else Priority.ANSWER


def seconds_told(error: RetryAfter) -> float:
    """Return the seconds Telegram asks to wait."""
    told = error.retry_after
    return float(told) if isinstance(told, int) else told.total_seconds()


def _time() -> float:
    return asyncio.get_running_loop().time()
