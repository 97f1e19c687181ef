"""Killed again and again while students tap, the bot has every tap that it answered, and none twice."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from itertools import accumulate

from bot.domain.knowledge import short_code
from tests.botapi.program import Options
from tests.botapi.server import BotApi
from tests.process.conftest import PATIENCE, Running, eventually, until_polling
from tests.process.walking import TODAY, small
from tests.samples import ROLE, TEXTS

SEEDS = (20261122, 20261123)

KILLS, STUDENTS, MOST_BEFORE, MOST_AFTER = 100, 6, 8, 5

AT_START = 3
"""Calls that the bot makes before it has any taps."""

SLOW = 0.05
"""Seconds of the bot's in a real one. A press is answered without words after 0.6 s, be it saved or not; here
that is never, so that an answer stands for a change that is saved."""

[ROADMAP] = [role.facets["roadmap"].id for role in TODAY.roles.values()]
[STAGE] = TODAY.roles[ROLE].stages
STEPS = {step.id: [task.id for task in step.tasks] for step in STAGE.steps}
TASKS = {task: step for step, tasks in STEPS.items() for task in tasks}
MARKED = {"done": "done", "skip": "skipped", "know": "known"}
TAPS = [
    *((verb, step) for verb in (*MARKED, *(f"clear {one}" for one in MARKED.values())) for step in STEPS),
    *((verb, task) for verb in ("tick", "tick", "untick") for task in TASKS),
]


@dataclass
class Way:
    """Where a student must be after their taps, by rules of this test's own."""

    marks: dict[str, str] = field(default_factory=dict)
    ticks: set[str] = field(default_factory=set)
    along: dict[str, list[str]] = field(default_factory=dict)
    is_celebrated: bool = False

    def tap(self, verb, about):
        """Take a tap, and return what is to be kept of it: kinds and ids."""
        if verb.startswith("clear"):
            return self._clear(verb.removeprefix("clear "), about)
        if verb in MARKED:
            return self._mark(MARKED[verb], about)
        step = TASKS[about]
        if self.marks.get(step) == "done" or (about in self.ticks) == (verb == "tick"):
            return []
        if verb == "untick":
            self.ticks.remove(about)
            return [("unticked", about)]
        self.ticks.add(about)
        if self.marks.get(step) == "skipped":
            del self.marks[step]
        return [("ticked", about)]

    def _clear(self, status, step):
        if self.marks.get(step) != status:
            return []
        del self.marks[step]
        self.ticks.difference_update(self.along.pop(step, ()))
        return [("cleared", step)]

    def _mark(self, status, step):
        if self.marks.get(step) in {status, "done"} or (status, self.marks.get(step)) == ("skipped", "known"):
            return []
        self.marks[step] = status
        if status != "done":
            return [(status, step)]
        self.along[step] = [task for task in STEPS[step] if task not in self.ticks]
        self.ticks.update(self.along[step])
        kept = [(status, step), *(("ticked", task) for task in self.along[step])]
        if len(self.marks) < len(STEPS) or self.is_celebrated:
            return kept
        self.is_celebrated = True
        return [*kept, ("celebrated", STAGE.id)]

    def ticked(self, step):
        """Tell of each task of a step whether it is shown as ticked."""
        return [self.marks.get(step) == "done" or task in self.ticks for task in STEPS[step]]

    def status(self, step):
        return self.marks.get(step, "begun" if any(self.ticked(step)) else "todo")


class Student:
    """Somebody who taps, and all that must come of it."""

    def __init__(self, api, name):
        self.api = api
        self.person = api.user(name)
        self.way = Way()
        self.taps = []
        self._last = None

    async def begins(self):
        """See the roadmap, and agree that it is kept."""
        await self.person.says("/roadmap")
        await self.person.sees("0 of 5 steps")
        first = next(iter(TASKS))
        pressed = await self._forges("keep", first, "tick")
        self.taps.append((self.number, pressed, self.way.tap("tick", first)))
        await self.person.sees("Ticked: 1 of 4")

    async def taps_something(self, rng):
        """Tap, but not the same twice in a row, which would count once."""
        self._last = rng.choice([one for one in TAPS if one != self._last])
        verb, about = self._last
        pressed = await self._forges(*verb.split()[:1], about, *verb.split()[1:])
        self.taps.append((self.number, pressed, self.way.tap(*self._last)))

    async def turns_to(self, about, *words):
        await self._forges("turn", about)
        await self.person.sees(*words)
        # The offer of reminders comes once, beside the first step that is opened.
        [shown] = [one for one in self.person.messages() if "Shall I remind you" not in one["text"]]
        return [one["text"] for row in shown["reply_markup"]["inline_keyboard"] for one in row]

    async def _forges(self, verb, about, more=""):
        pressed = await self.person.forges(f"1:{verb}:{short_code(about)}" + (f":{more}" if more else ""))
        self.number = self.api.world.queue[-1].number
        return pressed

    @property
    def events(self):
        """All that is to be kept in the end: the number of the update, kind and id."""
        return [(number, *one) for number, _, kept in self.taps for one in kept]

    def assert_kept(self, rows, *, all_of_it=False):
        """Fail unless the database has the first so many taps, each whole, and all that were answered."""
        ends = [0, *accumulate(len(kept) for _, _, kept in self.taps)]
        answered = max(
            (at for at, tap in enumerate(self.taps, 1) if tap[1].answered_at is not None), default=0
        )
        assert rows == self.events[: len(rows)]
        assert len(rows) in ends, "a tap is kept in part"
        assert len(rows) >= ends[-1 if all_of_it else answered], "a tap that was answered is lost"

    async def assert_shown(self):
        """Fail unless the screens say what the taps amount to."""
        labels = await self.turns_to(ROADMAP, "The steps, from Grade 8")
        for number, (step, tasks) in enumerate(STEPS.items(), 1):
            status = self.way.status(step)
            mark = TEXTS.say(f"mark-{status}", "en")
            assert [one for one in labels if one.startswith(f"{mark} {number}. ")], (number, status, labels)
            ticked = self.way.ticked(step)
            words = f"{TEXTS.say(f'status-{status}', 'en')} · {sum(ticked)} of {len(tasks)} tasks"
            shown = await self.turns_to(step, TODAY.entries[step].title, words)
            boxes = [one.split()[0] for one in shown if one.split()[1].rstrip(".").isdigit()]
            assert boxes == [TEXTS.say("mark-done" if one else "mark-todo", "en") for one in ticked]


