"""Ask whether a student's progress may be kept, before the first thing worth keeping is."""

from __future__ import annotations

from bot.actions import screens
from bot.actions.request import Request
from bot.domain.reply import Block, Button, Message, Press, Reply, Verb, blocks_of, decode_press


def ask_first(request: Request, waiting: Press, *, turned: bool = True) -> Reply:
    """Ask; what waits for the answer is carried by the button, so that it is done at once or never.

    Args:
        request: what is asked for.
        waiting: what is to be kept.
        turned: whether it takes the place of the message whose button was pressed, if one was.
    """
    rows = (
        (Button(request.say("button-keep"), _carrying(waiting)),),
        (Button(request.say("button-not-now"), Press("turn", waiting.code)),)
        if waiting.code
        else (screens.function_button(request, "bot/roadmap"),),
        (screens.function_button(request, "bot/privacy"), screens.function_button(request, "bot/parents")),
    )
    blocks = (Block("title", request.say("keep-title")), *blocks_of(request.say("keep")))
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


def _carrying(waiting: Press) -> Press:
    verb: Verb = waiting.verb
    more = f"{verb}.{waiting.more}" if waiting.more else verb
    return Press("keep", waiting.code, more)
