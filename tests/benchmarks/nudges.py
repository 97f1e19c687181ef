"""Prints how nudges go out when everybody wants theirs in the same minute.

    python -m tests.benchmarks.nudges [--seconds N]

The database of tests.benchmarks.journeys, where each student has asked for one at 7:00 and had one on each of
the seven days before. The peer is the job queue of python-telegram-bot, whose daily job a student is the
usual way to do this; it keeps them in memory, and computes when each is due at every start.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import psutil
from telegram.ext import Application, ApplicationBuilder, ContextTypes

from bot.bootstrap import EngineChoice, open_bot
from bot.conversation import Heard
from bot.domain.nudging import EVERY_DAY, Fate, Standing, instant, local_day, setting
from bot.scheduling.heartbeat import CLAIMED, Heartbeat
from bot.settings import HOME, read_settings
from bot.storage.database import Database
from bot.storage.journeys import Journeys
from bot.storage.nudges import Nudges
from bot.telegram.outbox import Limits
from tests.benchmarks.journeys import COLOMBO, EVENTS_EACH, NOW, STUDENTS, filled, student
from tests.benchmarks.questions import read_questions
from tests.benchmarks.telegram import QUESTIONS, TimedApi, ask_all, asks, at_random, bot, percentiles
from tests.botapi.limits import counts
from tests.botapi.program import TOKEN, Options
from tests.botapi.server import BotApi

WAITING = 1_000_000
"""Rows that wait when a start is measured."""

DAY = local_day(NOW, COLOMBO) + timedelta(days=2)
"""No student of the database has done anything on it."""

DAYS_BEFORE = 7
"""Days of nudges that are over; the product keeps nine."""

MINUTE = 7 * 60
DUE = instant(DAY, MINUTE, COLOMBO) or 0
BEFORE = DUE - 3600

ALLOWED = 1 / Limits().every
"""Calls a second that the bot lets out."""

ASKING = 20
ASKED = 4.0
"""Students who ask meanwhile, and how many questions a second they have together."""

SPARE_SECONDS = 30
"""For so much longer there are students on the server: the bot sends until it is stopped."""

HEARD = 300
"""Messages by which the cost of a sign of life is measured."""

LOOKS = 50
"""Times that a look for what is due, and a claim, are measured."""

LEAD_SECONDS = 120
"""After so long the first job of the peer is due: it must have started by then."""

GIVEN_UP_SECONDS = 120
"""After so long every job of the peer that was not seen to counts as not run."""

_ROW = (
    "INSERT INTO nudges (student, day, kind, due_at, visible_at, tries, unanswered, last_day, about, wording,"
    " outcome, ended_at) VALUES (?, ?, 'daily', ?, ?, 0, 0, ?, ?, ?, ?, ?)"
)
_ASK = (
    "INSERT INTO events (student, cause, number, kind, about, value, way, at)"
    " VALUES (?, ?, 0, 'nudge', '', ?, 'button', ?)"
)

Row = tuple[str, str, int, int, str, str, int, str | None, int | None]


def main() -> None:
    """Print all tables."""
    arguments = argparse.ArgumentParser(description="How nudges go out when everybody's is due.")
    arguments.add_argument("--seconds", type=float, default=60.0, help="length of each run")
    arguments.add_argument("--start", metavar="PATH", help=argparse.SUPPRESS)
    arguments.add_argument("--job-queue", type=int, metavar="SECONDS", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.start:
        print(json.dumps(asyncio.run(start(given.start))))
    elif given.job_queue:
        print(json.dumps(asyncio.run(job_queue(given.job_queue))))
    else:
        measure(given.seconds)


def measure(seconds: float) -> None:
    """Measure and print."""
    folder = HOME / "data" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as own:
        full = Path(own) / "full.db"
        began = time.perf_counter()
        asked_for(full)
        size, took = full.stat().st_size / 1e6, time.perf_counter() - began
        print(
            f"{STUDENTS} students, {STUDENTS * (EVENTS_EACH + 1)} events: {size:.0f} MB, made in {took:.0f} s"
        )
        asyncio.run(costs_nothing(_copied(full, "free"), seconds))
        asyncio.run(at_the_limit(_copied(full, "limit"), seconds))
        asyncio.run(signs_of_life(_copied(full, "signs")))
    starts(folder)


def _copied(full: Path, name: str) -> Path:
    folder = full.parent / name
    folder.mkdir()
    return Path(shutil.copy(full, folder / "bot.db"))


# The database


def asked_for(path: Path) -> None:
    """Make a database of students on their way, all with a nudge that is due at `DUE`."""
    filled(path)
    value = json.dumps(setting(MINUTE, EVERY_DAY, "en"))
    at = DUE - (DAYS_BEFORE + 1) * 24 * 3600
    put(path, (row for number in range(STUDENTS) for row in _week(student(number))))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            _ASK, ((student(number), f"asked-{number}", value, at) for number in range(STUDENTS))
        )


def put(path: Path, rows: Iterator[Row]) -> None:
    """Put rows into a database that is there."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany(_ROW, rows)


