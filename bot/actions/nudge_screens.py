"""The screens around nudges: when they come, choosing a time, days and a pause, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.actions import keep, screens
from bot.actions.request import Request
from bot.actions.screens import Rows
from bot.domain import nudging
from bot.domain.nudging import EVERY_DAY, OFF, ON, WEEKDAYS, WEEKENDS, Due, Plan
from bot.domain.reply import Block, Button, Message, Press, blocks_of
from bot.matching.places import label_of

TIMES: Final = (6 * 60 + 30, 16 * 60, 19 * 60)
"""Times to tap, in minutes of the day: before school, after school, in the evening."""

PAUSES: Final = (7, 14, 30)
"""Days of a pause to tap."""

_A_WEEK: Final = 7
_DAY_CHOICES: Final = (EVERY_DAY, WEEKDAYS, WEEKENDS)
_INSTEAD: Final = (nudging.WAKES + 30, nudging.SLEEPS - 30)
"""Times offered in place of one in the night: soon after it and shortly before."""

PART_CHANGE: Final = "change"
PART_ASK: Final = "ask"
PART_OTHER: Final = "other"
PART_DAYS: Final = "days"
PART_PAUSE: Final = "pause"
PART_RESUME: Final = "resume"
PART_STOP: Final = "stop"
PART_LOOK_BACK: Final = "look"
PART_TYPED: Final = "typed"
PART_UNCLEAR: Final = "unclear"
PART_AT: Final = "at"
PART_EITHER: Final = "either"


def plan_of(request: Request) -> Plan | None:
    """Return what the student asked for, or None where they want no nudges."""
    return nudging.plan_of(request.journey.effective)


def clock(minute: int) -> str:
    """Return a minute of the day as people write it: 19:00."""
    return f"{minute // 60}:{minute % 60:02}"


def at_press(minute: int, days: Iterable[int] = (), *, may_be_either: bool = False) -> Press:
    """Return what sets a time.

    Args:
        minute: of the day.
        days: on which; without any on those that were asked for before.
        may_be_either: whether it may be in the morning or in the evening, which is then asked.
    """
    listed = "".join(str(day) for day in sorted(days))
    value = f"{PART_EITHER if may_be_either else PART_AT}.{minute // 60:02}{minute % 60:02}"
    return Press("nudge", "", f"{value}.{listed}" if listed else value)


def either_of(presses: Sequence[Press]) -> tuple[Press, Press] | None:
    """Return what sets the earlier and the later of two times that are half a day apart; None for others."""
    times = [one for one in presses if one.more.partition(".")[0] == PART_AT]
    if len(times) != len(("morning", "evening")):
        return None
    minutes = [int(one.more.split(".")[1][:2]) for one in times]
    return (times[0], times[1]) if minutes[1] - minutes[0] == nudging.HALF_A_DAY // 60 else None


def pause_press(until: date) -> Press:
    """Return what pauses until a local day, on which the first one comes again."""
    return Press("nudge", "", f"{PART_PAUSE}.{until.isoformat()}")


def part_button(request: Request, part: str, value: str = "", **values: str | int) -> Button:
    """Return the button that leads to a part of the nudges, labelled with its own text."""
    more = f"{part}.{value}" if value else part
    return Button(request.say(f"button-nudge-{part}", **values), Press("nudge", "", more))


def time_screen(request: Request, days: Iterable[int] = (), key: str = "nudge-ask") -> Message:
    """Ask for the time, with three to tap; others are typed.

    Args:
        request: what is asked for.
        days: those said before the time; none for those asked for before, or every day.
        key: the text above the times.
    """
    chosen = frozenset(days)
    times = tuple(Button(clock(one), at_press(one, chosen)) for one in TIMES)
    rows = (times, (_other_button(request, chosen),), _back_row(request))
    return screens.own_words(request, key, rows)


def other_screen(request: Request, days: Iterable[int] = ()) -> Message:
    """Ask to type a time; the buttons are there for who does not want to.

    Args:
        request: what is asked for.
        days: as in `time_screen`.
    """
    times = tuple(Button(clock(one), at_press(one, days)) for one in TIMES)
    return screens.own_words(request, "nudge-type-time", (times, _back_row(request)))


def either_screen(request: Request, minutes: Sequence[int], days: Iterable[int]) -> Message:
    """Ask whether 'at seven' is in the morning or in the evening."""
    chosen = frozenset(days)
    early, late = min(minutes), max(minutes)
    row = (
        Button(request.say("button-nudge-morning", time=clock(early)), at_press(early, chosen)),
        Button(request.say("button-nudge-evening", time=clock(late)), at_press(late, chosen)),
    )
    return screens.own_words(request, "nudge-either", (row, (_other_button(request, chosen),)))


def quiet_screen(request: Request, days: Iterable[int]) -> Message:
    """Say that nothing is sent at night, and offer the times next to it."""
    chosen = frozenset(days)
    row = tuple(Button(clock(one), at_press(one, chosen)) for one in _INSTEAD)
    rows = (row, (_other_button(request, chosen),), _back_row(request))
    return screens.own_words(
        request, "nudge-quiet", rows, sleeps=clock(nudging.SLEEPS), wakes=clock(nudging.WAKES)
    )


def days_screen(request: Request, plan: Plan) -> Message:
    """Ask for the days: three to tap, and each single day to be switched."""
    common = tuple(
        (Button(_now(request, _days(request, days), is_now=plan.days == days), _days_press(days)),)
        for days in _DAY_CHOICES
    )
    single = [
        Button(
            _now(request, request.say("weekday-short", day=day), is_now=day in plan.days),
            _days_press(plan.days ^ {day} or plan.days),
        )
        for day in sorted(EVERY_DAY)
    ]
    rows = (*common, tuple(single[:4]), tuple(single[4:]), _back_row(request))
    return screens.own_words(request, "nudge-days", rows)


def pause_screen(request: Request) -> Message:
    """Ask how long the pause shall be."""
    rows = (*_pause_rows(request), _back_row(request))
    return screens.own_words(request, "nudge-pause", rows)


def plan_screen(request: Request, plan: Plan | None, heading: Sequence[Block] = ()) -> Message:
    """Say what was asked for and when the next one comes, everything a tap away.

    Args:
        request: what is asked for; its `standing` is the one shown.
        plan: what was asked for; None shows how to ask.
        heading: what is said above it.
    """
    if plan is None:
        asking = time_screen(request)
        return Message((*heading, *asking.blocks), asking.buttons, language=asking.language)
    paused = is_paused(request, plan)
    blocks = (
        *heading,
        Block("title", request.say("nudge-title")),
        *(Block("text", line) for line in lines(request)),
        *next_line(request, plan),
    )
    flipped = (plan.minute + nudging.HALF_A_DAY) % (2 * nudging.HALF_A_DAY)
    instead = (
        ()
        if nudging.is_quiet(flipped) or paused
        else (Button(request.say("button-nudge-instead", time=clock(flipped)), at_press(flipped)),)
    )
    time_row = (part_button(request, PART_ASK), *instead)
    quiet_row = (part_button(request, PART_RESUME if paused else PART_PAUSE), part_button(request, PART_STOP))
    switched = OFF if plan.look_back else ON
    look = part_button(request, PART_LOOK_BACK, switched, state=switched)
    rows = (time_row, (part_button(request, PART_DAYS), zone_button(request)), quiet_row, (look,))
    return Message(blocks, rows, language=request.language_of("nudge-title"))


def lines(request: Request) -> list[str]:
    """Return what was asked for, in words, and whose time counts."""
    plan = plan_of(request)
    time = request.say("nudge-zone", place=place_of(request), time=_time_now(request))
    if plan is None:
        return [request.say("nudge-off"), time]
    found = [asked_for(request, plan.minute, plan.days), time]
    if plan.look_back:
        found.append(request.say("nudge-look-back-on"))
    if plan.back_on and is_paused(request, plan):
        found.append(request.say("nudge-paused", day=_day_named(request, plan.back_on)))
    return found


def asked_for(request: Request, minute: int, days: frozenset[int]) -> str:
    """Return a time and days in words."""
    return request.say("nudge-plan", days=_days(request, days), time=clock(minute))


def is_paused(request: Request, plan: Plan) -> bool:
    """Tell whether a pause is on today."""
    return nudging.is_paused(plan, nudging.local_day(request.at, request.zone))


def zone_button(request: Request) -> Button:
    """Return the button that asks which zone is the student's."""
    return Button(request.say("button-zone"), Press("zone", "", PART_ASK))


