"""How far a student is, in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import Heard
from bot.domain.journey import Event, week_start
from bot.domain.knowledge import short_code
from bot.domain.reply import Message, Press, plain_text
from tests.samples import ROLE, KeptJourneys, career, conversation, knowledge, say

COLOMBO = ZoneInfo("Asia/Colombo")
DAY = 24 * 3600
OTHER = "data-scientist"


def instant(text):
    """UTC epoch seconds of a local time in Colombo."""
    return int(datetime.fromisoformat(text).replace(tzinfo=COLOMBO).timestamp())


WEDNESDAY = instant("2026-11-18 12:00")


def event(kind, about="", value="", at=WEDNESDAY, cause=""):
    whole = (
        f"{ROLE}/roadmap/{about}"
        if about and "/" not in about and kind not in {"career", "restarted"}
        else about
    )
    return Event(kind, whole, value, at, cause or f"{kind}-{about}-{at}", "button")


def door(*events, base=None):
    """The front door of a student who agreed and then did this."""
    kept = KeptJourneys({"chat": [event("kept", at=0), *events]})
    return conversation(base=base, journeys=kept)


async def told(door, at=WEDNESDAY):
    (message,) = (await say(door, "/progress", at=at)).effects
    assert isinstance(message, Message)
    return message


async def words(*events, at=WEDNESDAY, base=None):
    return plain_text((await told(door(*events, base=base), at)).blocks)


def labels(message):
    return [button.label for row in message.buttons for button in row]


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        ("2026-11-16 00:00", "2026-11-16 00:00"),
        ("2026-11-18 12:00", "2026-11-16 00:00"),
        ("2026-11-22 23:59", "2026-11-16 00:00"),
        ("2027-01-01 08:00", "2026-12-28 00:00"),
    ],
)
def test_a_week_begins_on_monday_at_midnight_where_the_student_is(now, monday):
    assert week_start(instant(now), COLOMBO) == instant(monday)


def test_where_the_clocks_change_on_sunday_the_week_still_began_at_midnight():
    berlin = ZoneInfo("Europe/Berlin")
    sunday = int(datetime(2026, 10, 25, 20, tzinfo=berlin).timestamp())
    assert (
        datetime.fromtimestamp(week_start(sunday, berlin), berlin).isoformat() == "2026-10-19T00:00:00+02:00"
    )


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - made aware below
    st.sampled_from(["Asia/Colombo", "Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia"]),
)
def test_every_instant_lies_within_the_week_that_began_on_its_monday(moment, name):
    zone = ZoneInfo(name)
    at = int(moment.replace(tzinfo=UTC).timestamp())
    start = week_start(at, zone)
    assert 0 <= at - start < 8 * DAY
    assert datetime.fromtimestamp(start, zone).weekday() == 0


async def test_words_say_this_week_in_all_and_what_comes_next():
    text = await words(
        event("done", "python-basics", at=WEDNESDAY - 30 * DAY),
        event("skipped", "cs50", at=WEDNESDAY - 30 * DAY),
        event("ticked", f"{ROLE}/roadmap/systems-thinking/one"),
        event("done", "basic-sql"),
    )
    assert "This week: 1 step done · 1 task ticked" in text
    assert "2 of 5 steps done · 1 begun · 1 skipped · 1 task ticked" in text
    assert "What comes next: Think in systems. About 15 minutes: Draw a box." in text


async def test_sunday_evening_is_still_this_week_and_monday_morning_is_not():
    done = event("done", "cs50", at=instant("2026-11-16 00:00"))
    assert "This week: 1 step" in await words(done, at=instant("2026-11-22 23:59"))
    assert "This week: 1 step" not in await words(done, at=instant("2026-11-23 00:00"))


async def test_a_week_without_anything_brings_no_reproach_and_no_row_of_days():
    text = await words(event("done", "cs50", at=WEDNESDAY - 8 * DAY))
    assert "Go at your own speed" in text
    assert "1 of 5 steps done" in text
    assert not any(
        word in text.casefold() for word in ("streak", "miss", "lost", "only", "0 tasks", "in a row")
    )


async def test_what_was_taken_back_counts_neither_this_week_nor_in_all():
    text = await words(
        event("done", "cs50", cause="7"),
        event("done", "basic-sql"),
        event("undone", value="7"),
    )
    assert "This week: 1 step done\n" in text
    assert "1 of 5 steps done" in text


async def test_who_marked_nothing_yet_is_led_to_the_next_task_and_the_roadmap():
    for front in (conversation(), door(), door(event("career", ROLE))):
        message = await told(front)
        assert "that is fine" in plain_text(message.blocks)
        assert labels(message) == ["My next step", "Roadmap"]


async def test_a_button_draws_the_way_along_the_career_that_is_shown():
    message = await told(door(event("done", "cs50")))
    assert labels(message) == ["Picture of my progress", "My next step", "Roadmap"]
    assert message.buttons[0][0].press == Press("draw", short_code(ROLE))


async def test_steps_that_were_done_and_left_the_roadmap_are_told_of():
    base = knowledge().model_copy(update={"retired": frozenset({f"{ROLE}/roadmap/basic"})})
    assert "And 1 step that you did" in await words(event("done", "basic"), base=base)
    assert "0 of 5 steps done" in await words(event("done", "basic"), base=base)
    for after in (event("cleared", "basic"), event("restarted", ROLE), event("undone", value="x")):
        text = await words(
            event("done", "basic", cause="x"), event("done", "cs50", cause="y"), after, base=base
        )
        assert "that you did" not in text


async def test_a_step_whose_successors_are_done_is_not_told_of_twice():
    role = career()
    (stage,) = role.stages
    first, second, *rest = stage.steps
    split = [one.model_copy(update={"replaces": (f"{ROLE}/roadmap/old",)}) for one in (first, second)]
    stage = stage.model_copy(update={"steps": (*split, *rest)})
    base = knowledge([role.model_copy(update={"stages": (stage,)})])
    base = base.model_copy(update={"retired": frozenset({f"{ROLE}/roadmap/old"})})
    text = await words(event("done", "old"), base=base)
    assert "2 of 5 steps done" in text
    assert "that you did" not in text
    unpicked = (event("cleared", "python-basics"), event("cleared", "cs50"))
    assert "And 1 step that you did" in await words(event("done", "old"), *unpicked, base=base)


async def test_who_has_done_all_is_told_so_and_pushed_to_nothing():
    ids = [step.id for step in career().steps]
    text = await words(*(event("done", one) for one in ids))
    assert "5 of 5 steps done" in text
    assert "Nothing is left to do" in text


async def test_other_careers_of_the_student_are_told_of_and_a_tap_away():
    base = knowledge([career(), career(OTHER, "Data Scientist"), career("pilot", "Pilot")])
    front = door(
        event("career", ROLE),
        event("done", f"{ROLE}/roadmap/cs50", at=WEDNESDAY - 8 * DAY),
        event("career", OTHER),
        event("done", f"{OTHER}/roadmap/cs50"),
        event("done", f"{OTHER}/roadmap/basic-sql"),
        base=base,
    )
    message = await told(front)
    text = plain_text(message.blocks)
    assert "Your progress: Data Scientist" in text
    assert "• Backend Developer: 1 of 5 steps done" in text
    assert "Pilot" not in text
    assert message.buttons[-1][0].press == Press("turn", short_code(f"{ROLE}/roadmap"))


async def test_this_week_counts_every_career_of_the_student():
    base = knowledge([career(), career(OTHER, "Data Scientist")])
    text = await words(
        event("done", f"{OTHER}/roadmap/cs50"),
        event("done", f"{ROLE}/roadmap/cs50"),
        event("career", ROLE),
        base=base,
    )
    assert "This week: 2 steps done" in text


async def test_of_many_careers_the_first_few_are_told_of_so_that_it_fits_a_phone():
    base = knowledge(career(f"career-{number}", f"Career {number}") for number in range(50))
    chosen = [event("career", f"career-{number}", at=number) for number in range(50)]
    message = await told(door(*chosen, event("done", "career-49/roadmap/cs50"), base=base))
    assert len(message.buttons) == 7
    assert len(plain_text(message.blocks)) < 700


async def test_the_same_is_said_by_a_button_a_command_and_a_career_that_is_gone():
    events = (event("career", "gone-career"), event("done", "gone-career/roadmap/x"), event("done", "cs50"))
    front = door(*events)
    pressed = Heard(chat="chat", student="chat", press=Press("do", short_code("bot/progress")), at=WEDNESDAY)
    assert (await front.hear(pressed)).effects == ((await told(front)),)
    assert "Your progress: Backend Developer" in plain_text((await told(front)).blocks)
