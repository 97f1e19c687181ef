"""What several test folders share: the real knowledge, and the matcher learnt from it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content import load
from bot.content.cache import fingerprint, load_learnt, save_learnt
from bot.conversation import Snapshot
from bot.domain.knowledge import KnowledgeBase
from bot.matching.engine import Engine
from bot.matching.training import Reader, learn

# Otherwise pytest-asyncio asks Python 3.11 for the present event loop before its first test, gets a new one
# made, and never closes it; the warning about that would fail whatever test runs when it is collected.
asyncio.set_event_loop(None)

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Starting the bot sets up the logs of the whole process; the next test must not write into them."""
    root = logging.getLogger()
    level, handlers = root.level, [*root.handlers]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    """The knowledge that is shipped."""
    return load(PROJECT / "knowledge")


@pytest.fixture(scope="session")
def engine(knowledge: KnowledgeBase) -> Engine:
    """The lexical engine, learnt from the shipped knowledge (kept between runs, as the bot does)."""
    folder = PROJECT / "data" / "cache"
    name = fingerprint(knowledge.digest, "none")
    kept = load_learnt(folder, name)
    if kept:
        return Engine(knowledge, Reader(knowledge, kept[1]), kept[0])
    reader = Reader(knowledge)
    learnt = learn(knowledge, reader)
    save_learnt(folder, name, learnt, reader.counts)
    return Engine(knowledge, reader, learnt)


@pytest.fixture(scope="session")
def snapshot(knowledge: KnowledgeBase, engine: Engine) -> Snapshot:
    """The shipped knowledge with the lexical engine."""
    return Snapshot(knowledge, engine)
