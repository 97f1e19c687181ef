"""What is wrong with the knowledge, and where."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN_LENGTH = 60
"""Characters of a wrong value that a message repeats."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing a teacher has to mend; `str()` is the line `check` prints.

    `line` counts from 1. `field` is a dotted path; items of a list are named by their id or their number.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """Return `file:line: field: what is wrong, what to write instead`."""
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class KnowledgeError(Exception):
    """The knowledge cannot be used; `faults` says everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep the faults, in the order of their files and lines."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(value: object) -> str:
    """Return a value as one short line that is safe to print, whatever it contains."""
    line = " ".join(str(value).split())
    printable = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in line)
    return printable if len(printable) <= SHOWN_LENGTH else f"{printable[: SHOWN_LENGTH - 1]}…"
