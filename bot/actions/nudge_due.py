"""What is sent when a nudge is due: the one next thing to do, or the reason why not today."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.actions import nudge, nudge_screens, picture, screens
from bot.actions.request import Request
from bot.actions.screens import Rows
from bot.domain import nudging
from bot.domain.journey import week_start
from bot.domain.knowledge import Resource, Role, Step, Task, short_code
from bot.domain.nudging import Claimed, Plan, Prepared
from bot.domain.reply import Block, Button, Message, Press, blocks_of

WORDINGS: Final = 7
"""Ways to begin: a week without the same one twice."""

EARLY_SECONDS: Final = 60
"""How much earlier than asked for one may come; earlier only when the rules of its zone have changed."""

ALWAYS_FIT: Final = frozenset({"sometimes", "always"})
"""What a student has to learn with for whom no task is left out."""

MOST_NAMED: Final = 5
"""Steps named in a look back, so that it fits a phone screen."""


def prepare(request: Request, claimed: Claimed) -> Prepared:
    """Decide about a nudge that is due.

    Args:
        request: of the student it is for, at the present instant.
        claimed: the nudge.
    """
    plan = nudge_screens.plan_of(request)
    moved_to = _moved_to(request, claimed, plan)
    if moved_to is not None:
        return Prepared("late", moved_to=moved_to)
    events = tuple(request.journey.effective)
    did_something = nudging.did_something(events, claimed.day, request.zone)
    against = nudging.reason_against(claimed, plan, request.zone, request.at, did_something=did_something)
    if plan is None or against:
        return Prepared(against or "declined")
    return _prepared(replace(request, language=plan.language), claimed)


def buttons_of(request: Request, task: Task, *, is_later: bool = False) -> Rows:
    """Return the buttons under a nudge; each works for as long as the message is there.

    Args:
        request: of the student.
        task: the one it shows.
        is_later: whether it was moved to later before, which is done once a day.
    """
    code = short_code(task.id)
    later = Button(request.say("button-nudge-later"), Press("nudge", code, nudge.PART_LATER))
    not_today = Button(request.say("button-nudge-no"), Press("nudge", code, nudge.PART_NOT_TODAY))
    return (
        (Button(request.say("button-nudge-done"), Press("tick", code)),),
        (not_today,) if is_later else (later, not_today),
        _about_nudges(request),
    )


def _prepared(request: Request, claimed: Claimed) -> Prepared:
    until = min(nudging.quiet_from(request.at, request.zone), claimed.due_at + nudging.LATE_SECONDS)
    role = request.role
    if claimed.kind != "later" and nudging.is_last(claimed.unanswered):
        return Prepared("last", _last(request), until, claimed.about, claimed.wording)
    task = _task(request, claimed)
    if claimed.kind == "look-back":
        about = task.id if task else claimed.about
        return Prepared("sent", _look_back(request, role, task), until, about, claimed.wording)
    if task is None:
        # Once; what was shown last says that it was.
        if claimed.about == role.id:
            return Prepared("finished", about=role.id, wording=claimed.wording)
        return Prepared("sent", _congratulation(request, role), until, role.id, claimed.wording)
    wording = (claimed.wording + 1) % WORDINGS
    return Prepared("sent", _nudge(request, claimed, task, wording), until, task.id, wording)


def _moved_to(request: Request, claimed: Claimed, plan: Plan | None) -> int | None:
    """Return when it is due by today's rules of its zone, where that is still to come."""
    if plan is None or claimed.kind == "later":
        return None
    due = nudging.instant(claimed.day, plan.minute, request.zone)
    return due if due is not None and due > request.at + EARLY_SECONDS else None


