"""A question taken apart, and what speaks for each label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.domain.knowledge import LANGUAGES, KnowledgeBase, Language
from bot.matching.careers import Named
from bot.matching.embedding import Embedder
from bot.matching.features import Vector
from bot.matching.labels import DISTRESS, LOOKALIKE, OFF_TOPIC
from bot.matching.late import LateHeads
from bot.matching.linear import Linear, Margins
from bot.matching.normalise import words_of
from bot.matching.segments import clauses, phrases, sentences
from bot.matching.spelling import MOST_MENDED
from bot.matching.training import Learnt, Reader, centred

MEANING_WEIGHT = 0.5
"""How much an embedding's margin counts beside a lexical one; 0.3 to 1 did about as well."""

STORY = 60
"""Words from which on a message is a story: the question is one of its sentences, not the whole."""

_LONGEST_WHOLE = 1_500
"""Characters of a message that are weighed as a whole."""

_MOST_EMBEDDED = 2
"""Pieces of one message that are embedded."""

_MOST_TRIED = 4
"""Pieces whose tokens are counted to find those."""

MOST_TOKENS = 48
"""Tokens of one message that are embedded in all, at about half a millisecond each."""

_LONGEST_EMBEDDED = 500
"""Characters of a piece whose tokens are worth counting."""

