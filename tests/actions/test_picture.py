"""The picture of a student's way, and sharing it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.actions.picture import SHARED
from bot.conversation import Heard
from bot.domain.journey import Event
from bot.domain.knowledge import Stage, short_code
from bot.domain.reply import (
    CAPTION_LIMIT,
    Edit,
    Picture,
    Press,
    Start,
    decode_start,
    encode_press,
    plain_text,
)
from tests.samples import ROLE, DrawnPictures, KeptJourneys, career, conversation, knowledge, say, step

NOON = int(datetime(2026, 11, 18, 12, tzinfo=ZoneInfo("Asia/Colombo")).timestamp())
OTHER = "data-scientist"
NAME = "Kamal <b>"


def event(kind, about="", value="", role=ROLE):
    whole = f"{role}/roadmap/{about}" if about and kind != "career" else about
    return Event(kind, whole, value, 5, f"{kind}-{whole}-{value}", "button")


BEGUN = (event("kept"), event("done", "python-basics"), event("skipped", "cs50"))
NAMED = (*BEGUN, event("named", value=NAME))


def door(*events, base=None, pictures=None):
    """The front door of a student who did this."""
    kept = KeptJourneys({"chat": list(events)})
    return conversation(base=base, journeys=kept, pictures=pictures)


async def drawn(front, role=ROLE, at=NOON, **more):
    press = Press("draw", short_code(role), **more)
    (effect,) = (await front.hear(Heard(chat="chat", student="chat", press=press, at=at, cause="9"))).effects
    return effect


async def cards(front, at=NOON, student="chat"):
    return await front.cards(SHARED, student=student, at=at)


def labels(shown):
    return [button.label for row in shown.buttons for button in row]


def large(stages, each, title="Learn to read, write and test what you need"):
    """A career with many steps."""
    made = tuple(
        Stage(
            id=f"{ROLE}/stages/s{number}",
            title=f"Stage {number} of a long roadmap",
            text="About it.",
            steps=tuple(step(ROLE, f"s{number}-{one}", f"{title} {one}") for one in range(each)),
        )
        for number in range(stages)
    )
    return knowledge([career().model_copy(update={"stages": made})])


async def test_the_picture_shows_the_stages_the_steps_and_where_the_student_is():
    pictures = DrawnPictures()
    effect = await drawn(door(*BEGUN, pictures=pictures))
    assert isinstance(effect, Picture)
    assert effect.image == b"png"
    (drawing,) = pictures.drawn
    assert (drawing.title, drawing.date, drawing.name) == ("Backend Developer", "18 November 2026", "")
    assert drawing.summary == "1 of 5 steps done · 1 skipped"
    (stage,) = drawing.stages
    assert stage.title == "From Grade 8"
    assert [(one.status, one.words, one.here) for one in stage.steps] == [
        ("done", "done", False),
        ("skipped", "skipped", False),
        ("todo", "to do", True),
        ("todo", "to do", False),
        ("todo", "to do", False),
    ]
    assert drawing.here == "You are here"


@pytest.mark.parametrize(("month", "word"), [(1, "January"), (5, "May"), (12, "December")])
async def test_the_date_is_written_in_words_and_is_that_of_the_students_place(month, word):
    late = int(datetime(2026, month, 2, 0, 30, tzinfo=ZoneInfo("Asia/Colombo")).timestamp())
    assert f"2 {word} 2026" in plain_text((await drawn(door(*BEGUN), at=late)).blocks)


async def test_the_caption_says_the_same_in_words():
    text = plain_text((await drawn(door(*BEGUN))).blocks)
    for part in (
        "My way: Backend Developer",
        "1 of 5 steps done",
        "Learn Python basics: done",
        "18 November 2026",
    ):
        assert part in text
    assert "Complete CS50: skipped" in text
    assert "You are here: Think in systems" in text


@pytest.mark.parametrize(
    ("stages", "each", "title", "listed"),
    [
        (1, 5, "Learn", "Learn 4: to do"),
        (5, 7, "Learn to read, write and test what you need", "Stage 4 of a long roadmap: 0 of 7 steps done"),
        (60, 3, "Learn", "0 of 180 steps done"),
        (1, 3, "x" * 900, "0 of 3 steps done"),
    ],
)
async def test_the_caption_fits_whatever_the_roadmap(stages, each, title, listed):
    blocks = (await drawn(door(*BEGUN, base=large(stages, each, title)))).blocks
    assert len(plain_text(blocks)) <= CAPTION_LIMIT
    assert listed in plain_text(blocks)
    assert "You are here" in plain_text(blocks)


async def test_who_has_done_all_is_nowhere_on_the_way_any_more():
    pictures = DrawnPictures()
    ids = [one.id.rpartition("/")[2] for one in career().steps]
    effect = await drawn(door(event("kept"), *(event("done", one) for one in ids), pictures=pictures))
    assert "You are here" not in plain_text(effect.blocks)
    assert not any(one.here for one in pictures.drawn[0].stages[0].steps)


async def test_its_buttons_share_it_put_a_name_on_it_and_lead_on():
    effect = await drawn(door(*BEGUN))
    assert labels(effect) == ["Share it", "Put my name on it", "My next step", "Roadmap"]
    assert effect.buttons[0][0].share == SHARED
    assert encode_press(effect.buttons[1][0].press) == "1:write::name"
    named = await drawn(door(*NAMED))
    assert labels(named)[1:3] == ["Change my name", "Take my name off"]
    assert encode_press(named.buttons[1][1].press) == "1:unwrite::name"


async def test_a_name_stands_on_the_picture_and_in_no_words():
    pictures = DrawnPictures()
    front = door(*NAMED, pictures=pictures)
    effect = await drawn(front)
    assert pictures.drawn[0].name == NAME
    (card,) = (await cards(front)).cards
    for said in (
        plain_text(effect.blocks),
        plain_text(card.message.blocks),
        card.title,
        card.summary,
        card.picture,
    ):
        assert "Kamal" not in said


async def test_where_it_cannot_be_drawn_the_words_come_alone_with_a_way_to_try_again():
    effect = await drawn(door(*BEGUN, pictures=DrawnPictures(fails=True)))
    assert isinstance(effect, Edit)
    assert "cannot draw it" in effect.blocks[0].text
    assert "Learn Python basics: done" in plain_text(effect.blocks)
    assert labels(effect) == ["Share it", "Picture of my progress", "My next step", "Roadmap"]


async def test_drawing_twice_draws_the_same_and_keeps_nothing():
    front = door(*BEGUN)
    assert await drawn(front) == await drawn(front)
    assert (await drawn(front, more="forged.x")) == await drawn(front)


@pytest.mark.parametrize("gone", ["no-such-career", f"{ROLE}/pay", f"{ROLE}/roadmap/cs50", "bot/help"])
async def test_a_button_about_no_career_draws_nothing_and_shows_the_roadmap(gone):
    pictures = DrawnPictures()
    effect = await drawn(door(*BEGUN, pictures=pictures), role=gone)
    assert isinstance(effect, Edit)
    assert effect.buttons
    assert not pictures.drawn


async def test_a_student_shares_words_with_a_way_to_the_same_roadmap():
    found = await cards(door(*BEGUN))
    (card,) = found.cards
    assert found.personal
    assert card.title == "My way: Backend Developer"
    assert card.summary == "1 of 5 steps done · 1 skipped"
    text = plain_text(card.message.blocks)
    assert "Learn Python basics: done" in text
    assert "I am here: Think in systems" in text
    ((link,),) = card.message.buttons
    assert decode_start(link.start) == Start("open", short_code(f"{ROLE}/roadmap"))
    opened = await say(conversation(), f"/start {link.start}", chat="friend")
    assert "0 of 5 steps done" in plain_text(opened.effects[0].blocks)


@pytest.mark.parametrize(
    "events",
    [
        (),
        (event("kept"),),
        (event("kept"), event("career", ROLE)),
        (event("kept"), event("named", value=NAME)),
        (event("done", "cs50"),),
    ],
)
async def test_who_has_nothing_marked_or_kept_has_nothing_to_share_but_the_way_to_me(events):
    found = await cards(door(*events))
    assert found.cards == ()
    assert found.personal
    assert found.private.start == "chat"


async def test_a_stranger_shares_nothing_of_a_student():
    front = door(*BEGUN)
    assert (await cards(front, student="stranger")).cards == ()
    assert not any("My way" in card.title for card in (await front.cards(SHARED, student="", at=NOON)).cards)


async def test_the_card_shows_the_picture_that_was_drawn():
    front = door(*NAMED)
    assert (await cards(front)).cards[0].picture == (await drawn(front)).name


@pytest.mark.parametrize(
    ("since", "later"),
    [
        ((event("named"),), 0),
        ((event("named", value="Nimal"),), 0),
        ((event("done", "cs50"),), 0),
        ((), 24 * 3600),
    ],
)
async def test_a_card_never_shows_a_picture_of_before_such_as_one_with_a_name_taken_off(since, later):
    before = (await drawn(door(*NAMED))).name
    assert (await cards(door(*NAMED, *since), at=NOON + later)).cards[0].picture != before


async def test_each_career_that_is_walked_has_a_card_with_its_own_picture():
    base = knowledge([career(), career(OTHER, "Data Scientist"), career("pilot", "Pilot")])
    front = door(*BEGUN, event("done", "cs50", role=OTHER), event("career", "pilot"), base=base)
    found = (await cards(front)).cards
    assert [card.title for card in found] == ["My way: Backend Developer", "My way: Data Scientist"]
    assert len({card.id for card in found}) == 2
    assert [card.picture for card in found] == [(await drawn(front, role)).name for role in (ROLE, OTHER)]
