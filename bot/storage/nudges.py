"""The nudges that wait for their time: a row each, so that nothing in memory matters.

Of a student one waits for the next day they asked for ('daily', or 'look-back' in its place); whoever ends it
puts the next one in the same transaction. One that was moved to 'later' stands beside it. Whoever takes rows
up leases them for a minute, so that those of a process that died are taken up by another.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.journey import effective
from bot.domain.nudging import (
    LEASE_SECONDS,
    MESSAGED,
    Claimed,
    Due,
    Ending,
    Kind,
    Plan,
    Standing,
    coming,
    next_unanswered,
    plan_of,
    zone_named,
)
from bot.storage.database import Database
from bot.storage.events import read_events
from bot.storage.tables import NUDGES

_DAY: Final = 24 * 3600

KEPT_DAYS: Final = 9
"""How long what is over stays known: statistics look back 7 days, and what was sent today must be known even
after the clock was set back by a day."""

CLOCK_SECONDS: Final = 300
"""How far the clocks of several machines may differ; what ended farther ahead ended by a wrong clock."""

_PLANNED: Final[Collection[Kind]] = ("daily", "look-back")
_CLOSING: Final[frozenset[Ending]] = MESSAGED | {"declined"}
"""After these nothing more comes on that day, but for what the student moves to later."""

_SILENCING: Final[frozenset[Ending]] = frozenset({"last", "blocked"})
"""After these nothing comes until the student speaks."""

_BY_THE_CLOCK: Final[Collection[Ending]] = ("late", "quiet")
"""What may have ended only since the clock was wrong."""

_SPOKEN: Final = -1
"""`unanswered` of one in hand when its student speaks: sent a moment before, it is the one answered."""

_TOGETHER: Final = 100
"""Students whose nudges are reopened in one transaction."""

_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    day: date
    kind: Kind
    due_at: int
    lease_by: str | None
    unanswered: int
    last_day: date | None
    about: str
    wording: int
    outcome: Ending | None
    ended_at: int

    @property
    def waits(self) -> bool:
        return self.outcome is None

    @property
    def in_hand(self) -> bool:
        return self.waits and self.lease_by is not None

    @property
    def planned(self) -> bool:
        return self.kind in _PLANNED


@dataclass(frozen=True, slots=True)
class _Before:
    """What one nudge knows of those before it, as in `Claimed`."""

    unanswered: int = 0
    last_day: date | None = None
    about: str = ""
    wording: int = 0


@dataclass(frozen=True, slots=True)
class _Case:
    """Whose nudges, in which transaction and when; `zone` is the bot's, `rows` are all the student has."""

    connection: AsyncConnection
    student: str
    zone: ZoneInfo
    at: int
    rows: Sequence[_Row]


