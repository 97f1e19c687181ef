"""What is kept, in numbers without names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.health import inbox_counts
from bot.storage.tables import EVENTS, STUDENTS

_DAY: Final = 24 * 3600
_WEEK: Final = 7 * _DAY
_MONTH: Final = 30 * _DAY


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is kept.

    `students` let their progress be kept, so many of them `new` in the last 7 and 30 days; `active` ones did
    something in that time. `events` are by kind, `careers` count students by the career they chose last,
    `steps_done` by step those who marked it done at any time, be it taken back or not. `notes` are places
    where a student wrote something down. `waiting` and `aside` count updates, as `Health` does.
    """

    students: int
    new_in_week: int
    new_in_month: int
    active_in_week: int
    active_in_month: int
    events: Mapping[str, int]
    careers: Mapping[str, int]
    steps_done: Mapping[str, int]
    notes: int
    waiting: int
    aside: int


async def count(database: Database, at: int) -> Counts:
    """Count; it looks at every event, which takes seconds where there are millions.

    Args:
        database: one that is open, if only to look.
        at: UTC epoch seconds; what lies after it is counted as if it were new.

    Raises:
        StoreError: the database refused.
    """
    return await database.read(lambda connection: _count(connection, at))


async def all_ids(database: Database) -> frozenset[str]:
    """Return every id that an event is about.

    It looks at every event: a second for two million. An index on what they are about would answer in a
    hundredth of that, but made the file larger by a third.

    Args:
        database: one that is open, if only to look.

    Raises:
        StoreError: the database refused.
    """

    async def work(connection: AsyncConnection) -> frozenset[str]:
        return frozenset(
            await connection.scalars(select(EVENTS.c.about).where(EVENTS.c.about != "").distinct())
        )

    return await database.read(work)


async def _count(connection: AsyncConnection, at: int) -> Counts:
    students, new_in_week, new_in_month = await _row(
        connection,
        select(func.count(), _since(STUDENTS.c.kept_at, at - _WEEK), _since(STUDENTS.c.kept_at, at - _MONTH)),
    )
    active_in_week, active_in_month = await _row(
        connection,
        select(
            func.count(distinct(case((EVENTS.c.at > at - _WEEK, EVENTS.c.student)))),
            func.count(distinct(EVENTS.c.student)),
        ).where(EVENTS.c.at > at - _MONTH),
    )
    last_chosen = select(func.max(EVENTS.c.id)).where(EVENTS.c.kind == "career").group_by(EVENTS.c.student)
    noted = (
        select(EVENTS.c.student, EVENTS.c.about)
        .where(EVENTS.c.kind == "noted", EVENTS.c.value != "")
        .distinct()
        .subquery()
    )
    (notes,) = await _row(connection, select(func.count()).select_from(noted))
    inbox = await inbox_counts(connection)
    return Counts(
        students=students,
        new_in_week=new_in_week,
        new_in_month=new_in_month,
        active_in_week=active_in_week,
        active_in_month=active_in_month,
        events=await _by(connection, select(EVENTS.c.kind, func.count()).group_by(EVENTS.c.kind)),
        careers=await _by(
            connection,
            select(EVENTS.c.about, func.count()).where(EVENTS.c.id.in_(last_chosen)).group_by(EVENTS.c.about),
        ),
        steps_done=await _by(
            connection,
            select(EVENTS.c.about, func.count(distinct(EVENTS.c.student)))
            .where(EVENTS.c.kind == "done")
            .group_by(EVENTS.c.about),
        ),
        notes=notes,
        waiting=inbox["waiting"],
        aside=inbox["aside"],
    )


def _since(column: ColumnElement[int], instant: int) -> ColumnElement[int]:
    """Count the rows after an instant; unlike a sum it is 0 where there are none."""
    return func.count(case((column > instant, 1)))


async def _row(connection: AsyncConnection, counted: Select[*tuple[Any, ...]]) -> tuple[int, ...]:
    return tuple((await connection.execute(counted)).one())


async def _by(connection: AsyncConnection, counted: Select[str, int]) -> dict[str, int]:
    rows = await connection.execute(counted.order_by(counted.selected_columns[0]))
    return {name: amount for name, amount in rows}  # noqa: C416 - a Row is no tuple to mypy
