"""Thirty days of five hundred students and two processes that send, with all that may go wrong.

Only the clock and Telegram are made up. The clock that counts is the bot's: while it is wrong, a day and a
night are what it says.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from itertools import count, groupby
from math import inf
from random import Random

from sqlalchemy import case, func, select

from bot.domain.nudging import Claimed, Ending, Fate, Prepared
from bot.domain.reply import plain_text
from bot.storage.counts import count as counted
from bot.storage.database import Database
from bot.storage.journeys import Journeys
from bot.storage.nudges import Nudges
from bot.storage.tables import NUDGES
from tests.scheduling.expected import DAY, HOUR, SENT, Expected
from tests.scheduling.simulated import HOME, Clock, Loop, Process, Row, Telegram, drivers_that_wait_in_place
from tests.scheduling.students import Front, Student

BEGIN = int(datetime(2026, 10, 3, 3, 10, tzinfo=UTC).timestamp())
"""Within thirty days of this, clocks change in Australia, Europe, Egypt and America."""

MINUTE = 60
REPEATED = 10
"""What a process that is killed may have sent and not noted, at most."""

STUDENTS, DAYS, SEED = int(os.environ.get("NUDGED_STUDENTS", "60")), 30, 1
"""How many students; `make bench` takes five hundred, which is a minute's work for each database."""


