"""The table of what the bot can do.

A command, a button and a sentence of the same meaning reach the same row. The help, the menu of the chat
service and the matcher's ids all follow from it: a function is added here and in the catalogue, nowhere else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.actions import (
    about,
    ask,
    export,
    forget,
    mark,
    meet,
    next_task,
    note,
    nudge,
    open_entry,
    picture,
    preferences,
    progress,
    restart,
    roles,
    show_help,
    small_talk,
    start,
    undo,
    zones,
)
from bot.actions.request import Group, Place, Request
from bot.domain.reply import Press, Reply, Verb

Action = Callable[[Request], Awaitable[Reply]]
PressAction = Callable[[Request, Press], Awaitable[Reply]]

EVERYWHERE: Final[frozenset[Place]] = frozenset({"private", "group"})
IN_PRIVATE: Final[frozenset[Place]] = frozenset({"private"})


@dataclass(frozen=True, slots=True)
class Function:
    """One thing the bot can do.

    `id` is permanent. `command` has no slash and is None where no command leads here. `offered` says where
    menus show it. `group` sorts it in the help.
    `small_talk` needs no command and no line in the help. With `asks`, words after the command make it a
    question: 'roadmap pilot' is asked, instead of the roadmap of another career being shown. One that
    `walks` needs what is kept about the student; one that `names_steps` is told the steps its words name.
    """

    id: str
    action: Action
    command: str | None
    group: Group
    offered: frozenset[Place] = EVERYWHERE
    small_talk: bool = False
    asks: bool = False
    walks: bool = False
    names_steps: bool = False

    @property
    def label_key(self) -> str:
        """Key of its name on a button."""
        return f"function-{self.id.removeprefix('bot/')}"

    @property
    def help_key(self) -> str:
        """Key of its line in the help."""
        return f"help-{self.id.removeprefix('bot/')}"


def _facet(name: str) -> Action:
    return partial(open_entry.open_facet, facet=name)


FUNCTIONS: Final[tuple[Function, ...]] = (
    Function("bot/ask", ask.invite, "ask", "careers", asks=True),
    Function("bot/roles", roles.roles, "roles", "careers"),
    Function("bot/duties", _facet("duties"), "duties", "careers", asks=True),
    Function("bot/roadmap", _facet("roadmap"), "roadmap", "careers", asks=True),
    Function("bot/resources", _facet("resources"), "resources", "careers", asks=True),
    Function("bot/next-step", next_task.next_task, "next", "way", IN_PRIVATE, walks=True),
    Function("bot/mark-done", mark.say_done, "done", "way", IN_PRIVATE, walks=True, names_steps=True),
    Function("bot/skip-step", mark.say_skip, "skip", "way", IN_PRIVATE, walks=True, names_steps=True),
    Function("bot/know-step", mark.say_know, "know", "way", IN_PRIVATE, walks=True, names_steps=True),
    Function("bot/undo", undo.say_undo, "undo", "way", IN_PRIVATE, walks=True, names_steps=True),
    Function("bot/progress", progress.progress, "progress", "way", IN_PRIVATE, walks=True),
    Function("bot/start-again", restart.say_restart, "restart", "way", IN_PRIVATE, walks=True),
    Function("bot/settings", preferences.settings, "settings", "way", IN_PRIVATE, walks=True),
    Function("bot/nudge-set", nudge.say_set, "nudge", "way", IN_PRIVATE, walks=True),
    Function("bot/nudge-stop", nudge.say_stop, "stop", "way", IN_PRIVATE, walks=True),
    Function("bot/start", start.start, "start", "bot"),
    Function("bot/help", show_help.show_help, "help", "bot"),
    Function("bot/parents", about.parents, "parents", "bot"),
    Function("bot/privacy", about.privacy, "privacy", "bot"),
    Function("bot/about-bot", about.about, "about", "bot"),
    Function("bot/export", export.export, "export", "bot", IN_PRIVATE, walks=True),
    Function("bot/forget-me", forget.ask_to_forget, "forget", "bot", IN_PRIVATE, walks=True),
    Function("bot/greeting", small_talk.greet, None, "bot", small_talk=True),
    Function("bot/thanks", small_talk.take_thanks, None, "bot", small_talk=True),
)
"""All of them, in the order of the help."""

WALKING: Final[Mapping[Verb, PressAction]] = {
    "tick": mark.press_tick,
    "untick": mark.press_tick,
    "done": mark.press_mark,
    "skip": mark.press_mark,
    "know": mark.press_mark,
    "clear": mark.press_clear,
    "knowlist": mark.open_known,
    "undo": undo.press_undo,
    "restart": restart.press_restart,
    "career": meet.press_career,
    "stands": meet.press_stands,
    "has": meet.press_has,
    "settings": preferences.press_settings,
    "write": note.press_write,
    "unwrite": note.press_unwrite,
    "draw": picture.press_draw,
    "forget": forget.press_forget,
    "nudge": nudge.press_nudge,
    "zone": zones.press_zone,
}
"""What the buttons of a student's own way do."""


def menu(functions: Iterable[Function], place: Place) -> tuple[tuple[str, str], ...]:
    """Return the rows of the menu of commands: each command, without its slash, and the key of its line.

    Args:
        functions: the table, in the order of the menu.
        place: where the menu is shown.
    """
    return tuple(
        (row.command, row.help_key)
        for row in functions
        if row.command and place in row.offered and not row.small_talk
    )
