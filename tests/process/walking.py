"""The product over a small knowledge as a process of its own: it starts at once, and nothing is learnt."""

from __future__ import annotations

from bot.bootstrap import Bot, _set_up_logs
from bot.conversation import Conversation, Snapshot
from bot.domain.knowledge import KnowledgeBase
from bot.settings import Settings
from bot.storage.journeys import Journeys
from tests.samples import ROLE, conversation, knowledge, meaning  # noqa: F401
from tests import samples

BASE = knowledge()


def walker(settings: Settings) -> Bot:
    return _bot(settings, BASE)


def _bot(settings: Settings, base: KnowledgeBase) -> Bot:
    _set_up_logs(settings)

    def keeping(journeys: Journeys) -> Conversation:
        return conversation(base=base, journeys=journeys)

    snapshot = Snapshot(base, samples.DictionaryMatcher({}))
    return Bot(conversation(base=base), snapshot, samples.TEXTS, "none", (), keeping, lambda: None)
