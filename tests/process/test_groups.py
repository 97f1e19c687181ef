"""The bot as a guest in a group: it answers who addresses it, and nobody else."""

import asyncio

import pytest

from tests.botapi.program import Options
from tests.process.conftest import WATCHWORD, Running, serving, until_polling

pytestmark = pytest.mark.asyncio(loop_scope="module")

NEUTRAL = "I have more room in a private chat."


def answers_in(live, club):
    """What the bot wrote there, as dicts."""
    kept = live.world.chats[club.id].messages.values()
    return [one.content for one in kept if one.content["from"]["id"] == live.me.id]


@pytest.mark.parametrize("said", ["/ask how do i start?", "/ask@career_test_bot how do i start?"])
async def test_the_command_ask_is_answered_as_a_reply(live, said):
    ama = live.user("Ama")
    club = live.group("Club", members=[ama])
    asked = await ama.says(said, to=club)
    await ama.sees("The steps, from Grade 8")
    (answer,) = answers_in(live, club)
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    live.assert_clean()


async def test_a_mention_is_answered_as_a_reply(live):
    ama = live.user("Ama")
    club = live.group("Club", members=[ama], admin=True)
    asked = await ama.says("@Career_Test_Bot how do i start?", to=club)
    await ama.sees("The steps, from Grade 8")
    (answer,) = answers_in(live, club)
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    live.assert_clean()


async def test_no_more_than_a_mention_is_told_how_to_ask(live):
    ama = live.user("Ama")
    club = live.group("Club", members=[ama], admin=True)
    await ama.says("@career_test_bot", to=club)
    await ama.sees("In a group, ask me like this")
    live.assert_clean()


async def test_a_reply_to_the_bot_goes_on_with_the_career_spoken_of(live):
    ama = live.user("Ama")
    club = live.group("Club", members=[ama])
    await ama.says("/ask how do i start as a backend developer?", to=club)
    await ama.sees("The steps, from Grade 8")
    (first,) = answers_in(live, club)
    asked = await ama.says("and the pay?", to=club, reply_to=first)
    await ama.sees("How it pays")
    assert answers_in(live, club)[1]["reply_to_message"]["message_id"] == asked["message_id"]
    live.assert_clean()


async def test_in_a_forum_each_answer_goes_into_the_topic_of_its_question(live):
    ama, ben = live.user("Ama"), live.user("Ben")
    club = live.group("Club", members=[ama, ben], forum=True)
    jobs, chat = club.open_topic("Jobs"), club.open_topic("Chat")
    await ama.says("/ask how do i start?", to=club, thread=jobs)
    # Nothing to reply to: its answer finds the topic all the same.
    ben.deletes(await ben.says("/ask what do backend developers do every day", to=club, thread=chat))
    await ama.sees("The steps, from Grade 8")
    await ben.sees("What they do every day")
    threads = {one["text"].splitlines()[0]: one["message_thread_id"] for one in answers_in(live, club)}
    assert threads == {"The steps, from Grade 8": jobs, "What they do every day": chat}
    live.assert_clean()


async def test_what_is_not_addressed_to_the_bot_is_neither_answered_nor_ever_stored(live, shared):
    _, running = shared
    ama, ben = live.user("Ama"), live.user("Ben")
    club = live.group("Club", members=[ama, ben], admin=True, forum=True)
    thread = club.open_topic("Talk")
    said = await ama.says(f"{WATCHWORD} how do i become a backend developer?", to=club, thread=thread)
    await ben.says(f"@someone_else {WATCHWORD} how do i start?", to=club)
    await ben.says(f"/ask@another_bot {WATCHWORD}", to=club)
    await ben.says(f"yes {WATCHWORD}", to=club, reply_to=said)
    await ben.edits(said, f"/ask {WATCHWORD}")
    await ama.sends("photo", caption=f"look {WATCHWORD}", to=club)
    await ama.sends("location", to=club)
    club.join(live.user("Cara"))
    await ama.says("/help", to=club)
    await ama.says("/ask how do i start?", to=club)
    await ama.sees("The steps, from Grade 8", where=club)
    assert len(answers_in(live, club)) == 1
    await live.confirmed()
    assert WATCHWORD.encode() not in running.database
    assert WATCHWORD not in running.log
    live.assert_clean()


