"""Mark tasks and steps: ticked, done, skipped, known already, or none of these; by button or in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.actions import keep, screens, way, way_screens
from bot.actions.request import Request
from bot.domain.journey import Act, EventKind, Journey, Status
from bot.domain.knowledge import CODE_LENGTH, Role, Stage, Step, Task, short_code
from bot.domain.reply import Block, Button, Message, Press, Reply, Toast, Verb

MOST_AT_ONCE: Final = 6
"""Steps of one sentence that can wait for the student to agree: their codes must fit on a button."""


IN_WORDS: Final = "said"
"""What a button carries besides when it does what a sentence said, so that it is answered as shortly."""


@dataclass(frozen=True, slots=True)
class _Marking:
    """One way to mark steps: the verb of its button, what it is kept as, and what is said of it.

    `over` are the statuses it takes the place of: what is done stays done until the student takes it away.
    """

    verb: Verb
    kind: EventKind
    over: frozenset[Status]
    said: str
    which: str


_OPEN: Final[frozenset[Status]] = frozenset({"todo", "begun"})

ALREADY: Final[Mapping[Status, str]] = {
    "done": "already-done",
    "skipped": "already-skipped",
    "known": "already-known",
}
"""What is said of a step whose mark is not replaced."""

VERBS: Final[Mapping[str, Verb]] = {"bot/mark-done": "done", "bot/skip-step": "skip", "bot/know-step": "know"}
"""The verb of the button that does what a function does."""

MARKINGS: Final = {
    marking.verb: marking
    for marking in (
        _Marking("done", "done", _OPEN | {"skipped", "known"}, "marked-done", "which-done"),
        _Marking("skip", "skipped", _OPEN, "marked-skipped", "which-skip"),
        _Marking("know", "known", _OPEN | {"skipped"}, "marked-known", "which-know"),
    )
}


async def press_mark(request: Request, press: Press) -> Reply:
    """Mark the steps a button names as done, skipped or known; of a stage those that are open."""
    marking = MARKINGS[press.verb]
    steps = _steps_of(request, press)
    if steps is None:
        return gone(request, press.code)
    if not request.journey.kept:
        return keep.ask_first(request, press)
    if not steps:
        return _as_edit(way_screens.known_screen(request, request.role))
    request, changed = await _marked(request, marking, steps)
    if way_screens.IN_LIST in press.more.split("."):
        return _as_edit(way_screens.known_screen(request, _role(request, steps[0])))
    if len(steps) > 1 or IN_WORDS in press.more.split("."):
        return _as_edit(_told(request, marking, steps, changed))
    heading = _heading(request, marking, steps, changed)
    return _as_edit(way_screens.step_screen(request, steps[0], turned=True, heading=heading))


async def press_clear(request: Request, press: Press) -> Reply:
    """Take the mark of a step, or of the known steps of a stage, away."""
    steps = _steps_of(request, press)
    if not steps:
        return gone(request, press.code)

    is_listed = way_screens.IN_LIST in press.more.split(".")
    # An old button speaks of the mark that stood there then.
    shown = {"known"} if is_listed or len(steps) > 1 else {press.more or "done"}

    def decide(journey: Journey) -> list[Act]:
        return [Act("cleared", step.id) for step in steps if journey.status(step) in shown]

    if request.journey.kept:
        changed = await way.change(request, decide)
        request = replace(request, journey=changed.after)
    if is_listed:
        return _as_edit(way_screens.known_screen(request, _role(request, steps[0])))
    return _as_edit(way_screens.step_screen(request, steps[0], turned=True))


async def press_tick(request: Request, press: Press) -> Reply:
    """Tick a task, and go on to the next one of its step; untick it, and stay."""
    found = _task_of(request, press.code)
    if found is None:
        return gone(request, press.code)
    step, task = found
    if not request.journey.kept:
        return keep.ask_first(request, press)
    ticks = press.verb == "tick"
    request, changed = await _ticked(request, step, task, ticks=ticks)
    if press.more == IN_WORDS:
        return _as_edit(_told_ticked(request, step, task, changed))
    count = len(request.journey.ticked(step))
    said = request.say("ticked-toast" if ticks else "unticked-toast", count=count, tasks=len(step.tasks))
    toast = Toast(said, language=request.language)
    following = _following(request, step, task) if ticks else task
    if following is None:
        return _as_edit(way_screens.step_screen(request, step, turned=True), toast)
    heading = (Block("text", said),) if ticks else ()
    return _as_edit(way_screens.task_screen(request, step, following, heading=heading), toast)


async def open_known(request: Request, press: Press) -> Reply:
    """Show the steps of a career as a list to tick off what is known already."""
    role = request.knowledge.roles.get(request.knowledge.by_code.get(press.code, ""))
    if role is None:
        return gone(request, press.code)
    if not request.journey.kept:
        return keep.ask_first(request, press)
    return keep.shown(request, way_screens.known_screen(request, role))


async def say_done(request: Request) -> Reply:
    """Mark what a sentence or a command says is finished; 'done' alone means the task shown last."""
    return await _say(request, MARKINGS["done"])


async def say_skip(request: Request) -> Reply:
    """Skip the step a sentence names; 'skip this' means the one shown last."""
    return await _say(request, MARKINGS["skip"])


async def say_know(request: Request) -> Reply:
    """Mark the steps a sentence names as known already; where it names none, show all to tick off."""
    if not any(request.named) and (request.named or not request.looked_at):
        if request.journey.kept:
            return Reply((way_screens.known_screen(request, request.role),))
        waiting = Press("knowlist", short_code(request.role.id))
        return keep.ask_first(request, waiting, turned=False)
    return await _say(request, MARKINGS["know"])


def named_button(request: Request, function_id: str) -> Button | None:
    """Return the button that marks the step which a sentence clearly names; None for all other sentences."""
    verb = VERBS.get(function_id)
    is_clear = len(request.named) == 1 == len(request.named[0]) and request.place == "private"
    step = request.knowledge.step_of(request.named[0][0]) if is_clear else None
    # A task that is named must not become its whole step.
    step = step if step and step.id == request.named[0][0] else None
    if verb is None or step is None:
        return None
    does = request.say(request.functions[function_id].label_key)
    label = request.say("choice-mark", does=does, step=step.title)
    return Button(label, Press(verb, short_code(step.id), IN_WORDS))


def gone(request: Request, code: str) -> Reply:
    """Answer a button about something the roadmap does not have any more; nothing is changed.

    What took its place is shown where that is one step, else the roadmap.
    """
    retired = {short_code(one): one for one in request.knowledge.retired}
    news = request.knowledge.successors.get(retired.get(code, ""), ())
    steps = [step for one in news if (step := request.knowledge.step_of(one))]
    note = (Block("text", request.say("changed-since")),)
    if len(steps) == 1:
        return keep.shown(request, way_screens.step_screen(request, steps[0], turned=True, heading=note))
    screen = way_screens.roadmap_screen(request, request.role, turned=True)
    return keep.shown(request, replace(screen, blocks=(*note, *screen.blocks)))


def described(request: Request, about: str) -> str:
    """Return the title of a step, or the number of a task and the title of its step, as today's are."""
    step = request.knowledge.step_of(about)
    if step is None or about not in request.knowledge.ids:
        return request.say("something-retired")
    if step.id == about:
        return step.title
    number = [task.id for task in step.tasks].index(about) + 1
    return request.say("task-of-step", number=number, step=step.title)


