"""Signs of distress go before everything, also before the answer to a question of the bot's."""

import pytest

from bot.conversation import Conversation, Heard, Snapshot
from bot.domain import nudging
from bot.domain.journey import Event, Journey
from bot.domain.reply import Press, plain_text
from bot.functions import FUNCTIONS
from tests.samples import ROLE, TEXTS, CountedMisses, KeptJourneys, KeptNudges, keeping

ME = "7"
AT = 1_790_000_000

SAID = [
    "mata athawara karanawa",
    "hamoma mata wada denawa",
    "mage angata atha danawa",
    "thththa mta ghanawa",
    "i want to die in colombo",
    "i want to die in japan",
    "mama marunama",
]
"""What names a time, a place or a pause in passing, or sounds like one."""

QUESTIONS = {
    "the time": [Press("nudge", more="other")],
    "the plan": [Press("nudge", more="at.1900")],
    "the pause": [Press("nudge", more="pause")],
    "the place": [Press("zone", more="ask")],
    "nothing": [],
}


@pytest.mark.parametrize("said", SAID)
async def test_what_shows_distress_is_answered_the_same_whatever_was_asked_before(
    snapshot: Snapshot, said: str
):
    heard = {}
    for asked, presses in QUESTIONS.items():
        kept = [("kept", ""), ("nudge", "1900.1234567.en")]
        events = [Event(kind, "", value, AT - 100, kind, "button") for kind, value in kept]
        journeys = KeptJourneys({ME: events})
        door = Conversation(
            snapshot=lambda: snapshot,
            texts=TEXTS,
            misses=CountedMisses(),
            functions=FUNCTIONS,
            default_role=ROLE,
            **keeping(journeys, nudges=KeptNudges()),
        )
        for press in presses:
            await door.hear(Heard(ME, ME, press=press, at=AT, cause="1"))
        before = nudging.zone_said(Journey(journeys.kept[ME], snapshot.knowledge).effective)
        reply = await door.hear(Heard(ME, ME, text=said, at=AT + 5, cause="2"))
        heard[asked] = plain_text(reply.effects[0].blocks)
        assert nudging.zone_said(Journey(journeys.kept[ME], snapshot.knowledge).effective) == before
    assert set(heard.values()) == {heard["nothing"]}
    assert "1929" in heard["nothing"] or "1926" in heard["nothing"]
