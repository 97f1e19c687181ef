"""Say which careers are covered, and let a student make one their own."""

from __future__ import annotations

from typing import Final

from bot.actions import screens
from bot.actions.request import Request
from bot.actions.screens import Rows
from bot.domain.knowledge import Role, short_code
from bot.domain.reply import Block, Button, Message, Press, Reply

OWN: Final = "own"
"""What the button under a roadmap carries that makes its career the student's own."""


async def roles(request: Request) -> Reply:
    """List the careers, each with one line; in private, say how to choose one."""
    covered = list(request.knowledge.roles.values())
    lines = tuple(
        Block("bullet", request.say("career-line", title=role.title, summary=role.summary))
        for role in covered[: screens.MENU_ROLES]
    )
    more = len(covered) - len(lines)
    end = request.say("roles-more", count=more) if more else request.say("roles-end")
    blocks = (Block("title", request.say("roles-title")), *lines, Block("text", end), *_choosing(request))
    help_row = (screens.function_button(request, "bot/help"),)
    return Reply((Message(blocks, (*screens.role_rows(request, screens.LISTED_ROLES), help_row)),))


def choose_row(request: Request, role: Role) -> Rows:
    """Return the row under a roadmap that makes its career the student's own; none where it is already.

    Args:
        request: what is asked for; a group gets none.
        role: the career whose roadmap is shown.
    """
    own = request.journey.career
    if request.place != "private" or request.unread or (own and own.id == role.id):
        return ()
    return ((Button(request.say("button-walk"), Press("career", short_code(role.id), OWN)),),)


def _choosing(request: Request) -> tuple[Block, ...]:
    if request.place != "private":
        return ()
    return (Block("text", request.say("roles-choose", label=request.say("button-walk"))),)
