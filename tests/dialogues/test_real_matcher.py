"""The questions of the dialogues, asked of the matcher that is shipped."""

import pytest

from bot.matching.engine import Engine
from bot.matching.match import Outcome
from tests.dialogues.conftest import MEANINGS
from tests.samples import ROLE

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
