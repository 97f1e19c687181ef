"""Greet a student who has just come."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import screens
from bot.actions.request import Request
from bot.domain.knowledge import KnowledgeBase, Role
from bot.domain.reply import Block, Reply, blocks_of

PAYLOAD = "role_"
"""What a deep link to one career begins with; the career's id or short code follows."""


def role_in(payload: str, knowledge: KnowledgeBase) -> Role | None:
    """Return the career a deep link's payload names, or None for any other payload."""
    if not payload.startswith(PAYLOAD):
        return None
    name = payload.removeprefix(PAYLOAD)
    return knowledge.roles.get(name) or knowledge.roles.get(knowledge.by_code.get(name, ""))


async def start(request: Request) -> Reply:
    """Greet, say what can be asked and offer the careers; a deep link opens its career at once."""
    overview = request.role.facets.get("overview")
    if overview and role_in(request.arguments, request.knowledge) == request.role:
        screen = screens.entry_screen(request, overview)
        hello = Block("text", request.say("start-at-career"))
        return Reply((replace(screen, blocks=(hello, *screen.blocks)),))
    rows = (
        *screens.role_rows(request, screens.MENU_ROLES),
        *screens.example_rows(request),
        (screens.function_button(request, "bot/help"), screens.function_button(request, "bot/parents")),
    )
    screen = screens.own_words(request, "start", rows)
    can_do = blocks_of(request.say("start-can-do"))
    return Reply((replace(screen, blocks=(*screen.blocks, *can_do)),))
