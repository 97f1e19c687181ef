"""Misspelt, glued and split words, mended against the knowledge's own words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_MENDED = 14
"""Unknown words of one message that are mended; a message with more is not meant to be understood."""

_SHORTEST = 4
"""Letters of the shortest word that is mended: shorter ones have too many neighbours."""

_LONG = 8
"""Letters from which on two slips are forgiven instead of one."""

_COMMON = 2
"""How often a word must occur in the knowledge to be one that others are mended to."""

_SHORTEST_GLUED = 7
_SHORTEST_PART = 2
_ONE_LETTER_WORDS = frozenset("ai")
_LONGEST_PART = 18
_COMMON_PART = 4
"""How often a word must occur to be a part of a glued one, or nearly anything could be taken apart."""


_DOUBLED = re.compile(r"(.)\1+")


class Spelling:
    """Mends the words of a question."""

    def __init__(self, counts: Counter[str]) -> None:
        """Learn the words and how often each occurs in the knowledge."""
        self._counts = counts
        self._total = sum(counts.values()) or 1
        self._targets: dict[int, list[str]] = {}
        for word in sorted(word for word, count in counts.items() if count >= _COMMON and word.isascii()):
            self._targets.setdefault(len(word), []).append(word)

    def mend(self, words: Iterable[str], most: int = MOST_MENDED) -> list[str]:
        """Return the words with unknown ones replaced by what was probably meant.

        Args:
            words: the words of a text.
            most: how many unknown words are looked at, the first ones; each takes up to a millisecond.
        """
        mended: list[str] = []
        for word in self._joined(list(words)):
            if word in self._counts or most <= 0:
                mended.append(word)
            else:
                most -= 1
                mended.extend(self._mend_word(word))
        return mended

    def unknown(self, words: Iterable[str]) -> int:
        """Return how many of the words are not the knowledge's own."""
        return sum(word not in self._counts for word in words)

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
        if word in self._counts or not word.isascii() or not word.isalpha():
            return (word,)
        single = _DOUBLED.sub(r"\1", word)
        if self._counts[single] >= _COMMON:
            return (single,)
        if len(word) < _SHORTEST:
            return (word,)
        near, far = (1, 2) if len(word) >= _LONG else (1, 0)
        return self._nearest(word, near) or self._parts(word) or self._nearest(word, far) or (word,)

    def _nearest(self, word: str, slips: int) -> tuple[str, ...]:
        """Return the commonest among the nearest known words, at most so many slips away."""
        if not slips:
            return ()
        alike = [
            target
            for length in range(len(word) - slips, len(word) + slips + 1)
            for target in self._targets.get(length, ())
        ]
        near = process.extract(word, alike, scorer=OSA.distance, processor=None, score_cutoff=slips, limit=8)
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
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - _LONGEST_PART), end):
                before, part = best[start], word[start:end]
                if before is None or not self._is_part(part):
                    continue
                cost = before[0] - math.log(self._counts[part] / self._total)
                found = best[end]
                if found is None or cost < found[0]:
                    best[end] = (cost, (*before[1], part))
        whole = best[-1]
        return whole[1] if whole else ()

    def _is_part(self, part: str) -> bool:
        long_enough = len(part) >= _SHORTEST_PART or part in _ONE_LETTER_WORDS
        return long_enough and self._counts[part] >= _COMMON_PART
