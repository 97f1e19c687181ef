"""Which pictures Telegram already has, so that a student can send one on without it being sent up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.conversation import Recent

KEPT_SECONDS: Final = 3600
"""How long a picture can be sent on."""

MOST_KEPT: Final = 10_000
"""Pictures known at once, and so of no more students than that; the oldest is dropped first."""


class Photos:
    """Remembers in memory by which name Telegram knows the pictures it was sent."""

    def __init__(self, now: Callable[[], int]) -> None:
        """Start with none.

        Args:
            now: the clock, in UTC epoch seconds.
        """
        self._now = now
        self._files: Recent[str] = Recent(KEPT_SECONDS, MOST_KEPT)

    def remember(self, student: str, picture: str, file_id: str) -> None:
        """Note under which id Telegram has a student's picture, in place of the one before."""
        self._files.remember(_key(student, picture), file_id, self._now())

    def recall(self, student: str, picture: str) -> str | None:
        """Return the id of a student's picture, or None when there is none or its time is over."""
        return self._files.recall(_key(student, picture), self._now())


def _key(student: str, picture: str) -> str:
    return f"{student} {picture}"
