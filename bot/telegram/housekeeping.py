"""Clears up, has backups made, and looks after the disk."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.telegram.alerts import Trouble
from bot.telegram.traces import trace

LOG = logging.getLogger(__name__)

HOUSEKEEPING_SECONDS: Final = 600.0
"""Between two rounds."""

LEAST_DISK: Final = 200_000_000
"""Free bytes, beside what the database needs for a while, below which the operator is told."""

ANSWERED_SECONDS: Final = 5.0
"""After which the press that asked to be forgotten is answered and over itself."""

NIGHT: Final = range(3, 5)
"""The hours of the local day in which hardly anybody waits while nothing can be written."""


class Inbox(Protocol):
    """Where updates wait until they are answered."""

    async def prune(self, at: int, *, any_size: bool = False) -> int:
        """Let go of what is no longer needed; of a large file what takes long only if told so."""
        ...


class Housekeeping:
    """Keeps the house, a round every ten minutes and a short one after somebody was forgotten.

    What was erased is taken out of a large file at the first round and then once a night: nothing can be
    written meanwhile, for some seconds.
    """

    def __init__(  # noqa: PLR0913 - by keyword only, and one place calls it
        self,
        *,
        inbox: Inbox,
        tidy: Callable[[], None],
        back_up: Callable[[], Awaitable[None]] | None,
        folder: Path,
        room: Callable[[], int],
        report: Callable[[Trouble], None],
        now: Callable[[], int],
        zone: ZoneInfo,
    ) -> None:
        """Put the parts together.

        Args:
            inbox: is pruned.
            tidy: lets go of what was in memory for long enough.
            back_up: backs up the database where that is due.
            folder: on the disk that is looked at.
            room: how many bytes of it the database needs for a while now and then.
            report: told of trouble.
            now: the clock, in UTC epoch seconds.
            zone: the students' time.
        """
        self._inbox = inbox
        self._tidy = tidy
        self._back_up = back_up
        self._folder = folder
        self._room = room
        self._report = report
        self._now = now
        self._zone = zone
        self._forgotten = asyncio.Event()

    def forgotten(self) -> None:
        """Note that a student was forgotten: their very last press leaves traces."""
        self._forgotten.set()

    async def clear_after_forgetting(self) -> None:
        """Clear up soon after a student was forgotten, for as long as this runs."""
        while True:
            await self._forgotten.wait()
            self._forgotten.clear()
            await asyncio.sleep(ANSWERED_SECONDS)
            # What fails here is tried again, and told, in the next round.
            with contextlib.suppress(Exception):
                await self._inbox.prune(self._now())

    async def run(self) -> None:
        """Do round after round."""
        begins, rewritten = True, None
        while True:
            night = self._night()
            any_size = begins or night not in {None, rewritten}
            if await self._prune(any_size=any_size):
                begins, rewritten = False, night or rewritten
            self._tidy()
            await self._see_to_backups()
            self._look_at_disk()
            await asyncio.sleep(HOUSEKEEPING_SECONDS)

    def _night(self) -> date | None:
        """Return the local day while it is night, else None."""
        local = datetime.fromtimestamp(self._now(), self._zone)
        return local.date() if local.hour in NIGHT else None

    async def _prune(self, *, any_size: bool) -> bool:
        try:
            await self._inbox.prune(self._now(), any_size=any_size)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the store, it may mend
            LOG.error("Clearing up failed: %s", trace(error))
            self._report(Trouble.DATABASE)
            return False
        return True

    async def _see_to_backups(self) -> None:
        if self._back_up is None:
            return
        try:
            await self._back_up()
        except Exception as error:  # noqa: BLE001 - the next round tries again
            LOG.error("The daily backup failed: %s", trace(error))
            self._report(Trouble.DATABASE)

    def _look_at_disk(self) -> None:
        try:
            free, needed = shutil.disk_usage(self._folder).free, LEAST_DISK + self._room()
        except OSError as error:
            LOG.error("The disk cannot be looked at: %s", trace(error))
            self._report(Trouble.DISK)
            return
        if free < needed:
            LOG.error("Less than %d MB are free on the disk.", needed // 1_000_000)
            self._report(Trouble.DISK)