def paused_screen(request: Request, plan: Plan, *, guessed: bool = False) -> Message:
    """Say that nudges are paused until when; longer, shorter, or going on is a tap away.

    Args:
        request: what is asked for.
        plan: the one that is paused.
        guessed: whether no end was said, or none that was understood.
    """
    day = _day_named(request, plan.back_on) if plan.back_on else ""
    blocks = (
        Block("text", request.say("nudge-paused", day=day)),
        *((Block("text", request.say("nudge-pause-guessed", days=nudging.PAUSE_DAYS)),) if guessed else ()),
        *next_line(request, plan),
    )
    rows = (
        (part_button(request, PART_RESUME), part_button(request, PART_STOP)),
        *_pause_rows(request),
    )
    return Message(blocks, rows, language=request.language_of("nudge-paused"))


def stopped_screen(request: Request, plan: Plan | None) -> Message:
    """Say that nothing comes any more, with the way back a tap away.

    Args:
        request: what is asked for.
        plan: what was stopped; None where there was nothing to stop.
    """
    onward = (screens.function_button(request, "bot/next-step"),)
    if plan is None:
        rows: Rows = ((screens.function_button(request, "bot/nudge-set"),), onward)
        return screens.own_words(request, "nudge-none", rows)
    label = request.say("button-nudge-again", time=clock(plan.minute))
    again = (Button(label, at_press(plan.minute, plan.days)),)
    return screens.own_words(request, "nudge-stopped", (again, onward))


