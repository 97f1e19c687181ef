"""Marking in words loses nothing that was clear."""

from bot.actions.answer_together import Sent
from bot.conversation import Heard
from bot.domain.knowledge import short_code
from bot.domain.reply import Press, plain_text
from bot.matching.match import Outcome
from tests.samples import ROLE, KeptJourneys, conversation, meaning, say

DONE, SKIP = (meaning(Outcome.ACTION, f"bot/{one}") for one in ("mark-done", "skip-step"))
SAID = {
    "i finished python": (DONE, (("python-basics",),)),
    "i finished sql too": (DONE, (("basic-sql",),)),
    "i finished the database thing": (DONE, (("basic-sql", "systems-thinking"),)),
    "python and the database thing are done": (DONE, (("python-basics",), ("basic-sql", "systems-thinking"))),
    "i finished python\ni finished sql too": (DONE, (("python-basics",), ("basic-sql",))),
    "skip the program": (SKIP, (("cli-program",),)),
}


async def agreed():
    """A front door whose student lets it be kept, and what it keeps."""
    journeys = KeptJourneys()
    door = conversation(
        {words: match for words, (match, _) in SAID.items()},
        named={words: named for words, (_, named) in SAID.items()},
        journeys=journeys,
    )
    waiting = Press("keep", short_code(f"{ROLE}/roadmap/cs50"), "know")
    await door.hear(Heard("chat", "chat", press=waiting, cause="1-1", at=1))
    return door, journeys


def marked(journeys):
    """What was marked after the student agreed: kinds, and steps without the career; ticks left out."""
    after = journeys.kept["chat"][2:]
    return [(one.kind, one.about.rpartition("/")[2]) for one in after if one.kind != "ticked"]


async def together(door, *messages):
    """Send messages in a row."""
    sent = tuple(Sent(f"{number}-2", text) for number, text in enumerate(messages, 2))
    return await door.hear(Heard("chat", "chat", text="\n".join(messages), together=sent, cause="2-2", at=2))


async def test_what_a_sentence_says_clearly_is_marked_beside_what_it_does_not():
    door, journeys = await agreed()
    reply = await say(door, "python and the database thing are done")
    told, asked = (plain_text(one.blocks) for one in reply.effects)
    assert "Marked as done: Learn Python basics" in told
    assert "Which one did you finish" in asked
    assert marked(journeys) == [("done", "python-basics")]


async def test_messages_in_a_row_that_mark_steps_alike_are_one_change_with_one_undo():
    door, journeys = await agreed()
    [told] = (await together(door, "i finished python", "i finished sql too")).effects
    assert "Marked as done: Learn Python basics, Learn basic SQL" in plain_text(told.blocks)
    assert marked(journeys) == [("done", "python-basics"), ("done", "basic-sql")]
    [undo] = [button for row in told.buttons for button in row if button.press.verb == "undo"]
    await door.hear(Heard("chat", "chat", press=undo.press, cause="3-3", at=3))
    assert marked(journeys)[2:] == [("undone", "")]


async def test_messages_in_a_row_that_mark_steps_in_different_ways_are_each_done():
    door, journeys = await agreed()
    await together(door, "i finished python", "skip the program", "i finished sql too")
    assert marked(journeys) == [("done", "python-basics"), ("done", "basic-sql"), ("skipped", "cli-program")]


async def test_of_messages_in_a_row_the_unclear_one_is_asked_about_and_the_clear_one_marked():
    door, journeys = await agreed()
    reply = await together(door, "i finished python", "i finished the database thing")
    assert "Which one did you finish" in plain_text(reply.effects[1].blocks)
    assert marked(journeys) == [("done", "python-basics")]
