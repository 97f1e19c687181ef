"""Whatever arrives, hostile or broken: it is answered kindly, changes nothing, and the bot stays up."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.botapi.program import Options
from tests.botapi.world import Pressed
from tests.process.conftest import Running, until_polling

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAMES = (
    "<b>&\"'</b>",
    "\u202ekcab\u202c \u2067\u2066",
    "a" + "\u0301" * 500,
    "\x00\x07",
    "\ud800 lone",
    "{name} %s ${x}",
    "'; DROP TABLE inbox; --",
    "\u200b\u200d",
    "N" * 5_000,
)
TEXTS = {
    "<b>how do i start?</b> <script>": "",
    "&lt;b&gt; &#x41; &amp how do i start?": "",
    "\u202ehow do i start?\u202c": "",
    "how do i start?" + "\u0301" * 500: "",
    "\x00how do i start?\x00": "The steps",
    "\ud800\udfff\ud800": "I read words best",
    "how do i \udead start?": "",
    "\u200b\u200d\u2060": "I read words best",
    "x" * 4096: "",
    "how do i start? " * 256: "",
    "අ" * 4096: "",
    "\u0d9a\u0dca\u200d\u0dbb" * 1_000: "",
    "👩‍👩‍👧‍👦" * 500: "I read words best",
    "'; DROP TABLE inbox; --": "",
    "../../../../etc/passwd": "",
    "!!python/object/apply:os.system ['id']": "",
    "{ $career }": "",
    "/": "",
    "/start\x00": "",
    "/start " + "a" * 4_000: "Hello",
    "/ask@career_test_bot " + "<" * 4_000: "",
    "/" + "a" * 4_000: "",
    "\n" * 4_096: "I read words best",
    "1:open:222222": "",
}
FORGED = (
    "",
    "1:open:",
    "1:open:zzzzzz",
    "1:ope",
    "0:open:abcdef",
    "2:open:abcdef",
    "1:do:../../x",
    "1:turn:２３４５６７",
    "<b>&",
    "\x00",
    "\ud800",
    "{}",
    "x" * 64,
    "x" * 5_000,
)


def tells(live, person, text, **more):
    """A message that no app could send: any text, and anything beside it."""
    message = {
        "message_id": next(live.world.chats[person.id].numbers),
        "date": 1,
        "chat": live.world.chats[person.id].shown,
        "from": person.account.shown,
        "text": text,
    }
    live.deliver({"message": message | more})


async def answered(live, person):
    return await live.until(lambda: live.texts(person.id), "an answer")


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_whatever_a_student_is_called_they_are_answered(live, name):
    person = live.user(name, username=name, language=name)
    await person.says("/start")
    await person.sees("Hello! 👋")
    assert name not in live.texts(person.id)[0]
    live.assert_clean()


async def test_whatever_a_student_writes_they_are_answered_once(live):
    async def one(number, text, words):
        person = live.user(f"student {number}", started=True)
        tells(live, person, text)
        (answer,) = await answered(live, person)
        assert words in answer
        assert "<" not in answer

    await asyncio.gather(*(one(number, *pair) for number, pair in enumerate(TEXTS.items())))
    live.assert_clean()


@settings(
    max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
@given(texts=st.lists(st.text(st.characters(), min_size=1, max_size=80), min_size=5, max_size=5))
async def test_any_text_is_answered(live, texts):
    people = [live.user(f"student {number}", started=True) for number in range(len(texts))]
    for person, text in zip(people, texts, strict=True):
        tells(live, person, text)
    await asyncio.gather(*(answered(live, person) for person in people))
    live.assert_clean()


async def test_a_text_of_many_messages_is_answered_once(live):
    ama = live.user("Ama")
    await ama.says("how do i become a backend developer? " * 1_000)
    await answered(live, ama)
    await ama.says("/help")
    await ama.sees("How to ask me")
    assert len(live.texts(ama.id)) == 2
    live.assert_clean()


async def test_entities_that_lie_do_no_harm(live):
    ama = live.user("Ama", started=True)
    for entities in (
        [{"type": "bot_command", "offset": 0, "length": 10**9}],
        [{"type": "bot_command", "offset": -5, "length": -1}],
        [{"type": "mention", "offset": "0", "length": None}, 7, None],
        [{"type": "text_mention", "offset": 0, "length": 3, "user": "me"}],
        {"not": "a list"},
    ):
        tells(live, ama, "how do i start?", entities=entities)
    (answer,) = await answered(live, ama)
    assert "The steps, from Grade 8" in answer
    live.assert_clean()


async def test_forged_cut_and_old_buttons_are_answered_kindly(live):
    async def one(number, data):
        person = live.user(f"student {number}")
        await person.says("/about")
        await person.sees("About me")
        await person.forges(data)
        await person.sees("That button does not work any more", toast="That button is too old")

    await asyncio.gather(*(one(*pair) for pair in enumerate(FORGED)))
    assert not live.unanswered
    live.assert_clean()


async def test_a_button_under_a_message_too_old_to_be_shown_still_leads_on(live):
    ama = live.user("Ama")
    await ama.says("/duties")
    await ama.sees("What they do every day")
    (listed,) = ama.messages()
    data = listed["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    ama.deletes(listed)
    pressed = Pressed(live.world.new_query(), live.clock(), data, user=ama.id)
    live.world.pressed[pressed.id] = pressed
    chat = live.world.chats[ama.id].shown
    inaccessible = {"message_id": listed["message_id"], "date": 0, "chat": chat}
    query = {"id": pressed.id, "from": ama.account.shown, "chat_instance": "1", "data": data}
    live.deliver({"callback_query": query | {"message": inaccessible}})
    await ama.sees("Build APIs", button="‹ Back")
    assert not live.unanswered
    live.assert_clean(allow=("message to edit not found",))


async def test_a_press_without_its_message_is_answered_too(live):
    ama = live.user("Ama", started=True)
    pressed = Pressed(live.world.new_query(), live.clock(), "1:open:222222", user=ama.id)
    live.world.pressed[pressed.id] = pressed
    query = {"id": pressed.id, "from": ama.account.shown, "chat_instance": "1", "data": pressed.data}
    live.deliver({"callback_query": query | {"inline_message_id": "AgAAA1"}})
    await live.until(lambda: not live.unanswered, "an answer to the press")
    live.assert_clean()


@pytest.mark.asyncio(loop_scope="function")
async def test_updates_that_no_server_sends_hold_nobody_up(api, tmp_path):
    running = Running(Options(api.url, tmp_path))
    await until_polling(api)
    ama = api.user("Ama", started=True)
    chat, sender = api.world.chats[ama.id].shown, ama.account.shown
    for update in (
        {"message": None},
        {"message": "how do i start?"},
        {"message": {}},
        {"message": {"message_id": 1, "chat": chat}},
        {"message": {"message_id": "1", "chat": chat, "from": sender, "text": "hi"}},
        {"message": {"message_id": 2, "chat": chat | {"id": "7"}, "from": sender, "text": "hi"}},
        {"message": {"message_id": 2, "chat": chat | {"id": 10**30}, "from": sender, "text": "hi"}},
        {"message": {"message_id": 2, "chat": chat | {"id": True}, "from": sender, "text": "hi"}},
        {"message": {"message_id": 3, "chat": chat, "from": {"id": 1.5}, "text": "hi"}},
        {"callback_query": {"id": 5, "from": sender, "data": 7}},
        {"inline_query": {"id": "", "from": sender, "query": []}},
        {"inline_query": []},
        {"edited_message": {"chat": chat, "from": sender, "text": "secret hi"}},
    ):
        api.deliver(update)
    await ama.says("how do i start?")
    await ama.sees("how do i start?")
    await api.confirmed()
    assert await running.stop() == 0
    assert "cannot be read" in running.log
    assert "secret hi" not in running.log
    assert len(api.texts(ama.id)) == 1
    api.assert_clean()


@pytest.mark.asyncio(loop_scope="function")
async def test_an_answer_too_long_for_one_message_comes_in_several_in_order(api, tmp_path):
    running = Running(Options(api.url, tmp_path))
    await until_polling(api)
    ama = api.user("Ama")
    said = " ".join(f"<b>&{number}." for number in range(1_000))
    await ama.says(said)
    await ama.sees("&999.", button="Press")
    shown, written = ("".join(text.split()) for text in ("".join(api.texts(ama.id)), said))
    assert shown == written
    buttons = ["reply_markup" in message for message in ama.messages()]
    assert buttons == [False, False, True]
    assert await running.stop() == 0
    running.assert_quiet()
    api.assert_clean()
