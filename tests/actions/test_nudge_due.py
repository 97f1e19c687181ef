"""What a student gets when a daily reminder is due, day after day, out of the real stores."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import Conversation, Heard
from bot.domain.inbox import StoreError
from bot.domain.journey import Act
from bot.domain.knowledge import short_code
from bot.domain.nudging import Claimed, Due, Prepared
from bot.domain.reply import Press, plain_text
from bot.matching.match import Outcome
from bot.storage.database import Database
from bot.storage.journeys import Journeys
from bot.storage.nudges import Nudges
from tests.samples import ROLE, KeptJourneys, career, conversation, knowledge, meaning

COLOMBO = ZoneInfo("Asia/Colombo")
STEP = f"{ROLE}/roadmap/python-basics"
ME = "7"
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=COLOMBO)


@dataclass
class Life:
    """A student whose days go by; reminders go out at their time and end as sent."""

    door: Conversation
    journeys: Journeys
    nudges: Nudges
    now: int = int(MONDAY.timestamp())
    number: int = 0
    got: list[tuple[date, str, str]] = field(default_factory=list)

    async def does(self, *acts: Act) -> None:
        self.number += 1
        await self.journeys.change(ME, f"did-{self.number}", self.now, "button", lambda _: acts)

    async def press(self, press: Press):
        self.number += 1
        heard = Heard(ME, ME, press=press, at=self.now, cause=f"{self.number}-{self.now}")
        return (await self.door.hear(heard)).effects[0]

    async def says(self, text: str):
        self.number += 1
        heard = Heard(ME, ME, text=text, at=self.now, cause=f"{self.number}-{self.now}")
        return (await self.door.hear(heard)).effects[0]

    async def until(self, days: float = 0, *, hour: int, minute: int = 0) -> list[Prepared]:
        """Let time pass to an hour some days on, and return what was prepared for sending on the way."""
        today = datetime.fromtimestamp(self.now, COLOMBO)
        end = int((today.replace(hour=hour, minute=minute) + timedelta(days=days)).timestamp())
        sent = []
        while self.now < end:
            self.now = min(end, self.now + 1800)
            for claimed in await self.nudges.claim("me", self.now, 10):
                prepared = await self.door.prepare(claimed, self.now)
                if prepared.moved_to is not None:
                    await self.nudges.release(claimed, self.now, prepared.moved_to, prepared.moved_to)
                    continue
                await self.nudges.complete(
                    claimed, prepared.ending, self.now, prepared.about, prepared.wording
                )
                self.got.append((claimed.day, claimed.kind, prepared.ending))
                if prepared.message:
                    sent.append(prepared)
        return sent


@pytest.fixture
async def life(tmp_path):
    database = await Database.open(f"sqlite:///{tmp_path / 'bot.db'}")
    journeys, nudges = Journeys(database, COLOMBO), Nudges(database, COLOMBO)
    one = Life(conversation(journeys=journeys, nudges=nudges), journeys, nudges)
    await one.does(Act("kept"), Act("nudge", value="1900.1234567.en"))
    yield one
    await database.close()


def labels(message):
    return [button.label for row in message.buttons for button in row]


def words(effect):
    return plain_text(effect.blocks)


async def test_it_says_what_to_do_how_long_why_and_where_with_five_buttons(life):
    [prepared] = await life.until(hour=20)
    message = prepared.message
    assert message.about == prepared.about == f"{STEP}/one"
    text = words(message)
    assert "10 minutes" in text
    assert "Learn Python basics" in text
    assert "Read this loop" in text
    assert "It reads almost like English." in text
    assert "https://example.org/learn" in text
    assert labels(message) == ["✅ Done", "Later", "Not today", "Change", "Stop"]
    assert prepared.ending == "sent"
    assert prepared.until == int(MONDAY.replace(hour=21).timestamp())


async def test_no_two_days_running_have_the_same_words_or_while_there_are_others_the_same_task(life):
    await life.does(Act("has", value="always"))
    sent = []
    for _ in range(9):
        sent += await life.until(1, hour=20)
        await life.nudges.alive(ME, life.now)
    assert len(sent) == 10
    for before, after in pairwise(sent):
        assert before.about != after.about
        assert words(before.message).splitlines()[0] != words(after.message).splitlines()[0]
    assert {one.about.rpartition("/")[2] for one in sent} == {"one", "two", "three", "four"}


@pytest.mark.parametrize("said", [(), (Act("has", value="sometimes"),)])
async def test_who_has_not_said_what_they_have_gets_what_surely_works(life, said):
    await life.does(*said)
    sent = await life.until(hour=20)
    sent += await life.until(2, hour=20)
    names = {one.about.rpartition("/")[2] for one in sent}
    assert names == ({"one", "two", "three"} if said else {"one", "two"})


async def test_the_third_unanswered_one_says_that_they_get_rarer(life):
    sent = await life.until(2, hour=20)
    assert ["I write less often from here on" in words(one.message) for one in sent] == [False, False, True]


async def test_a_step_with_one_open_task_shows_that_one_again_in_other_words(life):
    await life.does(*(Act("ticked", f"{STEP}/{task}") for task in ("one", "two", "four")))
    await life.until(hour=20)
    [tuesday, wednesday] = await life.until(2, hour=20)
    assert tuesday.about == wednesday.about == f"{STEP}/three"
    assert words(tuesday.message) != words(wednesday.message)


async def test_who_has_only_a_phone_gets_what_a_phone_is_enough_for(life):
    await life.does(Act("has", value="phone"))
    sent = await life.until(hour=20)
    sent += await life.until(2, hour=20)
    assert [one.about.rpartition("/")[2] for one in sent] == ["one", "two", "one"]


async def test_done_marks_it_and_shows_what_comes_next_and_the_day_stays_quiet(life):
    [prepared] = await life.until(hour=20)
    assert await life.press(Press("nudge", short_code(prepared.about), "later.evening"))
    shown = await life.press(prepared.message.buttons[0][0].press)
    assert "Ticked: 1 of 4 tasks" in words(shown)
    assert "Task 2 of 4" in words(shown)
    await life.until(1, hour=12)
    assert await life.until(hour=18) == []
    await life.press(Press("tick", short_code(f"{STEP}/two")))
    assert await life.until(hour=21) == []
    assert life.got[-1] == (date(2026, 11, 24), "daily", "done")


async def test_later_sends_the_same_task_again_once_in_other_words_and_without_later(life):
    [prepared] = await life.until(hour=19, minute=10)
    asked = await life.press(Press("nudge", short_code(prepared.about), "later"))
    assert labels(asked) == ["In 1 hour: today, 20:10", "Not today"]
    moved = await life.press(Press("nudge", short_code(prepared.about), "later.60"))
    assert "today, 20:10" in words(moved)
    [again] = await life.until(hour=20, minute=30)
    assert again.about == prepared.about
    assert "again, as you asked" in words(again.message)
    assert labels(again.message) == ["✅ Done", "Not today", "Change", "Stop"]
    assert len(await life.until(1, hour=19, minute=10)) == 1


async def test_later_comes_once_a_day(life):
    await life.does(Act("nudge", value="1600.1234567.en"))
    [prepared] = await life.until(hour=17)
    await life.press(Press("nudge", short_code(prepared.about), "later.60"))
    assert len(await life.until(hour=18, minute=30)) == 1
    once = await life.press(Press("nudge", short_code(prepared.about), "later.60"))
    assert "second time today already" in words(once)
    assert await life.until(hour=21) == []


async def test_later_under_an_old_one_adds_none_to_the_one_that_is_still_to_come(life):
    [prepared] = await life.until(hour=20)
    await life.until(1, hour=12)
    shown = await life.press(Press("nudge", short_code(prepared.about), "later.evening"))
    assert "still to come" in words(shown)
    assert "Next: today, 19:00" in words(shown)
    assert len(await life.until(hour=21)) == 1


async def test_what_is_said_back_as_the_next_is_what_comes(life):
    await life.press(Press("tick", short_code(f"{STEP}/one")))
    assert "Next: tomorrow, 19:00" in words(await life.press(Press("nudge", more="change")))
    await life.press(Press("untick", short_code(f"{STEP}/one")))
    assert "Next: today, 19:00" in words(await life.press(Press("nudge", more="change")))
    assert len(await life.until(hour=21)) == 1
    await life.does(*(Act("done", step.id) for step in career().steps))
    assert "Next" not in words(await life.press(Press("nudge", more="change")))


async def test_undo_does_not_mean_a_pause(life):
    await life.press(Press("tick", short_code(f"{STEP}/one")))
    await life.press(Press("nudge", more="pause.2026-12-01"))
    assert "the tick on task 1" in words(await life.says("/undo"))


async def test_done_long_after_a_reminder_asks_rather_than_ticks(life):
    await life.until(hour=19)
    life.now += 3700
    await life.says("/done")
    assert not [one for one in await life.journeys.events(ME) if one.kind == "ticked"]


async def test_later_is_never_in_the_night(life):
    [prepared] = await life.until(hour=20, minute=30)
    shown = await life.press(Press("nudge", short_code(prepared.about), "later"))
    assert "too late for today" in words(shown)
    assert "Next: tomorrow, 19:00" in words(shown)


async def test_not_today_takes_back_what_was_moved_and_names_the_next(life):
    [prepared] = await life.until(hour=19)
    await life.press(Press("nudge", short_code(prepared.about), "later.60"))
    shown = await life.press(Press("nudge", short_code(prepared.about), "no"))
    assert "not today" in words(shown)
    assert "Next: tomorrow, 19:00" in words(shown)
    assert await life.until(hour=21) == []


async def test_not_today_in_the_morning_leaves_out_that_day_alone(life):
    shown = await life.press(Press("nudge", short_code(f"{STEP}/one"), "no"))
    assert "Next: tomorrow, 19:00" in words(shown)
    assert await life.until(hour=21) == []
    assert len(await life.until(1, hour=21)) == 1


async def test_unanswered_it_gets_rarer_then_says_one_last_line_and_falls_silent(life):
    sent = await life.until(40, hour=21)
    days = [(day - date(2026, 11, 23)).days for day, _, ending in life.got if ending in {"sent", "last"}]
    assert days == [0, 1, 2, 5, 8, 11, 14, 17]
    assert [one.ending for one in sent] == [*["sent"] * 7, "last"]
    assert "I am quiet now" in words(sent[-1].message)
    assert labels(sent[-1].message) == ["My next step", "Change", "Stop"]
    assert len(life.got) == 18
    await life.says("hello")
    assert len(await life.until(1, hour=21)) == 1


@pytest.mark.parametrize("days", [3, 10])
async def test_any_sign_of_life_restores_the_rhythm(life, days):
    await life.until(days, hour=12)
    await life.says("what is this")
    before = len(life.got)
    await life.until(3, hour=12)
    assert [ending for _, _, ending in life.got[before:]] == ["sent"] * 3


async def test_the_end_of_the_roadmap_is_congratulated_once(life):
    await life.does(*(Act("done", step.id) for step in career().steps))
    life.now += 24 * 3600
    sent = await life.until(4, hour=21)
    assert len(sent) == 1
    assert "end of the roadmap" in words(sent[0].message)
    assert {ending for _, _, ending in life.got[-3:]} == {"finished"}


async def test_on_sunday_there_is_a_look_back_where_it_was_asked_for_also_after_something_was_done(life):
    await life.does(Act("look-back", value="on"))
    await life.until(6, hour=12)
    await life.does(Act("done", STEP), Act("ticked", f"{ROLE}/roadmap/cs50/one"))
    await life.nudges.alive(ME, life.now)
    [prepared] = await life.until(hour=21)
    text = words(prepared.message)
    assert "Your week" in text
    assert "Done: Learn Python basics" in text
    assert "1 task ticked" in text
    assert "Think in systems" in text
    assert labels(prepared.message)[0] == "Picture of my progress"
    assert [kind for day, kind, _ in life.got if day == date(2026, 11, 29)] == ["look-back"]
    assert (await life.until(1, hour=21))[0].message.about.startswith(f"{ROLE}/roadmap/systems-thinking")


async def test_a_quiet_week_is_looked_back_at_without_reproach(life):
    await life.does(Act("look-back", value="on"))
    await life.until(6, hour=12)
    await life.nudges.alive(ME, life.now)
    [prepared] = await life.until(hour=21)
    assert "A quiet week. All you did before stays." in words(prepared.message)


async def test_it_is_in_the_language_it_was_asked_for_in(life):
    await life.does(Act("nudge", value="1900.1234567.si"))
    [prepared] = await life.until(hour=20)
    assert prepared.message.language == "si"


async def test_a_pause_is_recorded_as_no_more_than_a_pause(life):
    await life.does(Act("pause", value="2026-11-26"))
    await life.does(Act("done", STEP))
    sent = await life.until(4, hour=21)
    assert [ending for _, _, ending in life.got] == ["paused"] * 3 + ["sent"] * 2
    assert len(sent) == 2


async def test_distress_leaves_an_ordinary_pause_of_two_weeks_and_the_sooner_end_is_a_tap(life):
    door = conversation(
        {"i want to die": meaning(Outcome.SAFETY, distress="self-harm")},
        journeys=life.journeys,
        nudges=life.nudges,
    )
    life.door = door
    await life.says("i want to die")
    asked_for = await life.journeys.change(
        "8", "x", life.now, "sentence", lambda _: [Act("kept"), Act("pause", value="2026-12-07")]
    )
    pause = (await life.journeys.events(ME))[-1]
    assert replace(pause, cause="x") == asked_for.brought[-1]
    assert await life.until(13, hour=21) == []
    assert {ending for _, _, ending in life.got} == {"paused"}
    await life.press(Press("nudge", more="resume"))
    assert len(await life.until(1, hour=21)) == 1


async def test_when_the_rules_of_a_zone_change_it_waits_for_the_right_time(life):
    claimed = Claimed(
        1, ME, date(2026, 11, 23), "daily", life.now, 0, None, "", 0, tries=1, by="me", at=life.now
    )
    prepared = await life.door.prepare(claimed, life.now)
    assert prepared.message is None
    assert prepared.moved_to == int(MONDAY.replace(hour=19).timestamp())


async def test_what_cannot_be_read_is_not_decided():
    door = conversation(journeys=KeptJourneys(fails=True))
    claimed = Claimed(1, ME, date(2026, 11, 23), "daily", 0, 0, None, "", 0, tries=1, by="me", at=0)
    with pytest.raises(StoreError):
        await door.prepare(claimed, 0)


async def test_a_task_that_left_the_roadmap_is_not_shown_again(life):
    due = Due(date(2026, 11, 23), "later", life.now + 3600)
    await life.nudges.later(ME, due, f"{ROLE}/roadmap/of-last-year/one", life.now)
    [prepared, _] = await life.until(hour=20)
    assert prepared.about == f"{STEP}/one"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("done", "Ticked: 1 of 4"),
        ("did it", "Ticked: 1 of 4"),
        ("later", "When shall I send it again today?"),
        ("not today", "All right, not today"),
        ("busy now sorry", "All right, not today"),
        ("i am sick", "All right, not today"),
        ("skip", "All right, not today"),
        ("හෙට", "All right, not today"),
    ],
)
async def test_typed_words_mean_the_task_that_was_sent(life, typed, said):
    [prepared] = await life.until(hour=19)
    shown = await life.says(typed)
    assert said in words(shown) or typed == "හෙට"
    assert prepared.about == f"{STEP}/one"
    marks = [one for one in await life.journeys.events(ME) if one.kind in {"ticked", "skipped", "done"}]
    assert len(marks) == ("Ticked" in said)


@pytest.mark.parametrize("typed", ["it", "all of it", "yes", "ok", "i am"])
async def test_words_that_tell_nothing_mark_nothing(life, typed):
    await life.until(hour=20)
    await life.says(typed)
    assert not [one for one in await life.journeys.events(ME) if one.kind in {"ticked", "skipped", "done"}]


async def test_an_hour_later_a_tap_is_answered_in_the_language_of_the_reminder(life):
    await life.does(Act("nudge", value="1900.1234567.si"))
    [prepared] = await life.until(hour=20)
    shown = await life.press(prepared.message.buttons[1][1].press)
    assert shown.language == "si"
    await life.press(Press("nudge", more="at.1600"))
    assert (await life.journeys.events(ME))[-1].value == "1600.1234567.si"


async def test_every_button_still_works_a_week_later_and_after_stop(life):
    [prepared] = await life.until(hour=20)
    await life.press(Press("nudge", more="stop"))
    life.now += 7 * 24 * 3600 - 3 * 3600
    shown = [words(await life.press(button.press)) for row in prepared.message.buttons for button in row]
    assert "Ticked" in shown[0]
    assert "At what time?" in shown[1]
    assert "not today" in shown[2]
    assert all("too old" not in text for text in shown)
    assert await life.until(3, hour=21) == []


def test_the_knowledge_of_the_sample_has_what_this_file_needs():
    assert knowledge().step_of(f"{STEP}/one")
    assert datetime(2026, 11, 23, tzinfo=UTC).isoweekday() == 1
