"""Backups of a SQLite database: made, encrypted, listed, and put back.

A copied file without SQLite's log looks whole and lacks the newest, so a copy is made by VACUUM INTO, on a
connection that can only read, beside whoever writes. The copy in plain lies beside the database, where the
disk is encrypted, and is removed at once.
"""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import BinaryIO, Final

from filelock import FileLock, Timeout

from bot.storage.errors import BackupError
from bot.storage.file import DatabaseFile
from bot.storage.migrations import newest, steps
from bot.storage.sealing import MAGIC, SealError, seal, unseal

__all__ = ["KEPT", "Backup", "BackupError", "Backups", "restore"]

KEPT: Final = 14
"""Backups of one database; the oldest go first."""

_DAY: Final = 24 * 3600

PLAIN_SECONDS: Final = KEPT * _DAY
"""How long a copy in plain is kept; students are told that copies of what they erased go within two weeks."""

_STAMP: Final = "%Y%m%dT%H%M%SZ"

_PRIVATE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700

_LOCK_SECONDS: Final = 5.0
"""How long a backup waits for another that is being made, and for a database that is locked."""

_STEPS_BETWEEN_LOOKS: Final = 10_000
"""Of SQLite's virtual machine, well under a millisecond; then it looks whether to give up."""

_SQLITE: Final = b"SQLite format 3\0"
"""What a SQLite file begins with."""

_PASSING: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM}
"""What may keep a sound database from being read; of others nothing better is to be had."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One that was made; `at` is when, in UTC epoch seconds."""

    path: Path
    at: int


class Backups:
    """The backups of one database.

    They are named by database, UTC date and time, and those that preceded a migration also by the version it
    led to.
    """

    def __init__(self, folder: Path, database: Path, key: str | None, now: Callable[[], int]) -> None:
        """Name them.

        Args:
            folder: where they are kept; made with the first one.
            database: the SQLite file, without symbolic links.
            key: what they are encrypted with; without one none can be made.
            now: the clock, in UTC epoch seconds.
        """
        self.folder = folder
        self.has_key = key is not None
        self._database = database
        self._key = key
        self._now = now
        self._name = re.compile(rf"{re.escape(database.stem)}-(\d{{8}}T\d{{6}}Z)(-before-\w+)?\.backup")

    def stored(self) -> list[Backup]:
        """Return those that are there, the oldest first.

        Raises:
            OSError: the folder cannot be read.
        """
        if not self.folder.exists():
            return []
        named = [(path, self._name.fullmatch(path.name)) for path in sorted(self.folder.iterdir())]
        return [Backup(path, _read_stamp(found[1])) for path, found in named if found]

    def make(self, before: str | None = None, given_up: Event | None = None) -> Path:
        """Make one now.

        Args:
            before: the version that a migration leads to; of each only the newest backup is kept.
            given_up: set from another thread to end it early.

        Raises:
            BackupError: it could not be made, and nothing of it is left.
        """
        if self._key is None:
            message = "BACKUP_KEY is not set: write one into .env, and keep a copy of it on another machine."
            raise BackupError(message)
        if not self._database.is_file():
            message = f"There is no database {self._database} to back up."
            raise BackupError(message)
        try:
            self.folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock", mode=_PRIVATE, timeout=_LOCK_SECONDS):
                return self._made(self._key, f"-before-{before}" if before else "", given_up or Event())
        except Timeout:
            message = "Another backup is being made just now."
            raise BackupError(message) from None
        except (sqlite3.Error, OSError) as error:
            message = f"The database {self._database} could not be backed up: {_words(error)}"
            raise BackupError(message) from None

    async def daily(self) -> None:
        """Make one unless there is one of the last 24 hours, or no key; when cancelled, give up.

        A copy in plain that a migration left is removed when it is two weeks old, as old as backups get.

        Raises:
            BackupError: it could not be made, or that copy not be removed.
        """
        now = self._now()
        self._drop_plain(now)
        if not self.has_key:
            return
        try:
            if any(now - _DAY < one.at <= now for one in self.stored()):
                return
        except OSError as error:
            message = f"The folder {self.folder} cannot be read: {_words(error)}"
            raise BackupError(message) from None
        given_up = Event()
        try:
            await asyncio.to_thread(self.make, given_up=given_up)
        finally:
            given_up.set()

    def _drop_plain(self, now: int) -> None:
        kept = _plain_copy(self._database)
        try:
            if kept.exists() and kept.stat().st_mtime <= now - PLAIN_SECONDS:
                kept.unlink()
        except OSError as error:
            message = f"The copy {kept} cannot be removed: {_words(error)}"
            raise BackupError(message) from None

    def _made(self, key: str, why: str, given_up: Event) -> Path:
        target = self.folder / f"{self._database.stem}-{_stamp(self._now())}{why}.backup"
        part = self.folder / f"{self._database.stem}.part"
        with (
            _temporary(self._database.with_name(f"{self._database.name}.backing-up")) as plain,
            _temporary(part),
        ):
            _copy(self._database, plain, given_up)
            _forget_words(plain)
            with plain.open("rb") as source, _private(part) as sealed:
                seal(source, sealed, key, given_up.is_set)
            if given_up.is_set():
                message = "The backup was given up, since the bot stops."
                raise BackupError(message)
            part.replace(target)
            _sync(self.folder)
        self._prune(target, f"{why}.backup" if why else None)
        return target

    def _prune(self, made: Path, same: str | None) -> None:
        stored = [one.path for one in self.stored()]
        # A start that fails at its migration and is repeated must not drive out all others.
        replaced = [path for path in stored if same and path.name.endswith(same) and path != made]
        left = [path for path in stored if path not in replaced]
        for old in (*replaced, *left[:-KEPT]):
            old.unlink(missing_ok=True)


