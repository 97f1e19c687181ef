"""The words of scenarios, against a bot of a few lines."""

import asyncio
import contextlib

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)

from tests.botapi.scenario import play


async def little_bot(bot):
    """Answers a few things, for as long as it is left to."""
    offset = None
    rows = [
        [
            InlineKeyboardButton("Roadmap", callback_data="roadmap"),
            InlineKeyboardButton("More", url="https://t.me/career_test_bot?start=open_abc"),
        ]
    ]
    while True:
        for update in await bot.get_updates(offset=offset, timeout=10):
            offset = update.update_id + 1
            if update.message:
                said = f"You said: {update.message.text or 'nothing'}"
                await update.message.reply_text(said, reply_markup=InlineKeyboardMarkup(rows))
            elif update.callback_query:
                await update.callback_query.answer("Saved")
                await update.callback_query.edit_message_text(f"You pressed {update.callback_query.data}")
            elif update.inline_query:
                content = InputTextMessageContent("Pays well")
                await update.inline_query.answer([InlineQueryResultArticle("1", "Pay", content)])


@pytest.fixture
async def running(bot):
    task = asyncio.create_task(little_bot(bot))
    yield task
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@pytest.mark.usefixtures("running")
async def test_a_scenario_plays_line_by_line(api):
    api.group("Club", members=[api.user("Ben")])
    script = """
        # Ama asks, presses, and shares.
        ama says what is a backend developer
        ama sees You said: what is a backend developer
        ama sees button Roadmap
        ama sees no pressed
        ama presses Roadmap
        ama sees You pressed roadmap
        ama sees toast Saved
        ama sees no button Roadmap
        ama sends photo look
        ama sees nothing
        ama presses More
        ama sees You said: /start open_abc
        ama asks inline pay
        ama sees card Pays well
        ama sees no card Roadmap
        ben says in Club: /ask pay
        ben sees in vain
    """
    api.patience = 1
    with pytest.raises(AssertionError) as failed:
        await play(api, script)
    said = str(failed.value)
    assert said.startswith("line 18: ben sees in vain")
    assert "the screen shows:\nYou said: /ask pay\n[Roadmap] [More]" in said
    assert api.unanswered == []
    api.assert_clean()


@pytest.mark.usefixtures("running")
async def test_what_a_screen_shows_is_what_came_since_the_last_thing_done(api):
    ama = api.user("Ama")
    await ama.says("one")
    await ama.sees("one")
    await ama.says("two")
    await ama.sees("two")
    ama.sees_no("one")
    with pytest.raises(AssertionError, match="Ama sees"):
        ama.sees_no("two")
    assert ama.screen == "You said: two\n[Roadmap] [More]"
    await ama.forges("\x00" * 3)
    await ama.sees("You pressed", toast="Saved")


async def test_a_text_that_is_too_long_goes_out_in_pieces(api):
    ama = api.user("Ama")
    await ama.says("x" * 5000)
    sent = [
        one.content
        for one in api.world.chats[ama.id].messages.values()
        if one.content["from"]["id"] == ama.id
    ]
    assert [len(one["text"]) for one in sent] == [4096, 904]


@pytest.mark.parametrize("line", ["ama dances", "ama", "ama presses Nothing"])
async def test_a_line_that_cannot_be_played_is_named(api, line):
    api.patience = 0.05
    with pytest.raises(AssertionError, match=f"line 1: {line}"):
        await play(api, line)
