"""Open what a button or a command names."""

from __future__ import annotations

from bot.actions import ask, decline, meet, screens, way_screens
from bot.actions.request import Request
from bot.domain.reply import Message, Reply


async def open_id(request: Request, meant: str, *, turned: bool = False) -> Reply:
    """Show an entry, a career or a task.

    Args:
        request: what is asked for.
        meant: its id; one that is unknown now ends like a button that is too old.
        turned: whether it takes the place of the message whose button was pressed.
    """
    shown = screen(request, meant, turned=turned)
    if shown is None:
        return await decline.stale(request)
    return Reply((screens.as_edit(shown) if turned else shown,))


async def open_facet(request: Request, facet: str) -> Reply:
    """Show one side of the career spoken of; a career without that side is answered like any miss."""
    entry = request.role.facets.get(facet)
    return await open_id(request, entry.id) if entry else await decline.unknown_command(request)


def screen(request: Request, meant: str, *, turned: bool = False) -> Message | None:
    """Return what opening an id shows, or None for an id that cannot be opened; see `open_id`."""
    entry = ask.find(request, meant)
    if entry:
        own = way_screens.instead_of(request, entry, turned=turned)
        return own or screens.entry_screen(request, entry, turned=turned)
    step = request.knowledge.step_of(meant)
    task = next((one for one in step.tasks if one.id == meant), None) if step else None
    if step is None or task is None:
        return None
    if request.place != "private" or request.unread:
        return screens.task_screen(request, step, task)
    return meet.ask_has(request, step, task) or way_screens.task_screen(request, step, task)
