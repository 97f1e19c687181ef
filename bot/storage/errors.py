"""What can go wrong with the database."""

from __future__ import annotations

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

from bot.domain.inbox import StoreError

__all__ = ["BackupError", "DatabaseError", "StoreError", "reason"]


class DatabaseError(Exception):
    """The database cannot be used; the message is one line for the operator."""


class BackupError(StoreError):
    """A backup could not be made or put back; the message is one line, without anything that is stored."""


def reason(error: SQLAlchemyError) -> str:
    """Return on one line why the database refused, without anything that is stored."""
    if isinstance(error, (DataError, IntegrityError)):
        # PostgreSQL quotes the refused row in these.
        return type(error.orig).__name__
    if isinstance(error, DBAPIError):
        return " ".join(str(error.orig).split())
    return type(error).__name__
