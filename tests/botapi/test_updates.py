"""Updates: offsets, long polls, a second poller, what a group lets through."""

import asyncio

import pytest
from telegram import error
from telegram.ext import Application, MessageHandler, filters

from tests.botapi.conftest import client, raw
from tests.botapi.scenario import KINDS
from tests.botapi.server import BotApi


def texts(updates):
    return [one.effective_message.text for one in updates]


async def test_updates_come_until_they_are_confirmed(api, bot):
    ama = api.user("Ama")
    for word in ("one", "two", "three"):
        await ama.says(word)
    first = await bot.get_updates(limit=2)
    assert texts(first) == ["one", "two"]
    assert texts(await bot.get_updates()) == ["one", "two", "three"]
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert texts(rest) == ["three"]
    assert [one.update_id for one in (*first, *rest)] == list(
        range(first[0].update_id, first[0].update_id + 3)
    )
    await bot.get_updates(offset=rest[-1].update_id + 1)
    assert api.pending == []
    await api.confirmed()


async def test_a_negative_offset_forgets_all_but_the_last(api, bot):
    ama = api.user("Ama")
    for word in ("one", "two", "three"):
        await ama.says(word)
    assert texts(await bot.get_updates(offset=-1)) == ["three"]
    assert len(api.pending) == 1


async def test_an_offset_asked_for_again_at_once_brings_one_update(api, bot):
    ama = api.user("Ama")
    for word in ("one", "two"):
        await ama.says(word)
    start = api.pending[0]["update_id"]
    assert len(await bot.get_updates(offset=start)) == 2
    assert len(await bot.get_updates(offset=start)) == 1


async def test_a_long_poll_waits_for_what_comes_and_no_longer_than_asked():
    async with BotApi(speed=100) as api, client(api) as bot:
        assert await bot.get_updates(timeout=10) == ()
        poll = asyncio.create_task(bot.get_updates(timeout=50))
        await api.until(lambda: len(api.calls_of("getUpdates")) == 2)
        await api.user("Ama").says("hello")
        assert texts(await poll) == ["hello"]


async def test_a_second_poller_ends_the_first(api, bot):
    async with client(api) as other:
        poll = asyncio.create_task(bot.get_updates(timeout=50))
        await api.until(lambda: api.calls_of("getUpdates"))
        await other.get_updates(timeout=0)
        with pytest.raises(error.Conflict, match="terminated by other getUpdates request"):
            await poll


async def test_only_the_kinds_asked_for_come_and_the_choice_is_remembered(api, bot):
    await bot.get_updates(allowed_updates=["callback_query"])
    await api.user("Ama").says("hello")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=[])
    await api.user("Ama").says("hello")
    assert len(await bot.get_updates()) == 1


async def test_updates_can_be_handed_out_three_times_though_confirmed(api, bot):
    api.redeliver(3)
    await api.user("Ama").says("hello")
    seen, offset = [], None
    for _ in range(5):
        for update in await bot.get_updates(offset=offset):
            seen.append(update.update_id)
            offset = update.update_id + 1
    assert len(seen) == 3
    assert len(set(seen)) == 1


async def test_any_json_can_be_delivered(api):
    number = api.deliver({"message": {"text": "\ud800", "date": "soon"}})
    answer = await raw(api, "getUpdates", {})
    assert answer["result"] == [{"update_id": number, "message": {"text": "\ud800", "date": "soon"}}]


async def test_privacy_mode_lets_commands_replies_and_service_messages_through(api, bot):
    ama = api.user("Ama", username="ama_1")
    club = api.group("Club", members=[ama])
    await ama.says("hello all", to=club)
    await ama.says("@career_test_bot pay?", to=club)
    await ama.says("/ask@other_bot pay", to=club)
    await ama.says("/ask pay", to=club)
    await ama.says("/ask@Career_Test_Bot pay", to=club)
    sent = await bot.send_message(club.id, "an answer")
    await ama.says("thanks", to=club, reply_to=sent.to_dict())
    club.join(api.user("Ben"))
    heard = await bot.get_updates()
    assert texts(heard) == ["/ask pay", "/ask@Career_Test_Bot pay", "thanks", None]
    assert heard[2].message.reply_to_message.message_id == sent.message_id
    assert heard[3].message.new_chat_members[0].first_name == "Ben"


async def test_an_admin_and_a_bot_without_privacy_mode_hear_everything(api, bot):
    ama = api.user("Ama")
    club = api.group("Club", members=[ama], admin=True)
    await ama.says("hello all", to=club)
    assert texts(await bot.get_updates()) == ["hello all"]
    async with BotApi(privacy=False) as open_api, client(open_api) as other:
        assert other.can_read_all_group_messages
        ben = open_api.user("Ben")
        await ben.says("hello all", to=open_api.group("Club", members=[ben]))
        assert texts(await other.get_updates()) == ["hello all"]


async def test_mentions_pass_when_told_so():
    async with BotApi(mentions_pass=True) as api, client(api) as bot:
        ama = api.user("Ama")
        await ama.says("😀 @career_test_bot pay?", to=api.group("Club", members=[ama]))
        update = (await bot.get_updates())[0]
        mention = update.message.entities[0]
        assert (mention.offset, mention.length) == (3, 16)
        assert update.message.parse_entity(mention) == "@career_test_bot"


async def test_topics_and_anonymous_admins_look_as_they_do_on_telegram(api, bot):
    ama = api.user("Ama")
    club = api.group("Club", members=[ama], forum=True)
    thread = club.open_topic("Pay")
    await ama.says("/ask", to=club, thread=thread, anonymous=True)
    message = (await bot.get_updates())[-1].message
    assert (message.message_thread_id, message.reply_to_message.forum_topic_created.name) == (thread, "Pay")
    assert (message.from_user.id, message.sender_chat.id) == (1087968824, club.id)


async def test_every_kind_of_message_is_one_the_library_can_read(api, bot):
    ama = api.user("Ama")
    kinds = list(KINDS)
    for kind in kinds:
        await ama.sends(kind, caption="look" if kind == "photo" else "")
    said = await ama.says("hello")
    await ama.edits(said, "hello @ama_1")
    updates = await bot.get_updates(limit=100)
    for kind, update in zip(kinds, updates, strict=False):
        assert getattr(update.message, kind), kind
    assert updates[0].message.caption == "look"
    assert updates[-1].edited_message.text == "hello @ama_1"


async def test_an_application_of_the_library_can_live_here(api):
    async def echo(update, _):
        await update.message.reply_text(update.message.text)

    app = Application.builder().token(api.token).base_url(f"{api.url}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    async with app:
        await app.updater.start_polling(timeout=1)
        await app.start()
        ama = api.user("<b>Ama</b>")
        await ama.says("hello")
        await ama.sees("hello")
        await app.updater.stop()
        await app.stop()
    api.assert_clean()
