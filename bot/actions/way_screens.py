"""The screens of a student's own way: roadmap, step and task with their marks, the list of what is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.actions import roles, screens
from bot.actions.request import Request
from bot.actions.screens import Rows
from bot.domain.journey import Tally
from bot.domain.knowledge import Entry, Facet, Resource, Role, Stage, Step, Task, short_code
from bot.domain.reply import Block, Button, Message, Press, Verb, blocks_of, plain_text

MOST_NAMED: Final = 10
"""Steps that each get a row with their title; of a longer roadmap the buttons have numbers only."""

NUMBERS_A_ROW: Final = 5
"""Buttons a row that still can be hit on a small phone."""

LABEL_LIMIT: Final = 34
"""Characters of a label that a small phone shows on one line."""


def instead_of(request: Request, entry: Entry, *, turned: bool) -> Message | None:
    """Return the screen with the student's marks where an entry has one, in private; else None."""
    role = request.knowledge.role_of(entry.id)
    if request.place != "private" or request.unread or role is None:
        return None
    if isinstance(entry, Step):
        return step_screen(request, entry, turned=turned)
    if isinstance(entry, Facet) and entry.id == f"{role.id}/roadmap":
        return roadmap_screen(request, role, turned=turned)
    return None


def roadmap_screen(request: Request, role: Role, *, turned: bool) -> Message:
    """Show stages and steps with their marks on one screen.

    Args:
        request: what is asked for.
        role: the career.
        turned: whether it takes the place of another screen, and so leads to no other answers.
    """
    journey, facet = request.journey, role.facets["roadmap"]
    tally = journey.tally(role)
    is_begun = tally.todo < tally.steps
    blocks = [Block("title", screens.title_of(request, facet))]
    if not is_begun:
        blocks += blocks_of(facet.text)
    blocks.append(Block("text", tally_line(request, tally)))
    numbers = {step.id: number for number, step in enumerate(role.steps, start=1)}
    is_long = len(role.steps) > MOST_NAMED
    for stage in role.stages:
        blocks.append(Block("bullet", request.say("stage-line", title=stage.title, text=stage.text)))
        if is_long:
            blocks += (
                Block("text", _step_label(request, step, numbers[step.id], short=False))
                for step in stage.steps
            )
    if is_begun:
        blocks.append(Block("note", _legend(request, role)))
    buttons = [
        _press("turn", _step_label(request, step, numbers[step.id], short=is_long), step.id)
        for step in role.steps
    ]
    rows = _chunks(buttons, NUMBERS_A_ROW) if is_long else tuple((button,) for button in buttons)
    onward = (_do(request, "bot/next-step"), _do(request, "bot/progress"))
    facets = screens.facet_buttons(request, role, ("resources", "fit"))
    feedback = () if turned else (screens.feedback_row(request, facet),)
    own = roles.choose_row(request, role)
    return Message(tuple(blocks), (*rows, *own, onward, facets, *feedback))


def step_screen(request: Request, step: Step, *, turned: bool, heading: Sequence[Block] = ()) -> Message:
    """Show a step: why, when it is done, its tasks with their ticks, links, the student's note.

    Args:
        request: what is asked for; its journey is the one shown.
        step: the step.
        turned: whether it takes the place of another screen.
        heading: what is said above it, such as that it is done now.
    """
    journey = request.journey
    role = request.knowledge.roles[step.id.split("/", 1)[0]]
    status = journey.status(step)
    ticked = journey.ticked(step)
    plain = screens.entry_screen(request, step).blocks
    status_line = request.say(
        "step-status",
        mark=request.say(MARKS[status]),
        status=request.say(STATUSES[status]),
        ticked=len(ticked),
        tasks=len(step.tasks),
    )
    blocks = [*heading, plain[0], Block("text", status_line), *plain[1:]]
    blocks += (
        Block("link", request.say("resource-link", title=one.title), one.url)
        for one in _resources(role, step)
        if one.url
    )
    note = journey.note(step.id)
    if note:
        blocks.append(Block("text", request.say("note-line", note=note)))
    all_ticked = len(ticked) == len(step.tasks) and status in {"todo", "begun"}
    if all_ticked:
        blocks.append(Block("text", request.say("all-ticked")))
    tasks = tuple(
        (_press("turn", _task_label(request, step, task, number), task.id),)
        for number, task in enumerate(step.tasks, start=1)
    )
    rows: Rows = (
        *_mark_rows(request, step, all_ticked=all_ticked),
        *tasks,
        *_around(request, role, step, turned=turned),
    )
    if not turned:
        rows = (*rows, screens.feedback_row(request, step))
    return Message(tuple(blocks), rows, about=step.id)


def task_screen(
    request: Request, step: Step, task: Task, *, heading: Sequence[Block] = (), closing: Sequence[Block] = ()
) -> Message:
    """Show one task with its tick, the ones before and after it a tap away.

    Args:
        request: what is asked for; its journey is the one shown.
        step: the step it belongs to.
        task: the task.
        heading: what is said above it.
        closing: what is said below it.
    """
    plain = screens.task_screen(request, step, task)
    is_ticked = request.journey.is_ticked(task, step)
    if is_ticked:
        closing = (*closing, Block("text", request.say("task-ticked")))
        mark = (
            ()
            if request.journey.status(step) == "done"
            else (_press("untick", request.say("button-untick"), task.id),)
        )
    else:
        mark = (_press("tick", request.say("button-tick"), task.id),)
    rows = (*((mark,) if mark else ()), *plain.buttons)
    return Message((*heading, *plain.blocks, *closing), rows, about=task.id)


