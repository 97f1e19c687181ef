"""Clearing up: every ten minutes, after somebody was forgotten, and what takes long in the night."""

from __future__ import annotations

import asyncio
import logging
import shutil
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.inbox import StoreError
from bot.telegram.alerts import Trouble
from bot.telegram.housekeeping import ANSWERED_SECONDS, LEAST_DISK, Housekeeping

pytestmark = pytest.mark.looptime

COLOMBO = ZoneInfo("Asia/Colombo")
EVENING = datetime(2026, 11, 20, 22, 30, tzinfo=COLOMBO)
HOUR = 3600


class Inbox:
    """Notes when it was pruned, and when a large file too; fails from `down` on, for as long as told."""

    def __init__(self, now, down=0, until=0):
        self.rounds = []
        self.thorough = []
        self._now, self._down, self._until = now, down, until

    async def prune(self, at, *, any_size=False):
        if self._down <= at < self._until:
            message = "too little room"
            raise StoreError(message)
        self.rounds.append(at)
        if any_size:
            self.thorough.append(datetime.fromtimestamp(at, COLOMBO))


class House:
    """A house that is kept from the evening on."""

    def __init__(self, folder, *, room=0, back_up=None, down=0, until=0):
        self.troubles = []
        self.tidied = 0
        self.inbox = Inbox(self.now, down, until)
        self.keeping = Housekeeping(
            inbox=self.inbox,
            tidy=self.tidy,
            back_up=back_up,
            folder=folder,
            room=lambda: room,
            report=self.troubles.append,
            now=self.now,
            zone=COLOMBO,
        )

    def now(self):
        return int(EVENING.timestamp() + asyncio.get_running_loop().time())

    def tidy(self):
        self.tidied += 1

    async def keep(self, seconds):
        kept = [
            asyncio.create_task(one) for one in (self.keeping.run(), self.keeping.clear_after_forgetting())
        ]
        await asyncio.sleep(seconds)
        for one in kept:
            one.cancel()
        await asyncio.gather(*kept, return_exceptions=True)


async def test_a_large_file_is_written_anew_at_the_start_and_then_once_a_night(tmp_path):
    house = House(tmp_path)
    await house.keep(3 * 24 * HOUR)
    nights = [EVENING.replace(hour=3, minute=0) + timedelta(days=day) for day in (1, 2, 3)]
    assert [one for one in house.inbox.thorough if one == EVENING] == [EVENING]
    assert house.inbox.thorough[1:] == nights
    assert len(house.inbox.rounds) >= 3 * 24 * 6
    assert house.tidied == len(house.inbox.rounds)


async def test_when_it_fails_in_the_night_the_next_round_tries_again(tmp_path, caplog):
    begins, ends = (EVENING + timedelta(hours=hours) for hours in (4, 5.2))
    house = House(tmp_path, down=begins.timestamp(), until=ends.timestamp())
    await house.keep(20 * HOUR)
    assert [one.time().isoformat("minutes") for one in house.inbox.thorough] == ["22:30", "03:50"]
    assert Trouble.DATABASE in house.troubles
    assert "Clearing up failed: StoreError: too little room" in caplog.text


async def test_a_start_that_fails_is_made_up_for(tmp_path):
    house = House(tmp_path, until=EVENING.timestamp() + 700)
    await house.keep(2 * HOUR)
    assert [one - EVENING for one in house.inbox.thorough] == [timedelta(minutes=20)]


async def test_after_somebody_was_forgotten_the_log_is_cleared_soon_and_a_large_file_left_alone(tmp_path):
    house = House(tmp_path)
    keeping = asyncio.create_task(house.keep(300))
    await asyncio.sleep(100)
    house.keeping.forgotten()
    await asyncio.sleep(1)
    house.keeping.forgotten()
    await keeping
    begun = int(EVENING.timestamp())
    after = int(begun + 100 + ANSWERED_SECONDS)
    # The second is forgotten while the first one's press is still being answered.
    assert house.inbox.rounds == [begun, after, after + ANSWERED_SECONDS]
    assert house.inbox.thorough == [EVENING]


async def test_the_disk_needs_room_for_what_the_database_needs_too(tmp_path, monkeypatch, caplog):
    free = shutil.disk_usage(tmp_path)._replace(free=LEAST_DISK + 99_000_000)
    monkeypatch.setattr("bot.telegram.housekeeping.shutil.disk_usage", lambda _: free)
    enough, little = House(tmp_path, room=99_000_000), House(tmp_path, room=100_000_000)
    await enough.keep(1)
    assert enough.troubles == []
    await little.keep(1)
    assert little.troubles == [Trouble.DISK]
    assert "Less than 300 MB are free on the disk." in caplog.text


async def test_what_fails_holds_nothing_else_up(tmp_path, caplog):
    caplog.set_level(logging.ERROR)

    async def back_up():
        message = "no key"
        raise StoreError(message)

    house = House(tmp_path / "gone", back_up=back_up, until=EVENING.timestamp() + 1)
    await house.keep(700)
    assert house.troubles == [
        Trouble.DATABASE,
        Trouble.DATABASE,
        Trouble.DISK,
        Trouble.DATABASE,
        Trouble.DISK,
    ]
    assert len(house.inbox.rounds) == 1
