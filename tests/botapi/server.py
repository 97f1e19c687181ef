"""The server: HTTP, the token, parameters of every encoding, faults, long polling, and the records."""

from __future__ import annotations

import asyncio
import json
import re
import time
import traceback
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from tests.botapi.faults import Fault, Faults
from tests.botapi.given import JSON_PARAMETERS, Given, Upload
from tests.botapi.limits import Limits, counts
from tests.botapi.methods import BUILT, FILE_BYTES
from tests.botapi.refusal import RefusedError, demand
from tests.botapi.scenario import Group, Person
from tests.botapi.signatures import METHODS, method_named
from tests.botapi.world import Json, Pressed, User, World

TOKEN = "123456:TEST-token_for-local-server-0123456789"  # noqa: S105 - no secret, the tests' own
HANDED_OUT = 100
"""Updates one answer may hold [getUpdates]."""

LONGEST_POLL = 50
"""Seconds [the Bot API server's sources]."""

HASTY = 0.5
"""An offset asked for again within these seconds brings one update at a time [the server's sources]."""

IN_FLIGHT = 0.05
"""Real seconds after a 429 in which another call may have been on its way already."""

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
_PATH = re.compile(r"/(?P<file>file/)?bot(?P<token>[^/]+)/(?P<rest>.+)")
_TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body></html>"
)


@dataclass(slots=True)
class Call:
    """A call and how it was answered; `code` is 0 while it is under way or when its connection was cut."""

    at: float
    method: str
    params: Mapping[str, Any]
    chat: int | None
    ok: bool = False
    code: int = 0
    description: str = ""
    result: Any = None
    scripted: Fault | None = None


