"""Messages sent in a row: each gets the answer it would get alone, but not more than can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.actions.answer_together import LONGEST_PIECE, MOST
from bot.conversation import Conversation, Heard
from bot.domain.knowledge import short_code
from bot.domain.reply import Message, Press, Reply, plain_text
from bot.matching.match import Candidate, Outcome
from tests.conversation.test_anything import BASE, check, matches
from tests.samples import ROLE, CountedMisses, career, conversation, knowledge, meaning

OTHER = "data-scientist"
BOTH = knowledge([career(), career(OTHER, "Data Scientist")])
ANSWER, ACTION, CHOICES = Outcome.ANSWER, Outcome.ACTION, Outcome.CHOICES
LONG = "this one is much too long to be only a piece of another"
MEANINGS = {
    "pay?": meaning(ANSWER, f"{ROLE}/pay"),
    "money?": meaning(ANSWER, f"{ROLE}/pay"),
    "start?": meaning(ANSWER, f"{ROLE}/roadmap"),
    "who hires?": meaning(ANSWER, f"{ROLE}/employers"),
    "for me?": meaning(ANSWER, f"{ROLE}/fit"),
    "pay and start?": meaning(
        ANSWER, f"{ROLE}/pay", also=Candidate(f"{ROLE}/roadmap", 0.9), names_role=True, role=ROLE
    ),
    "help": meaning(ACTION, "bot/help"),
    "remind me": meaning(ACTION, "bot/nudge-set"),
    "hi": meaning(ACTION, "bot/greeting"),
    "thanks": meaning(ACTION, "bot/thanks"),
    "pilot?": meaning(Outcome.UNKNOWN_ROLE, other_career="pilot"),
    "no such job": meaning(Outcome.UNKNOWN_ROLE),
    "visa?": meaning(Outcome.NOT_UNDERSTOOD, pointer="pointers/visa"),
    "rain?": meaning(Outcome.OFF_TOPIC),
    "pay or start": meaning(CHOICES, f"{ROLE}/pay", f"{ROLE}/roadmap"),
    "what": meaning(CHOICES, f"{ROLE}/overview", f"{ROLE}/fit"),
    "what is": meaning(Outcome.NOT_UNDERSTOOD),
    "the": meaning(CHOICES, f"{ROLE}/overview"),
    "what is\nthe": meaning(Outcome.NOT_UNDERSTOOD),
    "what is\nthe\npoint": meaning(ANSWER, f"{ROLE}/fit"),
    "how do i become a": meaning(Outcome.UNKNOWN_ROLE),
    "data scientist": meaning(ANSWER, f"{OTHER}/overview", role=OTHER, names_role=True),
    "and pay": meaning(ANSWER, "{role}/pay"),
    "how do i": meaning(Outcome.OFF_TOPIC),
    "how do i\ndata scientist": meaning(ANSWER, f"{OTHER}/roadmap", role=OTHER, names_role=True),
    f"{LONG}\npay?": meaning(ANSWER, f"{ROLE}/fit"),
    "bad day": meaning(Outcome.SAFETY, distress="self-harm"),
    "i want to": meaning(Outcome.NOT_UNDERSTOOD),
    "end it": meaning(Outcome.NOT_UNDERSTOOD),
    "i want to\nend it": meaning(Outcome.SAFETY, distress="self-harm"),
    "heavy": meaning(ANSWER, f"{ROLE}/fit", gentle=True),
    "heavy rain": meaning(Outcome.OFF_TOPIC, gentle=True),
    "වැටුප?": meaning(ANSWER, f"{ROLE}/pay", language="si"),
}


def door(**more) -> Conversation:
    return conversation(MEANINGS, base=BOTH, **more)


async def row(here: Conversation, *messages: str, **more) -> Reply:
    return await here.hear(
        Heard(chat="chat", student="chat", text="\n".join(messages), together=messages, **more)
    )


def kind(effect: Message) -> str:
    return effect.blocks[0].text.removeprefix("Backend Developer: ").removeprefix("Data Scientist: ")


async def shown(*messages: str, **more) -> list[str]:
    return [kind(effect) for effect in (await row(door(), *messages, **more)).effects]


PAY, START, HIRE = "How it pays and how hard it is", "The steps, from Grade 8", "Who hires in Sri Lanka"
FIT, OFFER, MORE = "Is it for me?", "Did you mean one of these?", "You also asked:"
VISA, HELP = "Visas and working abroad", "How to ask me"
PILOT = "Pilot: good that you ask. I do not know that career yet, so I will not guess. These I know:"


@pytest.mark.parametrize(
    ("messages", "answers"),
    [
        (("pay?", "start?"), [PAY, START]),
        (("start?", "pay?"), [START, PAY]),
        (("pay?", "start?", "who hires?"), [PAY, START, HIRE]),
        (("pilot?", "pay?"), [PILOT, PAY]),
        (("visa?", "help"), [VISA, HELP]),
        (("pay?", "money?"), [PAY]),
        (("pay and start?", "pay?", "start?"), [PAY, START]),
        (("hi", "pay?", "thanks"), [PAY]),
        (("rain?", "pay?", LONG), [PAY]),
        (("pay?", "what"), [PAY, OFFER]),
        (("what", "pay?"), [OFFER, PAY]),
        (("pay or start", "pay?"), [PAY]),
        (("pay or start", "start?", "pay?"), [START, PAY]),
        (("pay?", "what", "what"), [PAY, OFFER]),
    ],
)
async def test_what_is_clear_alone_is_answered_once_and_in_order(messages, answers):
    assert await shown(*messages) == answers


async def test_of_more_than_three_two_are_answered_and_the_rest_is_a_tap_away():
    messages = ("pay?", "start?", "who hires?", "remind me", "pilot?", "what", "for me?", "rain?")
    reply = await row(door(), *messages)
    assert [kind(one) for one in reply.effects] == [PAY, START, MORE]
    more = reply.effects[2]
    ids = (f"{ROLE}/employers", "bot/nudge-set", f"{ROLE}/overview", f"{ROLE}/fit", "bot/roles")
    verbs = ("open", "do", "open", "open", "do")
    pressed = [button.press for (button,) in more.buttons]
    assert pressed == [Press(verb, short_code(one)) for verb, one in zip(verbs, ids, strict=True)]
    assert "Pilot: I do not know that career yet." in plain_text(more.blocks)


async def test_two_things_asked_in_one_message_count_as_two():
    assert await shown("help", "pay and start?", "who hires?") == [HELP, PAY, MORE]


async def test_what_was_also_asked_is_said_in_the_language_it_was_asked_in():
    reply = await row(door(), "for me?", "start?", "who hires?", "වැටුප?")
    assert (reply.effects[2].language, kind(reply.effects[2])) == ("en", MORE)
    reply = await row(door(), "for me?", "start?", "වැටුප?", "who hires?")
    assert reply.effects[2].language == "si"


async def test_a_career_counts_for_the_messages_after_it_and_later():
    here = door()
    reply = await row(here, "and pay", "data scientist", "and pay")
    titles = [one.blocks[0].text.partition(":")[0] for one in reply.effects]
    assert titles == ["Backend Developer", "Data Scientist", "Data Scientist"]
    later = await here.hear(Heard(chat="chat", student="chat", text="/duties"))
    assert later.effects[0].blocks[0].text.startswith("Data Scientist: ")


@pytest.mark.parametrize(
    ("messages", "answers"),
    [
        (("what is", "the", "point"), [FIT]),
        (("what is", "the", "pay?"), [OFFER, PAY]),
        (("how do i", "data scientist"), [START]),
        (("hi", "how do i", "data scientist", "pay?"), [START, PAY]),
        (("how do i become a", "data scientist"), ["What a backend developer does"]),
        (("how do i become a", "pilot?"), [PILOT]),
        ((LONG, "pay?"), [PAY]),
    ],
)
async def test_a_question_sent_in_pieces_is_one_question(messages, answers):
    assert len(LONG) > LONGEST_PIECE
    assert await shown(*messages) == answers


@pytest.mark.parametrize(
    ("messages", "begins"),
    [
        (("hi", "thanks"), "Hello"),
        (("thanks", "rain?"), "You are welcome"),
        (("hi", "what is"), "Hello"),
        (("hi", "what"), OFFER),
        (("rain?", "what"), OFFER),
        (("rain?", LONG), "Sorry, I did not understand"),
        (("🙂", "..."), "I read words best"),
        (("hi", "i want to", "pay or start"), OFFER),
    ],
)
async def test_where_nothing_is_clear_there_is_one_answer(messages, begins):
    (answer,) = await shown(*messages)
    assert answer.startswith(begins)


async def test_what_is_not_clear_alone_may_be_clear_as_one():
    whole = {**MEANINGS, "rain?\nwhat": meaning(ANSWER, f"{ROLE}/pay")}
    for messages in (("rain?", "what"), ("hi", "rain?", "what"), ("rain?", "thanks", "what")):
        (answer,) = (await row(conversation(whole), *messages)).effects
        assert kind(answer) == PAY


@pytest.mark.parametrize(
    "messages",
    [
        ("bad day", "pay?"),
        ("pay?", "bad day", "data scientist"),
        ("data scientist", "start?", "who hires?", "for me?", "bad day"),
        ("data scientist", "i want to", "end it"),
        ("i want to", "end it", "heavy"),
    ],
)
@pytest.mark.parametrize("place", ["private", "group"])
async def test_distress_in_any_of_them_is_all_that_is_answered_and_leaves_no_trace(messages, place):
    misses = CountedMisses()
    here = door(misses=misses)
    before = await here.hear(Heard(chat="chat", student="chat", text="/duties"))
    (answer,) = (await row(here, *messages, place=place)).effects
    assert "1929" in plain_text(answer.blocks)
    assert answer.audience == "asker"
    assert misses.recorded == []
    assert await here.hear(Heard(chat="chat", student="chat", text="/duties")) == before


async def test_distress_in_all_of_them_joined_is_noticed():
    words = ("pay?", "who hires?")
    here = conversation({**MEANINGS, "\n".join(words): MEANINGS["bad day"]})
    (answer,) = (await row(here, *words)).effects
    assert "1929" in plain_text(answer.blocks)


@pytest.mark.parametrize(
    "messages",
    [("pay?", "heavy"), ("heavy rain", "pay?"), ("heavy", "heavy rain", "hi"), ("hi", "heavy rain")],
)
async def test_one_gentle_line_is_enough(messages):
    reply = await row(door(), *messages)
    seen = "\n".join(plain_text(one.blocks) for one in reply.effects)
    assert seen.count("1929") == 1
    in_group = (await row(door(), *messages, place="group")).effects
    assert ["1929" in plain_text(one.blocks) for one in in_group] == [False] * (len(in_group) - 1) + [True]
    assert in_group[-1].audience == "asker"


@pytest.mark.parametrize(
    ("messages", "counted"),
    [
        (("pay?", "rain?", "pilot?"), [Outcome.OFF_TOPIC, Outcome.UNKNOWN_ROLE]),
        (("what is", "the", "point"), []),
        (("rain?", LONG), [Outcome.NOT_UNDERSTOOD]),
        (("pay?", "🙂"), []),
        (("pay?", "heavy rain"), []),
    ],
)
async def test_each_question_without_a_good_answer_is_counted_once(messages, counted):
    misses = CountedMisses()
    await row(door(misses=misses), *messages)
    assert [outcome for _, outcome in misses.recorded] == counted


async def test_in_a_group_what_is_not_for_all_goes_to_the_asker_alone():
    pay, reminder = (await row(door(), "pay?", "remind me", place="group")).effects
    assert (pay.audience, reminder.audience) == ("here", "asker")


@given(
    st.lists(matches, min_size=2, max_size=25),
    st.sampled_from(["private", "group"]),
    st.sampled_from(["?", "{}", "words {}", "many more words than a piece of a question has, {}"]),
)
@settings(max_examples=100, deadline=None)
async def test_whatever_they_are_taken_to_mean_the_reply_is_short_and_within_the_limits(found, place, words):
    messages = tuple(words.format(number) for number in range(len(found)))
    reply = await row(
        conversation(dict(zip(messages, found, strict=True)), base=BASE), *messages, place=place
    )
    check(reply)
    assert len(reply.effects) <= MOST + (place == "group")
