"""What the matcher found out about a question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from bot.domain.knowledge import Language


class Outcome(StrEnum):
    """The honest ways a question can end."""

    ANSWER = "answer"
    CHOICES = "choices"
    ACTION = "action"
    UNKNOWN_ROLE = "unknown_role"
    OFF_TOPIC = "off_topic"
    NOT_UNDERSTOOD = "not_understood"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An id the question may mean, with a confidence from 0 to 1."""

    id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a question means.

    `candidates` are the best first, at most three. With ANSWER the first is the answer, and `also` may name
    a second one when the message clearly asked two things. `role` is the career the question is about.
    `other_career` is the id of a career that is recognised but not covered (UNKNOWN_ROLE). `pointer` is the
    id of a pointer (NOT_UNDERSTOOD). `distress` tells the two kinds apart (SAFETY). `gentle` asks for one
    gentle line of help under an ordinary reply. `language` is the language the question is written in.
    """

    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()
    also: Candidate | None = None
    role: str | None = None
    names_role: bool = False
    other_career: str | None = None
    pointer: str | None = None
    distress: Literal["self-harm", "being-hurt"] | None = None
    gentle: bool = False
    language: Language = "en"


class Matcher(Protocol):
    """Understands questions about one snapshot of the knowledge."""

    def match(self, question: str, role: str | None) -> Match:
        """Find out what a question means.

        Args:
            question: what the student typed, of any length and content.
            role: id of the career a question that names none is about, or None.
        """
        ...

    def steps(self, question: str, role: str, shown: str = "") -> tuple[tuple[str, ...], ...]:
        """Find the steps of a career's roadmap that a sentence names ('i know python and sql').

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
        ...
