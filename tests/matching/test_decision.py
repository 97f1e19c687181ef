"""From what speaks for each label to one of the honest outcomes."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.decision import LEXICAL_GATE, MEANING_GATE, MOST_CHOICES, SIGNALS, decide, signals
from bot.matching.match import Outcome
from tests.matching.boards import BOARD, CAREER, LABELS, named, piece

ANSWERABLE = {label for label in LABELS if label.startswith(("facet/", f"{CAREER}/", "bot/"))}
OTHERS = [label for label in LABELS if label not in ANSWERABLE]
STRENGTH = st.floats(-2.5, 2.5, width=32)
ROWS = st.fixed_dictionaries(dict.fromkeys(LABELS, STRENGTH))
ABOUT = st.builds(named, role=st.booleans(), others=st.sampled_from([(), ("pilot",)]))
PIECES = st.builds(piece, ROWS, ABOUT, st.none() | ROWS)

NAMED = named(role=True)
"""A question that names its career; it is the easiest to answer."""


def test_one_label_far_ahead_is_answered():
    found = decide(BOARD, piece({"facet/pay": 1.2}, NAMED))
    assert found.outcome is Outcome.ANSWER
    assert found.candidates[0].id == f"{CAREER}/pay"


def test_a_single_duty_is_answered_with_its_own_id():
    found = decide(BOARD, piece({f"{CAREER}/duties/apis": 1.2}, NAMED))
    assert (found.outcome, found.candidates[0].id) == (Outcome.ANSWER, f"{CAREER}/duties/apis")


def test_a_function_far_ahead_is_done():
    found = decide(BOARD, piece({"bot/help": 2.5}, NAMED))
    assert (found.outcome, found.candidates[0].id) == (Outcome.ACTION, "bot/help")


def test_labels_that_are_close_are_offered_the_strongest_first():
    rivals = {"facet/pay": 0.3, "facet/duties": 0.25, "facet/roadmap": 0.2, "facet/overview": 0.15}
    found = decide(BOARD, piece(rivals, NAMED))
    assert found.outcome is Outcome.CHOICES
    assert [one.id for one in found.candidates] == [
        f"{CAREER}/{name}" for name in ("pay", "duties", "roadmap")
    ]


def test_another_career_is_recognised_by_its_id():
    found = decide(BOARD, piece({"unknown-role": 1.0}, named(others=("pilot",))))
    assert (found.outcome, found.other_career) == (Outcome.UNKNOWN_ROLE, "pilot")


def test_where_only_another_career_is_named_a_side_any_career_has_is_not_answered_for_ours():
    found = decide(BOARD, piece({"facet/pay": 1.0, "unknown-role": 0.6}, named(others=("pilot",))))
    assert (found.outcome, found.other_career) == (Outcome.UNKNOWN_ROLE, "pilot")


def test_where_both_are_named_ours_may_be_answered():
    found = decide(
        BOARD, piece({"facet/pay": 1.5, "unknown-role": -0.8}, named(role=True, others=("pilot",)))
    )
    assert found.outcome is Outcome.ANSWER


def test_a_pointer_says_whom_to_ask_and_stays_not_understood():
    found = decide(BOARD, piece({"pointers/visa": 2.0}, NAMED))
    assert (found.outcome, found.pointer, found.candidates) == (Outcome.NOT_UNDERSTOOD, "pointers/visa", ())


def test_chatter_is_off_topic_and_what_nothing_speaks_for_is_not_understood():
    assert decide(BOARD, piece({"off-topic/weather": 1.0, "off-topic/": 1.0})).outcome is Outcome.OFF_TOPIC
    assert decide(BOARD, piece({"facet/pay": -0.9, "off-topic/": 0.2})).outcome is Outcome.NOT_UNDERSTOOD


@pytest.mark.parametrize("label", OTHERS)
def test_what_is_no_answer_is_never_answered_however_strongly_it_is_meant(label):
    for about, meaning in itertools.product((named(), NAMED), (None, {label: 2.0})):
        found = decide(BOARD, piece({label: 2.0, "off-topic/": 1.0}, about, meaning))
        assert found.outcome not in {Outcome.ANSWER, Outcome.ACTION}


@given(PIECES)
def test_choices_are_at_most_three_different_answers_the_likeliest_first(one):
    found = decide(BOARD, one)
    ids = [candidate.id for candidate in found.candidates]
    sure = [candidate.confidence for candidate in found.candidates]
    assert len(ids) == len(set(ids)) <= MOST_CHOICES == 3
    assert sure == sorted(sure, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in sure)
    assert {one.replace(f"{CAREER}/", "", 1) for one in ids} & {
        "unknown-role",
        "lookalike",
        "off-topic/",
    } == set()


@given(PIECES)
def test_the_outcome_says_what_else_is_there(one):
    found = decide(BOARD, one)
    assert found.outcome is not Outcome.SAFETY
    assert bool(found.candidates) == (found.outcome in {Outcome.ANSWER, Outcome.ACTION, Outcome.CHOICES})
    assert found.pointer is None or found.outcome is Outcome.NOT_UNDERSTOOD
    if found.outcome in {Outcome.ANSWER, Outcome.ACTION}:
        is_function = found.candidates[0].id.startswith("bot/")
        assert is_function == (found.outcome is Outcome.ACTION)


@given(PIECES)
def test_only_the_strongest_label_in_scope_is_answered(one):
    found = decide(BOARD, one)
    if found.outcome in {Outcome.ANSWER, Outcome.ACTION}:
        in_scope = np.flatnonzero(BOARD.known)
        best = max(in_scope, key=lambda column: one.margins[column])
        assert BOARD.ids[best] == found.candidates[0].id


@given(
    PIECES, st.sampled_from([label for label in OTHERS if label.startswith("off-topic/")]), st.floats(0, 2)
)
def test_more_that_speaks_for_chatter_never_makes_an_answer_of_what_was_none(one, label, more):
    before = decide(BOARD, one).outcome
    lexical = one.lexical.copy()
    lexical[LABELS.index(label)] += more
    rows = dict(zip(LABELS, lexical, strict=True))
    meaning = None if one.meaning is None else dict(zip(LABELS, one.meaning, strict=True))
    after = decide(BOARD, piece(rows, one.named, meaning)).outcome
    if after in {Outcome.ANSWER, Outcome.ACTION}:
        assert before is after


@pytest.mark.parametrize("gate", [LEXICAL_GATE, MEANING_GATE], ids=["lexical", "meaning"])
@given(
    given_signals=st.lists(st.floats(-5, 5), min_size=len(SIGNALS), max_size=len(SIGNALS)),
    place=st.integers(0, len(SIGNALS) - 1),
    more=st.floats(0.01, 3),
)
def test_the_gate_moves_with_each_signal_one_way_only(gate, given_signals, place, more):
    raised = list(given_signals)
    raised[place] += more
    before, after = (gate.likelihood(np.array(one)) for one in (given_signals, raised))
    assert 0 <= before <= 1
    if gate.weights[place] >= 0:
        assert after >= before
    else:
        assert after <= before


@pytest.mark.parametrize("gate", [LEXICAL_GATE, MEANING_GATE], ids=["lexical", "meaning"])
def test_the_best_label_speaks_for_answering_and_everything_off_topic_against(gate):
    weight = dict(zip(SIGNALS, gate.weights, strict=True))
    assert weight["margin of the best label"] > 0
    assert weight["the career is named"] > 0
    assert all(weight[name] <= 0 for name in SIGNALS if "off-topic" in name or "off topic" in name)
    assert 0 < gate.offer < gate.answer < 1


@given(PIECES)
def test_signals_are_finite_and_those_of_an_embedding_nothing_without_one(one):
    found = signals(BOARD, one, 0, 1)
    assert len(found) == len(SIGNALS)
    assert np.isfinite(found).all()
    if one.meaning is None:
        assert all(found[place] == 0 for place, name in enumerate(SIGNALS) if name.startswith("embedding"))


def test_a_second_clear_question_is_answered_as_well():
    pay, roadmap = (piece({f"facet/{name}": 2.0}, NAMED) for name in ("pay", "roadmap"))
    found = decide(BOARD, piece({"facet/pay": 1.5, "facet/roadmap": 0.2}, NAMED), (pay, roadmap))
    assert found.outcome is Outcome.ANSWER
    assert found.also is not None
    assert (found.candidates[0].id, found.also.id) == (f"{CAREER}/pay", f"{CAREER}/roadmap")


@pytest.mark.parametrize(
    "second", [{"facet/pay": 2.0}, {"bot/help": 2.0}, {"off-topic/": 2.0}, {"facet/roadmap": -0.9}]
)
def test_a_second_part_that_is_the_same_no_answer_or_unclear_adds_nothing(second):
    parts = (piece({"facet/pay": 2.0}, NAMED), piece(second, NAMED))
    assert decide(BOARD, piece({"facet/pay": 1.5}, NAMED), parts).also is None


def test_a_board_without_labels_off_topic_or_in_distress_is_no_board_of_a_knowledge():
    assert set(BOARD.ids) >= {f"{CAREER}/pay", "bot/help"}
    assert BOARD.foreign.sum() == 3
    assert BOARD.wanted.sum() == len(ANSWERABLE)
