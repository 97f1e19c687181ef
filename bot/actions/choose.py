"""Offer what a question may mean, and take 'none of these' for an answer."""

from __future__ import annotations

from collections.abc import Iterable

from bot.actions import ask, decline, mark, nudge, screens
from bot.actions.request import Request
from bot.domain.reply import Button, Press, Reply
from bot.matching.match import Match

MOST = 3
"""Choices offered: more than three are not read."""


async def offer(request: Request, match: Match) -> Reply:
    """Ask 'did you mean ...?' with up to three buttons; ids nobody knows are left out."""
    offered = buttons(request, (one.id for one in match.candidates))
    if not offered:
        return await decline.not_understood(request, match)
    none = Button(request.say("button-none"), Press("none"))
    rows = tuple((button,) for button in [*offered, none])
    return Reply((screens.own_words(request, "choices", rows),))


async def none_of_these(request: Request) -> Reply:
    """Apologise, and offer other ways to ask."""
    rows = (*screens.example_rows(request), *screens.menu_rows(request))
    return Reply((screens.own_words(request, "none-of-these", rows),))


def buttons(request: Request, ids: Iterable[str]) -> list[Button]:
    """Return the buttons for the first three ids that can be offered; greetings and the like cannot."""
    return [button for one in ids if (button := _button(request, one))][:MOST]


def _button(request: Request, meant: str) -> Button | None:
    function = request.functions.get(meant)
    if function:
        # 'Did you mean: say hello?' is no help to anybody.
        if function.small_talk:
            return None
        said = mark.named_button(request, meant) or nudge.said_button(request, meant)
        return said or screens.function_button(request, meant)
    entry = ask.find(request, meant)
    return screens.choice_button(request, entry) if entry else None
