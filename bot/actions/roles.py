"""Say which careers are covered."""

from __future__ import annotations

from bot.actions import screens
from bot.actions.request import Request
from bot.domain.reply import Block, Message, Reply


async def roles(request: Request) -> Reply:
    """List the careers, each with one line."""
    covered = list(request.knowledge.roles.values())
    lines = tuple(
        Block("bullet", request.say("career-line", title=role.title, summary=role.summary))
        for role in covered[: screens.MENU_ROLES]
    )
    more = len(covered) - len(lines)
    end = request.say("roles-more", count=more) if more else request.say("roles-end")
    blocks = (Block("title", request.say("roles-title")), *lines, Block("text", end))
    help_row = (screens.function_button(request, "bot/help"),)
    return Reply((Message(blocks, (*screens.role_rows(request, screens.LISTED_ROLES), help_row)),))