def celebration(request: Request, changed: way.Changed) -> tuple[Block, ...]:
    """Return the line that celebrates the end of a stage, where a change brought it."""
    ended = {event.about for event in changed.brought if event.kind == "celebrated"}
    stages = [
        stage for role in request.knowledge.roles.values() for stage in role.stages if stage.id in ended
    ]
    return tuple(Block("text", request.say("stage-ended", stage=stage.title)) for stage in stages)


async def _say(request: Request, marking: _Marking) -> Reply:
    tasks, groups = _named(request)
    steps = _different(group[0] for group in groups if len(group) == 1)
    unclear = _different(step for group in groups if len(group) > 1 for step in group)
    if () in request.named or (tasks and marking.verb != "done"):
        # Something was said that makes it unsure, or would make more of a task than was said: nothing is
        # marked before the student has chosen.
        named = _different([*steps, *unclear, *(step for step, _ in tasks)])
        return _which(request, marking, named or _likely(request))
    if not (tasks or steps or unclear):
        return await _say_shown(request, marking)
    # What is clear is not lost for what is not.
    told = [*(await _say_of(request, marking, steps) if steps else Reply()).effects]
    for number, (step, task) in enumerate(tasks):
        apart = replace(request, cause=f"{request.cause}.t{number}") if number or steps else request
        told += (await _say_ticked(apart, step, task)).effects
    return Reply((*told, *(_which(request, marking, unclear).effects if unclear else ())))


