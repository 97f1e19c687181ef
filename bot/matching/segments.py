"""Where in a long message the question stands."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.?!…\n।;])[\s.?!…]+|\n+")
_JOINT = re.compile(
    r"\s*(?:,|;| - | – )\s+"
    r"|\s+(?=(?:and|but|so|also|then)\s+"
    r"(?:what|how|which|who|where|is|are|can|do|does|will|should|would)\b)"
)

SHORT = 22
"""Words up to which a message is looked at as a whole first; a longer one is a story."""

_LONGEST = 32
"""Words of the longest piece; what is longer is cut, with an overlap of half."""

_FEWEST = 2

MOST = 60
"""Pieces looked at: the first and last half of them; no student's question has more sentences."""


def sentences(text: str) -> list[str]:
    """Split a cleaned text into sentences; at most `MOST`, those from the middle left out."""
    parts = [part.strip() for part in _END.split(text) if part and part.strip()]
    return parts if len(parts) <= MOST else [*parts[: MOST // 2], *parts[-MOST // 2 :]]


def clauses(sentence: str) -> list[str]:
    """Split a sentence where a second question may begin."""
    return [part.strip() for part in _JOINT.split(sentence) if part and len(part.split()) >= _FEWEST]


def windows(words: list[str]) -> list[list[str]]:
    """Cut an overlong run of words into overlapping pieces."""
    if len(words) <= _LONGEST:
        return [words]
    starts = range(0, len(words) - _LONGEST // 2, _LONGEST // 2)
    return [words[start : start + _LONGEST] for start in starts][:MOST]
