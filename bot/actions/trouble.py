"""Say that something could not be kept or looked up just now."""

from __future__ import annotations

from bot.actions import screens
from bot.actions.request import Request
from bot.domain.reply import Reply, Toast


async def not_read(request: Request) -> Reply:
    """Say that what is kept cannot be read just now."""
    return Reply((screens.own_words(request, "not-read", screens.menu_rows(request)), *_toast(request)))


def not_saved(request: Request) -> Reply:
    """Say that a change was not saved and may be tried again; the screen that was pressed stays."""
    return Reply((screens.own_words(request, "not-saved", screens.menu_rows(request)), *_toast(request)))


def _toast(request: Request) -> tuple[Toast, ...]:
    return (screens.toast(request, "not-kept-toast"),) if request.way == "button" else ()