class Thirty:
    """The run: what happens, and what is seen."""

    def __init__(self, seed: int, databases: list[Database], students: int, days: int):
        self.seed = seed
        self.rng = Random(seed)
        self.loop = asyncio.get_running_loop()
        assert isinstance(self.loop, Loop)
        self.clock = Clock(self.loop, BEGIN)
        self.databases = databases
        self.names = count(1)
        self.days = days
        front = Front(Journeys(databases[0], HOME), Nudges(databases[0], HOME))
        made = [Student(number, seed, days, front) for number in range(students)]
        self.students = {one.id: one for one in made}
        self.telegram = Telegram(self.clock, self._fate, self._arrives)
        self.processes: dict[int, Process] = {}
        self.fates: dict[int, str] = {}
        self.plug: int | None = None
        self.cut: list[int] = []
        self.broken: Exception | None = None

    # What happens.

    async def run(self) -> Counter[str]:
        """Let the days pass; return how many ended how."""
        for place in range(2):
            self._start(place)
        lives = [(at, one, what) for one in self.students.values() for at, what in one.life(BEGIN)]
        heard = groupby(sorted(lives, key=lambda life: (life[0], life[1].id)), key=lambda life: life[0])
        events = [(at, partial(self._hear, [life[1:] for life in some])) for at, some in heard]
        for at, happens in sorted([*events, *self._troubles(), *self._weeks()], key=lambda event: event[0]):
            if at <= BEGIN + self.days * DAY:
                await self._until(at)
                await self._at_rest()
                await happens()
        for process in self.processes.values():
            await process.stop()
        return Counter(
            one.ending for student in self.students.values() for one in student.expected.ended.values()
        )

    def _weeks(self):
        days = [*range(7, self.days, 7), self.days]
        return [(BEGIN + day * DAY - 3 * MINUTE, self._check) for day in days]

    def _troubles(self):
        """When what goes wrong. Most is due at 13:30 in UTC."""

        def at(day: int, hour: int, minute: int = 0) -> float:
            return BEGIN + (day - 1) * DAY + (hour - 3) * HOUR + (minute - 10) * MINUTE

        for day in (3, 6, 9, 13, 18, 22, 27):
            yield at(day, 13, 28), self._pull_the_plug
        yield at(4, 13, 25), partial(self._be_busy, 8 * MINUTE)
        yield at(11, 13, 29), partial(self._be_busy, 20 * MINUTE)
        # Until the night where they are due at 20:30.
        yield at(17, 14, 58), partial(self._be_busy, 37 * MINUTE)
        yield at(24, 1, 2), partial(self._be_busy, 5 * MINUTE)
        yield at(12, 10, 40), self._be_out
        yield at(8, 13, 27), partial(self._be_wrong, HOUR)
        yield at(15, 12, 58), partial(self._be_wrong, DAY)
        yield at(20, 13, 58), partial(self._be_wrong, -HOUR)
        yield at(25, 13, 58), partial(self._be_wrong, -DAY)

    async def _hear(self, does: list[tuple[Student, str]]) -> None:
        now = self.clock()
        by_student: dict[Student, list[str]] = {}
        for student, what in does:
            by_student.setdefault(student, []).append(what)
        every = (_in_turn(student, some, now) for student, some in by_student.items())
        await asyncio.gather(*map(self.loop.real, every))

    async def _pull_the_plug(self) -> None:
        """Kill a process soon: when so many messages have arrived, in the midst of others."""
        self.plug = self.rng.randint(1, 20)

    async def _be_busy(self, seconds: float) -> None:
        self.telegram.busy_until = self.clock.true + seconds

    async def _be_wrong(self, seconds: int) -> None:
        self.clock.wrong = seconds
        await self._wait(MINUTE / 2)
        await self._at_rest()
        self.clock.wrong = 0
        for student in self.students.values():
            student.expected.clock_is_right_again(self.clock())
        await self._wait(65)

    async def _be_out(self) -> None:
        """No process runs for six hours."""
        first, second = self.processes.values()
        await first.stop()
        self._mourn(second)
        self.clock.leap(self.clock.true + 6 * HOUR)
        for place in range(2):
            self._start(place)

    def _start(self, place: int) -> None:
        name = f"process {next(self.names)}"
        database = self.databases[place % len(self.databases)]
        self.processes[place] = Process(name, database, self.telegram, self, Random(f"{self.seed} {name}"))

    def _mourn(self, process: Process) -> None:
        """Kill a process; what it had sent and not yet ended may come again."""
        cut = process.kill()
        assert len(cut) <= REPEATED
        self.cut.append(len(cut))
        for claimed in cut:
            self._expected(claimed).may_come_twice.add((claimed.day, claimed.kind == "later"))

    async def _start_again(self, process: Process) -> None:
        await asyncio.sleep(20)
        (place,) = (place for place, one in self.processes.items() if one is process)
        self._start(place)

    async def _until(self, at: float) -> None:
        """Let time pass, and pass over hours in which nothing is due."""
        step = 2.1
        while self.clock.true < at:
            first = await self.loop.real(self._first_due())
            if self._is_at_rest and first > self.clock.exact:
                self.clock.leap(min(first, at))
                step = 2.1
            else:
                await self._wait(min(step, max(0.1, at - self.clock.true)))
                step = min(45.0, 1.3 * step)

    @property
    def _is_at_rest(self) -> bool:
        return not self.loop.is_busy and not any(one.in_hand for one in self.processes.values())

    async def _at_rest(self) -> None:
        while not self._is_at_rest:
            await self._wait(0.3)

    async def _wait(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        if self.broken:
            raise self.broken

    async def _first_due(self) -> float:
        leased, visible = NUDGES.c.leased_until, NUDGES.c.visible_at
        waiting = select(func.min(case((leased > visible, leased), else_=visible))).where(
            NUDGES.c.outcome.is_(None)
        )
        found = await self.databases[0].read(lambda connection: connection.scalar(waiting))
        return inf if found is None else found

    # What is seen.

    def prepared(self, claimed: Claimed, at: int, prepared: Prepared) -> None:
        self.fates.pop(claimed.id, None)
        with self._seen():
            self._expected(claimed).decides(claimed, at, prepared)

    def released(self, claimed: Claimed) -> None:
        self._expected(claimed).in_hand = False

    def ended(self, claimed: Claimed, ending: Ending, at: int) -> None:
        with self._seen():
            self._expected(claimed).ends(claimed, ending, at, self.fates.pop(claimed.id, None))

    def _fate(self, row: Row) -> tuple[Fate, bool]:
        fate, arrives = self.students[row.claimed.student].fate()
        self.fates[row.claimed.id] = fate
        return fate, arrives

    async def _arrives(self, process: Process, row: Row) -> None:
        claimed = row.claimed
        words = plain_text(row.prepared.message.blocks)
        with self._seen():
            self._expected(claimed).arrives(claimed, self.clock.exact, words)
        if self.plug is not None:
            self.plug -= 1
            if self.plug <= 0:
                self.plug = None
                self._mourn(process)
                self.restarting = asyncio.create_task(self._start_again(process))
                return
        await self.loop.real(self.students[claimed.student].gets(self.clock(), row.prepared.about))

    @contextmanager
    def _seen(self) -> Iterator[None]:
        """Keep what is not as promised: the heartbeat would log it and go on."""
        try:
            yield
        except Exception as error:
            self.broken = self.broken or error
            raise

    def _expected(self, claimed: Claimed) -> Expected:
        return self.students[claimed.student].expected

    async def _check(self) -> None:
        """Look at the week that is over, and at what is to come."""
        now = self.clock()
        all_of_them = {one.id: one.expected for one in self.students.values()}
        for expected in all_of_them.values():
            expected.book(now)
            assert not expected.missed(), f"nothing is known of {expected.missed()}: {expected}"
        ended = {
            (student, day, is_later): one
            for student, expected in all_of_them.items()
            for (day, is_later), one in expected.ended.items()
            if one.at > now - 7 * DAY
        }
        waiting = {student: expected.waiting(now) for student, expected in all_of_them.items()}
        coming = {(student, one[0], one[1]): one[2] for student, one in waiting.items() if one}
        coming |= {
            (student, day, "later"): due
            for student, expected in all_of_them.items()
            for day, due in expected.later.items()
        }
        kept_ended, kept_coming = await self.loop.real(self._kept(now - 7 * DAY))
        assert kept_ended == {key: (one.kind, one.ending) for key, one in ended.items()}
        assert kept_coming == coming
        found = (await self.loop.real(counted(self.databases[0], now))).nudges
        assert found.by_ending == Counter(one.ending for one in ended.values())
        assert found.by_kind == Counter(one.kind for one in ended.values())
        assert found.due == len(ended) == sum(found.by_ending.values())
        assert found.delayed == sum(
            one.ending in SENT and one.at - one.due_at > 10 * MINUTE for one in ended.values()
        )
        assert (found.overdue, found.to_come) == (0, len(coming))

    async def _kept(self, since: int):
        ended = select(NUDGES).where(NUDGES.c.outcome.is_not(None), NUDGES.c.ended_at > since)
        waits = select(NUDGES).where(NUDGES.c.outcome.is_(None))

        async def work(connection):
            over = {}
            for row in (await connection.execute(ended)).mappings():
                key = row["student"], date.fromisoformat(row["day"]), row["kind"] == "later"
                assert key not in over, f"{key} has two ends: {over[key]}, {dict(row)}"
                over[key] = row["kind"], row["outcome"]
            coming = {
                (row["student"], date.fromisoformat(row["day"]), row["kind"]): row["due_at"]
                for row in (await connection.execute(waits)).mappings()
            }
            return over, coming

        return await self.databases[0].read(work)


async def _in_turn(student: Student, does: list[str], now: int) -> None:
    for what in does:
        await student.do(what, now)


async def _thirty(address: str, seed: int, students: int, days: int) -> Counter[str]:
    loop = asyncio.get_running_loop()
    # SQLite lets no other process in.
    many = 1 if address.startswith("sqlite") else 2
    databases = [await loop.real(Database.open(address)) for _ in range(many)]
    run = Thirty(seed, databases, students, days)
    try:
        return await run.run()
    except BaseException as error:
        at = datetime.fromtimestamp(run.clock.exact, UTC)
        error.add_note(f"seed {seed}, {at}")
        raise
    finally:
        for database in databases:
            await loop.real(database.close())


def thirty_days(address: str, seed: int, students: int = STUDENTS, days: int = DAYS) -> Counter[str]:
    """Let the days pass with a database; return how many nudges ended how.

    What the real scheduling of threads and sockets decides is not in the seed: which of two processes takes
    a row up first, and so what exactly is in flight when one is killed.
    """
    with asyncio.Runner(loop_factory=Loop) as runner, drivers_that_wait_in_place():
        return runner.run(_thirty(address, seed, students, days))
