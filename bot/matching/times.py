"""When a student wants to be written to, read from what they typed: times, days, pauses.

The words stand in knowledge/times.yaml; here is the grammar that joins them. A time that may be the morning's
or the evening's is told as such, unless one of the two lies in the quiet hours: then the other one is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.domain.nudging import EVERY_DAY, LONGEST_PAUSE_DAYS, SUNDAY, WEEKDAYS, WEEKENDS, is_quiet
from bot.matching.time_words import (
    BREAK,
    CLOCK,
    DATE,
    DAYS,
    HALVES,
    MEANINGS,
    MONTHS,
    NUMBER,
    NUMBERS,
    PARTS,
    UNKNOWN,
    Token,
    tokens_of,
)

__all__ = ["DEFAULTS", "MEANINGS", "Said", "is_only_a_time", "said_of"]

_HOUR: Final = 60
_HALF_DAY: Final = 12 * _HOUR
_DAY: Final = 24 * _HOUR

DEFAULTS: Final[Mapping[str, int]] = {
    "morning": 6 * _HOUR + 30,  # before the way to school, and after the quiet hours
    "noon": 12 * _HOUR,
    "afternoon": 16 * _HOUR,  # after school and the meal that follows
    "after-school": 16 * _HOUR,  # schools end at 13:30, and the way home takes its time
    "evening": 19 * _HOUR,  # after tuition and prayers
    "night": 20 * _HOUR,  # an hour before the quiet hours
    "midnight": 0,
}
"""Minutes of the day that are meant by a part of it without a number."""

_NIGHT_FROM: Final = 5
"""'2 at night' is before dawn, '8 at night' is not."""

_NOON_UNTIL: Final = 9
"""'dawal 10' is before noon, 'dawal 2' is not."""

_UNITS: Final[Mapping[str, int]] = {"day": 1, "week": 7, "month": 30, "year": 365}
_ONE_UNIT: Final[Mapping[str, int]] = {"one-day": 1, "one-week": 7, "one-month": 30}
_THIS: Final[Mapping[str, str]] = {"this-week": "week", "this-month": "month"}
_MONTH_DAYS: Final = 30
_MINUTES: Final[Mapping[str, int]] = {"hour": _HOUR, "in-hours": _HOUR, "minute": 1, "in-minutes": 1}
_ONE_OF_MINUTES: Final[Mapping[str, int]] = {"one-hour": _HOUR, "half-hour": _HOUR // 2}
_LONGEST_ONCE: Final = _DAY

_GROUPS: Final[Mapping[str, frozenset[int]]] = {
    **{name: frozenset({number}) for number, name in enumerate(DAYS, 1)},
    "weekdays": WEEKDAYS,
    "weekends": WEEKENDS,
    "every-day": EVERY_DAY,
}

_UNCOUNTED: Final = frozenset((*_UNITS, *_MINUTES, "counted", "sometimes"))
"""What follows a number that is no time."""

_PAUSING: Final = frozenset(("pause", "stop"))
_ABSENT: Final = frozenset(("exams", "exam-time", "away"))
_MOST_ELSE: Final = 4
"""Words about something else beside which a word that stops still asks for a pause."""

_MOST_ELSE_AWAY: Final = 2
"""The same where only a reason to be away is said: 'let me rest till sunday', 'till my exams are over'."""

_BEFORE: Final = _HOUR
"""By how much 'before 8pm' is earlier than 8pm."""

_SMALL: Final = frozenset(("filler", "each", "from", "in", "at", "for", "to", "next"))
"""What may stand between words that belong together."""

_NEGATED_WITHIN: Final = 4
"""Small words between 'not' and what it negates: 'not to me on sunday'."""

_UNSAID: Final = frozenset(
    (
        *(UNKNOWN, NUMBER, CLOCK, "stop", "sometimes", "numbered", "exams", "away", "am", "not", "not-that"),
        *(*_UNITS, *_MINUTES, *_ONE_UNIT, *_ONE_OF_MINUTES, *_THIS),
        *("asks", "before", "earlier"),
    )
)
"""What is left over unless it became part of something."""


@dataclass(frozen=True, slots=True)
class Said:
    """What words say about when.

    `minute` of the local day, 0 to 1439, where it is clear; `either` the morning's and the evening's minute
    where it may be both. `days` as ISO 8601 counts them, 1 to 7, empty where none are said. `back_on` is the
    first day after a pause; `pauses` tells that a pause is wanted rather than an end, `resumes` that one is
    over, `look_back` that a look back at the week is asked for. `once_in` is in minutes, 1 to 1440. `rest`
    are the words that are none of these.
    """

    minute: int | None = None
    either: tuple[int, ...] = ()
    days: frozenset[int] = frozenset()
    back_on: date | None = None
    pauses: bool = False
    resumes: bool = False
    look_back: bool = False
    once_in: int | None = None
    rest: str = ""


def said_of(text: str, words: Mapping[str, Sequence[str]], today: date) -> Said:
    """Return what a text says about when.

    Args:
        text: as it was typed; only its first words are looked at.
        words: the words by meaning, as in `KnowledgeBase.times`.
        today: the student's local day.
    """
    return _Reading(tokens_of(text, words), today).said()


def is_only_a_time(said: Said) -> bool:
    """Tell whether a text was nothing but a time, days, and words that change nothing."""
    has_time = said.minute is not None or bool(said.either or said.days)
    others = (said.rest, said.pauses, said.resumes, said.look_back, said.once_in, said.back_on)
    return has_time and not any(others)


@dataclass(frozen=True, slots=True)
class _Time:
    """A time found in the tokens from `start` to before `end`. `half` is am, pm, or the part of the day."""

    start: int
    end: int
    hour: int
    minute: int
    half: str = ""
    is_exact: bool = False

    @property
    def minutes(self) -> tuple[int, ...]:
        """The minute of the day it means, both where it may be the morning's and the evening's; or none."""
        at = self.hour * _HOUR + self.minute
        if self.hour > _HALF_DAY // _HOUR or (self.is_exact and not self.half):
            return (at,)
        early = at % _HALF_DAY
        if self.half:
            return (early + _HALF_DAY if _is_late(self.half, self.hour % 12) else early,)
        awake = tuple(one for one in (early, early + _HALF_DAY) if not is_quiet(one))
        return awake or (early + _HALF_DAY,)


@dataclass(frozen=True, slots=True)
class _Point:
    """A day found in the tokens from `start` to before `end`; `is_date` where it is one by itself."""

    start: int
    end: int
    day: date | None
    is_date: bool = False


class _Reading:
    """One text being read; `_used` are the tokens that became part of something."""

    def __init__(self, tokens: Sequence[Token], today: date) -> None:
        self._tokens = tokens
        self._today = today
        self._used: set[int] = set()
        self._meanings = [token.meaning for token in tokens]

    def said(self) -> Said:
        """Put together what the text says."""
        ranges = frozenset(self._ranges())
        lasts, back_on = self._pause()
        back_on = back_on or self._length() or self._rest_of_this()
        once_in = self._once_in()
        minutes = self._minutes()
        days = self._days(ranges)
        if self._is_asked():
            minutes, days = (), frozenset()
        is_schedule = bool(minutes or days)
        has = frozenset(self._meanings).__contains__
        resumes = has("resume") and not has("stop")
        stops = bool(_PAUSING.intersection(self._meanings))
        lasts |= has("for-now") or has("exam-time") or back_on is not None
        pauses = has("pause") or (has("stop") and not _ABSENT.isdisjoint(self._meanings))
        pauses |= lasts and (stops or not is_schedule)
        pauses = pauses and not resumes and not self._is_about_something_else()
        return Said(
            minute=minutes[0] if len(minutes) == 1 else None,
            either=minutes if len(minutes) > 1 else (),
            days=days,
            back_on=back_on if pauses else None,
            pauses=pauses,
            resumes=resumes,
            look_back=has("look-back"),
            once_in=once_in,
            rest=" ".join(self._rest()),
        )

    def _is_asked(self) -> bool:
        """Tell whether it is only asked what the bot does: 'do you send messages at night'."""
        if "asks-you" not in self._meanings:
            return False
        words = [meaning for meaning in self._meanings if meaning != BREAK]
        at = self._meanings.index("asks-you")
        return BREAK not in self._meanings[at : at + len(words) - words.index("asks-you")]

    def _is_about_something_else(self) -> bool:
        """Tell whether a pause is only mentioned: 'how do i pause a python loop', 'life is bad right now'."""
        others = self._meanings.count(UNKNOWN)
        if "asks" in self._meanings:
            return bool(others) or "numbered" in self._meanings
        if not _PAUSING.isdisjoint(self._meanings):
            return others > _MOST_ELSE
        is_away = not _ABSENT.isdisjoint(self._meanings)
        return others > (_MOST_ELSE_AWAY if is_away else 0)

    def _rest(self) -> Iterator[str]:
        for at, token in enumerate(self._tokens):
            if token.meaning in _UNSAID and at not in self._used and token.text:
                yield token.text

    def _meaning(self, at: int) -> str:
        """Return the meaning of a token; beyond both ends is a break."""
        return self._meanings[at] if 0 <= at < len(self._meanings) else BREAK

    def _number(self, at: int) -> int | None:
        """Return the number at a place, in digits or in a word."""
        meaning = self._meaning(at)
        return self._tokens[at].numbers[0] if meaning == NUMBER else NUMBERS.get(meaning)

    def _after(self, at: int, small: Iterable[str] = _SMALL) -> int:
        """Return the next place from here that is no small word."""
        while self._meaning(at) in small:
            at += 1
        return at

    def _use(self, start: int, end: int) -> None:
        self._used.update(range(start, end))

    # --- days ---

    def _ranges(self) -> Iterator[int]:
        """Yield the days of each 'monday to friday', 'sanduda idan sikurada wenakan'."""
        for at, meaning in enumerate(self._meanings):
            if meaning not in DAYS or at in self._used:
                continue
            joint = self._after(at + 1, ("filler", "oclock"))
            last = self._after(joint + 1, ("filler",))
            if self._meaning(joint) not in {"to", "until", "from"} or self._meaning(last) not in DAYS:
                continue
            self._use(at, last + 1)
            if self._meaning(last + 1) == "up-to":
                self._use(last + 1, last + 2)
            first, end = DAYS.index(meaning), DAYS.index(self._meaning(last))
            yield from ((first + ahead) % 7 + 1 for ahead in range((end - first) % 7 + 1))

    def _days(self, ranges: frozenset[int]) -> frozenset[int]:
        """Return the days that are asked for."""
        named, excluded = set(ranges), set[int]()
        for at, meaning in enumerate(self._meanings):
            if meaning not in _GROUPS or at in self._used or self._is_from(at):
                continue
            chosen = excluded if self._is_excluded(at) else named
            chosen.update(_GROUPS[meaning])
        if "other-days" in self._meanings:
            named, excluded = set(), named | excluded
        if excluded:
            # 'all days but wednesday' names all of them, 'weekdays except friday' only some.
            named = (named or set(EVERY_DAY)) - excluded
        if not named and self._is_each_part():
            return EVERY_DAY
        return frozenset(named)

    def _is_from(self, at: int) -> bool:
        """Tell whether it is the day from which on nudges are wanted."""
        is_before = self._meaning(at - 1) == "from" and self._meaning(at - 2) not in {"today", "tomorrow"}
        return self._meaning(at) in DAYS and (is_before or self._meaning(at + 1) == "from")

    def _is_excluded(self, at: int) -> bool:
        before = self._negation(at, {"except", "not"})
        # 'irida hara hamadama' is every day but Sunday.
        is_behind = (
            self._meaning(at) == "every-day" and before is not None and self._meaning(before - 1) in DAYS
        )
        if before is not None and not is_behind:
            self._use(before, before + 1)
            return True
        behind = self._after(at + 1, ("filler", "oclock"))
        follows = self._meaning(self._after(behind + 1, ("filler",)))
        if self._meaning(behind) in {"except", "not-that"} and follows not in DAYS:
            self._use(behind, behind + 1)
            return self._meaning(at) != "every-day"
        return False

    def _negation(self, at: int, kinds: Iterable[str]) -> int | None:
        """Return the place of the word that negates a place, past small words and days in a row."""
        before = at - 1
        while at - before <= _NEGATED_WITHIN and (
            self._meaning(before) in _SMALL or (self._meaning(before) in DAYS and self._meaning(at) in DAYS)
        ):
            before -= 1
        return before if self._meaning(before) in kinds else None

    def _is_each_part(self) -> bool:
        return any(
            meaning == "each" and self._meaning(at + 1) in PARTS for at, meaning in enumerate(self._meanings)
        )

    # --- dates and pauses ---

    def _pause(self) -> tuple[bool, date | None]:
        """Return whether something is said to last until then, and the day after it where that is said."""
        points = list(self._points())
        pauses, found = False, None
        for at, meaning in enumerate(self._meanings):
            if meaning not in {"until", "up-to"} or at in self._used:
                continue
            point = self._beside(at, points)
            if point:
                self._use(min(at, point.start), max(at + 1, point.end))
                found = found or point.day
            pauses = pauses or point is not None or not self._is_until_a_time(at)
        if not pauses:
            found = self._date_alone(points)
        return pauses or found is not None, found

    def _beside(self, at: int, points: Sequence[_Point]) -> _Point | None:
        """Return the day that 'until' points to: after it, or before it in Sinhala and Tamil."""
        if self._meaning(at) == "until":
            target = self._after(at + 1)
            return next((one for one in points if at < one.start <= target < one.end), None)
        before = at - 1
        while self._meaning(before) in {"filler", "oclock", "nth", "at"}:
            before -= 1
        return next((one for one in points if one.start <= before < one.end), None)

    def _is_until_a_time(self, at: int) -> bool:
        if self._meaning(at) == "until":
            target = self._after(at + 1)
        else:
            target = at - 1
            while self._meaning(target) in {"oclock", "filler"}:
                target -= 1
        return self._meaning(target) in {NUMBER, CLOCK, BREAK, *NUMBERS, *HALVES, *PARTS}

    def _date_alone(self, points: Sequence[_Point]) -> date | None:
        """Return the date of 'pause, dec 5' or of a mere 'dec 5'."""
        dates = [one for one in points if one.is_date]
        is_asked = not _PAUSING.isdisjoint(self._meanings) or {UNKNOWN, "asks"}.isdisjoint(self._meanings)
        return dates[0].day if dates and is_asked else None

    def _points(self) -> Iterator[_Point]:
        """Yield all days that are named; what is a date can be no time."""
        at = 0
        while at < len(self._tokens):
            point = self._date_at(at) or self._near_day_at(at)
            if point and point.is_date:
                self._use(point.start, point.end)
            if point:
                yield point
            at = point.end if point else at + 1

    def _date_at(self, at: int) -> _Point | None:
        """Read '12/12', '15 december', '5th of december', 'dec 5 2026', 'december'."""
        meaning = self._meaning(at)
        if meaning == DATE:
            year, month, day = self._tokens[at].numbers
            return _Point(at, at + 1, self._dated(year, month, day), is_date=True)
        if meaning in MONTHS:
            day_end = self._day_of_month(at + 1)
            if day_end is None:
                return _Point(at, at + 1, self._dated(0, MONTHS.index(meaning) + 1, 1))
            return self._dated_point(at, day_end, MONTHS.index(meaning) + 1, self._number(at + 1) or 0)
        end = self._day_of_month(at)
        if end is None:
            return None
        month_at = self._after(end, ("filler",))
        if self._meaning(month_at) in MONTHS and self._meaning(at - 1) != "at":
            month = MONTHS.index(self._meaning(month_at)) + 1
            return self._dated_point(at, month_at + 1, month, self._number(at) or 0)
        is_day = self._meaning(end - 1) == "nth" or (self._number(at) or 0) > _HALF_DAY // _HOUR
        is_time = self._meaning(end) in {"am", "pm", "oclock", *_UNCOUNTED}
        return _Point(at, end, self._next_dated(self._number(at) or 0)) if is_day and not is_time else None

    def _dated_point(self, start: int, end: int, month: int, day: int) -> _Point:
        year = self._number(end) or 0
        has_year = self._meaning(end) == NUMBER and len(self._tokens[end].digits) == len("2026")
        found = self._dated(year if has_year else 0, month, day)
        return _Point(start, end + has_year, found, is_date=True)

    def _day_of_month(self, at: int) -> int | None:
        """Return where a number that may be a day of a month ends."""
        if self._meaning(at) != NUMBER or not 1 <= self._tokens[at].numbers[0] <= 31:  # noqa: PLR2004 - days
            return None
        return at + 2 if self._meaning(at + 1) == "nth" else at + 1

    def _near_day_at(self, at: int) -> _Point | None:
        """Read 'monday', 'tomorrow', '2027', 'next week'."""
        meaning = self._meaning(at)
        if meaning in DAYS:
            return _Point(at, at + 1, self._next(DAYS.index(meaning) + 1))
        if meaning == "weekends":
            return _Point(at, at + 1, self._next(min(WEEKENDS)))
        if meaning == "tomorrow":
            return _Point(at, at + 1, self._today + timedelta(days=1))
        if meaning == NUMBER and self._tokens[at].numbers[0] == self._today.year + 1:
            return _Point(at, at + 1, date(self._today.year + 1, 1, 1))
        start = self._start_of_next(self._meaning(at + 1)) if meaning == "next" else None
        return _Point(at, at + 2, start) if start else None

    def _start_of_next(self, unit: str) -> date | None:
        """Return the first day of the next week or month, or the next day."""
        starts = {
            "day": self._today + timedelta(days=1),
            "week": self._next(1),
            "month": (self._today.replace(day=1) + timedelta(days=_MONTH_DAYS + 1)).replace(day=1),
        }
        return starts.get(unit)

    def _next(self, weekday: int) -> date:
        """Return the next such day of the week, after today."""
        return self._today + timedelta(days=(weekday - self._today.isoweekday() - 1) % 7 + 1)

    def _next_dated(self, day: int) -> date | None:
        """Return the next such day of a month."""
        month = self._today.month
        if day <= self._today.day:
            month = month % 12 + 1
        return self._dated(0, month, day)

    def _dated(self, year: int, month: int, day: int) -> date | None:
        """Return the next such date in the future that is no longer away than the longest pause."""
        if month > 12 >= day:  # noqa: PLR2004 - months; written the American way
            month, day = day, month
        years = (year,) if year else (self._today.year, self._today.year + 1)
        dates = (found for found in (_date(one, month, day) for one in years) if found)
        found = next((one for one in dates if one > self._today), None)
        return self._not_too_long(found)

    def _not_too_long(self, day: date | None) -> date | None:
        return day if day and (day - self._today).days <= LONGEST_PAUSE_DAYS else None

    def _length(self) -> date | None:
        """Return the day after a pause of a length: 'for 3 days', '2 weeks', 'sathi 2k', 'a month'."""
        for at in range(len(self._tokens)):
            found = self._amount_at(at)
            if found is None:
                continue
            start, end, days = found
            is_away = self._meaning(start - 1) == "for" and not _ABSENT.isdisjoint(self._meanings)
            is_pause = not _PAUSING.isdisjoint(self._meanings) or not self._says_more(start, end)
            is_length = is_away or is_pause
            if is_length and self._meaning(start - 1) not in {"in", "each", "sometimes", "numbered"}:
                self._use(start, end)
                return self._after_days(days)
        return None

    def _rest_of_this(self) -> date | None:
        """Return the day after the rest of this week or month: 'not this week', 'me sathiye epa'."""
        stops = not _PAUSING.isdisjoint(self._meanings)
        for at, meaning in enumerate(self._meanings):
            is_negated = self._negation(at, {"not"}) is not None or self._meaning(at + 1) == "not-that"
            if meaning in _THIS and (stops or is_negated):
                self._use(at, at + 1)
                start = self._start_of_next(_THIS[meaning])
                # Who says 'this week' on its last day means the one that begins.
                is_ending = meaning == "this-week" and self._today.isoweekday() == SUNDAY
                return start + timedelta(days=_UNITS["week"]) if start and is_ending else start
        return None

    def _amount_at(self, at: int) -> tuple[int, int, int] | None:
        """Return where an amount of days begins and ends, and how many days it is."""
        meaning = self._meaning(at)
        if meaning in _ONE_UNIT:
            return at, at + 1, _ONE_UNIT[meaning]
        number = self._number(at)
        if number is None:
            return None
        end = at + 2 if self._meaning(at + 1) == "counted" else at + 1
        if self._meaning(end) in _UNITS:
            return at, end + 1, number * _UNITS[self._meaning(end)]
        # Only Sinhala puts the number after the unit, and then with an ending; 'week 2' is a name.
        is_counted = end > at + 1 or (meaning != NUMBER and not self._tokens[at].text.isascii())
        is_counted |= meaning != NUMBER and self._tokens[at].text.endswith(("k", "kata"))
        if self._meaning(at - 1) in _UNITS and is_counted:
            return at - 1, end, number * _UNITS[self._meaning(at - 1)]
        return None

    def _after_days(self, days: int) -> date | None:
        if not 0 < days <= LONGEST_PAUSE_DAYS:
            return None
        return self._today + timedelta(days=days)

    # --- times ---

    def _once_in(self) -> int | None:
        """Return the minutes of 'in 2 hours', 'paya 2kin', '30 nimidathil'."""
        for at in range(len(self._tokens)):
            found = self._minutes_at(at)
            if found is None:
                continue
            start, end, minutes = found
            self._use(start, end)
            is_in = self._meaning(start - 1) == "in" or self._meaning(end) == "later"
            is_in |= any(one.startswith("in-") for one in self._meanings[start:end])
            if is_in and 0 < minutes <= _LONGEST_ONCE:
                return minutes
            self._used.difference_update(range(start, end))
        return None

    def _minutes_at(self, at: int) -> tuple[int, int, int] | None:
        meaning, number = self._meaning(at), self._number(at)
        if meaning in _ONE_OF_MINUTES:
            return at, at + 1, _ONE_OF_MINUTES[meaning]
        if meaning.startswith("in-") and self._number(at - 1) is None:
            return at, at + 1, _MINUTES[meaning]
        if number is None:
            return None
        if self._meaning(at + 1) in _MINUTES:
            return at, at + 2, number * _MINUTES[self._meaning(at + 1)]
        if self._meaning(at - 1) in _MINUTES and self._meaning(at + 1) == "later":
            return at - 1, at + 1, number * _MINUTES[self._meaning(at - 1)]
        return None

    def _minutes(self) -> tuple[int, ...]:
        """Return the minute of the day that is meant, two where it may be either, none where none is said."""
        times = [one for one in self._wanted(list(self._times())) if one.minutes]
        if times:
            return self._before(times[-1])
        parts = [one for at, one in enumerate(self._meanings) if one in PARTS and self._is_wanted_part(at)]
        if not parts:
            return ()
        at = sorted({DEFAULTS[one] for one in parts})
        both = len(at) > 1 and at[0] < _HALF_DAY <= at[-1]
        return (at[0], at[-1]) if both else (DEFAULTS[parts[-1]],)

    def _before(self, time: _Time) -> tuple[int, ...]:
        """Return the minutes of a time, earlier ones where it is said to be before it."""
        start = time.start - 1
        while self._meaning(start) == "filler":
            start -= 1
        end = self._after(time.end, ("filler", "oclock"))
        if self._meaning(start) == "before":
            self._use(start, start + 1)
        elif self._meaning(end) == "earlier":
            self._use(end, end + 1)
        else:
            return time.minutes
        return tuple(one if is_quiet(one - _BEFORE) else one - _BEFORE for one in time.minutes)

    def _is_wanted_part(self, at: int) -> bool:
        """Tell whether a part of the day belongs to no time and is not excluded: 'not at night'."""
        if at in self._used or self._meaning(at + 1) == "not-that":
            return False
        negated = self._negation(at, {"not", "except"})
        if negated is not None:
            self._use(negated, negated + 1)
        return negated is None

    def _times(self) -> Iterator[_Time]:
        at = 0
        while at < len(self._tokens):
            time = self._time_at(at) if at not in self._used else None
            if time and (found := self._placed(time)):
                self._use(found.start, found.end)
                yield found
                at = found.end
            else:
                at += 1

    def _wanted(self, times: Sequence[_Time]) -> Iterator[_Time]:
        """Leave out what is not wanted: '8 vendam', 'not 7', 'till 6', and the end of '7 to 7.30'."""
        changes = "change" in self._meanings
        for place, time in enumerate(times):
            if place > 0 and self._is_range(times[place - 1], time, changes=changes):
                continue
            behind = times[place + 1] if place + 1 < len(times) else None
            if behind and not time.half and self._is_range(time, behind, changes=False):
                # '7-8pm' begins in the evening too.
                time = replace(time, half=behind.half)  # noqa: PLW2901 - the same time, better known
            negated = self._negation(time.start, {"not", "until"}) is not None
            negated |= self._meaning(time.end) in {"not-that", "up-to", "stop"}
            if not negated:
                yield time

    def _is_range(self, first: _Time, last: _Time, *, changes: bool) -> bool:
        """Tell whether two times are '7 to 8' or '7 or 8'; one that is changed to the other is not."""
        joints = {"filler"} if changes else {"filler", "to", "until"}
        return first.end == last.start - 1 and self._meaning(first.end) in joints

    def _time_at(self, at: int) -> _Time | None:
        """Read the numbers of a time, whatever stands around them."""
        meaning = self._meaning(at)
        if meaning == CLOCK:
            hour, minute = self._tokens[at].numbers
            return _valid(at, at + 1, hour, minute, self._tokens[at].digits)
        if meaning in HALVES:
            return _Time(at, at + 1, HALVES[meaning], 30)
        return self._spoken_at(at) or self._numbered_at(at)

    def _numbered_at(self, at: int) -> _Time | None:
        """Read '7', '0700', '6 30', 'six thirty', '6 hamarata'."""
        number = self._number(at)
        if number is None:
            return None
        token = self._tokens[at]
        if len(token.digits) > len("12"):
            is_short = len(token.digits) <= len("1930")
            return _valid(at, at + 1, *divmod(number, 100), token.digits) if is_short else None
        if self._meaning(at + 1) == "half":
            return _valid(at, at + 2, number, 30, token.digits)
        minute = self._number(at + 1) or 0
        is_minute = minute in {15, 20, 30, 45} and len(self._tokens[at + 1].digits) in {0, 2}
        if is_minute and self._meaning(at + 2) not in _UNCOUNTED and number <= _HALF_DAY // _HOUR:
            return _valid(at, at + 2, number, minute, token.digits)
        return _valid(at, at + 1, number, 0, token.digits)

    def _spoken_at(self, at: int) -> _Time | None:
        """Read 'half past six', 'half 7', 'quarter to 7', 'ten past six', '10 minutes to 7'."""
        meaning = self._meaning(at)
        minutes = {"half": 30, "quarter": 15}.get(meaning) or self._number(at)
        joint = at + 2 if self._meaning(at + 1) == "minute" else at + 1
        if meaning == "half" and self._number(joint) is not None:
            return _valid(at, joint + 1, self._number(joint) or 0, 30, "")
        kind = self._meaning(joint)
        hour = self._number(joint + 1)
        if not minutes or hour is None or not 1 <= hour <= 12 or minutes >= _HOUR:  # noqa: PLR2004 - a clock
            return None
        if kind == "past":
            return _Time(at, joint + 2, hour, minutes)
        is_to = kind == "to" and (meaning == "quarter" or joint > at + 1)
        return _Time(at, joint + 2, (hour - 2) % 12 + 1, _HOUR - minutes) if is_to else None

    def _placed(self, time: _Time) -> _Time | None:
        """Return a time with what stands around it, or None where its numbers are none."""
        end = time.end
        while self._meaning(end) == "oclock":
            end += 1
        half = self._meaning(end) if self._meaning(end) in {"am", "pm"} else ""
        end += bool(half)
        while self._meaning(end) == "oclock":
            end += 1
        marked = end > time.end
        if self._is_hours_mark(time):
            end, marked = time.end + 1, True
        if not half and self._is_no_time(time, end, marked=marked):
            return None
        return _Time(
            time.start, end, time.hour, time.minute, half or self._part_of(time.start, end), time.is_exact
        )

    def _is_hours_mark(self, time: _Time) -> bool:
        """Tell whether it is '1900 hrs'."""
        return self._meaning(time.end) == "hour" and len(self._tokens[time.start].digits) == len("1900")

    def _is_no_time(self, time: _Time, end: int, *, marked: bool) -> bool:
        """Tell whether the numbers mean something else: 'grade 10', '3 times a week', 'two steps'."""
        before, behind = self._meaning(time.start - 1), self._meaning(end)
        if before in {"numbered", *_UNITS} or (behind in _UNCOUNTED and not marked) or behind == "nth":
            return True
        if marked or before == "at" or self._is_beside_a_part(time.start, end):
            return False
        first = self._tokens[time.start]
        if first.meaning == CLOCK or first.meaning in {"half", "quarter", *HALVES}:
            return False
        if not {UNKNOWN, "asks", "numbered"}.isdisjoint((before, behind)) or first.digits in {"0", "00"}:
            return True
        if first.meaning == NUMBER and len(first.digits) > len("12"):
            return self._says_more(time.start, end)
        is_word = first.meaning != NUMBER and time.end == time.start + 1
        beside = {BREAK, "to", "for", "in", *_GROUPS, *PARTS}
        is_apart = {before, behind} <= beside or not self._says_more(time.start, end)
        return is_word and (first.meaning == "one" or not is_apart)

    def _says_more(self, start: int, end: int) -> bool:
        """Tell whether there are words outside of these tokens that are about something else."""
        outside = (*self._meanings[:start], *self._meanings[end:])
        return not _UNSAID.isdisjoint(outside)

    def _is_beside_a_part(self, start: int, end: int) -> bool:
        before = start - 1
        while self._meaning(before) in _SMALL:
            before -= 1
        return self._meaning(before) in PARTS or self._meaning(self._after(end)) in PARTS

    def _part_of(self, start: int, end: int) -> str:
        """Return the part of the day that a time belongs to: the nearest, in the same clause or close by."""
        found: list[tuple[int, int, str]] = []
        for at, meaning in enumerate(self._meanings):
            if meaning in PARTS:
                distance = start - at if at < start else at - end + 1
                low, high = min(at, start), max(at, end)
                if BREAK not in self._meanings[low:high] or distance <= 2:  # noqa: PLR2004 - 'hawasa, 6ta'
                    found.append((distance, at, meaning))
        if not found:
            return ""
        _, at, part = min(found)
        self._use(at, at + 1)
        return part


def _valid(start: int, end: int, hour: int, minute: int, digits: str) -> _Time | None:
    """Return a time if there is one of these numbers; a leading zero is how a 24-hour clock writes."""
    if hour >= _DAY // _HOUR or minute >= _HOUR:
        return None
    is_exact = hour == 0 or (len(digits) != len("700") and digits.startswith("0"))
    return _Time(start, end, hour, minute, is_exact=is_exact)


def _is_late(half: str, hour: int) -> bool:
    """Tell whether an hour (0 for twelve) of am, pm or a part of the day lies after noon."""
    if half in {"am", "morning", "midnight"}:
        return False
    if half == "noon":
        return hour <= _NOON_UNTIL
    return half != "night" or hour >= _NIGHT_FROM


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
