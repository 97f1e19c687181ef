"""Ask whether a student's progress may be kept, before the first thing worth keeping is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.actions import screens
from bot.actions.request import Request
from bot.domain.knowledge import short_code
from bot.domain.reply import Block, Button, Message, Press, Reply, Verb, blocks_of, decode_press

NOT_NOW: Final = "unkept"
"""What the button that declines carries, so that it is told that nothing is kept."""


NO_NUDGE: Final = "no-offer"
"""What the button carries that wants no nudges."""


def ask_first(request: Request, waiting: Press, *, turned: bool = True, understood: str = "") -> Reply:
    """Ask; what waits for the answer is carried by the button, so that it is done at once or never.

    Args:
        request: what is asked for.
        waiting: what is to be kept.
        turned: whether it takes the place of the message whose button was pressed, if one was.
        understood: what is to be kept, in words, where the question for it would not tell.
    """
    rows = (
        (Button(request.say("button-keep"), _carrying(waiting)),),
        (_declining(request, waiting),),
        (screens.function_button(request, "bot/privacy"), screens.function_button(request, "bot/parents")),
    )
    blocks = (
        *((Block("text", understood),) if understood else ()),
        Block("title", request.say("keep-title")),
        *blocks_of(request.say("keep")),
    )
    screen = Message(blocks, rows, language=request.language_of("keep"))
    return shown(request, screen) if turned else Reply((screen,))


def waiting_in(press: Press) -> Press | None:
    """Return what a 'keep' button carries, or None where nothing waits or it cannot be read."""
    verb, _, more = press.more.partition(".")
    found = decode_press(f"1:{verb}:{press.code}" + (f":{more}" if more else ""))
    return found if found and found.verb != "keep" else None


def shown(request: Request, screen: Message) -> Reply:
    """Show a screen in place of the message whose button was pressed, or as a new one."""
    return Reply((screens.as_edit(screen) if request.way == "button" else screen,))


def _declining(request: Request, waiting: Press) -> Button:
    """Return the button for who does not agree, which leads back to where they came from."""
    leads_to = _UNKEPT.get(waiting.verb)
    if leads_to is None and not waiting.code:
        return screens.function_button(request, "bot/roadmap")
    press = leads_to or Press("turn", _back(request, waiting), NOT_NOW)
    return Button(request.say("button-not-now"), press)


_UNKEPT: Final[Mapping[Verb, Press]] = {
    "nudge": Press("nudge", more=NO_NUDGE),
    "zone": Press("settings", more="all"),
}
"""What 'not now' does where nothing of the roadmap waits."""


def _back(request: Request, waiting: Press) -> str:
    """Return the code of what is shown when nothing is to be kept: of a career its roadmap."""
    meant = request.knowledge.by_code.get(waiting.code, "")
    return short_code(f"{meant}/roadmap") if meant in request.knowledge.roles else waiting.code


def _carrying(waiting: Press) -> Press:
    verb: Verb = waiting.verb
    more = f"{verb}.{waiting.more}" if waiting.more else verb
    return Press("keep", waiting.code, more)
