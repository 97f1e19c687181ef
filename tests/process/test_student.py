"""What a student alone with the bot does, and what they then see."""

import asyncio

import pytest

from bot.functions import FUNCTIONS, menu
from bot.texts.catalogue import load_catalogues
from tests.botapi.scenario import KINDS, play

pytestmark = pytest.mark.asyncio(loop_scope="module")

COMMANDS = {
    "ask": "Type your question after the command",
    "roles": "Careers I know",
    "duties": "What they do every day",
    "roadmap": "The steps, from Grade 8",
    "resources": "Free things to learn from",
    "next": "what do you have to learn with",
    "done": "Which one did you finish",
    "skip": "Which one shall I skip",
    "know": "May I keep your progress",
    "undo": "nothing to take back",
    "progress": "Nothing is marked yet",
    "restart": "You have no marks yet",
    "settings": "What you told me",
    "nudge": "once a day, with one small task",
    "stop": "nothing to stop",
    "export": "nothing about you is stored",
    "start": "I answer questions about careers",
    "help": "How to ask me",
    "parents": "For parents",
    "privacy": "What I keep",
    "about": "I am a computer program",
    "forget": "There is nothing to delete",
}
QUESTIONS = {
    "what does a backend developer do": "backend developer",
    "how do i start?": "The steps, from Grade 8",
    "How do I become a BACKEND dev???": "The steps, from Grade 8",
    "backend developer කියන්නේ මොකක්ද": "What a backend developer is",
    "backend developer kyanne mokada": "What a backend developer is",
    "backend டெவலப்பர் சம்பளம் எவ்வளவு": "How it pays",
    "i want to be a pilot": "I do not know that career yet",
    "what is the weather today": "That is outside what I know",
    "hello": "!",
    "🙂🙂": "I read words best",
    "/unheard_of": "I do not know that command",
}
KIND_LINES = {
    "photo": "I cannot see pictures",
    "video": "I cannot see pictures",
    "animation": "I cannot see pictures",
    "video_note": "I cannot see pictures",
    "voice": "I cannot hear voice messages",
    "audio": "I cannot hear voice messages",
    "location": "I never need a place",
    "venue": "I never need a place",
    "contact": "I never need a place",
    "sticker": "Nice one!",
    "document": "I cannot open that",
    "dice": "I cannot open that",
    "poll": "I cannot open that",
}


def messages_of(live, person):
    """What lies in the private chat: the student's own messages and the bot's, by number."""
    return live.world.chats[person.id].messages


async def all_see(live, seen):
    """Let everybody say one thing at the same time, and wait until each sees the words."""

    async def one(number, said, words):
        person = live.user(f"student {number}")
        await person.says(said)
        await person.sees(words)

    await asyncio.gather(*(one(number, *pair) for number, pair in enumerate(seen.items())))


async def test_the_menu_of_commands_is_set_at_the_start(live):
    def told():
        return [commands for scope, commands in live.world.commands.items() if "all_private_chats" in scope]

    (commands,) = await live.until(told, "the menu of commands")
    texts = load_catalogues()
    assert commands == [
        {"command": command, "description": texts.say(key, "en")}
        for command, key in menu(FUNCTIONS, "private")
    ]
    assert {"start", "help", "privacy"} <= {one["command"] for one in commands} == set(COMMANDS)


async def test_every_command_is_answered(live):
    assert set(COMMANDS) == {row.command for row in FUNCTIONS if row.command}
    await all_see(live, {f"/{command}": words for command, words in COMMANDS.items()})
    live.assert_clean()


async def test_questions_are_answered_in_every_language_that_students_type(live):
    await all_see(live, QUESTIONS)
    live.assert_clean()


async def test_who_asks_in_sinhala_is_told_that_the_answer_is_english(live):
    nila = live.user("Nila", language="si")
    await nila.says("backend developer කියන්නේ මොකක්ද")
    await nila.sees("What a backend developer is", button="👍")
    lines = nila.messages()[0]["text"].splitlines()
    assert lines[-1]
    assert lines[-1] != "I have this answer only in English so far."
    live.assert_clean()


