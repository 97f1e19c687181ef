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
    """A logistic rule: how likely a message is in scope at all, from how strongly each side speaks.

    `weights` are those of `SIGNALS`. From a likelihood of `answer` on the best label may be answered, from
    `offer` on it is offered among choices, or another career or a pointer is taken as recognised.
    """

    weights: tuple[float, ...]
    bias: float
    answer: float
    offer: float

    def likelihood(self, signals: NDArray[np.float64]) -> float:
        """Return the probability that the message is in scope."""
        return 1 / (1 + math.exp(-float(np.dot(self.weights, signals) + self.bias)))


LEXICAL_GATE = Gate((2.85, -0.66, -1.54, -4.29, 0.0, 0.0, 0.0, -0.13, 4.14), -5.90, 0.82, 0.10)
"""For pieces without an embedding."""

MEANING_GATE = Gate((1.72, 0.52, 0.0, -2.86, 0.58, -2.03, -1.30, -0.53, 3.93), -5.30, 0.73, 0.05)
"""For pieces with one."""

LEAD = 0.45
"""By how much the best label's margin must be ahead of the second's to be answered rather than offered."""

PLAIN = 0.97
"""Likelihood from which the words alone decide, and nothing is embedded. In tests/questions that is so for
one question in three: 99 in 100 of these are answered right, as many as with embeddings, and no off-topic
message gets that far."""

PLAIN_LEAD = 0.6
"""By how much the best label must then be ahead of the second's."""

BOTH = 0.85
"""Likelihood that each of two questions in one message needs for both to be answered."""

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
    def columns(self) -> dict[str, int]:
        """The column of each label."""
        return {label: column for column, label in enumerate(self.labels)}

    def _begin(self, start: str) -> Mask:
        return np.array([label.startswith(start) for label in self.labels])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one piece says: the best columns of the board with their shares, and how likely it is in scope."""

    columns: tuple[int, ...]
    shares: tuple[float, ...]
    likelihood: float
    leads: bool
    gate: Gate

    @property
    def best(self) -> int:
        """The column of the best label."""
        return self.columns[0]


def judge(board: Board, piece: Piece) -> Verdict:
    """Weigh the labels in scope against each other and against what is off topic."""
    margins = np.where(board.known, piece.margins, -np.inf)
    order = np.argsort(-margins, kind="stable")[: MOST_CHOICES + 2]
    leads = bool(margins[order[0]] - margins[order[1]] >= LEAD)
    order = _other_first(board, piece, order)
    gate = LEXICAL_GATE if piece.meaning is None else MEANING_GATE
    strength = np.exp(_SHARPNESS * (margins[order] - margins.max()))
    return Verdict(
        tuple(int(column) for column in order),
        tuple(float(share) for share in strength / strength.sum()),
        gate.likelihood(signals(board, piece, int(order[0]), int(order[1]))),
        leads,
        gate,
    )


def is_plain(board: Board, piece: Piece) -> bool:
    """Tell whether words alone say clearly what a piece asks."""
    margins = np.where(board.known, piece.margins, -np.inf)
    first, second = np.partition(margins, -2)[[-1, -2]]
    if first - second < PLAIN_LEAD:
        return False
    verdict = judge(board, piece)
    return bool(board.wanted[verdict.best]) and verdict.likelihood >= PLAIN


def _other_first(board: Board, piece: Piece, order: NDArray[np.intp]) -> NDArray[np.intp]:
    """Put another career first where one is named, the known one is not, and it is not far behind."""
    other = board.columns.get(UNKNOWN_ROLE)
    words = piece.named.words
    if other is None or other not in order or OTHER not in words or ROLE in words:
        return order
    if piece.margins[order[0]] - piece.margins[other] <= NEAR and not board.functions[order[0]]:
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


def word_for_word(board: Board, label: str | None) -> Match | None:
    """Return the match of a message that is a short phrasing as it stands, if that can be answered."""
    column = board.columns.get(label or "")
    if column is None or not board.wanted[column]:
        return None
    outcome = Outcome.ACTION if board.functions[column] else Outcome.ANSWER
    return Match(outcome, (Candidate(board.ids[column], 1.0),))


def decide(board: Board, piece: Piece, parts: Sequence[Piece] = ()) -> Match:
    """Choose the outcome for the piece that a question stands in.

    Args:
        board: the labels.
        piece: the piece.
        parts: the parts of the message that may each be a question of its own.
    """
    verdict = judge(board, piece)
    label, likely = board.labels[verdict.best], verdict.likelihood
    both = _both(board, parts)
    if both and verdict.best in [column for column, _ in both]:
        first, second = (Candidate(board.ids[column], round(sure, 3)) for column, sure in both)
        return Match(Outcome.ANSWER, (first,), also=second)
    if board.wanted[verdict.best] and verdict.leads and likely >= verdict.gate.answer:
        outcome = Outcome.ACTION if board.functions[verdict.best] else Outcome.ANSWER
        return Match(outcome, _candidates(board, verdict))
    if label == UNKNOWN_ROLE and (piece.named.others or likely >= verdict.gate.offer):
        return Match(Outcome.UNKNOWN_ROLE, other_career=next(iter(piece.named.others), None))
    if label.startswith(POINTER) and likely >= verdict.gate.offer:
        return Match(Outcome.NOT_UNDERSTOOD, pointer=label)
    offered = _candidates(board, verdict)
    if offered and likely >= verdict.gate.offer:
        return Match(Outcome.CHOICES, offered)
    is_foreign = piece.margins[board.foreign].max(initial=-np.inf) > piece.margins[verdict.best]
    return Match(Outcome.OFF_TOPIC if is_foreign else Outcome.NOT_UNDERSTOOD)


def _candidates(board: Board, verdict: Verdict) -> tuple[Candidate, ...]:
    """Return the answerable ones among the best; their confidence is their share of the likelihood."""
    found = [
        Candidate(board.ids[column], round(verdict.likelihood * share, 3))
        for column, share in zip(verdict.columns, verdict.shares, strict=True)
        if board.wanted[column]
    ]
    return tuple(found[:MOST_CHOICES])


def _both(board: Board, parts: Sequence[Piece]) -> list[tuple[int, float]]:
    """Return the two answers where two parts of a message each clearly ask for a different one."""
    verdicts = [judge(board, part) for part in parts]
    clear = {
        verdict.best: verdict.likelihood
        for verdict in verdicts
        if verdict.likelihood >= BOTH and verdict.leads and board.content[verdict.best]
    }
    return list(clear.items()) if len(clear) == _TWO else []


_TWO = 2

_SHARPNESS = 2.0
"""How quickly a label that is behind loses its share; it orders nothing, it only shows in the confidence."""