_NOT_EMBEDDED = 0.3
"""What a piece without an embedding is behind by when pieces are compared."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message, or all of it, and what speaks for each label of the board.

    `is_line` marks a line among others: it may be a message of its own, sent in a row with others.
    """

    named: Named
    vector: Vector
    lexical: Margins
    meaning: Margins | None = None
    is_line: bool = False

    @property
    def margins(self) -> Margins:
        """What speaks for each label in all: above 0 for it, below against."""
        return self.lexical if self.meaning is None else self.lexical + MEANING_WEIGHT * self.meaning


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message: all its pieces, the one that its question stands in, and the label it has word for word."""

    pieces: tuple[Piece, ...]
    question: Piece
    exact: str | None = None


class Weigher:
    """Weighs messages against the labels of one career."""

    def __init__(
        self, knowledge: KnowledgeBase, reader: Reader, learnt: Learnt, embedder: Embedder | None
    ) -> None:
        """Take what was learnt; the embedder serves only where heads were learnt for it."""
        self._late = LateHeads(knowledge, reader, learnt.features)
        self._reader = reader
        self._learnt = learnt
        self._embedder = embedder if learnt.meaning else None

    def labels(self, role: str) -> tuple[str, ...]:
        """Return the labels a question about a career is held against."""
        return self._learnt.lexical.shared.labels + self._own(role).labels

    def named(self, text: str) -> Named:
        """Return the words of a cleaned message, as far as it is weighed whole, with its careers found."""
        return self._named(text[:_LONGEST_WHOLE])

    def weigh(self, text: str, whole: Named, role: str) -> Weighed | None:
        """Weigh a message by spelling and words; None when there is not a word in it.

        Args:
            text: the cleaned message.
            whole: what `named` made of it.
            role: id of the career it is about.
        """
        parts = sentences(text)
        named = [whole, *self._each(parts)] if len(parts) > 1 else [whole]
        lines = {line.strip() for line in text.split("\n")} if "\n" in text else frozenset[str]()
        is_line = [False, *(part in lines for part in parts)]
        pieces = [
            replace(self._weigh(one, role), is_line=line)
            for one, line in zip(named, is_line, strict=False)
            if one.words
        ]
        if not pieces:
            return None
        exact = self._learnt.exact.get(" ".join(whole.words))
        return Weighed(tuple(pieces), self._question(pieces, role), exact)

    def with_meaning(self, weighed: Weighed, role: str) -> Weighed:
        """Weigh a message by its meaning as well, where that is known; some milliseconds a dozen words."""
        if self._embedder is None:
            return weighed
        pieces = [*weighed.pieces]
        self._embed(pieces, role, self._embedder)
        return replace(weighed, pieces=tuple(pieces), question=self._question(pieces, role))

    def _question(self, pieces: Sequence[Piece], role: str) -> Piece:
        wanted = self._wanted(role)
        rest = pieces[1:] if _is_story(pieces) else []
        return max(rest, key=lambda piece: _lead(piece, wanted), default=pieces[0])

    def _wanted(self, role: str) -> NDArray[np.bool_]:
        foreign = (OFF_TOPIC, LOOKALIKE, DISTRESS)
        return np.array([not label.startswith(foreign) for label in self.labels(role)])

    def clauses(self, text: str, role: str) -> list[Piece]:
        """Weigh the parts of a message that may each be a question, by spelling and words alone."""
        if len(text) > _LONGEST_EMBEDDED:
            return []
        asked = [phrase for part in sentences(text) for phrase in phrases(part)]
        runs = [run for phrase in asked[:MOST_CLAUSES] for run in clauses(self._mended(phrase))]
        if len(asked) > MOST_CLAUSES or not 1 < len(runs) <= MOST_CLAUSES:
            return []
        return [self._weigh(self._reader.careers.name(run), role) for run in runs]

    def language(self, piece: Piece) -> Language:
        """Return which language of Latin letters a piece is written in."""
        languages = self._learnt.languages
        found = languages.labels[int(languages.margins(piece.vector).argmax())]
        return next(language for language in LANGUAGES if language == found)

    def _named(self, text: str) -> Named:
        return self._reader.careers.name(self._mended(text))

    def _mended(self, text: str) -> list[str]:
        return self._reader.spelling.mend(words_of(text))

    def _each(self, parts: Sequence[str]) -> Iterator[Named]:
        left = MOST_MENDED
        for part in parts:
            words = words_of(part)
            yield self._reader.careers.name(self._reader.spelling.mend(words, left))
            left -= self._reader.spelling.unknown(words)

    def _weigh(self, named: Named, role: str) -> Piece:
        vector = self._learnt.features.of(named.words)
        shared, own = self._learnt.lexical.shared, self._own(role)
        return Piece(named, vector, np.concatenate([shared.margins(vector), own.margins(vector)]))

    def _own(self, role: str) -> Linear:
        return self._learnt.lexical.roles.get(role) or self._late.of(role)

    def _embed(self, pieces: list[Piece], role: str, embedder: Embedder) -> None:
        wanted, is_story = self._wanted(role), _is_story(pieces)
        order = sorted(range(1, len(pieces)), key=lambda place: -_lead(pieces[place], wanted))
        left, embedded = MOST_TOKENS, 0
        for place in (order if is_story else [0, *order])[:_MOST_TRIED]:
            text = " ".join(pieces[place].named.words)
            tokens = embedder.tokens(text) if len(text) <= _LONGEST_EMBEDDED else left + 1
            if tokens <= left and embedded < _MOST_EMBEDDED:
                pieces[place] = self._meant(pieces[place], text, role, embedder)
                left, embedded = left - tokens, embedded + 1

    def _meant(self, piece: Piece, text: str, role: str, embedder: Embedder) -> Piece:
        heads, centre = self._learnt.meaning, self._learnt.centre
        if heads is None or centre is None:
            return piece
        vector = centred(embedder.embed([text]), centre)[0]
        shared, own = heads.shared.margins_dense(vector), heads.roles.get(role)
        # A career that was learnt late has no embeddings of its own: its words speak twice instead.
        rest = own.margins_dense(vector) if own else piece.lexical[len(shared) :]
        return replace(piece, meaning=np.concatenate([shared, rest]))


MOST_CLAUSES = 4
"""Parts of a message that may each be a question; a message with more is a story."""


def _is_story(pieces: Sequence[Piece]) -> bool:
    return len(pieces) > 1 and len(pieces[0].named.words) > STORY


def _lead(piece: Piece, wanted: NDArray[np.bool_]) -> float:
    """By how much the best label in scope is ahead of the best one out of it."""
    margins = piece.margins
    behind = _NOT_EMBEDDED if piece.meaning is None else 0.0
    return float(margins[wanted].max() - margins[~wanted].max()) - behind
