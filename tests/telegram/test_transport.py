"""Calls over real connections: what surely did not arrive is told apart from what may have."""

import asyncio
import socket
import struct
import traceback
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import InputFile, ReplyParameters
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot
from telegram.request import RequestData

from bot.telegram.traces import trace
from bot.telegram.transport import NotSentError, Transport, proxy_for

TOKEN = "123456:secret-secret-secret-secret"  # noqa: S105 - nobody's
WORDS = "how much do nurses earn"
QUICK = {"read_timeout": 0.2, "connect_timeout": 0.2}
SENT = {"ok": True, "result": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}}}


@asynccontextmanager
async def calling(address, proxy=None):
    """The library's bot, speaking to this address."""
    transports = {"request": Transport(proxy), "get_updates_request": Transport(proxy)}
    bot = ExtBot(TOKEN, base_url=f"{address}/bot", **transports)
    await asyncio.gather(*(request.initialize() for request in bot._request))  # noqa: SLF001 - without getMe
    try:
        yield bot
    finally:
        await asyncio.gather(*(request.shutdown() for request in bot._request))  # noqa: SLF001


@asynccontextmanager
async def telegram(answer):
    """A server whose one handler answers everything."""
    app = web.Application(client_max_size=2**26)
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw_server(speak):
    """A server that reads a request and then does with the connection what it is told to."""

    async def serve(reader, writer):
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                int(line[15:]) for line in head.split(b"\r\n") if line.lower()[:15] == b"content-length:"
            )
            await reader.readexactly(length)
            await speak(writer)
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def reset(writer):
    """Cut the connection as a crashed server does."""
    held = writer.get_extra_info("socket")
    held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def failure(address, proxy=None, **seconds) -> TelegramError:
    async with calling(address, proxy) as bot:
        with pytest.raises(TelegramError) as raised:
            await bot.send_message(1, WORDS, **(QUICK | seconds))
    shown = "".join(traceback.format_exception(raised.value)) + trace(raised.value) + repr(raised.value)
    assert "secret" not in shown
    assert "nurses" not in shown
    return raised.value


def answering(status, body, kind="application/json"):
    async def answer(_request):
        return web.Response(status=status, text=body, content_type=kind)

    return answer


# No connection: surely not sent


