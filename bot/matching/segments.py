"""Where in a long message the question stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

_END = re.compile(r"(?<=[.?!…\n।;])[\s.?!…]+|\n+")
_COMMA = re.compile(r"\s*[,;]\s+|\s+[-–]\s+")
_JOINERS = frozenset("and but so also then plus".split())
_ASKING = frozenset(
    "what how which who whom where when why is are can do does did will should would could".split()
)

_LONGEST = 32
"""Words of the longest piece; what is longer is cut, with an overlap of half."""

_FEWEST = 2

MOST = 60
"""Pieces looked at: the first and last half of them; no student's question has more sentences."""


def sentences(text: str) -> list[str]:
    """Split a cleaned text into sentences; at most `MOST`, those from the middle left out."""
    parts = [part.strip() for part in _END.split(text) if part and part.strip()]
    return parts if len(parts) <= MOST else [*parts[: MOST // 2], *parts[-MOST // 2 :]]


def phrases(sentence: str) -> list[str]:
    """Split a sentence at its commas and dashes."""
    return [part for part in _COMMA.split(sentence) if part]


def clauses(words: Sequence[str]) -> list[list[str]]:
    """Split the words of a phrase where a second question begins ('... and how ...')."""
    parts: list[list[str]] = [[]]
    for place, word in enumerate(words):
        if word in _JOINERS and place + 1 < len(words) and words[place + 1] in _ASKING:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if len(part) >= _FEWEST]


def windows(words: list[str]) -> list[list[str]]:
    """Cut an overlong run of words into overlapping pieces."""
    if len(words) <= _LONGEST:
        return [words]
    starts = range(0, len(words) - _LONGEST // 2, _LONGEST // 2)
    return [words[start : start + _LONGEST] for start in starts][:MOST]