def copy_before(version: str, database: Path, backups: Backups | None) -> None:
    """Keep a database as it is before it is migrated.

    Args:
        version: where the migration leads to.
        database: the SQLite file, which this process holds.
        backups: where it goes; without them, or without a key, it goes in plain beside the database, in place
            of the one before, for two weeks.

    Raises:
        BackupError: it could not be kept.
    """
    if backups and backups.has_key:
        backups.make(version)
        return
    kept = _plain_copy(database)
    try:
        with _temporary(kept.with_name(f"{kept.name}.part")) as part:
            _copy(database, part, Event())
            _sync(part)
            part.replace(kept)
            _sync(kept.parent)
    except (sqlite3.Error, OSError) as error:
        message = f"The database {database} could not be copied before its migration: {_words(error)}"
        raise BackupError(message) from None


def _plain_copy(database: Path) -> Path:
    return database.with_name(f"{database.name}.before-migration")


async def restore(source: Path, database: Path, key: str | None, now: int) -> Path | None:
    """Put a backup in the place of a database that no process has.

    Whenever this is cut off, the old or the new database stands there whole.

    Args:
        source: a backup, or a SQLite file in plain, such as one that was kept aside.
        database: the SQLite file; there may be none.
        key: what the backup was encrypted with.
        now: UTC epoch seconds.

    Returns:
        Where the old database is kept; None when there was none.

    Raises:
        DatabaseError: another process has the database, or its folder cannot be written.
        BackupError: the backup is not good, or cannot be put there; nothing is changed.
    """
    file = DatabaseFile(str(database))
    await file.claim(0, make=False)
    try:
        return await asyncio.to_thread(_restore, source, file, key, now)
    finally:
        file.release()


def _restore(source: Path, file: DatabaseFile, key: str | None, now: int) -> Path | None:
    try:
        with _temporary(file.incoming) as incoming:
            _unpack(source, incoming, key)
            _demand_sound(source, incoming)
            _sync(incoming)
            aside = _set_aside(file, now)
            incoming.replace(file.path)
            _sync(file.path.parent)
            return aside
    except (sqlite3.Error, OSError) as error:
        message = f"{source} cannot be put in the place of {file.path}: {_words(error)}"
        raise BackupError(message) from None


