"""Answers offered in other chats: at most five, nothing kept, no press in them, and none in distress."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.actions.offer_cards import SUMMARY_LIMIT
from bot.conversation import Conversation, Snapshot
from bot.domain.knowledge import LANGUAGES, short_code
from bot.domain.reply import MESSAGE_LIMIT, Button, Cards, decode_start, plain_text
from bot.matching.match import Candidate, Outcome
from tests.conversation.test_anything import BASE, door, matches
from tests.samples import ROLE, CountedMisses, career, conversation, knowledge, meaning, say

OTHER = "data-scientist"
QUESTIONS = Path(__file__).parent.parent / "questions" / "own.jsonl"
DISTRESS = [
    row["q"]
    for row in map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    if row["labels"] == ["distress"]
]
MEANINGS = {
    "pay?": meaning(Outcome.ANSWER, f"{ROLE}/pay", f"{ROLE}/fit", f"{ROLE}/gone", "bot/help", f"{ROLE}/pay"),
    "both?": meaning(
        Outcome.ANSWER, f"{ROLE}/pay", f"{ROLE}/fit", also=Candidate(f"{ROLE}/employers", 0.9), role=ROLE
    ),
    "python?": meaning(Outcome.CHOICES, f"{ROLE}/languages", f"{ROLE}/roadmap/python-basics", "bot/help"),
    "visa?": meaning(Outcome.NOT_UNDERSTOOD, pointer="pointers/visa"),
    "help": meaning(Outcome.ACTION, "bot/help"),
    "next step?": meaning(Outcome.ACTION, "bot/next-step", f"{ROLE}/roadmap"),
    "pilot?": meaning(Outcome.UNKNOWN_ROLE, f"{ROLE}/pay", other_career="pilot"),
    "rain?": meaning(Outcome.OFF_TOPIC, f"{ROLE}/pay"),
    "blub": meaning(Outcome.NOT_UNDERSTOOD, f"{ROLE}/pay"),
    "bad day": meaning(Outcome.SAFETY, f"{ROLE}/pay", distress="self-harm"),
    "heavy heart": meaning(Outcome.ANSWER, f"{ROLE}/pay", gentle=True),
    "padiya": meaning(Outcome.ANSWER, f"{ROLE}/pay", language="si-Latn"),
    "data?": meaning(Outcome.ANSWER, f"{OTHER}/pay", role=OTHER, names_role=True),
}


def titles(cards: Cards) -> list[str]:
    return [card.title for card in cards.cards]


def buttons(cards: Cards) -> list[Button]:
    return [button for card in cards.cards for row in card.message.buttons for button in row]


async def test_the_answer_comes_first_and_then_what_else_may_be_meant_each_once():
    cards = await conversation(MEANINGS).cards("pay?")
    assert titles(cards) == [
        "Backend Developer: How it pays and how hard it is",
        "Backend Developer: Is it for me?",
    ]
    assert [card.id for card in cards.cards] == [short_code(f"{ROLE}/pay"), short_code(f"{ROLE}/fit")]


async def test_the_second_of_two_questions_stands_before_what_is_only_likely():
    cards = await conversation(MEANINGS).cards("both?")
    assert [card.id for card in cards.cards] == [
        short_code(f"{ROLE}/{name}") for name in ("pay", "employers", "fit")
    ]


async def test_choices_are_cards_and_functions_never():
    assert len((await conversation(MEANINGS).cards("python?")).cards) == 2


async def test_what_the_knowledge_points_elsewhere_for_is_a_card():
    assert titles(await conversation(MEANINGS).cards("visa?")) == ["Visas and working abroad"]


@pytest.mark.parametrize("question", ["pilot?", "rain?", "blub", "unheard of", "help"])
async def test_what_is_not_known_and_what_only_the_bot_can_do_has_no_card(question):
    assert (await conversation(MEANINGS).cards(question)).cards == ()


async def test_a_function_beside_an_answer_leaves_the_answer():
    assert len((await conversation(MEANINGS).cards("next step?")).cards) == 1


@pytest.mark.parametrize("question", ["bad day", "heavy heart"])
async def test_signs_of_distress_clear_or_not_have_no_card(question):
    assert (await conversation(MEANINGS).cards(question)).cards == ()


async def test_a_card_names_its_career_and_says_in_a_line_what_it_answers():
    (first, _) = (await conversation(MEANINGS).cards("pay?")).cards
    assert first.summary.startswith("We were told")
    assert first.message.blocks[0].text == first.title
    assert any(block.text.startswith("Source: ") for block in first.message.blocks)


async def test_a_title_that_names_its_career_does_not_name_it_twice():
    (first, *_) = (await conversation(MEANINGS).cards("")).cards
    assert first.title == "What a backend developer does"


async def test_a_cards_buttons_open_the_same_answer_and_the_chat_in_private():
    door = conversation(MEANINGS)
    (card, _) = (await door.cards("pay?")).cards
    more, yourself = (button for row in card.message.buttons for button in row)
    (opened,) = (await say(door, f"/start {more.start}")).effects
    assert "How it pays" in plain_text(opened.blocks)
    (begun,) = (await say(door, f"/start {yourself.start}")).effects
    assert begun == (await say(door, "/start")).effects[0]


async def test_the_link_into_the_private_chat_is_the_same_whatever_was_asked():
    door = conversation(MEANINGS)
    starts = {(await door.cards(question)).private.start for question in ("", *MEANINGS, "unheard of")}
    assert len(starts) == 1
    assert decode_start(starts.pop()) is not None


async def test_fixed_words_are_in_the_language_of_the_question_and_before_it_in_the_one_given():
    door = conversation(MEANINGS)
    assert "පුද්ගලිකව" in (await door.cards("padiya")).private.label
    assert "පුද්ගලිකව" in buttons(await door.cards("padiya"))[0].label
    assert "தனியாக" in (await door.cards("", "ta")).private.label
    assert "private" in (await door.cards("pay?", "ta")).private.label


async def test_before_a_word_is_typed_the_sides_of_the_only_career_are_offered():
    cards = await conversation().cards("  ")
    assert [card.id for card in cards.cards] == [
        short_code(f"{ROLE}/{name}") for name in ("overview", "duties", "roadmap", "fit", "pay")
    ]


async def test_before_a_word_is_typed_one_card_for_each_of_up_to_five_careers_is_offered():
    base = knowledge(career(f"career-{number}", f"Career {number}") for number in range(7))
    cards = await conversation(base=base).cards("")
    assert [card.id for card in cards.cards] == [
        short_code(f"career-{number}/overview") for number in range(5)
    ]
    assert len(set(titles(cards))) == 5


async def test_nothing_is_remembered_and_nothing_counted():
    misses = CountedMisses()
    both = knowledge([career(), career(OTHER, "Data Scientist")])
    door = conversation(MEANINGS, base=both, misses=misses)
    before = await say(door, "/roadmap", chat="")
    for question in MEANINGS:
        await door.cards(question)
    assert await say(door, "/roadmap", chat="") == before
    assert misses.recorded == []


@given(text=st.text(), match=matches, language=st.sampled_from(LANGUAGES))
@settings(max_examples=200, deadline=None)
async def test_whatever_is_asked_no_card_ever_carries_a_press_or_exceeds_a_limit(text, match, language):
    cards = await door(match).cards(text, language)
    assert len(cards.cards) <= 5
    assert len({card.id for card in cards.cards}) == len(cards.cards)
    assert {card.id for card in cards.cards} <= {short_code(one) for one in BASE.entries}
    for button in [cards.private, *buttons(cards)]:
        assert button.press is None
        assert button.url is None
        assert decode_start(button.start) is not None
    for card in cards.cards:
        assert card.message.audience == "here"
        assert 0 < len(card.summary) <= SUMMARY_LIMIT
        assert "\n" not in card.title + card.summary
        assert 0 < len(plain_text(card.message.blocks)) <= MESSAGE_LIMIT


async def test_every_answer_of_the_shipped_knowledge_makes_a_card_within_the_limits(snapshot: Snapshot):
    for entry in snapshot.knowledge.entries:
        here = conversation({"q": meaning(Outcome.ANSWER, entry)}, base=snapshot.knowledge)
        (card,) = (await here.cards("q")).cards
        assert 0 < len(card.summary) <= SUMMARY_LIMIT
        assert card.title.strip()
        assert all(button.start for row in card.message.buttons for button in row)


@pytest.mark.parametrize("question", DISTRESS)
async def test_distress_in_any_language_yields_no_card(question, shipped: Conversation):
    cards = await shipped.cards(question)
    assert cards.cards == ()
    assert cards.private.start == (await shipped.cards("pay")).private.start


async def test_an_ordinary_question_does_yield_cards(shipped: Conversation):
    cards = await shipped.cards("how much do backend developers earn")
    assert "pays" in cards.cards[0].title