async def test_a_refused_connection_is_surely_not_sent():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = await failure(f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert isinstance(error, NotSentError)


async def test_a_name_that_nobody_knows_is_surely_not_sent():
    error = await failure("http://telegram.invalid", connect_timeout=5)
    assert isinstance(error, NotSentError)


async def test_a_connection_that_does_not_come_about_in_time_is_surely_not_sent():
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        with socket.socket() as one, socket.socket() as two:
            for other in (one, two):
                other.setblocking(False)  # noqa: FBT003 - takes no keyword
                other.connect_ex(address)
            error = await failure(f"http://127.0.0.1:{address[1]}")
    assert isinstance(error, NotSentError)


async def test_a_server_that_does_not_speak_tls_is_surely_not_sent():
    async with telegram(answering(200, "{}")) as address:
        error = await failure(address.replace("http:", "https:"))
    assert isinstance(error, NotSentError)


# After that: it may have arrived


async def _reset_at_once(writer):
    reset(writer)


async def _reset_in_the_headers(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Le")
    await writer.drain()
    reset(writer)


async def _reset_after_the_headers(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n")
    await writer.drain()
    reset(writer)


async def _half_an_answer(writer):
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"ok":true,"result":{"message')
    await writer.drain()


async def _half_an_answer_of_unknown_length(writer):
    writer.write(b'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"ok":true,"result":{"message')
    await writer.drain()


async def _half_a_chunk(writer):
    writer.write(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{"ok":true,')
    await writer.drain()


async def _closed_without_a_word(_writer):
    pass


async def _no_http(writer):
    writer.write(b"\x15\x03\x01\x00\x02\x02\x46")
    await writer.drain()


async def _silence(_writer):
    await asyncio.sleep(1)


async def _silence_after_the_headers(writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{")
    await writer.drain()
    await asyncio.sleep(1)


@pytest.mark.parametrize(
    "speak",
    [
        _reset_at_once,
        _reset_in_the_headers,
        _reset_after_the_headers,
        _half_an_answer,
        _half_an_answer_of_unknown_length,
        _half_a_chunk,
        _closed_without_a_word,
        _no_http,
        _silence,
        _silence_after_the_headers,
    ],
)
async def test_what_ends_after_the_connection_may_have_arrived(speak):
    async with raw_server(speak) as address:
        assert isinstance(await failure(address), TimedOut)


@pytest.mark.parametrize("status", [200, 302, 403, 404, 429, 500, 502, 503])
@pytest.mark.parametrize("body", ["<html><b>Bad Gateway</b></html>", "", "[]", '"no"', "{}"])
async def test_an_answer_that_is_not_telegram_s_says_nothing_about_the_call(status, body):
    async with telegram(answering(status, body, "text/html")) as address:
        error = await failure(address)
    assert isinstance(error, NetworkError)
    assert not isinstance(error, (BadRequest, NotSentError))


async def test_a_redirection_is_not_followed_since_it_would_take_the_token_along():
    seen = []

    async def answer(request):
        seen.append(request.path)
        return web.Response(status=302, headers={"Location": "/elsewhere"})

    async with telegram(answer) as address:
        assert isinstance(await failure(address), NetworkError)
    assert seen == [f"/bot{TOKEN}/sendMessage"]


async def test_a_transport_that_was_closed_says_so_without_the_address():
    async with telegram(answering(200, "{}")) as address, calling(address) as bot:
        await bot._request[1].shutdown()  # noqa: SLF001 - as at the end of the program
        with pytest.raises(TelegramError) as raised:
            await bot.send_message(1, "x")
    assert "secret" not in trace(raised.value)


@pytest.mark.parametrize(
    "address", ["http://", "http://[", "http://a..b", "http://x:99999999", "http://\u0131\x80"]
)
async def test_an_address_that_makes_no_sense_is_an_error_without_the_token(address):
    await failure(address)


async def test_words_that_cannot_be_encoded_are_in_no_error_text():
    async with telegram(answering(200, "{}")) as address, calling(address) as bot:
        with pytest.raises(BadRequest) as raised:
            await bot.send_message(1, f"{WORDS} \ud83d")
    assert "nurses" not in f"{raised.value!r} {trace(raised.value)}"


# What Telegram says


@pytest.mark.parametrize(
    ("status", "more", "error"),
    [
        (400, {"description": "Bad Request: chat not found"}, BadRequest),
        (401, {"description": "Unauthorized"}, InvalidToken),
        (403, {"description": "Forbidden: bot was blocked by the user"}, Forbidden),
        (404, {"description": "Not Found"}, InvalidToken),
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 3}}, RetryAfter),
        (500, {"description": "Internal Server Error"}, NetworkError),
    ],
)
async def test_what_telegram_refuses_keeps_its_kind(status, more, error):
    async def answer(_request):
        return web.json_response({"ok": False, "error_code": status} | more, status=status)

    async with telegram(answer) as address:
        assert type(await failure(address)) is error


async def test_a_call_arrives_with_its_words_whole():
    seen = []

    async def answer(request):
        seen.append((request.method, request.path, dict(await request.post())))
        return web.json_response(SENT)

    words = "a=b&c+d %41 කොළඹ தமிழ் 😀\n\x00\u200d"
    async with telegram(answer) as address, calling(address) as bot:
        sent = await bot.send_message(1, words, reply_parameters=ReplyParameters(7))
    [(method, path, fields)] = seen
    assert (method, path, fields["text"], fields["chat_id"]) == (
        "POST",
        f"/bot{TOKEN}/sendMessage",
        words,
        "1",
    )
    assert '"message_id": 7' in fields["reply_parameters"]
    assert sent.message_id == 5


async def test_a_file_arrives_whole():
    content = bytes(range(256)) * 8_000
    seen = {}

    async def answer(request):
        fields = await request.post()
        seen.update(caption=fields["caption"], chat=fields["chat_id"], name=fields["document"].filename)
        seen.update(content=fields["document"].file.read(), kind=fields["document"].content_type)
        return web.json_response(SENT)

    async with telegram(answer) as address, calling(address) as bot:
        await bot.send_document(1, InputFile(content, filename="කොළඹ plan.pdf"), caption="<b>වැඩ</b>")
    expected = {"caption": "<b>වැඩ</b>", "chat": "1", "name": "කොළඹ plan.pdf", "content": content}
    assert seen == expected | {"kind": "application/pdf"}


async def test_two_hundred_calls_that_hang_leave_the_others_free():
    hanging, enough, go_on = 0, asyncio.Event(), asyncio.Event()

    async def answer(request):
        nonlocal hanging
        if (await request.post())["text"] == "hang":
            hanging += 1
            if hanging == 200:
                enough.set()
            await go_on.wait()
        return web.json_response(SENT)

    async with telegram(answer) as address, calling(address) as bot:
        stuck = [asyncio.create_task(bot.send_message(1, "hang")) for _ in range(200)]
        async with asyncio.timeout(10):
            await enough.wait()
            await asyncio.gather(*(bot.send_message(2, "quick") for _ in range(20)))
        assert not any(one.done() for one in stuck)
        go_on.set()
        await asyncio.gather(*stuck)


async def test_calls_go_through_the_proxy_that_is_given():
    seen = []

    async def answer(request):
        seen.append(str(request.url))
        return web.json_response(SENT)

    async with telegram(answer) as proxy, calling("http://telegram.invalid", proxy) as bot:
        await bot.send_message(1, "x")
    assert seen == [f"http://telegram.invalid/bot{TOKEN}/sendMessage"]


async def test_a_proxy_that_refuses_connections_is_surely_not_sent():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = await failure("http://telegram.invalid", f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert isinstance(error, NotSentError)


@pytest.mark.parametrize(
    ("address", "proxy"),
    [
        ("https://api.telegram.org", "http://proxy.example.org:3128"),
        ("http://api.telegram.org", None),
        ("https://localhost:8081", None),
        ("https://inside.example.org/telegram", None),
    ],
)
def test_the_machine_s_proxy_is_used_where_the_machine_says_so(address, proxy, monkeypatch):
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.org:3128")
    monkeypatch.setenv("NO_PROXY", "localhost,inside.example.org")
    assert proxy_for(address) == proxy


async def test_the_transport_can_be_opened_and_closed_again():
    async with telegram(answering(200, '{"ok":true,"result":true}')) as address:
        transport = Transport()
        for _ in range(2):
            await transport.initialize()
            await transport.initialize()
            assert await transport.post(f"{address}/x", RequestData([])) is True
            await transport.shutdown()
            await transport.shutdown()
