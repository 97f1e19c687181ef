"""A student takes along and erases what is kept, and the whole bot has no trace of them."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.journey import Act
from bot.storage.database import Database
from bot.storage.journeys import Journeys
from bot.storage.lapse import SILENT_SECONDS
from tests.botapi.program import Options
from tests.process.conftest import Running, eventually, serving, until_polling

COLOMBO = ZoneInfo("Asia/Colombo")
AMA, BEN, CHITRA = 8_417_263_951, 8_417_263_952, 8_417_263_953
"""Long enough not to stand in a file by chance."""

NAME = "Amarasinghe"
DAY = 24 * 3600
FAST = 2
NOON = int(datetime(2029, 6, 1, 12, tzinfo=ZoneInfo("Asia/Colombo")).timestamp())


@pytest.fixture
def running(engine, tmp_path):
    """Starts the product; its time goes `FAST` times as fast where it begins in the future."""
    assert engine
    begun = []

    def start(api, at=0.0):
        # The simulated time is `epoch`, and what has passed since then times `speed`.
        here = time.time()  # noqa: TID251 - the clock that the product is given begins here
        epoch = (at - FAST * here) / (1 - FAST) if at else 0.0
        speed = FAST if at else 1
        begun.append(Running(Options(api.url, tmp_path, echo=False, epoch=epoch, speed=speed)))
        return begun[-1]

    yield start
    for one in begun:
        one.kill()


def cells(path):
    """Every value of every table."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            str(cell)
            for table in tables
            for row in database.execute(f"SELECT * FROM {table}")  # noqa: S608 - its own tables
            for cell in row
        ]


def holds(bot, text):
    """Tell where a text is found: the tables, the bytes of the files, the log."""
    stored = any(text in cell for cell in cells(bot.options.folder / "bot.db"))
    return [stored, text.encode() in bot.database, text in bot.log]


async def test_after_forgetting_no_file_holds_a_trace_of_the_student(api, running):
    bot = running(api)
    await until_polling(api)
    ama = api.user(NAME, id=AMA)
    await ama.says("/start")
    await ama.sees("Hello")
    await ama.says("i finished cs50")
    await ama.presses("Keep my progress")
    await ama.sees("Marked as done")
    await ama.says("/export")
    await ama.sees("all that I keep about you", button="Forget me")
    kept = json.loads(next(iter(ama.documents.values())))
    assert [one["kind"] for one in kept["database"]["events"]["rows"]][:2] == ["kept", "done"]
    assert kept["database"]["students"]["rows"][0]["student"] == str(AMA)
    assert any(holds(bot, str(AMA)))

    await ama.says("delete my data")
    await ama.sees("cannot be undone", "within two weeks", button="Erase everything")
    await ama.presses("Erase everything")
    await ama.sees("Done: I keep nothing about you any more")
    for text in (str(AMA), NAME, "cs50"):
        await eventually(lambda text=text: not any(holds(bot, text)), f"no trace of {text}")
    assert await bot.stop() == 0
    for text in (str(AMA), NAME, "cs50"):
        assert not any(holds(bot, text))
    bot.assert_quiet()
    api.assert_clean()


async def test_two_years_of_silence_bring_a_notice_and_then_the_end(running, tmp_path):
    database = await Database.open(f"sqlite:///{tmp_path / 'bot.db'}")
    journeys = Journeys(database, COLOMBO)
    for student in (AMA, BEN, CHITRA):
        long_ago = NOON - SILENT_SECONDS - DAY
        await journeys.change(str(student), f"{student}-1", long_ago, "button", lambda _: (Act("kept"),))
    await database.close()
    async with serving(FAST) as api:
        ama, ben, chitra = (
            api.user(name, id=number, started=True)
            for name, number in (("Ama", AMA), ("Ben", BEN), ("Chitra", CHITRA))
        )
        bot = running(api, NOON)
        await ama.sees("not been here for two years", button="Keep it")
        await ben.sees("30 days", button="Erase it now")
        await chitra.sees("30 days")
        await ama.presses("Keep it")
        await ama.sees("everybody starts here")
        await ben.presses("Erase it now")
        await ben.sees("Done: I keep nothing about you any more")
        await eventually(lambda: not any(holds(bot, str(BEN))), "no trace of Ben")
        assert await bot.stop() == 0

        api.clear_records()
        bot = running(api, NOON + 31 * DAY)
        await eventually(lambda: not any(holds(bot, str(CHITRA))), "no trace of Chitra")
        assert holds(bot, str(AMA)) == [True, True, False]
        assert await bot.stop() == 0
        assert not api.calls_of("sendMessage")
        bot.assert_quiet()
