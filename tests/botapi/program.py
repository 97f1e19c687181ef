"""The whole bot as a process of its own, for tests: started, killed and started again.

The clock may run faster than the machine's or be moved by the test, and what answers may be an echo that can
be told to fail or to hang. Everything else is the product: `bot.bootstrap.run_telegram`.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bot.bootstrap import Bot, EngineChoice, StartError, open_bot, run_telegram
from bot.conversation import Heard, Snapshot
from bot.domain.nudging import Prepared
from bot.domain.reply import (
    Block,
    Button,
    Card,
    Cards,
    Document,
    Edit,
    Effect,
    Erase,
    Message,
    Picture,
    Press,
    Reply,
    Toast,
)
from bot.settings import Settings, read_settings
from bot.telegram.outbox import Limits
from bot.texts.catalogue import load_catalogues

TOKEN = "123456:TEST-token_for-local-server-0123456789"  # noqa: S105 - of the test server

FAIL, HANG, BLOCK = "please fail", "please hang", "please block"
"""What a message holds that is answered with an error, or not at all: waiting, or blocking a thread."""

DRAW, FILE = "please draw", "please write it down"
"""What a message holds that is answered with a picture, or with a file."""

PICTURE = "way.png"

TEXTS = load_catalogues()
"""Read here, where the forkserver reads them once for all that it starts."""

UNLIMITED = Limits(every=1e-6, chat_every=1e-6, chat_burst=1_000, group_every=1e-6, group_burst=1_000)


@dataclass(frozen=True)
class Options:
    """How a process is started.

    `speed` is simulated seconds a real one, `epoch` when simulated time began. `ahead` is a file that holds
    by how many seconds the clock is ahead of that, read whenever the time is. `makes` makes the bot from its
    settings, in place of the echo and of the product.
    """

    api_url: str
    folder: Path
    speed: float = 1.0
    epoch: float = 0.0
    ahead: Path | None = None
    echo: bool = True
    unlimited: bool = False
    admin_ids: str = ""
    token: str = TOKEN
    database_url: str = ""
    engine: str = "lexical"
    makes: Callable[[Settings], Bot] | None = None


class FastLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock runs `speed` times as fast: every pause and every time limit with it."""

    def __init__(self, speed: float) -> None:
        super().__init__()
        self._speed = speed
        select = self._selector.select
        self._selector.select = lambda timeout=None: select(timeout and timeout / speed)

    def time(self) -> float:
        return super().time() * self._speed


class Echo:
    """Answers with what it heard; a press edits its message, one of `erase` removes it."""

    async def hear(self, heard: Heard) -> Reply:
        if FAIL in heard.text:
            raise ValueError(heard.text)
        if HANG in heard.text:
            await asyncio.Event().wait()
        if heard.press and heard.press.verb == "erase":
            return Reply((Toast("toast"), Erase()))
        if BLOCK in heard.text:
            await asyncio.to_thread(threading.Event().wait)
        if heard.press or heard.stale:
            screen = Edit((Block("text", f"pressed {heard.cause.partition('-')[0]}"),), ((_button(),),))
            return Reply((Toast("toast"), screen))
        return Reply((_answer(heard.text),))

    async def prepare(self, *_: object) -> Prepared:
        return Prepared("declined")

    async def cards(self, question: str, *_: object) -> Cards:
        if HANG in question:
            await asyncio.Event().wait()
        private = Button("Ask in private", start="hello")
        if DRAW not in question:
            return Cards((), private)
        buttons = ((Button("The same way", start="chat"), _button()),)
        card = Card("234567", "My way", "To be shared", Message((Block("text", question),), buttons), PICTURE)
        return Cards((card,), private, personal=True)


def image() -> bytes:
    """A picture of 640 x 480, as far as anybody looks at it."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 480)


def _answer(text: str) -> Effect:
    blocks, buttons = (Block("text", text or "no text"),), ((_button(),),)
    if DRAW in text:
        return Picture(image(), blocks, PICTURE, (*buttons, (Button("Share", share=text),)))
    if FILE in text:
        return Document("සිත.json", text.encode(), blocks, buttons)
    return Message(blocks, buttons)


def _button() -> Button:
    return Button("Press", Press("helpful", "234567"))


def main(options: Options) -> None:
    """Run the bot; the log goes into `log` of the folder."""
    log = (options.folder / "log").open("a", buffering=1)
    os.dup2(log.fileno(), sys.stdout.fileno())
    os.dup2(log.fileno(), sys.stderr.fileno())
    settings = read_settings(
        _env_file=None,
        telegram_bot_token=options.token,
        telegram_api_url=options.api_url,
        database_url=options.database_url or f"sqlite:///{options.folder / 'bot.db'}",
        admin_ids=options.admin_ids,
        log_level="INFO",
    )
    product = partial(open_bot, choice=EngineChoice(options.engine))
    bot = (options.makes or (_echo if options.echo else product))(settings)
    epoch = options.epoch or time.time()  # noqa: TID251 - this is the clock of the process under test

    def clock() -> int:
        ahead = float(options.ahead.read_text()) if options.ahead else 0.0
        return int(epoch + (time.time() - epoch) * options.speed + ahead)  # noqa: TID251 - the same

    limits = UNLIMITED if options.unlimited else None
    with asyncio.Runner(loop_factory=lambda: FastLoop(options.speed)) as runner:
        try:
            runner.run(run_telegram(settings, bot, clock, limits))
        except StartError as error:
            print(error)
            sys.exit(2)


def _echo(settings: Any) -> Bot:
    from bot.bootstrap import _set_up_logs  # noqa: PLC0415 - only where there is no open_bot to do it

    _set_up_logs(settings)
    snapshot: Any = Snapshot(None, None)  # type: ignore[arg-type] # an echo knows nothing
    echo: Any = Echo()
    return Bot(echo, snapshot, TEXTS, "echo", (), lambda *_: echo, lambda: None)


_CONTEXT = multiprocessing.get_context("forkserver")
# `run_telegram` imports its parts late, which would cost each start more than a second; and each process
# would import the program that started the tests.
_CONTEXT.set_forkserver_preload(
    ["pytest", "tests.botapi.program", "bot.storage.inbox", "bot.storage.bookkeeping", "bot.telegram.service"]
)


def start(options: Options) -> BaseProcess:
    """Start a process; the modules are loaded once, so that a start takes a few hundredths of a second."""
    process = _CONTEXT.Process(target=main, args=(options,), daemon=True)
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    """Kill a process as a power cut would."""
    process.kill()
    process.join()


def stop(process: BaseProcess, seconds: float = 10.0) -> int | None:
    """Tell a process to stop, and return its exit status, or None when it is still running after a while."""
    if process.pid is not None:
        os.kill(process.pid, signal.SIGTERM)
    process.join(seconds)
    return process.exitcode
