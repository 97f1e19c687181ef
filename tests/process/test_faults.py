"""Whatever goes wrong between the bot and Telegram, the chat goes on, and nothing is done twice."""

from __future__ import annotations

import asyncio
import random

import aiohttp
import pytest

from tests.process.conftest import until_polling
from tests.process.echo import WORD, echoing, simulated, talks, times_seen

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)

UNKNOWN_END = {
    "reset before": lambda faults, method, **which: faults.reset_before(method, **which),
    "reset after": lambda faults, method, **which: faults.reset_after(method, **which),
    "502 with HTML": lambda faults, method, **which: faults.bad_gateway(method, **which),
    "500": lambda faults, method, **which: faults.error(method, 500, **which),
    "hang": lambda faults, method, **which: faults.hang(method, **which),
}
"""After these nobody knows whether the call took effect."""

PASSING = {
    "429": lambda faults, method, **which: faults.error(method, 429, retry_after=3, **which),
    "delay": lambda faults, method, **which: faults.delay(method, seconds=5, **which),
    "too long": lambda faults, method, **which: _refuse(faults, method, "message is too long", which),
    "markup": lambda faults, method, **which: _refuse(faults, method, "can't parse entities: x", which),
    "button": lambda faults, method, **which: _refuse(faults, method, "BUTTON_DATA_INVALID", which),
    "keyboard": lambda faults, method, **which: _refuse(faults, method, "reply markup is too long", which),
    "409": lambda faults, method, **which: faults.error(method, 409, CONFLICT, **which),
}
"""After these it surely did not, and trying again helps."""

FOR_GOOD = {
    "blocked": lambda faults, method, **which: faults.error(method, 403, **which),
    "deactivated": lambda faults, method, **which: faults.error(
        method, 403, "Forbidden: user is deactivated", **which
    ),
    "no chat": lambda faults, method, **which: faults.error(method, 400, **which),
}
"""After these there is nothing to be tried again."""

OF_A_MESSAGE = {
    "not modified": lambda faults, method, **which: _refuse(faults, method, "message is not modified", which),
    "gone": lambda faults, method, **which: _refuse(faults, method, "message to edit not found", which),
}

OF_A_QUERY = {
    "too old": lambda faults, method, **which: _refuse(
        faults, method, "query is too old and response timeout expired or query ID is invalid", which
    ),
    "401": lambda faults, method, **which: faults.error(method, 401, **which),
    "404": lambda faults, method, **which: faults.error(method, 404, **which),
}


def _refuse(faults, method, words, which):
    return faults.error(method, 400, f"Bad Request: {words}", **which)


async def _everybody(api, people, *, allow=()):
    """Let everybody do something while something goes wrong; their chats must go on afterwards."""

    async def alone(name, act):
        try:
            person = api.user(name)
            await talks(person, "before")
            await act(person)
            await talks(person, "afterwards")
        except AssertionError as failure:
            told = f"{name}: {failure}"
            raise AssertionError(told) from None

    await asyncio.gather(*(alone(name, act) for name, act in people.items()))
    await api.confirmed()
    api.assert_clean(allow)


async def test_sending_goes_wrong_in_every_way_and_the_chat_goes_on(tmp_path):
    async with echoing(tmp_path, speed=15) as (api, _):

        def sending(name, fault):
            async def act(person):
                hit = fault(api.faults, "sendMessage", chat=person.id)
                await person.says(f"{WORD} question")
                if name in PASSING:
                    await person.sees("question")
                await api.until(lambda: hit.hits, "the fault to be met")

            return act

        await _everybody(
            api,
            {name: sending(name, fault) for name, fault in (UNKNOWN_END | PASSING | FOR_GOOD).items()},
        )
        seen = {name: times_seen(api, api.person(name), "question") for name in UNKNOWN_END | PASSING}
    # What may have arrived is not sent again.
    assert seen == dict.fromkeys(UNKNOWN_END, 0) | {"reset after": 1} | dict.fromkeys(PASSING, 1)


