"""Prints how the whole bot does on Telegram, against the local Bot API server.

    python -m tests.benchmarks.telegram [--seconds N]

The server and those who ask share this process; its share of a core is printed beside the bot's, since where
it comes near 100 the figures are the server's. Each bot is a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import accumulate, cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from bot.matching.embedding import runs_here
from bot.settings import HOME
from bot.telegram.outbox import Limits
from bot.telegram.pace import Pace
from bot.telegram.transport import Transport
from tests.benchmarks.questions import read_questions
from tests.botapi.given import Given
from tests.botapi.limits import counts
from tests.botapi.program import Options
from tests.botapi.scenario import Person
from tests.botapi.server import TOKEN, BotApi

QUESTIONS = Path(__file__).resolve().parent.parent / "questions" / "own.jsonl"
SEED = 7

EVEN, RANDOM = 28.0, 24.0
"""Questions a second, evenly spaced and at random; the bot lets 29 messages a second out."""

STUDENTS = 400
CROWD = 2_000
"""Students who ask at the same moment when the limits are lifted."""

FLOOD, OTHERS, OTHERS_EVERY = 50.0, 20, 2.0
"""Messages a second from one student; how many others ask meanwhile, and every how many seconds each."""

AT_ONCE = 256
"""Updates the echo bots take at a time; python-telegram-bot's own default with concurrent updates."""

PEERS = {
    "httpx": "echo bot, PTB's default transport",
    "httpx-aiohttp": "echo bot, httpx-aiohttp",
    "house": "echo bot, the bot's transport",
}

WARM_UP = 20
"""Questions a bot answers before anything is measured."""

START_SECONDS = 120.0
"""How long a bot may take to start, learning included."""

LOST_SECONDS = 10.0
"""After this without any answer what has none yet counts as lost."""

WITH_LIMITS = (
    f"{'':34}{'answers/s':>10}{'lost':>6}{'p50 ms':>8}{'p99':>8}{'seen p50':>10}{'p99':>8}"
    f"{'core %':>8}{'server %':>10}{'busiest':>9}{'refused':>9}{'MB':>6}"
)
"""Milliseconds until the answer arrives: from the update being handed out, and 'seen' from its being sent."""

WITHOUT_LIMITS = (
    f"{'':34}{'answers/s':>10}{'lost':>6}{'core %':>8}{'ms each':>10}{'server %':>10}{'MB':>6}{'ratio':>8}"
)
"""`ms each` is what an answer costs the bot's process, `ratio` the answers a second to the first row's."""

Ask = tuple[float, Person, str]
"""Seconds after the beginning, who asks, and what."""


@dataclass(frozen=True)
class Answer:
    """When a student asked, when the update was handed out, and when the answer's first message arrived."""

    chat: int
    asked: float
    handed_out: float
    came: float


class TimedApi(BotApi):
    """The server, noting who asked when, and when it first handed each update out."""

    def __init__(self, *, limits: bool) -> None:
        super().__init__(limits=limits)
        self.asked: dict[int, tuple[int, float]] = {}
        self.handed_out: dict[int, float] = {}

    async def _get_updates(self, given: Given) -> list[str]:
        updates = await super()._get_updates(given)
        for one in self.world.queue[: len(updates)]:
            self.handed_out.setdefault(one.number, self.clock())
        return updates

    async def ask(self, who: Person, text: str) -> None:
        """Let somebody ask."""
        await who.says(text)
        self.asked[self.world.queue[-1].number] = who.id, self.clock()

    def answers(self) -> list[Answer]:
        """Return the answers that came: to each question the first message its chat took after it."""
        sent = defaultdict(list)
        for call in self.calls_of("sendMessage"):
            if call.ok:
                sent[call.chat].append(call.at)
        found = []
        for number, (chat, asked) in self.asked.items():
            after = bisect_left(sent[chat], self.handed_out.get(number, float("inf")))
            if after < len(sent[chat]):
                found.append(Answer(chat, asked, self.handed_out[number], sent[chat][after]))
        return found


@dataclass(frozen=True)
class Run:
    """What was measured: answers, calls in the busiest second, shares of a core, bytes of memory."""

    answers: Sequence[Answer]
    lost: int
    busiest: int
    refused: int
    core: float
    server: float
    memory: int

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds

    @property
    def seconds(self) -> float:
        """From the first question to the last answer."""
        return max(one.came for one in self.answers) - min(one.asked for one in self.answers)


