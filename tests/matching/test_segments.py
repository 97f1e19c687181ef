"""Where in a long message a question stands."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.normalise import clean
from bot.matching.segments import MOST, clauses, sentences, windows


def test_a_message_is_split_at_the_ends_of_its_sentences():
    assert sentences("hello sir. i am nimal! what is sql? thanks\nbye") == [
        "hello sir.",
        "i am nimal!",
        "what is sql?",
        "thanks",
        "bye",
    ]


def test_points_inside_words_split_nothing():
    assert sentences("what is node.js and code.org") == ["what is node.js and code.org"]


def test_sinhala_and_tamil_sentences_are_split_too():
    assert len(sentences("මම නිමල්. පඩිය කීයද? ස්තුතියි")) == 3
    assert len(sentences("நான் குமார். சம்பளம் எவ்வளவு? நன்றி")) == 3


@given(st.text(st.sampled_from("ab .?!\n;,…")))
def test_no_letter_is_lost_by_splitting_a_message_of_few_sentences(text):
    parts = sentences(text)
    assert all(part == part.strip() != "" for part in parts)
    if len(parts) < MOST:
        kept = "".join(parts)
        assert [sign for sign in kept if sign in "ab,"] == [sign for sign in text if sign in "ab,"]


@given(st.text(st.characters(exclude_categories=[])))
def test_any_message_is_split(text):
    assert len(sentences(clean(text))) <= MOST


def test_of_very_many_sentences_the_first_and_the_last_are_kept():
    parts = sentences("".join(f"sentence {n}. " for n in range(1000)))
    assert len(parts) == MOST
    assert (parts[0], parts[-1]) == ("sentence 0.", "sentence 999.")


def test_a_second_question_begins_its_own_part():
    asked = "how much do they earn and which companies hire them"
    assert clauses(asked.split()) == [
        "how much do they earn".split(),
        "which companies hire them".split(),
    ]


def test_and_inside_a_question_splits_nothing():
    assert len(clauses("difference between frontend and backend".split())) == 1


@given(st.lists(st.sampled_from("a b c and".split()), max_size=2000))
def test_an_overlong_run_of_words_is_cut_into_pieces_that_overlap(words):
    pieces = windows(words)
    assert len(pieces) <= MOST
    assert all(len(piece) <= 32 for piece in pieces)
    assert pieces[0] == words[:32]
    for before, after in itertools.pairwise(pieces):
        assert before[16:] == after[: len(before) - 16]


@given(st.integers(33, 900))
def test_every_word_of_a_run_that_is_not_endless_is_in_some_piece(length):
    words = [str(place) for place in range(length)]
    assert {word for piece in windows(words) for word in piece} == set(words)