async def test_editing_goes_wrong_in_every_way_and_the_chat_goes_on(tmp_path):
    async with echoing(tmp_path, speed=15) as (api, _):

        def editing(name, fault):
            async def act(person):
                hit = fault(api.faults, "editMessageText", chat=person.id)
                pressed = await person.presses("Press")
                # An edit may be made again whatever became of it.
                if name not in FOR_GOOD | {"not modified": 0}:
                    await person.sees("pressed")
                await api.until(lambda: hit.hits and pressed.answered_at, "the press to be answered")

            return act

        kinds = UNKNOWN_END | PASSING | FOR_GOOD | OF_A_MESSAGE
        await _everybody(
            api,
            {name: editing(name, fault) for name, fault in kinds.items()},
            allow=("message is not modified",),
        )
        assert not api.unanswered
        # What cannot be edited any more is said anew; nothing else is.
        news = {name: times_seen(api, api.person(name), "pressed") for name in kinds}
        assert news == dict.fromkeys(kinds, 1) | dict.fromkeys((*FOR_GOOD, "not modified"), 0)


async def test_erasing_goes_wrong_in_every_way_and_the_chat_goes_on(tmp_path):
    async with echoing(tmp_path, speed=15) as (api, _):

        def erasing(name, fault):
            async def act(person):
                hit = fault(api.faults, "deleteMessages", chat=person.id)
                pressed = await person.forges("1:erase:")
                await api.until(lambda: hit.hits and pressed.answered_at, "the press to be answered")
                if name not in FOR_GOOD:
                    await api.until(lambda: not times_seen(api, person, "before"), "the message to go")

            return act

        kinds = UNKNOWN_END | PASSING | FOR_GOOD
        await _everybody(api, {name: erasing(name, fault) for name, fault in kinds.items()})
        assert not api.unanswered


async def test_answering_a_press_goes_wrong_in_every_way_and_the_chat_goes_on(tmp_path):
    async with echoing(tmp_path, speed=15) as (api, _):

        def pressing(name, fault):
            async def act(person):
                pressed = await person.presses("Press")
                hit = fault(
                    api.faults,
                    "answerCallbackQuery",
                    when=lambda call: call.params["callback_query_id"] == pressed.id,
                )
                await person.sees("pressed")
                await api.until(lambda: hit.hits, "the fault to be met")
                if name in UNKNOWN_END or name in {"429", "delay"}:
                    await api.until(lambda: pressed.answered_at, "the press to be answered")

            return act

        kinds = UNKNOWN_END | PASSING | FOR_GOOD | OF_A_QUERY
        await _everybody(api, {name: pressing(name, fault) for name, fault in kinds.items()})


async def test_answering_inline_goes_wrong_in_every_way_and_the_next_question_is_answered(tmp_path):
    async with echoing(tmp_path, speed=15) as (api, _):

        def asking(name, fault):
            async def act(person):
                asked = await person.asks_inline(WORD)
                hit = fault(
                    api.faults,
                    "answerInlineQuery",
                    when=lambda call: call.params["inline_query_id"] == asked.id,
                )
                await api.until(lambda: hit.hits, "the fault to be met")
                if name in {"reset before", "502 with HTML", "500", "429"}:
                    await person.inline_answered()
                await person.asks_inline(f"{WORD} again")
                await person.inline_answered()

            return act

        kinds = UNKNOWN_END | PASSING | FOR_GOOD | OF_A_QUERY
        await _everybody(api, {name: asking(name, fault) for name, fault in kinds.items()})


async def test_everything_goes_wrong_in_a_row_at_the_start_and_then_the_bot_works(tmp_path):
    kinds = UNKNOWN_END | {"429": PASSING["429"], "409": PASSING["409"]} | FOR_GOOD
    async with echoing(tmp_path, speed=100, ready=False) as (api, bot):
        for fault in kinds.values():
            fault(api.faults, "getMe")
            fault(api.faults, "getUpdates")
        for fault in UNKNOWN_END.values():
            fault(api.faults, "setMyCommands")
        await until_polling(api)
        await talks(api.person("Ama"), "question")
        assert bot.log.count("Telegram cannot be reached yet") == 1
        assert "Traceback" not in bot.log
        api.assert_clean()


async def test_fetching_goes_wrong_in_every_way_while_the_bot_runs(tmp_path):
    kinds = UNKNOWN_END | PASSING | FOR_GOOD
    async with echoing(tmp_path, speed=100) as (api, bot):
        await talks(api.person("Ama"), "before")
        for fault in kinds.values():
            fault(api.faults, "getUpdates")
        await talks(api.person("Ama"), "question")
        await api.confirmed()
        assert api.texts(api.person("Ama").id) == [f"{WORD} before", f"{WORD} question"]
        assert "Traceback" not in bot.log
        api.assert_clean()