def next_line(request: Request, plan: Plan) -> tuple[Block, ...]:
    """Return the line that says when the next one comes, the first after a pause."""
    due = next_due(request, plan)
    if due is None:
        return ()
    return (Block("text", request.say("nudge-next", when=when(request, due.at))),)


def next_due(request: Request, plan: Plan) -> Due | None:
    """Return the next one that comes: the one that waits, or the first after a pause."""
    if request.journey.next(request.role) is None:
        return None
    waits = request.standing.coming
    if (
        waits
        and waits.at > request.at
        and not nudging.is_paused(plan, waits.day)
        and not _is_done(request, waits)
    ):
        return waits
    # What waits may end without a word: the first that will not is meant.
    after = waits.at if waits and waits.at > request.at else request.at
    return nudging.first_after_pause(plan, request.zone, after)


def paused_until(request: Request) -> date:
    """Return the local day on which they come again after a pause whose end was not said."""
    return nudging.local_day(request.at, request.zone) + timedelta(days=nudging.PAUSE_DAYS)


def _is_done(request: Request, due: Due) -> bool:
    """Tell whether something was done on the day of one that waits, so that it does not come."""
    return due.kind != "look-back" and nudging.did_something(request.journey.effective, due.day, request.zone)


def when(request: Request, at: int) -> str:
    """Return an instant in words, in the student's own zone: 'tomorrow, 19:00'.

    Args:
        request: what is asked for.
        at: UTC epoch seconds, not before the request.
    """
    local = datetime.fromtimestamp(at, request.zone)
    time = clock(local.hour * 60 + local.minute)
    today = nudging.local_day(request.at, request.zone)
    ahead = (local.date() - today).days
    if ahead == 0:
        return request.say("when-today", time=time)
    if ahead == 1:
        return request.say("when-tomorrow", time=time)
    weekday = request.say("weekday", day=local.isoweekday())
    if ahead < _A_WEEK:
        return request.say("when-weekday", weekday=weekday, time=time)
    return request.say("when-date", weekday=weekday, date=day_in_words(request, local.date()), time=time)


def day_in_words(request: Request, day: date) -> str:
    """Return a day with its month and year."""
    return request.say("drawn-date", day=day.day, month=day.month, year=str(day.year))


def place_of(request: Request) -> str:
    """Return the name of the place whose time counts."""
    return label_of(request.zone.key, request.knowledge.places)


def _time_now(request: Request) -> str:
    return clock(nudging.local_minute(request.at, request.zone))


def _day_named(request: Request, day: date) -> str:
    weekday = request.say("weekday", day=day.isoweekday())
    return request.say("day-named", weekday=weekday, date=day_in_words(request, day))


def _pause_rows(request: Request) -> Rows:
    today = nudging.local_day(request.at, request.zone)
    buttons = tuple(
        Button(
            request.say("button-pause-days", days=days),
            pause_press(today + timedelta(days=days)),
        )
        for days in PAUSES
    )
    return (buttons,)


def _days(request: Request, days: frozenset[int]) -> str:
    named = {EVERY_DAY: "every", WEEKDAYS: "weekdays", WEEKENDS: "weekends"}
    listed = ", ".join(request.say("weekday-short", day=day) for day in sorted(days))
    return request.say("nudge-on-days", days=named.get(days, "listed"), listed=listed)


def _days_press(days: Iterable[int]) -> Press:
    return Press("nudge", "", f"{PART_DAYS}.{''.join(str(day) for day in sorted(days))}")


def _other_button(request: Request, days: Iterable[int]) -> Button:
    return part_button(request, PART_OTHER, "".join(str(day) for day in sorted(days)))


def _back_row(request: Request) -> tuple[Button, ...]:
    if plan_of(request) is None:
        return (Button(request.say("button-offer-no"), Press("nudge", "", keep.NO_NUDGE)),)
    return (Button(request.say("button-back"), Press("nudge", "", PART_CHANGE)),)


def _now(request: Request, label: str, *, is_now: bool) -> str:
    return request.say("choice-now", label=label) if is_now else label


def words(request: Request, key: str, rows: Rows, **values: str | int) -> Message:
    """Show a text about nudges under which the next one is named, where there is one."""
    plan = plan_of(request)
    blocks = (*blocks_of(request.say(key, **values)), *(next_line(request, plan) if plan else ()))
    return Message(blocks, rows, language=request.language_of(key))
