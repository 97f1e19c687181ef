"""The table of what the bot can do.

A command, a button and a sentence of the same meaning reach the same row. The help, the menu of the chat
service and the matcher's ids all follow from it: a function is added here and in the catalogue, nowhere else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.actions import about, ask, later, open_entry, roles, show_help, small_talk, start
from bot.actions.request import Group, Place, Request
from bot.domain.reply import Reply

Action = Callable[[Request], Awaitable[Reply]]

EVERYWHERE: Final[frozenset[Place]] = frozenset({"private", "group"})
IN_PRIVATE: Final[frozenset[Place]] = frozenset({"private"})


@dataclass(frozen=True, slots=True)
class Function:
    """One thing the bot can do.

    `id` is permanent. `command` has no slash and is None where no command leads here. `offered` says where
    menus show it. `group` sorts it in the help. A function that is `later` answers that it is not there yet.
    `small_talk` needs no command and no line in the help. With `asks`, words after the command make it a
    question: 'roadmap pilot' is asked, instead of the roadmap of another career being shown.
    """

    id: str
    action: Action
    command: str | None
    group: Group
    offered: frozenset[Place] = EVERYWHERE
    later: bool = False
    small_talk: bool = False
    asks: bool = False

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
    Function(
        "bot/next-step",
        partial(later.not_yet, key="later-next-step", facets=("roadmap", "resources"), functions=()),
        "next",
        "way",
        later=True,
    ),
    Function(
        "bot/mark-done",
        partial(later.not_yet, key="later-mark-done", facets=("roadmap",), functions=("bot/help",)),
        "done",
        "way",
        later=True,
    ),
    Function(
        "bot/undo",
        partial(later.not_yet, key="later-undo", facets=("roadmap",), functions=("bot/help",)),
        "undo",
        "way",
        later=True,
    ),
    Function(
        "bot/progress",
        partial(later.not_yet, key="later-progress", facets=("roadmap",), functions=("bot/help",)),
        "progress",
        "way",
        later=True,
    ),
    Function(
        "bot/nudge-set",
        partial(later.not_yet, key="later-nudge-set", facets=("roadmap",), functions=("bot/help",)),
        "nudge",
        "way",
        IN_PRIVATE,
        later=True,
    ),
    Function(
        "bot/nudge-stop",
        partial(later.not_yet, key="later-nudge-stop", facets=(), functions=("bot/privacy", "bot/help")),
        "stop",
        "way",
        IN_PRIVATE,
        later=True,
    ),
    Function("bot/start", start.start, "start", "bot"),
    Function("bot/help", show_help.show_help, "help", "bot"),
    Function("bot/parents", about.parents, "parents", "bot"),
    Function("bot/privacy", about.privacy, "privacy", "bot"),
    Function("bot/about-bot", about.about, "about", "bot"),
    Function(
        "bot/forget-me",
        partial(later.not_yet, key="later-forget-me", facets=(), functions=("bot/privacy", "bot/help")),
        "forget",
        "bot",
        IN_PRIVATE,
        later=True,
    ),
    Function("bot/greeting", small_talk.greet, None, "bot", small_talk=True),
    Function("bot/thanks", small_talk.take_thanks, None, "bot", small_talk=True),
)
"""All of them, in the order of the help."""


def menu(functions: Iterable[Function], place: Place) -> tuple[tuple[str, str], ...]:
    """Return the rows of the menu of commands: each command, without its slash, and the key of its line.

    What is not there yet is left out: a menu is read as a promise.

    Args:
        functions: the table, in the order of the menu.
        place: where the menu is shown.
    """
    return tuple(
        (row.command, row.help_key)
        for row in functions
        if row.command and place in row.offered and not (row.later or row.small_talk)
    )