class Nudges:
    """The nudges that wait for their time. Every method raises StoreError when the database refuses."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        """Keep them in a database.

        Args:
            database: where.
            zone: of students who have not said theirs.
        """
        self._database = database
        self._zone = zone

    async def standing(self, student: str, at: int) -> Standing:
        """Return how it stands with a student's nudges, at an instant in UTC epoch seconds."""
        return _standing(await self._database.read(lambda connection: _rows(connection, student)), at)

    async def alive(self, student: str, at: int) -> Standing:
        """Note a sign of life, which restores the rhythm that was asked for; return how it stands then.

        Where nothing is to be changed it only reads.

        Args:
            student: whose.
            at: UTC epoch seconds.
        """

        async def look(connection: AsyncConnection) -> tuple[Sequence[_Row], bool]:
            rows = await _rows(connection, student)
            return rows, await _is_news(connection, student, rows)

        async def work(connection: AsyncConnection) -> Sequence[_Row]:
            await _note_life(connection, student)
            if not any(row.waits and row.planned for row in await _rows(connection, student)):
                await arrange(connection, student, at, self._zone, alive=True)
            return await _rows(connection, student)

        rows, is_news = await self._database.read(look)
        return _standing(await self._write(work) if is_news else rows, at)

    async def later(self, student: str, due: Due, about: str, at: int) -> bool:  # noqa: ARG002 - of the Protocol
        """Move the day's nudge to later on the same day, or move it again.

        Args:
            student: whose.
            due: when; its kind is 'later'.
            about: id of the task to be shown.
            at: now, in UTC epoch seconds.

        Returns:
            False when that day's was moved and sent before, or is being sent, so that nothing is changed.
        """

        async def work(connection: AsyncConnection) -> bool:
            rows = await _rows(connection, student)
            there = _row_of(rows, due)
            if there and (there.in_hand or there.outcome in MESSAGED):
                return False
            before = replace(_latest(rows), unanswered=0, about=about)
            await _put(connection, student, due, before, there)
            return True

        return await self._write(work)

    async def decline(self, student: str, day: date, at: int) -> None:
        """Leave out what is still to come on a local day; the next one comes as asked for.

        Args:
            student: whose.
            day: the local day.
            at: now, in UTC epoch seconds.
        """

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(
                update(NUDGES)
                .where(NUDGES.c.student == student, NUDGES.c.day == day.isoformat(), _free())
                .values(outcome="declined", ended_at=at)
            )
            await arrange(connection, student, at, self._zone)

        await self._write(work)

    async def claim(self, by: str, at: int, most: int) -> list[Claimed]:
        """Take up nudges that are due, those waiting for longest first; for a minute they are nobody else's.

        Args:
            by: names the process that takes them.
            at: UTC epoch seconds.
            most: how many at most, from 1 on.
        """
        due = (
            select(NUDGES.c.id)
            .where(NUDGES.c.outcome.is_(None), NUDGES.c.visible_at <= at)
            .order_by(NUDGES.c.visible_at)
            .limit(most)
            .with_for_update(skip_locked=True)
            .subquery()
        )
        take_up = (
            update(NUDGES)
            .where(NUDGES.c.id == due.c.id)
            .values(
                visible_at=at + LEASE_SECONDS,
                lease_by=by,
                tries=NUDGES.c.tries + 1,
                # What is sent from now on is not what the student answered.
                unanswered=_at_least_none(),
            )
            .returning(*_COLUMNS, NUDGES.c.student, NUDGES.c.tries)
        )

        async def work(connection: AsyncConnection) -> list[Claimed]:
            taken = (await connection.execute(take_up)).all()
            found = [(_read(row[: len(_COLUMNS)]), row.student, row.tries) for row in taken]
            return [
                Claimed(
                    id=row.id,
                    student=student,
                    day=row.day,
                    kind=row.kind,
                    due_at=row.due_at,
                    unanswered=row.unanswered,
                    last_day=row.last_day,
                    about=row.about,
                    wording=row.wording,
                    tries=tries,
                    by=by,
                    at=at,
                )
                for row, student, tries in sorted(found, key=lambda one: (one[0].due_at, one[0].id))
            ]

        return await self._write(work)

    async def complete(
        self, claimed: Claimed, ending: Ending, at: int, about: str = "", wording: int = 0
    ) -> bool:
        """End one that is in hand, and put the next of its student in the same transaction.

        After the last line before silence, and where the student blocked the bot, there is none until they
        speak. The next one is looked for from when this one was due, not from now: days that an outage or a
        wrong clock covered are taken up one by one, and each ends with its own reason.

        Args:
            claimed: the nudge.
            ending: what became of it.
            at: UTC epoch seconds.
            about: id of the task it showed, where it was sent.
            wording: number of its wording, where it was sent.

        Returns:
            False when it is not this process's any more, so that nothing is changed.
        """

        async def work(connection: AsyncConnection) -> bool:
            rows = await _rows(connection, claimed.student)
            row = next((one for one in rows if one.id == claimed.id and one.in_hand), None)
            if row is None or row.lease_by != claimed.by:
                return False
            is_messaged = ending in MESSAGED
            before = _Before(
                max(0, next_unanswered(row.unanswered, ending)),
                row.day if is_messaged else row.last_day,
                about if is_messaged else row.about,
                wording if is_messaged else row.wording,
            )
            over: dict[str, Any] = {
                "outcome": ending,
                "ended_at": at,
                "lease_by": None,
                "unanswered": max(0, row.unanswered),
                "about": before.about,
                "wording": before.wording,
            }
            await connection.execute(update(NUDGES).where(NUDGES.c.id == row.id).values(over))
            after = [replace(one, **over) if one is row else one for one in rows]
            mine = _Case(connection, claimed.student, self._zone, at, after)
            await _put_next(mine, row, ending, before)
            return True

        return await self._write(work)

    async def release(self, claimed: Claimed, at: int, until: int, due_at: int | None = None) -> None:
        """Let go of one that surely was not sent; not when it is not this process's any more.

        Args:
            claimed: the nudge.
            at: now, in UTC epoch seconds.
            until: when it may be taken up again, in UTC epoch seconds.
            due_at: when it is due, where that changed; it is not taken up before.
        """
        changed: dict[str, Any] = {"visible_at": max(until, at if due_at is None else due_at)}
        if due_at is not None:
            changed["due_at"] = due_at
        let_go = (
            update(NUDGES)
            .where(_is_mine(claimed))
            .values(lease_by=None, tries=NUDGES.c.tries - 1, unanswered=_at_least_none(), **changed)
        )

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(let_go)

        await self._write(work)

    async def reopen(self, at: int) -> int:
        """Let those wait again that ended as too late, or in quiet hours, while the clock was ahead.

        So nothing is skipped when a clock jumps and comes back. Who was sent a later one meanwhile gets no
        second one.

        Args:
            at: UTC epoch seconds.

        Returns:
            How many wait again.
        """
        ended = (
            select(NUDGES.c.student)
            .where(NUDGES.c.outcome.is_not(None), NUDGES.c.ended_at > at + CLOCK_SECONDS)
            .where(NUDGES.c.outcome.in_(_BY_THE_CLOCK))
        )

        async def look(connection: AsyncConnection) -> list[str]:
            # Not by DISTINCT, for which SQLite goes through all students.
            return sorted(set(await connection.scalars(ended)))

        students = await self._database.read(look)
        reopened = 0
        for first in range(0, len(students), _TOGETHER):
            some = students[first : first + _TOGETHER]

            async def work(connection: AsyncConnection, some: Sequence[str] = some) -> int:
                cases = [_Case(connection, one, self._zone, at, await _rows(connection, one)) for one in some]
                return sum([await _reopen(one) for one in cases])

            reopened += await self._write(work)
        return reopened

    async def prune(self, at: int) -> int:
        """Forget what has been over for long enough, and return how many that are.

        Args:
            at: UTC epoch seconds.
        """

        async def work(connection: AsyncConnection) -> int:
            old = and_(NUDGES.c.outcome.is_not(None), NUDGES.c.ended_at < at - KEPT_DAYS * _DAY)
            return (await connection.execute(delete(NUDGES).where(old))).rowcount

        return await self._write(work)

    async def _write(self, work: Callable[[AsyncConnection], Awaitable[_Kept]]) -> _Kept:
        return await self._database.write_together(work)


