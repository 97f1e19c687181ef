"""Boards made by hand: a few labels, and pieces that say how strongly each is meant."""

from collections.abc import Mapping

import numpy as np

from bot.matching.careers import OTHER, ROLE, Named
from bot.matching.decision import Board
from bot.matching.features import Vector
from bot.matching.weighing import Piece, Weighed

CAREER = "backend-developer"
LABELS = (
    "facet/overview",
    "facet/pay",
    "facet/duties",
    "facet/roadmap",
    f"{CAREER}/vs-frontend",
    f"{CAREER}/duties/apis",
    "bot/help",
    "bot/thanks",
    "pointers/visa",
    "unknown-role",
    "lookalike",
    "off-topic/",
    "off-topic/weather",
    "off-topic/cricket",
    "distress/",
    "distress/self-harm",
    "distress/being-hurt",
    "distress/unclear",
)
BOARD = Board(LABELS, CAREER)

NOTHING = -1.2
"""The margin of a label that nothing speaks for."""

EMPTY = Vector(np.array([], dtype=np.int32), np.array([], dtype=np.float32))


def named(words: str = "how much do they earn", *, role: bool = False, others: tuple[str, ...] = ()) -> Named:
    """A question with, where asked for, the mark of a known or another career in it."""
    marks = (*([ROLE] if role else []), *([OTHER] if others else []))
    return Named((*words.split(), *marks), (CAREER,) if role else (), others)


def piece(
    margins: Mapping[str, float], about: Named | None = None, meaning: Mapping[str, float] | None = None
) -> Piece:
    """A piece for which only these labels speak."""

    def row(given: Mapping[str, float]):
        assert set(given) <= set(LABELS)
        return np.array([given.get(label, NOTHING) for label in LABELS], dtype=np.float32)

    return Piece(about or named(), EMPTY, row(margins), None if meaning is None else row(meaning))


def weighed(*pieces: Piece) -> Weighed:
    """A message of these pieces, whose question is the first."""
    return Weighed(pieces, pieces[0])
