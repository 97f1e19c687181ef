"""Say what the bot is, to students and to parents, and what it keeps."""

from __future__ import annotations

from bot.actions import screens
from bot.actions.request import Request
from bot.domain.reply import Block, Message, Reply, blocks_of


async def about(request: Request) -> Reply:
    """Say that this is a program, what it cannot do and who runs it."""
    return _page(request, "about-title", "about", ("bot/parents", "bot/privacy"))


async def parents(request: Request) -> Reply:
    """Tell parents, on one screen, what the bot is, asks and keeps, and how to stop it."""
    return _page(request, "parents-title", "parents", ("bot/privacy", "bot/roles"))


async def privacy(request: Request) -> Reply:
    """Say what is kept, why and how long."""
    return _page(request, "privacy-title", "privacy", ("bot/export", "bot/forget-me", "bot/parents"))


def operator_line(request: Request) -> str:
    """Return who runs the bot, or that nobody has said so."""
    name, contact = request.operator.name.strip(), request.operator.contact.strip()
    if name and contact:
        return request.say("operator", name=name, contact=contact)
    if name or contact:
        return request.say("operator-partly", known=name or contact)
    return request.say("operator-unknown")


def _page(request: Request, title: str, key: str, onward: tuple[str, ...]) -> Reply:
    blocks = (
        Block("title", request.say(title)),
        *blocks_of(request.say(key)),
        Block("text", operator_line(request)),
    )
    row = tuple(screens.function_button(request, one) for one in onward)
    return Reply((Message(blocks, (row, (screens.function_button(request, "bot/help"),))),))
