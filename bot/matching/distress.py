"""Signs of distress: looked for before anything else is.

Three things speak for distress: a phrase that is a sign wherever it stands, the learnt labels for whole
messages, and the learnt label for unclear signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.knowledge import Asks, Safety
from bot.matching.decision import Board
from bot.matching.labels import BEING_HURT, DISTRESS, SELF_HARM
from bot.matching.normalise import clean, words_of
from bot.matching.weighing import Piece, Weighed

Kind = Literal["self-harm", "being-hurt"]

CLEAR = 0.3
"""Lead from which on the learnt labels alone are a clear sign."""

POSSIBLE = -0.35
"""Lead from which on one gentle line is added to the ordinary answer."""

_HALF = 0.5
"""How much of what else the message could mean counts against distress: a clear question may be both."""

_LEAST = -1.0
"""What the strongest other label counts at least."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What was noticed: a clear kind, or that a gentle line is right."""

    kind: Kind | None = None
    gentle: bool = False


class Distress:
    """Notices signs of distress."""

    def __init__(self, safety: Safety) -> None:
        """Learn the phrases that are a sign wherever they stand."""
        self._phrases: dict[tuple[str, ...], Kind] = {}
        for kind, asks in safety.phrases.items():
            for words in _phrases(asks):
                self._phrases.setdefault(words, kind)
        self._longest = max((len(words) for words in self._phrases), default=0)

    def notice(self, weighed: Weighed, board: Board) -> Signs:
        """Look for signs in all parts of a message.

        Args:
            weighed: the message.
            board: the labels its pieces were weighed against.
        """
        if DISTRESS not in board.columns:
            return Signs()
        for piece in weighed.pieces:
            kind = self._phrase(piece.named.words)
            if kind:
                return Signs(kind)
        compared = [
            piece for piece in weighed.pieces if (piece.meaning is None) == (weighed.question.meaning is None)
        ]
        strongest = max(compared, key=lambda piece: _lead(piece, board))
        lead = _lead(strongest, board)
        if lead >= CLEAR:
            return Signs(_kind(strongest, board))
        return Signs(gentle=lead >= POSSIBLE)

    def _phrase(self, words: Sequence[str]) -> Kind | None:
        for start in range(len(words)):
            for length in range(1, min(self._longest, len(words) - start) + 1):
                kind = self._phrases.get(tuple(words[start : start + length]))
                if kind:
                    return kind
        return None


def _lead(piece: Piece, board: Board) -> float:
    """By how much distress is ahead of everything else the piece could mean."""
    other = float(piece.margins[board.known | board.foreign].max(initial=_LEAST))
    return float(piece.margins[board.columns[DISTRESS]]) - _HALF * max(other, _LEAST)


def _kind(piece: Piece, board: Board) -> Kind:
    hurt, harm = (piece.margins[board.columns[label]] for label in (BEING_HURT, SELF_HARM))
    return "being-hurt" if hurt > harm else "self-harm"


def _phrases(asks: Asks) -> Iterable[tuple[str, ...]]:
    return (tuple(words_of(clean(phrase))) for listed in asks.values() for phrase in listed)