async def test_distress_in_a_group_is_answered_to_the_asker_alone(live):
    ama = live.user("Ama", started=True)
    club = live.group("Club", members=[ama])
    await ama.says("/ask i want to kill myself", to=club)
    await ama.sees("1929", button="Erase these messages", where=ama)
    assert answers_in(live, club) == []
    await ama.presses("Erase these messages", where=ama)
    await ama.sees(toast="Erased.")
    live.assert_clean()


async def test_where_the_bot_may_not_write_to_them_the_group_sees_the_line_of_any_private_matter(live):
    ama, ben = live.user("Ama"), live.user("Ben")
    club, other = live.group("Club", members=[ama]), live.group("Other", members=[ben], admin=True)
    await ama.says("/ask i want to kill myself", to=club)
    await ama.sees(NEUTRAL, button="Ask in private", where=club)
    await ben.says("@career_test_bot stop the reminders", to=other)
    await ben.sees(NEUTRAL, where=other)
    (in_distress,), (ordinary,) = answers_in(live, club), answers_in(live, other)
    assert in_distress["text"] == ordinary["text"]
    assert in_distress["reply_markup"] == ordinary["reply_markup"]
    await ama.presses("Ask in private", where=club)
    await ama.sees("Hello! 👋")
    live.assert_clean()


async def test_the_gentle_line_is_for_the_asker_alone(live):
    ama, ben = live.user("Ama", started=True), live.user("Ben")
    club = live.group("Club", members=[ama, ben])
    await ama.says("/ask i feel sad", to=club)
    await ben.says("/ask i feel sad", to=club)
    await ama.sees("1926", where=ama)
    await ben.sees("outside what I know", where=club)
    await live.until(lambda: len(answers_in(live, club)) == 2, "an answer each")
    assert not [one for one in answers_in(live, club) if "1926" in one["text"]]
    live.assert_clean()


async def test_anybody_may_press_a_button_and_gets_the_toast(live):
    ama, ben = live.user("Ama"), live.user("Ben")
    club = live.group("Club", members=[ama, ben])
    await ama.says("/ask how do i start?", to=club)
    await ben.presses("Helpful 👍", where=club)
    await ben.sees(toast="Thank you!")
    await ben.presses("1. Learn Python", where=club)
    await ben.sees("You are done when", where=club)
    assert len(answers_in(live, club)) == 1
    await live.until(lambda: not live.unanswered, "every press to be answered")
    live.assert_clean()


async def test_an_anonymous_admin_is_answered_too(live):
    ama = live.user("Ama")
    club = live.group("Club", members=[ama])
    await ama.says("/ask how do i start?", to=club, anonymous=True)
    await ama.sees("The steps, from Grade 8")
    live.assert_clean()


async def test_an_answer_follows_a_group_that_became_a_supergroup(live):
    ama = live.user("Ama")
    club = live.group("Club", members=[ama], kind="group")
    await ama.says("/ask how do i start?", to=club)
    club.upgrade()
    await ama.sees("The steps, from Grade 8", where=club)
    live.assert_clean()


async def test_a_group_that_threw_the_bot_out_and_a_closed_topic_hold_nobody_up(live):
    ama, ben, cara = live.user("Ama"), live.user("Ben"), live.user("Cara")
    club, forum = live.group("Club", members=[ama]), live.group("Forum", members=[ben], forum=True)
    thread = forum.open_topic("Talk")
    await ama.says("/ask how do i start?", to=club)
    club.kick()
    await ben.says("/ask how do i start?", to=forum, thread=thread)
    forum.close_topic(thread)
    await cara.says("how do i start?")
    await cara.sees("The steps, from Grade 8")
    await live.until(lambda: len([c for c in live.calls_of("sendMessage") if c.code]) == 3, "three tries")
    live.assert_clean(allow=("TOPIC_CLOSED",))


@pytest.mark.asyncio(loop_scope="function")
async def test_many_ask_at_once_and_each_question_has_its_own_answer_in_its_time(tmp_path):
    async with serving(10) as api:
        running = Running(Options(api.url, tmp_path, speed=10))
        await until_polling(api)
        people = [api.user(f"Member {number}") for number in range(8)]
        club = api.group("Club", members=people)
        asked = await asyncio.gather(*(one.says("/ask how do i start?", to=club) for one in people))
        await api.until(lambda: len(answers_in(api, club)) == 8, "eight answers")
        assert await running.stop() == 0
        replied = [one["reply_to_message"]["message_id"] for one in answers_in(api, club)]
        assert replied == [one["message_id"] for one in asked]
        api.assert_clean()
