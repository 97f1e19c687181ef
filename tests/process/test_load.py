"""One chat, one update or one disk in trouble, and everybody else answered as usual."""

from __future__ import annotations

import asyncio
import random
import re
import resource
import sqlite3
import time
from contextlib import closing
from dataclasses import replace

from tests.botapi.program import BLOCK
from tests.botapi.program import FAIL as FAILING
from tests.botapi.program import HANG as HANGING
from tests.process.echo import WORD, echoing, logged, simulated, talks, times_seen

AS_USUAL = 3.0
"""Real seconds in which an answer comes on a busy machine; how fast it really is belongs to the benchmark."""

CRASHES = re.compile(r"Update (\d+) \((\w+)\) failed \((\d)\): (\w+)")


async def _is_answered_as_usual(person, text):
    began = time.monotonic()
    await talks(person, text)
    assert time.monotonic() - began < AS_USUAL


async def test_an_update_that_takes_over_a_minute_holds_nobody_else_and_is_set_aside(tmp_path):
    async with echoing(tmp_path, speed=20, unlimited=True, admin_ids="77") as (api, bot):
        operator = api.user("Operator", id=77, started=True)
        stuck, others = api.user("Stuck"), [api.user(f"Student {number}") for number in range(10)]
        await talks(stuck, "before")
        began = api.clock()
        await stuck.says(f"{WORD} {HANGING}")
        number = api.world.queue[-1].number
        await api.confirmed()
        await stuck.says(f"{WORD} behind it")
        rounds = 0
        while not times_seen(api, stuck, "behind it") and api.clock() - began < 300:
            await asyncio.gather(*(_is_answered_as_usual(one, f"meanwhile {rounds}.") for one in others))
            rounds += 1
        assert rounds > 1
        assert 60 <= api.clock() - began < 300
        # The apology, then what waited behind it.
        assert "went wrong on my side" in api.texts(stuck.id)[1]
        assert "behind it" in api.texts(stuck.id)[2]
        await talks(stuck, "afterwards")
        assert CRASHES.findall(bot.log) == [(str(number), "message", "1", "TimeoutError")]
        await api.until(lambda: api.texts(operator.id), "the operator to be told")
        assert "could not be answered" in api.texts(operator.id)[0]
        api.assert_clean()


async def test_a_call_that_hangs_holds_nobody_else(tmp_path):
    async with echoing(tmp_path, speed=10, unlimited=True) as (api, _):
        stuck, others = api.user("Stuck"), [api.user(f"Student {number}") for number in range(10)]
        hanging = api.faults.hang("sendMessage", chat=stuck.id)
        await stuck.says(f"{WORD} question")
        await api.until(lambda: hanging.hits, "the call that hangs")
        await asyncio.gather(*(_is_answered_as_usual(one, "meanwhile") for one in others))
        await talks(stuck, "afterwards")
        api.assert_clean()


async def test_every_update_delivered_three_times_is_answered_as_if_once(tmp_path):
    async with echoing(tmp_path, unlimited=True) as (api, _):
        api.redeliver(3)
        people = [api.user(f"Student {number}") for number in range(20)]
        for again in range(3):
            await asyncio.gather(*(talks(person, f"question {again}.") for person in people))
        pressed = [await person.presses("Press") for person in people]
        await asyncio.gather(*(person.sees("pressed") for person in people))
        asked = [await person.asks_inline(WORD) for person in people]
        await asyncio.gather(*(person.inline_answered() for person in people))
        await api.confirmed()
        await talks(api.user("Last"), "afterwards")
        await api.confirmed()
        assert len(api.calls_of("sendMessage")) == 61
        assert len(api.calls_of("editMessageText")) == 20
        answered = [call.params["callback_query_id"] for call in api.calls_of("answerCallbackQuery")]
        assert sorted(answered) == sorted(one.id for one in pressed)
        answered = [call.params["inline_query_id"] for call in api.calls_of("answerInlineQuery")]
        assert sorted(answered) == sorted(one.id for one in asked)
        api.assert_clean()


async def test_updates_delivered_again_after_a_kill_are_answered_as_if_once(tmp_path):
    async with echoing(tmp_path, unlimited=True) as (api, bot):
        api.redeliver(3)
        people = [api.user(f"Student {number}") for number in range(20)]
        await asyncio.gather(*(talks(person, "question") for person in people))
        assert await bot.stop() == 0
        bot.start()
        await api.confirmed()
        await talks(api.user("Last"), "afterwards")
        assert len(api.calls_of("sendMessage")) == 21
        api.assert_clean()