async def test_a_webhook_that_was_set_is_removed(tmp_path):
    async with echoing(tmp_path, speed=20) as (api, _):
        api.faults.reset_before("deleteWebhook")
        api.faults.error("getUpdates", 409, WEBHOOK, when=lambda _: not removed(), times=None)

        def removed():
            return any(call.ok for call in api.calls_of("deleteWebhook"))

        await talks(api.person("Ama"), "question")
        api.assert_clean()


@pytest.mark.parametrize(
    ("method", "code"),
    [("sendMessage", 401), ("sendMessage", 404), ("editMessageText", 401), ("deleteMessages", 401)],
)
async def test_a_refused_token_ends_the_bot_with_one_line_and_what_waits_is_kept(tmp_path, method, code):
    async with echoing(tmp_path) as (api, bot):
        ama, ben = api.person("Ama"), api.person("Ben")
        await talks(ama, "before")
        api.faults.error((method, "getUpdates"), code, when=lambda call: _is(call, method, met), times=None)
        met = []
        if method == "sendMessage":
            await ama.says(f"{WORD} question")
            await ben.says(f"{WORD} other")
        else:
            await ama.forges("1:erase:" if method == "deleteMessages" else "1:helpful:234567")
        assert await bot.ended() == 2
        told = bot.log.strip().splitlines()[-1]
        assert told.startswith("Telegram does not know this TELEGRAM_BOT_TOKEN (any more).")
        assert "Traceback" not in bot.log
        assert bot.log.count("TELEGRAM_BOT_TOKEN") == 1

        api.faults.clear()
        bot.start()
        if method == "sendMessage":
            await ama.sees("question")
            await ben.sees("other")
            assert times_seen(api, ama, "question") == times_seen(api, ben, "other") == 1
        elif method == "editMessageText":
            await ama.sees("pressed")
        else:
            await api.until(lambda: not api.texts(ama.id), "the message to go")
        api.assert_clean()


def _is(call, method, met):
    """Say whether a call is to be refused: fetching only once the other method was."""
    if call.method == method:
        met.append(call)
    return bool(met)


async def test_a_token_revoked_while_nobody_writes_ends_the_bot_with_one_line(tmp_path):
    async with echoing(tmp_path) as (api, bot):
        await talks(api.person("Ama"), "before")
        api.revoke()
        assert await bot.ended() == 2
        assert bot.log.count("TELEGRAM_BOT_TOKEN") == 1
        assert "Traceback" not in bot.log


async def test_every_chat_told_to_wait_is_left_alone_as_long_as_told(tmp_path):
    async with echoing(tmp_path, speed=20) as (api, _):
        people = [api.user(f"Student {number}") for number in range(8)]
        for number, person in enumerate(people):
            await person.says(f"{WORD} before")
            await person.sees("before")
            # Told one after the other, and one call is let through between, so each alone.
            api.faults.error("sendMessage", 429, retry_after=5 + number, times=2, chat=person.id)
        free = api.user("Free")
        for person in people:
            await person.says(f"{WORD} question")
            await talks(free, "meanwhile")
        for person in people:
            await person.sees("question")
            assert times_seen(api, person, "question") == 1
        # The server notes a call to a chat before its time is over.
        api.assert_clean()


async def test_when_three_chats_in_a_row_are_told_to_wait_nobody_is_written_to_until_then(tmp_path):
    async with echoing(tmp_path, speed=10) as (api, _):
        people = [api.user(f"Student {number}") for number in range(12)]
        await asyncio.gather(*(talks(person, "before") for person in people))
        told, others = people[:3], people[3:]
        storm = api.faults.error("sendMessage", 429, retry_after=20, times=3)
        for person in told:
            await person.says(f"{WORD} question")
        await api.until(lambda: storm.hits == 3, "three chats to be told to wait")
        last = [call.at for call in api.calls if call.scripted is storm][-1]
        for person in others:
            await person.says(f"{WORD} question")
        await asyncio.gather(*(person.sees("question") for person in people))
        assert min(call.at for call in api.calls_of("sendMessage") if call.at > last) >= last + 20
        assert {times_seen(api, person, "question") for person in people} == {1}
        api.assert_clean()