def look_at(folder, students, *, at_the_end=False):
    """Fail unless the database of a bot that was killed has what it must; return how many taps wait."""
    rows = {str(one.person.id): [] for one in students}
    with closing(sqlite3.connect(folder / "bot.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for student, cause, kind, about in database.execute(
            "SELECT student, cause, kind, about FROM events WHERE kind NOT IN ('kept', 'offered') ORDER BY id"
        ):
            rows[student].append((int(cause.partition("-")[0]), kind, about))
        assert not database.execute(
            "SELECT 1 FROM events GROUP BY cause, number HAVING count(*) > 1"
        ).fetchall()
        agreed = database.execute("SELECT student FROM events WHERE kind = 'kept' ORDER BY 1").fetchall()
        assert agreed == [(student,) for student in sorted(rows)]
        [(waiting,)] = database.execute("SELECT count(*) FROM inbox WHERE state = 'waiting'")
    for one in students:
        one.assert_kept(rows[str(one.person.id)], all_of_it=at_the_end)
    return waiting


async def killed_again_and_again(folder, rng, kills):
    """Kill a bot among taps; return how many taps and events there were, and taps in hand at the kills."""
    async with BotApi() as api:
        api.patience = PATIENCE
        bot = Running(Options(api.url, folder, speed=SLOW, unlimited=True, makes=small))
        try:
            await until_polling(api)
            students = [Student(api, f"Student {number}") for number in range(STUDENTS)]
            await asyncio.gather(*(one.begins() for one in students))
            in_hand = waiting = 0
            for _ in range(kills):
                await tapping(students, rng, MOST_BEFORE)
                # The moment is so many calls from here, a busy machine does not move it: those of the start,
                # and at least one for each tap.
                calls = len(api.calls) + rng.randint(0, AT_START + waiting + len(api.pending))
                await api.until(lambda: len(api.calls) >= calls, "the calls of this start")  # noqa: B023 - used at once
                await tapping(students, rng, MOST_AFTER)
                await asyncio.sleep(rng.random() * 0.03)
                bot.kill()
                await api.drained()
                waiting = look_at(folder, students)
                in_hand += waiting
                bot.start()
            await api.confirmed()
            await eventually(lambda: not bot.waiting, "the inbox to be empty")
            await asyncio.gather(*(one.assert_shown() for one in students))
            assert await bot.stop() == 0
            bot.assert_quiet()
        finally:
            bot.kill()
        api.assert_clean(allow=("message is not modified",))
        assert look_at(folder, students, at_the_end=True) == 0
        for one in students:
            # The roadmap, and the offer of reminders beside the first step that was opened.
            assert len(api.texts(one.person.id)) == 2, "a press brought a message of its own"
        return sum(len(one.taps) for one in students), sum(len(one.events) for one in students), in_hand


async def test_of_a_hundred_kills_among_taps_every_tap_that_was_answered_is_kept_and_none_twice(tmp_path):
    # Side by side, since a start waits for the disk more than for anything else.
    runs = {seed: tmp_path / str(seed) for seed in SEEDS}
    for folder in runs.values():
        folder.mkdir()
    ended = await asyncio.gather(
        *(
            killed_again_and_again(folder, random.Random(seed), KILLS // len(runs))
            for seed, folder in runs.items()
        )
    )
    taps, events, in_hand = map(sum, zip(*ended, strict=True))
    print(f"{taps} taps, {events} events, {in_hand} in hand at {KILLS} kills")
    assert in_hand > KILLS, "the kills came at moments when nothing was in hand"


async def tapping(students, rng, most):
    """Let a few students tap."""
    for _ in range(rng.randint(0, most)):
        await rng.choice(students).taps_something(rng)
