"""A student walks a roadmap: with buttons, commands and sentences, on two phones, alone and in a group."""

import sqlite3
import struct
from contextlib import closing

import pytest
import pytest_asyncio

from bot.domain.knowledge import short_code
from tests.botapi.program import Options
from tests.botapi.server import BotApi
from tests.process.conftest import PATIENCE, Running, eventually, until_polling
from tests.process.walking import GONE, NEVER, changed
from tests.samples import ROLE, TEXTS

pytestmark = pytest.mark.asyncio(loop_scope="module")

KEEP = "Keep my progress"
PYTHON, CS50, SQL = (f"{ROLE}/roadmap/{one}" for one in ("python-basics", "cs50", "basic-sql"))
MARKS = [TEXTS.say(f"mark-{status}", "en") for status in ("todo", "begun", "done", "skipped", "known")]
"""What only a student's own roadmap shows."""

KILOBYTES_60 = 60_000
MOST_WIDE = 720


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walking(engine, tmp_path_factory):
    """One server and one product for all tests of this file, as fast as they can: nobody waits for limits."""
    assert engine
    async with BotApi() as server:
        server.patience = PATIENCE
        folder = tmp_path_factory.mktemp("walk")
        running = Running(Options(server.url, folder, echo=False, unlimited=True))
        try:
            await until_polling(server)
            yield server, running
            assert await running.stop() == 0
        finally:
            running.kill()
        running.assert_quiet()


@pytest.fixture
def live(walking):
    """The server of the whole file."""
    server, _ = walking
    server.clear_records()
    return server


@pytest.fixture
def kept(walking):
    """Returns what the database has of a student: kinds and ids in order.

    Left out are 'kept' and 'celebrated', and the ticks that came with a step that was marked done.
    """
    _, running = walking

    def events(person):
        with closing(sqlite3.connect(f"file:{running.options.folder / 'bot.db'}?mode=ro", uri=True)) as base:
            rows = base.execute(
                "SELECT kind, cause, about FROM events "
                "WHERE student = ? AND kind NOT IN ('kept', 'celebrated', 'offered') ORDER BY id",
                (str(person.id),),
            )
            found = [(kind, cause, about.removeprefix(f"{ROLE}/roadmap/")) for kind, cause, about in rows]
        done = {(cause, about) for kind, cause, about in found if kind == "done"}
        return [
            (kind, about) for kind, cause, about in found if (cause, about.rpartition("/")[0]) not in done
        ]

    return events


async def agreed(live, name):
    """Somebody who has marked CS50 as done and lets it be kept."""
    person = live.user(name)
    await person.says("i finished cs50")
    await person.sees(button=KEEP)
    await person.presses(KEEP)
    await person.sees("Marked as done: Take CS50", "1 of 5 steps done", button="Undo")
    return person


async def taps(person, *steps):
    """Press one button after the other and see what each brings; all of it in the one message there is."""
    before = without_offer(person)
    for label, words in steps:
        await person.presses(label)
        await person.sees(words)
        assert len(without_offer(person)) == len(before), f"{label!r} brought a message of its own"


def without_offer(person):
    """What the person reads, but for the offer of reminders, which comes once beside the first step."""
    return [text for text in person.api.texts(person.id) if "Shall I remind you" not in text]


async def says(person, *exchanges):
    """Say one thing after the other and see what each brings."""
    for said, words in exchanges:
        await person.says(said)
        await person.sees(words)


def marked(events):
    """The marks of steps among events, without the ticks that come with them."""
    return [one for one in events if one[0] != "ticked"]


def labels(person):
    """The labels of the buttons of the newest message on the screen."""
    rows = person.messages()[-1].get("reply_markup", {}).get("inline_keyboard", [])
    return [one["text"] for row in rows for one in row]


# Buttons


