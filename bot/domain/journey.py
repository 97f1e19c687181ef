"""A student's way along a roadmap, derived from what they did.

What a student does is kept as events, which never change. Everything else follows from them here and nowhere
else: what is done, skipped or known, what comes next, what an undo takes back. Events speak of the ids of
their time; `replaces` in the knowledge leads from those to today's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from bot.domain.knowledge import KnowledgeBase, Role, Step, Task

EventKind = Literal[
    "kept",
    "career",
    "stands",
    "has",
    "ticked",
    "unticked",
    "done",
    "skipped",
    "known",
    "cleared",
    "restarted",
    "celebrated",
    "writing",
    "noted",
    "named",
    "nudge",
    "zone",
    "pause",
    "look-back",
    "offered",
    "undone",
]
"""What can happen.

The student `kept` their progress: said that it may be stored. They chose a `career`; said where they `stand`
and what they have to learn with (`has`). A task was `ticked` or `unticked`; a step `done`, `skipped`, `known`
already, or its mark `cleared`; a career `restarted` from the beginning. The end of a stage was `celebrated`.
They were asked to write something (`writing`), `noted` it at a step, or `named` themselves for their picture.
They asked for a daily `nudge` at a time, or for none; said which `zone` is theirs; asked for a `pause`, or
for a `look-back` on Sundays; were `offered` nudges. What the update in `value` changed was `undone`.
"""

Way = Literal["button", "command", "sentence"]
"""By which way a student did it."""

Stands = Literal["grade-8-9", "ol", "al", "after-al", "university", "working"]
"""Where a student is now: school up to Grade 9, on the way to O/L, to A/L, past it, studying, at work."""

STANDS: Final[tuple[Stands, ...]] = get_args(Stands)

KNOWS_SOME: Final[frozenset[Stands]] = frozenset({"al", "after-al", "university", "working"})
"""From where on a student is asked at once what of the roadmap they know already."""

Has = Literal["phone", "sometimes", "always"]
"""What a student has to learn with: only a phone, a computer sometimes, a computer always."""

HAS: Final[tuple[Has, ...]] = get_args(Has)

Status = Literal["todo", "begun", "done", "skipped", "known"]

NOTE_LIMIT: Final = 500
"""Characters of a note: some lines on a phone, so that a step with its note stays one message."""

NAME_LIMIT: Final = 24
"""Characters of the name on a picture: what fits on one line of it."""

WRITING_SECONDS: Final = 600
"""How long the next message is taken for the note that was asked for: who writes one does it at once."""

OVER: Final = "over"
"""Value of a `writing` that ends the one before: the next message is a message again."""

_UNDOABLE: Final = frozenset(
    {"career", "stands", "has", "ticked", "unticked", "done", "skipped", "known", "cleared", "restarted"}
    | {"noted", "named", "nudge", "zone", "pause", "look-back", "undone"}
)
_NEVER_MEANT: Final = frozenset({"undone", "pause"})
"""What 'undo' alone does not mean: an undo has its own button, and a pause ends by going on."""

_MARKED: Final = frozenset({"ticked", "unticked", "done", "skipped", "known", "cleared", "noted"})
_MARKS: Final[Mapping[str, Status]] = {
    "done": "done",
    "skipped": "skipped",
    "known": "known",
    "cleared": "todo",
}
_STANDS: Final[Mapping[str, Stands]] = {one: one for one in STANDS}
_HAS: Final[Mapping[str, Has]] = {one: one for one in HAS}


@dataclass(frozen=True, slots=True)
class Act:
    """Something to be kept: an event before it happened. `about` is an id, `value` a word or a text."""

    kind: EventKind
    about: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, at `at` in UTC epoch seconds.

    `cause` names the update that brought it; events of one cause are undone together.
    """

    kind: EventKind
    about: str
    value: str
    at: int
    cause: str
    way: Way


@dataclass(frozen=True, slots=True)
class Change:
    """What one update changed: all events before it, and those it brought; none when it changed nothing."""

    before: tuple[Event, ...]
    brought: tuple[Event, ...]

    @property
    def after(self) -> tuple[Event, ...]:
        """All events with those it brought."""
        return (*self.before, *self.brought)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many steps of a roadmap have which status; they add up to `steps`.

    `ticked` counts the tasks that were ticked one by one, not those that came with their step.
    """

    steps: int
    done: int
    known: int
    skipped: int
    begun: int
    todo: int
    ticked: int


@dataclass(frozen=True, slots=True)
class Since:
    """What was done in a span of time and not taken back: `tasks` ticked and `steps` done."""

    tasks: int
    steps: int


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do now.

    `why` says why this one: its step was `begun`, it is the `first` step that is open, it needs only a
    `phone` while tasks before it need more, it needs a `computer` like all that is left, or only a step that
    runs `beside` the others is left. `beside` is a step that runs beside, where one is open as well.
    """

    step: Step
    task: Task
    why: Literal["begun", "first", "phone", "computer", "beside"]
    beside: Step | None = None


