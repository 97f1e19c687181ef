"""From what speaks for each label to one of the honest outcomes.

The numbers here were fitted by tests/benchmarks/fit_gate.py on questions written apart from the phrasings;
they know no label and no career, only how sure the classifiers are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.matching.careers import OTHER, ROLE
from bot.matching.labels import (
    FACET,
    FUNCTION,
    LOOKALIKE,
    OFF_TOPIC,
    POINTER,
    UNKNOWN_ROLE,
)
from bot.matching.match import Candidate, Match, Outcome
from bot.matching.weighing import Piece

Mask = NDArray[np.bool_]

MOST_CHOICES = 3


SIGNALS = (
    "margin of the best label",
    "margin of the second",
    "margin of the nearest off-topic subject",
    "margin of anything off topic",
    "embedding's margin of the best label",
    "embedding's margin of the nearest off-topic subject",
    "embedding's margin of anything off topic",
    "logarithm of the number of words",
    "the career is named",
)


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic rule: how likely the best label is right, from how strongly each side speaks.

    `weights` are those of `SIGNALS`. From a confidence of `answer` on the best label is answered, from
    `offer` on it is offered among choices, from `other` on another career is taken as recognised.
    """

    weights: tuple[float, ...]
    bias: float
    answer: float
    offer: float
    other: float

    def confidence(self, signals: NDArray[np.float64]) -> float:
        """Return the probability that the best label is right."""
        return 1 / (1 + math.exp(-float(np.dot(self.weights, signals) + self.bias)))


LEXICAL_GATE = Gate((1.7, -1.05, -0.54, -0.5, 0.0, 0.0, 0.0, 0.26, 1.29), -1.9, 0.69, 0.37, 0.3)
"""For pieces without an embedding."""

MEANING_GATE = Gate((0.39, -0.02, -0.13, -0.2, 1.05, -0.32, -0.17, -0.05, 1.26), -0.18, 0.66, 0.37, 0.3)
"""For pieces with one."""

BOTH = 0.85
"""Confidence that each of two questions in one message needs for both to be answered."""

NEAR = 1.0
"""By how much the label of other careers may be behind when one is named and the known one is not."""


def _mask(marked: Iterable[bool]) -> Mask:
    return np.array(list(marked), dtype=np.bool_)


@dataclass(frozen=True)
class Board:
    """The labels that a question about one career is held against, and which of them mean what."""

    labels: tuple[str, ...]
    role: str

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id each label answers with."""
        return tuple(
            label.replace(FACET, self.role + "/", 1) if label.startswith(FACET) else label
            for label in self.labels
        )

    @cached_property
    def content(self) -> Mask:
        """Labels that are answers about the career."""
        return np.array([label.startswith((FACET, self.role + "/")) for label in self.labels])

    @cached_property
    def functions(self) -> Mask:
        """Labels that are functions of the bot."""
        return self._begin(FUNCTION)

    @cached_property
    def wanted(self) -> Mask:
        """Labels that can be answered."""
        return self.content | self.functions

    @cached_property
    def known(self) -> Mask:
        """Labels that are in scope, answered or not."""
        return self.wanted | self._begin(POINTER) | self._begin(UNKNOWN_ROLE)

    @cached_property
    def foreign(self) -> Mask:
        """Labels of what is no career question, the group label left out."""
        one_subject = self._begin(OFF_TOPIC) & (np.array(self.labels) != OFF_TOPIC)
        return _mask(one_subject | self._begin(LOOKALIKE))

    @cached_property
    def sides(self) -> Mask:
        """Labels of what could be asked about any career."""
        return self._begin(FACET) | self._begin(POINTER)

    @cached_property
    def columns(self) -> dict[str, int]:
        """The column of each label."""
        return {label: column for column, label in enumerate(self.labels)}

    def _begin(self, start: str) -> Mask:
        return np.array([label.startswith(start) for label in self.labels])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one piece says: the best columns of the board, and how likely the first is right."""

    columns: tuple[int, ...]
    shares: tuple[float, ...]
    confidence: float
    gate: Gate

    @property
    def best(self) -> int:
        """The column of the best label."""
        return self.columns[0]


