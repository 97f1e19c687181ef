"""How fast calls may follow each other: arithmetic on instants, no clock and no waiting."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """The next free time of something that may happen once every `every` seconds.

    After a rest, `burst` may go at once (the generic cell rate algorithm [ITU-T I.371]): within any span of
    s seconds at most burst + s / every are let through. `every` is above 0, `burst` at least 1.
    """

    every: float
    burst: int = 1
    _paid: float = field(default=float("-inf"), init=False)

    def wait(self, now: float) -> float:
        """Return the seconds until the next may go, 0 when it may go now.

        Args:
            now: the present instant, in seconds of a clock that never goes back.
        """
        return max(0.0, self._paid - (self.burst - 1) * self.every - now)

    def reserve(self, now: float) -> float:
        """Take the next free place, in the order of the calls, and return the seconds until it.

        Args:
            now: the present instant, in seconds of a clock that never goes back.
        """
        delay = self.wait(now)
        self._paid = max(self._paid, now) + self.every
        return delay

    def rested(self, now: float) -> bool:
        """Return whether everything that was taken is paid for, so that a new `Pace` would be the same."""
        return self._paid <= now
