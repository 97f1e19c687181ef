"""What the log says about an error: where it happened and of what kind, never what somebody wrote."""

from __future__ import annotations

import traceback

from telegram.error import TelegramError

from bot.domain.inbox import StoreError


def trace(error: BaseException) -> str:
    """Return an error's kind and the lines of code it came through, with those of what caused it.

    Its own words are left out, since they may quote what a student wrote; Telegram's and the store's may
    stay.
    """
    words = f": {error}" if isinstance(error, TelegramError | StoreError) else ""
    lines = [f"{type(error).__name__}{words}\n"]
    lines += traceback.format_tb(error.__traceback__)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        lines.append(f"caused by {trace(cause)}")
    return "".join(lines).rstrip()
