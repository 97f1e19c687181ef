"""Begin a career's roadmap again from the start, after asking once."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import mark, screens, way, way_screens
from bot.actions.request import Request
from bot.domain.journey import Act, Journey
from bot.domain.knowledge import Role, short_code
from bot.domain.reply import Block, Button, Message, Press, Reply


async def say_restart(request: Request) -> Reply:
    """Ask whether all marks of the career should go; where there are none, say so."""
    role = request.role
    if not _is_begun(request.journey, role):
        return Reply((screens.own_words(request, "nothing-to-restart", (way_screens.way_row(request),)),))
    yes = Button(request.say("button-restart"), Press("restart", short_code(role.id)))
    back = screens.entry_button(request, role.facets["roadmap"], verb="turn")
    words = screens.own_words(request, "restart", ((yes,), (back,)), career=role.title)
    return Reply((words,))


async def press_restart(request: Request, press: Press) -> Reply:
    """Take all marks of a career away; notes stay, and it can be taken back."""
    role = request.knowledge.roles.get(request.knowledge.by_code.get(press.code, ""))
    if role is None:
        return mark.gone(request, press.code)

    def decide(journey: Journey) -> list[Act]:
        return [Act("restarted", role.id)] if _is_begun(journey, role) else []

    changed = await way.change(request, decide)
    request = replace(request, journey=changed.after, role=role)
    said = Block("text", request.say("restarted", career=role.title))
    return Reply((screens.as_edit(Message((said,), mark.undo_rows(request, changed))),))


def _is_begun(journey: Journey, role: Role) -> bool:
    tally = journey.tally(role)
    return tally.todo < tally.steps
