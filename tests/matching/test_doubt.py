"""What leaves open that a step is to be marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.careers import ROLE
from bot.matching.doubt import (
    Part,
    cut,
    is_about_all,
    is_doubtful,
    is_elsewhere,
    is_question,
    without_asides,
)
from bot.matching.normalise import clean, words_of


def words(sentence):
    return words_of(clean(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "i nearly finished x",
        "half of x",
        "x thama karanawa",
        "still doing x",
        "i will do x",
        "all but x",
        "x done but i did not do the other",
        "don't skip x",
        "no need to skip x",
        "x skip karanna epa",
        "x skip பண்ண வேண்டாம்",
        "jump ahead to x",
        "x ku po",
        "her x is done",
        "my mother did x",
        "மගේ යාළුවා x කළා",
        "en thambi x mudichan",
        "avanukku x theriyum",
        "i think x is done",
        "x mudinjuthu nu ninaikiren",
        f"i know a {ROLE}",
    ],
)
def test_a_doubt_is_noticed(sentence):
    assert is_doubtful(words(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "i finished x",
        "i did not finish x",
        "i dont want x skip it",
        "x epa skip karanna",
        "i will skip x",
        "i wont do x",
        "going to skip x",
        "x with my friend",
        "my friend and i did x",
        "nangi ekka x kala",
        "sir x done",
        "move on without x",
        "i think in systems now",
        "i thought about x",
        "x iwarai",
        "x முடிஞ்சுது",
        "itha vittu munnuku po",
        "skip to the next",
    ],
)
def test_a_plain_sentence_leaves_no_doubt(sentence):
    assert not is_doubtful(words(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "is x done",
        "did i do x",
        "ok bro when did i do x",
        "should i skip x",
        "x iwarada",
        "x ඉවරද",
        "x முடிஞ்சுதா",
    ],
)
def test_a_question_is_known_without_its_mark(sentence):
    assert is_question(Part(tuple(words(sentence)), is_asked=False))


@pytest.mark.parametrize(
    "sentence",
    ["can you tick x", "could you skip x", "did x yesterday", "did it", "can not do x", "x eka wada", ""],
)
def test_what_is_asked_to_be_done_or_told_is_no_question(sentence):
    assert not is_question(Part(tuple(words(sentence)), is_asked=False))


def test_a_question_mark_belongs_to_the_part_before_it():
    assert [*cut("x done! what next? bye")] == [("x done", False), ("what next", True), ("bye", False)]


def test_everything_is_more_than_this_step():
    assert is_about_all(words("i finished everything"))
    assert not is_about_all(words("i know everything in this step"))


def test_school_is_something_else_that_is_finished_but_also_a_place():
    assert is_elsewhere(words("i finished school"))
    assert is_elsewhere(words("பள்ளிக்கூடம் முடிஞ்சுது"))
    assert not is_elsewhere(words("i did this at my school"))
    assert not is_elsewhere(words("school la padichiten"))


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("all except x", ["all"]),
        ("all other than x", ["all"]),
        ("x thavira ellam", ["ellam"]),
        ("go on without x", ["go", "on", "without", "x"]),
        ("i think x is done", ["x", "is", "done"]),
        ("x done", ["x", "done"]),
    ],
)
def test_what_is_left_out_is_not_named(sentence, left):
    assert without_asides(sentence.split()) == left


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_words_are_judged(some):
    is_doubtful(some)
    is_question(Part(tuple(some), is_asked=True))
    is_elsewhere(some)
    assert len(without_asides(some)) <= len(some)
