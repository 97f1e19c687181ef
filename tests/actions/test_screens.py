"""What single screens show."""

import pytest

from bot.actions.request import Operator
from bot.conversation import Heard
from bot.domain.knowledge import Claim, short_code
from bot.domain.reply import Block, Edit, Message, Press, plain_text
from bot.matching.match import Outcome
from tests.samples import ROLE, career, conversation, knowledge, meaning, say


async def shown(door, text, **more):
    return plain_text((await say(door, text, **more)).effects[0].blocks)


async def pressed(door, verb, about, more=""):
    press = Press(verb, short_code(about), more)
    return (await door.hear(Heard(chat="chat", student="chat", press=press))).effects[0]


async def opened(door, task):
    """The screen of a task, once the question that comes before the first one is skipped."""
    return await pressed(door, "has", task, "skip.task")


def labels(message):
    return [button.label for row in message.buttons for button in row]


async def test_without_a_name_of_the_operator_parents_read_that_it_was_not_given():
    assert "has not given" in await shown(conversation(), "/parents")


@pytest.mark.parametrize("command", ["/parents", "/privacy", "/about"])
@pytest.mark.parametrize(
    "operator", [Operator(name="Coding Club", contact="club@example.org"), Operator(name="Coding Club")]
)
async def test_parents_privacy_and_about_name_the_operator(command, operator):
    text = await shown(conversation(operator=operator), command)
    assert operator.name in text
    assert operator.contact in text
    assert "has not given" not in text


async def test_the_page_for_parents_fits_one_phone_screen():
    operator = Operator(name="Coding Club of the school", contact="https://t.me/coding_club")
    assert len(await shown(conversation(operator=operator), "/parents")) < 700


async def test_greetings_and_thanks_vary_with_time_and_with_nothing_else():
    door = conversation(
        {"hi": meaning(Outcome.ACTION, "bot/greeting"), "ty": meaning(Outcome.ACTION, "bot/thanks")}
    )
    for word in ("hi", "ty"):
        said = [await shown(door, word, at=at) for at in (0, 1, 2, 3)]
        assert len(set(said)) == 3
        assert said[0] == said[3]


async def test_a_task_keeps_the_lines_and_the_indentation_of_its_program():
    door = conversation()
    edit = await opened(door, f"{ROLE}/roadmap/basic-sql/one")
    assert isinstance(edit, Edit)
    assert Block("code", "for seat in range(4):\n    print(seat)") in edit.blocks


async def test_a_task_says_what_it_needs():
    door = conversation()
    first = plain_text((await opened(door, f"{ROLE}/roadmap/cs50/one")).blocks)
    last = plain_text((await opened(door, f"{ROLE}/roadmap/cs50/four")).blocks)
    assert "10 minutes" in first
    assert "phone or paper" in first
    assert "No mobile data" in first
    assert "30 minutes" in last
    assert "need a computer" in last
    assert "Wi-Fi" in last


async def test_a_step_counts_the_tasks_that_a_phone_is_enough_for():
    edit = await pressed(conversation(), "open", f"{ROLE}/roadmap/cs50")
    assert "4 small tasks; 2 of them" in plain_text(edit.blocks)


async def test_a_source_that_names_its_year_is_not_dated_twice():
    role = career()
    told = Claim(source="career sheet, November 2026", date="2026-11")
    pay = role.facets["pay"].model_copy(update={"claim": told})
    base = knowledge([role.model_copy(update={"facets": {**role.facets, "pay": pay}})])
    screen = await pressed(conversation(base=base), "open", f"{ROLE}/pay")
    assert screen.blocks[-1].text == "Source: career sheet, November 2026"


async def test_with_several_careers_a_title_names_its_career():
    base = knowledge([career(), career("data-scientist", "Data Scientist")])
    screen = await pressed(conversation(base=base), "open", "data-scientist/pay")
    assert screen.blocks[0].text.startswith("Data Scientist: ")


async def test_choices_of_two_careers_can_be_told_apart():
    base = knowledge([career(), career("data-scientist", "Data Scientist")])
    match = meaning(Outcome.CHOICES, f"{ROLE}/pay", "data-scientist/pay")
    (message,) = (await say(conversation({"pay?": match}, base=base), "pay?")).effects
    assert len(set(labels(message))) == 3