async def test_an_update_that_always_fails_is_set_aside_and_its_chat_goes_on_within_five_seconds(tmp_path):
    async with echoing(tmp_path, limits=True) as (api, bot):
        ama = api.user("Ama")
        await talks(ama, "before")
        began = time.monotonic()
        await ama.says(f"{WORD} {FAILING}")
        number = api.world.queue[-1].number
        # Behind it, so that they are taken together at first.
        await ama.says(f"{WORD} behind it")
        await ama.sees("behind it")
        assert time.monotonic() - began < 5
        await talks(ama, "afterwards")
        failed = CRASHES.findall(bot.log)
        assert failed == [(str(number), "message", str(times), "ValueError") for times in (1, 2, 3)]
        assert 'program.py", line' in bot.log
        assert FAILING not in bot.log
        api.assert_clean()
        assert await bot.stop() == 0
    with closing(sqlite3.connect(tmp_path / "bot.db")) as database:
        aside = database.execute("SELECT update_id, failures FROM inbox WHERE state = 'aside'").fetchall()
    assert aside == [(number, 2)]


async def test_an_answer_that_telegram_always_refuses_is_set_aside_and_its_chat_goes_on(tmp_path):
    async with echoing(tmp_path, limits=True) as (api, bot):
        ama = api.user("Ama")
        await talks(ama, "before")
        api.faults.error(
            "sendMessage",
            400,
            "Bad Request: can't parse entities: unexpected end tag at byte offset 7",
            when=lambda call: "refused" in call.params["text"],
            times=None,
        )
        began = time.monotonic()
        await ama.says(f"{WORD} refused")
        await logged(bot, "(message) failed", times=3)
        await talks(ama, "afterwards")
        assert time.monotonic() - began < 7
        api.assert_clean()


async def test_updates_that_cannot_be_read_are_set_aside_and_their_chat_goes_on(tmp_path):
    async with echoing(tmp_path) as (api, bot):
        ama = api.user("Ama")
        here = {"chat": {"id": ama.id, "type": "private"}}
        spoilt = {
            "nobody wrote it": {"message": {"message_id": 1, "date": 1, "text": WORD, **here}},
            "it has no number": {"message": {"date": 1, "text": WORD, "from": {"id": ama.id}, **here}},
            "nobody pressed it": {"callback_query": {"id": "1", "message": {"message_id": 1, **here}}},
        }
        for why, update in spoilt.items():
            number = api.deliver(update)
            await talks(ama, f"afterwards, {why}")
            assert f"Update {number} " in bot.log
        # The press can be answered all the same, but Telegram never heard of it.
        api.assert_clean(allow=("query is too old",))


async def test_one_student_sending_fifty_messages_a_second_delays_nobody_else(tmp_path):
    async with echoing(tmp_path, limits=True) as (api, _):
        eager, others = api.user("Eager"), [api.user(f"Student {number}") for number in range(6)]
        sending = asyncio.create_task(
            _at_rate(lambda number: eager.says(f"{WORD} m{number}."), a_second=50, seconds=3)
        )
        rng = random.Random(3)
        while not sending.done():
            # Each of the others may be written to once a second.
            chosen = rng.sample(others, 3)
            await asyncio.gather(*(_is_answered_as_usual(one, f"q{rng.random()}") for one in chosen))
            await simulated(api, 0.5)
        said = await sending
        await eager.sees(f"m{said}.")
        answers = [re.findall(r"m(\d+)\.", text) for text in api.texts(eager.id)]
        assert [int(number) for answer in answers for number in answer] == list(range(1, said + 1))
        # A burst is taken together into one answer, so few are needed.
        assert len(answers) <= 15
        api.assert_clean()


async def test_phones_tapped_without_end_and_a_class_typing_inline_silence_nobody(tmp_path):
    async with echoing(tmp_path, limits=True) as (api, _):
        mad, calm = api.user("Mad"), api.user("Calm")
        typing = [api.user(f"Student {number}", started=True) for number in range(10)]
        await talks(mad, "before")
        await talks(calm, "before")

        async def tap(number):
            await mad.forges(f"forged {number}")
            await typing[number % 10].asks_inline(f"{WORD} {number}")

        tapping = asyncio.create_task(_at_rate(tap, a_second=50, seconds=3))
        while not tapping.done():
            await _is_answered_as_usual(calm, f"q{time.monotonic()}")
            await simulated(api, 0.8)
        await tapping
        api.assert_clean(allow=("query is too old", "message is not modified"))


