"""When a nudge is due, and when it is better not sent: pure rules over instants and local days.

Nudges are asked for by the student, never come at night, get rarer by themselves when they are not answered,
and stop at a word [facts of this project, design for children: opt-in, quiet hours, no guilt].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.journey import Event, EventKind
from bot.domain.knowledge import LANGUAGES, Language, short_code
from bot.domain.reply import Message

Kind = Literal["daily", "later", "look-back"]
"""What is sent: the day's task, the same moved to later that day, or a look back at the week."""

Ending = Literal[
    "sent",
    "unknown",
    "last",
    "finished",
    "done",
    "paused",
    "rested",
    "declined",
    "late",
    "quiet",
    "blocked",
    "failed",
]
"""What became of one.

It was `sent`, or may have been (`unknown`), or was the `last` line before silence. Or it was not sent:
the roadmap is `finished`; something was `done` that day; nudges are `paused`; it `rested`, since those before
it were not answered; the student `declined` it for the day; it was too `late`, or would have come at night
(`quiet`); the student `blocked` the bot or is gone; it `failed` by a mistake of ours.
"""

ENDINGS: Final[tuple[Ending, ...]] = get_args(Ending)

MESSAGED: Final[frozenset[Ending]] = frozenset({"sent", "unknown", "last"})
"""After these the student has, or may have, a message of that day."""

Fate = Literal["sent", "unknown", "blocked", "failed", "not-sent"]
"""How sending one went.

It was `sent`; or it may have arrived (`unknown`), and so is never sent again. The student `blocked` the bot
or is gone; it `failed` by a mistake of ours; or it surely did not go out in time (`not-sent`).
"""

LEASE_SECONDS: Final = 60
"""How long one that is due is left to the process that took it up."""

SETTINGS: Final[frozenset[EventKind]] = frozenset({"nudge", "zone", "pause", "look-back"})
"""Kinds of events that a plan is made of."""

OFF: Final = "off"
ON: Final = "on"

EVERY_DAY: Final = frozenset(range(1, 8))
WEEKDAYS: Final = frozenset(range(1, 6))
WEEKENDS: Final = frozenset({6, 7})
"""Days as ISO 8601 counts them: 1 is Monday, 7 is Sunday."""

SUNDAY: Final = 7

WAKES: Final = 6 * 60
SLEEPS: Final = 21 * 60
"""Minutes of the local day between which a student may be written to unasked [facts of this project]."""

LATE_SECONDS: Final = 2 * 3600
"""What is later than this, after an outage, is not sent any more: nobody wants yesterday's at breakfast."""

PATIENT: Final = 3
"""Nudges in a row without any sign of life after which they come every third day."""

RARE_DAYS: Final = 3
"""Days between two nudges then."""

RARE: Final = 4
"""How many of those stay without a sign of life until one last line is sent."""

PAUSE_DAYS: Final = 14
"""Days of a pause whose end was not said."""

LONGEST_PAUSE_DAYS: Final = 366

HALF_A_DAY: Final = 12 * 60
"""Minutes between seven in the morning and seven in the evening."""

_AN_HOUR: Final = 60
_LOOKED_AHEAD: Final = 800
"""Local days looked at for the next nudge: more than two of the longest pauses."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a student asked for.

    `minute` of the local day, 0 to 1439; `days` of the week, 1 to 7, at least one. `zone` is the name of
    theirs, empty for the bot's. `back_on` is the first local day after a pause, None where there is none.
    `look_back` says that Sunday's is a look back at the week. `language` is the one they asked in.
    """

    minute: int
    days: frozenset[int]
    language: Language = "en"
    zone: str = ""
    back_on: date | None = None
    look_back: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """One nudge to come: for a local `day`, at an instant in UTC epoch seconds."""

    day: date
    kind: Kind
    at: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """One nudge that is due and in hand.

    `unanswered` is how many before it stayed without a sign of life, `last_day` the day of the last one that
    was sent, `about` the id of the task it showed (of one moved to later: the task to be shown) and `wording`
    the number of its wording. `tries` is how often it was taken up, from 1 on: more than once when a process
    ended with it in hand. `by` names the process that has it, `at` is when it took it, in UTC epoch seconds.
    """

    id: int
    student: str
    day: date
    kind: Kind
    due_at: int
    unanswered: int
    last_day: date | None
    about: str
    wording: int
    tries: int
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to become of one that is due.

    Either `message` is to be sent before `until`, an instant in UTC epoch seconds, and it then ended as
    `ending`; or there is none, and it ended so already; or it is due only at `moved_to`. `about` is the id of
    the task it shows, `wording` the number of its wording.
    """

    ending: Ending
    message: Message | None = None
    until: int = 0
    about: str = ""
    wording: int = 0
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a student's nudges: the one to come, and the one sent last within a day.

    `shown` is the id of the task that one showed, empty where there is none, and `shown_at` when it was sent,
    in UTC epoch seconds.
    """

    coming: Due | None = None
    shown: str = ""
    shown_at: int = 0


