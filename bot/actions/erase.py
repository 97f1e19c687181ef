"""Take an exchange out of the chat."""

from __future__ import annotations

from bot.actions import screens
from bot.actions.request import Request
from bot.domain.reply import Erase, Reply


async def erase(request: Request) -> Reply:
    """Remove the message whose button was pressed and the question it answered."""
    return Reply((Erase(), screens.toast(request, "erased-toast")))