async def arrange(
    connection: AsyncConnection, student: str, at: int, zone: ZoneInfo, *, alive: bool = False
) -> None:
    """Put the nudge that is next by what the student asks for, in place of the one that waits.

    One that is in hand stays: whoever has it arranges when ending it.

    Args:
        connection: of a transaction that writes.
        student: whose.
        at: UTC epoch seconds.
        zone: of students who have not said theirs.
        alive: whether the student did something just now, so that the rhythm is the one asked for.
    """
    if alive:
        await _note_life(connection, student)
    await _arrange(_Case(connection, student, zone, at, await _rows(connection, student)), at, alive=alive)


async def _arrange(mine: _Case, after: int, before: _Before | None = None, *, alive: bool = False) -> None:
    """Put the next nudge after an instant.

    Args:
        mine: whose.
        after: from when on it is looked for, in UTC epoch seconds.
        before: what it knows of those before it; as the one that waits, or that ended last, when None.
        alive: whether those before it count as answered.
    """
    connection, student, rows = mine.connection, mine.student, mine.rows
    plan = await _plan(connection, student)
    if plan is None:
        await connection.execute(delete(NUDGES).where(NUDGES.c.student == student, _free()))
        return
    waiting = [row for row in rows if row.waits and row.planned]
    if any(row.in_hand for row in waiting):
        return
    due = _wanted(plan, zone_named(plan.zone, mine.zone), mine.at, after, rows)
    gone = [row.id for row in waiting if due is None or (row.day, row.kind) != (due.day, due.kind)]
    if gone:
        await connection.execute(delete(NUDGES).where(NUDGES.c.id.in_(gone)))
    if due:
        known = before or _latest(rows)
        known = replace(known, unanswered=0) if alive else known
        await _put(connection, student, due, known, _row_of(rows, due))