def setting(minute: int, days: Iterable[int], language: Language) -> str:
    """Return a time and days as the value of a 'nudge' event, such as '1900.12345.en'."""
    listed = "".join(str(day) for day in sorted(set(days)))
    return f"{minute // 60:02}{minute % 60:02}.{listed}.{language}"


def plan_of(events: Iterable[Event]) -> Plan | None:
    """Return what a student asked for, or None where they want no nudges.

    Args:
        events: those that were not taken back, in the order they happened.
    """
    plan, zone, back_on, look_back, kept = None, "", None, False, False
    for event in events:
        match event.kind:
            case "kept":
                kept = True
            case "nudge":
                plan = _read(event.value)
                # Who begins anew wants it from now on; a change is meant for after the pause as well.
                back_on = back_on if plan else None
            case "zone":
                zone = event.value
            case "pause":
                back_on = _day(event.value)
            case "look-back":
                look_back = event.value == ON
            case _:
                pass
    if plan is None or not kept:
        return None
    return replace(plan, zone=zone, back_on=back_on, look_back=look_back)


def zone_said(events: Iterable[Event]) -> str:
    """Return the name of the zone a student said is theirs, or '' where they said none.

    Args:
        events: those that were not taken back, in the order they happened.
    """
    return next((one.value for one in reversed(list(events)) if one.kind == "zone"), "")


def was_offered(events: Iterable[Event]) -> bool:
    """Tell whether a student was offered nudges before, or asked for them."""
    return any(one.kind in {"offered", "nudge"} for one in events)


