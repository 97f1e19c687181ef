"""knowledge/ turned into a `KnowledgeBase`, with errors that name file, line and field."""

from bot.content.faults import Fault, KnowledgeError
from bot.content.loading import Report, check, load, relist
from bot.content.lock import RetireError, lock_lines

__all__ = ["Fault", "KnowledgeError", "Report", "RetireError", "check", "load", "lock_lines", "relist"]
