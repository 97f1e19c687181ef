"""From words to numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.features import Features, skeleton

TEXTS = [
    text.split()
    for text in (
        "what does a backend developer do",
        "what does a pilot do",
        "backend karana eka mokakda",
        "mokakda karanne mehema",
        "how much do they earn",
        "how much does a developer earn",
        "kohomada patan ganne",
        "kohomada backend patan ganne",
    )
]
FEATURES = Features.learn(TEXTS)
WORDS = sorted({word for text in TEXTS for word in text})


def same(one, other) -> bool:
    return np.array_equal(one.columns, other.columns) and np.array_equal(one.values, other.values)


def nearness(one: str, other: str) -> float:
    """The cosine of two texts, by the features they share."""
    rows = np.zeros((2, len(FEATURES.names)))
    for row, text in zip(rows, (one, other), strict=True):
        vector = FEATURES.of(text.split())
        row[vector.columns] = vector.values
    lengths = np.linalg.norm(rows, axis=1)
    return float(rows[0] @ rows[1] / max(lengths[0] * lengths[1], 1e-9))


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=20))
def test_the_same_words_give_the_same_row_always(words):
    assert same(FEATURES.of(words), FEATURES.of(list(words)))
    assert same(FEATURES.of(words), Features.learn(TEXTS).of(words))


@given(st.permutations(TEXTS))
def test_the_order_of_learning_makes_no_difference(texts):
    other = Features.learn(texts)
    assert other.names == FEATURES.names
    assert np.array_equal(other.rarity, FEATURES.rarity)


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=30))
def test_a_row_is_finite_sorted_and_each_of_its_kinds_of_features_has_length_one(words):
    vector = FEATURES.of(words)
    assert len(vector.columns) == len(vector.values)
    assert np.isfinite(vector.values).all()
    assert (np.diff(vector.columns) > 0).all()
    for block in "012":
        squares = [
            value**2
            for column, value in zip(vector.columns, vector.values, strict=True)
            if FEATURES.names[column].startswith(block)
        ]
        assert not squares or sum(squares) == pytest.approx(1, abs=1e-4)


def test_no_words_and_unknown_words_give_an_empty_row():
    assert len(FEATURES.of([]).columns) == 0
    assert len(FEATURES.of(["ෆෆෆ"]).columns) == 0


def test_what_occurs_in_one_phrasing_only_is_no_feature():
    assert "1pilot" not in FEATURES.names
    assert "1developer" in FEATURES.names
    assert "1how much" in FEATURES.names


def test_rare_words_weigh_more_than_common_ones():
    weight = dict(zip(FEATURES.names, FEATURES.rarity, strict=True))
    assert weight["1mokakda"] > weight["1backend"]


def test_the_order_of_words_counts_and_a_slip_stays_near():
    assert nearness("how much do they earn", "how mch do they earn") > 0.5
    assert nearness("how much do they earn", "kohomada patan ganne") < 0.1
    assert nearness("how much", "how much") > nearness("how much", "much how")


@pytest.mark.parametrize(
    "spellings",
    [
        ["karanne", "karane", "krnne", "karannee"],
        ["kohomada", "kohmada", "kohomda", "khmd"],
        ["venawa", "wenawa", "wenava", "wenwa"],
        ["thiyenawa", "tiyenawa", "thyenava"],
        ["sambalam", "shambalam", "sambaalam"],
        ["pathi", "paththi", "patti"],
        ["dhaana", "daana", "dana"],
        ["photo", "foto"],
    ],
)
def test_spellings_of_one_word_in_latin_letters_have_one_skeleton(spellings):
    assert len({skeleton(word) for word in spellings}) == 1, [skeleton(word) for word in spellings]


@pytest.mark.parametrize(
    ("one", "other"),
    [("salary", "sambalam"), ("karanne", "kiyanne"), ("python", "pilot"), ("ape", "epa"), ("day", "do")],
)
def test_different_words_have_different_skeletons(one, other):
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize("word", ["", "a", "api", "කොහොමද", "எப்படி", "café"])
def test_short_words_and_words_in_other_scripts_are_their_own_skeleton(word):
    assert skeleton(word) == word
