"""Misspelt, glued and split words, mended against the knowledge's own words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
"""Letters of the shortest word that is mended: shorter ones have too many neighbours."""

_LONG = 8
"""Letters from which on two slips are forgiven instead of one."""

_COMMON = 2
"""How often a word must occur in the knowledge to be one that others are mended to."""

_SHORTEST_GLUED = 7
_SHORTEST_PART = 2
_LONGEST_PART = 18
_COMMON_PART = 4
"""How often a word must occur to be a part of a glued one, or nearly anything could be taken apart."""

_REMEMBERED = 20_000
"""Words whose mending is remembered; then the memory starts anew."""


class Spelling:
    """Mends the words of a question."""

    def __init__(self, counts: Counter[str]) -> None:
        """Learn the words and how often each occurs in the knowledge."""
        self._counts = counts
        self._total = sum(counts.values()) or 1
        self._targets = sorted(word for word, count in counts.items() if count >= _COMMON and word.isascii())
        self._mended: dict[str, tuple[str, ...]] = {}

    def mend(self, words: Iterable[str]) -> list[str]:
        """Return the words with each unknown one replaced by what was probably meant."""
        return [part for word in self._joined(list(words)) for part in self._mend_word(word)]

    def _joined(self, words: list[str]) -> list[str]:
        """Join 'data base' where only the joined word is known."""
        joined: list[str] = []
        for word in words:
            if joined and (word not in self._counts or joined[-1] not in self._counts):
                whole = joined[-1] + word
                if self._counts[whole] >= _COMMON:
                    joined[-1] = whole
                    continue
            joined.append(word)
        return joined

    def _mend_word(self, word: str) -> tuple[str, ...]:
        if word in self._counts or len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
            return (word,)
        if word not in self._mended:
            if len(self._mended) >= _REMEMBERED:
                self._mended.clear()
            self._mended[word] = self._nearest(word) or self._parts(word) or (word,)
        return self._mended[word]

    def _nearest(self, word: str) -> tuple[str, ...]:
        """Return the commonest among the nearest known words that begin alike or differ by one slip."""
        slips = 2 if len(word) >= _LONG else 1
        near = process.extract(
            word, self._targets, scorer=OSA.distance, processor=None, score_cutoff=slips, limit=8
        )
        if not near:
            return ()
        least = min(distance for _, distance, _ in near)
        same = [found for found, distance, _ in near if distance == least]
        return (max(same, key=lambda found: (found[0] == word[0], self._counts[found], found)),)

    def _parts(self, word: str) -> tuple[str, ...]:
        """Take a glued word apart into the likeliest known words; nothing when that does not work out."""
        if len(word) < _SHORTEST_GLUED:
            return ()
        best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(word)
        for end in range(_SHORTEST_PART, len(word) + 1):
            for start in range(max(0, end - _LONGEST_PART), end - _SHORTEST_PART + 1):
                before, part = best[start], word[start:end]
                if before is None or self._counts[part] < _COMMON_PART:
                    continue
                cost = before[0] - math.log(self._counts[part] / self._total)
                found = best[end]
                if found is None or cost < found[0]:
                    best[end] = (cost, (*before[1], part))
        whole = best[-1]
        return whole[1] if whole else ()
