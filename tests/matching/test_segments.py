"""Where in a long message a question stands."""

from hypothesis import given
from hypothesis import strategies as st

from bot.matching.normalise import clean
from bot.matching.segments import MOST, clauses, sentences


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


@given(st.integers(1, 3000))
def test_an_overlong_sentence_is_cut_between_words_into_pieces_that_keep_them_all(length):
    words = [f"w{place}" for place in range(length)]
    pieces = sentences(" ".join(words))
    assert all(len(piece) <= 300 for piece in pieces)
    assert " ".join(pieces).split() == words


def test_a_word_without_end_is_cut_too():
    assert [len(piece) for piece in sentences("a" * 700)] == [300, 300, 100]
