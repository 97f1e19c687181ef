"""The whole way from a question to a match, on the shipped knowledge."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.match import Match, Outcome
from tests.matching.conftest import learnt

ROLE = "backend-developer"

CLEAR = {
    "how much do backend developers earn": "pay",
    "which companies hire backend developers": "employers",
    "which programming languages do backend developers use": "languages",
    "how do i become a backend developer": "roadmap",
    "free resources to learn backend": "resources",
    "what is an api": "duties/apis",
    "how do i learn basic sql": "roadmap/basic-sql",
    "difference between backend and frontend": "vs-frontend",
    "what do backend developers do every day": "duties",
    "how to learn python basics": "roadmap/python-basics",
}


def leet(text: str) -> str:
    """Digits for vowels, inside longer words."""
    digits = str.maketrans("oiea", "0134")
    return " ".join(
        word if len(word) < 5 else word[0] + word[1:-1].translate(digits) + word[-1] for word in text.split()
    )


def halved(text: str) -> str:
    """Each long word split in its middle."""
    return " ".join(
        word if len(word) < 8 else f"{word[: len(word) // 2]} {word[len(word) // 2 :]}"
        for word in text.split()
    )


VARIANTS = {
    "mention": lambda text: f"@career_club_bot {text}",
    "mention at the end": lambda text: f"{text} @nimal",
    "HTML": lambda text: f"<b>{text.replace(' ', '</b> <i>', 1)}</i><br/>",
    "entities": lambda text: text.replace(" ", "&nbsp;"),
    "emoji": lambda text: f"🔥 {text.replace(' ', ' 😭 ', 1)} 😭😭🙏🏽",
    "repeated letters": lambda text: re.sub(r"([aeiou])(\w)\b", r"\1\1\1\1\2", text),
    "repeated punctuation": lambda text: text.replace(" ", "... ", 2) + "?!?!?!",
    "zero-width": "\u200b".join,
    "joiners": "\u200d".join,
    "full-width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "l33t": leet,
    "capitals": str.upper,
    "an address": lambda text: f"{text} https://example.org/a?b=c",
    "gaps": lambda text: text.replace(" ", " \t\n  "[:3]),
    "glued names": lambda text: text.replace("backend developer", "backenddeveloper"),
    "glued beginning": lambda text: text.replace(" ", "", 1),
    "split": halved,
    "control characters": lambda text: f"\x00\x1b[2J{text}\x07",
    "half a character": lambda text: f"\ud83d {text}",
}


def first(match: Match) -> tuple[Outcome, str]:
    return match.outcome, match.candidates[0].id if match.candidates else ""


@pytest.mark.parametrize("question", CLEAR)
def test_a_clear_question_is_answered(question, engine):
    assert first(engine.match(question, ROLE)) == (Outcome.ANSWER, f"{ROLE}/{CLEAR[question]}")


@pytest.mark.parametrize("question", CLEAR)
@pytest.mark.parametrize("variant", VARIANTS)
def test_dressing_a_question_up_does_not_change_what_it_means(variant, question, engine):
    dressed = VARIANTS[variant](question)
    found = engine.match(dressed, ROLE)
    assert found.outcome in {Outcome.ANSWER, Outcome.CHOICES}, dressed
    assert found.candidates[0].id == f"{ROLE}/{CLEAR[question]}", dressed


@pytest.mark.parametrize(
    "question", ["how much do backend developers earn", "which companies hire backend developers"]
)
def test_a_question_typed_without_a_single_gap_is_answered(question, engine):
    assert engine.match(question.replace(" ", ""), ROLE).candidates[0].id == f"{ROLE}/{CLEAR[question]}"


@pytest.mark.parametrize(
    "question", ["how much do backend developers earn", "which companies hire backend developers"]
)
def test_a_question_with_a_gap_after_every_letter_is_answered(question, engine):
    assert engine.match(" ".join(question), ROLE).candidates[0].id == f"{ROLE}/{CLEAR[question]}"


@given(st.text(st.characters(exclude_categories=[]), max_size=300), st.sampled_from([ROLE, None, "gone", ""]))
@settings(deadline=None, max_examples=150)
def test_any_text_gives_a_match(small_engine, text, role):
    found = small_engine.match(text, role)
    assert isinstance(found, Match)
    assert found.role == ROLE
    assert len(found.candidates) <= 3


WORDS = [
    *"what is backend developer pilot salary die sql hello අම්මා வேலை <b> @x https://a.b and, how . ?".split(),
    "😭",
    "\n",
]


@given(st.lists(st.sampled_from(WORDS), max_size=400).map(" ".join))
@settings(deadline=None, max_examples=60)
def test_any_heap_of_words_gives_a_match_and_the_same_one_again(small_engine, text):
    assert small_engine.match(text, ROLE) == small_engine.match(text, ROLE)


@pytest.mark.parametrize("text", ["", " ", "?!", "🔥🔥", "\x00", "@someone", "<br>", "https://example.org"])
def test_what_has_no_words_is_not_understood(text, engine):
    assert first(engine.match(text, ROLE)) == (Outcome.NOT_UNDERSTOOD, "")


@pytest.mark.parametrize(
    "unit", ["what is sql? ", "a", "backend developer and ", "<b>@x ", "ක්‍ර ", "and how ", "x. "]
)
def test_fifty_thousand_signs_give_a_match(unit, engine):
    text = (unit * 50_000)[:50_000]
    assert isinstance(engine.match(text, ROLE), Match)


def test_two_engines_learnt_from_the_same_knowledge_answer_alike(few, small_engine):
    other = learnt(few)
    sample = [asked for asks in few.questions.values() for asked in asks["en"]]
    sample += [asked for asks in few.off_topic.values() for asked in asks.get("si-Latn", ())]
    sample += [*CLEAR, "how to become a doctor", "i want to die", "xyzzy", "වැටුප කීයද", "சம்பளம் எவ்வளவு"]
    differing = [asked for asked in sample if other.match(asked, ROLE) != small_engine.match(asked, ROLE)]
    assert differing == []


def test_what_was_asked_before_changes_nothing(small_engine):
    sample = [*CLEAR, "how to become a doctor", "thanks", "i want to die"]
    forwards = [small_engine.match(asked, ROLE) for asked in sample]
    small_engine.match("noise " * 5000, None)
    assert [small_engine.match(asked, ROLE) for asked in reversed(sample)] == forwards[::-1]


@pytest.mark.parametrize("role", [None, "", "astronaut", "backend-developer/pay"])
def test_without_a_known_career_the_first_one_is_asked_about(role, engine):
    found = engine.match("how much do they earn", role)
    assert found.role == ROLE
    assert found.candidates[0].id.startswith(f"{ROLE}/")


def test_a_match_says_whether_the_career_was_named(engine):
    assert engine.match("how much do backend developers earn", ROLE).names_role
    assert not engine.match("how much do they earn", ROLE).names_role


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("how much do backend developers earn", "en"),
        ("backend developer kenekta padi kiyak hambenawada", "si-Latn"),
        ("backend developer ku sambalam evvalavu kidaikum", "ta-Latn"),
        ("බැක්එන්ඩ් ඩිවෙලොපර් කෙනෙක්ගේ පඩිය කීයද", "si"),
        ("பேக்எண்ட் டெவலப்பர் சம்பளம் எவ்வளவு", "ta"),
        ("හෙට වහිනවද", "si"),
    ],
)
def test_a_match_says_which_language_was_written(question, language, engine):
    assert engine.match(question, ROLE).language == language


@pytest.mark.parametrize("title", ["Doctor", "Pilot", "Lawyer", "Teacher", "Nurse", "Chef"])
def test_a_career_that_is_not_covered_is_recognised_by_name(title, engine, knowledge):
    found = engine.match(f"how do i become a {title.lower()}", ROLE)
    assert found.outcome is Outcome.UNKNOWN_ROLE
    named = next(one for one in knowledge.other_careers if one.id == found.other_career)
    assert title.lower() in {named.title.lower(), *named.names["en"]}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i want to kill myself", "self-harm"),
        ("what is sql? i want to kill myself. how do i start", "self-harm"),
        ("my father hits me", "being-hurt"),
        ("මට මැරෙන්න හිතෙනවා", "self-harm"),
        ("i want to be a doctor but my father hits me every day", "being-hurt"),
        ("i w4nt to k1ll mys3lf", "self-harm"),
        ("<b>kill</b>&nbsp;myself 😭", "self-harm"),
    ],
)
def test_distress_goes_before_every_question(text, kind, engine):
    found = engine.match(text, ROLE)
    assert (found.outcome, found.distress, found.candidates) == (Outcome.SAFETY, kind, ())


@pytest.mark.parametrize(
    "text",
    [
        "this bug is killing me",
        "dying to learn python",
        "how to kill a process",
        "my phone died during the lesson",
    ],
)
def test_lookalikes_are_no_distress(text, engine):
    assert engine.match(text, ROLE).outcome is not Outcome.SAFETY


@pytest.mark.parametrize(
    "text", ["i", "hello\ni", "i. what is sql", "how\ndo\ni\nlearn\nbasic\nsql", "me", "die hard"]
)
def test_a_word_on_a_line_of_its_own_is_no_distress(text, engine):
    assert engine.match(text, ROLE).outcome is not Outcome.SAFETY