@dataclass(slots=True)
class _Raw:
    """What events say, in the ids of their time.

    `done_by` is the cause that marked a step done, `with_done` are the tasks it ticked along.
    """

    kept: bool = False
    careers: list[str] = field(default_factory=list)
    stands: Stands | None = None
    has: Has | None = None
    asked: set[str] = field(default_factory=set)
    marks: dict[str, tuple[Status, int]] = field(default_factory=dict)
    ticks: dict[str, int] = field(default_factory=dict)
    unticked: set[str] = field(default_factory=set)
    done_by: dict[str, str] = field(default_factory=dict)
    with_done: dict[str, set[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    name: str = ""
    writing: tuple[str, int] | None = None


class Journey:
    """Where a student is, by what they did and by today's knowledge."""

    def __init__(self, events: Sequence[Event], knowledge: KnowledgeBase) -> None:
        """Derive it.

        Args:
            events: all of a student, in the order they happened.
            knowledge: today's.
        """
        self.events = tuple(events)
        self._knowledge = knowledge
        self._undone = _undone_causes(self.events)
        self._raw = _raw(self.effective)

    @property
    def effective(self) -> Iterator[Event]:
        """Yield the events that were not taken back."""
        return effective(self.events)

    @property
    def kept(self) -> bool:
        """Whether the student said that their progress may be stored."""
        return self._raw.kept

    @property
    def career(self) -> Role | None:
        """The career chosen last, of those there are today."""
        return next(iter(self.careers), None)

    @property
    def careers(self) -> tuple[Role, ...]:
        """The careers chosen so far, the last one first, and then those walked without being chosen."""
        chosen = dict.fromkeys(reversed(self._raw.careers))
        return tuple(self._knowledge.roles[one] for one in chosen if one in self._knowledge.roles)

    @property
    def stands(self) -> Stands | None:
        """Where the student is now, where they said so."""
        return self._raw.stands

    @property
    def has(self) -> Has | None:
        """What the student has to learn with, where they said so."""
        return self._raw.has

    @property
    def name(self) -> str:
        """The nickname for the picture; empty where there is none."""
        return self._raw.name

    def was_asked(self, kind: Literal["stands", "has"]) -> bool:
        """Tell whether a question about the student was answered or skipped before."""
        return kind in self._raw.asked

    def writing(self, at: int) -> str | None:
        """Return what the next message is to be taken for: a step's id for a note, '' for a name, or None."""
        about, since = self._raw.writing or ("", at + 1)
        return about if 0 <= at - since <= WRITING_SECONDS else None

    def status(self, step: Step) -> Status:
        """Return what became of a step."""
        mark = self._mark(step.id)
        if mark:
            return mark[0] if mark[0] != "todo" else self._begun(step)
        return self._begun(step)

    def marked_at(self, step: Step) -> int | None:
        """Return when a step got the mark it has, in UTC epoch seconds; None where it has none."""
        mark = self._mark(step.id)
        return mark[1] if mark and mark[0] != "todo" else None

    def is_ticked(self, task: Task, step: Step) -> bool:
        """Tell whether a task is ticked; all tasks of a step that is done are."""
        return self.status(step) == "done" or self._ticked(task.id)

    def ticked(self, step: Step) -> tuple[Task, ...]:
        """Return the ticked tasks of a step, in order."""
        return tuple(task for task in step.tasks if self.is_ticked(task, step))

    def note(self, step_id: str) -> str:
        """Return the student's note at a step, with those at the steps it took the place of."""
        return "\n".join(dict.fromkeys(filter(None, self._notes(step_id))))[:NOTE_LIMIT]

    def tally(self, role: Role) -> Tally:
        """Count today's steps of a career by what became of them."""
        found = [self.status(step) for step in role.steps]
        along = set[str]().union(*self._raw.with_done.values())
        ticked = sum(
            self._ticked(task.id) and task.id not in along for step in role.steps for task in step.tasks
        )
        return Tally(
            steps=len(found),
            done=found.count("done"),
            known=found.count("known"),
            skipped=found.count("skipped"),
            begun=found.count("begun"),
            todo=found.count("todo"),
            ticked=ticked,
        )

    def since(self, role: Role, at: int) -> Since:
        """Count what was done for a career since an instant, in UTC epoch seconds, and still holds."""
        mine = f"{role.id}/"
        along = set[str]().union(*self._raw.with_done.values())
        own = {
            one: when for one, when in self._raw.ticks.items() if one.startswith(mine) and one not in along
        }
        tasks = sum(when >= at for when in own.values())
        steps = sum(
            status == "done" and when >= at
            for one, (status, when) in self._raw.marks.items()
            if one.startswith(mine)
        )
        return Since(tasks, steps)

    def is_celebrated(self, stage_id: str) -> bool:
        """Tell whether the end of a stage was celebrated, be it taken back or not."""
        return any(one.kind == "celebrated" and one.about == stage_id for one in self.events)

    def next(self, role: Role, besides: frozenset[str] = frozenset()) -> Next | None:
        """Return the one thing to do now.

        Tasks fit what the student has: with a phone alone those that need no computer and no video, as far
        as there are any. A step that runs beside the others is next only when no other is open.

        Args:
            role: the career.
            besides: ids of tasks that are not wanted now.

        Returns:
            None when nothing is left to do.
        """
        is_open = [step for step in role.steps if self.status(step) in {"todo", "begun"}]
        ahead = [step for step in is_open if not step.beside]
        beside = next((step for step in is_open if step.beside), None)
        for fits_only in (True, False):
            for place, step in enumerate(ahead):
                task = self._first(step, besides, fits_only=fits_only)
                if task:
                    return Next(step, task, self._why(step, task, place, fits_only=fits_only), beside)
        for fits_only in (True, False):
            for step in (one for one in is_open if one.beside):
                task = self._first(step, besides, fits_only=fits_only)
                if task:
                    return Next(step, task, "beside")
        return None

    def last_undoable(self, steps: Collection[str] = ()) -> str | None:
        """Return the cause of the last change that can be taken back, or None.

        Args:
            steps: ids of the steps it must be about; none where it may be about anything.
        """
        for event in reversed(self.events):
            about = {event.about, event.about.rpartition("/")[0]}
            is_meant = not steps or (bool(about.intersection(steps)) and event.kind in _MARKED)
            if is_meant and event.kind in _UNDOABLE - _NEVER_MEANT and event.cause not in self._undone:
                return event.cause
        return None

    def brought_by(self, cause: str) -> tuple[Event, ...]:
        """Return what an update changed, as far as it can be taken back and is not."""
        if cause in self._undone:
            return ()
        return tuple(one for one in self.events if one.cause == cause and one.kind in _UNDOABLE)

    def _first(self, step: Step, besides: frozenset[str], *, fits_only: bool) -> Task | None:
        for task in step.tasks:
            fits = self.has != "phone" or task.fits_a_phone
            if not self._ticked(task.id) and task.id not in besides and (fits or not fits_only):
                return task
        return None

    def _why(
        self, step: Step, task: Task, place: int, *, fits_only: bool
    ) -> Literal["begun", "first", "phone", "computer"]:
        if not fits_only:
            return "computer"
        earlier = step.tasks[: step.tasks.index(task)]
        passed_over = place > 0 or any(not self._ticked(one.id) and not one.fits_a_phone for one in earlier)
        if self.has == "phone" and passed_over:
            return "phone"
        return "begun" if self.ticked(step) else "first"

    def _begun(self, step: Step) -> Status:
        return "begun" if any(self._ticked(task.id) for task in step.tasks) else "todo"

    def _notes(self, step_id: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """Yield the note of a step, or those of the steps it took the place of."""
        if step_id in self._raw.notes:
            yield self._raw.notes[step_id]
        elif step_id not in seen:
            for old in self._knowledge.replaced.get(step_id, ()):
                yield from self._notes(old, seen | {step_id})

    def _mark(self, step_id: str, seen: frozenset[str] = frozenset()) -> tuple[Status, int] | None:
        """Return the mark of a step, from its own events or from the steps it took the place of."""
        own = self._raw.marks.get(step_id)
        if own:
            return own
        olds = self._knowledge.replaced.get(step_id, ())
        found = [self._mark(old, seen | {step_id}) for old in olds if old not in seen]
        marks = [mark for mark in found if mark and mark[0] != "todo"]
        if not marks or len(marks) < len(olds):
            return None
        statuses = {status for status, _ in marks}
        latest = max(when for _, when in marks)
        if statuses == {"skipped"} and any(one.startswith(f"{step_id}/") for one in self._raw.ticks):
            return None
        if statuses in ({"skipped"}, {"known"}):
            return marks[0][0], latest
        return ("done", latest) if "skipped" not in statuses else None

    def _ticked(self, task_id: str, seen: frozenset[str] = frozenset()) -> bool:
        """Tell whether a task was ticked, by itself, with its step, or by what it took the place of."""
        if task_id in self._raw.ticks or task_id in self._raw.unticked:
            return task_id in self._raw.ticks
        olds = [old for old in self._knowledge.replaced.get(task_id, ()) if old not in seen]
        return bool(olds) and all(
            self._ticked(old, seen | {task_id}) or self._went_with_its_step(old) for old in olds
        )

    def _went_with_its_step(self, task_id: str) -> bool:
        """Tell whether a task belonged to a retired step that was done.

        Of a step that is still there nothing follows: it may have been done after the task left it.
        """
        step_id = task_id.rpartition("/")[0]
        mark = self._mark(step_id)
        return mark is not None and mark[0] == "done" and step_id not in self._knowledge.entries


def week_start(at: int, zone: ZoneInfo) -> int:
    """Return when the week of an instant began: Monday at 00:00 local time, both in UTC epoch seconds."""
    today = datetime.fromtimestamp(at, zone).date()
    monday = today - timedelta(days=today.weekday())
    return int(datetime.combine(monday, time.min, zone).timestamp())


def effective(events: Sequence[Event]) -> Iterator[Event]:
    """Yield the events that were not taken back.

    Args:
        events: all of a student, in the order they happened.
    """
    undone = _undone_causes(events)
    return (one for one in events if one.cause not in undone or one.kind not in _UNDOABLE)


def _undone_causes(events: Sequence[Event]) -> frozenset[str]:
    """Return the causes that were taken back; an undo may itself be taken back."""
    undone: set[str] = set()
    for event in reversed(events):
        if event.kind == "undone" and event.cause not in undone:
            undone.add(event.value)
    return frozenset(undone)


def _raw(events: Iterable[Event]) -> _Raw:
    raw = _Raw()
    for event in events:
        raw.writing = (event.about, event.at) if event.kind == "writing" and event.value != OVER else None
        match event.kind:
            case "kept":
                raw.kept = True
            case "career":
                raw.careers.append(event.about)
            case "stands":
                raw.stands = _STANDS.get(event.value)
                raw.asked.add("stands")
            case "has":
                raw.has = _HAS.get(event.value)
                raw.asked.add("has")
            case "named":
                raw.name = event.value
            case "noted":
                raw.notes[event.about] = event.value
            case _:
                _take_mark(raw, event)
    return raw


def _take_mark(raw: _Raw, event: Event) -> None:
    # Who walks a career without having chosen any walks that one.
    walked = event.about.partition("/")[0]
    if event.kind in {"ticked", "done", "skipped", "known"} and walked not in raw.careers:
        raw.careers.insert(0, walked)
    match event.kind:
        case "ticked":
            step = event.about.rpartition("/")[0]
            if event.about not in raw.ticks and raw.done_by.get(step) == event.cause:
                raw.with_done.setdefault(step, set()).add(event.about)
            raw.ticks.setdefault(event.about, event.at)
            # Who works on a step after all has not skipped it.
            if raw.marks.get(step, ("todo", 0))[0] == "skipped":
                raw.marks[step] = ("todo", event.at)
        case "unticked":
            raw.ticks.pop(event.about, None)
            raw.unticked.add(event.about)
        case "done" | "skipped" | "known" | "cleared":
            raw.marks[event.about] = (_MARKS[event.kind], event.at)
            raw.done_by[event.about] = event.cause if event.kind == "done" else ""
            # The ticks that came with a mark go with it.
            for task in raw.with_done.pop(event.about, ()):
                raw.ticks.pop(task, None)
        case "restarted":
            mine = f"{event.about}/"
            raw.marks = {one: mark for one, mark in raw.marks.items() if not one.startswith(mine)}
            raw.ticks = {one: when for one, when in raw.ticks.items() if not one.startswith(mine)}
            raw.unticked = {one for one in raw.unticked if not one.startswith(mine)}
            raw.with_done = {one: tasks for one, tasks in raw.with_done.items() if not one.startswith(mine)}
        case _:
            pass
