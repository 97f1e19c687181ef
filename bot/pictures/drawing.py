"""Draws pictures in a process of its own."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import IO, Final

from bot.domain.drawing import Drawing, DrawingError
from bot.pictures.layout import lay_out
from bot.pictures.worker import LENGTH

_LOG = logging.getLogger(__name__)

SECONDS: Final = 10.0
"""After which a worker that does not answer is ended; a picture takes about a tenth of one."""

_HOME: Final = Path(__file__).resolve().parents[2]


class Pictures:
    """Draws pictures one after the other in a worker process, which starts with the first.

    The worker is a program of its own rather than one of multiprocessing's: those import the main module
    again, and so would start the bot a second time.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        """Prepare to draw; nothing is started.

        Args:
            seconds: how long a picture may take in the worker.
        """
        self.seconds = seconds
        self._thread = ThreadPoolExecutor(1, "pictures")
        self._worker: subprocess.Popen[bytes] | None = None

    async def draw(self, drawing: Drawing) -> bytes:
        """Return a PNG, 720 px wide and under 60,000 bytes.

        Raises:
            DrawingError: it has too many steps to be readable, or the worker died or took too long. The next
                picture gets a new worker.
        """
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._draw, drawing)
        except RuntimeError as error:  # closed
            raise DrawingError from error

    def close(self) -> None:
        """End the worker; what is being drawn fails."""
        worker = self._worker
        if worker:
            worker.kill()
        self._thread.shutdown(cancel_futures=True)
        self._end()

    @property
    def process(self) -> int | None:
        """The worker's process id, None while there is none."""
        return self._worker.pid if self._worker else None

    def _draw(self, drawing: Drawing) -> bytes:
        sheet = lay_out(drawing)
        asked = json.dumps([sheet.svg, sheet.fonts]).encode()
        try:
            png = self._exchange(asked)
        except OSError as error:
            _LOG.error("A picture was not drawn, the worker is gone: %s", type(error).__name__)
            self._end()
            raise DrawingError from error
        if not png:
            _LOG.error("A picture was not drawn: the worker refused it.")
            raise DrawingError
        return png

    def _exchange(self, asked: bytes) -> bytes:
        """Ask the worker for a picture; empty when it could not be drawn. OSError when the worker is gone."""
        worker = self._running()
        if not worker.stdin or not worker.stdout:
            raise BrokenPipeError
        timer = Timer(self.seconds, worker.kill)
        timer.start()
        try:
            worker.stdin.write(LENGTH.pack(len(asked)) + asked)
            worker.stdin.flush()
            (length,) = LENGTH.unpack(_read(worker.stdout, LENGTH.size))
            return _read(worker.stdout, length)
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._worker and self._worker.poll() is not None:
            self._end()
        if not self._worker:
            # A group of its own, so that Ctrl-C ends the bot, and the bot the worker. Its last words could
            # quote what a student wrote.
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "bot.pictures.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_HOME,
                process_group=0,
            )
        return self._worker

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker:
            worker.kill()
            with suppress(OSError), worker:
                """Its pipes are closed here, and what was left in them is dropped."""


def _read(stream: IO[bytes], length: int) -> bytes:
    got = stream.read(length)
    if len(got) < length:
        raise BrokenPipeError
    return got