class BotApi:
    """A Bot API server on this machine, for one bot; see README.md."""

    def __init__(  # noqa: PLR0913 - settings of a test, all by name
        self,
        token: str = TOKEN,
        username: str = "career_test_bot",
        *,
        now: Callable[[], float] = time.time,  # noqa: TID251 - the server's own clock, not the bot's
        speed: float = 1.0,
        limits: bool = False,
        privacy: bool = True,
        mentions_pass: bool = False,
        port: int = 0,
    ) -> None:
        """Take the settings; `async with` opens the port.

        Args:
            token: what the bot must call itself by.
            username: the bot's, without the @.
            now: seconds since 1970.
            speed: simulated seconds in a real one.
            limits: whether the flood limits are kept.
            privacy: whether the bot has privacy mode on.
            mentions_pass: whether a mention reaches the bot in spite of it.
            port: 0 chooses a free one.
        """
        self.token = token
        self.me = User(int(token.partition(":")[0]), "Career bot", username, is_bot=True)
        self.speed = speed
        self.patience = 5.0
        self.faults = Faults()
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.port = port
        self._now = now
        self.began = now()
        self.world = World(self.me, self.clock, privacy=privacy, mentions_pass=mentions_pass)
        self._limited = limits
        self._limits = Limits()
        self._revoked = False
        self._poller: object = None
        self._last_poll: tuple[int | None, float] = (None, 0)
        self._runner: web.AppRunner | None = None
        self._tasks: set[asyncio.Task[web.Response]] = set()
        self._people: dict[str, Person] = {}
        self._groups: dict[str, Group] = {}

    async def __aenter__(self) -> Self:
        """Open the port."""
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it; whatever hangs is let go."""
        self.faults.clear()
        await self.down()

    @property
    def url(self) -> str:
        """Where the server is; calls go to url/bot<token>/<method>."""
        return f"http://127.0.0.1:{self.port}"

    def clock(self) -> float:
        """Return the server's time in seconds since 1970."""
        return self.began + (self._now() - self.began) * self.speed

    async def up(self) -> None:
        """Open the port, the same as before."""
        if self._runner:
            return
        app = web.Application(client_max_size=FILE_BYTES + 1_000_000)
        app.router.add_route("*", "/{path:.*}", self._requested)
        # A poller that died must not be handed updates: its handler ends with its connection.
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.01)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def down(self) -> None:
        """Close the port and cut every connection."""
        runner, self._runner = self._runner, None
        for task in self._tasks:
            task.cancel()
        if runner:
            await runner.cleanup()

    def revoke(self) -> None:
        """Make the token worthless."""
        self._revoked = True
        self.world.tell()

    # People

    def user(
        self,
        name: str,
        *,
        username: str | None = None,
        language: str | None = "en",
        id: int | None = None,  # noqa: A002 - Telegram's word
        started: bool = False,
    ) -> Person:
        """Make somebody with a phone."""
        account = self.world.add_user(name, username=username, language=language, id=id, started=started)
        person = self._people[name.casefold()] = Person(self, account)
        return person

    def person(self, name: str) -> Person:
        """Return somebody by name, made if they are not there yet."""
        return self._people.get(name.casefold()) or self.user(name)

    def group(
        self,
        title: str,
        *,
        members: list[Person] | None = None,
        kind: Literal["group", "supergroup"] = "supergroup",
        forum: bool = False,
        admin: bool = False,
    ) -> Group:
        """Make a group with the bot in it; the first member is its owner."""
        chat = self.world.add_group(title, kind, forum=forum)
        for number, one in enumerate(members or []):
            chat.members[one.id] = "member" if number else "creator"
        chat.bot = "administrator" if admin else "member"
        group = self._groups[title.casefold()] = Group(self, chat)
        return group

    def group_named(self, title: str) -> Group:
        """Return a group that was made."""
        return self._groups[title.casefold()]

    # By hand

    def deliver(self, update: Json) -> int:
        """Queue any JSON as an update and return its number."""
        return self.world.queue_update(update)

    def redeliver(self, times: int) -> None:
        """Hand each update out that often although it was confirmed."""
        self.world.copies = times

    # Records

    @property
    def pending(self) -> list[Json]:
        """Updates that are not confirmed yet."""
        return [json.loads(one.text) for one in self.world.queue]

    @property
    def callbacks(self) -> list[Pressed]:
        """All buttons that were pressed, in order."""
        return list(self.world.pressed.values())

    @property
    def unanswered(self) -> list[Pressed]:
        """Pressed buttons that still turn."""
        return [one for one in self.callbacks if one.answered_at is None]

    @property
    def polling(self) -> bool:
        """Whether somebody waits for updates at this moment."""
        return self._poller is not None

    def calls_of(self, *methods: str) -> list[Call]:
        """Return the calls of these methods."""
        return [call for call in self.calls if call.method in methods]

    def texts(self, chat: int) -> list[str]:
        """Return the bot's messages in a chat, in order, as they look now."""
        kept = self.world.chats[chat].messages.values()
        mine = [one.content for one in kept if one.content["from"]["id"] == self.me.id]
        return [one.get("text") or one.get("caption") or "" for one in mine]

    def assert_clean(self, allow: tuple[str, ...] = ()) -> None:
        """Fail with everything the bot did that Telegram would not have taken."""
        found = [one for one in self.violations if not any(phrase in one for phrase in allow)]
        assert not found, f"{len(found)} violations:\n" + "\n".join(found)

    def clear_records(self) -> None:
        """Forget calls and violations."""
        self.calls.clear()
        self.violations.clear()

    async def until(self, holds: Callable[[], Any], what: str | Callable[[], str] = "") -> Any:
        """Wait until something holds, at most `patience` real seconds, and return what it gave.

        Raises:
            AssertionError: it did not come to hold; says what was waited for.
        """
        try:
            async with asyncio.timeout(self.patience):
                while not (found := holds()):
                    await self.world.wait()
                return found
        except TimeoutError:
            raise AssertionError(what() if callable(what) else f"waited in vain for {what}") from None

    async def called(self, method: str, times: int = 1) -> list[Call]:
        """Wait until a method has been called so often and answered."""

        def answered() -> list[Call]:
            found = [call for call in self.calls_of(method) if call.code]
            return found if len(found) >= times else []

        return await self.until(answered, f"{times} calls of {method}")

    async def drained(self) -> None:
        """Wait until what a bot had sent before it was killed has been read and carried out."""
        while self._runner and self._runner.server and (self._runner.server.connections or self._tasks):  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.001)

    async def confirmed(self) -> None:
        """Wait until every update has been confirmed."""
        await self.until(lambda: not self.world.queue, "all updates to be confirmed")

    # HTTP

    async def _requested(self, request: web.Request) -> web.Response:
        path = _PATH.fullmatch(request.path)
        try:
            demand(path and _TOKEN.fullmatch(path["token"]), "", 404)
            assert path
            demand(path["token"] == self.token and not self._revoked, "", 401)
            if path["file"]:
                return self._file(path["rest"])
            method = method_named(path["rest"])
            if not method:
                self.violations.append(f"{path['rest']}: no such method")
            demand(method, "", 404)
            given = await _read(request)
        except RefusedError as refusal:
            return _refused(refusal)
        except web.HTTPRequestEntityTooLarge:
            return _refused(RefusedError("", 413))
        call = Call(self.clock(), method or "", given.values, given.chat)
        self.calls.append(call)
        if call.method == "getUpdates":
            return await self._answer(request, call, given)
        # Telegram carries out what it has received even if the caller has gone by then.
        return await asyncio.shield(self._start(self._answer(request, call, given)))

    def _start(self, work: Coroutine[Any, Any, web.Response]) -> asyncio.Task[web.Response]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _answer(self, request: web.Request, call: Call, given: Given) -> web.Response:
        fault = call.scripted = self.faults.hit(call)
        self.world.tell()
        try:
            if fault:
                if fault.kind == "hang":
                    await fault.released.wait()
                if fault.kind == "reset_before":
                    return _cut(request)
                if fault.kind == "bad_gateway":
                    call.code, call.description = 502, "Bad Gateway"
                    return web.Response(text=_GATEWAY, status=502, content_type="text/html")
                if fault.kind == "error":
                    return self._fail(call, fault)
            answer = await self._perform(call, given)
            if fault and fault.kind == "delay":
                await asyncio.sleep(fault.seconds / self.speed)
            return _cut(request) if fault and fault.kind == "reset_after" else answer
        finally:
            self.world.tell()

    def _fail(self, call: Call, fault: Fault) -> web.Response:
        call.code, call.description = fault.code, fault.description
        if "retry_after" in fault.parameters and call.chat is not None and counts(call.method):
            self._limits.tell(call.chat, self.clock(), fault.parameters["retry_after"])
        return _json(
            {"ok": False, "error_code": fault.code, "description": fault.description}
            | ({"parameters": fault.parameters} if fault.parameters else {}),
            fault.code,
        )

    async def _perform(self, call: Call, given: Given) -> web.Response:
        try:
            faults = METHODS[call.method].faults(given.values | given.files)
            demand(not faults, ", ".join(faults))
            if call.method == "getUpdates":
                updates = await self._get_updates(given)
                call.ok, call.code = True, 200
                return _raw(f'{{"ok":true,"result":[{",".join(updates)}]}}')
            demand(call.method in BUILT, "not built in this server", 501)
            self._keep_limits(call)
            result = BUILT[call.method](self.world, given)
        except RefusedError as refusal:
            call.code, call.description = refusal.code, refusal.description
            if refusal.code in {400, 413, 501} and "migrate_to_chat_id" not in refusal.parameters:
                self._note(call, refusal.description)
            return _refused(refusal)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            # Something of a kind that the rules do not foresee: refuse loudly, and stay up.
            self._note(call, "".join(traceback.format_exception(error)[-2:]))
            call.code = 400
            return _refused(RefusedError(f"wrong parameters: {error}"))
        call.ok, call.code = True, 200
        call.result = dict(result) if isinstance(result, dict) else result
        return _json({"ok": True, "result": result}, 200)

    def _note(self, call: Call, what: str) -> None:
        self.violations.append(f"{call.method}: {what} {str(dict(call.params))[:400]}")

    def _keep_limits(self, call: Call) -> None:
        if call.chat is None or not counts(call.method):
            return
        at = self.clock()
        wait = self._limits.told(call.chat, at)
        if wait:
            if not self._limits.just_told(call.chat, at, IN_FLIGHT * self.speed):
                self._note(call, f"called {wait} s before the chat's wait was over")
        elif self._limited:
            wait = self._limits.take(call.chat, at)
            if wait:
                self._note(call, f"too many messages, told to wait {wait} s")
                self._limits.tell(call.chat, at, wait)
        demand(not wait, f"retry after {wait}", 429, retry_after=wait)

    async def _get_updates(self, given: Given) -> list[str]:
        """Return updates as JSON, waiting for them as long as asked."""
        world = self.world
        offset, limit = given.whole("offset"), given.whole("limit") or HANDED_OUT
        limit = limit if 1 <= limit <= HANDED_OUT else HANDED_OUT
        kinds = given.items("allowed_updates")
        if kinds is not None:
            world.allowed = frozenset(kinds)
        asked_at = self.clock()
        if world.copies == 1 and offset is not None and self._last_poll[0] == offset:
            limit = limit if asked_at - self._last_poll[1] >= HASTY else 1
        self._last_poll = (offset, asked_at)
        if offset is not None and offset < 0:
            kept = world.queue[offset:]
            offset = kept[0].number if kept else 0
        world.confirm(offset or 0)
        mine = self._poller = object()
        world.tell()
        try:
            ends = asked_at + min(max(given.whole("timeout") or 0, 0), LONGEST_POLL)
            while not world.queue and (left := ends - self.clock()) > 0:
                try:
                    async with asyncio.timeout(left / self.speed):
                        await world.wait()
                except TimeoutError:
                    break
                demand(not self._revoked, "", 401)
                demand(self._poller is mine, _TERMINATED, 409)
        finally:
            if self._poller is mine:
                self._poller = None
                world.tell()
        batch = world.queue[:limit]
        for one in batch:
            one.handed_out += 1
        return [one.text for one in batch]

    def _file(self, path: str) -> web.Response:
        content = dict(self.world.files.values()).get(path)
        demand(content is not None, "", 404)
        return web.Response(body=content, content_type="application/octet-stream")