async def test_connections_cut_at_random_never_make_the_bot_say_a_thing_twice(tmp_path):
    rng = random.Random(7)
    async with echoing(tmp_path, unlimited=True) as (api, _):
        people = [api.user(f"Student {number}") for number in range(20)]

        def sometimes(_):
            return rng.random() < 0.3

        before = api.faults.reset_before("sendMessage", times=None, when=sometimes)
        after = api.faults.reset_after("sendMessage", times=None, when=sometimes)
        for number in range(1, 6):
            await asyncio.gather(*(person.says(f"{WORD} q{number}.") for person in people))
            answers = 20 * number
            await api.until(lambda: len(api.calls_of("sendMessage")) >= answers, "all to be answered")  # noqa: B023 - used at once
        api.faults.clear()
        await asyncio.gather(*(talks(person, "afterwards") for person in people))
        assert before.hits > 10
        assert after.hits > 10
        for person in people:
            assert max(times_seen(api, person, f"q{number}.") for number in range(1, 6)) <= 1
        api.assert_clean()


async def test_a_poll_that_stalls_is_made_anew(tmp_path):
    async with echoing(tmp_path, speed=60) as (api, bot):
        stalled = api.faults.hang("getUpdates")
        await talks(api.person("Ama"), "question that wakes the poll in hand")
        await api.until(lambda: stalled.hits, "a poll that stalls")
        await talks(api.person("Ama"), "question during the stall")
        assert bot.log.count("Telegram cannot be asked for updates") == 1
        assert bot.log.count("Telegram answers again.") == 1
        api.assert_clean()


async def test_a_second_program_on_the_token_is_named_once_and_outlived(tmp_path):
    async with echoing(tmp_path, speed=10, admin_ids="77") as (api, bot):
        operator = api.user("Operator", id=77, started=True)
        api.calls.clear()
        address = f"{api.url}/bot{api.token}/getUpdates"

        async def second_program():
            async with aiohttp.ClientSession() as session:
                while True:
                    async with session.post(address, json={"timeout": 50}) as answer:
                        await answer.read()

        rival = asyncio.create_task(second_program())
        await api.until(lambda: sum(call.code == 409 for call in api.calls) > 10, "the two to fight")
        await talks(api.person("Ama"), "meanwhile")
        rival.cancel()
        await talks(api.person("Ama"), "afterwards")
        await api.until(lambda: api.texts(operator.id), "the operator to be told")
        assert len(api.texts(operator.id)) == 1
        assert "run only once" in api.texts(operator.id)[0]
        assert 1 <= bot.log.count("Another program fetches updates") <= 5
        assert times_seen(api, api.person("Ama"), "meanwhile") == 1
        api.assert_clean()


async def test_after_ten_minutes_without_telegram_everybody_is_answered(tmp_path):
    async with echoing(tmp_path, speed=120, admin_ids="77", unlimited=True) as (api, bot):
        operator = api.user("Operator", id=77, started=True)
        people = [api.user(f"Student {number}") for number in range(10)]
        await asyncio.gather(*(talks(person, "before") for person in people))
        # One answer is in hand and waits for its chat when Telegram goes.
        api.faults.error("sendMessage", 429, retry_after=60, chat=people[0].id)
        await people[0].says(f"{WORD} in hand")
        await api.until(lambda: any(call.code == 429 for call in api.calls), "the chat to be told to wait")
        await api.confirmed()
        await api.down()
        down_at = api.clock()
        for minute in range(10):
            await simulated(api, 60)
            for person in people:
                await person.says(f"{WORD} minute {minute}.")
        assert api.clock() - down_at > 600
        await api.up()
        for person in people:
            await person.sees("minute 9.")
        await api.until(lambda: api.texts(operator.id), "the operator to be told")
        for person in people:
            assert {times_seen(api, person, f"minute {minute}.") for minute in range(10)} == {1}
        assert times_seen(api, people[0], "in hand") == 1
        assert len(api.texts(operator.id)) == 1
        # Trying again and again is not told each time; a busy machine may add a line at this speed.
        assert 1 <= bot.log.count("cannot be asked for updates") <= 4
        assert 1 <= bot.log.count("Telegram cannot be reached") <= 4
        api.assert_clean()


async def test_a_group_that_becomes_a_supergroup_meanwhile_gets_its_answer_there(tmp_path):
    async with echoing(tmp_path) as (api, _):
        ama = api.person("Ama")
        club = api.group("Club", members=[ama], kind="group")
        await ama.says(f"/ask {WORD} question", to=club)
        club.upgrade()
        await ama.sees("question", where=club)
        await ama.says(f"/ask {WORD} afterwards", to=club)
        await ama.sees("afterwards", where=club)
        api.assert_clean()
