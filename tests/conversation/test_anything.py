"""Whatever arrives, the reply is kind, complete and within the limits of a chat service."""

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.actions.request import Attachment, Place
from bot.conversation import Conversation, Heard, Snapshot
from bot.domain.knowledge import CODE_LENGTH, LANGUAGES, short_code
from bot.domain.reply import (
    BUTTON_LIMIT,
    CAPTION_LIMIT,
    MESSAGE_LIMIT,
    MORE_LIMIT,
    TOAST_LIMIT,
    Document,
    Edit,
    Erase,
    Message,
    Picture,
    Press,
    Reply,
    Toast,
    Verb,
    decode_press,
    decode_start,
    encode_press,
    plain_text,
)
from bot.functions import FUNCTIONS
from bot.matching.match import Candidate, Match, Outcome
from bot.texts.catalogue import load_catalogues
from tests.samples import (
    ROLE,
    CountedMisses,
    DictionaryMatcher,
    career,
    conversation,
    keeping,
    knowledge,
)

BASE = knowledge([career(), career("data-scientist", "Data Scientist")])
TEXTS = load_catalogues()
PLACES = get_args(Place)
ATTACHMENTS = get_args(Attachment)
VERBS = get_args(Verb)
ALPHABET = "23456789abcdefghjklmnpqrstuvwxyz"

ids = st.sampled_from([*sorted(BASE.ids), *(row.id for row in FUNCTIONS)]) | st.text(max_size=20)
candidates = st.builds(Candidate, ids, st.floats(0, 1))
matches = st.builds(
    Match,
    st.sampled_from(Outcome),
    candidates=st.lists(candidates, max_size=3).map(tuple),
    also=st.none() | candidates,
    role=st.none() | st.sampled_from([ROLE, "data-scientist", "gone"]),
    names_role=st.booleans(),
    other_career=st.none() | st.sampled_from(["pilot", "gone"]),
    pointer=st.none() | st.sampled_from(["pointers/visa", "gone"]),
    distress=st.none() | st.sampled_from(["self-harm", "being-hurt"]),
    gentle=st.booleans(),
    language=st.sampled_from(LANGUAGES),
)
known = st.sampled_from([*sorted(BASE.ids), *(row.id for row in FUNCTIONS)]).map(short_code)
codes = known | st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH) | st.just("")
mores = (
    st.sampled_from(
        [
            "",
            "meet",
            "own",
            "set",
            "list",
            "said",
            "al.meet",
            "phone.task",
            "skip.next",
            "name",
            "cancel",
            "yes",
            "no",
        ]
    )
    | st.text("abcdefghijklmnopqrstuvwxyz0123456789.-", max_size=MORE_LIMIT)
    | st.builds("{}.{}".format, st.sampled_from(VERBS), codes)
)
presses = st.builds(Press, st.sampled_from(VERBS), codes, mores)
commands = st.builds(
    "/{}{}{}".format,
    st.sampled_from([row.command for row in FUNCTIONS if row.command]) | st.text(max_size=10),
    st.sampled_from(["", "@", "@some_bot"]),
    st.text(max_size=30).map(" {}".format),
)


def door(match: Match | None = None) -> Conversation:
    class Certain:
        def match(self, question: str, role: str | None) -> Match:  # noqa: ARG002 - a Matcher's signature
            return match or Match(Outcome.NOT_UNDERSTOOD)

        def steps(self, question: str, role: str, shown: str = "") -> tuple[tuple[str, ...], ...]:  # noqa: ARG002 - the same
            return (tuple(step.id for step in BASE.roles[role].steps[:2]),)

    snapshot = Snapshot(BASE, Certain())
    return Conversation(
        snapshot=lambda: snapshot,
        texts=TEXTS,
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role=ROLE,
        **keeping(),
    )


def check(reply: Reply) -> None:
    assert reply.effects
    for effect in reply.effects:
        match effect:
            case Message() | Edit():
                check_screen(effect)
            case Picture() | Document():
                assert 0 < len(plain_text(effect.blocks)) <= CAPTION_LIMIT
                assert any(effect.buttons), "there is always something to tap"
            case Toast():
                assert 0 < len(effect.text) <= TOAST_LIMIT
            case Erase():
                pass


