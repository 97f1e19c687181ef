"""The bot asked from other chats: cards to post, a way into the private chat, and nothing kept."""

import pytest

from tests.process.conftest import WATCHWORD

pytestmark = pytest.mark.asyncio(loop_scope="module")


def buttons_of(message):
    return [one for row in message.get("reply_markup", {}).get("inline_keyboard", []) for one in row]


async def test_a_question_brings_cards_whose_buttons_are_deep_links_alone(live):
    ama = live.user("Ama")
    await ama.asks_inline("how much do backend developers earn")
    card = await ama.sees_card("How it pays")
    assert "Backend Developer" in card["title"]
    buttons = [one for result in ama.inline.results for one in buttons_of(result["message"])]
    assert buttons
    for button in buttons:
        assert "callback_data" not in button
        assert button["url"].startswith(f"https://t.me/{live.me.username}?start=")
    assert 1 <= len(ama.inline.results) <= 5
    assert ama.inline.button["start_parameter"] == "chat"
    live.assert_clean()


async def test_a_posted_card_opens_the_very_answer_in_private(live):
    ama, ben = live.user("Ama"), live.user("Ben")
    club = live.group("Club", members=[ama, ben], admin=True)
    await ama.asks_inline("how much do backend developers earn", where=club)
    await ama.posts_card("How it pays", to=club)
    await ben.presses("More about it in private", where=club)
    await ben.sees("Here is what you came for", "How it pays", button="Who hires?")
    assert live.texts(club.id) == []
    live.assert_clean()


async def test_before_anything_is_typed_there_are_cards_as_well(live):
    ama = live.user("Ama")
    await ama.asks_inline("")
    await ama.sees_card("Backend Developer")
    live.assert_clean()


async def test_cards_may_be_kept_for_all_and_an_empty_answer_for_nobody(live):
    ama = live.user("Ama")
    await ama.asks_inline("how do i become a backend developer")
    known = await ama.inline_answered()
    assert (int(known.params["cache_time"]), known.params["is_personal"]) == (60, "false")
    await ama.asks_inline("what is the weather today")
    unknown = await ama.inline_answered()
    assert unknown.results == []
    assert (int(unknown.params["cache_time"]), unknown.params["is_personal"]) == (0, "true")
    live.assert_clean()


@pytest.mark.parametrize(
    "typed",
    [
        "i want to kill myself",
        "my uncle hits me",
        "i feel sad",
        "මට මැරෙන්න ඕන",
        "how do i start i want to die",
        "nothing matters any more",
        "my exam is killing me",
    ],
)
async def test_who_is_not_well_gets_nothing_to_post_but_the_way_into_the_private_chat(live, typed):
    ama = live.user("Ama")
    await ama.asks_inline(typed)
    asked = await ama.inline_answered()
    assert asked.results == []
    assert int(asked.params["cache_time"]) == 0
    await ama.presses_inline_button()
    await ama.sees("Hello! 👋")
    live.assert_clean()


async def test_functions_are_never_among_the_cards(live):
    ama = live.user("Ama")
    for typed in ("help", "what do you keep about me", "tools"):
        await ama.asks_inline(typed)
        asked = await ama.inline_answered()
        assert not [
            one for one in asked.results if one["title"] in {"Help", "Privacy", "Say hello", "Say thanks"}
        ]
    live.assert_clean()


async def test_a_newer_question_ends_the_work_for_the_older_one(live):
    ama = live.user("Ama")
    older = [await ama.asks_inline("how much do backend developers earn"[:length]) for length in (5, 9, 20)]
    await ama.asks_inline("how much do backend developers earn")
    await ama.sees_card("How it pays")
    assert [one.results for one in older] == [None] * 3
    live.assert_clean()


async def test_what_is_typed_is_never_stored(live, shared):
    _, running = shared
    ama = live.user("Ama")
    await ama.asks_inline(f"{WATCHWORD} how do i become a backend developer")
    await ama.inline_answered()
    await live.confirmed()
    assert WATCHWORD.encode() not in running.database
    assert WATCHWORD not in running.log
    live.assert_clean()


@pytest.mark.parametrize(
    "typed",
    [
        "<b>&\"'",
        "\x00",
        "\u202eevil\u202c",
        "a" + "\u0301" * 255,
        "😀" * 128,
        "x" * 256,
        "../../etc",
        "/start",
        "%s{0}",
    ],
)
async def test_anything_typed_is_answered(live, typed):
    ama = live.user("Ama")
    await ama.asks_inline(typed)
    await ama.inline_answered()
    live.assert_clean()
