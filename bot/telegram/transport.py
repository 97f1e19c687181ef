"""Carries python-telegram-bot's calls over aiohttp.

An echo bot gives about eight times the answers a second that it gives over the library's default, and about
as many as over httpx-aiohttp (`python -m tests.benchmarks.telegram`). What decided for speaking to aiohttp
directly are its own errors: they tell a call that surely failed from one that may have arrived.
"""

from __future__ import annotations

import io
import json
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS: Final = 10.0
"""How long making a connection may take."""

READ_SECONDS: Final = 20.0
"""How long an answer may take; Telegram answers most calls within a second."""


def proxy_for(address: str) -> str | None:
    """Return the proxy that the environment (HTTPS_PROXY, NO_PROXY ...) names for an address, or None.

    aiohttp can look this up by itself, but does so for every call, in a thread: 0.3 ms of 0.4 each.
    """
    place = urlsplit(address)
    if not place.hostname or proxy_bypass(place.hostname):
        return None
    return getproxies().get(place.scheme)


class NotSentError(NetworkError):
    """No connection came about: the call surely did not reach Telegram and may be made again."""


class Transport(BaseRequest):
    """One pool of connections to Telegram."""

    def __init__(self, proxy: str | None = None) -> None:
        """Start without a connection; `initialize` opens the pool.

        Args:
            proxy: address of the HTTP proxy that every call goes through; see `proxy_for`.
        """
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            # No bound on connections: the outbox bounds the calls, and one chat that hangs must not use up
            # the places of the others.
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector, proxy=self._proxy)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has none
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the pool has no bound
    ) -> tuple[int, bytes]:
        """Make one HTTP request and return its status and body.

        Raises:
            BadRequest: it cannot be put into a request.
            NotSentError: no connection came about.
            TimedOut: it was sent, or begun to be sent, and what became of it is unknown.
        """
        if self._session is None:
            message = "the transport is not initialized"
            raise RuntimeError(message)
        timeout = aiohttp.ClientTimeout(
            sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
            sock_read=_seconds(read_timeout, READ_SECONDS),
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, allow_redirects=False
            ) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            # The error's own words may name the address, and with it the token.
            message = f"no connection ({type(error).__name__})"
            raise NotSentError(message) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            message = f"no answer ({type(error).__name__})"
            raise TimedOut(message) from None
        except ValueError as error:
            # Words that cannot be encoded; the error quotes them.
            message = f"no request ({type(error).__name__})"
            raise BadRequest(message) from None
        # A proxy's page must not pass for Telegram's word, least of all its 404 for an unknown token.
        if method == "POST" and not _is_answer(body):
            message = f"no answer of Telegram's (HTTP {status})"
            raise TimedOut(message)
        return status, body


def _is_answer(body: bytes) -> bool:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and ("result" in answer or answer.get("ok") is False)


def _seconds(given: object, usual: float) -> float:
    return float(given) if isinstance(given, int | float) else usual


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        # As a file: aiohttp sends bytes in one go, and the event loop stands still meanwhile.
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=mime)
    return form
