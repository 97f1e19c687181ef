"""What is kept, in numbers without names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, distinct, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.nudging import MESSAGED
from bot.storage.database import Database
from bot.storage.health import inbox_counts
from bot.storage.tables import EVENTS, NUDGES, STUDENTS

_DAY: Final = 24 * 3600
_WEEK: Final = 7 * _DAY
_MONTH: Final = 30 * _DAY

_DELAYED_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class NudgeCounts:
    """What became of the nudges of the last 7 days.

    `by_kind` counts those that were due: that ended in that time, or are `overdue` now, be they in hand or
    not. `by_ending` says how they ended; with those that are overdue they add up to the same. Of those that
    were, or may have been, sent, `delayed` were more than 10 minutes late, and `maybe_twice` were taken up
    again after a process ended with them in hand. `to_come` are not due yet.
    """

    by_kind: Mapping[str, int]
    by_ending: Mapping[str, int]
    overdue: int
    delayed: int
    maybe_twice: int
    to_come: int

    @property
    def due(self) -> int:
        """How many were due."""
        return sum(self.by_kind.values())

    @property
    def sent(self) -> int:
        """How many were, or may have been, sent."""
        return sum(self.by_ending.get(ending, 0) for ending in MESSAGED)

    @property
    def skipped(self) -> Mapping[str, int]:
        """How many were not sent for which reason, each of those that have no line of their own."""
        told = MESSAGED | {"late", "rested", "blocked"}
        return {one: amount for one, amount in self.by_ending.items() if one not in told}


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is kept.

    `students` let their progress be kept, so many of them `new` in the last 7 and 30 days; `active` ones did
    something in that time. `events` are by kind, `careers` count students by the career they chose last,
    `steps_done` by step those who marked it done at any time, be it taken back or not. `notes` are places
    where a student wrote something down. `waiting` and `aside` count updates, as `Health` does.
    `nudges` are those of the last 7 days.
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
    nudges: NudgeCounts


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
        nudges=await _nudges(connection, at),
    )


async def _nudges(connection: AsyncConnection, at: int) -> NudgeCounts:
    ended = and_(NUDGES.c.outcome.is_not(None), NUDGES.c.ended_at > at - _WEEK)
    overdue = and_(NUDGES.c.outcome.is_(None), NUDGES.c.due_at <= at)
    messaged = NUDGES.c.outcome.in_(sorted(MESSAGED))
    delayed, maybe_twice = await _row(
        connection,
        select(
            func.count(case((NUDGES.c.ended_at - NUDGES.c.due_at > _DELAYED_SECONDS, 1))),
            func.count(case((NUDGES.c.tries > 1, 1))),
        ).where(ended, messaged),
    )
    waiting, due = await _row(
        connection,
        select(func.count(), func.count(case((overdue, 1)))).where(NUDGES.c.outcome.is_(None)),
    )
    by_ending = select(NUDGES.c.outcome, func.count()).where(ended).group_by(NUDGES.c.outcome)
    by_kind = select(NUDGES.c.kind, func.count()).where(or_(ended, overdue)).group_by(NUDGES.c.kind)
    return NudgeCounts(
        by_kind=await _by(connection, by_kind),
        by_ending=await _by(connection, by_ending),
        overdue=due,
        delayed=delayed,
        maybe_twice=maybe_twice,
        to_come=waiting - due,
    )


def _since(column: ColumnElement[int], instant: int) -> ColumnElement[int]:
    """Count the rows after an instant; unlike a sum it is 0 where there are none."""
    return func.count(case((column > instant, 1)))


async def _row(connection: AsyncConnection, counted: Select[*tuple[Any, ...]]) -> tuple[int, ...]:
    return tuple((await connection.execute(counted)).one())


async def _by(connection: AsyncConnection, counted: Select[Any, int]) -> dict[str, int]:
    rows = await connection.execute(counted.order_by(counted.selected_columns[0]))
    return {name: amount for name, amount in rows}  # noqa: C416 - a Row is no tuple to mypy
