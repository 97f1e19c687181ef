"""The questions of the dialogues, asked of the matcher that is shipped."""

import pytest

from bot.actions.answer_together import Sent
from bot.conversation import Conversation, Heard, Snapshot
from bot.functions import FUNCTIONS
from bot.matching.engine import Engine
from bot.matching.match import Outcome
from bot.texts.catalogue import load_catalogues
from tests.dialogues.conftest import MEANINGS
from tests.samples import ROLE, CountedMisses, keeping

# Both are right for this question; the shipped phrasings have it with the list of duties.
AS_WELL = {"what does a backend developer do": f"{ROLE}/duties"}


@pytest.mark.parametrize("question", MEANINGS)
def test_the_shipped_matcher_means_what_the_dialogues_mean_or_offers_it(question: str, engine: Engine):
    wanted, found = MEANINGS[question], engine.match(question, ROLE)
    ids = {one.id.replace("{role}", ROLE) for one in wanted.candidates} | {AS_WELL.get(question, "")}
    if wanted.outcome in {Outcome.ANSWER, Outcome.ACTION, Outcome.CHOICES}:
        assert found.outcome in {Outcome.ANSWER, Outcome.ACTION, Outcome.CHOICES}
        offered = found.candidates if found.outcome is Outcome.CHOICES else found.candidates[:1]
        assert ids & {one.id for one in offered}
    else:
        assert (found.outcome, found.distress) == (wanted.outcome, wanted.distress)


PAY, START, HIRE = "How it pays", "The steps, from Grade 8", "Who hires"
PILOT, OFFER, FIT = "Pilot: good that you ask", "Did you mean", "Is it for me?"


@pytest.mark.parametrize(
    ("messages", "answers"),
    [
        (("how much do they earn", "how do i start"), [PAY, START]),
        (("how do i start", "how much do they earn"), [START, PAY]),
        (("what is the pay", "how do i start"), [OFFER, START]),
        (("hi", "how much do they earn"), [PAY]),
        (("hi", "what is the pay"), [OFFER]),
        (("how to become a pilot", "how much do they earn"), [PILOT, PAY]),
        (("how much do they earn", "how do i start", "which companies hire"), [PAY, START, HIRE]),
        (
            ("how much do they earn", "how do i start", "which companies hire", "is backend for me?"),
            [PAY, START, "You also asked:"],
        ),
        (("i like backend", "and the pay?"), [FIT, PAY]),
        (("what is", "the pay"), [PAY]),
        (("how do i", "become a", "backend developer"), [START]),
        (("i want to be a", "backend developer"), ["What a backend developer is"]),
        (("what would i", "do every day"), ["What they do every day"]),
        (("is the job", "hard"), [OFFER]),
        (("how do i start", "ok", "thanks"), [START]),
        (("will it rain tomorrow", "how much do they earn"), [PAY]),
        (("hi", "thanks"), ["Hello!"]),
        (("i want to", "die"), ["I am glad you told me"]),
    ],
)
async def test_messages_in_a_row_get_the_answers_that_each_would_get(messages, answers, snapshot: Snapshot):
    door = Conversation(
        snapshot=lambda: snapshot,
        texts=load_catalogues(),
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role=ROLE,
        **keeping(),
    )
    sent = tuple(Sent(f"{number}-1", text) for number, text in enumerate(messages, 1))
    reply = await door.hear(Heard("chat", "student", text="\n".join(messages), together=sent))
    titles = [one.blocks[0].text for one in reply.effects]
    assert len(titles) == len(answers), titles
    assert all(title.startswith(answer) for title, answer in zip(titles, answers, strict=True)), titles
