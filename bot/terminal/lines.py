"""Where the terminal chat's lines come from: a keyboard with history, or whatever is piped in."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import TextIO


def line_reader(source: TextIO, prompt: str) -> Callable[[], str | None]:
    """Return a function that gives the next line, or None at the end.

    At a keyboard lines can be edited, and the arrow keys bring earlier ones back; that history lives in
    memory only, since a computer may be shared. Broken UTF-8 is read with replacement characters.
    """
    if source.isatty():
        with contextlib.suppress(ImportError):  # Windows has none; then lines are plain.
            import readline  # noqa: F401, PLC0415 - importing it gives input() its history
        return lambda: _typed(prompt)
    source.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[attr-defined]
    return lambda: source.readline() or None


def _typed(prompt: str) -> str | None:
    try:
        return input(prompt)
    except (EOFError, KeyboardInterrupt):
        sys.stdout.write("\n")
        return None
