"""The product over a small knowledge, through days and weeks: the test moves its clock."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.bootstrap import Bot
from bot.domain.journey import Act
from bot.domain.nudging import EVERY_DAY, setting
from bot.scheduling import heartbeat
from bot.settings import Settings
from bot.storage.counts import Counts, count
from bot.storage.database import Database
from bot.storage.journeys import Journeys
from tests.botapi.program import Options
from tests.botapi.scenario import Person
from tests.botapi.server import BotApi
from tests.botapi.world import Json
from tests.process.conftest import PATIENCE, Running, eventually, until_polling
from tests.process.walking import small
from tests.samples import TEXTS

COLOMBO = ZoneInfo("Asia/Colombo")

MONDAY = datetime(2026, 11, 23, 12, tzinfo=COLOMBO)
"""When these days begin."""

UNDER_EACH = [TEXTS.say(f"button-nudge-{one}", "en") for one in ("change", "stop")]
"""The last two buttons of whatever is sent unasked, and of nothing else."""

FAST = 10.0
"""For what waits for time limits: those of calls, and pauses."""

_SLOW_DISK = "The database does not let nudges be seen to, trying again: no answer within 10 s"
"""What the log of a fast one may say on a busy machine, whose disk is not as fast."""


class Clock:
    """The time of a server and of the bots that speak to it: `speed` times as fast, and moved by the test."""

    def __init__(self, folder: Path, speed: float) -> None:
        self.file = folder / "ahead"
        self.speed = speed
        self.began = time.time()  # noqa: TID251 - here the clock of the process under test begins
        self._ahead = 0.0
        self._tell()

    def real(self) -> float:
        """The time as a server has it that counts `speed` seconds in a real one by itself."""
        return time.time() + self._ahead / self.speed  # noqa: TID251 - the same

    @property
    def now(self) -> float:
        """UTC epoch seconds."""
        return self.began + (time.time() - self.began) * self.speed + self._ahead  # noqa: TID251 - the same

    @property
    def local(self) -> datetime:
        """The time in Colombo."""
        return datetime.fromtimestamp(self.now, COLOMBO)

    def move_to(self, moment: datetime) -> None:
        """Let it be a moment at once."""
        self._ahead += moment.timestamp() - self.now
        self._tell()

    def pass_by(self, **time_: float) -> None:
        """Let so much time pass at once: `hours=1`."""
        self.move_to(self.local + timedelta(**time_))

    def _tell(self) -> None:
        # A process that reads it meanwhile reads the old or the new one, never a part.
        new = self.file.with_suffix(".new")
        new.write_text(str(self._ahead))
        new.replace(self.file)


class Days:
    """A server and a bot, and what time it is for both."""

    def __init__(self, api: BotApi, bot: Running, clock: Clock, asked: Iterable[Person] = ()) -> None:
        self.api = api
        self.bot = bot
        self.clock = clock
        self.asked = [*asked]

    @property
    def today(self) -> date:
        """The day it is in Colombo."""
        return self.clock.local.date()

    def at(self, hour: int, minute: int = 0, *, days: int = 0) -> None:
        """Move on to a time in Colombo, today or so many days on."""
        moment = self.clock.local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        moment += timedelta(days=days)
        assert moment > self.clock.local, "time only passes"
        self.clock.move_to(moment)

    async def somebody(self, name: str, time_: str = "7pm") -> Person:
        """Somebody who asked for a nudge at a time, every day."""
        person = self.api.user(name)
        self.asked.append(person)
        await person.says(f"/nudge {time_}")
        await person.presses("Keep my progress")
        await person.sees("Next: ")
        return person

    def nudges(self, person: Person) -> list[Json]:
        """What was sent to somebody unasked, as it was when it came."""
        return nudges_of(self.api, person)

    async def nudged(self, person: Person, times: int = 1) -> list[Json]:
        """Wait until somebody has got so many; return them. One more than that fails."""
        await self.api.until(lambda: len(self.nudges(person)) >= times, f"nudge {times} for {person.id}")
        await eventually(lambda: not [one for one in self.rows(person) if one["lease_by"]], "its end")
        found = self.nudges(person)
        assert len(found) == times
        return found

    def rows(self, person: Person) -> list[dict[str, Any]]:
        """What the database has of somebody's nudges, those that are over first, in the order they ended."""
        path = self.bot.options.folder / "bot.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            found = database.execute(
                "SELECT * FROM nudges WHERE student = ? ORDER BY outcome IS NULL, ended_at, due_at",
                (str(person.id),),
            )
            return [dict(row) for row in found]

    def outcomes(self, person: Person) -> dict[str, str]:
        """What became of the day's nudge, by day."""
        rows = self.rows(person)
        return {one["day"]: one["outcome"] for one in rows if one["outcome"] and one["kind"] != "later"}

    async def counts(self) -> Counts:
        """What `stats` counts when everything is answered."""
        await eventually(lambda: not self.bot.waiting, "the inbox to be empty")
        database = await Database.look(f"sqlite:///{self.bot.options.folder / 'bot.db'}")
        try:
            return await count(database, int(self.clock.now))
        finally:
            await database.close()

    async def ends(self, person: Person, outcome: str, *, day: date | None = None) -> None:
        """Wait until the nudge of a day, today's when None, has ended, and in this way."""
        that_day = str(day or self.today)
        await eventually(lambda: that_day in self.outcomes(person), f"an end of {that_day}")
        assert self.outcomes(person)[that_day] == outcome