async def test_threads_that_hang_hold_nobody_else_nor_the_end(tmp_path):
    async with echoing(tmp_path, unlimited=True) as (api, bot):
        for number in range(10):
            await api.user(f"Stuck {number}").says(f"{WORD} {BLOCK}")
        await api.confirmed()
        await talks(api.user("Ama"), "meanwhile")
        began = time.monotonic()
        assert await bot.stop() == 0
        assert time.monotonic() - began < 6
        assert len(bot.waiting) == 10


async def _at_rate(do, a_second, seconds):
    """Do something at this rate, however late the pauses end; return how often."""
    began, done = time.monotonic(), 0
    while (passed := time.monotonic() - began) < seconds:
        while done < passed * a_second:
            done += 1
            await do(done)
        await asyncio.sleep(0.01)
    return done


async def test_without_its_folder_the_bot_stays_up_says_so_and_goes_on_when_it_is_back(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    database = f"sqlite:///{folder / 'bot.db'}"
    async with echoing(tmp_path, database_url=database, speed=5, admin_ids="77") as (api, bot):
        operator, ama = api.user("Operator", id=77, started=True), api.user("Ama")
        await talks(ama, "before")
        for outage in range(1, 4):
            folder.rename(tmp_path / "elsewhere")
            said = bot.log.count("the database file is gone")
            await ama.says(f"{WORD} outage {outage}.")
            await logged(bot, "the database file is gone", times=said + 1)
            ama.sees_no(f"outage {outage}.")
            (tmp_path / "elsewhere").rename(folder)
            await ama.sees(f"outage {outage}.")
            assert times_seen(api, ama, f"outage {outage}.") == 1
        await talks(ama, "afterwards")
        # Three troubles within the hour, one message.
        assert len(api.texts(operator.id)) == 1
        assert "The database did not answer" in api.texts(operator.id)[0]
        assert bot.process.is_alive()
        api.assert_clean()


async def test_on_a_full_disk_the_bot_stays_up_says_so_and_goes_on_when_there_is_room(tmp_path):
    async with echoing(tmp_path, speed=5, unlimited=True, admin_ids="77") as (api, bot):
        operator, ama = api.user("Operator", id=77, started=True), api.user("Ama")
        await talks(ama, "before")
        while (full := (tmp_path / "bot.db-wal").stat().st_size) < 300_000:
            await talks(ama, f"filling {full}")
        # No file may grow beyond this; the log is smaller.
        everything = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (full, -1))
        await ama.says(f"{WORD} question")
        await logged(bot, "cannot be stored, trying again: StoreError: ")
        ama.sees_no("question")
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, everything)
        await ama.sees("question")
        await talks(ama, "afterwards")
        assert times_seen(api, ama, "question") == 1
        await api.until(lambda: api.texts(operator.id), "the operator to be told")
        assert len(api.texts(operator.id)) == 1
        api.assert_clean()
        assert await bot.stop() == 0
    with closing(sqlite3.connect(tmp_path / "bot.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not database.execute("SELECT * FROM inbox WHERE state != 'done'").fetchall()


async def test_the_operator_is_told_again_after_an_hour_and_not_before_whatever_restarts(tmp_path):
    began, speed = time.time() - 1, 20  # noqa: TID251 - the clock of the process under test begins here
    async with echoing(tmp_path, speed=speed, epoch=began, unlimited=True, admin_ids="77") as (api, bot):
        operator, ama = api.user("Operator", id=77, started=True), api.user("Ama")

        async def fails(after):
            """Let an update fail so many seconds after the bot first started."""
            if after:
                bot.kill()
                bot.options = replace(bot.options, epoch=began - after / (speed - 1))
                bot.start()
            await ama.says(f"{WORD} {FAILING}")
            await ama.sees("went wrong on my side")
            await talks(ama, "afterwards")

        await fails(after=0)
        await api.until(lambda: api.texts(operator.id), "the operator to be told")
        await fails(after=1_800)
        assert len(api.texts(operator.id)) == 1
        await fails(after=3_700)
        await api.until(lambda: len(api.texts(operator.id)) == 2, "the operator to be told again")
        api.assert_clean()