def known_screen(request: Request, role: Role) -> Message:
    """Show the steps of a career as a list to tick off what is known already."""
    rows: list[tuple[Button, ...]] = []
    for stage in role.stages:
        if len(role.stages) > 1:
            rows.append((_known_button(request, stage, is_known=_is_all_known(request, stage)),))
        rows += ((_listed_button(request, step),) for step in stage.steps)
    rows.append((screens.entry_button(request, role.facets["roadmap"], verb="turn"),))
    blocks = (Block("title", request.say("known-title")), *blocks_of(request.say("known-list")))
    return Message(blocks, tuple(rows), language=request.language_of("known-list"))


def tally_line(request: Request, tally: Tally) -> str:
    """Return how far a student is in words: '2 of 5 steps done · 1 skipped'."""
    parts = [request.say("tally-done", done=tally.done, steps=tally.steps)]
    counts = {"tally-begun": tally.begun, "tally-known": tally.known, "tally-skipped": tally.skipped}
    parts += (request.say(key, count=count) for key, count in counts.items() if count)
    return " · ".join(parts)


def shortened(text: str, most: int = LABEL_LIMIT) -> str:
    """Return a text cut at a word, with an ellipsis, so that it fits on a button."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut, _, _ = line[: most - 1].rpartition(" ")
    return f"{cut or line[: most - 1]}…"


def status_words(request: Request, step: Step) -> str:
    """Return what became of a step, in a word or two."""
    return request.say(STATUSES[request.journey.status(step)])


def way_row(request: Request) -> tuple[Button, ...]:
    """Return the two buttons that lead on from anything done: the next task and the roadmap."""
    roadmap = screens.entry_button(request, request.role.facets["roadmap"], verb="turn")
    return (_do(request, "bot/next-step"), roadmap)


MARKS: Final = {
    "todo": "mark-todo",
    "begun": "mark-begun",
    "done": "mark-done",
    "skipped": "mark-skipped",
    "known": "mark-known",
}
STATUSES: Final = {
    "todo": "status-todo",
    "begun": "status-begun",
    "done": "status-done",
    "skipped": "status-skipped",
    "known": "status-known",
}


def _step_label(request: Request, step: Step, number: int, *, short: bool) -> str:
    mark = request.say(MARKS[request.journey.status(step)])
    if short:
        return f"{mark} {number}"
    return request.say("step-label", mark=mark, number=number, title=step.title)


def _task_label(request: Request, step: Step, task: Task, number: int) -> str:
    mark = request.say("mark-done" if request.journey.is_ticked(task, step) else "mark-todo")
    text = shortened(plain_text(blocks_of(task.text)[:1]), LABEL_LIMIT)
    return request.say("task-label", mark=mark, number=number, text=text)


def _mark_rows(request: Request, step: Step, *, all_ticked: bool) -> Rows:
    status = request.journey.status(step)
    if status in {"done", "known", "skipped"}:
        return ((Button(request.say("button-clear"), Press("clear", short_code(step.id), status)),),)
    done = _press("done", request.say("button-done"), step.id)
    if all_ticked:
        return ((done,),)
    return (
        (done, _press("skip", request.say("button-skip"), step.id)),
        (_press("know", request.say("button-know"), step.id),),
    )


def _around(request: Request, role: Role, step: Step, *, turned: bool) -> Rows:
    note = "button-note-change" if request.journey.note(step.id) else "button-note"
    back = "button-back" if turned else "facet-roadmap"
    row = [_press("turn", request.say(back), f"{role.id}/roadmap")]
    following = role.steps[role.steps.index(step) + 1 :]
    if following:
        row.append(_press("turn", request.say("button-next-step"), following[0].id))
    return ((_press("write", request.say(note), step.id),), tuple(row))


def _legend(request: Request, role: Role) -> str:
    present = {request.journey.status(step) for step in role.steps}
    return " · ".join(
        f"{request.say(MARKS[status])} {request.say(STATUSES[status])}"
        for status in MARKS
        if status in present
    )


def _listed_button(request: Request, step: Step) -> Button:
    status = request.journey.status(step)
    if status == "done":
        # What is done needs no ticking off, and must not lose its mark here.
        label = request.say("known-step", mark=request.say(MARKS[status]), title=step.title)
        return _press("turn", label, step.id)
    return _known_button(request, step, is_known=status == "known")


def _known_button(request: Request, part: Step | Stage, *, is_known: bool) -> Button:
    mark = request.say("mark-known" if is_known else "mark-todo")
    key = "known-step" if isinstance(part, Step) else "known-stage"
    verb: Verb = "clear" if is_known else "know"
    return Button(request.say(key, mark=mark, title=part.title), Press(verb, short_code(part.id), IN_LIST))


IN_LIST: Final = "list"
"""What a button of the list of known steps carries besides, so that the list is shown again."""


def _is_all_known(request: Request, stage: Stage) -> bool:
    found = [request.journey.status(step) for step in stage.steps]
    return "known" in found and not {"todo", "begun"}.intersection(found)


def _resources(role: Role, step: Step) -> tuple[Resource, ...]:
    return tuple(one for one in role.resources if one.id in step.resources)


def _do(request: Request, function_id: str) -> Button:
    return screens.function_button(request, function_id)


def _press(verb: Verb, label: str, about: str) -> Button:
    return Button(label, Press(verb, short_code(about)))


def _chunks(buttons: Sequence[Button], size: int) -> Rows:
    return tuple(tuple(buttons[place : place + size]) for place in range(0, len(buttons), size))
