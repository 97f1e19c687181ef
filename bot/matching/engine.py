"""The matcher: from a question to a Match."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from bot.domain.knowledge import KnowledgeBase, Language
from bot.matching.decision import Board, decide, is_plain, word_for_word
from bot.matching.distress import Distress, is_near
from bot.matching.embedding import Embedder
from bot.matching.match import Match, Outcome
from bot.matching.naming import StepNames
from bot.matching.normalise import clean, script_of
from bot.matching.training import Learnt, Reader
from bot.matching.weighing import Piece, Weighed, Weigher

_CAREERS_KEPT = 16
"""Careers whose names of steps are kept at once; the one longest not asked about goes first."""


class Engine:
    """Understands questions about one snapshot of the knowledge; satisfies `Matcher`."""

    def __init__(
        self, knowledge: KnowledgeBase, reader: Reader, learnt: Learnt, embedder: Embedder | None = None
    ) -> None:
        """Take what was learnt from the snapshot.

        Args:
            knowledge: the snapshot.
            reader: made from it.
            learnt: learnt from it.
            embedder: the one whose vectors were learnt from, or None for the lexical engine.
        """
        self._knowledge = knowledge
        self._reader = reader
        self._weigher = Weigher(knowledge, reader, learnt, embedder)
        self._distress = Distress(knowledge.safety)
        self._boards: dict[str, Board] = {}
        self._names = lru_cache(maxsize=_CAREERS_KEPT)(self._learn_names)
        self._first_role: str = next(iter(knowledge.roles))

    def match(self, question: str, role: str | None) -> Match:
        """Find out what a question means.

        Args:
            question: what the student typed, of any length and content.
            role: id of the career a question that names none is about, or None.
        """
        text = clean(question)
        named = self._weigher.named(text)
        asked = (*named.roles, *([role] if role else []))
        about = next((one for one in asked if one in self._knowledge.roles), self._first_role)
        weighed = self._weigher.weigh(text, named, about)
        if weighed is None:
            return Match(Outcome.NOT_UNDERSTOOD, role=about)
        if not self._is_plain(weighed, about):
            weighed = self._weigher.with_meaning(weighed, about)
        found = self._decide(text, weighed, about)
        return replace(
            found, role=about, names_role=bool(named.roles), language=self._language(weighed.question)
        )

    def steps(self, question: str, role: str, shown: str = "") -> tuple[tuple[str, ...], ...]:
        """Find the steps of a career's roadmap that a sentence names ('i know python and sql').

        The first call for a career takes about a second, others less than a millisecond.

        Args:
            question: what the student typed, of any length and content.
            role: id of the career whose roadmap it is.
            shown: id of the step or task shown last, which 'task 2' is about; empty where there is none.

        Returns:
            For each thing that is named the ids of the steps or tasks it may mean, the likeliest first: one
            where it is clear, two or three where it is not. An EMPTY group among them says that it is not
            sure that anything is to be marked ('i almost finished sql', 'my friend did cs50', 'i finished
            docker'): ask, and offer what the other groups have. Empty where nothing is named.
        """
        return self._names(role).find(question, shown) if role in self._knowledge.roles else ()

    def _learn_names(self, role: str) -> StepNames:
        return StepNames(self._knowledge.roles[role], self._knowledge, self._reader)

    def _decide(self, text: str, weighed: Weighed, role: str) -> Match:
        board = self.board(role)
        signs = self._distress.notice(weighed, board)
        if signs.kind:
            return Match(Outcome.SAFETY, distress=signs.kind)
        exact = word_for_word(board, weighed.exact)
        if exact:
            return exact
        parts = self._weigher.clauses(text, role)
        return replace(decide(board, weighed.question, parts), gentle=signs.gentle)

    def _is_plain(self, weighed: Weighed, role: str) -> bool:
        """Tell whether the words alone say so clearly what is asked that the meaning would add nothing."""
        board = self.board(role)
        return len(weighed.pieces) == 1 and is_plain(board, weighed.question) and not is_near(weighed, board)

    def weigh(self, question: str, role: str) -> Weighed | None:
        """Weigh a message in full without deciding, for measurements."""
        text = clean(question)
        weighed = self._weigher.weigh(text, self._weigher.named(text), role)
        return weighed and self._weigher.with_meaning(weighed, role)

    def board(self, role: str) -> Board:
        """Return the labels that questions about a career are held against."""
        if role not in self._boards:
            self._boards[role] = Board(self._weigher.labels(role), role)
        return self._boards[role]

    def _language(self, piece: Piece) -> Language:
        return script_of("".join(piece.named.words)) or self._weigher.language(piece)
