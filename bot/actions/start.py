"""Greet a student who has just come."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import ask, open_entry, screens
from bot.actions.request import Request
from bot.domain.knowledge import KnowledgeBase
from bot.domain.reply import Block, Reply, blocks_of, decode_start


def linked(payload: str, knowledge: KnowledgeBase) -> str | None:
    """Return the id a deep link leads to; what cannot be opened is a plain start all the same.

    Empty for a link that just begins the chat, None for a payload that is malformed, foreign or out of date.
    """
    link = decode_start(payload)
    if link is None:
        return None
    if link.beginning == "chat":
        return ""
    meant = knowledge.by_code.get(link.about)
    if link.beginning == "open":
        return meant
    return next((one for one in (link.about, meant) if one in knowledge.roles), None)


async def start(request: Request) -> Reply:
    """Greet, say what can be asked and offer the careers; a deep link opens what it leads to at once."""
    if request.place == "group":
        return await ask.invite(request)
    meant = linked(request.arguments, request.knowledge)
    opened = open_entry.screen(request, meant) if meant else None
    if opened:
        hello = Block("text", request.say("start-at-entry"))
        return Reply((replace(opened, blocks=(hello, *opened.blocks)),))
    rows = (
        *screens.role_rows(request, screens.MENU_ROLES),
        *screens.example_rows(request),
        (screens.function_button(request, "bot/help"), screens.function_button(request, "bot/parents")),
    )
    screen = screens.own_words(request, "start", rows)
    can_do = blocks_of(request.say("start-can-do"))
    return Reply((replace(screen, blocks=(*screen.blocks, *can_do)),))
