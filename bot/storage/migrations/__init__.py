"""Brings a database to the tables this program knows.

Each step is a file `versions/<number>_<what>.py`, numbered 0001, 0002 and so on, never changed once released.
All that are missing run in one transaction: a failure leaves the database as it was.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.errors import DatabaseError

FOLDER: Final = Path(__file__).resolve().parent

_log = logging.getLogger(__name__)


async def migrate(
    engine: AsyncEngine, folder: Path = FOLDER, before: Callable[[str], Awaitable[None]] | None = None
) -> None:
    """Run the steps that a database has not seen.

    Args:
        engine: made to migrate.
        folder: where env.py and versions/ are.
        before: called with the version that the steps lead to, when a database that has a version is about
            to be changed; what it raises ends the migration.

    Raises:
        DatabaseError: the database is of a newer version, or would be left with references to nothing.
        DBAPIError: the database refused; it is as it was.
    """
    async with engine.connect() as connection:
        version = await connection.run_sync(_version)
    if version == newest(folder):
        return
    if before and version in steps(folder):
        await before(newest(folder))
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, folder)


def newest(folder: Path = FOLDER) -> str:
    """Return the number of the last step."""
    return max(steps(folder))


def steps(folder: Path = FOLDER) -> frozenset[str]:
    """Return the numbers of all steps."""
    return frozenset(path.name.partition("_")[0] for path in folder.glob("versions/[0-9]*.py"))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection, folder: Path) -> None:
    # One line of our own tells what a dozen of Alembic's would.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Imported only when there is something to do: it takes a quarter of a second, an open without it 7 ms.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - see above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    version = _version(connection)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        message = (
            f"The database is of a newer version ({version}) than this program; install the newer program."
        )
        raise DatabaseError(message)
    command.upgrade(config, "head")
    _demand_whole_references(connection)
    _log.info("The database was brought from version %s to %s.", version or "none", newest(folder))


def _demand_whole_references(connection: Connection) -> None:
    # Foreign keys are off while SQLite migrates; PostgreSQL keeps its own.
    if connection.dialect.name != "sqlite":
        return
    broken = len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    if broken:
        message = f"Bringing the database up to date would break {broken} references; it was left as it was."
        raise DatabaseError(message)