async def _say_shown(request: Request, marking: _Marking) -> Reply:
    """Mark what was shown last, where a sentence names nothing."""
    step = request.knowledge.step_of(request.looked_at)
    if step is None:
        return _which(request, marking, _likely(request))
    task = next((one for one in step.tasks if one.id == request.looked_at), None)
    if task and marking.verb == "done":
        return await _say_ticked(request, step, task)
    return await _say_of(request, marking, [step])


def _named(request: Request) -> tuple[list[tuple[Step, Task]], list[list[Step]]]:
    """Return the tasks a sentence names, each with its step, and the steps it may mean by each other name."""
    tasks: list[tuple[Step, Task]] = []
    groups: list[list[Step]] = []
    for group in request.named:
        steps = [step for one in group if (step := request.knowledge.step_of(one))]
        if len(group) == 1 and steps and steps[0].id != group[0]:
            tasks += ((steps[0], task) for task in steps[0].tasks if task.id == group[0])
        elif steps:
            groups.append(steps)
    return tasks, groups


async def _say_of(request: Request, marking: _Marking, steps: Sequence[Step]) -> Reply:
    if not request.journey.kept:
        if len(steps) > MOST_AT_ONCE:
            return await open_known(request, Press("knowlist", short_code(_role(request, steps[0]).id)))
        codes = [short_code(step.id) for step in steps]
        return keep.ask_first(
            request, Press(marking.verb, codes[0], ".".join([IN_WORDS, *codes[1:]])), turned=False
        )
    request, changed = await _marked(request, marking, steps)
    return Reply((_told(request, marking, steps, changed),))


async def _say_ticked(request: Request, step: Step, task: Task) -> Reply:
    if not request.journey.kept:
        return keep.ask_first(request, Press("tick", short_code(task.id), IN_WORDS), turned=False)
    request, changed = await _ticked(request, step, task, ticks=True)
    return Reply((_told_ticked(request, step, task, changed),))


def _told_ticked(request: Request, step: Step, task: Task, changed: way.Changed) -> Message:
    count = len(request.journey.ticked(step))
    key = "ticked" if changed.brought else "ticked-already"
    blocks = [
        Block("text", request.say(key, task=described(request, task.id))),
        Block("text", request.say("ticked-count", count=count, tasks=len(step.tasks))),
    ]
    is_open = count == len(step.tasks) and request.journey.status(step) in _OPEN
    if is_open:
        blocks.append(Block("text", request.say("all-ticked")))
    done = Button(request.say("button-done"), Press("done", short_code(step.id)))
    rows = ((done,),) if is_open else ()
    return Message(tuple(blocks), (*rows, *undo_rows(request, changed)), about=task.id)


def undo_rows(request: Request, changed: way.Changed) -> screens.Rows:
    """Return the buttons under what was changed: take it back, or go on."""
    undo = (Button(request.say("button-undo"), Press("undo", more=request.cause)),) if changed.brought else ()
    return (*((undo,) if undo else ()), way_screens.way_row(request))


def _told(request: Request, marking: _Marking, steps: Sequence[Step], changed: way.Changed) -> Message:
    blocks = (
        *_heading(request, marking, steps, changed),
        Block("text", way_screens.tally_line(request, request.journey.tally(request.role))),
    )
    return Message(blocks, undo_rows(request, changed), about=steps[0].id)


def _heading(
    request: Request, marking: _Marking, steps: Sequence[Step], changed: way.Changed
) -> tuple[Block, ...]:
    marked = {event.about for event in changed.brought}
    listed = ", ".join(step.title for step in steps if step.id in marked)
    lines = [request.say(marking.said, steps=listed)] if listed else []
    for status, key in ALREADY.items():
        before = [step for step in steps if step.id not in marked and changed.after.status(step) == status]
        if before:
            lines.append(request.say(key, steps=", ".join(step.title for step in before)))
    return (*(Block("text", line) for line in lines), *celebration(request, changed))


def _which(request: Request, marking: _Marking, steps: Iterable[Step]) -> Reply:
    rows = tuple(
        (Button(step.title, Press(marking.verb, short_code(step.id))),) for step in _different(steps)
    )
    return Reply((screens.own_words(request, marking.which, (*rows, way_screens.way_row(request))),))


