"""Ask a new student two short questions: which career interests them, and where they are now."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.actions import decline, keep, mark, next_task, preferences, roles, screens, way_screens
from bot.actions.request import Request
from bot.actions.screens import Rows
from bot.domain.journey import HAS, KNOWS_SOME, STANDS, Act
from bot.domain.knowledge import Role, Step, Task, short_code
from bot.domain.reply import Block, Button, Message, Press, Reply, blocks_of

MEET: Final = "meet"
"""What a button of the first meeting carries besides the answer, so that the next question follows."""

_LIST: Final = "list"
_QUESTION: Final = "question"


async def press_career(request: Request, press: Press) -> Reply:
    """Take the career a student chose, or show the careers to choose from."""
    if not press.code:
        return await _without_career(request, press)
    role = request.knowledge.roles.get(request.knowledge.by_code.get(press.code, ""))
    if role is None or press.more not in {MEET, roles.OWN, preferences.SET}:
        return await decline.stale(request)
    before = request.journey.career
    request = await preferences.take(replace(request, role=role), Act("career", role.id))
    if press.more == preferences.SET:
        return preferences.changed(request, before=before)
    if press.more == roles.OWN:
        return keep.shown(request, _walking(request, role, before))
    return keep.shown(request, after_career(request, role))


async def press_stands(request: Request, press: Press) -> Reply:
    """Take where a student is now."""
    answer = preferences.answer_in(press, STANDS, (MEET, preferences.SET))
    if answer is None:
        return await decline.stale(request)
    value, then = answer
    request = await preferences.take(request, Act("stands", value=value))
    return (
        preferences.changed(request)
        if then == preferences.SET
        else keep.shown(request, _after_stands(request, request.journey.career))
    )


async def press_has(request: Request, press: Press) -> Reply:
    """Take what a student has to learn with, and open the task that was asked for."""
    answer = preferences.answer_in(press, HAS, (preferences.TASK, preferences.NEXT, preferences.SET))
    if answer is None:
        return await decline.stale(request)
    value, then = answer
    found = _task_of(request, press.code)
    if then != preferences.SET and found is None:
        return mark.gone(request, press.code)
    request = await preferences.take(request, Act("has", value=value))
    if then == preferences.SET or found is None:
        return preferences.changed(request)
    if then == preferences.NEXT:
        role = request.knowledge.role_of(found[0].id) or request.role
        return keep.shown(request, next_task.screen(replace(request, role=role), role))
    return keep.shown(request, _opened(request, *found))


def ask_has(request: Request, step: Step, task: Task) -> Message | None:
    """Return the question what a student has to learn with, before a task is opened; see `preferences`."""
    return preferences.ask_has(request, step, task, preferences.TASK)


def ask_career(request: Request) -> Message:
    """Return the first question: which career interests the student."""
    more = Button(request.say("button-help-me-choose"), Press("career", "", _LIST))
    skip = Button(request.say("button-skip-question"), Press("career", "", preferences.SKIP))
    rows = (*preferences.career_rows(request, 0, MEET), (more,), (skip,))
    return screens.own_words(request, "ask-career", rows)


def after_career(request: Request, role: Role | None) -> Message:
    """Return what follows the first question: the second one, or where that was asked, what follows it.

    Args:
        request: what is asked for; its journey knows the answer.
        role: the career chosen; None for who skipped the question.
    """
    if request.journey.was_asked("stands"):
        return _after_stands(request, role)
    rows = preferences.stands_rows(request, MEET)
    asking = screens.own_words(request, "ask-stands", rows)
    if role is None:
        return asking
    chosen = Block("text", request.say("career-chosen", career=role.title))
    return replace(asking, blocks=(chosen, *asking.blocks))


def without_way(request: Request, text: str) -> Message:
    """Return what there is to do for who chose no career: careers, example questions, help.

    Args:
        request: what is asked for.
        text: what is said above it.
    """
    rows = (
        *screens.role_rows(request, screens.MENU_ROLES),
        *screens.example_rows(request),
        (screens.function_button(request, "bot/help"), screens.function_button(request, "bot/parents")),
    )
    can_do = screens.own_words(request, "start-can-do", rows)
    return replace(can_do, blocks=(*blocks_of(text), *can_do.blocks))


async def _without_career(request: Request, press: Press) -> Reply:
    part, _, number = press.more.partition(".")
    shown = preferences.page(request, number)
    if part == _LIST and shown is not None:
        return keep.shown(request, _careers(request, shown))
    if press.more == _QUESTION:
        return keep.shown(request, ask_career(request))
    if press.more == preferences.SKIP:
        return keep.shown(request, after_career(request, None))
    return await decline.stale(request)


def _careers(request: Request, shown: int) -> Message:
    """Show each career in one line, to choose from."""
    lines = tuple(
        Block("bullet", request.say("career-line", title=role.title, summary=role.summary))
        for role in preferences.on_page(request, shown)
    )
    rows = (
        *preferences.career_rows(request, shown, MEET),
        preferences.onward_row(request, shown, Press("career", "", _LIST), Press("career", "", _QUESTION)),
        (Button(request.say("button-skip-question"), Press("career", "", preferences.SKIP)),),
    )
    screen = screens.own_words(request, "choose-career", rows)
    return replace(screen, blocks=(*screen.blocks, *lines))


def _after_stands(request: Request, role: Role | None) -> Message:
    if role is None:
        return without_way(request, request.say("meet-end"))
    request = replace(request, role=role)
    if request.journey.stands in KNOWS_SOME:
        known = Button(request.say("button-tick-known"), Press("knowlist", short_code(role.id)))
        begin = Button(
            request.say("button-from-beginning"), Press("turn", short_code(role.facets["roadmap"].id))
        )
        return screens.own_words(request, "ask-known", ((known,), (begin,)), career=role.title)
    return _with_heading(request, role, (Block("text", request.say("meet-roadmap", career=role.title)),), ())


def _walking(request: Request, role: Role, before: Role | None) -> Message:
    """Show the roadmap of a career that has just become the student's own."""
    heading = (
        Block("text", request.say("meet-roadmap", career=role.title)),
        *preferences.switched(request, before),
    )
    return _with_heading(request, role, heading, preferences.undo_rows(request))


def _with_heading(request: Request, role: Role, heading: tuple[Block, ...], rows: Rows) -> Message:
    screen = way_screens.roadmap_screen(request, role, turned=True)
    return replace(screen, blocks=(*heading, *screen.blocks), buttons=(*rows, *screen.buttons))


def _opened(request: Request, step: Step, task: Task) -> Message:
    """Show the task; who has only a phone and cannot do it there is led to what they can do."""
    if request.journey.has != "phone" or task.fits_a_phone:
        return way_screens.task_screen(request, step, task)
    heading = (Block("text", request.say("task-no-phone")),)
    screen = way_screens.task_screen(request, step, task, heading=heading)
    fitting = (screens.function_button(request, "bot/next-step"),)
    return replace(screen, buttons=(fitting, *screen.buttons))


def _task_of(request: Request, code: str) -> tuple[Step, Task] | None:
    meant = request.knowledge.by_code.get(code, "")
    step = request.knowledge.step_of(meant)
    task = next((one for one in step.tasks if one.id == meant), None) if step else None
    return (step, task) if step and task else None
