"""Steps named by their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.ordinals import alone, places, tasks


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("step 3 done", (3,)),
        ("i finished the first step", (1,)),
        ("steps 1 2 and 3", (1, 2, 3)),
        ("steps 2 to 4 are over", (2, 3, 4)),
        ("first two steps", (1, 2)),
        ("first and second steps", (1, 2)),
        ("the last step", (5,)),
        ("step no 4", (4,)),
        ("3wana piyawara iwarai", (3,)),
        ("thunweni piyawara", (3,)),
        ("2vathu padi mudinju", (2,)),
        ("moonavathu step", (3,)),
        ("තුන්වෙනි පියවර ඉවරයි", (3,)),
        ("அஞ்சாவது படி", (5,)),
    ],
)
def test_a_step_named_by_its_place_is_found_for_sure(sentence, expected):
    assert places(sentence.split(), 5) == (expected, True)


@pytest.mark.parametrize(("sentence", "expected"), [("1st one is done", (1,)), ("number 2", (2,))])
def test_without_a_word_for_step_it_is_found_but_not_for_sure(sentence, expected):
    assert places(sentence.split(), 5) == (expected, False)


@pytest.mark.parametrize(
    "sentence",
    [
        "i finished 2 steps",
        "first of all thanks",
        "i am in grade 8",
        "step by step",
        "i came first in the race",
        "one more to go",
        "skip a step",
        "step 9",
        "step 0",
        "",
    ],
)
def test_what_names_no_place_among_the_steps_finds_none(sentence):
    assert places(sentence.split(), 5)[0] == ()


WORDS = "step steps 1 2 99 first second last two and to one no eka 3rd 0th படி පියවර x".split()


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.integers(1, 30))
def test_only_places_that_there_are_come_out_and_each_once(words, count):
    found, _ = places(words, count)
    assert all(1 <= place <= count for place in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("task 3 done", (3,)),
        ("first task", (1,)),
        ("the first two tasks", (1, 2)),
        ("step 3 task 2", (2,)),
        ("task 2 of step 3", (2,)),
        ("last task", (7,)),
        ("task 99", (99,)),
        ("2weni task eka", (2,)),
        ("பணி 2", (2,)),
        ("i did 2 tasks", ()),
        ("my task", ()),
        ("all tasks", None),
        ("step 3", None),
        ("", None),
    ],
)
def test_tasks_are_named_by_their_place(sentence, expected):
    assert tasks(sentence.split(), 7) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("4", (4,)), ("2 and 3", (2, 3)), ("2nd", (2,)), ("last", (5,)), ("4 done", ()), ("and", ()), ("", ())],
)
def test_a_number_alone_is_a_place(sentence, expected):
    assert alone(sentence.split(), 5) == expected
