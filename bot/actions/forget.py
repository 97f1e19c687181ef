"""Erase all that is kept about a student."""

from __future__ import annotations

from typing import Final

from bot.actions import export, screens
from bot.actions.request import Request
from bot.domain.reply import Block, Button, Message, Press, Reply, blocks_of

ERASE: Final = Press("forget", more="yes")
"""Erases everything."""

KEEP: Final = Press("forget", more="no")
"""Leaves everything as it is."""


async def ask_to_forget(request: Request) -> Reply:
    """Say what would go, and ask once."""
    return Reply((await _question(request),))


async def press_forget(request: Request, press: Press) -> Reply:
    """Erase it, and say so; whoever presses twice reads the same."""
    if press == KEEP:
        rows = (
            (screens.function_button(request, "bot/progress"), screens.function_button(request, "bot/help")),
        )
        return _shown(request, screens.own_words(request, "forget-not", rows))
    if press != ERASE:
        return _shown(request, await _question(request))
    await request.journeys.forget(request.student)
    request.unkept.forget(request.student)
    return _shown(request, screens.own_words(request, "forgotten", screens.menu_rows(request)))


async def _question(request: Request) -> Message:
    privacy = (screens.function_button(request, "bot/privacy"),)
    if export.is_nothing(request, await request.journeys.everything(request.student)):
        return screens.own_words(request, "forget-nothing", (privacy, *screens.menu_rows(request)))
    blocks = (
        Block("title", request.say("forget-title")),
        *(Block("bullet", line) for line in _what_goes(request)),
        *blocks_of(request.say("forget")),
    )
    rows = (
        (Button(request.say("button-forget"), ERASE),),
        (Button(request.say("button-forget-not"), KEEP),),
        (screens.function_button(request, "bot/export"), *privacy),
    )
    return Message(blocks, rows, language=request.language_of("forget"))


def _what_goes(request: Request) -> list[str]:
    journey = request.journey
    roles = export.roles_of(request, journey)
    steps = [step for role in roles for step in export.marked(journey, role)]
    marks = sum(journey.status(step) != "todo" for step in steps)
    ticks = sum(len(journey.ticked(step)) for step in steps)
    notes = sum(bool(journey.note(step.id)) for step in steps)
    return [
        *([request.say("forget-careers", careers=", ".join(role.title for role in roles))] if roles else ()),
        *([request.say("forget-marks", count=marks)] if marks else ()),
        *([request.say("forget-ticks", count=ticks)] if ticks else ()),
        *([request.say("forget-notes", count=notes)] if notes else ()),
        request.say("forget-rest"),
    ]


def _shown(request: Request, screen: Message) -> Reply:
    """Show a screen in place of what was pressed; to the asker alone where others read along."""
    if request.place != "private":
        return Reply((screens.for_asker_alone(request, screen),))
    return Reply((screens.as_edit(screen) if request.way == "button" else screen,))
