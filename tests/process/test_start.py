"""Starting and stopping: alone, in the middle of work, without network, without a good token."""

import asyncio
import signal
import sys
from contextlib import asynccontextmanager

import pytest

from tests.botapi.program import Options
from tests.cli.conftest import SAMPLE, unpacked
from tests.process.conftest import Running, eventually, serving, until_polling

COMMANDS = ("/help", "/about", "/privacy", "/parents", "/roadmap")
"""What is not taken together into one answer."""

FAST = 4
"""Simulated seconds in a real one, where pauses are waited for."""


@asynccontextmanager
async def program_of(folder, api, **more):
    """Run `run_bot.py` of a folder as one types it; nothing is set but what is given."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(folder / "run_bot.py"),
        cwd=folder,
        env={
            "PATH": "/usr/bin:/bin",
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_API_URL": api.url,
            "DATABASE_URL": f"sqlite:///{folder / 'own.db'}",
            "DEFAULT_ROLE": "gardener",
            **more,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture(scope="module")
def garden(tmp_path_factory):
    """The program with a knowledge that is learnt at once."""
    return unpacked(tmp_path_factory.mktemp("garden"), SAMPLE)


async def test_the_program_itself_starts_answers_and_stops(api, garden):
    async with program_of(garden, api) as process:
        await until_polling(api)
        ama = api.user("Ama")
        await ama.says("/start")
        await ama.sees("Hello! 👋", button="Gardener")
        await ama.says("what does a gardener do")
        await ama.sees("grow")
        process.send_signal(signal.SIGTERM)
        shown, _ = await process.communicate()
    assert process.returncode == 0, shown
    assert (garden / "own.db").is_file()
    assert api.token.encode() not in shown
    assert b"Traceback" not in shown
    api.assert_clean()


async def test_a_revoked_token_ends_the_program_with_one_clear_line(api, garden):
    api.revoke()
    async with program_of(garden, api, LOG_LEVEL="ERROR") as process:
        shown, _ = await process.communicate()
    assert process.returncode
    last = shown.decode().splitlines()[-1]
    assert "Telegram does not know this TELEGRAM_BOT_TOKEN" in last
    assert "Traceback" not in shown.decode()
    assert api.token not in shown.decode()


async def test_a_malformed_token_ends_the_program_with_one_clear_line(api, garden):
    cut = {"TELEGRAM_BOT_TOKEN": "123:secret"}
    async with program_of(garden, api, **cut) as process:
        shown, _ = await process.communicate()
    assert process.returncode
    (line,) = shown.decode().splitlines()
    assert line.startswith("TELEGRAM_BOT_TOKEN")
    assert "secret" not in line
    assert not api.calls


async def test_without_network_it_waits_and_then_works(tmp_path):
    async with serving(FAST) as api:
        await api.down()
        running = Running(Options(api.url, tmp_path, speed=FAST))
        await eventually(lambda: "cannot be reached" in running.log, "a word about it")
        await api.up()
        await until_polling(api)
        ama = api.user("Ama")
        await ama.says("how do i start?")
        await ama.sees("how do i start?")
        assert await running.stop() == 0
        running.assert_quiet()
        api.assert_clean()


async def test_without_network_it_can_be_stopped(tmp_path):
    async with serving() as api:
        await api.down()
        running = Running(Options(api.url, tmp_path))
        await eventually(lambda: "cannot be reached" in running.log, "a word about it")
        assert await running.stop() == 0
        running.assert_quiet()


async def test_told_to_stop_it_finishes_what_is_in_hand_and_leaves_the_rest_for_the_next_start(tmp_path):
    async with serving(FAST) as api:
        running = Running(Options(api.url, tmp_path, speed=FAST))
        await until_polling(api)
        people = [api.user(f"student {number}") for number in range(4)]
        api.faults.delay("sendMessage", seconds=2, times=len(people))
        for person in people:
            for command in COMMANDS:
                await person.says(command)
        await api.until(lambda: len(api.calls_of("sendMessage")) == len(people), "answers under way")
        began = api.clock()
        assert await running.stop() == 0
        assert api.clock() - began < 5 * FAST
        api.faults.clear()
        assert [len(api.texts(person.id)) for person in people] == [1] * len(people)
        running.start()
        for person in people:
            await person.sees(COMMANDS[-1])
            assert api.texts(person.id) == list(COMMANDS)
        assert await running.stop() == 0
        running.assert_quiet()
        running.assert_forgotten(api)
        api.assert_clean()


async def test_a_call_that_hangs_does_not_hold_up_the_end_and_is_answered_after_it(tmp_path):
    async with serving(FAST) as api:
        running = Running(Options(api.url, tmp_path, speed=FAST))
        await until_polling(api)
        ama = api.user("Ama")
        stuck = api.faults.hang("sendMessage")
        await ama.says("how do i start?")
        await api.until(lambda: stuck.hits, "the call that hangs")
        assert await running.stop(5) == 0
        assert api.texts(ama.id) == []
        running.start()
        await ama.sees("how do i start?")
        assert await running.stop() == 0
        running.assert_quiet()
        api.assert_clean()