def _week(who: str) -> Iterator[Row]:
    for ago in range(DAYS_BEFORE, -1, -1):
        day = DAY - timedelta(days=ago)
        at = DUE - ago * 24 * 3600
        over = ("sent", at + 60) if ago else (None, None)
        yield _row(who, day, at, *over)


def _row(who: str, day: date, at: int, outcome: str | None = None, ended_at: int | None = None) -> Row:
    return who, day.isoformat(), at, at, (day - timedelta(days=1)).isoformat(), "", 0, outcome, ended_at


# Sending costs nothing


class Free:
    """Sends at once."""

    async def send(self, *_: object) -> Fate:
        return "sent"


async def costs_nothing(path: Path, seconds: float) -> None:
    """Print how many rows a second are claimed, prepared and ended."""
    database = await Database.open(f"sqlite:///{path}")
    nudges = Nudges(database, COLOMBO)
    here = open_bot(read_settings(_env_file=None, log_level="WARNING"), EngineChoice.LEXICAL)
    conversation = here.keeping(Journeys(database, COLOMBO), nudges)
    began, computed = time.perf_counter(), time.process_time()
    heartbeat = Heartbeat(
        nudges=nudges,
        prepare=conversation.prepare,
        sender=Free(),
        now=lambda: int(DUE + time.perf_counter() - began),
        by="benchmark",
    )
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await heartbeat.run()
    took, core = time.perf_counter() - began, time.process_time() - computed
    await database.close()
    here.close()
    ended = _endings(path)
    rate, each = ended["sent"] / took, core / ended["sent"]
    assert set(ended) == {"sent", None}, ended
    print(f"\nAll due at once, sending costs nothing, {took:.0f} s; Telegram lets {ALLOWED} a second out")
    print(f"{'':34}{'rows':>8}{'rows/s':>8}{'core %':>8}{'ms each':>9}")
    print(f"{'Heartbeat':34}{ended['sent']:8}{rate:8.0f}{100 * core / took:8.0f}{1000 * each:9.1f}")


def _endings(path: Path) -> Counter[str | None]:
    with closing(sqlite3.connect(path)) as connection:
        return Counter(
            dict(
                connection.execute(
                    "SELECT outcome, count(*) FROM nudges WHERE day = ? GROUP BY outcome", (DAY.isoformat(),)
                )
            )
        )


# At Telegram's limit


