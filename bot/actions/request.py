"""What an action is given, and the Protocols behind which the rest of the house stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.domain.knowledge import KnowledgeBase, Language, Role

Group = Literal["careers", "way", "bot"]
"""What functions are sorted by in the help: careers, one's own way along a roadmap, the bot itself."""

Place = Literal["private", "group"]
"""Where a student writes, and where a function is offered: alone with the bot, or in a group chat."""

Attachment = Literal["picture", "voice", "whereabouts", "sticker", "other"]
"""What came with a message or in place of its words; `whereabouts` is a location or somebody's contact."""


class Texts(Protocol):
    """The bot's own words."""

    def say(self, key: str, language: Language, /, **values: str | int) -> str:
        """Return the text `key` with its placeholders filled, in `language` or else in English."""
        ...

    def language_of(self, key: str, language: Language, /) -> Language:
        """Return the language that `say` would use."""
        ...


class Offered(Protocol):
    """A row of the table of functions, as far as an action needs to know it."""

    @property
    def id(self) -> str:
        """Its permanent id."""
        ...

    @property
    def command(self) -> str | None:
        """Its command without the slash, or None."""
        ...

    @property
    def group(self) -> Group:
        """What it is sorted under in the help."""
        ...

    @property
    def later(self) -> bool:
        """Whether it is announced but not there yet."""
        ...

    @property
    def small_talk(self) -> bool:
        """Whether it is a greeting or the like, and so nothing to offer."""
        ...

    @property
    def label_key(self) -> str:
        """Key of its name on a button."""
        ...

    @property
    def help_key(self) -> str:
        """Key of its line in the help."""
        ...


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this bot; empty where they have not said."""

    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing a student asks for.

    `at` is in UTC epoch seconds, `cause` names the update that brought it. `language` is what the student
    writes, `role` the career spoken of. `functions` are by id; `arguments` is what followed a command.
    `place` is where it was asked: what a group reads must suit everyone in it.
    """

    chat: str
    student: str
    at: int
    cause: str
    language: Language
    role: Role
    knowledge: KnowledgeBase
    texts: Texts
    operator: Operator
    functions: Mapping[str, Offered]
    arguments: str = ""
    place: Place = "private"

    def say(self, key: str, /, **values: str | int) -> str:
        """Return one of the bot's own texts in the student's language, or else in English."""
        return self.texts.say(key, self.language, **values)

    def language_of(self, key: str, /) -> Language:
        """Return the language `say` uses for a text."""
        return self.texts.language_of(key, self.language)
