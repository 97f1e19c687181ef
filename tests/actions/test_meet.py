"""The first meeting and the settings: what is taken, kept, changed and never lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation, Heard
from bot.domain.journey import HAS, STANDS
from bot.domain.knowledge import KnowledgeBase, short_code
from bot.domain.reply import BUTTON_LIMIT, MORE_LIMIT, Edit, Message, Press, Reply, encode_press, plain_text
from tests.dialogues.phone import Phone, labelled
from tests.samples import ROLE, KeptJourneys, career, conversation, knowledge, say

OTHER = "data-scientist"


def two_careers() -> KnowledgeBase:
    return knowledge([career(), career(OTHER, "Data Scientist")])


def many_careers(count: int) -> KnowledgeBase:
    return knowledge(
        [career(), *(career(f"career-{number}", f"Career {number}") for number in range(1, count))]
    )


def phone(base: KnowledgeBase | None = None) -> tuple[Phone, KeptJourneys]:
    """A phone whose bot knows two careers, and what is kept there."""
    journeys = KeptJourneys()
    return Phone(conversation(base=base or two_careers(), journeys=journeys)), journeys


async def met(*labels: str, base: KnowledgeBase | None = None) -> tuple[Phone, KeptJourneys]:
    """A phone after /start and these buttons."""
    mine, journeys = phone(base)
    await mine.type("/start")
    for label in labels:
        await mine.press(label)
    return mine, journeys


async def agreed(*labels: str) -> tuple[Phone, KeptJourneys]:
    """A phone of a student whose progress is kept, after /start and these buttons."""
    mine, journeys = await met(*labels)
    await mine.type("/settings")
    await mine.press("Keep my progress")
    return mine, journeys


def said(journeys: KeptJourneys) -> list[tuple[str, str]]:
    return [(one.kind, one.about or one.value) for one in journeys.kept.get("chat", ())]


async def test_nothing_is_stored_until_the_student_agrees_and_then_all_that_they_said():
    mine, journeys = await met("Data Scientist", "University")
    await mine.press("Tick what I know")
    assert journeys.kept == {}
    await mine.press("Keep my progress")
    assert said(journeys) == [("kept", ""), ("career", OTHER), ("stands", "university")]


@pytest.mark.parametrize("stands", STANDS)
async def test_every_answer_to_where_one_is_leads_to_the_roadmap(stands):
    mine, _ = await met("Backend Developer")
    button = next(b for s in mine.screens for b in labelled(s) if b.press.more.startswith(f"{stands}."))
    await mine.press(button.label)
    if "Tick what I know" in mine.labels:
        await mine.press("From the beginning")
    assert any("Learn Python basics" in label for label in mine.labels)


async def test_the_whole_meeting_stays_one_message():
    mine, _ = await met("Help me choose", "‹ Back", "Data Scientist", "Skip")
    assert len(mine.screens) == 1
    assert "Data Scientist" in mine.text


async def test_what_was_skipped_is_not_asked_again_by_a_later_choice():
    mine, _ = await met("Skip", "Skip")
    await mine.carry(encode_press(Press("career", short_code(OTHER), "meet")))
    assert "This is your way to Data Scientist" in mine.text


async def test_with_a_thousand_careers_one_leafs_through_all_of_them():
    mine, _ = await met("Help me choose", base=many_careers(1000))
    seen = set()
    for _ in range(200):
        on_screen = {b.press.code for s in mine.fresh for b in labelled(s) if b.press.more == "meet"}
        assert len(on_screen) <= 8
        seen |= on_screen
        if "Next ›" not in mine.labels:
            break
        await mine.press("Next ›")
    assert len(seen) == 1000
    await mine.press("‹ Back")
    assert "Next ›" in mine.labels


async def test_the_settings_leaf_through_the_careers_too_and_choose_on_a_later_page():
    mine, _ = phone(many_careers(20))
    await mine.type("/settings")
    await mine.press("Change the career")
    await mine.press("Next ›")
    await mine.press("Career 9")
    assert "Career: Career 9" in mine.text


async def test_switching_careers_loses_no_mark_and_says_so():
    mine, journeys = await agreed("Backend Developer", "Skip")
    mark = Press("done", short_code(f"{ROLE}/roadmap/basic-sql"))
    await mine.carry(encode_press(mark))
    await mine.type("/settings")
    await mine.press("Change the career")
    await mine.press("Data Scientist")
    assert "What you marked on Backend Developer stays" in mine.text
    assert "Career: Data Scientist (before: Backend Developer)" in mine.text
    await mine.press("Change the career")
    await mine.press("Backend Developer")
    await mine.type("/start")
    assert "Your career: Backend Developer" in mine.text
    assert "1 of 5 steps done" in mine.text
    kinds = [kind for kind, _ in said(journeys) if kind != "ticked"]
    assert kinds == ["kept", "career", "stands", "done", "career", "career"]


async def test_the_present_career_is_marked_among_the_choices():
    mine, _ = await met("Data Scientist", "Skip")
    await mine.type("/settings")
    await mine.press("Change the career")
    assert "● Data Scientist" in mine.labels
    assert "Backend Developer" in mine.labels


async def test_walking_another_career_from_its_roadmap_says_that_nothing_is_lost_and_can_be_undone():
    mine, journeys = await agreed("Backend Developer", "Skip")
    await mine.carry(encode_press(Press("career", short_code(OTHER), "own")))
    assert "This is your way to Data Scientist" in mine.text
    assert "What you marked on Backend Developer stays" in mine.text
    await mine.press("Undo")
    await mine.type("/start")
    assert "Your career: Backend Developer" in mine.text
    assert said(journeys)[-1][0] == "undone"


async def test_a_link_to_another_career_changes_nothing_for_who_has_one():
    mine, journeys = await agreed("Backend Developer", "Skip")
    before = said(journeys)
    await mine.type(f"/start role_{OTHER}")
    assert "Data Scientist" in mine.text
    assert "0 of 5 steps done" in mine.text
    await mine.type("/start")
    assert "Your career: Backend Developer" in mine.text
    assert said(journeys) == before


async def test_a_link_whose_update_comes_twice_is_answered_the_same():
    journeys = KeptJourneys()
    door = conversation(base=two_careers(), journeys=journeys)
    heard = Heard(chat="chat", student="chat", text=f"/start role_{OTHER}", cause="7", at=1)
    assert await door.hear(heard) == await door.hear(heard)


async def test_an_answer_whose_update_comes_twice_is_kept_once_and_answered_the_same():
    mine, journeys = await agreed("Backend Developer", "Skip")
    press = Press("stands", "", "ol.set")
    heard = Heard(chat="chat", student="chat", press=press, cause="twice", at=mine.at)
    assert await mine.door.hear(heard) == await mine.door.hear(heard)
    assert said(journeys).count(("stands", "ol")) == 1


async def test_who_has_a_career_is_asked_for_it_in_no_group_and_a_group_is_offered_none():
    door = conversation(base=two_careers())
    (start,) = (await say(door, "/start", place="group")).effects
    (roles,) = (await say(door, "/roles", place="group")).effects
    for screen in (start, roles):
        assert not any(button.press and button.press.verb == "career" for button in labelled(screen))
        assert "Choose this career" not in plain_text(screen.blocks)


async def test_while_what_is_kept_cannot_be_read_a_start_is_a_plain_one_that_asks_nothing():
    journeys = KeptJourneys(fails=True)
    door = conversation(base=two_careers(), journeys=journeys)
    for typed in ("/start", f"/start role_{OTHER}"):
        (message,) = (await say(door, typed)).effects
        assert "Hello" in plain_text(message.blocks)
        assert not any(b.press.verb in {"career", "stands"} for b in labelled(message) if b.press)


async def test_an_answer_that_cannot_be_saved_says_so():
    class Full(KeptJourneys):
        async def change(self, *given: object) -> object:
            self.fails = True
            return await super().change(*given)

    journeys = Full()
    mine = Phone(conversation(base=two_careers(), journeys=journeys))
    await mine.type("/settings")
    await mine.press("Keep my progress")
    assert "could not save that" in mine.text


@pytest.mark.parametrize("has", HAS)
async def test_what_one_has_is_asked_once_before_the_first_task(has):
    mine, _ = phone()
    task = encode_press(Press("turn", short_code(f"{ROLE}/roadmap/cs50/one")))
    await mine.type("/roadmap")
    await mine.carry(task)
    button = next(b for s in mine.fresh for b in labelled(s) if b.press.more == f"{has}.task")
    await mine.press(button.label)
    assert "Task 1 of 4" in mine.text
    await mine.carry(task)
    assert "Task 1 of 4" in mine.text


@given(
    st.sampled_from(["career", "stands", "has", "settings"]),
    st.sampled_from(["", short_code(ROLE), short_code(f"{ROLE}/pay"), "zzzzzz"]),
    st.from_regex(rf"[a-z0-9.-]{{0,{MORE_LIMIT}}}", fullmatch=True)
    | st.builds(
        "{}.{}".format,
        st.sampled_from([*STANDS, *HAS, "skip", "career", "list", "phone", ""]),
        st.sampled_from(["meet", "set", "task", "next", "own", "1", "-1", "0", ""]),
    ),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_a_button_carries_the_answer_leads_on_and_what_is_kept_is_one_of_the_answers(
    verb, code, more
):
    journeys = KeptJourneys()
    door = conversation(base=two_careers(), journeys=journeys)
    await door.hear(Heard("chat", "chat", press=Press("keep", "", "settings.all"), cause="1"))
    check(await door.hear(Heard("chat", "chat", press=Press(verb, code, more), cause="2")))
    for event in journeys.kept["chat"]:
        assert event.value in {"", *STANDS, *HAS}
        assert event.about in {"", ROLE}


def check(reply: Reply) -> None:
    screens = [effect for effect in reply.effects if isinstance(effect, Message | Edit)]
    assert screens
    for screen in screens:
        assert plain_text(screen.blocks).strip()
        buttons = labelled(screen)
        assert buttons
        assert all(len(encode_press(one.press)) <= BUTTON_LIMIT for one in buttons if one.press)


async def test_a_button_to_a_career_that_left_the_knowledge_is_answered_kindly():
    door: Conversation = conversation()
    reply = await door.hear(
        Heard("chat", "chat", press=Press("career", short_code(OTHER), "meet"), cause="1")
    )
    assert "Nothing is lost" in plain_text(reply.effects[-1].blocks)
    (message,) = (await say(door, "/settings")).effects
    assert "Career: not chosen" in plain_text(message.blocks)
