"""Learning a career at its first question, where there are too many to learn all before the first start."""

from __future__ import annotations

from collections import OrderedDict

from bot.domain.knowledge import KnowledgeBase
from bot.matching.features import Features, Vector
from bot.matching.labels import own_labels
from bot.matching.linear import Linear, train
from bot.matching.training import Phrasing, Reader

_TOLD_APART = 1_500
"""Shared phrasings that a career's own labels are told apart from: enough to reject what is not theirs."""

_KEPT = 16
"""Careers kept at once, about 5 MB each; the one longest not asked about goes first."""


class LateHeads:
    """Learns the labels that one career has alone, by spelling and words, and keeps them for a while."""

    def __init__(self, knowledge: KnowledgeBase, reader: Reader, features: Features) -> None:
        """Take the snapshot, its reader and the features that were learnt from it."""
        self._knowledge = knowledge
        self._reader = reader
        self._features = features
        self._shared: list[tuple[Phrasing, Vector]] = []
        self._heads: OrderedDict[str, Linear] = OrderedDict()

    def of(self, role_id: str) -> Linear:
        """Return a career's own labels, learning them where they are not kept: then it takes a second."""
        if role_id not in self._heads:
            self._heads[role_id] = self._learn(role_id)
            if len(self._heads) > _KEPT:
                self._heads.popitem(last=False)
        self._heads.move_to_end(role_id)
        return self._heads[role_id]

    def _learn(self, role_id: str) -> Linear:
        role = self._knowledge.roles[role_id]
        wanted = own_labels(role)
        mine = [one for one in self._reader.phrasings_of(role) if one.label in wanted]
        shared = self._shared or self._sample()
        rows = [row for _, row in shared] + [self._features.of(one.words) for one in mine]
        labels = [one.label for one, _ in shared] + [one.label for one in mine]
        return train(rows, labels, wanted, len(self._features.names))

    def _sample(self) -> list[tuple[Phrasing, Vector]]:
        every = self._reader.shared_phrasings(self._knowledge)
        step = -(-len(every) // _TOLD_APART)
        self._shared = [(one, self._features.of(one.words)) for one in every[::step]]
        return self._shared