async def _read(request: web.Request) -> Given:
    """Read the parameters from the query string and the body, whatever they are encoded in."""
    given = Given(dict(request.query))
    if request.content_type == "application/json":
        try:
            read = json.loads(await request.read() or b"{}")
        except ValueError:
            read = None
        demand(isinstance(read, dict), "can't parse JSON object")
        given.values |= {name: value for name, value in read.items() if value is not None}
    elif request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            # In one piece: of several, one of which arrives short, aiohttp puts back some with a warning.
            part.chunk_size = FILE_BYTES
            content, name = bytes(await part.read()), part.name or ""
            if part.filename is None:
                given.values[name] = content.decode()
            else:
                given.files[name] = Upload(part.filename, content)
    else:
        body = (await request.read()).decode("ascii", "surrogateescape")
        given.values |= dict(parse_qsl(body, keep_blank_values=True, errors="surrogateescape"))
    for name in JSON_PARAMETERS & given.values.keys():
        value = given.values[name]
        if isinstance(value, str):
            try:
                given.values[name] = json.loads(value)
            except ValueError:
                continue
    return given


def _raw(text: str, status: int = 200) -> web.Response:
    return web.Response(body=text.encode(), status=status, content_type="application/json")


def _json(content: Json, status: int) -> web.Response:
    return _raw(json.dumps(content), status)


def _refused(refusal: RefusedError) -> web.Response:
    content: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    return _json(content | ({"parameters": refusal.parameters} if refusal.parameters else {}), refusal.code)


def _cut(request: web.Request) -> web.Response:
    """Cut the connection; the answer that is returned reaches nobody."""
    if request.transport:
        request.transport.abort()
    return web.Response()
