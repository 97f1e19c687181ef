"""Telegram's flood limits, and who has been told to wait."""

from __future__ import annotations

import math
from collections import defaultdict, deque

IN_ALL = 30
"""Messages in any second [Bots FAQ, broadcasting]."""

BURST = 4
"""Messages one chat may get at once; after that one a second. The burst is assumed; see README.md."""

GROUP_MINUTE = 20
"""Messages in any minute in one group [Bots FAQ]."""


def counts(method: str) -> bool:
    """Say whether a call counts as a message."""
    return method.startswith(("send", "edit", "forward", "copy")) and method != "sendChatAction"


class Limits:
    """Counts messages. Times are seconds."""

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self._all: deque[float] = deque()
        self._chats: dict[int, float] = {}
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)
        self._told: dict[int, float] = {}
        self._told_at: dict[int, float] = {}

    def tell(self, chat: int, at: float, seconds: int) -> None:
        """Note that a chat has been told to wait."""
        self._told[chat] = max(at + seconds, self._told.get(chat, 0))
        self._told_at[chat] = at

    def told(self, chat: int, at: float) -> int:
        """Return how many seconds a chat was told to wait from now on, 0 when it may be written to."""
        return max(math.ceil(self._told.get(chat, 0) - at), 0)

    def just_told(self, chat: int, at: float, seconds: float) -> bool:
        """Say whether a chat was told to wait so lately that a call may have been on its way."""
        return at - self._told_at[chat] < seconds

    def take(self, chat: int, at: float) -> int:
        """Count a message; return 0, or the seconds to wait if it is too much (then it is not counted)."""
        free_at = self._chats.get(chat, 0)
        minute = self._groups[chat] if chat < 0 else deque[float]()
        for sent, window in ((self._all, 1), (minute, 60)):
            while sent and sent[0] <= at - window:
                sent.popleft()
        wait = max(
            free_at - at - (BURST - 1),
            self._all[0] + 1 - at if len(self._all) >= IN_ALL else 0,
            minute[0] + 60 - at if len(minute) >= GROUP_MINUTE else 0,
        )
        if wait > 0:
            return max(math.ceil(wait), 1)
        self._chats[chat] = max(free_at, at) + 1
        self._all.append(at)
        minute.append(at)
        return 0
