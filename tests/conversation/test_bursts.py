"""A burst of messages is answered at once: distress in any of them is noticed all the same."""

import json
import random
from pathlib import Path

import pytest

from bot.actions.answer_together import Sent
from bot.conversation import Conversation, Heard
from bot.domain.reply import Reply, plain_text
from bot.matching.engine import Engine
from bot.matching.match import Outcome
from tests.samples import ROLE

QUESTIONS = Path(__file__).parent.parent / "questions" / "own.jsonl"
ROWS = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
DISTRESS = [row["q"] for row in ROWS if row["labels"] == ["distress"]]


@pytest.mark.parametrize("many", [12, 50])
def test_what_is_noticed_alone_is_noticed_first_last_and_amid_ordinary_lines(many, engine: Engine):
    rng = random.Random(many)
    ordinary = [row["q"] for row in ROWS if row["labels"] != ["distress"]]
    ordinary = [q for q in ordinary if engine.match(q, ROLE).outcome is not Outcome.SAFETY]
    noticed = [q for q in DISTRESS if engine.match(q, ROLE).outcome is Outcome.SAFETY]
    assert len(noticed) > 35
    for place in (0, many // 2, many):
        lines = rng.sample(ordinary, many)
        missed = [
            q
            for q in noticed
            if engine.match("\n".join([*lines[:place], q, *lines[place:]]), ROLE).outcome
            is not Outcome.SAFETY
        ]
        assert len(missed) <= 1, missed
        assert engine.match("\n".join(lines), ROLE).outcome is not Outcome.SAFETY


async def answered(shipped: Conversation, messages: list[str]) -> Reply:
    sent = tuple(Sent(f"{number}-1", text) for number, text in enumerate(messages, 1))
    return await shipped.hear(Heard("chat", "student", text="\n".join(messages), together=sent))


def is_comfort(reply: Reply) -> bool:
    return len(reply.effects) == 1 and "1929" in plain_text(reply.effects[0].blocks)


async def test_distress_in_any_message_of_a_burst_is_all_that_is_answered(
    shipped: Conversation, engine: Engine
):
    rng = random.Random(7)
    ordinary = [row["q"] for row in ROWS if row["labels"] != ["distress"]]
    ordinary = [q for q in ordinary if engine.match(q, ROLE).outcome is not Outcome.SAFETY]
    noticed = [q for q in DISTRESS if engine.match(q, ROLE).outcome is Outcome.SAFETY]
    for place in (0, 6, 12):
        for q in noticed:
            messages = rng.sample(ordinary, 12)
            messages.insert(place, q)
            assert is_comfort(await answered(shipped, messages)), messages


async def test_distress_amid_many_long_messages_is_noticed(shipped: Conversation, engine: Engine):
    rng = random.Random(8)
    ordinary = [row["q"] for row in ROWS if row["labels"] != ["distress"]]
    ordinary = [q for q in ordinary if engine.match(q, ROLE).outcome is not Outcome.SAFETY]
    long = [" ".join(rng.choices(ordinary, k=60))[:2000] for _ in range(24)]
    assert not is_comfort(await answered(shipped, long))
    assert is_comfort(await answered(shipped, [*long[:12], "i want to kill myself", *long[12:]]))
    story = f"{long[0][:990]}. i want to kill myself. {long[1][:980]}"
    assert is_comfort(await answered(shipped, [*long[:12], story, *long[12:]]))