def _unpack(source: Path, incoming: Path, key: str | None) -> None:
    try:
        with source.open("rb") as opened:
            beginning = opened.read(len(_SQLITE))
            opened.seek(0)
            if beginning == _SQLITE:
                # Not the bytes alone, since the newest may be in a log beside it.
                _copy(source.resolve(), incoming, Event())
                return
            if not beginning or not MAGIC.startswith(beginning):
                message = f"{source} is no backup of this bot."
                raise BackupError(message)
            if key is None:
                message = "BACKUP_KEY is not set: write the one into .env that the backup was made with."
                raise BackupError(message)
            with _private(incoming) as plain:
                unseal(opened, plain, key)
    except SealError as error:
        message = f"{source} cannot be decrypted: {error}."
        raise BackupError(message) from None


def _demand_sound(source: Path, incoming: Path) -> None:
    """Refuse what is damaged, or what this program cannot work with."""
    try:
        with closing(_reading(incoming)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        message = f"{source} holds no whole database of this bot: {_words(error)}"
        raise BackupError(message) from None
    if not whole or not found:
        message = f"{source} holds no whole database of this bot."
        raise BackupError(message)
    if found[0] not in steps():
        message = f"{source} is of a newer version ({found[0]}) than this program; install the newer program."
        raise BackupError(message)


def _set_aside(file: DatabaseFile, now: int) -> Path | None:
    """Give the old database its second name, so that the first one can be taken in one step."""
    if not file.path.exists() or not file.path.stat().st_size:
        file.drop_companions()
        return None
    aside = file.aside(_stamp(now))
    _settle(file.path)
    aside.hardlink_to(file.path)
    for one in file.companions():
        # Of a database that cannot be read: it would be taken for a part of the new one.
        if one.exists():
            one.rename(one.with_name(one.name.replace(file.path.name, aside.name, 1)))
    _sync(file.path.parent)
    return aside


def _settle(path: Path) -> None:
    """Move what SQLite keeps beside a database into it, where it can be read."""
    try:
        # First without the right to change anything: of what cannot be read every byte is kept.
        with closing(_reading(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(path, isolation_level=None, timeout=_LOCK_SECONDS)) as connection:
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        # The low byte is the kind, the others only say more of it.
        if error.sqlite_errorcode & 0xFF in _PASSING:
            raise
        return
    if busy:
        message = f"The database {path} is being read, maybe for a backup; try again when that is done."
        raise BackupError(message)


def _copy(source: Path, target: Path, given_up: Event) -> None:
    # SQLite would make it for all to read.
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
    with closing(_reading(source)) as connection:
        connection.set_progress_handler(given_up.is_set, _STEPS_BETWEEN_LOOKS)
        connection.execute("VACUUM INTO ?", (str(target),))


def _forget_words(copy: Path) -> None:
    """Take out of a copy the words of messages that were set aside, which are kept for a day only."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        if connection.execute("SELECT version_num FROM alembic_version").fetchone() != (newest(),):
            return
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("UPDATE inbox SET payload = NULL, chat = NULL WHERE state = 'aside'")


def _reading(path: Path) -> sqlite3.Connection:
    address = f"{path.as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=_LOCK_SECONDS)


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """Remove a file before and after; before, since a kill may have left it."""
    path.unlink(missing_ok=True)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    """Open a new file to write that nobody else may read, and have it on the disk at the end."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as opened:
        yield opened
        opened.flush()
        os.fsync(opened.fileno())


def _sync(path: Path) -> None:
    """Have a file, or what a folder says of its files, on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _stamp(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime(_STAMP)


def _read_stamp(stamp: str) -> int:
    return int(datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC).timestamp())


def _words(error: sqlite3.Error | OSError) -> str:
    return f"{error.strerror if isinstance(error, OSError) else error}."
