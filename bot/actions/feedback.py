"""Take what a student says about an answer."""

from __future__ import annotations

from bot.actions import screens
from bot.actions.request import Request
from bot.domain.reply import Reply


async def helpful(request: Request) -> Reply:
    """Say thanks."""
    return Reply((screens.toast(request, "helpful-toast"),))


async def unhelpful(request: Request) -> Reply:
    """Say thanks, and offer other ways to what was looked for."""
    rows = (*screens.example_rows(request), *screens.menu_rows(request))
    return Reply((screens.toast(request, "unhelpful-toast"), screens.own_words(request, "unhelpful", rows)))
