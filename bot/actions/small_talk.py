"""Answer greetings and thanks."""

from __future__ import annotations

from bot.actions import screens
from bot.actions.request import Request
from bot.domain.reply import Reply

VARIANTS = 3
"""Ways each is said; the time of the message picks one, so that a repeated 'hi' is not a machine's echo."""


async def greet(request: Request) -> Reply:
    """Greet back, and show what can be asked."""
    rows = screens.example_rows(request)
    return Reply((screens.own_words(request, "greeting", rows, variant=request.at % VARIANTS),))


async def take_thanks(request: Request) -> Reply:
    """Take thanks kindly."""
    rows = screens.menu_rows(request)
    return Reply((screens.own_words(request, "thanks", rows, variant=request.at % VARIANTS),))
