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

_LONGEST = 300
"""Characters of the longest piece; a longer sentence is cut between words."""

_FEWEST = 2

MOST = 60
"""Pieces looked at: the first and last half of them; no student's question has more sentences."""


def sentences(text: str) -> list[str]:
    """Split a cleaned text into sentences of at most `_LONGEST` characters, at most `MOST` of them.

    Where there are more, those in the middle are left out.
    """
    whole = (part.strip() for part in _END.split(text) if part)
    parts = [piece for part in whole if part for piece in _cut(part)]
    return parts if len(parts) <= MOST else [*parts[: MOST // 2], *parts[-MOST // 2 :]]


def _cut(sentence: str) -> list[str]:
    pieces: list[str] = []
    while len(sentence) > _LONGEST:
        space = sentence.rfind(" ", 1, _LONGEST)
        end = space if space > 0 else _LONGEST
        pieces.append(sentence[:end])
        sentence = sentence[end:].strip()
    return [*pieces, sentence] if sentence else pieces


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
