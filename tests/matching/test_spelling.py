"""Misspelt, glued and split words."""

import string
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.spelling import Spelling

COUNTS = Counter(
    {
        "what": 50,
        "does": 50,
        "developer": 30,
        "backend": 40,
        "salary": 20,
        "database": 20,
        "python": 20,
        "learn": 20,
        "how": 60,
        "to": 60,
        "data": 20,
        "algorithm": 5,
        "rare": 1,
        "සම්බළම": 10,
    }
)


@pytest.fixture
def spelling():
    return Spelling(COUNTS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("salry", "salary"),
        ("saalary", "salary"),
        ("salaru", "salary"),
        ("slaary", "salary"),
        ("bakend", "backend"),
        ("pythn", "python"),
        ("devloper", "developer"),
        ("devolaper", "developer"),
        ("algoritm", "algorithm"),
        ("algorythim", "algorithm"),
    ],
)
def test_one_slip_is_mended_and_two_in_a_long_word(typed, meant, spelling):
    assert spelling.mend([typed]) == [meant]


@pytest.mark.parametrize("word", list(COUNTS))
def test_known_words_are_left_alone(word, spelling):
    assert spelling.mend([word]) == [word]


@pytest.mark.parametrize(
    "word", ["xyz", "hwo", "cs50", "salry1", "zzzzzz", "සම්බලම", "வேலை", "plumbing", "pithom", ""]
)
def test_what_is_too_short_too_far_or_not_in_latin_letters_is_left_alone(word, spelling):
    assert spelling.mend([word]) == [word]


def test_a_word_that_hardly_occurs_is_no_target(spelling):
    assert spelling.mend(["rarre"]) == ["rarre"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("backenddeveloper", "backend developer"),
        ("howtolearnpython", "how to learn python"),
        ("whatdoesbackend", "what does backend"),
    ],
)
def test_glued_words_are_taken_apart(typed, meant, spelling):
    assert spelling.mend([typed]) == meant.split()


@pytest.mark.parametrize(
    ("typed", "meant"), [("data base", "data base"), ("deve loper", "developer"), ("pyt hon", "python")]
)
def test_split_words_are_joined_unless_both_parts_are_words_themselves(typed, meant):
    counts = COUNTS + Counter(base=5)
    assert Spelling(counts).mend(typed.split()) == meant.split()


def test_a_split_word_is_joined_where_one_part_is_unknown(spelling):
    assert spelling.mend(["data", "base"]) == ["database"]


def test_the_commoner_of_equally_near_words_is_taken():
    counts = Counter({"loops": 3, "loots": 30})
    assert Spelling(counts).mend(["loois"]) == ["loots"]


def test_mending_does_not_depend_on_what_was_mended_before_or_on_the_order_of_learning():
    words = ["salry", "bakend", "pythn", "whatdoesbackend", "zzzz"]
    one, other = Spelling(COUNTS), Spelling(Counter(dict(reversed(COUNTS.items()))))
    alone = {word: one.mend([word]) for word in words}
    assert {word: other.mend([word]) for word in reversed(words)} == alone
    assert {word: one.mend([word]) for word in words} == alone


@given(
    st.lists(
        st.text(min_size=1, max_size=60) | st.sampled_from([*COUNTS, "data", "base", "pyt"]), max_size=10
    )
)
def test_any_words_are_left_as_they_are_or_become_known_ones(words):
    mended = Spelling(COUNTS).mend(words)
    assert all(word in COUNTS or word in words for word in mended)


@given(st.sampled_from(sorted(w for w in COUNTS if len(w) >= 6 and w.isascii())), st.data())
def test_leaving_out_any_letter_but_the_first_is_mended(word, data):
    place = data.draw(st.integers(1, len(word) - 1))
    typed = word[:place] + word[place + 1 :]
    if typed not in COUNTS:
        assert Spelling(COUNTS).mend([typed]) == [word]


def test_nothing_is_mended_without_any_known_words():
    assert Spelling(Counter()).mend(["salary", *string.ascii_lowercase]) == [
        "salary",
        *string.ascii_lowercase,
    ]
