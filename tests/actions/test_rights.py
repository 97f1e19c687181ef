"""What students can see, take along and erase of what is kept about them."""

from __future__ import annotations

import json
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import Heard
from bot.domain.inbox import Arrived, StoreError
from bot.domain.journey import Act
from bot.domain.knowledge import short_code
from bot.domain.reply import CAPTION_LIMIT, Document, Edit, Press, plain_text
from bot.matching.match import Outcome
from bot.storage.database import Database
from bot.storage.inbox import Inbox
from bot.storage.journeys import Journeys
from bot.storage.tables import WHOSE
from tests.samples import ROLE, KeptJourneys, conversation, meaning, say

COLOMBO = ZoneInfo("Asia/Colombo")
AT = 1_790_000_000
STEP = f"{ROLE}/roadmap/basic-sql"
ERASE = Press("forget", more="yes")
NOTE = "ask කුමාර \ud800 about \x00 joins\n\u202ebackwards"
ACTS = (
    Act("kept"),
    Act("career", ROLE),
    Act("stands", value="ol"),
    Act("ticked", f"{STEP}/one"),
    Act("done", f"{ROLE}/roadmap/cs50"),
    Act("celebrated", f"{ROLE}/stages/from-grade-8"),
    Act("done", f"{ROLE}/roadmap/of-last-year"),
    Act("nudge", value="1900.1234567.en"),
    Act("noted", STEP, NOTE),
)


@pytest.fixture
async def database(tmp_path):
    opened = await Database.open(f"sqlite:///{tmp_path / 'bot.db'}")
    yield opened
    await opened.close()


@pytest.fixture
async def journeys(database):
    """What a student with the id 'chat' did, and a message of theirs that waits."""
    await Inbox(database).put([Arrived(5, "chat", "message", json.dumps({"text": NOTE}), AT)])
    store = Journeys(database, COLOMBO)
    await store.change("chat", "1-1", AT, "button", lambda _: ACTS)
    return store


async def press(door, pressed, *, at=AT, **more):
    return await door.hear(
        Heard(chat="chat", student="chat", press=pressed, at=at, cause=f"9{at}-1", **more),
    )


async def exported(door, *, at=AT + 60):
    (effect,) = (await say(door, "/export", at=at)).effects
    return effect


async def test_the_file_holds_every_row_that_is_kept_with_local_times_and_titles(journeys):
    effect = await exported(conversation(journeys=journeys))
    assert isinstance(effect, Document)
    assert effect.audience == "asker"
    assert len(plain_text(effect.blocks)) <= CAPTION_LIMIT
    kept = json.loads(effect.content)
    stored = await journeys.everything("chat")
    assert {name: len(part["rows"]) for name, part in kept["database"].items()} == {
        name: len(rows) for name, rows in stored.items()
    }
    assert {table.name for table in WHOSE} == kept["database"].keys()
    assert all(part["meaning"] for part in kept["database"].values())
    events = kept["database"]["events"]["rows"]
    assert {one["at"] for one in events} == {"2026-09-21T19:43:20+05:30"}
    titles = {one["about"]: one.get("title") for one in events}
    assert titles[ROLE] == "Backend Developer"
    assert titles[f"{STEP}/one"] == "task 1 of Learn basic SQL"
    assert titles[f"{ROLE}/stages/from-grade-8"] == "From Grade 8"
    assert titles[f"{ROLE}/roadmap/of-last-year"] == "not there any more"
    assert events[-1]["value"] == NOTE
    assert kept["database"]["inbox"]["rows"][0]["payload"] == {"text": NOTE}
    assert kept["written"] == "2026-09-21T19:44:20+05:30"


async def test_the_file_says_where_the_student_is_on_each_roadmap_today(journeys):
    kept = json.loads((await exported(conversation(journeys=journeys))).content)
    (career,) = kept["progress_today"]["careers"]
    assert (career["career"], career["steps"], career["done"], career["begun"]) == (
        "Backend Developer",
        5,
        1,
        1,
    )
    detail = {one["step"]: one for one in career["in_detail"]}
    assert detail["Complete CS50"]["since"] == "2026-09-21T19:43:20+05:30"
    assert detail["Learn basic SQL"]["ticked"] == ["task 1 of Learn basic SQL"]
    assert detail["Learn basic SQL"]["note"] == NOTE


async def test_the_file_is_read_by_people(journeys):
    text = (await exported(conversation(journeys=journeys))).content.decode()
    assert text.startswith('{\n  "about": "All that this bot keeps')
    assert "කුමාර" in text


