"""The nudges that wait for their time: a row each, so that nothing in memory matters.

Of a student one waits for the next day they asked for ('daily', or 'look-back' in its place); whoever ends it
puts the next one in the same transaction. One that was moved to 'later' stands beside it. Whoever takes rows
up leases them for a minute, so that those of a process that died are taken up by another. Where several
processes share a PostgreSQL database its clock alone measures leases, so theirs may differ.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    bindparam,
    case,
    cast,
    delete,
    extract,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.journey import EventKind, effective
from bot.domain.nudging import (
    LEASE_SECONDS,
    MESSAGED,
    SETTINGS,
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
from bot.storage.tables import NUDGES, TAKEN_UP

_DAY: Final = 24 * 3600

KEPT_DAYS: Final = 9
"""How long what is over stays known: statistics look back 7 days, and what was sent today must be known even
after the clock was set back by a day."""

CLOCK_SECONDS: Final = 300
"""How far the clocks of several machines may differ; what ended farther ahead ended by a wrong clock."""

_DATABASE_CLOCK: Final = cast(func.floor(extract("epoch", func.clock_timestamp())), BigInteger)
"""PostgreSQL's own clock, in UTC epoch seconds."""

_PLANNED: Final[Collection[Kind]] = ("daily", "look-back")
_CLOSING: Final[frozenset[Ending]] = MESSAGED | {"declined"}
"""After these nothing more comes on that day, but for what the student moves to later."""

_SILENCING: Final[frozenset[Ending]] = frozenset({"last", "blocked"})
"""After these nothing comes until the student speaks."""

_BY_THE_CLOCK: Final[Collection[Ending]] = ("late", "quiet")
"""What may have ended only since the clock was wrong."""

_SPOKEN: Final = -1
"""`unanswered` of one in hand when its student speaks: sent a moment before, it is the one answered."""