async def at_the_limit(path: Path, seconds: float) -> None:
    """Print the share of the limit that is used, and how long a question waits meanwhile."""
    texts = [one.text for one in read_questions(QUESTIONS) if one.kind != "distress"]
    ahead = path.parent / "ahead"
    # Not yet due, until the bot has started and is warm.
    _set_clock(ahead, BEFORE)
    async with TimedApi(limits=True) as api:
        options = Options(
            api.url, path.parent, echo=False, ahead=ahead, database_url=f"sqlite:///{path}", engine="lexical"
        )
        code = f"from pathlib import *; from tests.botapi.program import Options, main; main({options!r})"
        for number in range(int((seconds + SPARE_SECONDS) * ALLOWED)):
            api.user(f"Nudged {number}", id=int(student(number)), started=True)
        # They too have asked for nudges, so that their signs of life are looked at.
        last = range(STUDENTS - ASKING, STUDENTS)
        asking = [api.user(f"Asking {number}", id=int(student(number)), started=True) for number in last]
        async with bot(api, ["-c", code]) as process:
            api.calls.clear()
            _set_clock(ahead, DUE)
            await api.until(lambda: api.calls_of("sendMessage"), "a nudge")
            began = api.clock()
            run = await ask_all(api, process, asks(at_random(ASKED, seconds), asking, texts))
            await asyncio.sleep(max(0.0, began + seconds - api.clock()))
            came = [call for call in api.calls if counts(call.method) and call.ok]
    posts = [call for call in came if began <= call.at < began + seconds]
    chats = {one.id for one in asking}
    nudged = sum(call.chat not in chats for call in posts)
    waits = [one.came - one.handed_out for one in run.answers]
    print(f"\nAt Telegram's limit, {seconds:.0f} s, {ASKED:.0f} questions a second meanwhile;"
          " to reach: 99 %, p99 1000 ms, busiest second 30")  # fmt: skip
    print(
        f"{'':26}{'calls/s':>8}{'share %':>9}{'nudges/s':>10}{'answers':>9}{'lost':>6}{'p50 ms':>8}{'p99':>8}"
        f"{'core %':>8}{'server %':>10}{'busiest':>9}{'refused':>9}{'MB':>6}"
    )
    print(
        f"{'the whole bot, lexical':26}{len(posts) / seconds:8.1f}{100 * len(posts) / seconds / ALLOWED:9.1f}"
        f"{nudged / seconds:10.1f}{len(run.answers):9}{run.lost:6}{percentiles(waits)}{100 * run.core:8.0f}"
        f"{100 * run.server:10.0f}{run.busiest:9}{run.refused:9}{run.memory / 1e6:6.0f}"
    )


def _set_clock(ahead: Path, at: int) -> None:
    # Whole by rename, since the bot reads it whenever it asks for the time.
    other = ahead.with_suffix(".new")
    other.write_text(str(at - time.time()))  # noqa: TID251 - the clock that the bot's goes by
    other.replace(ahead)


# Signs of life


class Timed(Nudges):
    """Notes how long each look at a sign of life took."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.seconds: list[float] = []

    async def alive(self, student: str, at: int) -> Standing:
        began = time.perf_counter()
        standing = await super().alive(student, at)
        self.seconds.append(time.perf_counter() - began)
        return standing


async def signs_of_life(path: Path) -> None:
    """Print what a sign of life costs of hearing a message."""
    texts = [one.text for one in read_questions(QUESTIONS) if one.kind != "distress"]
    database = await Database.open(f"sqlite:///{path}")
    nudges = Timed(database, COLOMBO)
    here = open_bot(read_settings(_env_file=None, log_level="WARNING"), EngineChoice.LEXICAL)
    conversation = here.keeping(Journeys(database, COLOMBO), nudges)
    # Each student says something beforehand, since the day's first sign of life is written down.
    for part in ("first", "measured"):
        nudges.seconds.clear()
        heard = []
        for number, text in enumerate(islice(cycle(texts), HEARD)):
            who = student(number)
            hearing = conversation.hear(Heard(who, who, text, cause=f"{part}-{number}", at=BEFORE))
            heard.append(await _timed(hearing))
    await database.close()
    here.close()
    print(f"\n{HEARD} messages, one after the other, by students whose nudge waits")
    print(f"{'':34}{'mean ms':>9}{'p50 ms':>9}{'p99 ms':>9}")
    for name, times in (("hearing it, lexical", heard), ("its sign of life", nudges.seconds)):
        p50, p99 = np.percentile(times, [50, 99]) * 1000
        print(f"{name:34}{1000 * np.mean(times):9.1f}{p50:9.1f}{p99:9.1f}")
    print(f"{'share %':34}{100 * sum(nudges.seconds) / sum(heard):9.1f}")


# Starts


def starts(folder: Path) -> None:
    """Print what starts cost, ours and the peer's, each in a process of its own."""
    with TemporaryDirectory(dir=folder) as own:
        path = Path(own) / "bot.db"
        asyncio.run(_empty(path))
        put(path, (_row(student(number), DAY, DUE) for number in range(WAITING)))
        size = path.stat().st_size / 1e6
        found = _of_itself("--start", str(path))
    print(f"\nA start with {WAITING} rows that wait, in a file of {size:.0f} MB")
    print(f"{'':44}{'start ms':>10}{'grown MB':>10}")
    print(
        f"{'Database.open and the first look':44}{1000 * found['seconds']:10.0f}{found['grown'] / 1e6:10.1f}"
    )
    for name, milliseconds in found["looks"].items():
        print(f"{'  ' + name:44}{milliseconds:10.1f}")
    print(f"\nJobQueue.run_daily of python-telegram-bot, {STUDENTS} students; a restart loses all of them")
    if not find_spec("apscheduler"):
        print("  APScheduler is not installed")
        return
    print(f"{'':44}{'start s':>10}{'grown MB':>10}{'ran':>8}{'not run':>9}{'latest s':>10}")
    for seconds, name in ((1, "all due in the same second"), (60, "spread evenly over a minute")):
        found = _of_itself("--job-queue", str(seconds))
        print(
            f"{name:44}{found['seconds']:10.1f}{found['grown'] / 1e6:10.1f}{found['ran']:8}"
            f"{STUDENTS - found['ran']:9}{found['latest']:10.1f}",
            flush=True,
        )