async def test_from_the_first_meeting_to_the_marks_on_the_roadmap_it_is_one_message(live, kept):
    ama = live.user("Ama")
    await says(ama, ("/start", "Which career interests you"))
    await taps(
        ama,
        ("Backend Developer", "Where are you now"),
        ("A/L", "You may know some of it already"),
        ("Tick what I know", "May I keep your progress"),
        (KEEP, "What do you know already"),
        ("Learn Python basics", "What do you know already"),
    )
    await ama.sees(button="💡 Learn Python basics")
    await taps(ama, ("Roadmap", "0 of 5 steps done · 1 known already"))
    await ama.sees(button="💡 1. Learn Python basics")
    assert kept(ama) == [("career", ROLE), ("stands", ""), ("known", "python-basics")]
    assert len(without_offer(ama)) == 1
    assert not live.unanswered
    live.assert_clean()


async def test_a_step_is_ticked_through_and_the_next_ones_skipped_and_known_in_one_message(live, kept):
    ama = live.user("Ama")
    await says(ama, ("/roadmap", "0 of 5 steps done"))
    await taps(
        ama,
        ("1. Learn Python", "You are done when"),
        ("1. Read this program", "what do you have"),
        ("Only a phone", "Task 1 of 7"),
        ("tick", "May I keep your progress"),
        (KEEP, "Task 2 of 7"),
        *(("tick", f"Task {number} of 7") for number in range(3, 8)),
        ("tick", "All tasks are ticked"),
        ("✅ Done", "Marked as done: Learn Python basics"),
        ("Next step ›", "Take CS50"),
        ("⏭️ Skip", "Skipped: Take CS50"),
        ("Next step ›", "Think in systems"),
        ("💡 I know this already", "You know this already: Think in systems"),
        ("‹ Back", "1 of 5 steps done · 1 known already · 1 skipped"),
    )
    marks = [one.split(".")[0] for one in labels(ama)[:5]]
    assert marks == ["✅ 1", "⏭️ 2", "💡 3", "⬜ 4", "⬜ 5"]
    assert len(without_offer(ama)) == 1
    assert [kind for kind, _ in kept(ama)] == ["has", *["ticked"] * 7, "done", "skipped", "known"]
    await says(ama, ("/next", "Your next task · Learn basic SQL"))
    await ama.sees("About 15 minutes", "Why this one", button="tick")
    await taps(ama, ("tick", "Ticked: 1 of 7"))
    assert not live.unanswered
    live.assert_clean()


async def test_a_note_is_asked_for_in_place_and_stands_at_its_step(live, kept):
    ama = await agreed(live, "Ama")
    await says(ama, ("/roadmap", "1 of 5 steps done"))
    await taps(
        ama, ("4. Learn basic SQL", "You are done when"), ("Write a note", "Your note: Learn basic SQL")
    )
    await says(ama, ("<b>tables</b> & rows", "Noted: Learn basic SQL"))
    await taps(ama, ("Back to the step", "Your note: <b>tables</b> & rows"))
    assert kept(ama)[-1] == ("noted", "basic-sql")
    live.assert_clean()


# Sentences


async def test_what_is_said_does_what_the_buttons_do(live, kept):
    ama = await agreed(live, "Ama")
    await says(
        ama,
        # Answered in Sinhala, so only the title can be looked for here.
        ("python basics iwarai", ": Learn Python basics"),
        ("oops i marked the wrong one", "Not done any more: Learn Python basics"),
        ("how far am i", "In all: 1 of 5 steps done"),
        ("whats next", "what do you have"),
    )
    await taps(ama, ("A computer sometimes", "Task 1 of 7"))
    await says(
        ama,
        ("done", "Ticked: task 1 of Learn Python basics"),
        ("skip this", "Skipped: Learn Python basics"),
        ("i know python and sql", "You know this already: Learn Python basics, Learn basic SQL"),
        ("how far am i", "1 of 5 steps done · 2 known already"),
        ("start again", "Shall all your marks"),
    )
    await taps(ama, ("Yes, begin again", "You begin again"), ("Undo", "Your marks are back"))
    await says(ama, ("/progress", "1 of 5 steps done · 2 known already"))
    assert [kind for kind, _ in kept(ama)] == [
        *("done", "done", "undone", "has", "ticked", "skipped", "known", "known", "restarted", "undone")
    ]
    live.assert_clean()


