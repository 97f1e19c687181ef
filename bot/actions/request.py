"""What an action is given, and the Protocols behind which the rest of the house stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from bot.domain.drawing import Drawing
from bot.domain.journey import Act, Change, Event, Journey, Way
from bot.domain.knowledge import KnowledgeBase, Language, Role
from bot.domain.nudging import Due, Standing

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


class Journeys(Protocol):
    """What students did, as events that never change. Every method raises StoreError when it cannot."""

    async def events(self, student: str) -> tuple[Event, ...]:
        """Return all events of a student, in the order they happened."""
        ...

    async def change(
        self,
        student: str,
        cause: str,
        at: int,
        way: Way,
        decide: Callable[[tuple[Event, ...]], Sequence[Act]],
    ) -> Change:
        """Add events, all of them or none, in one transaction with reading what was there.

        What the same cause brought before is not brought again: then nothing is decided, and the change of
        that time is returned.

        Args:
            student: whose.
            cause: names the update; at most one change is made for it.
            at: UTC epoch seconds.
            way: by which way it was done.
            decide: gets all events so far and returns what happens; called inside the transaction, so it
                only computes.
        """
        ...

    async def everything(self, student: str) -> Mapping[str, Sequence[Mapping[str, str | int | None]]]:
        """Return every row kept about a student, by the name of its table; tables without any left out."""
        ...

    async def forget(self, student: str) -> None:
        """Erase everything about a student, in one transaction, from the file's log as well."""
        ...

    async def seen(self, student: str, at: int) -> None:
        """Note a sign of life of a student whose progress is kept; of others nothing is noted."""
        ...


class Nudges(Protocol):
    """The nudges that wait for their time. Every method raises StoreError when it cannot.

    What a student asks for is kept by `Journeys.change`, as events, and moves their next nudge in the same
    transaction.
    """

    async def standing(self, student: str, at: int) -> Standing:
        """Return how it stands with a student's nudges, at an instant in UTC epoch seconds."""
        ...

    async def alive(self, student: str, at: int) -> Standing:
        """Note a sign of life, which restores the rhythm that was asked for; return how it stands then."""
        ...

    async def later(self, student: str, due: Due, about: str, at: int) -> bool:
        """Move the day's nudge to later on the same day, or move it again.

        Args:
            student: whose.
            due: when; its kind is 'later'.
            about: id of the task to be shown.
            at: now, in UTC epoch seconds.

        Returns:
            False when that day's was moved and sent before, so that nothing is changed.
        """
        ...

    async def decline(self, student: str, day: date, at: int) -> None:
        """Leave out what is still to come on a local day; the next one comes as asked for."""
        ...


class Unkept(Protocol):
    """What students said of themselves before they let it be kept: in memory, for an hour."""

    def events(self, student: str, at: int) -> tuple[Event, ...]:
        """Return what a student said."""
        ...

    def add(self, student: str, events: Sequence[Event]) -> None:
        """Remember more, of the same cause once."""
        ...

    def forget(self, student: str) -> None:
        """Forget what a student said."""
        ...


class Pictures(Protocol):
    """Draws pictures."""

    async def draw(self, drawing: Drawing) -> bytes:
        """Return a PNG.

        Raises:
            DrawingError: it could not be drawn.
        """
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
    def small_talk(self) -> bool:
        """Whether it is a greeting or the like, and so nothing to offer."""
        ...

    @property
    def names_steps(self) -> bool:
        """Whether it does something to the steps that a sentence names."""
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

    `at` is in UTC epoch seconds, `cause` names the update that brought it, `way` says whether it was a
    button, a command or a sentence. `language` is what the student writes, `role` the career spoken of.
    `functions` are by id; `arguments` is what followed a command, `text` the sentence. `place` is where it
    was asked: what a group reads must suit everyone in it. `journey` is the student's own, for their eyes
    only. `looked_at` is the id of the step or task shown last, or empty. `named` are the steps a sentence
    names: for each thing that was named the ids it may mean, one where that is clear. `zone` is the
    student's, `home` the bot's: two where the student said so. `standing` is how it stands with their nudges,
    as far as they asked for any. `unread` says that what is kept cannot be read just now, so that the journey
    is empty.
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
    journey: Journey
    journeys: Journeys
    nudges: Nudges
    unkept: Unkept
    pictures: Pictures
    zone: ZoneInfo
    home: ZoneInfo
    standing: Standing = Standing()  # noqa: RUF009 - frozen
    way: Way = "sentence"
    arguments: str = ""
    text: str = ""
    place: Place = "private"
    unread: bool = False
    looked_at: str = ""
    named: tuple[tuple[str, ...], ...] = ()

    def say(self, key: str, /, **values: str | int) -> str:
        """Return one of the bot's own texts in the student's language, or else in English."""
        return self.texts.say(key, self.language, **values)

    def language_of(self, key: str, /) -> Language:
        """Return the language `say` uses for a text."""
        return self.texts.language_of(key, self.language)