def _of_itself(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.nudges", *arguments]
    done = subprocess.run(command, cwd=HOME, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


async def _empty(path: Path) -> None:
    await (await Database.open(f"sqlite:///{path}")).close()


async def start(path: str) -> dict[str, Any]:
    """Open a database with many rows, look for what is due, and take some up."""
    before = _memory()
    began = time.perf_counter()
    database = await Database.open(f"sqlite:///{path}")
    nudges = Nudges(database, COLOMBO)
    assert not await nudges.claim("benchmark", BEFORE, CLAIMED)
    seconds = time.perf_counter() - began
    empty, full = [], []
    for number in range(LOOKS):
        empty.append(await _timed(nudges.claim("benchmark", BEFORE, CLAIMED)))
        full.append(await _timed(nudges.claim("benchmark", DUE + number, CLAIMED)))
    looks = {
        "a look that finds nothing, median": 1000 * float(np.median(empty)),
        f"a claim of {CLAIMED}, median": 1000 * float(np.median(full)),
        "looking for what a wrong clock has ended": 1000 * await _timed(nudges.reopen(DUE)),
        "deleting what has been over for days, none": 1000 * await _timed(nudges.prune(DUE)),
    }
    grown = _memory() - before
    await database.close()
    return {"seconds": seconds, "grown": grown, "looks": looks}


async def _timed(work: Awaitable[object]) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


def _memory() -> int:
    return int(psutil.Process().memory_info().rss)


async def job_queue(spread: int) -> dict[str, Any]:
    """Give each student a daily job, all due within so many seconds, and see which run."""
    async with BotApi() as api:
        application = ApplicationBuilder().token(TOKEN).base_url(f"{api.url}/bot").updater(None).build()
        await application.initialize()
        found = await _daily(application, spread)
        await application.stop()
        await application.shutdown()
        return found


async def _daily(application: Application, spread: int) -> dict[str, Any]:
    # No dependency of the bot's.
    from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED  # noqa: PLC0415 - see above

    logging.disable(logging.CRITICAL)
    late: list[float] = []
    left = STUDENTS
    none_left = asyncio.Event()
    first = datetime.fromtimestamp(int(time.time()) + LEAD_SECONDS, UTC)  # noqa: TID251 - APScheduler's clock

    async def runs(context: ContextTypes.DEFAULT_TYPE) -> None:
        assert context.job
        late.append(time.time() - context.job.data)  # noqa: TID251 - the same

    def ended(_: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            none_left.set()

    assert application.job_queue
    application.job_queue.scheduler.add_listener(ended, EVENT_JOB_EXECUTED | EVENT_JOB_MISSED)
    before, began = _memory(), time.perf_counter()
    for number in range(STUDENTS):
        due = first + timedelta(seconds=number * spread // STUDENTS)
        application.job_queue.run_daily(
            runs, due.timetz(), data=due.timestamp(), chat_id=int(student(number))
        )
    await application.start()
    seconds = time.perf_counter() - began
    grown = _memory() - before
    assert time.time() < first.timestamp(), "the start took longer than was thought"  # noqa: TID251 - the same
    with suppress(TimeoutError):
        async with asyncio.timeout(LEAD_SECONDS + spread + GIVEN_UP_SECONDS):
            await none_left.wait()
    # What has begun may end.
    await asyncio.sleep(1.0)
    return {"seconds": seconds, "grown": grown, "ran": len(late), "latest": max(late, default=0.0)}


if __name__ == "__main__":
    os.environ.pop("TELEGRAM_BOT_TOKEN", None)
    main()
