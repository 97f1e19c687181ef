"""Question sets: JSON lines with q, labels and style, and plain files of off-topic lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

NOT_ENGLISH = frozenset({"singlish", "tanglish", "sinhala", "tamil"})


@dataclass(frozen=True)
class Question:
    """A question with the labels that are right for it, the best first."""

    text: str
    labels: tuple[str, ...]
    style: str

    @property
    def kind(self) -> str:
        """The row of the table it belongs to."""
        first = self.labels[0]
        if first in {"unknown-role", "distress", "none", "off-topic"}:
            return first
        return "lk languages" if self.style in NOT_ENGLISH else "english"


def read_questions(path: Path) -> list[Question]:
    """Read a questions file."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Question(line["q"], tuple(line["labels"]), line["style"]) for line in lines]


@dataclass(frozen=True)
class Naming:
    """A sentence with the ids of the steps or tasks it names; none is right too.

    With `unsure` nothing may be marked before the student was asked. `shown` is what was shown last.
    """

    text: str
    steps: frozenset[str]
    unsure: bool = False
    shown: str = ""


def read_namings(path: Path) -> list[Naming]:
    """Read a file of sentences that name steps: JSON lines with q, steps, style, and maybe ask and shown."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Naming(line["q"], frozenset(line["steps"]), line.get("ask", False), line.get("shown", ""))
        for line in lines
    ]


def read_off_topic(path: Path) -> list[Question]:
    """Read a file of lines that are no career questions."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Question(line.strip(), ("off-topic",), "off-topic") for line in lines if line.strip()]