@pytest.mark.parametrize("at_once", [True, False])
async def test_of_two_messages_within_a_second_both_are_kept(live, kept, at_once):
    ama = await agreed(live, "Ama")
    await ama.says("i finished python")
    if not at_once:
        await live.confirmed()
    await ama.says("i finished sql too")
    await eventually(lambda: len(marked(kept(ama))) == 3, "both to be kept")
    assert marked(kept(ama)) == [("done", "cs50"), ("done", "python-basics"), ("done", "basic-sql")]
    await says(ama, ("/progress", "3 of 5 steps done"))
    told = [one for one in live.texts(ama.id) if "Marked as done" in one]
    assert all(any(title in one for one in told) for title in ("Learn Python basics", "Learn basic SQL"))
    live.assert_clean()


async def test_the_same_update_delivered_again_is_one_event(live, kept):
    ama = await agreed(live, "Ama")
    live.redeliver(3)
    await ama.says("i finished python")
    await ama.sees("Marked as done: Learn Python basics")
    await ama.presses("Undo")
    await ama.sees("Not done any more")
    await ama.presses("Put it back")
    await ama.sees("Put back")
    await live.confirmed()
    live.redeliver(1)
    await says(ama, ("/progress", "2 of 5 steps done"))
    assert [kind for kind, _ in kept(ama)] == ["done", "done", "undone", "undone"]
    assert sum("Put back" in one for one in live.texts(ama.id)) == 1
    live.assert_clean()


# Two phones


async def test_of_two_phones_with_the_same_buttons_no_tap_undoes_what_is_done(live, kept):
    ama = await agreed(live, "Ama")
    python, first = short_code(PYTHON), short_code(f"{PYTHON}/predict-variables")
    for data, status in (
        ((f"1:skip:{python}", f"1:done:{python}"), "✅ done · 7 of 7"),
        ((f"1:done:{python}", f"1:skip:{python}"), "marked as done already"),
        ((f"1:clear:{python}:skipped",), "✅ done · 7 of 7"),
        ((f"1:clear:{python}:done", f"1:tick:{first}", f"1:tick:{first}"), ""),
        ((f"1:tick:{first}",), ""),
    ):
        pressed = [await ama.forges(one) for one in data]
        await live.until(lambda: all(one.answered_at for one in pressed), "answers")  # noqa: B023 - used at once
        await live.confirmed()
        if status:
            await ama.sees(status)
    await ama.forges(f"1:turn:{python}")
    await ama.sees("begun · 1 of 7 tasks")
    kinds = [kind for kind, _ in kept(ama)]
    assert kinds == ["done", "skipped", "done", "cleared", "ticked"]
    assert len(without_offer(ama)) == 1
    live.assert_clean(allow=("message is not modified",))


async def test_the_same_keyboard_in_two_messages_works_in_both(live, kept):
    ama = await agreed(live, "Ama")
    await says(
        ama, ("how do i learn basic sql", "You are done when"), ("learn basic sql", "You are done when")
    )
    messages = live.world.chats[ama.id].messages.items()
    *_, old, _, new = (number for number, one in messages if "Shall I remind" not in one.content["text"])
    for number, verb, words in ((old, "skip", "Skipped: Learn basic SQL"), (new, "done", "Marked as done")):
        message = live.world.chats[ama.id].messages[number]
        live.world.touch(message)
        before = live.world.changes
        await ama.forges(f"1:{verb}:{short_code(SQL)}")
        await live.until(lambda: message.changed > before, "the message to change")  # noqa: B023 - used at once
        assert words in message.content["text"]
    assert kept(ama) == [("done", "cs50"), ("skipped", "basic-sql"), ("done", "basic-sql")]
    live.assert_clean()


