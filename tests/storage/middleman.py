"""Stands between a program and a PostgreSQL server, and can fall silent or hang up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import URL, make_url


class Middleman:
    """Hands on what is said, unless it was told to be silent, or to refuse."""

    def __init__(self, server: URL) -> None:
        self._server = server
        self._lines: set[asyncio.StreamWriter] = set()
        self._speaks = asyncio.Event()
        self._speaks.set()
        self.refuses = False
        self.port = 0

    @property
    def address(self) -> str:
        """Where it is met."""
        met = self._server.set(host="127.0.0.1", port=self.port, query={})
        return met.render_as_string(hide_password=False)

    def be_silent(self) -> None:
        """Hand nothing on any more, and keep every line open."""
        self._speaks.clear()

    def speak(self) -> None:
        """Hand on again, what was held back first."""
        self._speaks.set()

    def hang_up(self) -> None:
        """Cut every line."""
        for line in self._lines:
            line.close()

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuses:
            writer.close()
            return
        folder = self._server.query.get("host")
        if folder:
            beyond = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{self._server.port or 5432}")
        else:
            beyond = await asyncio.open_connection(self._server.host, self._server.port or 5432)
        self._lines |= {writer, beyond[1]}
        await asyncio.gather(self._carry(reader, beyond[1]), self._carry(beyond[0], writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while said := await reader.read(65_536):
                await self._speaks.wait()
                writer.write(said)
        writer.close()


@asynccontextmanager
async def between(address: str) -> AsyncIterator[Middleman]:
    """Put one before the server of an address."""
    man = Middleman(make_url(address))
    server = await asyncio.start_server(man.meet, "127.0.0.1", 0)
    man.port = server.sockets[0].getsockname()[1]
    yield man
    man.speak()
    man.hang_up()
    server.close()