def judge(board: Board, piece: Piece) -> Verdict:
    """Weigh the labels in scope against each other and against what is off topic."""
    margins = np.where(board.known, piece.margins, -np.inf)
    order = np.argsort(-margins, kind="stable")[: MOST_CHOICES + 2]
    order = _other_first(board, piece, order)
    gate = LEXICAL_GATE if piece.meaning is None else MEANING_GATE
    strength = np.exp(_SHARPNESS * (margins[order] - margins[order[0]]))
    return Verdict(
        tuple(int(column) for column in order),
        tuple(float(share) for share in strength / strength.sum()),
        gate.confidence(signals(board, piece, int(order[0]), int(order[1]))),
        gate,
    )


def _other_first(board: Board, piece: Piece, order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Put another career first where one is named, the known one is not, and any career could be meant."""
    other = board.columns.get(UNKNOWN_ROLE)
    words = piece.named.words
    if other is None or other not in order or OTHER not in words or ROLE in words:
        return order
    near = piece.margins[order[0]] - piece.margins[other] <= NEAR
    if near and board.sides[order[0]]:
        return np.concatenate([[other], order[order != other]])
    return order


def signals(board: Board, piece: Piece, best: int, second: int) -> NDArray[np.float64]:
    """Return what a gate looks at, in the order of `SIGNALS`."""
    margins, meaning = piece.margins, piece.meaning
    anything = board.columns[OFF_TOPIC]
    meant = (
        (0.0, 0.0, 0.0)
        if meaning is None
        else (meaning[best], meaning[board.foreign].max(initial=-1), meaning[anything])
    )
    return np.array(
        [
            margins[best],
            margins[second],
            margins[board.foreign].max(initial=-1),
            margins[anything],
            *meant,
            math.log(len(piece.named.words)),
            float(ROLE in piece.named.words),
        ],
        dtype=np.float64,
    )


def decide(board: Board, piece: Piece, parts: Sequence[Piece] = ()) -> Match:
    """Choose the outcome for the piece that a question stands in.

    Args:
        board: the labels.
        piece: the piece.
        parts: the parts of the message that may each be a question of its own.
    """
    verdict = judge(board, piece)
    gate, label = verdict.gate, board.labels[verdict.best]
    if board.wanted[verdict.best] and verdict.confidence >= gate.answer:
        outcome = Outcome.ACTION if board.functions[verdict.best] else Outcome.ANSWER
        return Match(outcome, _candidates(board, verdict), also=_also(board, parts, verdict.best))
    if label == UNKNOWN_ROLE and verdict.confidence >= gate.other:
        return Match(Outcome.UNKNOWN_ROLE, other_career=next(iter(piece.named.others), None))
    if label.startswith(POINTER) and verdict.confidence >= gate.offer:
        return Match(Outcome.NOT_UNDERSTOOD, pointer=label)
    offered = _candidates(board, verdict)
    if offered and verdict.confidence >= gate.offer:
        return Match(Outcome.CHOICES, offered)
    is_foreign = piece.margins[board.foreign].max(initial=-1) > piece.margins[verdict.best]
    return Match(Outcome.OFF_TOPIC if is_foreign else Outcome.NOT_UNDERSTOOD)


def _candidates(board: Board, verdict: Verdict) -> tuple[Candidate, ...]:
    """Return the answerable ones among the best, the first with the verdict's confidence."""
    found = [
        Candidate(board.ids[column], round(verdict.confidence * share / verdict.shares[0], 3))
        for column, share in zip(verdict.columns, verdict.shares, strict=True)
        if board.wanted[column]
    ]
    return tuple(found[:MOST_CHOICES])


def _also(board: Board, parts: Sequence[Piece], first: int) -> Candidate | None:
    """Return the second answer where two parts of a message clearly ask different things, one the first."""
    verdicts = [judge(board, part) for part in parts]
    clear = {
        verdict.best: verdict.confidence
        for verdict in verdicts
        if verdict.confidence >= BOTH and board.content[verdict.best]
    }
    others = [column for column in clear if column != first]
    if first not in clear or len(others) != 1:
        return None
    return Candidate(board.ids[others[0]], round(clear[others[0]], 3))


_SHARPNESS = 2.0
"""How quickly a label that is behind loses its share; it orders nothing, it only shows in the confidence."""
