"""What a picture of a student's way shows, free of how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.journey import Status


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """One step on the picture. `here` marks the one the student is at; `words` says the status in words."""

    title: str
    status: Status
    words: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class DrawnStage:
    """One stage on the picture."""

    title: str
    steps: tuple[DrawnStep, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a student's way.

    All words are finished texts in the student's language. `summary` is a line such as '2 of 5 steps',
    `here` what stands at the step the student is at, `name` the nickname the student put on it, or empty.
    """

    title: str
    summary: str
    date: str
    here: str
    stages: tuple[DrawnStage, ...]
    name: str = ""


class DrawingError(Exception):
    """A picture could not be drawn; words must do."""
