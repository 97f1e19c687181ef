"""Which careers a question names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.knowledge import OtherCareer
from bot.matching.careers import OTHER, ROLE, Careers, fill
from bot.matching.normalise import clean, words_of
from tests.samples import career


def other(name: str, **names: list[str]) -> OtherCareer:
    listed = {language.replace("_", "-"): tuple(given) for language, given in names.items()}
    return OtherCareer(id=name, title=name.replace("-", " ").capitalize(), names=listed)


OTHERS = [
    other("engineer", en=["engineer"]),
    other("software-engineer", en=["software engineer", "app engineer"]),
    other("software-quality-engineer", en=["software quality engineer", "tester"]),
    other("doctor", en=["doctor"], si_Latn=["dosthara"], si=["වෛද්‍යවරයා", "දොස්තර"], ta=["மருத்துவர்"]),
    other("backend-developer-of-games", en=["backend developer of games"]),
    other("namesake", en=["backend developer", "doctor"]),
]


@pytest.fixture
def careers():
    return Careers([career(), career("ux-designer", "UX Designer")], OTHERS)


def named(careers: Careers, question: str):
    return careers.name(words_of(clean(question)))


def test_a_known_career_is_taken_out_so_that_phrasings_serve_every_career(careers):
    found = named(careers, "What does a Backend Developer earn?")
    assert found.words == ("what", "does", "a", ROLE, "earn")
    assert found.roles == ("backend-developer",)
    assert found.others == ()


def test_another_career_keeps_its_name_and_is_marked(careers):
    found = named(careers, "how to become a doctor")
    assert found.words == ("how", "to", "become", "a", OTHER, "doctor")
    assert (found.roles, found.others) == ((), ("doctor",))


@pytest.mark.parametrize(
    ("question", "career_id"),
    [
        ("engineer salary", "engineer"),
        ("software engineer salary", "software-engineer"),
        ("software quality engineer salary", "software-quality-engineer"),
        ("a backend developer of games", "backend-developer-of-games"),
    ],
)
def test_the_longest_name_wins(question, career_id, careers):
    found = named(careers, question)
    assert (found.others, found.roles) == ((career_id,), ())


def test_a_name_that_two_share_belongs_to_the_known_career_and_then_to_the_earlier_one(careers):
    assert named(careers, "backend developer").roles == ("backend-developer",)
    assert named(careers, "doctor").others == ("doctor",)


@pytest.mark.parametrize(
    "question",
    [
        "doctors earn what",
        "dostharata padi kiyada",
        "dostharalage padiya",
        "දොස්තරලා",
        "மருத்துவர்கள்",
        "the doctor's pay",
    ],
)
def test_a_name_with_an_ending_is_found(question, careers):
    assert named(careers, question).others == ("doctor",)


@pytest.mark.parametrize(
    "question", ["backend developers", "BACKEND   developer", "back-end developer", "ux designers"]
)
def test_plurals_capitals_and_hyphens_of_a_known_career_are_found(question, careers):
    assert len(named(careers, question).roles) == 1


@pytest.mark.parametrize(
    "question", ["engineering", "doctorate", "testers' union of indoctor", "developer", "backend"]
)
def test_a_word_that_only_begins_alike_is_no_career(question, careers):
    assert "doctor" not in named(careers, question).others
    assert named(careers, question).roles == ()


def test_all_careers_of_a_question_are_found_once_in_reading_order(careers):
    found = named(careers, "ux designer or backend developer or ux designer, and doctor, tester, doctor")
    assert found.roles == ("ux-designer", "backend-developer")
    assert found.others == ("doctor", "software-quality-engineer")


def test_names_in_sinhala_and_tamil_are_found_with_and_without_joiners(careers):
    assert named(careers, "වෛද්‍යවරයා").others == ("doctor",)
    assert named(careers, "වෛද්යවරයා").others == ("doctor",)
    assert named(careers, "மருத்துவர் சம்பளம்").others == ("doctor",)


@given(
    st.lists(
        st.sampled_from("a the doctor engineer software quality backend developer of ux designer zz".split())
    )
)
def test_no_other_word_of_a_question_is_lost_or_moved(words):
    careers = Careers([career()], OTHERS)
    found = careers.name(words)
    rebuilt = [word for word in found.words if word != OTHER]
    expected = " ".join(words).replace("backend developer of", "@@ of").replace("backend developer", ROLE)
    if "@@" not in expected:
        assert " ".join(rebuilt) == expected
    assert found.words.count(ROLE) >= len(found.roles)
    assert found.words.count(OTHER) >= len(found.others)


def test_names_with_more_than_six_words_or_none_are_passed_over():
    long = other("long", en=["one two three four five six seven", "?!", "🔥"])
    careers = Careers([], [long])
    assert named(careers, "one two three four five six seven").others == ()
    assert named(careers, "long").others == ("long",)


def test_filling_a_phrasing_leaves_other_braces_alone():
    assert (
        fill("what does a {role} do with {} and {x}", {"role": "pilot"})
        == "what does a pilot do with {} and {x}"
    )
