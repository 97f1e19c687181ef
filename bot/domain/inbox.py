"""What arrived from a chat service and waits to be answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_FAILURES: Final = 3
"""Times an update may fail before it is set aside."""

KEPT_KNOWN: Final = 2 * 24 * 3600
"""Seconds an update that is over stays known by its number, so that it is not answered a second time."""

KEPT_ASIDE: Final = 24 * 3600
"""Seconds the content of an update that was set aside is kept, for the operator to look into."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One update, as it came.

    `update_id` numbers it for good. Updates of one `chat` are answered in order. `kind` is the service's name
    for what it is, `payload` the whole of it as JSON. `at` is when it came, in UTC epoch seconds. `failures`
    counts how often answering failed, `sent` how many messages of its answer are known to have been sent.
    """

    update_id: int
    chat: str
    kind: str
    payload: str
    at: int
    failures: int = 0
    sent: int = 0


class StoreError(Exception):
    """A transaction failed; the next one may work. The message holds nothing that is stored."""
