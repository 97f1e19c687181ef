"""Notes at a step, and the name on the picture."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Heard
from bot.domain.journey import NAME_LIMIT, NOTE_LIMIT, WRITING_SECONDS, Event, Journey
from bot.domain.knowledge import short_code
from bot.domain.reply import Edit, Message, Press, decode_press, encode_press, plain_text
from bot.matching.match import Outcome
from tests.samples import ROLE, KeptJourneys, career, conversation, knowledge, meaning, say

STEP = f"{ROLE}/roadmap/cs50"
SQL = f"{ROLE}/roadmap/basic-sql"


def student(*events):
    """What is kept of a student who agreed."""
    return KeptJourneys({"chat": [Event("kept", "", "", 0, "k", "button"), *events]})


def event(kind, about="", value="", cause="", at=0):
    return Event(kind, about, value, at, cause or f"{kind}-{value}", "button")


def journey(kept, base=None):
    return Journey(kept.kept["chat"], base or knowledge())


async def press(front, verb, code="", more="", cause="p1"):
    heard = Heard(chat="chat", student="chat", press=Press(verb, code, more), cause=cause)
    return (await front.hear(heard)).effects[0]


async def write(front, text, at=0):
    (effect,) = (await say(front, text, at=at)).effects
    return effect


async def asked(kept, step=STEP, **settings):
    front = conversation(journeys=kept, **settings)
    await press(front, "write", short_code(step) if step else "", "" if step else "name")
    return front


def labels(shown):
    return [button.label for row in shown.buttons for button in row]


def carried(shown, label):
    """What the button of this label carries, over a chat service and back."""
    (button,) = [one for row in shown.buttons for one in row if one.label == label]
    return decode_press(encode_press(button.press))


async def test_a_note_is_asked_for_with_its_limit_and_who_reads_it():
    kept = student()
    screen = await press(conversation(journeys=kept), "write", short_code(STEP))
    assert isinstance(screen, Edit)
    text = plain_text(screen.blocks)
    assert "Complete CS50" in text
    assert "500 characters" in text
    assert "to you alone" in text
    assert labels(screen) == ["Cancel"]
    assert journey(kept).writing(0) == STEP


async def test_a_note_is_kept_shown_and_can_be_taken_back():
    kept = student()
    front = await asked(kept)
    shown = await write(front, "Week 1 is done.\nAsk Nimal about loops")
    assert isinstance(shown, Message)
    assert [block.text for block in shown.blocks] == [
        "✎ Noted: Complete CS50",
        "Week 1 is done.",
        "Ask Nimal about loops",
    ]
    assert shown.about == STEP
    assert labels(shown) == ["‹ Back to the step", "↩️ Undo", "My next step", "Roadmap"]
    assert journey(kept).note(STEP) == "Week 1 is done.\nAsk Nimal about loops"
    assert journey(kept).writing(0) is None
    undo = carried(shown, "↩️ Undo")
    await press(front, "undo", more=undo.more, cause="p2")
    assert journey(kept).note(STEP) == ""


async def test_only_the_next_message_is_the_note():
    kept = student()
    front = await asked(kept)
    await write(front, "my note")
    assert "did not understand" in plain_text((await write(front, "and this")).blocks)
    assert journey(kept).note(STEP) == "my note"


async def test_a_message_that_is_heard_again_after_its_answer_was_lost_is_the_same_note():
    for step, text in ((STEP, "my note"), ("", "Kamal")):
        kept = student()
        front = await asked(kept, step)
        heard = Heard(chat="chat", student="chat", text=text, cause="77")
        assert await front.hear(heard) == await front.hear(heard)
        assert len(kept.kept["chat"]) == 3


async def test_who_has_not_agreed_is_asked_first_and_then_asked_for_the_note():
    kept = KeptJourneys()
    for code, more, words in ((short_code(STEP), "", "Your note"), ("", "name", "A name on your picture")):
        front = conversation(journeys=kept)
        first = await press(front, "write", code, more)
        assert "May I keep" in plain_text(first.blocks)
        assert not kept.kept
        go_on = carried(first, "Keep my progress")
        assert words in plain_text((await press(front, "keep", go_on.code, go_on.more)).blocks)
        kept.kept.clear()


async def test_a_note_there_is_shown_and_may_be_deleted_or_written_anew():
    kept = student(event("noted", STEP, "one\ntwo"))
    front = conversation(journeys=kept)
    screen = await press(front, "write", short_code(STEP))
    assert {"one", "two"} <= {block.text for block in screen.blocks}
    assert labels(screen) == ["Delete my note", "Cancel"]
    delete = carried(screen, "Delete my note")
    gone = await press(front, delete.verb, delete.code, delete.more, cause="p2")
    assert "Your note is taken away: Complete CS50" in plain_text(gone.blocks)
    assert "↩️ Undo" in labels(gone)
    assert journey(kept).note(STEP) == ""
    again = await press(front, delete.verb, delete.code, delete.more, cause="p3")
    assert "no note of yours" in plain_text(again.blocks)
    assert "↩️ Undo" not in labels(again)
    assert [one.kind for one in kept.kept["chat"]].count("noted") == 2


async def test_a_note_from_a_step_that_this_one_took_the_place_of_is_deleted_too():
    role = career()
    (stage,) = role.stages
    old = f"{ROLE}/roadmap/old"
    steps = tuple(
        one.model_copy(update={"replaces": (old,)} if one.id == STEP else {}) for one in stage.steps
    )
    base = knowledge([role.model_copy(update={"stages": (stage.model_copy(update={"steps": steps}),)})])
    kept = student(event("noted", old, "of old"))
    front = conversation(journeys=kept, base=base)
    assert "of old" in plain_text((await press(front, "write", short_code(STEP))).blocks)
    await press(front, "unwrite", short_code(STEP), cause="p2")
    assert journey(kept, base).note(STEP) == ""


async def test_cancel_ends_the_asking_and_shows_the_step_again():
    kept = student(event("noted", STEP, "kept note"))
    front = conversation(journeys=kept)
    cancel = carried(await press(front, "write", short_code(STEP)), "Cancel")
    back = await press(front, cancel.verb, cancel.code, cancel.more, cause="p2")
    text = plain_text(back.blocks)
    assert "nothing is changed" in text
    assert "Complete CS50" in text
    assert journey(kept).writing(0) is None
    assert journey(kept).note(STEP) == "kept note"
    assert "did not understand" in plain_text((await write(front, "hello there")).blocks)


async def test_cancelling_a_name_leads_on():
    front = await asked(student(), "")
    screen = await press(front, "unwrite", "", "cancel", cause="p2")
    assert "nothing is changed" in plain_text(screen.blocks)
    assert labels(screen) == ["Picture of my progress", "My next step", "Roadmap"]


@pytest.mark.parametrize(
    ("step", "limit", "short"), [(STEP, NOTE_LIMIT, "n" * NOTE_LIMIT), ("", NAME_LIMIT, "n" * NAME_LIMIT)]
)
@pytest.mark.parametrize("more", [1, 40_000])
async def test_what_is_too_long_changes_nothing_and_a_shorter_one_is_still_waited_for(
    step, limit, short, more
):
    kept = student()
    front = await asked(kept, step)
    before = list(kept.kept["chat"])
    refused = await write(front, short + "x" * more)
    assert "too long" in plain_text(refused.blocks)
    assert f"and {limit} fit" in plain_text(refused.blocks)
    assert labels(refused) == ["Cancel"]
    assert kept.kept["chat"] == before
    await write(front, short)
    assert (journey(kept).note(step) if step else journey(kept).name) == short


@pytest.mark.parametrize("step", [STEP, ""])
@pytest.mark.parametrize(
    "empty", ["", " \n ", "\x00\x01", "\u202e\u2066", "\u200d\u200c", "\u0301\u0301", "\ud800"]
)
async def test_what_shows_nothing_is_no_note_and_no_name(step, empty):
    kept = student()
    front = await asked(kept, step)
    assert "no words" in plain_text((await write(front, empty)).blocks)
    assert kept.kept["chat"][-1].kind == "writing"


async def test_a_note_may_be_of_emoji_and_a_name_needs_a_letter():
    kept = student()
    await write(await asked(kept), "👍🏽")
    assert journey(kept).note(STEP) == "👍🏽"
    assert "no words" in plain_text((await write(await asked(student(), ""), "🦊")).blocks)


async def test_controls_and_what_turns_direction_go_and_lines_joiners_and_letters_stay():
    kept = student()
    await write(await asked(kept), "a\x00b\u202ec\r\nශ්\u200dරී\tලංකා\u2029cafe\u0301\n\n\n\n\nend\ud800 ")
    assert journey(kept).note(STEP) == "abc\nශ්\u200dරී ලංකා\ncafé\n\nend"


@settings(deadline=None)
@given(text=st.text(st.characters(), max_size=700), step=st.sampled_from([STEP, ""]))
async def test_whatever_is_typed_what_is_kept_is_clean_and_within_the_limit(front_door, text, step):
    front, kept = front_door
    kept.kept = student(event("writing", step)).kept
    (effect,) = (await front.hear(Heard(chat="chat", student="chat", text=text, cause="1"))).effects
    assert effect.buttons
    last = kept.kept["chat"][-1]
    if last.kind in {"noted", "named"}:
        assert 0 < len(last.value) <= (NOTE_LIMIT if step else NAME_LIMIT)
        assert unicodedata.is_normalized("NFC", last.value)
        assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in last.value.replace("\n", ""))
        assert step or "\n" not in last.value


@pytest.fixture(scope="module")
def front_door():
    kept = student()
    return conversation(journeys=kept), kept


async def test_a_step_that_was_retired_meanwhile_gets_no_note_and_the_next_message_is_a_message_again():
    kept = student()
    await asked(kept)
    role = career()
    (stage,) = role.stages
    rest = tuple(one for one in stage.steps if one.id != STEP)
    base = knowledge([role.model_copy(update={"stages": (stage.model_copy(update={"steps": rest}),)})])
    front = conversation(journeys=kept, base=base.model_copy(update={"retired": frozenset({STEP})}))
    said = await write(front, "my note")
    assert "not in the roadmap any more" in plain_text(said.blocks)
    assert said.buttons
    assert not any(one.kind == "noted" for one in kept.kept["chat"])
    assert "did not understand" in plain_text((await write(front, "hello")).blocks)


async def test_after_an_hour_a_message_is_a_message_again():
    kept = student()
    front = await asked(kept)
    assert "did not understand" in plain_text((await write(front, "late", at=WRITING_SECONDS + 1)).blocks)
    assert journey(kept).note(STEP) == ""


async def test_a_command_or_a_press_ends_the_asking():
    for otherwise in ("/help", None):
        kept = student()
        front = await asked(kept)
        if otherwise:
            await write(front, otherwise)
        else:
            await press(front, "turn", short_code(SQL), cause="p2")
        assert journey(kept).writing(0) is None


async def test_what_is_written_in_a_group_is_no_note():
    kept = student()
    front = await asked(kept)
    await say(front, "chatting", place="group")
    assert journey(kept).note(STEP) == ""
    assert journey(kept).writing(0) == STEP


async def test_distress_goes_before_a_note_and_is_not_kept():
    kept = student()
    front = await asked(kept, meanings={"q": meaning(Outcome.SAFETY, distress="self-harm")})
    assert "I am glad you wrote this" in plain_text((await write(front, "q")).blocks)
    assert journey(kept).note(STEP) == ""


async def test_where_it_cannot_be_saved_the_student_is_told_and_may_try_again():
    kept = student()
    front = await asked(kept)
    kept.fails = True
    heard = Heard(chat="chat", student="chat", text="my note", cause="1")
    assert (await front.hear(heard)).effects
    kept.fails = False
    await front.hear(heard)
    assert journey(kept).note(STEP) == "my note"


async def test_a_name_is_asked_for_with_the_advice_to_take_a_nickname():
    text = plain_text((await press(conversation(journeys=student()), "write", "", "name")).blocks)
    assert "nickname is best, not your full name" in text
    assert "24 characters" in text


async def test_a_name_is_put_on_changed_and_taken_off():
    kept = student()
    front = await asked(kept, "")
    said = await write(front, "  Kamal\nthe  <b>1st\u202e ")
    assert "Your picture now says: Kamal the <b>1st" in plain_text(said.blocks)
    assert labels(said)[:2] == ["Picture of my progress", "↩️ Undo"]
    assert journey(kept).name == "Kamal the <b>1st"
    screen = await press(front, "write", "", "name", cause="p2")
    assert "Now it says: Kamal" in plain_text(screen.blocks)
    off = carried(screen, "Take my name off")
    gone = await press(front, off.verb, off.code, off.more, cause="p3")
    assert "off the picture" in plain_text(gone.blocks)
    assert journey(kept).name == ""
    again = await press(front, off.verb, off.code, off.more, cause="p4")
    assert "no name on your picture" in plain_text(again.blocks)
    assert "↩️ Undo" not in labels(again)
    assert "↩️ Undo" in labels(gone)


@pytest.mark.parametrize("verb", ["write", "unwrite"])
@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("", ""),
        ("", "names"),
        ("zzzzzz", ""),
        ("zzzzzz", "name"),
        (short_code(ROLE), ""),
        (short_code(f"{ROLE}/pay"), "name"),
        (short_code(f"{STEP}/one"), ""),
    ],
)
async def test_a_forged_button_changes_nothing_and_leads_on(verb, code, more):
    kept = student(event("noted", STEP, "note"), event("named", value="Kamal"))
    before = list(kept.kept["chat"])
    screen = await press(conversation(journeys=kept), verb, code, more)
    assert "changed since then" in plain_text(screen.blocks)
    assert screen.buttons
    assert kept.kept["chat"] == before


async def test_taking_away_what_was_never_kept_keeps_nothing():
    kept = KeptJourneys()
    front = conversation(journeys=kept)
    assert "no note" in plain_text((await press(front, "unwrite", short_code(STEP))).blocks)
    assert "no name" in plain_text((await press(front, "unwrite", "", "name")).blocks)
    assert not kept.kept


async def test_the_same_press_heard_twice_asks_once():
    kept = student()
    front = conversation(journeys=kept)
    first = await press(front, "write", short_code(STEP))
    assert await press(front, "write", short_code(STEP)) == first
