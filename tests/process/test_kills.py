"""Killed again and again, the bot answers everything, in order, and repeats no more than was in flight."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import re
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing

import pytest

from bot.telegram.callbacks import MOST_OPEN
from tests.process.echo import PATIENCE, WORD, echoing, talks

CHATS, UPDATES, KILLS = 50, 1_000, 50

_CODE = str.maketrans("01", "89")
"""Octal digits -> those that a button's code may hold."""

_NUMBER = re.compile(rf"{WORD} (\d+)\.")


def _waiting(folder):
    """Return what waits in the database of a bot that was killed: update -> chat and content."""
    if not (folder / "bot.db").exists():
        return {}
    with closing(sqlite3.connect(folder / "bot.db")) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'inbox'").fetchone():
            return {}
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = database.execute("SELECT update_id, chat, payload FROM inbox WHERE state = 'waiting'")
        return {number: (int(chat), json.loads(payload)) for number, chat, payload in rows}


def _numbers(text):
    return [int(number) for number in _NUMBER.findall(text)]


class Traffic:
    """What students send, and what of it was in flight whenever the bot was killed."""

    def __init__(self, api, rng):
        self.api = api
        self.rng = rng
        self.people = [api.user(f"Student {number}", started=True) for number in range(CHATS)]
        self.said = defaultdict(list)
        self.presses = set()
        self.answered = set()
        self.pressed = set()
        self._open = []
        self._looked = 0
        self.sent = 0
        self.flying = Counter()

    async def send(self, count):
        """Let so many things happen: mostly messages, some presses."""
        for _ in range(min(count, UPDATES - self.sent)):
            self.sent += 1
            person = self.rng.choice(self.people)
            if self.rng.random() < 0.15 and self.api.texts(person.id) and self._waits_for_few(person):
                # Each of its own, since the same press again counts once.
                code = f"{self.sent:o}".translate(_CODE)
                await person.forges(f"1:open:{code:2>6}")
                self.presses.add(self.api.world.queue[-1].number)
            else:
                self.said[person.id].append(self.sent)
                await person.says(f"{WORD} {self.sent}.")

    def _waits_for_few(self, person):
        """Tell whether another press of somebody will be answered: of those who tap faster some are not."""
        return sum(one.user == person.id for one in self.api.unanswered) < MOST_OPEN

    def killed(self, waiting):
        """Note which messages the next start will repeat; they are of one answer a chat at most, its last."""
        repeated = defaultdict(list)
        for chat, update in waiting.values():
            for number in _numbers(update.get("message", {}).get("text", "")):
                if any(number in _numbers(text) for text in self.api.texts(chat)):
                    repeated[chat].append(number)
        for chat, numbers in repeated.items():
            assert set(numbers) <= set(_numbers(self._last_answer(chat)))
            self.flying.update(numbers)
        return len(repeated)

    def _last_answer(self, chat):
        return next(text for text in reversed(self.api.texts(chat)) if _numbers(text))

    def all_answered(self):
        self._look()
        return self.sent == len(self.answered) + len(self.pressed)

    def _look(self):
        """Take note of the calls that ended since the last look."""
        fresh = [*self._open, *itertools.islice(self.api.calls, self._looked, None)]
        self._looked = len(self.api.calls)
        self._open = [call for call in fresh if not call.code]
        for call in fresh:
            if call.method == "sendMessage" and call.ok:
                self.answered.update(_numbers(call.params["text"]))
            elif call.method == "editMessageText" and (call.ok or "not modified" in call.description):
                self.pressed.add(int(call.params["text"].removeprefix("pressed ")))

    def _answers(self, chat):
        """Return the numbers of what was answered in a chat, answer by answer, as often as it was."""
        calls = [call for call in self.api.calls_of("sendMessage") if call.ok and call.chat == chat]
        return [number for call in calls for number in _numbers(call.params["text"])]

    def assert_kept(self):
        for person in self.people:
            answered = self._answers(person.id)
            # In order: the first time each is answered, and what is repeated follows itself.
            assert list(dict.fromkeys(answered)) == self.said[person.id]
            again = {number: times - 1 for number, times in Counter(answered).items() if times > 1}
            assert all(times <= self.flying[number] for number, times in again.items()), (again, self.flying)


@pytest.mark.parametrize("seed", [20261122])
async def test_of_a_thousand_updates_and_fifty_kills_none_is_lost_and_only_what_flew_is_repeated(
    tmp_path, seed
):
    rng = random.Random(seed)
    in_flight = 0
    async with echoing(tmp_path, unlimited=True) as (api, bot):
        traffic = Traffic(api, rng)
        for _ in range(KILLS):
            before = len(api.calls)
            await traffic.send(rng.randint(0, 25))
            # The moment is so many calls after the start: a busy machine does not move it.
            calls = rng.randint(0, 60)
            await _until(api, lambda: len(api.calls) - before >= calls or traffic.all_answered())  # noqa: B023 - used at once
            await traffic.send(rng.randint(0, 25))
            await asyncio.sleep(rng.random() * 0.05)
            bot.kill()
            await api.drained()
            in_flight += traffic.killed(_waiting(tmp_path))
            bot.start()
        await traffic.send(UPDATES)
        await _until(api, traffic.all_answered)
        await api.until(lambda: not api.unanswered, "every press to be answered")
        await talks(api.user("Afterwards"), "afterwards")
        await api.confirmed()
        assert await bot.stop() == 0
        traffic.assert_kept()
        assert traffic.pressed == traffic.presses
        repeats = sum(1 for _ in _repeats(api))
        print(f"{in_flight} answers in flight at {KILLS} kills, {repeats} messages repeated")
        assert in_flight > KILLS / 5, "the kills came at moments when nothing was in hand"
        assert repeats <= in_flight <= KILLS * CHATS
        api.assert_clean(allow=("message is not modified",))
    with closing(sqlite3.connect(tmp_path / "bot.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = database.execute("SELECT state, payload, count(*) FROM inbox GROUP BY 1, 2").fetchall()
        assert kept == [("done", None, UPDATES + 1)]


def _repeats(api):
    """Yield the messages that hold something that was answered before."""
    seen = set()
    for call in api.calls_of("sendMessage"):
        numbers = {(call.chat, number) for number in _numbers(call.params["text"])} if call.ok else set()
        if numbers & seen:
            yield call
        seen |= numbers


async def _until(api, holds):
    patience, api.patience = api.patience, 2 * PATIENCE
    await api.until(holds, "the calls of this start")
    api.patience = patience
