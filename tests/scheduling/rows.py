"""The nudges that wait, in memory, with the promises of the real store; and whoever sends them."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date

from bot.domain.inbox import StoreError
from bot.domain.nudging import LEASE_SECONDS, Claimed, Prepared
from bot.domain.reply import Message, blocks_of

NOON = 1_800_000_000
DAY = date(2027, 1, 15)
HOUR = 3600


def clock() -> float:
    return asyncio.get_running_loop().time()


class Wall:
    """A clock that goes with the event loop's, and may jump."""

    def __init__(self):
        self.ahead = 0.0
        self._begun = clock()

    def __call__(self):
        return NOON + int(clock() - self._begun + self.ahead)


class Row:
    def __init__(self, claimed):
        self.claimed = claimed
        self.visible_at = claimed.due_at
        self.leased_until = 0
        self.by = None
        self.ending = None
        self.about = ""


class Rows:
    """Rows that are due at once, unless told otherwise. `seconds` is how long each call takes.

    It is `down` until that instant of the event loop's clock. `leased` notes how many were at once at most.
    """

    def __init__(self, count=0, *, seconds=0.0, due_at=NOON):
        self.rows = {}
        self.seconds = seconds
        self.down = float("-inf")
        self.claims = []
        self.leased = 0
        self.reopened = self.pruned = 0
        for _ in range(count):
            self.add(due_at)

    def add(self, due_at=NOON, student=None):
        number = len(self.rows) + 1
        claimed = Claimed(
            number, student or str(1000 + number), DAY, "daily", due_at, 0, None, "", 0, 0, "", 0
        )
        self.rows[number] = Row(claimed)
        return self.rows[number]

    @property
    def endings(self):
        return Counter(row.ending for row in self.rows.values())

    @property
    def waiting(self):
        return [row for row in self.rows.values() if row.ending is None]

    @property
    def in_hand(self):
        return [row for row in self.waiting if row.by]

    async def claim(self, by, at, most):
        await self._work()
        self.claims.append((clock(), most))
        free = [row for row in self.waiting if row.visible_at <= at and row.leased_until <= at]
        due = sorted(free, key=lambda row: row.visible_at)
        for row in due[:most]:
            row.leased_until, row.by = at + LEASE_SECONDS, by
            row.claimed = replace(row.claimed, tries=row.claimed.tries + 1, by=by, at=at)
        self.leased = max(self.leased, len(self.in_hand))
        return [row.claimed for row in due[:most]]

    async def still_mine(self, claimed):
        await self._work()
        return self._mine(claimed) is not None

    async def complete(self, claimed, ending, _at, about="", _wording=0):
        await self._work()
        row = self._mine(claimed)
        if row:
            row.ending, row.by, row.about = ending, None, about
        return bool(row)

    async def release(self, claimed, at, until, due_at=None):
        await self._work()
        row = self._mine(claimed)
        if row:
            row.by, row.leased_until, row.visible_at = None, 0, max(until, at if due_at is None else due_at)
            changed = {} if due_at is None else {"due_at": due_at}
            row.claimed = replace(row.claimed, tries=row.claimed.tries - 1, **changed)

    async def reopen(self, _at):
        await self._work()
        self.reopened += 1
        return 0

    async def prune(self, _at):
        await self._work()
        self.pruned += 1
        return 0

    def _mine(self, claimed):
        row = self.rows.get(claimed.id)
        return row if row and row.ending is None and row.by == claimed.by else None

    async def _work(self):
        await asyncio.sleep(self.seconds)
        if clock() < self.down:
            message = "no answer"
            raise StoreError(message)


class Post:
    """Sends: each takes `seconds` and ends as `ends` says, a fate or a function of the student and how long
    it may wait. Notes who was sent something, and when."""

    def __init__(self, ends="sent", *, seconds=0.05):
        self.ends = ends
        self.seconds = seconds
        self.sent = []
        self.asked = []
        self.allowed = []
        self.at_once = self.most_at_once = 0

    async def send(self, student, _message, seconds):
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.asked.append(student)
        self.allowed.append(seconds)
        try:
            await asyncio.sleep(self.seconds)
            fate = self.ends if isinstance(self.ends, str) else await self.ends(student, seconds)
            if fate != "not-sent":
                self.sent.append((student, clock()))
            return fate
        finally:
            self.at_once -= 1

    @property
    def students(self):
        return [student for student, _ in self.sent]


def message():
    return Message(blocks_of("Write a loop."))


async def all_to_send(_claimed, at):
    """Prepare a message for everybody."""
    await asyncio.sleep(0.002)
    return Prepared("sent", message(), at + HOUR, "task", 1)
