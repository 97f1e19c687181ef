"""Say plainly that something is not known, and offer what is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.actions import screens
from bot.actions.request import Attachment, Request
from bot.domain.reply import Block, Message, Reply
from bot.matching.match import Match

ATTACHED: Final[Mapping[Attachment, str]] = {
    "picture": "attached-picture",
    "voice": "attached-voice",
    "whereabouts": "attached-whereabouts",
    "sticker": "attached-sticker",
    "other": "attached-other",
}
"""Texts that answer what came without a word."""


async def unknown_role(request: Request, match: Match) -> Reply:
    """Name the career that is not covered yet, and offer those that are."""
    other = next((one for one in request.knowledge.other_careers if one.id == match.other_career), None)
    key = "unknown-role" if other else "unknown-role-unnamed"
    text = request.say(key, career=other.title) if other else request.say(key)
    covered = tuple(
        Block("bullet", request.say("career-line", title=role.title, summary=role.summary))
        for role in list(request.knowledge.roles.values())[: screens.MENU_ROLES]
    )
    rows = (
        *screens.role_rows(request, screens.MENU_ROLES),
        (screens.function_button(request, "bot/roles"), screens.function_button(request, "bot/help")),
    )
    return Reply((Message((Block("text", text), *covered), rows, language=request.language_of(key)),))


async def off_topic(request: Request, _match: Match) -> Reply:
    """Say that this is not about careers, and what can be asked."""
    return Reply((screens.own_words(request, "off-topic", _rows(request)),))


async def not_understood(request: Request, match: Match) -> Reply:
    """Say that the question was not understood, or whom to ask where that is known."""
    pointer = request.knowledge.pointers.get(match.pointer) if match.pointer else None
    if pointer:
        return Reply((screens.answer_screen(request, pointer),))
    return Reply((screens.own_words(request, "not-understood", _rows(request)),))


async def wordless(request: Request) -> Reply:
    """Answer a message without words: nothing, a sign, only emoji."""
    return Reply((screens.own_words(request, "wordless", _rows(request)),))


async def attached(request: Request, attachment: Attachment) -> Reply:
    """Answer what came without a word: it cannot be read, and none of it was kept."""
    return Reply((screens.own_words(request, ATTACHED[attachment], _rows(request)),))


async def unknown_command(request: Request) -> Reply:
    """Answer a command that does not exist."""
    return Reply((screens.own_words(request, "unknown-command", _rows(request)),))


async def stale(request: Request) -> Reply:
    """Answer a button whose meaning is lost: it is old, cut short or forged."""
    toast = screens.toast(request, "stale-toast")
    return Reply((toast, screens.own_words(request, "stale", _rows(request))))


def _rows(request: Request) -> screens.Rows:
    return (
        *screens.example_rows(request),
        (screens.function_button(request, "bot/roles"), screens.function_button(request, "bot/help")),
    )