def nudges_of(api: BotApi, person: Person) -> list[Json]:
    """Return what was sent to somebody unasked, as it was when it came."""
    calls = [call for call in api.calls_of("sendMessage") if call.ok and call.chat == person.id]
    return [call.result for call in calls if labels(call.result)[-2:] == UNDER_EACH]


def buttons(message: Json) -> list[Json]:
    """The buttons of a message."""
    return [one for row in message.get("reply_markup", {}).get("inline_keyboard", []) for one in row]


def labels(message: Json) -> list[str]:
    """What stands on the buttons of a message."""
    return [one["text"] for one in buttons(message)]


async def ask_for(address: str, asked: Mapping[Person, int], at: float) -> None:
    """Keep that people asked for a nudge every day, each at a minute of it, as if they had done so."""
    database = await Database.open(address)
    journeys = Journeys(database, COLOMBO)

    def acts(minute: int) -> list[Act]:
        return [Act("kept"), Act("nudge", value=setting(minute, EVERY_DAY, "en"))]

    await asyncio.gather(
        *(
            journeys.change(
                str(one.id), f"asked-{one.id}", int(at), "command", lambda _, when=when: acts(when)
            )
            for one, when in asked.items()
        )
    )
    await database.close()


def quick(settings: Settings) -> Bot:
    """Make the product over the small knowledge; it looks ten times a second for what is due."""
    heartbeat.BEAT_SECONDS = 0.1  # type: ignore[misc] # else each day would take two seconds
    return small(settings)


@asynccontextmanager
async def days(folder: Path, asked: Sequence[int] = (), *, speed: float = 1.0) -> AsyncIterator[Days]:
    """Run a server, and the product over the small knowledge, from a Monday noon on.

    At the end nothing may have failed in the bot, and Telegram must have had nothing to object to.

    Args:
        folder: of the bot's files.
        asked: minutes of the day; for each there is a student who asked for a nudge then.
        speed: simulated seconds in a real one. At 1 nobody waits for Telegram's limits.
    """
    clock = Clock(folder, speed)
    async with BotApi(speed=speed, now=clock.real) as api:
        api.patience = PATIENCE
        clock.move_to(MONDAY)
        people = {api.user(f"Student {number}", started=True): when for number, when in enumerate(asked, 1)}
        if people:
            await ask_for(f"sqlite:///{folder / 'bot.db'}", people, clock.now)
        is_fast = speed > 1
        options = Options(api.url, folder, speed=speed, epoch=clock.began, ahead=clock.file)
        bot = Running(replace(options, makes=small if is_fast else quick, unlimited=not is_fast))
        try:
            await until_polling(api)
            yield Days(api, bot, clock, people)
            assert await bot.stop() == 0
        finally:
            bot.kill()
        bot.assert_quiet(allow=_SLOW_DISK if is_fast else "")
        api.assert_clean()
