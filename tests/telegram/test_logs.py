"""The log holds neither the token, nor the database's password, nor anything a student wrote."""

import asyncio
import json
import logging
import signal
from contextlib import asynccontextmanager, contextmanager

import pytest
from aiohttp import web
from telegram.error import BadRequest

from bot.bootstrap import _set_up_logs
from bot.domain.reply import Block, Button, Cards, Message, Press, Reply, Toast
from bot.settings import Settings
from bot.storage.bookkeeping import Bookkeeping
from bot.storage.database import Database
from bot.storage.inbox import Inbox
from bot.telegram.service import Service
from bot.telegram.traces import trace
from tests.telegram.fakes import Keys, raw

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_0123"  # noqa: S105 - nobody's
PASSWORD = "hunter2%40club"  # noqa: S105 - nobody's
ADDRESS = f"postgresql://bot:{PASSWORD}@db.example.org/careers"
WORDS = "nobody may read this"
SECRETS = [TOKEN, TOKEN.partition(":")[2], PASSWORD, "hunter2@club", WORDS, "Ama"]


@contextmanager
def logging_as_set_up(address=ADDRESS):
    """The log as the bot sets it up, at its most talkative; afterwards as it was."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    libraries = {
        name: one.level for name, one in root.manager.loggerDict.items() if isinstance(one, logging.Logger)
    }
    root.handlers.clear()
    _set_up_logs(Settings(_env_file=None, telegram_bot_token=TOKEN, database_url=address, log_level="DEBUG"))
    try:
        yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
        for name, one in root.manager.loggerDict.items():
            if isinstance(one, logging.Logger):
                one.setLevel(libraries.get(name, logging.NOTSET))


def assert_no_secret(log):
    for secret in SECRETS:
        assert secret not in log


@pytest.mark.parametrize(
    "line",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"POST https://api.telegram.org/bot{TOKEN.replace(':', '%3A')}/sendMessage",
        f"connected to {ADDRESS}",
        f"connected to postgresql+psycopg://bot:{PASSWORD}@db.example.org/careers",
        "host=db.example.org password=hunter2@club",
    ],
)
@pytest.mark.parametrize("level", [logging.DEBUG, logging.ERROR])
def test_secrets_are_taken_out_of_every_line_whoever_writes_it(line, level, capsys):
    with logging_as_set_up():
        logging.getLogger("anybody").log(level, "so: %s", line)
        try:
            int(line)
        except ValueError:
            logging.getLogger("anybody").exception("failed")
    log = capsys.readouterr().err
    assert "[secret]" in log
    assert "anybody" in log
    assert_no_secret(log)


def test_a_short_password_does_not_make_the_log_unreadable(capsys):
    with logging_as_set_up("postgresql://bot:bot@localhost/bot"):
        logging.getLogger("bot.telegram").error("The bot at postgresql://bot:bot@localhost/bot.")
    assert "bot.telegram: The bot at [secret]." in capsys.readouterr().err


def test_libraries_that_log_what_is_sent_are_silent_even_when_everything_is_logged(capsys):
    with logging_as_set_up():
        for name in (
            "telegram.ext.ExtBot",
            "aiohttp.client",
            "aiosqlite",
            "sqlalchemy.engine",
            "psycopg.pool",
        ):
            logging.getLogger(name).error(WORDS)
    assert capsys.readouterr().err == ""


def test_a_trace_says_where_and_of_what_kind_but_not_what_was_written():
    def fail():
        try:
            {}[WORDS]
        except KeyError as error:
            raise ValueError(WORDS) from error

    with pytest.raises(ValueError, match=WORDS) as raised:
        fail()
    told = trace(raised.value)
    assert told.startswith("ValueError\n")
    assert "caused by KeyError" in told
    assert "in fail" in told
    assert WORDS not in told
    assert "chat not found" in trace(BadRequest("chat not found")).casefold()


# The whole bot, while things go wrong


class Door:
    """A front door that answers some words and fails at others, quoting them."""

    async def hear(self, heard):
        if "fail" in heard.text:
            raise ValueError(heard.text)
        buttons = ((Button("Back", Press("turn", "abc234")),),)
        return Reply((Message((Block("text", heard.text),), buttons), Toast(WORDS)))

    async def cards(self, question, *_):
        if "fail" in question:
            raise ValueError(question)
        return Cards((), Button("Ask in private", start="chat"))


def press(number):
    below = raw(number, WORDS)["message"]
    query = {"id": "q1", "from": below["from"], "message": below, "chat_instance": "c", "data": WORDS}
    return {"update_id": number, "callback_query": query}


def inline(number, text):
    query = {"id": f"i{number}", "from": {"id": 11, "first_name": "Ama"}, "query": text, "offset": ""}
    return {"update_id": number, "inline_query": query}


class Telegram:
    """As much of Telegram as the bot needs to come up and to have troubles of every kind."""

    def __init__(self, *updates):
        self._updates = list(updates)
        self._troubles = ["html", "refuse", "reset", "flood", "none"]
        self.answered = asyncio.Event()

    async def answer(self, request):
        method = request.path.rpartition("/")[2]
        if method == "getMe":
            me = {"id": 700, "is_bot": True, "first_name": "Careers", "username": "career_bot"}
            return web.json_response({"ok": True, "result": me | {"can_join_groups": True}})
        if method == "getUpdates":
            found, self._updates = self._updates, []
            if not found:
                await asyncio.sleep(3600)
            return web.json_response({"ok": True, "result": found})
        if method == "sendMessage":
            return self._trouble(request, (await request.post())["text"])
        return web.json_response({"ok": True, "result": True})

    def _trouble(self, request, text):
        trouble = self._troubles.pop(0) if self._troubles else "none"
        if trouble == "html":
            return web.Response(
                status=502, text=f"<html>{request.path} {text}</html>", content_type="text/html"
            )
        if trouble == "refuse":
            refusal = {"ok": False, "error_code": 400, "description": "Bad Request: can't parse entities"}
            return web.json_response(refusal, status=400)
        if trouble == "reset":
            request.transport.abort()
        if trouble == "flood":
            parameters = {"retry_after": 1}
            refusal = {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests",
                "parameters": parameters,
            }
            return web.json_response(refusal, status=429)
        if text == "last":
            self.answered.set()
        sent = {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}, "text": text}
        return web.json_response({"ok": True, "result": sent})


@asynccontextmanager
async def serving(telegram):
    app = web.Application()
    app.router.add_post("/{rest:.*}", telegram.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_nothing_that_students_write_is_logged_whatever_goes_wrong(tmp_path, capsys, monkeypatch):
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    updates = [raw(number, f"{WORDS} {number}", chat=number) for number in range(1, 6)]
    updates += [press(6), inline(7, WORDS), inline(8, f"{WORDS} fail"), raw(9, f"{WORDS}, fail", chat=9)]
    updates += [{"update_id": 10, "message": {"text": WORDS, "chat": {"id": 10, "type": "private"}}}]
    updates += [raw(12, "last", chat=9)]
    telegram = Telegram(*updates)
    with logging_as_set_up():
        database = await Database.open(f"sqlite:///{tmp_path / 'bot.db'}")
        async with serving(telegram) as address:
            bot = Service(
                token=TOKEN,
                api_url=address,
                conversation=Door(),
                texts=Keys(),
                inbox=Inbox(database),
                bookkeeping=Bookkeeping(database),
                admins=(1,),
                folder=tmp_path,
                now=lambda: 1_800_000_000,
            )
            running = asyncio.create_task(bot.run())
            async with asyncio.timeout(20):
                await telegram.answered.wait()
            asyncio.get_running_loop().call_exception_handler(
                {
                    "message": "Task exception was never retrieved",
                    "exception": ValueError(WORDS),
                    "future": WORDS,
                }
            )
            signal.raise_signal(signal.SIGTERM)
            await running
        await database.close()
    log = capsys.readouterr().err
    for told in ("cannot be read", "never retrieved", "An inline query failed", "may have arrived"):
        assert told in log
    assert "Update 9 (message) failed (3): ValueError" in log
    assert_no_secret(log)
    assert WORDS not in json.dumps(log)