async def test_a_first_visit(live):
    ama = live.user("Ama")
    await play(
        live,
        """
        ama says /start
        ama sees Hello! 👋
        ama sees button Backend Developer
        ama presses Skip
        ama sees Where are you now
        ama presses Skip
        ama sees That is fine
        ama presses How does it pay?
        ama sees How it pays and how hard it is
        ama sees button Who hires?
        ama says and how do i start?
        ama sees The steps, from Grade 8
        """,
    )
    assert len(live.texts(ama.id)) == 3
    assert not live.unanswered
    live.assert_clean()


async def test_a_list_opens_and_closes_in_place(live):
    ama = live.user("Ama")
    await ama.says("what do backend developers do every day")
    await ama.sees("What they do every day", button="10. Put the app on servers")
    (before,) = ama.messages()
    shown = dict(before)
    await ama.presses("1. Build APIs")
    await ama.sees("Build APIs", button="‹ Back")
    ama.sees_no(button="10. Put the app")
    await ama.presses("‹ Back")
    await ama.sees("What they do every day", button="10. Put the app on servers")
    (after,) = ama.messages()
    assert {**after, "edit_date": 0} == {**shown, "edit_date": 0}
    assert len(messages_of(live, ama)) == 2
    assert len(live.calls_of("editMessageText")) == 2
    assert not live.unanswered
    live.assert_clean()


async def test_a_step_leads_to_its_tasks_and_back_in_one_message(live):
    ama = live.user("Ama")
    await ama.says("/roadmap")
    for label, words in (
        ("1. Learn Python", "You are done when"),
        ("1. Read this program", "what do you have to learn with"),
        ("Skip", "Task 1 of"),
        ("‹ Back to the step", "You are done when"),
    ):
        await ama.presses(label)
        await ama.sees(words)
    assert len(messages_of(live, ama)) == 2
    live.assert_clean()


async def test_a_button_pressed_twice_at_once_turns_the_message_once(live):
    ama = live.user("Ama")
    await ama.says("/duties")
    await ama.sees(button="2. Write the rules")
    await asyncio.gather(ama.presses("2. Write the rules"), ama.presses("2. Write the rules"))
    await ama.sees("Write the rules", button="‹ Back")
    await live.called("answerCallbackQuery", times=2)
    assert len(live.calls_of("editMessageText")) == 1
    assert not live.unanswered
    live.assert_clean()


async def test_a_list_whose_message_was_deleted_meanwhile_comes_as_a_new_message(live):
    ama = live.user("Ama")
    await ama.says("/duties")
    await ama.sees(button="2. Write the rules")
    (listed,) = ama.messages()
    await ama.presses("2. Write the rules")
    ama.deletes(listed)
    await ama.sees("Write the rules", button="‹ Back")
    assert not live.unanswered
    live.assert_clean(allow=("message to edit not found",))


async def test_where_several_things_may_be_meant_a_choice_is_offered(live):
    live.user("Ben")
    live.user("Cara")
    await play(
        live,
        """
        ben says salary and hours
        ben sees Did you mean one of these?
        ben presses How it pays
        ben sees Source:
        cara says salary and hours
        cara presses None of these
        cara sees Sorry, then I did not get it.
        cara sees button How do I start?
        """,
    )
    assert not live.unanswered
    live.assert_clean()


async def test_both_feedback_buttons_say_thanks(live):
    async def give(button, toast, words):
        person = live.user(button)
        await person.says("/duties")
        await person.presses(button)
        await person.sees(*words, toast=toast)

    await asyncio.gather(
        give("Helpful 👍", "Thank you! Good to know.", ()),
        give("Not helpful 👎", "Thank you for telling me.", ("Sorry that this did not help.",)),
    )
    live.assert_clean()


async def test_a_burst_of_messages_gets_one_answer(live):
    ama = live.user("Ama")
    for piece in ("how do i", "become a", "backend developer"):
        await ama.says(piece)
    await ama.sees("The steps, from Grade 8")
    await ama.says("/help")
    await ama.sees("How to ask me")
    assert len(live.texts(ama.id)) == 2
    live.assert_clean()