def check_screen(screen: Message | Edit) -> None:
    assert 0 < len(plain_text(screen.blocks)) <= MESSAGE_LIMIT
    assert all(block.text.strip() for block in screen.blocks)
    buttons = [button for row in screen.buttons for button in row]
    assert 0 < len(buttons) <= 100, "there is always something to tap"
    assert all(screen.buttons), "no row is empty"
    for button in buttons:
        assert button.label.strip()
        if button.press:
            carried = encode_press(button.press)
            assert len(carried.encode()) <= BUTTON_LIMIT
            assert decode_press(carried) == button.press
        elif button.start:
            assert decode_start(button.start) is not None
        else:
            assert button.url or button.share
    plain_text(screen.blocks).encode("utf-8")
    if isinstance(screen, Message) and screen.instead:
        assert screen.audience == "asker"
        check_screen(screen.instead)


@given(
    text=st.text() | commands,
    match=matches,
    at=st.integers(0, 2**40),
    place=st.sampled_from(PLACES),
    attachment=st.none() | st.sampled_from(ATTACHMENTS),
)
@settings(max_examples=400, deadline=None)
async def test_any_text_whatever_it_is_taken_to_mean_gets_a_reply_within_the_limits(
    text, match, at, place, attachment
):
    heard = Heard(chat="c", student="s", text=text, at=at, place=place, attachment=attachment)
    check(await door(match).hear(heard))


@given(st.lists(st.tuples(presses, st.text(max_size=20) | commands), max_size=8))
@settings(max_examples=200, deadline=None)
async def test_whatever_a_student_does_whose_progress_is_kept_gets_a_reply_within_the_limits(deeds):
    here = door(Match(Outcome.ACTION, (Candidate("bot/mark-done", 1.0),)))
    keep = Press("keep", short_code(BASE.roles[ROLE].steps[0].id), "done")
    check(await here.hear(Heard(chat="c", student="s", press=keep, cause="0-0")))
    for number, (press, text) in enumerate(deeds):
        check(await here.hear(Heard(chat="c", student="s", press=press, cause=f"{number}-1")))
        check(await here.hear(Heard(chat="c", student="s", text=text, cause=f"{number}-2")))


@given(presses, st.booleans(), st.sampled_from(PLACES))
@settings(max_examples=300, deadline=None)
async def test_any_press_gets_a_reply_within_the_limits(press, stale, place):
    check(await door().hear(Heard(chat="c", student="s", press=press, stale=stale, place=place)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\x00",
        "\ud800",
        "🙂" * 5000,
        "a" * 50_000,
        "/" * 50_000,
        "/ask " + "why " * 12_500,
        "/start " + "x" * 50_000,
        "/start role_../../etc/passwd",
        "<b>&amp;</b>'; DROP TABLE students; --",
        "\u202eevil",
        "/\u202ehelp",
        "/ask@",
        "/@bot",
    ],
    ids=lambda text: ascii(text[:20]),
)
async def test_hostile_text_gets_a_kind_reply(text):
    reply = await conversation().hear(Heard(chat="c", student="s", text=text))
    check(reply)
    assert "passwd" not in plain_text(reply.effects[0].blocks)


@given(presses)
def test_any_press_can_be_carried_and_read_back(press):
    carried = encode_press(press)
    assert len(carried.encode()) <= BUTTON_LIMIT
    assert decode_press(carried) == press


@given(st.text() | st.from_regex(r"1:[a-z]{2,9}:[2-9a-z]{0,7}\n?"))
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_whatever_is_read_from_a_button_is_refused_or_carried_the_same_again(carried):
    press = decode_press(carried)
    assert press is None or encode_press(press) == carried


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([ROLE, "data-scientist", None])), max_size=30)
)
@settings(max_examples=50, deadline=None)
async def test_however_chats_are_interleaved_each_is_about_its_own_career(turns):
    meanings = {
        role: Match(Outcome.ANSWER, (Candidate(f"{role}/overview", 1),), role=role, names_role=True)
        for role in (ROLE, "data-scientist")
    }
    matcher = DictionaryMatcher(meanings)
    here = Conversation(
        snapshot=lambda: Snapshot(BASE, matcher),
        texts=TEXTS,
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role=ROLE,
        **keeping(),
    )
    spoken_of: dict[str, str] = {}
    for chat, role in turns:
        if role:
            spoken_of[chat] = role
        await here.hear(Heard(chat=chat, student=chat, text=role or "what of it"))
        await here.hear(Heard(chat=chat, student=chat, text="and then"))
        assert matcher.asked[-1] == ("and then", spoken_of.get(chat, ROLE))
