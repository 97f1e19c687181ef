"""What several tests of the Telegram face stand on: texts that show their keys, turns, an inbox in memory."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.conversation import Heard
from bot.domain.inbox import Arrived
from bot.telegram.hearing import Me, Turn

ME = Me(700, "Career_Bot")
STUDENT = 11
CLUB = -1001


def clock() -> float:
    return asyncio.get_running_loop().time()


class Keys:
    """Texts that say their key and what fills it."""

    def say(self, key, language, /, **values):
        return " ".join([key, language, *(f"{name}={value}" for name, value in values.items())])

    def language_of(self, _key, language, /):
        return language


def turn(*updates: int, chat: int = STUDENT, **more) -> Turn:
    """A turn of one message a number, in private unless the chat is negative."""
    numbers = updates or (1,)
    group = chat < 0
    usual = Turn(
        updates=numbers,
        heard=Heard(str(chat), str(STUDENT), "hello", place="group" if group else "private"),
        chat_id=chat,
        asker_id=STUDENT,
        group=group,
        thread_id=None,
        messages=numbers,
        callbacks=(),
        pressed=None,
        question=None,
        failures=0,
        sent=0,
    )
    return replace(usual, **more)


def raw(number: int, text: str = "hello", chat: int = STUDENT) -> dict:
    """A private message as Telegram sends it."""
    sender = {"id": chat, "is_bot": False, "first_name": "Ama"}
    content = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "from": sender}
    return {"update_id": number, "message": content | {"text": text}}


def row(number: int, text: str = "hello", chat: int = STUDENT, **more) -> Arrived:
    """The same as it waits in the inbox."""
    return Arrived(number, str(chat), "message", json.dumps(raw(number, text, chat)), at=0, **more)


class Rows:
    """An inbox in memory; `down` is how many of the next changes fail."""

    def __init__(self, down: int = 0) -> None:
        self.down = down
        self.kept: dict[int, Arrived] = {}
        self.over: dict[int, str] = {}
        self.failures: Counter[int] = Counter()

    async def put(self, arrived: Sequence[Arrived]) -> list[Arrived]:
        await self._work()
        new = [one for one in arrived if one.update_id not in self.kept]
        self.kept |= {one.update_id: one for one in new}
        return new

    async def finish(self, update_ids: Collection[int], at: int) -> None:
        await self._work()
        self.over |= dict.fromkeys(update_ids, f"done at {at}")

    async def set_aside(self, update_ids: Collection[int], at: int) -> None:
        await self._work()
        self.over |= dict.fromkeys(update_ids, f"aside at {at}")

    async def fail(self, update_ids: Collection[int]) -> None:
        await self._work()
        self.failures.update(update_ids)

    async def _work(self) -> None:
        await asyncio.sleep(0)
        if self.down:
            self.down -= 1
            message = "disk full"
            raise OSError(message)