def main() -> None:
    """Print all tables."""
    arguments = argparse.ArgumentParser(description="How the whole bot does on Telegram.")
    arguments.add_argument("--seconds", type=float, default=30.0, help="length of each run with limits")
    arguments.add_argument("--echo", nargs=2, metavar=("TRANSPORT", "URL"), help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.echo:
        echo(*given.echo)
    else:
        asyncio.run(measure(given.seconds))


async def measure(seconds: float) -> None:
    """Measure and print."""
    texts = [one.text for one in read_questions(QUESTIONS) if one.kind != "distress"]
    random.Random(SEED).shuffle(texts)
    engines = ["lexical", *(["embeddings"] if runs_here() else [])]
    print(
        f"Telegram's limits kept, {seconds:.0f} s each; to reach: p99 300 ms, half a core, busiest second 30"
    )
    print(WITH_LIMITS)
    for engine in engines:
        async with server_and_bot(engine, limits=True) as (api, process):
            students = [api.user(f"Student {number}") for number in range(STUDENTS)]
            for name, times in (("even", evenly(EVEN, seconds)), ("random", at_random(RANDOM, seconds))):
                run = await ask_all(api, process, asks(times, students, texts))
                show(f"{engine}, {len(times) / seconds:.0f}/s {name}", run)
                if name == "random":
                    print(f"{'  of it the wait for a place in the row':50}{percentiles(clock_alone(times))}")
    print(
        f"\nOne student sends {FLOOD:.0f} messages a second, {OTHERS} others one question each"
        f" {OTHERS_EVERY:.0f} s; to reach for these: p99 1000 ms"
    )
    print(WITH_LIMITS)
    for engine in engines:
        async with server_and_bot(engine, limits=True) as (api, process):
            show(f"{engine}, the others", await flooded(api, process, seconds, texts))
    await lifted(engines, texts)


async def lifted(engines: Sequence[str], texts: Sequence[str]) -> None:
    """Print the table of questions a second without limits."""
    print(f"\nLimits lifted, {CROWD} students at once; to reach: 200 questions a second (lexical)")
    print(WITHOUT_LIMITS)
    peer = 0.0
    for transport, name in PEERS.items():
        if transport == "httpx-aiohttp" and not find_spec("httpx_aiohttp"):
            print(f"{name:34}  not installed")
            continue
        async with TimedApi(limits=False) as api:
            command = ["-m", "tests.benchmarks.telegram", "--echo", transport, api.url]
            async with bot(api, command) as process:
                run = await at_once(api, process, texts)
        peer = peer or run.rate
        show_rate(name, run, peer)
    for engine in engines:
        async with server_and_bot(engine, limits=False) as (api, process):
            show_rate(f"the whole bot, {engine}", await at_once(api, process, texts), peer)


# The bots


@asynccontextmanager
async def server_and_bot(engine: str, *, limits: bool) -> AsyncIterator[tuple[TimedApi, psutil.Popen]]:
    """Open a server and start the whole bot against it, on the disk that the product's database would use."""
    folder = HOME / "data" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as own:
        async with TimedApi(limits=limits) as api:
            options = Options(api.url, Path(own), echo=False, unlimited=not limits, engine=engine)
            # Started afresh, not from this process, so that its memory holds nothing of the benchmark.
            code = f"from pathlib import *; from tests.botapi.program import Options, main; main({options!r})"
            async with bot(api, ["-c", code]) as process:
                yield api, process


@asynccontextmanager
async def bot(api: TimedApi, arguments: Sequence[str]) -> AsyncIterator[psutil.Popen]:
    """Start a bot, wait until it polls, warm it up, and stop it in the end."""
    process = psutil.Popen([sys.executable, *arguments], cwd=HOME, stderr=subprocess.DEVNULL)
    try:
        async with asyncio.timeout(START_SECONDS):
            while not api.calls_of("getUpdates"):
                assert process.poll() is None, "the bot ended before it had begun"
                await asyncio.sleep(0.05)
        early = [api.user(f"Early {number}") for number in range(WARM_UP)]
        await ask_all(api, process, asks(evenly(EVEN, 1), early, ["how do I start"]))
        yield process
    finally:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
        await asyncio.to_thread(process.wait)


def echo(transport: str, url: str) -> None:
    """Run a bare bot of python-telegram-bot that repeats what it hears."""
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").concurrent_updates(AT_ONCE)
    if transport == "house":
        builder = builder.request(Transport()).get_updates_request(Transport())
    elif transport == "httpx-aiohttp":
        from httpx_aiohttp import AiohttpTransport  # noqa: PLC0415 - no dependency; used where it is there

        builder = builder.request(
            HTTPXRequest(connection_pool_size=AT_ONCE, httpx_kwargs={"transport": AiohttpTransport()})
        )
    application: Application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, _repeat))
    application.run_polling()


