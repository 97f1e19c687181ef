"""Say the one thing to do now, and why that one."""

from __future__ import annotations

from typing import Final

from bot.actions import preferences, screens, way_screens
from bot.actions.request import Request
from bot.domain.journey import Next
from bot.domain.knowledge import Role, short_code
from bot.domain.reply import Block, Button, Message, Press, Reply

WHY: Final = {
    "begun": "next-begun",
    "first": "next-first",
    "phone": "next-phone",
    "computer": "next-computer",
    "beside": "next-beside-only",
}


async def next_task(request: Request) -> Reply:
    """Show the next task of the student's own career, with its minutes and the reason for it."""
    return Reply((screen(request, request.role),))


def screen(request: Request, role: Role) -> Message:
    """Return the next task of a career, or what is said when nothing is left to do."""
    found = request.journey.next(role)
    if found is None:
        begun = next((step for step in role.steps if request.journey.status(step) == "begun"), None)
        # All its tasks are ticked, and only its Done is missing.
        return way_screens.step_screen(request, begun, turned=True) if begun else _finished(request, role)
    asking = preferences.ask_has(request, found.step, found.task, preferences.NEXT)
    if asking:
        return asking
    why = Block("note", _reason(request, found))
    heading = (Block("note", request.say("next-heading", step=found.step.title)),)
    shown = way_screens.task_screen(request, found.step, found.task, heading=heading, closing=(why,))
    skip = Button(request.say("button-skip-step"), Press("skip", short_code(found.step.id)))
    know = Button(request.say("button-know-step"), Press("know", short_code(found.step.id)))
    beside = found.beside and Button(
        request.say("button-beside", step=found.beside.title), Press("turn", short_code(found.beside.id))
    )
    rows = (*shown.buttons, (skip, know), *(((beside,),) if beside else ()))
    return Message(shown.blocks, rows, about=found.task.id)


def _reason(request: Request, found: Next) -> str:
    ticked, tasks = len(request.journey.ticked(found.step)), len(found.step.tasks)
    return request.say(WHY[found.why], ticked=ticked, tasks=tasks)


def _finished(request: Request, role: Role) -> Message:
    tally = request.journey.tally(role)
    key = "way-finished" if not tally.skipped else "way-finished-but-skipped"
    rows = (
        (screens.entry_button(request, role.facets["roadmap"], verb="turn"),),
        (screens.function_button(request, "bot/progress"), screens.function_button(request, "bot/roles")),
    )
    return screens.own_words(request, key, rows, career=role.title, skipped=tally.skipped)