async def _put_next(mine: _Case, ended: _Row, ending: Ending, before: _Before) -> None:
    """Put what follows one that ended; `before` is what the next one is to know."""
    if ended.planned:
        # Who spoke while the last line was on its way is not silent.
        if ending not in _SILENCING or ended.unanswered == _SPOKEN:
            await _arrange(mine, max(ended.due_at, mine.at - KEPT_DAYS * _DAY), before)
    elif ending in MESSAGED:
        # What comes next must not say the same again.
        await mine.connection.execute(
            update(NUDGES)
            .where(NUDGES.c.student == mine.student, _free(), NUDGES.c.kind.in_(_PLANNED))
            .values(about=before.about, wording=before.wording)
        )


async def _reopen(mine: _Case) -> int:
    connection, rows = mine.connection, mine.rows
    ahead = [row for row in rows if not row.waits and row.ended_at > mine.at + CLOCK_SECONDS]
    by_the_clock = [row for row in ahead if row.outcome in _BY_THE_CLOCK]
    moved = [row.id for row in by_the_clock if not row.planned]
    if moved:
        await connection.execute(
            update(NUDGES)
            .where(NUDGES.c.id.in_(moved))
            .values(outcome=None, ended_at=None, visible_at=NUDGES.c.due_at, tries=0)
        )
    due = [row for row in by_the_clock if row.planned]
    waiting = [row for row in rows if row.waits and row.planned]
    was_sent_another = any(row.planned and row.outcome in MESSAGED for row in ahead)
    if not due or not waiting or waiting[0].in_hand or was_sent_another:
        return len(moved)
    # Only the first of them: the others follow when it ends, each in its turn.
    await connection.execute(delete(NUDGES).where(NUDGES.c.id.in_([row.id for row in due])))
    others = [row for row in rows if row not in due]
    await _arrange(replace(mine, rows=others), min(row.due_at for row in due) - 1)
    return len(moved) + 1


def _wanted(plan: Plan, zone: ZoneInfo, at: int, after: int, rows: Sequence[_Row]) -> Due | None:
    overdue = [row for row in rows if row.waits and row.planned and row.due_at <= at]
    for row in overdue:
        # Asked for as before, it waits only for its turn.
        due = next(coming(plan, zone, row.due_at - 1), None)
        if due == Due(row.day, row.kind, row.due_at):
            return due
    closed = {row.day for row in rows if row.planned and row.outcome in _CLOSING}
    return next((due for due in coming(plan, zone, after) if due.day not in closed), None)


async def _put(
    connection: AsyncConnection, student: str, due: Due, before: _Before, there: _Row | None
) -> None:
    """Let a nudge wait, be it new, there already, or one that ended without being sent."""
    known = asdict(before) | {"last_day": before.last_day.isoformat() if before.last_day else None}
    if there and there.waits and there.due_at == due.at:
        if before != _before(there):
            await connection.execute(update(NUDGES).where(NUDGES.c.id == there.id).values(known))
        return
    anew = known | {
        "due_at": due.at,
        "visible_at": due.at,
        "lease_by": None,
        "tries": 0,
        "outcome": None,
        "ended_at": None,
    }
    if there:
        await connection.execute(update(NUDGES).where(NUDGES.c.id == there.id).values(anew))
        return
    named = {"student": student, "day": due.day.isoformat(), "kind": due.kind}
    await connection.execute(insert(NUDGES).values(anew | named))


