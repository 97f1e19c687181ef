"""Asking for a daily reminder: what buttons and words may do, and what they never do."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.actions import nudge_screens
from bot.conversation import Heard
from bot.domain import nudging
from bot.domain.journey import Event, Journey
from bot.domain.knowledge import short_code
from bot.domain.nudging import Standing, zone_code
from bot.domain.reply import Edit, Message, Press, Reply, encode_press, plain_text
from bot.matching.match import Outcome
from tests.samples import ROLE, TEXTS, KeptJourneys, KeptNudges, conversation, knowledge, meaning

ME = "chat"
AT = 1_790_000_000
"""Monday, 21 September 2026, 19:43 in Colombo."""

STEP = f"{ROLE}/roadmap/basic-sql"
CODES = ["", short_code(f"{STEP}/one"), short_code(STEP), short_code(ROLE), "222222", zone_code("Asia/Dubai")]
PARTS = [value for name, value in vars(nudge_screens).items() if name.startswith("PART_")]


KNOWN = knowledge()
"""One for all examples: the table of places is made for each."""


def kept(*events):
    found = [("kept", ""), *events]
    return KeptJourneys(
        {
            ME: [
                Event(kind, "", value, AT - 100, f"c{number}", "button")
                for number, (kind, value) in enumerate(found)
            ]
        }
    )


def plan_in(journeys):
    return nudging.plan_of(Journey(journeys.kept.get(ME, ()), KNOWN).effective)


async def press(door, *presses, at=AT, cause="1-1"):
    reply = Reply()
    for number, one in enumerate(presses):
        heard = Heard(ME, ME, press=one, at=at + number, cause=f"{cause}-{number}")
        reply = await door.hear(heard)
    return reply


def words(reply):
    return "\n".join(plain_text(one.blocks) for one in reply.effects if isinstance(one, Message | Edit))


VALUES = st.from_regex(r"[a-z0-9.-]{0,20}", fullmatch=True) | st.sampled_from(
    ["1900", "0300.12345", "2460", "9999.9", "2026-12-06", "2020-01-01", "9999-12-31", "on", "60", "evening"]
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([*PARTS, "later", "no", "no-offer"]), VALUES), min_size=1, max_size=6),
    st.sampled_from(CODES),
    st.booleans(),
)
async def test_whatever_a_button_carries_is_answered_and_no_plan_is_in_the_night(pressed, code, plans):
    journeys = kept(*([("nudge", "1900.1234567.en")] if plans else []))
    door = conversation(base=KNOWN, journeys=journeys, nudges=KeptNudges())
    presses = [Press("nudge", code, f"{part}.{value}" if value else part) for part, value in pressed]
    for number, one in enumerate(presses):
        reply = await press(door, one, at=AT + number, cause=f"u{number}")
        assert reply.effects
        plan = plan_in(journeys)
        assert plan is None or not nudging.is_quiet(plan.minute)
        assert plan is None or plan.back_on is None or plan.back_on <= date(2026, 9, 21) + timedelta(days=366)
        for effect in reply.effects:
            buttons = [button for row in getattr(effect, "buttons", ()) for button in row]
            assert buttons or not isinstance(effect, Message | Edit)
            for button in buttons:
                if button.press:
                    encode_press(button.press)


@settings(deadline=None)
@given(st.sampled_from(CODES), VALUES)
async def test_whatever_a_button_of_zones_carries_leaves_a_zone_that_there_is(code, more):
    journeys = kept()
    door = conversation(base=KNOWN, journeys=journeys)
    assert (await press(door, Press("zone", code, more))).effects
    said = nudging.zone_said(Journey(journeys.kept[ME], KNOWN).effective)
    assert said in {"", "Asia/Dubai"}


@settings(deadline=None)
@given(st.text(max_size=60))
async def test_whatever_is_typed_after_the_question_for_a_time_is_answered(text):
    journeys = kept()
    door = conversation(base=KNOWN, journeys=journeys)
    await press(door, Press("nudge", more="other"))
    reply = await door.hear(Heard(ME, ME, text=text, at=AT + 5, cause="2-2"))
    assert reply.effects
    plan = plan_in(journeys)
    assert plan is None or not nudging.is_quiet(plan.minute)


async def test_the_same_update_twice_sets_it_once():
    journeys = kept()
    door = conversation(base=KNOWN, journeys=journeys)
    for _ in range(2):
        await door.hear(Heard(ME, ME, press=Press("nudge", more="at.1900"), at=AT, cause="5-5"))
    assert [event.kind for event in journeys.kept[ME]] == ["kept", "nudge"]


async def test_nothing_is_set_before_the_student_agreed():
    journeys = KeptJourneys()
    reply = await press(conversation(base=KNOWN, journeys=journeys), Press("nudge", more="at.1900"))
    assert "May I keep your progress" in words(reply)
    assert not journeys.kept
    again = await press(conversation(base=KNOWN, journeys=journeys), reply.effects[0].buttons[1][0].press)
    assert "I send none" in words(again)


async def test_when_the_database_refuses_the_student_reads_that_nothing_is_changed():
    journeys = kept()
    door = conversation(base=KNOWN, journeys=journeys, nudges=KeptNudges(fails=True))
    reply = await press(door, Press("nudge", more="at.1900"))
    assert "not save" in words(reply) or any(
        "did not work" in getattr(one, "text", "") for one in reply.effects
    )


async def test_a_student_is_noticed_whatever_they_do_but_only_who_has_reminders():
    nudges = KeptNudges()
    door = conversation(base=KNOWN, journeys=kept(("nudge", "1900.1.en")), nudges=nudges)
    await door.hear(Heard(ME, ME, text="hello", at=AT, cause="1"))
    await door.hear(Heard("-5", ME, text="hello", at=AT + 1, cause="2", place="group"))
    await door.hear(Heard("other", "other", text="hello", at=AT + 2, cause="3"))
    assert nudges.signs == [(ME, AT), (ME, AT + 1)]


async def test_a_student_is_answered_though_their_reminders_cannot_be_looked_up():
    door = conversation(base=KNOWN, journeys=kept(("nudge", "1900.1.en")), nudges=KeptNudges(fails=True))
    assert "did not understand" in words(await door.hear(Heard(ME, ME, text="blah", at=AT, cause="1")))


@pytest.mark.parametrize(
    ("question", "does", "label", "pressed"),
    [
        ("remind me at 7pm", "nudge-set", "Daily reminder: 19:00", Press("nudge", more="at.1900")),
        ("remind me at 7", "nudge-set", "Daily reminder: 7:00 / 19:00", Press("nudge", more="either.0700")),
        (
            "stop till 15 december",
            "nudge-stop",
            "Pause until 15 December 2026",
            Press("nudge", more="pause.2026-12-15"),
        ),
        ("stop it", "nudge-stop", "Stop reminders", Press("do", short_code("bot/nudge-stop"))),
    ],
)
async def test_a_choice_does_what_the_sentence_said(question, does, label, pressed):
    meanings = {question: meaning(Outcome.CHOICES, f"bot/{does}", f"{ROLE}/overview")}
    door = conversation(meanings, base=KNOWN, journeys=kept(("nudge", "0700.1.en")))
    [message] = (await door.hear(Heard(ME, ME, text=question, at=AT, cause="1"))).effects
    button = message.buttons[0][0]
    assert (button.label, button.press) == (label, pressed)


async def test_in_a_group_nothing_is_told_of_anybodys_reminders():
    meanings = {"remind me": meaning(Outcome.ACTION, "bot/nudge-set")}
    door = conversation(meanings, base=KNOWN, journeys=kept(("nudge", "1900.1234567.en")))
    for text in ("remind me", "/nudge", "/stop"):
        reply = await door.hear(Heard("-5", ME, text=text, at=AT, cause=text, place="group"))
        assert all(one.audience == "asker" for one in reply.effects)
        assert all("19:00" not in plain_text(one.instead.blocks) for one in reply.effects if one.instead)


async def test_a_week_day_and_a_date_say_when_the_next_one_comes():
    door = conversation(base=KNOWN, journeys=kept())
    shown = words(await press(door, Press("nudge", more="at.1600.4")))
    assert "Next: Thursday 16:00." in shown
    shown = words(await press(door, Press("nudge", more="pause.2026-10-06"), cause="9"))
    assert "Next: Thursday, 8 October 2026, 16:00." in shown


async def test_the_same_wording_is_never_said_two_days_running_in_any_language():
    for language in ("en", "si", "ta"):
        said = [TEXTS.say("nudge-opening", language, wording=number, minutes=15) for number in range(7)]
        assert len(set(said)) == 7


def test_standing_is_nothing_unless_told():
    assert Standing() == Standing(None, "", 0)
