"""Students as they are: some steady, some silent, some who change their mind, each with an own day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from random import Random

from bot.domain.journey import Act
from bot.domain.nudging import Due, Fate, setting
from bot.storage.journeys import Journeys
from bot.storage.nudges import Nudges
from tests.samples import career
from tests.scheduling.expected import DAY, HOUR, Expected, Plan

ZONES = {
    "Asia/Colombo": ("06:30", "16:00", "19:00", "20:30"),
    "Asia/Kolkata": ("16:00", "19:00"),
    "Asia/Kathmandu": ("19:15",),
    "Asia/Dubai": ("17:30", "19:00"),
    "Africa/Cairo": ("18:00",),
    "Europe/Berlin": ("17:00", "15:30"),
    "Europe/London": ("16:00", "14:30"),
    "America/St_Johns": ("08:00",),
    "America/New_York": ("06:30", "20:30"),
    "America/Los_Angeles": ("06:30", "18:00"),
    "Australia/Sydney": ("20:30",),
    "Australia/Lord_Howe": ("20:30",),
    "Pacific/Auckland": ("14:00",),
    "Pacific/Apia": ("14:00",),
}
"""Zones, and times of the day: most are due together with many others, at 01:00, 10:30, 13:30 or 15:00 in
UTC, as long as no clock is changed."""

DAYS = ("1234567", "12345", "67", "25", "6", "3", "7", "14")

TASKS = [task.id for step in career().steps for task in step.tasks][:16]
STEPS = [step.id for step in career().steps]

KINDS = {"steady": 42, "silent": 5, "restless": 33, "blocker": 12, "finisher": 8}

ACTS = {
    "steady": {"tick": 10, "speak": 4, "later": 4, "not_today": 3},
    "silent": {"speak": 1},
    "restless": {"retime": 3, "pause": 3, "stop": 3, "move": 3, "look_back": 3, "tick": 3, "later": 1},
    "blocker": {"tick": 2, "speak": 2},
    "finisher": {"tick": 2, "speak": 2, "later": 1},
}

HABIT = {"steady": 0.25, "silent": 0.0, "restless": 0.2, "blocker": 0.1, "finisher": 0.2}
"""How often they do something on a day."""

UNKNOWN, FAILED, ON_THE_SPOT = 0.015, 0.005, 0.03
"""How often a message is lost on its way or not, fails, and is answered while it is on its way."""

_CAUSES = count()


@dataclass
class Front:
    """How students reach the bot: what they do is kept, and is a sign of life."""

    journeys: Journeys
    nudges: Nudges

    async def keep(self, student: str, at: int, *acts: Act) -> None:
        await self.journeys.change(student, f"own {next(_CAUSES)}", at, "button", lambda _: acts)


class Student:
    """One student, what they do and when."""

    def __init__(self, number: int, seed: int, days: int, front: Front):
        self.id = str(1000 + number)
        self.rng = Random(f"{seed} {number}")
        self.expected = Expected(number)
        self._front = front
        self._days = days
        self._kind = self._one_of(KINDS)
        zone = self._one_of({name: len(times) ** 2 for name, times in ZONES.items()})
        minute = self._time(zone)
        asked = frozenset(int(day) for day in self.rng.choice(DAYS))
        if self._kind == "silent":
            asked = frozenset(range(1, 8))
        self._first = Plan(zone, minute, asked, look_back=self.rng.random() < 0.25)
        self._ticked = 0
        self._shown = ""

    def life(self, begin: float) -> Iterator[tuple[float, str]]:
        """When they do what, in the hours that begin ten minutes past."""
        joins = self.rng.randrange(10)
        if self._kind != "silent":
            joins = max(joins, self.rng.randrange(self._days - 4), self.rng.randrange(self._days - 4))
        yield begin + joins * DAY + self.rng.randrange(0, 24, 3) * HOUR, "join"
        for day in range(joins + 1, self._days):
            today = begin + day * DAY
            if self.rng.random() < HABIT[self._kind]:
                yield today + self._hour() * HOUR, self._one_of(ACTS[self._kind])
        some_day = begin + self.rng.randrange(joins + 1, self._days) * DAY + self._hour() * HOUR
        match self._kind:
            case "blocker":
                yield some_day, "block"
                if self.rng.random() < 0.6:
                    yield some_day + self.rng.randrange(2, 8) * DAY, "come_back"
            case "finisher":
                yield some_day, "finish"
            case "silent" if self.rng.random() < 0.4:
                yield begin + self.rng.randrange(20, self._days) * DAY + self._hour() * HOUR, "speak"

    def fate(self) -> tuple[Fate, bool]:
        """What becomes of a message to them, and whether it arrives."""
        if self.expected.blocked:
            return "blocked", False
        chance = self.rng.random()
        if chance < UNKNOWN:
            return "unknown", chance < UNKNOWN / 2
        return ("failed", False) if chance < UNKNOWN + FAILED else ("sent", True)

    async def gets(self, at: int, about: str) -> None:
        """Some answer at once, while the bot does not even know that its message arrived."""
        self._shown = about
        if self.rng.random() < ON_THE_SPOT:
            await self.do("speak", at)

    async def do(self, what: str, at: int) -> None:
        """Do something, and let it be known what is promised then."""
        expected = self.expected
        if what == "join":
            await self._ask(at, self._first, Act("kept"))
            return
        if expected.blocked and what != "come_back":
            return
        if what == "block":
            expected.blocked = True
            return
        if expected.plan:
            await self._front.nudges.alive(self.id, at)
            expected.speaks(at)
        await getattr(self, f"_{what}")(at)

    # What can be done. Each finds the student as they are.

    async def _speak(self, at: int) -> None:
        """Say something else: the sign of life was all."""

    async def _come_back(self, _: int) -> None:
        self.expected.blocked = False

    async def _tick(self, at: int) -> None:
        if self._ticked < len(TASKS):
            task = TASKS[self._ticked]
            self._ticked += 1
            await self._front.keep(self.id, at, Act("ticked", task))
            self.expected.does(at)

    async def _finish(self, at: int) -> None:
        await self._front.keep(self.id, at, *(Act("done", step) for step in STEPS))
        self.expected.does(at)
        self.expected.through = True

    async def _later(self, at: int) -> None:
        plan = self.expected.plan
        if plan is None or "planned" not in self.expected.got.get(plan.day(at), ()):
            return
        due = at + self.rng.choice((1, 3)) * HOUR
        if plan.day(due) != plan.day(at) or plan.local(due).hour >= 21:
            return
        day = plan.day(due)
        moved = await self._front.nudges.later(self.id, Due(day, "later", due), self._shown, at)
        assert moved == self.expected.moves(day, due)

    async def _not_today(self, at: int) -> None:
        if self.expected.plan:
            await self._front.nudges.decline(self.id, self.expected.plan.day(at), at)
            self.expected.not_today(at)

    async def _retime(self, at: int) -> None:
        plan = self.expected.plan or self._first
        minute = self._time(plan.zone)
        days = frozenset(int(day) for day in self.rng.choice(DAYS))
        await self._ask(at, replace(plan, minute=minute, days=days))

    async def _pause(self, at: int) -> None:
        plan = self.expected.plan
        if plan:
            back_on = plan.day(at) + timedelta(days=self.rng.randrange(1, 6))
            await self._set(at, replace(plan, back_on=back_on), Act("pause", value=back_on.isoformat()))

    async def _stop(self, at: int) -> None:
        if self.expected.plan:
            self._first = replace(self.expected.plan, back_on=None)
            await self._set(at, None, Act("nudge", value="off"))
        else:
            await self._ask(at, self._first)

    async def _move(self, at: int) -> None:
        zone = self.rng.choice([*ZONES])
        if self.expected.plan:
            await self._set(at, replace(self.expected.plan, zone=zone), Act("zone", value=zone))

    async def _look_back(self, at: int) -> None:
        plan = self.expected.plan
        if plan:
            value = "off" if plan.look_back else "on"
            await self._set(at, replace(plan, look_back=not plan.look_back), Act("look-back", value=value))

    async def _ask(self, at: int, plan: Plan, *more: Act) -> None:
        asked = Act("nudge", value=setting(plan.minute, plan.days, "en"))
        look_back = Act("look-back", value="on" if plan.look_back else "off")
        await self._set(at, plan, *more, Act("zone", value=plan.zone), look_back, asked)

    async def _set(self, at: int, plan: Plan | None, *acts: Act) -> None:
        await self._front.keep(self.id, at, *acts)
        self.expected.asks(plan, at)

    def _time(self, zone: str) -> int:
        hour, minute = self.rng.choice(ZONES[zone]).split(":")
        return int(hour) * 60 + int(minute)

    def _hour(self) -> int:
        # In the local day of most, and now and then at night.
        local = self.rng.randrange(6, 22) if self.rng.random() < 0.9 else self.rng.randrange(24)
        return (local - self._first.local(0).utcoffset() // timedelta(hours=1)) % 24 // 3 * 3

    def _one_of(self, weights: dict[str, int]) -> str:
        return self.rng.choices([*weights], [*weights.values()])[0]