def instant(day: date, minute: int, zone: tzinfo) -> int | None:
    """Return the instant of a local time, in UTC epoch seconds.

    A time that a change of clocks leaves out is that much later; one that comes twice is the first.

    Args:
        day: the local day.
        minute: of it, 0 to 1439.
        zone: the student's.

    Returns:
        None on a day that the zone leaves out altogether, as Samoa did with 30 December 2011.
    """
    local = datetime.combine(day, time(minute // 60, minute % 60), zone)
    # Through UTC: arithmetic on local times is blind to changes of clocks.
    found = local.astimezone(UTC)
    return int(found.timestamp()) if found.astimezone(zone).date() == day else None


def local_day(at: int, zone: tzinfo) -> date:
    """Return the local day of an instant in UTC epoch seconds."""
    return datetime.fromtimestamp(at, zone).date()


def local_minute(at: int, zone: tzinfo) -> int:
    """Return the minute of the local day, 0 to 1439, of an instant in UTC epoch seconds."""
    local = datetime.fromtimestamp(at, zone)
    return local.hour * 60 + local.minute


def is_quiet(minute: int) -> bool:
    """Tell whether a minute of the local day is one at which nobody is written to unasked."""
    return not WAKES <= minute < SLEEPS


def quiet_from(at: int, zone: tzinfo) -> int:
    """Return when the quiet hours of the local day of an instant begin, both in UTC epoch seconds."""
    begins = instant(local_day(at, zone), SLEEPS, zone)
    return at if begins is None else begins


def kind_on(plan: Plan, day: date) -> Kind | None:
    """Return what comes on a local day, or None on one that was not asked for."""
    if plan.look_back and day.isoweekday() == SUNDAY:
        return "look-back"
    return "daily" if day.isoweekday() in plan.days else None


def coming(plan: Plan, zone: tzinfo, after: int) -> Iterator[Due]:
    """Yield the nudges after an instant, one a local day that was asked for, pauses and all.

    Each is computed from its own local day: 24 hours added would drift where clocks change.

    Args:
        plan: what the student asked for.
        zone: theirs.
        after: UTC epoch seconds.
    """
    first = local_day(after, zone)
    for ahead in range(_LOOKED_AHEAD):
        day = first + timedelta(days=ahead)
        kind = kind_on(plan, day)
        at = instant(day, plan.minute, zone) if kind else None
        if kind and at is not None and at > after:
            yield Due(day, kind, at)


def first_after_pause(plan: Plan, zone: tzinfo, after: int) -> Due | None:
    """Return the first nudge after an instant, in UTC epoch seconds, that no pause is in the way of."""
    return next(
        (due for due in coming(plan, zone, after) if plan.back_on is None or due.day >= plan.back_on), None
    )


def is_paused(plan: Plan, day: date) -> bool:
    """Tell whether a local day lies in a pause."""
    return plan.back_on is not None and day < plan.back_on


def rests(unanswered: int, day: date, last_day: date | None) -> bool:
    """Tell whether a nudge is left out since those before it were not answered.

    Args:
        unanswered: how many before it stayed without a sign of life.
        day: its local day.
        last_day: the day of the last one that was sent.
    """
    return unanswered >= PATIENT and last_day is not None and (day - last_day).days < RARE_DAYS


def is_last(unanswered: int) -> bool:
    """Tell whether so many stayed without a sign of life that one last line is sent, and then none."""
    return unanswered >= PATIENT + RARE


def next_unanswered(unanswered: int, ending: Ending) -> int:
    """Return how many in a row stayed without a sign of life, one that ended so included."""
    return unanswered + 1 if ending in MESSAGED else unanswered


def reason_against(
    claimed: Claimed, plan: Plan | None, zone: tzinfo, now: int, *, did_something: bool
) -> Ending | None:
    """Return why a nudge that is due is not sent, or None where nothing speaks against it.

    Args:
        claimed: the nudge.
        plan: what the student asks for now.
        zone: theirs.
        now: UTC epoch seconds.
        did_something: whether the student did something on its local day.
    """
    if plan is None:
        return "declined"
    # What is first here is what is told of it: 'paused' says no more.
    speaks_against: dict[Ending, bool] = {
        "paused": is_paused(plan, claimed.day),
        # A look back was asked for just to see what was done.
        "done": did_something and claimed.kind != "look-back",
        "rested": claimed.kind != "later" and rests(claimed.unanswered, claimed.day, claimed.last_day),
        "late": now - claimed.due_at > LATE_SECONDS,
        "quiet": is_quiet(local_minute(now, zone)) or local_day(now, zone) != claimed.day,
    }
    return next((ending for ending, holds in speaks_against.items() if holds), None)


def days_with_something_done(events: Iterable[Event], zone: ZoneInfo) -> int:
    """Count the local days on which a task was ticked or a step done; the count never goes down.

    So what was taken back counts too, and each event lies in the zone that was the student's at that time.

    Args:
        events: all of a student, those that were taken back as well, in the order they happened.
        zone: the bot's.
    """
    days = set()
    for event in events:
        if event.kind == "zone":
            zone = zone_named(event.value, zone)
        elif event.kind in {"ticked", "done"}:
            days.add(local_day(event.at, zone))
    return len(days)


def did_something(events: Iterable[Event], day: date, zone: tzinfo) -> bool:
    """Tell whether a task was ticked or a step done on a local day, and still is.

    Args:
        events: those that were not taken back, in the order they happened.
        day: the local day.
        zone: the student's.
    """
    marked: dict[str, int] = {}
    for event in events:
        if event.kind in {"ticked", "done"}:
            marked[event.about] = event.at
        elif event.kind in {"unticked", "cleared"}:
            marked.pop(event.about, None)
    return any(local_day(at, zone) == day for at in marked.values())


def zone_named(name: str, otherwise: ZoneInfo) -> ZoneInfo:
    """Return the zone of a name, or another one where there is none of that name (any more)."""
    try:
        return ZoneInfo(name) if name else otherwise
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return otherwise


@lru_cache(maxsize=4096)
def zone_code(name: str) -> str:
    """Return the short code of a zone, for buttons."""
    return short_code(f"zone/{name}")


def minute_in(written: str) -> int | None:
    """Read a minute of the day written as '1900'; None for anything else."""
    if not (written.isascii() and written.isdecimal() and len(written) == len("0000")):
        return None
    hour, minute = int(written[:2]), int(written[2:])
    is_time = hour * _AN_HOUR < 2 * HALF_A_DAY and minute < _AN_HOUR
    return hour * _AN_HOUR + minute if is_time else None


def days_in(written: str) -> frozenset[int]:
    """Read days written as '12345'; what is no day is left out."""
    return frozenset(int(day) for day in written if day in "1234567")


def _read(value: str) -> Plan | None:
    at, _, rest = value.partition(".")
    days, _, language = rest.partition(".")
    minute, chosen = minute_in(at), days_in(days)
    known: Language = next((one for one in LANGUAGES if one == language), "en")
    return None if minute is None or not chosen else Plan(minute, chosen, known)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
