"""Which pictures Telegram already has, so that a student can send one on without it being sent up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

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
        # In the order they came; the key is the student and the picture.
        self._files: dict[tuple[str, str], tuple[str, int]] = {}

    def remember(self, student: str, picture: str, file_id: str) -> None:
        """Note under which id Telegram has a student's picture, in place of the one before."""
        self._files.pop((student, picture), None)
        self._files[student, picture] = (file_id, self._now())
        if len(self._files) > MOST_KEPT:
            del self._files[next(iter(self._files))]

    def recall(self, student: str, picture: str) -> str | None:
        """Return the id of a student's picture, or None when there is none or its time is over."""
        self.tidy()
        file_id, _ = self._files.get((student, picture), (None, 0))
        return file_id

    def forget(self, student: str) -> None:
        """Let go of all pictures of a student."""
        self._files = {key: kept for key, kept in self._files.items() if key[0] != student}

    def tidy(self) -> None:
        """Let go of pictures whose time is over, or lies ahead since the clock was set back."""
        now = self._now()
        self._files = {key: kept for key, kept in self._files.items() if 0 <= now - kept[1] <= KEPT_SECONDS}
