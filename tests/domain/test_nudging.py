"""When nudges are due, and when they are not sent."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import nudging
from bot.domain.journey import Event
from bot.domain.nudging import EVERY_DAY, WEEKDAYS, Claimed, Plan

COLOMBO = ZoneInfo("Asia/Colombo")
ZONES = sorted(available_timezones() - {"Factory", "localtime"})
YEARS = st.integers(int(datetime(2005, 1, 1, tzinfo=UTC).timestamp()), 2_200_000_000)
AWAKE = st.integers(nudging.WAKES, nudging.SLEEPS - 1)


def at(*when: int, zone: ZoneInfo = COLOMBO) -> int:
    return int(datetime(*when, tzinfo=zone).timestamp())


def happened(*events: tuple[str, str]) -> list[Event]:
    return [
        Event(kind, "", value, 100 + number, f"c{number}", "button")
        for number, (kind, value) in enumerate(events)
    ]


def claimed(day: date, **more: object) -> Claimed:
    given_ = {
        "id": 1,
        "student": "7",
        "day": day,
        "kind": "daily",
        "due_at": nudging.instant(day, 19 * 60, COLOMBO),
        "unanswered": 0,
        "last_day": None,
        "about": "",
        "wording": 0,
        "tries": 1,
        "by": "me",
        "at": 0,
    }
    return Claimed(**(given_ | more))


def test_what_was_asked_for_last_counts_and_off_ends_it():
    asked = [("kept", ""), ("nudge", "0630.12345.si"), ("zone", "Asia/Dubai"), ("look-back", "on")]
    assert nudging.plan_of(happened(*asked)) == Plan(390, WEEKDAYS, "si", "Asia/Dubai", None, look_back=True)
    assert nudging.plan_of(happened(*asked, ("nudge", "off"))) is None
    again = nudging.plan_of(happened(*asked, ("nudge", "off"), ("nudge", "1900.7.en")))
    assert again == Plan(1140, frozenset({7}), "en", "Asia/Dubai", None, look_back=True)


def test_nothing_is_planned_for_who_has_not_let_it_be_kept():
    assert nudging.plan_of(happened(("nudge", "1900.1234567.en"))) is None


@pytest.mark.parametrize(
    "value", ["", "1900", "2460.1.en", "2400.1.en", "1900..en", "1900.89.en", "١٩٠٠.1.en", "-100.1.en", "x"]
)
def test_a_garbled_setting_is_no_plan(value):
    assert nudging.plan_of(happened(("kept", ""), ("nudge", value))) is None


@given(AWAKE, st.sets(st.integers(1, 7), min_size=1), st.sampled_from(["en", "si", "ta-Latn"]))
def test_a_setting_is_read_back_as_it_was_written(minute, days, language):
    value = nudging.setting(minute, days, language)
    assert nudging.plan_of(happened(("kept", ""), ("nudge", value))) == Plan(
        minute, frozenset(days), language
    )


def test_a_pause_ends_by_stopping_and_by_going_on_and_not_by_a_change_of_time():
    paused = [("kept", ""), ("nudge", "1900.1234567.en"), ("pause", "2026-12-06")]
    assert nudging.plan_of(happened(*paused)).back_on == date(2026, 12, 6)
    assert nudging.plan_of(happened(*paused, ("pause", ""))).back_on is None
    assert nudging.plan_of(happened(*paused, ("nudge", "1600.1.en"))).back_on == date(2026, 12, 6)
    begun_anew = happened(*paused, ("nudge", "off"), ("nudge", "1600.1.en"))
    assert nudging.plan_of(begun_anew).back_on is None
    assert nudging.plan_of(happened(*paused, ("pause", "when pigs fly"))).back_on is None


@given(st.sampled_from(ZONES), YEARS, AWAKE)
def test_each_local_day_of_a_year_has_one_nudge_at_the_time_that_was_asked_for(name, after, minute):
    zone = ZoneInfo(name)
    dues = list(islice(nudging.coming(Plan(minute, EVERY_DAY), zone, after), 370))
    for before, due in pairwise(dues):
        # Only a day that the zone itself leaves out is left out.
        for missed in range(1, (due.day - before.day).days):
            left_out = datetime.combine(before.day + timedelta(days=missed), datetime.min.time(), zone)
            assert left_out.astimezone(UTC).astimezone(zone).date() != left_out.date()
        assert due.day > before.day
        assert due.at > before.at
    for due in dues:
        local = datetime.fromtimestamp(due.at, zone)
        assert local.date() == due.day
        wanted = datetime.combine(due.day, datetime.min.time()) + timedelta(minutes=minute)
        # Where clocks are put forward just then, it comes that much later.
        assert timedelta() <= local.replace(tzinfo=None) - wanted <= timedelta(hours=1, minutes=30)


def test_samoa_left_out_a_day_and_so_does_its_nudge():
    zone = ZoneInfo("Pacific/Apia")
    after = at(2011, 12, 28, 20, 0, zone=zone)
    days = [due.day for due in islice(nudging.coming(Plan(19 * 60, EVERY_DAY), zone, after), 3)]
    assert days == [date(2011, 12, 29), date(2011, 12, 31), date(2012, 1, 1)]


@pytest.mark.parametrize(("day", "utc"), [(28, 18), (29, 17)])
def test_the_hour_stays_the_same_on_the_clock_when_summer_time_begins(day, utc):
    due = nudging.instant(date(2026, 3, day), 19 * 60, ZoneInfo("Europe/Rome"))
    assert datetime.fromtimestamp(due, UTC).hour == utc


def test_only_days_that_were_asked_for_come_and_sunday_may_be_a_look_back():
    plan = Plan(19 * 60, WEEKDAYS, look_back=True)
    dues = list(islice(nudging.coming(plan, COLOMBO, at(2026, 11, 26, 12, 0)), 4))
    assert [(due.day.isoweekday(), due.kind) for due in dues] == [
        (4, "daily"),
        (5, "daily"),
        (7, "look-back"),
        (1, "daily"),
    ]


def test_the_first_after_a_pause_is_on_the_day_it_ends():
    plan = Plan(19 * 60, EVERY_DAY, back_on=date(2027, 11, 1))
    due = nudging.first_after_pause(plan, COLOMBO, at(2026, 11, 22, 20, 0))
    assert due.day == date(2027, 11, 1)


@pytest.mark.parametrize(
    ("more", "did", "now", "reason"),
    [
        ({}, False, (19, 0), None),
        ({}, True, (19, 0), "done"),
        ({"kind": "later"}, True, (19, 0), "done"),
        ({"kind": "look-back"}, True, (19, 0), None),
        ({"unanswered": 3, "last_day": date(2026, 11, 22)}, False, (19, 0), "rested"),
        ({"unanswered": 3, "last_day": date(2026, 11, 21)}, False, (19, 0), None),
        ({"unanswered": 2, "last_day": date(2026, 11, 23)}, False, (19, 0), None),
        ({"kind": "later", "unanswered": 5, "last_day": date(2026, 11, 24)}, False, (19, 0), None),
        ({}, False, (20, 59), None),
        ({}, False, (21, 0), "quiet"),
        ({"due_at": at(2026, 11, 24, 6, 0)}, False, (8, 0), None),
        ({"due_at": at(2026, 11, 24, 6, 0)}, False, (8, 1), "late"),
    ],
)
def test_why_a_nudge_is_not_sent(more, did, now, reason):
    plan, day = Plan(19 * 60, EVERY_DAY), date(2026, 11, 24)
    found = nudging.reason_against(
        claimed(day, **more), plan, COLOMBO, at(2026, 11, 24, *now), did_something=did
    )
    assert found == reason


def test_a_pause_tells_nothing_but_that_it_is_one():
    plan, day = Plan(19 * 60, EVERY_DAY, back_on=date(2026, 11, 25)), date(2026, 11, 24)
    late = at(2026, 11, 25, 3, 0)
    rare = claimed(day, unanswered=6, last_day=day)
    assert nudging.reason_against(rare, plan, COLOMBO, late, did_something=True) == "paused"
    assert nudging.reason_against(rare, None, COLOMBO, late, did_something=True) == "declined"


@given(st.sampled_from(ZONES), YEARS)
def test_nobody_is_written_to_between_nine_in_the_evening_and_six_in_the_morning(name, now):
    zone = ZoneInfo(name)
    local = datetime.fromtimestamp(now, zone)
    one = claimed(local.date(), due_at=now)
    reason = nudging.reason_against(one, Plan(0, EVERY_DAY), zone, now, did_something=False)
    assert (reason is None) == (6 <= local.hour < 21)
    assert nudging.is_quiet(local.hour * 60 + local.minute) == (reason == "quiet")
    begins = datetime.fromtimestamp(nudging.quiet_from(now, zone), zone)
    assert begins.date() == local.date()
    assert begins.hour >= 21


def test_what_stays_unanswered_gets_rarer_and_then_silent():
    day, last_day, unanswered, sent = date(2026, 11, 1), None, 0, []
    for _ in range(60):
        if not nudging.rests(unanswered, day, last_day):
            sent.append(((day - date(2026, 11, 1)).days, nudging.is_last(unanswered)))
            if sent[-1][1]:
                break
            unanswered, last_day = nudging.next_unanswered(unanswered, "sent"), day
        day += timedelta(days=1)
    assert sent == [
        (0, False),
        (1, False),
        (2, False),
        (5, False),
        (8, False),
        (11, False),
        (14, False),
        (17, True),
    ]


def test_what_was_not_sent_is_not_counted_as_unanswered():
    assert [nudging.next_unanswered(2, ending) for ending in nudging.ENDINGS] == [
        3 if ending in {"sent", "unknown", "last"} else 2 for ending in nudging.ENDINGS
    ]


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["ticked", "unticked", "done", "undone", "zone"]),
        st.sampled_from(["Asia/Colombo", "America/New_York", "Pacific/Apia", "Nowhere/At all", ""]),
        st.integers(0, 40 * 86_400),
    ),
    max_size=30,
)


@given(EVENTS)
def test_the_count_of_days_with_something_done_never_goes_down(found):
    instants = sorted(when for _, _, when in found)
    events = [
        Event(kind, "step/task", value if kind == "zone" else "0", when, str(number), "button")
        for number, ((kind, value, _), when) in enumerate(zip(found, instants, strict=True))
    ]
    counts = [nudging.days_with_something_done(events[:some], COLOMBO) for some in range(len(events) + 1)]
    assert counts == sorted(counts)


def test_days_are_counted_in_the_zone_of_their_time():
    late = at(2026, 11, 24, 23, 30)
    ticks = [Event("ticked", "a", "", when, str(when), "button") for when in (late, late + 3600, late + 7200)]
    assert nudging.days_with_something_done(ticks, COLOMBO) == 2
    assert nudging.did_something(ticks[:1], date(2026, 11, 24), COLOMBO)
    assert not nudging.did_something(ticks[:1], date(2026, 11, 25), COLOMBO)


def test_each_zone_has_a_code_of_its_own():
    assert len({nudging.zone_code(name) for name in ZONES}) == len(ZONES)


@pytest.mark.parametrize("name", ["Nowhere/At all", "../etc/passwd", "\0", "Asia", "a" * 500])
def test_a_zone_that_is_none_leaves_the_other(name):
    assert nudging.zone_named(name, COLOMBO) is COLOMBO
