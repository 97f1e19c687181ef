"""The file a SQLite database lives in: whose it is, and who may read it."""

from __future__ import annotations

import asyncio
import os
import shutil
from glob import escape
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from bot.storage.errors import DatabaseError

_PRIVATE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700
_LOOK_AGAIN_SECONDS: Final = 0.1
_COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside the file while it is in use."""


class DatabaseFile:
    """One SQLite file, held by one process: SQLite before 3.51.3 can lose data to two that write."""

    def __init__(self, path: str) -> None:
        """Name the file.

        Args:
            path: where it is or will be.
        """
        # Without symbolic links, so that all lock the same file.
        self.path = Path(path).expanduser().resolve()
        self._lock = FileLock(f"{self.path}.lock", mode=_PRIVATE, thread_local=False)
        self._known: tuple[int, int] | None = None

    async def claim(self, patience: float, *, make: bool = True) -> None:
        """Make it ours: the folder, the lock, and an empty file where there is none.

        Args:
            patience: seconds, at least 0, to wait for a process that holds it.
            make: whether to make that empty file.

        Raises:
            DatabaseError: the folder cannot be made, the file cannot be written, or another process holds it.
        """
        try:
            self.path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
            self._demand_access()
            await self._acquire(patience)
        except OSError as error:
            raise self._unusable(error) from None
        try:
            self._drop_leftovers()
            if make and not self.path.exists():
                # SQLite would make it for all to read.
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _PRIVATE))
            self.know()
        except OSError as error:
            self.release()
            raise self._unusable(error) from None

    def restrict(self) -> None:
        """Let nobody but the owner read it.

        Raises:
            DatabaseError: the file belongs to somebody else.
        """
        try:
            for one in (self.path, *self.companions()):
                if one.exists():
                    one.chmod(_PRIVATE)
        except OSError as error:
            raise self._unusable(error) from None

    def release(self) -> None:
        """Let another process have it."""
        self._lock.release()

    @property
    def held(self) -> bool:
        """Whether a process has it now; nothing is made to find out.

        Raises:
            OSError: this user may not know.
        """
        if not Path(self._lock.lock_file).exists():
            return False
        if not self._acquired():
            return True
        self.release()
        return False

    @property
    def incoming(self) -> Path:
        """Where the database that takes its place is made ready."""
        return self.path.with_name(f"{self.path.name}.restoring")

    def aside(self, stamp: str) -> Path:
        """Return where the database goes whose place is taken.

        Args:
            stamp: date and time.
        """
        return self.path.with_name(f"{self.path.name}.replaced-{stamp}")

    @property
    def gone(self) -> bool:
        """Whether there is no file any more."""
        return self._identity() is None

    @property
    def replaced(self) -> bool:
        """Whether there is another file in its place, such as a backup put back."""
        return self._identity() not in {None, self._known}

    @property
    def size(self) -> int:
        """Return how large it is, in bytes, without what is in SQLite's log."""
        return self.path.stat().st_size

    @property
    def room(self) -> int:
        """Return how much of the disk is needed beside it for a while, in bytes.

        A VACUUM writes all of it twice, into a temporary file and into the log; a backup too, in plain and
        encrypted.
        """
        return 2 * self.size

    @property
    def fits(self) -> bool:
        """Whether the disk has that room now."""
        return shutil.disk_usage(self.path.parent).free >= self.room

    def know(self) -> None:
        """Take the file that stands there now for ours."""
        self._known = self._identity()

    def drop_companions(self) -> None:
        """Remove what SQLite left beside a file that was replaced; no connection may be open.

        It belongs to the file that was there before, and would spoil the one that is there now. A backup is a
        single file.
        """
        for one in self.companions():
            one.unlink(missing_ok=True)

    def companions(self) -> tuple[Path, ...]:
        """Return what SQLite may keep beside the file."""
        return tuple(self.path.with_name(f"{self.path.name}{ending}") for ending in _COMPANIONS)

    def _drop_leftovers(self) -> None:
        """Remove what a restore that was cut off has left: its copy, and a second name of the file."""
        self.incoming.unlink(missing_ok=True)
        for one in self.path.parent.glob(f"{escape(self.aside('').name)}*"):
            if self.path.exists() and one.samefile(self.path):
                one.unlink()

    async def _acquire(self, patience: float) -> None:
        try:
            async with asyncio.timeout(patience):
                while not self._acquired():  # noqa: ASYNC110 - another process gives no event
                    await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        except TimeoutError:
            message = f"The database {self.path} is in use by another process; stop that one first."
            raise DatabaseError(message) from None

    def _acquired(self) -> bool:
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        return True

    def _demand_access(self) -> None:
        wanted = self.path if self.path.exists() else self.path.parent
        if self.path.is_dir():
            raise IsADirectoryError
        for one in {wanted, self.path.parent}:
            rights = os.R_OK | os.W_OK | (os.X_OK if one.is_dir() else 0)
            if not os.access(one, rights, effective_ids=os.access in os.supports_effective_ids):
                raise PermissionError

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _unusable(self, error: OSError) -> DatabaseError:
        why = {
            PermissionError: "this user may not read and write it and its folder",
            IsADirectoryError: "it is a folder",
            FileExistsError: "a part of its path is a file",
            NotADirectoryError: "a part of its path is a file",
        }.get(type(error), error.strerror or type(error).__name__)
        return DatabaseError(f"The database {self.path} cannot be used: {why}.")