async def test_at_most_three_choices_are_offered_and_unknown_ids_never():
    ids = (f"{ROLE}/gone", *(f"{ROLE}/{name}" for name in ("pay", "fit", "duties", "roadmap")))
    (message,) = (await say(conversation({"q": meaning(Outcome.CHOICES, *ids)}), "q")).effects
    assert len(labels(message)) == 4
    assert labels(message)[-1] == "None of these"


async def test_small_talk_is_no_choice():
    ids = ("bot/thanks", f"{ROLE}/fit", "bot/greeting")
    (message,) = (await say(conversation({"q": meaning(Outcome.CHOICES, *ids)}), "q")).effects
    assert [button.label for (button,) in message.buttons] == ["Is it for me?", "None of these"]
    (alone,) = (await say(conversation({"q": meaning(Outcome.CHOICES, "bot/thanks")}), "q")).effects
    assert "Sorry" in plain_text(alone.blocks)


async def test_choices_of_nothing_known_end_as_not_understood():
    reply = await say(conversation({"q": meaning(Outcome.CHOICES, "gone/gone")}), "q")
    assert "did not understand" in plain_text(reply.effects[0].blocks)


async def test_a_choice_may_be_one_of_the_bots_functions():
    (message,) = (
        await say(conversation({"q": meaning(Outcome.CHOICES, "bot/help", f"{ROLE}/fit")}), "q")
    ).effects
    assert message.buttons[0][0].press == Press("do", short_code("bot/help"))


@pytest.mark.parametrize(
    "match",
    [
        meaning(Outcome.ANSWER, f"{ROLE}/pay", language="ta-Latn"),
        meaning(Outcome.NOT_UNDERSTOOD, pointer="pointers/visa", language="ta"),
    ],
)
async def test_who_asks_in_another_language_is_told_in_it_that_the_answer_is_english(match):
    (message,) = (await say(conversation({"q": match}), "q")).effects
    assert "ஆங்கிலத்தில் மட்டுமே" in message.blocks[-1].text


async def test_an_unknown_career_without_a_name_is_declined_too():
    text = await shown(conversation({"q": meaning(Outcome.UNKNOWN_ROLE)}), "q")
    assert "do not know that career" in text


async def test_a_thousand_careers_still_fit_a_keyboard_and_a_message():
    base = knowledge(career(f"career-{number}", f"Career {number}") for number in range(1000))
    for command in ("/start", "/roles"):
        (message,) = (await say(conversation(base=base), command)).effects
        assert len(labels(message)) <= 100
        assert len(plain_text(message.blocks)) <= 4096


@pytest.mark.parametrize(
    ("language", "words"), [("en", "If things feel heavy"), ("si-Latn", "හිතට බර"), ("ta", "மனம்")]
)
async def test_unclear_signs_get_the_ordinary_answer_and_one_gentle_line_in_their_language(language, words):
    match = meaning(Outcome.ANSWER, f"{ROLE}/fit", gentle=True, language=language)
    (message,) = (await say(conversation({"q": match}), "q")).effects
    assert message.blocks[0].text == "Is it for me?"
    assert [block.text.startswith(words) for block in message.blocks if block.kind == "note"][-1]


@pytest.mark.parametrize("kind", ["self-harm", "being-hurt"])
@pytest.mark.parametrize(("language", "written"), [("en", "en"), ("si", "si"), ("ta-Latn", "ta")])
async def test_distress_is_answered_by_its_kind_and_in_its_language(kind, language, written):
    base = knowledge()
    door = conversation({"q": meaning(Outcome.SAFETY, distress=kind, language=language)}, base=base)
    (message,) = (await say(door, "q")).effects
    assert isinstance(message, Message)
    assert message.blocks[0].text == base.safety.answers[kind][written]
    assert message.language == written
    assert message.audience == "asker"
    for line in base.safety.helplines:
        assert any(line.number in block.text and line.name in block.text for block in message.blocks)
    assert {button.press.verb for row in message.buttons for button in row} == {"erase", "none"}
