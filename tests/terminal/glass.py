"""What a student sees of the terminal, and the numbers they can type."""

import io
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.conversation import Conversation
from bot.terminal.chat import Chat, Screen
from bot.texts.catalogue import load_catalogues

CLEARED = "\x1b[2J"
"""What a terminal is sent to be wiped."""

_ROW = re.compile(r"\[1?\d\] ")
_BUTTON = re.compile(r"\[(\d+)\] (.*?)(?=  \[\d+\] |$)")


@dataclass
class Terminal:
    """A terminal with one chat in it; lines are typed as the chat asks for them.

    It can be looked at as a phone can (tests/dialogues/phone.py): `text`, `labels`, `toasts`, `fresh` and
    `erased` tell what the last line brought.
    """

    door: Conversation
    at: int = 1_000_000
    width: int = 10_000
    out: io.StringIO = field(default_factory=io.StringIO)
    numbers: dict[str, str] = field(default_factory=dict)
    shown: str = ""
    files: Path = field(default_factory=lambda: Path(tempfile.gettempdir(), "terminal-files"))

    async def run(self, lines: Iterator[str] | Callable[[], str | None]) -> str:
        """Chat until the lines end; return everything that was shown."""
        console = Console(
            file=self.out, width=self.width, force_terminal=True, color_system=None, legacy_windows=False
        )
        chat = Chat(self.door, Screen(console, load_catalogues(), files=self.files), lambda: self.at)
        await chat.run(lines if callable(lines) else lambda: next(lines, None))
        return self.out.getvalue()

    def look(self) -> None:
        """Take in what was shown since the last look."""
        everything = self.out.getvalue()
        self.out.seek(0)
        self.out.truncate()
        self.shown = everything
        if self.labels:
            self.numbers = {label: number for number, label in self._buttons()}

    def number_of(self, label: str) -> str:
        """Return the number of the first button whose label contains these words."""
        for shown, number in self.numbers.items():
            if label in shown:
                return number
        message = f"no button {label!r} among {list(self.numbers)}"
        raise AssertionError(message)

    @property
    def text(self) -> str:
        """All lines but those of buttons."""
        return "\n".join(line for line in self.shown.splitlines() if not _ROW.match(line))

    @property
    def labels(self) -> list[str]:
        """The buttons shown."""
        return [label for _, label in self._buttons()]

    @property
    def toasts(self) -> list[str]:
        """A terminal shows a toast as any other line."""
        return self.shown.splitlines()

    @property
    def fresh(self) -> list[str]:
        """The messages shown: each begins after an empty line."""
        return re.findall(r"(?:^|\n)\n(?=\S)", self.shown)

    @property
    def erased(self) -> int:
        """How often the screen was wiped."""
        return self.shown.count(CLEARED)

    def _buttons(self) -> list[tuple[str, str]]:
        rows = [line for line in self.shown.splitlines() if _ROW.match(line)]
        return [found.group(1, 2) for row in rows for found in _BUTTON.finditer(row)]


def script(terminal: Terminal, steps: list[dict[str, Any]], check: Callable[[dict[str, Any]], None]):
    """Yield the line of each step when the chat asks for it, and check what it brought before the next."""
    terminal.look()
    for step in steps:
        terminal.at += step.get("waits", 0)
        if "types" in step:
            yield step["types"] + "\n"
        elif "presses" in step:
            yield terminal.number_of(step["presses"]) + "\n"
        terminal.look()
        check(step)
