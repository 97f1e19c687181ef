"""Say honestly that a function is not there yet, and offer what is."""

from __future__ import annotations

from bot.actions import screens
from bot.actions.request import Request
from bot.domain.reply import Reply


async def not_yet(
    request: Request, *, key: str, facets: tuple[str, ...], functions: tuple[str, ...]
) -> Reply:
    """Say what cannot be done yet and what is kept, with something useful to tap.

    Args:
        request: what is asked for.
        key: the text that says so.
        facets: sides of the career spoken of to offer.
        functions: ids of functions to offer.
    """
    instead = (
        *screens.facet_buttons(request, request.role, facets),
        *(screens.function_button(request, one) for one in functions),
    )
    return Reply((screens.own_words(request, key, tuple((button,) for button in instead)),))
