"""The tables. A change here needs a migration, see migrations/."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Dialect,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

METADATA = MetaData()

_KEY = BigInteger().with_variant(Integer, "sqlite")
"""A key of 64 bits; SQLite keeps a table in its order only when the column is called INTEGER."""


class _Words(TypeDecorator[str]):
    """What people wrote, stored as JSON in ASCII: databases refuse NUL and lone surrogates."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return what is stored."""
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return what was written."""
        return None if value is None else str(json.loads(value))


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

STUDENTS = Table(
    "students",
    METADATA,
    Column("student", Text, primary_key=True),
    Column("kept_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("warned_at", BigInteger),
)
"""Who agreed that their progress is kept, and when; their last sign of life; when they were told that it
will be erased, unless they have been heard of since. Instants are UTC epoch seconds."""

EVENTS = Table(
    "events",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("student", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("value", _Words, nullable=False),
    Column("way", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    UniqueConstraint("cause", "number", name="events_cause"),
    Index("events_student", "student", "id"),
    sqlite_autoincrement=True,
)
"""What students did, in the order of `id`, which is never given out twice; `number` counts what one cause
brought, from 0. Instants are UTC epoch seconds."""

_TO_COME = text("outcome IS NULL")
_OVER = text("outcome IS NOT NULL")
TAKEN_UP: Final = text("outcome IS NULL AND (leased_until IS NOT NULL OR visible_at > due_at)")
"""Of nudges that are in hand, or could not be sent when they were due: few, so they have an index."""

NUDGES = Table(
    "nudges",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("student", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("visible_at", BigInteger, nullable=False),
    Column("lease_by", Text),
    Column("leased_until", BigInteger),
    Column("tries", Integer, nullable=False),
    Column("unanswered", Integer, nullable=False),
    Column("last_day", Text),
    Column("about", Text, nullable=False),
    Column("wording", Integer, nullable=False),
    Column("outcome", Text),
    Column("ended_at", BigInteger),
    CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="nudges_end"),
    UniqueConstraint("student", "day", "kind", name="nudges_day"),
    Index("nudges_to_come", "visible_at", sqlite_where=_TO_COME, postgresql_where=_TO_COME),
    Index("nudges_taken_up", "id", sqlite_where=TAKEN_UP, postgresql_where=TAKEN_UP),
    Index("nudges_over", "ended_at", sqlite_where=_OVER, postgresql_where=_OVER),
    sqlite_autoincrement=True,
)
"""Nudges to come, and for some days those that are over: one a student, local `day` (ISO 8601) and `kind`.

`visible_at` is when it may be taken up: when it is due, or later where it could not be sent then. `lease_by`
has it in hand, and until `leased_until` nobody else takes it up. `outcome` says what became of it, see
`nudging.Ending`, and is empty while it is to come; the others are those of `nudging.Claimed`. Instants are
UTC epoch seconds."""

WHOSE: Final[Mapping[Table, Column[Any]]] = {
    STUDENTS: STUDENTS.c.student,
    EVENTS: EVENTS.c.student,
    NUDGES: NUDGES.c.student,
    INBOX: INBOX.c.chat,
}
"""The column of each table that says whose a row is. A table that is not here is about nobody.

What a student is shown and what is erased with them follows from it. A student's private chat has their id.
"""