_TELLING: Final[frozenset[EventKind]] = SETTINGS | {"kept", "undone"}
"""Kinds of events that tell a plan, and whether it still holds."""

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

    def takes_day_of(self, due: Due) -> bool:
        """Tell whether it is the other kind of the same day."""
        return self.day == due.day and self.kind != due.kind


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

    def __init__(self, database: Database, zone: ZoneInfo, *, leased_by_database: bool = False) -> None:
        """Keep them in a database.

        Args:
            database: where.
            zone: of students who have not said theirs.
            leased_by_database: whether leases go by PostgreSQL's own clock, so that processes whose clocks
                differ keep to each other's. Else, and on SQLite, which has one process, they go by the
                instants that are given.
        """
        self._database = database
        self._zone = zone
        self._leased_by_database = leased_by_database

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

        So is one that is in hand, unless its sending has begun, see `still_mine`; then it ends as it went.

        Args:
            student: whose.
            day: the local day.
            at: now, in UTC epoch seconds.
        """

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(
                update(NUDGES)
                .where(
                    NUDGES.c.student == student, NUDGES.c.day == day.isoformat(), NUDGES.c.outcome.is_(None)
                )
                .values(outcome="declined", ended_at=at, leased_until=None, unanswered=_at_least_none())
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

        async def work(connection: AsyncConnection) -> list[Claimed]:
            clock = self._lease_clock(connection, at)
            is_free = or_(NUDGES.c.leased_until.is_(None), NUDGES.c.leased_until <= clock)
            due = (
                select(NUDGES.c.id)
                .where(NUDGES.c.outcome.is_(None), NUDGES.c.visible_at <= at, is_free)
                .order_by(NUDGES.c.visible_at)
                .limit(most)
                .with_for_update(skip_locked=True)
                .subquery()
            )
            take_up = (
                update(NUDGES)
                .where(NUDGES.c.id == due.c.id)
                .values(
                    lease_by=by,
                    leased_until=clock + LEASE_SECONDS,
                    tries=NUDGES.c.tries + 1,
                    # What is sent from now on is not what the student answered.
                    unanswered=_at_least_none(),
                )
                .returning(*_COLUMNS, NUDGES.c.student, NUDGES.c.tries)
            )
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

    async def still_mine(self, claimed: Claimed) -> bool:
        """Tell whether one is in hand still, to be asked just before it is sent.

        It is not when its student declined it or erased everything, nor when another process has it now.
        """

        async def look(connection: AsyncConnection) -> bool:
            found = await connection.execute(_ONE_IN_HAND, {"of": claimed.id, "by": claimed.by})
            return found.first() is not None

        return await self._database.read(look)

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
            is_messaged = ending in MESSAGED
            row = next((one for one in rows if one.id == claimed.id and one.lease_by == claimed.by), None)
            if row and row.outcome == "declined" and is_messaged:
                # It went out in that very moment; who declined it has spoken.
                row = replace(row, outcome=None, unanswered=_SPOKEN)
            if row is None or not row.waits:
                return False
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
            await _change(connection, row.id, over | {"leased_until": None})
            after = [replace(one, **over) if one.id == row.id else one for one in rows]
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
            .values(
                lease_by=None,
                leased_until=None,
                tries=NUDGES.c.tries - 1,
                unanswered=_at_least_none(),
                **changed,
            )
        )

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(let_go)

        await self._write(work)

    async def reopen(self, at: int) -> int:
        """Let those wait again that ended as too late, or in quiet hours, while the clock was ahead.

        So do those that were put off then, or leased by a process that died. So nothing is skipped when a
        clock jumps and comes back. Who was sent a later one meanwhile gets no second one.

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
        reopened = await self._call_back(at)
        for first in range(0, len(students), _TOGETHER):
            some = students[first : first + _TOGETHER]

            async def work(connection: AsyncConnection, some: Sequence[str] = some) -> int:
                cases = [_Case(connection, one, self._zone, at, await _rows(connection, one)) for one in some]
                return sum([await _reopen(one) for one in cases])

            reopened += await self._write(work)
        return reopened

    async def _call_back(self, at: int) -> int:
        """Undo what a clock that was ahead put off, or leased for too long; return how many were put off."""
        farthest = LEASE_SECONDS + CLOCK_SECONDS

        def put_off_too_far() -> ColumnElement[bool]:
            return and_(NUDGES.c.visible_at > NUDGES.c.due_at, NUDGES.c.visible_at > at + farthest)

        def leased_too_far(clock: ColumnElement[int]) -> ColumnElement[bool]:
            return NUDGES.c.leased_until > clock + farthest

        async def look(connection: AsyncConnection) -> bool:
            too_far = or_(put_off_too_far(), leased_too_far(self._lease_clock(connection, at)))
            found = await connection.execute(select(NUDGES.c.id).where(TAKEN_UP, too_far).limit(1))
            return found.first() is not None

        async def work(connection: AsyncConnection) -> int:
            clock = self._lease_clock(connection, at)
            # A whole lease more: it may be under way just now.
            await connection.execute(
                update(NUDGES)
                .where(TAKEN_UP, leased_too_far(clock))
                .values(leased_until=clock + LEASE_SECONDS)
            )
            put_back = update(NUDGES).where(TAKEN_UP, put_off_too_far()).values(visible_at=NUDGES.c.due_at)
            return (await connection.execute(put_back)).rowcount

        return await self._write(work) if await self._database.read(look) else 0

    def _lease_clock(self, connection: AsyncConnection, at: int) -> ColumnElement[int]:
        if self._leased_by_database and connection.dialect.name == "postgresql":
            return _DATABASE_CLOCK
        return literal(at, BigInteger)

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
    overdue = [row.id for row in waiting if row.id in gone and row.due_at <= mine.at]
    if overdue:
        # Each that was due ends with a reason.
        await connection.execute(
            update(NUDGES).where(NUDGES.c.id.in_(overdue)).values(outcome="declined", ended_at=mine.at)
        )
        gone = [number for number in gone if number not in overdue]
    if due:
        # A day that waits again, now for a look back or no longer for one, has one end all the same.
        gone += [row.id for row in rows if not row.waits and row.planned and row.takes_day_of(due)]
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
            await _change(connection, there.id, known)
        return
    anew = known | {
        "due_at": due.at,
        "visible_at": due.at,
        "lease_by": None,
        "leased_until": None,
        "tries": 0,
        "outcome": None,
        "ended_at": None,
    }
    if there:
        await _change(connection, there.id, anew)
        return
    named = {"student": student, "day": due.day.isoformat(), "kind": due.kind}
    await connection.execute(_ADD, anew | named)


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
    return plan_of(effective(await read_events(connection, student, _TELLING)))


def _standing(rows: Sequence[_Row], at: int) -> Standing:
    first = min((row for row in rows if row.waits), key=lambda row: (row.due_at, row.id), default=None)
    shown = [
        row
        for row in rows
        if row.outcome in {"sent", "unknown"} and row.kind != "look-back" and row.about
        if at - _DAY < row.ended_at <= at + CLOCK_SECONDS
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


# Made once: making a statement takes longer than SQLite does to carry it out.
_ALL: Final = select(*_COLUMNS).where(NUDGES.c.student == bindparam("of"))
_ONE: Final = update(NUDGES).where(NUDGES.c.id == bindparam("of"))
_ADD: Final = insert(NUDGES)
_ONE_IN_HAND: Final = select(NUDGES.c.id).where(
    NUDGES.c.id == bindparam("of"), NUDGES.c.lease_by == bindparam("by"), NUDGES.c.outcome.is_(None)
)


async def _rows(connection: AsyncConnection, student: str) -> list[_Row]:
    return [_read(row) for row in await connection.execute(_ALL, {"of": student})]


async def _change(connection: AsyncConnection, number: int, values: dict[str, Any]) -> None:
    await connection.execute(_ONE, values | {"of": number})


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