async def test_a_press_is_answered_within_a_second_even_while_the_chat_has_to_wait(live):
    ama = live.user("Ama")
    await ama.says("/duties")
    await ama.sees("What they do every day")
    for command in ("/help", "/privacy", "/about"):
        await ama.says(command)
    pressed = await ama.presses("3. Plan how data")
    await ama.sees("Plan how data is stored", button="‹ Back")
    (edited,) = (call for call in live.calls_of("editMessageText") if call.chat == ama.id)
    assert edited.at - pressed.at > 1.5
    assert pressed.answered_at - pressed.at < 1
    live.assert_clean()


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ("role_backend-developer", "Where are you now"),
        ("chat", "Type a question in your own words"),
        ("role_pilot", "Type a question in your own words"),
        ("role_../../etc/passwd", "Type a question in your own words"),
        ("open_zzzzzz", "Type a question in your own words"),
        ("open_222", "Type a question in your own words"),
        ("ref-from-another-bot_17", "Type a question in your own words"),
        ("a" * 64, "Type a question in your own words"),
    ],
)
async def test_a_deep_link_opens_what_it_names_and_anything_else_is_a_plain_start(live, payload, words):
    ama = live.user("Ama")
    await ama.says(f"/start {payload}")
    await ama.sees("Hello! 👋", words)
    live.assert_clean()


async def test_what_is_not_text_gets_a_kind_line(live):
    assert set(KIND_LINES) == set(KINDS)

    async def one(kind, words):
        person = live.user(kind)
        await person.sends(kind)
        await person.sees(words, button="How do I start?")
        assert len(live.texts(person.id)) == 1

    await asyncio.gather(*(one(*pair) for pair in KIND_LINES.items()))
    live.assert_clean()


async def test_the_words_under_a_picture_are_answered(live):
    ama = live.user("Ama")
    await ama.sends("photo", caption="how do backend developers get paid")
    await ama.sees("How it pays")
    live.assert_clean()


async def test_an_edited_question_is_answered_anew(live):
    ama = live.user("Ama")
    asked = await ama.says("what is the weather today")
    await ama.sees("outside what I know")
    await ama.edits(asked, "how do i start?")
    await ama.sees("The steps, from Grade 8")
    live.assert_clean()


async def test_kinds_of_updates_that_the_bot_does_not_serve_are_met_with_silence(live):
    ama = live.user("Ama", started=True)
    chat, sender = live.world.chats[ama.id].shown, ama.account.shown
    message = {"message_id": 900, "date": 1, "chat": chat, "from": sender}
    channel = {"id": -1009876543210, "type": "channel", "title": "News"}
    for update in (
        {
            "channel_post": {
                "message_id": 5,
                "date": 1,
                "chat": channel,
                "sender_chat": channel,
                "text": "/ask",
            }
        },
        {"edited_channel_post": {"message_id": 5, "date": 1, "chat": channel, "text": "how do i start?"}},
        {"message": {"message_id": 6, "date": 1, "chat": channel, "sender_chat": channel, "text": "/help"}},
        {"pre_checkout_query": {"id": "1", "from": sender, "currency": "XTR", "total_amount": 1}},
        {"shipping_query": {"id": "1", "from": sender, "invoice_payload": "x"}},
        {"message": message | {"successful_payment": {"currency": "XTR", "total_amount": 1}}},
        {"message": message | {"pinned_message": message}},
        {"message": message | {"new_chat_title": "how do i start?"}},
        {"edited_message": message | {"photo": []}},
        {"my_chat_member": {"chat": chat, "from": sender, "date": 1}},
        {"message_reaction": {"chat": chat, "message_id": 1, "user": sender, "date": 1, "new_reaction": []}},
        {"poll": {"id": "1", "question": "?", "options": []}},
        {"business_message": message | {"text": "how do i start?"}},
        {"thought_read": {"from": sender, "chat": chat, "text": "how do i start?"}},
        {},
    ):
        live.deliver(update)
    await ama.says("/help")
    await ama.sees("How to ask me")
    await live.confirmed()
    assert len(live.calls_of("sendMessage")) == 1
    live.assert_clean()


async def test_who_blocked_the_bot_is_let_be_and_welcomed_back(live):
    ama = live.user("Ama")
    await ama.says("/help")
    ama.blocks()
    await live.until(lambda: any(call.code for call in live.calls_of("sendMessage")), "an answer")
    ama.unblocks()
    await ama.says("/start")
    await ama.sees("Hello! 👋")
    live.assert_clean()
