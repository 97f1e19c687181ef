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
from bot.matching.labels import BEING_HURT, DISTRESS, SELF_HARM, UNCLEAR
from bot.matching.linear import Margins
from bot.matching.normalise import clean, words_of
from bot.matching.weighing import Piece, Weighed

Kind = Literal["self-harm", "being-hurt"]

CLEAR = -0.1
"""Lead from which on the learnt labels alone are a clear sign."""

CLEAR_IN_A_WORD = 0.4
"""The same for a single word, which says little."""

NEAR = -1.0
"""Lead from which words alone never settle what a message is about."""

POSSIBLE = -0.42
"""Lead from which on one gentle line is added to the ordinary answer."""

_MEANING_WEIGHT = 0.15
"""How much an embedding counts here: children's words give distress away more than what is talked about."""

_ONE_OF_MANY = 0.4
"""How far ahead a sentence of a longer message must be beyond that when nothing but its words is known:
stories of family and school sound alike."""

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
        leads = [(_lead(piece, board) - _doubt(piece, weighed), piece) for piece in _compared(weighed)]
        # A single word must say more, so the strongest piece is found by how far it is over its own mark.
        over, strongest = max(
            ((lead - _mark(piece), piece) for lead, piece in leads), key=lambda pair: pair[0]
        )
        if over >= 0:
            return Signs(_kind(strongest, board))
        return Signs(gentle=any(lead >= POSSIBLE and len(piece.named.words) > 1 for lead, piece in leads))

    def _phrase(self, words: Sequence[str]) -> Kind | None:
        for start in range(len(words)):
            for length in range(1, min(self._longest, len(words) - start) + 1):
                kind = self._phrases.get(tuple(words[start : start + length]))
                if kind:
                    return kind
        return None


def is_near(weighed: Weighed, board: Board) -> bool:
    """Tell whether anything in a message is so near to distress that its meaning must be looked at."""
    return any(_lead(piece, board) >= NEAR for piece in weighed.pieces)


def _compared(weighed: Weighed) -> Sequence[Piece]:
    """Return the pieces that are known equally well; a whole story says too much to be one of them."""
    is_story = weighed.question is not weighed.pieces[0]
    is_embedded = weighed.question.meaning is not None
    return [
        piece
        for piece in weighed.pieces[is_story:]
        if piece.is_line or (piece.meaning is not None) == is_embedded
    ]


def _mark(piece: Piece) -> float:
    return CLEAR_IN_A_WORD if len(piece.named.words) == 1 else CLEAR


def _doubt(piece: Piece, weighed: Weighed) -> float:
    is_one_of_many = len(weighed.pieces) > 1 and piece.meaning is None and not piece.is_line
    return _ONE_OF_MANY if is_one_of_many else 0.0


def _lead(piece: Piece, board: Board) -> float:
    """By how much distress is ahead of everything else the piece could mean."""
    margins = _margins(piece)
    other = float(margins[board.known | board.foreign].max(initial=_LEAST))
    return float(margins[board.columns[DISTRESS]]) - _HALF * other


def _margins(piece: Piece) -> Margins:
    return piece.lexical if piece.meaning is None else piece.lexical + _MEANING_WEIGHT * piece.meaning


def _kind(piece: Piece, board: Board) -> Kind:
    hurt, harm, unclear = (piece.margins[board.columns[label]] for label in (BEING_HURT, SELF_HARM, UNCLEAR))
    return "being-hurt" if hurt > max(harm, unclear) else "self-harm"


def _phrases(asks: Asks) -> Iterable[tuple[str, ...]]:
    return (tuple(words_of(clean(phrase))) for listed in asks.values() for phrase in listed)
