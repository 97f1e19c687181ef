"""Pictures, files, sharing, and what is said while nothing can be saved, as people see it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from tests.botapi.program import DRAW, FILE, image
from tests.process.conftest import eventually
from tests.process.echo import WORD, echoing, talks, times_seen

NOT_SAVED = "I cannot save anything right now"

UNKNOWN_END = {
    "reset before": lambda faults, method, **which: faults.reset_before(method, **which),
    "reset after": lambda faults, method, **which: faults.reset_after(method, **which),
    "502 with HTML": lambda faults, method, **which: faults.bad_gateway(method, **which),
    "500": lambda faults, method, **which: faults.error(method, 500, **which),
}
"""After these nobody knows whether the call took effect."""

PASSING = {
    "429": lambda faults, method, **which: faults.error(method, 429, retry_after=3, **which),
    "delay": lambda faults, method, **which: faults.delay(method, seconds=5, **which),
    "refused": lambda faults, method, **which: faults.error(
        method, 400, "Bad Request: IMAGE_PROCESS_FAILED", **which
    ),
}
"""After these it surely did not, and trying again helps."""


async def test_a_picture_arrives_with_its_caption_and_what_is_pressed_under_it_is_said_anew(tmp_path):
    async with echoing(tmp_path, speed=5) as (api, _):
        ama = api.user("Ama")
        await ama.says(f"{WORD} <b>& {DRAW}")
        await ama.sees(f"{WORD} <b>& {DRAW}", button="Share")
        assert ama.pictures == [image()]
        pressed = await ama.presses("Press")
        await ama.sees("pressed")
        assert pressed.text == "toast"
        assert api.texts(ama.id)[0] == f"{WORD} <b>& {DRAW}"
        assert not api.calls_of("editMessageText")
        await api.confirmed()
        api.assert_clean()


async def test_a_file_arrives_whole_and_under_its_name(tmp_path):
    async with echoing(tmp_path, speed=5) as (api, _):
        ama = api.user("Ama")
        await ama.says(f"{WORD} {FILE}")
        await ama.sees(FILE, button="Press")
        assert ama.documents == {"සිත.json": f"{WORD} {FILE}".encode()}
        await ama.presses("Press")
        await ama.sees("pressed")
        api.assert_clean()


async def test_a_caption_of_any_length_arrives(tmp_path):
    async with echoing(tmp_path, speed=5) as (api, _):
        ama = api.user("Ama")
        await ama.says(f"{WORD} {DRAW} " + "word " * 790)
        await ama.sees(DRAW)
        [caption] = api.texts(ama.id)
        assert 1_000 < len(caption) <= 1_024
        assert caption.endswith("…")
        api.assert_clean()


async def test_a_picture_is_shared_with_a_club_whose_members_find_the_way_into_private(tmp_path):
    async with echoing(tmp_path, speed=5) as (api, _):
        ama, ben = api.user("Ama"), api.user("Ben")
        club = api.group("Club", members=[ama, ben])
        await ama.says(f"{WORD} {DRAW}")
        await ama.sees(DRAW, button="Share")
        asked = await ama.shares("Share", club)
        assert asked.text == f"{WORD} {DRAW}"
        card = await ama.sees_card("My way")
        assert (card["type"], asked.params["is_personal"], int(asked.params["cache_time"])) == (
            "photo",
            "true",
            0,
        )
        posted = await ama.posts_card("My way", to=club)
        largest = posted["photo"][-1]
        assert api.world.files[largest["file_id"]][1] == image()
        assert (largest["width"], posted["caption"]) == (640, asked.text)
        [[button]] = posted["reply_markup"]["inline_keyboard"]
        assert button["url"] == f"https://t.me/{api.me.username}?start=chat"
        await ben.presses("The same way", where=club)
        await ben.sees("/start chat")
        api.assert_clean()


async def test_a_picture_of_somebody_else_is_shared_by_nobody(tmp_path):
    async with echoing(tmp_path, speed=5) as (api, _):
        ama, ben = api.user("Ama"), api.user("Ben")
        await ama.says(f"{WORD} {DRAW}")
        await ama.sees(DRAW)
        await ben.asks_inline(f"{WORD} {DRAW}")
        assert (await ben.sees_card("My way"))["type"] == "article"
        await ama.asks_inline(f"{WORD} {DRAW}")
        assert (await ama.sees_card("My way"))["type"] == "photo"
        api.assert_clean()


@pytest.mark.parametrize(("asks", "method"), [(DRAW, "sendPhoto"), (FILE, "sendDocument")])
async def test_sending_up_goes_wrong_in_every_way_and_the_chat_goes_on(tmp_path, asks, method):
    async with echoing(tmp_path, speed=15) as (api, _):

        async def alone(name, fault):
            person = api.user(name)
            await talks(person, "before")
            hit = fault(api.faults, method, chat=person.id)
            await person.says(f"{WORD} {asks}")
            await api.until(lambda: hit.hits, "the fault to be met")
            if name in PASSING:
                await person.sees(asks)
            await talks(person, "afterwards")

        kinds = UNKNOWN_END | PASSING
        await asyncio.gather(*(alone(name, fault) for name, fault in kinds.items()))
        await api.confirmed()
        seen = {name: times_seen(api, api.person(name), asks) for name in kinds}
        api.assert_clean()
    # What may have arrived is not sent again.
    assert seen == dict.fromkeys(UNKNOWN_END, 0) | {"reset after": 1} | dict.fromkeys(PASSING, 1)


# While nothing can be saved


async def test_while_the_database_is_gone_everybody_is_told_and_then_answered_once(tmp_path):
    async with echoing(tmp_path, speed=2) as (api, bot):
        database, aside = tmp_path / "bot.db", tmp_path / "elsewhere.db"
        ama, ben = api.user("Ama"), api.user("Ben")
        club = api.group("Club", members=[ben])
        await talks(ama, "before")
        await ben.says(f"/ask {WORD} in the club", to=club)
        await ben.sees("in the club", button="Press")
        await api.confirmed()
        database.rename(aside)
        await ama.says(f"{WORD} the first")
        await ama.sees(NOT_SAVED)
        await ama.says(f"{WORD} the second")
        pressed = await ben.presses("Press", where=club)
        await ben.says(f"/ask {WORD} from the club", to=club)
        await api.until(lambda: pressed.answered_at, "the press to be answered")
        assert NOT_SAVED in pressed.text
        assert len(api.pending) == 4
        aside.rename(database)
        await ama.sees("the first", "the second")
        await ben.sees("from the club")
        await api.confirmed()
        assert times_seen(api, ama, NOT_SAVED) == 1
        for chat, words in (
            (ama, "the first"),
            (ama, "the second"),
            (club, "from the club"),
            (club, "pressed"),
        ):
            assert times_seen(api, chat, words) == 1
        assert times_seen(api, club, NOT_SAVED) == 0
        api.assert_clean()
        assert bot.log.count("Updates cannot be stored") == bot.log.count("Updates are stored again") == 1


async def test_while_the_database_is_locked_who_presses_is_told_though_too_late_for_a_toast(tmp_path):
    async with echoing(tmp_path, speed=5) as (api, bot):
        ama = api.user("Ama")
        await talks(ama, "before")
        await api.confirmed()
        # What was answered last is marked as done after its answer has gone out.
        await eventually(lambda: not bot.waiting, "the inbox to be empty")
        with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            pressed = await ama.presses("Press")
            await ama.sees(NOT_SAVED)
            assert pressed.text is None
            assert len(api.pending) == 1
            other.execute("ROLLBACK")
        await ama.sees("pressed")
        await api.confirmed()
        assert times_seen(api, ama, "pressed") == 1
        api.assert_clean()