async def _repeat(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


# Who asks when


def evenly(rate: float, seconds: float) -> list[float]:
    """Return instants a fixed time apart."""
    return [number / rate for number in range(int(rate * seconds))]


def at_random(rate: float, seconds: float) -> list[float]:
    """Return the instants of a Poisson process, the same at every run."""
    rng = random.Random(SEED)
    return list(accumulate(rng.expovariate(rate) for _ in range(int(rate * seconds))))


def asks(times: Iterable[float], students: Sequence[Person], texts: Sequence[str]) -> list[Ask]:
    """Let students ask in turn."""
    return list(zip(times, cycle(students), cycle(texts), strict=False))


def clock_alone(times: Iterable[float]) -> list[float]:
    """Return how long each would wait for the bot's place in the row if everything else took no time."""
    pace = Pace(Limits().every)
    return [pace.reserve(at) for at in times]


# The runs


async def ask_all(api: TimedApi, process: psutil.Popen, asked: Sequence[Ask]) -> Run:
    """Let students ask as planned, wait for the last answer, and return what was measured."""
    api.calls.clear()
    api.asked.clear()
    began, bot_before, own_before = time.perf_counter(), cpu(process), time.process_time()
    for at, who, text in asked:
        early = began + at - time.perf_counter()
        if early > 0:
            await asyncio.sleep(early)
        await api.ask(who, text)
    await all_answered(api)
    took = time.perf_counter() - began
    posts = [call for call in api.calls if counts(call.method)]
    return Run(
        found := api.answers(),
        lost=len(asked) - len(found),
        busiest=busiest([call.at for call in posts]),
        refused=sum(bool(call.code) and not call.ok for call in posts),
        core=(cpu(process) - bot_before) / took,
        server=(time.process_time() - own_before) / took,
        memory=process.memory_info().rss,
    )


async def flooded(api: TimedApi, process: psutil.Popen, seconds: float, texts: Sequence[str]) -> Run:
    """Let one student send far too much, and return what was measured, with the others' answers alone."""
    loud, others = api.user("Loud"), [api.user(f"Other {number}") for number in range(OTHERS)]
    planned = asks(evenly(FLOOD, seconds), [loud], texts)
    planned += asks(evenly(OTHERS / OTHERS_EVERY, seconds), others, texts)
    run = await ask_all(api, process, sorted(planned, key=lambda one: one[0]))
    return replace(run, answers=[one for one in run.answers if one.chat != loud.id])


async def at_once(api: TimedApi, process: psutil.Popen, texts: Sequence[str]) -> Run:
    """Let everybody ask at the same moment."""
    crowd = [api.user(f"Student {number}") for number in range(CROWD)]
    return await ask_all(api, process, asks([0.0] * CROWD, crowd, texts))


async def all_answered(api: TimedApi) -> None:
    """Wait until every question is answered, or none has been for a while; seldom enough to cost little."""
    found, since = -1, time.perf_counter()
    while found < len(api.asked) and time.perf_counter() - since < LOST_SECONDS:
        await asyncio.sleep(0.1)
        before, found = found, len(api.answers())
        if found > before:
            since = time.perf_counter()


def cpu(process: psutil.Popen) -> float:
    """Return the seconds of computing a process has had."""
    times = process.cpu_times()
    return times.user + times.system


def busiest(instants: Sequence[float]) -> int:
    """Return the most instants that lie within one second."""
    return max(place + 1 - bisect_right(instants, at - 1) for place, at in enumerate(instants))


# The tables


def show(name: str, run: Run) -> None:
    """Print one row of the tables with limits."""
    waits = [one.came - one.handed_out for one in run.answers]
    seen = [one.came - one.asked for one in run.answers]
    print(
        f"{name:34}{run.rate:10.1f}{run.lost:6}{percentiles(waits)}  {percentiles(seen)}"
        f"{100 * run.core:8.0f}{100 * run.server:10.0f}{run.busiest:9}{run.refused:9}{run.memory / 1e6:6.0f}"
    )


def show_rate(name: str, run: Run, peer: float) -> None:
    """Print one row of the table without limits."""
    each = 1000 * run.core / run.rate
    print(
        f"{name:34}{run.rate:10.1f}{run.lost:6}{100 * run.core:8.0f}{each:10.1f}{100 * run.server:10.0f}"
        f"{run.memory / 1e6:6.0f}{run.rate / peer:8.2f}"
    )


def percentiles(seconds: Sequence[float]) -> str:
    """Return the cells of the median and the 99th percentile, in milliseconds."""
    p50, p99 = np.percentile(seconds, [50, 99]) * 1000
    return f"{p50:8.0f}{p99:8.0f}"


if __name__ == "__main__":
    main()
