"""What is promised to a student, told once more and simply, from what they asked for and did.

Nothing here is taken from the bot's own rules: a day that was planned has one end, with the first of these
reasons that holds for leaving it out, or else a message.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.nudging import Claimed, Prepared
from bot.domain.reply import plain_text
from tests.samples import TEXTS, career

HOUR, DAY = 3600, 24 * 3600
SENT = {"sent", "unknown", "last"}
OVER = SENT | {"declined"}
BY_THE_CLOCK = {"late", "quiet"}
LAST_LINE = TEXTS.say("nudge-last", "en").splitlines()[0]
CONGRATULATION = TEXTS.say("nudge-finished", "en", career=career().title).splitlines()[0]
A_WRONG_CLOCK = 300
"""Seconds; what ended farther ahead than this, ended by a clock that was wrong."""


@dataclass(frozen=True)
class Plan:
    """What a student asks for: a minute of the day, days of the week, and the like."""

    zone: str
    minute: int
    days: frozenset[int]
    look_back: bool = False
    back_on: date | None = None

    def local(self, at: float) -> datetime:
        return datetime.fromtimestamp(at, ZoneInfo(self.zone))

    def day(self, at: float) -> date:
        return self.local(at).date()

    def kind(self, day: date) -> str | None:
        if self.look_back and day.isoweekday() == 7:
            return "look-back"
        return "daily" if day.isoweekday() in self.days else None

    def due(self, day: date) -> int | None:
        """When it is due on a day that was asked for."""
        if self.kind(day) is None:
            return None
        hour, minute = divmod(self.minute, 60)
        return int(
            datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(self.zone)).timestamp()
        )

    def between(self, after: float, until: float):
        """The days that are due after an instant and not after another one."""
        day = self.day(after)
        while day <= self.day(until):
            due = self.due(day)
            if due is not None and after < due <= until:
                yield day
            day += timedelta(days=1)


@dataclass(frozen=True)
class Ended:
    kind: str
    ending: str
    due_at: int
    at: int


@dataclass
class Expected:
    """One student."""

    number: int
    plan: Plan | None = None
    zone: str = "Asia/Colombo"
    silent: bool = False
    blocked: bool = False
    through: bool = False
    congratulated: bool = False
    unanswered: int = 0
    last_day: date | None = None
    in_hand: bool = False
    answers: bool = False
    booked: float = 0
    done: list[int] = field(default_factory=list)
    planned: set[date] = field(default_factory=set)
    excused: set[date] = field(default_factory=set)
    ended: dict[tuple[date, bool], Ended] = field(default_factory=dict)
    later: dict[date, int] = field(default_factory=dict)
    got: dict[date, list[str]] = field(default_factory=dict)
    heard: list[tuple[date, str]] = field(default_factory=list, repr=False)
    may_come_twice: set[tuple[date, bool]] = field(default_factory=set)
    came_twice: int = 0
    decided: dict[int, str] = field(default_factory=dict)
    congratulates: bool = False

    # What the student does.

    def asks(self, plan: Plan | None, at: int) -> None:
        """They ask for something else than before, or for nothing any more."""
        self.book(at)
        if self.plan:
            before = self.plan
            # What is due and waits for its turn may come by the old time, by the new one, or not at all.
            self.excused |= {day for day in self.planned if (day, False) not in self.ended}
            self.planned = {
                day for day in self.planned if (day, False) in self.ended or (before.due(day) or 0) <= at
            }
        self.plan = plan
        if plan is None:
            self.later.clear()
        else:
            self.zone = plan.zone
        self._lives(at)
        self._wait_again(at)

    def speaks(self, at: int) -> None:
        """Any sign of life."""
        if self.plan:
            self._lives(at)

    def does(self, at: int) -> None:
        """They tick a task or finish a step."""
        self.done.append(at)

    def not_today(self, at: int) -> None:
        if self.plan is None:
            return
        today = self.plan.day(at)
        self.book(at)
        waiting = self.waiting(at)
        if waiting and waiting[0] == today:
            self.ended[today, False] = Ended(waiting[1], "declined", waiting[2], at)
        if today in self.later:
            self.ended[today, True] = Ended("later", "declined", self.later.pop(today), at)

    def moves(self, day: date, due: int) -> bool:
        """They want it later that day; False where that came already."""
        there = self.ended.get((day, True))
        if there and there.ending in SENT:
            return False
        self.ended.pop((day, True), None)
        self.later[day] = due
        return True

    def _lives(self, at: int) -> None:
        self.unanswered = 0
        self.answers = self.in_hand
        if self.silent:
            self.silent = False
            self.booked = max(self.booked, at)
            self._wait_again(at)

    def _wait_again(self, at: int) -> None:
        """The next day that is planned, should it be one that was left out before, is looked at again."""
        waiting = self._first_after(at)
        if waiting:
            self.ended.pop((waiting[0], False), None)
            self.excused.discard(waiting[0])

    # What is due.

    def book(self, at: float) -> None:
        """Note which days were planned until an instant."""
        if self.plan and not self.silent and at > self.booked:
            for day in self.plan.between(self.booked, at):
                self.planned.add(day)
                self.excused.discard(day)
        self.booked = max(self.booked, at)

    def waiting(self, at: float) -> tuple[date, str, int] | None:
        """Day, kind and instant of what comes next."""
        if self.plan is None or self.silent:
            return None
        overdue = [day for day in self.planned if (day, False) not in self.ended and day not in self.excused]
        if overdue:
            day = min(overdue)
            return day, self.plan.kind(day) or "", self.plan.due(day) or 0
        return self._first_after(at)

    def missed(self) -> set[date]:
        """Days that were planned and of which nothing is known."""
        return {day for day in self.planned if (day, False) not in self.ended} - self.excused

    def _first_after(self, at: float) -> tuple[date, str, int] | None:
        if self.plan is None:
            return None
        for day in self.plan.between(at, at + 16 * DAY):
            there = self.ended.get((day, False))
            if not there or there.ending not in OVER:
                return day, self.plan.kind(day) or "", self.plan.due(day) or 0
        return None

    # What the bot does.

    def decides(self, claimed: Claimed, at: int, prepared: Prepared) -> None:
        """Look at what was decided about one that is due."""
        key = claimed.day, claimed.kind == "later"
        assert key not in self.ended, f"{claimed} had ended: {self.ended[key]}"
        self.answers = False
        self.in_hand = True
        expected = self._decision(claimed, at)
        found = prepared.ending
        if prepared.moved_to is not None:
            found = "moved"
        elif prepared.message:
            words = plain_text(prepared.message.blocks)
            assert (LAST_LINE in words) == (found == "last")
            self.congratulates = CONGRATULATION in words
            found = "message" if found == "sent" else found
        assert found == expected, f"{claimed} at {at} is to be {expected}, not {found}: {self}"
        self.decided[claimed.id] = expected

    def arrives(self, claimed: Claimed, at: float, words: str) -> None:
        """Look at a message that arrived."""
        plan = self.plan
        assert plan, f"nobody asked for {claimed}"
        assert not self.blocked
        assert not self.silent
        local = plan.local(at)
        today = local.date()
        assert 6 <= local.hour < 21, f"{claimed} came at night, {local}"
        assert not (plan.back_on and today < plan.back_on), f"{claimed} came in a pause, {local}"
        if claimed.kind != "look-back":
            done = [one for one in self.done if plan.day(one) == today]
            assert not done, f"{claimed} came after something was done, {local}"
        sort = "later" if claimed.kind == "later" else "planned"
        had = self.got.setdefault(today, [])
        if sort in had:
            assert (claimed.day, claimed.kind == "later") in self.may_come_twice, f"{claimed} came twice"
            self.may_come_twice.discard((claimed.day, claimed.kind == "later"))
            self.came_twice += 1
        had.append(sort)
        before = [text for day, text in self.heard if 0 < (today - day).days <= 1]
        assert words not in before, f"{claimed} came in the words of the day before: {words}"
        self.heard.append((today, words))

    def ends(self, claimed: Claimed, ending: str, at: int, fate: str | None) -> None:
        """Look at how one ended; `fate` is what became of sending it, None where it was not sent."""
        decided = self.decided.pop(claimed.id)
        if decided in {"message", "last"}:
            allowed = self._out_of_time(claimed, at)
            if fate == "sent" or (fate == "unknown" and decided == "last"):
                allowed = {"sent" if decided == "message" else "last"}
            elif fate:
                allowed = {fate}
            assert ending in allowed, f"{claimed} ended as {ending}, not {allowed}"
        else:
            assert ending == decided
        is_later = claimed.kind == "later"
        self.in_hand = False
        self.ended[claimed.day, is_later] = Ended(claimed.kind, ending, claimed.due_at, at)
        if is_later:
            self.later.pop(claimed.day, None)
        if ending in SENT:
            self._sent(claimed, ending)
        if not is_later and ending in {"last", "blocked"} and not self.answers:
            self.book(at)
            self.silent = True
        self.answers = False

    def _sent(self, claimed: Claimed, ending: str) -> None:
        if self.congratulates:
            self.congratulated = True
        elif ending != "last" and claimed.kind != "look-back":
            self.congratulated = False
        if claimed.kind != "later":
            self.unanswered = 0 if self.answers else self.unanswered + 1
            self.last_day = claimed.day

    def _decision(self, claimed: Claimed, at: int) -> str:  # noqa: C901, PLR0911 - one rule after the other
        plan, is_later = self.plan, claimed.kind == "later"
        if plan is None:
            return "declined"
        if not is_later:
            due = plan.due(claimed.day)
            if due and due > at + 60:
                return "moved"
            assert (due, plan.kind(claimed.day)) == (claimed.due_at, claimed.kind) or (
                claimed.day in self.excused
            ), f"{claimed} was not asked for: {plan}"
        else:
            assert self.later.get(claimed.day) == claimed.due_at
        assert at >= claimed.due_at, f"{claimed} comes too early"
        local = plan.local(at)
        is_awake = 6 <= local.hour < 21
        if plan.back_on and claimed.day < plan.back_on:
            return "paused"
        if claimed.kind != "look-back" and any(plan.day(one) == claimed.day for one in self.done):
            return "done"
        is_rare = self.unanswered >= 3 and self.last_day is not None
        if not is_later and is_rare and (claimed.day - self.last_day).days < 3:
            return "rested"
        if at - claimed.due_at > 2 * HOUR:
            return "late"
        if not is_awake or local.date() != claimed.day:
            return "quiet"
        if not is_later and self.unanswered >= 3 + 4:
            return "last"
        if self.through and self.congratulated and claimed.kind != "look-back":
            return "finished"
        return "message"

    def _out_of_time(self, claimed: Claimed, at: int) -> set[str]:
        assert self.plan
        if at - claimed.due_at >= 2 * HOUR:
            return {"late"}
        return {"quiet"} if not 6 <= self.plan.local(at).hour < 21 else set()

    def clock_is_right_again(self, at: float) -> None:
        """What ended by a clock that was ahead waits again."""
        for key, one in [*self.ended.items()]:
            if one.ending in BY_THE_CLOCK and one.at > at + A_WRONG_CLOCK:
                del self.ended[key]
                if key[1]:
                    self.later[key[0]] = one.due_at

    def settings(self, **changed):
        """The plan with something changed in it."""
        assert self.plan
        return replace(self.plan, **changed)
