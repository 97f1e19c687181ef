"""The arithmetic of how fast calls may follow each other."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pace import Pace

GAPS = st.lists(st.one_of(st.just(0.0), st.floats(0, 12)), max_size=40)
EVERY = st.sampled_from([1 / 29, 0.5, 1.0, 4.0])
BURST = st.integers(1, 5)


def let_through(pace, gaps):
    """When each goes that arrives these seconds after the one before."""
    return [now + pace.reserve(now) for now in itertools.accumulate(gaps)]


@given(gaps=GAPS, every=EVERY, burst=BURST)
def test_within_any_span_no_more_go_than_the_burst_and_one_for_each_pause(gaps, every, burst):
    times = let_through(Pace(every, burst), gaps)
    for first, start in enumerate(times):
        for last, end in enumerate(times[first:], start=first):
            assert last - first + 1 <= burst + (end - start) / every + 1e-6


@given(gaps=GAPS, every=EVERY, burst=BURST)
def test_nobody_waits_longer_than_those_before_make_necessary_nor_overtakes_them(gaps, every, burst):
    went = []
    for number, now in enumerate(itertools.accumulate(gaps)):
        earliest = [start + (number - at + 1 - burst) * every for at, start in enumerate(went)]
        went.append(max([now, *earliest, *went[-1:]]))
    assert let_through(Pace(every, burst), gaps) == pytest.approx(went)


@given(gaps=GAPS, every=EVERY, burst=BURST, later=st.floats(0, 300))
def test_one_that_has_rested_is_as_good_as_new(gaps, every, burst, later):
    pace = Pace(every, burst)
    now = sum(gaps)
    let_through(pace, gaps)
    if pace.rested(now + later):
        more = [now + later, *[0.0] * (burst + 2)]
        assert let_through(pace, more) == pytest.approx(let_through(Pace(every, burst), more))


def test_looking_takes_no_place():
    pace = Pace(1.0, 2)
    assert [pace.wait(5.0) for _ in range(9)] == [0.0] * 9
    assert [pace.reserve(5.0) for _ in range(3)] == [0.0, 0.0, 1.0]
    assert pace.wait(5.0) == 2.0
    assert pace.wait(6.5) == 0.5