async def test_a_button_of_a_step_that_is_retired_since_is_met_kindly_and_marks_nothing(tmp_path):
    async with BotApi() as api:
        api.patience = PATIENCE
        bot = Running(Options(api.url, tmp_path, unlimited=True, makes=changed))
        try:
            await until_polling(api)
            ama = api.user("Ama")
            await says(ama, ("/roadmap", "0 of 5 steps done"))
            for verb in ("done", "skip", "know", "clear", "tick", "write"):
                for one, words in ((GONE, "Think in systems"), (NEVER, "0 of 5 steps done")):
                    await ama.forges(f"1:{verb}:{short_code(one)}")
                    await ama.sees("The roadmap has changed since then", words)
            assert len(api.texts(ama.id)) == 1
            assert not api.unanswered
            assert await bot.stop() == 0
            bot.assert_quiet()
        finally:
            bot.kill()
        api.assert_clean(allow=("message is not modified",))
    with closing(sqlite3.connect(tmp_path / "bot.db")) as database:
        assert database.execute("SELECT count(*) FROM events").fetchone() == (0,)


# The picture


async def test_the_way_is_drawn_small_enough_and_shared_without_a_name(live):
    ama, ben = await agreed(live, "Amarasinghe"), live.user("Ben")
    club = live.group("Club", members=[ama, ben])
    await says(ama, ("how far am i", "Your progress: Backend Developer"))
    await ama.presses("Picture of my progress")
    await ama.sees(
        "My way: Backend Developer", "Take CS50", "You are here: Learn Python basics", button="Share it"
    )
    [image] = ama.pictures
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(image) < KILOBYTES_60
    assert struct.unpack(">I", image[16:20])[0] <= MOST_WIDE
    await ama.shares("Share it", club)
    posted = await ama.posts_card("My way", to=club)
    assert live.world.files[posted["photo"][-1]["file_id"]][1] == image
    assert "Amarasinghe" not in posted["caption"]
    await ben.presses("See this roadmap", where=club)
    await ben.sees("The steps, from Grade 8", "0 of 5 steps done")
    live.assert_clean()


# In a group


async def test_in_a_group_nobody_sees_how_far_anybody_is(live):
    ama, ben = await agreed(live, "Ama"), live.user("Ben")
    club = live.group("Club", members=[ama, ben], admin=True)
    await ama.says("@career_test_bot whats next", to=club)
    await ama.sees("what do you have", where=ama)
    await ben.says("@career_test_bot whats next", to=club)
    await ben.sees("I have more room in a private chat", where=club)
    await ama.says("/ask how do i start?", to=club)
    await ama.sees("The steps, from Grade 8", button="1. Learn Python", where=club)
    await ama.presses("2. Take CS50", where=club)
    await ama.sees("You are done when", where=club)
    shown = [*live.texts(club.id), *labels(ama)]
    assert not any(mark in one for mark in MARKS for one in shown), shown
    assert not any("steps done" in one for one in shown)
    live.assert_clean()


async def test_a_button_of_ones_own_way_forged_in_a_group_marks_and_shows_nothing(live, kept):
    ama = await agreed(live, "Ama")
    club = live.group("Club", members=[ama])
    await ama.says("/ask how do i start?", to=club)
    await ama.sees("The steps, from Grade 8", where=club)
    before = live.texts(club.id)
    for verb in ("done", "skip", "know", "clear", "write", "keep"):
        pressed = await ama.forges(
            f"1:{verb}:{short_code(PYTHON)}" + (":done" if verb == "keep" else ""), where=club
        )
        await live.until(lambda: pressed.answered_at, "an answer")  # noqa: B023 - used at once
    await live.confirmed()
    await says(ama, ("/progress", "1 of 5 steps done"))
    assert kept(ama) == [("done", "cs50")]
    assert not any("Marked" in one or "steps done" in one for one in live.texts(club.id)), live.texts(club.id)
    assert before[0] in live.texts(club.id)
    live.assert_clean()
