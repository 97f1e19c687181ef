"""Who is not well gets help at once, can take it out of the chat, and nothing keeps it."""

import pytest

from tests.process.conftest import WATCHWORD, eventually

pytestmark = pytest.mark.asyncio(loop_scope="module")


def texts_in(live, person):
    return [kept.content.get("text", "") for kept in live.world.chats[person.id].messages.values()]


@pytest.mark.parametrize(
    ("said", "erase"),
    [
        ("i want to kill myself", "Erase these messages"),
        ("my uncle hits me", "Erase these messages"),
        ("මට මැරෙන්න ඕන", "මේ පණිවිඩ මකන්න"),
        ("mata merenna one", "මේ පණිවිඩ මකන්න"),
        ("/help i want to die", "Erase these messages"),
    ],
)
async def test_signs_of_distress_are_met_with_helplines_and_nothing_else(live, said, erase):
    ama = live.user("Ama")
    await ama.says(said)
    await ama.sees("1929", button=erase)
    ama.sees_no("backend", "career", button="Helpful")
    live.assert_clean()


async def test_erasing_takes_question_and_answer_out_of_the_chat(live):
    ama = live.user("Ama")
    await ama.says("/help")
    await ama.sees("How to ask me")
    await ama.says("i want to kill myself")
    await ama.presses("Erase these messages")
    await ama.sees(toast="Erased.")
    left = texts_in(live, ama)
    assert len(left) == 2
    assert left[0] == "/help"
    assert left[1].startswith("How to ask me")
    live.assert_clean()


async def test_erasing_takes_the_whole_burst_out_of_the_chat(live):
    ama = live.user("Ama")
    for piece in ("i cannot go on", "i want to die", "nobody would care"):
        await ama.says(piece)
    await ama.presses("Erase these messages")
    await ama.sees(toast="Erased.")
    assert texts_in(live, ama) == []
    live.assert_clean()


async def test_who_was_misread_goes_on_and_can_erase_as_well(live):
    ama = live.user("Ama")
    await ama.says("i want to kill myself")
    await ama.presses("That is not what I meant")
    await ama.sees("I read it wrong", button="How do I start?")
    await ama.presses("Erase these messages")
    await ama.sees(toast="Erased.")
    assert not [one for one in texts_in(live, ama) if "kill" in one]
    live.assert_clean()


async def test_where_messages_cannot_be_deleted_any_more_the_student_is_told_how(live):
    ama = live.user("Ama")
    await ama.says("i want to kill myself")
    live.faults.error("deleteMessages", 400, "Bad Request: message can't be deleted", chat=ama.id)
    await ama.presses("Erase these messages")
    await ama.sees("tap Delete")
    await live.called("answerCallbackQuery")
    assert ama.toasts == []
    live.assert_clean()


async def test_its_words_are_gone_from_the_table_as_soon_as_it_is_answered(live, shared):
    _, running = shared
    ama = live.user("Ama")
    await ama.says(f"{WATCHWORD} i want to kill myself")
    await ama.presses("Erase these messages")
    await ama.sees(toast="Erased.")
    await eventually(lambda: not running.waiting, "the words to be gone")
    assert WATCHWORD not in running.log
    live.assert_clean()


async def test_where_signs_are_unclear_the_answer_comes_with_one_gentle_line(live):
    ama = live.user("Ama")
    await ama.says("i feel sad")
    await ama.sees("1926", button="How do I start?")
    live.assert_clean()
