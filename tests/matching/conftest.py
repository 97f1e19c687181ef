"""A cut-down knowledge that is learnt in seconds, and engines learnt from it."""

import pytest

from bot.domain.knowledge import Asks, KnowledgeBase
from bot.matching.engine import Engine
from bot.matching.training import Reader, learn

PHRASINGS = 5
"""Ways of asking kept a language."""

OTHER_CAREERS = 30


def _few(asks: Asks) -> Asks:
    return {language: listed[:PHRASINGS] for language, listed in asks.items()}


def _few_each(named: dict[str, Asks]) -> dict[str, Asks]:
    return {name: _few(asks) for name, asks in named.items()}


def cut_down(knowledge: KnowledgeBase) -> KnowledgeBase:
    """The same answers with few ways of asking for them."""
    role = next(iter(knowledge.roles.values()))
    lists = {
        field: tuple(entry.model_copy(update={"asks": _few(entry.asks)}) for entry in getattr(role, field))
        for field in ("duties", "resources")
    }
    small = role.model_copy(update=lists)
    safety = knowledge.safety
    return knowledge.model_copy(
        update={
            "roles": {small.id: small},
            "questions": _few_each(knowledge.questions),
            "small_talk": _few_each(knowledge.small_talk),
            "off_topic": _few_each(knowledge.off_topic),
            "other_careers": knowledge.other_careers[:OTHER_CAREERS],
            "safety": safety.model_copy(
                update={
                    "signs": _few_each(safety.signs),
                    "unclear": _few(safety.unclear),
                    "lookalikes": _few(safety.lookalikes),
                }
            ),
        }
    )


@pytest.fixture(scope="session")
def few(knowledge) -> KnowledgeBase:
    """The shipped knowledge with few phrasings."""
    return cut_down(knowledge)


def learnt(knowledge: KnowledgeBase) -> Engine:
    """Learn from a knowledge, nothing kept from before."""
    reader = Reader(knowledge)
    return Engine(knowledge, reader, learn(knowledge, reader))


@pytest.fixture(scope="session")
def small_engine(few) -> Engine:
    """An engine learnt from few phrasings."""
    return learnt(few)