def _different(steps: Iterable[Step]) -> list[Step]:
    return list({step.id: step for step in steps}.values())


def _likely(request: Request) -> list[Step]:
    """Return what 'done' may mean when nothing was shown: the steps begun, and the next one."""
    journey, role = request.journey, request.role
    begun = [step for step in role.steps if journey.status(step) == "begun"]
    following = journey.next(role)
    return [*begun, *([following.step] if following else [])][:MOST_AT_ONCE]


async def _marked(request: Request, marking: _Marking, steps: Sequence[Step]) -> tuple[Request, way.Changed]:
    def decide(journey: Journey) -> list[Act]:
        marked = [step for step in steps if journey.status(step) in marking.over]
        acts = [Act(marking.kind, step.id) for step in marked]
        if marking.verb != "done":
            return acts
        # Kept one by one: a task that moves to another step later takes its tick along.
        open_tasks = (task for step in marked for task in step.tasks if not journey.is_ticked(task, step))
        ticks = [Act("ticked", task.id) for task in open_tasks]
        return [*acts, *ticks, *_celebrated(request, journey, acts)]

    changed = await way.change(request, decide)
    role = _role(request, steps[0])
    return replace(request, journey=changed.after, role=role), changed


async def _ticked(request: Request, step: Step, task: Task, *, ticks: bool) -> tuple[Request, way.Changed]:
    def decide(journey: Journey) -> list[Act]:
        if journey.status(step) == "done" or journey.is_ticked(task, step) == ticks:
            return []
        return [Act("ticked" if ticks else "unticked", task.id)]

    changed = await way.change(request, decide)
    return replace(request, journey=changed.after, role=_role(request, step)), changed


def _celebrated(request: Request, journey: Journey, acts: Sequence[Act]) -> list[Act]:
    """Return the celebrations of the stages that these acts end, each once in a student's life."""
    after = Journey((*journey.events, *way.happened(request, acts)), request.knowledge)
    marked = {act.about for act in acts}
    stages = [stage for role in request.knowledge.roles.values() for stage in role.stages]
    return [
        Act("celebrated", stage.id)
        for stage in stages
        if any(step.id in marked for step in stage.steps)
        and all(after.status(step) in {"done", "known", "skipped"} for step in stage.steps)
        and not journey.is_celebrated(stage.id)
    ]


def _steps_of(request: Request, press: Press) -> list[Step] | None:
    """Return the steps a button names, of a stage the open ones; None when one of them is gone."""
    codes = [press.code, *(code for code in press.more.split(".") if len(code) == CODE_LENGTH)]
    found: list[Step] = []
    for code in codes:
        meant = request.knowledge.by_code.get(code, "")
        entry = request.knowledge.entries.get(meant)
        stage = _stage(request, meant)
        if isinstance(entry, Step):
            found.append(entry)
        elif stage:
            open_ones = (step for step in stage.steps if request.journey.status(step) in _OPEN)
            found += stage.steps if press.verb == "clear" else open_ones
        else:
            return None
    return found


def _stage(request: Request, meant: str) -> Stage | None:
    role = request.knowledge.role_of(meant)
    return next((stage for stage in role.stages if stage.id == meant), None) if role else None


def _task_of(request: Request, code: str) -> tuple[Step, Task] | None:
    meant = request.knowledge.by_code.get(code, "")
    step = request.knowledge.step_of(meant)
    task = next((one for one in step.tasks if one.id == meant), None) if step else None
    return (step, task) if step and task else None


def _following(request: Request, step: Step, task: Task) -> Task | None:
    """Return the open task after this one, or else the first open one; one that fits, as far as there is."""
    place = step.tasks.index(task)
    ordered = (*step.tasks[place + 1 :], *step.tasks[:place])
    is_open = [one for one in ordered if not request.journey.is_ticked(one, step)]
    fitting = (one for one in is_open if request.journey.has != "phone" or one.fits_a_phone)
    return next(fitting, None) or next(iter(is_open), None)


def _role(request: Request, step: Step) -> Role:
    return request.knowledge.roles[step.id.split("/", 1)[0]]


def _as_edit(screen: Message, *toasts: Toast) -> Reply:
    return Reply((screens.as_edit(screen), *toasts))
