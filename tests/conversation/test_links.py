"""Deep links: what they carry, and that nothing forged in one does anything."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation, Snapshot
from bot.domain.knowledge import short_code
from bot.domain.reply import START_LIMIT, Start, decode_start, encode_start, plain_text
from bot.functions import FUNCTIONS
from bot.matching.match import Match, Outcome
from bot.texts.catalogue import load_catalogues
from tests.conversation.test_anything import BASE, check, codes
from tests.samples import (
    ROLE,
    CountedMisses,
    DictionaryMatcher,
    conversation,
    keeping,
    knowledge,
    meaning,
    say,
)

BASE_OF_ONE = knowledge()
DOOR = conversation(base=BASE)
STARTS = st.one_of(
    st.just(Start("chat")),
    st.builds(Start, st.just("role"), st.from_regex(r"[A-Za-z0-9-]{1,59}", fullmatch=True)),
    st.builds(Start, st.just("open"), codes.filter(bool)),
)


def test_a_link_to_a_career_can_be_read_by_people():
    assert encode_start(Start("role", ROLE)) == "role_backend-developer"


@given(STARTS)
def test_any_start_can_be_carried_and_read_back(start):
    payload = encode_start(start)
    assert 0 < len(payload) <= START_LIMIT
    assert payload.isascii()
    assert payload.replace("_", "").replace("-", "").isalnum()
    assert decode_start(payload) == start


@given(st.text() | st.from_regex(r"(chat|role|open)_?[A-Za-z0-9_-]{0,70}\n?"))
def test_whatever_is_read_from_a_link_is_refused_or_carried_the_same_again(payload):
    start = decode_start(payload)
    assert start is None or encode_start(start) == payload


@pytest.mark.parametrize(
    "start",
    [
        Start("role"),
        Start("open"),
        Start("chat", "x"),
        Start("open", "pay"),
        Start("role", "a/b"),
        Start("role", "x" * 60),
    ],
)
def test_what_could_not_be_read_back_is_not_carried(start):
    with pytest.raises(ValueError, match="not a start"):
        encode_start(start)


@pytest.mark.parametrize("meant", sorted(BASE_OF_ONE.entries))
async def test_a_link_opens_any_entry_after_a_hello(meant):
    door = conversation()
    (message,) = (await say(door, f"/start {encode_start(Start('open', short_code(meant)))}")).effects
    assert "Hello" in message.blocks[0].text
    assert message.blocks[1].kind == "title"
    assert message.buttons


@pytest.mark.parametrize(
    ("meant", "words"), [(ROLE, "Where are you now"), (f"{ROLE}/roadmap/cs50/one", "Before your first task")]
)
async def test_a_link_to_a_career_or_a_task_is_followed_by_the_question_that_comes_first(meant, words):
    door = conversation()
    (message,) = (await say(door, f"/start {encode_start(Start('open', short_code(meant)))}")).effects
    assert "Hello" in message.blocks[0].text
    assert words in plain_text(message.blocks)
    assert message.buttons


FOREIGN = [
    "ref_12345",
    "open_",
    "open_zzzzzz",
    f"open_{short_code('bot/greeting')}",
    f"open_{short_code('bot/help')}",
    f"open_{short_code(f'{ROLE}/stages/from-grade-8')}",
    f"open_{short_code(f'{ROLE}/pay')}x",
    f"OPEN_{short_code(f'{ROLE}/pay')}",
    "open_backend-developer/pay",
    "role_",
    "role_astronaut",
    f"role_{short_code(f'{ROLE}/pay')}",
    "role_../../etc/passwd",
    "chat_",
    "x" * 5000,
    "open_\u202e",
]


@pytest.mark.parametrize("payload", FOREIGN, ids=lambda payload: ascii(payload[:30]))
async def test_any_other_payload_is_a_plain_start(payload):
    assert await say(conversation(), f"/start {payload}") == await say(conversation(), "/start")


async def test_a_link_of_ours_is_never_taken_for_words():
    class Alarmed(DictionaryMatcher):
        def match(self, question: str, role: str | None) -> Match:
            raise AssertionError(question, role)

    door = Conversation(
        snapshot=lambda: Snapshot(BASE_OF_ONE, Alarmed({})),
        texts=load_catalogues(),
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role=ROLE,
        **keeping(),
    )
    for payload in ("chat", f"role_{ROLE}", f"open_{short_code(f'{ROLE}/pay')}"):
        await say(door, f"/start {payload}")


async def test_a_link_is_answered_in_the_language_last_written():
    door = conversation({"rain?": meaning(Outcome.OFF_TOPIC, language="si")})
    await say(door, "rain?")
    assert "ආයුබෝවන්" in plain_text((await say(door, "/start chat")).effects[0].blocks)


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
async def test_any_payload_gets_a_reply_within_the_limits(payload):
    check(await say(DOOR, f"/start {payload}"))