async def test_what_is_only_remembered_is_in_the_file_and_what_is_over_is_not():
    door = conversation()
    await press(door, Press("stands", more="al.set"))
    kept = json.loads((await exported(door, at=AT + 3600)).content)
    assert [(one["kind"], one["value"]) for one in kept["memory"]["said"]] == [("stands", "al")]
    assert kept["database"] == {}
    assert not isinstance(await exported(door, at=AT + 3700), Document)


@given(st.text(st.characters(exclude_categories=[]), min_size=1))
@settings(deadline=None, max_examples=30)
async def test_whatever_was_noted_comes_back_as_it_was(note):
    store = KeptJourneys()
    await store.change("chat", "1-1", AT, "button", lambda _: (Act("kept"), Act("noted", STEP, note)))
    kept = json.loads((await exported(conversation(journeys=store))).content)
    assert kept["database"]["events"]["rows"][1]["value"] == note


async def test_a_message_in_hand_alone_is_nothing_kept_but_one_set_aside_is(database):
    door, inbox = conversation(journeys=Journeys(database, COLOMBO)), Inbox(database)
    await inbox.put([Arrived(5, "chat", "message", "{}", AT), Arrived(6, "chat", "message", "{}", AT)])
    assert "nothing about you is stored" in plain_text((await exported(door)).blocks)
    await inbox.set_aside([5], AT)
    assert isinstance(await exported(door), Document)


async def test_the_question_counts_what_would_go(journeys):
    (asked,) = (await say(conversation(journeys=journeys), "/forget", at=AT)).effects
    lines = plain_text(asked.blocks)
    assert "Your careers: Backend Developer" in lines
    assert "2 steps that you began or marked\n" in lines
    assert "5 ticked tasks\n" in lines
    assert "1 note\n" in lines
    yes, no, _ = asked.buttons
    assert [len(yes), len(no)] == [1, 1], "both answers are as wide"
    assert await journeys.events("chat")


async def test_after_the_tap_the_store_and_the_memory_know_nothing(journeys):
    greeting = meaning(Outcome.ACTION, "bot/greeting", language="si")
    talk = meaning(Outcome.ANSWER, "gardener/pay", language="si")
    door = conversation({"හලෝ": greeting, "salary": talk}, journeys=journeys)
    await say(door, "හලෝ", at=AT)
    await press(door, Press("turn", short_code(STEP)))
    (shown,) = (await press(door, ERASE, at=AT + 1)).effects
    assert isinstance(shown, Edit)
    assert not any(row["state"] != "waiting" for row in (await journeys.everything("chat")).get("inbox", ()))
    assert (await journeys.everything("chat")).keys() <= {"inbox"}
    (answer,) = (await say(door, "/unheard", at=AT + 2)).effects
    assert answer.language == "en"
    (done,) = (await say(door, "/done", at=AT + 3)).effects
    assert "Which one did you finish" in plain_text(done.blocks), "what was shown last is forgotten"


async def test_what_was_said_before_anything_was_kept_is_forgotten_too():
    door = conversation()
    await press(door, Press("stands", more="al.set"))
    assert isinstance(await exported(door), Document)
    await press(door, ERASE, at=AT + 1)
    assert not isinstance(await exported(door), Document)


async def test_a_store_that_refuses_is_told_and_a_second_tap_erases():
    store = KeptJourneys()
    await store.change("chat", "1-1", AT, "button", lambda _: ACTS)
    door = conversation(journeys=store)
    forget, store.forget = store.forget, _refused
    told, *_ = (await press(door, ERASE)).effects
    assert "could not save" in plain_text(told.blocks)
    assert store.kept
    store.forget = forget
    await press(door, ERASE)
    assert not store.kept


async def _refused(_student):
    message = "the disk is full"
    raise StoreError(message)


@pytest.mark.parametrize("pressed", [ERASE, Press("forget", more="no"), Press("forget", more="x")])
async def test_in_a_group_a_forged_button_changes_nothing_that_others_see(pressed, journeys):
    reply = await press(conversation(journeys=journeys), pressed, place="group")
    assert [effect.audience for effect in reply.effects] == ["asker"]
    assert not isinstance(reply.effects[0], Edit)


@pytest.mark.parametrize("command", ["/privacy", "/parents", "/about", "/export", "/forget"])
async def test_every_page_about_rights_fits_a_phone_and_leads_on(command, journeys):
    (page,) = (await say(conversation(journeys=journeys), command, at=AT)).effects
    assert len(plain_text(page.blocks)) < 1500
    assert page.buttons
    assert not re.search(r"\{|\}", plain_text(page.blocks))
