"""In a group: what others may read, what only the asker may, and what must not show at all."""

import json
from pathlib import Path

import pytest

from bot.conversation import Conversation, Heard, Snapshot
from bot.domain.knowledge import short_code
from bot.domain.reply import Message, Press, decode_start, plain_text
from bot.functions import FUNCTIONS
from bot.matching.match import Outcome
from bot.texts.catalogue import load_catalogues
from tests.samples import ROLE, CountedMisses, conversation, keeping, knowledge, meaning, say

QUESTIONS = Path(__file__).parent.parent / "questions" / "own.jsonl"
DISTRESS = [
    row["q"]
    for row in map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    if row["labels"] == ["distress"]
]
MEANINGS = {
    "pay?": meaning(Outcome.ANSWER, f"{ROLE}/pay"),
    "bad day": meaning(Outcome.SAFETY, distress="self-harm", language="si"),
    "he hits me": meaning(Outcome.SAFETY, distress="being-hurt", language="si"),
    "heavy heart": meaning(Outcome.ANSWER, f"{ROLE}/fit", gentle=True),
    "heavy help": meaning(Outcome.ACTION, "bot/help", gentle=True),
    "remind me": meaning(Outcome.ACTION, "bot/nudge-set", language="si"),
}
HELPLINES = ("1929", "1926")


async def in_group(door: Conversation, text: str) -> tuple[Message, ...]:
    return (await say(door, text, place="group")).effects


@pytest.mark.parametrize("typed", ["bad day", "/ask bad day", "/help bad day"])
async def test_distress_is_answered_to_the_asker_alone_and_the_group_sees_a_neutral_line(typed):
    door = conversation({**MEANINGS, "help bad day": MEANINGS["bad day"]})
    (message,) = await in_group(door, typed)
    assert message.audience == "asker"
    assert "1929" in plain_text(message.blocks)
    seen = plain_text(message.instead.blocks)
    ((button,),) = message.instead.buttons
    assert message.instead.audience == "here"
    assert not any(number in seen for number in HELPLINES)
    assert decode_start(button.start) is not None
    assert button.press is None


async def test_the_neutral_line_tells_nothing_of_what_was_asked():
    door = conversation(MEANINGS)
    lines = {(await in_group(door, text))[0].instead for text in ("bad day", "he hits me", "remind me")}
    assert len(lines) == 1


async def test_what_is_not_for_groups_is_answered_to_the_asker_alone_by_sentence_command_and_button():
    door = conversation(MEANINGS)
    press = Press("do", short_code("bot/nudge-set"))
    by_button = await door.hear(Heard(chat="club", student="a", press=press, place="group"))
    for reply in (await in_group(door, "remind me"), await in_group(door, "/nudge"), by_button.effects):
        (message,) = reply
        assert message.audience == "asker"
        assert message.instead is not None


async def test_alone_with_the_bot_nothing_stands_in_for_an_answer():
    for text in ("bad day", "remind me", "pay?", "heavy heart"):
        for message in (await say(conversation(MEANINGS), text)).effects:
            assert message.instead is None


async def test_distress_in_a_group_leaves_no_trace():
    misses = CountedMisses()
    door = conversation(MEANINGS, misses=misses)
    before = await in_group(door, "/start")
    await in_group(door, "bad day")
    assert await in_group(door, "/start") == before
    assert misses.recorded == []


@pytest.mark.parametrize("typed", ["heavy heart", "/ask heavy heart", "heavy help"])
async def test_unclear_signs_get_the_ordinary_answer_here_and_the_gentle_line_in_private_only(typed):
    answer, gentle = await in_group(conversation(MEANINGS), typed)
    assert answer.audience == "here"
    assert "1929" not in plain_text(answer.blocks)
    assert gentle.audience == "asker"
    assert gentle.instead is None
    assert "1929" in plain_text(gentle.blocks)
    assert gentle.buttons


async def test_an_ordinary_question_is_answered_as_it_is_in_private():
    door = conversation(MEANINGS)
    assert await say(door, "/ask pay?", place="group") == await say(door, "pay?", chat="other")


@pytest.mark.parametrize("typed", ["/ask", "/start", "/help"])
async def test_a_group_learns_how_to_ask_there_with_an_example_that_works(typed):
    door = conversation()
    (message,) = await in_group(door, typed)
    text = plain_text(message.blocks)
    assert "/ask What do Backend Developers do?" in text
    assert "/roadmap" not in text, "no command that is not heard in a group"
    assert message.audience == "here"


@pytest.mark.parametrize("question", DISTRESS)
async def test_nothing_in_a_group_tells_that_a_message_was_distress(question, snapshot: Snapshot):
    door = Conversation(
        snapshot=lambda: snapshot,
        texts=load_catalogues(),
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role=ROLE,
        **keeping(),
    )
    for message in await in_group(door, f"/ask {question}"):
        shown = message if message.audience == "here" else message.instead
        said = plain_text(shown.blocks) if shown else ""
        assert not any(number in said for number in HELPLINES)


async def test_a_message_that_was_misread_is_answered_to_the_asker_alone_too():
    door = conversation(MEANINGS, base=knowledge())
    (message,) = await in_group(door, "bad day")
    misread = next(b.press for row in message.buttons for b in row if b.press.verb == "none")
    (reply,) = (await door.hear(Heard(chat="club", student="a", press=misread, place="group"))).effects
    assert reply.audience == "asker"
