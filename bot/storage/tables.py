"""The tables. A change here needs a migration, see migrations/."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

METADATA = MetaData()

_KEY = BigInteger().with_variant(Integer, "sqlite")
"""A key of 64 bits; SQLite keeps a table in its order only when the column is called INTEGER."""

_WAITING = text("state = 'waiting'")
_ENDED = text("ended_at IS NOT NULL")

INBOX = Table(
    "inbox",
    METADATA,
    Column("update_id", _KEY, primary_key=True, autoincrement=False),
    Column("chat", Text),
    Column("kind", Text, nullable=False),
    Column("payload", Text),
    Column("arrived_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("ended_at", BigInteger),
    CheckConstraint("state IN ('waiting', 'done', 'aside')", name="inbox_state"),
    Index("inbox_waiting", "update_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index("inbox_ended", "ended_at", sqlite_where=_ENDED, postgresql_where=_ENDED),
)
"""What arrived, until it is answered; then its number alone, for a while. Instants are UTC epoch seconds."""

BOOKKEEPING = Table(
    "bookkeeping",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""Single numbers the bot needs again after a restart."""