def _task(request: Request, claimed: Claimed) -> Task | None:
    """Return the task to show: another one than the last time, where its step has another one open."""
    journey, role = request.journey, request.role
    meant = nudge.task_of(request, claimed.about)
    step = request.knowledge.step_of(claimed.about)
    if claimed.kind == "later" and meant and step and not journey.is_ticked(meant, step):
        return meant
    found = journey.next(role)
    if found is None:
        return None
    is_open = [one for one in found.step.tasks if not journey.is_ticked(one, found.step)]
    # Who has not said what they have gets what surely works.
    fitting = [one for one in is_open if journey.has in ALWAYS_FIT or one.fits_a_phone] or is_open
    if found.task not in fitting:
        found = replace(found, task=fitting[0])
    if meant not in found.step.tasks or meant is None:
        return found.task
    place = found.step.tasks.index(meant)
    following = (one for one in fitting if found.step.tasks.index(one) > place)
    others = (one for one in fitting if one != meant)
    return next(following, None) or next(others, found.task)


def _nudge(request: Request, claimed: Claimed, task: Task, wording: int) -> Message:
    step = request.knowledge.step_of(task.id)
    is_later = claimed.kind == "later"
    opening = (
        request.say("nudge-again", minutes=task.minutes)
        if is_later
        else request.say("nudge-opening", wording=wording, minutes=task.minutes)
    )
    blocks = (
        Block("text", opening),
        *((Block("title", step.title),) if step else ()),
        *blocks_of(task.text),
        *((Block("note", request.say("step-why", why=step.why)),) if step else ()),
        Block("note", screens.needs_of(request, task)),
        *_link(request, step),
        *((Block("note", request.say("nudge-rarer")),) if _gets_rarer(claimed) else ()),
    )
    rows = buttons_of(request, task, is_later=is_later)
    return Message(blocks, rows, language=request.language_of("nudge-opening"), about=task.id)


def _gets_rarer(claimed: Claimed) -> bool:
    """Tell whether, this one unanswered too, the next come less often: who knows does not think it broken."""
    return claimed.kind == "daily" and claimed.unanswered + 1 == nudging.PATIENT


def _link(request: Request, step: Step | None) -> tuple[Block, ...]:
    resource = _resource(request, step)
    if resource is None or not resource.url:
        return ()
    return (Block("link", request.say("resource-link", title=resource.title), resource.url),)


def _resource(request: Request, step: Step | None) -> Resource | None:
    role = request.knowledge.role_of(step.id) if step else None
    if step is None or role is None:
        return None
    return next((one for one in role.resources if one.id in step.resources and one.url), None)


def _look_back(request: Request, role: Role, task: Task | None) -> Message:
    monday = week_start(request.at, request.zone)
    journey = request.journey
    steps = [
        step
        for step in role.steps
        if journey.status(step) == "done" and (journey.marked_at(step) or 0) >= monday
    ]
    tasks = journey.since(role, monday).tasks
    lines = [Block("bullet", request.say("look-back-step", step=step.title)) for step in steps[:MOST_NAMED]]
    if tasks:
        lines.append(Block("bullet", request.say("progress-tasks", count=tasks)))
    step = request.knowledge.step_of(task.id) if task else None
    following = (
        request.say("look-back-next", step=step.title, minutes=task.minutes)
        if step and task
        else request.say("progress-through")
    )
    blocks = (
        Block("title", request.say("look-back-title")),
        *(lines or [Block("text", request.say("look-back-none"))]),
        Block("text", following),
    )
    rows = (
        (picture.draw_button(request, role),),
        (screens.function_button(request, "bot/next-step"),),
        _about_nudges(request),
    )
    return Message(
        blocks, rows, language=request.language_of("look-back-title"), about=task.id if task else ""
    )


def _last(request: Request) -> Message:
    rows = ((screens.function_button(request, "bot/next-step"),), _about_nudges(request))
    return screens.own_words(request, "nudge-last", rows)


def _congratulation(request: Request, role: Role) -> Message:
    rows = (
        (picture.draw_button(request, role),),
        (screens.function_button(request, "bot/roles"), screens.function_button(request, "bot/progress")),
        _about_nudges(request),
    )
    return screens.own_words(request, "nudge-finished", rows, career=role.title)


def _about_nudges(request: Request) -> tuple[Button, ...]:
    return (
        nudge_screens.part_button(request, nudge_screens.PART_CHANGE),
        nudge_screens.part_button(request, nudge_screens.PART_STOP),
    )
