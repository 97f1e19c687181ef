"""Prints how long a student waits after a tap: the whole bot over a large database, Telegram's limits lifted.

    python -m tests.benchmarks.taps

The database of tests.benchmarks.journeys, and 20 students who tick tasks at once, each as soon as the screen
of the tap before has come. The peer is the same run over an empty database; the same transaction on bare
aiosqlite stands in tests.benchmarks.journeys.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.content.loading import load
from bot.domain.knowledge import short_code
from bot.domain.reply import Press, Verb, encode_press
from bot.settings import HOME
from tests.benchmarks.figures import CAREER
from tests.benchmarks.journeys import EVENTS_EACH, STUDENTS, filled
from tests.benchmarks.telegram import TimedApi, bot
from tests.botapi.program import Options
from tests.botapi.scenario import Person

TAPPING = 20
TAPS = 50
"""Taps of each of those."""


def main() -> None:
    """Print the table."""
    folder = HOME / "data" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as own:
        print(f"{TAPPING} students tap at once, each {TAPS} times; to reach: p99 300 ms")
        print(f"{'':34}{'taps/s':>8}{'answered p50':>14}{'p99 ms':>8}{'screen p50':>12}{'p99 ms':>8}")
        asyncio.run(_measured("an empty database", Path(own) / "empty" / "bot.db"))
        large = Path(own) / "large" / "bot.db"
        large.parent.mkdir()
        filled(large)
        asyncio.run(_measured(f"{STUDENTS} students, {STUDENTS * EVENTS_EACH} events", large))


async def _measured(name: str, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    tasks = [task.id for step in load(HOME / "knowledge").roles[CAREER].steps for task in step.tasks]
    async with TimedApi(limits=False) as api:
        options = Options(
            api.url,
            path.parent,
            echo=False,
            unlimited=True,
            database_url=f"sqlite:///{path}",
            engine="lexical",
        )
        code = f"from pathlib import *; from tests.botapi.program import Options, main; main({options!r})"
        async with bot(api, ["-c", code]):
            students = [api.user(f"Student {number}") for number in range(TAPPING)]
            for one in students:
                await one.says("/roadmap")
                await one.sees("steps done")
                await one.forges(_press("keep", tasks[0], "tick"))
                await one.sees("Ticked")
            began = time.perf_counter()
            waits = await asyncio.gather(*(_taps(api, one, tasks) for one in students))
            took = time.perf_counter() - began
    answered, seen = np.array([wait for each in waits for wait in each]).T * 1000
    figures = "".join(
        f"{np.percentile(one, 50):{width}.0f}{np.percentile(one, 99):8.0f}"
        for one, width in ((answered, 14), (seen, 12))
    )
    print(f"{name:34}{len(seen) / took:8.0f}{figures}", flush=True)


async def _taps(api: TimedApi, who: Person, tasks: Sequence[str]) -> list[tuple[float, float]]:
    """Tap, and return for each tap the seconds until it was answered and until the screen had changed."""
    waits = []
    for number in range(TAPS):
        verb: Verb = "tick" if number // (len(tasks) - 1) % 2 == 0 else "untick"
        before = sum(call.chat == who.id and call.ok for call in api.calls_of("editMessageText"))
        began = time.perf_counter()
        pressed = await who.forges(_press(verb, tasks[1 + number % (len(tasks) - 1)]))
        await api.until(lambda pressed=pressed: pressed.answered_at is not None, "an answer to a press")
        answered = time.perf_counter()
        await api.until(
            lambda before=before: (
                sum(call.chat == who.id and call.ok for call in api.calls_of("editMessageText")) > before
            ),
            "a changed screen",
        )
        waits.append((answered - began, max(answered, time.perf_counter()) - began))
    return waits


def _press(verb: Verb, about: str, more: str = "") -> str:
    return encode_press(Press(verb, short_code(about), more))


if __name__ == "__main__":
    os.environ.pop("TELEGRAM_BOT_TOKEN", None)
    main()
