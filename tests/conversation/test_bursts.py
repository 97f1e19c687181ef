"""A burst of messages is taken as one text: distress in any line of it is noticed all the same."""

import json
import random
from pathlib import Path

import pytest

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
