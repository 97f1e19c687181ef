"""From words to numbers: character n-grams, words, word pairs and consonant skeletons, weighted by rarity.

Character n-grams forgive spelling, words and pairs carry the meaning, skeletons bring together the many
spellings of Sinhala and Tamil in Latin letters ('karanne', 'krnne').
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_GRAM_LENGTHS = (2, 3, 4)
_SEEN_TWICE = 2
"""A feature that occurs in one phrasing only teaches nothing and costs memory."""

_SHORTEST_SKELETON = 4
_SOUNDS_ALIKE = (
    ("w", "v"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("sh", "s"), ("zh", "l"), ("ck", "k"), ("c", "k"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_WEAK = re.compile(r"[aeiouyh]")
_BLOCKS = 3

Columns = NDArray[np.int32]
Values = NDArray[np.float32]


def skeleton(word: str) -> str:
    """Return the consonants of a Latin-letter word, signs that sound alike made one."""
    if not word.isascii() or len(word) < _SHORTEST_SKELETON:
        return word
    for written, sound in _SOUNDS_ALIKE:
        word = word.replace(written, sound)
    word = _DOUBLED.sub(r"\1", word)
    return word[0] + _WEAK.sub("", word[1:])


def _word_features(word: str) -> Iterator[str]:
    """Yield the features of one word by itself; the first letter of a feature names its block."""
    padded = f" {word} "
    for length in _GRAM_LENGTHS:
        for start in range(len(padded) - length + 1):
            yield "0" + padded[start : start + length]
    yield "1" + word
    yield "2" + skeleton(word)


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse row: the columns that are not zero, and their values."""

    columns: Columns
    values: Values


class Features:
    """The space that questions and phrasings are compared in."""

    def __init__(self, names: Sequence[str], rarity: Values) -> None:
        """Take the feature names, a column each, and how rare each is (smoothed inverse frequency)."""
        self.names = tuple(names)
        self.rarity = rarity
        self._column = {name: column for column, name in enumerate(names)}
        self._block = np.array([int(name[0]) for name in names], dtype=np.int8)
        # Only words of the knowledge are remembered: a student's own words stay nowhere.
        self._known: dict[str, tuple[int, ...]] = {}

    @classmethod
    def learn(cls, texts: Iterable[Sequence[str]]) -> Features:
        """Learn the space from the words of all phrasings."""
        seen: Counter[str] = Counter()
        rows = 0
        for words in texts:
            rows += 1
            names = {name for word in set(words) for name in _word_features(word)}
            names.update(f"1{first} {second}" for first, second in itertools.pairwise(words))
            seen.update(names)
        kept = sorted(name for name, count in seen.items() if count >= _SEEN_TWICE)
        counts = np.array([seen[name] for name in kept], dtype=np.float64)
        return cls(kept, (np.log((1 + rows) / (1 + counts)) + 1).astype(np.float32))

    def of(self, words: Sequence[str]) -> Vector:
        """Return the row of a text: per block, logarithmic counts times rarity, scaled to length one."""
        found: list[int] = []
        for word in words:
            found.extend(self._columns_of(word))
        for first, second in itertools.pairwise(words):
            column = self._column.get(f"1{first} {second}")
            if column is not None:
                found.append(column)
        columns, counts = np.unique(np.array(found, dtype=np.int32), return_counts=True)
        values = (1 + np.log(counts)).astype(np.float32) * self.rarity[columns]
        blocks = self._block[columns]
        lengths = np.sqrt(np.bincount(blocks, weights=values * values, minlength=_BLOCKS))
        lengths[lengths == 0] = 1
        return Vector(columns, (values / lengths[blocks]).astype(np.float32))

    def _columns_of(self, word: str) -> tuple[int, ...]:
        known = self._known.get(word)
        if known is not None:
            return known
        looked_up = (self._column.get(name) for name in _word_features(word))
        columns = tuple(column for column in looked_up if column is not None)
        if f"1{word}" in self._column:
            self._known[word] = columns
        return columns
