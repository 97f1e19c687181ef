"""Prints how fast a student's tap is kept, beside the same transaction on bare aiosqlite.

    python -m tests.benchmarks.journeys

A SQLite file with 100,000 students and 2,000,000 events; 20 students tap at once, each as soon as the tap
before is kept.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import aiosqlite
import numpy as np

from bot.content.loading import load
from bot.domain.journey import Act, Event
from bot.settings import HOME
from bot.storage.counts import all_ids, count
from bot.storage.database import Database
from bot.storage.journeys import Journeys
from tests.benchmarks.figures import CAREER

COLOMBO = ZoneInfo("Asia/Colombo")
STUDENTS = 100_000
EVENTS_EACH = 20
"""Events of a student: kept, a career, where they stand, and what they did since."""

TAPPING = 20
TAPS = 100
"""Taps of each of those in a run."""

ROUNDS = 3
"""Runs of either kind, in turn, so that a busy moment of the disk meets both."""

FIRST_STUDENT = 1_000_000_000
NOW = 1_800_000_000
"""The time of the first tap that is measured, in UTC epoch seconds; the events before are of two years."""

SPAN = 730 * 24 * 3600
SEED = 7

Tap = Callable[[str, str], Awaitable[None]]
"""Keeps a tap of a student that an update brought, both by their ids."""

_READ = "SELECT kind, about, value, at, cause, way FROM events WHERE student = ? ORDER BY id"
_ADD = (
    "INSERT INTO events (student, cause, number, kind, about, value, way, at)"
    " VALUES (?, ?, ?, ?, ?, ?, 'button', ?)"
)


def main() -> None:
    """Build the database and print the table."""
    folder = HOME / "data" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as own:
        path = Path(own) / "bot.db"
        began = time.perf_counter()
        filled(path)
        print(
            f"{STUDENTS} students, {STUDENTS * EVENTS_EACH} events: {path.stat().st_size / 1e6:.0f} MB,"
            f" made in {time.perf_counter() - began:.0f} s"
        )
        asyncio.run(measure(path))


def filled(path: Path) -> None:
    """Make a database of students who are on their way.

    Args:
        path: where no file is yet. Students are `student(0)` to `student(STUDENTS - 1)`.
    """
    asyncio.run(_empty(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {pragma}")
        # Indexes are made faster over what is there than kept up row by row.
        indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")
        own = [(name, sql) for name, sql in indexes if name.startswith("events_")]
        connection.execute("BEGIN")
        for name, _ in own:
            connection.execute(f"DROP INDEX {name}")
        connection.executemany(
            "INSERT INTO students (student, kept_at, seen_at) VALUES (?, ?, ?)",
            ((student(number), NOW - SPAN, NOW - SPAN // 100) for number in range(STUDENTS)),
        )
        connection.executemany(_ADD, _events())
        for _, sql in own:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def student(number: int) -> str:
    """Return the id of a student."""
    return str(FIRST_STUDENT + number)


async def measure(path: Path) -> None:
    """Print the table."""
    # Others in each run: who has tapped a thousand times is nobody's measure.
    chosen = iter(random.Random(SEED).sample(range(STUDENTS), 2 * ROUNDS * TAPPING))
    ours: list[float] = []
    bare: list[float] = []
    ours_took = bare_took = 0.0
    for number in range(ROUNDS):
        # One after the other: a SQLite file is one process's, and one connection's that writes.
        ours_took += await _with_ours(path, _some(chosen), f"o{number}", ours)
        bare_took += await _with_bare(path, _some(chosen), f"b{number}", bare)
    print(f"{TAPPING} students tap at once; to reach: p99 300 ms")
    print(f"{'':24}{'taps/s':>10}{'p50 ms':>9}{'p99 ms':>9}{'most ms':>9}")
    _show("Journeys.change", ours, ours_took)
    _show("bare aiosqlite", bare, bare_took)
    p50, p99 = np.percentile(ours, [50, 99]) / np.percentile(bare, [50, 99])
    print(f"{'ratio':24}{bare_took / ours_took:10.2f}{p50:9.2f}{p99:9.2f}")
    await _looks(path)


def _some(chosen: Iterator[int]) -> list[str]:
    return [student(number) for number in islice(chosen, TAPPING)]


async def _empty(path: Path) -> None:
    await (await Database.open(f"sqlite:///{path}")).close()


def _events() -> Iterator[tuple[str, str, int, str, str, str, int]]:
    """Yield the events of all students by turns, as they come in life: no student's lie side by side."""
    tasks = [task.id for step in load(HOME / "knowledge").roles[CAREER].steps for task in step.tasks]
    first = [("kept", "", '""'), ("career", CAREER, '""'), ("stands", "", '"al"')]
    for turn in range(EVENTS_EACH):
        kind, about, value = first[turn] if turn < len(first) else ("ticked", "", '""')
        for number in range(STUDENTS):
            cause = 100_000_000 + turn * STUDENTS + number
            what = about if turn < len(first) else tasks[(number + turn) % len(tasks)]
            at = NOW - SPAN + SPAN * (turn * STUDENTS + number) // (EVENTS_EACH * STUDENTS)
            yield student(number), str(cause), 0, kind, what, value, at


async def _with_ours(path: Path, tapping: Sequence[str], run: str, times: list[float]) -> float:
    database = await Database.open(f"sqlite:///{path}")
    journeys = Journeys(database, COLOMBO)

    async def tap(who: str, cause: str) -> None:
        await journeys.change(who, cause, NOW, "button", _decide)

    took = await _all_tap(tap, tapping, run, times)
    await database.close()
    return took


def _decide(events: tuple[Event, ...]) -> Sequence[Act]:
    return (Act("ticked", f"{CAREER}/{len(events)}"),)


async def _with_bare(path: Path, tapping: Sequence[str], run: str, times: list[float]) -> float:
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        for pragma in ("journal_mode = WAL", "synchronous = FULL"):
            await connection.execute(f"PRAGMA {pragma}")
        alone = asyncio.Lock()

        async def tap(who: str, cause: str) -> None:
            async with alone:
                await connection.execute("BEGIN IMMEDIATE")
                found = await connection.execute_fetchall(_READ, (who,))
                about = f"{CAREER}/{len(list(found))}"
                await connection.execute(_ADD, (who, cause, 0, "ticked", about, '""', NOW))
                await connection.execute("UPDATE students SET seen_at = ? WHERE student = ?", (NOW, who))
                await connection.execute("COMMIT")

        return await _all_tap(tap, tapping, run, times)


async def _all_tap(tap: Tap, tapping: Sequence[str], run: str, times: list[float]) -> float:
    """Let everybody tap, add how long each tap took, and return how long all of it did, in seconds."""

    async def one(who: str) -> None:
        for number in range(TAPS):
            began = time.perf_counter()
            await tap(who, f"{run}-{who}-{number}")
            times.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(one(who) for who in tapping))
    return time.perf_counter() - began


async def _looks(path: Path) -> None:
    """Print how long it takes to look at all of it."""
    database = await Database.look(f"sqlite:///{path}")
    for name, look in (("all_ids", all_ids(database)), ("count", count(database, NOW))):
        began = time.perf_counter()
        await look
        print(f"{name:24}{(time.perf_counter() - began) * 1000:10.1f} ms")
    await database.close()


def _show(name: str, times: Sequence[float], took: float) -> None:
    p50, p99, most = np.percentile(times, [50, 99, 100]) * 1000
    print(f"{name:24}{len(times) / took:10.1f}{p50:9.1f}{p99:9.1f}{most:9.1f}")


if __name__ == "__main__":
    main()
