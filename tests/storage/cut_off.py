"""Restores a backup again and again, killed at another step each time.

`python -m tests.storage.cut_off FOLDER BACKUP KEY`: FOLDER holds a database `bot.db`. Each round restores
into a copy of FOLDER beside it, named by its number, in a process that is killed at a step: before a file is
opened, renamed, linked or removed, or SQLite opens one. Prints how many rounds there were; the last one was
not killed.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from bot.storage import sealing
from bot.storage.backup import restore
from tests.storage import keys

STEPS = {"open", "os.rename", "os.link", "os.remove", "sqlite3.connect"}


def kill_at(step: int, folder: Path) -> None:
    """Kill this process when it does the given step to anything in a folder."""
    left = step

    def heard(event: str, given: tuple[Any, ...]) -> None:
        nonlocal left
        if event in STEPS and str(folder) in str(given[0]):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)


def rounds(folder: Path, backup: Path, key: str) -> int:
    """Restore until a round has fewer steps than it was to be killed at."""
    number = 0
    while True:
        copy = folder.with_name(f"{folder.name}-{number}")
        shutil.copytree(folder, copy)
        child = os.fork()
        if not child:
            kill_at(number, copy)
            asyncio.run(restore(backup, copy / "bot.db", key, 1_790_000_000))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        number += 1
        if not status:
            return number
        if not os.WIFSIGNALED(status):
            sys.exit("a restore failed")


if __name__ == "__main__":
    sealing.Scrypt = keys.quick
    print(rounds(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
