"""A question taken apart, and what speaks for each label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from bot.domain.knowledge import LANGUAGES, Language
from bot.matching.careers import Named
from bot.matching.embedding import Embedder
from bot.matching.features import Vector
from bot.matching.labels import DISTRESS, LOOKALIKE, OFF_TOPIC
from bot.matching.linear import Margins
from bot.matching.normalise import clean, words_of
from bot.matching.segments import clauses, sentences, windows
from bot.matching.training import Learnt, Reader, centred

MEANING_WEIGHT = 0.5
"""How much an embedding's margin counts beside a lexical one; 0.3 to 1 did about as well."""

STORY = 60
"""Words from which on a message is a story: the question is one of its sentences, not the whole."""

_LONGEST_WHOLE = 1_500
"""Characters of a message that are weighed as a whole."""

_MOST_EMBEDDED = 2
"""Pieces of one message that are embedded, about 10 ms each."""

_NOT_EMBEDDED = 0.3
"""What a piece without an embedding is behind by when pieces are compared."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message, or all of it, and what speaks for each label of the board."""

    named: Named
    vector: Vector
    lexical: Margins
    meaning: Margins | None = None

    @property
    def margins(self) -> Margins:
        """What speaks for each label in all: above 0 for it, below against."""
        return self.lexical if self.meaning is None else self.lexical + MEANING_WEIGHT * self.meaning


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message: all its pieces, and the one that its question stands in."""

    pieces: tuple[Piece, ...]
    question: Piece


class Weigher:
    """Weighs messages against the labels of one career."""

    def __init__(self, reader: Reader, learnt: Learnt, embedder: Embedder | None) -> None:
        """Take what was learnt; the embedder serves only where heads were learnt for it."""
        self._reader = reader
        self._learnt = learnt
        self._embedder = embedder if learnt.meaning else None

    def labels(self, role: str) -> tuple[str, ...]:
        """Return the labels a question about a career is held against."""
        heads = self._learnt.lexical
        return heads.shared.labels + heads.roles[role].labels

    def named(self, question: str) -> Named:
        """Return the words of a question with its careers found, for those who need no more."""
        return self._named(clean(question)[:_LONGEST_WHOLE])

    def weigh(self, question: str, role: str) -> Weighed | None:
        """Weigh a message; None when there is not a word in it."""
        cleaned = clean(question)
        parts = sentences(cleaned)
        whole = self._named(cleaned[:_LONGEST_WHOLE])
        named = [whole, *(cut for part in parts for cut in self._cut(part))] if len(parts) > 1 else [whole]
        pieces = [self._weigh(one, role) for one in named if one.words]
        if not pieces:
            return None
        labels = self.labels(role)
        wanted = np.array([not label.startswith((OFF_TOPIC, LOOKALIKE, DISTRESS)) for label in labels])
        is_story = len(whole.words) > STORY
        self._embed(pieces, role, wanted, is_story=is_story)
        rest = pieces[1:] if is_story else []
        question_piece = max(rest, key=lambda piece: _lead(piece, wanted), default=pieces[0])
        return Weighed(tuple(pieces), question_piece)

    def clauses(self, question: str, role: str) -> list[Piece]:
        """Weigh the parts of a message that may each be a question of its own."""
        parts = [clause for part in sentences(clean(question)) for clause in clauses(part)]
        if not 1 < len(parts) <= MOST_CLAUSES:
            return []
        pieces = [self._weigh(named, role) for named in map(self._named, parts) if named.words]
        for place, piece in enumerate(pieces):
            pieces[place] = self._meant(piece, role)
        return pieces

    def language(self, piece: Piece) -> Language:
        """Return which language of Latin letters a piece is written in."""
        languages = self._learnt.languages
        found = languages.labels[int(languages.margins(piece.vector).argmax())]
        return next(language for language in LANGUAGES if language == found)

    def _named(self, text: str) -> Named:
        return self._reader.careers.name(self._reader.spelling.mend(words_of(text)))

    def _cut(self, part: str) -> Iterator[Named]:
        named = self._named(part)
        for window in windows(list(named.words)):
            yield replace(named, words=tuple(window))

    def _weigh(self, named: Named, role: str) -> Piece:
        vector = self._learnt.features.of(named.words)
        heads = self._learnt.lexical
        margins = np.concatenate([heads.shared.margins(vector), heads.roles[role].margins(vector)])
        return Piece(named, vector, margins)

    def _embed(self, pieces: list[Piece], role: str, wanted: np.ndarray, *, is_story: bool) -> None:
        order = sorted(range(1, len(pieces)), key=lambda place: -_lead(pieces[place], wanted))
        chosen = order if is_story else [0, *order]
        for place in chosen[:_MOST_EMBEDDED]:
            pieces[place] = self._meant(pieces[place], role)

    def _meant(self, piece: Piece, role: str) -> Piece:
        heads, centre = self._learnt.meaning, self._learnt.centre
        text = " ".join(piece.named.words)
        if self._embedder is None or heads is None or centre is None or not self._embedder.fits(text):
            return piece
        vector = centred(self._embedder.embed([text]), centre)[0]
        meant = np.concatenate([heads.shared.margins_dense(vector), heads.roles[role].margins_dense(vector)])
        return replace(piece, meaning=meant)


MOST_CLAUSES = 4
"""Parts of a message that may each be a question; a message with more is a story."""


def _lead(piece: Piece, wanted: np.ndarray) -> float:
    """By how much the best label in scope is ahead of the best one out of it."""
    margins = piece.margins
    behind = _NOT_EMBEDDED if piece.meaning is None else 0.0
    return float(margins[wanted].max() - margins[~wanted].max()) - behind