def _latest(rows: Sequence[_Row]) -> _Before:
    """Return what the next nudge knows: as the one that waits, or else from the one that ended last."""
    planned = [row for row in rows if row.planned]
    waiting = [row for row in planned if row.waits]
    if waiting:
        return _before(waiting[0])
    last = max(planned, key=lambda row: (row.ended_at, row.id), default=None)
    if last is None or last.outcome is None:
        return _Before()
    known = replace(_before(last), unanswered=next_unanswered(last.unanswered, last.outcome))
    return replace(known, last_day=last.day) if last.outcome in MESSAGED else known


def _before(row: _Row) -> _Before:
    return _Before(row.unanswered, row.last_day, row.about, row.wording)


async def _is_news(connection: AsyncConnection, student: str, rows: Sequence[_Row]) -> bool:
    """Tell whether a sign of life changes anything."""
    waiting = [row for row in rows if row.waits and row.planned]
    if waiting:
        return any(row.unanswered != (_SPOKEN if row.in_hand else 0) for row in waiting)
    return await _plan(connection, student) is not None


async def _note_life(connection: AsyncConnection, student: str) -> None:
    answered = case((NUDGES.c.lease_by.is_not(None), _SPOKEN), else_=0)
    await connection.execute(
        update(NUDGES)
        .where(NUDGES.c.student == student, NUDGES.c.outcome.is_(None), NUDGES.c.kind.in_(_PLANNED))
        .values(unanswered=answered)
    )


async def _plan(connection: AsyncConnection, student: str) -> Plan | None:
    return plan_of(effective(await read_events(connection, student)))


def _standing(rows: Sequence[_Row], at: int) -> Standing:
    first = min((row for row in rows if row.waits), key=lambda row: (row.due_at, row.id), default=None)
    shown = [
        row
        for row in rows
        if row.outcome in {"sent", "unknown"} and row.about and at - _DAY < row.ended_at <= at + CLOCK_SECONDS
    ]
    last = max(shown, key=lambda row: (row.ended_at, row.id), default=None)
    return Standing(
        Due(first.day, first.kind, first.due_at) if first else None,
        last.about if last else "",
        last.ended_at if last else 0,
    )


_COLUMNS: Final = (
    NUDGES.c.id,
    NUDGES.c.day,
    NUDGES.c.kind,
    NUDGES.c.due_at,
    NUDGES.c.lease_by,
    NUDGES.c.unanswered,
    NUDGES.c.last_day,
    NUDGES.c.about,
    NUDGES.c.wording,
    NUDGES.c.outcome,
    NUDGES.c.ended_at,
)


async def _rows(connection: AsyncConnection, student: str) -> list[_Row]:
    found = await connection.execute(select(*_COLUMNS).where(NUDGES.c.student == student))
    return [_read(row) for row in found]


def _read(row: Sequence[Any]) -> _Row:
    number, day, kind, due_at, lease_by, unanswered, last_day, about, wording, outcome, ended_at = row
    return _Row(
        number,
        date.fromisoformat(day),
        kind,
        due_at,
        lease_by,
        unanswered,
        date.fromisoformat(last_day) if last_day else None,
        about,
        wording,
        outcome,
        ended_at or 0,
    )


def _row_of(rows: Sequence[_Row], due: Due) -> _Row | None:
    return next((row for row in rows if (row.day, row.kind) == (due.day, due.kind)), None)


def _free() -> ColumnElement[bool]:
    """Of what waits, and nobody has in hand."""
    return and_(NUDGES.c.outcome.is_(None), NUDGES.c.lease_by.is_(None))


def _is_mine(claimed: Claimed) -> ColumnElement[bool]:
    return and_(NUDGES.c.id == claimed.id, NUDGES.c.lease_by == claimed.by, NUDGES.c.outcome.is_(None))


def _at_least_none() -> ColumnElement[int]:
    return case((NUDGES.c.unanswered < 0, 0), else_=NUDGES.c.unanswered)
